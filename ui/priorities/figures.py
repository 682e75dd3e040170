"""The figures of one ranked list: its unit, the scale all bars share, and what each row shows."""

import math
from dataclasses import dataclass, replace
from itertools import count

from PySide6.QtCore import QCoreApplication

from journey.priority.result import Basis, Level, RankedItem, Ranking
from ui import numbers
from ui.shell.widgets.marks import Interval, IntervalScale

_NO_SCALE = IntervalScale(0.0, 1.0)


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("Priorities", text)


@dataclass(frozen=True, slots=True)
class Figures:
    """How the rows of a ranking show their figures.

    Attributes:
        unit: of the value column; None where the list is an index.
        day_unit: of the column per day.
        scale, ticks: of the interval bars, in money or index; no ticks: nothing is measured.
        top_k: how many rows stand above the cut.
    """

    basis: Basis
    currency: str
    unit: numbers.MoneyUnit | None
    day_unit: numbers.MoneyUnit | None
    scale: IntervalScale
    ticks: tuple[float, ...]
    top_k: int
    index_name: str
    day_decimals: int = 1

    def interval(self, item: RankedItem) -> Interval | None:
        """Return the row's interval on the list's scale, None where it claims none."""
        return _interval(item, self.basis)

    def value(self, item: RankedItem) -> str:
        """Return the figure beside the bar, without unit: "480"; a dash where there is none."""
        interval = self.interval(item)
        return numbers.NONE if interval is None else self.tick(interval.mean, precise=True)

    def tick(self, value: float, *, precise: bool = False) -> str:
        """Return a value of the scale as a figure."""
        if self.unit is not None:
            return self.unit.figure(value) if precise else numbers.number(value / self.unit.divisor)
        if not precise:
            return numbers.number(value)
        return numbers.number(value, 0 if abs(value) >= 100 else 1 if abs(value) >= 1 else 2)

    def per_day(self, item: RankedItem) -> str:
        """Return value or index for each day of work; a dash where there is none."""
        if item.score is None or self.interval(item) is None:
            return numbers.NONE
        if self.day_unit is not None:
            return self.day_unit.figure(item.score)
        return numbers.number(item.score, self.day_decimals)

    def day_words(self, item: RankedItem) -> str:
        """Return why a figure per day is not value by days; "" where the two read the same."""
        gives = item.joint_mean if item.joint_mean is not None else self._mean(item)
        if item.score is None or gives is None or not item.effort_days:
            return ""
        shown, plain = (
            self.per_day(item),
            self.per_day(replace(item, score=gives / item.effort_days)),
        )
        if plain == shown:
            return ""
        unit = f"{numbers.NO_BREAK}{self.day_unit.label}" if self.day_unit else ""
        told = tr(
            "{0} per day is the mean over all draws of what the fix gives by its days, {1} by {2} "
            "alone would be {3}: days that turn out few lift it more than many lower it"
        )
        days = numbers.days(item.effort_days)
        return told.format(f"{shown}{unit}", self.amount(gives), days, f"{plain}{unit}")

    def _mean(self, item: RankedItem) -> float | None:
        interval = self.interval(item)
        return interval.mean if interval is not None else None

    def full(self, item: RankedItem) -> str:
        """Return value and 80 % interval with unit: "310 k€ (80 %: 190 to 460 k€)"."""
        interval = self.interval(item)
        if interval is None:
            return ""
        unit = self.unit.label if self.unit else self.index_name
        low, high = (self.tick(v, precise=True) for v in (interval.low_80, interval.high_80))
        value = f"{self.value(item)}{numbers.NO_BREAK}{unit}"
        span = numbers.interval(low, high, self.unit.label if self.unit else "")
        return tr("{0} (80 %: {1})").format(value, span)

    def amount(self, value: float) -> str:
        """Return a value of the list with its unit: "310 k€", "2.4 customers kept per 1 000"."""
        unit = self.unit.label if self.unit else self.index_name
        return f"{self.tick(value, precise=True)}{numbers.NO_BREAK}{unit}"

    def span(self, low: float, high: float) -> str:
        """Return two values of the list as an interval, the unit of money once."""
        first, last = self.tick(low, precise=True), self.tick(high, precise=True)
        return numbers.interval(first, last, self.unit.label if self.unit else "")

    @property
    def value_title(self) -> str:
        """The name of the value column."""
        if self.basis is Basis.ORDER:
            return tr("What the workshop said")
        if self.unit is not None:
            return tr("Value kept, {0}").format(self.unit.label)
        return tr("Effect, {0}").format(self.index_name)

    @property
    def day_title(self) -> str:
        """The name of the column per day."""
        return tr("{0} per day").format(self.day_unit.label) if self.day_unit else tr("Per day")


