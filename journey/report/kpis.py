"""The KPIs of a pack: which ones, and their latest observation."""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from journey.metrics.kinds import Metric
from journey.model.evidence import Kpi, Observation
from journey.model.ids import KpiId, LeaderId, TouchpointId
from journey.model.quarter import parse_quarter, quarter_number, quarter_of
from journey.model.workspace import Workspace
from journey.report.pack import KpiFact, MetricFact

# By which words a KPI is known to set the target of a metric at its touchpoint.
_METRIC_WORDS = {
    Metric.NPS: ("nps", "net promoter"),
    Metric.CSAT: ("csat", "satisfaction"),
    Metric.CES1: ("ces", "effort score"),
    Metric.CES2: ("ces", "effort score"),
}
_MONTH = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")


def all_kpis(ws: Workspace, quarter: str | None) -> tuple[tuple[Kpi, KpiFact], ...]:
    """Return every KPI with its latest observation, by id.

    The observation is the latest of a period that ends no later than the quarter; periods that
    name neither a quarter nor a month count as before all others.
    """
    latest = _latest(ws, quarter)
    in_order = sorted(ws.kpis.values(), key=lambda k: k.id)
    return tuple((kpi, _fact(ws, kpi, latest.get(kpi.id))) for kpi in in_order)


def kpi_facts(
    kpis: Iterable[tuple[Kpi, KpiFact]],
    leader: LeaderId | None,
    touchpoints: Collection[TouchpointId],
) -> tuple[KpiFact, ...]:
    """Return a leader's KPIs, those of the touchpoints, and those of the whole company."""
    found = []
    for kpi, fact in kpis:
        own = kpi.touchpoint in touchpoints or (leader is not None and kpi.owner == leader)
        if own or kpi.touchpoint is None:
            found.append(replace(fact, own=own))
    return tuple(found)


def _fact(ws: Workspace, kpi: Kpi, latest: Observation | None) -> KpiFact:
    touchpoint = ws.touchpoints.get(kpi.touchpoint) if kpi.touchpoint else None
    value = latest.value if latest else None
    met = None
    if value is not None and kpi.target is not None:
        met = value <= kpi.target if kpi.better == "lower" else value >= kpi.target
    return KpiFact(
        name=kpi.name,
        touchpoint=touchpoint.name if touchpoint else "",
        unit=kpi.unit,
        better=kpi.better,
        target=kpi.target,
        period=latest.period if latest else "",
        value=value,
        n=latest.n if latest else None,
        met=met,
    )


def metric_target(
    ws: Workspace, touchpoint: TouchpointId | None, metric: MetricFact
) -> float | None:
    """Return the target a KPI of this touchpoint sets for the metric; None without one.

    A target outside the metric's own scale is about something else, as a CSAT in per cent.
    """
    low, high = (-100, 100) if metric.metric is Metric.NPS else metric.scale
    for kpi in sorted(ws.kpis.values(), key=lambda k: k.id):
        if touchpoint is None or kpi.touchpoint != touchpoint or kpi.target is None:
            continue
        words = re.findall(r"[^\W\d_]+", kpi.name.casefold())
        named = any(word in f" {' '.join(words)} " for word in _padded(metric.metric))
        if named and low <= kpi.target <= high:
            return kpi.target
    return None


def _padded(metric: Metric) -> tuple[str, ...]:
    return tuple(f" {word} " for word in _METRIC_WORDS.get(metric, ()))


def _latest(ws: Workspace, quarter: str | None) -> dict[KpiId, Observation]:
    first_month = ws.info.fiscal_year_start_month
    last = quarter_number(quarter)
    found: dict[KpiId, tuple[tuple[int, str], str, Observation]] = {}
    for observation in ws.observations.values():
        place = _place(observation.period, first_month)
        entry = place, observation.id, observation
        known = found.get(observation.kpi)
        if (not last or place[0] <= last) and (known is None or entry[:2] > known[:2]):
            found[observation.kpi] = entry
    return {kpi: entry[2] for kpi, entry in found.items()}


def _place(period: str, first_month: int) -> tuple[int, str]:
    """Return a period's quarter number and its text, so that months of a quarter follow on."""
    try:
        parse_quarter(period)
    except ValueError:
        match = _MONTH.fullmatch(period)
        if match is None or not 1 <= int(match[2]) <= 12:
            return 0, period
        day = date(int(match[1]), int(match[2]), 1)
        return quarter_number(quarter_of(day, first_month)), period
    # A whole quarter says more than its last month: "~" sorts behind every digit.
    return quarter_number(period), f"~{period}"
