"""Where the cards of a flow stand: stages are columns, arrows cross as little as can be.

A place moved by hand is kept in `Journey.layout["flow"]` as [x, y]: x from the left edge of the
touchpoint's stage, y from the top, logical pixels at 100 %.
"""

import heapq
import math
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from journey.graph.arrows import Arrow
from journey.graph.boxes import Box, Point
from journey.graph.order import Columns, Link, in_order
from journey.graph.seats import rows
from journey.model.ids import JourneyId, StageId
from journey.model.map import RETAINED, Journey
from journey.model.workspace import Workspace, ordered_stages, ordered_touchpoints

CARD_WIDTH: Final = 120.0
CARD_HEIGHT: Final = 66.0
COLUMN: Final = 204.0
CARD_LEFT: Final = 36.0  # the rest of a column is room for the arrows
START_WIDTH: Final = 60.0
EXIT_WIDTH: Final = 124.0
TOP: Final = 44.0
BOTTOM: Final = 64.0
RETAINED_SIZE: Final = (104.0, 80.0)

_ROWS: Final = 6  # more touchpoints than these stand in several columns of their stage
_ROOM: Final = 80.0  # under a card: what is lost there, and an arrow's head
_ROWS_SPREAD: Final = 600.0  # a few rows share about this height
_LEAST_ROW, _MOST_ROW = 146.0, 200.0
_LANE: Final = 0.0  # rows: an arrow that passes a column runs in the gap between two
_MOST_LANES: Final = 5
_MARGIN: Final = 8.0
_FARTHEST: Final = 40_000.0


@dataclass(frozen=True, slots=True)
class Band:
    """The columns of a stage (None: touchpoints without one)."""

    stage: StageId | None
    first: int
    count: int
    left: float
    width: float

    @property
    def right(self) -> float:
        """The x of the right edge."""
        return self.left + self.width


@dataclass(frozen=True, slots=True)
class FlowLayout:
    """The cards of a flow and the columns they stand in.

    Attributes:
        columns: touchpoints from the left, each column from the top.
        boxes: the card of each touchpoint. retained: the card of those who stay.
        pinned: touchpoints that stand where a hand put them.
    """

    bands: tuple[Band, ...]
    columns: tuple[tuple[str, ...], ...]
    column_of: Mapping[str, int]
    boxes: Mapping[str, Box]
    retained: Box
    width: float
    height: float
    pinned: frozenset[str]

    def band_of(self, node: str) -> Band:
        """Return the stage a touchpoint stands in; KeyError if it is not there."""
        column = self.column_of[node]
        return next(b for b in self.bands if b.first <= column < b.first + b.count)

    def band_at(self, x: float) -> Band | None:
        """Return the stage at an x, None beside all."""
        return next((b for b in self.bands if b.left <= x < b.right), None)


def column_left(column: int) -> float:
    """Return the x of a column's left edge."""
    return START_WIDTH + column * COLUMN


def arrange(
    ws: Workspace,
    journey: JourneyId,
    made: Sequence[Arrow],
    heights: Mapping[str, float] | None = None,
) -> FlowLayout:
    """Lay a journey's touchpoints out.

    Args:
        made: its arrows, which decide the order within each column.
        heights: of cards that are higher than `CARD_HEIGHT`, by touchpoint.
    """
    bands, columns = _columns(ws, journey, made)
    column_of = {n: i for i, column in enumerate(columns) for n in column}
    lanes, links = _links(len(columns), column_of, made)
    crossed = in_order([column + free for column, free in zip(columns, lanes, strict=True)], links)
    loose = column_of.keys() - _linked(made)
    ordered = [_loose_last(column, loose) for column in crossed]
    row_of, seated = _rows(ordered, links, column_of)
    tall = {n: max((heights or {}).get(n, 0.0), CARD_HEIGHT) for n in column_of}
    pitch = _pitch(row_of, column_of, tall)
    boxes = {
        n: Box(column_left(i) + CARD_LEFT, TOP + row_of[n] * pitch, CARD_WIDTH, tall[n])
        for n, i in column_of.items()
    }
    owner = ws.journeys.get(journey)
    layout = FlowLayout(
        tuple(bands), tuple(tuple(n for n in c if n in column_of) for c in seated), column_of,
        boxes, Box(0, 0, 0, 0), 0.0, 0.0, frozenset(),
    )  # fmt: skip
    return sized(_with_pins(layout, {} if owner is None else kept_places(owner)), made)


