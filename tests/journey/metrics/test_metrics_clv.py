"""Customer lifetime value."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.metrics import (
    FirstMargin,
    MetricError,
    ValueDivergesError,
    expected_years,
    horizon_clv,
    margin_clv,
    margin_multiple,
    retention_clv,
    simple_clv,
)

money = st.floats(-1e6, 1e6)
retentions = st.floats(0, 0.99)
discounts = st.floats(0, 1)


def test_the_anchor_of_the_source() -> None:
    assert simple_clv(1000, 10, 1000) == 9000


@pytest.mark.parametrize(
    ("retention", "multiples"),
    [
        (0.6, [1.20, 1.15, 1.11, 1.07]),
        (0.7, [1.75, 1.67, 1.59, 1.52]),
        (0.8, [2.67, 2.50, 2.35, 2.22]),
        (0.9, [4.50, 4.09, 3.75, 3.46]),
    ],
)
def test_multiples_of_gupta_and_lehmann(retention: float, multiples: list[float]) -> None:
    found = [margin_multiple(retention, i) for i in (0.10, 0.12, 0.14, 0.16)]
    assert [round(x, 2) for x in found] == multiples


@given(money, retentions, discounts)
def test_the_two_conventions_differ_by_the_first_margin(
    margin: float, retention: float, discount: float
) -> None:
    later = retention_clv(margin, retention, discount)
    now = retention_clv(margin, retention, discount, first=FirstMargin.NOW)
    assert now - later == pytest.approx(margin, rel=1e-9, abs=1e-6)


@given(money, retentions, st.floats(0.01, 1), st.floats(0, 1e5))
def test_a_long_horizon_reaches_the_infinite_one(
    margin: float, retention: float, discount: float, cost: float
) -> None:
    endless = retention_clv(margin, retention, discount, cost, FirstMargin.NOW)
    assert horizon_clv(margin, retention, discount, 5000, cost) == pytest.approx(endless)


@given(money, st.floats(0, 1), discounts, st.integers(0, 60))
def test_a_horizon_is_its_sum(margin: float, retention: float, discount: float, years: int) -> None:
    expected = math.fsum(margin * (retention / (1 + discount)) ** t for t in range(years))
    found = horizon_clv(margin, retention, discount, years)
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_years_link_churn_and_the_simple_formula() -> None:
    assert expected_years(0.9) == pytest.approx(10)
    endless = retention_clv(1000, 0.9, 0, 1000, FirstMargin.NOW)
    assert endless == pytest.approx(simple_clv(1000, 10, 1000))


def test_ends_of_the_range() -> None:
    assert retention_clv(100, 0, 0) == 0
    assert retention_clv(100, 1, 0.1) == pytest.approx(1000)
    assert horizon_clv(100, 1, 0, 10) == 1000
    assert horizon_clv(100, 0, 0.1, 10) == 100
    assert horizon_clv(100, 0, 0.1, 0) == 0
    assert simple_clv(0, 0) == 0


def test_a_value_may_be_negative() -> None:
    assert margin_clv(-100, 2, 50) == -250
    assert simple_clv(10, 1, 50) == -40


@pytest.mark.parametrize("first", FirstMargin)
def test_endless_value_asks_for_a_horizon(first: FirstMargin) -> None:
    with pytest.raises(ValueDivergesError) as caught:
        retention_clv(100, 1, 0, first=first)
    assert caught.value.facts == {"retention": 1, "discount": 0}
    with pytest.raises(ValueDivergesError):
        expected_years(1)


def test_what_cannot_be_is_refused() -> None:
    for refused in (
        lambda: simple_clv(-1, 10),
        lambda: simple_clv(1000, -1),
        lambda: simple_clv(1000, 10, -1),
        lambda: simple_clv(math.nan, 10),
        lambda: margin_clv(math.inf, 10),
        lambda: retention_clv(100, 1.1, 0.5),
        lambda: retention_clv(100, -0.1, 0.5),
        lambda: retention_clv(100, 0.5, -0.1),
        lambda: horizon_clv(100, 0.5, 0.1, -1),
        lambda: horizon_clv(100, 2, 0.1, 5),
        lambda: horizon_clv(100, 0.5, 0.1, 5, math.nan),
    ):
        with pytest.raises(MetricError):
            refused()
