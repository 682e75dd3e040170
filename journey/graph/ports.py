"""Where arrows touch a card: each at its own place on a side, in the order of their far ends."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from journey.graph.boxes import Box

_APART: Final = 4.0
_CORNER: Final = 6.0


class Side(StrEnum):
    """The side of a card that arrows of any number share."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class End:
    """One end of an arrow at a side of a card.

    Attributes:
        towards: the y its far end stands at. breadth: of the line or of its head, pixels.
        key: what names the end for whoever asks for its place.
    """

    node: str
    side: Side
    towards: float
    breadth: float
    key: tuple[object, ...]


def places(ends: Sequence[End], boxes: dict[str, Box]) -> dict[tuple[object, ...], float]:
    """Return the y of every end by its key; where a side is too short they overlap evenly."""
    sides: dict[tuple[str, Side], list[End]] = defaultdict(list)
    for end in ends:
        sides[end.node, end.side].append(end)
    made: dict[tuple[object, ...], float] = {}
    for (node, _side), mine in sides.items():
        mine.sort(key=lambda e: e.towards)
        box = boxes[node]
        room = box.height - 2 * _CORNER
        needed = sum(e.breadth for e in mine) + _APART * (len(mine) - 1)
        shrink = min(1.0, room / needed)
        y = box.centre[1] - needed * shrink / 2
        for end in mine:
            made[end.key] = y + end.breadth * shrink / 2
            y += (end.breadth + _APART) * shrink
    return made
