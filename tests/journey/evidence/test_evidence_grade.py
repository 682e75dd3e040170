"""The level of evidence of each cell of the map."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.evidence.grade import (
    experience_level,
    improvement_level,
    kpi_level,
    measured_level,
    touchpoint_level,
)

LEVELS = st.sampled_from("ABCDEF")


@given(st.lists(LEVELS), st.booleans())
def test_a_measured_touchpoint_claims_no_more_than_its_pain_points(ranked, money):
    level = measured_level(ranked, money=money)
    assert level in "ABC"
    measured = [each for each in ranked if each in "ABC"]
    assert level == min(measured, default="B" if money else "C")


@given(st.sampled_from(["", "A", "B", "C"]), st.booleans(), st.booleans())
def test_a_touchpoint_is_at_least_as_good_as_its_point_of_the_line(measured, kpis, judged):
    point = experience_level(measured, judged=judged)
    assert point in {measured, "E", ""}
    assert touchpoint_level(measured, kpis=kpis, judged=judged) <= (point or "F")


@pytest.mark.parametrize(
    ("measured", "judged", "level"), [("", False, ""), ("", True, "E"), ("B", True, "B")]
)
def test_a_point_of_the_line_is_measured_or_opinion(measured, judged, level):
    assert experience_level(measured, judged=judged) == level


@given(st.lists(LEVELS, min_size=1))
def test_an_improvement_rests_on_the_best_known_of_what_it_addresses(levels):
    assert improvement_level(levels) in levels
    assert all(improvement_level(levels) <= level for level in levels)


def test_an_improvement_of_nothing_has_no_level():
    assert improvement_level([]) == ""
    assert (kpi_level(observed=True), kpi_level(observed=False)) == ("D", "F")
