"""The KPIs of a pack: which ones, and their latest observation."""

import re
from collections.abc import Collection
from datetime import date

from journey.model.evidence import Kpi, Observation
from journey.model.ids import KpiId, LeaderId, TouchpointId
from journey.model.quarter import parse_quarter, quarter_number, quarter_of
from journey.model.workspace import Workspace
from journey.report.pack import KpiFact

_MONTH = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")


def kpi_facts(
    ws: Workspace,
    leader: LeaderId | None,
    touchpoints: Collection[TouchpointId],
    quarter: str | None,
) -> tuple[KpiFact, ...]:
    """Return a leader's KPIs, those of the touchpoints, and those of the whole company, by id.

    The observation is the latest of a period that ends no later than the quarter; periods that
    name neither a quarter nor a month count as before all others.
    """
    mine = (
        kpi
        for kpi in sorted(ws.kpis.values(), key=lambda k: k.id)
        if kpi.touchpoint is None
        or kpi.touchpoint in touchpoints
        or (leader is not None and kpi.owner == leader)
    )
    return tuple(_fact(ws, kpi, _latest(ws, kpi.id, quarter)) for kpi in mine)


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


def _latest(ws: Workspace, kpi: KpiId, quarter: str | None) -> Observation | None:
    first_month = ws.info.fiscal_year_start_month
    last = quarter_number(quarter)
    placed = ((_place(o.period, first_month), o) for o in ws.observations.values() if o.kpi == kpi)
    known = [(place, o.id, o) for place, o in placed if not last or place[0] <= last]
    return max(known)[2] if known else None


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
