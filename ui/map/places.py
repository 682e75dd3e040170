"""Where an object has its place on the map, and which columns show it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from journey.edit.changes import Change
from journey.model.evidence import Kpi
from journey.model.ids import Kind, Ref
from journey.model.improvement import Improvement
from journey.model.map import Note, PainPoint, Strength, Touchpoint
from journey.model.workspace import Column, Workspace

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


def touchpoints_of(ws: Workspace, ref: Ref) -> Iterator[str]:
    """Yield the touchpoints under which an object stands."""
    entity = ws.find(ref)
    if isinstance(entity, Touchpoint):
        yield entity.id
    elif isinstance(entity, Improvement):
        for pain in entity.addresses:
            yield from touchpoints_of(ws, Ref(Kind.PAIN_POINT, pain))
    elif isinstance(entity, PainPoint | Note | Kpi | Strength):
        yield entity.touchpoint or ""
