"""Reads a mapping file strictly: every unknown key, wrong value and open choice is named."""

import tomllib
from typing import Final

from storage.errors import MappingError
from storage.imports.durations import UNITS
from storage.imports.mapping_checks import check_choices
from storage.imports.mapping_parts import (
    DEFAULT_SCALES,
    METRICS,
    TICKET_ROLES,
    ChoiceMapping,
    CommentMapping,
    DateSettings,
    EventsMapping,
    Keep,
    KpiMapping,
    LongMapping,
    Mapping,
    OutcomeMapping,
    PainPointMapping,
    PurchasesMapping,
    QuestionMapping,
    SourceSettings,
    SurveySettings,
    TicketsMapping,
    When,
)
from storage.imports.mapping_sections import Section

MAX_CHARACTERS: Final = 2_000_000


def parse_mapping(text: str) -> Mapping:
    """Read a mapping file.

    Raises:
        MappingError: syntax, unknown_key (all of them, with the nearest known ones),
            missing_key, wrong_value, and the reasons of mapping_checks.check_choices.
    """
    if len(text) > MAX_CHARACTERS:
        raise MappingError("syntax", detail="too long")
    try:
        document = tomllib.loads(text.removeprefix("\ufeff"))
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise MappingError("syntax", detail=str(error)) from error
    unknown: dict[str, tuple[str, ...]] = {}
    mapping = _mapping(Section("", document, unknown))
    if unknown:
        raise MappingError("unknown_key", tuple(unknown), unknown)
    check_choices(mapping)
    return mapping


def _mapping(root: Section) -> Mapping:
    mapping = Mapping(
        source=_source(root.table("source")),
        survey=_survey(root.table("survey")),
        questions=tuple(_question(section) for section in root.tables("question")),
        long=_long(root.table("long")),
        pain_points=tuple(_pain_point(section) for section in root.tables("pain_point")),
        outcome=_outcome(root.table("outcome")),
        comments=tuple(_comment(section) for section in root.tables("comment")),
        kpis=tuple(_kpi(section) for section in root.tables("kpi")),
        events=_events(root.table("events")),
        activities=_names(root.table("activities")),
        periods=_names(root.table("periods")),
        choices=tuple(_choice(section) for section in root.tables("choice")),
        purchases=_purchases(root.table("purchases")),
        tickets=_tickets(root.table("tickets")),
    )
    root.done()
    return mapping


def _source(section: Section | None) -> SourceSettings:
    if section is None:
        return SourceSettings()
    keep = section.table("keep")
    kept = None
    if keep is not None:
        kept = Keep(keep.text("column"), keep.texts("values"))
        keep.done()
    settings = SourceSettings(
        encoding=section.maybe_text("encoding"),
        separator=section.maybe_text("separator"),
        header_rows=section.whole("header_rows", 0, 20),
        sheet=section.maybe_text("sheet"),
        keep=kept,
    )
    section.done()
    return settings


def _survey(section: Section | None) -> SurveySettings | None:
    if section is None:
        return None
    date = section.table("date")
    settings = SurveySettings(
        name=section.text("name"),
        design=section.one_of("design", ("relational", "transactional")),
        quarter=section.maybe_text("quarter"),
        date=None if date is None else _date(date),
        respondent=section.maybe_text("respondent"),
        segment=section.maybe_text("segment"),
        weight=section.maybe_text("weight"),
        covariates=section.texts("covariates"),
    )
    section.done()
    return settings


def _date(section: Section) -> DateSettings:
    column, written = section.text("column"), section.maybe_text("format") or ""
    settings = DateSettings(column, written, section.maybe_text("timezone"))
    section.done()
    return settings


def _question(section: Section) -> QuestionMapping:
    column = section.text("column")
    metric = section.one_of("metric", (*METRICS, "ces"))
    scale = section.scale("scale") or DEFAULT_SCALES.get(metric)
    if scale is None and metric != "ces":
        raise MappingError("missing_key", (section.place("scale"),))
    question = QuestionMapping(
        column=column,
        touchpoint=section.text("touchpoint"),
        stage=section.maybe_text("stage"),
        metric=metric,
        scale=scale or (1, 7),
        higher_is_better=section.flag("higher_is_better", metric != "ces1"),
        missing=section.texts("missing"),
        text=section.maybe_text("text"),
        scores=section.scores("scores"),
    )
    section.done()
    return question


