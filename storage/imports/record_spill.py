"""Runs of records on disk, in parts that belong together, so that memory stays level."""

import tempfile
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from storage.imports.gathered_records import Records, taken


@dataclass(frozen=True, slots=True)
class Run:
    """Rows that lie together: where, how many, of which type."""

    place: int
    rows: int
    dtype: np.dtype[Any]


class Spill:
    """A private temporary file of records and plain numbers; it goes with the object."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the object
        self._size = 0
        self.close = weakref.finalize(self, self._file.close)

    def write(self, rows: NDArray[Any]) -> Run:
        """Write rows at the end."""
        run = Run(self._size, len(rows), rows.dtype)
        self._file.seek(self._size)
        self._file.write(np.ascontiguousarray(rows).view(np.uint8).data)
        self._size += rows.nbytes
        return run

    def read(self, run: Run, begin: int = 0, end: int | None = None) -> NDArray[Any]:
        """Return rows of a run."""
        rows = (run.rows if end is None else end) - begin
        self._file.seek(run.place + begin * run.dtype.itemsize)
        data = bytearray(self._file.read(rows * run.dtype.itemsize))
        return np.frombuffer(data, dtype=run.dtype)


class Parts:
    """Records spread over parts by their keys; those of one key are all in one part."""

    def __init__(self, bits: int) -> None:
        self._spill, self._bits = Spill(), bits
        self._runs: list[list[Run]] = [[] for _ in range(1 << bits)]

    def write(self, records: Records) -> None:
        """Spread records; each part keeps their order."""
        part = (records["key"] >> np.uint64(64 - self._bits)).astype(np.uint8)
        counts = np.bincount(part, minlength=len(self._runs))
        records = taken(records, np.argsort(part, kind="stable"))
        ends = np.cumsum(counts).tolist()
        for runs, count, end in zip(self._runs, counts.tolist(), ends, strict=True):
            if count:
                runs.append(self._spill.write(records[end - count : end]))

    def __iter__(self) -> Iterator[list[Records]]:
        """Yield for each part that holds any its records, in the order they were written."""
        for runs in self._runs:
            if runs:
                yield [self._spill.read(run) for run in runs]

    def close(self) -> None:
        """Delete all."""
        self._spill.close()
