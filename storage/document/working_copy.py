"""The private working copy of a document: a folder with a database and a note on its origin.

The folder appears whole, by one rename; a killed build leaves only a `.new` folder, which the next
build removes.
"""

import hashlib
import json
import os
import sqlite3
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from storage.database.engine import connect, sqlite_uri
from storage.database.tables import metadata
from storage.document.content import content_sha256
from storage.document.files import sync_file, sync_folder, write_durably
from storage.document.places import drop, working_place
from storage.document.process import Holder, this_process
from storage.document.schema import create_schema

WINDOW = "window"
COMMAND = "command"
_DATABASE = "workspace.db"
_ORIGIN = "origin.json"
_CHECK = "sha256"  # of all else in the note; those of earlier versions have none


@dataclass(frozen=True, slots=True)
class Origin:
    """What a working copy knows about the document it was made from.

    Attributes:
        path: the document.
        purpose: WINDOW, whose unpublished edits are kept, or COMMAND, whose are discarded.
        seen_sha256: of the file's bytes when last read or published; None for a new document.
        published_sequence: the change sequence last published or read.
        conflict_copy, conflict_sha256: where edits went that could not go to the document.
        holder: the process that uses the copy, as Holder.text.
    """

    path: str
    purpose: str
    seen_sha256: str | None
    published_sequence: int
    conflict_copy: str | None = None
    conflict_sha256: str | None = None
    holder: str = ""

    @property
    def is_known(self) -> bool:
        """Whether the note on the origin could be read."""
        return self.purpose in (WINDOW, COMMAND)


@dataclass(frozen=True, slots=True)
class Contents:
    """Where a database stands: the count of its changes and the hash of its content."""

    change_sequence: int
    content_sha256: str


class WorkingCopy:
    """A folder that holds the database every edit goes to."""

    def __init__(self, folder: Path, origin: Origin) -> None:
        self.folder = folder
        self.origin = origin

    @property
    def database(self) -> Path:
        """The database file."""
        return self.folder / _DATABASE

    @property
    def outgoing(self) -> Path:
        """Where a publish is prepared."""
        return self.folder / "outgoing.db"

    @classmethod
    def build(cls, path: Path, origin: Origin, source: Path | None) -> "WorkingCopy":
        """Make the working copy of a document from a checked file (None: an empty one).

        Raises:
            OSError, sqlite3.Error: the private folder cannot be written, or the source not read.
        """
        folder = working_place(path)
        for leftover in folder.parent.glob(f"{folder.name}.new*"):
            drop(leftover)
        made = folder.with_name(f"{folder.name}.new{os.getpid()}")
        made.mkdir(mode=0o700)
        try:
            _fill(made / _DATABASE, source)
            copy = cls(made, replace(origin, holder=this_process().text()))
            copy._note()
            sync_folder(made)
            made.rename(folder)
        except BaseException:
            drop(made)
            raise
        sync_folder(folder.parent)
        return cls(folder, copy.origin)

    @classmethod
    def leftover(cls, path: Path) -> "WorkingCopy | None":
        """Return the working copy of a document that is there already, if any."""
        folder = working_place(path)
        try:
            origin = _parse(json.loads((folder / _ORIGIN).read_text("utf-8")))
        except FileNotFoundError:
            if not folder.is_dir():
                return None
            origin = Origin(str(path), "", None, -1)
        except (OSError, ValueError, TypeError, RecursionError):
            origin = Origin(str(path), "", None, -1)
        return cls(folder, origin)

    @property
    def holder(self) -> Holder | None:
        """The process that uses it and still runs, if any."""
        holder = Holder.parse(self.origin.holder)
        return None if holder is None or holder.is_gone() else holder

    def adopt(self) -> None:
        """Take over a window's copy whose process is gone; its edits stay the window's."""
        self.outgoing.unlink(missing_ok=True)
        self.note(replace(self.origin, purpose=WINDOW, holder=this_process().text()))

    def let_go(self) -> None:
        """Leave the copy to the next opening."""
        self.note(replace(self.origin, holder=""))

    def note(self, origin: Origin) -> None:
        """Keep what is known about the document now."""
        self.origin = origin
        self._note()

    def _note(self) -> None:
        facts = asdict(self.origin)
        write_durably(self.folder / _ORIGIN, json.dumps({**facts, _CHECK: _checked(facts)}))

    def contents(self) -> Contents | None:
        """Return where the copy stands; None where it is damaged."""
        try:
            connection = connect(self.database, mode="rw")
        except sqlite3.Error:
            return None
        try:
            if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                return None
            (sequence,) = connection.execute("SELECT change_sequence FROM document").fetchone()
            return Contents(sequence, content_sha256(connection))
        except (sqlite3.Error, TypeError, ValueError):
            return None
        finally:
            connection.close()

    def discard(self) -> None:
        """Remove it with all its edits."""
        drop(self.folder)

    def set_aside(self) -> Path:
        """Move it out of the way, never over another one, and return where it is."""
        number = 1
        while (place := self.folder.with_name(f"{self.folder.name}.aside{number}")).exists():
            number += 1
        return self.folder.rename(place)


def _checked(facts: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def _parse(facts: dict[str, Any]) -> Origin:
    """Return the origin a note tells of.

    Raises:
        TypeError: it is none, or one of other values than ours.
    """
    if _CHECK in facts and facts.pop(_CHECK) != _checked(facts):
        raise TypeError  # a number spoilt into another would decide whether edits are kept
    origin = Origin(**facts)
    if type(origin.published_sequence) is not int:
        raise TypeError
    if not all(isinstance(text, str) for text in (origin.path, origin.purpose, origin.holder)):
        raise TypeError
    maybe = (origin.seen_sha256, origin.conflict_copy, origin.conflict_sha256)
    if not all(text is None or isinstance(text, str) for text in maybe):
        raise TypeError
    return origin


def _fill(database: Path, source: Path | None) -> None:
    """Make a database with our schema and every row of the source.

    Nothing is journalled: the folder only counts once it is whole and bears its name.
    """
    connection = connect(database, mode="rwc")
    try:
        connection.execute("PRAGMA page_size=4096")
        connection.execute("PRAGMA journal_mode=OFF")
        connection.execute("PRAGMA synchronous=OFF")
        create_schema(connection)
        if source is not None:
            _copy_rows(connection, source)
        connection.execute("PRAGMA journal_mode=WAL")
    finally:
        connection.close()
    database.chmod(0o600)
    sync_file(database)


def _copy_rows(connection: sqlite3.Connection, source: Path) -> None:
    uri = sqlite_uri(source, mode="ro", immutable=True)
    connection.execute("ATTACH DATABASE ? AS source", (uri,))
    connection.execute("BEGIN")
    for table in metadata.tables:
        connection.execute(f'INSERT INTO main."{table}" SELECT * FROM source."{table}"')  # noqa: S608
    connection.execute("COMMIT")
    connection.execute("DETACH DATABASE source")
