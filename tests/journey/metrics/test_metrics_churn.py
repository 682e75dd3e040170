"""Churn over the average base and over the base at the start."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.metrics import (
    MetricError,
    average_base_churn,
    average_customers,
    monthly_churn,
    poisson_interval,
    revenue_churn,
    start_base_churn,
    wilson,
    yearly_churn,
)

customers = st.floats(0, 1e7)


def test_the_two_measures_of_one_year() -> None:
    average, start = average_base_churn(120, [1000, 1200]), start_base_churn(100, 1000)
    assert average is not None
    assert start is not None
    assert round(average.value, 5) == 0.10909
    assert (average.lost, average.base, average.kind) == (120, 1100, "average base")
    assert (start.value, start.kind) == (0.1, "start base")
    events = poisson_interval(120)
    assert (average.low, average.high) == (events.low / 1100, events.high / 1100)
    assert (start.low, start.high) == wilson(100, 1000)


def test_monthly_one_percent_is_not_twelve_a_year() -> None:
    assert round(yearly_churn(0.01), 5) == 0.11362
    assert (yearly_churn(0), yearly_churn(1), monthly_churn(1)) == (0, 1, 1)


@given(st.floats(0, 0.6))
def test_monthly_and_yearly_undo_each_other(monthly: float) -> None:
    assert monthly_churn(yearly_churn(monthly)) == pytest.approx(monthly, rel=1e-9, abs=1e-300)
    assert monthly <= yearly_churn(monthly) <= min(1, 12 * monthly) + 1e-15


def test_average_from_twelve_or_thirteen_or_two_counts() -> None:
    assert average_customers(range(12)) == 5.5
    assert average_customers([100, *[200] * 11, 300]) == pytest.approx(200)
    assert average_customers([0, *[1200] * 11, 0]) == pytest.approx(1100)
    assert average_customers([1000, 1200]) == 1100


@given(st.sampled_from([2, 12, 13]).flatmap(lambda n: st.lists(customers, min_size=n, max_size=n)))
def test_average_is_between_the_least_and_the_most(counts: list[float]) -> None:
    slack = 1e-9 * max(counts)
    assert min(counts) - slack <= average_customers(counts) <= max(counts) + slack


def test_turnover_of_the_whole_base_exceeds_one() -> None:
    rate = average_base_churn(300, [100, 100])
    assert rate is not None
    assert rate.value == 3


@given(st.integers(0, 10_000), st.floats(1, 1e6))
def test_interval_holds_the_rate(lost: int, base: float) -> None:
    rate = average_base_churn(lost, [base, base])
    assert rate is not None
    assert 0 <= rate.low <= rate.value < rate.high


def test_nobody_has_no_churn() -> None:
    assert average_base_churn(0, [0, 0]) is None
    assert average_base_churn(3, [0] * 12) is None
    assert start_base_churn(0, 0) is None
    assert revenue_churn(0, 0) is None


def test_revenue_churn_gross_and_net() -> None:
    assert revenue_churn(1000, 100) == pytest.approx(0.1)
    assert revenue_churn(1000, 100, expansion=150) == pytest.approx(-0.05)


def test_what_cannot_be_is_refused() -> None:
    for refused in (
        lambda: average_base_churn(-1, [1, 1]),
        lambda: average_base_churn(math.nan, [1, 1]),
        lambda: average_base_churn(1, [1, -1]),
        lambda: average_base_churn(1, [1, math.inf]),
        lambda: average_base_churn(1, [1]),
        lambda: average_base_churn(1, [1] * 14),
        lambda: average_base_churn(1, []),
        lambda: average_base_churn(0, [0, 0], level=1),
        lambda: start_base_churn(11, 10),
        lambda: start_base_churn(-1, 10),
        lambda: revenue_churn(100, 101),
        lambda: revenue_churn(100, -1),
        lambda: revenue_churn(100, 1, -1),
        lambda: yearly_churn(1.01),
        lambda: yearly_churn(-0.01),
        lambda: monthly_churn(2),
    ):
        with pytest.raises(MetricError):
            refused()
