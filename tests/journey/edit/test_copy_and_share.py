"""Copying subtrees, pasting them here and elsewhere, and touchpoints that journeys share."""

import pytest

from journey.edit import (
    Paste,
    Place,
    Remove,
    ReplaceText,
    Set,
    SetTouchpoint,
    ShareTouchpoint,
    fragment_of,
    occurrences,
    twins,
)
from journey.errors import EditError
from journey.model.check import problems
from journey.model.evidence import Kpi, Observation
from journey.model.ids import Kind, Ref
from journey.model.improvement import Improvement
from journey.model.map import (
    Journey,
    JudgedExperience,
    Lane,
    Note,
    PainPoint,
    Stage,
    Strength,
    Touchpoint,
    Transition,
)
from journey.model.people import Leader, Persona, Segment
from journey.model.workspace import Workspace, ordered_stages, ordered_touchpoints, outline


def bank() -> Workspace:
    return Workspace(
        "Bank",
        [
            Segment("g", "Families", 10.0, 5.0),
            Persona("e", "Nadia", segment="g"),
            Leader("l", "Ingrid"),
            Journey("j", "Opening", layout={"lanes": [{"key": "a"}, {"key": "kpis"}]}),
            Journey("k", "Closing", 1.0),
            Stage("s0", "j", "Apply", 0.0),
            Stage("s1", "j", "Use", 1.0),
            Stage("z0", "k", "Leave", 0.0),
            Lane("a", "j", "Actions", 0.0, "actions"),
            Touchpoint(
                "t0", "j", "Form", "s0", 0.0, "Web", owner="l",
                judged_experience=(JudgedExperience(10.0, "e"),),
            ),
            Touchpoint("t1", "j", "Sign", "s0", 1.0),
            Touchpoint("t2", "j", "Card", "s1", 0.0),
            Touchpoint("y0", "k", "Letter", "z0", 0.0),
            Transition("x", "j", "t0", "t1", "g", 4.0),
            PainPoint("p0", "j", "Forgets", "t0", 0.0, 4, 3, votes=5, owner="l"),
            PainPoint("p1", "j", "Slow", "t1"),
            Strength("r0", "j", "Short", "t0"),
            Improvement("i0", "Keep it", ("p0",)),
            Kpi("q0", "Finished", "t0"),
            Observation("o0", "q0", "2026Q4", 61.0),
            Note("n0", "a", touchpoint="t0", text="Fills in"),
        ],
    )  # fmt: skip


def healthy(ws: Workspace) -> None:
    assert [p for e in ws.entities() for p in problems(ws, e)] == []


def under(ws: Workspace, kind: Kind, touchpoint: str) -> list[str]:
    found = (e for e in ws.table(kind).values() if getattr(e, "touchpoint", None) == touchpoint)
    return [str(getattr(e, "title", "") or getattr(e, "name", "") or e.text) for e in found]


def test_a_touchpoint_is_copied_with_all_that_hangs_on_it_under_new_ids():
    ws = bank()
    before = {e.id for e in ws.entities()}
    command = Paste(fragment_of(ws, [Ref(Kind.TOUCHPOINT, "t0")]), Place("j", "s0", "t0"))
    command.do(ws)
    healthy(ws)
    assert [t.name for t in ordered_touchpoints(ws, "j")] == ["Form", "Form", "Sign", "Card"]
    copy = command.made[0].id
    assert under(ws, Kind.PAIN_POINT, copy) == ["Forgets"]
    assert under(ws, Kind.STRENGTH, copy) == ["Short"]
    assert under(ws, Kind.KPI, copy) == ["Finished"]
    assert under(ws, Kind.NOTE, copy) == ["Fills in"]
    assert len(ws.observations) == 1  # measured at the original alone
    pain = next(p for p in ws.pain_points.values() if p.touchpoint == copy)
    assert (pain.severity, pain.owner, pain.votes) == (4, "l", None)
    fix = next(i for i in ws.improvements.values() if i.addresses == (pain.id,))
    assert fix.title == "Keep it"
    assert {e.id for e in ws.entities()} > before
    assert ws.touchpoints[copy].judged_experience == (JudgedExperience(10.0, "e"),)


