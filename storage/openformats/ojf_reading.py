"""Reading an OpenJourney file into a workspace of one journey.

Every node becomes a note in a lane named after its swimlane, which keeps whatever we have no
field for; a touchpoint, pain point or gain becomes one of ours besides, linked from its note.
"""

import json
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from journey.model.ids import (
    JourneyId,
    Kind,
    LaneId,
    NoteId,
    PainPointId,
    PersonaId,
    StageId,
    StrengthId,
    TouchpointId,
)
from journey.model.map import (
    Journey,
    JudgedExperience,
    Lane,
    Note,
    PainPoint,
    Stage,
    Strength,
    Touchpoint,
)
from journey.model.people import Persona
from journey.model.workspace import Workspace
from storage.errors import ImportProblem
from storage.openformats import ojf_values as values
from storage.openformats.convert_losses import Loss, as_losses
from storage.openformats.convert_text import read_map_text

Raw = Mapping[str, object]
_PARTS = ("stages", "swimlanes", "nodes")
_JOURNEY = JourneyId("journey-1")
# The lane of nodes that name no swimlane; it is never written.
STRAY_LANE = LaneId("lane-without-swimlane")


def read_ojf(path: Path) -> tuple[Workspace, tuple[Loss, ...]]:
    """Return the journey of an OpenJourney file, and what was changed on the way.

    Raises:
        ImportProblem: missing, blank, not JSON, or without stages and nodes.
    """
    root = _parse(path)
    for part in _PARTS:
        for place, row in enumerate(root.get(part, ())):
            if not isinstance(row, dict):
                _refuse(path, f"{part}[{place}]", "expected an object")
    return _Reading(root, path.stem).workspace()


def _parse(path: Path) -> dict[str, Any]:
    try:
        root = json.loads(read_map_text(path), parse_float=_finite, parse_constant=_finite)
    except json.JSONDecodeError as error:
        raise ImportProblem(path, f"line {error.lineno}", "damaged", error.msg) from None
    except (ValueError, RecursionError) as error:
        raise ImportProblem(path, "", "damaged", str(error)[:80]) from None
    if not isinstance(root, dict) or not any(part in root for part in ("stages", "nodes")):
        _refuse(path, "", "no stages, no nodes")
    for part in _PARTS:
        if root.get(part) is None:
            root.pop(part, None)
        elif not isinstance(root[part], list):
            _refuse(path, part, "expected a list")
    if values.is_too_deep(root):
        _refuse(path, "", "values within values, too deep")
    return root


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"number out of range: {text[:20]}")
    return number


def _refuse(path: Path, place: str, detail: str) -> NoReturn:
    raise ImportProblem(path, place, "not_what_it_claims", detail)


