"""A touchpoint that several journeys share: its twins are edited as one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from journey.edit.add import touchpoints_in
from journey.edit.change import Rename, Set
from journey.edit.changes import Change
from journey.edit.command import Command, Summary, display_name, existing, put
from journey.edit.order import placed_at, renumber
from journey.errors import EditError
from journey.model.ids import Kind, Ref, StageId, TouchpointId, new_id
from journey.model.map import Stage, Touchpoint
from journey.model.workspace import Workspace

# What is the same in every journey; stage, place and judgements are each journey's own.
SHARED_FIELDS = frozenset({"name", "channel", "department", "owner"})


def twins(ws: Workspace, touchpoint: TouchpointId) -> tuple[TouchpointId, ...]:
    """Return the same touchpoint in other journeys, whichever side names which."""
    found: dict[TouchpointId, None] = {touchpoint: None}
    waiting = [touchpoint]
    while waiting:
        one = ws.touchpoints.get(waiting.pop())
        named = one.shared_with if one is not None else ()
        others = [TouchpointId(t) for t in named if t in ws.touchpoints]
        if one is not None:
            others += [t.id for t in ws.touchpoints.values() if one.id in t.shared_with]
        for other in others:
            if other not in found:
                found[other] = None
                waiting.append(other)
    return tuple(t for t in found if t != touchpoint)


class SetTouchpoint(Command):
    """Set fields of touchpoints; what twins have in common changes at each of them."""

    def __init__(self, touchpoints: Sequence[TouchpointId], **values: object) -> None:
        super().__init__()
        self.touchpoints, self.values = tuple(touchpoints), values
        self._name = ""

    @property
    def summary(self) -> Summary:
        """The first touchpoint's name and how many were asked for."""
        verb = "rename" if "name" in self.values else "change"
        return Summary(verb, Kind.TOUCHPOINT, self._name, len(self.touchpoints))

    def plan(self, ws: Workspace) -> Iterator[Change]:
        """Yield the touchpoints, then what their twins share of it."""
        refs = [Ref(Kind.TOUCHPOINT, t) for t in self.touchpoints]
        self._name = display_name(ws.find(refs[0])) if refs else ""
        yield from Set(refs, **self.values).plan(ws)
        shared = {k: v for k, v in self.values.items() if k in SHARED_FIELDS}
        others = dict.fromkeys(t for one in self.touchpoints for t in twins(ws, one))
        if shared:
            mine = [Ref(Kind.TOUCHPOINT, t) for t in others if t not in self.touchpoints]
            yield from Set(mine, **shared).plan(ws)


class ShareTouchpoint(Command):
    """Show a touchpoint in another journey too, at an index of a stage there."""

    def __init__(self, touchpoint: TouchpointId, stage: StageId, index: int | None = None) -> None:
        super().__init__()
        self.id = TouchpointId(new_id(Kind.TOUCHPOINT))
        self._source, self._stage, self._index = touchpoint, stage, index
        self._name = ""

    @property
    def summary(self) -> Summary:
        """The touchpoint's name."""
        return Summary("add", Kind.TOUCHPOINT, self._name)

    def plan(self, ws: Workspace) -> Iterator[Change]:
        """Yield the twin, then every other one naming it.

        Raises:
            EditError: the stage is of a journey that has it already ("shared_there").
        """
        source = existing(ws, Ref(Kind.TOUCHPOINT, self._source))
        stage = existing(ws, Ref(Kind.STAGE, self._stage))
        assert isinstance(source, Touchpoint)
        assert isinstance(stage, Stage)
        self._name = source.name
        known = (source.id, *twins(ws, source.id))
        if any(ws.touchpoints[t].journey == stage.journey for t in known):
            raise EditError("shared_there", ref=Ref(Kind.TOUCHPOINT, source.id))
        position = placed_at(touchpoints_in(ws, stage.id), self._index)
        if position is None:
            yield from renumber(ws, touchpoints_in(ws, stage.id))
            position = placed_at(touchpoints_in(ws, stage.id), self._index)
        assert position is not None
        yield put(
            ws,
            replace(
                source,
                id=self.id,
                journey=stage.journey,
                stage=stage.id,
                position=position,
                shared_with=tuple(known),
                judged_experience=(),
            ),
        )
        for t in known:
            one = ws.touchpoints[t]
            yield put(ws, replace(one, shared_with=(*one.shared_with, self.id)))


def renaming(ref: Ref, name: str) -> Command:
    """Return the command that renames an object, a shared touchpoint in every journey."""
    if ref.kind is Kind.TOUCHPOINT:
        return SetTouchpoint([TouchpointId(ref.id)], name=name)
    return Rename(ref, name)
