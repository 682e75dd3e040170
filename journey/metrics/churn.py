"""Churn: the customers lost, over the average base or over those who were there at the start.

The two are different measures and are named on screen. Only start-base churn is a probability.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from journey.metrics.intervals import poisson_interval, wilson
from journey.metrics.kinds import require

MONTHS = 12


@dataclass(frozen=True, slots=True)
class ChurnRate:
    """A churn rate with its confidence interval.

    Attributes:
        kind: "average base" can exceed 1 when the base turns over; "start base" (those there at
            the start) and "renewal base" (contracts that were due) cannot.
        value: lost/base.
        low, high: Poisson (average base) or Wilson (the others) interval.
        lost, base: customers.
    """

    kind: Literal["average base", "start base", "renewal base"]
    value: float
    low: float
    high: float
    lost: float
    base: float


def average_customers(counts: Sequence[float]) -> float:
    """The average base of a year from what is known of it.

    Args:
        counts: 12 month-end counts (their mean), 13 counts from the start of the first month
            to the end of the last (trapezoid), or start and end of the year (their mean).

    Raises:
        MetricError: another number of counts, or a count below 0.
    """
    require(len(counts) in {2, MONTHS, MONTHS + 1}, "months_out_of_range", months=len(counts))
    for count in counts:
        require(0.0 <= count < math.inf, "count_out_of_range", count=count)
    if len(counts) == MONTHS:
        return math.fsum(counts) / MONTHS
    ends = (counts[0] + counts[-1]) / 2.0
    return (ends + math.fsum(counts[1:-1])) / (len(counts) - 1)


def average_base_churn(
    lost: float, counts: Sequence[float], level: float = 0.95
) -> ChurnRate | None:
    """Customers lost in 12 months / average customers in them, with an exact Poisson interval.

    Args:
        lost: customers lost in the 12 months, those also won within them included.
        counts: as for `average_customers`.

    Returns:
        None where the average is 0.

    Raises:
        MetricError: a count below 0, or a number of counts other than 2, 12 or 13.
    """
    require(0.0 <= lost < math.inf, "count_out_of_range", count=lost)
    base = average_customers(counts)
    interval = poisson_interval(lost, level)
    if base == 0.0:
        return None
    return ChurnRate(
        "average base", lost / base, interval.low / base, interval.high / base, lost, base
    )


def start_base_churn(lost_from_start: float, start: float, level: float = 0.95) -> ChurnRate | None:
    """The share of the customers at the start who are gone at the end, with Wilson's interval.

    The only churn that is a probability: retention is one minus it.

    Returns:
        None where nobody was there at the start.

    Raises:
        MetricError: a count below 0, or more lost than there were.
    """
    interval = wilson(lost_from_start, start, level)
    if interval is None:
        return None
    return ChurnRate(
        "start base", lost_from_start / start, interval.low, interval.high, lost_from_start, start
    )


def renewal_churn(not_renewed: float, due: float, level: float = 0.95) -> ChurnRate | None:
    """The share of the contracts due for renewal that were not renewed, with Wilson's interval.

    Where contracts bind, nobody can leave before: dividing by all customers hides what happens.

    Returns:
        None where nothing was due.

    Raises:
        MetricError: a count below 0, or more not renewed than were due.
    """
    interval = wilson(not_renewed, due, level)
    if interval is None:
        return None
    return ChurnRate(
        "renewal base", not_renewed / due, interval.low, interval.high, not_renewed, due
    )


@dataclass(frozen=True, slots=True)
class ChurnByCause:
    """Start-base churn split by cause.

    Attributes:
        voluntary: they decided to leave. involuntary: a payment failed, a contract was ended.
    """

    total: ChurnRate
    voluntary: ChurnRate
    involuntary: ChurnRate


def churn_by_cause(
    voluntary: float, involuntary: float, start: float, level: float = 0.95
) -> ChurnByCause | None:
    """Split start-base churn: only the voluntary part is what a better journey can change.

    Returns:
        None where nobody was there at the start.

    Raises:
        MetricError: a count below 0, or more lost than there were.
    """
    total = start_base_churn(voluntary + involuntary, start, level)
    own = start_base_churn(voluntary, start, level)
    other = start_base_churn(involuntary, start, level)
    if total is None or own is None or other is None:
        return None
    return ChurnByCause(total, own, other)


def revenue_churn(start: float, lost: float, expansion: float = 0.0) -> float | None:
    """Revenue churn of the customers at the start: (lost − expansion)/start.

    Args:
        start: their revenue at the start of the period.
        lost: revenue lost with leavers and by contraction.
        expansion: revenue added by those who stayed; 0 gives gross churn, else net churn, which
            may be negative.

    Returns:
        None where there was no revenue at the start.

    Raises:
        MetricError: an amount below 0, or more lost than there was.
    """
    require(0.0 <= lost <= start < math.inf, "amount_out_of_range", lost=lost, start=start)
    require(0.0 <= expansion < math.inf, "amount_out_of_range", expansion=expansion)
    return (lost - expansion) / start if start else None


def yearly_churn(monthly: float) -> float:
    """1 − (1−m)¹² of a monthly start-base churn 0…1; twelve times m would count people twice."""
    require(0.0 <= monthly <= 1.0, "rate_out_of_range", rate=monthly)
    return 1.0 if monthly == 1.0 else -math.expm1(MONTHS * math.log1p(-monthly))


def monthly_churn(yearly: float) -> float:
    """The constant monthly churn that makes a yearly start-base churn 0…1."""
    require(0.0 <= yearly <= 1.0, "rate_out_of_range", rate=yearly)
    return 1.0 if yearly == 1.0 else -math.expm1(math.log1p(-yearly) / MONTHS)
