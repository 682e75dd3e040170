"""Save As and restored backups: another file by the same road; the first file is never lost."""

import errno
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from journey.edit import Set
from journey.model.ids import Kind, Ref
from storage.document import (
    Document,
    back_up,
    backups_of,
    check_document,
    files,
    kept_backups,
    read_document,
    restore_backup,
)
from storage.document.backups import DAILY, IMPORT
from storage.document.files import file_sha256
from storage.errors import (
    TargetError,
    TargetExistsError,
    TargetFullError,
    WorkspaceDamagedError,
    WorkspaceLockedError,
)
from tests.storage.document.sample import fill_answers, names, sample_workspace

INFO = Ref(Kind.WORKSPACE, "workspace")


def _rename(document: Document, name: str) -> None:
    document.write(Set(INFO, name=name).do(document.workspace))


def _name(path: Path) -> str:
    with read_document(path) as found:
        return found.workspace.info.name


def test_a_copy_holds_every_edit_and_the_first_file_none_of_them(path: Path) -> None:
    before = file_sha256(path)
    target = path.with_name("Second.waymark")
    with Document.open(path) as document:
        _rename(document, "Unpublished")
        assert document.save_copy(target) == ()
        assert file_sha256(path) == before
        assert document.path == path
        assert document.has_unpublished
        assert document.damaged_batches() == ()
    assert check_document(target).findings == ()
    assert _name(target) == "Unpublished"
    assert check_document(target).content_sha256 == check_document(path).content_sha256
    assert names(path.parent) == [path.name, target.name]


def test_a_copy_of_what_is_only_read(path: Path, fixtures: Path, folder: Path) -> None:
    old = folder / "old.waymark"
    shutil.copyfile(fixtures / "workspaces" / "version-1.waymark", old)
    for number, source in enumerate((path, old)):
        target = folder / f"copy {number}.waymark"
        with Document.open(source, read_only=True) as document:
            document.save_copy(target)
        assert check_document(target).findings == ()
        with read_document(target) as found:
            assert found.workspace == sample_workspace()


def test_what_stands_there_is_only_replaced_when_asked_and_is_kept(
    path: Path, folder: Path
) -> None:
    target = folder / "Second.waymark"
    other = Document.create(target, sample_workspace(), fill=fill_answers)
    _rename(other, "Older")
    other.close()
    before = file_sha256(target)
    target.chmod(0o640)
    with Document.open(path) as document:
        _rename(document, "Newer")
        with pytest.raises(TargetExistsError) as raised:
            document.save_copy(target)
        assert raised.value.reason == "exists"
        assert file_sha256(target) == before
        document.save_copy(target, replacing=True)
    assert _name(target) == "Newer"
    assert target.stat().st_mode & 0o777 == 0o640
    kept = kept_backups(target.resolve())
    assert [(file_sha256(k.path), k.reason) for k in kept if k.reason == "replaced"] == [
        (before, "replaced")
    ]


@pytest.mark.parametrize("replacing", [False, True])
def test_the_first_file_is_no_target(path: Path, replacing: bool) -> None:
    link = path.with_name("link.waymark")
    link.symlink_to(path)
    before = file_sha256(path)
    with Document.open(path) as document:
        _rename(document, "Edited")
        for target in (path, link):
            with pytest.raises(TargetExistsError) as raised:
                document.save_copy(target, replacing=replacing)
            assert raised.value.reason == "same"
        assert file_sha256(path) == before
    assert link.is_symlink()


def test_no_folder_and_a_folder_there(path: Path, folder: Path) -> None:
    (folder / "Folder.waymark").mkdir()
    with Document.open(path) as document:
        for target, reason in (
            (folder / "no" / "x.waymark", "no_folder"),
            (folder / "Folder.waymark", "exists"),
        ):
            with pytest.raises(TargetError) as raised:
                document.save_copy(target, replacing=True)
            assert raised.value.reason == reason
    assert names(folder) == [path.name, "Folder.waymark"]


def test_a_document_that_is_open_elsewhere_is_not_replaced(path: Path, folder: Path) -> None:
    target = folder / "Second.waymark"
    with Document.create(target, sample_workspace()) as other:
        _rename(other, "Of somebody else")
        before = file_sha256(target)
        with Document.open(path) as document, pytest.raises(WorkspaceLockedError):
            document.save_copy(target, replacing=True)
        assert file_sha256(target) == before
    assert _name(target) == "Of somebody else"


