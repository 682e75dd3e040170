"""What a workspace file is made of: its marks in the header and the only schema it may have."""

import sqlite3
from functools import cache
from typing import NamedTuple

from sqlalchemy import Column, MetaData, PrimaryKeyConstraint, String, Table, create_engine
from sqlalchemy.dialects import sqlite
from sqlalchemy.pool import StaticPool
from sqlalchemy.schema import CreateTable

from storage.database.migrations import HEAD, SCHEMA_VERSION, revision_of, upgrade
from storage.database.tables import metadata

# Stands in the header of every workspace file, so that `file` and we know it.
APPLICATION_ID = int.from_bytes(b"WMRK", "big")
HEADER_LENGTH = 100
_MAGIC = b"SQLite format 3\x00"
_UTF8 = 1

_ALEMBIC = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


class Header(NamedTuple):
    """What the first bytes of a file say."""

    is_sqlite: bool
    is_utf8: bool
    application_id: int
    schema_version: int


def read_header(start: bytes) -> Header:
    """Return what the first 100 bytes say; nothing of SQLite runs."""
    whole = start.ljust(HEADER_LENGTH, b"\x00")

    def number(at: int) -> int:
        return int.from_bytes(whole[at : at + 4], "big")

    return Header(
        is_sqlite=len(start) >= HEADER_LENGTH and start.startswith(_MAGIC),
        is_utf8=number(56) == _UTF8,
        application_id=number(68),
        schema_version=number(60),
    )


@cache
def _statements() -> tuple[str, ...]:
    tables = (*metadata.tables.values(), _ALEMBIC)
    dialect = sqlite.dialect()
    return tuple(str(CreateTable(table).compile(dialect=dialect)) for table in tables)


def create_schema(connection: sqlite3.Connection) -> None:
    """Make the tables and marks of an empty workspace file, without rows but the revision's."""
    connection.execute("BEGIN IMMEDIATE")
    for statement in _statements():
        connection.execute(statement)
    connection.execute("INSERT INTO alembic_version VALUES (?)", (HEAD,))
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
    connection.execute("COMMIT")


def schema_of(connection: sqlite3.Connection) -> frozenset[tuple[str, str, str, str | None]]:
    """Return everything a file's schema declares: type, name, table, text."""
    return frozenset(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema"))


@cache
def allowed_schema(
    version: int = SCHEMA_VERSION,
) -> frozenset[tuple[str, str, str, str | None]]:
    """Return the only schema a workspace file of a version may have.

    A trigger, a view, a generated column or a default of a stranger's making would run in our
    process, so a file that has anything else is refused.
    """
    if version != SCHEMA_VERSION:
        return _earlier_schema(version)
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        create_schema(connection)
        return schema_of(connection)
    finally:
        connection.close()


def _earlier_schema(version: int) -> frozenset[tuple[str, str, str, str | None]]:
    """Return what the migrations up to a version make."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    try:
        with engine.begin() as begun:
            upgrade(begun, revision_of(version))
        return schema_of(connection)
    finally:
        engine.dispose()
