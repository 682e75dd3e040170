"""The classic ways to put pain points in order, each a score or the reason why there is none.

Every method is a function (Desk, PainPoint) -> Score. Reasons are stable words:
no_severity, no_frequency, no_votes: the workshop did not judge it; no_effort: no improvement with
a known effort; no_touchpoint; no_answers, few_answers: none or fewer than the minimum n about its
touchpoint; not_measured: no survey asks for it; few_affected: too few of them said how they are;
no_customers, no_value: of a segment that takes part; no_outcome: nothing says who is content;
no_top_two: not on this scale; no_drivers: no relational survey can tell the touchpoint's part.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from journey.model.ids import PainPointId
from journey.model.map import PainPoint
from journey.model.workspace import Workspace
from journey.priority import classic_formulas as formulas
from journey.priority.classic_evidence import (
    ClassicEvidence,
    PainAnswers,
    TouchpointAnswers,
    classic_evidence,
)
from journey.priority.draws import Floats
from journey.priority.drivers import Drivers, drivers_of
from journey.priority.evidence import ResponseTable
from journey.priority.result import Ranking
from journey.priority.workshop import FREQUENCY_SHARE

# RICE's confidence: measured, indicative, opinion (McBride, Intercom).
_SURE, _LIKELY, _GUESSED = 1.0, 0.8, 0.5


@dataclass(frozen=True, slots=True)
class Score:
    """A method's figure for one pain point, in the method's own unit.

    Attributes:
        value: None where it cannot be had, then `reason` says why.
        quadrant: the field of the method's grid, for those that have one.
    """

    value: float | None
    reason: str = ""
    quadrant: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything the methods read, made once.

    Attributes:
        days: known efforts in person-days; effort_class: their fifth of the list, 1 … 5.
        importance: touchpoint → correlation of its score with the good outcome, 0 at least.
        driver: touchpoint → its Shapley share of R² in the survey with most respondents.
    """

    ws: Workspace
    evidence: ClassicEvidence
    days: Mapping[str, float]
    effort_class: Mapping[str, int]
    importance: Mapping[str, float]
    driver: Mapping[str, float]


def desk_of(
    ws: Workspace, tables: Sequence[ResponseTable], ranking: Ranking, drivers: Sequence[Drivers]
) -> Desk:
    """Return the desk; efforts are those of the ranking, so that all methods divide by the same."""
    evidence = classic_evidence(ws, tables)
    days: dict[str, float] = {
        i.pain_point: i.effort_days for i in ranking.items if not i.effort_assumed
    }
    classes = formulas.effort_classes(list(days.values()))
    enough = ws.info.minimum_n
    largest = max(drivers, key=lambda d: (d.n, d.survey), default=None)
    return Desk(
        ws=ws,
        evidence=evidence,
        days=days,
        effort_class=dict(zip(days, classes, strict=True)),
        importance={
            t: max(a.importance, 0.0)
            for t, a in evidence.touchpoints.items()
            if a.importance is not None and a.n >= enough
        },
        driver={d.touchpoint: d.shapley for d in largest.items} if largest else {},
    )


def impact_effort(desk: Desk, pain: PainPoint) -> Score:
    """Severity class over effort class (the list's fifths), with the field of the grid.

    Fails to tell how many customers it concerns: ordinal numbers are divided, many tie.
    """
    if pain.severity is None:
        return Score(None, "no_severity")
    if pain.id not in desk.effort_class:
        return Score(None, "no_effort")
    effort = desk.effort_class[pain.id]
    quadrant = formulas.quadrant_of_effort(pain.severity, effort)
    return Score(formulas.impact_effort(pain.severity, effort), quadrant=quadrant)


def ice(desk: Desk, pain: PainPoint) -> Score:
    """ICE: twice the severity class · 10 × confidence · ease, 10 … 2 from least to most effort.

    Confidence is what stands behind it: 1 from the answers a trend needs on, 0.8 from the minimum
    n on, else 0.5. Fails to tell the reach; ordinals are multiplied.
    """
    if pain.severity is None:
        return Score(None, "no_severity")
    if pain.id not in desk.effort_class:
        return Score(None, "no_effort")
    ease = 2.0 * (formulas.CLASSES + 1 - desk.effort_class[pain.id])
    return Score(formulas.ice(2.0 * pain.severity, 10.0 * _confidence(desk, pain), ease))


