"""Rows of answers from a block that was cut, a column at a time and without a text per cell.

It gives the very rows that `survey_rows.RowMaker` makes and asks the same readers what cells mean,
but once for each different text. What it is not made for it leaves to that: blanks in unusual
places, and blocks that hold anything odd.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from journey.model.text import NAME_LENGTH, clean_comment
from storage.evidence.layout import NO_OUTCOME, NO_SEGMENT
from storage.evidence.packed import (
    NO_PAIR,
    Bytes,
    Figures,
    Numbers,
    PackedRows,
    Pairs,
    Texts,
    Words,
)
from storage.imports.moments_cut import moment_layout
from storage.imports.survey_cells import Cells, MomentCells
from storage.imports.survey_combined import (
    combined_covariates,
    combined_rules,
    combined_weight,
)
from storage.imports.survey_cut import Cut
from storage.imports.survey_names import Names
from storage.imports.survey_plan import LongKey, Plan
from storage.imports.survey_rows import Comments
from storage.imports.survey_tokens import Keys, Tokens, texts_at

_MOMENT_LENGTH: Final = len("2026-11-22T09:30:00Z")
# Of a key made of the numbers of several cells, what each may take up.
_NUMBER_BITS: Final = np.uint64(20)
_QUOTE, _BACKSLASH, _SPACE, _LAST = (ord(sign) for sign in '"\\ ~')

Flags = NDArray[np.bool_]
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, eq=False)
class Quick:
    """What was made of a block.

    Attributes:
        dropped: the places of records that cannot be kept, whatever else is in them; they are
            not among the rows.
    """

    rows: PackedRows
    dropped: Numbers
    comments: Comments


class _Column(Generic[Value]):
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
class _When:
    """When each record of a block was answered.

    Attributes:
        texts: of the moments. slots: of the periods, -1 for none. refused: None for none.
    """

    texts: Bytes
    slots: Numbers
    refused: Flags | None = None

    def only(self, kept: Numbers) -> "_When":
        """Return what some records say, none of them refused."""
        return _When(self.texts[kept], self.slots[kept])


class _Moments:
    """The column of dates: moments as texts, and the periods they fall in."""

    def __init__(self, place: int, cells: Cells[str, tuple[str, int]]) -> None:
        self._place, self._cells = place, cells
        self._column = _Column(place, cells)
        self._layout = moment_layout(cells.format) if isinstance(cells, MomentCells) else None
        self._texts: Bytes = np.zeros((0, _MOMENT_LENGTH), dtype=np.uint8)
        self._slots: Numbers = np.zeros(0, dtype=np.intp)
        self._periods: dict[int, int] = {}

    def read(self, cut: Cut) -> _When | None:
        """Return what the cells say; None where one is blank."""
        at_once = self._at_once(cut)
        if at_once is not None:
            return at_once
        numbers = self._column.numbers(cut)
        self._learn(self._column.values[self._column.before :])
        if numbers is None:
            return None
        refused = self._column.refused(numbers)
        slots = self._slots[numbers]
        blank = slots < 0
        if refused is not None:
            blank &= ~refused
        return None if blank.any() else _When(self._texts[numbers], slots, refused)

    def _at_once(self, cut: Cut) -> _When | None:
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
        return _When(read.texts, slots[since])

    def _slot(self, period: int) -> int:
        return self._periods.setdefault(period, len(self._periods))

    def _learn(self, new: Sequence[tuple[str, int]]) -> None:
        before = self._column.before
        written = [text for text, _ in new]
        if set(map(len, written)) - {_MOMENT_LENGTH}:
            written = [text.ljust(_MOMENT_LENGTH)[:_MOMENT_LENGTH] for text in written]
        spelt = "".join(written).encode()
        texts = np.frombuffer(spelt, dtype=np.uint8).reshape(-1, _MOMENT_LENGTH)
        slots = [self._slot(period) if len(text) == _MOMENT_LENGTH else -1 for text, period in new]
        self._texts = np.concatenate((self._texts[:before], texts))
        self._slots = np.concatenate((self._slots[:before], np.array(slots, dtype=np.intp)))

    def period(self, when: _When) -> Figures:
        """Return the periods of some cells."""
        return Figures(tuple(self._periods), when.slots)


class _Scores:
    """A column of scores of a wide table."""

    def __init__(self, place: int, cells: Cells[str, bytes]) -> None:
        self._column = _Column(place, cells)
        self._pairs: Pairs = np.zeros(0, dtype=np.uint32)

    def read(self, cut: Cut) -> Pairs | None:
        """Return the pair of each record; None where one is refused, or that cannot be told."""
        numbers = self._column.numbers(cut)
        before = self._column.before
        new = _packed(self._column.values[before:])
        self._pairs = np.concatenate((self._pairs[:before], new))
        if numbers is None or self._column.refused(numbers) is not None:
            return None
        return self._pairs[numbers]


class _Long:
    """The columns that make one answer together."""

    def __init__(self, places: Sequence[int], cells: Cells[LongKey, bytes]) -> None:
        self._places, self._cells = places, cells
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
            found.append(numbers)
            keys = (keys << _NUMBER_BITS) | numbers.astype(np.uint64)
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


class QuickMaker:
    """Makes rows of cut blocks by a plan that `fits`."""

    def __init__(self, plan: Plan, names: Names) -> None:
        self._plan, self._names = plan, names
        self._moments = None if plan.date is None else _Moments(*plan.date)
        self._segment = None if plan.segment is None else _Column(*plan.segment)
        self._outcome = None if plan.outcome is None else _Column(*plan.outcome)
        self._long = None
        if plan.long_cells is not None:
            self._long = _Long(plan.long_places, plan.long_cells)
        self._wide = [_Scores(place, cells) for place, _, cells in plan.scores]
        self._weight = None if plan.weight is None else combined_weight(*plan.weight)
        self._rules = combined_rules(plan) if plan.rules else None
        self._covariates = combined_covariates(plan) if plan.covariates else None

    @staticmethod
    def fits(plan: Plan, *, gathers: bool) -> bool:
        """Tell whether rows of this plan are made here.

        Args:
            gathers: records of one respondent are brought together, which is done in columns
                only for what each record of a long table has.
        """
        more = plan.rules or plan.comments or plan.covariates or plan.weight
        return not (gathers and more) and (len(plan.long_places) in {2, 3} or bool(plan.scores))

    def take(self, cut: Cut) -> Quick | None:
        """Return the rows of a block; None where it has to be read in the other way."""
        moments = None if self._moments is None else self._moments.read(cut)
        if self._moments is not None and moments is None:
            return None
        pairs = [self._long.read(cut)] if self._long else [each.read(cut) for each in self._wide]
        answered = [column for column in pairs if column is not None]
        if len(answered) < len(pairs) or self._names.has_unknown:
            return None
        comments = self._comments(cut)
        dropped = np.logical_and.reduce([column == NO_PAIR for column in answered])
        told = [place for place, *_ in comments]
        if self._long is not None and dropped[told].any():
            # Why it has no answer decides whether its comment counts.
            return None
        dropped[told] = False
        if moments is not None and moments.refused is not None:
            dropped |= moments.refused
        kept: Numbers | None = None
        if dropped.any():
            # A record without answers may still tell how it ended, or of a pain point.
            kept = np.flatnonzero(~dropped)
            if self._outcome is not None or self._rules is not None or not len(kept):
                return None
            # What a record says of its person counts only where the record does.
            cut, answered = cut.only(kept), [column[kept] for column in answered]
            moments = None if moments is None else moments.only(kept)
            comments = _renumbered(comments, ~dropped)
        rows = self._rows(cut, answered, moments)
        return None if rows is None else Quick(rows, np.flatnonzero(dropped), comments)

    def _comments(self, cut: Cut) -> Comments:
        found: Comments = []
        filed = self._plan.filed_at
        for comment in self._plan.comments:
            places = np.flatnonzero(cut.places(comment.column)[1])
            at = None if filed is None else texts_at(cut, filed, places)
            for n, text in enumerate(texts_at(cut, comment.column, places)):
                if text.strip():
                    touchpoint: str | None = comment.touchpoint
                    if touchpoint is None and at is not None:
                        touchpoint = self._names.known_touchpoint(at[n])
                    told = clean_comment(text.strip())
                    found.append((int(places[n]), comment.heading, touchpoint, told))
        return sorted(found, key=lambda c: (c[0], c[1]))

    def _rows(self, cut: Cut, pairs: Sequence[Pairs], when: _When | None) -> PackedRows | None:
        plan = self._plan
        respondent = None if plan.respondent is None else _texts(cut, plan.respondent)
        if plan.respondent is not None and respondent is None:
            return None
        described = []
        for column, gap in ((self._segment, NO_SEGMENT), (self._outcome, NO_OUTCOME)):
            numbers = None if column is None else column.numbers(cut)
            if column is not None and numbers is None:
                return None
            figures = None
            if column is not None and numbers is not None:
                figures = Figures(tuple(column.values), numbers, gap)
            described.append(figures)
        more: list[Words | None] = []
        for combined in (self._weight, self._rules, self._covariates):
            words = None if combined is None else combined.read(cut)
            if combined is not None and words is None:
                return None
            more.append(words)
        period, at = Figures((plan.period,)), None
        if self._moments is not None and when is not None:
            period, at = self._moments.period(when), Texts(when.texts)
        return PackedRows(
            rows=cut.lines,
            period=period,
            pairs=pairs,
            respondent=respondent,
            at=at,
            segment=described[0],
            outcome=described[1],
            weight=more[0],
            pain_points=more[1],
            covariates=more[2],
        )


def _renumbered(comments: Comments, kept: Flags) -> Comments:
    """Return the comments of records that are kept, by their places among those."""
    places = (np.cumsum(kept) - 1).tolist()
    return [(places[place], *rest) for place, *rest in comments if kept[place]]


def _texts(cut: Cut, column: int) -> Texts | None:
    """Return the cells of a column as they stand; None where one is blank or needs cleaning."""
    starts, sizes = cut.places(column)
    longest, shortest = int(sizes.max()), int(sizes.min())
    if not shortest or longest > NAME_LENGTH or column in cut.escaped:
        return None
    cells = np.ndarray((len(cut.data) - longest + 1,), f"V{longest}", cut.data, strides=(1,))
    data = cells[starts].view(np.uint8).reshape(len(starts), longest)
    if shortest < longest:
        # What stands behind a shorter cell is none of its business.
        data[np.arange(longest) >= sizes[:, None]] = ord("0")
    odd = (data <= _SPACE) | (data > _LAST) | (data == _QUOTE) | (data == _BACKSLASH)
    if odd.any():
        return None
    return Texts(data, None if shortest == longest else sizes)
