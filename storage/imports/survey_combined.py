"""What a few columns say together, found once for each different combination of their cells."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from storage.evidence.layout import NO_WEIGHT
from storage.evidence.packed import Words
from storage.imports.survey_cells import Cells
from storage.imports.survey_cut import Cut
from storage.imports.survey_plan import Plan
from storage.imports.survey_rows import covariates_of
from storage.imports.survey_tokens import Keys, Numbers, Tokens

# Columns that say more different things than this are read record by record.
_MOST: Final = 20_000
_BITS: Final = np.uint64(32)
# Stands for a cell that is refused: the record has to be read in the other way.
REFUSED: Final = object()

# Gives the values of records from their cells, by column.
ValuesOf = Callable[[Sequence[list[str]]], Sequence[object]]


class Combined:
    """Columns that have one value together."""

    def __init__(self, places: Sequence[int], values_of: ValuesOf) -> None:
        """Take the columns, and what tells the values of records from their cells."""
        self._places, self._values_of = places, values_of
        self._forget()

    def _forget(self) -> None:
        self._tokens = [Tokens() for _ in self._places]
        self._keys = [Keys() for _ in self._places]
        self._values: list[object] = []
        self._refused: list[int] = []

    def read(self, cut: Cut) -> Words | None:
        """Return the value of each record; None where that cannot be told."""
        if len(self._values) > _MOST:
            return None
        found = [
            tokens.of(cut, place) for place, tokens in zip(self._places, self._tokens, strict=True)
        ]
        known = [numbers for numbers in found if numbers is not None]
        forgot = bool(self._values) and not all(tokens.fresh for tokens in self._tokens)
        if len(known) < len(found) or forgot:
            # A column that forgot its texts numbers them anew.
            self._forget()
            return None
        numbers, new = self._numbered(known)
        if len(new):
            self._learn(known, new)
        if self._refused and np.isin(numbers, self._refused).any():
            return None
        return Words(self._values, numbers)

    def _numbered(self, found: Sequence[Numbers]) -> tuple[Numbers, Numbers]:
        """Return the number of each combination, and where those are that are new."""
        numbers, new = self._keys[0].of(found[0].astype(np.uint64))
        for column, keys in zip(found[1:], self._keys[1:], strict=True):
            both = (numbers.astype(np.uint64) << _BITS) | column.astype(np.uint64)
            numbers, new = keys.of(both)
        return numbers, new

    def _learn(self, found: Sequence[Numbers], new: Numbers) -> None:
        columns = [
            [tokens.texts[number] for number in numbers[new].tolist()]
            for tokens, numbers in zip(self._tokens, found, strict=True)
        ]
        for value in self._values_of(columns):
            if value is REFUSED:
                self._refused.append(len(self._values))
            self._values.append(None if value is REFUSED else value)


def combined_weight(place: int, cells: Cells[str, float]) -> Combined:
    """Return the column of weights."""

    def values_of(columns: Sequence[list[str]]) -> Sequence[object]:
        (column,) = columns
        weights = cells.values_of(column)
        return [
            REFUSED if text in cells.refused else None if weight == NO_WEIGHT else weight
            for text, weight in zip(column, weights, strict=True)
        ]

    return Combined([place], values_of)


def combined_covariates(plan: Plan) -> Combined:
    """Return the columns of covariates."""
    places = tuple(dict.fromkeys(place for place, _ in plan.covariates))

    def values_of(columns: Sequence[list[str]]) -> Sequence[object]:
        found = covariates_of(plan, dict(zip(places, columns, strict=True)))
        return [text or None for text in found]

    return Combined(places, values_of)
