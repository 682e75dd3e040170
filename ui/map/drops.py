"""Where a dragged card would go, and the mark that says so."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF

from journey.edit import Batch, Command, MovePainPoint, MoveTouchpoint
from journey.model.ids import Kind, PainPointId, Ref, TouchpointId
from journey.model.workspace import Workspace
from ui.map.cells import PAD
from ui.map.hanging import HUNG, hung_under
from ui.map.lanes import LaneKind
from ui.map.layout import Hit, MapLayout

DRAGGED = frozenset({Kind.TOUCHPOINT, Kind.PAIN_POINT, *HUNG})


@dataclass(frozen=True, slots=True)
class Drop:
    """A place to drop at: the command it means (None: where it was) and the mark's ends."""

    command: Command | None
    start: QPointF
    end: QPointF


def drop_at(
    ws: Workspace, layout: MapLayout, home: Hit, others: tuple[Ref, ...], at: QPointF
) -> Drop | None:
    """Return what dropping the object lifted at `home` at a point means; None: a refused place.

    `others` are objects of the same kind that go along; all keep the order they stand in.
    """
    ref = home.ref
    assert ref is not None, "a free place cannot be lifted"
    column = layout.column_at(at.x())
    if column is None:
        return None
    refs = _as_they_stand(layout, home.lane, (ref, *others))
    if ref.kind is Kind.TOUCHPOINT:
        return _touchpoint(layout, refs, column, at)
    if ref.kind is Kind.PAIN_POINT:
        return _pain(layout, refs, column, at)
    return _hung(ws, layout, home, refs, column)


def _as_they_stand(layout: MapLayout, lane: int, refs: tuple[Ref, ...]) -> tuple[Ref, ...]:
    """Return cards of one lane in their order on the map, whichever was chosen or pressed first."""
    if len(refs) == 1:
        return refs
    rank: dict[Ref, int] = {}
    for cells in layout.columns:
        for block in cells.stacks[lane]:
            if block.ref is not None:
                rank.setdefault(block.ref, len(rank))
    return tuple(sorted(refs, key=lambda ref: rank.get(ref, len(rank))))


def _indices(siblings: list[str], after: list[str], moved: list[str]) -> list[int]:
    """Return the index each of several moves needs, one after the other, to end up as `after`.

    Those that are yet to move stand among the siblings and count until then.
    """
    now, found = list(siblings), []
    for key in moved:
        now = [k for k in now if k != key]
        before = after.index(key) - 1
        found.append(now.index(after[before]) + 1 if before >= 0 else 0)
        now.insert(found[-1], key)
    return found


def _touchpoint(layout: MapLayout, refs: tuple[Ref, ...], column: int, at: QPointF) -> Drop | None:
    lane = layout.lane_of(LaneKind.TOUCHPOINTS)
    span = layout.span_of(column)
    if lane is None or span.stage is None:
        return None
    width = layout.shape.column
    # Within a stage the nearer side of the column under the pointer; an empty stage has one.
    boundary = column + (1 if span.touchpoints and at.x() > (column + 0.5) * width else 0)
    going = [ref.id for ref in refs]
    siblings: list[str] = [
        t.id
        for cells in layout.columns[span.first : span.first + span.count]
        if (t := cells.touchpoint) is not None
    ]
    index = sum(1 for t in siblings[: boundary - span.first] if t not in going)
    kept = [t for t in siblings if t not in going]
    after = [*kept[:index], *going, *kept[index:]]
    command: Command | None = None
    if after != siblings:
        command = _together(
            [
                MoveTouchpoint(TouchpointId(ref.id), span.stage.id, place)
                for ref, place in zip(refs, _indices(siblings, after, going), strict=True)
            ]
        )
    row, x = layout.lanes[lane], boundary * width
    return Drop(command, QPointF(x, row.top + 5), QPointF(x, row.bottom - 5))


def _pain(layout: MapLayout, refs: tuple[Ref, ...], column: int, at: QPointF) -> Drop | None:
    lane = layout.lane_of(LaneKind.PAIN_POINTS)
    touchpoint = layout.columns[column].touchpoint
    if lane is None or touchpoint is None:
        return None
    stack = layout.columns[column].stacks[lane]
    boxes = [layout.placed(column, lane, stack, i) for i in range(len(stack))]
    boundary = sum(1 for box in boxes if at.y() > box.y + box.height / 2)
    going = [ref.id for ref in refs]
    siblings: list[str] = [block.ref.id for block in stack if block.ref]
    index = sum(1 for p in siblings[:boundary] if p not in going)
    kept = [p for p in siblings if p not in going]
    after = [*kept[:index], *going, *kept[index:]]
    command: Command | None = None
    if after != siblings:
        command = _together(
            [
                MovePainPoint(PainPointId(ref.id), touchpoint.id, place)
                for ref, place in zip(refs, _indices(siblings, after, going), strict=True)
            ]
        )
    top = layout.lanes[lane].top + PAD / 2
    y = boxes[boundary - 1].bottom + PAD / 2 if boundary else top
    left = column * layout.shape.column + layout.shape.gutter
    right = (column + 1) * layout.shape.column - layout.shape.gutter
    return Drop(command, QPointF(left, y), QPointF(right, y))


def _hung(
    ws: Workspace, layout: MapLayout, home: Hit, refs: tuple[Ref, ...], column: int
) -> Drop | None:
    """Hang cards under another touchpoint; what stands there already stays."""
    source, target = layout.columns[home.column].touchpoint, layout.columns[column].touchpoint
    if target is None:
        return None
    commands: list[Command] = []
    if column != home.column:
        left = source.id if source is not None else None
        found = [hung_under(ws, ref, left, target.id) for ref in refs]
        commands = [command for command in found if command is not None]
        if not commands:
            return None
    y = layout.free_top(column, home.lane) - PAD / 2
    left_edge = column * layout.shape.column + layout.shape.gutter
    right_edge = (column + 1) * layout.shape.column - layout.shape.gutter
    command = _together(commands) if commands else None
    return Drop(command, QPointF(left_edge, y), QPointF(right_edge, y))


def _together(commands: list[Command]) -> Command:
    return commands[0] if len(commands) == 1 else Batch(commands)