def rice(desk: Desk, pain: PainPoint) -> Score:
    """RICE: customers a year who meet it · impact ¼ … 3 of its severity · confidence / days.

    Reach is measured, else what the frequency class stands for. Fails to tell money; confidence
    scales the value, so that what is little known looks little worth.
    """
    if pain.severity is None:
        return Score(None, "no_severity")
    if pain.id not in desk.days:
        return Score(None, "no_effort")
    answers = _measured(desk, pain)
    if answers is None and pain.frequency is None:
        return Score(None, "no_frequency")
    customers = desk.evidence.market.customers
    if not np.isfinite(customers).all():
        return Score(None, "no_customers")
    share = (
        answers.by_segment
        if answers is not None
        else np.full(len(customers), FREQUENCY_SHARE[(pain.frequency or 1) - 1])
    )
    impact = formulas.RICE_IMPACT[pain.severity - 1]
    reach = float(customers @ share)
    return Score(formulas.rice(reach, impact, _confidence(desk, pain), desk.days[pain.id]))


def severity_frequency(_desk: Desk, pain: PainPoint) -> Score:
    """Severity class times frequency class, 1 … 25 (as in failure mode and effects analysis).

    Fails to tell what the steps between classes are: a 5 · 1 need not equal a 1 · 5.
    """
    if pain.severity is None:
        return Score(None, "no_severity")
    if pain.frequency is None:
        return Score(None, "no_frequency")
    return Score(float(pain.severity * pain.frequency))


def votes(_desk: Desk, pain: PainPoint) -> Score:
    """Dots of the workshop.

    Fails to tell what the room does not know; early votes pull later ones.
    """
    return Score(None, "no_votes") if pain.votes is None else Score(float(pain.votes))


def opportunity(desk: Desk, pain: PainPoint) -> Score:
    """Ulwick's opportunity of its touchpoint, with derived importance.

    Ulwick asks how important an outcome is; surveys of touchpoints seldom do. Importance here is
    the correlation of the score with the good outcome, 10 for the touchpoint where it is highest,
    0 where it is not positive; satisfaction is 10 × the share of the two best scores. Fails to
    tell money, volume and effort, and pain points of one touchpoint apart; segments are pooled.
    """
    answers, reason = _answers(desk, pain)
    if answers is None:
        return Score(None, reason)
    if answers.satisfied is None:
        return Score(None, "no_top_two")
    importance = desk.importance.get(pain.touchpoint or "")
    top = max(desk.importance.values(), default=0.0)
    if importance is None or top <= 0:
        return Score(None, "no_outcome")
    return Score(formulas.opportunity(10.0 * importance / top, 10.0 * answers.satisfied))


def revenue_at_risk(desk: Desk, pain: PainPoint) -> Score:
    """Customers × share affected × share of those who are unhappy × value, over the segments.

    Fails to tell what fixing changes: who is unhappy anyway counts as well, one customer with two
    pain points counts twice, and every unhappy one as if lost. A visit stands for a customer.
    """
    answers = _measured(desk, pain)
    if answers is None:
        return Score(None, "not_measured" if pain.id not in desk.evidence.pains else "few_answers")
    market = desk.evidence.market
    if not market.has_money:
        known = np.isfinite(market.customers).all()
        return Score(None, "no_value" if known else "no_customers")
    if answers.affected == 0:
        return Score(0.0)
    if answers.affected < desk.ws.info.minimum_n:
        return Score(None, "few_affected")
    if answers.unhappy is None:
        return Score(None, "no_outcome")
    worth = float((market.customers * market.value) @ answers.by_segment)
    return Score(worth * answers.unhappy)


def touchpoint_score(desk: Desk, pain: PainPoint) -> Score:
    """The mean score of its touchpoint on 0 … 10, the lowest first.

    Fails to tell pain points of one touchpoint apart, and how many customers pass it.
    """
    answers, reason = _answers(desk, pain)
    return Score(None, reason) if answers is None else Score(answers.mean)


