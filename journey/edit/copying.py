"""What a copy takes along: objects, what hangs on them, and what they name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from journey.edit.remove import closure
from journey.model.check import REFERENCES
from journey.model.ids import JourneyId, Kind, Ref
from journey.model.improvement import Improvement
from journey.model.map import Journey, Note, Touchpoint
from journey.model.workspace import Entity, Workspace, ordered_touchpoints, ref_of

COPIED = frozenset(
    {
        Kind.JOURNEY,
        Kind.STAGE,
        Kind.TOUCHPOINT,
        Kind.PAIN_POINT,
        Kind.STRENGTH,
        Kind.IMPROVEMENT,
        Kind.KPI,
        Kind.LANE,
        Kind.NOTE,
    }
)
_CONTAINERS = frozenset({Kind.JOURNEY, Kind.STAGE, Kind.TOUCHPOINT})
# What a copy leaves behind: observations and event logs are evidence of the original alone.
_LEFT = frozenset({Kind.OBSERVATION, Kind.EVENT_LOG})
_NAMED_ELSEWHERE = frozenset({Kind.LEADER, Kind.PERSONA, Kind.SEGMENT, Kind.LANE, Kind.TOUCHPOINT})


@dataclass(frozen=True, slots=True)
class Fragment:
    """A part of a workspace, to be pasted here or into another one.

    Attributes:
        roots: the objects that were chosen, in the order of the map.
        entities: these and what hangs on them; evidence is not among it.
        context: objects they name; where it is pasted they are found again by name.
        columns: for each root's id, how many touchpoints right of the leftmost it stood.
        moved: cut rather than copied, so that votes go along.
    """

    roots: tuple[Ref, ...]
    entities: tuple[Entity, ...]
    context: tuple[Entity, ...] = ()
    columns: Mapping[str, int] = field(default_factory=dict)
    moved: bool = False


def fragment_of(ws: Workspace, refs: Sequence[Ref], *, moved: bool = False) -> Fragment:
    """Return a fragment of what can be copied among these objects."""
    chosen = [ref for ref in dict.fromkeys(refs) if ref.kind in COPIED and ws.find(ref)]
    inside = {
        ref for one in chosen for ref in closure(ws, [one]) if ref != one and ref.kind in COPIED
    }
    roots = [ref for ref in chosen if ref not in inside]
    taken = dict.fromkeys(ref for ref in closure(ws, roots) if ref.kind not in _LEFT)
    if any(ref.kind in _CONTAINERS for ref in roots):
        taken.update(dict.fromkeys(_improvements_at(ws, taken)))
    entities = tuple(e for ref in taken if (e := ws.find(ref)) is not None)
    places = {ref.id: _column(ws, ref) for ref in roots}
    roots.sort(key=lambda ref: places[ref.id])
    least = min((column for column, _ in places.values()), default=0)
    columns = {ref: column - least for ref, (column, _) in places.items()}
    context = tuple(_named(ws, entities, taken))
    return Fragment(tuple(roots), entities, context, columns, moved)


def left_behind(ws: Workspace, roots: Sequence[Ref]) -> tuple[int, int]:
    """Return what a cut leaves: questions asked of what goes, and values of KPIs that go."""
    gone = closure(ws, roots)
    questions = ws.table(Kind.QUESTION).values()
    asked = sum(
        Ref(Kind.TOUCHPOINT, getattr(q, "touchpoint", None) or "") in gone for q in questions
    )
    return asked, sum(ref.kind is Kind.OBSERVATION for ref in gone)


def _improvements_at(ws: Workspace, taken: Mapping[Ref, None]) -> list[Ref]:
    return [
        ref_of(i)
        for i in ws.improvements.values()
        if any(Ref(Kind.PAIN_POINT, pain) in taken for pain in i.addresses)
    ]


def _named(
    ws: Workspace, entities: Sequence[Entity], taken: Mapping[Ref, None]
) -> Iterator[Entity]:
    """Yield what the copied objects name and do not bring along, each once."""
    seen = set(taken)
    waiting: list[Entity] = list(entities)
    while waiting:
        for ref in references(waiting.pop()):
            entity = ws.find(ref) if ref.kind in _NAMED_ELSEWHERE and ref not in seen else None
            if entity is not None:
                seen.add(ref)
                yield entity
                if ref.kind is not Kind.TOUCHPOINT:
                    waiting.append(entity)


def references(entity: Entity) -> Iterator[Ref]:
    """Yield every object an entity names."""
    for name, kind in REFERENCES.get(entity.kind, {}).items():
        target = getattr(entity, name)
        if target is not None:
            yield Ref(kind, target)
    if isinstance(entity, Journey):
        yield from (Ref(Kind.SEGMENT, e.segment) for e in entity.entrants)
    elif isinstance(entity, Touchpoint):
        yield from (Ref(Kind.PERSONA, j.persona) for j in entity.judged_experience if j.persona)
    elif isinstance(entity, Improvement):
        yield from (Ref(Kind.PAIN_POINT, p) for p in entity.addresses)


def _column(ws: Workspace, ref: Ref) -> tuple[int, tuple[float, str]]:
    """Return where an object stands on its map, from left to right and from the top down."""
    entity = ws.find(ref)
    touchpoint = _touchpoint(ws, entity)
    place = (float(getattr(entity, "position", 0.0)), ref.id)
    if touchpoint is None:
        return 0, place
    order = [t.id for t in ordered_touchpoints(ws, JourneyId(touchpoint.journey))]
    return order.index(touchpoint.id), place


def _touchpoint(ws: Workspace, entity: Entity | None) -> Touchpoint | None:
    if isinstance(entity, Touchpoint):
        return entity
    if isinstance(entity, Improvement):
        pains = [ws.pain_points[p] for p in entity.addresses if p in ws.pain_points]
        return next((t for p in pains if (t := _touchpoint(ws, p)) is not None), None)
    target = getattr(entity, "touchpoint", None)
    if target is None and isinstance(entity, Note) and entity.stage is not None:
        mine = [t for t in ws.touchpoints.values() if t.stage == entity.stage]
        return min(mine, key=lambda t: (t.position, t.id), default=None)
    return ws.touchpoints.get(target) if target is not None else None
