"""The layout of a map: from a journey's outline to rectangles. No painting, no widgets.

Scene coordinates are logical pixels at 100 %; y = 0 is the top of the first lane under the stage
header, which is drawn in its own frozen strip. Columns are equally wide, so what stands at a
point is found without a search through the cards.
"""

import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from journey.model.ids import Ref
from journey.model.map import Note, Stage
from ui.map.cells import PAD, Block, ColumnCells
from ui.map.experience import ExperienceLine
from ui.map.lanes import LEAST, LEAST_LOW, LaneKind, LaneSpec, is_backstage

# Kinds of which a single card takes the lane's whole height, so that rows line up.
STRETCHED: Final = frozenset({LaneKind.NOTES, LaneKind.TOUCHPOINTS, LaneKind.STRENGTHS})
TAIL: Final = 136.0  # free room at the right, where a stage is added


@dataclass(frozen=True, slots=True)
class Shape:
    """What the window gives a map: widths, whether it is low, folded and hidden lanes by key."""

    column: float = 136.0
    gutter: float = 6.0
    folded: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    low: bool = False

    def least(self, kind: LaneKind) -> float:
        """Return the least height of a lane; a low window has lower ones."""
        return (LEAST_LOW if self.low else LEAST).get(kind, LEAST[kind])


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: left, top, width, height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    def contains(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.x <= x < self.right and self.y <= y < self.bottom

    def meets(self, other: "Box") -> bool:
        """Whether both share some area."""
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )


@dataclass(frozen=True, slots=True)
class LaneBox:
    """A lane on the map: what it is, where it starts and how high it is."""

    spec: LaneSpec
    top: float
    height: float
    folded: bool

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class StageSpan:
    """A stage and the columns it covers; one empty column where it has no touchpoint.

    Attributes:
        stage: None for touchpoints without one.
        touchpoints: how many there are; 0 leaves an empty column.
        stacks: for each lane, notes on the stage as a whole, above those of its columns.
    """

    stage: Stage | None
    first: int
    count: int
    touchpoints: int
    stacks: tuple[tuple[Block, ...], ...]
    notes: Mapping[str, tuple[Note, ...]]


@dataclass(frozen=True, slots=True)
class Hit:
    """What stands at a point: the column, the lane, and the card if there is one."""

    column: int
    lane: int
    block: int | None = None
    ref: Ref | None = None


