"""Writes a mapping file; what is still to be chosen stands in it as a comment."""

import json
from collections.abc import Iterator

from storage.imports.durations import unit_in_header
from storage.imports.mapping_parts import (
    DEFAULT_SCALES,
    DateSettings,
    KpiMapping,
    LongMapping,
    Mapping,
    OutcomeMapping,
    PainPointMapping,
    QuestionMapping,
    SourceSettings,
    SurveySettings,
    TicketsMapping,
    When,
)

_REPEAT_DAYS = 7
Value = str | int | float | bool | tuple[str, ...] | tuple[float, float] | None


def write_mapping(mapping: Mapping) -> str:
    """Return the TOML text of a mapping; parse_mapping gives the same mapping back.

    Where a choice is open the text says so beside it, and reading it is refused until the
    choice is made.
    """
    sections = [section for section in _sections(mapping) if section]
    return "\n\n".join("\n".join(section) for section in sections) + "\n"


def toml_text(text: str) -> str:
    """Return a text as a TOML basic string."""
    plain = text.encode("utf-8", "replace").decode("utf-8")
    return json.dumps(plain, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return toml_text(value)
    if isinstance(value, tuple):
        return "[" + ", ".join(_value(part) for part in value) + "]"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


def _lines(head: str, **values: Value) -> list[str]:
    """Return one table; what is None or empty is left out."""
    body = [f"{key} = {_value(value)}" for key, value in values.items() if value not in (None, ())]
    return [head, *body]


def _inline(**values: Value) -> str:
    parts = [f"{key} = {_value(value)}" for key, value in values.items() if value not in (None, ())]
    return "{ " + ", ".join(parts) + " }"


def _sections(mapping: Mapping) -> Iterator[list[str]]:
    yield _source(mapping.source)
    if mapping.survey is not None:
        yield _survey(mapping.survey)
    if mapping.long is not None:
        yield _long(mapping.long)
    for question in mapping.questions:
        yield _question(question)
    for pain_point in mapping.pain_points:
        yield _pain_point(pain_point)
    if mapping.outcome is not None:
        yield _outcome(mapping.outcome)
    for comment in mapping.comments:
        yield _lines(
            "[[comment]]",
            column=comment.column,
            touchpoint=comment.touchpoint,
            stage=comment.stage,
        )
    for kpi in mapping.kpis:
        yield _kpi(kpi)
    for choice in mapping.choices:
        yield _lines(
            "[[choice]]",
            kpi=choice.kpi,
            touchpoint=choice.touchpoint,
            clash=choice.clash,
            take=choice.take,
        )
    yield from _logs(mapping)


def _logs(mapping: Mapping) -> Iterator[list[str]]:
    events, purchases = mapping.events, mapping.purchases
    if events is not None:
        yield _lines(
            "[events]",
            case=events.case,
            activity=events.activity,
            time=events.time,
            time_format=events.time_format,
            timezone=events.timezone,
            lifecycle=events.lifecycle,
            segment=events.segment,
            lifecycle_keep=events.lifecycle_keep,
            lost=events.lost,
            retained=events.retained,
        )
    for section, names in (("[activities]", mapping.activities), ("[periods]", mapping.periods)):
        if names:
            yield [section, *(f"{toml_text(name)} = {toml_text(to)}" for name, to in names.items())]
    if mapping.tickets is not None:
        yield _tickets(mapping.tickets)
    if purchases is not None:
        yield _lines(
            "[purchases]",
            customer=purchases.customer,
            date=purchases.date,
            amount=purchases.amount,
            date_format=purchases.date_format,
            segment=purchases.segment,
        )


def _tickets(tickets: TicketsMapping) -> list[str]:
    more = {role: name for role, name in tickets.columns.items() if role != "ticket"}
    lines = _lines(
        "[tickets]",
        ticket=tickets.ticket,
        **more,
        closed=tickets.closed,
        reply_unit=tickets.reply_unit,
        resolution_unit=tickets.resolution_unit,
        touchpoint=tickets.touchpoint,
        period=tickets.period,
        repeat_days=None if tickets.repeat_days == _REPEAT_DAYS else tickets.repeat_days,
        date_format=tickets.date_format,
    )
    if not tickets.by and not tickets.touchpoint:
        lines.append(
            '# The whole company\'s. Else: touchpoint = "Support call", or by = "Group",'
            " a column of touchpoints."
        )
    for role, column, unit in (
        ("reply", tickets.reply, tickets.reply_unit),
        ("resolution", tickets.resolution, tickets.resolution_unit),
    ):
        if column and not unit and not unit_in_header(column):
            lines.append(f'# Where the cells of {role} do not say it: {role}_unit = "min"')
    return lines


def _source(source: SourceSettings) -> list[str]:
    if source == SourceSettings():
        return []
    lines = _lines(
        "[source]",
        encoding=source.encoding,
        separator=source.separator,
        header_rows=source.header_rows,
        sheet=source.sheet,
    )
    if source.keep is not None:
        keep = _inline(column=source.keep.column, values=source.keep.values)
        lines.append(f"keep = {keep}")
    return lines


def _date(date: DateSettings) -> str:
    return _inline(column=date.column, format=date.format, timezone=date.timezone)


def _survey(survey: SurveySettings) -> list[str]:
    lines = _lines("[survey]", name=survey.name, design=survey.design, quarter=survey.quarter)
    if survey.date is not None:
        if not survey.date.format:
            lines.append(
                "# Choose: day and month can be read either way round."
                ' format = "%d/%m/%Y" or "%m/%d/%Y", with the time after it as in the file.'
            )
        lines.append(f"date = {_date(survey.date)}")
        if survey.date.timezone is None and "%z" not in survey.date.format:
            lines.append('# The file names no time zone: UTC is taken. timezone = "Europe/Oslo"')
    elif survey.quarter is None:
        lines.append("# Choose: the file has no dates. When were the answers given?")
        lines.append('# quarter = "2026Q4"')
    return (
        lines
        + _lines(
            "",
            respondent=survey.respondent,
            segment=survey.segment,
            weight=survey.weight,
            covariates=survey.covariates,
        )[1:]
    )


def _long(long: LongMapping) -> list[str]:
    return _lines(
        "[long]",
        touchpoint=long.touchpoint,
        score=long.score,
        metric=long.metric or long.metric_column,
        scale=_scale(long.scale),
        higher_is_better=_direction(long.metric, long.higher_is_better),
        missing=long.missing,
        stage=long.stage,
    )


def _scale(scale: tuple[int, int] | None) -> tuple[float, float] | None:
    return None if scale is None else (float(scale[0]), float(scale[1]))


def _direction(metric: str | None, higher_is_better: bool) -> bool | None:
    """Only what differs from the metric's own direction is written."""
    return None if higher_is_better is (metric != "ces1") else higher_is_better


def _question(question: QuestionMapping) -> list[str]:
    lines = _lines(
        "[[question]]",
        column=question.column,
        text=question.text,
        touchpoint=question.touchpoint,
        stage=question.stage,
        metric=question.metric,
        scale=_scale(question.scale),
        higher_is_better=_direction(question.metric, question.higher_is_better),
        missing=question.missing,
    )
    if question.scores:
        told = ", ".join(f"{toml_text(text)} = {score}" for text, score in question.scores)
        lines.append(f"scores = {{ {told} }}")
    if question.metric not in {*DEFAULT_SCALES, "rating"}:
        lines.insert(
            1,
            '# Choose: metric = "ces1" where low effort is good,'
            ' "ces2" where agreeing that it was easy is good.',
        )
    return lines


def _pain_point(pain_point: PainPointMapping) -> list[str]:
    lines = _lines(
        "[[pain_point]]",
        title=pain_point.title,
        touchpoint=pain_point.touchpoint,
        stage=pain_point.stage,
    )
    return [*lines, f"when = {_when(pain_point.when)}"]


def _when(when: When) -> str:
    return _inline(
        column=when.column, between=when.between, values=when.values, contains=when.contains
    )


def _outcome(outcome: OutcomeMapping) -> list[str]:
    lines = _lines(
        "[outcome]",
        column=outcome.column,
        bad=outcome.bad,
        means=outcome.means,
        months=outcome.months,
    )
    if not outcome.bad:
        lines.insert(2, '# Choose: which values are bad? bad = ["…"]')
    return lines


def _kpi(kpi: KpiMapping) -> list[str]:
    lines = _lines(
        "[[kpi]]",
        column=kpi.column,
        name=kpi.name,
        touchpoint=kpi.touchpoint,
        owner=kpi.owner,
        unit=kpi.unit,
        better=kpi.better,
        target=kpi.target,
        n=kpi.n,
    )
    return [*lines, f"period = {_date(kpi.period)}"]
