"""What the cells of a survey mean: scores, dates, weights, outcomes, rules, covariates.

Survey columns repeat a few texts over and over, so each meaning is worked out once per distinct
text and then looked up at the speed of a dictionary.
"""

import json
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, tzinfo
from types import MappingProxyType
from typing import Final, Generic, TypeVar

from journey.model.quarter import quarter_number, quarter_of
from storage.evidence.layout import NO_OUTCOME, NO_WEIGHT, pack_pair
from storage.imports.dates import ISO_MARKS, date_parser, has_clock, time_zone, to_utc
from storage.imports.mapping import DateSettings, When
from storage.imports.numbers import UNSEEN, parse_number

# Distinct texts remembered per column; more are forgotten between chunks, so memory stays level.
REMEMBERED: Final = 50_000

# Hardly ever within a text.
_PARTED: Final = "\0"
_NO_LABELS: Final[Mapping[str, str]] = MappingProxyType({})

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Cells(dict[Key, Value], Generic[Key, Value]):
    """The meaning of each distinct cell, found once.

    Attributes:
        refused: why a cell has no meaning, by cell; its value then is that of a blank.
    """

    def __init__(self, read: Callable[[Key], tuple[Value, str]]) -> None:
        """Take a function that gives a cell's value and "", or a blank's value and a reason."""
        super().__init__()
        self._read = read
        self.refused: dict[Key, str] = {}

    def __missing__(self, cell: Key) -> Value:
        """Read a cell that was not met before."""
        value, reason = self._read(cell)
        self[cell] = value
        if reason:
            self.refused[cell] = reason
        return value

    def values_of(self, cells: Iterable[Key]) -> list[Value]:
        """Return the meaning of each cell of a column."""
        if len(self) > REMEMBERED:
            self.clear()
            self.refused.clear()
        return list(map(self.__getitem__, cells))

    def refusals(self, cells: Sequence[Key]) -> Iterator[tuple[int, str]]:
        """Yield the place and reason of each refused cell of a column just read."""
        if self.refused and not self.refused.keys().isdisjoint(cells):
            reasons = self.refused
            for place, cell in enumerate(cells):
                if cell in reasons:
                    yield place, reasons[cell]


class Codes:
    """A few values as a mapping lists them: by text, letter case aside, or as equal numbers."""

    def __init__(self, values: Iterable[str]) -> None:
        self._texts = {value.strip().casefold(): value for value in values}
        numbers = ((parse_number(value), value) for value in self._texts.values())
        self._numbers = {number: value for number, value in numbers if number is not None}
        self._met: set[str] = set()

    def __contains__(self, text: str) -> bool:
        """Whether a stripped cell is one of the values."""
        value = self._texts.get(text.casefold())
        if value is None and self._numbers:
            number = parse_number(text)
            value = None if number is None else self._numbers.get(number)
        if value is None:
            return False
        self._met.add(value)
        return True

    @property
    def values(self) -> list[str]:
        """The values that are listed, in small letters."""
        return list(self._texts)

    @property
    def unmet(self) -> list[str]:
        """The values no cell had so far."""
        return [value for value in self._texts.values() if value not in self._met]


def score_of(text: str, low: int, high: int, missing: Codes) -> tuple[int | None, str]:
    """Return a cell's score, or None and why it is refused ("" where there is no answer).

    Reasons: not_a_number, not_whole, off_scale. Nothing is clipped or rounded.
    """
    cell = text.strip()
    if not cell or cell in missing:
        return None, ""
    number = parse_number(cell)
    if number is None:
        return None, "not_a_number"
    if not number.is_integer():
        return None, "not_whole"
    score = int(number)
    return (score, "") if low <= score <= high else (None, "off_scale")


def score_cells(
    slot: int,
    low: int,
    high: int,
    missing: Codes,
    named: Iterable[tuple[str, int]] = (),
) -> Cells[str, bytes]:
    """Return a wide column's scores as packed pairs; b"" where there is no answer.

    `named` are answers in words, and what they count as.
    """
    by_name = {_answer(text): score for text, score in named}

    def read(text: str) -> tuple[bytes, str]:
        said = by_name.get(_answer(text)) if by_name else None
        if said is not None:
            return pack_pair(slot, said), ""
        score, reason = score_of(text, low, high, missing)
        return (b"" if score is None else pack_pair(slot, score)), reason

    return Cells(read)


def _answer(text: str) -> str:
    return " ".join(text.translate(UNSEEN).split()).casefold()


def date_cells(
    settings: DateSettings, fallback: int, first_month: int
) -> Cells[str, tuple[str, int]]:
    """Return a date column as (ISO 8601 in UTC, period); ("", fallback) where it is blank.

    A date without a time of day is that day everywhere: no time zone moves it. The period is that
    of the UTC day, as it is for whoever reads the stored moment.
    """
    parse, zone = date_parser(settings.format), time_zone(settings.timezone or "UTC")
    clocked = has_clock(settings.format)

    # Moments are nearly all different, the months they fall in are not.
    periods: dict[tuple[int, int], int] = {}

    def period_of(year: int, month: int) -> int:
        period = periods.get((year, month))
        if period is None:
            quarter = quarter_of(date(year, month, 1), first_month)
            period = periods[year, month] = quarter_number(quarter)
        return period

    def read(text: str) -> tuple[tuple[str, int], str]:
        if not text or text.isspace():
            return ("", fallback), ""
        moment = parse(text)
        if moment is None:
            return ("", fallback), "date"
        if clocked and not (moment.tzinfo is None and zone is UTC):
            moment = to_utc(moment, zone)
        period = period_of(moment.year, moment.month)
        return (f"{moment.isoformat('T', 'seconds')[:19]}Z", period), ""

    if not clocked:
        return Cells(read)
    return MomentCells(read, settings.format, zone, period_of)


