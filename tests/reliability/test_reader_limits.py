"""The process that reads strangers' spreadsheets gets no more memory than allowed, and no file."""

import os
from pathlib import Path

import pytest

from storage.imports.child_limits import LIMITS
from storage.imports.child_process import _limit_process

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="limits as Unix has them")

_MOST = 4_000_000_000


def _in_child(place: Path) -> int:
    """Return what a process under limits could do: 1 take too much memory, 2 write a file.

    4: it never came to the end of trying.
    """
    child = os.fork()
    if child == 0:
        could = 4
        try:
            _limit_process(LIMITS._replace(memory_bytes=_MOST))
            try:
                bytearray(_MOST)
                could |= 1
            except MemoryError:
                pass
            try:
                place.write_bytes(b"of the stranger")
                could |= 2
            except OSError:
                pass
            could -= 4
        finally:
            os._exit(could)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def test_a_reader_takes_no_more_memory_and_writes_no_file(tmp_path: Path) -> None:
    assert _in_child(tmp_path / "written") == 0
