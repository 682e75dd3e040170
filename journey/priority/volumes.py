"""Volumes and churn that are known as KPIs: `Kpi.measure` says which one it is."""

from journey.model.evidence import Kpi
from journey.model.workspace import Workspace
from journey.priority.workshop import latest

VOLUME, CHURN = "volume", "churn"
_PER_YEAR = {7: 12.0, 10: 365.0}  # by the length of the period's text: 2026-11, 2026-11-05


def visits_a_year(ws: Workspace, touchpoints: list[str], quarter: str | None) -> float | None:
    """Return the yearly visits of a touchpoint by its volume KPI; None where none is known.

    Of a period shorter than a year the latest value stands for all of it.

    Args:
        touchpoints: the ids of the same touchpoint in all journeys; the largest volume holds.
    """
    found = []
    for kpi in _measuring(ws, VOLUME):
        if kpi.touchpoint in touchpoints:
            last = latest(ws, kpi, quarter)
            if last is not None and last.value >= 0:
                found.append(last.value * _periods(last.period))
    return max(found, default=None)


def yearly_churn(ws: Workspace, quarter: str | None) -> float | None:
    """Return the share of customers lost in 12 months by the churn KPI, 0 … 1; None if unknown.

    A KPI of the whole company goes before one of a touchpoint. A value in % (its unit says so, or
    it is above 1) is divided by 100.
    """
    for kpi in sorted(_measuring(ws, CHURN), key=lambda k: (k.touchpoint is not None, k.id)):
        last = latest(ws, kpi, quarter)
        if last is not None and last.value > 0:
            share = last.value / 100 if "%" in kpi.unit or last.value > 1 else last.value
            if share < 1:
                return share
    return None


def _measuring(ws: Workspace, measure: str) -> list[Kpi]:
    return [k for k in ws.kpis.values() if k.measure == measure]


def _periods(period: str) -> float:
    """Return how many such periods a year has: 4 of a quarter, 12 of a month, 1 of a year."""
    if "Q" in period.upper():
        return 4.0
    return _PER_YEAR.get(len(period), 1.0)
