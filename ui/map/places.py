"""Where an object has its place on the map, and which columns show it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, TypeVar

from journey.edit.changes import Change
from journey.model.evidence import Kpi
from journey.model.ids import Kind
from journey.model.improvement import Improvement
from journey.model.map import Note, PainPoint, Strength, Touchpoint
from journey.model.workspace import Column, Entity, Workspace

_Hung = TypeVar("_Hung", PainPoint, Kpi, Strength)
_Some = TypeVar("_Some", PainPoint, Kpi, Strength, Improvement)

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
_HUNG: Final = _HANGING | {Kind.IMPROVEMENT}
_RESTAGED: Final = _HUNG | {Kind.STAGE}
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


def gathered(ws: Workspace, column: Column, changes: Sequence[Change]) -> Column:
    """Return the column with what hangs on its touchpoint now, as `outline` would gather it.

    `changes` are all since the column was made: nothing else can have come or gone.
    """
    at = column.touchpoint.id
    changed = defaultdict[Kind, set[str]](set)
    for change in changes:
        changed[change.ref.kind].add(change.ref.id)
    pains = _hanging(ws.pain_points, column.pain_points, changed[Kind.PAIN_POINT], at)
    kpis = _hanging(ws.kpis, column.kpis, changed[Kind.KPI], at)
    strengths = _hanging(ws.strengths, column.strengths, changed[Kind.STRENGTH], at)
    ids = {pain.id for pain in pains}
    come = {c.ref.id for c in changes if c.before is not None} & ids
    if come <= {pain.id for pain in column.pain_points}:
        near = _found(ws.improvements, column.improvements, changed[Kind.IMPROVEMENT])
    else:  # a pain point brings along what addresses it, and that need not have changed
        near = list(ws.improvements.values())
    fixes = (i for i in near if not ids.isdisjoint(i.addresses))
    return replace(
        column,
        touchpoint=ws.touchpoints[at],
        pain_points=tuple(sorted(pains, key=lambda p: (p.position, p.id))),
        improvements=tuple(sorted(fixes, key=lambda i: i.id)),
        kpis=tuple(sorted(kpis, key=lambda k: k.id)),
        strengths=tuple(sorted(strengths, key=lambda s: s.id)),
    )


def _found(table: Mapping[Any, _Some], before: Sequence[_Some], changed: set[str]) -> list[_Some]:
    """Return those of what was there and of what has changed that are there still."""
    found = (table.get(key) for key in {*changed, *(entity.id for entity in before)})
    return [entity for entity in found if entity is not None]


def _hanging(
    table: Mapping[Any, _Hung], before: Sequence[_Hung], changed: set[str], at: str
) -> list[_Hung]:
    """Return what of them hangs on a touchpoint."""
    return [entity for entity in _found(table, before, changed) if entity.touchpoint == at]


def gathered_notes(ws: Workspace, touchpoint: str) -> dict[str, tuple[Note, ...]]:
    """Return the notes that hang on a touchpoint now, by lane."""
    found: dict[str, tuple[Note, ...]] = {}
    for note in ws.notes.values():
        if note.touchpoint == touchpoint:
            found[note.lane] = (*found.get(note.lane, ()), note)
    return found


_Notes = dict[str, dict[str, tuple[Note, ...]]]


def notes_by_place(ws: Workspace) -> tuple[_Notes, _Notes]:
    """Return the notes by touchpoint and by stage, each by lane."""
    by_touchpoint: _Notes = defaultdict(dict)
    by_stage: _Notes = defaultdict(dict)
    for note in ws.notes.values():
        owner = by_touchpoint if note.touchpoint else by_stage
        mine = owner[note.touchpoint or note.stage or ""]
        mine[note.lane] = (*mine.get(note.lane, ()), note)
    return by_touchpoint, by_stage


def stages_touched(changes: Iterable[Change]) -> set[str] | None:
    """Return the stages whose touchpoints come, go or move; None where more than stages changes."""
    stages: set[str] = set()
    for change in changes:
        for entity in (change.before, change.after):
            if isinstance(entity, Touchpoint):
                if entity.stage is None or entity.shared_with:
                    return None
                stages.add(entity.stage)
            elif (isinstance(entity, Note) and entity.touchpoint is None) or (
                entity is not None and change.ref.kind not in _RESTAGED
            ):
                return None
    return stages


def touchpoints_of(ws: Workspace, entity: Entity | None) -> Iterator[str]:
    """Yield the touchpoints under which an object stands."""
    if isinstance(entity, Touchpoint):
        yield entity.id
    elif isinstance(entity, Improvement):
        for pain in entity.addresses:
            yield from touchpoints_of(ws, ws.pain_points.get(pain))
    elif isinstance(entity, PainPoint | Note | Kpi | Strength):
        yield entity.touchpoint or ""
