"""What the classic methods read of the answers: plain shares and means, nothing shrunk or drawn."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from journey.metrics.counts import ScoreCounts
from journey.metrics.kinds import Metric
from journey.metrics.score import sample_of
from journey.metrics.shares import bottom_share, top_two_box
from journey.model.evidence import RELATIONAL, Question
from journey.model.workspace import Workspace
from journey.priority.draws import Bools, Floats
from journey.priority.drivers import correlations, touchpoint_scores
from journey.priority.evidence import MISSING, ResponseTable
from journey.priority.market import Market, market_of
from journey.priority.reading import Reading, read


@dataclass(frozen=True, slots=True)
class PainAnswers:
    """What the answers say of one pain point, surveys pooled.

    Attributes:
        n: answers of users of its touchpoint; affected: how many of them name it.
        by_segment: float64[S], share of the customers of each segment who meet it: of all
            respondents of a relational survey, of the visits of a transactional one. A segment
            without answers has the share of all.
        unhappy: of the affected, the share with the bad outcome (relational) or on the bad side
            of the touchpoint's own question (transactional), 0 … 1; None where neither is asked.
    """

    n: int
    affected: int
    by_segment: Floats
    unhappy: float | None


@dataclass(frozen=True, slots=True)
class TouchpointAnswers:
    """What the answers say of one touchpoint, surveys and questions pooled.

    Attributes:
        n: answers. mean: on 0 … 10, high is good. satisfied: share of the two best scores, None
            on scales where that means nothing.
        importance: correlation of its score with the good outcome; None where no outcome is known.
    """

    n: int
    mean: float
    satisfied: float | None
    importance: float | None


@dataclass(frozen=True, slots=True)
class ClassicEvidence:
    """The answers as the classic methods see them, by id."""

    market: Market
    pains: Mapping[str, PainAnswers]
    touchpoints: Mapping[str, TouchpointAnswers]


def classic_evidence(ws: Workspace, tables: Sequence[ResponseTable]) -> ClassicEvidence:
    """Return what the tables say of every pain point and touchpoint they measure."""
    market = market_of(ws, tables)
    readings = [read(ws, market, table) for table in tables]
    return ClassicEvidence(market, _pains(market, readings), _touchpoints(readings))


@dataclass(slots=True)
class _Tally:
    """Sums of one pain point over surveys."""

    size: int
    n: int = 0
    affected: int = 0
    hits: Floats = field(init=False)
    base: Floats = field(init=False)
    unhappy: float = 0.0
    judged: float = 0.0

    def __post_init__(self) -> None:
        self.hits, self.base = np.zeros(self.size), np.zeros(self.size)

    def add(self, reading: Reading, pain: int) -> None:
        hit, used = reading.hits[:, pain], reading.used[:, reading.place[pain]]
        relational = reading.table.design == RELATIONAL
        base = np.ones(len(hit), dtype=np.bool_) if relational else used
        place = reading.segment + 1  # unknown segments count in the pool only
        self.n += int(used.sum())
        self.affected += int(hit.sum())
        self.hits += np.bincount(place, reading.weight * hit, self.size)
        self.base += np.bincount(place, reading.weight * base, self.size)
        unhappy, judged = _unhappy(reading, pain, hit)
        self.unhappy += unhappy
        self.judged += judged

    def done(self) -> PainAnswers:
        base = self.base.sum()
        pooled = float(self.hits.sum() / base) if base > 0 else 0.0
        known = self.base[1:] > 0
        share = np.where(known, self.hits[1:] / np.where(known, self.base[1:], 1.0), pooled)
        unhappy = self.unhappy / self.judged if self.judged > 0 else None
        return PainAnswers(self.n, self.affected, share, unhappy)


def _pains(market: Market, readings: Sequence[Reading]) -> dict[str, PainAnswers]:
    found: dict[str, _Tally] = {}
    for reading in readings:
        for i, pain in enumerate(reading.pains):
            tally = found.setdefault(pain, _Tally(len(market.segments) + 1))
            tally.add(reading, i)
    return {pain: tally.done() for pain, tally in sorted(found.items())}


def _unhappy(reading: Reading, pain: int, hit: Bools) -> tuple[float, float]:
    """Return (weight of the unhappy, weight of those who said) among the affected."""
    of_outcome = (0.0, 0.0)
    if reading.outcome is not None:
        bad = reading.outcome.bad
        said = float(reading.weight[hit & (bad >= 0)].sum())
        of_outcome = float(reading.weight[hit & (bad == 1)].sum()), said
    if reading.table.design == RELATIONAL and of_outcome[1] > 0:
        return of_outcome
    unhappy = judged = 0.0
    for question in reading.questions.get(reading.touchpoints[reading.place[pain]], ()):
        counts = _counts(question, reading, hit)
        low = bottom_share(counts)
        if low is not None:
            weight = float(sum(counts.mass.values()))
            unhappy, judged = unhappy + low.value * weight, judged + weight
    return (unhappy, judged) if judged > 0 else of_outcome


def _counts(question: Question, reading: Reading, rows: Bools) -> ScoreCounts:
    """Return a question's answers in these rows; scores its scale no longer holds are left out."""
    answers: NDArray[np.int16] = reading.table.answers[question.id]
    low, high = question.scale
    kept = rows & (answers != MISSING) & (answers >= low) & (answers <= high)
    scores, place, counts = np.unique(answers[kept], return_inverse=True, return_counts=True)
    weight = reading.weight[kept]
    names = [int(s) for s in scores]
    return ScoreCounts(
        Metric(question.metric),
        low,
        high,
        question.higher_is_better,
        dict(zip(names, counts.tolist(), strict=True)),
        dict(zip(names, np.bincount(place, weight, len(names)).tolist(), strict=True)),
        dict(zip(names, np.bincount(place, weight**2, len(names)).tolist(), strict=True)),
    )


