"""A locked journey keeps its stages, lanes and touchpoints, whatever command comes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journey.edit import (
    Add,
    AddPainPoint,
    AddStage,
    AddSurvey,
    AddTouchpoint,
    Batch,
    JudgeExperience,
    LockJourney,
    MoveLane,
    MovePainPoint,
    MoveStage,
    MoveTouchpoint,
    Paste,
    Place,
    Remove,
    Rename,
    ReplaceText,
    Set,
    SetTouchpoint,
    ShareTouchpoint,
    Summary,
    fragment_of,
)
from journey.errors import EditError
from journey.model.evidence import Kpi, Question, Survey
from journey.model.ids import Kind, Ref
from journey.model.improvement import Improvement
from journey.model.map import Journey, Lane, Note, PainPoint, Stage, Strength, Touchpoint
from journey.model.people import Leader
from journey.model.workspace import Workspace

LANES = [{"key": "a"}, {"key": "kpis"}, {"key": "owner"}]


def bank(*, locked: bool = True) -> Workspace:
    """Return two journeys that share a touchpoint; the first is locked."""
    return Workspace(
        "Bank",
        [
            Leader("l", "Ingrid"),
            Journey("j", "Opening", locked=locked, layout={"lanes": LANES}),
            Journey("k", "Closing", 1.0),
            Stage("s0", "j", "Apply", 0.0),
            Stage("s1", "j", "Use", 1.0),
            Stage("z0", "k", "Leave", 0.0),
            Lane("a", "j", "Actions", 0.0, "actions"),
            Lane("b", "j", "Thoughts", 1.0, "thoughts"),
            Touchpoint("t0", "j", "Form", "s0", 0.0, "Web", shared_with=("y0",)),
            Touchpoint("t1", "j", "Sign", "s0", 1.0),
            Touchpoint("y0", "k", "Form", "z0", 0.0, "Web", shared_with=("t0",)),
            Touchpoint("y1", "k", "Letter", "z0", 1.0),
            PainPoint("p0", "j", "Forgets", "t0"),
            PainPoint("p1", "j", "Slow", "t1"),
            Note("n0", "a", touchpoint="t0", text="Fills in the form"),
        ],
    )


def layout(*lanes: dict[str, object]) -> dict[str, object]:
    return {"layout": {"lanes": list(lanes)}}


STAGE, TOUCHPOINT, LANE = (Ref(Kind.STAGE, "s0"), Ref(Kind.TOUCHPOINT, "t0"), Ref(Kind.LANE, "a"))
JOURNEY = Ref(Kind.JOURNEY, "j")
STRUCTURAL = {
    "add a stage": lambda ws: AddStage("j", "More"),
    "add a touchpoint": lambda ws: AddTouchpoint("s0", "More"),
    "add a lane": lambda ws: Add(Lane("c", "j", "More")),
    "add a stage whole": lambda ws: Add(Stage("s9", "j", "More")),
    "move a stage": lambda ws: MoveStage("s0", 1),
    "move a touchpoint": lambda ws: MoveTouchpoint("t0", "s1"),
    "reorder touchpoints": lambda ws: MoveTouchpoint("t0", "s0", 1),
    "move a lane": lambda ws: MoveLane("a", 1),
    "rename a stage": lambda ws: Rename(STAGE, "Other"),
    "rename a touchpoint": lambda ws: SetTouchpoint(["t0"], name="Other"),
    "rename a twin elsewhere": lambda ws: SetTouchpoint(["y0"], name="Other"),
    "rename a lane": lambda ws: Rename(LANE, "Other"),
    "put under a sub-step": lambda ws: Set(TOUCHPOINT, step="Details"),
    "take off its stage": lambda ws: Set(TOUCHPOINT, stage=None),
    "send to another journey": lambda ws: Set(TOUCHPOINT, journey="k", stage="z0"),
    "delete a stage": lambda ws: Remove(STAGE),
    "delete a touchpoint": lambda ws: Remove(TOUCHPOINT),
    "delete a lane": lambda ws: Remove(LANE),
    "delete the journey": lambda ws: Remove(JOURNEY),
    "paste a stage": lambda ws: Paste(
        fragment_of(ws, [Ref(Kind.STAGE, "z0")]), Place("j", "s0")
    ),
    "paste a touchpoint": lambda ws: Paste(
        fragment_of(ws, [Ref(Kind.TOUCHPOINT, "y1")]), Place("j", "s0", "t0")
    ),
    "paste a lane": lambda ws: Paste(fragment_of(ws, [LANE]), Place("j")),
    "share a touchpoint into it": lambda ws: ShareTouchpoint("y1", "s0"),
    "replace in names": lambda ws: ReplaceText("j", "form", "sheet"),
    "import an answer's touchpoint": lambda ws: AddSurvey(
        Survey("q", "Spring"), (Touchpoint("t9", "j", "New", "s0"), Question("q0", "t9"))
    ),
    "in a batch": lambda ws: Batch([Rename(Ref(Kind.LEADER, "l"), "Ada"), AddStage("j", "More")]),
    "reorder the map's lanes": lambda ws: Set(
        JOURNEY, **layout({"key": "kpis"}, {"key": "a"}, {"key": "owner"})
    ),
    "rename a lane every map has": lambda ws: Set(
        JOURNEY, **layout({"key": "a"}, {"key": "kpis", "name": "Indicators"}, {"key": "owner"})
    ),
}  # fmt: skip

CONTENT = {
    "add a pain point": lambda ws: AddPainPoint(PainPoint("p9", "j", "New", "t0")),
    "add a strength": lambda ws: Add(Strength("r", "j", "Short", "t0")),
    "add a note": lambda ws: Add(Note("n9", "a", touchpoint="t0", text="More")),
    "add an improvement": lambda ws: Add(Improvement("i", "Keep it", ("p0",))),
    "add a KPI": lambda ws: Add(Kpi("q", "Finished", "t0")),
    "judge": lambda ws: JudgeExperience("t0", -40.0),
    "name the owner": lambda ws: SetTouchpoint(["t0"], owner="l", channel="App"),
    "flag a moment of truth": lambda ws: Set(TOUCHPOINT, moment_of_truth=True, colour="pain"),
    "move a pain point": lambda ws: MovePainPoint("p0", "t1"),
    "rename a pain point": lambda ws: Rename(Ref(Kind.PAIN_POINT, "p0"), "Forgets all"),
    "delete a note": lambda ws: Remove(Ref(Kind.NOTE, "n0")),
    "delete an owner": lambda ws: Remove(Ref(Kind.LEADER, "l")),
    "replace in notes": lambda ws: ReplaceText("j", "fills", "types"),
    "rename the journey": lambda ws: Rename(JOURNEY, "Opening an account"),
    "share its touchpoint": lambda ws: ShareTouchpoint("t1", "z0"),
    "copy it whole": lambda ws: Paste(fragment_of(ws, [JOURNEY]), Place("k")),
    "hide and fold lanes": lambda ws: Set(
        JOURNEY,
        **layout({"key": "a", "hidden": True}, {"key": "kpis", "fold": "folded"}, {"key": "owner"}),
    ),
    "edit another journey": lambda ws: AddStage("k", "More"),
    "unlock and add": lambda ws: Batch([LockJourney("j", False), AddStage("j", "More")]),
}  # fmt: skip


@pytest.mark.parametrize("what", STRUCTURAL)
def test_the_structure_of_a_locked_journey_cannot_be_changed(what):
    ws = bank()
    before = ws.copy()
    command = STRUCTURAL[what](ws)
    with pytest.raises(EditError) as refused:
        command.validate(ws)
    assert refused.value.reason == "locked"
    assert refused.value.facts["journey"] == "Opening"
    assert ws == before


@pytest.mark.parametrize("what", STRUCTURAL)
def test_the_same_commands_are_done_where_nothing_is_locked(what):
    ws = bank(locked=False)
    before = ws.copy()
    command = STRUCTURAL[what](ws)
    command.do(ws)
    assert ws != before
    command.undo(ws)
    assert ws == before


@pytest.mark.parametrize("what", CONTENT)
def test_what_hangs_on_a_locked_structure_may_change(what):
    ws = bank()
    before = ws.copy()
    CONTENT[what](ws).do(ws)
    assert ws != before


def test_a_copy_of_a_locked_journey_is_locked_too():
    ws = bank()
    command = Paste(fragment_of(ws, [JOURNEY]), Place("k"))
    command.do(ws)
    (made,) = command.made
    assert ws.journeys[made.id].locked
    with pytest.raises(EditError):
        AddStage(made.id, "More").do(ws)


def test_locking_and_unlocking_are_undone_and_done_again():
    ws = bank(locked=False)
    lock, unlock = LockJourney("j", layout={"lanes": LANES}), LockJourney("j", False)
    lock.do(ws)
    assert (lock.summary, ws.journeys["j"].locked) == (
        Summary("lock", Kind.JOURNEY, "Opening"),
        True,
    )
    unlock.do(ws)
    assert (unlock.summary.verb, ws.journeys["j"].locked) == ("unlock", False)
    added = AddStage("j", "More")
    added.do(ws)
    added.undo(ws)
    unlock.undo(ws)
    assert ws.journeys["j"].locked
    lock.undo(ws)
    assert not ws.journeys["j"].locked
    lock.do(ws)
    assert ws.journeys["j"].locked


def structure(ws: Workspace) -> list[object]:
    """Return what a lock keeps of the first journey."""
    return [
        sorted((s.id, s.name, s.position) for s in ws.stages.values() if s.journey == "j"),
        sorted(
            (t.id, t.name, t.stage, t.position) for t in ws.touchpoints.values() if t.journey == "j"
        ),
        sorted((x.id, x.name, x.position) for x in ws.lanes.values() if x.journey == "j"),
    ]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(sorted({**STRUCTURAL, **CONTENT})), max_size=12))
def test_no_row_of_commands_gets_around_a_lock(names):
    ws = bank()
    kept = structure(ws)
    commands = {**STRUCTURAL, **CONTENT}
    del commands["unlock and add"]
    for name in names:
        if name not in commands:
            continue
        try:
            commands[name](ws).do(ws)
        except EditError:
            continue
        assert structure(ws) == kept, name
