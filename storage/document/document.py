"""The open workspace file: every edit committed to a private copy, published whole."""

import os
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection, Engine, insert

from journey.edit.changes import Changes
from journey.errors import EditError
from journey.model.check import problems
from journey.model.workspace import Workspace, ref_of
from storage.database import tables
from storage.database.engine import for_reading, reading_engine, working_engine
from storage.database.migrations import SCHEMA_VERSION
from storage.database.repository import Repository
from storage.document import backups
from storage.document.backups import Backup, back_up
from storage.document.content import content_sha256, damaged_batches
from storage.document.copies import put_copy
from storage.document.faults import storing, writing
from storage.document.files import copy_durably
from storage.document.identity import made_by
from storage.document.inspection import check_start, inspect
from storage.document.loading import load_checked
from storage.document.lock import Lock
from storage.document.places import reading_place, state_path
from storage.document.publishing import (
    Published,
    publish,
    seal,
    seal_file,
    temporary_beside,
)
from storage.document.recovery import Note, look_for_leftover, make_room, upgraded
from storage.document.working_copy import COMMAND, WINDOW, Origin, WorkingCopy
from storage.errors import TargetError, TargetExistsError, TargetFullError, TargetReadOnlyError

Fill = Callable[[Connection], None]


class Document:
    """An open workspace. Not thread safe: one serial worker uses it, from whichever thread.

    Make one with `create` or `open`; `close` it in the end, or use it in a `with` statement, which
    publishes at its end unless an error comes out.
    """

    def __init__(
        self,
        path: Path,
        engine: Engine,
        copy: WorkingCopy | None,
        lock: Lock | None,
        *,
        private: Path | None = None,
    ) -> None:
        """Use `create` or `open` instead; `copy` is None where `private` is only read."""
        self._path = path
        self._real = _resolved(path)
        self._engine = engine
        self._copy = copy
        self._lock = lock
        self._private = private
        self._closed = False
        self._repository = Repository(engine)
        self._workspace = Workspace()
        self._sequence = 0
        self._recovered = False
        self._backed_up_recovery = False
        self._notes: tuple[Note, ...] = ()

    @classmethod
    def create(
        cls,
        path: Path,
        workspace: Workspace,
        *,
        purpose: str = WINDOW,
        fill: Fill | None = None,
    ) -> "Document":
        """Make a document of a workspace, publish it and return it open.

        Args:
            path: a file that is not there, in a folder that is.
            purpose: WINDOW, or COMMAND, whose unpublished edits are discarded when it is killed.
            fill: writes what is not in the workspace (answers, purchases) in the same transaction.

        Raises:
            EditError: the workspace contradicts itself.
            TargetExistsError: something stands there.
            TargetFullError, TargetReadOnlyError, TargetError: it cannot be written.
        """
        for entity in workspace.entities():
            for field, reason in problems(workspace, entity):
                raise EditError(reason, ref=ref_of(entity), field=field)
        real = _resolved(path)
        if os.path.lexists(real):
            raise TargetExistsError(path, "exists")
        if not real.parent.is_dir():
            raise TargetError(path, "no_folder")
        with writing(path):
            lock = Lock.take(real)
        if lock is None:
            raise TargetReadOnlyError(path, "read_only")
        try:
            return cls._created(path, workspace, lock, purpose, fill)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _created(
        cls, path: Path, workspace: Workspace, lock: Lock, purpose: str, fill: Fill | None
    ) -> "Document":
        real = _resolved(path)
        with writing(state_path()):
            notes = make_room(real)
            copy = WorkingCopy.build(real, Origin(str(real), purpose, None, -1), None)
        document = cls(path, working_engine(copy.database), copy, lock)
        try:
            with storing(copy.database), document._engine.begin() as connection:
                connection.execute(
                    insert(tables.document).values(
                        id=1, schema_version=SCHEMA_VERSION, change_sequence=1, written_by=made_by()
                    )
                )
                document._repository.insert(connection, workspace)
                if fill is not None:
                    fill(connection)
            document._sequence = 1
            document._workspace = workspace
            document._notes = notes
            publish(document._engine, copy, real, new=True)
        except BaseException:
            document._engine.dispose()
            copy.discard()
            raise
        return document

    @classmethod
    def open(cls, path: Path, read_only: bool = False, *, purpose: str = WINDOW) -> "Document":
        """Open a document after checking all of it; its file is not changed.

        A document in a place that may not be written opens `read_only`. Edits that a killed window
        left unpublished are there (`recovered`); those of a killed command are discarded.

        Args:
            purpose: WINDOW, or COMMAND, whose unpublished edits are discarded when it is killed.

        Raises:
            WorkspaceMissingError, NotAWorkspaceError, WorkspaceNewerError, WorkspaceDamagedError,
            WorkspaceLockedError: it cannot be used.
            TargetFullError, TargetError: the private folder cannot be written.
        """
        real = _resolved(path)
        check_start(real, path)
        with writing(state_path()):
            private = reading_place() / secrets.token_hex(8)
        lock: Lock | None = None
        try:
            with writing(state_path()):
                seen = copy_durably(real, private)
            file = inspect(private, path)
            upgrade_note = upgraded(private, real, path) if file.is_earlier else ()
            if not read_only and os.access(real, os.W_OK):
                # On a full disk it can still be read.
                with suppress(TargetFullError), writing(path):
                    lock = Lock.take(real)
            if lock is None:
                return cls._opened_to_read(path, private)
            origin = Origin(str(real), purpose, seen, file.change_sequence)
            with writing(state_path()):
                found = look_for_leftover(real, file)
            temporary_beside(real).unlink(missing_ok=True)
            document = cls._opened_to_write(path, private, lock, found.copy, origin)
            document._notes = upgrade_note + ((found.note,) if found.note else ())
            document._recovered = found.copy is not None
            document._back_up_daily(private)
            private.unlink()
        except BaseException:
            private.unlink(missing_ok=True)
            if lock is not None:
                lock.release()
            raise
        return document

    @classmethod
    def _opened_to_read(cls, path: Path, private: Path) -> "Document":
        document = cls(path, reading_engine(private), None, None, private=private)
        try:
            document._load()
        except BaseException:
            document._engine.dispose()
            raise
        return document

    @classmethod
    def _opened_to_write(
        cls, path: Path, private: Path, lock: Lock, found: WorkingCopy | None, origin: Origin
    ) -> "Document":
        with writing(state_path()):
            if found is None:
                copy = WorkingCopy.build(_resolved(path), origin, private)
            else:
                copy = found
                copy.adopt()
        document = cls(path, working_engine(copy.database), copy, lock)
        try:
            document._load()
        except BaseException:
            document._engine.dispose()
            if found is None:
                copy.discard()
            raise
        return document

    def _load(self) -> None:
        self._workspace, self._sequence = load_checked(self._repository, self._engine, self._path)

    def _back_up_daily(self, private: Path) -> None:
        if backups.is_due(self._real):
            self._keep_note(back_up(private, self._real, backups.DAILY))

    def _keep_note(self, backup: Backup) -> None:
        if backup.path is None:
            self._notes += (Note("backup_failed", None, backup.detail),)

    @property
    def path(self) -> Path:
        """The document, as it was named."""
        return self._path

    @property
    def workspace(self) -> Workspace:
        """The workspace as loaded; commands change it, `write` stores what they changed."""
        return self._workspace

    @property
    def engine(self) -> Engine:
        """The engine of the private copy; its transactions write (`reading_engine` reads)."""
        return self._engine

    @property
    def reading_engine(self) -> Engine:
        """The same engine with transactions that only read and wait for nobody."""
        return for_reading(self._engine)

    @property
    def schema_version(self) -> int:
        """The version of the file's schema."""
        return SCHEMA_VERSION

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written."""
        return self._copy is None

    @property
    def recovered(self) -> bool:
        """Whether it opened with edits that a killed window had not published."""
        return self._recovered

    @property
    def notes(self) -> tuple[Note, ...]:
        """What happened at opening or with backups that people should be told."""
        return self._notes

    @property
    def conflict_copy(self) -> Path | None:
        """Where edits go since somebody else changed the document; None while all is well."""
        name = self._copy.origin.conflict_copy if self._copy is not None else None
        return None if name is None else Path(name)

    @property
    def has_unpublished(self) -> bool:
        """Whether an edit is not yet in the user's file."""
        return self._copy is not None and self._sequence != self._copy.origin.published_sequence

    def content_sha256(self) -> str:
        """Return the hash of the content as it is now, published or not."""
        with self._raw() as connection:
            return content_sha256(connection)

    def damaged_batches(self) -> tuple[str, ...]:
        """Return the surveys whose answers no longer match their hash; reads every answer."""
        with self._raw() as connection:
            return damaged_batches(connection)

    def write(self, changes: Changes) -> None:
        """Store what an edit changed, in one transaction that is on the disk when this returns.

        Raises:
            TargetReadOnlyError: the document is only read.
            TargetFullError, TargetError: nothing of it was stored.
            WorkspaceLockedError: something else holds the private copy ("busy").
            StaleRowError: another client wrote one of the rows.
        """
        if not changes:
            return
        copy = self._writable()
        with storing(copy.database):
            self._repository.write(changes)
        self._sequence += 1

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Yield a transaction for rows that are no entities; it counts as one edit.

        Raises:
            TargetReadOnlyError, TargetFullError, TargetError, WorkspaceLockedError: as `write`.
        """
        copy = self._writable()
        with storing(copy.database), self._repository.transaction() as connection:
            yield connection
        self._sequence += 1

    def publish(self) -> Published:
        """Bring every edit into the user's file, or, if somebody changed that, into a copy beside.

        Raises:
            TargetFullError, TargetReadOnlyError, TargetError: the file is as it was and no edit is
                lost; try again later.
        """
        copy = self._writable()
        if self._recovered and not self._backed_up_recovery and self._real.exists():
            self._backed_up_recovery = True
            self._keep_note(back_up(self._real, self._real, backups.RECOVERY))
        return publish(self._engine, copy, self._real)

    def back_up(self, reason: str = backups.IMPORT) -> Backup:
        """Keep a backup of the document as it is now; a failure is told, never raised."""
        copy = self._writable()
        try:
            seal(self._engine, copy.outgoing)
            made = back_up(copy.outgoing, self._real, reason)
            copy.outgoing.unlink(missing_ok=True)
        except (TargetError, OSError) as error:
            made = Backup(reason, None, str(error))
        self._keep_note(made)
        return made

    def save_copy(self, target: Path, *, replacing: bool = False) -> tuple[Note, ...]:
        """Write all that the document holds now to another file; this one stays as it is, open.

        Args:
            target: another file than this document, in a folder that is there.
            replacing: a file that stands there may be replaced; a backup of it is kept first.

        Returns:
            What people should be told (see storage.document.copies.put_copy).

        Raises:
            TargetExistsError, TargetFullError, TargetReadOnlyError, TargetError,
            WorkspaceLockedError: what stood there is as it was.
        """
        if _resolved(target) == self._real:
            raise TargetExistsError(target, "same")
        if self._copy is not None:
            outgoing = self._copy.outgoing
            made = partial(seal, self._engine, outgoing)
        else:
            assert self._private is not None
            outgoing = self._private.with_name(f"{self._private.name}.outgoing")
            made = partial(seal_file, self._private, outgoing)
        try:
            made()
            return put_copy(outgoing, target, replacing=replacing)
        finally:
            outgoing.unlink(missing_ok=True)

    def close(self, publish: bool = True) -> None:
        """Publish what is unpublished, tidy up and let go.

        Args:
            publish: False leaves the user's file as it is; a window's edits are then found at the
                next opening, a command's are discarded.

        Raises:
            TargetError: it could not be published; the document is still open.
        """
        if self._closed:
            return  # what was left to the next opening is not published after all
        if publish and self.has_unpublished:
            self.publish()
        self._engine.dispose()
        if self._copy is not None and self._copy.folder.exists():
            if not self.has_unpublished or self._copy.origin.purpose == COMMAND:
                self._copy.discard()
            else:
                self._copy.let_go()
        if self._private is not None:
            self._private.unlink(missing_ok=True)
        if self._lock is not None:
            self._lock.release()
            self._lock = None
        self._closed = True

    def __enter__(self) -> "Document":
        """Return the document."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close; publish unless an error comes out."""
        if kind is not None:
            self.close(publish=False)
            return
        try:
            self.close()
        except BaseException:
            self.close(publish=False)
            raise

    def _writable(self) -> WorkingCopy:
        if self._copy is None:
            raise TargetReadOnlyError(self._path, "read_only")
        return self._copy

    @contextmanager
    def _raw(self) -> Iterator[sqlite3.Connection]:
        held = self._engine.raw_connection()
        try:
            connection = held.driver_connection
            assert isinstance(connection, sqlite3.Connection)
            yield connection
        finally:
            held.close()


def _resolved(path: Path) -> Path:
    """Return the file itself, so that a link to it is never replaced by a file."""
    return Path(os.path.realpath(path))
