"""The classic formulas give their sources' figures to the printed digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.priority import classic_formulas as formulas

TEN = st.floats(0, 10)


@pytest.mark.parametrize(
    ("importance", "satisfaction", "printed"),
    [(9.5, 3.2, "15.8"), (9, 3, "15.0"), (9, 9, "9.0"), (5, 8, "5.0")],
)
def test_ulwick_prints_what_it_printed(importance, satisfaction, printed):
    assert f"{formulas.opportunity(importance, satisfaction):.1f}" == printed


@given(TEN, TEN)
def test_an_opportunity_is_at_least_its_importance_and_at_most_twice(importance, satisfaction):
    found = formulas.opportunity(importance, satisfaction)
    assert importance <= found <= 2 * importance


def test_kano_prints_what_it_printed():
    better, worse = formulas.kano(10, 40, 30, 20)
    assert (f"{better:.2f}", f"{worse:.2f}") == ("0.50", "-0.70")


def test_kano_of_nobody_is_no_figure():
    assert formulas.kano(0, 0, 0, 0) is None


def test_rice_by_hand():
    # 500 customers, high impact, 80 % sure, 5 days: 500 · 2 · 0.8 / 5
    assert formulas.rice(500, 2, 0.8, 5) == pytest.approx(160)


def test_ice_by_hand():
    assert formulas.ice(8, 5, 4) == 160


@given(st.lists(st.floats(0.5, 500), min_size=1, max_size=40))
def test_effort_classes_keep_the_order_and_put_ties_together(days):
    classes = formulas.effort_classes(days)
    assert set(classes) <= {1, 2, 3, 4, 5}
    for a, mine in zip(days, classes, strict=True):
        for b, other in zip(days, classes, strict=True):
            if a == b:
                assert mine == other
            if a < b:
                assert mine <= other


def test_ten_efforts_fall_two_by_two_into_fifths():
    classes = formulas.effort_classes([float(d) for d in range(1, 11)])
    assert classes == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


@pytest.mark.parametrize(
    ("impact", "effort", "field"),
    [(5, 1, "quick_win"), (4, 5, "major_project"), (3, 3, "fill_in"), (2, 4, "thankless")],
)
def test_the_impact_effort_grid(impact, effort, field):
    assert formulas.quadrant_of_effort(impact, effort) == field


@pytest.mark.parametrize(
    ("importance", "performance", "field"),
    [
        (1, -1, "concentrate_here"),
        (1, 1, "keep_up"),
        (-1, -1, "low_priority"),
        (-1, 1, "possible_overkill"),
    ],
)
def test_the_importance_performance_grid(importance, performance, field):
    assert formulas.quadrant_of_performance(importance, performance) == field
