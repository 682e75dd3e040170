"""How values stand in an OpenJourney file, and what they are in a workspace.

What is read is compared with what would be read from the old value before anything is written, so
that a file which came in goes out with every value as it was spelt, but for what was edited.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from journey.model.text import NAME_LENGTH, NOTE_LENGTH, clean
from storage.openformats.codecs import ID_LENGTH

# The key in a note's `extra` that says what the note's node became; all other keys are the node's.
LINK = "waymark"
ROOT = "root"

TOUCHPOINT, PAIN_POINT, STRENGTH = "touchpoint", "pain-point", "gain"
PAINS = frozenset({PAIN_POINT, "pain", "bottleneck"})

# A score is −5 … +5, judged experience −100 … +100.
POINTS_PER_SCORE = 20
HIGHEST_SCORE = 5

_SEVERITIES = {"low": 2, "medium": 3, "high": 4}
_WORDS = {1: "low", 2: "low", 3: "medium", 4: "high", 5: "high"}
# Deeper values are no journey map; the limit keeps every later walk over them safe.
DEEPEST = 40


def name_of(value: object, otherwise: str, changes: Counter[str] | None = None) -> str:
    """Return a one-line name, `otherwise` where there is none; count a change made to it."""
    raw = _plain(value)
    cleaned = clean(" ".join(raw.split()), NAME_LENGTH)
    if changes is not None and cleaned.changes:
        changes["text_cleaned"] += 1
    return cleaned.text.strip() or otherwise


def prose_of(value: object, changes: Counter[str] | None = None) -> str:
    """Return a text of several lines; count a change made to it."""
    cleaned = clean(_plain(value), NOTE_LENGTH)
    if changes is not None and cleaned.changes:
        changes["text_cleaned"] += 1
    return cleaned.text


def _plain(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value)


def judged_of(score: object) -> float | None:
    """Return the judged experience of a score, None without one; beyond the scale is its end."""
    if isinstance(score, bool) or not isinstance(score, int | float):
        return None
    return float(max(-HIGHEST_SCORE, min(HIGHEST_SCORE, score)) * POINTS_PER_SCORE)


def score_of(judged: float) -> int:
    """Return the nearest score of a judged experience."""
    return round(judged / POINTS_PER_SCORE)


def severity_of(word: object) -> int | None:
    """Return the severity class of a word: low 2, medium 3, high 4."""
    return _SEVERITIES.get(word.strip().casefold()) if isinstance(word, str) else None


def severity_word(severity: int) -> str:
    """Return the word of a severity class 1 … 5."""
    return _WORDS[severity]


def is_exact(severity: int) -> bool:
    """Whether the class comes back from its word."""
    return _SEVERITIES[_WORDS[severity]] == severity


def purpose_of(node: Mapping[str, object]) -> str:
    """Return which of our kinds a node is: TOUCHPOINT, PAIN_POINT, STRENGTH or ""."""
    purpose = node.get("purpose")
    word = purpose.strip().casefold() if isinstance(purpose, str) else ""
    if word in PAINS:
        return PAIN_POINT
    return word if word in (TOUCHPOINT, STRENGTH) else ""


def usable_id(value: object) -> str | None:
    """Return a text that can be one of our ids as it is, else None."""
    if not isinstance(value, str) or not 0 < len(value) <= ID_LENGTH:
        return None
    return value if value == clean(value, ID_LENGTH).text and value.isprintable() else None


def kept(value: Any, changes: Counter[str]) -> Any:
    """Return a value nobody interprets, with every text in it clean; count the changes."""
    if isinstance(value, str):
        cleaned = clean(value, NOTE_LENGTH)
        changes["text_cleaned"] += bool(cleaned.changes)
        return cleaned.text
    if isinstance(value, Mapping):
        return {kept(key, changes): kept(item, changes) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [kept(item, changes) for item in value]
    return value


def is_too_deep(value: object) -> bool:
    """Whether lists and objects stand in one another deeper than `DEEPEST`."""
    level = [value]
    for _ in range(DEEPEST):
        inner: list[object] = []
        for item in level:
            if isinstance(item, Mapping):
                inner.extend(item.values())
            elif isinstance(item, list):
                inner.extend(item)
        if not inner:
            return False
        level = inner
    return True


def root_place(root: Mapping[str, object], *names: str) -> tuple[Mapping[str, object], str] | None:
    """Return where a root value stands: in the root or its `metadata`, under one of the names."""
    metadata = root.get("metadata")
    for name in names:
        for holder in (root, metadata):
            if isinstance(holder, Mapping) and name_of(holder.get(name), ""):
                return holder, name
    return None


PERSONA_NAMES = ("persona",)
JOURNEY_NAMES = ("title", "pointOfView", "pov", "name")