def test_a_target_that_changes_meanwhile_is_not_replaced(
    path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = folder / "Second.waymark"
    target.write_bytes(b"notes of mine")

    def meanwhile(point: str) -> None:
        if point == "copy.synced":
            target.write_bytes(b"notes, longer")

    monkeypatch.setattr(files, "reached", meanwhile)
    with Document.open(path) as document:
        with pytest.raises(TargetExistsError) as raised:
            document.save_copy(target, replacing=True)
        assert raised.value.reason == "changed"
    assert target.read_bytes() == b"notes, longer"
    assert names(folder) == [path.name, target.name]


def test_a_full_disk_leaves_both_files(
    path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = folder / "Second.waymark"
    Document.create(target, sample_workspace()).close()
    before = file_sha256(path), file_sha256(target)

    def half(descriptor: int, block: bytes, point: str) -> None:
        os.write(descriptor, block[: len(block) // 2])
        if point == "copy":
            raise OSError(errno.ENOSPC, "full")

    with Document.open(path) as document:
        monkeypatch.setattr(files, "_write_all", half)
        with pytest.raises(TargetFullError):
            document.save_copy(target, replacing=True)
        monkeypatch.undo()
    assert (file_sha256(path), file_sha256(target)) == before
    assert names(folder) == [path.name, target.name]


def test_edits_once_left_at_that_name_never_come_up_in_the_copy(path: Path, folder: Path) -> None:
    target = folder / "Second.waymark"
    other = Document.create(target, sample_workspace())
    _rename(other, "Left unpublished")
    other.close(publish=False)
    with Document.open(path) as document:
        _rename(document, "The copy")
        (note,) = document.save_copy(target, replacing=True)
    assert note.reason == "earlier_copy_set_aside"
    assert note.path is not None
    assert note.path.is_dir()
    with Document.open(target) as opened:
        assert not opened.recovered
        assert opened.workspace.info.name == "The copy"


def test_backups_are_listed_with_date_reason_and_size_the_newest_first(path: Path) -> None:
    back_up(path, path, DAILY, datetime(2026, 3, 1, 8, 30, tzinfo=UTC))
    back_up(path, path, IMPORT, datetime(2026, 3, 2, 9, tzinfo=UTC))
    (backups_of(path)[0].parent / "of another tool.waymark").write_bytes(b"?")
    (backups_of(path)[0].parent / "20261399T000000000000Z-daily-x.waymark").write_bytes(b"?")
    found = kept_backups(path)
    assert [(b.made_at.isoformat(), b.reason) for b in found] == [
        ("2026-03-02T09:00:00+00:00", "import"),
        ("2026-03-01T08:30:00+00:00", "daily"),
    ]
    assert {b.size for b in found} == {path.stat().st_size}


def test_a_backup_comes_back_as_a_new_file_only(path: Path, folder: Path) -> None:
    made = back_up(path, path, DAILY)
    assert made.path is not None
    with Document.open(path) as document:
        _rename(document, "Later")
    before = file_sha256(path)
    with pytest.raises(TargetExistsError):
        restore_backup(made.path, path)
    restored = folder / "Restored.waymark"
    assert restore_backup(made.path, restored) == ()
    assert file_sha256(path) == before
    assert file_sha256(restored) == file_sha256(made.path)
    assert _name(restored) == "Żółty sklep"
    assert names(folder) == [path.name, restored.name]


def test_a_damaged_backup_is_not_brought_back(path: Path, folder: Path) -> None:
    made = back_up(path, path, DAILY)
    assert made.path is not None
    data = bytearray(made.path.read_bytes())
    place = data.index("Åse Ødegård".encode())
    data[place : place + 1] = b"x"
    made.path.write_bytes(data)
    with pytest.raises(WorkspaceDamagedError):
        restore_backup(made.path, folder / "Restored.waymark")
    assert names(folder) == [path.name]


def test_a_backup_that_finds_no_room_leaves_no_rest(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = back_up(path, path, DAILY)
    assert made.path is not None

    def half(descriptor: int, block: bytes, _point: str) -> None:
        os.write(descriptor, block[: len(block) // 2])
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(files, "_write_all", half)
    assert back_up(path, path, DAILY).path is None
    assert names(made.path.parent) == [made.path.name]


@pytest.mark.skipif(os.name == "nt", reason="names are counted in bytes elsewhere")
@pytest.mark.parametrize("name", ["ż" * 123 + ".waymark", "旅" * 82 + ".waymark"])
def test_names_as_long_as_the_file_system_has(folder: Path, name: str) -> None:
    path = folder / name
    Document.create(path, sample_workspace(), fill=fill_answers).close()
    with Document.open(path) as document:
        assert document.notes == ()
        _rename(document, "Edited")
        document.publish()
        assert document.back_up().path is not None
        with pytest.raises(WorkspaceLockedError):
            Document.open(path)
        path.write_bytes(b"of somebody else")
        _rename(document, "Mine")
        document.publish()
        conflict = document.conflict_copy
    assert conflict is not None
    assert conflict.suffix == ".waymark"
    assert _name(conflict) == "Mine"
    assert path.read_bytes() == b"of somebody else"
    assert names(folder) == sorted([name, conflict.name])
