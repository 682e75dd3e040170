"""Names in a mapping or a file, found in the workspace or made for it."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import TypeVar

from journey.metrics import Metric, MetricError, ScoreCounts
from journey.model.evidence import Question
from journey.model.ids import (
    JourneyId,
    Kind,
    PainPointId,
    QuestionId,
    Ref,
    SegmentId,
    StageId,
    TouchpointId,
    named_id,
    new_id,
)
from journey.model.map import Journey, PainPoint, Stage, Touchpoint
from journey.model.people import Segment
from journey.model.text import clean_name, clean_note
from journey.model.workspace import Entity, Workspace, ordered_journeys
from storage.errors import MappingError

UNSORTED = "Unsorted"
FIRST_JOURNEY = "Customer journey"

Placed = TypeVar("Placed", Stage, Touchpoint, PainPoint)


class Names:
    """Finds objects by their names, letter case and spaces aside.

    What is missing is made (kept in `needed`, in the order it must be added) where that is wanted,
    otherwise noted, so that one error can list everything.
    """

    def __init__(self, workspace: Workspace, *, create: bool, journey: str | None = None) -> None:
        self._ws = workspace.copy()
        self._create = create
        self.needed: list[Entity] = []
        self._unknown: dict[str, tuple[str, ...]] = {}
        self._any_journey = journey is None
        self._journey = self._find_journey(journey)
        self._touchpoints = self._touchpoints_by_name()
        self._segments = {_key(s.name): s.id for s in workspace.segments.values()}

    def refuse_unknown(self) -> None:
        """Raise what was looked for in vain.

        Raises:
            MappingError: unknown_name, with every name and its nearest ones.
        """
        if self._unknown:
            raise MappingError("unknown_name", tuple(self._unknown), self._unknown)

    @property
    def has_unknown(self) -> bool:
        """Whether a name was looked for in vain."""
        return bool(self._unknown)

    @property
    def journey(self) -> JourneyId | None:
        """The journey in which touchpoints are made; None until there is one."""
        return self._journey.id if self._journey else None

    @property
    def first_month(self) -> int:
        """The month in which the fiscal year starts, 1 … 12."""
        return self._ws.info.fiscal_year_start_month

    def touchpoint(self, name: str, stage: str | None = None) -> TouchpointId | None:
        """Return a touchpoint; a new one goes to the end of its stage, or to "Unsorted"."""
        found = self._touchpoints.get(_key(name))
        if found is not None:
            return found
        if not self._create:
            self._note_unknown(name, [t.name for t in self._ws.touchpoints.values()])
            return None
        under = self._stage(stage or UNSORTED)
        position = _end(t for t in self._ws.touchpoints.values() if t.stage == under.id)
        new = Touchpoint(
            TouchpointId(self._fresh(Kind.TOUCHPOINT, name)),
            under.journey,
            clean_name(name),
            under.id,
            position,
        )
        self._make(new)
        self._touchpoints[_key(name)] = new.id
        return new.id

    def known_touchpoint(self, name: str) -> TouchpointId | None:
        """Return a touchpoint that is there already."""
        return self._touchpoints.get(_key(name))

    def touchpoints(self) -> dict[str, TouchpointId]:
        """Return those that are there, by name as it is compared; the chosen journey's first."""
        return dict(self._touchpoints)

    def touchpoint_name(self, touchpoint: TouchpointId | None) -> str:
        """Return a touchpoint's name; "" for none."""
        return self._ws.touchpoints[touchpoint].name if touchpoint else ""

    def segment(self, name: str) -> SegmentId | None:
        """Return a segment."""
        found = self._segments.get(_key(name))
        if found is None and not self._create:
            self._note_unknown(name, [s.name for s in self._ws.segments.values()])
            return None
        if found is None:
            new = Segment(SegmentId(self._fresh(Kind.SEGMENT, name)), clean_name(name))
            self._make(new)
            found = self._segments[_key(name)] = new.id
        return found

    def pain_point(self, title: str, touchpoint: TouchpointId | None) -> PainPointId | None:
        """Return the pain point with this title at a touchpoint, or the only one so called."""
        titled = [p for p in self._ws.pain_points.values() if _key(p.title) == _key(title)]
        here = [p for p in titled if p.touchpoint == touchpoint]
        if here or len(titled) == 1:
            return (here or titled)[0].id
        if not self._create:
            self._note_unknown(title, [p.title for p in self._ws.pain_points.values()])
            return None
        if touchpoint is None:
            return None
        position = _end(p for p in self._ws.pain_points.values() if p.touchpoint == touchpoint)
        new = PainPoint(
            PainPointId(self._fresh(Kind.PAIN_POINT, title, self.touchpoint_name(touchpoint))),
            self._ws.touchpoints[touchpoint].journey,
            clean_name(title),
            touchpoint,
            position,
        )
        self._make(new)
        return new.id

    def question(
        self,
        touchpoint: TouchpointId | None,
        text: str,
        metric: str,
        scale: tuple[int, int],
        *,
        higher_is_better: bool,
    ) -> QuestionId:
        """Return the question asked like this before, or a new one.

        Raises:
            MappingError: scale, where the metric cannot be asked so.
        """
        asked = (touchpoint, clean_note(text), metric, scale, higher_is_better)
        for known in self._ws.questions.values():
            same = (known.touchpoint, known.text, known.metric, known.scale)
            if (*same, known.higher_is_better) == asked:
                return known.id
        try:
            ScoreCounts(Metric(metric), *scale, higher_is_better, {})
        except (MetricError, ValueError) as error:
            raise MappingError("scale", (text,), detail=f"{metric} {scale}") from error
        where = self.touchpoint_name(touchpoint)
        fresh = self._fresh(Kind.QUESTION, where, text, metric, f"{scale} {higher_is_better}")
        new = Question(QuestionId(fresh), *asked)
        self._make(new)
        return new.id

    def _fresh(self, kind: Kind, *names: str) -> str:
        """Return the id its names give, or a random one where that is taken."""
        wanted = named_id(kind, *(_key(name) for name in names))
        return wanted if self._ws.find(Ref(kind, wanted)) is None else new_id(kind)

    def asked(self, question: QuestionId) -> Question:
        """Return a question found or made here."""
        return self._ws.questions[question]

    def _find_journey(self, name: str | None) -> Journey | None:
        journeys = ordered_journeys(self._ws)
        if name is None:
            return journeys[0] if journeys else None
        found = next((j for j in journeys if _key(j.name) == _key(name)), None)
        if found is not None:
            return found
        if self._create:
            return self._new_journey(name)
        self._note_unknown(name, [j.name for j in journeys])
        return None

    def _new_journey(self, name: str) -> Journey:
        journeys = ordered_journeys(self._ws)
        position = journeys[-1].position + 1.0 if journeys else 0.0
        new = Journey(JourneyId(self._fresh(Kind.JOURNEY, name)), clean_name(name), position)
        self._make(new)
        return new

    def _stage(self, name: str) -> Stage:
        journey = self._journey = self._journey or self._new_journey(FIRST_JOURNEY)
        mine = [s for s in self._ws.stages.values() if s.journey == journey.id]
        found = next((s for s in mine if _key(s.name) == _key(name)), None)
        if found is None:
            stage = StageId(self._fresh(Kind.STAGE, journey.name, name))
            found = Stage(stage, journey.id, clean_name(name), _end(mine))
            self._make(found)
        return found

    def _touchpoints_by_name(self) -> dict[str, TouchpointId]:
        """Return touchpoints by name; the chosen journey's first, then in the journeys' order."""
        rank = {j.id: place for place, j in enumerate(ordered_journeys(self._ws))}
        mine = self._journey.id if self._journey else None
        candidates = [
            t for t in self._ws.touchpoints.values() if self._any_journey or t.journey == mine
        ]
        candidates.sort(key=lambda t: (t.journey != mine, rank[t.journey], t.position, t.id))
        found: dict[str, TouchpointId] = {}
        for touchpoint in candidates:
            found.setdefault(_key(touchpoint.name), touchpoint.id)
        return found

    def _make(self, entity: Entity) -> None:
        self._ws.put(entity)
        self.needed.append(entity)

    def _note_unknown(self, name: str, known: Iterable[str]) -> None:
        by_key = {_key(each): each for each in known}
        near = get_close_matches(_key(name), by_key, n=3, cutoff=0.5)
        self._unknown[name.strip()] = tuple(by_key[key] for key in near)


def _key(name: str) -> str:
    return clean_name(name).casefold()


def _end(siblings: Iterable[Placed]) -> float:
    """Return the position after the last sibling."""
    return max((s.position for s in siblings), default=-1.0) + 1.0
