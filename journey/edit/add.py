"""Commands that add objects."""

from collections.abc import Iterator
from dataclasses import replace

from journey.edit.changes import Change
from journey.edit.command import Command, Summary, display_name, existing, put
from journey.edit.entrance import cleaned
from journey.edit.order import placed_at, renumber
from journey.errors import EditError
from journey.model.ids import JourneyId, Kind, Ref, StageId, TouchpointId, new_id
from journey.model.map import PainPoint, Stage, Touchpoint
from journey.model.workspace import Entity, Workspace, ordered_stages, ref_of

SINGLETONS = frozenset({Kind.WORKSPACE, Kind.ASSUMPTIONS})


class Add(Command):
    """Add any object, with the position it bears."""

    def __init__(self, entity: Entity) -> None:
        super().__init__()
        self.entity = cleaned(entity)

    @property
    def summary(self) -> Summary:
        """What is added."""
        return Summary("add", self.entity.kind, display_name(self.entity))

    def plan(self, ws: Workspace) -> Iterator[Change]:
        """Yield the one addition."""
        if self.entity.kind in SINGLETONS or ws.find(ref_of(self.entity)) is not None:
            raise EditError("exists", ref=ref_of(self.entity))
        yield put(ws, self.entity)


class AddStage(Command):
    """Add a stage at an index of its journey (None: at the end)."""

    def __init__(
        self,
        journey: JourneyId,
        name: str,
        index: int | None = None,
        *,
        stage: StageId | None = None,
    ) -> None:
        super().__init__()
        self._index = index
        new = Stage(stage or StageId(new_id(Kind.STAGE)), journey, name)
        self.stage = cleaned(new)

    @property
    def summary(self) -> Summary:
        """The stage's name."""
        return Summary("add", Kind.STAGE, display_name(self.stage))

    def plan(self, ws: Workspace) -> Iterator[Change]:
        """Yield the addition, after renumbering where the neighbours leave no room."""
        assert isinstance(self.stage, Stage)
        existing(ws, Ref(Kind.JOURNEY, self.stage.journey))
        siblings = ordered_stages(ws, self.stage.journey)
        position = placed_at(siblings, self._index)
        if position is None:
            yield from renumber(ws, siblings)
            position = placed_at(ordered_stages(ws, self.stage.journey), self._index)
        assert position is not None
        yield put(ws, replace(self.stage, position=position))


class AddTouchpoint(Command):
    """Add a touchpoint at an index of its stage (None: at the end)."""

    def __init__(
        self,
        stage: StageId,
        name: str,
        index: int | None = None,
        *,
        channel: str = "",
        touchpoint: TouchpointId | None = None,
    ) -> None:
        super().__init__()
        self.id = touchpoint or TouchpointId(new_id(Kind.TOUCHPOINT))
        self._stage, self._name, self._index, self._channel = stage, name, index, channel

    @property
    def summary(self) -> Summary:
        """The touchpoint's name."""
        return Summary("add", Kind.TOUCHPOINT, self._name)

    def plan(self, ws: Workspace) -> Iterator[Change]:
        """Yield the addition, after renumbering where the neighbours leave no room."""
        stage = existing(ws, Ref(Kind.STAGE, self._stage))
        assert isinstance(stage, Stage)
        position = placed_at(touchpoints_in(ws, self._stage), self._index)
        if position is None:
            yield from renumber(ws, touchpoints_in(ws, self._stage))
            position = placed_at(touchpoints_in(ws, self._stage), self._index)
        assert position is not None
        new = Touchpoint(
            self.id, stage.journey, self._name, stage.id, position, channel=self._channel
        )
        yield put(ws, cleaned(new))


class AddPainPoint(Command):
    """Add a pain point at the foot of its touchpoint's column."""

    def __init__(self, pain: PainPoint) -> None:
        super().__init__()
        self.pain = cleaned(pain)

    @property
    def summary(self) -> Summary:
        """The pain point's title."""
        return Summary("add", Kind.PAIN_POINT, display_name(self.pain))

    def plan(self, ws: Workspace) -> Iterator[Change]:
        """Yield the addition."""
        assert isinstance(self.pain, PainPoint)
        if ws.find(ref_of(self.pain)) is not None:
            raise EditError("exists", ref=ref_of(self.pain))
        position = placed_at(pain_points_at(ws, self.pain.touchpoint), None)
        assert position is not None, "there is always room at the end"
        yield put(ws, replace(self.pain, position=position))


def touchpoints_in(ws: Workspace, stage: StageId | None) -> list[Touchpoint]:
    """Return a stage's touchpoints in order."""
    mine = (t for t in ws.touchpoints.values() if t.stage == stage)
    return sorted(mine, key=lambda t: (t.position, t.id))


def pain_points_at(ws: Workspace, touchpoint: TouchpointId | None) -> list[PainPoint]:
    """Return a touchpoint's pain points in order."""
    mine = (p for p in ws.pain_points.values() if p.touchpoint == touchpoint)
    return sorted(mine, key=lambda p: (p.position, p.id))