class _Reading:
    """One file being read."""

    def __init__(self, root: Raw, stem: str) -> None:
        self._root, self._stem = root, stem
        self._counts: Counter[str] = Counter()
        self._ws = Workspace()
        self._stages: dict[str, StageId] = {}
        self._lanes: dict[str, LaneId] = {}
        self._link: dict[str, Any] = {"role": values.ROOT, "stages": {}, "swimlanes": {}}

    def workspace(self) -> tuple[Workspace, tuple[Loss, ...]]:
        """Build the journey part by part."""
        self._head()
        for place, raw in enumerate(self._rows("stages")):
            stage = StageId(self._id(Kind.STAGE, raw, place, self._stages))
            name = values.name_of(raw.get("name"), stage, self._counts)
            self._ws.put(Stage(stage, _JOURNEY, name, float(place)))
            self._link["stages"][stage] = self._rest(raw, "name")
        for place, raw in enumerate(self._rows("swimlanes")):
            lane = LaneId(self._id(Kind.LANE, raw, place, self._lanes))
            name = values.name_of(raw.get("name"), lane, self._counts)
            self._ws.put(Lane(lane, _JOURNEY, name, float(place)))
            self._link["swimlanes"][lane] = self._rest(raw, "name")
        for place, node in enumerate(self._rows("nodes")):
            self._node(place, node)
        self._hang_on_touchpoints()
        self._keep_root()
        return self._ws, as_losses(self._counts)

    def _rows(self, part: str) -> list[dict[str, Any]]:
        rows = self._root.get(part, [])
        assert isinstance(rows, list)
        return rows

    def _head(self) -> None:
        named = values.root_place(self._root, *values.JOURNEY_NAMES)
        fallback = values.name_of(self._stem, _JOURNEY)
        name = values.name_of(named[0][named[1]], fallback) if named else fallback
        told_by = values.root_place(self._root, *values.PERSONA_NAMES)
        persona: PersonaId | None = None
        if told_by:
            persona = PersonaId("persona-1")
            self._ws.put(Persona(persona, values.name_of(told_by[0][told_by[1]], persona)))
        self._ws.put(Journey(_JOURNEY, name, persona=persona))
        self._ws.put(replace(self._ws.info, name=name))

    def _id(self, kind: Kind, raw: Raw, place: int, known: dict[str, Any]) -> str:
        """Return the id as it came where it can be one of ours, and remember who is meant by it."""
        taken = self._ws.table(kind)
        came = values.usable_id(raw.get("id"))
        number = place + 1
        found = came if came is not None and came not in taken else f"{kind.value}-{number}"
        while found in taken:
            number += 1
            found = f"{kind.value}-{number}"
        if raw.get("id") is not None:
            known.setdefault(_key(raw["id"]), found)
        return found

    def _node(self, place: int, node: Raw) -> None:
        stage = self._stages.get(_key(node.get("stageId")))
        lane = self._lanes.get(_key(node.get("swimlaneId")), STRAY_LANE)
        if lane == STRAY_LANE and STRAY_LANE not in self._ws.lanes:
            self._ws.put(Lane(STRAY_LANE, _JOURNEY, "OpenJourney", float(len(self._lanes))))
        counts = self._counts
        # Padded, so that the order by id is the order of the file.
        note = NoteId(f"note-{place + 1:06d}")
        title = values.name_of(node.get("title"), "", counts)
        link, touchpoint = self._made(place, node, stage, title or note)
        text = values.prose_of(node.get("description"), counts)
        extra = self._rest(node, "title", "description")
        if stage is not None:
            del extra["stageId"]
        if lane != STRAY_LANE:
            del extra["swimlaneId"]
        if values.LINK in extra:
            link[values.LINK] = extra[values.LINK]
        extra[values.LINK] = link
        self._ws.put(Note(note, lane, stage, touchpoint, title, text, extra))

    def _rest(self, raw: Raw, *told: str) -> dict[str, Any]:
        """Return what is kept of an object beside the texts that have a field of their own."""
        rest = {
            key: value
            for key, value in raw.items()
            if not (key in told and isinstance(value, str) and value.strip())
        }
        cleaned: dict[str, Any] = values.kept(rest, self._counts)
        return cleaned

    def _made(
        self, place: int, node: Raw, stage: StageId | None, name: str
    ) -> tuple[dict[str, Any], TouchpointId | None]:
        """Add what a node is besides its note; return the link to it, and a touchpoint's id."""
        purpose, number = values.purpose_of(node), place + 1
        if purpose == values.TOUCHPOINT:
            judged = values.judged_of(node.get("score"))
            touchpoint = TouchpointId(f"touchpoint-{number}")
            self._ws.put(
                Touchpoint(
                    touchpoint,
                    _JOURNEY,
                    name,
                    stage,
                    float(place),
                    moment_of_truth=node.get("isMomentOfTruth") is True,
                    judged_experience=() if judged is None else (JudgedExperience(judged),),
                )
            )
            return {"touchpoint": touchpoint}, touchpoint
        if purpose == values.PAIN_POINT:
            pain = PainPointId(f"pain_point-{number}")
            severity = values.severity_of(node.get("severity"))
            self._ws.put(PainPoint(pain, _JOURNEY, name, position=float(place), severity=severity))
            return {"pain_point": pain}, None
        if purpose == values.STRENGTH:
            strength = StrengthId(f"strength-{number}")
            self._ws.put(Strength(strength, _JOURNEY, name))
            return {"strength": strength}, None
        return {}, None

    def _hang_on_touchpoints(self) -> None:
        """Hang what a node says on the last touchpoint before it in its stage, else on the first.

        A stage without touchpoints leaves it on none; its note still stands in the stage.
        """
        notes = [self._ws.notes[key] for key in sorted(self._ws.notes)]
        firsts: dict[StageId | None, TouchpointId] = {}
        for note in notes:
            if note.touchpoint is not None:
                firsts.setdefault(note.stage, note.touchpoint)
        lasts = dict(firsts)
        for note in notes:
            if note.touchpoint is not None:
                lasts[note.stage] = note.touchpoint
            self._hang(note, lasts.get(note.stage))

    def _hang(self, note: Note, touchpoint: TouchpointId | None) -> None:
        link: Any = note.extra[values.LINK]
        entity: PainPoint | Strength | None = None
        if "pain_point" in link:
            entity = self._ws.pain_points[link["pain_point"]]
        elif "strength" in link:
            entity = self._ws.strengths[link["strength"]]
        if entity is None:
            return
        if touchpoint is None:
            self._counts[f"{entity.kind.value}_without_touchpoint"] += 1
        else:
            self._ws.put(replace(entity, touchpoint=touchpoint))

    def _keep_root(self) -> None:
        """Keep the root's own keys in a note that stands in no stage, so on no map."""
        lane = next(iter(self._ws.lanes), None)
        if lane is None:
            lane = STRAY_LANE
            self._ws.put(Lane(lane, _JOURNEY, "OpenJourney"))
        own = self._rest({key: self._root[key] for key in self._root if key not in _PARTS})
        if values.LINK in own:
            self._link[values.LINK] = own[values.LINK]
        extra = own | {values.LINK: self._link}
        self._ws.put(Note(NoteId("note-000000"), lane, extra=extra))


def _key(value: object) -> str:
    """Return what an id is found by: 1 and "1" are two."""
    return json.dumps(value, sort_keys=True)
