"""Why a row moved: each cause alone is named alone, and together they make the whole way."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journey.edit import Remove, Set
from journey.model.assumptions import Assumptions
from journey.model.evidence import Kpi, Observation
from journey.model.ids import (
    ImprovementId,
    Kind,
    KpiId,
    ObservationId,
    PainPointId,
    Ref,
    TransitionId,
)
from journey.model.map import LOST, PainPoint, Transition
from journey.model.workspace import Workspace
from journey.quarter.causes import Cause, Steps, with_assumptions, with_data
from journey.quarter.compare import Comparison, ItemChange, compare
from tests.journey.quarter.quarter_bank import J, frozen, frozen_side, side, table, with_worth

FIRST, SECOND = "2026Q3", "2026Q4"
RANKS = st.dictionaries(st.sampled_from([PainPointId(p) for p in "abcd"]), st.integers(1, 4))


def compared(then: Workspace, now: Workspace, *, same_answers: bool = False) -> Comparison:
    """Freeze the first quarter of one workspace and compare it with the second of another."""
    answers = table(FIRST)
    first = frozen_side(frozen(then.copy(), FIRST, answers), answers)
    later = replace(answers) if same_answers else table(SECOND)
    return compare(first, side(now, FIRST if same_answers else SECOND, later))


def places(found: Comparison, cause: Cause) -> int:
    """Return by how many places a cause moved rows, up and down together."""
    return sum(abs(item.because[cause]) for item in found.items)


def check(found: Comparison) -> None:
    """Every row's causes make its whole way."""
    for item in found.items:
        if item.rank_from and item.rank_to:
            assert sum(item.because.values()) == item.rank_from - item.rank_to
            assert (item.change is ItemChange.SAME) == (item.rank_from == item.rank_to)
        else:
            assert not any(item.because.values())


def test_nothing_changed_nothing_moved(ws: Workspace) -> None:
    found = compared(ws, ws, same_answers=True)
    assert {item.change for item in found.items} == {ItemChange.SAME}
    assert not any(item.really_moved for item in found.items)
    assert not any(row.significant for row in found.touchpoints)


def test_other_answers_are_data(ws: Workspace) -> None:
    found = compared(ws, ws)
    check(found)
    assert places(found, Cause.DATA) > 0
    assert not any(places(found, c) for c in Cause if c is not Cause.DATA)


def test_another_assumption_is_an_assumption(ws: Workspace) -> None:
    now = ws.copy()
    Set(Ref(Kind.IMPROVEMENT, "i"), efficacy=0.9).do(ws)
    Set(Ref(Kind.IMPROVEMENT, "i"), efficacy=0.9).do(now)
    Set(Ref(Kind.ASSUMPTIONS, "assumptions"), fix_efficacy_mean=0.1, fix_efficacy_sd=0.05).do(now)
    found = compared(ws, now, same_answers=True)
    check(found)
    assert places(found, Cause.ASSUMPTION) > 0
    assert not any(places(found, c) for c in Cause if c is not Cause.ASSUMPTION)


def test_what_a_customer_is_worth_is_an_assumption(ws: Workspace) -> None:
    first, second = with_worth(ws, "a", 10.0), with_worth(ws, "a", 90_000.0)
    found = compared(first, second, same_answers=True)
    check(found)
    assert not places(found, Cause.EDIT)
    assert not places(found, Cause.DATA)


def test_an_edit_is_an_edit(ws: Workspace) -> None:
    now = ws.copy()
    Set(Ref(Kind.IMPROVEMENT, "i"), effort_days=900.0).do(now)
    found = compared(ws, now, same_answers=True)
    check(found)
    assert places(found, Cause.EDIT) > 0
    assert not any(places(found, c) for c in Cause if c is not Cause.EDIT)


