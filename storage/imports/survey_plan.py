"""A mapping laid over a table: which column means what, with its cells' readers and slots."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from journey.model.ids import QuestionId, TouchpointId
from journey.model.quarter import quarter_number
from journey.model.text import NAME_LENGTH, clean_name
from storage.errors import MappingError
from storage.evidence.batch import BatchWriter
from storage.evidence.layout import NO_SEGMENT, pack_pair, pack_slot, unpack_pairs
from storage.imports.mapping import ColumnFinder, LongMapping, Mapping, QuestionMapping, When
from storage.imports.mapping_parts import (
    DEFAULT_SCALES,
    METRICS,
    SurveySettings,
    metric_named,
)
from storage.imports.numbers import parse_number
from storage.imports.rows import Table
from storage.imports.survey_cells import (
    Cells,
    Codes,
    covariate_cells,
    date_cells,
    outcome_cells,
    rule_holds,
    score_cells,
    score_of,
    weight_cells,
)
from storage.imports.survey_names import Names
from storage.imports.survey_ticks import Groups, are_ticks, grouped

_RATING_SCALE: Final = (1, 5)
# A segment column with more values than this is not one.
MOST_SEGMENTS: Final = 1_000

# Touchpoint and score of one record of a long table, then its metric and stage where it has such.
LongKey = tuple[str, ...]
Labels = dict[str, str]


@dataclass(slots=True)
class Rule:
    """A pain point's rule.

    Attributes:
        column: it looks at. holds: the test of one of its cells.
        touchpoint: in a long table only its own records are asked.
        cells: both together, as the packed slot or b"" of (touchpoint of the record or "", cell).
    """

    title: str
    column: int
    holds: Callable[[str], bool]
    touchpoint: TouchpointId | None
    cells: Cells[tuple[str, str], bytes]
    slot: int
    met: bool = False


@dataclass(frozen=True, slots=True)
class CommentColumn:
    """A column of free text under its heading."""

    column: int
    heading: str
    touchpoint: TouchpointId | None


@dataclass(slots=True)
class Plan:
    """Everything needed to turn chunks of one table into rows of one batch.

    Attributes:
        period: of rows without a time of their own.
        scores: of a wide table, (column, name, cells) in slot order.
        by_question: which of them answer one question together, each with one of its answers.
        long_places: of a long table, the columns that make a `LongKey`.
        score_name, long_text: a long table's score column and what its question is called.
        filed_at: the column that names the touchpoint of a long table's record, else None.
    """

    period: int
    respondent: int | None = None
    date: tuple[int, Cells[str, tuple[str, int]]] | None = None
    segment: tuple[int, Cells[str, int]] | None = None
    weight: tuple[int, Cells[str, float]] | None = None
    outcome: tuple[int, Cells[str, int]] | None = None
    outcome_bad: Codes = field(default_factory=lambda: Codes(()))
    keep: tuple[int, Codes] | None = None
    covariates: list[tuple[int, Cells[str, str]]] = field(default_factory=list)
    scores: list[tuple[int, str, Cells[str, bytes]]] = field(default_factory=list)
    by_question: Groups = ()
    long_places: tuple[int, ...] = ()
    long_cells: Cells[LongKey, bytes] | None = None
    score_name: str = ""
    long_text: str = ""
    rules: list[Rule] = field(default_factory=list)
    comments: list[CommentColumn] = field(default_factory=list)

    @property
    def filed_at(self) -> int | None:
        """The column that names the touchpoint of each record, in a long table."""
        return self.long_places[0] if self.long_places else None


def make_plan(
    mapping: Mapping, survey: SurveySettings, table: Table, names: Names, writer: BatchWriter
) -> Plan:
    """Lay a checked mapping over a table; names are looked up, slots given.

    Raises:
        MappingError: unknown_column, duplicate, or a scale a metric cannot have.
    """
    return _Planner(mapping, survey, table, names, writer).plan()


class _Planner:
    """Makes one plan, part by part."""

    def __init__(
        self,
        mapping: Mapping,
        survey: SurveySettings,
        table: Table,
        names: Names,
        writer: BatchWriter,
    ) -> None:
        self._mapping, self._survey, self._names, self._writer = mapping, survey, names, writer
        self._columns = table.columns
        self._finder = ColumnFinder(table.columns)
        self._plan = Plan(quarter_number(survey.quarter))

    def plan(self) -> Plan:
        """Return the whole plan."""
        self._records()
        self._covariates()
        if self._mapping.long is not None:
            self._long(self._mapping.long)
        else:
            self._wide()
        self._rules()
        self._comments()
        return self._plan

    def _maybe(self, name: str | None) -> int | None:
        return None if name is None else self._finder.index(name)

    def _records(self) -> None:
        """Who answered, when, from which segment, how it ended, and which records count."""
        plan, survey, find = self._plan, self._survey, self._finder.index
        plan.respondent = self._maybe(survey.respondent)
        if survey.date is not None:
            cells = date_cells(survey.date, plan.period, self._names.first_month)
            plan.date = (find(survey.date.column), cells)
        if survey.segment is not None:
            place = find(survey.segment)
            labels = dict(self._columns[place].labels)
            plan.segment = (place, _segment_cells(self._names, self._writer, labels))
        if survey.weight is not None:
            plan.weight = (find(survey.weight), weight_cells())
        outcome, keep = self._mapping.outcome, self._mapping.source.keep
        if outcome is not None:
            place = find(outcome.column)
            plan.outcome_bad = Codes(self._coded(place, outcome.bad))
            plan.outcome = (place, outcome_cells(plan.outcome_bad))
        if keep is not None:
            place = find(keep.column)
            plan.keep = (place, Codes(self._coded(place, keep.values)))

    def _coded(self, place: int, values: tuple[str, ...]) -> tuple[str, ...]:
        """Return values with labels as the codes that stand in the cells (SPSS)."""
        codes = {label.casefold(): code for code, label in self._columns[place].labels}
        return tuple(codes.get(value.strip().casefold(), value) for value in values)

    def _covariates(self) -> None:
        columns = {clean_name(name): name for name in self._survey.covariates}
        self._writer.name_covariates(columns)
        # Stored JSON has its keys in order.
        for name, column in sorted(columns.items()):
            place = self._finder.index(column)
            labels = dict(self._columns[place].labels)
            self._plan.covariates.append((place, covariate_cells(name, labels)))

    def _wide(self) -> None:
        taken: dict[QuestionId, QuestionMapping] = {}
        slots: list[int] = []
        for asked in self._mapping.questions:
            column = self._columns[self._finder.index(asked.column)]
            question = self._names.question(
                self._names.touchpoint(asked.touchpoint, asked.stage),
                asked.text or column.text or column.name,
                asked.metric,
                asked.scale,
                higher_is_better=asked.higher_is_better,
            )
            if question in taken and not are_ticks(asked, taken[question]):
                raise MappingError("duplicate", (asked.column,))
            taken[question] = asked
            slot = self._writer.questions.of(question)
            slots.append(slot)
            cells = score_cells(slot, *asked.scale, Codes(asked.missing), asked.scores)
            self._plan.scores.append((column.index, column.name, cells))
        self._plan.by_question = grouped(slots)

    def _long(self, long: LongMapping) -> None:
        plan, find = self._plan, self._finder.index
        score = find(long.score)
        plan.score_name = self._columns[score].name
        plan.long_text = self._columns[score].text or plan.score_name
        more = (self._maybe(long.metric_column), self._maybe(long.stage))
        places = (find(long.touchpoint), score, *more)
        plan.long_places = tuple(place for place in places if place is not None)
        asker = LongAsker(long, plan.long_text, self._names, self._writer)
        plan.long_cells = Cells(asker.read)

    def _rules(self) -> None:
        plan = self._plan
        for rule in self._mapping.pain_points:
            touchpoint = self._names.touchpoint(rule.touchpoint, rule.stage)
            pain = self._names.pain_point(rule.title, touchpoint)
            if pain is None:
                continue
            column = self._finder.index(rule.when.column)
            slot = self._writer.pain_points.of(pain)
            when = replace(rule.when, values=self._coded(column, rule.when.values))
            holds = self._test(column, when)
            cells = _rule_cells(holds, slot, self._names, touchpoint)
            plan.rules.append(Rule(rule.title, column, holds, touchpoint, cells, slot))
        plan.rules.sort(key=lambda rule: rule.slot)

    def _test(self, column: int, when: When) -> Callable[[str], bool]:
        """Return a rule's test; on a rated column only scores that count can meet it."""
        long = self._mapping.long
        holds = rule_holds(when, Codes(long.missing if long else ()))
        cells = next((cells for at, _, cells in self._plan.scores if at == column), None)
        if cells is None or when.between is None:
            return holds
        low, high = when.between

        def meets(text: str) -> bool:
            pair = cells[text]
            if not pair:
                return False
            # An answer in words counts as its score; a number is what stands in the file.
            named = parse_number(text) is None
            if not named:
                return holds(text)
            ((_, score),) = unpack_pairs(pair)
            return low <= score <= high

        return meets

    def _comments(self) -> None:
        taken: set[str] = set()
        for comment in self._mapping.comments:
            heading = clean_name(comment.column)[: NAME_LENGTH - 8]
            while heading in taken:
                heading = f"{heading[: NAME_LENGTH - 12]} ({len(taken) + 1})"
            taken.add(heading)
            touchpoint = None
            if comment.touchpoint is not None:
                touchpoint = self._names.touchpoint(comment.touchpoint, comment.stage)
            place = self._finder.index(comment.column)
            self._plan.comments.append(CommentColumn(place, heading, touchpoint))
        self._plan.comments.sort(key=lambda comment: comment.heading)


