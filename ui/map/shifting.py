"""Moving and joining what is selected by keys, as commands; no widgets, only the workspace."""

from collections.abc import Sequence
from itertools import pairwise

from journey.edit import Add, Command, MovePainPoint, MoveStage, MoveTouchpoint, Set
from journey.edit.add import pain_points_at
from journey.model.ids import (
    JourneyId,
    Kind,
    PainPointId,
    Ref,
    StageId,
    TouchpointId,
    TransitionId,
    new_id,
)
from journey.model.map import PainPoint, Stage, Touchpoint, Transition
from journey.model.workspace import Workspace, ordered_stages, ordered_touchpoints
from ui.map.edits import place_in_stage, together
from ui.map.hanging import home_of, hung_under

COLOURED = (Kind.TOUCHPOINT, Kind.PAIN_POINT)


def shifted(
    ws: Workspace, journey: JourneyId, refs: Sequence[Ref], step: tuple[int, int]
) -> Command | None:
    """Return the command that moves objects one place: (columns to the right, places down)."""
    across, down = step
    order = [t.id for t in ordered_touchpoints(ws, journey)]
    # The foremost moves first, so that neighbours do not jump over each other.
    moved = sorted(refs, key=lambda ref: _rank(ws, order, ref), reverse=across + down > 0)
    commands = [_shift(ws, order, ref, step) for ref in moved]
    return together([command for command in commands if command is not None])


def _rank(ws: Workspace, order: list[TouchpointId], ref: Ref) -> tuple[int, float]:
    entity = ws.find(ref)
    at = ref.id if ref.kind is Kind.TOUCHPOINT else getattr(entity, "touchpoint", None)
    at = at or home_of(ws, ref)
    column = order.index(TouchpointId(at)) if at in order else -1
    return column, float(getattr(entity, "position", 0.0))


def _shift(
    ws: Workspace, order: list[TouchpointId], ref: Ref, step: tuple[int, int]
) -> Command | None:
    across, down = step
    entity = ws.find(ref)
    if isinstance(entity, Stage) and across:
        stages = [s.id for s in ordered_stages(ws, entity.journey)]
        index = stages.index(StageId(ref.id)) + across
        return MoveStage(StageId(ref.id), index) if 0 <= index < len(stages) else None
    if isinstance(entity, Touchpoint) and across:
        return _shift_touchpoint(ws, entity, across)
    if isinstance(entity, PainPoint) and down and entity.touchpoint is not None:
        mine = [p.id for p in pain_points_at(ws, entity.touchpoint)]
        index = mine.index(entity.id) + down
        inside = 0 <= index < len(mine)
        return MovePainPoint(entity.id, entity.touchpoint, index) if inside else None
    return _shift_card(ws, order, ref, across)


def _shift_card(ws: Workspace, order: list[TouchpointId], ref: Ref, across: int) -> Command | None:
    """Move a card under the next touchpoint."""
    entity = ws.find(ref)
    home = entity.touchpoint if isinstance(entity, PainPoint) else home_of(ws, ref)
    if not across or home not in order:
        return None
    index = order.index(TouchpointId(home)) + across
    if not 0 <= index < len(order):
        return None
    if isinstance(entity, PainPoint):
        return MovePainPoint(PainPointId(entity.id), order[index])
    return hung_under(ws, ref, home, order[index])


def _shift_touchpoint(ws: Workspace, moved: Touchpoint, across: int) -> Command | None:
    """Move a touchpoint within its stage, and over its edge into the next one."""
    touchpoint = moved.id
    stage, index = place_in_stage(ws, touchpoint)
    if stage is None:
        return None
    count = sum(t.stage == stage for t in ws.touchpoints.values())
    if 0 <= index + across < count:
        return MoveTouchpoint(touchpoint, stage, index + across)
    stages = [s.id for s in ordered_stages(ws, moved.journey)]
    beside = stages.index(stage) + across
    if not 0 <= beside < len(stages):
        return None
    return MoveTouchpoint(touchpoint, stages[beside], 0 if across > 0 else None)


def linked(ws: Workspace, journey: JourneyId, touchpoints: Sequence[str]) -> Command | None:
    """Return the command that draws a transition from each touchpoint to the next one."""
    drawn = {(t.source, t.target) for t in ws.transitions.values()}
    commands: list[Command] = []
    for source, target in pairwise(touchpoints):
        if source != target and (source, target) not in drawn:
            new = TransitionId(new_id(Kind.TRANSITION))
            commands.append(Add(Transition(new, journey, source, target)))
    return together(commands)


def coloured(ws: Workspace, refs: Sequence[Ref], colour: str) -> Command | None:
    """Return the command that colours what can be coloured among these; "" is their own colour."""
    commands: list[Command] = []
    for kind in COLOURED:
        mine = [r for r in refs if r.kind is kind and getattr(ws.find(r), "colour", "") != colour]
        if mine:
            commands.append(Set(mine, colour=colour))
    return together(commands)
