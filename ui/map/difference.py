"""What of a map is painted anew for another layout, and what is only shifted, as it is painted.

Columns are equally wide and look the same wherever they stand. So when a touchpoint comes, goes
or moves, what stands behind it is shifted on the screen; only what looks different is painted.
"""

import bisect
from collections import Counter
from dataclasses import dataclass
from typing import Final

from ui.map.experience import BlindSpot
from ui.map.layout import MapLayout

_REACH: Final = 3  # columns a blind spot's label may reach beyond its own
_BESIDE: Final = 2  # columns out of sight that are compared, for what reaches in


@dataclass(frozen=True, slots=True)
class Moved:
    """Columns that look as before and stand elsewhere: the first now, the end, and how far."""

    first: int
    end: int
    by: int

    @property
    def hull(self) -> range:
        """The columns they stood in and stand in now, with those between."""
        return range(min(self.first, self.first - self.by), max(self.end, self.end - self.by))


@dataclass(frozen=True, slots=True)
class Redraw:
    """What is painted anew.

    Attributes:
        columns: those that look different. seams: columns with other neighbours on the left, so
            that the curves between both are others.
        moved: what is shifted before.
    """

    columns: tuple[int, ...]
    seams: tuple[int, ...]
    moved: Moved | None = None


def redraw(before: MapLayout, after: MapLayout, seen: range, step: float) -> Redraw | None:
    """Return what changed among the columns in sight; None where all of it may have.

    `seen` goes on beyond the last column where nothing stands. `step` is how wide a column shows,
    in pixels: pixels can be shifted by whole ones only. 0 where nothing is to be shifted.
    """
    if before.lanes != after.lanes or _scale(before) != _scale(after):
        return None
    near = range(max(seen.start - _BESIDE, 0), seen.stop + _BESIDE)
    old, new = _looks(before, near), _looks(after, near)
    where = {look[0]: column for column, look in zip(near, old, strict=True) if look}
    moves: list[int | None] = []
    for column, look in zip(near, new, strict=True):
        from_ = column if not look else where.get(look[0])
        same = from_ is not None and old[from_ - near.start] == look
        moves.append(column - from_ if same and from_ is not None else None)
    moved = _moved(moves, near, step)
    clean = [_stays(move, column, moved) for move, column in zip(moves, near, strict=True)]
    # Left of the map nothing ever moves.
    pairs = zip(near, [0 if near.start == 0 else clean[0], *clean], clean, strict=False)
    return Redraw(
        tuple(c for c, by in zip(near, clean, strict=True) if by is None),
        tuple(c for c, left, right in pairs if left is None or left != right),
        moved,
    )


def _moved(moves: list[int | None], near: range, step: float) -> Moved | None:
    """Return the most columns that can be shifted by the same way."""
    ways = Counter(move for move in moves if move and step and (move * step).is_integer())
    if not ways:
        return None
    by = ways.most_common(1)[0][0]
    mine = [column for column, move in zip(near, moves, strict=True) if move == by]
    return Moved(mine[0], mine[-1] + 1, by)


def _stays(move: int | None, column: int, moved: Moved | None) -> int | None:
    """Return how far what shows in a column was shifted; None where it is painted anew."""
    if moved is None or column not in moved.hull:
        return move if move == 0 else None
    return move if move == moved.by else None


def _scale(layout: MapLayout) -> tuple[float, ...]:
    line = layout.experience
    return layout.shape.column, line.low, line.high, line.top, line.bottom


def _looks(layout: MapLayout, columns: range) -> list[tuple[object, ...]]:
    """Return what each column shows, with what reaches into it; () where nothing is.

    The first part of each is what it is known by.
    """
    line, width = layout.experience, layout.shape.column
    folded = any(lane.folded for lane in layout.lanes)
    spots = _spots(line.blind_spots, columns)
    ends = [max((c for c, v in enumerate(o.values) if v is not None), default=-1)
            for o in line.others]  # fmt: skip
    looks: list[tuple[object, ...]] = []
    for column in columns:
        if column >= len(layout.columns):  # the map's end has a line
            looks.append(("end",) if column == len(layout.columns) else ())
            continue
        left, right = column * width, (column + 1) * width
        looks.append((
            id(layout.columns[column]),
            line.points[column],
            [(s.text, s.left - left, s.top) for s in spots
             if s.column == column or (s.left < right and s.left + s.width > left)],
            [(o.name, o.values[column], column == end)
             for o, end in zip(line.others, ends, strict=True)],
            [lead[column] for lead in layout.leads if lead],
            _stage(layout, column, folded),
        ))  # fmt: skip
    return looks


def _spots(spots: tuple[BlindSpot, ...], columns: range) -> tuple[BlindSpot, ...]:
    """Return the blind spots of these columns and of those whose labels may reach into them."""
    first = bisect.bisect_left(spots, columns.start - _REACH, key=_column)
    return spots[first : bisect.bisect_left(spots, columns.stop + _REACH, key=_column)]


def _column(spot: BlindSpot) -> int:
    return spot.column


def _stage(layout: MapLayout, column: int, folded: bool) -> tuple[object, ...]:
    """Return what a stage shows in a column: its beginning, notes, and words on folded lanes.

    These count all of its columns, and may reach into the stage behind.
    """
    span = layout.span_of(column)
    place = column - span.first
    counted: list[object] = []
    for other in (span, layout.span_of(max(span.first - 1, 0))) if folded else ():
        mine = layout.columns[other.first : other.first + other.count]
        counted.append((column - other.first, [id(cells) for cells in mine]))
    notes = (id(span.stacks), place, span.count) if span.stacks else ()
    line = place == 0 and column > 0  # at its left; there is none at the map's own edge
    return line, notes, counted
