"""Confidence intervals of shares, means, net promoter scores and counts of events.

Every function takes counts or moments and gives an `Interval`, or None where there is no data to
speak of. Sample sizes are real numbers: weighted answers enter with their effective size.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from journey.metrics import gamma
from journey.metrics.kinds import require
from journey.metrics.normal import z_value
from journey.metrics.student import student_quantile

# Rocks's: ¾ promoter, 1½ passives, ¾ detractor.
_ADDED = 3.0


class Interval(NamedTuple):
    """A lower and an upper bound, in the unit of the figure it belongs to."""

    low: float
    high: float


class Difference(NamedTuple):
    """A difference of two figures with its bounds, in their unit."""

    value: float
    low: float
    high: float


def wilson(successes: float, n: float, level: float = 0.95) -> Interval | None:
    """Wilson's score interval of a share k/n, within 0…1 (Wilson 1927; Newcombe 1998).

    Returns:
        None where n is 0.

    Raises:
        MetricError: successes outside 0…n, or level not strictly between 0 and 1.
    """
    require(0.0 <= successes <= n, "count_out_of_range", count=successes, n=n)
    z = z_value(level)
    if n == 0:
        return None
    share = successes / n
    shrink = 1.0 / (1.0 + z * z / n)
    centre = shrink * (share + z * z / (2.0 * n))
    half = shrink * z * math.sqrt(share * (1.0 - share) / n + z * z / (4.0 * n * n))
    # At the ends the bound is exact; rounding must not lift it off 0 or push it below 1.
    low = 0.0 if successes == 0 else max(0.0, centre - half)
    high = 1.0 if successes == n else min(1.0, centre + half)
    return Interval(low, high)


def newcombe_difference(
    successes_1: float, n_1: float, successes_2: float, n_2: float, level: float = 0.95
) -> Difference | None:
    """k₁/n₁ − k₂/n₂ with Newcombe's hybrid score interval (1998, method 10).

    Returns:
        None where either n is 0.
    """
    first, second = wilson(successes_1, n_1, level), wilson(successes_2, n_2, level)
    if first is None or second is None:
        return None
    share_1, share_2 = successes_1 / n_1, successes_2 / n_2
    difference = share_1 - share_2
    return Difference(
        difference,
        difference - math.hypot(share_1 - first.low, second.high - share_2),
        difference + math.hypot(first.high - share_1, share_2 - second.low),
    )


def mean_t_interval(mean: float, sd: float, n: float, level: float = 0.95) -> Interval | None:
    """x̄ ± t·s/√n with n−1 degrees of freedom, not clipped.

    Returns:
        None where n is 1 or less: one answer says nothing of the spread.

    Raises:
        MetricError: sd below 0.
    """
    require(sd >= 0.0, "spread_negative", sd=sd)
    require(0.0 < level < 1.0, "level_out_of_range", level=level)
    if n <= 1.0:
        return None
    if sd == 0.0:
        return Interval(mean, mean)
    half = -student_quantile((1.0 - level) / 2.0, n - 1.0) * sd / math.sqrt(n)
    return Interval(mean - half, mean + half)


class NpsMoments(NamedTuple):
    """A net promoter score on −1…1, the variance of one answer, and the size they rest on."""

    score: float
    variance: float
    n: float

    @property
    def error_variance(self) -> float:
        """Squared standard error of the score."""
        return self.variance / self.n


class ComparableNps(NamedTuple):
    """A net promoter score on −1…1 as it is held against another one.

    Attributes:
        score: as it was given. variance: of one answer, after Rocks's three were added.
        n: the answers given; the added ones are nobody's.
    """

    score: float
    variance: float
    n: float

    @property
    def error_variance(self) -> float:
        """Squared standard error of the score, v′(n + 3)/n²."""
        return self.variance * (self.n + _ADDED) / self.n**2


def comparable_nps(promoters: float, passives: float, detractors: float) -> ComparableNps | None:
    """The score as given with an error that is known of few answers; None without answers.

    The adjusted score is the given one times n/(n + 3), drawn towards 0, and so is its error
    √(v′/(n + 3)). A difference of adjusted scores is too small by as much, and not 0 where waves
    of different sizes are of one truth. Both are therefore stretched back by (n + 3)/n: waves of
    one size keep the z of their adjusted scores, and the difference is without bias.
    """
    raw = nps_moments(promoters, passives, detractors)
    adjusted = adjusted_nps_moments(promoters, passives, detractors)
    if raw is None or adjusted is None:
        return None
    return ComparableNps(raw.score, adjusted.variance, raw.n)


def nps_moments(promoters: float, passives: float, detractors: float) -> NpsMoments | None:
    """(p−d)/n with v = P + D − (P−D)²; None without answers."""
    _require_classes(promoters, passives, detractors)
    n = promoters + passives + detractors
    if n == 0:
        return None
    score = (promoters - detractors) / n
    return NpsMoments(score, max(0.0, (promoters + detractors) / n - score * score), n)


def adjusted_nps_moments(promoters: float, passives: float, detractors: float) -> NpsMoments | None:
    """The moments after adding ¾ promoter, 1½ passives and ¾ detractor (Rocks 2016).

    None without answers: the added ones alone would pretend to know something.
    """
    _require_classes(promoters, passives, detractors)
    if promoters + passives + detractors == 0:
        return None
    return nps_moments(promoters + 0.75, passives + 1.5, detractors + 0.75)


def adjusted_wald_nps(
    promoters: float, passives: float, detractors: float, level: float = 0.95
) -> Interval | None:
    """Adjusted Wald interval of an NPS on −1…1, clipped to it (Rocks 2016).

    It is not symmetric around the raw score, which stays the figure to report.

    Returns:
        None without answers.
    """
    return _around(adjusted_nps_moments(promoters, passives, detractors), level)


def wald_nps(
    promoters: float, passives: float, detractors: float, level: float = 0.95
) -> Interval | None:
    """Plain Wald interval of an NPS on −1…1, clipped; width 0 where all answers are alike.

    For comparison with other tools; `adjusted_wald_nps` covers better.
    """
    return _around(nps_moments(promoters, passives, detractors), level)


def poisson_interval(events: float, level: float = 0.95) -> Interval:
    """Garwood's exact interval of the mean of a Poisson count (Biometrika 1936).

    Raises:
        MetricError: events below 0, or level not strictly between 0 and 1.
    """
    require(0.0 < level < 1.0, "level_out_of_range", level=level)
    tail = (1.0 - level) / 2.0
    return Interval(gamma.lowest_mean(events, tail), gamma.highest_mean(events, tail))


def benjamini_hochberg(p_values: Sequence[float], rate: float = 0.05) -> tuple[bool, ...]:
    """Which of a family of tests to reject at a false discovery rate, in the order given.

    Rejects the i smallest p for the largest i with p₍ᵢ₎ ≤ i·rate/m (Benjamini & Hochberg 1995).

    Raises:
        MetricError: a p outside 0…1 (NaN too), or a rate not strictly between 0 and 1.
    """
    require(0.0 < rate < 1.0, "rate_out_of_range", rate=rate)
    for p in p_values:
        require(0.0 <= p <= 1.0, "probability_out_of_range", probability=p)
    size = len(p_values)
    threshold = -1.0
    for rank, p in enumerate(sorted(p_values), start=1):
        if p <= rank * rate / size:
            threshold = p
    return tuple(p <= threshold for p in p_values)


def _around(moments: NpsMoments | None, level: float) -> Interval | None:
    z = z_value(level)
    if moments is None:
        return None
    half = z * math.sqrt(moments.error_variance)
    return Interval(max(-1.0, moments.score - half), min(1.0, moments.score + half))


def _require_classes(promoters: float, passives: float, detractors: float) -> None:
    for count in (promoters, passives, detractors):
        require(0.0 <= count < math.inf, "count_out_of_range", count=count)
