"""What batches of event logs and of purchases have in common: writing, finding, deleting."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, delete, func, select

from storage.database.engine import canonical_json, for_reading
from storage.database.log_batches import LogHash, LogTables


class LogWriter:
    """Writes the rows of one log on the caller's connection; `finish` makes them a batch."""

    def __init__(self, connection: Connection, where: LogTables, log: str) -> None:
        self.log = log
        self._connection, self._where = connection, where
        highest = connection.scalar(select(func.max(where.batch.c.number)))
        self.number = (highest or 0) + 1
        self.records = 0
        self._hash = LogHash(where)
        names = ("batch", *where.columns)
        marks = ", ".join("?" * len(names))
        self._sql = f"INSERT INTO {where.rows.name} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608

    def write(self, rows: Sequence[Sequence[object]]) -> None:
        """Append rows: the table's columns in their order, without batch and seq."""
        if not rows:
            return
        first, number = self.records, self.number
        numbered = [(seq, *row) for seq, row in enumerate(rows, start=first)]
        self._hash.add(numbered)
        parts: Any = [(number, *row) for row in numbered]
        self._connection.exec_driver_sql(self._sql, parts)
        self.records += len(rows)

    def finish(self, layout: Mapping[str, object]) -> str:
        """Write the batch itself and return its hash."""
        stored = canonical_json(dict(layout))
        sha256 = self._hash.result(stored, self.records)
        row: Any = (self.number, self.log, stored, self.records, sha256)
        self._connection.exec_driver_sql(
            f"INSERT INTO {self._where.batch.name} (number, log, layout, records, sha256)"  # noqa: S608
            " VALUES (?, ?, ?, ?, ?)",
            row,
        )
        return sha256


def is_taken(connection: Connection, where: LogTables, log: str) -> bool:
    """Whether a batch of this log is stored; one that was undone keeps its batch for redo."""
    batch = where.batch
    return connection.execute(select(batch.c.number).where(batch.c.log == log)).first() is not None


def delete_log(connection: Connection, where: LogTables, log: str) -> None:
    """Delete a log's rows; none is no error."""
    batch, rows = where.batch, where.rows
    number = connection.scalar(select(batch.c.number).where(batch.c.log == log))
    if number is not None:
        connection.execute(delete(rows).where(rows.c.batch == number))
        connection.execute(delete(batch).where(batch.c.number == number))


def refused_of(engine: Engine, where: LogTables, log: str) -> list[tuple[int, str, str]]:
    """Return the records a log's import refused, as (line, reason, record), in the file's order."""
    found = batch_of(engine, where, log)
    stored = () if found is None else found[1].get("refused", ())
    return [(int(line), str(reason), str(record)) for line, reason, record in stored]


def batch_of(engine: Engine, where: LogTables, log: str) -> tuple[int, Mapping[str, Any]] | None:
    """Return the number and the layout of a log's batch; None where none is stored."""
    batch = where.batch
    query = select(batch.c.number, batch.c.layout).where(batch.c.log == log)
    with for_reading(engine).connect() as connection:
        found = connection.execute(query).one_or_none()
    return None if found is None else (int(found.number), found.layout)
