"""The commands of the table: values set, rows added, rows removed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from journey.edit import (
    Add,
    Batch,
    Command,
    JudgeExperience,
    MovePainPoint,
    MoveTouchpoint,
    Set,
    SetTouchpoint,
    Summary,
)
from journey.edit.share import SHARED_FIELDS
from journey.model.ids import JourneyId, Kind, PainPointId, Ref, StageId, TouchpointId, new_id
from journey.model.map import Touchpoint
from journey.model.workspace import (
    CLASS_OF,
    Entity,
    Workspace,
    ordered_journeys,
    ordered_lanes,
    ordered_stages,
)
from ui.inspector.catalogue import persona_of
from ui.table.columns import columns_of
from ui.table.values import RefusedText
from ui.table.words import column_label, tr

Values = Mapping[str, object]
MADE_BY_NAME = frozenset(
    {Kind.LEADER, Kind.TOUCHPOINT, Kind.SEGMENT, Kind.PERSONA, Kind.STAGE, Kind.PAIN_POINT}
)


def set_values(ws: Workspace, changes: Mapping[Ref, Values]) -> list[Command]:
    """Return the commands that give objects values; equal values of many are one command."""
    sharing = any(t.shared_with for t in ws.touchpoints.values())
    alike: dict[tuple[tuple[str, object], ...], list[Ref]] = {}
    commands: list[Command] = []
    for ref, values in changes.items():
        plain: dict[str, object] = {}
        for name, value in values.items():
            own = _own_command(ws, ref, name, value, sharing=sharing)
            if own is None:
                plain[name] = value
            else:
                commands.append(own)
        if plain:
            alike.setdefault(tuple(plain.items()), []).append(ref)
    commands += [Set(refs, **dict(values)) for values, refs in alike.items()]
    return commands


def _own_command(
    ws: Workspace, ref: Ref, name: str, value: object, *, sharing: bool
) -> Command | None:
    """Return the command of a property that is not simply set, None for one that is."""
    if name == "judged_experience":
        number = float(value) if isinstance(value, float | int) else None
        return JudgeExperience(TouchpointId(ref.id), number, persona_of(ref, ws))
    if ref.kind is Kind.TOUCHPOINT and name == "stage" and value is not None:
        return MoveTouchpoint(TouchpointId(ref.id), StageId(str(value)))
    if ref.kind is Kind.PAIN_POINT and name == "touchpoint" and value is not None:
        return MovePainPoint(PainPointId(ref.id), TouchpointId(str(value)))
    if ref.kind is Kind.TOUCHPOINT and name in SHARED_FIELDS and sharing:
        return SetTouchpoint([TouchpointId(ref.id)], **{name: value})
    return None


def as_one(commands: Sequence[Command], verb: str, kind: Kind, count: int) -> Command:
    """Return one undoable step; a lone command keeps its own name."""
    if len(commands) == 1:
        return commands[0]
    return Batch(commands, Summary(verb, kind, "", count))


class Maker:
    """Makes new objects of a kind from the values of a row, each placed behind the last."""

    def __init__(self, ws: Workspace, journey: JourneyId | None) -> None:
        self._ws = ws
        first = next(iter(ordered_journeys(ws)), None)
        self._journey = journey or (first.id if first is not None else None)
        self._last: dict[tuple[Kind, str], float] = {}

    def missing(self, kind: Kind, values: Values) -> list[str]:
        """Return the names of columns a row cannot be without and has no value for."""
        given = {**self._given(kind), **values}
        needed = (c for c in columns_of(kind) if c.needed)
        return [column_label(kind, c) for c in needed if given.get(c.key) in (None, "")]

    def make(self, kind: Kind, values: Values) -> Entity:
        """Return a new object.

        Raises:
            RefusedText: something it cannot be without is missing.
        """
        missing = self.missing(kind, values)
        if missing:
            raise RefusedText(tr("A new row needs: {0}.").format(", ".join(missing)))
        cls: Any = CLASS_OF[kind]
        known = {f.name for f in fields(cls)}
        if "journey" in known and self._journey is None:
            raise RefusedText(tr("There is no journey yet for it to belong to."))
        given = {**self._given(kind), **values}
        given = {k: v for k, v in given.items() if k in known and k != "judged_experience"}
        given.setdefault("id", new_id(kind))
        if "journey" in known:
            given.setdefault("journey", self._journey)
        if "position" in known:
            given["position"] = self._place(kind, given)
        if kind is Kind.QUESTION:
            given.setdefault("touchpoint", None)
        made: Entity = cls(**given)
        return made

    def _given(self, kind: Kind) -> dict[str, object]:
        """Return what a new row has without anyone saying so."""
        if self._journey is None:
            return {}
        if kind is Kind.TOUCHPOINT:
            stages = ordered_stages(self._ws, self._journey)
            return {"stage": stages[-1].id} if stages else {}
        if kind is Kind.NOTE:
            lanes = ordered_lanes(self._ws, self._journey)
            return {"lane": lanes[0].id} if lanes else {}
        return {}

    def _place(self, kind: Kind, given: Mapping[str, object]) -> float:
        """Return the position behind the last sibling."""
        parent = {Kind.TOUCHPOINT: "stage", Kind.PAIN_POINT: "touchpoint"}.get(kind, "journey")
        home = str(given.get(parent) or "")
        if (kind, home) not in self._last:
            all_of = self._ws.table(kind).values()
            alone = kind is Kind.JOURNEY
            mine = [e for e in all_of if alone or (getattr(e, parent) or "") == home]
            self._last[kind, home] = max((_position(e) for e in mine), default=-1.0)
        self._last[kind, home] += 1.0
        return self._last[kind, home]


def _position(entity: Entity) -> float:
    return float(getattr(entity, "position", 0.0))


def adding(entity: Entity, values: Values, ws: Workspace) -> Iterator[Command]:
    """Yield the commands that add an object with what is not one of its plain fields."""
    yield Add(entity)
    judged = values.get("judged_experience")
    if isinstance(entity, Touchpoint) and isinstance(judged, float | int):
        journey = ws.journeys.get(entity.journey)
        persona = journey.persona if journey is not None else None
        yield JudgeExperience(entity.id, float(judged), persona)


def named_object(kind: Kind, name: str, ws: Workspace, journey: JourneyId | None) -> Entity | None:
    """Return a new object of a name typed where none was called so; None: such are not made here.

    A touchpoint is put into the journey's last stage.
    """
    if kind not in MADE_BY_NAME:
        return None
    title = "title" if kind is Kind.PAIN_POINT else "name"
    try:
        return Maker(ws, journey).make(kind, {title: name})
    except RefusedText:
        return None
