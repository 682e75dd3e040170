"""The declared anchors of a health score as a text that people read and change.

One line for each component: its name, its weight, the figure that scores 0, the figure that scores
10, parted by " | ". The score of a KPI can so be worked out again from its note.
"""

import math
from collections.abc import Iterable

from journey.metrics.health_score import Component

_PARTS = 4
_MARK = " | "


def anchors_text(components: Iterable[Component]) -> str:
    """Return the lines of components."""
    return "\n".join(
        _MARK.join((" ".join(c.name.split()), *map(_told, (c.weight, c.bad, c.target))))
        for c in components
    )


def read_anchors(text: str) -> tuple[Component, ...]:
    """Return the components that a text declares; lines of another kind are passed over."""
    found = []
    for line in text.splitlines():
        name, *figures = line.rsplit(_MARK, _PARTS - 1)
        numbers = [_read(figure) for figure in figures]
        if len(numbers) == _PARTS - 1 and None not in numbers and name.strip():
            weight, bad, target = (n for n in numbers if n is not None)
            found.append(Component(name.strip(), weight, bad, target))
    return tuple(found)


def _told(figure: float) -> str:
    return f"{figure:.12g}"


def _read(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
