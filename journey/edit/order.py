"""Places between neighbours: a new position changes one row, seldom all."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from journey.edit.changes import Change
from journey.edit.command import put
from journey.model.map import Journey, Lane, PainPoint, Stage, Touchpoint
from journey.model.workspace import Workspace

Placed = Journey | Stage | Touchpoint | PainPoint | Lane


def placed_at(siblings: Sequence[Placed], index: int | None) -> float | None:
    """Return a position for a new member at `index` of ordered siblings (None: at the end).

    None where the neighbours are too close for a number between them: renumber first.
    """
    at = len(siblings) if index is None else max(0, min(index, len(siblings)))
    if not siblings:
        return 0.0
    if at == 0:
        return siblings[0].position - 1.0
    if at == len(siblings):
        return siblings[-1].position + 1.0
    low, high = siblings[at - 1].position, siblings[at].position
    middle = (low + high) / 2
    return middle if low < middle < high else None


def renumber(ws: Workspace, siblings: Sequence[Placed]) -> Iterator[Change]:
    """Yield the changes that give siblings whole positions in their present order."""
    for place, sibling in enumerate(siblings):
        if sibling.position != float(place):
            yield put(ws, replace(sibling, position=float(place)))
