"""The figure of one question at one touchpoint: value, interval, distribution, and its grade."""

import math
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from journey.metrics.counts import ScoreCounts, pool
from journey.metrics.intervals import Interval, adjusted_wald_nps, mean_t_interval
from journey.metrics.kinds import Metric, require
from journey.metrics.shares import bottom_share, nps_classes, top_two_box

__all__ = ["Grade", "MetricResult", "Sample", "ScoreCounts", "pool", "sample_of", "summarise"]

Grade = Literal["none", "suppressed", "indicative", "normal"]
MINIMUM_N = 5
NORMAL_FROM_N = 30


@dataclass(frozen=True, slots=True)
class MetricResult:
    """What is shown of one question. Figures are unrounded, and None where nothing is claimed.

    Attributes:
        n: people who answered, also where the figures are suppressed.
        n_effective: Kish's effective size, on which the intervals rest.
        value: NPS in points −100…+100; for other metrics the mean on their own scale.
        low, high: confidence interval of the value; None for the mean of one answer.
        margin: half its width. An NPS interval is not centred on the value.
        top2box, bottom_share: shares 0…1 (see `journey.metrics.shares`).
        distribution: answers per score given, ascending; empty where suppressed, since it
            would reveal the score.
        grade: none (no answers), suppressed (under the minimum n), indicative (effective size
            under 30: interval mandatory, no trend), normal.
        experience, experience_low, experience_high: value and interval on the experience line,
            −100 worst … +100 best: an NPS as it is, other scales stretched and turned.
    """

    metric: Metric
    n: int
    n_effective: float
    value: float | None = None
    low: float | None = None
    high: float | None = None
    margin: float | None = None
    top2box: float | None = None
    bottom_share: float | None = None
    distribution: dict[int, int] = field(default_factory=dict)
    suppressed: bool = False
    grade: Grade = "none"
    experience: float | None = None
    experience_low: float | None = None
    experience_high: float | None = None


class Sample(NamedTuple):
    """Mean and standard deviation on a question's own scale, and the size they rest on."""

    mean: float
    sd: float
    n: float


def summarise(counts: ScoreCounts, minimum_n: int = MINIMUM_N, level: float = 0.95) -> MetricResult:
    """The figures of one question.

    NPS: adjusted Wald interval (Rocks 2016). Others: t-interval of the mean, clipped to the
    scale. With weights the effective size replaces n in both.

    Args:
        minimum_n: under it only n is told.
        level: confidence level of the interval, strictly between 0 and 1.
    """
    require(0.0 < level < 1.0, "level_out_of_range", level=level)
    n, n_effective = counts.n, counts.n_effective
    if 0 < n < minimum_n:
        return MetricResult(counts.metric, n, n_effective, suppressed=True, grade="suppressed")
    found = _nps(counts, level) if counts.metric is Metric.NPS else _mean(counts, level)
    if found is None:
        return MetricResult(counts.metric, n, n_effective)
    value, interval = found
    top, bottom = top_two_box(counts, level), bottom_share(counts, level)
    worst, best = _experience_interval(counts, interval)
    return MetricResult(
        counts.metric,
        n,
        n_effective,
        value=value,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        margin=(interval.high - interval.low) / 2.0 if interval else None,
        top2box=top.value if top else None,
        bottom_share=bottom.value if bottom else None,
        distribution={score: count for score, count in sorted(counts.counts.items()) if count},
        grade="normal" if round(n_effective, 6) >= NORMAL_FROM_N else "indicative",
        experience=_experience(counts, value),
        experience_low=worst,
        experience_high=best,
    )


def sample_of(counts: ScoreCounts) -> Sample | None:
    """Mean and standard deviation of the scores; None without answers.

    The weighted variance is Σw(x−x̄)²/Σw · n/(n−1) with the effective n, which is the usual
    s² where all weights are equal. 0 where the effective n is 1.
    """
    mass, n = counts.mass, counts.n_effective
    total = math.fsum(mass.values())
    if total == 0:
        return None
    given = [score for score, amount in mass.items() if amount]
    if len(given) == 1:  # rounding of weights must not make a spread where there is none
        return Sample(float(given[0]), 0.0, n)
    mean = math.fsum(score * amount for score, amount in mass.items()) / total
    mean = min(float(counts.high), max(float(counts.low), mean))
    scatter = math.fsum(amount * (score - mean) ** 2 for score, amount in mass.items()) / total
    return Sample(mean, math.sqrt(scatter * n / (n - 1.0)) if n > 1.0 else 0.0, n)


def _nps(counts: ScoreCounts, level: float) -> tuple[float, Interval | None] | None:
    promoters, passives, detractors = nps_classes(counts)
    n = promoters + passives + detractors
    if n == 0:
        return None
    share = adjusted_wald_nps(promoters, passives, detractors, level)
    interval = Interval(100.0 * share.low, 100.0 * share.high) if share else None
    # Weighted classes are summed apart, so the quotient may miss the scale's end by a rounding.
    value = min(100.0, max(-100.0, 100.0 * (promoters - detractors) / n))
    return value, interval


def _mean(counts: ScoreCounts, level: float) -> tuple[float, Interval | None] | None:
    sample = sample_of(counts)
    if sample is None:
        return None
    interval = mean_t_interval(*sample, level)
    if interval is None:
        return sample.mean, None
    return sample.mean, Interval(max(interval.low, counts.low), min(interval.high, counts.high))


def _experience(counts: ScoreCounts, value: float) -> float:
    if counts.metric is Metric.NPS:
        return value
    stretched = 200.0 * (value - counts.low) / (counts.high - counts.low) - 100.0
    return stretched if counts.higher_is_better else -stretched


def _experience_interval(
    counts: ScoreCounts, interval: Interval | None
) -> tuple[float | None, float | None]:
    if interval is None:
        return None, None
    ends = sorted(_experience(counts, end) for end in interval)
    return ends[0], ends[1]
