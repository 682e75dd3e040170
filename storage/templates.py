"""Journey templates: those that come with the program, and a person's own."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from journey.model.ids import JourneyId, Kind, PersonaId, StageId, TouchpointId, new_id
from journey.model.map import Journey, Stage, Touchpoint
from journey.model.people import Persona
from journey.model.template import FIVE_STAGES, new_workspace
from journey.model.workspace import (
    Workspace,
    WorkspaceInfo,
    ordered_lanes,
    ordered_stages,
    ordered_touchpoints,
)
from storage.document.places import state_folder
from storage.errors import StorageError, TargetError
from storage.exports.names import safe_filename
from storage.openformats.dump import dump
from storage.openformats.load import load

DEFAULT = "default"
_OWN_SUFFIX = ".json"


@dataclass(frozen=True, slots=True)
class Template:
    """A journey to start from.

    Attributes:
        name: by which the command line knows it. title, about: for people.
        stages: each with the names of its touchpoints, in order.
        persona: whose journey it is, or "".
        own: whether it is the person's own.
    """

    name: str
    title: str
    about: str
    stages: tuple[tuple[str, tuple[str, ...]], ...]
    persona: str = ""
    own: bool = False


class UnknownTemplateError(StorageError):
    """There is no template of that name (facts: name, known)."""


def templates() -> tuple[Template, ...]:
    """Return every template: the default, the bundled by title, then the person's own."""
    first = Template(DEFAULT, "Five stages", "", tuple((stage, ()) for stage in FIVE_STAGES))
    bundled = (_described(name, found) for name, found in _bundled())
    return (first, *sorted(bundled, key=lambda t: t.title), *_own())


def workspace_from(name: str, title: str, language: str = "en") -> Workspace:
    """Return a new workspace with the template's journey.

    Args:
        name: of the template; title: of the workspace.

    Raises:
        UnknownTemplateError: there is none of that name.
    """
    if name == DEFAULT:
        return new_workspace(title, language=language)
    for known, found in _bundled():
        if known == name:
            return _built(found, title, language)
    own = _own_folder() / f"{name}{_OWN_SUFFIX}"
    if own.parent != _own_folder() or not own.is_file():
        raise UnknownTemplateError("unknown", name=name, known=[t.name for t in templates()])
    workspace = load(own).workspace
    workspace.put(replace(workspace.info, name=title, language=language))
    return workspace


def save_template(workspace: Workspace, journey: JourneyId, title: str) -> Path:
    """Keep a journey's structure as a template of one's own; return where it is.

    Stages, touchpoints, lanes and the persona are kept; what was found out about them is not.

    Raises:
        TargetError: it cannot be written.
    """
    kept = Workspace(entities=_structure(workspace, journey, title))
    folder = _own_folder()
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise TargetError(folder, "not_written", detail=str(error)) from error
    return dump(kept, None, folder / safe_filename(title, _OWN_SUFFIX))


def _structure(ws: Workspace, journey: JourneyId, title: str) -> Iterator[Any]:
    found = ws.journeys[journey]
    yield WorkspaceInfo(name=title)
    if found.persona is not None:
        yield replace(ws.personas[found.persona], segment=None)
    yield replace(found, entrants=(), position=0.0)
    yield from ordered_stages(ws, journey)
    for touchpoint in ordered_touchpoints(ws, journey):
        yield replace(touchpoint, owner=None, shared_with=(), judged_experience=())
    yield from ordered_lanes(ws, journey)


def _own_folder() -> Path:
    return state_folder() / "templates"


def _own() -> tuple[Template, ...]:
    try:
        places = sorted(_own_folder().glob(f"*{_OWN_SUFFIX}"))
    except OSError:
        return ()
    found = []
    for place in places:
        try:
            workspace = load(place).workspace
        except StorageError:
            continue  # a file of another making; it is left alone and not offered
        if workspace.journeys:
            found.append(_own_described(place.stem, workspace))
    return tuple(found)


def _own_described(name: str, ws: Workspace) -> Template:
    journey = next(iter(ws.journeys.values()))
    touchpoints = ordered_touchpoints(ws, journey.id)
    stages = tuple(
        (stage.name, tuple(t.name for t in touchpoints if t.stage == stage.id))
        for stage in ordered_stages(ws, journey.id)
    )
    persona = ws.personas[journey.persona].name if journey.persona else ""
    return Template(name, ws.info.name or name, "", stages, persona, own=True)


def _bundled() -> Iterator[tuple[str, Mapping[str, Any]]]:
    for place in (files("resources") / "templates").iterdir():
        if place.name.endswith(".toml"):
            yield place.name.removesuffix(".toml"), tomllib.loads(place.read_text("utf-8"))


def _described(name: str, found: Mapping[str, Any]) -> Template:
    stages = tuple(
        (stage["name"], tuple(t["name"] for t in stage["touchpoints"])) for stage in found["stage"]
    )
    return Template(name, found["title"], found["about"], stages, found["persona"]["name"])


def _built(found: Mapping[str, Any], title: str, language: str) -> Workspace:
    ws = new_workspace(title, language=language, journey=found["journey"], stages=())
    journey = next(iter(ws.journeys.values()))
    persona = Persona(
        PersonaId(new_id(Kind.PERSONA)), found["persona"]["name"], found["persona"]["description"]
    )
    ws.put(persona)
    ws.put(replace(journey, persona=persona.id))
    for place, stage in enumerate(found["stage"]):
        made = Stage(StageId(new_id(Kind.STAGE)), journey.id, stage["name"], float(place))
        ws.put(made)
        for at, facts in enumerate(stage["touchpoints"]):
            ws.put(_touchpoint(journey, made, float(at), facts))
    return ws


def _touchpoint(
    journey: Journey, stage: Stage, position: float, facts: Mapping[str, Any]
) -> Touchpoint:
    return Touchpoint(
        TouchpointId(new_id(Kind.TOUCHPOINT)),
        journey.id,
        facts["name"],
        stage.id,
        position,
        facts["channel"],
        facts["department"],
        moment_of_truth=facts.get("moment_of_truth", False),
    )
