"""Churn as a workspace knows it, each variant under its own name: they are different measures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from journey.metrics.churn import average_base_churn, start_base_churn, yearly_churn
from journey.metrics.intervals import Interval, wilson
from journey.metrics.kinds import require
from journey.metrics.standard_kpis import standard_kpi

MONTHS = 12
_PERCENT = 100.0


@dataclass(frozen=True, slots=True)
class ChurnFigure:
    """One variant, from one source, for all customers or one segment.

    Attributes:
        variant: "left in the survey", "average base", "inactive (no contract)", or the standard
            name of a KPI. source: what it was counted from, for people.
        segment: id, None for all. period: of a KPI.
        value, low, high: a rate; bounds None where there are no counts behind it.
        lost, base: customers; None where only the rate is known.
        months: over which leaving was seen; None is not said.
        yearly: 1−(1−P)^(12/months) where the months are known and it is a probability.
    """

    variant: str
    source: str
    value: float
    segment: str | None = None
    period: str | None = None
    low: float | None = None
    high: float | None = None
    lost: float | None = None
    base: float | None = None
    months: int | None = None
    yearly: float | None = None


def survey_churn(
    source: str, left: int, n: int, months: int | None, segment: str | None = None
) -> ChurnFigure | None:
    """The share of respondents with a known outcome who left; None without any."""
    rate = start_base_churn(left, n)
    if rate is None:
        return None
    return ChurnFigure(
        "left in the survey",
        source,
        rate.value,
        segment,
        low=rate.low,
        high=rate.high,
        lost=left,
        base=n,
        months=months,
        yearly=over_a_year(rate.value, months),
    )


def over_a_year(rate: float, months: int | None) -> float | None:
    """The yearly probability of a start-base rate over some months; None where they are unknown.

    Raises:
        MetricError: months below 1.
    """
    if months is None:
        return None
    require(months >= 1, "months_out_of_range", months=months)
    return 1.0 if rate >= 1.0 else 1.0 - (1.0 - rate) ** (MONTHS / months)


def counted_churn(
    source: str, lost: Mapping[str, float], customers: Mapping[str, float]
) -> list[ChurnFigure]:
    """Average-base churn of each period with the customers lost in it.

    Args:
        lost: customers lost by period. customers: at the end of each period; the one before it is
            the start. Periods sort as texts of one kind do.
    """
    ends = sorted(customers)
    found = []
    for period in sorted(lost):
        if period not in customers:
            continue
        place = ends.index(period)
        if not place:
            continue
        rate = average_base_churn(lost[period], (customers[ends[place - 1]], customers[period]))
        if rate is not None:
            found.append(
                ChurnFigure(
                    "average base",
                    source,
                    rate.value,
                    period=period,
                    low=rate.low,
                    high=rate.high,
                    lost=rate.lost,
                    base=rate.base,
                )
            )
    return found


def kpi_churn(
    measure: str, source: str, observed: tuple[str, float, int | None], *, percent: bool
) -> ChurnFigure | None:
    """A churn KPI as it was reported; None where its value is no rate.

    Args:
        measure: the standard KPI's key.
        observed: period, value, and the base behind it (None: unknown), which gives an interval.
        percent: the value is per hundred.
    """
    standard = standard_kpi(measure)
    period, value, n = observed
    rate = value / _PERCENT if percent else value
    if standard is None or not -1.0 <= rate <= 10.0:
        return None
    interval: Interval | None = None
    if n and 0.0 <= rate <= 1.0:
        interval = wilson(rate * n, n)
    yearly = yearly_churn(rate) if measure == "churn_monthly" and 0.0 <= rate <= 1.0 else None
    return ChurnFigure(
        standard.name,
        source,
        rate,
        period=period,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        base=n,
        months=1 if measure == "churn_monthly" else None,
        yearly=yearly,
    )


def inactive_share(
    source: str, p_alive: Sequence[float], segment: str | None = None
) -> ChurnFigure | None:
    """1 − mean P(alive) of the customers who bought again; None without any.

    Those who bought once are left out: of them the model knows nothing.
    """
    if not p_alive:
        return None
    alive = sum(p_alive) / len(p_alive)
    return ChurnFigure(
        "inactive (no contract)",
        source,
        1.0 - alive,
        segment,
        lost=len(p_alive) * (1.0 - alive),
        base=float(len(p_alive)),
    )