def test_another_method_is_the_method(ws: Workspace) -> None:
    answers = table(FIRST)
    quarter = frozen(ws.copy(), FIRST, answers)
    first = frozen_side(quarter, answers)
    items = first.listed.ranking.items
    turned = tuple(replace(i, rank=len(items) + 1 - (i.rank or 0)) for i in items)
    ranking = replace(first.listed.ranking, method_version="0", items=turned)
    old = replace(first, listed=replace(first.listed, ranking=ranking))
    found = compare(old, side(ws, FIRST, answers))
    check(found)
    assert places(found, Cause.METHOD) > 0
    assert not any(places(found, c) for c in Cause if c is not Cause.METHOD)
    assert found.warnings == ("method_changed",)
    back = compare(side(ws, FIRST, answers), replace(old, quarter=SECOND))
    check(back)
    assert places(back, Cause.METHOD) > 0


def test_what_came_and_went_names_its_cause(ws: Workspace) -> None:
    now = ws.copy()
    Remove(Ref(Kind.PAIN_POINT, "p0")).do(now)
    now.put(PainPoint(PainPointId("x"), J, "Opinion", severity=5, frequency=5))
    found = {item.pain_point: item for item in compared(ws, now).items}
    assert (found[PainPointId("p0")].change, found[PainPointId("p0")].cause) == (
        ItemChange.GONE,
        Cause.EDIT,
    )
    new = found[PainPointId("x")]
    assert (new.change, new.cause) == (ItemChange.NEW, Cause.EDIT)
    assert new.p_moved is None


def test_everything_at_once_still_adds_up(ws: Workspace) -> None:
    now = with_worth(ws, "b", 90.0)
    Set(Ref(Kind.ASSUMPTIONS, "assumptions"), fix_efficacy_mean=0.3).do(now)
    Set(Ref(Kind.IMPROVEMENT, "i"), effort_days=200.0).do(now)
    Remove(Ref(Kind.PAIN_POINT, "p4")).do(now)
    check(compared(ws, now))


def test_without_the_old_answers_all_is_given_to_the_data(ws: Workspace) -> None:
    answers = table(FIRST)
    first = frozen_side(frozen(ws.copy(), FIRST, answers), answers)
    found = compare(replace(first, tables=(), complete=False), side(ws, SECOND, table(SECOND)))
    check(found)
    assert "answers_gone" in found.warnings
    assert not any(places(found, c) for c in Cause if c is not Cause.DATA)


@settings(max_examples=200)
@given(st.lists(RANKS, min_size=5, max_size=5))
def test_causes_of_any_steps_add_up(lists: list[dict[PainPointId, int]]) -> None:
    steps = Steps(lists[0], tuple(zip(Cause, lists[1:], strict=True)))
    for pain in lists[0].keys() & lists[-1].keys():
        assert sum(steps.because(pain).values()) == lists[0][pain] - lists[-1][pain]
    for pain in lists[-1].keys() - lists[0].keys():
        assert steps.came(pain) in Cause


def test_data_of_another_workspace_fit_or_stay_out(ws: Workspace) -> None:
    other = ws.copy()
    other.put(Kpi(KpiId("k"), "K"))
    other.put(Observation(ObservationId("o"), KpiId("k"), FIRST, 1.0))
    other.put(Transition(TransitionId("t"), J, "t0", LOST, None, 7.0))
    other.put(Transition(TransitionId("u"), J, "nowhere", LOST, None, 7.0))
    other.put(Transition(TransitionId("v"), J, "t0", LOST, None, None))
    found = with_data(ws, other)
    assert found.observations == {}
    assert set(found.transitions) == {"t"}
    assert with_data(other, ws).observations == {}
    assert with_data(ws, ws) == ws


def test_assumptions_of_another_workspace(ws: Workspace) -> None:
    other = with_worth(ws, "a", 5.0)
    other.put(Assumptions(top_k=3))
    found = with_assumptions(ws, other)
    assert found.assumptions.top_k == 3
    assert found.segments == other.segments
    assert ImprovementId("i") in found.improvements


@pytest.mark.parametrize("kind", [Kind.LEADER, Kind.QUARTER])
def test_what_no_rank_hangs_on_costs_no_ranking(ws: Workspace, kind: Kind) -> None:
    from journey.quarter.causes import same_list

    now = ws.copy()
    for ref in list(now.table(kind)):
        now.drop(Ref(kind, ref))
    assert same_list(ws, now)
