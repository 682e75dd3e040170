"""How a pack's page reads, from its head to its foot."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from journey.model.ids import LeaderId
from journey.priority.result import Basis, Level
from journey.report.comments import ANSWERS_FOR_A_COMMENT
from journey.report.decision import decision_words
from journey.report.figures import (
    Unit,
    grouped,
    long_date,
    quarter_words,
    short_hash,
    unit_of,
)
from journey.report.pack import AssumptionFact, Axis, Foot, Pack, PackRow, RankChange
from journey.report.rows import (
    comment_text,
    fix_text,
    kpi_text,
    row_text,
    signed,
    titles_text,
)
from journey.report.texts import ColumnText, FootText, PackText
from journey.report.warnings import explain_warning
from journey.report.words import Words

# How many reasons why others are not higher stand on a page.
_REASONS = 3
# So many KPIs are read at a glance; all of them stand in the spreadsheet.
_KPIS = 6


def written(pack: Pack) -> Pack:
    """Return the pack with all its texts."""
    words = Words(pack.language)
    unit = unit_of(pack, words)
    kpis = tuple(replace(fact, text=kpi_text(fact, words)) for fact in pack.kpis)
    fixes = tuple(replace(fact, text=fix_text(fact, words, unit)) for fact in pack.fixes)
    all_rows = tuple(replace(row, text=row_text(row, words, unit)) for row in pack.all_rows)
    asked = {row.item.pain_point for row in pack.decision.rows}
    decision = replace(
        pack.decision, rows=tuple(row for row in all_rows if row.item.pain_point in asked)
    )
    told = replace(
        pack,
        rows=all_rows[: len(pack.rows)],
        all_rows=all_rows,
        decision=decision,
        kpis=kpis,
        fixes=fixes,
    )
    return replace(told, text=_page(told, words, unit))


def _page(pack: Pack, words: Words, unit: Unit) -> PackText:
    decision = decision_words(pack, words, unit)
    leader = leader_text(pack.leader, pack.leader_name, pack.leader_role, words)
    nobody = pack.leader is None
    own = [fact for fact in pack.kpis if fact.own][:_KPIS]
    text = PackText(
        title=" · ".join(
            filter(None, (leader, quarter_words(pack.quarter) if pack.quarter else ""))
        ),
        workspace=pack.workspace,
        state=state_text(pack.quarter, pack.frozen_on, words, draft=pack.draft),
        leader=leader,
        lead=_lead(pack, words),
        decision_title=words("decision"),
        decision=decision.headline,
        decision_detail=decision.detail,
        columns=columns_text(pack.basis, unit, pack.decision.top_k, pack.before, words),
        unit=unit_text(pack.basis, pack.index_unit, unit, words),
        ticks=ticks_text(pack.axis, unit),
        legend=legend_text(pack.rows, pack.axis, words),
        tinted=words("tinted_short") if any(row.asked for row in pack.rows) else "",
        more=_more(pack, words),
        fixes_title=words("fixes_nobody" if nobody else "fixes_title") if pack.fixes else "",
        fixes=tuple(fact.text for fact in pack.fixes),
        comments_title=words("comments_title") if pack.comments else "",
        comments=tuple(comment_text(fact, words) for fact in pack.comments),
        kpis_title=words("kpis_nobody" if nobody else "kpis_title") if own else "",
        kpis=tuple(fact.text for fact in own),
        change_title=_change_title(pack.before, words),
        change=_change(pack, words),
        all_rows_title=words("appendix_of", leader=leader),
        foot=_foot(pack, words),
    )
    return _with_reasons(text, pack, words)


def leader_text(leader: LeaderId | None, name: str, role: str, words: Words) -> str:
    """Return who it is: name and role, or that nobody is."""
    if leader is None:
        return words("unassigned")
    return ", ".join(filter(None, (name or words("no_name"), role)))


def state_text(quarter: str | None, frozen_on: date | None, words: Words, *, draft: bool) -> str:
    """Return the quarter and its state, as "2026 Q4, draft"."""
    label = quarter_words(quarter) if quarter else words("no_quarter")
    if draft:
        return f"{label}, {words('draft')}"
    if frozen_on is None:
        return label
    return f"{label}, {words('frozen', date=long_date(frozen_on))}"


def _lead(pack: Pack, words: Words) -> str:
    mine = len(pack.all_rows)
    key = "lead" if pack.leader else "lead_nobody"
    key += "_one" if mine == 1 else ""
    return words(key, mine=mine, all=pack.rows_in_all, order=words.order(pack.basis))


def columns_text(
    basis: Basis, unit: Unit, top_k: int, before: str | None, words: Words
) -> ColumnText:
    """Return the headings of rows."""
    value = words("value" if basis is Basis.MONEY else "index")
    if unit.label:
        value = words("title_unit", title=value, unit=unit.label)
    return ColumnText(
        rank=words("rank"),
        pain_point=words("pain_point"),
        value=value,
        chance=words("p_top", k=top_k),
        effort=words("effort_short"),
        level=words("level"),
        metric=words("metric_now_short"),
        since=words("since", quarter=quarter_words(before)) if before else "",
        work=words("work"),
    )


def unit_text(basis: Basis, index_unit: str, unit: Unit, words: Words) -> str:
    """Return what the values of a list are."""
    if basis is Basis.MONEY:
        return words("unit.money", unit=unit.label)
    return words(f"unit.{index_unit}") if basis is Basis.INDEX else ""


def ticks_text(axis: Axis | None, unit: Unit) -> tuple[str, ...]:
    """Return the figures at the ticks of an axis."""
    return () if axis is None else tuple(unit.text(t, with_unit=False) for t in axis.ticks)


def legend_text(rows: Iterable[PackRow], axis: Axis | None, words: Words) -> tuple[str, ...]:
    """Return what the marks mean: the bar first where there is one, then each level shown."""
    shown = list(rows)
    levels = [level for level in Level if any(row.item.level is level for row in shown)]
    parts = [words("legend.bar")] if axis else []
    parts += [f"{level.value} {words.level(level)}" for level in levels]
    if any(row.item.effort_assumed and row.item.rank is not None for row in shown):
        parts.append(words("legend.assumed"))
    return tuple(parts)


def _more(pack: Pack, words: Words) -> str:
    count = len(pack.all_rows) - len(pack.rows)
    if not count:
        return ""
    return words("more_appendix_one") if count == 1 else words("more_appendix", count=count)


def _with_reasons(text: PackText, pack: Pack, words: Words) -> PackText:
    ranked = [row for row in pack.rows if row.item.rank is not None]
    if not ranked:
        return text
    first, *others = ranked
    if first.item.sentence:
        text = replace(
            text, why_title=words("why_title", rank=first.item.rank), why=first.item.sentence
        )
    held = tuple(
        (f"{row.item.rank} {row.item.title}", row.item.why_not_higher)
        for row in others
        if row.item.why_not_higher
    )[:_REASONS]
    return replace(text, why_not_title=words("why_not_title"), why_not=held) if held else text


def _change_title(before: str | None, words: Words) -> str:
    return words("change_title", quarter=quarter_words(before)) if before else ""


def _change(pack: Pack, words: Words) -> tuple[str, ...]:
    if pack.before is None:
        return ()
    new = [row.item.title for row in pack.all_rows if row.change is RankChange.NEW]
    parts = [words("change.new_rows", titles=titles_text(new))] if new else []
    parts += [words("change.gone_rows", titles=titles_text(pack.gone))] if pack.gone else []
    parts = parts or [words("change.none")]
    compared = [row for row in pack.all_rows if row.metric and row.metric_change]
    if not compared:
        return tuple(parts)
    moved = {_moved(row, words): None for row in compared if _is_changed(row)}
    if moved:
        parts.append(words("change.metrics", names=titles_text(moved)))
    else:
        parts.append(words("change.metrics_none"))
    return tuple(parts)


def _is_changed(row: PackRow) -> bool:
    return row.metric_change is not None and row.metric_change.changed


def _moved(row: PackRow, words: Words) -> str:
    assert row.metric is not None
    assert row.metric_change is not None
    decimals = 0 if row.metric.metric.value == "nps" else 1
    return words(
        "change.metric",
        touchpoint=row.metric.touchpoint,
        metric=words(f"metric.{row.metric.metric.value}"),
        difference=signed(row.metric_change.difference, decimals),
    )


def _foot(pack: Pack, words: Words) -> FootText:
    ordered = pack.basis is Basis.ORDER
    text = foot_text(pack.foot, pack.assumptions, words, ordered=ordered, minimum=pack.minimum_n)
    return replace(text, warnings=tuple(explain_warning(warning) for warning in pack.warnings))


def foot_text(
    foot: Foot,
    assumptions: Iterable[AssumptionFact],
    words: Words,
    *,
    ordered: bool,
    minimum: int,
) -> FootText:
    """Return method, assumptions and trace.

    Args:
        ordered: whether the list only has an order.
        minimum: answers under which no figure is shown.
    """
    key = "method_text.order" if ordered else "method_text"
    trace = words(
        "foot_trace_text",
        answers=grouped(foot.answers),
        minimum=minimum,
        comments=ANSWERS_FOR_A_COMMENT,
        date=long_date(foot.generated_on),
        hash=short_hash(foot.content_sha256),
        seed=foot.seed,
        draws=grouped(foot.draws),
        version=foot.method_version,
    )
    return FootText(
        method_title=words("foot_method"),
        method=words(key, draws=grouped(foot.draws), seed=foot.seed, version=foot.method_version),
        assumptions_title=words("assumptions"),
        assumptions=_assumptions(assumptions, words),
        trace_title=words("foot_trace"),
        trace=trace,
    )


def _assumptions(facts: Iterable[AssumptionFact], words: Words) -> str:
    """Name what differs from the defaults."""
    changed = [
        f"{words.assumption(fact.name)} {fact.value:g} ({fact.default:g})"
        for fact in facts
        if fact.default is not None and fact.value != fact.default
    ]
    if not changed:
        return words("assumptions_all_default")
    return words("assumptions_more", changed=" · ".join(changed))
