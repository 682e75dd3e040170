"""Dots: limits, names, undo; whatever is done, votes stay the sum and undo is exact."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.edit.ballots import AddVoter, AskQuestion, GiveDot, RemoveVoter, SetDots, TakeDot
from journey.errors import EditError
from journey.model.ids import JourneyId, PainPointId, StageId
from journey.model.map import Journey, PainPoint, Stage
from journey.model.votes import (
    DOTS_EACH,
    ballots_of,
    dots_in,
    find_voter,
    nameless,
    plan_of,
    voters,
)
from journey.model.workspace import Workspace

J, STAGE = JourneyId("j"), StageId("s")
PAINS = tuple(PainPointId(f"p{n}") for n in range(3))
NAMES = ("Ingrid", "Marek", "łukasz")


def workshop(people=NAMES):
    ws = Workspace("W", [Journey(J, "Opening"), Stage(STAGE, J, "Use")])
    for pain in PAINS:
        ws.put(PainPoint(pain, J, f"Pain {pain}"))
    for name in people:
        AddVoter(J, name).do(ws)
    return ws


acts = st.one_of(
    st.builds(GiveDot, st.sampled_from(PAINS), st.sampled_from(("", *NAMES))),
    st.builds(TakeDot, st.sampled_from(PAINS), st.sampled_from(("", *NAMES))),
    st.builds(AddVoter, st.just(J), st.sampled_from(NAMES)),
    st.builds(RemoveVoter, st.just(J), st.sampled_from(NAMES)),
    st.builds(SetDots, st.just(J), st.integers(-1, 7)),
    st.builds(AskQuestion, st.just(J), st.just(STAGE), st.text(max_size=20)),
)


@given(st.lists(acts, max_size=40))
def test_votes_are_the_sum_nobody_gives_too_many_and_undo_goes_back_to_the_start(steps):
    ws = workshop()
    start, done = ws.copy(), []
    for step in steps:
        given_before = {v.name: v.given for v in voters(ws, J)}
        try:
            step.do(ws)
        except EditError:
            continue
        done.append(step)
        for voter in voters(ws, J):
            more = voter.given > given_before.get(voter.name, 0)
            assert not more or voter.given <= voter.dots
        for pain in ws.pain_points.values():
            assert (pain.votes or 0) == sum(ballots_of(pain).values()) + nameless(pain)
        assert dots_in(ws, J) == sum(p.votes or 0 for p in ws.pain_points.values())
    for step in reversed(done):
        step.undo(ws)
    assert ws == start


def test_the_sixth_dot_is_refused_with_the_facts():
    ws = workshop()
    for n in range(DOTS_EACH):
        GiveDot(PAINS[n % 2], "ingrid").do(ws)
    before = ws.copy()
    with pytest.raises(EditError) as refused:
        GiveDot(PAINS[2], "Ingrid").do(ws)
    assert refused.value.reason == "no_dots_left"
    assert refused.value.facts == {"voter": "Ingrid", "dots": DOTS_EACH}
    assert ws == before
    GiveDot(PAINS[2], "Marek").do(ws)
    assert ws.pain_points[PAINS[2]].ballots == {"Marek": 1}


def test_dots_without_a_name_have_no_limit_and_stay_beside_the_named():
    ws = workshop()
    ws.put(PainPoint(PAINS[0], J, "Old", votes=7))
    GiveDot(PAINS[0], "Marek").do(ws)
    for _ in range(DOTS_EACH + 1):
        GiveDot(PAINS[0]).do(ws)
    pain = ws.pain_points[PAINS[0]]
    assert (pain.votes, dict(pain.ballots), nameless(pain)) == (14, {"Marek": 1}, 13)


def test_what_is_not_there_cannot_be_taken_back():
    ws = workshop()
    GiveDot(PAINS[0]).do(ws)
    for voter in ("Marek", "Nobody"):
        with pytest.raises(EditError, match="no_dot_there"):
            TakeDot(PAINS[0], voter).do(ws)
    with pytest.raises(EditError, match="unknown_voter"):
        GiveDot(PAINS[0], "Nobody").do(ws)
    with pytest.raises(EditError, match="exists"):
        AddVoter(J, " MAREK ").do(ws)
    with pytest.raises(EditError, match="empty"):
        AddVoter(J, " \u200e ").do(ws)


def test_a_person_who_goes_takes_the_dots_along_and_undo_brings_both_back():
    ws = workshop()
    GiveDot(PAINS[0], "Marek").do(ws)
    GiveDot(PAINS[1], "Marek").do(ws)
    GiveDot(PAINS[1], "Ingrid").do(ws)
    before, gone = ws.copy(), RemoveVoter(J, "Marek")
    gone.do(ws)
    assert find_voter(ws, J, "Marek") is None
    assert [ws.pain_points[p].votes for p in PAINS] == [0, 1, None]
    gone.undo(ws)
    assert ws == before


def test_fewer_dots_each_keep_what_was_given():
    ws = workshop()
    for _ in range(4):
        GiveDot(PAINS[0], "Ingrid").do(ws)
    SetDots(J, 3).do(ws)
    ingrid = find_voter(ws, J, "Ingrid")
    assert (ingrid.given, ingrid.left) == (4, 0)
    for wrong in (0, 100):
        with pytest.raises(EditError, match="off_the_scale"):
            SetDots(J, wrong).do(ws)


def test_the_plan_leaves_the_rest_of_the_layout_alone():
    ws = workshop(())
    ws.put(Journey(J, "Opening", layout={"flow": {"t": [1, 2]}}))
    AskQuestion(J, STAGE, "What hurts after the account is open?").do(ws)
    layout = ws.journeys[J].layout
    assert layout["flow"] == {"t": [1, 2]}
    assert plan_of(ws.journeys[J]).questions == {STAGE: "What hurts after the account is open?"}
    AskQuestion(J, STAGE, " ").do(ws)
    assert plan_of(ws.journeys[J]).questions == {}


@pytest.mark.parametrize(
    "kept",
    [
        None,
        "text",
        {"people": "Ingrid", "dots": "many", "questions": [1]},
        {"people": [1, None, "  "], "dots": 0, "questions": {"s": 3}},
        {"people": {}, "dots": True},
    ],
)
def test_a_plan_of_another_shape_is_read_as_none(kept):
    plan = plan_of(Journey(J, "Opening", layout={"workshop": kept}))
    assert (plan.people, plan.dots, dict(plan.questions)) == ((), DOTS_EACH, {})


def test_ballots_of_people_nobody_named_are_listed_after_the_named():
    ws = workshop(("Marek",))
    ws.put(
        PainPoint(PAINS[0], J, "Old", votes=4, ballots={"Zoe": 1, "Ane": 2, "marek": 1, "x": -3})
    )
    assert [(v.name, v.given) for v in voters(ws, J)] == [("Marek", 1), ("Ane", 2), ("Zoe", 1)]
