"""What a company sees of a simulated world, and as Waymark reads it."""

from dataclasses import dataclass, replace

import numpy as np

from benchmarks.ranking.world import (
    EFFICACY_SD,
    PAINS,
    PER_STAGE,
    SCORE_SD,
    SEGMENTS,
    STAGES,
    TOUCHPOINTS,
    Bools,
    Floats,
    Ints,
    Solved,
    Truth,
    days,
    leaving,
    solve,
)
from journey.model.assumptions import Assumptions
from journey.model.evidence import LEFT, TRANSACTIONAL, Question, Survey
from journey.model.ids import (
    ImprovementId,
    JourneyId,
    PainPointId,
    QuestionId,
    SegmentId,
    StageId,
    SurveyId,
    TouchpointId,
    TransitionId,
)
from journey.model.improvement import Improvement
from journey.model.map import (
    LOST,
    RETAINED,
    START,
    Journey,
    PainPoint,
    Stage,
    Touchpoint,
    Transition,
)
from journey.model.people import Segment
from journey.model.workspace import Workspace
from journey.priority.evidence import MISSING, ResponseTable

LOGGED_STARTS = 3000
SENSITIVITY, FALSE_POSITIVE = 0.8, 0.03
_VOTES = 60
_JOURNEY, _SURVEY = JourneyId("journey"), SurveyId("survey")


@dataclass(frozen=True, slots=True)
class Answers:
    """The survey, R rows, one visit each.

    Attributes:
        at, segment: int64[R]. score: int64[R], 0 … 10. reported: bool[R, M].
        left: bool[R], whether that visit was the last.
    """

    at: Ints
    segment: Ints
    score: Ints
    reported: Bools
    left: Bools


@dataclass(frozen=True, slots=True)
class Workshop:
    """What experts say, M pain points; classes are 1 … 5.

    Attributes:
        votes, impact, severity, frequency, effort: int64[M].
        importance: float64[J], 10 × the share of customers who call the touchpoint important.
    """

    votes: Ints
    impact: Ints
    severity: Ints
    frequency: Ints
    effort: Ints
    importance: Floats


@dataclass(frozen=True, slots=True)
class Seen:
    """All a company sees; counts: float64[S, J, J + 2], steps logged, retained, lost."""

    truth: Truth
    counts: Floats
    answers: Answers
    workshop: Workshop

    def visits(self) -> Floats:
        """Return float64[S, J], logged visits per start."""
        return np.asarray(self.counts.sum(axis=2) / LOGGED_STARTS)


def observe(truth: Truth, rng: np.random.Generator, n: int) -> Seen:
    """Draw the log, n answers per touchpoint and the workshop."""
    log, survey, workshop = rng.spawn(3)
    solved = solve(truth, truth.affected)
    return Seen(
        truth,
        _log(truth, solved, log),
        _survey(truth, solved, survey, n),
        _workshop(truth, solved, workshop, n),
    )


def _log(truth: Truth, solved: Solved, rng: np.random.Generator) -> Floats:
    counts = np.zeros((SEGMENTS, TOUCHPOINTS, TOUCHPOINTS + 2))
    for s in range(SEGMENTS):
        for j in range(TOUCHPOINTS):
            lost = solved.hazard[s, j]
            chance = np.append((1 - lost) * truth.steps[s, j], lost)
            total = round(LOGGED_STARTS * solved.visits[s, j])
            counts[s, j] = rng.multinomial(total, chance / chance.sum())
    return counts


def _survey(truth: Truth, solved: Solved, rng: np.random.Generator, n: int) -> Answers:
    volume = truth.customers[:, None] * solved.visits
    share = volume / volume.sum(axis=0)
    at = np.repeat(np.arange(TOUCHPOINTS), n)
    segment = np.concatenate(
        [rng.choice(SEGMENTS, n, p=share[:, j]) for j in range(TOUCHPOINTS)]
    ).astype(np.int64)
    here = truth.place[None, :] == at[:, None]
    met = here & (rng.random((len(at), PAINS)) < _shares(truth, segment, rng))
    latent = truth.base[at] - met @ truth.drop + SCORE_SD * rng.standard_normal(len(at))
    left = rng.random(len(at)) < leaving(truth.stress, latent, met @ truth.direct)
    sensitivity = np.full(len(at), SENSITIVITY)
    if truth.stress:
        sensitivity = np.where(latent < 6.5, 0.9, 0.55)
    told = rng.random((len(at), PAINS))
    reported = here & np.where(met, told < sensitivity[:, None], told < FALSE_POSITIVE)
    score = np.clip(np.rint(latent), 0, 10).astype(np.int64)
    return Answers(at, segment, score, reported, left)


def _shares(truth: Truth, segment: Ints, rng: np.random.Generator) -> Floats:
    """Return each visit's chance to meet each pain point, float64[R, M]."""
    share = truth.affected[:, segment].T
    kinds = days(truth, share)
    if len(kinds) == 1:
        return np.asarray(share)
    bad = rng.random(len(segment)) < kinds[0][0]
    return np.where(bad[:, None], kinds[0][1], kinds[1][1])


