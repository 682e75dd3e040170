"""The rules of voting by dots, and what a workshop keeps with its journey.

A dot is given by a named person, who has so many, or by nobody in particular. `PainPoint.votes`
counts them all; `PainPoint.ballots` holds those with a name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from journey.model.ids import JourneyId
from journey.model.map import Journey, PainPoint
from journey.model.text import clean_name
from journey.model.workspace import Workspace

DOTS_EACH = 5
MOST_DOTS = 99
KEY = "workshop"


@dataclass(frozen=True, slots=True)
class WorkshopPlan:
    """What a workshop was set up with, kept in `Journey.layout["workshop"]`.

    Attributes:
        people: who votes by name, in the order they were named; empty: dots are only counted.
        dots: how many each of them has, 1 … 99.
        questions: what is asked, by the stage's id, where it is not the usual question.
    """

    people: tuple[str, ...] = ()
    dots: int = DOTS_EACH
    questions: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Voter:
    """One person with the dots given so far in the whole journey."""

    name: str
    given: int
    dots: int

    @property
    def left(self) -> int:
        """Dots still to give; none where the number was lowered after the vote."""
        return max(self.dots - self.given, 0)


def plan_of(journey: Journey) -> WorkshopPlan:
    """Return what a journey keeps of its workshop; what a file holds wrongly is left out."""
    kept = journey.layout.get(KEY)
    if not isinstance(kept, Mapping):
        return WorkshopPlan()
    people = _names(kept.get("people"))
    dots = kept.get("dots")
    if not isinstance(dots, int) or isinstance(dots, bool) or not 1 <= dots <= MOST_DOTS:
        dots = DOTS_EACH
    asked = kept.get("questions")
    questions = {}
    if isinstance(asked, Mapping):
        questions = {str(k): clean_name(v) for k, v in asked.items() if isinstance(v, str)}
    return WorkshopPlan(people, dots, {k: v for k, v in questions.items() if v})


def _names(value: object) -> tuple[str, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        return ()
    names = (clean_name(n) for n in value if isinstance(n, str))
    return tuple({n.casefold(): n for n in names if n}.values())


def with_plan(journey: Journey, plan: WorkshopPlan) -> Journey:
    """Return the journey with another plan; everything else of its layout stays."""
    layout = dict(journey.layout)
    layout[KEY] = {
        "people": list(plan.people),
        "dots": plan.dots,
        "questions": dict(plan.questions),
    }
    return replace(journey, layout=layout)


def ballots_of(pain: PainPoint) -> dict[str, int]:
    """Return the dots with a name, those of more than none only."""
    found = pain.ballots.items()
    return {k: v for k, v in found if isinstance(v, int) and not isinstance(v, bool) and v > 0}


def nameless(pain: PainPoint) -> int:
    """Return the dots nobody in particular gave."""
    return max((pain.votes or 0) - sum(ballots_of(pain).values()), 0)


def voters(ws: Workspace, journey: JourneyId) -> tuple[Voter, ...]:
    """Return who votes by name: those of the plan, then others who have dots, by name."""
    mine = ws.journeys.get(journey)
    plan = plan_of(mine) if mine is not None else WorkshopPlan()
    given = dict.fromkeys(plan.people, 0)
    known = {name.casefold(): name for name in plan.people}
    others: dict[str, int] = {}
    for pain in ws.pain_points.values():
        if pain.journey != journey or not pain.ballots:
            continue
        for name, dots in ballots_of(pain).items():
            place = given if name.casefold() in known else others
            key = known.get(name.casefold(), name)
            place[key] = place.get(key, 0) + dots
    everyone = [*given.items(), *sorted(others.items())]
    return tuple(Voter(name, dots, plan.dots) for name, dots in everyone)


def find_voter(ws: Workspace, journey: JourneyId, name: str) -> Voter | None:
    """Return who bears a name, large and small letters alike; None where nobody does."""
    wanted = clean_name(name).casefold()
    return next((v for v in voters(ws, journey) if v.name.casefold() == wanted), None)


def dots_in(ws: Workspace, journey: JourneyId) -> int:
    """Return all dots of a journey, with and without a name."""
    return sum(p.votes or 0 for p in ws.pain_points.values() if p.journey == journey)


def dots_on(pain: PainPoint, voter: str) -> int:
    """Return a person's dots on a pain point; of nobody ("") those without a name."""
    if not voter:
        return nameless(pain)
    wanted = voter.casefold()
    return sum(n for name, n in ballots_of(pain).items() if name.casefold() == wanted)


def with_dots(pain: PainPoint, voter: str, dots: int) -> PainPoint:
    """Return the pain point with so many dots of a person (or, "", of nobody by name)."""
    ballots = ballots_of(pain)
    others = nameless(pain)
    if voter:
        wanted = voter.casefold()
        ballots = {k: n for k, n in ballots.items() if k.casefold() != wanted}
        if dots > 0:
            ballots[voter] = dots
    else:
        others = dots
    return replace(pain, votes=sum(ballots.values()) + others, ballots=ballots)
