"""Rows for ordered columns: arrows run as level as the order of the cards allows."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

_PASSES: Final = 6
_PASSES_OF_MANY: Final = 2
_MANY: Final = 400


def rows(
    columns: Sequence[Sequence[str]],
    links: Iterable[tuple[str, str]],
    sizes: Mapping[str, float],
) -> dict[str, float]:
    """Return the row of every member, whole for every card, the topmost 0.

    Args:
        columns: members in their order from the top.
        links: pairs that should stand level; those within a column are left out.
        sizes: how many rows a member takes; neighbours stand half of both sizes apart at least.
    """
    column_of = {n: i for i, column in enumerate(columns) for n in column}
    near: dict[str, list[str]] = {n: [] for n in column_of}
    for a, b in links:
        if column_of[a] != column_of[b]:
            near[a].append(b)
            near[b].append(a)
    at = {n: y for column in columns for n, y in _stacked(column, sizes)}
    # No column is higher than the one with most cards, so the whole stays low.
    room = max((sum(sizes[n] for n in column) for column in columns), default=0.0) - 1.0
    passes = _PASSES if len(at) <= _MANY else _PASSES_OF_MANY
    for index in range(passes):
        for column in columns if index % 2 == 0 else reversed(columns):
            wanted = [
                sum(at[o] for o in near[n]) / len(near[n]) if near[n] else at[n] for n in column
            ]
            at.update(zip(column, _spread(wanted, _gaps(column, sizes), room), strict=True))
    return _whole(columns, at, sizes)


def _gaps(column: Sequence[str], sizes: Mapping[str, float]) -> list[float]:
    return [(sizes[a] + sizes[b]) / 2 for a, b in pairwise(column)]


def _stacked(column: Sequence[str], sizes: Mapping[str, float]) -> list[tuple[str, float]]:
    """Return members one under the other, their middle at 0."""
    y, placed = 0.0, []
    for gap, node in zip([0.0, *_gaps(column, sizes)], column, strict=False):
        y += gap
        placed.append((node, y))
    return [(node, at - y / 2) for node, at in placed]


def _spread(wanted: Sequence[float], gaps: Sequence[float], room: float) -> list[float]:
    """Return the places nearest to the wanted ones (least squares) that keep the gaps.

    With the gaps taken off it is a regression on rising values: neighbours that fall are pooled,
    and what leaves the room, which lies around 0, is brought back to its edge.
    """
    offsets = [0.0]
    for gap in gaps:
        offsets.append(offsets[-1] + gap)
    pools: list[tuple[float, int]] = []  # sum and number
    for value, offset in zip(wanted, offsets, strict=False):
        total, count = value - offset, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            before, number = pools.pop()
            total, count = total + before, count + number
        pools.append((total, count))
    lowest = -room / 2
    highest = max(room / 2 - offsets[-1], lowest)
    levels = ((min(max(total / count, lowest), highest), count) for total, count in pools)
    level = [value for value, count in levels for _ in range(count)]
    return [y + offset for y, offset in zip(level, offsets, strict=False)]


def _whole(
    columns: Sequence[Sequence[str]], at: Mapping[str, float], sizes: Mapping[str, float]
) -> dict[str, float]:
    """Return whole rows for cards, so that those beside each other line up; lanes stay between."""
    top = min(at.values(), default=0.0)
    made: dict[str, float] = {}
    for column in columns:
        least = -1e9
        for node in column:
            if sizes[node] < 1:
                made[node] = at[node] - top
                continue
            row = max(float(round(at[node] - top)), least)
            made[node], least = row, row + sizes[node]
    first = min((made[n] for c in columns for n in c if sizes[n] >= 1), default=0.0)
    return {node: row - first for node, row in made.items()}