class LongAsker:
    """Reads the records of a long table: touchpoint, score, metric and stage together."""

    def __init__(self, long: LongMapping, text: str, names: Names, writer: BatchWriter) -> None:
        self._mapping, self._text, self._names, self._writer = long, text, names, writer
        self._missing = Codes(long.missing)
        self._known: dict[tuple[str, str], tuple[int, tuple[int, int]] | None] = {}

    def read(self, key: LongKey) -> tuple[bytes, str]:
        """Return the packed answer; b"" and why where there is none.

        Reasons: those of a score, no_touchpoint, metric.
        """
        parts = iter(key)
        touchpoint, cell = next(parts).strip(), next(parts).strip()
        metric = next(parts).strip() if self._mapping.metric_column else ""
        stage = next(parts, "").strip()
        if not cell or cell in self._missing:
            return b"", ""
        metric = self._mapping.metric or metric_named(metric)
        if not touchpoint or metric not in METRICS:
            return b"", "metric" if touchpoint else "no_touchpoint"
        if (touchpoint, metric) not in self._known:
            self._known[touchpoint, metric] = self._question(touchpoint, metric, stage)
        found = self._known[touchpoint, metric]
        if found is None:
            return b"", ""
        slot, scale = found
        score, reason = score_of(cell, *scale, self._missing)
        return (b"" if score is None else pack_pair(slot, score)), reason

    def _question(
        self, touchpoint: str, metric: str, stage: str
    ) -> tuple[int, tuple[int, int]] | None:
        where = self._names.touchpoint(touchpoint, stage or None)
        if where is None:
            return None
        scale = self._mapping.scale or DEFAULT_SCALES.get(metric, _RATING_SCALE)
        # Only a metric for all has a direction of its own.
        better = self._mapping.higher_is_better if self._mapping.metric else metric != "ces1"
        asked = self._names.question(where, self._text, metric, scale, higher_is_better=better)
        return self._writer.questions.of(asked), scale


def _segment_cells(names: Names, writer: BatchWriter, labels: Labels) -> Cells[str, int]:
    def read(text: str) -> tuple[int, str]:
        if not text or text.isspace():
            return NO_SEGMENT, ""
        segment = names.segment(labels.get(text.strip(), text))
        if segment is None:
            return NO_SEGMENT, ""
        slot = writer.segments.of(segment)
        if slot >= MOST_SEGMENTS:
            raise MappingError("too_many_segments", (text.strip(),))
        return slot, ""

    return Cells(read)


def _rule_cells(
    holds: Callable[[str], bool], slot: int, names: Names, touchpoint: TouchpointId | None
) -> Cells[tuple[str, str], bytes]:
    """Return the readers of (touchpoint of the record or "", cell)."""
    packed = pack_slot(slot)

    def read(key: tuple[str, str]) -> tuple[bytes, str]:
        at, cell = key
        # In a long table a rule is about the records of its own touchpoint.
        elsewhere = bool(at) and names.known_touchpoint(at) != touchpoint
        return (packed if not elsewhere and holds(cell) else b""), ""

    return Cells(read)
