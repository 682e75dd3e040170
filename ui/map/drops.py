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

    `others` are objects of the same kind that go along, behind it.
    """
    ref = home.ref
    assert ref is not None, "a free place cannot be lifted"
    column = layout.column_at(at.x())
    if column is None:
        return None
    if ref.kind is Kind.TOUCHPOINT:
        return _touchpoint(layout, (ref, *others), column, at)
    if ref.kind is Kind.PAIN_POINT:
        return _pain(layout, (ref, *others), column, at)
    return _hung(ws, layout, home, (ref, *others), column)


def _touchpoint(layout: MapLayout, refs: tuple[Ref, ...], column: int, at: QPointF) -> Drop | None:
    lane = layout.lane_of(LaneKind.TOUCHPOINTS)
    span = layout.span_of(column)
    if lane is None or span.stage is None:
        return None
    width = layout.shape.column
    # Within a stage the nearer side of the column under the pointer; an empty stage has one.
    boundary = column + (1 if span.touchpoints and at.x() > (column + 0.5) * width else 0)
    moved = {ref.id for ref in refs}
    siblings = [
        t.id
        for cells in layout.columns[span.first : span.first + span.count]
        if (t := cells.touchpoint) is not None
    ]
    index = sum(1 for t in siblings[: boundary - span.first] if t not in moved)
    kept = [t for t in siblings if t not in moved]
    after = [*kept[:index], *(ref.id for ref in refs), *kept[index:]]
    command: Command | None = None
    if after != siblings:
        command = _together(
            [
                MoveTouchpoint(TouchpointId(ref.id), span.stage.id, index + place)
                for place, ref in enumerate(refs)
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
    moved = {ref.id for ref in refs}
    siblings = [block.ref.id for block in stack if block.ref]
    index = sum(1 for p in siblings[:boundary] if p not in moved)
    kept = [p for p in siblings if p not in moved]
    after = [*kept[:index], *(ref.id for ref in refs), *kept[index:]]
    command: Command | None = None
    if after != siblings:
        command = _together(
            [
                MovePainPoint(PainPointId(ref.id), touchpoint.id, index + place)
                for place, ref in enumerate(refs)
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