def _workshop(truth: Truth, solved: Solved, rng: np.random.Generator, n: int) -> Workshop:
    often = _standard(np.log(truth.affected.mean(axis=1)))
    salience = 0.7 * _standard(truth.drop) + 0.5 * often
    felt = np.exp(salience + rng.standard_normal(PAINS))
    losses = (truth.customers[:, None] * solved.visits * solved.hazard).sum(axis=0)
    noise = rng.normal(0, 0.7, TOUCHPOINTS)
    important = 1 / (1 + np.exp(-(0.8 * _standard(np.log(losses)) + noise)))
    return Workshop(
        votes=rng.multinomial(_VOTES, felt / felt.sum()),
        impact=quintile(salience + rng.standard_normal(PAINS)),
        severity=quintile(truth.drop + rng.standard_normal(PAINS)),
        frequency=quintile(often + rng.standard_normal(PAINS)),
        effort=quintile(truth.estimate),
        importance=10 * rng.binomial(n, important) / n,
    )


def _standard(x: Floats) -> Floats:
    return np.asarray((x - x.mean()) / x.std())


def quintile(x: Floats) -> Ints:
    """Return classes 1 … 5 of equal size."""
    return np.asarray(1 + 5 * np.argsort(np.argsort(x)) // len(x), dtype=np.int64)


def workspace_of(seen: Seen) -> Workspace:
    """Return the workspace a company would model: no judgement of the workshop is in it."""
    truth = seen.truth
    ws = Workspace("Simulated", [Journey(_JOURNEY, "Journey")])
    ws.put(
        Assumptions(
            fix_efficacy_sd=EFFICACY_SD if truth.world == "efficacy" else 0.0,
            reporting_sensitivity=SENSITIVITY,
            reporting_false_positive=FALSE_POSITIVE,
        )
    )
    for s in range(SEGMENTS):
        known = truth.world != "no_volumes"
        customers, value = float(truth.customers[s]) if known else None, float(truth.value[s])
        ws.put(Segment(_segment(s), f"Segment {s}", customers, value))
    for k in range(STAGES):
        ws.put(Stage(StageId(f"stage-{k}"), _JOURNEY, f"Stage {k}", float(k)))
    for j in range(TOUCHPOINTS):
        stage = StageId(f"stage-{j // PER_STAGE}")
        ws.put(Touchpoint(_touchpoint(j), _JOURNEY, f"Touchpoint {j}", stage, float(j)))
        ws.put(Question(_question(j), _touchpoint(j), "Recommend?", "nps", (0, 10)))
    for p in range(PAINS):
        at = _touchpoint(int(truth.place[p]))
        ws.put(PainPoint(pain_id(p), _JOURNEY, f"Pain point {p}", at, float(p)))
        days = float(truth.estimate[p])
        ws.put(Improvement(ImprovementId(f"fix-{p:02}"), f"Fix {p}", (pain_id(p),), days))
    for transition in _transitions(seen):
        ws.put(transition)
    ws.put(Survey(_SURVEY, "Visits", TRANSACTIONAL, "2026Q4", outcome_means=LEFT))
    return ws


def judged(ws: Workspace, workshop: Workshop) -> Workspace:
    """Return a copy with the workshop's classes of severity and frequency."""
    out = ws.copy()
    for p in range(PAINS):
        pain = ws.pain_points[pain_id(p)]
        severity, frequency = int(workshop.severity[p]), int(workshop.frequency[p])
        out.put(replace(pain, severity=severity, frequency=frequency))
    return out


def table_of(answers: Answers) -> ResponseTable:
    """Return the survey as the ranking reads it: a row answers its own touchpoint's question."""
    scores = {}
    for j in range(TOUCHPOINTS):
        column = np.where(answers.at == j, answers.score, MISSING)
        scores[_question(j)] = column.astype(np.int16)
    return ResponseTable(
        survey=_SURVEY,
        design=TRANSACTIONAL,
        outcome_means=LEFT,
        outcome_months=None,
        segments=tuple(_segment(s) for s in range(SEGMENTS)),
        segment=answers.segment.astype(np.int16),
        weight=np.ones(len(answers.at)),
        outcome=answers.left.astype(np.int8),
        answers=scores,
        pain_points={pain_id(p): answers.reported[:, p] for p in range(PAINS)},
    )


def _transitions(seen: Seen) -> list[Transition]:
    """Return the log; the shares of where journeys start are known."""
    arrows = []
    ends = [*(_touchpoint(j) for j in range(TOUCHPOINTS)), RETAINED, LOST]
    for s in range(SEGMENTS):
        starts = LOGGED_STARTS * seen.truth.start[s]
        arrows += [(START, ends[j], s, starts[j]) for j in np.flatnonzero(starts)]
        for j, k in np.argwhere(seen.counts[s] > 0):
            arrows.append((ends[j], ends[k], s, seen.counts[s, j, k]))
    return [
        Transition(TransitionId(f"step-{i:04}"), _JOURNEY, a, b, _segment(s), float(count))
        for i, (a, b, s, count) in enumerate(arrows)
    ]


def pain_id(p: int) -> PainPointId:
    """Return the id of a pain point."""
    return PainPointId(f"pain-{p:02}")


def _segment(s: int) -> SegmentId:
    return SegmentId(f"segment-{s}")


def _touchpoint(j: int) -> TouchpointId:
    return TouchpointId(f"touchpoint-{j:02}")


def _question(j: int) -> QuestionId:
    return QuestionId(f"question-{j:02}")
