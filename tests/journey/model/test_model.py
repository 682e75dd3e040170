"""Quarters, text cleaning, assumptions, the template and the outline."""

import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.edit import Add, AddPainPoint, AddTouchpoint, Set
from journey.model.assumptions import ASSUMPTION_NAMES, Assumptions, contradictions
from journey.model.ids import Kind, Ref
from journey.model.improvement import Improvement
from journey.model.map import PainPoint
from journey.model.people import Leader
from journey.model.quarter import parse_quarter, quarter_label, quarter_number, quarter_of
from journey.model.template import FIVE_STAGES, new_workspace
from journey.model.text import clean, clean_name
from journey.model.workspace import leader_of, ordered_stages, outline


@pytest.mark.parametrize(
    ("day", "first_month", "label"),
    [
        (date(2026, 1, 1), 1, "2026Q1"),
        (date(2026, 12, 31), 1, "2026Q4"),
        (date(2026, 4, 1), 4, "2027Q1"),
        (date(2026, 3, 31), 4, "2026Q4"),
        (date(2026, 9, 30), 10, "2026Q4"),
        (date(2026, 10, 1), 10, "2027Q1"),
    ],
)
def test_quarter_of_a_day(day, first_month, label):
    assert quarter_of(day, first_month) == label


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(1, 12))
def test_quarters_number_and_label_agree(day, first_month):
    label = quarter_of(day, first_month)
    assert quarter_label(quarter_number(label)) == label
    assert parse_quarter(label)[1] in (1, 2, 3, 4)


@pytest.mark.parametrize("label", ["2026", "2026Q5", "26Q1", "2026q1", "", "2026Q1 "])
def test_what_is_no_quarter_is_refused(label):
    with pytest.raises(ValueError, match="^" + label):
        parse_quarter(label)


@given(st.text())
def test_cleaning_is_idempotent_and_leaves_nothing_dangerous(text):
    once = clean(text, 100)
    assert clean(once.text, 100).text == unicodedata.normalize("NFC", once.text)[:100]
    assert not any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\t\n" for c in once.text)
    assert "\u202e" not in once.text
    assert len(once.text) <= 100
    assert "\n" not in clean_name(text)


def test_defaults_do_not_contradict_each_other():
    assert contradictions(Assumptions()) == []
    assert set(ASSUMPTION_NAMES) == set(Assumptions().figures())


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"causal_share_mean": 1.2}, ("causal_share_mean", "not_a_share")),
        ({"bad_to_churn_sd": 0.31}, ("bad_to_churn_sd", "spread_too_wide")),
        ({"reporting_false_positive": 1.0}, ("reporting_sensitivity", "not_above_false_positive")),
        ({"effort_sd_log": -0.1}, ("effort_sd_log", "negative")),
        ({"top_k": 0}, ("top_k", "not_positive")),
    ],
)
def test_contradictions_are_named(values, found):
    assert found in contradictions(replace(Assumptions(), **values))


def test_the_template_has_five_stages_in_order():
    ws = new_workspace("Bank")
    (journey,) = ws.journeys.values()
    assert tuple(s.name for s in ordered_stages(ws, journey.id)) == FIVE_STAGES
    assert ws.touchpoints == {}


def test_the_outline_puts_everything_under_its_touchpoint():
    ws = new_workspace("Bank")
    (journey,) = ws.journeys.values()
    second = ordered_stages(ws, journey.id)[1]
    AddTouchpoint(second.id, "Late", touchpoint="t2").do(ws)
    AddTouchpoint(second.id, "Early", 0, touchpoint="t1").do(ws)
    AddPainPoint(PainPoint("p1", journey.id, "Slow", "t2")).do(ws)
    Add(Improvement("i1", "Faster", ("p1",))).do(ws)
    groups = outline(ws, journey.id)
    assert [len(g.columns) for g in groups] == [0, 2, 0, 0, 0]
    early, late = groups[1].columns
    assert (early.touchpoint.name, late.touchpoint.name) == ("Early", "Late")
    assert [p.id for p in late.pain_points] == ["p1"]
    assert [i.id for i in late.improvements] == ["i1"]


def test_a_pain_point_is_owned_by_its_owner_else_its_touchpoints():
    ws = new_workspace("Bank")
    (journey,) = ws.journeys.values()
    AddTouchpoint(ordered_stages(ws, journey.id)[0].id, "Ad", touchpoint="t").do(ws)
    AddPainPoint(PainPoint("p", journey.id, "Slow", "t")).do(ws)
    Add(Leader("a", "Ann")).do(ws)
    Add(Leader("b", "Bo")).do(ws)
    assert leader_of(ws, ws.pain_points["p"]) is None
    Set(Ref(Kind.TOUCHPOINT, "t"), owner="a").do(ws)
    assert leader_of(ws, ws.pain_points["p"]) == "a"
    Set(Ref(Kind.PAIN_POINT, "p"), owner="b").do(ws)
    assert leader_of(ws, ws.pain_points["p"]) == "b"
