"""Find and replace over what a journey's map says: names, titles and notes."""

import re
from collections.abc import Iterator
from typing import Any

from journey.edit.change import Set
from journey.edit.changes import Change
from journey.edit.command import Command, Summary
from journey.edit.share import SetTouchpoint
from journey.model.ids import JourneyId, Kind, Ref
from journey.model.improvement import Improvement
from journey.model.map import Note, Touchpoint
from journey.model.text import clean_name
from journey.model.workspace import Entity, Workspace, ref_of

# The fields searched, in the order their objects are gone through.
_TEXTS = {
    Kind.STAGE: ("name",),
    Kind.TOUCHPOINT: ("name",),
    Kind.PAIN_POINT: ("title",),
    Kind.STRENGTH: ("title",),
    Kind.IMPROVEMENT: ("title",),
    Kind.KPI: ("name",),
    Kind.LANE: ("name",),
    Kind.NOTE: ("title", "text"),
}


def occurrences(ws: Workspace, journey: JourneyId, text: str) -> tuple[Ref, ...]:
    """Return the objects of a journey whose name, title or text contains a text, in any case."""
    found = _pattern(text)
    if found is None:
        return ()
    return tuple(
        ref_of(entity)
        for entity in _entities(ws, journey)
        if any(found.search(str(getattr(entity, name))) for name in _TEXTS[entity.kind])
    )


class ReplaceText(Command):
    """Replace a text, in any case, wherever a journey's map says it.

    A name that would be left empty stays as it is.
    """

    def __init__(self, journey: JourneyId, text: str, by: str) -> None:
        super().__init__()
        self._journey, self._text, self._by = journey, text, by

    @property
    def summary(self) -> Summary:
        """How many objects say something else now."""
        return Summary("change", Kind.JOURNEY, count=1)

    def plan(self, ws: Workspace) -> Iterator[Change]:
        """Yield each object that said it; twins of a shared touchpoint follow."""
        found = _pattern(self._text)
        for ref in occurrences(ws, self._journey, self._text) if found is not None else ():
            entity, values = ws.find(ref), {}
            assert entity is not None
            assert found is not None
            for name in _TEXTS[ref.kind]:
                said = str(getattr(entity, name))
                # The replacement is text, not a pattern: a backslash in it is a backslash.
                now = found.sub(lambda _match: self._by, said)
                if now != said and (ref.kind is Kind.NOTE or clean_name(now)):
                    values[name] = now
            if values:
                yield from _setter(entity, values).plan(ws)


def _setter(entity: Entity, values: dict[str, Any]) -> Command:
    if isinstance(entity, Touchpoint):
        return SetTouchpoint([entity.id], **values)
    return Set(ref_of(entity), **values)


def _pattern(text: str) -> re.Pattern[str] | None:
    return re.compile(re.escape(text), re.IGNORECASE) if text else None


def _entities(ws: Workspace, journey: JourneyId) -> Iterator[Entity]:
    """Yield what stands on a journey's map."""
    lanes = {lane.id for lane in ws.lanes.values() if lane.journey == journey}
    touchpoints = {t.id for t in ws.touchpoints.values() if t.journey == journey}
    pains = {p.id for p in ws.pain_points.values() if p.journey == journey}
    for kind in _TEXTS:
        for entity in list(ws.table(kind).values()):
            if isinstance(entity, Note):
                mine = entity.lane in lanes
            elif isinstance(entity, Improvement):
                mine = any(pain in pains for pain in entity.addresses)
            elif kind is Kind.KPI:
                mine = getattr(entity, "touchpoint", None) in touchpoints
            else:
                mine = getattr(entity, "journey", None) == journey
            if mine:
                yield entity
