"""How arrows run between the cards of a flow: curves that keep clear of the cards between.

Onward arrows leave at the right and arrive at the left, arrows back the other way round. Within a
column neighbours are joined by a straight line and all others by an arc beside the cards.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from journey.graph.arrows import Arrow
from journey.graph.boxes import Box, Point
from journey.graph.found import Pair
from journey.graph.layout import CARD_LEFT, CARD_WIDTH, COLUMN, START_WIDTH, FlowLayout, column_left
from journey.graph.ports import End, Side, places
from journey.model.map import LOST, RETAINED, START

THIN: Final = 5.0  # from this width on an arrow is a ribbon
CIRCLE: Final = 6.0  # radius of the start's circle
STUB: Final = 20.0  # how far what is lost hangs under its card

_START_X: Final = 22.0
_START_ABOVE: Final = 30.0
_START_AT, _LOOP_AT, _STUB_AT, _LANES_AT = 106.0, 70.0, 98.0, 40.0  # from a card's left edge
_LOOP_HIGH, _LOOP_WIDE = 40.0, 11.0
_LEVEL: Final = 40.0  # how far two cards must overlap for a straight line between them
_BULGE, _BULGE_MORE = 44.0, 12.0
_CLEAR: Final = 12.0
_CLEAR_BELOW: Final = 46.0  # what is lost is written there
_BETWEEN: Final = 40.0
_MOST_TAKEN: Final = 24


class RouteKind(StrEnum):
    """How an arrow runs."""

    ONWARD = "onward"
    BACK = "back"
    STRAIGHT = "straight"
    ARC = "arc"
    LOOP = "loop"
    START = "start"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Route:
    """An arrow's line: a start and for each cubic part two controls and an end.

    Attributes:
        points: 1 + 3 k points; the last is where the head begins.
        tip: where the head ends. way: its direction, a unit vector; (0, 0) for no head.
        width: of the line, pixels.
    """

    kind: RouteKind
    points: tuple[Point, ...]
    tip: Point
    way: Point
    width: float


def head_size(width: float) -> tuple[float, float]:
    """Return how long and how broad the head of an arrow is."""
    return (9.0, 9.0) if width < THIN else (min(8.0 + width * 0.4, 15.0), width + 10.0)


class Router:
    """Routes the arrows of one layout."""

    def __init__(
        self, layout: FlowLayout, made: Iterable[Arrow], widths: Mapping[Pair, float]
    ) -> None:
        self._layout, self._widths = layout, widths
        self._boxes = {**layout.boxes, RETAINED: layout.retained}
        self._arrows = [a for a in made if self._is_there(a)]
        self._columns: dict[int, list[Box]] = defaultdict(list)
        for box in layout.boxes.values():
            self._columns[_column(box)].append(box)
        self._lossy = {id(self._boxes[a.source]) for a in self._arrows if a.target == LOST}
        self._taken: dict[int, list[tuple[float, float]]] = {}
        self._kinds = {a.pair: self._kind(a) for a in self._arrows}
        self._ports = places(list(self._ends()), self._boxes)
        self._lanes = self._straight_lanes()

    def routes(self, pairs: frozenset[Pair] | None = None) -> dict[Pair, Route]:
        """Return the routes of all arrows, or of those asked for, the broadest first."""
        wanted = [a for a in self._arrows if pairs is None or a.pair in pairs]
        wanted.sort(key=lambda a: -self._widths[a.pair])
        return {a.pair: self._route(a) for a in wanted}

    # -- what kind, and where it touches ----------------------------------------------------------

    def _is_there(self, arrow: Arrow) -> bool:
        starts = arrow.source == START or arrow.source in self._boxes
        return starts and (arrow.target == LOST or arrow.target in self._boxes) and (
            arrow.pair not in {(START, LOST), (START, RETAINED)}
        )  # fmt: skip

    def _kind(self, arrow: Arrow) -> RouteKind:
        if arrow.source == START:
            return RouteKind.START
        if arrow.target == LOST:
            return RouteKind.LOST
        if arrow.is_loop:
            return RouteKind.LOOP
        source, target = self._boxes[arrow.source], self._boxes[arrow.target]
        first, last = _column(source), _column(target)
        if arrow.target == RETAINED or first < last:
            return RouteKind.ONWARD
        if first > last:
            return RouteKind.BACK
        return RouteKind.STRAIGHT if self._level(source, target) else RouteKind.ARC

    def _level(self, source: Box, target: Box) -> bool:
        """Whether two cards of a column stand one under the other with nothing between."""
        if min(source.right, target.right) - max(source.x, target.x) < _LEVEL:
            return False
        upper, lower = (source, target) if source.y < target.y else (target, source)
        if lower.y - upper.bottom < 2 * _CLEAR:
            return False
        return not any(
            upper.y < box.y < lower.y and box.x < lower.right and lower.x < box.right
            for box in self._columns[_column(source)]
        )

    def _ends(self) -> Iterable[End]:
        for arrow in self._arrows:
            kind, pair = self._kinds[arrow.pair], arrow.pair
            if kind in {RouteKind.STRAIGHT, RouteKind.LOOP, RouteKind.LOST}:
                continue
            width = self._widths[pair]
            head = max(head_size(width)[1] - 4.0, width)
            if kind is RouteKind.START:
                if self._starts_beside(arrow):
                    y = self._boxes[arrow.target].centre[1]
                    yield End(arrow.target, Side.LEFT, y, head, (pair, "to"))
                continue
            source, target = self._boxes[arrow.source], self._boxes[arrow.target]
            leaves, arrives = self._sides(kind, source, target)
            yield End(arrow.source, leaves, target.centre[1], width, (pair, "from"))
            yield End(arrow.target, arrives, source.centre[1], head, (pair, "to"))

    @staticmethod
    def _sides(kind: RouteKind, source: Box, target: Box) -> tuple[Side, Side]:
        if kind is RouteKind.ONWARD:
            return Side.RIGHT, Side.LEFT
        if kind is RouteKind.BACK:
            return Side.LEFT, Side.RIGHT
        side = Side.RIGHT if source.y <= target.y else Side.LEFT
        return side, side

    def _starts_beside(self, arrow: Arrow) -> bool:
        return _column(self._boxes[arrow.target]) == 0

    def _straight_lanes(self) -> dict[Pair, float]:
        """Return the x of every straight arrow: those between two cards stand side by side."""
        groups: dict[frozenset[str], list[Pair]] = defaultdict(list)
        for arrow in self._arrows:
            if self._kinds[arrow.pair] is RouteKind.STRAIGHT:
                groups[frozenset(arrow.pair)].append(arrow.pair)
        lanes: dict[Pair, float] = {}
        for pairs in groups.values():
            first, second = (self._boxes[n] for n in pairs[0])
            left = max(first.x, second.x)
            shares = len(pairs) > 1
            for index, pair in enumerate(sorted(pairs)):
                at = _LANES_AT + (26.0 * (2 * index - 1) if shares else 0.0)
                half = self._widths[pair] / 2
                lanes[pair] = left + max(at, half + _CLEAR)
        return lanes

    # -- the lines --------------------------------------------------------------------------------

    def _route(self, arrow: Arrow) -> Route:
        kind, width = self._kinds[arrow.pair], self._widths[arrow.pair]
        length = head_size(width)[0]
        if kind is RouteKind.LOST:
            box = self._boxes[arrow.source]
            top = (box.x + _STUB_AT, box.bottom)
            end = (top[0], top[1] + STUB)
            return Route(kind, _straight(top, end), end, (0.0, 0.0), width)
        if kind is RouteKind.START:
            return self._start(arrow, width, length)
        if kind is RouteKind.LOOP:
            box = self._boxes[arrow.source]
            x, y = box.x + _LOOP_AT, box.y
            out, back = x - _LOOP_WIDE, x + _LOOP_WIDE
            points = ((out, y), (out - 14, y - _LOOP_HIGH), (back + 14, y - _LOOP_HIGH - length),
                      (back, y - length))  # fmt: skip
            return Route(kind, points, (back, y), (0.0, 1.0), width)
        if kind is RouteKind.STRAIGHT:
            return self._straight(arrow, width, length)
        if kind is RouteKind.ARC:
            return self._arc(arrow, width, length)
        return self._across(arrow, kind, width, length)

    def _start(self, arrow: Arrow, width: float, length: float) -> Route:
        box = self._boxes[arrow.target]
        if self._starts_beside(arrow):
            y = self._ports[arrow.pair, "to"]
            points = _straight((_START_X + CIRCLE, y), (box.x - length, y))
            return Route(RouteKind.START, points, (box.x, y), (1.0, 0.0), width)
        x = box.x + _START_AT
        points = _straight((x, box.y - _START_ABOVE + CIRCLE), (x, box.y - length))
        return Route(RouteKind.START, points, (x, box.y), (0.0, 1.0), width)

    def _straight(self, arrow: Arrow, width: float, length: float) -> Route:
        source, target = self._boxes[arrow.source], self._boxes[arrow.target]
        x, down = self._lanes[arrow.pair], source.y < target.y
        first = (x, source.bottom if down else source.y)
        tip = (x, target.y if down else target.bottom)
        way = 1.0 if down else -1.0
        points = _straight(first, (x, tip[1] - way * length))
        return Route(RouteKind.STRAIGHT, points, tip, (0.0, way), width)

    def _arc(self, arrow: Arrow, width: float, length: float) -> Route:
        source, target = self._boxes[arrow.source], self._boxes[arrow.target]
        y1, y2 = self._ports[arrow.pair, "from"], self._ports[arrow.pair, "to"]
        rows = min(abs(source.y - target.y) / 150.0, 3.0)
        bulge = _BULGE + _BULGE_MORE * rows
        x1, x2, way = source.right, target.right, -1.0
        if source.y > target.y:
            x1, x2, way = source.x, target.x, 1.0
        far = max(x1, x2) + bulge if way < 0 else min(x1, x2) - bulge
        points = ((x1, y1), (far, y1), (far, y2), (x2 - way * length, y2))
        return Route(RouteKind.ARC, points, (x2, y2), (way, 0.0), width)

    def _across(self, arrow: Arrow, kind: RouteKind, width: float, length: float) -> Route:
        """Return the route to another column, through a gap of every column between."""
        source, target = self._boxes[arrow.source], self._boxes[arrow.target]
        way = 1.0 if kind is RouteKind.ONWARD else -1.0
        x1, x2 = (source.right, target.x) if way > 0 else (source.x, target.right)
        y1, y2 = self._ports[arrow.pair, "from"], self._ports[arrow.pair, "to"]
        first, last = _column(source), _column(target)
        points: list[Point] = [(x1, y1)]
        for column in range(first + int(way), last, int(way)):
            middle = column_left(column) + CARD_LEFT + CARD_WIDTH / 2
            share = min(max((middle - x1) / (x2 - x1 or 1.0), 0.0), 1.0)
            y = self._gap(column, y1 + share * (y2 - y1), width)
            half = way * (CARD_WIDTH / 2 + _CLEAR / 2)
            _curve_to(points, (middle - half, y))
            points += _straight((middle - half, y), (middle + half, y))[1:]
        _curve_to(points, (x2 - way * length, y2))
        return Route(kind, tuple(points), (x2, y2), (way, 0.0), width)

    def _gap(self, column: int, wanted: float, width: float) -> float:
        """Return the y nearest to the wanted one that no card and no earlier arrow takes."""
        taken, cards = self._taken.get(column), self._columns.get(column, ())
        if taken is None:
            taken = self._taken[column] = [
                (b.y - _CLEAR, b.bottom + (_CLEAR_BELOW if id(b) in self._lossy else _CLEAR))
                for b in cards
            ]
        half = width / 2
        choices = [wanted, *(y for low, high in taken for y in (low - half - 1, high + half + 1))]
        free = [y for y in choices if all(y + half < low or high < y - half for low, high in taken)]
        top = min((b.y for b in cards), default=0.0)
        bottom = max((b.bottom for b in cards), default=0.0)

        def way(y: float) -> float:
            # Between two cards there are other arrows to cross; above and below all there are none.
            return abs(y - wanted) + (_BETWEEN if top < y < bottom else 0.0)

        y = min(free, key=way, default=wanted)
        if len(taken) < _MOST_TAKEN:
            taken.append((y - half - 5.0, y + half + 5.0))
        return y


def _column(box: Box) -> int:
    return int((box.centre[0] - START_WIDTH) // COLUMN)


def _straight(first: Point, last: Point) -> tuple[Point, ...]:
    (x1, y1), (x2, y2) = first, last
    third = ((x2 - x1) / 3, (y2 - y1) / 3)
    return first, (x1 + third[0], y1 + third[1]), (x2 - third[0], y2 - third[1]), last


def _curve_to(points: list[Point], end: Point) -> None:
    """Go on to a point, level at both ends."""
    (x1, y1), (x2, y2) = points[-1], end
    reach = (x2 - x1) * 0.52
    points += [(x1 + reach, y1), (x2 - reach, y2), end]


def trimmed(points: Sequence[Point], cut: float) -> tuple[Point, ...]:
    """Return a curve without about `cut` pixels at each end, () where nothing is left."""
    if len(points) == 4:
        chord = abs(points[3][0] - points[0][0]) + abs(points[3][1] - points[0][1])
        share = cut / max(chord, 1.0)
        if share >= 0.45:
            return ()
        _before, rest = split(points, share)
        return split(rest, 1 - share / (1 - share))[0]
    first = split(points[:4], _share(points[:4], cut))[1]
    last = split(points[-4:], 1 - _share(points[-4:], cut))[0]
    return (*first, *points[4:-3], *last[1:])


def _share(part: Sequence[Point], cut: float) -> float:
    chord = abs(part[3][0] - part[0][0]) + abs(part[3][1] - part[0][1])
    return min(cut / max(chord, 1.0), 0.9)


def split(part: Sequence[Point], at: float) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    """Return both halves of a cubic at 0 … 1 (de Casteljau)."""

    def between(a: Point, b: Point) -> Point:
        return a[0] + (b[0] - a[0]) * at, a[1] + (b[1] - a[1]) * at

    a, b, c, d = part
    ab, bc, cd = between(a, b), between(b, c), between(c, d)
    abc, bcd = between(ab, bc), between(bc, cd)
    middle = between(abc, bcd)
    return (a, ab, abc, middle), (middle, bcd, cd, d)
