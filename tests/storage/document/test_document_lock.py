"""The lock: courtesy among the living, nothing to the dead."""

import json
import os
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.document import Document
from storage.document.lock import Lock, holder_of, lock_path
from storage.document.process import Holder, this_process
from storage.errors import WorkspaceLockedError
from tests.storage.document.sample import names


def _gone() -> Holder:
    """Return the holder of a process that has ended."""
    script = "from storage.document.process import this_process; print(this_process().text())"
    ended = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(__file__).resolve().parents[3],
        env={**os.environ, "PYTHONPATH": "."},
        capture_output=True,
        text=True,
        check=True,
    )
    holder = Holder.parse(ended.stdout)
    assert holder is not None
    return holder


def test_a_second_opening_is_refused_with_names(path: Path) -> None:
    with Document.open(path):
        with pytest.raises(WorkspaceLockedError) as raised:
            Document.open(path)
        assert raised.value.facts["pid"] == os.getpid()
        assert raised.value.facts["host"] == socket.gethostname()
        with Document.open(path, read_only=True) as reader:
            assert reader.read_only
    Document.open(path).close()


def test_the_lock_goes_with_the_document(path: Path) -> None:
    document = Document.open(path)
    assert lock_path(path).exists()
    document.close()
    assert names(path.parent) == [path.name]


def test_the_lock_of_a_dead_process_is_nobodys(path: Path) -> None:
    lock_path(path).write_text(_gone().text())
    assert holder_of(path) is None
    Document.open(path).close()
    assert names(path.parent) == [path.name]


def test_a_number_given_to_another_process_is_not_the_holder(path: Path) -> None:
    earlier = replace(this_process(), started="boot:1")
    lock_path(path).write_text(earlier.text())
    Document.open(path).close()


def test_the_lock_of_another_host_stays_however_old(path: Path) -> None:
    elsewhere = replace(_gone(), host="another-host", user="Marta")
    lock_path(path).write_text(elsewhere.text())
    os.utime(lock_path(path), (0, 0))
    with pytest.raises(WorkspaceLockedError) as raised:
        Document.open(path)
    assert raised.value.facts["user"] == "Marta"
    assert holder_of(path) == elsewhere
    assert names(path.parent) == [lock_path(path).name, path.name]


def test_a_lock_that_was_taken_over_is_not_removed(path: Path) -> None:
    lock = Lock.take(path)
    assert lock is not None
    lock_path(path).write_text("somebody else")
    lock.release()
    assert lock_path(path).read_text() == "somebody else"


@given(
    st.binary(max_size=300)
    | st.builds(
        json.dumps,
        st.dictionaries(
            st.sampled_from(["pid", "started", "host", "user"]), st.integers() | st.text(max_size=5)
        ),
    ).map(str.encode)
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_junk_in_a_lock_locks_nobody_out(tmp_path: Path, junk: bytes) -> None:
    path = tmp_path / "document.waymark"
    lock_path(path).write_bytes(junk)
    holder = holder_of(path)
    assert holder is None or holder.host != socket.gethostname()
    if holder is None:
        lock = Lock.take(path)
        assert lock is not None
        lock.release()


def test_a_living_copy_is_not_taken_even_without_its_lock(path: Path) -> None:
    with Document.open(path):
        lock_path(path).unlink()
        with pytest.raises(WorkspaceLockedError):
            Document.open(path)
        assert not lock_path(path).exists()
