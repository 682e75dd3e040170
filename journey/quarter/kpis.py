"""KPI series between two quarters: rates are tested, what has no count behind it is only shown.

A rate is a KPI in per cent whose observations say of how many. Two rates are compared by Agresti
and Caffo's interval ("Simple and effective confidence intervals for proportions", American
Statistician 54, 2000): one success and one failure are added to each, then

    z = (p₂ − p₁)/√(p₁(1 − p₁)/(n₁ + 2) + p₂(1 − p₂)/(n₂ + 2))

The tests stand in one family with those of the touchpoints. A quarter's own observation is taken
where there is one, else its months together, its weeks or its days, each weighing by its count.
"""

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from journey.metrics.intervals import benjamini_hochberg
from journey.metrics.normal import two_sided_p, z_value
from journey.model.evidence import Kpi, Observation
from journey.model.ids import KpiId, TouchpointId
from journey.model.quarter import quarter_of
from journey.model.workspace import Workspace

_QUARTER: Final = re.compile(r"\d{4}Q[1-4]")
_DAY: Final = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")
_WEEK: Final = re.compile(r"(\d{4})-W(\d\d)")
# From the coarsest: only one kind of period is taken, so that nothing counts twice.
_KINDS: Final = ("quarter", "month", "week", "day")


class Untested(StrEnum):
    """Why a KPI has no verdict; the values stand in files."""

    TESTED = ""
    NO_COUNT = "no_count"  # an observation does not say of how many
    NO_RATE = "no_rate"  # not in per cent: how single cases scatter is not known
    TOO_FEW = "too_few"  # under the least answers a figure is shown from


@dataclass(frozen=True, slots=True)
class KpiChange:
    """A KPI that was observed in both quarters, in its own unit (differences in points).

    Attributes:
        touchpoint: None for the whole company; place: its name.
        n_from, n_to: of how many; None where not said.
        p, low95, high95: None without a test. significant, indicative: as of TouchpointChange.
        better: whether the difference is for the good; None without one.
        untested: why there is no verdict.
    """

    kpi: KpiId
    name: str
    touchpoint: TouchpointId | None
    place: str
    unit: str
    value_from: float
    value_to: float
    difference: float
    n_from: int | None = None
    n_to: int | None = None
    p: float | None = None
    low95: float | None = None
    high95: float | None = None
    significant: bool = False
    indicative: bool = False
    better: bool | None = None
    untested: Untested = Untested.TESTED

    @property
    def changed(self) -> bool:
        """Whether a change may be claimed: significant, and of enough."""
        return self.significant and not self.indicative


@dataclass(frozen=True, slots=True)
class _Observed:
    value: float
    n: int | None


def kpi_changes(
    first: tuple[Workspace, str], second: tuple[Workspace, str]
) -> tuple[KpiChange, ...]:
    """Return a row per KPI of the second workspace observed in both quarters, not judged yet.

    Args:
        first, second: workspace and label of each quarter. A KPI whose unit was changed is left
            out.
    """
    before, after = _observed(*first), _observed(*second)
    ws = second[0]
    found = []
    for kpi in sorted(ws.kpis.values(), key=lambda k: (k.touchpoint or "", k.name, k.id)):
        known = first[0].kpis.get(kpi.id)
        if kpi.id in before and kpi.id in after and known and known.unit == kpi.unit:
            found.append(_change(ws, kpi, before[kpi.id], after[kpi.id]))
    return tuple(found)


def judged(
    changes: Sequence[KpiChange], beside: Sequence[float], rate: float
) -> tuple[KpiChange, ...]:
    """Return the KPIs with the verdicts of one family, in which the p-values `beside` stand too."""
    tested = [i for i, change in enumerate(changes) if change.p is not None]
    found = list(changes)
    if tested and 0.0 < rate < 1.0:
        mine = [p for i in tested if (p := changes[i].p) is not None]
        verdicts = benjamini_hochberg([*mine, *beside], rate)
        for i, verdict in zip(tested, verdicts, strict=False):
            found[i] = replace(found[i], significant=verdict)
    return tuple(found)


def _observed(ws: Workspace, quarter: str) -> dict[KpiId, _Observed]:
    kinds: dict[KpiId, dict[str, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    first_month = ws.info.fiscal_year_start_month
    for observation in sorted(ws.observations.values(), key=lambda o: (o.period, o.id)):
        kind, label = _period(observation.period, first_month)
        if label == quarter:
            kinds[observation.kpi][kind].append(observation)
    return {
        kpi: _together(next(of_kind[kind] for kind in _KINDS if kind in of_kind))
        for kpi, of_kind in kinds.items()
    }


def _together(rows: Sequence[Observation]) -> _Observed:
    """Return several periods as one; where a count is missing, the latest stands for them."""
    if any(not row.n or row.n < 0 for row in rows):
        return _Observed(rows[-1].value, None)
    total = sum(row.n or 0 for row in rows)
    return _Observed(math.fsum(row.value * (row.n or 0) for row in rows) / total, total)


def _period(period: str, first_month: int) -> tuple[str, str]:
    """Return a period's kind and the quarter it lies in; "" where it lies in none."""
    if _QUARTER.fullmatch(period):
        return "quarter", period
    day, week = _DAY.fullmatch(period), _WEEK.fullmatch(period)
    try:
        if day:
            kind = "day" if day[3] else "month"
            return kind, quarter_of(date(int(day[1]), int(day[2]), int(day[3] or 1)), first_month)
        if week:  # an ISO week belongs where its Thursday lies
            thursday = date.fromisocalendar(int(week[1]), int(week[2]), 4)
            return "week", quarter_of(thursday, first_month)
    except ValueError:
        return "", ""
    return "", ""


def _change(ws: Workspace, kpi: Kpi, before: _Observed, after: _Observed) -> KpiChange:
    place = ws.touchpoints.get(kpi.touchpoint) if kpi.touchpoint else None
    difference = after.value - before.value
    better = None
    if difference:
        better = (difference > 0) == (kpi.better != "lower")
    row = KpiChange(
        kpi.id,
        kpi.name,
        kpi.touchpoint,
        place.name if place else "",
        kpi.unit,
        before.value,
        after.value,
        difference,
        before.n,
        after.n,
        better=better,
    )
    if before.n is None or after.n is None:
        return replace(row, untested=Untested.NO_COUNT)
    if kpi.unit.strip() != "%" or not all(0 <= o.value <= 100 for o in (before, after)):
        return replace(row, untested=Untested.NO_RATE)
    fewest = min(before.n, after.n)
    if fewest < ws.info.minimum_n:
        return replace(row, untested=Untested.TOO_FEW)
    return replace(
        _tested(row, before.n, after.n), indicative=fewest < ws.assumptions.minimum_n_trend
    )


def _tested(row: KpiChange, n_from: int, n_to: int) -> KpiChange:
    shares, variance = [], 0.0
    for value, n in ((row.value_from, n_from), (row.value_to, n_to)):
        share = (value / 100.0 * n + 1.0) / (n + 2.0)
        shares.append(share)
        variance += share * (1.0 - share) / (n + 2.0)
    error, moved = math.sqrt(variance), shares[1] - shares[0]
    half = z_value(0.95) * error
    low, high = (max(-100.0, min(100.0, 100.0 * (moved + side))) for side in (-half, half))
    return replace(row, p=two_sided_p(moved / error), low95=low, high95=high)
