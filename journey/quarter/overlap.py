"""The same people in both quarters: their answers go up and down together, and are paired.

Where a respondent answered a question once in each of two quarters, the two answers are compared
as a pair and the rest as independent. The difference is that of all answers; what the pairs change
is its error (Derrick, Toher, White, 2017, "How to compare the means of two samples that include
paired observations and independent observations", TQMP 13; unequal variances):

    error² = s₁²/n₁ + s₂²/n₂ − 2 r s₁ s₂ n_p/(n₁ n₂)
    df     = (n_p − 1) + (γ − n_p + 1)/(n₁ + n₂) · (n₁ + n₂ − 2 n_p),  γ of Welch

Nobody in both: Welch's test. Everybody: the paired t. An NPS takes the same way with the errors its
comparison has (`comparable_nps`), whose added answers belong to nobody. An id that stands for
other people in each quarter (a row's number) gives r ≈ 0 and changes next to nothing.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from journey.metrics.counts import ScoreCounts
from journey.metrics.intervals import comparable_nps
from journey.metrics.kinds import Metric
from journey.metrics.normal import two_sided_p, z_value
from journey.metrics.score import Sample, sample_of
from journey.metrics.shares import DETRACTOR_TO, PROMOTER_FROM, nps_classes
from journey.metrics.student import student_quantile, student_two_sided_p
from journey.model.ids import QuestionId, SegmentId

if TYPE_CHECKING:
    from journey.priority.evidence import ResponseTable
    from journey.quarter.side import Side

# Fewer say nothing of how two answers of one person hang together.
FEWEST_PAIRS = 10
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Pair:
    """One respondent's answers to one question, with what each weighs and in which segment."""

    scores: tuple[int, int]
    weights: tuple[float, float] = (1.0, 1.0)
    segments: tuple[SegmentId | None, SegmentId | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Overlap:
    """How far two quarters rest on the same people.

    Attributes:
        people: how many respondents. pairs: their effective number, as weighted.
        correlation: of their answers in the two quarters; NPS as −1, 0, 1.
    """

    people: int
    pairs: float
    correlation: float


class Tested(NamedTuple):
    """The p of "nothing changed" and the 95 % interval of the difference, in its own unit."""

    p: float
    low: float
    high: float


def pairs_between(before: "Side", after: "Side") -> dict[QuestionId, list[Pair]]:
    """Return the pairs of each question that enough respondents answered in both quarters.

    None where the answers of a quarter are no longer those it was frozen with.
    """
    if not (before.complete and after.complete):
        return {}
    known = [_known(side.respondents) for side in (before, after)]
    common = known[0] & known[1]
    if len(common) < FEWEST_PAIRS:
        return {}
    first = _answers(before.tables, before.respondents, common)
    second = _answers(after.tables, after.respondents, common)
    found = {}
    for question in first.keys() & second.keys():
        one, two = first[question], second[question]
        both = [
            Pair((a[0], b[0]), (a[1], b[1]), (a[2], b[2]))
            for person, a in one.items()
            if a is not None and (b := two.get(person)) is not None
        ]
        if len(both) >= FEWEST_PAIRS:
            found[question] = both
    return found


def _known(respondents: Sequence[Sequence[str]]) -> set[str]:
    return {person for of_table in respondents for person in of_table if person}


_Given = tuple[int, float, SegmentId | None]


def _answers(
    tables: "Sequence[ResponseTable]", respondents: Sequence[Sequence[str]], common: set[str]
) -> dict[QuestionId, dict[str, _Given | None]]:
    """Return the answer of each respondent to each question; None where there are several."""
    from journey.priority.evidence import MISSING

    found: dict[QuestionId, dict[str, _Given | None]] = {}
    for table, people in zip(tables, respondents, strict=True):
        rows = [row for row, person in enumerate(people) if person in common]
        segments = [*table.segments, None]  # −1 is the last
        of_row = [segments[number] for number in table.segment[rows].tolist()]
        weights = table.weight[rows].tolist()
        for question, scores in table.answers.items():
            mine = found.setdefault(question, {})
            for place, score in enumerate(scores[rows].tolist()):
                if score != MISSING:
                    person = people[rows[place]]
                    once = person not in mine
                    mine[person] = (score, weights[place], of_row[place]) if once else None
    return found


def overlap_of(
    pairs: Sequence[Pair],
    counts: tuple[ScoreCounts, ScoreCounts],
    factors: tuple[Mapping[Any, float], Mapping[Any, float]] | None,
) -> Overlap | None:
    """Return how far two quarters' answers rest on the same people; None with too few of them.

    Args:
        counts: of the two quarters, brought to one mix of segments by `factors`: what the weights
            of each segment were multiplied by; None where they were not.
    """
    if factors is not None:
        first, second = factors
        pairs = [p for p in pairs if p.segments[0] in first and p.segments[1] in second]
    if len(pairs) < FEWEST_PAIRS:
        return None
    joint = 0.0
    for pair in pairs:
        weight = pair.weights[0] * pair.weights[1]
        if factors is not None:
            weight *= factors[0][pair.segments[0]] * factors[1][pair.segments[1]]
        joint += weight
    sizes = [c.n_effective for c in counts]
    masses = [math.fsum(c.mass.values()) for c in counts]
    effective = joint / (masses[0] * masses[1]) * sizes[0] * sizes[1]
    return Overlap(len(pairs), min(effective, *sizes), _correlation(pairs, counts[0].metric))


def _correlation(pairs: Sequence[Pair], metric: Metric) -> float:
    """Return Pearson's r of the answers; 0 where a quarter's are all alike."""
    columns = [[_value(pair.scores[wave], metric) for pair in pairs] for wave in (0, 1)]
    means = [math.fsum(column) / len(pairs) for column in columns]
    centred = [[x - mean for x in column] for column, mean in zip(columns, means, strict=True)]
    spread = math.fsum(x * x for x in centred[0]) * math.fsum(x * x for x in centred[1])
    if spread <= 0.0:
        return 0.0
    joint = math.fsum(x * y for x, y in zip(*centred, strict=True))
    return min(1.0, max(-1.0, joint / math.sqrt(spread)))


def _value(score: int, metric: Metric) -> float:
    if metric is not Metric.NPS:
        return float(score)
    return float((score >= PROMOTER_FROM) - (score <= DETRACTOR_TO))


def paired_test(first: ScoreCounts, second: ScoreCounts, overlap: Overlap) -> Tested | None:
    """Return the test of two quarters that rest on the same people as far as they do.

    None where a quarter has too few answers to test.
    """
    if first.metric is Metric.NPS:
        return _paired_nps(first, second, overlap)
    one, two = sample_of(first), sample_of(second)
    if one is None or two is None or one.n <= 1.0 or two.n <= 1.0:
        return None
    return _paired_means(one, two, overlap)


def _paired_nps(first: ScoreCounts, second: ScoreCounts, overlap: Overlap) -> Tested | None:
    one, two = comparable_nps(*nps_classes(first)), comparable_nps(*nps_classes(second))
    if one is None or two is None:
        return None
    shared = overlap.correlation * math.sqrt(one.variance * two.variance)
    shared *= overlap.pairs / (one.n * two.n)
    error = math.sqrt(one.error_variance + two.error_variance - 2.0 * shared)
    difference = two.score - one.score
    half = z_value(0.95) * error
    low, high = 100.0 * (difference - half), 100.0 * (difference + half)
    return Tested(two_sided_p(difference / error), max(-200.0, low), min(200.0, high))


def _paired_means(one: Sample, two: Sample, overlap: Overlap) -> Tested:
    difference, pairs = two.mean - one.mean, overlap.pairs
    parts = one.sd**2 / one.n, two.sd**2 / two.n
    apart = parts[0] + parts[1]
    shared = overlap.correlation * one.sd * two.sd * pairs / (one.n * two.n)
    squared = apart - 2.0 * shared
    if squared <= _ROUNDING * max(apart, _ROUNDING):
        # All moved alike: two of the 2^n ways to turn the pairs round are as extreme.
        p = min(1.0, 2.0 ** (1.0 - pairs)) if difference else 1.0
        return Tested(p, difference, difference)
    welch = 1.0 / sum(
        (part / apart) ** 2 / (n - 1.0) for part, n in zip(parts, (one.n, two.n), strict=True)
    )
    alone = max(0.0, one.n + two.n - 2.0 * pairs) / (one.n + two.n)
    df = max(1.0, (pairs - 1.0) + (welch - pairs + 1.0) * alone)
    error = math.sqrt(squared)
    half = -student_quantile(0.025, df) * error
    return Tested(student_two_sided_p(difference / error, df), difference - half, difference + half)
