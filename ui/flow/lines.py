"""An arrow's line made ready to paint: path, head, cross ticks, what it covers."""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

from journey.graph.arrows import Arrow, Standing
from journey.graph.boxes import Box, Point
from journey.graph.routing import THIN, Route, RouteKind, head_size, trimmed

GAP: Final = 3.0  # between an arrow and what it crosses
_CUT: Final = 22.0  # arrows that part beside a card do not cut each other there
_TICK_EVERY: Final = 9.0
_PARTS: Final = 10
# Bernstein's polynomials at equal steps, the start left out.
_WEIGHTS: Final = tuple(
    ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3)
    for t in (k / _PARTS for k in range(1, _PARTS + 1))
)


@dataclass(slots=True)
class Line:
    """What painting and touching an arrow needs.

    Attributes:
        path: the line. casing: the part of it that keeps a gap to what it crosses.
        samples: points along it. bounds: all it covers, its label too; edges: the same as left,
            top, right, bottom.
        label, label_text: where the words beside it stand; an empty text for none.
    """

    arrow: Arrow
    route: Route
    path: QPainterPath
    casing: QPainterPath
    head: QPolygonF
    ticks: list[QLineF]
    samples: list[Point]
    bounds: QRectF
    edges: tuple[float, float, float, float]
    label_text: str = ""
    label: QRectF | None = None
    label_on_ground: bool = True

    def cover(self, rect: QRectF) -> None:
        """Say that it covers a place too."""
        self.bounds = self.bounds.united(rect)
        self.edges = edges_of(self.bounds)

    @property
    def width(self) -> float:
        """The width of the line, pixels."""
        return self.route.width

    def distance(self, x: float, y: float) -> float:
        """Return how far a point is from the line's edge; 0 on it."""
        best = math.inf
        for (x1, y1), (x2, y2) in zip(self.samples[:-1], self.samples[1:], strict=True):
            dx, dy = x2 - x1, y2 - y1
            length = dx * dx + dy * dy
            share = 0.0 if length == 0 else ((x - x1) * dx + (y - y1) * dy) / length
            share = min(max(share, 0.0), 1.0)
            best = min(best, math.hypot(x - x1 - share * dx, y - y1 - share * dy))
        return max(best - self.width / 2, 0.0)


def make_line(arrow: Arrow, route: Route) -> Line:
    """Make a route ready to paint; its label is placed later."""
    samples = sampled(route.points)
    if route.way != (0.0, 0.0):
        samples.append(route.tip)
    ticks = ticks_along(samples, route.width) if arrow.standing is Standing.MISSING else []
    reach = max(route.width / 2, head_size(route.width)[1] / 2) + 11.0
    xs, ys = [p[0] for p in samples], [p[1] for p in samples]
    bounds = QRectF(QPointF(min(xs), min(ys)), QPointF(max(xs), max(ys)))
    bounds.adjust(-reach, -reach, reach, reach)
    cut = trimmed(route.points, _CUT) if route.kind is not RouteKind.LOST else ()
    return Line(
        arrow, route, path_of(route.points), path_of(cut), head_of(route), ticks, samples,
        bounds, edges_of(bounds),
    )  # fmt: skip


def edges_of(rect: QRectF) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of a rectangle."""
    return rect.left(), rect.top(), rect.right(), rect.bottom()


def path_of(points: Sequence[Point]) -> QPainterPath:
    """Return a path of cubics through 1 + 3 k points; empty for none."""
    path = QPainterPath()
    if not points:
        return path
    path.moveTo(*points[0])
    for i in range(1, len(points) - 2, 3):
        path.cubicTo(*points[i], *points[i + 1], *points[i + 2])
    return path


def sampled(points: Sequence[Point]) -> list[Point]:
    """Return points along a curve; a level part needs only its ends."""
    made = [points[0]]
    for i in range(0, len(points) - 3, 3):
        part = points[i : i + 4]
        if part[0][1] == part[1][1] == part[3][1] or part[0][0] == part[1][0] == part[3][0]:
            made.append(part[3])
            continue
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = part
        made += [
            (a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy)
            for a, b, c, d in _WEIGHTS
        ]
    return made


def head_of(route: Route) -> QPolygonF:
    """Return the triangle at an arrow's end; empty where it has none."""
    (x, y), (dx, dy) = route.tip, route.way
    if (dx, dy) == (0.0, 0.0):
        return QPolygonF()
    length, breadth = head_size(route.width)
    # Half a pixel over the line's end, so that no seam shows between both.
    bx, by = x - dx * (length + 0.5), y - dy * (length + 0.5)
    half = breadth / 2
    return QPolygonF(
        [QPointF(x, y), QPointF(bx - dy * half, by + dx * half),
         QPointF(bx + dy * half, by - dx * half)]
    )  # fmt: skip


def ticks_along(samples: Sequence[Point], width: float) -> list[QLineF]:
    """Return short lines across a curve, at equal steps from its middle."""
    half = width / 2 + 3.0
    made: list[QLineF] = []
    walked, due = 0.0, _TICK_EVERY
    for (x1, y1), (x2, y2) in itertools.pairwise(samples):
        length = math.hypot(x2 - x1, y2 - y1)
        while length and due <= walked + length:
            share = (due - walked) / length
            x, y = x1 + (x2 - x1) * share, y1 + (y2 - y1) * share
            nx, ny = -(y2 - y1) / length * half, (x2 - x1) / length * half
            made.append(QLineF(x - nx, y - ny, x + nx, y + ny))
            due += _TICK_EVERY
        walked += length
    return made[:-1]


def is_ribbon(line: Line) -> bool:
    """Whether a line is broad enough to be painted as a light ribbon."""
    return line.width >= THIN


def rect_of(box: Box) -> QRectF:
    """Return a box as Qt wants it."""
    return QRectF(box.x, box.y, box.width, box.height)