def test_a_stage_goes_to_another_workspace_with_the_people_and_lanes_it_names():
    other = Workspace(
        "Other", [Journey("m", "Theirs"), Stage("w", "m", "One"), Leader("u", "ingrid")]
    )
    command = Paste(fragment_of(bank(), [Ref(Kind.STAGE, "s0")]), Place("m", "w"))
    command.do(other)
    healthy(other)
    assert [s.name for s in ordered_stages(other, "m")] == ["One", "Apply"]
    assert [t.name for t in ordered_touchpoints(other, "m")] == ["Form", "Sign"]
    form = next(t for t in other.touchpoints.values() if t.name == "Form")
    assert form.owner == "u"  # found by name, in any case
    assert [p.name for p in other.personas.values()] == ["Nadia"]
    assert [x.name for x in other.lanes.values()] == ["Actions"]
    assert under(other, Kind.NOTE, form.id) == ["Fills in"]
    transition = next(iter(other.transitions.values()))
    assert other.touchpoints[transition.target].name == "Sign"
    assert transition.segment in other.segments


def test_transitions_come_along_only_with_both_their_ends():
    ws, other = bank(), Workspace("Other", [Journey("m", "Theirs"), Stage("w", "m", "One")])
    alone = fragment_of(ws, [Ref(Kind.TOUCHPOINT, "t0")])
    Paste(alone, Place("m", "w")).do(other)
    healthy(other)
    assert not other.transitions
    Paste(alone, Place("j", "s1")).do(ws)
    assert list(ws.transitions) == ["x"], "a copy takes no counts a second time"


def test_a_touchpoint_that_is_moved_keeps_its_neighbours_where_they_are():
    ws = bank()
    cut = fragment_of(ws, [Ref(Kind.TOUCHPOINT, "t0")], moved=True)
    Remove(Ref(Kind.TOUCHPOINT, "t0")).do(ws)
    command = Paste(cut, Place("j", "s1"))
    command.do(ws)
    healthy(ws)
    (transition,) = ws.transitions.values()
    assert (transition.source, transition.target) == (command.made[0].id, "t1")


def test_a_whole_journey_is_copied_and_named_apart_with_its_layout():
    ws = bank()
    command = Paste(fragment_of(ws, [Ref(Kind.JOURNEY, "j")]), Place("j"))
    command.do(ws)
    healthy(ws)
    made = ws.journeys[command.made[0].id]
    assert made.name == "Opening (2)"
    lane = next(x for x in ws.lanes.values() if x.journey == made.id)
    assert made.layout["lanes"] == [{"key": lane.id}, {"key": "kpis"}]
    first, second = (
        [
            [(c.touchpoint.name, len(c.pain_points), len(c.improvements)) for c in g.columns]
            for g in outline(ws, j)
        ]
        for j in ("j", made.id)
    )
    assert first == second
    command.undo(ws)
    assert ws == bank()


def test_pain_points_of_two_columns_spread_over_two_columns_again():
    ws = bank()
    refs = [Ref(Kind.PAIN_POINT, "p1"), Ref(Kind.PAIN_POINT, "p0")]
    Paste(fragment_of(ws, refs), Place("j", "s0", "t1")).do(ws)
    assert under(ws, Kind.PAIN_POINT, "t1") == ["Slow", "Forgets"]
    assert under(ws, Kind.PAIN_POINT, "t2") == ["Slow"]
    healthy(ws)


