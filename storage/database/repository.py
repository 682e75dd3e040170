"""A workspace's rows: all of them in, the changed ones out."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache

from sqlalchemy import (
    Connection,
    Delete,
    Engine,
    Update,
    bindparam,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from journey.edit.changes import Changes
from journey.model.ids import Kind, Ref
from journey.model.workspace import Entity, Workspace, ref_of
from storage.database import tables
from storage.database.crash_points import reached
from storage.database.engine import for_reading
from storage.database.mappers import TABLE_OF, from_row, to_row
from storage.errors import StorageError


class StaleRowError(StorageError):
    """Another client wrote the row since it was read (facts: ref, or kind and rows)."""


class RowError(StorageError):
    """A row holds what it cannot (facts: table, id, detail)."""


class Repository:
    """Reads and writes the edit tables through one engine; knows the version of each row read."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._versions: dict[Ref, int] = {}

    def load(self) -> Workspace:
        """Return the whole workspace.

        Raises:
            RowError: a row holds what it cannot.
        """
        with for_reading(self._engine).connect() as connection:
            read = list(read_entities(connection))
        self._versions = {ref_of(entity): version for entity, version in read}
        return Workspace(entities=(entity for entity, _ in read))

    def insert(self, connection: Connection, workspace: Workspace) -> None:
        """Write every entity of a workspace into empty tables."""
        entities = list(workspace.entities())
        _insert(connection, entities)
        self._versions = {ref_of(entity): 1 for entity in entities}

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Yield a transaction that counts as one change of the document when it commits."""
        with self._engine.begin() as connection:
            reached("edit.begun")
            yield connection
            count_change(connection)
            reached("edit.written")
        reached("edit.committed")

    def write(self, changes: Changes) -> None:
        """Write the changed rows in one transaction; on any error none is written.

        Raises:
            StaleRowError: a row was written by somebody else since it was read.
        """
        added: list[Entity] = []
        updated: dict[Kind, list[Entity]] = defaultdict(list)
        removed: dict[Kind, list[Ref]] = defaultdict(list)
        for change in changes.items:
            if change.after is None:
                removed[change.ref.kind].append(change.ref)
            elif change.ref in self._versions:
                updated[change.ref.kind].append(change.after)
            else:
                added.append(change.after)
        with self.transaction() as connection:
            for kind, refs in removed.items():
                self._delete(connection, kind, refs)
            for kind, entities in updated.items():
                self._update(connection, kind, entities)
            _insert(connection, added)
        self._remember(changes)

    def _delete(self, connection: Connection, kind: Kind, refs: Sequence[Ref]) -> None:
        rows = [{"row_id": ref.id, "row_version": self._versions.get(ref, 0)} for ref in refs]
        self._expect(connection.execute(_deletion(kind), rows).rowcount, kind, len(rows))

    def _update(self, connection: Connection, kind: Kind, entities: Sequence[Entity]) -> None:
        rows = []
        for entity in entities:
            row = to_row(entity)
            row["row_id"] = row.pop("id")
            row["row_version"] = self._versions[ref_of(entity)]
            rows.append(row)
        self._expect(connection.execute(_change(kind), rows).rowcount, kind, len(rows))

    @staticmethod
    def _expect(found: int, kind: Kind, expected: int) -> None:
        if found != expected:
            raise StaleRowError("stale", kind=kind, rows=expected - found)

    def _remember(self, changes: Changes) -> None:
        for change in changes.items:
            if change.after is None:
                self._versions.pop(change.ref, None)
            else:
                self._versions[change.ref] = self._versions.get(change.ref, 0) + 1


_COUNT_CHANGE = update(tables.document).values(
    change_sequence=tables.document.c.change_sequence + 1
)


def count_change(connection: Connection) -> None:
    """Count one committed change of the document."""
    connection.execute(_COUNT_CHANGE)


# Statements are built once: building one costs as much as running it.
@cache
def _deletion(kind: Kind) -> Delete:
    table = TABLE_OF[kind]
    return delete(table).where(
        table.c.id == bindparam("row_id"), table.c.version == bindparam("row_version")
    )


@cache
def _change(kind: Kind) -> Update:
    table = TABLE_OF[kind]
    return (
        update(table)
        .where(table.c.id == bindparam("row_id"), table.c.version == bindparam("row_version"))
        .values(version=table.c.version + 1)
    )


def read_entities(connection: Connection) -> Iterator[tuple[Entity, int]]:
    """Yield every entity with its row's version, kind by kind, by id.

    Raises:
        RowError: a row holds what it cannot.
    """
    for kind, table in TABLE_OF.items():
        place = ""
        try:
            for row in connection.execute(select(table).order_by(table.c.id)).mappings():
                place = row["id"]
                version = row["version"]
                if not isinstance(version, int):
                    raise ValueError("version")
                yield from_row(kind, dict(row)), version
        # Recursion: a JSON text can nest deeper than any object of ours.
        except (ValueError, TypeError, RecursionError, sqlite3.Error) as error:
            raise RowError("row", table=table.name, id=place, detail=str(error)) from error


def _insert(connection: Connection, entities: Sequence[Entity]) -> None:
    rows: dict[Kind, list[Mapping[str, object]]] = defaultdict(list)
    for entity in entities:
        rows[entity.kind].append(to_row(entity) | {"version": 1})
    for kind, values in rows.items():
        try:
            connection.execute(insert(TABLE_OF[kind]), values)
        except IntegrityError as error:
            raise StaleRowError("exists", kind=kind) from error
