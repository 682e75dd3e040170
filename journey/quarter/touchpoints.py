"""What changed at the touchpoints between two quarters, and what is only noise.

Every question asked in both quarters is one test: adjusted-Wald z for an NPS, Welch's t for a
mean; answers of the same people in both are compared as pairs (`journey.quarter.overlap`). Both
quarters are first re-weighted to one mix of segments, that of their answers together, so that
other people answering is not reported as change. Benjamini and Hochberg's procedure then takes all
tests as one family.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from journey.metrics.counts import ScoreCounts, pool
from journey.metrics.intervals import benjamini_hochberg
from journey.metrics.normal import z_value
from journey.metrics.score import summarise
from journey.metrics.significance import change_test
from journey.metrics.student import student_quantile
from journey.model.evidence import Question
from journey.model.ids import QuestionId, SegmentId, TouchpointId
from journey.quarter.baseline import noisy, shrunk
from journey.quarter.overlap import Pair, overlap_of, paired_test
from journey.quarter.record import SegmentCounts

Counts = Mapping[SegmentId | None, ScoreCounts]
Factors = Mapping[SegmentId | None, float]


@dataclass(frozen=True, slots=True)
class TouchpointChange:
    """One question of a touchpoint in two quarters.

    Figures are NPS in points, else means on the question's own scale; None where a quarter has
    fewer answers than may be shown. Values are of one mix of segments; `raw_from` and `raw_to`
    are as asked.

    Attributes:
        low95, high95: of the difference. p: of "nothing changed".
        significant: after Benjamini and Hochberg, over the whole comparison.
        indicative: fewer answers in a quarter than a trend may be told from.
        better: whether the difference is for the good; None without one.
        baseline: the first quarter's value, shrunk to the mean of its kind: what the second is to
            be held against where the touchpoint was chosen because it stood out.
        year_ago: the value of the same quarter a year before the second; None without one.
        left_out: answers of segments that only one of the quarters has.
        in_both: respondents whose answers in both quarters were compared as pairs.
    """

    touchpoint: TouchpointId | None
    name: str
    question: QuestionId
    text: str
    metric: str
    n_from: int
    n_to: int
    value_from: float | None = None
    value_to: float | None = None
    raw_from: float | None = None
    raw_to: float | None = None
    difference: float | None = None
    low95: float | None = None
    high95: float | None = None
    p: float | None = None
    significant: bool = False
    indicative: bool = False
    better: bool | None = None
    baseline: float | None = None
    year_ago: float | None = None
    left_out: int = 0
    in_both: int = 0

    @property
    def changed(self) -> bool:
        """Whether a change may be claimed: significant, and from enough answers."""
        return self.significant and not self.indicative


@dataclass(frozen=True, slots=True)
class Asked:
    """What both quarters asked: the question, its touchpoint's name, and today's thresholds."""

    questions: Mapping[QuestionId, tuple[Question, str]]
    minimum_n: int
    minimum_n_trend: int
    rate: float


def touchpoint_changes(
    before: Sequence[SegmentCounts],
    after: Sequence[SegmentCounts],
    asked: Asked,
    year_ago: Sequence[SegmentCounts] = (),
    pairs: Mapping[QuestionId, Sequence[Pair]] = MappingProxyType({}),
    *,
    beside: Sequence[float] = (),
) -> tuple[TouchpointChange, ...]:
    """Return a row per question that both quarters asked alike, in the order of `asked`.

    Args:
        pairs: of those who answered in both; see `journey.quarter.overlap`.
        beside: p-values of other tests that stand in the same family.
    """
    first, second, old = _by_question(before), _by_question(after), _by_question(year_ago)
    rows: list[TouchpointChange] = []
    kept: list[tuple[int, ScoreCounts]] = []
    for question, (entity, name) in asked.questions.items():
        if question in first and question in second:
            both = pairs.get(question, ())
            found = _row(entity, name, (first[question], second[question]), asked, both)
            if found is not None:
                row, counts = found
                kept.append((len(rows), counts))
                rows.append(replace(row, year_ago=_value(old.get(question), asked.minimum_n)))
    return tuple(_judged(_with_baselines(rows, kept), asked.rate, beside))


def _by_question(rows: Sequence[SegmentCounts]) -> dict[QuestionId, Counts]:
    found: dict[QuestionId, dict[SegmentId | None, ScoreCounts]] = defaultdict(dict)
    for row in rows:
        if row.counts.n:
            found[row.question][row.segment] = row.counts
    return dict(found)


def _value(parts: Counts | None, minimum_n: int) -> float | None:
    return summarise(pool(parts.values()), minimum_n).value if parts else None


def _row(
    question: Question,
    name: str,
    quarters: tuple[Counts, Counts],
    asked: Asked,
    pairs: Sequence[Pair],
) -> tuple[TouchpointChange, ScoreCounts] | None:
    first, second = (pool(parts.values()) for parts in quarters)
    if not first.mirrors(second):
        return None  # the question was changed in between: no comparison
    row = TouchpointChange(
        question.touchpoint, name, question.id, question.text, question.metric, first.n, second.n
    )
    if min(first.n, second.n) < asked.minimum_n:
        return row, first
    before, after, left_out = same_mix(*quarters)
    test = change_test(before, after)
    value_from, value_to = summarise(before, 1).value, summarise(after, 1).value
    if test is None or value_from is None or value_to is None:
        return row, first
    p, (low, high) = test.p, _interval(before, after, test.difference)
    overlap = overlap_of(pairs, (before, after), mix_factors(*quarters))
    paired = paired_test(before, after, overlap) if overlap else None
    if paired is not None:
        p, low, high = paired
    better = None
    if test.difference:
        better = (test.difference > 0) == question.higher_is_better
    row = replace(
        row,
        value_from=value_from,
        value_to=value_to,
        raw_from=summarise(first, 1).value,
        raw_to=summarise(second, 1).value,
        difference=value_to - value_from,
        low95=low,
        high95=high,
        p=p,
        indicative=min(before.n_effective, after.n_effective) < asked.minimum_n_trend - 1e-6,
        better=better,
        left_out=left_out,
        in_both=overlap.people if overlap and paired else 0,
    )
    return row, before


def same_mix(first: Counts, second: Counts) -> tuple[ScoreCounts, ScoreCounts, int]:
    """Return both quarters' answers weighted to one mix of segments, and how many are left out.

    The mix is that of both quarters together over the segments that both have. Where no segment
    is in both, the answers stay as they are.
    """
    found = mix_factors(first, second)
    if found is None:
        return pool(first.values()), pool(second.values()), 0
    mixed = [
        pool(_times(quarter[s], factor) for s, factor in factors.items())
        for quarter, factors in zip((first, second), found, strict=True)
    ]
    left = sum(c.n for q in (first, second) for s, c in q.items() if s not in found[0])
    return mixed[0], mixed[1], left


def mix_factors(first: Counts, second: Counts) -> tuple[Factors, Factors] | None:
    """Return what brings each segment's weights to one mix; None where nothing is to be changed."""
    common = [segment for segment in first if segment in second]
    if not common or (len(first) == len(second) == len(common) == 1):
        return None
    totals = {s: _mass(first[s]) + _mass(second[s]) for s in common}
    everyone = math.fsum(totals.values())
    found = []
    for quarter in (first, second):
        mine = math.fsum(_mass(quarter[s]) for s in common)
        found.append({s: totals[s] / everyone * mine / _mass(quarter[s]) for s in common})
    return found[0], found[1]


