"""What was worked out once and still holds, beside what it was made of."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")

# These are compared by value; everything else (arrays, fits, readings) by being the same object.
_PLAIN = (int, float, str, bytes, tuple, dict, type(None))


@dataclass(slots=True)
class Memory:
    """Keeps each step's first result and its latest, so that a changed assumption repeats little.

    The first is that of the study as it was prepared, to which every what-if returns. A step must
    be a pure function of what it is said to be made of: then a kept result has the same bytes as
    a new one.
    """

    _kept: dict[Hashable, list[tuple[tuple[object, ...], Any]]] = field(default_factory=dict)

    def keep(self, step: Hashable, made_of: tuple[object, ...], make: Callable[[], T]) -> T:
        """Return the step's result, made anew if anything that it is made of has changed."""
        kept = self._kept.setdefault(step, [])
        for before, result in kept:
            if _same(before, made_of):
                found: T = result
                return found
        made = make()
        self._kept[step] = [*kept[:1], (made_of, made)]
        return made


def _same(before: tuple[object, ...], now: tuple[object, ...]) -> bool:
    return len(before) == len(now) and all(
        a is b or (isinstance(a, _PLAIN) and type(a) is type(b) and a == b)
        for a, b in zip(before, now, strict=True)
    )
