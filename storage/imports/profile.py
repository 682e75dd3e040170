"""What the cells of one column are, counted while rows stream past in constant memory."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from storage.imports.dates import (
    COMPACT_DATE,
    DateFormatFound,
    date_parser,
    find_date_format,
    looks_like_date,
)
from storage.imports.numbers import find_decimal, parse_number
from storage.imports.words import is_missing_mark

KEPT_VALUES: Final = 200
KEPT_DISTINCT: Final = 100_000
EXAMPLES: Final = 5
EXAMPLE_CHARACTERS: Final = 120
REFUSED_EXAMPLES: Final = 3
# Share of the answered cells that must fit for a column to be of a type.
TYPE_SHARE: Final = 0.9


class DistinctBudget:
    """How many distinct values all columns of a file may remember together."""

    def __init__(self, values: int = 1_000_000) -> None:
        self.left = values


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """What one column holds.

    Attributes:
        type: integer, number, date, text or blank.
        cells: records read.
        blank: empty or white space only.
        missing: cells with a mark for no answer ("N/A", "-99"), by mark.
        refused: answered cells that are not of the type.
        refused_examples: the first of them.
        distinct: different answered values; never more than were counted.
        distinct_capped: there may be more.
        unique: every answered cell differs from the others, as far as counted.
        examples: the first different values, shortened.
        values: count by value; complete only where values_complete.
        values_complete: no more than 200 different values.
        minimum, maximum: of the numbers, else None.
        mean_length: characters per answered cell.
        spaced: share of answered cells with a space inside.
        decimal: the decimal mark of a number column where it tells.
        date: the format of a date column.
    """

    type: str
    cells: int
    blank: int
    missing: dict[str, int]
    refused: int
    refused_examples: tuple[str, ...]
    distinct: int
    distinct_capped: bool
    unique: bool
    examples: tuple[str, ...]
    values: dict[str, int]
    values_complete: bool
    minimum: float | None
    maximum: float | None
    mean_length: float
    spaced: float
    decimal: str | None
    date: DateFormatFound | None

    @property
    def answered(self) -> int:
        """Cells with an answer: neither blank nor marked as missing."""
        return self.cells - self.blank - sum(self.missing.values())

    @property
    def whole_numbers(self) -> frozenset[int]:
        """The different values of an integer column; empty where there are too many."""
        if self.type != "integer" or not self.values_complete:
            return frozenset()
        numbers = (parse_number(value) for value in self.values)
        return frozenset(int(number) for number in numbers if number is not None)


@dataclass(slots=True)
class ColumnCounter:
    """Takes the cells of a column in batches and gives a ColumnProfile."""

    budget: DistinctBudget
    cells: int = 0
    blank: int = 0
    characters: int = 0
    spaced: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)
    values: dict[str, int] = field(default_factory=dict)
    complete: bool = True
    seen: set[int] = field(default_factory=set)
    capped: bool = False
    minimum: float | None = None
    maximum: float | None = None
    odd: dict[str, list[str]] = field(default_factory=dict)

    def add(self, cells: Iterable[str]) -> None:
        """Count a batch; equal cells are looked at once."""
        for cell, count in Counter(cells).items():
            self.cells += count
            value = cell.strip()
            if value:
                self._add_value(value, count)
            else:
                self.blank += count

    def _add_value(self, value: str, count: int) -> None:
        self._remember(value, count)
        self.characters += len(value) * count
        self.spaced += count if " " in value else 0
        if is_missing_mark(value):
            self.missing[value] += count
            return
        kind = self._kind(value)
        self.kinds[kind] += count
        kept = self.odd.get(kind)
        if kept is None:
            kept = self.odd[kind] = []
        if len(kept) < REFUSED_EXAMPLES:
            kept.append(value[:EXAMPLE_CHARACTERS])

    def _remember(self, value: str, count: int) -> None:
        if value in self.values:
            self.values[value] += count
        elif len(self.values) < KEPT_VALUES:
            self.values[value] = count
        else:
            self.complete = False
        if self.capped:
            return
        if len(self.seen) >= KEPT_DISTINCT or self.budget.left <= 0:
            self.capped = True
            return
        before = len(self.seen)
        self.seen.add(hash(value))
        self.budget.left -= len(self.seen) - before

    def _kind(self, value: str) -> str:
        # Plain figures are nearly all there is in a large file.
        plain = len(value) <= 15 and value.isascii() and value.isdigit()
        # No number begins with a letter, and most other cells do.
        if plain:
            number: float | None = float(value)
        else:
            number = None if value[0].isalpha() else parse_number(value)
        if number is not None:
            self.minimum = number if self.minimum is None else min(self.minimum, number)
            self.maximum = number if self.maximum is None else max(self.maximum, number)
            return "integer" if number.is_integer() else "number"
        return "date" if looks_like_date(value) else "text"

    def profile(self) -> ColumnProfile:
        """Return what was counted."""
        kind = self._type()
        # Among words "None" is an answer; among figures it says that there is none.
        missing = {} if kind == "text" else dict(self.missing)
        for mark in missing:
            self.values.pop(mark, None)
            self.seen.discard(hash(mark))
        fits = self._fitting(kind)
        answered = self.cells - self.blank - sum(missing.values())
        decimal = find_decimal(self.values) if kind in {"integer", "number"} else None
        found = find_date_format(list(self.values)) if kind == "date" else None
        refused = answered - fits if kind in {"integer", "number", "date"} else 0
        return ColumnProfile(
            type=kind,
            cells=self.cells,
            blank=self.blank,
            missing=missing,
            refused=refused,
            refused_examples=self._refused_examples(kind, found) if refused else (),
            distinct=len(self.seen),
            distinct_capped=self.capped,
            unique=answered > 0 and (len(self.seen) == answered or self._unique_so_far()),
            examples=tuple(value[:EXAMPLE_CHARACTERS] for value in list(self.values)[:EXAMPLES]),
            values=dict(self.values),
            values_complete=self.complete,
            minimum=self.minimum if kind in {"integer", "number"} else None,
            maximum=self.maximum if kind in {"integer", "number"} else None,
            mean_length=self.characters / answered if answered else 0.0,
            spaced=self.spaced / answered if answered else 0.0,
            decimal=decimal,
            date=found,
        )

    def _unique_so_far(self) -> bool:
        return self.capped and all(count == 1 for count in self.values.values())

    def _type(self) -> str:
        answered = sum(self.kinds.values())
        if not answered:
            return "text" if self.missing else "blank"
        numbers = self.kinds["integer"] + self.kinds["number"]
        if self._is_compact_date():
            return "date"
        if numbers >= TYPE_SHARE * answered:
            return "number" if self.kinds["number"] else "integer"
        if self.kinds["date"] < TYPE_SHARE * answered:
            return "text"
        return "date" if find_date_format(list(self.values)) is not None else "text"

    def _is_compact_date(self) -> bool:
        """Days written as 20251231, as web analytics and old purchase files do, and only such."""
        if len(self.kinds) != 1 or not self.kinds["integer"]:
            return False
        values = [value for value in self.values if not is_missing_mark(value)]
        return bool(values) and all(map(COMPACT_DATE.fullmatch, values))

    def _fitting(self, kind: str) -> int:
        if kind in {"integer", "number"}:
            return self.kinds["integer"] + self.kinds["number"]
        if kind != "date":
            return 0
        found = find_date_format(list(self.values))
        if found is None:
            return 0
        # Of the values remembered each is tried; beyond them the outline is taken.
        parse = date_parser(found.format)
        unread = sum(
            count
            for value, count in self.values.items()
            if looks_like_date(value) and parse(value) is None
        )
        return self.kinds["date"] + self.kinds["integer"] * (found.format == "%Y%m%d") - unread

    def _refused_examples(self, kind: str, found: DateFormatFound | None) -> tuple[str, ...]:
        fitting = {"date"} if kind == "date" else {"integer", "number"}
        odd = [value for other, kept in self.odd.items() if other not in fitting for value in kept]
        if found is not None:
            parse = date_parser(found.format)
            odd += [value for value in self.values if parse(value) is None and value not in odd]
        return tuple(odd[:REFUSED_EXAMPLES])
