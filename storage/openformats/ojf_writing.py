"""Writing one journey of a workspace as an OpenJourney file."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from journey.model.ids import JourneyId, Kind, StageId
from journey.model.map import Note, PainPoint, Strength, Touchpoint
from journey.model.workspace import (
    Workspace,
    ordered_lanes,
    ordered_stages,
    ordered_touchpoints,
)
from storage.openformats import ojf_values as values
from storage.openformats.convert_losses import (
    Loss,
    as_losses,
    count_fields,
    left_out,
    of_journey,
)
from storage.openformats.ojf_reading import STRAY_LANE

_VERSION = "1.0"
_CARRIED = frozenset(
    {
        Kind.STAGE,
        Kind.TOUCHPOINT,
        Kind.PAIN_POINT,
        Kind.STRENGTH,
        Kind.LANE,
        Kind.NOTE,
        Kind.PERSONA,
    }
)
_FIRST_KEYS = (
    "version",
    "persona",
    "pointOfView",
    "id",
    "name",
    "stageId",
    "swimlaneId",
    "title",
    "description",
)
_LAST_KEYS = ("stages", "swimlanes", "nodes")
# The swimlanes of what stands in no lane of notes, by the key that links a note to its object.
_OWN_LANES = {
    "touchpoint": ("touchpoints", "Touchpoints"),
    "pain_point": ("pain-points", "Pain points"),
    "strength": ("strengths", "Strengths"),
}
Node = dict[str, Any]
Mapped = Touchpoint | PainPoint | Strength


def write_ojf(ws: Workspace, journey: JourneyId) -> tuple[bytes, tuple[Loss, ...]]:
    """Return a journey as OpenJourney JSON (UTF-8), and what it cannot hold.

    A node that came from such a file keeps every key and value but those edited since.
    """
    return _Writing(ws, journey).document()


class _Writing:
    """One journey being written."""

    def __init__(self, ws: Workspace, journey: JourneyId) -> None:
        self._ws, self._journey = ws, journey
        self._counts = left_out(ws, journey, _CARRIED)
        self._root: Mapping[str, Any] = {}
        self._link: Mapping[str, Any] = {}
        self._refs: dict[str | None, Any] = {}
        self._lane_refs: dict[str | None, Any] = {}
        self._own_lanes: dict[str, str] = {}
        self._linked: set[tuple[str, str]] = set()

    def document(self) -> tuple[bytes, tuple[Loss, ...]]:
        """Write the root, its stages and swimlanes, then the nodes of notes, then the others."""
        notes = self._notes()
        stages = self._parts("stages", ordered_stages(self._ws, self._journey), self._refs)
        lanes = [row for row in ordered_lanes(self._ws, self._journey) if row.id != STRAY_LANE]
        swimlanes = self._parts("swimlanes", lanes, self._lane_refs)
        nodes = [self._node_of_note(note) for note in notes]
        nodes += self._nodes_without_note()
        swimlanes += [
            {"id": ref, "name": _OWN_LANES[key][1]} for key, ref in self._own_lanes.items()
        ]
        root = self._head()
        root |= {"stages": stages, "swimlanes": swimlanes, "nodes": nodes}
        self._count_fields()
        text = json.dumps(root, ensure_ascii=False, indent=2, allow_nan=False)
        return text.encode("utf-8", "replace") + b"\n", as_losses(self._counts)

    def _notes(self) -> list[Note]:
        """Return the notes in the order of their nodes; the one that keeps the root is set by."""
        found: list[Note] = []
        for note in of_journey(self._ws, self._journey, Kind.NOTE):
            assert isinstance(note, Note)
            if _link(note).get("role") == values.ROOT:
                self._root, self._link = _own_keys(note), _link(note)
            else:
                found.append(note)
        return sorted(found, key=lambda note: note.id)

    def _parts(self, part: str, rows: Iterable[Any], refs: dict[str | None, Any]) -> list[Node]:
        kept = self._link.get(part)
        kept = kept if isinstance(kept, Mapping) else {}
        written: list[Node] = []
        for row in rows:
            came = kept.get(row.id)
            raw: Node = _copied(came) if isinstance(came, Mapping) else {}
            if raw.get("id") is None or raw["id"] in refs.values():
                raw["id"] = row.id
            if values.name_of(raw.get("name"), "") != row.name:
                raw["name"] = row.name
            refs[row.id] = raw["id"]
            written.append(_in_order(raw))
        return written

    def _head(self) -> Node:
        """Return the root's own keys: as they came, but for a journey or persona renamed."""
        root: Node = {key: _copied(self._root[key]) for key in self._root if key not in _LAST_KEYS}
        if not self._link:
            root["version"] = _VERSION
        journey = self._ws.journeys[self._journey]
        persona = self._ws.personas.get(journey.persona) if journey.persona else None
        _put_root(root, values.PERSONA_NAMES, persona.name if persona else "", "persona")
        _put_root(root, values.JOURNEY_NAMES, journey.name, "pointOfView")
        return _in_order(root)

    def _node_of_note(self, note: Note) -> Node:
        node, link = _own_keys(note), _link(note)
        entity = self._entity(link)
        if entity is None and any(key in link for key in _OWN_LANES):
            # What the note told of was deleted; the node is a note like any other now.
            node.pop("purpose", None)
        stage = self._stage(note, entity)
        if stage in self._refs:
            node["stageId"] = self._refs[stage]
        if note.lane != STRAY_LANE:
            node["swimlaneId"] = self._lane_refs[note.lane]
        title = note.title
        if entity is not None:
            # A node without a title gave its object the note's id as a name.
            title = title if _name(entity) == (title or note.id) else _name(entity)
            self._fill(node, entity)
        text = note.text
        if values.LINK not in note.extra:
            node.setdefault("id", note.id)
            # A node is known by its title; a sticky may be text alone.
            title = title or values.name_of(text, "")
            text = "" if text == title else text
        if values.name_of(node.get("title"), "") != title:
            node["title"] = title
        if values.prose_of(node.get("description")) != text:
            node["description"] = text
        return _in_order(node)

    def _stage(self, note: Note, entity: Mapped | None) -> StageId | None:
        """Return the stage of a node: of its touchpoint where it has one, else of the note."""
        if isinstance(entity, Touchpoint):
            return entity.stage
        under = note.touchpoint if entity is None else entity.touchpoint
        if under is not None and entity is None:
            self._counts["note.touchpoint"] += 1
        found = self._ws.touchpoints[under].stage if under is not None else None
        return note.stage if found is None else found

    def _entity(self, link: Mapping[str, Any]) -> Mapped | None:
        """Return what a note is linked to, once; None where it is gone."""
        tables: dict[str, Mapping[Any, Any]] = {
            "touchpoint": self._ws.touchpoints,
            "pain_point": self._ws.pain_points,
            "strength": self._ws.strengths,
        }
        for key, table in tables.items():
            named = link.get(key)
            found = table.get(named) if isinstance(named, str) else None
            if found is None or found.journey != self._journey:
                continue
            if (key, found.id) in self._linked:
                continue
            self._linked.add((key, found.id))
            entity: Mapped = found
            return entity
        return None

    def _nodes_without_note(self) -> Iterator[Node]:
        columns = ordered_touchpoints(self._ws, self._journey)
        places: dict[str | None, int] = {
            touchpoint.id: place for place, touchpoint in enumerate(columns)
        }
        for touchpoint in columns:
            if ("touchpoint", touchpoint.id) not in self._linked:
                yield self._new_node("touchpoint", touchpoint, touchpoint)
        for kind in (Kind.PAIN_POINT, Kind.STRENGTH):
            rows: list[tuple[int, str, PainPoint | Strength]] = []
            for row in of_journey(self._ws, self._journey, kind):
                assert isinstance(row, PainPoint | Strength)
                if (kind.value, row.id) not in self._linked:
                    place = places.get(row.touchpoint, len(places))
                    rows.append((place, row.id, row))
            for _, _, row in sorted(rows, key=lambda found: found[:2]):
                under = None if row.touchpoint is None else self._ws.touchpoints[row.touchpoint]
                yield self._new_node(kind.value, row, under)

    def _new_node(self, key: str, entity: Mapped, under: Touchpoint | None) -> Node:
        node: Node = {"id": entity.id}
        if under is not None and under.stage in self._refs:
            node["stageId"] = self._refs[under.stage]
        else:
            self._counts["node_without_stage"] += 1
        node["swimlaneId"] = self._own_lane(key)
        node["title"] = _name(entity)
        if not isinstance(entity, Touchpoint):
            node["description"] = entity.evidence
        self._fill(node, entity)
        return node

    def _own_lane(self, key: str) -> str:
        """Return the swimlane of our own for a kind, with an id no other lane has."""
        if key not in self._own_lanes:
            ref = _OWN_LANES[key][0]
            taken = list(self._lane_refs.values())
            while ref in taken:
                ref += "-"
            self._own_lanes[key] = ref
        return self._own_lanes[key]

    def _fill(self, node: Node, entity: Mapped) -> None:
        """Write the values an object has beside its name, where they are not there already."""
        if isinstance(entity, PainPoint):
            self._put_purpose(node, values.PAIN_POINT)
            self._fill_severity(node, entity)
        elif isinstance(entity, Strength):
            self._put_purpose(node, values.STRENGTH)
        else:
            self._put_purpose(node, values.TOUCHPOINT)
            self._fill_score(node, entity)
            if (node.get("isMomentOfTruth") is True) != entity.moment_of_truth:
                node["isMomentOfTruth"] = entity.moment_of_truth

    @staticmethod
    def _put_purpose(node: Node, purpose: str) -> None:
        if values.purpose_of(node) != purpose:
            node["purpose"] = purpose

    def _fill_severity(self, node: Node, pain: PainPoint) -> None:
        if values.severity_of(node.get("severity")) == pain.severity:
            return
        if pain.severity is None:
            node.pop("severity", None)
            return
        node["severity"] = values.severity_word(pain.severity)
        self._counts["severity_rounded"] += not values.is_exact(pain.severity)

    def _fill_score(self, node: Node, touchpoint: Touchpoint) -> None:
        """Write the judgement of all, else of the journey's persona, else the first one."""
        judged = touchpoint.judged_experience
        if not judged:
            if values.judged_of(node.get("score")) is not None:
                node.pop("score")
            return
        order = (None, self._ws.journeys[self._journey].persona)
        ranked = sorted(
            judged, key=lambda j: order.index(j.persona) if j.persona in order else len(order)
        )
        self._counts["touchpoint.judged_experience"] += len(judged) - 1
        value = ranked[0].value
        if values.judged_of(node.get("score")) != value:
            node["score"] = values.score_of(value)
            rounded = node["score"] * values.POINTS_PER_SCORE != value
            self._counts["score_rounded"] += rounded

    def _count_fields(self) -> None:
        ws, journey = self._ws, self._journey
        touchpoints = of_journey(ws, journey, Kind.TOUCHPOINT)
        count_fields(self._counts, touchpoints, "channel", "department", "owner", "shared_with")
        pains = of_journey(ws, journey, Kind.PAIN_POINT)
        count_fields(self._counts, pains, "frequency", "votes", "owner", "status")
        linked = (
            entity
            for key, kind in (("pain_point", Kind.PAIN_POINT), ("strength", Kind.STRENGTH))
            for entity in of_journey(ws, journey, kind)
            if (key, entity.id) in self._linked
        )
        count_fields(self._counts, linked, "evidence")
        used = ws.journeys[journey].persona
        self._counts["persona"] += sum(persona != used for persona in ws.personas)
        if used is not None:
            count_fields(self._counts, [ws.personas[used]], "description", "segment")