def _mass(counts: ScoreCounts) -> float:
    return math.fsum(counts.mass.values())


def _times(counts: ScoreCounts, factor: float) -> ScoreCounts:
    """Return the answers with every weight multiplied; a factor of 1 leaves them as they are."""
    if math.isclose(factor, 1.0, rel_tol=1e-12):
        return counts
    weight = {score: mass * factor for score, mass in counts.mass.items()}
    squares = counts.counts if counts.weight_sq is None else counts.weight_sq
    weight_sq = {score: square * factor**2 for score, square in squares.items()}
    return replace(counts, weight=weight, weight_sq=weight_sq)


def _interval(
    first: ScoreCounts, second: ScoreCounts, difference: float
) -> tuple[float | None, float | None]:
    """Return the 95 % interval of the difference, the one the test's verdict agrees with."""
    one, two = noisy(first), noisy(second)
    if one is None or two is None:
        return None, None
    error = math.sqrt(one.error + two.error)
    if first.metric.value == "nps":
        half = z_value(0.95) * error
        return max(-200.0, difference - half), min(200.0, difference + half)
    if error == 0.0:
        return difference, difference
    parts = [one.error / error**2, two.error / error**2]
    sizes = [first.n_effective, second.n_effective]
    df = 1.0 / sum(part**2 / (n - 1.0) for part, n in zip(parts, sizes, strict=True))
    half = -student_quantile(0.025, df) * error
    return difference - half, difference + half


def _with_baselines(
    rows: Sequence[TouchpointChange], kept: Sequence[tuple[int, ScoreCounts]]
) -> list[TouchpointChange]:
    """Return the rows with their shrunk baselines, each among those of its metric and scale."""
    found = list(rows)
    kinds: dict[object, list[tuple[int, ScoreCounts]]] = defaultdict(list)
    for place, counts in kept:
        if rows[place].difference is not None:
            key = (counts.metric, counts.low, counts.high, counts.higher_is_better)
            kinds[key].append((place, counts))
    for members in kinds.values():
        figures = [(place, noisy(counts)) for place, counts in members]
        known = [(place, figure) for place, figure in figures if figure is not None]
        for (place, _), value in zip(known, shrunk([f for _, f in known]), strict=True):
            found[place] = replace(found[place], baseline=value)
    return found


def _judged(
    rows: Sequence[TouchpointChange], rate: float, beside: Sequence[float]
) -> list[TouchpointChange]:
    """Return the rows with the verdicts of one family of tests."""
    tested = [i for i, row in enumerate(rows) if row.p is not None]
    found = list(rows)
    if not tested or not 0.0 < rate < 1.0:
        return found
    p_values = [p for i in tested if (p := rows[i].p) is not None]
    verdicts = benjamini_hochberg([*p_values, *beside], rate)
    for i, verdict in zip(tested, verdicts, strict=False):
        found[i] = replace(found[i], significant=verdict)
    return found
