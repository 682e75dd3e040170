"""The keyboard's place on the map: a cell, and which card in it."""

from dataclasses import dataclass
from typing import Final

from journey.model.ids import Ref
from ui.map.cells import PAD, TEXT_TOP
from ui.map.lanes import LaneKind
from ui.map.layout import Box, MapLayout

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


@dataclass(frozen=True, slots=True)
class Cursor:
    """A column, a lane and a card of the cell; the place behind the last card is free."""

    column: int
    lane: int
    slot: int = 0


def ref_at(layout: MapLayout, cursor: Cursor) -> Ref | None:
    """Return the object under the cursor, None on a free place."""
    stack = layout.columns[cursor.column].stacks[cursor.lane]
    if layout.lanes[cursor.lane].spec.kind is LaneKind.METRICS:
        return stack[0].ref if stack else None
    return stack[cursor.slot].ref if cursor.slot < len(stack) else None


def box_at(layout: MapLayout, cursor: Cursor) -> Box:
    """Return the place of the card under the cursor, or the free place."""
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


def clamped(layout: MapLayout, cursor: Cursor) -> Cursor | None:
    """Return the cursor kept inside a layout, None on an empty map."""
    if not layout.columns or not layout.lanes:
        return None
    column = min(max(cursor.column, 0), len(layout.columns) - 1)
    lane = min(max(cursor.lane, 0), len(layout.lanes) - 1)
    slot = min(max(cursor.slot, 0), slots(layout, column, lane, free=True) - 1)
    return Cursor(column, lane, slot)


def slots(layout: MapLayout, column: int, lane: int, *, free: bool = False) -> int:
    """Return how many places a cell has; with `free` also that behind the last card."""
    kind = layout.lanes[lane].spec.kind
    if kind not in STACKED:
        return 1
    count = len(layout.columns[column].stacks[lane])
    return max(count + (1 if free else 0), 1)


def sideways(layout: MapLayout, cursor: Cursor, by: int) -> Cursor | None:
    """Return the same row in the next column; None past the map's edge."""
    column = cursor.column + by
    if not 0 <= column < len(layout.columns):
        return None
    return Cursor(column, cursor.lane, min(cursor.slot, slots(layout, column, cursor.lane) - 1))


def down(layout: MapLayout, cursor: Cursor) -> Cursor | None:
    """Return the next card below, in this lane or the next one that is unfolded."""
    if cursor.slot + 1 < slots(layout, cursor.column, cursor.lane):
        return Cursor(cursor.column, cursor.lane, cursor.slot + 1)
    lane = _open_lane(layout, cursor.lane, 1)
    return None if lane is None else Cursor(cursor.column, lane)


def up(layout: MapLayout, cursor: Cursor) -> Cursor | None:
    """Return the next card above."""
    if cursor.slot > 0:
        return Cursor(cursor.column, cursor.lane, cursor.slot - 1)
    lane = _open_lane(layout, cursor.lane, -1)
    if lane is None:
        return None
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
    lane = _open_lane(layout, cursor.lane, by)
    if lane is None:
        return None
    return Cursor(0 if by > 0 else len(layout.columns) - 1, lane)


def _open_lane(layout: MapLayout, lane: int, by: int) -> int | None:
    lane += by
    while 0 <= lane < len(layout.lanes):
        if not layout.lanes[lane].folded:
            return lane
        lane += by
    return None
