"""What a mapping must satisfy: its own sense, and the columns of the file it is for."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Final

from storage.errors import MappingError
from storage.imports.dates import date_parser, time_zone
from storage.imports.kpi_periods import parse_period
from storage.imports.mapping_parts import (
    TICKET_PERIODS,
    DateSettings,
    Mapping,
    PainPointMapping,
    QuestionMapping,
    TicketsMapping,
)
from storage.imports.signatures import Column

_QUARTER: Final = re.compile(r"[12][0-9]{3}Q[1-4]", re.ASCII)
# 1–10 is in use though no standard: accepted, and never pooled with 0–10.
_NPS_SCALES: Final = frozenset({(0, 10), (1, 10)})


def check_choices(mapping: Mapping) -> None:
    """Refuse a mapping that contradicts itself or leaves a choice open.

    Raises:
        MappingError: no_questions, ces_version, scale, direction, duplicate, rule, rule_scale,
            date_order, date_format, timezone, outcome_bad, months, keep, wrong_value or two_shapes;
            each names every place concerned.
    """
    _check_shape(mapping)
    _check_metrics(mapping)
    _check_questions(mapping.questions)
    _raise_all("rule", [rule.title for rule in mapping.pain_points if not _rule_is_whole(rule)])
    _raise_all("rule_scale", list(_rules_off_scale(mapping)))
    _check_survey(mapping)
    for kpi in mapping.kpis:
        _check_date(f"kpi {kpi.name}", kpi.period)
    if mapping.events is not None:
        _check_log_date("events.time_format", mapping.events.time_format, mapping.events.timezone)
    if mapping.purchases is not None:
        _check_log_date("purchases.date_format", mapping.purchases.date_format, None)
    if mapping.tickets is not None:
        _check_tickets(mapping.tickets)
    outcome = mapping.outcome
    if outcome is not None and not outcome.bad:
        raise MappingError("outcome_bad", (outcome.column,))
    if outcome is not None and outcome.months is not None and outcome.means != "left":
        raise MappingError("months", (outcome.column,))
    for days, period in mapping.periods.items():
        if period and parse_period(period) is None:
            raise MappingError("wrong_value", (f"periods.{days}",), detail="2026, 2026Q3, 2026-07")
    if mapping.source.keep is not None and not mapping.source.keep.values:
        raise MappingError("keep", (mapping.source.keep.column,))


def check_columns(mapping: Mapping, columns: Sequence[Column]) -> None:
    """Refuse a mapping that names columns the file does not have.

    Raises:
        MappingError: unknown_column with all of them and the nearest names of the file.
    """
    finder = ColumnFinder(columns)
    unknown: dict[str, tuple[str, ...]] = {}
    for name in _column_names(mapping):
        if finder.find(name) is None:
            unknown[name] = finder.nearest(name)
    if unknown:
        raise MappingError("unknown_column", tuple(unknown), unknown)


class ColumnFinder:
    """Finds columns by the name a mapping gives them.

    The unique display name counts first, then the header cell as it stands, then either
    without regard to case and white space, then a vendor's id. A name that fits several
    columns in the same way finds none.
    """

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = columns
        self._tiers: list[dict[str, int | None]] = [{}, {}, {}, {}]
        for column in columns:
            keys = (column.name, column.raw, _plain(column.name), column.vendor_id)
            for tier, key in zip(self._tiers, keys, strict=True):
                if key:
                    tier[key] = None if key in tier else column.index

    def find(self, name: str) -> int | None:
        """Return the position of a column, or None."""
        for tier, key in zip(self._tiers, (name, name, _plain(name), name), strict=True):
            place = tier.get(key)
            if place is not None:
                return place
        return None

    def index(self, name: str) -> int:
        """Return the position of a column.

        Raises:
            MappingError: unknown_column.
        """
        place = self.find(name)
        if place is None:
            raise MappingError("unknown_column", (name,), {name: self.nearest(name)})
        return place

    def nearest(self, name: str) -> tuple[str, ...]:
        """Return up to three names of the file that are near."""
        by_plain = {_plain(column.name): column.name for column in self._columns}
        found = get_close_matches(_plain(name), by_plain, n=3, cutoff=0.5)
        return tuple(by_plain[key] for key in found)


def _plain(name: str) -> str:
    return " ".join(name.replace("\ufeff", "").casefold().split())


def _column_names(mapping: Mapping) -> Iterator[str]:
    """Every column a mapping names, each once."""
    names: list[str | None] = []
    if mapping.source.keep is not None:
        names.append(mapping.source.keep.column)
    survey = mapping.survey
    if survey is not None:
        names += [survey.respondent, survey.segment, survey.weight, *survey.covariates]
        names.append(survey.date.column if survey.date else None)
    names += [question.column for question in mapping.questions]
    if mapping.long is not None:
        long = mapping.long
        names += [long.touchpoint, long.score, long.metric_column, long.stage]
    names += [pain.when.column for pain in mapping.pain_points]
    names += [comment.column for comment in mapping.comments]
    names.append(mapping.outcome.column if mapping.outcome else None)
    for kpi in mapping.kpis:
        names += [kpi.column, kpi.period.column, kpi.n]
    events, purchases = mapping.events, mapping.purchases
    if events is not None:
        names += [events.case, events.activity, events.time, events.lifecycle, events.segment]
    if purchases is not None:
        names += [purchases.customer, purchases.date, purchases.amount, purchases.segment]
    if mapping.tickets is not None:
        names += mapping.tickets.columns.values()
    yield from dict.fromkeys(name for name in names if name is not None)


def _check_tickets(tickets: TicketsMapping) -> None:
    _check_log_date("tickets.date_format", tickets.date_format, None)
    if not tickets.ticket:
        raise MappingError("missing_key", ("tickets.ticket",))
    if tickets.period not in TICKET_PERIODS and parse_period(tickets.period) is None:
        told = " | ".join((*TICKET_PERIODS, "2026-07", "2026Q3"))
        raise MappingError("wrong_value", ("tickets.period",), detail=told)
    if tickets.touchpoint and tickets.by:
        raise MappingError("wrong_value", ("tickets.by",), detail="by | touchpoint")


def _raise_all(reason: str, names: list[str]) -> None:
    if names:
        raise MappingError(reason, tuple(names))


def _check_shape(mapping: Mapping) -> None:
    asked = mapping.questions or mapping.long or mapping.outcome or mapping.pain_points
    if mapping.survey is not None and not asked and not mapping.comments:
        raise MappingError("no_questions", ("question",))
    if mapping.long is not None and mapping.questions:
        raise MappingError("two_shapes", ("long", "question"))


def _check_metrics(mapping: Mapping) -> None:
    """A silent flip of CES' direction would reverse every conclusion: the version is forced."""
    open_ces = [question.column for question in mapping.questions if question.metric == "ces"]
    if mapping.long is not None and mapping.long.metric == "ces":
        open_ces.append(mapping.long.score)
    if open_ces:
        raise MappingError(
            "ces_version", tuple(open_ces), dict.fromkeys(open_ces, ("ces1", "ces2"))
        )