def test_an_improvement_addresses_the_worst_pain_where_it_is_pasted():
    ws = bank()
    command = Paste(fragment_of(ws, [Ref(Kind.IMPROVEMENT, "i0")]), Place("j", "s0", "t1"))
    command.do(ws)
    assert ws.improvements[command.made[0].id].addresses == ("p1",)
    with pytest.raises(EditError) as refused:
        Paste(fragment_of(ws, [Ref(Kind.IMPROVEMENT, "i0")]), Place("j", "s1", "t2")).do(ws)
    assert refused.value.reason == "no_place"


def test_an_improvement_that_answers_more_than_what_is_cut_stays_one():
    ws = bank()
    Set(Ref(Kind.IMPROVEMENT, "i0"), addresses=("p0", "p1")).do(ws)
    fragment = fragment_of(ws, [Ref(Kind.TOUCHPOINT, "t0")], moved=True)
    Remove(fragment.roots).do(ws)
    assert ws.improvements["i0"].addresses == ("p1",)
    before, paste = ws.copy(), Paste(fragment, Place("j", "s1"))
    paste.do(ws)
    healthy(ws)
    (again,) = (p.id for p in ws.pain_points.values() if p.title == "Forgets")
    assert [i.addresses for i in ws.improvements.values()] == [("p1", again)]
    paste.undo(ws)
    assert ws == before


def test_what_is_cut_keeps_its_votes():
    ws = bank()
    fragment = fragment_of(ws, [Ref(Kind.PAIN_POINT, "p0")], moved=True)
    command = Paste(fragment, Place("j", "s1", "t2"))
    command.do(ws)
    assert ws.pain_points[command.made[0].id].votes == 5


def test_what_stands_inside_another_chosen_object_is_copied_once():
    fragment = fragment_of(bank(), [Ref(Kind.PAIN_POINT, "p0"), Ref(Kind.TOUCHPOINT, "t0")])
    assert fragment.roots == (Ref(Kind.TOUCHPOINT, "t0"),)


def test_a_shared_touchpoint_is_edited_as_one_but_judged_apart():
    ws = bank()
    command = ShareTouchpoint("t0", "z0")
    command.do(ws)
    healthy(ws)
    assert twins(ws, "t0") == (command.id,)
    assert twins(ws, command.id) == ("t0",)
    SetTouchpoint([command.id], name="Online form", channel="App", moment_of_truth=True).do(ws)
    assert (ws.touchpoints["t0"].name, ws.touchpoints["t0"].channel) == ("Online form", "App")
    assert not ws.touchpoints["t0"].moment_of_truth
    assert ws.touchpoints[command.id].judged_experience == ()
    with pytest.raises(EditError) as refused:
        ShareTouchpoint("t0", "z0").do(ws)
    assert refused.value.reason == "shared_there"


def test_a_shared_touchpoint_whose_twin_is_removed_is_shared_no_longer():
    ws = bank()
    first, second = ShareTouchpoint("t0", "z0"), ShareTouchpoint("t1", "z0")
    first.do(ws)
    second.do(ws)
    before, remove = ws.copy(), Remove(Ref(Kind.TOUCHPOINT, first.id))
    remove.do(ws)
    healthy(ws)
    assert ws.touchpoints["t0"].shared_with == ()
    assert ws.touchpoints["t1"].shared_with == (second.id,)
    remove.undo(ws)
    assert ws == before


def test_replacing_is_one_step_over_names_and_notes_and_takes_no_pattern():
    ws = bank()
    before = ws.copy()
    assert {ref.id for ref in occurrences(ws, "j", "F")} == {"t0", "p0", "q0", "n0"}
    command = ReplaceText("j", "fOrm", r"F\1.m")
    command.do(ws)
    assert ws.touchpoints["t0"].name == r"F\1.m"
    command.undo(ws)
    assert ws == before
    ReplaceText("j", "Card", "").do(ws)
    assert ws.touchpoints["t2"].name == "Card"  # a name is not replaced by nothing
    assert occurrences(ws, "j", "") == ()