def kept_places(journey: Journey) -> dict[str, Point]:
    """Return the places kept with a journey; what is no place is left out."""
    kept = journey.layout.get("flow")
    if not isinstance(kept, Mapping):
        return {}
    places: dict[str, Point] = {}
    for node, place in kept.items():
        if isinstance(place, Sequence) and len(place) == 2 and all(_is_number(v) for v in place):
            places[str(node)] = (float(place[0]), float(place[1]))
    return places


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and math.isfinite(value) and abs(value) < _FARTHEST


def moved(layout: FlowLayout, node: str, x: float, y: float) -> FlowLayout:
    """Return the layout with one card elsewhere, kept within its stage."""
    place = within_band(layout.band_of(node), x, y)
    box = replace(layout.boxes[node], x=place[0], y=place[1])
    return replace(layout, boxes={**layout.boxes, node: box})


def within_band(band: Band, x: float, y: float) -> Point:
    """Return the nearest place for a card inside a stage."""
    right = band.right - CARD_WIDTH - _MARGIN
    return min(max(x, band.left + _MARGIN), right), max(y, _MARGIN)


def sized(layout: FlowLayout, made: Iterable[Arrow]) -> FlowLayout:
    """Return the layout with its size and the card of those who stay."""
    end = layout.bands[-1].right if layout.bands else START_WIDTH
    lowest = max((b.bottom for b in layout.boxes.values()), default=TOP + CARD_HEIGHT)
    into = [a for a in made if a.target == RETAINED and a.source in layout.boxes]
    most = max(into, key=lambda a: a.count or 0.0, default=None)
    width, height = RETAINED_SIZE
    middle = (TOP + lowest) / 2 if most is None else layout.boxes[most.source].centre[1]
    top = max(middle - height / 2, _MARGIN)
    retained = Box(end + 8.0, round(top), width, height)
    size = (end + EXIT_WIDTH, max(lowest, retained.bottom) + BOTTOM)
    return replace(layout, retained=retained, width=size[0], height=size[1])


# -- columns ----------------------------------------------------------------------------------


def _columns(
    ws: Workspace, journey: JourneyId, made: Sequence[Arrow]
) -> tuple[list[Band], Columns]:
    members: dict[StageId | None, list[str]] = {s.id: [] for s in ordered_stages(ws, journey)}
    for touchpoint in ordered_touchpoints(ws, journey):
        members.setdefault(touchpoint.stage, []).append(str(touchpoint.id))
    bands: list[Band] = []
    columns: Columns = []
    for stage, nodes in members.items():
        parts = _parts(nodes, made)
        left, width = column_left(len(columns)), len(parts) * COLUMN
        bands.append(Band(stage, len(columns), len(parts), left, width))
        columns += parts
    return bands, columns


def _parts(nodes: list[str], made: Sequence[Arrow]) -> Columns:
    """Return a stage's touchpoints in one column, or in several along their arrows."""
    if len(nodes) <= _ROWS:
        return [nodes]
    size = max(_ROWS, math.ceil(0.8 * math.sqrt(len(nodes))))
    count = math.ceil(len(nodes) / size)
    size = math.ceil(len(nodes) / count)
    along = _loose_last(_along(nodes, made), set(nodes) - _linked(made))
    return [along[i : i + size] for i in range(0, len(along), size)]


def _linked(made: Iterable[Arrow]) -> set[str]:
    """Return where arrows lead from and to; a loop alone leads nowhere."""
    return {end for arrow in made if not arrow.is_loop for end in (arrow.source, arrow.target)}


def _loose_last(members: Iterable[str], loose: Container[str]) -> list[str]:
    """Return members with what no arrow reaches at the end: the path stands where one looks."""
    return sorted(members, key=loose.__contains__)


