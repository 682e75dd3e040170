"""The checks a file passes before anything in it is used."""

import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from storage.database.engine import connect
from storage.database.migrations import SCHEMA_VERSION, revision_of
from storage.document.content import content_sha256, damaged_batches
from storage.document.schema import (
    APPLICATION_ID,
    HEADER_LENGTH,
    allowed_schema,
    read_header,
    schema_of,
)
from storage.errors import (
    NotAWorkspaceError,
    WorkspaceDamagedError,
    WorkspaceError,
    WorkspaceMissingError,
    WorkspaceNewerError,
)

# Up to this size every answer is verified at once; above it, in the background and by `check`.
VERIFIED_AT_ONCE = 2_000_000
# Steps of SQLite's machine that a file of ours needs at most: a few for each of its bytes.
_STEPS = 10_000_000
_STEPS_PER_BYTE = 50
_STEPS_AT_A_TIME = 100_000


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a whole file says about itself.

    Attributes:
        content_sha256: recomputed and equal to what the file says.
        batches_verified: whether the answers were compared with their hashes too.
    """

    schema_version: int
    change_sequence: int
    content_sha256: str
    batches_verified: bool

    @property
    def is_earlier(self) -> bool:
        """Whether an earlier version wrote it."""
        return self.schema_version < SCHEMA_VERSION


def check_start(path: Path, shown: Path | None = None) -> int:
    """Look at a file's first bytes and return its size.

    Args:
        path: the file; shown: the name by which errors call it, where it is a private copy.

    Raises:
        WorkspaceError: missing, a directory, unreadable, not ours, newer.
    """
    shown = shown or path
    try:
        facts = path.stat()
        if stat.S_ISDIR(facts.st_mode):
            raise WorkspaceMissingError(shown, "directory")
        if not stat.S_ISREG(facts.st_mode):
            raise NotAWorkspaceError(shown, "not_a_file")
        with path.open("rb") as file:
            start = file.read(HEADER_LENGTH)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise WorkspaceMissingError(shown, "missing") from error
    except OSError as error:
        raise WorkspaceError(shown, "unreadable", detail=str(error)) from error
    if not start:
        raise NotAWorkspaceError(shown, "blank")
    header = read_header(start)
    if not header.is_sqlite or header.application_id != APPLICATION_ID:
        raise NotAWorkspaceError(shown, "another_kind")
    if header.schema_version > SCHEMA_VERSION:
        raise WorkspaceNewerError(shown, "newer", found=header.schema_version, known=SCHEMA_VERSION)
    if header.schema_version < 1 or not header.is_utf8:
        raise NotAWorkspaceError(shown, "unknown_version")
    return facts.st_size


@contextmanager
def guarded(path: Path, shown: Path) -> Iterator[sqlite3.Connection]:
    """Yield a read-only connection to a stranger's file that cannot run for ever.

    Args:
        path: the file; shown: the name by which errors call it.

    Raises:
        WorkspaceDamagedError: SQLite cannot read it, or a value is not what it should be.
    """
    left = [(_STEPS + _STEPS_PER_BYTE * path.stat().st_size) // _STEPS_AT_A_TIME]

    def spend() -> int:
        left[0] -= 1
        return left[0] < 0

    try:
        connection = connect(path, immutable=True)
    except sqlite3.Error as error:
        raise WorkspaceDamagedError(shown, "malformed", detail=str(error)) from error
    try:
        connection.set_progress_handler(spend, _STEPS_AT_A_TIME)
        yield connection
    # A value of another type than its column's shows as one of the last three.
    except (sqlite3.Error, TypeError, ValueError, OverflowError) as error:
        raise WorkspaceDamagedError(shown, "malformed", detail=str(error)) from error
    finally:
        connection.close()


def inspect(path: Path, shown: Path | None = None, *, thorough: bool = False) -> Inspection:
    """Check a file from its first byte to its content hash; it is not changed.

    Args:
        path: the file; shown: the name by which errors call it, where it is a private copy.
        thorough: verify every answer, whatever the size.

    Raises:
        WorkspaceError: it is missing, not ours, newer or damaged.
    """
    shown = shown or path
    size = check_start(path, shown)
    with guarded(path, shown) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if schema_of(connection) != allowed_schema(version):
            raise NotAWorkspaceError(shown, "foreign_schema")
        _quick_check(connection, shown)
        found = _document_row(connection, shown, version)
        content = content_sha256(connection)
        if content != found.content_sha256:
            raise WorkspaceDamagedError(shown, "content_hash")
        verified = thorough or size <= VERIFIED_AT_ONCE
        damaged = damaged_batches(connection) if verified else ()
        if damaged:
            raise WorkspaceDamagedError(shown, "batch_hash", surveys=damaged)
    return Inspection(found.schema_version, found.change_sequence, content, verified)


def _quick_check(connection: sqlite3.Connection, shown: Path) -> None:
    answers = [row[0] for row in connection.execute("PRAGMA quick_check(3)")]
    if answers != ["ok"]:
        raise WorkspaceDamagedError(shown, "malformed", detail="; ".join(map(str, answers)))


def _document_row(connection: sqlite3.Connection, shown: Path, expected: int) -> Inspection:
    """Return what the one row about the document says, unverified."""
    rows = connection.execute(
        "SELECT schema_version, change_sequence, content_sha256 FROM document"
    ).fetchmany(2)
    revisions = connection.execute("SELECT version_num FROM alembic_version").fetchmany(2)
    if len(rows) != 1 or revisions != [(revision_of(expected),)]:
        raise WorkspaceDamagedError(shown, "marks")
    version, sequence, content = rows[0]
    if version != expected or type(sequence) is not int or sequence < 0:
        raise WorkspaceDamagedError(shown, "marks")
    return Inspection(version, sequence, content, batches_verified=False)