def _check_questions(questions: Sequence[QuestionMapping]) -> None:
    wrong = [
        question.column
        for question in questions
        if question.metric == "nps" and question.scale not in _NPS_SCALES
    ]
    wrong += [
        question.column
        for question in questions
        if any(not question.scale[0] <= score <= question.scale[1] for _, score in question.scores)
    ]
    _raise_all("scale", wrong)
    flipped = [
        question.column
        for question in questions
        if question.metric in {"nps", "ces1", "ces2"}
        and question.higher_is_better is (question.metric == "ces1")
    ]
    _raise_all("direction", flipped)
    counts = Counter(question.column for question in questions)
    _raise_all("duplicate", [column for column, count in counts.items() if count > 1])


def _rule_is_whole(rule: PainPointMapping) -> bool:
    when = rule.when
    kinds = (when.between is not None) + bool(when.values) + bool(when.contains)
    ordered = when.between is None or when.between[0] <= when.between[1]
    return kinds == 1 and ordered and not any(not word.strip() for word in when.contains)


def _rules_off_scale(mapping: Mapping) -> Iterator[str]:
    scales = {question.column: question.scale for question in mapping.questions}
    for rule in mapping.pain_points:
        scale, between = scales.get(rule.when.column), rule.when.between
        if scale is None or between is None:
            continue
        if between[1] < scale[0] or between[0] > scale[1]:
            yield rule.title


def _check_survey(mapping: Mapping) -> None:
    survey = mapping.survey
    if survey is None:
        if mapping.questions or mapping.long is not None:
            raise MappingError("missing_key", ("survey",))
        return
    if survey.quarter is not None and not _QUARTER.fullmatch(survey.quarter):
        raise MappingError("wrong_value", ("survey.quarter",), detail="2026Q4")
    if survey.date is not None:
        _check_date("survey.date", survey.date)


def _check_log_date(place: str, date_format: str | None, timezone: str | None) -> None:
    """Check a format that may be left to detection."""
    _check_date(place, DateSettings(place, date_format or "%Y-%m-%d", timezone))


def _check_date(place: str, date: DateSettings) -> None:
    if not date.format:
        raise MappingError("date_order", (date.column,), detail=place)
    try:
        date_parser(date.format)
    except ValueError as error:
        raise MappingError("date_format", (place,), detail=date.format) from error
    if date.timezone is not None:
        try:
            time_zone(date.timezone)
        except ValueError as error:
            raise MappingError("timezone", (place,), detail=date.timezone) from error
