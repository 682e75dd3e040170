"""The templates: whole, open in the program's own formats, and one's own beside them."""

from dataclasses import replace
from pathlib import Path

import pytest

from journey.model.check import problems
from journey.model.map import JudgedExperience
from journey.model.workspace import ordered_stages, ordered_touchpoints
from storage.templates import (
    DEFAULT,
    UnknownTemplateError,
    save_template,
    templates,
    workspace_from,
)
from ui.shell.icons import channel_icon

WANTED = {
    "default",
    "retail",
    "saas-onboarding",
    "bank",
    "insurance-claim",
    "public-service",
    "telecom",
    "b2b-sales",
}


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))


def test_there_are_eight_and_the_plain_one_is_first() -> None:
    names = [t.name for t in templates()]
    assert names[0] == DEFAULT
    assert set(names) == WANTED


@pytest.mark.parametrize("name", sorted(WANTED))
def test_a_template_makes_a_workspace_without_a_fault(name: str) -> None:
    ws = workspace_from(name, "Mine", "nb")
    assert (ws.info.name, ws.info.language) == ("Mine", "nb")
    assert [p for e in ws.entities() for p in problems(ws, e)] == []
    (journey,) = ws.journeys.values()
    assert len(ordered_stages(ws, journey.id)) == 5
    described = next(t for t in templates() if t.name == name)
    assert [s.name for s in ordered_stages(ws, journey.id)] == [s for s, _ in described.stages]
    if name != DEFAULT:
        assert len(ws.touchpoints) >= 12
        assert len(ws.personas) == 1
        assert all(t.channel and t.department for t in ws.touchpoints.values())


def test_the_template_without_evidence_in_it() -> None:
    assert workspace_from(DEFAULT, "Mine").touchpoints == {}


def test_every_channel_has_its_own_sign() -> None:
    plain = channel_icon("no such channel")
    bare = {
        t.channel
        for name in WANTED - {DEFAULT}
        for t in workspace_from(name, "x").touchpoints.values()
        if channel_icon(t.channel) == plain
    }
    assert bare <= {"other"}


def test_ones_own_template_keeps_the_structure_and_nothing_that_was_found_out() -> None:
    ws = workspace_from("bank", "Source")
    (journey,) = ws.journeys.values()
    first = ordered_touchpoints(ws, journey.id)[0]
    ws.put(replace(first, judged_experience=(JudgedExperience(20.0),)))
    save_template(ws, journey.id, "Ours: 2026/27")
    own = [t for t in templates() if t.own]
    assert [t.title for t in own] == ["Ours: 2026/27"]
    again = workspace_from(own[0].name, "Fresh")
    assert again.info.name == "Fresh"
    assert [t.name for t in ordered_touchpoints(again, journey.id)] == [
        t.name for t in ordered_touchpoints(ws, journey.id)
    ]
    assert all(not t.judged_experience for t in again.touchpoints.values())


@pytest.mark.parametrize("name", ["nothing", "../state", ""])
def test_an_unknown_template_is_refused(name: str) -> None:
    with pytest.raises(UnknownTemplateError):
        workspace_from(name, "Mine")
