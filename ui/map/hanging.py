"""Cards that hang under a touchpoint in no order of their own, moved under another one."""

from typing import Final

from journey.edit import Command, Set
from journey.model.evidence import Kpi
from journey.model.ids import ImprovementId, Kind, PainPointId, Ref, TouchpointId
from journey.model.improvement import Improvement
from journey.model.map import Note, Strength
from journey.model.workspace import Workspace

HUNG: Final = frozenset({Kind.NOTE, Kind.STRENGTH, Kind.KPI, Kind.IMPROVEMENT})


def worst_pain(ws: Workspace, touchpoint: TouchpointId | None) -> PainPointId | None:
    """Return the pain point of a touchpoint an improvement answers first, None where none is."""
    mine = [p for p in ws.pain_points.values() if p.touchpoint == touchpoint]
    if touchpoint is None or not mine:
        return None
    return min(mine, key=lambda p: (-(p.severity or 0), -(p.frequency or 0), p.position, p.id)).id


def hung_under(
    ws: Workspace, ref: Ref, source: TouchpointId | None, target: TouchpointId
) -> Command | None:
    """Return the command that moves a card from one touchpoint to another.

    An improvement stands where its pain points are: those it addresses at the source give way to
    the worst at the target; without one there it has no place, and None is returned.
    """
    entity = ws.find(ref)
    if isinstance(entity, Note):
        return Set(ref, touchpoint=target, stage=None)
    if isinstance(entity, Strength | Kpi):
        return Set(ref, touchpoint=target)
    pain = worst_pain(ws, target)
    if not isinstance(entity, Improvement) or pain is None:
        return None
    kept = [p for p in entity.addresses if p != pain and ws.pain_points[p].touchpoint != source]
    return Set(ref, addresses=(*kept, pain))


def home_of(ws: Workspace, ref: Ref) -> TouchpointId | None:
    """Return the touchpoint a card hangs under; of an improvement, that of its first pain point."""
    entity = ws.find(ref)
    if isinstance(entity, Note | Strength | Kpi):
        return entity.touchpoint
    if ref.kind is Kind.IMPROVEMENT:
        addresses = ws.improvements[ImprovementId(ref.id)].addresses
        return ws.pain_points[addresses[0]].touchpoint if addresses else None
    return None
