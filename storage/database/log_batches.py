"""Batches of imported logs: the cases of an event log, the purchases of a purchase log.

As with answers, a log's rows are written once, hashed once and never changed. A batch whose log is
gone from the workspace is inactive: publish leaves it out.

The hash: SHA-256 of the batch's own row (its layout as stored and its count), of the rows as JSON
arrays joined by commas with each blob as its length, and of each blob column's bytes. Feeding rows
in pieces of any size gives the same hash.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import LargeBinary, Table

from storage.database import tables

_ROWS = 4096
_encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


@dataclass(frozen=True, slots=True)
class LogTables:
    """Where logs of one kind lie: the edit table, the batches, their rows."""

    log: Table
    batch: Table
    rows: Table

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of a row, without the batch."""
        return tuple(column.name for column in self.rows.columns if column.name != "batch")


EVENTS = LogTables(tables.event_import, tables.event_batch, tables.event_case)
PURCHASES = LogTables(tables.purchase_import, tables.purchase_batch, tables.purchase_row)
LOGS = (EVENTS, PURCHASES)


class LogHash:
    """Takes the rows of a batch in the order of their keys and gives their hash."""

    def __init__(self, where: LogTables) -> None:
        blobs = (
            place
            for place, name in enumerate(where.columns)
            if isinstance(where.rows.columns[name].type, LargeBinary)
        )
        self._texts = hashlib.sha256()
        self._blobs = {place: hashlib.sha256() for place in blobs}

    def add(self, rows: Sequence[Sequence[object]]) -> None:
        """Take rows with their columns in the table's order, without the batch.

        Raises:
            TypeError: a blob is none.
        """
        if not rows:
            return
        if self._blobs:
            columns = list(zip(*rows, strict=True))
            for place, running in self._blobs.items():
                blobs = columns[place]
                running.update(b"".join(blobs))
                columns[place] = tuple(map(len, blobs))
            rows = list(zip(*columns, strict=True))
        self._texts.update((_encode(rows)[1:-1] + ",").encode())

    def result(self, layout: str, count: int) -> str:
        """Return the hash in hexadecimal; `layout` as it is stored."""
        whole = hashlib.sha256(json.dumps([layout, count]).encode())
        whole.update(self._texts.digest())
        for running in self._blobs.values():
            whole.update(running.digest())
        return whole.hexdigest()


def log_sha256(connection: sqlite3.Connection, where: LogTables, number: int) -> str:
    """Return the hash of a stored batch, read from its tables.

    Raises:
        sqlite3.Error, TypeError, ValueError: the rows cannot be read.
    """
    layout, count = connection.execute(
        f"SELECT layout, records FROM {where.batch.name} WHERE number = ?",  # noqa: S608 - our names
        (number,),
    ).fetchone()
    made = LogHash(where)
    cursor = connection.execute(
        f"SELECT {', '.join(where.columns)} FROM {where.rows.name}"  # noqa: S608 - our own names
        " WHERE batch = ? ORDER BY seq",
        (number,),
    )
    while rows := cursor.fetchmany(_ROWS):
        made.add(rows)
    return made.result(layout, count)


def stored_batches(connection: sqlite3.Connection, where: LogTables) -> list[tuple[int, str, str]]:
    """Return (number, log, hash) of every batch; none in a file of before there were any."""
    there = connection.execute(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (where.batch.name,)
    )
    if there.fetchone() is None:
        return []
    return connection.execute(
        f"SELECT number, log, sha256 FROM {where.batch.name} ORDER BY number"  # noqa: S608
    ).fetchall()


def active_batches(connection: sqlite3.Connection, where: LogTables) -> list[tuple[int, str, str]]:
    """Return (number, log, hash) of the batches whose log stands in the workspace."""
    stored = stored_batches(connection, where)
    if not stored:
        return []
    query = f"SELECT id FROM {where.log.name}"  # noqa: S608 - our own names
    known = {log for (log,) in connection.execute(query)}
    return [batch for batch in stored if batch[1] in known]


def damaged_logs(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the logs whose stored rows no longer match the hash taken at import."""
    for where in LOGS:
        for number, log, expected in stored_batches(connection, where):
            try:
                whole = log_sha256(connection, where, number) == expected
            except (sqlite3.Error, TypeError, ValueError):
                whole = False
            if not whole:
                yield log


def purge_logs(connection: sqlite3.Connection) -> int:
    """Drop the rows of logs that are gone; return how many rows went."""
    dropped = 0
    for where in LOGS:
        active = f"SELECT id FROM {where.log.name}"  # noqa: S608 - our own names
        dropped += connection.execute(
            f"DELETE FROM {where.rows.name} WHERE batch NOT IN"  # noqa: S608
            f" (SELECT number FROM {where.batch.name} WHERE log IN ({active}))"
        ).rowcount
        dropped += connection.execute(
            f"DELETE FROM {where.batch.name} WHERE log NOT IN ({active})"  # noqa: S608
        ).rowcount
    return dropped
