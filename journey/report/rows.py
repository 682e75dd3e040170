"""How the rows, KPIs, fixes and comments of a report read."""

from collections.abc import Iterable
from dataclasses import replace

from journey.metrics.kinds import Metric
from journey.priority.result import Level
from journey.report.figures import MINUS, Unit, grouped, long_date, percent, quarter_words
from journey.report.pack import (
    CommentFact,
    FixFact,
    KpiFact,
    MetricChange,
    MetricFact,
    PackRow,
    RankChange,
)
from journey.report.texts import CommentText, FixText, KpiText, RowText
from journey.report.words import Words


def row_text(row: PackRow, words: Words, unit: Unit) -> RowText:
    """Return how a row reads."""
    item = row.item
    text = RowText(
        rank=words("none") if item.rank is None else str(item.rank),
        change=_change(row, words),
        title=item.title,
        where=" · ".join(filter(None, (item.touchpoint_name, item.stage_name))),
        segment=words("segment_most", segment=row.segment) if row.segment else "",
        improvement=item.improvement_title,
        chance=words("none") if item.p_top5 is None else percent(item.p_top5),
        effort=words("none") if item.rank is None else _effort(row, words),
        level=item.level.value,
        level_name=words.level(item.level),
        due=words("due_on", date=long_date(row.due)) if row.due else "",
        status=words.status(row.status) if row.status else "",
    )
    return _with_metric(_with_value(text, row, words, unit), row, words)


def _change(row: PackRow, words: Words) -> str:
    if row.change is RankChange.UNKNOWN:
        return ""
    return words(f"change.{row.change.value}", rank=row.rank_before)


def _effort(row: PackRow, words: Words) -> str:
    key = "days_assumed" if row.item.effort_assumed else "days_short"
    return words(key, days=days_text(row.item.effort_days))


def days_text(days: float) -> str:
    """Return days of work: whole from ten on, else with a half where there is one."""
    return grouped(days, 0 if days == int(days) or days >= 10 else 1)


def _with_value(text: RowText, row: PackRow, words: Words, unit: Unit) -> RowText:
    figure = row.figure
    if figure is None:
        return replace(text, no_value=no_value_text(row, words))
    low = high = interval = ""
    if figure.low80 is not None and figure.high80 is not None:
        low = unit.text(figure.low80, with_unit=False)
        high = unit.text(figure.high80, with_unit=False)
        interval = words("interval", low=low, high=high)
    shown = f"{grouped(figure.mean / unit.scale, unit.decimals)} {unit.label}".rstrip()
    bare = unit.text(figure.mean, with_unit=False)
    return replace(text, value=shown, bare=bare, low=low, high=high, interval=interval)


def no_value_text(row: PackRow, words: Words) -> str:
    """Say in words what is missing; a level never claims what it does not know."""
    level = row.item.level
    if level is Level.D and row.item.index_mean is not None:
        return words("figure.D", index=grouped(row.item.index_mean, 1))
    if level in (Level.E, Level.F):
        return words(f"figure.{level.value}")
    return words("figure.none")


def _with_metric(text: RowText, row: PackRow, words: Words) -> RowText:
    fact = row.metric
    if fact is None:
        return replace(text, no_metric=words("not_asked"))
    if fact.value is None:
        return replace(text, no_metric=words("too_few", n=fact.n))
    target, detail = "", ""
    difference = _difference(fact, row.metric_change)
    if row.metric_change is not None:
        quarter = quarter_words(row.metric_change.quarter)
        detail = words("since.detail", difference=difference, quarter=quarter)
    if row.metric_target is not None:
        target = words("target_short", value=score_text(fact.metric, row.metric_target))
    return replace(
        text,
        metric=score_text(fact.metric, fact.value),
        metric_name=words(f"metric.{fact.metric.value}"),
        margin="" if fact.margin is None else f"±{_points(fact.metric, fact.margin)}",
        answers=grouped(fact.n),
        target=target,
        since=_since(row.metric_change, words),
        since_detail=detail,
        difference=difference,
    )


