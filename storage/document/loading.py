"""Loading a checked file's workspace, with the last doubts about a stranger's file."""

from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError

from journey.model.check import problems
from journey.model.ids import Ref
from journey.model.workspace import Workspace, ref_of
from storage.database import tables
from storage.database.engine import for_reading
from storage.database.repository import Repository, RowError
from storage.errors import WorkspaceDamagedError

# Commands never leave these behind, and no screen could show them. Values out of range, which a
# later version may judge differently, are for `check` to tell.
_UNUSABLE = frozenset({"unknown", "of_another_journey", "not_finite"})


def contradictions(workspace: Workspace) -> list[tuple[Ref, str, str]]:
    """Return (object, field, reason) for all that cannot be, unusable or not."""
    return [
        (ref_of(entity), field, reason)
        for entity in workspace.entities()
        for field, reason in problems(workspace, entity)
    ]


def load_checked(repository: Repository, engine: Engine, path: Path) -> tuple[Workspace, int]:
    """Return the workspace and its change sequence.

    Raises:
        WorkspaceDamagedError: a row is not what it should be, or names what is not there.
    """
    try:
        workspace = repository.load()
        with for_reading(engine).connect() as connection:
            sequence = connection.execute(select(tables.document.c.change_sequence)).scalar_one()
    except RowError as error:
        raise WorkspaceDamagedError(path, "row", **error.facts) from error
    except DBAPIError as error:
        raise WorkspaceDamagedError(path, "malformed", detail=str(error.orig)) from error
    for ref, field, reason in contradictions(workspace):
        if reason in _UNUSABLE:
            raise WorkspaceDamagedError(path, "contradiction", ref=ref, field=field, detail=reason)
    return workspace, int(sequence)
