"""Two lists side by side, and the named sets of assumptions behind them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.decision.scenarios import compare_scenarios
from journey.edit.assumption_sets import (
    RemoveAssumptionSet,
    SaveAssumptionSet,
    UseAssumptionSet,
)
from journey.errors import EditError
from journey.model.assumptions import Assumptions
from journey.model.workspace import Workspace


def test_rows_in_the_order_of_the_first(relational, study_of):
    world = relational(rows=600)
    study = study_of(world)
    a, b = study.rank(), study.rank(replace(world.ws.assumptions, causal_share_mean=0.9))
    rows = compare_scenarios(a, b)
    assert [r.item for r in rows] == [i.pain_point for i in a.items]
    for row in rows:
        (other,) = (i for i in b.items if i.pain_point == row.item)
        assert (row.rank_b, row.value_b) == (other.rank, other.value_mean)
        assert row.moved == row.rank_a - row.rank_b
    assert compare_scenarios(a, a) == tuple(
        replace(r, rank_b=r.rank_a, value_b=r.value_a) for r in rows
    )


def test_what_only_one_list_has(relational, study_of):
    world = relational(rows=300)
    study = study_of(world)
    a = study.rank()
    world.pain("new", "t0")
    rows = compare_scenarios(a, study.rank(workspace=world.ws))
    (new,) = (r for r in rows if r.item == "new")
    assert (new.rank_a, new.value_a, new.moved) == (None, None, None)
    assert rows[-1] == new


@given(st.floats(0.1, 0.9), st.text("ab", min_size=1, max_size=3))
def test_saving_using_and_undoing_come_back(mean, name):
    ws = Workspace()
    ws.put(replace(ws.assumptions, causal_share_mean=mean, causal_share_sd=0.05))
    before = ws.copy()
    save = SaveAssumptionSet(name)
    save.do(ws)
    (kept,) = ws.assumption_sets
    assert (kept.id, kept.name, kept.figures()) == (save.id, name, before.assumptions.figures())
    ws.put(Assumptions())
    use = UseAssumptionSet(save.id)
    use.do(ws)
    assert ws.assumptions == before.assumptions
    use.undo(ws)
    assert ws.assumptions == Assumptions()
    remove = RemoveAssumptionSet(save.id)
    remove.do(ws)
    assert ws.assumption_sets == []
    remove.undo(ws)
    assert ws.assumption_sets == [kept]


def test_the_same_name_is_the_same_set():
    ws = Workspace()
    SaveAssumptionSet("Careful").do(ws)
    (first,) = ws.assumption_sets
    given_ones = replace(Assumptions(), causal_share_mean=0.3)
    again = SaveAssumptionSet("careful", given_ones)
    again.do(ws)
    (kept,) = ws.assumption_sets
    assert (kept.id, kept.name, kept.causal_share_mean) == (first.id, "careful", 0.3)
    again.undo(ws)
    assert ws.assumption_sets == [first]


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (lambda: SaveAssumptionSet("  "), "empty"),
        (lambda: UseAssumptionSet("nowhere"), "unknown"),
        (lambda: UseAssumptionSet("assumptions"), "not_a_set"),
        (lambda: RemoveAssumptionSet("assumptions"), "not_a_set"),
        (lambda: SaveAssumptionSet("x", Assumptions(causal_share_mean=2.0)), "not_a_share"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(command, reason):
    ws = Workspace()
    with pytest.raises(EditError) as refused:
        command().do(ws)
    assert refused.value.reason == reason
    assert ws == Workspace()
