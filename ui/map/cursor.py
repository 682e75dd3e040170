"""The keyboard's place on the map: a cell, and which card in it."""

from dataclasses import dataclass
from typing import Final

from journey.model.ids import Kind, Ref
from ui.map.cells import PAD, TEXT_TOP
from ui.map.lanes import LaneKind
from ui.map.layout import TAIL, Box, MapLayout, StageSpan

# Kinds of which a cell holds any number; the others have one card or none.
STACKED: Final = frozenset(
    {
        LaneKind.NOTES,
        LaneKind.KPIS,
        LaneKind.STRENGTHS,
        LaneKind.PAIN_POINTS,
        LaneKind.IMPROVEMENTS,
    }
)
FREE_HEIGHT: Final = 30.0
STAGE_ROW: Final = -1  # the bar of stages above the lanes


@dataclass(frozen=True, slots=True)
class Cursor:
    """A column, a lane and a card of the cell; the place behind the last card is free.

    In the row of stages (`lane` is STAGE_ROW) the column is a stage's first; the one behind the
    last column is the free place where a stage is added.
    """

    column: int
    lane: int
    slot: int = 0


def stage_at(layout: MapLayout, cursor: Cursor) -> StageSpan | None:
    """Return the stage under a cursor in the row of stages, None on its free place."""
    if cursor.column >= len(layout.columns):
        return None
    span = layout.span_of(cursor.column)
    return span if span.stage is not None else None


def ref_at(layout: MapLayout, cursor: Cursor) -> Ref | None:
    """Return the object under the cursor, None on a free place."""
    if cursor.lane == STAGE_ROW:
        span = stage_at(layout, cursor)
        return Ref(Kind.STAGE, span.stage.id) if span and span.stage else None
    stack = layout.columns[cursor.column].stacks[cursor.lane]
    if layout.lanes[cursor.lane].spec.kind is LaneKind.METRICS:
        return stack[0].ref if stack else None
    return stack[cursor.slot].ref if cursor.slot < len(stack) else None


def box_at(layout: MapLayout, cursor: Cursor) -> Box:
    """Return the place of the card under the cursor, or the free place."""
    if cursor.lane == STAGE_ROW:
        span, width = stage_at(layout, cursor), layout.shape.column
        wide = span.count * width if span else TAIL
        return Box(cursor.column * width, 0.0, wide, 1.0)
    stack = layout.columns[cursor.column].stacks[cursor.lane]
    kind = layout.lanes[cursor.lane].spec.kind
    if cursor.slot < len(stack) and kind is not LaneKind.METRICS:
        return layout.placed(cursor.column, cursor.lane, stack, cursor.slot)
    cell = layout.cell_box(cursor.column, cursor.lane)
    inner = Box(cell.x + 6, cell.y + PAD, cell.width - 12, cell.height - 2 * PAD)
    if not stack or kind not in STACKED:
        return inner
    top = layout.free_top(cursor.column, cursor.lane)
    return Box(inner.x, top, inner.width, max(cell.bottom - top - PAD, FREE_HEIGHT - TEXT_TOP))


def unringed_box(layout: MapLayout, cursor: Cursor | None) -> Box | None:
    """Return the cell of a cursor where no ring of a selected card shows it; None elsewhere."""
    if cursor is None or cursor.lane == STAGE_ROW:
        return None
    kind = layout.lanes[cursor.lane].spec.kind
    ringed = kind not in {LaneKind.METRICS, LaneKind.OWNER, LaneKind.EXPERIENCE}
    return None if ringed and ref_at(layout, cursor) is not None else box_at(layout, cursor)


def clamped(layout: MapLayout, cursor: Cursor) -> Cursor | None:
    """Return the cursor kept inside a layout, None on an empty map."""
    if not layout.columns or not layout.lanes:
        return None
    if cursor.lane <= STAGE_ROW:
        span = stage_at(layout, Cursor(max(cursor.column, 0), STAGE_ROW))
        return Cursor(span.first if span else len(layout.columns), STAGE_ROW)
    column = min(max(cursor.column, 0), len(layout.columns) - 1)
    lane = min(max(cursor.lane, 0), len(layout.lanes) - 1)
    slot = min(max(cursor.slot, 0), slots(layout, column, lane, free=True) - 1)
    return Cursor(column, lane, slot)


