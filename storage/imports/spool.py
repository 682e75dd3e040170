"""Bytes in a private temporary file: rows of a workbook, a table that was pasted.

The file has no name (on Windows it goes with its handle), so nothing of people's answers is left
behind, not even by a process that is killed.
"""

import io
import tempfile
import threading
import weakref
from array import array
from bisect import bisect_left
from typing import IO


class Spool:
    """Text written once, front to back, and read as often as wanted, each reader for itself.

    Attributes:
        size: bytes.
        tall: line numbers that go on a row begun on a line before, ascending: with them
            `row_of` turns a line of the text into a row of the sheet it came from.
    """

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the object
        self._lock = threading.Lock()
        self.size = 0
        self.tall = array("Q")
        weakref.finalize(self, self._file.close)

    def append(self, data: bytes) -> None:
        """Write at the end."""
        with self._lock:
            self._file.seek(self.size)
            self._file.write(data)
            self.size += len(data)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._file.truncate(0)
            self.size = 0
            self.tall = array("Q")

    def read_at(self, place: int, length: int) -> bytes:
        """Return up to so many bytes from a place."""
        with self._lock:
            self._file.seek(place)
            return self._file.read(min(length, self.size - place))

    def open(self) -> IO[bytes]:
        """Return a reader of its own, from the start."""
        return io.BufferedReader(_SpoolReader(self), 128 * 1024)

    def row_of(self, line: int) -> int:
        """Return the row, from 1, that a line belongs to or begins."""
        return line - bisect_left(self.tall, line) if self.tall else line


class _SpoolReader(io.RawIOBase):
    """One reader's place in a spool."""

    def __init__(self, spool: Spool) -> None:
        super().__init__()
        self._spool, self._place = spool, 0

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill a buffer from the reader's place on."""
        data = self._spool.read_at(self._place, len(buffer))
        buffer[: len(data)] = data
        self._place += len(data)
        return len(data)
