"""Commands of a workshop's vote: dots, the people who give them, and what is asked."""

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import replace

from journey.edit.changes import Change
from journey.edit.command import Command, Summary, existing, put
from journey.errors import EditError
from journey.model.ids import JourneyId, Kind, PainPointId, Ref, StageId
from journey.model.map import Journey, PainPoint
from journey.model.text import clean_name
from journey.model.votes import (
    MOST_DOTS,
    WorkshopPlan,
    dots_on,
    find_voter,
    plan_of,
    with_dots,
    with_plan,
)
from journey.model.workspace import Workspace


class _Ballot(Command):
    """What one dot more or less shares."""

    def __init__(self, pain: PainPointId, voter: str = "") -> None:
        super().__init__()
        self._ref = Ref(Kind.PAIN_POINT, pain)
        self._voter = clean_name(voter)
        self._title = ""

    @property
    def summary(self) -> Summary:
        """The pain point's title."""
        return Summary("change", Kind.PAIN_POINT, self._title)

    def _pain(self, ws: Workspace) -> PainPoint:
        pain = existing(ws, self._ref)
        assert isinstance(pain, PainPoint)
        self._title = pain.title
        return pain


class GiveDot(_Ballot):
    """Give a pain point a dot of a person, or of nobody by name ("")."""

    def plan(self, ws: Workspace) -> Iterator[Change]:
        """Yield the pain point with one dot more.

        Raises:
            EditError: all dots of the person are given ("no_dots_left", with voter and dots), or
                nobody bears that name ("unknown_voter").
        """
        pain = self._pain(ws)
        name = self._voter
        if name:
            voter = find_voter(ws, pain.journey, name)
            if voter is None:
                raise EditError("unknown_voter", voter=name)
            if not voter.left:
                raise EditError("no_dots_left", voter=voter.name, dots=voter.dots)
            name = voter.name
        yield put(ws, with_dots(pain, name, dots_on(pain, name) + 1))


class TakeDot(_Ballot):
    """Take a person's dot off a pain point, or one of nobody by name ("")."""

    def plan(self, ws: Workspace) -> Iterator[Change]:
        """Yield the pain point with one dot less.

        Raises:
            EditError: the person has no dot there ("no_dot_there", with voter).
        """
        pain = self._pain(ws)
        held = dots_on(pain, self._voter)
        if not held:
            raise EditError("no_dot_there", voter=self._voter)
        yield put(ws, with_dots(pain, self._voter, held - 1))


class _Plan(Command):
    """What changes of a workshop's plan share."""

    def __init__(self, journey: JourneyId) -> None:
        super().__init__()
        self._ref = Ref(Kind.JOURNEY, journey)
        self._name = ""

    @property
    def summary(self) -> Summary:
        """The journey's name."""
        return Summary("change", Kind.JOURNEY, self._name)

    def _journey(self, ws: Workspace) -> Journey:
        journey = existing(ws, self._ref)
        assert isinstance(journey, Journey)
        self._name = journey.name
        return journey

    def plan(self, ws: Workspace) -> Iterator[Change]:
        """Yield the journey with its new plan."""
        journey = self._journey(ws)
        yield put(ws, with_plan(journey, self._changed(ws, plan_of(journey))))

    @abstractmethod
    def _changed(self, ws: Workspace, plan: WorkshopPlan) -> WorkshopPlan:
        """Return the plan as it is to be."""


class AddVoter(_Plan):
    """Let one more person vote by name."""

    def __init__(self, journey: JourneyId, name: str) -> None:
        super().__init__(journey)
        self._voter = clean_name(name)

    def _changed(self, ws: Workspace, plan: WorkshopPlan) -> WorkshopPlan:
        if not self._voter:
            raise EditError("empty", ref=self._ref, field="name")
        if find_voter(ws, JourneyId(self._ref.id), self._voter) is not None:
            raise EditError("exists", ref=self._ref, field="name")
        return replace(plan, people=(*plan.people, self._voter))


class RemoveVoter(_Plan):
    """Take a person off the list, with all dots this person gave."""

    def __init__(self, journey: JourneyId, name: str) -> None:
        super().__init__(journey)
        self._voter = clean_name(name)

    def plan(self, ws: Workspace) -> Iterator[Change]:
        """Yield the journey, then every pain point that loses dots."""
        if find_voter(ws, JourneyId(self._ref.id), self._voter) is None:
            raise EditError("unknown_voter", voter=self._voter)
        yield from super().plan(ws)
        for pain in list(ws.pain_points.values()):
            if pain.journey == self._ref.id and dots_on(pain, self._voter):
                yield put(ws, with_dots(pain, self._voter, 0))

    def _changed(self, _ws: Workspace, plan: WorkshopPlan) -> WorkshopPlan:
        gone = self._voter.casefold()
        return replace(plan, people=tuple(p for p in plan.people if p.casefold() != gone))


class SetDots(_Plan):
    """Give every person so many dots, 1 … 99; dots that were given stay."""

    def __init__(self, journey: JourneyId, dots: int) -> None:
        super().__init__(journey)
        self._dots = dots

    def _changed(self, _ws: Workspace, plan: WorkshopPlan) -> WorkshopPlan:
        if not 1 <= self._dots <= MOST_DOTS:
            raise EditError("off_the_scale", ref=self._ref, field="dots")
        return replace(plan, dots=self._dots)


class AskQuestion(_Plan):
    """Ask a stage's question in other words; an empty one gives back the usual question."""

    def __init__(self, journey: JourneyId, stage: StageId, text: str) -> None:
        super().__init__(journey)
        self._stage, self._text = stage, clean_name(text)

    def _changed(self, ws: Workspace, plan: WorkshopPlan) -> WorkshopPlan:
        existing(ws, Ref(Kind.STAGE, self._stage))
        questions = {k: v for k, v in plan.questions.items() if k != self._stage}
        if self._text:
            questions[self._stage] = self._text
        return replace(plan, questions=questions)