def _along(nodes: list[str], made: Sequence[Arrow]) -> list[str]:
    """Return touchpoints so that arrows mostly lead onward; a loop is cut where it begins."""
    rank = {node: i for i, node in enumerate(nodes)}
    after: dict[str, list[str]] = defaultdict(list)
    waits = dict.fromkeys(nodes, 0)
    for arrow in made:
        if arrow.source in rank and arrow.target in rank and not arrow.is_loop:
            after[arrow.source].append(arrow.target)
            waits[arrow.target] += 1
    queue = [(waits[n], rank[n], n) for n in nodes]
    heapq.heapify(queue)
    done: dict[str, None] = {}
    while queue:
        _waits, _rank, node = heapq.heappop(queue)
        if node in done:
            continue
        done[node] = None
        for other in after[node]:
            waits[other] -= 1
            heapq.heappush(queue, (waits[other], rank[other], other))
    return list(done)


# -- rows ---------------------------------------------------------------------------------------


def _links(
    count: int, column_of: Mapping[str, int], made: Iterable[Arrow]
) -> tuple[list[list[str]], list[Link]]:
    """Return lanes for arrows that pass columns, by column, and the links from side to side."""
    lanes: list[list[str]] = [[] for _ in range(count)]
    links: list[Link] = []
    for number, arrow in enumerate(made):
        first, last = column_of.get(arrow.source), column_of.get(arrow.target)
        if first is None or last is None or arrow.is_loop:
            continue
        ends = (arrow.source, arrow.target) if first <= last else (arrow.target, arrow.source)
        between = range(min(first, last) + 1, max(first, last))
        if len(between) > _MOST_LANES:
            continue
        chain = [ends[0], *(f"\0{number}.{column}" for column in between), ends[1]]
        for column, lane in zip(between, chain[1:-1], strict=True):
            lanes[column].append(lane)
        links += pairwise(chain)
    return lanes, links


def _rows(
    ordered: Columns, links: Sequence[Link], column_of: Mapping[str, int]
) -> tuple[dict[str, float], Columns]:
    """Return the rows of all cards and of the lanes between them."""
    seated = [_between_cards(column, column_of) for column in ordered]
    there = {n for column in seated for n in column}
    sizes = {n: 1.0 if n in column_of else _LANE for n in there}
    kept = [(a, b) for a, b in links if a in there and b in there]
    return rows(seated, kept, sizes), seated


def _between_cards(column: list[str], column_of: Mapping[str, int]) -> list[str]:
    """Return a column without the lanes at its ends; with too many lanes, without any."""
    cards = [i for i, node in enumerate(column) if node in column_of]
    if len(column) - len(cards) > _MOST_LANES:
        return [column[i] for i in cards]
    return column[cards[0] : cards[-1] + 1] if cards else []


def _pitch(
    row_of: Mapping[str, float], column_of: Mapping[str, int], tall: Mapping[str, float]
) -> float:
    count = max((row_of[n] for n in column_of), default=0.0) + 1
    shared = min(max(_ROWS_SPREAD / count, _LEAST_ROW), _MOST_ROW)
    return max(shared, max(tall.values(), default=0.0) + _ROOM)


def _with_pins(layout: FlowLayout, places: Mapping[str, Point]) -> FlowLayout:
    """Return the layout with cards where a hand put them; the others make room."""
    pinned = frozenset(n for n in places if n in layout.boxes)
    if not pinned:
        return layout
    boxes = dict(layout.boxes)
    for node in pinned:
        band = layout.band_of(node)
        x, y = within_band(band, band.left + places[node][0], places[node][1])
        boxes[node] = replace(boxes[node], x=x, y=y)
    for column in layout.columns:
        _make_room([n for n in column if n not in pinned], pinned, boxes)
    return replace(layout, boxes=boxes, pinned=pinned)


def _make_room(free: Iterable[str], pinned: Iterable[str], boxes: dict[str, Box]) -> None:
    held = sorted((boxes[n] for n in pinned), key=lambda b: b.y)
    for node in sorted(free, key=lambda n: boxes[n].y):
        box = boxes[node]
        for other in held:
            if box.meets(other, _MARGIN):
                box = replace(box, y=other.bottom + _ROOM / 2)
        boxes[node] = box
        held = sorted([*held, box], key=lambda b: b.y)