def _link(note: Note) -> Mapping[str, Any]:
    link = note.extra.get(values.LINK)
    return link if isinstance(link, Mapping) else {}


def _own_keys(note: Note) -> Node:
    """Return a note's keys as its node had them."""
    own: Node = {key: _copied(note.extra[key]) for key in note.extra if key != values.LINK}
    link = _link(note)
    if values.LINK in link:
        own[values.LINK] = _copied(link[values.LINK])
    return own


def _copied(value: Any) -> Any:
    """Return a copy JSON can write; text that no file can hold is replaced."""
    return values.kept(value, Counter())


def _name(entity: Mapped) -> str:
    return entity.name if isinstance(entity, Touchpoint) else entity.title


def _put_root(root: Node, names: tuple[str, ...], value: str, otherwise: str) -> None:
    """Write a root value where the file had it, if it is another one now."""
    place = values.root_place(root, *names)
    if place is None:
        if value:
            root[otherwise] = value
        return
    holder, name = place
    assert isinstance(holder, dict)
    if values.name_of(holder.get(name), "") == value:
        return
    if value:
        holder[name] = value
    else:
        del holder[name]


def _in_order(node: Node) -> Node:
    """Return an object with the keys people look for first; the others as they came."""
    first = {key: node[key] for key in _FIRST_KEYS if key in node}
    return first | node
