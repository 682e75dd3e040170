"""Columns of cut blocks by what their cells mean: asked once for each different text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from storage.evidence.packed import NO_PAIR, Bytes, Figures, Numbers, Pairs, Texts
from storage.imports.moments_cut import moment_layout
from storage.imports.survey_cells import Cells, MomentCells
from storage.imports.survey_cut import Cut
from storage.imports.survey_plan import LongKey
from storage.imports.survey_tokens import Keys, Tokens

_MOMENT_LENGTH: Final = len("2026-11-22T09:30:00Z")
_KEY_BITS: Final = 64
_BLANK: Final = ord(" ")

Flags = NDArray[np.bool_]
Value = TypeVar("Value")


class TokenColumn(Generic[Value]):
    """A column whose cells have meanings, by number of their text.

    Attributes:
        values: by number.
        before: how many of them were there before the last block.
    """

    def __init__(self, place: int, cells: Cells[str, Value]) -> None:
        self._place, self._cells = place, cells
        self._tokens = Tokens()
        self._refused: Flags = np.zeros(0, dtype=bool)
        self.values: list[Value] = []
        self.before = 0

    def numbers(self, cut: Cut) -> Numbers | None:
        """Return the number of each cell's text; None where that cannot be told."""
        found = self._tokens.of(cut, self._place)
        before = self.before = self._tokens.fresh
        del self.values[before:]
        new = self._tokens.texts[before:]
        if new:
            self.values += self._cells.values_of(new)
            refused = np.array([text in self._cells.refused for text in new])
            self._refused = np.concatenate((self._refused[:before], refused))
        return found

    def refused(self, numbers: Numbers) -> Flags | None:
        """Tell which cells have no meaning; None where all have."""
        found = self._refused[numbers] if self._refused.any() else None
        return None if found is None or not found.any() else found


@dataclass(frozen=True, slots=True, eq=False)
class When:
    """When each record of a block was answered.

    Attributes:
        texts: of the moments, `_BLANK` first where there is none. slots: of the periods.
        refused: None for none.
    """

    texts: Bytes
    slots: Numbers
    refused: Flags | None = None

    @property
    def at(self) -> Texts:
        """The moments as texts."""
        blank = self.texts[:, 0] == _BLANK
        return Texts(self.texts, np.where(blank, 0, _MOMENT_LENGTH) if blank.any() else None)

    def only(self, kept: Numbers) -> "When":
        """Return what some records say, none of them refused."""
        return When(self.texts[kept], self.slots[kept])


class MomentColumn:
    """The column of dates: moments as texts, and the periods they fall in."""

    def __init__(self, place: int, cells: Cells[str, tuple[str, int]]) -> None:
        self._place, self._cells = place, cells
        self._column = TokenColumn(place, cells)
        self._layout = None
        if isinstance(cells, MomentCells):
            self._layout = moment_layout(cells.format, cells.zone)
        self._texts: Bytes = np.zeros((0, _MOMENT_LENGTH), dtype=np.uint8)
        self._slots: Numbers = np.zeros(0, dtype=np.intp)
        self._periods: dict[int, int] = {}

    def read(self, cut: Cut) -> When | None:
        """Return what the cells say; None where that cannot be told."""
        at_once = self._at_once(cut)
        if at_once is not None:
            return at_once
        numbers = self._column.numbers(cut)
        self._learn(self._column.values[self._column.before :])
        if numbers is None:
            return None
        refused = self._column.refused(numbers)
        return When(self._texts[numbers], self._slots[numbers], refused)

    def _at_once(self, cut: Cut) -> When | None:
        """Return moments that are spelt alike, of which hardly any says what another did."""
        read = None if self._layout is None else self._layout.read(cut, self._place)
        if read is None:
            return None
        cells = self._cells
        assert isinstance(cells, MomentCells)
        first = int(read.months.min())
        since = read.months - first
        slots = np.full(int(since.max()) + 1, -1, dtype=np.intp)
        for month in np.flatnonzero(np.bincount(since)).tolist():
            years, rest = divmod(first + month, 12)
            slots[month] = self._slot(cells.period_of(1970 + years, rest + 1))
        return When(read.texts, slots[since])

    def _slot(self, period: int) -> int:
        return self._periods.setdefault(period, len(self._periods))

    def _learn(self, new: Sequence[tuple[str, int]]) -> None:
        before = self._column.before
        written = [text for text, _ in new]
        if set(map(len, written)) - {_MOMENT_LENGTH}:
            written = [text.ljust(_MOMENT_LENGTH)[:_MOMENT_LENGTH] for text in written]
        spelt = "".join(written).encode()
        texts = np.frombuffer(spelt, dtype=np.uint8).reshape(-1, _MOMENT_LENGTH)
        slots = [self._slot(period) for _, period in new]
        self._texts = np.concatenate((self._texts[:before], texts))
        self._slots = np.concatenate((self._slots[:before], np.array(slots, dtype=np.intp)))

    def period(self, when: When) -> Figures:
        """Return the periods of some cells."""
        return Figures(tuple(self._periods), when.slots)


class ScoreColumn:
    """A column of scores of a wide table.

    Attributes:
        refused: the cells of the last block that are no score; None where all are.
    """

    def __init__(self, place: int, cells: Cells[str, bytes]) -> None:
        self._column = TokenColumn(place, cells)
        self._pairs: Pairs = np.zeros(0, dtype=np.uint32)
        self.refused: Flags | None = None

    def read(self, cut: Cut) -> Pairs | None:
        """Return the pair of each record, `NO_PAIR` for none; None where that cannot be told."""
        numbers = self._column.numbers(cut)
        before = self._column.before
        new = _packed(self._column.values[before:])
        self._pairs = np.concatenate((self._pairs[:before], new))
        if numbers is None:
            return None
        self.refused = self._column.refused(numbers)
        return self._pairs[numbers]


class LongColumns:
    """The columns that make one answer together."""

    def __init__(self, places: Sequence[int], cells: Cells[LongKey, bytes]) -> None:
        self._places, self._cells = places, cells
        # What each cell's number may take up of a key.
        self._bits = _KEY_BITS // len(places)
        self._forget()

    def _forget(self) -> None:
        self._tokens = [Tokens() for _ in self._places]
        self._keys = Keys()
        self._pairs: Pairs = np.zeros(0, dtype=np.uint32)

    def read(self, cut: Cut) -> Pairs | None:
        """Return the pair of each record; None where that cannot be told."""
        keys = np.zeros(cut.lines, dtype=np.uint64)
        found: list[Numbers] = []
        for place, tokens in zip(self._places, self._tokens, strict=True):
            numbers = tokens.of(cut, place)
            if numbers is None or (not tokens.fresh and len(self._pairs)):
                # A column that forgot its texts numbers them anew.
                self._forget()
                return None
            if int(numbers.max()) >> self._bits:
                return None
            found.append(numbers)
            keys = (keys << np.uint64(self._bits)) | numbers.astype(np.uint64)
        numbers, new = self._keys.of(keys)
        if len(new):
            columns = [
                [tokens.texts[number] for number in numbers[new].tolist()]
                for tokens, numbers in zip(self._tokens, found, strict=True)
            ]
            values = self._cells.values_of(zip(*columns, strict=True))
            self._pairs = np.concatenate((self._pairs, _packed(values)))
        return self._pairs[numbers]


def _packed(values: Sequence[bytes]) -> Pairs:
    """Return packed pairs as numbers, `NO_PAIR` for none."""
    none = NO_PAIR.to_bytes(4, "little")
    packed = b"".join(value or none for value in values)
    return np.frombuffer(packed, dtype="<u4").astype(np.uint32)
