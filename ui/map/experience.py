"""The geometry of the experience line: two curves on one axis, and where they part."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from journey.model.ids import PersonaId
from journey.model.map import Touchpoint
from ui.map.figures import Measured

LOWEST, HIGHEST = -100.0, 100.0
GRID: Final = (-80.0, -40.0, 0.0, 40.0, 80.0)
BLIND_ROW: Final = 28.0
_PAD_TOP, _PAD_BOTTOM = 26.0, 24.0
_CURVES: Final = 90.0  # what rows of labels leave the curves at least
_ALWAYS: Final = 45.0  # the range shown at least, so that 0 and ±40 have their lines


@dataclass(frozen=True, slots=True)
class Point:
    """What is known of the experience at one column; level: of evidence, A to F, "" of nothing."""

    judged: float | None = None
    measured: Measured | None = None
    level: str = ""

    @property
    def is_blind_spot(self) -> bool:
        """Whether the measured interval excludes the judged value."""
        if self.judged is None or self.measured is None:
            return False
        return not self.measured.low <= self.judged <= self.measured.high


@dataclass(frozen=True, slots=True)
class BlindSpot:
    """A blind spot's column and the place of its label, from the left and top of the lane."""

    column: int
    text: str
    left: float
    top: float
    width: float


@dataclass(frozen=True, slots=True)
class Other:
    """The judged line of somebody else on the same axis: whose, and a value per column."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class ExperienceLine:
    """Both curves over all columns, in the coordinates of the lane.

    Attributes:
        low, high: the range drawn. top, bottom: where it lies, from the lane's top.
        height: what the lane takes.
    """

    points: tuple[Point, ...]
    blind_spots: tuple[BlindSpot, ...]
    low: float
    high: float
    top: float
    bottom: float
    height: float
    others: tuple[Other, ...] = ()

    def y(self, value: float) -> float:
        """Return how far below the lane's top a value lies; also outside the drawn range."""
        share = (self.high - value) / (self.high - self.low)
        return self.top + share * (self.bottom - self.top)

    def value(self, y: float) -> float:
        """Return the whole value at a height, kept between −100 and +100."""
        share = (y - self.top) / (self.bottom - self.top)
        found = self.high - share * (self.high - self.low)
        return float(round(min(max(found, LOWEST), HIGHEST)))

    def grid(self) -> Iterator[float]:
        """Yield the values that have a line."""
        return (value for value in GRID if self.low <= value <= self.high)

    def judged_runs(self, first: int, last: int) -> Iterator[range]:
        """Yield the unbroken stretches of judged columns that touch first … last (exclusive)."""
        return _runs(self.points, _is_judged, first, last)

    def measured_runs(self, first: int, last: int) -> Iterator[range]:
        """Yield the unbroken stretches of measured columns that touch first … last."""
        return _runs(self.points, _is_measured, first, last)


def judged_value(touchpoint: Touchpoint, persona: PersonaId | None) -> float | None:
    """Return the judgement for a persona, else the one for all, else None."""
    found: float | None = None
    for judged in touchpoint.judged_experience:
        if judged.persona == persona:
            return judged.value
        if judged.persona is None:
            found = judged.value
    return found


def fit(
    points: Sequence[Point],
    labels: Sequence[tuple[int, str, float]],
    column: float,
    least: float,
    others: tuple[Other, ...] = (),
) -> ExperienceLine:
    """Return the line fitted to its values.

    `labels` holds column, text and width of each blind spot's label; they stand in rows at the
    top of the lane, so that they meet neither each other nor the curves.
    """
    low, high = -_ALWAYS, _ALWAYS
    for point in points:
        if point.judged is not None:
            low, high = min(low, point.judged), max(high, point.judged)
        if point.measured is not None:
            low, high = min(low, point.measured.low), max(high, point.measured.high)
    for other in others:
        known = [value for value in other.values if value is not None]
        low, high = min([low, *known]), max([high, *known])
    low, high = max(low, LOWEST), min(high, HIGHEST)
    spots, rows = _place(labels, column, len(points) * column)
    height = least + max(0, rows - 1) * BLIND_ROW
    # A little room beyond the outermost value, where its own label stands.
    top = _PAD_TOP + (rows * BLIND_ROW if rows else 0.0)
    if rows > 1:
        height = max(height, top + _CURVES + _PAD_BOTTOM)
    return ExperienceLine(
        tuple(points), spots, low, high, top, max(height - _PAD_BOTTOM, top + 60.0), height,
        others,
    )  # fmt: skip


def _place(
    labels: Sequence[tuple[int, str, float]], column: float, width: float
) -> tuple[tuple[BlindSpot, ...], int]:
    """Return the labels in as few rows as keep them apart, and how many rows those are."""
    ends: list[float] = []
    spots: list[BlindSpot] = []
    for index, text, size in labels:
        wanted = (index + 0.5) * column - size / 2
        left = max(4.0, min(wanted, width - size - 4.0))
        row = next((r for r, end in enumerate(ends) if end + 8.0 <= left), len(ends))
        ends[row : row + 1] = [left + size]
        spots.append(BlindSpot(index, text, left, 6.0 + row * BLIND_ROW, size))
    return tuple(spots), len(ends)


def _is_judged(point: Point) -> bool:
    return point.judged is not None


def _is_measured(point: Point) -> bool:
    return point.measured is not None


def _runs(
    points: Sequence[Point], known: Callable[[Point], bool], first: int, last: int
) -> Iterator[range]:
    """Yield the runs of known columns, cut one column outside first … last."""
    start: int | None = None
    stop = min(last + 1, len(points))
    for index in range(max(first - 1, 0), stop):
        if known(points[index]):
            start = index if start is None else start
        elif start is not None:
            yield range(start, index)
            start = None
    if start is not None:
        yield range(start, stop)
