"""Turns chunks of a survey file into rows of answers, column by column."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import repeat

from journey.model.text import NAME_LENGTH, clean_comment, clean_name
from storage.evidence.layout import NO_OUTCOME, ResponseColumns
from storage.imports.survey_chunks import Chunk, Tally
from storage.imports.survey_names import Names
from storage.imports.survey_plan import Plan
from storage.imports.survey_ticks import TWO_ANSWERS, answers_of, ticked_twice

Columns = Sequence[Sequence[str]]
# Columns, or some of them by their place in the table.
ByPlace = Columns | Mapping[int, Sequence[str]]
# Reasons for which a long table's record has no question.
_HOMELESS = frozenset({"no_touchpoint", "metric"})
# What `clean_name` leaves as it is, wherever it stands: all that can be seen in ASCII.
_CLEAN = bytes(range(0x21, 0x7F))
# (place in the chunk, heading, touchpoint, text), by place and heading
Comments = list[tuple[int, str, str | None, str]]


@dataclass(frozen=True, slots=True)
class Taken:
    """What is taken in of one chunk."""

    rows: ResponseColumns
    comments: Comments


class RowMaker:
    """Makes rows by a plan, counts what is left out, and asks which rows are known already.

    `is_known` says of each row whether it was imported before; None asks nothing.
    """

    def __init__(
        self,
        plan: Plan,
        names: Names,
        tally: Tally,
        is_known: Callable[[ResponseColumns], Sequence[bool]] | None = None,
    ) -> None:
        self._plan, self._names, self._tally = plan, names, tally
        self._is_known = is_known
        self._moments: list[tuple[str, int]] = []
        self._answered: list[bytes] = []

    @property
    def asks(self) -> bool:
        """Whether it is asked which rows are known already."""
        return self._is_known is not None

    def take(self, chunk: Chunk) -> Taken | None:
        """Return the rows of a chunk, or None where nothing of it is left."""
        columns = self._laid_out(chunk)
        refused = self._refused(columns)
        if refused:
            chunk = self._tally.leave_out(chunk, refused)
            if not chunk:
                return None
            columns = self._laid_out(chunk)
        rows = self._answers(columns)
        if self._names.has_unknown and self._plan.segment is not None:
            # The import is lost; its records are read on so that all unknown names are told.
            place, slots = self._plan.segment
            slots.values_of(columns[place])
        faults = self._note_cells(chunk, columns)
        empty = self._empty(rows, columns, faults)
        if self._is_known is not None:
            rows = replace(rows, respondent=self._respondents(columns))
            known = self._is_known(rows)
            empty.update((place, "known") for place, seen in enumerate(known) if seen)
        if empty:
            rows = rows.only([place not in empty for place in range(len(rows))])
            chunk = self._tally.leave_out(chunk, empty)
            if not chunk:
                return None
            columns = self._laid_out(chunk)
        return Taken(self._described(rows, columns), self._comments(columns))

    def note(self, chunk: Chunk) -> None:
        """Count what is refused of records of a wide table that are taken in elsewhere."""
        # Reading the cells again tells which of them are refused.
        self._scored(chunk.columns)
        self._note_cells(chunk, chunk.columns)

    def _laid_out(self, chunk: Chunk) -> Columns:
        """Return the chunk's columns; read its moments and a long table's answers, once."""
        columns = chunk.columns
        if self._plan.date is not None:
            place, cells = self._plan.date
            self._moments = cells.values_of(columns[place])
        if self._plan.long_cells is not None:
            self._answered = self._plan.long_cells.values_of(self._long_keys(columns))
        return columns

    def _refused(self, columns: Columns) -> dict[int, str]:
        """Return the records that cannot be placed: their moment, weight or touchpoint."""
        plan = self._plan
        reasons: dict[int, str] = {}
        if plan.date is not None:
            reasons.update(plan.date[1].refusals(columns[plan.date[0]]))
        if plan.weight is not None:
            place, weights = plan.weight
            weights.values_of(columns[place])
            reasons.update(weights.refusals(columns[place]))
        found = self._long_refusals(columns)
        reasons.update((at, why) for at, why in found if why in _HOMELESS)
        return reasons

    def _long_keys(self, columns: Columns) -> Iterator[tuple[str, ...]]:
        return zip(*(columns[place] for place in self._plan.long_places), strict=True)

    def _long_refusals(self, columns: Columns) -> Iterator[tuple[int, str]]:
        cells = self._plan.long_cells
        if cells is not None and cells.refused:
            yield from cells.refusals(list(self._long_keys(columns)))

    def _answers(self, columns: Columns) -> ResponseColumns:
        """Return what makes a row worth keeping: scores, outcome, pain points; and its time."""
        plan, n = self._plan, len(columns[0])
        at: Sequence[str] | None = None
        period: Sequence[int] = [plan.period] * n
        if plan.date is not None:
            at, period = zip(*self._moments, strict=True)
        outcome = None
        if plan.outcome is not None:
            place, outcomes = plan.outcome
            outcome = outcomes.values_of(columns[place])
        return ResponseColumns(
            period=period,
            pairs=self._pairs(columns),
            at=at,
            outcome=outcome,
            pain_points=pain_points_of(plan, columns, n),
        )

    def _pairs(self, columns: Columns) -> list[list[bytes]]:
        if self._plan.long_cells is not None:
            return [self._answered]
        pairs = answers_of(self._scored(columns), self._plan.by_question)
        return pairs or [[b""] * len(columns[0])]

    def _scored(self, columns: Columns) -> list[list[bytes]]:
        return [cells.values_of(columns[place]) for place, _, cells in self._plan.scores]

    def _note_cells(self, chunk: Chunk, columns: Columns) -> dict[int, str]:
        """Count refused scores; return the reason of one in each record that has any."""
        faults: dict[int, str] = {}
        for place, name, cells in self._plan.scores:
            for at, reason in cells.refusals(columns[place]):
                faults[at] = reason
                self._tally.refuse_cell(chunk, at, name, columns[place][at], reason)
        if len(self._plan.by_question) < len(self._plan.scores):
            for number, at in ticked_twice(self._scored(columns), self._plan.by_question):
                faults[at] = TWO_ANSWERS
                place, name, _ = self._plan.scores[number]
                self._tally.refuse_cell(chunk, at, name, columns[place][at], TWO_ANSWERS)
        for at, reason in self._long_refusals(columns):
            faults[at] = reason
            cell = columns[self._plan.long_places[1]][at]
            self._tally.refuse_cell(chunk, at, self._plan.score_name, cell, reason)
        for at, reason in faults.items():
            self._tally.keep_refused(chunk, at, reason)
        return faults

    def _empty(
        self, rows: ResponseColumns, columns: Columns, faults: Mapping[int, str]
    ) -> dict[int, str]:
        """Return the records without any evidence, and why."""
        joined = rows.pairs[0]
        if len(rows.pairs) > 1:
            joined = list(map(b"".join, zip(*rows.pairs, strict=True)))
        if b"" not in joined:
            return {}
        comments = [columns[comment.column] for comment in self._plan.comments]
        return {
            place: faults.get(place, "unanswered")
            for place, answers in enumerate(joined)
            if not answers
            and (rows.outcome is None or rows.outcome[place] == NO_OUTCOME)
            and not (rows.pain_points and rows.pain_points[place])
            and not any(column[place].strip() for column in comments)
        }

    def _described(self, rows: ResponseColumns, columns: Columns) -> ResponseColumns:
        """Return the rows with who answered, from which segment, and what is known of them."""
        plan = self._plan
        segment = weight = covariates = None
        if plan.segment is not None:
            place, slots = plan.segment
            segment = slots.values_of(columns[place])
        if plan.weight is not None:
            place, weights = plan.weight
            weight = weights.values_of(columns[place])
        if plan.covariates:
            covariates = covariates_of(plan, columns)
        return replace(
            rows,
            respondent=self._respondents(columns),
            segment=segment,
            weight=weight,
            covariates=covariates,
        )

    def _respondents(self, columns: Columns) -> Sequence[str] | None:
        if self._plan.respondent is None:
            return None
        texts = columns[self._plan.respondent]
        # Nearly all ids are clean, and looking at a whole chunk at once is far quicker.
        unclean = "".join(texts).encode(errors="surrogatepass").translate(None, _CLEAN)
        if not unclean and max(map(len, texts)) <= NAME_LENGTH:
            return texts
        return list(map(clean_name, texts))

    def _comments(self, columns: Columns) -> Comments:
        found: Comments = []
        filed = self._plan.filed_at
        for comment in self._plan.comments:
            for place, text in enumerate(columns[comment.column]):
                if text.strip():
                    touchpoint: str | None = comment.touchpoint
                    if touchpoint is None and filed is not None:
                        touchpoint = self._names.known_touchpoint(columns[filed][place])
                    found.append((place, comment.heading, touchpoint, clean_comment(text.strip())))
        return sorted(found, key=lambda c: (c[0], c[1]))


def pain_points_of(plan: Plan, columns: ByPlace, n: int) -> list[bytes] | None:
    """Return what the rules find in n records; None where there are no rules."""
    if not plan.rules:
        return None
    filed = plan.filed_at
    by_slot: dict[int, list[bytes]] = {}
    for rule in plan.rules:
        at: Iterable[str] = repeat("", n) if filed is None else columns[filed]
        found = rule.cells.values_of(zip(at, columns[rule.column], strict=True))
        rule.met = rule.met or any(found)
        before = by_slot.get(rule.slot)
        # Several rules may name one pain point: any of them is enough.
        by_slot[rule.slot] = list(map(max, before, found)) if before else found
    return list(map(b"".join, zip(*by_slot.values(), strict=True)))


def covariates_of(plan: Plan, columns: ByPlace) -> list[str]:
    """Return what records say in the columns of covariates; "" for nothing."""
    members = [cells.values_of(columns[place]) for place, cells in plan.covariates]
    return [
        f"{{{','.join(filter(None, row))}}}" if any(row) else ""
        for row in zip(*members, strict=True)
    ]
