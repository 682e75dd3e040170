"""Commands that move stages, touchpoints, pain points and lanes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from journey.edit.add import pain_points_at, touchpoints_in
from journey.edit.changes import Change
from journey.edit.command import Command, Summary, display_name, existing, put
from journey.edit.order import Placed, placed_at, renumber
from journey.errors import EditError
from journey.model.ids import Kind, LaneId, PainPointId, Ref, StageId, TouchpointId
from journey.model.map import Lane, PainPoint, Stage, Touchpoint
from journey.model.workspace import Workspace, ordered_lanes, ordered_stages


class _Move(Command):
    """Move one object to an index among its (new) siblings, itself left out of the count."""

    def __init__(self, ref: Ref, index: int | None) -> None:
        super().__init__()
        self._ref, self._index, self._name = ref, index, ""

    @property
    def summary(self) -> Summary:
        """What is moved."""
        return Summary("move", self._ref.kind, self._name)

    def _place(
        self,
        ws: Workspace,
        moved: Placed,
        siblings: Callable[[], Sequence[Placed]],
    ) -> Iterator[Change]:
        """Yield the moved object with a position between its new neighbours."""
        self._name = display_name(moved)

        def others() -> list[Placed]:
            return [s for s in siblings() if s.id != moved.id]

        position = placed_at(others(), self._index)
        if position is None:
            yield from renumber(ws, others())
            position = placed_at(others(), self._index)
        assert position is not None
        yield put(ws, replace(moved, position=position))


class MoveStage(_Move):
    """Move a stage within its journey."""

    def __init__(self, stage: StageId, index: int | None) -> None:
        super().__init__(Ref(Kind.STAGE, stage), index)

    def plan(self, ws: Workspace) -> Iterator[Change]:
        """Yield the stage at its new place."""
        stage = existing(ws, self._ref)
        assert isinstance(stage, Stage)
        yield from self._place(ws, stage, lambda: ordered_stages(ws, stage.journey))


class MoveLane(_Move):
    """Move a lane within its journey."""

    def __init__(self, lane: LaneId, index: int | None) -> None:
        super().__init__(Ref(Kind.LANE, lane), index)

    def plan(self, ws: Workspace) -> Iterator[Change]:
        """Yield the lane at its new place."""
        lane = existing(ws, self._ref)
        assert isinstance(lane, Lane)
        yield from self._place(ws, lane, lambda: ordered_lanes(ws, lane.journey))


class MoveTouchpoint(_Move):
    """Move a touchpoint within its stage or to another stage of its journey."""

    def __init__(self, touchpoint: TouchpointId, stage: StageId, index: int | None = None) -> None:
        super().__init__(Ref(Kind.TOUCHPOINT, touchpoint), index)
        self._stage = stage

    def plan(self, ws: Workspace) -> Iterator[Change]:
        """Yield the touchpoint at its new place."""
        touchpoint = existing(ws, self._ref)
        stage = existing(ws, Ref(Kind.STAGE, self._stage))
        assert isinstance(touchpoint, Touchpoint)
        assert isinstance(stage, Stage)
        if stage.journey != touchpoint.journey:
            raise EditError("of_another_journey", ref=self._ref, field="stage")
        moved = replace(touchpoint, stage=stage.id)
        yield from self._place(ws, moved, lambda: touchpoints_in(ws, stage.id))


class MovePainPoint(_Move):
    """Move a pain point within its touchpoint or to another one."""

    def __init__(
        self, pain: PainPointId, touchpoint: TouchpointId, index: int | None = None
    ) -> None:
        super().__init__(Ref(Kind.PAIN_POINT, pain), index)
        self._touchpoint = touchpoint

    def plan(self, ws: Workspace) -> Iterator[Change]:
        """Yield the pain point at its new place, in that touchpoint's journey."""
        pain = existing(ws, self._ref)
        touchpoint = existing(ws, Ref(Kind.TOUCHPOINT, self._touchpoint))
        assert isinstance(pain, PainPoint)
        assert isinstance(touchpoint, Touchpoint)
        moved = replace(pain, touchpoint=touchpoint.id, journey=touchpoint.journey)
        yield from self._place(ws, moved, lambda: pain_points_at(ws, touchpoint.id))
