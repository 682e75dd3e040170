"""The hash of a batch of answers: taken once at import, verified whenever somebody asks.

Every column has a SHA-256 of its own, fed with the column's values in key order; the batch's hash
is the SHA-256 of their digests. A column's text is JSON (`value,` for each row); a blob column is
the JSON of its lengths and then its bytes. Feeding rows in pieces of any size gives the same hash.
"""

import hashlib
import json
import sqlite3
from collections.abc import Sequence

from sqlalchemy import LargeBinary, Table

from storage.database import tables

# All that belongs to a batch, in the order of the hash.
BATCH_TABLES: tuple[Table, ...] = (
    tables.response,
    tables.comment,
    tables.histogram,
    tables.rejected,
)
_ROWS = 4096
_encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


class BatchHash:
    """Takes the rows of a batch, table by table in key order, and gives their hash."""

    def __init__(self, layout: str, records: int) -> None:
        """Start with the batch's own row: its layout as stored (canonical JSON) and its count."""
        self._head = hashlib.sha256(json.dumps([layout, records]).encode())
        self._columns = {
            (table.name, column.name): _Column(blob=isinstance(column.type, LargeBinary))
            for table in BATCH_TABLES
            for column in table.columns
            if column.name != "batch"
        }

    def add(self, table: Table, rows: Sequence[Sequence[object]]) -> None:
        """Take rows as the table gives them back, without the batch column."""
        names = [column.name for column in table.columns if column.name != "batch"]
        for name, values in zip(names, zip(*rows, strict=True), strict=False):
            self._columns[table.name, name].add(values)

    def hexdigest(self) -> str:
        """Return the hash of all that was taken."""
        whole = self._head.copy()
        for (table, name), column in self._columns.items():
            whole.update(f"{table}.{name}:".encode() + column.digest())
        return whole.hexdigest()


class _Column:
    """The running hash of one column."""

    def __init__(self, *, blob: bool) -> None:
        self._texts = hashlib.sha256()
        self._bytes = hashlib.sha256() if blob else None

    def add(self, values: Sequence[object]) -> None:
        if self._bytes is not None:
            values = self._lengths(values)
        self._texts.update((_encode(values)[1:-1] + ",").encode())

    def _lengths(self, values: Sequence[object]) -> list[int | None]:
        assert self._bytes is not None
        blobs = [value for value in values if isinstance(value, bytes)]
        self._bytes.update(b"".join(blobs))
        if len(blobs) == len(values):
            return [len(blob) for blob in blobs]
        return [_length(value) for value in values]

    def digest(self) -> bytes:
        return self._texts.digest() + (self._bytes.digest() if self._bytes is not None else b"")


def _length(value: object) -> int | None:
    if value is None or isinstance(value, bytes):
        return None if value is None else len(value)
    raise TypeError(type(value).__name__)


def batch_sha256(connection: sqlite3.Connection, number: int) -> str:
    """Return the hash of a stored batch, read from its tables.

    Raises:
        sqlite3.Error, TypeError: the rows cannot be read.
    """
    layout, records = connection.execute(
        "SELECT layout, records FROM batch WHERE number = ?", (number,)
    ).fetchone()
    made = BatchHash(layout, records)
    for table in BATCH_TABLES:
        names = [column.name for column in table.columns if column.name != "batch"]
        keys = [column.name for column in table.primary_key if column.name != "batch"]
        cursor = connection.execute(
            f"SELECT {', '.join(names)} FROM {table.name}"  # noqa: S608 - our own names
            f" WHERE batch = ? ORDER BY {', '.join(keys)}",
            (number,),
        )
        while rows := cursor.fetchmany(_ROWS):
            made.add(table, rows)
    return made.hexdigest()