def figures_of(ranking: Ranking) -> Figures:
    """Return how a ranking shows its figures; the scale holds the widest 95 % interval."""
    intervals = [i for i in (_interval(item, ranking.basis) for item in ranking.items) if i]
    scale, ticks = _scale(intervals)
    unit = day_unit = None
    scores = [
        abs(i.score)
        for i in ranking.items
        if i.score is not None and _interval(i, ranking.basis) is not None
    ]
    best = max(scores, default=0.0)
    if ranking.basis is Basis.MONEY:
        unit = numbers.money_unit(
            max((abs(i.mean) for i in intervals), default=0), ranking.currency
        )
        if unit.divisor > 1:
            unit = numbers.MoneyUnit(unit.label, unit.divisor, _decimals(intervals, unit.divisor))
        day_unit = numbers.money_unit(best, ranking.currency)
        if day_unit.divisor > 1:
            day_unit = numbers.MoneyUnit(day_unit.label, day_unit.divisor, 1)
    return Figures(
        ranking.basis,
        ranking.currency,
        unit,
        day_unit,
        scale,
        ticks,
        int(ranking.assumptions.get("top_k", 5)),
        _index_name(ranking.index_unit),
        1 if best >= 10 else 2 if best >= 1 else 3,
    )


def figures_beside(ranking: Ranking, settled: Ranking | None) -> Figures:
    """Return a list's figures; of one that is tried out, on the settled scale where it holds."""
    figures = figures_of(ranking)
    if settled is None or settled is ranking:
        return figures
    kept = figures_of(settled)
    holds = kept.scale.low <= figures.scale.low and figures.scale.high <= kept.scale.high
    if not holds or kept.basis is not figures.basis:
        return figures
    return replace(figures, scale=kept.scale, ticks=kept.ticks, unit=kept.unit)


def index_interval(item: RankedItem) -> str:
    """Return a KPI-only row's index in a money list: "index 3.1 (80 %: 0.4 to 8.2)"."""
    if item.index_mean is None:
        return ""
    text = tr("index {0}").format(numbers.number(item.index_mean, 1))
    if item.index_low80 is None or item.index_high80 is None:
        return text
    ends = (numbers.number(v, 1) for v in (item.index_low80, item.index_high80))
    return tr("{0} (80 %: {1})").format(text, numbers.interval(*ends))


def _index_name(unit: str) -> str:
    if unit == "moved_per_1000":
        return tr("customers per 1 000 no longer let down")
    return tr("customers kept per 1 000")


def _decimals(intervals: list[Interval], divisor: float) -> int:
    """Return a digit after the point where whole figures would read 0 for what is not."""
    least = min((abs(i.mean) for i in intervals if i.mean), default=divisor)
    most = max((abs(i.mean) for i in intervals), default=0.0)
    return 1 if least < 0.95 * divisor or most < 10 * divisor else 0


def _interval(item: RankedItem, basis: Basis) -> Interval | None:
    if basis is Basis.MONEY:
        if item.level in (Level.D, Level.E, Level.F):
            return None
        parts = (item.low95, item.low80, item.value_mean, item.high80, item.high95)
    else:
        parts = (
            item.index_low95,
            item.index_low80,
            item.index_mean,
            item.index_high80,
            item.index_high95,
        )
    known = [part for part in parts if part is not None]
    return Interval(*known) if len(known) == len(parts) else None


def _scale(intervals: list[Interval]) -> tuple[IntervalScale, tuple[float, ...]]:
    """Return a scale with 0 in it, and round ticks, at most six of them."""
    if not intervals:
        return _NO_SCALE, ()
    low = min(0.0, *(i.low_95 for i in intervals))
    high = max(0.0, *(i.high_95 for i in intervals))
    # A little air at the right, so the last tick's label stands inside the column.
    return IntervalScale(low, high + 0.02 * (high - low)), round_ticks(low, high)


def round_ticks(low: float, high: float) -> tuple[float, ...]:
    """Return round values from `low` to `high`, at most six of them; 0 is one if it lies there."""
    span = (high - low) or 1.0
    raw = span / 4.5
    size = 10.0 ** math.floor(math.log10(raw))
    step = next(m * size for m in (1, 2, 2.5, 5, 10) if m * size >= raw)
    ticks: list[float] = []
    for index in count(math.ceil(low / step - 1e-9)):
        if index * step > high + 1e-9 * span:
            break
        ticks.append(index * step)
    return tuple(ticks)