@dataclass(frozen=True, slots=True)
class MapLayout:
    """A journey's map laid out.

    Attributes:
        leads: for each lane, the room each column leaves to notes of its stage; () for none.
        needs: for each lane, the height its highest cell takes.
    """

    shape: Shape
    lanes: tuple[LaneBox, ...]
    columns: tuple[ColumnCells, ...]
    spans: tuple[StageSpan, ...]
    experience: ExperienceLine
    leads: tuple[tuple[float, ...], ...]
    needs: tuple[float, ...]

    @property
    def width(self) -> float:
        """The width of all columns."""
        return len(self.columns) * self.shape.column

    @property
    def height(self) -> float:
        """The height of all lanes."""
        return self.lanes[-1].bottom if self.lanes else 0.0

    def column_at(self, x: float) -> int | None:
        """Return the column at x, or None beside the map."""
        index = int(x // self.shape.column)
        return index if 0 <= index < len(self.columns) else None

    def columns_between(self, left: float, right: float) -> range:
        """Return the columns that show between two x."""
        first = max(int(left // self.shape.column), 0)
        last = min(int(right // self.shape.column) + 1, len(self.columns))
        return range(first, max(last, first))

    def lane_at(self, y: float) -> int | None:
        """Return the lane at y, or None below the map."""
        index = bisect.bisect_right([lane.top for lane in self.lanes], y) - 1
        return index if index >= 0 and y < self.lanes[index].bottom else None

    def lanes_between(self, top: float, bottom: float) -> range:
        """Return the lanes that show between two y."""
        shown = [i for i, lane in enumerate(self.lanes) if lane.top < bottom and lane.bottom > top]
        return range(shown[0], shown[-1] + 1) if shown else range(0)

    def lane_of(self, kind: LaneKind) -> int | None:
        """Return the index of a lane by its kind, if it is shown."""
        return next((i for i, lane in enumerate(self.lanes) if lane.spec.kind is kind), None)

    def span_of(self, column: int) -> StageSpan:
        """Return the stage that covers a column."""
        return self.spans[bisect.bisect_right([s.first for s in self.spans], column) - 1]

    def spans_between(self, columns: range) -> tuple[StageSpan, ...]:
        """Return the stages that cover any of some columns, and the one that ends before them."""
        starts = [span.first for span in self.spans]
        first = bisect.bisect_right(starts, columns.start) - 2
        return self.spans[max(first, 0) : bisect.bisect_left(starts, columns.stop)]

    def column_box(self, column: int) -> Box:
        """Return a column through all lanes."""
        return Box(column * self.shape.column, 0.0, self.shape.column, self.height)

    def cell_box(self, column: int, lane: int) -> Box:
        """Return the cell where a column and a lane meet."""
        row = self.lanes[lane]
        return Box(column * self.shape.column, row.top, self.shape.column, row.height)

    def block_box(self, column: int, lane: int, index: int) -> Box:
        """Return the place of a card."""
        return self.placed(column, lane, self.columns[column].stacks[lane], index)

    def placed(self, column: int, lane: int, stack: Sequence[Block], index: int) -> Box:
        """Return the place of a card of a stack; quicker where the stack is at hand."""
        row, block = self.lanes[lane], stack[index]
        lead = self.leads[lane][column] if self.leads[lane] else 0.0
        height = block.height
        if len(stack) == 1 and not lead and block.kind in STRETCHED:
            height = row.height - 2 * PAD
        return Box(
            column * self.shape.column + self.shape.gutter,
            row.top + lead + block.top,
            self.shape.column - 2 * self.shape.gutter,
            height,
        )

    def stage_note_box(self, span: StageSpan, lane: int, index: int) -> Box:
        """Return the place of a note on a whole stage."""
        block = span.stacks[lane][index]
        left = span.first * self.shape.column + self.shape.gutter
        width = span.count * self.shape.column - 2 * self.shape.gutter
        return Box(left, self.lanes[lane].top + block.top, width, block.height)

    def free_top(self, column: int, lane: int) -> float:
        """Return the y under the last card of a cell, where the next would stand."""
        stack = self.columns[column].stacks[lane]
        lead = self.leads[lane][column] if self.leads[lane] else 0.0
        last = stack[-1].top + stack[-1].height if stack else 0.0
        return self.lanes[lane].top + lead + last + PAD

    def hit(self, x: float, y: float) -> Hit | None:
        """Return what stands at a point, or None beside the map."""
        column, lane = self.column_at(x), self.lane_at(y)
        if column is None or lane is None:
            return None
        if self.lanes[lane].folded:
            return Hit(column, lane)
        stack = self.columns[column].stacks[lane]
        for index, block in enumerate(stack):
            if self.placed(column, lane, stack, index).contains(x, y):
                return Hit(column, lane, index, block.ref)
        span = self.span_of(column)
        for index, block in enumerate(span.stacks[lane] if span.stacks else ()):
            if self.stage_note_box(span, lane, index).contains(x, y):
                return Hit(column, lane, None, block.ref)
        return Hit(column, lane)

    def cards_in(self, band: Box) -> Iterator[Ref]:
        """Yield the objects whose cards a band touches; chips and owners do not count."""
        for column in self.columns_between(band.x, band.right):
            for lane in self.lanes_between(band.y, band.bottom):
                stack = self.columns[column].stacks[lane]
                if self.lanes[lane].folded:
                    continue
                for index, block in enumerate(stack):
                    touched = self.placed(column, lane, stack, index).meets(band)
                    if touched and block.ref is not None and block.kind not in _MARKS:
                        yield block.ref

    def places(self, ref: Ref, columns: Sequence[int]) -> Iterator[Hit]:
        """Yield the places of an object in some columns; chips and owners do not count."""
        for column in columns:
            for lane, stack in enumerate(self.columns[column].stacks):
                for index, block in enumerate(stack):
                    if block.ref == ref and block.kind not in _MARKS:
                        yield Hit(column, lane, index, ref)

    def boxes(self) -> Iterator[tuple[Block, Box]]:
        """Yield every card with its place; what a test or a picture for export goes through."""
        for column, cells in enumerate(self.columns):
            for lane, stack in enumerate(cells.stacks):
                if not self.lanes[lane].folded:
                    for index, block in enumerate(stack):
                        yield block, self.placed(column, lane, stack, index)
        for span in self.spans:
            for lane, stack in enumerate(span.stacks):
                if not self.lanes[lane].folded:
                    for index, block in enumerate(stack):
                        yield block, self.stage_note_box(span, lane, index)


# Lanes whose cards stand for a touchpoint that has its own card elsewhere.
_MARKS: Final = frozenset({LaneKind.METRICS, LaneKind.OWNER})


@dataclass(frozen=True, slots=True)
class Step:
    """Neighbouring touchpoints of a stage under one sub-step."""

    name: str
    first: int
    count: int


def steps(layout: MapLayout) -> tuple[Step, ...]:
    """Return the sub-steps of a map from left to right; touchpoints without one have none."""
    found: list[Step] = []
    sources = [cells.source for cells in layout.columns]
    names = [source.column.touchpoint.step if source.column else "" for source in sources]
    if not any(names):
        return ()
    for column, name in enumerate(names):
        if not name:
            continue
        last = found[-1] if found else None
        same = last is not None and last.name == name and last.first + last.count == column
        before = sources[column - 1].stage if column else None
        if last is not None and same and before == sources[column].stage:
            found[-1] = Step(name, last.first, last.count + 1)
        else:
            found.append(Step(name, column, 1))
    return tuple(found)


def service_lines(layout: MapLayout) -> tuple[tuple[str, int], ...]:
    """Return the lines of a service blueprint and the lane each runs above."""
    found: list[tuple[str, int]] = []
    touchpoints = layout.lane_of(LaneKind.TOUCHPOINTS)
    if touchpoints:
        found.append(("interaction", touchpoints))
    behind = next((i for i, row in enumerate(layout.lanes) if is_backstage(row.spec)), None)
    if behind:
        found.append(("visibility", behind))
    return tuple(found)


def renamed_stage(layout: MapLayout, stage: Stage) -> MapLayout:
    """Return the layout with a stage replaced that keeps its place."""
    spans = tuple(
        replace(span, stage=stage) if span.stage and span.stage.id == stage.id else span
        for span in layout.spans
    )
    return replace(layout, spans=spans)
