"""Mermaid journeys: the traps of the grammar, and names, scores and actors there and back."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.model.check import problems
from journey.model.ids import JourneyId, PersonaId, StageId, TouchpointId
from journey.model.map import Journey, JudgedExperience, Stage, Touchpoint
from journey.model.people import Persona
from journey.model.text import clean_name
from journey.model.workspace import Workspace, outline
from storage.errors import ImportProblem
from storage.openformats.convert_losses import Loss
from storage.openformats.mermaid_reading import read_mermaid
from storage.openformats.mermaid_writing import write_mermaid

JOURNEY = JourneyId("j")
SCORES = (-100.0, -50.0, 0.0, 50.0, 100.0)
any_name = st.text(max_size=15).map(clean_name).filter(bool) | st.sampled_from(
    ["journey planning", "Title page", "section: two", "accDescr {", "%%{init}%%", "<b>#1;</b>"]
)
plain_name = (
    st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=15)
    .map(clean_name)
    .filter(
        lambda name: (
            name and not re.search("[#;:,%<>]|^(journey|title|section|acc)", name, re.IGNORECASE)
        )
    )
)
Task = tuple[str, float, list[int]]
Tasks = list[tuple[str | None, list[Task]]]


def tasks(names: st.SearchStrategy[str]) -> st.SearchStrategy[Tasks]:
    """Draw sections (the first may be none) of tasks with scores and actors."""
    actors = st.lists(st.integers(0, 2), unique=True, max_size=3)
    task = st.tuples(names, st.sampled_from(SCORES), actors)
    sections = st.lists(st.tuples(names, st.lists(task, max_size=3)), max_size=3)
    return st.builds(
        lambda loose, rest: [(None, loose), *rest], st.lists(task, max_size=2), sections
    )


def build(title: str, people: list[str], sections: Tasks) -> Workspace:
    """Return a workspace of these sections."""
    ws = Workspace(entities=(Journey(JOURNEY, title),))
    for i, name in enumerate(people):
        ws.put(Persona(PersonaId(str(i)), name))
    for place, (section, inside) in enumerate(sections):
        stage = StageId(f"s{place}") if section is not None else None
        if stage is not None and section is not None:
            ws.put(Stage(stage, JOURNEY, section, float(place)))
        for i, (name, value, actors) in enumerate(inside):
            judged = [JudgedExperience(value, PersonaId(str(a))) for a in actors]
            ws.put(
                Touchpoint(
                    TouchpointId(f"t{place}-{i}"),
                    JOURNEY,
                    name,
                    stage,
                    float(i),
                    judged_experience=tuple(judged) or (JudgedExperience(value),),
                )
            )
    return ws


def shape(ws: Workspace) -> Any:
    """Return what a Mermaid file tells: title, sections, tasks, scores, actors."""
    (journey,) = ws.journeys.values()
    return journey.name, [
        (
            group.stage.name if group.stage else None,
            [
                (
                    c.touchpoint.name,
                    {j.value for j in c.touchpoint.judged_experience},
                    [
                        ws.personas[j.persona].name if j.persona else None
                        for j in c.touchpoint.judged_experience
                    ],
                )
                for c in group.columns
            ],
        )
        for group in outline(ws, journey.id)
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mermaid")


def _again(content: bytes, folder: Path) -> Workspace:
    path = folder / "in.mmd"
    path.write_bytes(content)
    return read_mermaid(path)[0]


people = st.lists(plain_name, min_size=3, max_size=3, unique=True)


@given(plain_name, people, tasks(plain_name))
def test_names_scores_and_actors_there_and_back(
    folder: Path, title: str, who: list[str], sections: Tasks
) -> None:
    ws = build(title, who, sections)
    content, losses = write_mermaid(ws, JOURNEY)
    assert {loss.kind for loss in losses} <= {"persona"}
    assert shape(_again(content, folder)) == shape(ws)


@given(any_name, st.lists(any_name, min_size=3, max_size=3), tasks(any_name))
def test_any_name_keeps_every_task_and_score(
    folder: Path, title: str, who: list[str], sections: Tasks
) -> None:
    ws = build(title, who, sections)
    content, _ = write_mermaid(ws, JOURNEY)
    read = _again(content, folder)
    assert [p for entity in read.entities() for p in problems(read, entity)] == []

    def bones(found: Any) -> Any:
        return [(stage is None, [scores for _, scores, _ in tasks]) for stage, tasks in found[1]]

    assert bones(shape(read)) == bones(shape(ws))
    again, losses = write_mermaid(read, next(iter(read.journeys)))
    assert again == content
    assert losses == ()


@given(st.text(max_size=40), st.sampled_from(["", "journey\n", "journey\n section a\n"]))
def test_any_text_is_read_or_refused(folder: Path, text: str, before: str) -> None:
    path = folder / "any.mmd"
    path.write_bytes((before + text).encode("utf-8", "replace"))
    try:
        ws, _ = read_mermaid(path)
    except ImportProblem:
        return
    assert [p for entity in ws.entities() for p in problems(ws, entity)] == []


def test_the_traps_of_the_grammar(fixtures: Path) -> None:
    ws, losses = read_mermaid(fixtures / "openformats" / "traps.mmd")
    assert shape(ws) == (
        "A day at the library",
        [
            (
                "Arrive",
                [
                    ("Find a seat", {100.0}, ["Reader", "Guide"]),
                    ("Hang up the coat", {50.0}, [None]),
                    ("Show the card", {-100.0}, ["Reader"]),
                ],
            ),
            (
                "Leave",
                [
                    ("Return 50%% of the books", {0.0}, [None]),
                    ("Journeys home", {100.0}, ["Reader"]),
                    ("Titles to remember", set(), []),
                    ("Say goodbye", {25.0}, ["Guide"]),
                ],
            ),
            ("Arrive", []),
            (None, [("Wake up", {-50.0}, [None])]),
        ],
    )
    assert {loss.kind: loss.count for loss in losses} == {
        "accessibility_text": 2,
        "actor": 1,
        "directive": 1,
        "front_matter": 2,
        "score_off_the_scale": 1,
        "score_unreadable": 1,
    }


def test_a_title_in_front_matter_or_the_file_name_stands_in(tmp_path: Path) -> None:
    path = tmp_path / "Tax return.mmd"
    path.write_text('---\ntitle: "Moving: house"\n---\njourney\n  Pack: 2', encoding="utf-8")
    assert shape(read_mermaid(path)[0])[0] == "Moving: house"
    path.write_text("journey\r\n\r\nPack: 2\r\n", encoding="utf-8")
    assert shape(read_mermaid(path)[0]) == ("Tax return", [(None, [("Pack", {-50.0}, [None])])])


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("flowchart LR\n A --> B\n", "line 1"),
        ("%% nothing\n\n", "line 1"),
        ("journey\n title T\n\n no colon\n", "line 4"),
        ("journey\n : 5: Me\n", "line 2"),
        ("journey\n section :\n", "line 2"),
    ],
)
def test_what_is_no_journey_is_refused_with_its_line(text: str, place: str, tmp_path: Path) -> None:
    path = tmp_path / "odd.mmd"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ImportProblem) as refused:
        read_mermaid(path)
    assert (refused.value.reason, refused.value.place) == ("not_what_it_claims", place)


def test_what_mermaid_cannot_hold_is_counted() -> None:
    ws = build("Trip", ["Ann, 40", "Bo", "Cy"], [("Go", [("Ride", 50.0, [0])])])
    (ride,) = ws.touchpoints.values()
    judged = (JudgedExperience(80, PersonaId("0")), JudgedExperience(0, PersonaId("1")))
    ws.put(
        Touchpoint(
            ride.id, JOURNEY, "title: x", ride.stage, channel="Bus", judged_experience=judged
        )
    )
    ws.put(Touchpoint(TouchpointId("u"), JOURNEY, "Wait", ride.stage, 1.0))
    content, losses = write_mermaid(ws, JOURNEY)
    assert content.decode() == (
        "journey\n    title Trip\n    section Go\n"
        "      “title\u2236 x”: 4: Ann\u201a 40, Bo\n      Wait: 3\n"
    )
    assert losses == (
        Loss("judged_experience_averaged", 1),
        Loss("name_changed", 3),
        Loss("not_judged", 1),
        Loss("persona", 1),
        Loss("score_rounded", 1),
        Loss("touchpoint.channel", 1),
    )


def test_unclosed_blocks_of_a_large_file_are_read_at_once(tmp_path: Path) -> None:
    path = tmp_path / "large.mmd"
    path.write_text("journey\n" + " accDescr {\n%%{" * 200_000, encoding="utf-8")
    with pytest.raises(ImportProblem):
        read_mermaid(path)