def importance_performance(desk: Desk, pain: PainPoint) -> Score:
    """Standardised importance less standardised mean score of its touchpoint, with its field.

    Martilla and James 1977; the order within the grid is the distance to its diagonal.
    Importance is derived, as in `opportunity`. Fails to tell where the cut lines should be: they
    are this list's means.
    """
    answers, reason = _answers(desk, pain)
    if answers is None:
        return Score(None, reason)
    names = list(desk.importance)
    if pain.touchpoint not in names:
        return Score(None, "no_outcome")
    place = names.index(pain.touchpoint)
    importance = _standardised(np.array([desk.importance[t] for t in names]))
    performance = _standardised(np.array([desk.evidence.touchpoints[t].mean for t in names]))
    mine, theirs = float(importance[place]), float(performance[place])
    return Score(mine - theirs, quadrant=formulas.quadrant_of_performance(mine, theirs))


def key_driver(desk: Desk, pain: PainPoint) -> Score:
    """Its touchpoint's Shapley share of R² (journey.priority.drivers).

    Fails to tell causes, and credits a touchpoint that delights as one that hurts.
    """
    if pain.touchpoint is None:
        return Score(None, "no_touchpoint")
    if pain.touchpoint not in desk.driver:
        return Score(None, "no_drivers")
    return Score(desk.driver[pain.touchpoint])


def _per_day(method: Callable[[Desk, PainPoint], Score]) -> Callable[[Desk, PainPoint], Score]:
    def divided(desk: Desk, pain: PainPoint) -> Score:
        score = method(desk, pain)
        if score.value is None:
            return score
        if pain.id not in desk.days:
            return Score(None, "no_effort")
        return Score(score.value / desk.days[pain.id])

    return divided


def _confidence(desk: Desk, pain: PainPoint) -> float:
    answers = _measured(desk, pain)
    if answers is None:
        return _GUESSED
    return _SURE if answers.n >= desk.ws.assumptions.minimum_n_trend else _LIKELY


def _measured(desk: Desk, pain: PainPoint) -> PainAnswers | None:
    """Return what surveys say of a pain point, from the minimum n on."""
    answers = desk.evidence.pains.get(pain.id)
    return answers if answers is not None and answers.n >= desk.ws.info.minimum_n else None


def _answers(desk: Desk, pain: PainPoint) -> tuple[TouchpointAnswers | None, str]:
    """Return what surveys say of its touchpoint, or the reason why nothing may be said."""
    if pain.touchpoint is None:
        return None, "no_touchpoint"
    answers = desk.evidence.touchpoints.get(pain.touchpoint)
    if answers is None:
        return None, "no_answers"
    return (answers, "") if answers.n >= desk.ws.info.minimum_n else (None, "few_answers")


def _standardised(figures: Floats) -> Floats:
    """Return z-scores over the touchpoints; 0 where all are alike."""
    spread = float(figures.std())
    if spread < 1e-12:
        return np.zeros(len(figures))
    return np.asarray((figures - figures.mean()) / spread)


@dataclass(frozen=True, slots=True)
class Method:
    """A classic method by its stable name; the lowest figure first where that is so."""

    name: str
    score: Callable[[Desk, PainPoint], Score]
    lowest_first: bool = False


METHODS = (
    Method("impact_effort", impact_effort),
    Method("ice", ice),
    Method("rice", rice),
    Method("severity_frequency", severity_frequency),
    Method("severity_frequency_effort", _per_day(severity_frequency)),
    Method("votes", votes),
    Method("opportunity", opportunity),
    Method("revenue_at_risk", revenue_at_risk),
    Method("revenue_at_risk_effort", _per_day(revenue_at_risk)),
    Method("touchpoint_score", touchpoint_score, lowest_first=True),
    Method("importance_performance", importance_performance),
    Method("key_driver", key_driver),
)


@dataclass(frozen=True, slots=True)
class Scores:
    """One method over the whole list, in the ranking's order."""

    method: Method
    of: Mapping[PainPointId, Score]


def classic_scores(
    ws: Workspace, tables: Sequence[ResponseTable], ranking: Ranking
) -> tuple[tuple[Scores, ...], tuple[Drivers, ...]]:
    """Return every method's scores of the ranking's pain points, and the key drivers."""
    drivers = drivers_of(ws, tables, seed=ranking.seed)
    desk = desk_of(ws, tables, ranking, drivers)
    pains = [ws.pain_points[i.pain_point] for i in ranking.items]
    scores = tuple(Scores(m, {p.id: m.score(desk, p) for p in pains}) for m in METHODS)
    return scores, drivers
