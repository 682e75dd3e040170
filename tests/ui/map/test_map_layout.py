"""Properties of the layout: nothing overlaps, nothing is cut, and edits lead where a fresh start
would."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QFontMetricsF

from journey.edit import (
    Add,
    AddPainPoint,
    AddTouchpoint,
    Command,
    JudgeExperience,
    MovePainPoint,
    MoveTouchpoint,
    Remove,
    Rename,
    Set,
)
from journey.model.evidence import Kpi
from journey.model.ids import (
    ImprovementId,
    JourneyId,
    Kind,
    KpiId,
    LaneId,
    LeaderId,
    NoteId,
    PainPointId,
    Ref,
    StageId,
    StrengthId,
    TouchpointId,
)
from journey.model.improvement import Improvement
from journey.model.map import Journey, Lane, Note, PainPoint, Stage, Strength, Touchpoint
from journey.model.people import Leader
from journey.model.workspace import Workspace
from ui.map.board import Board
from ui.map.cells import TEXT_LEFT, TEXT_RIGHT
from ui.map.experience import Point, fit
from ui.map.figures import (
    ChipFact,
    KpiFigure,
    MapFigures,
    Measured,
    TouchpointFigures,
)
from ui.map.lanes import LaneKind
from ui.map.layout import Shape
from ui.map.lettering import Face, QtLettering
from ui.shell.syllables import HYPHEN

JOURNEY = JourneyId("j")
TITLES = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=70
).filter(str.strip)
WORDS = st.lists(
    st.sampled_from(["Card", "arrives", "no", "Identitätsprüfung", "a", "notice", "銀行口座"]),
    min_size=1,
    max_size=12,
).map(" ".join)
NAMES = TITLES | WORDS


@pytest.fixture(scope="module")
def lettering(qapp: object) -> QtLettering:
    return QtLettering()


@st.composite
def workspaces(draw: st.DrawFn) -> Workspace:
    """A journey with up to 6 touchpoints in up to 3 stages and anything under them."""
    ws = Workspace("w", [Journey(JOURNEY, "j"), Leader(LeaderId("l"), draw(NAMES))])
    stages = draw(st.integers(0, 3))
    for i in range(stages):
        ws.put(Stage(StageId(f"s{i}"), JOURNEY, draw(NAMES), float(i)))
    for i in range(2):
        ws.put(Lane(LaneId(f"n{i}"), JOURNEY, f"Lane {i}", float(i), ("actions", "text")[i]))
    for i in range(draw(st.integers(0, 6)) if stages else 0):
        stage = StageId(f"s{draw(st.integers(0, stages - 1))}")
        owner = LeaderId("l") if draw(st.booleans()) else None
        ws.put(
            Touchpoint(
                TouchpointId(f"t{i}"), JOURNEY, draw(NAMES), stage, float(i),
                draw(st.sampled_from(["", "Web", "Branch office in Oslo"])), owner=owner,
                moment_of_truth=draw(st.booleans()),
            )
        )  # fmt: skip
        _hang(draw, ws, i)
    if stages and draw(st.booleans()):
        ws.put(Note(NoteId("ns"), LaneId("n0"), StageId("s0"), text=draw(NAMES)))
    return ws


def _hang(draw: st.DrawFn, ws: Workspace, i: int) -> None:
    at = TouchpointId(f"t{i}")
    for k in range(draw(st.integers(0, 3))):
        ws.put(PainPoint(PainPointId(f"p{i}{k}"), JOURNEY, draw(NAMES), at, float(k)))
        if draw(st.booleans()):
            effort = draw(st.sampled_from([None, 0.5, 12345.0]))
            ws.put(
                Improvement(
                    ImprovementId(f"i{i}{k}"), draw(NAMES), (PainPointId(f"p{i}{k}"),), effort
                )
            )
    for k in range(draw(st.integers(0, 2))):
        ws.put(Note(NoteId(f"n{i}{k}"), LaneId(f"n{k}"), touchpoint=at, text=draw(NAMES)))
        ws.put(Kpi(KpiId(f"k{i}{k}"), draw(NAMES), at, unit="customers", target=1234567.0))


@st.composite
def figures_of(draw: st.DrawFn, ws: Workspace) -> MapFigures:
    """Figures for some of the touchpoints, long chips among them."""
    known = {}
    for touchpoint in ws.touchpoints:
        if draw(st.booleans()):
            value = draw(st.floats(-100, 100))
            half = draw(st.floats(0, 40))
            chips = (ChipFact("Satisfaction", value, half, 1234567, decimals=1),) * 2
            measured = Measured(value, max(value - half, -100.0), min(value + half, 100.0))
            known[touchpoint] = TouchpointFigures(chips, measured)
    return MapFigures(known, {k: KpiFigure(123456.78, ok=False) for k in ws.kpis})


@given(st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_cards_never_overlap_and_stay_in_their_cells(
    lettering: QtLettering, data: st.DataObject
) -> None:
    ws = data.draw(workspaces())
    board = Board(ws, JOURNEY, lettering)
    board.set_figures(data.draw(figures_of(ws)))
    board.set_shape(Shape(column=data.draw(st.sampled_from([130.0, 136.0]))))
    layout = board.layout
    boxes = [box for _, box in layout.boxes()]
    for i, box in enumerate(boxes):
        assert not any(box.meets(other) for other in boxes[i + 1 :])
        assert box.x >= 0
        assert box.right <= layout.width
        lane = layout.lanes[layout.lane_at(box.y)]
        assert lane.top <= box.y
        assert box.bottom <= lane.bottom
    tops = [lane.top for lane in layout.lanes]
    assert tops == [sum(row.height for row in layout.lanes[:i]) for i in range(len(tops))]
    labels = [(s.left, s.top, s.width) for s in layout.experience.blind_spots]
    for i, (left, top, width) in enumerate(labels):
        apart = [abs(top - t) >= 22 or left + width <= x or x + w <= left
                 for x, t, w in labels[i + 1 :]]  # fmt: skip
        assert all(apart)


@given(st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_all_text_fits_its_card(lettering: QtLettering, data: st.DataObject) -> None:
    board = Board(data.draw(workspaces()), JOURNEY, lettering)
    metrics = QFontMetricsF(lettering.font(Face.STICKY))
    for block, box in board.layout.boxes():
        if block.kind in {LaneKind.NOTES, LaneKind.PAIN_POINTS, LaneKind.IMPROVEMENTS}:
            room = box.width - TEXT_LEFT - TEXT_RIGHT
            for line in block.lines:
                # A single letter wider than a card does not exist in a map's font.
                assert metrics.horizontalAdvance(line) <= room + 0.01 or len(line) == 1
            assert len(block.lines) * Face.STICKY.line <= box.height


@given(text=NAMES, width=st.floats(40, 300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_wrapping_keeps_every_letter(lettering: QtLettering, text: str, width: float) -> None:
    lines = lettering.wrap(text, Face.STICKY, width)
    told, wanted = "".join("".join(lines).split()), "".join(text.split())
    assert told.replace(HYPHEN, "") == wanted.replace(HYPHEN, "")


def test_a_long_word_is_broken_between_syllables_with_a_hyphen(lettering: QtLettering) -> None:
    lines = lettering.wrap("Предварительное рассмотрение", Face.STICKY_BOLD, 84)
    assert len(lines) > 2
    assert lines[0].endswith(HYPHEN)
    assert lines[0].rstrip(HYPHEN)[-1] in "аеиоуыэюя", "after a vowel"
    assert all(len(line) > 2 for line in lines)
    assert lettering.wrap("Departure/Arrival", Face.STICKY_BOLD, 90)[0] == "Departure/"


@pytest.mark.parametrize(
    ("word", "broken"),
    [
        ("Vertragsabschluss", "Vertragsab schluss"),
        ("Kontoeröffnungsantrag", "Kontoeröff nungsantrag"),
        ("oszczędnościowy", "oszczędno ściowy"),
    ],
)
def test_letters_that_are_one_sound_stay_together(
    lettering: QtLettering, word: str, broken: str
) -> None:
    wide = max(lettering.advance(part + HYPHEN, Face.BASE_BOLD) for part in broken.split()) + 1
    lines = lettering.wrap(word, Face.BASE_BOLD, wide)
    assert " ".join(line.rstrip(HYPHEN) for line in lines) == broken


def test_the_level_of_evidence_takes_no_room_from_the_title(lettering: QtLettering) -> None:
    ws = Workspace(
        "w",
        [
            Journey(JOURNEY, "j"),
            Stage(StageId("s"), JOURNEY, "s"),
            Touchpoint(TouchpointId("t"), JOURNEY, "ID check", StageId("s")),
            PainPoint(PainPointId("p"), JOURNEY, "ID photo rejected without a reason",
                      TouchpointId("t")),
        ],
    )  # fmt: skip
    board = Board(ws, JOURNEY, lettering)

    def title() -> tuple[str, ...]:
        return next(b.lines for b, _ in board.layout.boxes() if b.kind is LaneKind.PAIN_POINTS)

    before = title()
    board.set_figures(MapFigures(levels={PainPointId("p"): "A"}))
    assert title() == before


@given(st.data())
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_following_edits_leads_where_a_fresh_layout_would(
    lettering: QtLettering, data: st.DataObject
) -> None:
    ws = data.draw(workspaces())
    board = Board(ws, JOURNEY, lettering)
    figures = data.draw(figures_of(ws))
    board.set_figures(figures)
    for _ in range(data.draw(st.integers(1, 5))):
        command = data.draw(edits_of(ws))
        if command is None:
            return
        board.absorb(command.do(ws))
        if data.draw(st.booleans()):
            board.absorb(command.undo(ws))
        if data.draw(st.booleans()) and ws.stages:
            board.open_place((data.draw(st.sampled_from(list(ws.stages))), 0))
            board.open_place(None)
        if data.draw(st.booleans()):
            figures = data.draw(figures_of(ws))
            board.set_figures(figures)
        fresh = Board(ws, JOURNEY, lettering)
        fresh.set_figures(figures)
        assert board.layout.lanes == fresh.layout.lanes
        assert board.layout.spans == fresh.layout.spans
        assert board.layout.experience == fresh.layout.experience
        assert list(board.layout.boxes()) == list(fresh.layout.boxes())
        assert board.layout.needs == fresh.layout.needs
        assert board.counts() == fresh.counts()
        assert all(board.column_of(t) == fresh.column_of(t) for t in ws.touchpoints)


@st.composite
def edits_of(draw: st.DrawFn, ws: Workspace) -> Command | None:
    """Some edit this workspace allows; None where it has no touchpoint."""
    touchpoints, pains, stages = list(ws.touchpoints), list(ws.pain_points), list(ws.stages)
    if not touchpoints:
        return None
    at, name = draw(st.sampled_from(touchpoints)), draw(WORDS)
    ref = Ref(Kind.TOUCHPOINT, at)
    stage = draw(st.sampled_from(stages))
    fresh = draw(st.uuids()).hex
    commands: list[Command] = [
        Rename(ref, name),
        Set(ref, channel=name, moment_of_truth=draw(st.booleans())),
        Set(ref, owner=draw(st.sampled_from([None, LeaderId("l")]))),
        Rename(Ref(Kind.LEADER, LeaderId("l")), name),
        Rename(Ref(Kind.STAGE, stage), name),
        Rename(Ref(Kind.LANE, LaneId("n1")), name),
        JudgeExperience(at, float(draw(st.integers(-100, 100)))),
        MoveTouchpoint(at, stage, draw(st.integers(0, 3))),
        AddTouchpoint(stage, name, 0, touchpoint=TouchpointId(fresh)),
        AddPainPoint(PainPoint(PainPointId(fresh), JOURNEY, name, at)),
        Add(Note(NoteId(fresh), LaneId("n1"), touchpoint=at, text=name)),
        Add(Note(NoteId(fresh), LaneId("n0"), stage, text=name)),
        Add(Strength(StrengthId(fresh), JOURNEY, name, at)),
        Add(Kpi(KpiId(fresh), name, at)),
        Remove(ref),
    ]
    for kind in (Kind.STRENGTH, Kind.KPI, Kind.IMPROVEMENT):
        for each in ws.table(kind):
            commands.append(Remove(Ref(kind, each)))
            if kind is not Kind.IMPROVEMENT:
                commands.append(Set(Ref(kind, each), touchpoint=at))
    commands += [Set(Ref(Kind.NOTE, n), touchpoint=at, stage=None) for n in ws.notes]
    if pains:
        chosen = tuple(draw(st.lists(st.sampled_from(pains), unique=True, max_size=2)))
        commands.append(Add(Improvement(ImprovementId(fresh), name, chosen)))
        commands += [Set(Ref(Kind.IMPROVEMENT, i), addresses=chosen) for i in ws.improvements]
        pain = draw(st.sampled_from(pains))
        commands += [
            Rename(Ref(Kind.PAIN_POINT, pain), name),
            Set(Ref(Kind.PAIN_POINT, pain), severity=3),
            MovePainPoint(pain, at, 0),
            Remove(Ref(Kind.PAIN_POINT, pain)),
        ]
    return draw(st.sampled_from(commands))


@given(st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_drawn_at_a_point_is_what_is_hit_there(
    lettering: QtLettering, data: st.DataObject
) -> None:
    layout = Board(data.draw(workspaces()), JOURNEY, lettering).layout
    for block, box in layout.boxes():
        hit = layout.hit(box.x + box.width / 2, box.y + box.height / 2)
        assert hit is not None
        assert hit.ref == block.ref
    assert layout.hit(-1, 5) is None
    assert layout.hit(5, layout.height + 1) is None


def test_a_long_label_makes_its_lane_grow_and_a_short_one_lets_it_shrink(
    lettering: QtLettering,
) -> None:
    ws = Workspace("w", [Journey(JOURNEY, "j"), Stage(StageId("s"), JOURNEY, "s")])
    ws.put(Touchpoint(TouchpointId("t"), JOURNEY, "Name", StageId("s")))
    board = Board(ws, JOURNEY, lettering)
    lane = board.layout.lane_of(LaneKind.TOUCHPOINTS)
    assert lane is not None
    assert board.layout.lanes[lane].height == 74
    long = Rename(Ref(Kind.TOUCHPOINT, TouchpointId("t")), "A very long name " * 8)
    damage = board.absorb(long.do(ws))
    assert damage.resized
    assert board.layout.lanes[lane].height > 120
    board.absorb(long.undo(ws))
    assert board.layout.lanes[lane].height == 74


def test_an_edit_lays_out_only_the_columns_it_shows_in(lettering: QtLettering) -> None:
    ws = Workspace("w", [Journey(JOURNEY, "j"), Stage(StageId("s"), JOURNEY, "s")])
    for i in range(50):
        ws.put(Touchpoint(TouchpointId(f"t{i:02}"), JOURNEY, f"Name {i}", StageId("s"), float(i)))
    board = Board(ws, JOURNEY, lettering)
    before = board.layout.columns
    damage = board.absorb(Rename(Ref(Kind.TOUCHPOINT, TouchpointId("t07")), "Other").do(ws))
    assert damage.columns == (7,)
    assert not damage.everything
    same = [a is b for a, b in zip(before, board.layout.columns, strict=True)]
    assert same.count(False) == 1
    added = AddTouchpoint(StageId("s"), "New", 0).do(ws)
    assert board.absorb(added).everything
    assert board.layout.columns[1] is before[0]


@given(st.lists(st.tuples(st.floats(-100, 100) | st.none(), st.floats(-100, 100) | st.none(),
                          st.floats(0, 50)), min_size=1, max_size=12))  # fmt: skip
def test_the_experience_scale_holds_every_value_and_reads_back(
    rows: list[tuple[float | None, float | None, float]],
) -> None:
    points = [
        Point(judged, None if value is None else
              Measured(value, max(value - half, -100.0), min(value + half, 100.0)))
        for judged, value, half in rows
    ]  # fmt: skip
    line = fit(points, [], 136.0, 214.0)
    for point in points:
        for value in (point.judged, point.measured and point.measured.low):
            if value is not None:
                assert line.top - 0.01 <= line.y(value) <= line.bottom + 0.01
                assert abs(line.value(line.y(value)) - value) <= 0.5001
    measured = [i for i, p in enumerate(points) if p.measured]
    assert [i for run in line.measured_runs(0, len(points)) for i in run] == measured


def test_a_blind_spot_is_where_the_interval_excludes_the_judgement() -> None:
    assert Point(32.0, Measured(-21, -29, -13)).is_blind_spot
    assert not Point(-13.0, Measured(-21, -29, -13)).is_blind_spot
    assert not Point(None, Measured(-21, -29, -13)).is_blind_spot
    assert not Point(32.0, None).is_blind_spot


def test_labels_of_neighbouring_blind_spots_take_rows_of_their_own() -> None:
    points = [Point(60.0, Measured(-20, -25, -15))] * 4
    labels = [(i, "judged +60, measured −20 ±5", 200.0) for i in range(4)]
    line = fit(points, labels, 136.0, 214.0)
    tops = [spot.top for spot in line.blind_spots]
    assert tops[0] != tops[1]
    assert line.height > 214
    assert all(s.left > 0 and s.left + s.width < 4 * 136 for s in line.blind_spots)
    assert min(line.y(60.0) for _ in points) > max(tops) + 22


def test_a_run_cut_by_the_view_still_joins_its_neighbours() -> None:
    points = [Point(None, Measured(v, v - 5, v + 5)) for v in (1, 2, 3, 4, 5)]
    line = fit(points, [], 136.0, 214.0)
    assert list(line.measured_runs(2, 3)) == [range(1, 4)]


def test_a_chip_and_a_kpi_read_as_people_write_them() -> None:
    face = ChipFact("NPS", -8.4, 9, 1318, signed=True).face
    assert (face.metric, face.value, face.margin) == ("NPS", "−8", "±9")
    assert face.n == "1\u202f318"
    assert ChipFact("NPS", 23, 8, 210, signed=True).face.value == "+23"
    assert ChipFact("CSAT", 4.25, 0.1, 9, decimals=1).face.value == "4.2"
