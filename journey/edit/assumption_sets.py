"""Commands for named sets of assumptions: keep the ones in force, use a kept set, remove one."""

from collections.abc import Iterator
from dataclasses import replace

from journey.edit.changes import Change
from journey.edit.command import Command, Summary, existing, put
from journey.edit.entrance import cleaned
from journey.errors import EditError
from journey.model.assumptions import Assumptions
from journey.model.ids import Kind, Ref, new_id
from journey.model.text import clean_name
from journey.model.workspace import Workspace

_IN_FORCE = "assumptions"


class SaveAssumptionSet(Command):
    """Keep the assumptions in force, or given ones, under a name.

    A set that already has the name, whatever its case, is replaced and keeps its id.

    Attributes:
        id: of the set, once the command was validated or done.
    """

    def __init__(self, name: str, assumptions: Assumptions | None = None) -> None:
        super().__init__()
        self._name, self._given = clean_name(name), assumptions
        self.id = new_id(Kind.ASSUMPTIONS)

    @property
    def summary(self) -> Summary:
        """The set's name."""
        return Summary("add", Kind.ASSUMPTIONS, self._name)

    def plan(self, ws: Workspace) -> Iterator[Change]:
        """Yield the set; an empty name is refused by the check of what was changed."""
        same = (a for a in ws.assumption_sets if a.name.casefold() == self._name.casefold())
        self.id = next((a.id for a in same), self.id)
        figures = self._given or ws.assumptions
        yield put(ws, cleaned(replace(figures, id=self.id, name=self._name)))


class UseAssumptionSet(Command):
    """Put a kept set in force; the set itself stays."""

    def __init__(self, set_id: str) -> None:
        super().__init__()
        self._id, self._name = set_id, ""

    @property
    def summary(self) -> Summary:
        """The set's name."""
        return Summary("change", Kind.ASSUMPTIONS, self._name)

    def plan(self, ws: Workspace) -> Iterator[Change]:
        """Yield the assumptions in force as the set has them."""
        kept = _kept(ws, self._id)
        self._name = kept.name
        yield put(ws, replace(kept, id=_IN_FORCE, name=""))


class RemoveAssumptionSet(Command):
    """Remove a kept set; the assumptions in force stay as they are."""

    def __init__(self, set_id: str) -> None:
        super().__init__()
        self._id, self._name = set_id, ""

    @property
    def summary(self) -> Summary:
        """The set's name."""
        return Summary("remove", Kind.ASSUMPTIONS, self._name)

    def plan(self, ws: Workspace) -> Iterator[Change]:
        """Yield the removal."""
        kept = _kept(ws, self._id)
        self._name = kept.name
        yield Change(Ref(Kind.ASSUMPTIONS, self._id), kept, None)


def _kept(ws: Workspace, set_id: str) -> Assumptions:
    """Return a kept set.

    Raises:
        EditError: not_a_set, of the assumptions in force; unknown.
    """
    ref = Ref(Kind.ASSUMPTIONS, set_id)
    if set_id == _IN_FORCE:
        raise EditError("not_a_set", ref=ref)
    found = existing(ws, ref)
    assert isinstance(found, Assumptions)
    return found
