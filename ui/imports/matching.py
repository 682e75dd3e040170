"""Names of a file beside names on the map: alike, doubtful or new. Free of Qt."""

from collections.abc import Collection
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from journey.model.text import clean_name
from journey.model.workspace import Workspace
from storage.imports.events_matching import plain_name

# From this likeness on a person is asked; below it a name is new.
DOUBT: Final = 0.55
_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Near:
    """A name on the map that may be meant, and how alike the two are, 0 to 1."""

    name: str
    likeness: float


def names_on_map(workspace: Workspace) -> tuple[str, ...]:
    """Return the touchpoints of all journeys, each name once, sorted."""
    return tuple(sorted({touchpoint.name for touchpoint in workspace.touchpoints.values()}))


def is_known(name: str, known: Collection[str]) -> bool:
    """Tell whether a name is on the map, letter case and spaces aside."""
    wanted = clean_name(name).casefold()
    return any(clean_name(each).casefold() == wanted for each in known)


@lru_cache(maxsize=4096)
def near_names(name: str, known: tuple[str, ...]) -> tuple[Near, ...]:
    """Return up to three names on the map that may be meant, the likest first.

    None where the name itself is on the map, or where nothing is alike enough to ask.
    """
    if is_known(name, known):
        return ()
    plain = plain_name(name)
    found = [Near(each, _likeness(plain, plain_name(each))) for each in known]
    found.sort(key=lambda near: (-near.likeness, near.name))
    return tuple(found[:_SHOWN]) if found and found[0].likeness >= DOUBT else ()


def _likeness(one: str, other: str) -> float:
    """Return how alike two names are; one that holds the other whole is at least in doubt."""
    if not one or not other:
        return 0.0
    ratio = SequenceMatcher(None, one, other, autojunk=False).ratio()
    words, others = set(one.split()), set(other.split())
    return max(ratio, 0.6) if len(others) > 1 and others <= words else ratio
