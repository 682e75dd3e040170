"""Standard KPIs from the counts behind them: churn in its variants, service, acquisition."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import Final

from journey.metrics.churn import (
    ChurnRate,
    average_base_churn,
    churn_by_cause,
    renewal_churn,
    revenue_churn,
    start_base_churn,
)
from journey.metrics.churn_variants import over_a_year
from journey.metrics.intervals import wilson
from journey.metrics.kinds import require
from journey.metrics.referral import acquisition_cost, referred_share, referring_share
from journey.metrics.response_time import response_times
from journey.metrics.shares import Proportion

# Nothing that is counted or paid is smaller and not nothing; squares of less have no floats.
_LEAST: Final = 1e-9


@dataclass(frozen=True, slots=True)
class ChurnCounts:
    """What is known of a period; None is not.

    Attributes:
        start, end: customers. lost: in the period, those also won within it included.
        lost_from_start: of those who were there at the start. involuntary: of them, those who did
            not decide so. due, not_renewed: contracts.
        revenue_start, revenue_lost, expansion: of a year or a month. months: the period's.
    """

    start: float | None = None
    end: float | None = None
    lost: float | None = None
    lost_from_start: float | None = None
    involuntary: float | None = None
    due: float | None = None
    not_renewed: float | None = None
    revenue_start: float | None = None
    revenue_lost: float | None = None
    expansion: float | None = None
    months: float | None = None


@dataclass(frozen=True, slots=True)
class ServiceCounts:
    """What is known of a period; None is not.

    Attributes:
        closed_first, issues: issues old enough that a repeat would have come.
        hours: until the answer, of each answered ticket. waiting: so far, of each unanswered one.
        spend, new_customers: of one period. referring, asked; referred: of the new customers.
        active, customers: with at least one action, and all who could have acted.
    """

    closed_first: float | None = None
    issues: float | None = None
    hours: tuple[float, ...] | None = None
    waiting: tuple[float, ...] | None = None
    spend: float | None = None
    new_customers: float | None = None
    referring: float | None = None
    asked: float | None = None
    referred: float | None = None
    active: float | None = None
    customers: float | None = None


@dataclass(frozen=True, slots=True)
class CountedFigure:
    """One standard KPI.

    Attributes:
        measure: its key among the standard KPIs. value: in their unit, a rate as 0 … 1; None where
            `needs` names counts that are not known.
        low, high: 95 %, None where there is none. n: customers, contracts, issues, tickets.
        yearly: what a start-base rate over the months makes of a year.
    """

    measure: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: float | None = None
    needs: tuple[str, ...] = ()
    yearly: float | None = None


Counts = ChurnCounts | ServiceCounts


def churn_from_counts(counts: ChurnCounts) -> tuple[CountedFigure, ...]:
    """Return churn in every variant, each a measure of its own.

    Raises:
        MetricError: a count that cannot be.
    """
    known = _known(counts)

    def average(lost: float, start: float, end: float) -> CountedFigure:
        rate = average_base_churn(lost, (start, end))
        return _rate("churn_average_base", rate)

    def from_start(lost_from_start: float, start: float) -> CountedFigure:
        rate = start_base_churn(lost_from_start, start)
        months = None if counts.months is None else round(counts.months)
        yearly = None if rate is None else over_a_year(rate.value, months)
        return _rate("churn", rate, yearly)

    def by_cause(measure: str) -> Callable[..., CountedFigure]:
        def split(lost_from_start: float, involuntary: float, start: float) -> CountedFigure:
            own = lost_from_start - involuntary
            require(own >= 0.0, "count_out_of_range", involuntary=involuntary)
            found = churn_by_cause(own, involuntary, start)
            if found is None:
                return CountedFigure(measure)
            return _rate(measure, getattr(found, measure.removeprefix("churn_")))

        return split

    def renewal(not_renewed: float, due: float) -> CountedFigure:
        return _rate("churn_renewal", renewal_churn(not_renewed, due))

    def gross(revenue_lost: float, revenue_start: float) -> CountedFigure:
        return CountedFigure("churn_revenue_gross", revenue_churn(revenue_start, revenue_lost))

    def net(revenue_lost: float, expansion: float, revenue_start: float) -> CountedFigure:
        value = revenue_churn(revenue_start, revenue_lost, expansion)
        return CountedFigure("churn_revenue_net", value)

    causes = ("lost_from_start", "involuntary", "start")
    return (
        _figure(known, "churn_average_base", ("lost", "start", "end"), average),
        _figure(known, "churn", ("lost_from_start", "start"), from_start),
        _figure(known, "churn_voluntary", causes, by_cause("churn_voluntary")),
        _figure(known, "churn_involuntary", causes, by_cause("churn_involuntary")),
        _figure(known, "churn_renewal", ("not_renewed", "due"), renewal),
        _figure(known, "churn_revenue_gross", ("revenue_lost", "revenue_start"), gross),
        _figure(known, "churn_revenue_net", ("revenue_lost", "expansion", "revenue_start"), net),
    )


def service_from_counts(counts: ServiceCounts) -> tuple[CountedFigure, ...]:
    """Return first contact resolution, response times, acquisition, referral and engagement.

    Raises:
        MetricError: a count that cannot be.
    """
    known = _known(counts)
    waiting = counts.waiting or ()

    def resolved(closed_first: float, issues: float) -> CountedFigure:
        return _share("fcr", closed_first, issues)

    def in_time(hours: tuple[float, ...]) -> CountedFigure:
        share = response_times(hours, waiting).in_time
        return _proportion("response_in_time", share)

    def median(hours: tuple[float, ...]) -> CountedFigure:
        times = response_times(hours, waiting)
        return CountedFigure("response_time", times.median, n=float(len(hours)))

    def cost(spend: float, new_customers: float) -> CountedFigure:
        return CountedFigure("cac", acquisition_cost(spend, new_customers), n=new_customers)

    def referring(referring: float, asked: float) -> CountedFigure:
        return _proportion("referral_rate", referring_share(round(referring), round(asked)))

    def referred(referred: float, new_customers: float) -> CountedFigure:
        share = referred_share(round(referred), round(new_customers))
        return _proportion("referred_share", share)

    def engaged(active: float, customers: float) -> CountedFigure:
        return _share("engagement", active, customers)

    return (
        _figure(known, "fcr", ("closed_first", "issues"), resolved),
        _figure(known, "response_in_time", ("hours",), in_time),
        _figure(known, "response_time", ("hours",), median),
        _figure(known, "cac", ("spend", "new_customers"), cost),
        _figure(known, "referral_rate", ("referring", "asked"), referring),
        _figure(known, "referred_share", ("referred", "new_customers"), referred),
        _figure(known, "engagement", ("active", "customers"), engaged),
    )


def _known(counts: Counts) -> dict[str, object]:
    return dict(_values(counts))


def _values(counts: Counts) -> Iterator[tuple[str, object]]:
    for field in fields(counts):
        value = getattr(counts, field.name)
        if value is not None:
            if isinstance(value, float | int):
                fits = value == 0.0 or _LEAST <= value < math.inf
                require(fits, "count_out_of_range", **{field.name: value})
            yield field.name, value


def _figure(
    known: dict[str, object],
    measure: str,
    needs: tuple[str, ...],
    make: Callable[..., CountedFigure],
) -> CountedFigure:
    lacking = tuple(name for name in needs if name not in known)
    if lacking:
        return CountedFigure(measure, needs=lacking)
    return make(*(known[name] for name in needs))


def _rate(measure: str, rate: ChurnRate | None, yearly: float | None = None) -> CountedFigure:
    if rate is None:
        return CountedFigure(measure)
    return CountedFigure(measure, rate.value, rate.low, rate.high, rate.base, yearly=yearly)


def _share(measure: str, part: float, n: float) -> CountedFigure:
    interval = wilson(part, n)
    if interval is None:
        return CountedFigure(measure)
    return CountedFigure(measure, part / n, interval.low, interval.high, n)


def _proportion(measure: str, share: Proportion | None) -> CountedFigure:
    if share is None:
        return CountedFigure(measure)
    return CountedFigure(measure, share.value, share.low, share.high, float(share.n))
