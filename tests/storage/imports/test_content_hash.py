"""A file's hash, taken beside others who read it."""

import hashlib
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.imports import content_hash
from storage.imports.content_hash import FileHash


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(content=st.binary(max_size=300), more=st.binary(max_size=10), piece=st.integers(1, 64))
def test_the_hash_is_that_of_all_bytes(
    tmp_path: Path, content: bytes, more: bytes, piece: int
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(content_hash, "_PIECE_BYTES", piece)
        with FileHash(path) as hashing:
            assert hashing.hexdigest(more) == hashlib.sha256(content + more).hexdigest()
            assert hashing.hexdigest() == hashlib.sha256(content).hexdigest()


def test_a_file_that_is_not_there_is_told_to_who_asks(tmp_path: Path) -> None:
    with FileHash(tmp_path / "nothing") as hashing, pytest.raises(FileNotFoundError):
        hashing.hexdigest()


def test_nothing_goes_on_after_it_was_left(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(bytes(1_000_000))
    before = threading.active_count()
    with pytest.MonkeyPatch.context() as patch:
        # A piece a byte: all of it would take far longer than this test may.
        patch.setattr(content_hash, "_PIECE_BYTES", 1)
        with pytest.raises(ZeroDivisionError), FileHash(path):
            raise ZeroDivisionError
    assert threading.active_count() == before
