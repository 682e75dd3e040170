"""Where the counts stand beside their arrows: off the cards, off each other."""

import itertools
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QPointF, QRectF

from journey.graph.arrows import Standing
from journey.graph.routing import STUB, RouteKind
from ui.flow.lines import Line
from ui.map.lettering import Face, Lettering

PILLS: Final = frozenset({Standing.MISSING, Standing.UNSEEN})
HEIGHT: Final = 17.0
_PILL_ICON: Final = 15.0
_ON_RIBBON: Final = 15.0  # from this width on a count fits on a level ribbon
_ALONG: Final = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8)
_CELL: Final = 96.0
_STEP: Final = 8.0  # pixels along an arrow between the points that say where it runs
_APART: Final = 4.0  # pixels between two counts side by side
_CROSSING: Final = 12.0  # square pixels such a point counts as
_Passing = tuple[Line, float, float, float]  # an arrow, a point of it, half its width


class LabelPlaces:
    """Keeps what is taken, and finds a free place for a label along its arrow."""

    def __init__(self, lettering: Lettering) -> None:
        self._lettering = lettering
        self._taken: dict[tuple[int, int], list[QRectF]] = defaultdict(list)
        self._passed: dict[tuple[int, int], list[_Passing]] = defaultdict(list)

    def take(self, rect: QRectF) -> None:
        """Mark a place as taken."""
        for cell in _cells(rect):
            self._taken[cell].append(rect)

    def pass_by(self, line: Line) -> None:
        """Mark where an arrow runs: the count of another there would seem to be its own."""
        half, passed = line.width / 2 + 1, self._passed
        for (x1, y1), (x2, y2) in itertools.pairwise(line.samples):
            steps = int(max(abs(x2 - x1), abs(y2 - y1)) // _STEP) + 1
            across, down = (x2 - x1) / steps, (y2 - y1) / steps
            for step in range(steps):
                x, y = x1 + across * step, y1 + down * step
                passed[int(x // _CELL), int(y // _CELL)].append((line, x, y, half))

    def place(self, line: Line) -> None:
        """Give a line with words the first free place along it, else its middle."""
        if not line.label_text:
            line.label = None
            return
        size = self.size(line)
        rect, ground = self._best(line, *size)
        line.label, line.label_on_ground = rect, ground
        line.cover(rect.adjusted(-2, -2, 2, 2))
        self.take(rect.adjusted(-_APART, 0, _APART, 0))

    def size(self, line: Line) -> tuple[float, float]:
        """Return the width and height of a line's label."""
        wide = self._lettering.advance(line.label_text, Face.META_BOLD)
        if line.arrow.standing in PILLS:
            plus = _PILL_ICON if line.arrow.standing is Standing.MISSING else 0.0
            return wide + 18.0 + plus, HEIGHT + 2
        return wide + 6.0, HEIGHT

    def _best(self, line: Line, wide: float, high: float) -> tuple[QRectF, bool]:
        """Return the first place that is free, else the one that is taken least."""
        best, least = None, 0.0
        for choice in self._choices(line, wide, high):
            taken = self._overlap(choice[0]) + self._crossed(choice[0], line)
            if taken == 0:
                return choice
            if best is None or taken < least:
                best, least = choice, taken
        assert best is not None
        return best

    def _overlap(self, rect: QRectF) -> float:
        """Return how much of a place is taken, square pixels."""
        near = {id(o): o for cell in _cells(rect) for o in self._taken[cell]}
        parts = (rect.intersected(other) for other in near.values() if rect.intersects(other))
        return sum(part.width() * part.height() for part in parts)

    def _crossed(self, rect: QRectF, mine: Line) -> float:
        """Return how much other arrows cross a place, weighed against what is taken."""
        left, top, right, bottom = rect.left(), rect.top(), rect.right(), rect.bottom()
        points = 0
        for cell in _cells(rect):
            for line, x, y, half in self._passed.get(cell, ()):
                near = left - half < x < right + half and top - half < y < bottom + half
                points += near and line is not mine
        return _CROSSING * points

    def _choices(self, line: Line, wide: float, high: float) -> Iterable[tuple[QRectF, bool]]:
        kind, pill = line.route.kind, line.arrow.standing in PILLS
        if kind is RouteKind.LOST:
            x, y = line.route.tip
            yield _around(QPointF(x, y + 4 + high / 2), wide, high), True
            return
        if kind is RouteKind.LOOP:
            (x, _), (_, y) = line.route.tip, line.samples[len(line.samples) // 2]
            yield _around(QPointF(x + 2, y - 3), wide, high), True
            left = min(x for x, _ in line.samples)
            yield _around(QPointF(x + 14 + wide / 2, y + 6), wide, high), True
            yield _around(QPointF(x + 7 + wide / 2, y - 4), wide, high), True
            yield _around(QPointF(left - 7 - wide / 2, y + 6), wide, high), True
            return
        half = line.width / 2
        for share in _ALONG:
            at, level = _point_at(line, share)
            if kind is RouteKind.START and level:
                yield _around(at + QPointF(-6, -half - high / 2 - 1), wide, high), True
            elif pill or half < 2.5:
                yield _around(at, wide, high), True
                if kind is RouteKind.START:
                    yield _around(at + QPointF(half + wide / 2 + 6, 0), wide, high), True
                for away in (high, -high) if pill else ():
                    yield _around(at + QPointF(0, away), wide, high), True
            elif level and line.width >= _ON_RIBBON:
                yield _around(at, wide, high), False
            elif level:
                yield _around(at + QPointF(0, -half - high / 2), wide, high), True
            else:
                yield _around(at + QPointF(half + wide / 2 + 5, 0), wide, high), True
                yield _around(at - QPointF(half + wide / 2 + 5, 0), wide, high), True


def stub_room(line: Line) -> QRectF:
    """Return what the stub of those who leave takes."""
    x, y = line.route.tip
    half = line.width / 2 + 4
    return QRectF(x - half, y - STUB, 2 * half, STUB + 4)


def ribbon_room(line: Line) -> QRectF:
    """Return what a straight ribbon takes, its head too."""
    (x, y1), y2, half = line.samples[0], line.route.tip[1], line.width / 2 + 3
    return QRectF(x - half, min(y1, y2), 2 * half, abs(y2 - y1))


def _around(centre: QPointF, wide: float, high: float) -> QRectF:
    return QRectF(centre.x() - wide / 2, centre.y() - high / 2, wide, high)


def _cells(rect: QRectF) -> list[tuple[int, int]]:
    return [
        (column, row)
        for column in range(int(rect.left() // _CELL), int(rect.right() // _CELL) + 1)
        for row in range(int(rect.top() // _CELL), int(rect.bottom() // _CELL) + 1)
    ]


def _point_at(line: Line, share: float) -> tuple[QPointF, bool]:
    """Return the point at a share of a line, and whether it runs more level than steep there."""
    points = line.samples
    steps = [abs(b[0] - a[0]) + abs(b[1] - a[1]) for a, b in itertools.pairwise(points)]
    due = sum(steps) * share
    for (a, b), step in zip(itertools.pairwise(points), steps, strict=True):
        if due <= step and step:
            part = due / step
            level = abs(b[0] - a[0]) >= abs(b[1] - a[1])
            return QPointF(a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part), level
        due -= step
    return QPointF(*points[-1]), True