def slots(layout: MapLayout, column: int, lane: int, *, free: bool = False) -> int:
    """Return how many places a cell has; with `free` also that behind the last card."""
    if lane == STAGE_ROW:
        return 1
    kind = layout.lanes[lane].spec.kind
    if kind not in STACKED:
        return 1
    count = len(layout.columns[column].stacks[lane])
    return max(count + (1 if free else 0), 1)


def sideways(layout: MapLayout, cursor: Cursor, by: int) -> Cursor | None:
    """Return the same row in the next column; None past the map's edge."""
    if cursor.lane == STAGE_ROW:
        return _next_stage(layout, cursor, by)
    column = cursor.column + by
    if not 0 <= column < len(layout.columns):
        return None
    return Cursor(column, cursor.lane, min(cursor.slot, slots(layout, column, cursor.lane) - 1))


def down(layout: MapLayout, cursor: Cursor) -> Cursor | None:
    """Return the next card below, in this lane or the next one that is unfolded."""
    if cursor.slot + 1 < slots(layout, cursor.column, cursor.lane):
        return Cursor(cursor.column, cursor.lane, cursor.slot + 1)
    lane = _open_lane(layout, cursor.lane, 1)
    column = min(cursor.column, len(layout.columns) - 1)
    return None if lane is None else Cursor(column, lane)


def up(layout: MapLayout, cursor: Cursor) -> Cursor | None:
    """Return the next card above."""
    if cursor.slot > 0:
        return Cursor(cursor.column, cursor.lane, cursor.slot - 1)
    if cursor.lane == STAGE_ROW:
        return None
    lane = _open_lane(layout, cursor.lane, -1)
    if lane is None:
        return clamped(layout, Cursor(cursor.column, STAGE_ROW))
    return Cursor(cursor.column, lane, slots(layout, cursor.column, lane) - 1)


def next_row(layout: MapLayout, cursor: Cursor) -> Cursor | None:
    """Return where Enter goes on: the place under this card, else the next lane."""
    if cursor.slot + 1 < slots(layout, cursor.column, cursor.lane, free=True):
        return Cursor(cursor.column, cursor.lane, cursor.slot + 1)
    return down(layout, cursor)


def next_cell(layout: MapLayout, cursor: Cursor, by: int) -> Cursor | None:
    """Return where Tab goes on: the next cell of the row, then the start of the next lane."""
    beside = sideways(layout, cursor, by)
    if beside is not None:
        return Cursor(beside.column, beside.lane)
    if cursor.lane == STAGE_ROW and by < 0:
        return None
    lane = _open_lane(layout, cursor.lane, by)
    if lane is None:
        return Cursor(len(layout.columns), STAGE_ROW) if by < 0 else None
    return Cursor(0 if by > 0 else len(layout.columns) - 1, lane)


def first_place(layout: MapLayout) -> Cursor:
    """Return where an empty map begins: its first free touchpoint, else its first stage."""
    lane = layout.lane_of(LaneKind.TOUCHPOINTS)
    empty = next((i for i, cells in enumerate(layout.columns) if cells.touchpoint is None), 0)
    if lane is None or layout.columns[empty].source.stage is None:
        return Cursor(len(layout.columns), STAGE_ROW)
    return Cursor(empty, lane)


def _next_stage(layout: MapLayout, cursor: Cursor, by: int) -> Cursor | None:
    """Return the stage beside, then the free place behind the last one."""
    starts = [span.first for span in layout.spans if span.stage] + [len(layout.columns)]
    at = starts.index(cursor.column) + by if cursor.column in starts else 0
    return Cursor(starts[at], STAGE_ROW) if 0 <= at < len(starts) else None


def _open_lane(layout: MapLayout, lane: int, by: int) -> int | None:
    lane += by
    while 0 <= lane < len(layout.lanes):
        if not layout.lanes[lane].folded:
            return lane
        lane += by
    return None
