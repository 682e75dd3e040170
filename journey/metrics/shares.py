"""Shares of answers on the good and on the bad side of a scale, with Wilson intervals.

The direction of the question decides which side is good. "Bad side" is beyond the middle of the
scale: 1–2 of 5, 1–3 of 7, 0–4 of 0…10; for CES that is high effort (≤ 3 of 7, or ≥ 4 of 5 in
version 1.0), and the good side is low effort. An NPS has its own classes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from journey.metrics.counts import ScoreCounts
from journey.metrics.intervals import wilson
from journey.metrics.kinds import Metric, require

PROMOTER_FROM = 9
DETRACTOR_TO = 6
# Below four points the two best and the two worst overlap; above eleven "two" means nothing.
_TOP_TWO_POINTS = range(4, 12)


@dataclass(frozen=True, slots=True)
class Proportion:
    """A share 0…1 with its Wilson interval; n_effective is the size the interval rests on."""

    value: float
    low: float
    high: float
    n: int
    n_effective: float


class NpsClasses(NamedTuple):
    """Promoters (9–10), passives (7–8) and detractors (up to 6)."""

    promoters: float
    passives: float
    detractors: float


def top_two_box(counts: ScoreCounts, level: float = 0.95) -> Proportion | None:
    """Share of the two best scores: 4–5 of 5, 6–7 of 7, 9–10 of 10; 1–2 where low is good.

    Returns:
        None without answers, and on scales of fewer than 4 or more than 11 points.
    """
    if counts.high - counts.low + 1 not in _TOP_TWO_POINTS:
        return None
    if counts.higher_is_better:
        return _proportion(counts, lambda score: score >= counts.high - 1, level)
    return _proportion(counts, lambda score: score <= counts.low + 1, level)


def bottom_share(counts: ScoreCounts, level: float = 0.95) -> Proportion | None:
    """Share of the unhappy, which a good mean hides: detractors, or the bad side of the scale."""
    if counts.metric is Metric.NPS:
        return _proportion(counts, lambda score: score <= DETRACTOR_TO, level)
    return _proportion(counts, lambda score: _side(counts, score) < 0, level)


def good_share(counts: ScoreCounts, level: float = 0.95) -> Proportion | None:
    """Share of the happy: promoters, or the good side of the scale (low effort for CES)."""
    if counts.metric is Metric.NPS:
        return _proportion(counts, lambda score: score >= PROMOTER_FROM, level)
    return _proportion(counts, lambda score: _side(counts, score) > 0, level)


def high_effort_share(counts: ScoreCounts, level: float = 0.95) -> Proportion | None:
    """Share of CES answers that report high effort.

    Raises:
        MetricError: the counts are not of a CES question.
    """
    _require_effort(counts)
    return bottom_share(counts, level)


def net_easy_score(counts: ScoreCounts) -> float | None:
    """Share easy − share hard of a CES question, −1…1; None without answers.

    Raises:
        MetricError: the counts are not of a CES question.
    """
    _require_effort(counts)
    easy, hard = good_share(counts), bottom_share(counts)
    return None if easy is None or hard is None else easy.value - hard.value


def nps_classes(counts: ScoreCounts) -> NpsClasses:
    """Promoters, passives and detractors, scaled so that they sum to the effective size.

    Whole counts where no weights are; zeros without answers.

    Raises:
        MetricError: the counts are not of an NPS question.
    """
    require(counts.metric is Metric.NPS, "not_nps", metric=counts.metric.value)
    mass = counts.mass
    total = sum(mass.values())
    if total == 0:
        return NpsClasses(0.0, 0.0, 0.0)
    promoters = sum(amount for score, amount in mass.items() if score >= PROMOTER_FROM)
    detractors = sum(amount for score, amount in mass.items() if score <= DETRACTOR_TO)
    passives = sum(amount for score, amount in mass.items() if DETRACTOR_TO < score < PROMOTER_FROM)
    scale = 1.0 if counts.weight is None else counts.n_effective / total
    return NpsClasses(promoters * scale, passives * scale, detractors * scale)


def _side(counts: ScoreCounts, score: int) -> int:
    """Above 0 on the good side of the scale's middle, 0 on it, below 0 on the bad side."""
    above = 2 * score - counts.low - counts.high
    return above if counts.higher_is_better else -above


def _require_effort(counts: ScoreCounts) -> None:
    require(counts.metric in {Metric.CES1, Metric.CES2}, "not_effort", metric=counts.metric.value)


def _proportion(
    counts: ScoreCounts, wanted: Callable[[int], bool], level: float
) -> Proportion | None:
    mass = counts.mass
    total = sum(mass.values())
    if total == 0:
        return None
    share = sum(amount for score, amount in mass.items() if wanted(score)) / total
    share = min(1.0, share)  # sums of weights may round past one
    n = counts.n_effective
    interval = wilson(min(share * n, n), n, level)
    if interval is None:
        return None
    return Proportion(share, interval.low, interval.high, counts.n, n)