def _long(section: Section | None) -> LongMapping | None:
    if section is None:
        return None
    metric = section.text("metric")
    fixed = metric in METRICS or metric == "ces"
    mapping = LongMapping(
        touchpoint=section.text("touchpoint"),
        score=section.text("score"),
        metric=metric if fixed else None,
        metric_column=None if fixed else metric,
        scale=section.scale("scale") or DEFAULT_SCALES.get(metric),
        higher_is_better=section.flag("higher_is_better", metric != "ces1"),
        missing=section.texts("missing"),
        stage=section.maybe_text("stage"),
    )
    section.done()
    return mapping


def _pain_point(section: Section) -> PainPointMapping:
    title = section.text("title")
    when = section.table("when")
    if when is None:
        raise MappingError("missing_key", (section.place("when"),))
    rule = When(
        column=when.text("column"),
        between=when.pair("between"),
        values=when.texts("values"),
        contains=when.texts("contains"),
    )
    when.done()
    mapping = PainPointMapping(
        title=title,
        touchpoint=section.text("touchpoint"),
        when=rule,
        stage=section.maybe_text("stage"),
    )
    section.done()
    return mapping


def _outcome(section: Section | None) -> OutcomeMapping | None:
    if section is None:
        return None
    mapping = OutcomeMapping(
        column=section.text("column"),
        bad=section.texts("bad"),
        means=section.one_of("means", ("left", "dissatisfied")),
        months=section.whole("months", 1, 120),
    )
    section.done()
    return mapping


def _comment(section: Section) -> CommentMapping:
    mapping = CommentMapping(
        section.text("column"), section.maybe_text("touchpoint"), section.maybe_text("stage")
    )
    section.done()
    return mapping


def _kpi(section: Section) -> KpiMapping:
    period = section.table("period")
    if period is None:
        raise MappingError("missing_key", (section.place("period"),))
    column = section.text("column")
    mapping = KpiMapping(
        column=column,
        name=section.maybe_text("name") or column,
        period=_date(period),
        touchpoint=section.maybe_text("touchpoint"),
        owner=section.maybe_text("owner"),
        unit=section.maybe_text("unit"),
        better=section.one_of("better", ("higher", "lower"), "higher"),
        target=section.number("target"),
        n=section.maybe_text("n"),
    )
    section.done()
    return mapping


def _choice(section: Section) -> ChoiceMapping:
    choice = ChoiceMapping(
        kpi=section.text("kpi"),
        clash=section.text("clash"),
        take=section.text("take"),
        touchpoint=section.maybe_text("touchpoint"),
    )
    section.done()
    return choice


def _events(section: Section | None) -> EventsMapping | None:
    if section is None:
        return None
    mapping = EventsMapping(
        case=section.text("case"),
        activity=section.text("activity"),
        time=section.text("time"),
        time_format=section.maybe_text("time_format"),
        timezone=section.maybe_text("timezone"),
        lifecycle=section.maybe_text("lifecycle"),
        segment=section.maybe_text("segment"),
        lifecycle_keep=section.texts("lifecycle_keep"),
        lost=section.texts("lost"),
        retained=section.texts("retained"),
    )
    section.done()
    return mapping


def _tickets(section: Section | None) -> TicketsMapping | None:
    if section is None:
        return None
    columns = {role: section.maybe_text(role) for role in TICKET_ROLES if role != "ticket"}
    repeat_days = section.whole("repeat_days", 0, 365)
    mapping = TicketsMapping(
        ticket=section.text("ticket"),
        closed=section.texts("closed"),
        reply_unit=section.one_of("reply_unit", ("", *UNITS), "") or None,
        resolution_unit=section.one_of("resolution_unit", ("", *UNITS), "") or None,
        touchpoint=section.maybe_text("touchpoint"),
        period=section.maybe_text("period") or "month",
        repeat_days=7 if repeat_days is None else repeat_days,
        date_format=section.maybe_text("date_format"),
        **columns,
    )
    section.done()
    return mapping


def _names(section: Section | None) -> dict[str, str]:
    if section is None:
        return {}
    # What is mapped to "" is left out.
    return {name: section.maybe_text(name) or "" for name in section.content}


def _purchases(section: Section | None) -> PurchasesMapping | None:
    if section is None:
        return None
    mapping = PurchasesMapping(
        customer=section.text("customer"),
        date=section.text("date"),
        amount=section.text("amount"),
        date_format=section.maybe_text("date_format"),
        segment=section.maybe_text("segment"),
    )
    section.done()
    return mapping
