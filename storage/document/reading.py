"""Reading a document without a lock and without a copy: for commands that only read."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, select

from journey.model.workspace import Workspace
from storage.database import tables
from storage.database.engine import reading_engine
from storage.database.repository import Repository
from storage.document.files import copy_durably
from storage.document.inspection import Inspection, inspect
from storage.document.loading import load_checked
from storage.document.places import reading_place
from storage.document.upgrading import upgrade_copy
from storage.errors import WorkspaceLockedError

_TRIES = 3


class ReadDocument:
    """A checked document that is only read, while `read_document` lasts."""

    def __init__(
        self, path: Path, workspace: Workspace, engine: Engine, inspection: Inspection
    ) -> None:
        """Use `read_document` instead."""
        self.path = path
        self.workspace = workspace
        self.engine = engine
        self._inspection = inspection

    @property
    def schema_version(self) -> int:
        """The version of the file's schema."""
        return self._inspection.schema_version

    def content_sha256(self) -> str:
        """Return the content hash, recomputed when the document was checked."""
        return self._inspection.content_sha256


@contextmanager
def read_document(path: Path) -> Iterator[ReadDocument]:
    """Yield a document after checking it; nothing is locked, nothing written to it or beside it.

    Raises:
        WorkspaceMissingError, NotAWorkspaceError, WorkspaceNewerError, WorkspaceDamagedError: it
            cannot be used.
        WorkspaceLockedError: it was replaced again and again meanwhile ("busy").
    """
    if inspect(path).is_earlier:
        with _upgraded(path) as found:
            yield found
        return
    for _ in range(_TRIES):
        inspection = inspect(path)
        engine = reading_engine(path)
        try:
            workspace, _sequence = load_checked(Repository(engine), engine, path)
            if _content_of(engine) == inspection.content_sha256:
                yield ReadDocument(path, workspace, engine, inspection)
                return
        finally:
            engine.dispose()
    raise WorkspaceLockedError(path, "busy")


@contextmanager
def _upgraded(path: Path) -> Iterator[ReadDocument]:
    """Yield an earlier version's document from a private copy in the present schema."""
    private = reading_place() / secrets.token_hex(8)
    try:
        copy_durably(path, private)
        inspection = inspect(private, path)
        upgrade_copy(private, path)
        engine = reading_engine(private)
        try:
            workspace, _sequence = load_checked(Repository(engine), engine, path)
            yield ReadDocument(path, workspace, engine, inspection)
        finally:
            engine.dispose()
    finally:
        private.unlink(missing_ok=True)


def _content_of(engine: Engine) -> str:
    """Return the hash in the file the engine holds open: another one may stand there by now."""
    with engine.connect() as connection:
        return str(connection.execute(select(tables.document.c.content_sha256)).scalar_one())
