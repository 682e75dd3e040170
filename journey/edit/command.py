"""Commands: the only way a workspace changes.

A command plans its changes from the workspace it meets, once; doing it again or undoing it
replays what was recorded, so that undo is exact whatever the command was.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from journey.edit.changes import Change, Changes
from journey.edit.structure import against_a_lock
from journey.errors import EditError
from journey.model.check import name_field, problems
from journey.model.ids import Kind, Ref
from journey.model.workspace import Entity, Workspace, ref_of


@dataclass(frozen=True, slots=True)
class Summary:
    """What a command does, for the undo menu: a verb, what it acts on, and its name or count."""

    verb: str
    kind: Kind
    name: str = ""
    count: int = 1


def put(ws: Workspace, entity: Entity) -> Change:
    """Return the change that adds or replaces an entity."""
    ref = ref_of(entity)
    return Change(ref, ws.find(ref), entity)


def display_name(entity: Entity | None) -> str:
    """Return the name people know an entity by, or ""."""
    field = name_field(entity.kind) if entity is not None else None
    return str(getattr(entity, field)) if field else ""


class Command(ABC):
    """One undoable edit. `validate`, then `do` and `undo` in turn, on one workspace.

    Attributes:
        undoable: False for what is done for good, as freezing: it is kept off the undo stack.
    """

    undoable: ClassVar[bool] = True

    def __init__(self) -> None:
        self._recorded: Changes | None = None

    @abstractmethod
    def plan(self, ws: Workspace) -> Iterator[Change]:
        """Yield the changes, each seen applied before the next is asked for.

        Raises:
            EditError: it cannot be done.
        """

    @property
    @abstractmethod
    def summary(self) -> Summary:
        """What it does, for the undo menu."""

    def validate(self, ws: Workspace) -> None:
        """Record what the command will change; the workspace is left as it was.

        Raises:
            EditError: it cannot be done, with reason and facts.
        """
        if self._recorded is None:
            self._record(ws)
            self.undo(ws)

    def forget(self) -> None:
        """Let go of what `validate` recorded, for the workspace has changed since."""
        self._recorded = None

    def do(self, ws: Workspace) -> Changes:
        """Change the workspace and return what changed.

        Raises:
            EditError: it cannot be done; the workspace is left as it was.
        """
        if self._recorded is None:
            self._record(ws)
        else:
            self._recorded.apply(ws)
        return self._changes

    def undo(self, ws: Workspace) -> Changes:
        """Put everything back and return what changed."""
        back = self._changes.inverse()
        back.apply(ws)
        return back

    @property
    def _changes(self) -> Changes:
        assert self._recorded is not None, "a command is done before it is undone"
        return self._recorded

    def _record(self, ws: Workspace) -> None:
        made: list[Change] = []
        try:
            for change in self.plan(ws):
                Changes((change,)).apply(ws)
                made.append(change)
            changes = Changes.merged(made)
            self._check(ws, changes)
        except BaseException:
            Changes(tuple(made)).inverse().apply(ws)
            raise
        self._recorded = changes

    @staticmethod
    def _check(ws: Workspace, changes: Changes) -> None:
        """Refuse changes against a lock, or after which a touched object breaks an invariant."""
        held = against_a_lock(ws, changes)
        if held is not None:
            raise EditError("locked", ref=held[0], journey=held[1].name)
        for change in changes.items:
            if change.after is not None:
                for field, reason in problems(ws, change.after):
                    raise EditError(reason, ref=change.ref, field=field)


class Batch(Command):
    """Several commands as one step; each sees what those before it did."""

    def __init__(self, commands: Sequence[Command], summary: Summary | None = None) -> None:
        super().__init__()
        self._commands = tuple(commands)
        self._summary = summary

    @property
    def summary(self) -> Summary:
        """The given summary, else the first command's with the count of all."""
        if self._summary is not None or not self._commands:
            return self._summary or Summary("change", Kind.WORKSPACE, count=0)
        first = self._commands[0].summary
        return Summary(first.verb, first.kind, first.name, len(self._commands))

    def plan(self, ws: Workspace) -> Iterator[Change]:
        """Yield the changes of each command in turn."""
        for command in self._commands:
            yield from command.plan(ws)


def existing(ws: Workspace, ref: Ref) -> Entity:
    """Return an entity.

    Raises:
        EditError: there is none ("unknown").
    """
    entity = ws.find(ref)
    if entity is None:
        raise EditError("unknown", ref=ref)
    return entity