def score_text(metric: Metric, value: float) -> str:
    """Return a metric's figure: NPS in whole points with its sign, else one decimal."""
    if metric is not Metric.NPS:
        return grouped(value, 1)
    return signed(value, 0)


def _points(metric: Metric, value: float) -> str:
    return grouped(value, 0 if metric is Metric.NPS else 1)


def signed(value: float, decimals: int) -> str:
    """Return a figure with its sign; zero has none."""
    text = grouped(value, decimals)
    zero = not any(digit in text for digit in "123456789")
    return text if text.startswith(MINUS) or zero else f"+{text}"


def _since(change: MetricChange | None, words: Words) -> str:
    if change is None:
        return ""
    return words("since.changed" if change.changed else "since.same")


def _difference(fact: MetricFact, change: MetricChange | None) -> str:
    if change is None:
        return ""
    return signed(change.difference, 0 if fact.metric is Metric.NPS else 1)


def kpi_text(fact: KpiFact, words: Words) -> KpiText:
    """Return how a KPI reads against its target."""
    if fact.value is None:
        reading = words("no_observation")
    elif fact.met is None:
        reading = words("no_target")
    else:
        reading = words("met" if fact.met else "missed")
    target = "" if fact.target is None else amount(fact.target, fact.unit)
    return KpiText(
        name=fact.name,
        where=fact.touchpoint or words("whole_company"),
        value=words("none") if fact.value is None else amount(fact.value, fact.unit),
        target=words("target_short", value=target) if target else "",
        period=_period(fact.period),
        reading=reading,
    )


def _period(period: str) -> str:
    return quarter_words(period) if "Q" in period else period


def amount(value: float, unit: str) -> str:
    """Return a KPI's value with its unit: at most two decimals, none that say nothing."""
    decimals = next((d for d in (0, 1) if round(value, d) == round(value, 2)), 2)
    return f"{grouped(value, decimals)} {unit}".rstrip()


def fix_text(fact: FixFact, words: Words, unit: Unit) -> FixText:
    """Return what a finished improvement was to bring and what came, as a sentence."""
    predicted, observed = fact.predicted, fact.observed
    if predicted is None and observed is None:
        done = fact.done_on
        known = words("fix.done", date=long_date(done)) if done else words("fix.none")
        return FixText(fact.title, known)
    facts = {"observed": "" if observed is None else unit.text(observed)}
    if predicted is None:
        return FixText(fact.title, words("fix.observed", **facts))
    facts["mean"] = unit.text(predicted.mean)
    if predicted.low80 is None or predicted.high80 is None:
        key = "fix.predicted_bare" if observed is None else "fix.bare"
        return FixText(fact.title, words(key, **facts))
    facts["low"] = unit.text(predicted.low80, with_unit=False)
    facts["high"] = unit.text(predicted.high80, with_unit=False)
    if observed is None:
        return FixText(fact.title, words("fix.predicted", **facts))
    reading = "inside"
    if not fact.inside:
        reading = "above" if observed > predicted.high80 else "below"
    facts["reading"] = words(f"fix.{reading}")
    return FixText(fact.title, words("fix.both", **facts))


def comment_text(fact: CommentFact, words: Words) -> CommentText:
    """Return a comment in quotation marks and where it comes from."""
    when = long_date(fact.on) if fact.on else ""
    source = " · ".join(filter(None, (fact.touchpoint, fact.segment, when)))
    return CommentText(words("quote", text=fact.text), source)


def titles_text(titles: Iterable[str], most: int = 6) -> str:
    """Return titles set side by side; of many the first ones and how many more."""
    known = list(titles)
    shown = "; ".join(known[:most])
    return shown if len(known) <= most else f"{shown}; +{len(known) - most}"
