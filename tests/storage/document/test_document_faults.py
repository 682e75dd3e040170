"""Full disks, places that may not be written, files that are held: told, and nothing half done."""

import errno
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from journey.edit import Set
from journey.model.ids import Kind, Ref
from storage.database import engine as engines
from storage.database.engine import connect
from storage.document import Document, files, read_document
from storage.document.files import file_sha256, put_if_free, put_in_place
from storage.document.places import working_place
from storage.errors import TargetError, TargetFullError, WorkspaceLockedError
from tests.storage.document.sample import names

PROJECT = Path(__file__).resolve().parents[3]
INFO = Ref(Kind.WORKSPACE, "workspace")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that another user can reach."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.skipif(os.name == "nt", reason="limits and users of another kind")
@pytest.mark.parametrize(("what", "least"), [("full", 40), ("read_only", 6)])
def test_what_cannot_be_written_is_told(open_folder: Path, what: str, least: int) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.storage.document.fault_trials", str(open_folder), what],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    found = json.loads(ended.stdout)
    assert found["broken"] == []
    assert found["refused"] >= least


def test_a_disk_that_fills_up_while_copying_leaves_no_rest(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(descriptor: int, block: bytes, _point: str) -> None:
        os.write(descriptor, block[: len(block) // 2])
        raise OSError(errno.ENOSPC, "full")

    with Document.open(path) as document:
        document.write(Set(INFO, name="Later").do(document.workspace))
        before = file_sha256(path)
        with monkeypatch.context() as full:
            full.setattr(files, "_write_all", half)
            with pytest.raises(TargetFullError) as raised:
                document.publish()
        assert raised.value.path == path.resolve()
        assert file_sha256(path) == before
        assert names(path.parent) == [f".~lock.{path.name}#", path.name]
        assert document.has_unpublished
    with read_document(path) as found:
        assert found.workspace.info.name == "Later"


def test_a_held_database_is_told_and_nothing_stored(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "PATIENCE", 0.0)
    with Document.open(path) as document:
        holder = connect(working_place(path.resolve()) / "workspace.db", mode="rw")
        holder.execute("BEGIN IMMEDIATE")
        command = Set(INFO, name="Held")
        with pytest.raises(WorkspaceLockedError) as raised:
            document.write(command.do(document.workspace))
        assert raised.value.reason == "busy"
        assert not document.has_unpublished
        holder.execute("ROLLBACK")
        holder.close()
        command.undo(document.workspace)
        document.write(command.do(document.workspace))
    with read_document(path) as found:
        assert found.workspace.info.name == "Held"


class _HeldError(PermissionError):
    """What Windows raises while another program has the file open."""

    winerror = 32


class _Replace:
    """A replace that fails so many times before it works."""

    def __init__(self, failures: int) -> None:
        self.failures = failures

    def __call__(self, source: Path, target: Path) -> None:
        if self.failures > 0:
            self.failures -= 1
            raise _HeldError
        source.replace(target)


@pytest.fixture
def two_files(tmp_path: Path) -> tuple[Path, Path]:
    """A new file and the one it is to replace."""
    new, old = tmp_path / "new", tmp_path / "old"
    new.write_text("new")
    old.write_text("old")
    return new, old


def test_a_file_held_for_a_moment_is_replaced_after_it(two_files: tuple[Path, Path]) -> None:
    new, old = two_files
    assert put_in_place(new, old, lambda: True, replace=_Replace(2))
    assert old.read_text() == "new"
    assert not new.exists()


def test_a_file_held_for_long_leaves_the_new_one_and_says_so(
    two_files: tuple[Path, Path],
) -> None:
    new, old = two_files
    with pytest.raises(TargetError) as raised:
        put_in_place(new, old, lambda: True, replace=_Replace(100), patience=0.05)
    assert raised.value.reason == "held"
    assert raised.value.facts["kept"] == new
    assert (new.read_text(), old.read_text()) == ("new", "old")


def test_a_file_that_changed_while_held_is_not_replaced(two_files: tuple[Path, Path]) -> None:
    new, old = two_files
    looks = iter([True, True, False])
    assert not put_in_place(new, old, lambda: next(looks), replace=_Replace(100))
    assert (new.read_text(), old.read_text()) == ("new", "old")


def test_another_error_is_not_waited_for(two_files: tuple[Path, Path]) -> None:
    new, old = two_files

    def refuse(_source: Path, _target: Path) -> None:
        raise PermissionError

    with pytest.raises(PermissionError):
        put_in_place(new, old, lambda: True, replace=refuse)


def test_a_place_is_only_taken_when_free(two_files: tuple[Path, Path], tmp_path: Path) -> None:
    new, old = two_files
    assert not put_if_free(new, old)
    assert put_if_free(new, tmp_path / "free")
    assert names(tmp_path) == ["free", "old"] or "free" in names(tmp_path)
    assert old.read_text() == "old"
