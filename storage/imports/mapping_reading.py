"""Reads a mapping file strictly: every unknown key, wrong value and open choice is named."""

import tomllib
from difflib import get_close_matches
from typing import Any, Final

from storage.errors import MappingError
from storage.imports.mapping_checks import check_choices
from storage.imports.mapping_parts import (
    DEFAULT_SCALES,
    METRICS,
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
    Scale,
    SourceSettings,
    SurveySettings,
    When,
)

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
    mapping = _mapping(_Section("", document, unknown))
    if unknown:
        raise MappingError("unknown_key", tuple(unknown), unknown)
    check_choices(mapping)
    return mapping


class _Section:
    """One table of the file: takes keys out by type and notes the ones nobody asked for."""

    def __init__(
        self, path: str, content: dict[str, Any], unknown: dict[str, tuple[str, ...]]
    ) -> None:
        self.path = path
        self.content = content
        self.unknown = unknown
        self.asked: list[str] = []

    def place(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def _take(self, key: str) -> Any:
        self.asked.append(key)
        return self.content.get(key)

    def wrong(self, key: str, expected: str) -> MappingError:
        return MappingError("wrong_value", (self.place(key),), detail=expected)

    def text(self, key: str) -> str:
        value = self.maybe_text(key)
        if not value:
            raise MappingError("missing_key", (self.place(key),))
        return value

    def maybe_text(self, key: str) -> str | None:
        value = self._take(key)
        if value is None:
            return None
        if not isinstance(value, str):
            raise self.wrong(key, "text")
        return value

    def one_of(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        value = self.maybe_text(key) or default
        if value is None:
            raise MappingError("missing_key", (self.place(key),), {self.place(key): allowed})
        if value not in allowed:
            near = {self.place(key): allowed}
            raise MappingError("wrong_value", (self.place(key),), near, " | ".join(allowed))
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; a single text or whole number is taken as a list of one."""
        value = self._take(key)
        if value is None:
            return ()
        items = value if isinstance(value, list) else [value]
        found = tuple(
            str(item)
            for item in items
            if isinstance(item, str | int) and not isinstance(item, bool)
        )
        if len(found) != len(items):
            raise self.wrong(key, "texts")
        return found

    def flag(self, key: str, default: bool) -> bool:
        value = self._take(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise self.wrong(key, "true or false")
        return value

    def whole(self, key: str, low: int, high: int) -> int | None:
        value = self._take(key)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise self.wrong(key, f"{low} to {high}")
        return value

    def number(self, key: str) -> float | None:
        value = self._take(key)
        if value is None:
            return None
        if not isinstance(value, int | float) or isinstance(value, bool) or value - value != 0:
            raise self.wrong(key, "a number")
        return float(value)

    def pair(self, key: str) -> tuple[float, float] | None:
        value = self._take(key)
        if value is None:
            return None
        good = isinstance(value, list) and len(value) == 2
        if not good or not all(
            isinstance(part, int | float) and not isinstance(part, bool) and part - part == 0
            for part in value
        ):
            raise self.wrong(key, "[low, high]")
        return float(value[0]), float(value[1])

    def scale(self, key: str) -> Scale | None:
        found = self.pair(key)
        if found is None:
            return None
        low, high = found
        if not (low.is_integer() and high.is_integer()) or not -100 <= low < high <= 100:
            raise MappingError("scale", (self.place(key),), detail=f"{low:g} to {high:g}")
        return int(low), int(high)

    def scores(self, key: str) -> tuple[tuple[str, int], ...]:
        """A table of answers and the whole numbers they count as."""
        value = self._take(key)
        if value is None:
            return ()
        if not isinstance(value, dict) or not all(
            isinstance(score, int) and not isinstance(score, bool) for score in value.values()
        ):
            raise self.wrong(key, "{ answer = score, … }")
        return tuple(value.items())

    def table(self, key: str) -> "_Section | None":
        value = self._take(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise self.wrong(key, "a table")
        return _Section(self.place(key), value, self.unknown)

    def tables(self, key: str) -> list["_Section"]:
        value = self._take(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.wrong(key, "tables")
        return [
            _Section(f"{self.place(key)}[{number}]", item, self.unknown)
            for number, item in enumerate(value, start=1)
        ]

    def done(self) -> None:
        """Note the keys that are left: misspelt ones must not be lost silently."""
        for key in self.content:
            if key not in self.asked:
                near = get_close_matches(key, self.asked, n=3, cutoff=0.5)
                self.unknown[self.place(key)] = tuple(near)


def _mapping(root: _Section) -> Mapping:
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
        purchases=_purchases(root.table("purchases")),
    )
    root.done()
    return mapping


def _source(section: _Section | None) -> SourceSettings:
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


def _survey(section: _Section | None) -> SurveySettings | None:
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


def _date(section: _Section) -> DateSettings:
    column, written = section.text("column"), section.maybe_text("format") or ""
    settings = DateSettings(column, written, section.maybe_text("timezone"))
    section.done()
    return settings


def _question(section: _Section) -> QuestionMapping:
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


def _long(section: _Section | None) -> LongMapping | None:
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


def _pain_point(section: _Section) -> PainPointMapping:
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


def _outcome(section: _Section | None) -> OutcomeMapping | None:
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


def _comment(section: _Section) -> CommentMapping:
    mapping = CommentMapping(
        section.text("column"), section.maybe_text("touchpoint"), section.maybe_text("stage")
    )
    section.done()
    return mapping


def _kpi(section: _Section) -> KpiMapping:
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


def _events(section: _Section | None) -> EventsMapping | None:
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


def _names(section: _Section | None) -> dict[str, str]:
    if section is None:
        return {}
    # What is mapped to "" is left out.
    return {name: section.maybe_text(name) or "" for name in section.content}


def _purchases(section: _Section | None) -> PurchasesMapping | None:
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
