"""Where a long picture is parted into pages, so that no card is cut."""

from collections.abc import Sequence
from typing import NamedTuple

# A page is left so empty at most for the sake of a better place to part.
_LIKED, _LEAST = 0.6, 0.4


class Window(NamedTuple):
    """A stretch of the picture that stands on one page."""

    start: float
    end: float


def windows(
    length: float,
    room: float,
    solids: Sequence[tuple[float, float]],
    likes: Sequence[float] = (),
) -> list[Window]:
    """Return the stretches of a picture, each at most `room` long.

    A cut lies at a liked place, else at one that cuts no solid; where there is none, the next
    stretch begins before the solids that are cut, so that each is whole in one of the two.

    Args:
        solids: what is not to be cut, as start and end.
        likes: the best places for a cut; one that cuts a solid is not taken.
    """
    found: list[Window] = []
    start = 0.0
    while length - start > room + 0.01:
        end = _cut(start, start + room, solids, likes)
        found.append(Window(start, end))
        cut = [a for a, b in solids if a < end < b and b - a < room and a > start]
        start = min(cut, default=end)
    found.append(Window(start, length))
    return found


def _cut(
    start: float, limit: float, solids: Sequence[tuple[float, float]], likes: Sequence[float]
) -> float:
    near = [(a, b) for a, b in solids if b > start and a < limit]
    liked = [at for at in likes if start + _LIKED * (limit - start) <= at <= limit]
    ends = [b for _, b in near if start + _LEAST * (limit - start) <= b <= limit]
    starts = [a for a, _ in near if start + _LEAST * (limit - start) <= a <= limit]
    for places in (liked, [*ends, *starts, limit]):
        whole = [at for at in places if not any(a < at < b for a, b in near)]
        if whole:
            return max(whole)
    return limit


def belongs(solid: tuple[float, float], found: Sequence[Window]) -> int | None:
    """Return the first window that holds a solid whole, None where none does."""
    for index, window in enumerate(found):
        if window.start <= solid[0] + 0.01 and solid[1] <= window.end + 0.01:
            return index
    return None
