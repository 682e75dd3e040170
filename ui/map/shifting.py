"""Moving and joining what is selected by keys, as commands; no widgets, only the workspace."""

from collections.abc import Collection, Sequence
from itertools import pairwise

from journey.edit import Add, Command, MovePainPoint, MoveStage, MoveTouchpoint, Set
from journey.edit.add import pain_points_at, touchpoints_in
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
from ui.map.edits import together
from ui.map.hanging import home_of, hung_under

COLOURED = (Kind.TOUCHPOINT, Kind.PAIN_POINT)


def shifted(
    ws: Workspace, journey: JourneyId, refs: Sequence[Ref], step: tuple[int, int]
) -> Command | None:
    """Return the command that moves objects one place: (columns to the right, places down)."""
    across, down = step
    order = [t.id for t in ordered_touchpoints(ws, journey)]
    in_rows = [
        *_shifted_stages(ws, journey, refs, across),
        *_shifted_touchpoints(ws, journey, refs, across),
        *_shifted_pains(ws, refs, down),
    ]
    # The foremost column moves first, so that neighbours do not jump over each other.
    ranked = sorted(refs, key=lambda ref: _rank(ws, order, ref, across))
    commands = [_shifted_card(ws, order, ref, across) for ref in ranked]
    return together([*in_rows, *(command for command in commands if command is not None)])


def _stepped(row: Sequence[Ref], moved: Collection[Ref], by: int) -> list[tuple[int, list[Ref]]]:
    """Move some of a row one place on; return the place each took and the row of then, in order.

    The foremost goes first; what stands at the end of the row stops those right behind it.
    """
    now, found = list(row), list[tuple[int, list[Ref]]]()
    places = range(len(now) - 2, -1, -1) if by > 0 else range(1, len(now))
    for at in places:
        if now[at] in moved and now[at + by] not in moved:
            now[at], now[at + by] = now[at + by], now[at]
            found.append((at + by, list(now)))
    return found


def _shifted_stages(
    ws: Workspace, journey: JourneyId, refs: Sequence[Ref], across: int
) -> list[Command]:
    """Return the moves of stages along the journey."""
    moved = {ref for ref in refs if ref.kind is Kind.STAGE}
    row = [Ref(Kind.STAGE, stage.id) for stage in ordered_stages(ws, journey)]
    steps = _stepped(row, moved, across) if across else []
    return [MoveStage(StageId(now[at].id), at) for at, now in steps]


def _shifted_touchpoints(
    ws: Workspace, journey: JourneyId, refs: Sequence[Ref], across: int
) -> list[Command]:
    """Return the moves of touchpoints along the journey, within and over the edges of stages."""
    moved = {ref for ref in refs if ref.kind is Kind.TOUCHPOINT}
    if not moved or not across:
        return []
    row: list[Ref] = []
    for stage in ordered_stages(ws, journey):
        row.append(Ref(Kind.STAGE, stage.id))
        row += [Ref(Kind.TOUCHPOINT, t.id) for t in touchpoints_in(ws, stage.id)]
    commands: list[Command] = []
    # A stage's edge is a place too; nothing stands before the first.
    for at, now in _stepped(row[1:], moved, across):
        edges = [n for n in range(at) if now[n].kind is Kind.STAGE]
        stage_id = StageId(now[edges[-1]].id if edges else row[0].id)
        index = at - edges[-1] - 1 if edges else at
        commands.append(MoveTouchpoint(TouchpointId(now[at].id), stage_id, index))
    return commands


def _shifted_pains(ws: Workspace, refs: Sequence[Ref], down: int) -> list[Command]:
    """Return the moves of pain points up or down at their touchpoints."""
    moved = [ref for ref in refs if down and ref.kind is Kind.PAIN_POINT]
    found = (ws.pain_points.get(PainPointId(ref.id)) for ref in moved)
    homes = dict.fromkeys(pain.touchpoint for pain in found if pain is not None)
    commands: list[Command] = []
    for home in homes:
        if home is not None:
            row = [Ref(Kind.PAIN_POINT, p.id) for p in pain_points_at(ws, home)]
            steps = _stepped(row, moved, down)
            commands += [MovePainPoint(PainPointId(now[at].id), home, at) for at, now in steps]
    return commands


def _rank(
    ws: Workspace, order: list[TouchpointId], ref: Ref, across: int
) -> tuple[int, float, str]:
    """Return where a card stands, the foremost column first and each from its top."""
    entity = ws.find(ref)
    home = getattr(entity, "touchpoint", None) or home_of(ws, ref)
    column = order.index(TouchpointId(home)) if home in order else -1
    return -column if across > 0 else column, float(getattr(entity, "position", 0.0)), ref.id


def _shifted_card(
    ws: Workspace, order: list[TouchpointId], ref: Ref, across: int
) -> Command | None:
    """Move a card under the next touchpoint."""
    entity = ws.find(ref)
    if not across or isinstance(entity, Stage | Touchpoint):
        return None
    home = entity.touchpoint if isinstance(entity, PainPoint) else home_of(ws, ref)
    if home not in order:
        return None
    index = order.index(TouchpointId(home)) + across
    if not 0 <= index < len(order):
        return None
    if isinstance(entity, PainPoint):
        return MovePainPoint(PainPointId(entity.id), order[index])
    return hung_under(ws, ref, home, order[index])


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
