"""Repair: every row that can still be read goes to a new document; what is lost is told."""

import json
import secrets
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Boolean, Connection, LargeBinary, Table

from journey.model.assumptions import Assumptions
from journey.model.check import REFERENCES, problems
from journey.model.workspace import Entity, Workspace, WorkspaceInfo, ref_of
from storage.database import tables
from storage.database.batch_hash import BATCH_TABLES, batch_sha256
from storage.database.engine import connect
from storage.database.log_batches import LOGS, log_sha256, stored_batches
from storage.database.mappers import TABLE_OF, from_row
from storage.database.migrations.added import value_before
from storage.document.document import Document
from storage.document.inspection import check_start
from storage.document.places import drop, reading_place
from storage.document.working_copy import COMMAND
from storage.errors import WorkspaceDamagedError

_LOG_TABLES = tuple(table for where in LOGS for table in (where.batch, where.rows))
_EVIDENCE = (tables.batch, *BATCH_TABLES, tables.purchase, tables.event_log, *_LOG_TABLES)
Losses = Counter[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Loss:
    """What could not be taken over.

    Attributes:
        table: where it was.
        reason: "unreadable" (rows, number unknown: 0), "impossible" (rows with values that cannot
            be), "reference" (objects that named a lost one), "altered" (answers differ from what
            was imported).
        count: how many are known to be concerned.
    """

    table: str
    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class Repair:
    """A repaired copy: how many rows it has and what it lacks."""

    path: Path
    rows: int
    losses: tuple[Loss, ...]


def repair_to(path: Path, copy: Path) -> Repair:
    """Make a new document of all that can still be read of a damaged one, which is not changed.

    Raises:
        WorkspaceError: nothing is there, it is not ours, or nothing of it can be read.
        TargetExistsError, TargetError: the copy cannot be made.
    """
    check_start(path)
    losses: Losses = Counter()
    with _opened(path) as source:
        source.text_factory = _lenient_text
        entities = list(_entities(source, losses))
        evidence = {table: list(_readable(source, table, losses)) for table in _EVIDENCE}
    rows = len(entities) + sum(map(len, evidence.values()))
    if rows == 0:
        raise WorkspaceDamagedError(path, "beyond_repair")
    workspace = _consistent(entities, losses)

    def fill(connection: Connection) -> None:
        for table, found in evidence.items():
            _store(connection, table, found)
        _reseal(connection, losses)

    with Document.create(copy, workspace, purpose=COMMAND, fill=fill):
        pass
    told = (Loss(table, reason, n) for (table, reason), n in sorted(losses.items()))
    return Repair(copy, rows, tuple(told))


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Give a file to read, with the log beside it where it is a working copy that was set aside.

    A log is only taken in by who may write, so that is done to private copies of both.
    """
    log = path.with_name(f"{path.name}-wal")
    private = reading_place() / secrets.token_hex(8) if log.is_file() else None
    try:
        if private is None:
            source = connect(path, immutable=True)
        else:
            private.mkdir()
            for part in (path, log):
                shutil.copyfile(part, private / part.name)
            source = connect(private / path.name, mode="rw")
    except (sqlite3.Error, OSError) as error:
        raise WorkspaceDamagedError(path, "malformed", detail=str(error)) from error
    try:
        yield source
    finally:
        source.close()
        if private is not None:
            drop(private)


def _entities(source: sqlite3.Connection, losses: Losses) -> Iterator[Entity]:
    """Yield every object whose row can be read and is what it should be."""
    for kind, table in TABLE_OF.items():
        for row in _readable(source, table, losses):
            try:
                for column in table.columns:
                    if isinstance(column.type, JSON):
                        row[column.name] = json.loads(row[column.name])
                    elif isinstance(column.type, Boolean):
                        row[column.name] = bool(row[column.name])
                yield from_row(kind, row)
            except (ValueError, TypeError, RecursionError):
                losses[table.name, "impossible"] += 1


def _consistent(entities: list[Entity], losses: Losses) -> Workspace:
    """Return a workspace of the objects without what contradicts: cleared, or else left out."""
    workspace = Workspace(entities=entities)
    contradicting = True
    while contradicting:
        contradicting = False
        for entity in list(workspace.entities()):
            found = list(problems(workspace, entity))
            if not found:
                continue
            contradicting = True
            losses[TABLE_OF[entity.kind].name, "reference"] += 1
            workspace.drop(ref_of(entity))
            better = _cleared(workspace, entity, [name for name, _ in found])
            if better is not None:
                workspace.put(better)
    return workspace


def _cleared(workspace: Workspace, entity: Entity, names: list[str]) -> Entity | None:
    """Return the entity without the fields named, or None where it cannot be without them."""
    if isinstance(entity, WorkspaceInfo | Assumptions):
        return type(entity)()
    optional = {f.name for f in fields(entity) if f.default is None}
    changed: dict[str, object] = {}
    for name in names:
        value = getattr(entity, name)
        if isinstance(value, tuple) and name != "scale":
            changed[name] = ()
        elif name in optional or (name in REFERENCES.get(entity.kind, {}) and name == "touchpoint"):
            changed[name] = None
        else:
            return None
    cleared = replace(entity, **changed)  # type: ignore[arg-type]
    return None if list(problems(workspace, cleared)) else cleared


def _store(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Write rows as they were stored; the mapping of types would change them."""
    if rows:
        names = [column.name for column in table.columns]
        marks = ", ".join("?" * len(names))
        connection.exec_driver_sql(
            f"INSERT OR IGNORE INTO {table.name} VALUES ({marks})",  # noqa: S608 - our own names
            [tuple(row[name] for name in names) for row in rows],
        )


def _reseal(connection: Connection, losses: Losses) -> None:
    """Give each batch the hash of the answers it has left."""
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    for number, survey, expected in raw.execute(
        "SELECT number, survey, sha256 FROM batch"
    ).fetchall():
        found = batch_sha256(raw, number)
        if found != expected:
            losses["batch", "altered"] += 1
            raw.execute("UPDATE batch SET sha256 = ? WHERE number = ?", (found, number))
            raw.execute("UPDATE survey SET batch_sha256 = ? WHERE id = ?", (found, survey))
    for where in LOGS:
        for number, log, expected in stored_batches(raw, where):
            found = log_sha256(raw, where, number)
            if found != expected:
                losses[where.batch.name, "altered"] += 1
                batch, owner = where.batch.name, where.log.name
                raw.execute(
                    f"UPDATE {batch} SET sha256 = ? WHERE number = ?",  # noqa: S608 - our own names
                    (found, number),
                )
                raw.execute(
                    f"UPDATE {owner} SET batch_sha256 = ? WHERE id = ?",  # noqa: S608
                    (found, log),
                )


def _lenient_text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _columns_there(source: sqlite3.Connection, table: Table, losses: Losses) -> list[str]:
    """Return the columns a file's table has; none where an earlier version had no such table."""
    try:
        found = source.execute("SELECT name FROM pragma_table_info(?)", (table.name,)).fetchall()
    except sqlite3.Error:
        losses[table.name, "unreadable"] += 0
        return []
    return [str(name) for (name,) in found]


def _readable(source: sqlite3.Connection, table: Table, losses: Losses) -> Iterator[dict[str, Any]]:
    """Yield each row of a table that can be read, from both ends towards the damage."""
    names = _columns_there(source, table, losses)
    # An earlier version's file lacks what came later.
    missing = (c.name for c in table.columns if names and c.name not in names)
    later = {name: value_before(table.name, name) for name in missing}
    if not names:
        return
    keys = [column.name for column in table.primary_key]
    seen: set[tuple[object, ...]] = set()
    for direction in ("ASC", "DESC"):
        order = ", ".join(f'"{key}" {direction}' for key in keys)
        quoted = ", ".join(f'"{name}"' for name in names)
        try:
            for values in source.execute(
                f'SELECT {quoted} FROM "{table.name}" ORDER BY {order}'  # noqa: S608
            ):
                row = dict(zip(names, values, strict=True)) | later
                key = tuple(row[name] for name in keys)
                if key not in seen:
                    seen.add(key)
                    if _possible(table, row):
                        yield row
                    else:
                        losses[table.name, "impossible"] += 1
        except sqlite3.Error:
            losses[table.name, "unreadable"] += 0
        else:
            return


def _possible(table: Table, row: dict[str, Any]) -> bool:
    """Whether a row can be stored again; the edit tables are looked at by their mapper."""
    if table not in _EVIDENCE:
        return True
    for column in table.columns:
        value = row[column.name]
        if value is None:
            if not column.nullable:
                return False
            continue
        wanted: type[Any] | tuple[type[Any], ...] = str
        if isinstance(column.type, LargeBinary):
            wanted = bytes
        elif column.type.python_type in (int, float):
            wanted = (int, float) if column.type.python_type is float else int
        if not isinstance(value, wanted):
            return False
    return True
