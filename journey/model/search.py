"""Search over everything people typed into a workspace."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from journey.model.ids import Kind, Ref
from journey.model.map import Note
from journey.model.workspace import Entity, Workspace, ref_of

# What is searched of each kind: the name first, then what else was written. The order of the
# kinds is the order among equally good hits.
_TEXTS: dict[Kind, tuple[str, ...]] = {
    Kind.TOUCHPOINT: ("name", "channel", "department", "step"),
    Kind.PAIN_POINT: ("title", "evidence"),
    Kind.IMPROVEMENT: ("title", "notes"),
    Kind.STAGE: ("name",),
    Kind.STRENGTH: ("title", "evidence"),
    Kind.NOTE: ("title", "text"),
    Kind.KPI: ("name", "note"),
    Kind.QUESTION: ("text",),
    Kind.JOURNEY: ("name",),
    Kind.PERSONA: ("name", "description"),
    Kind.LEADER: ("name", "role", "email"),
    Kind.SEGMENT: ("name",),
    Kind.SURVEY: ("name",),
    Kind.LANE: ("name",),
}
_EXCERPT = 90


@dataclass(frozen=True, slots=True)
class Hit:
    """One object that holds every word looked for.

    Attributes:
        title: its name, or the start of what it says.
        excerpt: the text around the first word, where that is not in the title.
    """

    ref: Ref
    title: str
    excerpt: str = ""


def folded(text: str) -> str:
    """Return text without case and without marks, so that "zloty" finds "Złoty" and "Ångström"."""
    plain = text.casefold().replace("ł", "l").replace("ø", "o").replace("æ", "ae")
    parts = unicodedata.normalize("NFKD", plain)
    return "".join(c for c in parts if not unicodedata.combining(c))


def find(ws: Workspace, words: str, limit: int = 50) -> list[Hit]:
    """Return the objects whose texts hold every word, the best first.

    A name that starts with the words comes before one that holds them, and a name before a note.
    """
    wanted = folded(words).split()
    if not wanted:
        return []
    ranked = sorted(_hits(ws, wanted), key=lambda pair: pair[0])
    return [hit for _, hit in ranked[:limit]]


def _hits(ws: Workspace, wanted: list[str]) -> Iterator[tuple[tuple[int, int, str, str], Hit]]:
    for order, (kind, names) in enumerate(_TEXTS.items()):
        for entity in ws.table(kind).values():
            texts = [str(getattr(entity, name)) for name in names]
            plain = [folded(text) for text in texts]
            if all(any(word in text for text in plain) for word in wanted):
                quality = _quality(plain[0], wanted)
                hit = Hit(ref_of(entity), _title(entity, texts), _excerpt(texts, plain, wanted))
                yield (quality, order, plain[0], entity.id), hit


def _quality(title: str, wanted: list[str]) -> int:
    """Return 0 for a name that starts with the words, 1 where it holds them, 2 elsewhere."""
    if title.startswith(" ".join(wanted)):
        return 0
    return 1 if all(word in title for word in wanted) else 2


def _title(entity: Entity, texts: list[str]) -> str:
    if texts[0].strip():
        return texts[0]
    return entity.text[:_EXCERPT] if isinstance(entity, Note) else entity.id


def _excerpt(texts: list[str], plain: list[str], wanted: list[str]) -> str:
    for text, flat in zip(texts[1:], plain[1:], strict=True):
        at = min((flat.find(word) for word in wanted if word in flat), default=-1)
        if at >= 0:
            start = max(0, at - 30)
            piece = " ".join(text[start : start + _EXCERPT].split())
            return ("… " if start else "") + piece + (" …" if start + _EXCERPT < len(text) else "")
    return ""
