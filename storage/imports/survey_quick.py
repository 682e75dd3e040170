"""Rows of answers from a block that was cut, a column at a time and without a text per cell.

It gives the very rows that `survey_rows.RowMaker` makes and asks the same readers what cells mean,
but once for each different text. What it is not made for it leaves to that: blanks in unusual
places, and blocks that hold anything odd.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from operator import itemgetter
from unicodedata import is_normalized

import numpy as np

from journey.model.text import COMMENT_LENGTH, NAME_LENGTH, clean_comment, clean_name
from storage.evidence.layout import NO_OUTCOME, NO_SEGMENT
from storage.evidence.packed import (
    NO_PAIR,
    AnyTexts,
    Bytes,
    Figures,
    Numbers,
    PackedRows,
    Pairs,
    Reals,
    Texts,
    Utf8Texts,
    Words,
)
from storage.imports.survey_cells import REMEMBERED
from storage.imports.survey_columns import (
    Flags,
    LongColumns,
    MomentColumn,
    ScoreColumn,
    TokenColumn,
    When,
)
from storage.imports.survey_combined import combined_covariates
from storage.imports.survey_cut import Cut
from storage.imports.survey_names import Names
from storage.imports.survey_pain_points import PainPointColumns
from storage.imports.survey_plan import Plan
from storage.imports.survey_rows import Comments
from storage.imports.survey_ticks import packed_answers
from storage.imports.survey_weights import WeightColumn

_QUOTE, _BACKSLASH, _SPACE, _LAST = (ord(sign) for sign in '"\\ ~')


@dataclass(frozen=True, slots=True, eq=False)
class Quick:
    """What was made of a block.

    Attributes:
        dropped: the places of records that cannot be kept, whatever else is in them; they are
            not among the rows.
        faulty: the places of rows with a score that is none.
    """

    rows: PackedRows
    dropped: Numbers
    comments: Comments
    faulty: Numbers


class QuickMaker:
    """Makes rows of cut blocks by a plan that `fits`."""

    def __init__(self, plan: Plan, names: Names) -> None:
        self._plan, self._names = plan, names
        self._touchpoints: dict[str, str] = {}
        self._moments = None if plan.date is None else MomentColumn(*plan.date)
        self._segment = None if plan.segment is None else TokenColumn(*plan.segment)
        self._outcome = None if plan.outcome is None else TokenColumn(*plan.outcome)
        self._long = None
        if plan.long_cells is not None:
            self._long = LongColumns(plan.long_places, plan.long_cells)
        self._wide = [ScoreColumn(place, cells) for place, _, cells in plan.scores]
        self._weight = None if plan.weight is None else WeightColumn(*plan.weight)
        self._rules = PainPointColumns(plan, names) if plan.rules else None
        self._covariates = combined_covariates(plan) if plan.covariates else None

    @staticmethod
    def fits(plan: Plan) -> bool:
        """Tell whether rows of this plan are made here."""
        few = len(plan.long_places) in {2, 3, 4} or bool(plan.scores)
        return few and PainPointColumns.fits(plan)

    def take(self, cut: Cut) -> Quick | None:
        """Return the rows of a block; None where it has to be read in the other way."""
        moments = None if self._moments is None else self._moments.read(cut)
        answers = self._answers(cut)
        if (self._moments is not None and moments is None) or answers is None:
            return None
        refused = None if moments is None else moments.refused
        places = np.arange(cut.lines)
        faulty = places[:0] if self._long else self._faulty(places)
        if refused is not None:
            places = np.flatnonzero(~refused)
            if not len(places):
                return None
            cut = cut.only(places)
        block = self._read(cut, moments and moments.only(places), [a[places] for a in answers])
        if block is None:
            return None
        kept = np.flatnonzero(~block.left_out)
        if not len(kept):
            return None
        rows = self._rows(block if len(kept) == len(places) else block.only(kept))
        dropped = np.ones(len(answers[0]), dtype=bool)
        dropped[places[kept]] = False
        faulty = faulty[~dropped[faulty]]
        if rows is None:
            return None
        # What a record says of its person counts only where the record does.
        comments = _renumbered(block.comments, ~block.left_out)
        return Quick(rows, np.flatnonzero(dropped), comments, faulty)

    @property
    def _asks(self) -> bool:
        """Whether more is asked of a record that may be refused for its touchpoint."""
        return self._long is not None and (self._outcome or self._rules) is not None

    def _answers(self, cut: Cut) -> Sequence[Pairs] | None:
        pairs = [self._long.read(cut)] if self._long else [each.read(cut) for each in self._wide]
        known = [column for column in pairs if column is not None]
        if len(known) < len(pairs) or self._names.has_unknown:
            return None
        return known if self._long else packed_answers(known, self._plan.by_question, NO_PAIR)

    def _faulty(self, places: Numbers) -> Numbers:
        """Return the records of the last block that have a score which is none."""
        flags = [column.refused for column in self._wide if column.refused is not None]
        return places[np.logical_or.reduce(flags)] if flags else places[:0]

    def _read(self, cut: Cut, moments: When | None, answers: Sequence[Pairs]) -> "_Block | None":
        """Read what may make a record worth keeping, and tell which are not."""
        weight = None if self._weight is None else self._weight.read(cut)
        left_out = np.logical_and.reduce([column == NO_PAIR for column in answers])
        if (self._weight is not None and weight is None) or (self._asks and left_out.any()):
            # What a record tells that is refused altogether must not be looked at.
            return None
        outcome = None
        if self._outcome is not None:
            numbers = self._outcome.numbers(cut)
            if numbers is None:
                return None
            outcome = Figures(tuple(self._outcome.values), numbers, NO_OUTCOME)
        pains = None if self._rules is None else self._rules.read(cut)
        comments = self._comments(cut)
        spared = np.zeros(cut.lines, dtype=bool)
        spared[[place for place, *_ in comments]] = True
        if outcome is not None:
            spared |= outcome.by_row != NO_OUTCOME
        if pains is not None:
            spared |= np.array([value is not None for value in pains.values])[pains.numbers]
        if self._long is not None and (left_out & spared).any():
            # Why such a record has no answer decides whether its comment counts.
            return None
        left_out &= ~spared
        return _Block(cut, answers, moments, weight, outcome, pains, comments, left_out)

    def _comments(self, cut: Cut) -> Comments:
        found: Comments = []
        filed = self._plan.filed_at
        for comment in self._plan.comments:
            places, told = cut.told(comment.column)
            of: Iterable[str | None] = repeat(comment.touchpoint)
            if comment.touchpoint is None and filed is not None:
                of = map(self._touchpoint, cut.texts(filed, places))
            texts = _all_cleaned(list(map(str.strip, told)))
            found += [
                (place, comment.heading, touchpoint, text)
                for place, touchpoint, text in zip(places.tolist(), of, texts, strict=False)
                if text
            ]
        return sorted(found, key=itemgetter(0, 1)) if len(self._plan.comments) > 1 else found

    def _touchpoint(self, name: str) -> str | None:
        found = self._touchpoints.get(name)
        if found is None:
            found = self._names.known_touchpoint(name)
            if found is not None and len(self._touchpoints) < REMEMBERED:
                self._touchpoints[name] = found
        return found

    def _rows(self, block: "_Block") -> PackedRows | None:
        plan, cut, when = self._plan, block.cut, block.moments
        covariates = None if self._covariates is None else self._covariates.read(cut)
        segments = None if self._segment is None else self._segment.numbers(cut)
        for column, found in (
            (self._covariates, covariates),
            (self._segment, segments),
        ):
            if column is not None and found is None:
                return None
        segment = None
        if self._segment is not None:
            segment = Figures(tuple(self._segment.values), segments, NO_SEGMENT)
        period, at = Figures((plan.period,)), None
        if self._moments is not None and when is not None:
            period, at = self._moments.period(when), when.at
        return PackedRows(
            rows=cut.lines,
            period=period,
            pairs=block.answers,
            respondent=None if plan.respondent is None else _names(cut, plan.respondent),
            at=at,
            segment=segment,
            outcome=block.outcome,
            weight=block.weight,
            pain_points=block.pains,
            covariates=covariates,
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Block:
    """What of a block was read so far; `left_out`: the records that hold no evidence."""

    cut: Cut
    answers: Sequence[Pairs]
    moments: When | None
    weight: Reals | None
    outcome: Figures | None
    pains: Words | None
    comments: Comments
    left_out: Flags

    def only(self, kept: Numbers) -> "_Block":
        """Return some of the records; their comments are not among what is returned."""
        outcome, pains = self.outcome, self.pains
        if outcome is not None and outcome.numbers is not None:
            outcome = replace(outcome, numbers=outcome.numbers[kept])
        return _Block(
            self.cut.only(kept),
            [column[kept] for column in self.answers],
            None if self.moments is None else self.moments.only(kept),
            None if self.weight is None else Reals(self.weight.by_row[kept]),
            outcome,
            None if pains is None else Words(pains.values, pains.numbers[kept]),
            [],
            self.left_out[kept],
        )


def _all_cleaned(comments: list[str]) -> list[str]:
    """Return comments as they are stored."""
    # Nearly all are clean, and looking at all of them together is far quicker.
    if _looks_clean("\n".join(comments)) and max(map(len, comments), default=0) <= COMMENT_LENGTH:
        return comments
    return list(map(_cleaned, comments))


def _cleaned(comment: str) -> str:
    clean = _looks_clean(comment) and len(comment) <= COMMENT_LENGTH
    return comment if clean else clean_comment(comment)


def _looks_clean(text: str) -> bool:
    """Tell quickly that no letter is to be replaced; it may do so of others too."""
    return text.replace("\n", " ").isprintable() and is_normalized("NFC", text)


def _renumbered(comments: Comments, kept: Flags) -> Comments:
    """Return the comments of records that are kept, by their places among those."""
    places = (np.cumsum(kept) - 1).tolist()
    return [(places[place], *rest) for place, *rest in comments if kept[place]]


def _names(cut: Cut, column: int) -> Texts | Utf8Texts | AnyTexts:
    """Return the cells of a column as names."""
    _, sizes = cut.places(column)
    longest = max(1, int(sizes.max()))
    if longest <= NAME_LENGTH and column not in cut.escaped:
        data = cut.letters(column, longest)
        if int(sizes.min()) < longest:
            # What stands behind a shorter cell is none of its business.
            data[np.arange(longest) >= sizes[:, None]] = ord("0")
        if not _are_odd(data):
            return Texts(data, None if int(sizes.min()) == longest else sizes)
        joined = _joined(data, sizes)
        if _are_clean(joined, cut.lines):
            return Utf8Texts(data, sizes, joined)
    return AnyTexts(list(map(clean_name, cut.texts(column))))


def _are_odd(data: Bytes) -> bool:
    """Tell whether any letter is none of printable ASCII, or a blank, quote or backslash."""
    odd = (data <= _SPACE) | (data > _LAST) | (data == _QUOTE) | (data == _BACKSLASH)
    return bool(odd.any())


def _joined(data: Bytes, sizes: Numbers) -> str:
    """Return texts, all of them in UTF-8, with a line end between two."""
    rows, longest = data.shape
    written = np.empty((rows, longest + 1), dtype=np.uint8)
    written[:, :-1] = data
    written[np.arange(rows), sizes] = ord("\n")
    return written[np.arange(longest + 1) <= sizes[:, None]].tobytes()[:-1].decode()


def _are_clean(joined: str, names: int) -> bool:
    """Tell quickly that `clean_name` leaves names as they are; it may do so of others too."""
    lines = f"\n{joined}\n"
    return (
        joined.count("\n") == names - 1
        and joined.replace("\n", "").isprintable()
        and not any(odd in lines for odd in ("  ", "\n ", " \n", '"', "\\"))
        and is_normalized("NFC", joined)
    )
