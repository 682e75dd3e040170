"""Where an object has its place on the map, and which columns show it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from journey.edit.changes import Change
from journey.model.evidence import Kpi
from journey.model.ids import Kind
from journey.model.improvement import Improvement
from journey.model.map import Note, PainPoint, Strength, Touchpoint
from journey.model.workspace import Column, Entity, Workspace

# The fields by which an object has its place on the map; other changes stay in its columns.
_PLACE: Final[dict[Kind, tuple[str, ...]]] = {
    Kind.TOUCHPOINT: ("journey", "stage", "position", "shared_with", "step"),
    Kind.PAIN_POINT: ("touchpoint", "position"),
    Kind.IMPROVEMENT: ("addresses",),
    Kind.KPI: ("touchpoint",),
    Kind.STRENGTH: ("touchpoint",),
    Kind.NOTE: ("lane", "stage", "touchpoint"),
    Kind.STAGE: ("journey", "position"),
    Kind.LANE: ("journey", "position", "content"),
    Kind.LEADER: (),
}
_HANGING: Final = frozenset({Kind.PAIN_POINT, Kind.STRENGTH, Kind.KPI, Kind.NOTE})
UNSEEN: Final = frozenset(
    {Kind.TRANSITION, Kind.SEGMENT, Kind.SURVEY, Kind.QUARTER, Kind.OBSERVATION, Kind.QUESTION,
     Kind.ASSUMPTIONS, Kind.WORKSPACE, Kind.PERSONA, Kind.EVENT_LOG, Kind.PURCHASE_LOG}
)  # fmt: skip


def keeps_its_place(change: Change) -> bool:
    """Whether an object that changed stands where it stood."""
    before, after = change.before, change.after
    if before is None or after is None or change.ref.kind not in _PLACE:
        return False
    return all(getattr(before, name) == getattr(after, name) for name in _PLACE[change.ref.kind])


def fresh_column(ws: Workspace, column: Column) -> Column:
    """Return the column with its objects as they are now."""
    return replace(
        column,
        touchpoint=ws.touchpoints[column.touchpoint.id],
        pain_points=tuple(ws.pain_points[e.id] for e in column.pain_points),
        improvements=tuple(ws.improvements[e.id] for e in column.improvements),
        kpis=tuple(ws.kpis[e.id] for e in column.kpis),
        strengths=tuple(ws.strengths[e.id] for e in column.strengths),
    )


def stays_in_columns(change: Change) -> bool:
    """Whether an edit leaves the columns as they are: a card comes, goes, or hangs elsewhere."""
    if keeps_its_place(change):
        return True
    both = [entity for entity in (change.before, change.after) if entity is not None]
    if change.ref.kind is Kind.IMPROVEMENT:
        return True
    return change.ref.kind in _HANGING and all(getattr(e, "touchpoint", None) for e in both)


def gathered(ws: Workspace, column: Column) -> Column:
    """Return the column with what hangs on its touchpoint now, as `outline` would gather it."""
    at = column.touchpoint.id
    pains = sorted(
        (p for p in ws.pain_points.values() if p.touchpoint == at),
        key=lambda p: (p.position, p.id),
    )
    ids = {pain.id for pain in pains}
    fixes = [i for i in ws.improvements.values() if not ids.isdisjoint(i.addresses)]
    kpis = (k for k in ws.kpis.values() if k.touchpoint == at)
    strengths = (s for s in ws.strengths.values() if s.touchpoint == at)
    return replace(
        column,
        touchpoint=ws.touchpoints[at],
        pain_points=tuple(pains),
        improvements=tuple(sorted(fixes, key=lambda i: i.id)),
        kpis=tuple(sorted(kpis, key=lambda k: k.id)),
        strengths=tuple(sorted(strengths, key=lambda s: s.id)),
    )


def gathered_notes(ws: Workspace, touchpoint: str) -> dict[str, tuple[Note, ...]]:
    """Return the notes that hang on a touchpoint now, by lane."""
    found: dict[str, tuple[Note, ...]] = {}
    for note in ws.notes.values():
        if note.touchpoint == touchpoint:
            found[note.lane] = (*found.get(note.lane, ()), note)
    return found


def touchpoints_of(ws: Workspace, entity: Entity | None) -> Iterator[str]:
    """Yield the touchpoints under which an object stands."""
    if isinstance(entity, Touchpoint):
        yield entity.id
    elif isinstance(entity, Improvement):
        for pain in entity.addresses:
            yield from touchpoints_of(ws, ws.pain_points.get(pain))
    elif isinstance(entity, PainPoint | Note | Kpi | Strength):
        yield entity.touchpoint or ""