def _touchpoints(readings: Sequence[Reading]) -> dict[str, TouchpointAnswers]:
    scored: dict[str, list[tuple[Reading, Floats]]] = defaultdict(list)
    for reading in readings:
        for touchpoint, scores in touchpoint_scores(reading).items():
            if not np.isnan(scores).all():
                scored[touchpoint].append((reading, scores))
    found = ((t, _touchpoint(t, parts)) for t, parts in sorted(scored.items()))
    return {t: answers for t, answers in found if answers is not None}


def _touchpoint(
    touchpoint: str, parts: Sequence[tuple[Reading, Floats]]
) -> TouchpointAnswers | None:
    """Return its figures; each question's own mean is put on 0 … 10 before they are pooled."""
    n, total, weight, satisfied, asked = 0, 0.0, 0.0, 0.0, 0.0
    for reading, _ in parts:
        for question in reading.questions[touchpoint]:
            counts = _counts(question, reading, np.ones(reading.table.rows, dtype=np.bool_))
            sample, top = sample_of(counts), top_two_box(counts)
            mass = float(sum(counts.mass.values()))
            n += counts.n
            if sample is not None:
                mean = 10.0 * (sample.mean - counts.low) / (counts.high - counts.low)
                total += mass * (mean if counts.higher_is_better else 10.0 - mean)
                weight += mass
            if top is not None:
                satisfied, asked = satisfied + top.value * mass, asked + mass
    if weight <= 0:
        return None
    share = satisfied / asked if asked > 0 else None
    return TouchpointAnswers(n, total / weight, share, _importance(parts))


def _importance(parts: Sequence[tuple[Reading, Floats]]) -> float | None:
    """Return the correlation of score and good outcome over all surveys that know both."""
    found = []
    for reading, scores in parts:
        if reading.outcome is not None:
            known = (reading.outcome.bad >= 0) & ~np.isnan(scores)
            good = 1.0 - reading.outcome.bad[known]
            found.append(np.column_stack([scores[known], good, reading.weight[known]]))
    rows = np.concatenate(found) if found else np.zeros((0, 3))
    if len(rows) < 2:
        return None
    table = correlations(rows[:, :2], rows[:, 2])
    return float(table[0, 1]) if table[0, 0] > 0 and table[1, 1] > 0 else None
