"""Words that only the files of a workshop need."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from journey.report.words import Words

_ENGLISH: Final[Mapping[str, str]] = {
    "workshop.title": "Workshop: {journey}",
    "workshop.state": "Workshop of {date}",
    "workshop.lead": "Pain points: {pains} · strengths: {strengths} ·"
    " improvements: {improvements}.",
    "workshop.dots": "{dots} votes were given.",
    "workshop.dots_named": "{dots} votes were given, {named} of them by name: {people}.",
    "workshop.sheet": "Workshop",
    "workshop.map": "map",
    "workshop.file": "workshop",
    "workshop.pain_point": "Pain points",
    "workshop.strength": "Strengths",
    "workshop.improvement": "Improvements",
    "workshop.new": "new",
    "workshop.column.kind": "Kind",
    "workshop.column.title": "What was said",
    "workshop.column.stage": "Stage",
    "workshop.column.touchpoint": "Touchpoint",
    "workshop.column.severity": "Severity",
    "workshop.column.frequency": "Frequency",
    "workshop.column.votes": "Votes",
    "workshop.column.ballots": "Votes by name",
    "workshop.column.owner": "Owner",
    "workshop.column.notes": "Note",
    "workshop.column.new": "New",
}
_EXTRA: Mapping[str, Mapping[str, str]] = MappingProxyType({"en": _ENGLISH})


class WorkshopWords(Words):
    """The words of a workshop's files in one language; English where one lacks."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self._extra = _EXTRA.get(language, {})

    def __call__(self, key: str, **facts: object) -> str:
        """Return a text with its fields filled; a key nobody knows is a KeyError."""
        template = self._extra.get(key) or _ENGLISH.get(key)
        if template is None:
            return super().__call__(key, **facts)
        return template.format(**facts) if facts else template
