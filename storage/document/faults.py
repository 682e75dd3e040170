"""What the operating system and SQLite say, as errors of ours."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from storage.errors import (
    StorageError,
    TargetError,
    TargetFullError,
    TargetReadOnlyError,
    WorkspaceDamagedError,
    WorkspaceLockedError,
)

_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_OUR_BUGS = (sqlite3.ProgrammingError, sqlite3.IntegrityError, sqlite3.InterfaceError)
_SQLITE_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_SQLITE_HELD = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_SQLITE_READ_ONLY = frozenset(
    {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN}
)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what goes wrong while a file is written into the error that says so.

    Raises:
        TargetFullError, TargetReadOnlyError, TargetError: about `path`.
        WorkspaceDamagedError, WorkspaceLockedError: the private database is malformed or held.
    """
    try:
        with storing(path):
            yield
    except OSError as error:
        raise _of_system(path, error) from error


@contextmanager
def storing(path: Path) -> Iterator[None]:
    """Turn what goes wrong in a database into the error that says so; see `writing`."""
    try:
        yield
    except sqlite3.Error as error:
        if isinstance(error, _OUR_BUGS):
            raise
        raise _of_sqlite(path, error) from error
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error) and not isinstance(error.orig, _OUR_BUGS):
            raise _of_sqlite(path, error.orig) from error
        raise


def is_read_only(error: OSError) -> bool:
    """Whether the place may not be written."""
    return error.errno in _READ_ONLY


def is_full(error: OSError) -> bool:
    """Whether the disk or the quota is full."""
    return error.errno in _FULL


def _of_system(path: Path, error: OSError) -> TargetError:
    if is_full(error):
        return TargetFullError(path, "full", detail=str(error))
    if is_read_only(error):
        return TargetReadOnlyError(path, "read_only", detail=str(error))
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return TargetError(path, "no_folder", detail=str(error))
    return TargetError(path, "not_written", detail=str(error))


def _of_sqlite(path: Path, error: sqlite3.Error) -> StorageError:
    # An error that the Python layer raised itself bears no code.
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    primary = code & 0xFF
    # A file-size limit shows as a failed write, a full disk as itself.
    if primary == sqlite3.SQLITE_FULL or code == sqlite3.SQLITE_IOERR_WRITE:
        return TargetFullError(path, "full", detail=str(error))
    if primary in _SQLITE_READ_ONLY:
        return TargetReadOnlyError(path, "read_only", detail=str(error))
    if primary in _SQLITE_HELD:
        return WorkspaceLockedError(path, "busy", detail=str(error))
    if primary in _SQLITE_DAMAGED:
        return WorkspaceDamagedError(path, "malformed", detail=str(error))
    return TargetError(path, "not_written", detail=str(error))
