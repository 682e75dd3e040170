"""The structure of a locked journey: what of its stages, lanes and touchpoints stays as it is.

Every command is held against this with all its changes, however it came to them, so that no
view, paste or import gets around the lock.
"""

from collections.abc import Mapping
from typing import Final

from journey.edit.changes import Change, Changes
from journey.model.ids import Kind, Ref
from journey.model.map import Journey
from journey.model.workspace import Entity, Workspace

# The fields that make an object's place in the structure; all others are content.
_STRUCTURE: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.STAGE: ("journey", "name", "position"),
    Kind.TOUCHPOINT: ("journey", "name", "stage", "position", "step"),
    Kind.LANE: ("journey", "name", "position", "content"),
}


def against_a_lock(ws: Workspace, changes: Changes) -> tuple[Ref, Journey] | None:
    """Return the first object whose change its locked journey forbids, and that journey.

    `ws` holds the changes already. A journey that is locked or unlocked by the same changes is
    free, and so is one that they add; one that they remove is not.
    """
    journeys = {c.ref.id: c for c in changes.items if c.ref.kind is Kind.JOURNEY}
    for change in changes.items:
        if change.ref.kind is Kind.JOURNEY:
            held = _locked(ws, change.ref.id, journeys)
            if held is not None and (change.after is None or _lanes_differ(change)):
                return change.ref, held
        elif change.ref.kind in _STRUCTURE and _differs(change):
            for side in (change.before, change.after):
                held = None if side is None else _locked(ws, _journey_of(side), journeys)
                if held is not None:
                    return change.ref, held
    return None


def _journey_of(entity: Entity) -> str:
    return str(getattr(entity, "journey", ""))


def _locked(ws: Workspace, journey: str, changed: Mapping[str, Change]) -> Journey | None:
    """Return a journey that was locked before the changes and is not unlocked by them."""
    change = changed.get(journey)
    if change is None:
        found = ws.find(Ref(Kind.JOURNEY, journey))
        return found if isinstance(found, Journey) and found.locked else None
    before, after = change.before, change.after
    if not isinstance(before, Journey) or not before.locked:
        return None
    return None if isinstance(after, Journey) and not after.locked else before


def _differs(change: Change) -> bool:
    if change.before is None or change.after is None:
        return True
    fields = _STRUCTURE[change.ref.kind]
    return any(getattr(change.before, f) != getattr(change.after, f) for f in fields)


def _lanes_differ(change: Change) -> bool:
    """Whether lanes get another name or order; hiding and folding them is only a way to look."""
    before, after = _lanes(change.before), _lanes(change.after)
    if any(after[key] != name for key, name in before.items() if key in after):
        return True
    if any(name for key, name in after.items() if key not in before):
        return True
    return [key for key in before if key in after] != [key for key in after if key in before]


def _lanes(entity: Entity | None) -> dict[str, str]:
    """Return the names a journey's layout gives its lanes, by key, in their order."""
    rows = entity.layout.get("lanes") if isinstance(entity, Journey) else None
    return {
        str(row.get("key")): str(row.get("name") or "")
        for row in (rows if isinstance(rows, list | tuple) else ())
        if isinstance(row, Mapping)
    }
