"""Rows in the order people see their objects elsewhere."""

from collections.abc import Mapping, Sequence

from journey.edit.command import display_name
from journey.model.evidence import Observation
from journey.model.ids import JourneyId, Kind
from journey.model.map import Note, Transition
from journey.model.workspace import (
    Entity,
    Workspace,
    ordered_journeys,
    ordered_lanes,
    ordered_stages,
    ordered_touchpoints,
)
from ui.table.names import journey_of

_OF_A_JOURNEY = frozenset(
    {
        Kind.TOUCHPOINT,
        Kind.PAIN_POINT,
        Kind.STAGE,
        Kind.TRANSITION,
        Kind.STRENGTH,
        Kind.NOTE,
    }
)
_LAST = 1_000_000_000
Place = tuple[float, float, float, str, str]


def has_journey(kind: Kind) -> bool:
    """Whether rows of this kind are those of the journey looked at."""
    return kind in _OF_A_JOURNEY


def in_scope(ws: Workspace, entity: Entity, journey: JourneyId | None) -> bool:
    """Whether an object is a row where a journey (None: every one) is looked at."""
    if journey is None or entity.kind not in _OF_A_JOURNEY:
        return True
    return journey_of(ws, entity) == journey


def count_in_scope(ws: Workspace, kind: Kind, journey: JourneyId | None) -> int:
    """Return how many rows a kind has."""
    table = ws.table(kind)
    if journey is None or kind not in _OF_A_JOURNEY:
        return len(table)
    return sum(1 for entity in table.values() if in_scope(ws, entity, journey))


def natural_order(ws: Workspace, kind: Kind, journey: JourneyId | None) -> list[str]:
    """Return the ids of a kind's rows as the map reads: stage by stage, touchpoint by touchpoint.

    What has no place on a map comes by name.
    """
    places = _places(ws, kind)
    mine = (e for e in ws.table(kind).values() if in_scope(ws, e, journey))
    return [e.id for e in sorted(mine, key=lambda e: _place(e, places))]


def _places(ws: Workspace, kind: Kind) -> Mapping[str, int]:
    """Return the number of every object rows of a kind stand at."""
    homes = ordered_journeys(ws)
    if kind is Kind.STAGE:
        return _numbered([j.id for j in homes])
    if kind is Kind.TOUCHPOINT:
        return _numbered([t.id for j in homes for t in ordered_touchpoints(ws, j.id)])
    if kind is Kind.OBSERVATION:
        kpis = sorted(ws.kpis.values(), key=lambda k: (k.name.casefold(), k.id))
        return _numbered([k.id for k in kpis])
    if kind is Kind.NOTE:
        lanes = [lane.id for j in homes for lane in ordered_lanes(ws, j.id)]
        spots = [t.id for j in homes for t in ordered_touchpoints(ws, j.id)]
        stages = [s.id for j in homes for s in ordered_stages(ws, j.id)]
        return _numbered(lanes) | _numbered(spots) | _numbered(stages)
    return _numbered([t.id for j in homes for t in ordered_touchpoints(ws, j.id)])


def _numbered(ids: Sequence[str]) -> dict[str, int]:
    return {one: number for number, one in enumerate(ids)}


def _place(entity: Entity, places: Mapping[str, int]) -> Place:
    position = float(getattr(entity, "position", 0.0))
    name = display_name(entity).casefold()
    if entity.kind is Kind.TOUCHPOINT:
        return places.get(entity.id, _LAST), 0.0, 0.0, "", entity.id
    if entity.kind is Kind.STAGE:
        return places.get(getattr(entity, "journey", ""), _LAST), position, 0.0, "", entity.id
    if isinstance(entity, Observation):
        return places.get(entity.kpi, _LAST), 0.0, 0.0, entity.period, entity.id
    if isinstance(entity, Transition):
        start = places.get(entity.source, -1)
        return start, places.get(entity.target, _LAST), 0.0, entity.segment or "", entity.id
    if isinstance(entity, Note):
        spot = places.get(entity.touchpoint or entity.stage or "", _LAST)
        return places.get(entity.lane, _LAST), spot, 0.0, "", entity.id
    touchpoint = getattr(entity, "touchpoint", None)
    return places.get(touchpoint or "", _LAST), position, 0.0, name, entity.id
