"""Connections and engines for SQLite files.

Every connection is opened here, so that each has the same guards: nothing in a file's schema is
trusted, damaged cells are noticed, deleted text is overwritten, transactions are explicit.
"""

import json
import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

# Seconds to wait for a lock that another connection holds.
PATIENCE = 2.0
_READS_ONLY = "waymark_reads_only"
_GUARDS = (
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA mmap_size=0",
    "PRAGMA secure_delete=ON",
    "PRAGMA foreign_keys=ON",
)
_LIMITS = (
    (sqlite3.SQLITE_LIMIT_ATTACHED, 1),
    (sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 100),
    (sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 1),
    (sqlite3.SQLITE_LIMIT_LENGTH, 2**29),
)


def canonical_json(value: object) -> str:
    """Return the one JSON text of a value: sorted keys, no spaces, no NaN."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def sqlite_uri(path: Path, *, mode: str, immutable: bool = False) -> str:
    """Return the URI of a file, whatever characters its path has."""
    posix = path.absolute().as_posix()
    if posix.startswith("//"):
        posix = "//" + posix  # a network share: the authority stays empty
    elif not posix.startswith("/"):
        posix = "/" + posix  # a drive letter
    uri = f"file://{quote(os.fsencode(posix))}?mode={mode}"
    return uri + "&immutable=1" if immutable else uri


def connect(path: Path, *, mode: str = "ro", immutable: bool = False) -> sqlite3.Connection:
    """Open a file with the guards on; the caller begins, commits and closes.

    Args:
        path: the database file.
        mode: ro, rw, or rwc (create).
        immutable: nobody writes it meanwhile, so no lock is taken and no side file is looked at.

    Raises:
        sqlite3.Error: it cannot be opened.
    """
    connection = sqlite3.connect(
        sqlite_uri(path, mode=mode, immutable=immutable),
        uri=True,
        isolation_level=None,
        timeout=PATIENCE,
        check_same_thread=False,
    )
    try:
        for category, limit in _LIMITS:
            connection.setlimit(category, limit)
        for guard in _GUARDS:
            connection.execute(guard)
        if mode == "ro":
            connection.execute("PRAGMA query_only=ON")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def working_engine(path: Path) -> Engine:
    """Return the engine of a working copy: WAL, every commit on the disk before it returns.

    Its connections may be used from any thread, one at a time. Dispose of it when done.
    """

    def creator() -> sqlite3.Connection:
        connection = connect(path, mode="rw")
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    # A pool keeps a connection open: closing the last one would checkpoint after every edit.
    return _engine(creator, begin="BEGIN IMMEDIATE")


def reading_engine(path: Path) -> Engine:
    """Return an engine that reads a file nobody writes; nothing is created beside it."""

    def creator() -> sqlite3.Connection:
        return connect(path, mode="ro", immutable=True)

    return _engine(creator, begin="BEGIN")


def for_reading(engine: Engine) -> Engine:
    """Return the same engine with transactions that only read, so that they never wait."""
    return engine.execution_options(**{_READS_ONLY: True})


def _engine(creator: object, *, begin: str) -> Engine:
    engine = create_engine(
        "sqlite://",
        creator=creator,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=4,
        json_serializer=canonical_json,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        reads = connection.get_execution_options().get(_READS_ONLY, False)
        connection.exec_driver_sql("BEGIN" if reads else begin)

    return engine
