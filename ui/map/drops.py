"""Where a dragged card would go, and the mark that says so."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF

from journey.edit import Batch, Command, MovePainPoint, MoveTouchpoint, Set
from journey.model.ids import Kind, PainPointId, Ref, TouchpointId
from journey.model.map import Note
from journey.model.workspace import Workspace
from ui.map.cells import PAD
from ui.map.lanes import LaneKind
from ui.map.layout import MapLayout

DRAGGED = frozenset({Kind.TOUCHPOINT, Kind.PAIN_POINT, Kind.NOTE})


@dataclass(frozen=True, slots=True)
class Drop:
    """A place to drop at: the command it means (None: where it was) and the mark's ends."""

    command: Command | None
    start: QPointF
    end: QPointF


def drop_at(
    ws: Workspace, layout: MapLayout, ref: Ref, others: tuple[Ref, ...], at: QPointF
) -> Drop | None:
    """Return what dropping an object at a point means; None for a refused place.

    `others` are objects of the same kind that go along, behind it.
    """
    column = layout.column_at(at.x())
    if column is None:
        return None
    if ref.kind is Kind.TOUCHPOINT:
        return _touchpoint(layout, (ref, *others), column, at)
    if ref.kind is Kind.PAIN_POINT:
        return _pain(layout, (ref, *others), column, at)
    return _note(ws, layout, ref, column)


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


def _note(ws: Workspace, layout: MapLayout, ref: Ref, column: int) -> Drop | None:
    note, touchpoint = ws.find(ref), layout.columns[column].touchpoint
    if not isinstance(note, Note) or touchpoint is None:
        return None
    lane = next((i for i, row in enumerate(layout.lanes) if row.spec.lane == note.lane), None)
    if lane is None:
        return None
    same = note.touchpoint == touchpoint.id
    command = None if same else Set(ref, touchpoint=touchpoint.id, stage=None)
    y = layout.free_top(column, lane) - PAD / 2
    left = column * layout.shape.column + layout.shape.gutter
    right = (column + 1) * layout.shape.column - layout.shape.gutter
    return Drop(command, QPointF(left, y), QPointF(right, y))


def _together(commands: list[Command]) -> Command:
    return commands[0] if len(commands) == 1 else Batch(commands)
