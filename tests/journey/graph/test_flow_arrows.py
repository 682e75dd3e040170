"""Arrows: transitions by pair of ends, drawn against found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.graph.arrows import Standing, agreement, arrows, visits
from journey.graph.found import Found
from journey.model.ids import JourneyId, SegmentId, StageId, TouchpointId, TransitionId
from journey.model.map import Journey, Stage, Touchpoint, Transition
from journey.model.people import Segment
from journey.model.workspace import Workspace

J = JourneyId("j")
GIRLS = SegmentId("g")


def workspace(*steps: tuple[str, str, float | None, str | None]) -> Workspace:
    ws = Workspace("W", [Journey(J, "J"), Stage(StageId("s"), J, "S"), Segment(GIRLS, "Girls")])
    for i, name in enumerate("abcd"):
        ws.put(Touchpoint(TouchpointId(name), J, name, StageId("s"), float(i)))
    for i, (source, target, count, segment) in enumerate(steps):
        kept = None if segment is None else SegmentId(segment)
        ws.put(Transition(TransitionId(f"x{i}"), J, source, target, kept, count))
    return ws


def by_pair(ws, segment=None, found=None):
    return {a.pair: a for a in arrows(ws, J, segment, found)}


@pytest.mark.parametrize(
    ("kept", "seen", "standing", "count", "drawn_count"),
    [
        (None, None, Standing.DRAWN, None, None),
        (7.0, None, Standing.COUNTED, 7.0, None),
        (0.0, None, Standing.UNSEEN, 0.0, None),
        (None, 5.0, Standing.COUNTED, 5.0, None),
        (5.0, 5.0, Standing.COUNTED, 5.0, None),
        (7.0, 5.0, Standing.DIFFERENT, 5.0, 7.0),
        (7.0, 0.0, Standing.UNSEEN, 0.0, 7.0),
        (None, 0.0, Standing.UNSEEN, 0.0, None),
    ],
)
def test_a_drawn_arrow_stands_to_what_was_found(kept, seen, standing, count, drawn_count):
    found = None if seen is None else Found({("a", "b"): seen} if seen else {})
    arrow = by_pair(workspace(("a", "b", kept, None)), found=found)["a", "b"]
    assert (arrow.standing, arrow.count, arrow.drawn_count) == (standing, count, drawn_count)


def test_what_was_found_and_not_drawn_is_missing_and_has_no_transition():
    found = Found({("a", "b"): 3, ("b", "c"): 4, ("b", "nobody"): 9, ("c", "d"): 0})
    made = by_pair(workspace(("a", "b", None, None)), found=found)
    assert made.keys() == {("a", "b"), ("b", "c")}
    assert made["b", "c"].standing is Standing.MISSING
    assert made["b", "c"].transitions == ()


def test_all_customers_are_the_pooled_count_else_the_segments_together():
    ws = workspace(("a", "b", 3.0, "g"), ("b", "c", 3.0, "g"), ("b", "c", 10.0, None))
    made = by_pair(ws)
    assert made["a", "b"].count == 3
    assert made["b", "c"].count == 10
    own = by_pair(ws, GIRLS)
    assert own["b", "c"].count == 3
    assert own["b", "c"].transitions[0] == "x1"
    assert by_pair(workspace(("a", "b", 3.0, None)), GIRLS)["a", "b"].standing is Standing.DRAWN


def test_a_log_that_tells_segments_is_read_by_segment():
    found = Found({("a", "b"): 9}, {"g": {("a", "b"): 2}})
    ws = workspace(("a", "b", None, None))
    assert by_pair(ws, None, found)["a", "b"].count == 9
    assert by_pair(ws, GIRLS, found)["a", "b"].count == 2


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd"), st.integers(0, 99))))
def test_shares_of_departures_add_up_to_one(steps):
    ws = workspace(*((a, b, float(n), None) for a, b, n in steps))
    made = arrows(ws, J)
    for source in "abcd":
        mine = [a for a in made if a.source == source]
        shares = [a.share for a in mine if a.share is not None]
        if sum(a.count or 0 for a in mine) > 0:
            assert sum(shares) == pytest.approx(1.0)
        else:
            assert shares == []


def test_visits_are_arrivals_else_departures():
    ws = workspace(("start", "a", 5.0, None), ("a", "b", 3.0, None), ("c", "b", 4.0, None))
    assert visits(arrows(ws, J)) == {"start": 5.0, "a": 5.0, "b": 7.0, "c": 4.0}


def test_agreement_counts_passages_that_follow_the_drawn_path():
    found = Found({("start", "a"): 50, ("a", "b"): 60, ("b", "c"): 40, ("c", "lost"): 9})
    ws = workspace(("a", "b", None, None), ("c", "d", None, None))
    told = agreement(arrows(ws, J, None, found))
    assert told.followed == pytest.approx(0.6)
    assert (told.missing, told.unseen) == (1, 1)
    assert agreement([]).followed is None
