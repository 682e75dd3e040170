"""Do, undo and redo give back exactly what was there, for every command."""

import inspect
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import journey.edit as edit
from journey.edit import (
    Add,
    AddPainPoint,
    AddStage,
    AddSurvey,
    AddTouchpoint,
    Batch,
    Changes,
    Command,
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
    fragment_of,
)
from journey.errors import EditError
from journey.model.check import problems
from journey.model.evidence import Kpi, Observation, Question, Survey
from journey.model.ids import Kind, Ref
from journey.model.improvement import Improvement
from journey.model.map import Journey, Note, PainPoint, Strength, Transition
from journey.model.people import Leader, Persona, Segment
from journey.model.template import new_workspace
from journey.model.workspace import Workspace

NAMES = st.sampled_from(["Card", "Call", " Ad  ", "Zażółć", "Ünïcode\x00", "x" * 300])


def pick(ws: Workspace, kind: Kind, n: int) -> str:
    """Return the n-th id of a kind, round and round; an unknown one where there is none."""
    ids = sorted(ws.table(kind))
    return ids[n % len(ids)] if ids else "nobody"


def build(ws: Workspace, what: int, a: int, b: int, name: str) -> Command:
    """Return one of every command, aimed at what the workspace holds."""
    journey = pick(ws, Kind.JOURNEY, a)
    stage = pick(ws, Kind.STAGE, a)
    touchpoint = pick(ws, Kind.TOUCHPOINT, b)
    pain = pick(ws, Kind.PAIN_POINT, a)
    leader = pick(ws, Kind.LEADER, b)
    segment = pick(ws, Kind.SEGMENT, b)
    fresh = f"new-{a}-{b}"
    makers = [
        lambda: AddStage(journey, name, b % 4),
        lambda: AddTouchpoint(stage, name, b % 4, channel="web"),
        lambda: AddPainPoint(PainPoint(fresh, journey, name, touchpoint, severity=a % 5 + 1)),
        lambda: Add(Leader(fresh, name)),
        lambda: Add(Persona(fresh, name)),
        lambda: Add(Segment(fresh, name, float(a), float(b))),
        lambda: Add(Journey(fresh, name, 3.0)),
        lambda: Add(Improvement(fresh, name, (pain,), effort_days=1.0 + a)),
        lambda: Add(Strength(fresh, journey, name, touchpoint)),
        lambda: Add(Transition(fresh, journey, "start", touchpoint, segment, float(a))),
        lambda: Add(Note(fresh, pick(ws, Kind.LANE, a), None, touchpoint, "", name)),
        lambda: Add(Question(fresh, touchpoint, name, "nps", (0, 10))),
        lambda: Add(Kpi(fresh, name, touchpoint)),
        lambda: Add(Observation(fresh, pick(ws, Kind.KPI, a), "2026Q4", 3.5)),
        lambda: AddSurvey(Survey(fresh, name), (Question(f"q-{fresh}", touchpoint),)),
        lambda: Set(Ref(Kind.TOUCHPOINT, touchpoint), owner=leader, channel=name),
        lambda: Set(Ref(Kind.PAIN_POINT, pain), severity=b % 7),
        lambda: Set(Ref(Kind.ASSUMPTIONS, "assumptions"), causal_share_mean=(a % 12) / 10),
        lambda: Rename(Ref(Kind.STAGE, stage), name),
        lambda: JudgeExperience(touchpoint, float(a * 30 - 120)),
        lambda: MoveStage(stage, b % 6),
        lambda: MoveLane(pick(ws, Kind.LANE, a), b % 3),
        lambda: MoveTouchpoint(touchpoint, stage, b % 5),
        lambda: MovePainPoint(pain, touchpoint, b % 3),
        lambda: Remove(Ref(Kind.TOUCHPOINT, touchpoint)),
        lambda: Remove([Ref(Kind.STAGE, stage), Ref(Kind.LEADER, leader)]),
        lambda: Remove(Ref(Kind.SEGMENT, segment)),
        lambda: Paste(
            fragment_of(ws, [Ref(Kind.STAGE, stage), Ref(Kind.PAIN_POINT, pain)]),
            Place(journey, stage, touchpoint),
        ),
        lambda: Paste(fragment_of(ws, [Ref(Kind.JOURNEY, journey)]), Place(journey)),
        lambda: SetTouchpoint([touchpoint], name=name, channel="app"),
        lambda: ShareTouchpoint(touchpoint, stage, b % 3),
        lambda: ReplaceText(journey, "a", name),
        lambda: LockJourney(journey, b % 2 == 0),
        lambda: Batch([AddStage(journey, name), Rename(Ref(Kind.JOURNEY, journey), name)]),
    ]
    return makers[what % len(makers)]()


STEPS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 9), st.integers(0, 9), NAMES),
    min_size=1,
    max_size=40,
)


def seeded() -> Workspace:
    """Return a workspace in which most commands find something to act on."""
    ws = new_workspace("Test")
    for n in range(3):
        Add(Leader(f"leader-{n}", f"Leader {n}")).do(ws)
        Add(Segment(f"segment-{n}", f"Segment {n}", 100.0, 10.0)).do(ws)
        AddTouchpoint(sorted(ws.stages)[n], f"Touchpoint {n}").do(ws)
    for n, touchpoint in enumerate(sorted(ws.touchpoints)):
        journey = ws.touchpoints[touchpoint].journey
        AddPainPoint(PainPoint(f"pain-{n}", journey, f"Pain {n}", touchpoint)).do(ws)
    return ws


