"""Activities of a log, matched to touchpoints: by the mapping, else by name."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Facts
from dataclasses import dataclass
from typing import Final

from journey.model.ids import JourneyId
from journey.model.map import LOST, RETAINED
from journey.model.text import clean_name
from journey.model.workspace import Workspace, ordered_journeys, ordered_touchpoints
from storage.errors import MappingError
from storage.evidence.events import EventLayout
from storage.imports.mapping import EventsMapping
from storage.imports.survey_names import Names
from storage.imports.words import spread_words

# So many new touchpoints are no map: the column is not one of activities.
MAX_NEW: Final = 500
_NOT_WORDS: Final = re.compile(r"[\W_]+")


def plain_name(name: str) -> str:
    """Return a name as it is compared: "product_view", "ProductView" and "Product view" agree."""
    return _NOT_WORDS.sub(" ", spread_words(clean_name(name))).strip().casefold()


@dataclass(frozen=True, slots=True)
class Matched:
    """One activity and what it was matched to: a touchpoint's name, "lost", "retained" or ""."""

    activity: str
    touchpoint: str


class Matching:
    """Matches the activities of one log to the touchpoints of one journey."""

    def __init__(
        self, ws: Workspace, names: Names, mapping: EventsMapping, given: Facts[str, str]
    ) -> None:
        self._names, self._mapping = names, mapping
        self._given = {plain_name(activity): to for activity, to in given.items()}
        self._known = _by_plain_name(ws, names.journey)

    def layout(self, activities: Sequence[str], segments: Sequence[str]) -> EventLayout:
        """Return what the slots of a log stand for; unknown names are noted in `names`.

        Raises:
            MappingError: too_many_activities, where they would all have to be made.
        """
        new = [name for name in activities if self._target(name) is None]
        if len(new) > MAX_NEW:
            detail = str(len(activities))
            raise MappingError("too_many_activities", (self._mapping.activity,), detail=detail)
        lost, retained = (
            self._slots(activities, self._mapping.lost),
            self._slots(activities, self._mapping.retained),
        )
        return EventLayout(
            tuple(activities),
            tuple(self._touchpoint(name) for name in activities),
            tuple(str(self._names.segment(name) or "") for name in segments),
            lost,
            tuple(slot for slot in retained if slot not in lost),
            _other_end(self._mapping),
        )

    def unmet(self, activities: Sequence[str]) -> Iterator[str]:
        """Yield the names of the mapping that no event has."""
        met = {plain_name(name) for name in activities}
        asked = (*self._mapping.lost, *self._mapping.retained, *self._given)
        yield from dict.fromkeys(name for name in asked if plain_name(name) not in met)

    def matched(self, layout: EventLayout) -> tuple[Matched, ...]:
        """Return the activities with the names of what they were matched to."""
        return tuple(
            Matched(
                activity,
                target if target in (LOST, RETAINED) else self._names.touchpoint_name(target),  # type: ignore[arg-type]
            )
            for activity, target in zip(layout.activities, layout.touchpoints, strict=True)
        )

    def _target(self, activity: str) -> str | None:
        """Return a touchpoint, an end, or "" for an activity left out; None where it is new."""
        given = self._given.get(plain_name(activity), activity)
        if not given:
            return ""
        found = self._known.get(plain_name(given)) or self._names.known_touchpoint(given)
        if found is None and given in (LOST, RETAINED):
            return given
        return found

    def _touchpoint(self, activity: str) -> str | None:
        target = self._target(activity)
        if target is None:
            return self._names.touchpoint(self._given.get(plain_name(activity), activity))
        return target or None

    @staticmethod
    def _slots(activities: Sequence[str], wanted: Sequence[str]) -> tuple[int, ...]:
        names = {plain_name(name) for name in wanted}
        return tuple(slot for slot, name in enumerate(activities) if plain_name(name) in names)


def _other_end(mapping: EventsMapping) -> str | None:
    """Where only one kind of end is named, every other end is of the other kind."""
    if bool(mapping.lost) == bool(mapping.retained):
        return None
    return RETAINED if mapping.lost else LOST


def _by_plain_name(ws: Workspace, journey: JourneyId | None) -> dict[str, str]:
    """Return a journey's touchpoints by compared name; the first of equal ones."""
    found: dict[str, str] = {}
    if journey is not None and journey in ws.journeys:
        for touchpoint in ordered_touchpoints(ws, journey):
            found.setdefault(plain_name(touchpoint.name), touchpoint.id)
    return found


def journey_name(ws: Workspace, name: str | None) -> str | None:
    """Return the journey a log goes to: the one named, else the first."""
    if name is not None:
        return name
    journeys = ordered_journeys(ws)
    return journeys[0].name if journeys else None
