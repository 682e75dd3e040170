"""Bringing a private copy of an earlier version's file to the present schema.

A user's file is never upgraded where it stands: the copy is, and the first publish replaces the
file whole. A copy of the file as it was is kept among the backups before.
"""

import sqlite3
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from storage.database.engine import connect, working_engine
from storage.database.migrations import SCHEMA_VERSION, upgrade
from storage.errors import WorkspaceDamagedError


def upgrade_copy(copy: Path, shown: Path) -> None:
    """Bring a private copy, already checked, to the present schema; in one transaction.

    Args:
        copy: the private file; shown: the name by which errors call it.

    Raises:
        WorkspaceDamagedError: its rows do not fit the present schema.
    """
    engine = working_engine(copy)
    try:
        with engine.begin() as connection:
            upgrade(connection)
            connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA_VERSION}")
    except DBAPIError as error:
        raise WorkspaceDamagedError(shown, "upgrade", detail=str(error.orig)) from error
    finally:
        engine.dispose()
    # Readers open it as immutable, without the side file a write-ahead log needs.
    direct = connect(copy, mode="rw")
    try:
        direct.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise WorkspaceDamagedError(shown, "upgrade", detail=str(error)) from error
    finally:
        direct.close()


def is_earlier(copy: Path) -> bool:
    """Whether a private database has an earlier schema."""
    try:
        connection = connect(copy, mode="rw")
    except sqlite3.Error:
        return False
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.Error:
        return False
    finally:
        connection.close()
    return int(version) < SCHEMA_VERSION