@settings(max_examples=150, deadline=None)
@given(STEPS)
def test_every_command_goes_back_and_forth_exactly(steps):
    ws = seeded()
    history: list[tuple[Workspace, Command, Workspace]] = []
    for what, a, b, name in steps:
        before = ws.copy()
        try:
            command = build(ws, what, a, b, name)
            command.validate(ws)
        except EditError:
            assert ws == before, "a refused command leaves the workspace as it was"
            continue
        assert ws == before, "validation leaves the workspace as it was"
        changes = command.do(ws)
        assert changes.added | changes.removed | changes.updated == {c.ref for c in changes.items}
        history.append((before, command, ws.copy()))
        assert not [p for e in ws.entities() for p in problems(ws, e)]
    for before, command, after in reversed(history):
        command.undo(ws)
        assert ws == before
        command.do(ws)
        assert ws == after
        command.undo(ws)
    for _, command, after in history:
        command.do(ws)
        assert ws == after


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_changes_carry_a_workspace_from_before_to_after(steps):
    ws = seeded()
    mirror = ws.copy()
    for what, a, b, name in steps:
        try:
            changes = build(ws, what, a, b, name).do(ws)
        except EditError:
            continue
        changes.apply(mirror)
        assert mirror == ws
        assert all(c.before != c.after for c in changes.items)


def test_every_command_of_the_package_is_exercised():
    ws = seeded()
    built = set()
    for what in range(34):
        command = build(ws, what, 0, 0, "Name")
        built.update(cls.__name__ for cls in type(command).__mro__)
    commands = {
        name
        for name in edit.__all__
        if inspect.isclass(getattr(edit, name)) and issubclass(getattr(edit, name), Command)
    }
    assert commands - built == set()


@pytest.mark.parametrize("count", [60, 200])
def test_inserting_between_the_same_neighbours_for_ever_keeps_the_order(count):
    ws = new_workspace("Test")
    stage = min(ws.stages)
    AddTouchpoint(stage, "first").do(ws)
    AddTouchpoint(stage, "last").do(ws)
    for n in range(count):
        AddTouchpoint(stage, f"t{n}", 1).do(ws)
    names = [t.name for t in sorted(ws.touchpoints.values(), key=lambda t: t.position)]
    assert names == ["first", *(f"t{n}" for n in reversed(range(count))), "last"]


def test_a_stage_goes_with_its_touchpoints_and_leaves_the_evidence():
    ws = seeded()
    touchpoint = ws.touchpoints[min(ws.touchpoints)]
    Add(Question("q", touchpoint.id, "Ease", "csat")).do(ws)
    Add(Improvement("i", "Fix", tuple(sorted(ws.pain_points)))).do(ws)
    Add(Kpi("k", "Wait", touchpoint.id)).do(ws)
    Add(Observation("o", "k", "2026Q4", 2.0)).do(ws)
    lost = {p.id for p in ws.pain_points.values() if p.touchpoint == touchpoint.id}
    Remove(Ref(Kind.STAGE, touchpoint.stage)).do(ws)
    assert touchpoint.id not in ws.touchpoints
    assert ws.questions["q"] == Question("q", None, "Ease", "csat")
    assert not lost & set(ws.improvements["i"].addresses)
    assert "k" not in ws.kpis
    assert "o" not in ws.observations


def test_a_leader_who_goes_leaves_what_they_owned_without_owner():
    ws = seeded()
    touchpoint = min(ws.touchpoints)
    Set(Ref(Kind.TOUCHPOINT, touchpoint), owner="leader-1").do(ws)
    Remove(Ref(Kind.LEADER, "leader-1")).do(ws)
    assert ws.touchpoints[touchpoint].owner is None


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (lambda ws: Rename(Ref(Kind.STAGE, "nobody"), "x"), "unknown"),
        (lambda ws: Rename(Ref(Kind.STAGE, min(ws.stages)), "   "), "empty"),
        (lambda ws: Set(Ref(Kind.PAIN_POINT, "pain-0"), severity=9), "off_the_scale"),
        (lambda ws: Set(Ref(Kind.PAIN_POINT, "pain-0"), owner="nobody"), "unknown"),
        (lambda ws: Set(Ref(Kind.PAIN_POINT, "pain-0"), id="other"), "not_editable"),
        (lambda ws: Set(Ref(Kind.PAIN_POINT, "pain-0"), flavour="red"), "not_editable"),
        (
            lambda ws: Set(Ref(Kind.ASSUMPTIONS, "assumptions"), fix_efficacy_sd=2.0),
            "spread_too_wide",
        ),
        (lambda ws: Set(Ref(Kind.SEGMENT, "segment-0"), customers_per_year=-1.0), "negative"),
        (
            lambda ws: Set(Ref(Kind.SEGMENT, "segment-0"), value_if_retained=float("nan")),
            "not_finite",
        ),
        (lambda ws: Add(Leader("leader-0", "Twin")), "exists"),
        (lambda ws: Remove(Ref(Kind.WORKSPACE, "workspace")), "not_removable"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(command, reason):
    ws = seeded()
    before = ws.copy()
    with pytest.raises(EditError) as refused:
        command(ws).do(ws)
    assert refused.value.reason == reason
    assert ws == before


def test_text_is_cleaned_at_the_entrance():
    ws = seeded()
    Rename(Ref(Kind.LEADER, "leader-0"), "  Ann\u202e\x00\nBerg ").do(ws)
    assert ws.leaders["leader-0"].name == "Ann\ufffd Berg"


def test_merged_changes_fold_to_first_before_and_last_after():
    ws = seeded()
    ref = Ref(Kind.LEADER, "leader-0")
    first = ws.leaders["leader-0"]
    changes = Batch([Rename(ref, "A"), Rename(ref, "B")]).do(ws)
    assert [(c.before, c.after) for c in changes.items] == [(first, replace(first, name="B"))]
    assert Batch([Rename(ref, "C"), Rename(ref, "B")]).do(ws) == Changes()
