"""OpenJourney files: what they become, and that they go out as they came in."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.model.check import problems
from journey.model.ids import Kind
from journey.model.map import JudgedExperience, Note, PainPoint, Strength, Touchpoint
from journey.model.text import clean_name, clean_note
from journey.model.workspace import Workspace, ordered_journeys, outline
from storage.errors import ImportProblem
from storage.openformats.convert import opened, write
from storage.openformats.convert_losses import Loss
from storage.openformats.ojf_reading import read_ojf
from storage.openformats.ojf_writing import write_ojf

anything = st.text(max_size=12)
names = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12).filter(
    lambda text: text == clean_name(text)
)
prose = anything.filter(lambda text: text.strip() and text == clean_note(text))
loose = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | prose,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(names, inner, max_size=2),
    max_leaves=4,
)
PURPOSES = ("touchpoint", "pain-point", "pain", "bottleneck", "gain", "action", "milestone", None)


@st.composite
def documents(draw: st.DrawFn, words: Any = names, texts: Any = prose) -> dict[str, Any]:
    """Draw an OpenJourney file whose ids are its own, with keys nobody knows."""
    stages = draw(st.lists(names, unique=True, max_size=3))
    lanes = draw(st.lists(names, unique=True, max_size=3))
    node = st.fixed_dictionaries(
        {"title": words},
        optional={
            "id": names,
            "stageId": st.sampled_from([*stages, "nowhere"]),
            "swimlaneId": st.sampled_from([*lanes, 3]),
            "description": texts,
            "purpose": st.sampled_from(PURPOSES),
            "score": st.integers(-6, 6) | st.floats(-5, 5),
            "severity": st.sampled_from(["low", "medium", "high", "grave", None]),
            "isMomentOfTruth": st.booleans(),
            "blueprint": loose,
            "waymark": loose,
        },
    )
    root: dict[str, Any] = draw(
        st.fixed_dictionaries(
            {}, optional={"version": prose, "persona": names, "metadata": loose, "colour": loose}
        )
    )
    return root | {
        "pointOfView": draw(names),
        "stages": [{"id": key, "name": draw(words)} for key in stages],
        "swimlanes": [{"id": key, "name": draw(words), "height": draw(loose)} for key in lanes],
        "nodes": draw(st.lists(node, max_size=6)),
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ojf")


def _read(document: object, folder: Path, name: str = "in.ojf") -> Workspace:
    path = folder / name
    path.write_text(json.dumps(document), encoding="utf-8")
    return read_ojf(path)[0]


def _written(ws: Workspace) -> Any:
    return json.loads(write_ojf(ws, ordered_journeys(ws)[0].id)[0].decode("utf-8"))


@given(documents())
def test_what_came_in_goes_out(folder: Path, document: dict[str, Any]) -> None:
    assert _written(_read(document, folder)) == document


@given(documents())
def test_it_goes_out_the_same_by_way_of_waymark_json(
    folder: Path, document: dict[str, Any]
) -> None:
    (folder / "a.ojf").write_text(json.dumps(document), encoding="utf-8")
    for source, target in (("a.ojf", "a.json"), ("a.json", "b.ojf")):
        with opened(folder / source) as found:
            write(found, folder / target)
    assert json.loads((folder / "b.ojf").read_text("utf-8")) == document


@given(documents(anything, anything))
def test_text_of_strangers_makes_a_sound_workspace(folder: Path, document: dict[str, Any]) -> None:
    ws = _read(document, folder)
    assert [p for entity in ws.entities() for p in problems(ws, entity)] == []
    again = _written(ws)
    assert len(again["nodes"]) == len(document["nodes"])
    assert _written(_read(again, folder, "again.ojf")) == again


def _names(ws: Workspace, kind: Kind) -> list[str]:
    return [getattr(e, "name", "") or getattr(e, "title", "") for e in ws.table(kind).values()]


@pytest.mark.parametrize(
    ("name", "persona", "journey", "counts"),
    [
        (
            "customer-support",
            "Sam, Tech-Savvy Parent",
            "Getting a broken smart toy fixed before a birthday",
            (4, 4, 1, 2, 1),
        ),
        (
            "ecommerce-return",
            "Online Shopper (Sarah)",
            "Trying to return a defective sweater she bought online",
            (4, 4, 2, 3, 0),
        ),
        (
            "hotel-check-in-blueprint",
            "Business Traveler",
            "Hotel Arrival & Check-in",
            (3, 2, 3, 0, 0),
        ),
    ],
)
def test_real_files_and_back(
    name: str, persona: str, journey: str, counts: tuple[int, ...], shared_data: Path
) -> None:
    path = shared_data / "ojf" / f"{name}.ojf"
    ws, _ = read_ojf(path)
    kinds = (Kind.STAGE, Kind.LANE, Kind.TOUCHPOINT, Kind.PAIN_POINT, Kind.STRENGTH)
    assert tuple(len(ws.table(kind)) for kind in kinds) == counts
    assert (_names(ws, Kind.PERSONA), _names(ws, Kind.JOURNEY)) == ([persona], [journey])
    assert _written(ws) == json.loads(path.read_text("utf-8"))


def test_a_real_touchpoint_has_its_judgement_and_its_stage(shared_data: Path) -> None:
    ws, _ = read_ojf(shared_data / "ojf" / "hotel-check-in-blueprint.ojf")
    (journey,) = ws.journeys
    shown = [
        (group.stage.name if group.stage else None, c.touchpoint.name, c.touchpoint)
        for group in outline(ws, journey)
        for c in group.columns
    ]
    assert [(stage, name, t.judged_experience[0].value) for stage, name, t in shown] == [
        ("Arrival", "Arrive at Entrance", 40),
        ("Arrival", "Baggage Handover", 80),
        ("Check-in", "Verification", -20),
    ]


@pytest.fixture
def odd(fixtures: Path) -> Workspace:
    return read_ojf(fixtures / "openformats" / "odd.ojf")[0]


def test_an_odd_file_becomes_what_it_says(odd: Workspace) -> None:
    assert _names(odd, Kind.JOURNEY) == ["Getting a library card"]
    assert _names(odd, Kind.STAGE) == ["Apply", "Wait", "Collect", "Read"]
    desk, form, _ = odd.touchpoints.values()
    assert (desk.name, desk.moment_of_truth) == ("Ask at the desk", True)
    assert form.judged_experience == (JudgedExperience(100),)
    twice, late = odd.pain_points.values()
    assert (twice.touchpoint, twice.severity) == (desk.id, 4)
    assert (late.title, late.severity) == ("Letter is late", None)
    (staff,) = odd.strengths.values()
    assert (staff.title, staff.touchpoint) == ("Kind staff", form.id)
    (stray,) = (note for note in odd.notes.values() if note.title == "Stray")
    assert (stray.extra["icon"], stray.extra["purpose"]) == ("star", "milestone")


def test_an_odd_file_goes_out_with_ids_for_the_stages_that_had_none(
    odd: Workspace, fixtures: Path
) -> None:
    came = json.loads((fixtures / "openformats" / "odd.ojf").read_text("utf-8"))
    went = _written(odd)
    assert went["nodes"] == came["nodes"]
    assert {key: went[key] for key in went if key != "stages"} == {
        key: came[key] for key in came if key != "stages"
    }
    assert went["stages"][:2] == came["stages"][:2]
    assert [stage["id"] for stage in went["stages"][2:]] == ["stage-3", "stage-4"]


def test_edits_are_written_and_nothing_else(odd: Workspace) -> None:
    before = _written(odd)
    desk, form, _ = odd.touchpoints.values()
    twice, _ = odd.pain_points.values()
    odd.put(replace(desk, name="Talk at the desk", judged_experience=(JudgedExperience(-35),)))
    odd.put(replace(twice, severity=1, touchpoint=form.id))
    content, losses = write_ojf(odd, desk.journey)
    after = json.loads(content)
    assert Loss("score_rounded", 1) in losses
    assert Loss("severity_rounded", 1) in losses
    assert after["nodes"][0] == before["nodes"][0] | {"title": "Talk at the desk", "score": -2}
    assert after["nodes"][1] == before["nodes"][1] | {"severity": "low"}
    assert after["nodes"][2:] == before["nodes"][2:]


def test_a_deleted_pain_point_does_not_come_back(odd: Workspace, tmp_path: Path) -> None:
    for pain in list(odd.pain_points.values()):
        odd._tables[Kind.PAIN_POINT].pop(pain.id)
    again = _read(_written(odd), tmp_path)
    assert len(again.pain_points) == 0
    assert len(again.notes) == len(odd.notes)


def test_what_is_new_is_written_in_lanes_of_its_own(odd: Workspace, tmp_path: Path) -> None:
    desk = next(iter(odd.touchpoints.values()))
    odd.put(Touchpoint("t", desk.journey, "Phone", desk.stage, 9.0, moment_of_truth=True))  # type: ignore[arg-type]
    odd.put(
        PainPoint("p", desk.journey, "Long queue", "t", severity=3, evidence="Heard at the desk")
    )  # type: ignore[arg-type]
    odd.put(Strength("s", desk.journey, "Free of charge", "t"))  # type: ignore[arg-type]
    went = _written(odd)
    assert [lane["name"] for lane in went["swimlanes"][2:]] == [
        "Touchpoints",
        "Pain points",
        "Strengths",
    ]
    again = _read(went, tmp_path)
    (phone,) = (t for t in again.touchpoints.values() if t.name == "Phone")
    (queue,) = (p for p in again.pain_points.values() if p.title == "Long queue")
    assert phone.moment_of_truth
    assert (queue.severity, went["nodes"][-2]["description"]) == (3, "Heard at the desk")


def test_a_sticky_of_text_alone_gets_a_title(odd: Workspace) -> None:
    lane = next(iter(odd.lanes))
    odd.put(Note("x1", lane, text="Asks a friend"))  # type: ignore[arg-type]
    odd.put(Note("x2", lane, text="First line\nsecond line"))  # type: ignore[arg-type]
    told = [(n["id"], n["title"], n.get("description")) for n in _written(odd)["nodes"][-2:]]
    assert told == [
        ("x1", "Asks a friend", None),
        ("x2", "First line second line", "First line\nsecond line"),
    ]


@pytest.mark.parametrize(
    ("content", "reason", "place"),
    [
        ("", "blank", ""),
        ("{", "damaged", "line 1"),
        ('{"stages": [],\n "nodes": [3]}', "not_what_it_claims", "nodes[0]"),
        ('{"stages": {}, "nodes": []}', "not_what_it_claims", "stages"),
        ("[]", "not_what_it_claims", ""),
        ('{"format": "waymark/1"}', "not_what_it_claims", ""),
        ('{"nodes": [{"score": NaN}]}', "damaged", ""),
        ('{"nodes": [{"score": 1e999}]}', "damaged", ""),
        ('{"nodes": [{"score": ' + "9" * 5000 + "}]}", "damaged", ""),
        ('{"nodes": [{"a": ' + "[" * 60 + "]" * 60 + "}]}", "not_what_it_claims", ""),
        ('{"nodes": ' + "[" * 100_000, "damaged", ""),
    ],
)
def test_what_is_no_journey_is_refused(
    content: str, reason: str, place: str, tmp_path: Path
) -> None:
    path = tmp_path / "odd.ojf"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ImportProblem) as refused:
        read_ojf(path)
    assert (refused.value.reason, refused.value.place) == (reason, place)


@pytest.mark.parametrize(
    ("content", "reason"), [(b"\xff\xfe{\x00}\x00", "encoding"), (b"{}\x00", "binary")]
)
def test_bytes_that_are_no_text_are_refused(content: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "odd.ojf"
    path.write_bytes(content)
    with pytest.raises(ImportProblem) as refused:
        read_ojf(path)
    assert refused.value.reason == reason
