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
from collections.abc import Iterable
from typing import IO, Protocol


class RowsReplacedError(Exception):
    """Rows that were read already have been taken back; `Spool.settle`, and read them again."""


class Arrival(Protocol):
    """Where the rest of a spool comes from, while it still comes."""

    def wait(self) -> bool:
        """Wait a moment for more; False where nothing comes any more.

        Whatever it raises is raised by the reader that waits.
        """

    def stop(self) -> None:
        """See to it that nothing comes any more."""


class Spool:
    """Text written once, front to back, and read as often as wanted, each reader for itself.

    A reader that is ahead of what was written waits for more as long as any comes.

    Attributes:
        size: bytes so far.
        tall: line numbers that go on a row begun on a line before, ascending: with them
            `row_of` turns a line of the text into a row of the sheet it came from.
    """

    def __init__(self, arrival: Arrival | None = None) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the object
        self._lock = threading.Lock()
        self._arrival = arrival
        self._is_read = self._is_replaced = False
        self.size = 0
        self.tall = array("Q")
        weakref.finalize(self, self._file.close)

    def append(self, data: bytes, tall: Iterable[int] = ()) -> None:
        """Write at the end; `tall` are line numbers of what is written."""
        with self._lock:
            self.tall.extend(tall)
            self._file.seek(self.size)
            self._file.write(data)
            self.size += len(data)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._file.truncate(0)
            self.size = 0
            self.tall = array("Q")
            self._is_replaced = self._is_read and self._arrival is not None

    def read_at(self, place: int, length: int) -> bytes:
        """Return up to so many bytes from a place; nothing at the end.

        Raises:
            RowsReplacedError: what was read before is no longer so.
        """
        while True:
            with self._lock:
                if self._is_replaced:
                    raise RowsReplacedError
                if place < self.size or self._arrival is None:
                    self._is_read = True
                    self._file.seek(place)
                    return self._file.read(min(length, self.size - place))
            self._wait()

    def _wait(self) -> None:
        arrival = self._arrival
        if arrival is not None and not arrival.wait():
            self._arrival = None

    def settle(self) -> None:
        """Wait until all is there; then it may be read from the start, whatever was taken back."""
        while self._arrival is not None:
            self._wait()
        self._is_replaced = False

    def stop(self) -> None:
        """Have nothing more come."""
        arrival, self._arrival = self._arrival, None
        if arrival is not None:
            arrival.stop()

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