class MomentCells(Cells[str, tuple[str, int]]):
    """Moments: nearly all are new; those of UTC in ISO 8601 are read as they stand.

    Attributes:
        format: in strptime's words. zone: of those without an offset.
        period_of: the period of a year and a month.
    """

    def __init__(
        self,
        read: Callable[[str], tuple[tuple[str, int], str]],
        date_format: str,
        zone: tzinfo,
        period_of: Callable[[int, int], int],
    ) -> None:
        super().__init__(read)
        self.format, self.zone, self.period_of = date_format, zone, period_of
        self._mark = ISO_MARKS.get(date_format) if zone is UTC else None

    def values_of(self, cells: Iterable[str]) -> list[tuple[str, int]]:
        """Return the meaning of each cell, at once where all are moments and the first is new."""
        from storage.imports.events_moments import are_iso

        mark = self._mark
        if mark is None:
            return super().values_of(cells)
        cells = list(cells)
        if not cells or cells[0] in self or not are_iso(cells, mark):
            return super().values_of(cells)
        if len(self) > REMEMBERED:
            self.clear()
            self.refused.clear()
        months = [cell[:7] for cell in cells]
        one_of = dict(zip(months, cells, strict=True))
        periods = {month: self[cell][1] for month, cell in one_of.items()}
        found = [
            (f"{cell[:10]}T{cell[11:]}Z", periods[month])
            for cell, month in zip(cells, months, strict=True)
        ]
        self.update(zip(cells, found, strict=True))
        return found


def weight_cells() -> Cells[str, float]:
    """Return a column of weights; 0.0 (none, counts as 1) where it is blank."""

    def read(text: str) -> tuple[float, str]:
        if not text or text.isspace():
            return NO_WEIGHT, ""
        weight = parse_number(text)
        return (weight, "") if weight is not None and weight > 0 else (NO_WEIGHT, "weight")

    return Cells(read)


def outcome_cells(bad: Codes) -> Cells[str, int]:
    """Return a column of outcomes: 1 bad, 0 good, −1 where it is blank."""

    def read(text: str) -> tuple[int, str]:
        cell = text.strip()
        return (NO_OUTCOME if not cell else int(cell in bad)), ""

    return Cells(read)


def covariate_cells(name: str, labels: Mapping[str, str] = _NO_LABELS) -> Cells[str, str]:
    """Return a column as members of a JSON object, numbers as numbers; "" where it is blank.

    Codes that have a label become it.
    """
    label = json.dumps(name, ensure_ascii=False) + ":"

    def read(text: str) -> tuple[str, str]:
        cell = text.strip()
        if not cell:
            return "", ""
        cell = labels.get(cell, cell)
        number = parse_number(cell)
        value = cell if number is None else int(number) if number.is_integer() else number
        return label + json.dumps(value, ensure_ascii=False), ""

    return Cells(read)


def rule_holds(when: When, missing: Codes) -> Callable[[str], bool]:
    """Return the test of a pain point's rule on one cell."""
    if when.between is not None:
        low, high = when.between

        def between(text: str) -> bool:
            cell = text.strip()
            number = None if not cell or cell in missing else parse_number(cell)
            return number is not None and low <= number <= high

        return between
    if when.values:
        ticked = [value.strip().casefold() for value in when.values]

        def has_value(text: str) -> bool:
            # Forms join ticked options with ";" or ",", and options may hold commas themselves.
            cell = text.strip().casefold()
            return any(_is_among(value, cell) for value in ticked)

        return has_value
    return Contains(when.contains)


class Contains:
    """The test whether a cell contains one of some words, letter case aside."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = [word.casefold() for word in words]

    def __call__(self, text: str) -> bool:
        """Tell it of one cell."""
        cell = text.casefold()
        return any(word in cell for word in self._words)

    def of_many(self, texts: Sequence[str]) -> list[bool]:
        """Tell it of many cells."""
        # One long text is made into small letters far quicker than many.
        cells = _PARTED.join(texts).casefold().split(_PARTED)
        if len(cells) != len(texts):
            return list(map(self, texts))
        if len(self._words) == 1:
            (word,) = self._words
            return [word in cell for cell in cells]
        return [any(word in cell for word in self._words) for cell in cells]


def _is_among(value: str, cell: str) -> bool:
    if value == cell:
        return True
    if not value or value not in cell:
        return False
    parts = [part.strip() for part in cell.split(";")]
    joined = cell.replace(", ", ",")
    return value in parts or f",{value.replace(', ', ',')}," in f",{joined},"
