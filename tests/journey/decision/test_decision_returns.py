"""Return and payback: present values add up, and only what has a cost and money has any."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.decision.payback import payback_months, returns
from journey.model.assumptions import Assumptions


@given(
    rate=st.floats(0.0, 0.5),
    years=st.integers(1, 20),
    value=st.floats(1.0, 1e7),
    over=st.booleans(),
)
def test_the_money_of_a_horizon_is_the_value_paid_in_over_the_first_year(rate, years, value, over):
    # Kept evenly over the first year, the value is worth its mean discount over those months.
    monthly = (1 + rate) ** (1 / 12)
    worth = value * float(np.mean(monthly ** -np.arange(12.0)))
    a = replace(Assumptions(), discount_rate=rate, horizon_years=float(years))
    months = payback_months(value, worth * (1.0001 if over else 0.9999), a)
    assert (months is None) == over
    if months is not None:
        assert months <= 12 * years + 11


def test_payback_without_interest_by_hand():
    # 12,000 over 5 years: 1,000 of the value is kept each month, which brings 1,000/60 a month.
    a = replace(Assumptions(), discount_rate=0.0, horizon_years=5.0)
    flow = 1000 / 60
    assert payback_months(12_000, flow * 1, a) == 1
    assert payback_months(12_000, flow * 3 - 1e-9, a) == 2
    assert payback_months(12_000, flow * 78, a) == 12
    assert payback_months(12_000, flow * 78 + 1, a) == 13
    assert payback_months(12_000, 12_001, a) is None
    assert payback_months(-5.0, 1.0, a) is None


@given(cost=st.floats(1.0, 1e6), more=st.floats(1.0, 10.0))
def test_a_dearer_fix_is_never_paid_back_earlier(cost, more):
    early, late = (payback_months(5e5, c, Assumptions()) for c in (cost, cost * more))
    assert late is None or (early is not None and early <= late)


def test_rows_with_a_cost_have_a_return(relational, study_of):
    world = relational(rows=1500, effects=(1.5, 1.0, 0.8, -1.5))
    world.improvement("both", "p0", "p1", effort_days=20.0, cost=5000.0)
    world.improvement("free", "p2", effort_days=20.0)
    world.improvement("harm", "p3", effort_days=20.0, cost=10.0)
    estimate = study_of(world).estimate()
    found = returns(estimate, world.ws)
    assert {r.pain_point for r in found} == {"p0", "p1"}
    for r in found:
        value = estimate.joint[:, estimate.column(r.pain_point)]
        assert (r.improvement, r.cost) == ("both", 5000.0)
        assert r.ratio_mean == pytest.approx(value.mean() / 5000)
        assert r.ratio_low80 < r.ratio_mean < r.ratio_high80
        assert r.payback_months == payback_months(r.value_mean, 5000.0, world.ws.assumptions)


def test_an_index_has_no_return(relational, study_of):
    world = relational()
    world.segment("a", None, None)
    world.improvement("i", "p0", cost=5000.0)
    assert returns(study_of(world).estimate(), world.ws) == ()
