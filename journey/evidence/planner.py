"""The survey planner: how many answers a question needs, for a margin or to see a change."""

import math
from dataclasses import dataclass

from journey.metrics.counts import ScoreCounts
from journey.metrics.intervals import nps_moments
from journey.metrics.kinds import Metric, require
from journey.metrics.normal import normal_quantile, z_value
from journey.metrics.sample_size import (
    LARGEST_VARIANCE,
    answers_for_margin,
    answers_per_wave,
)
from journey.metrics.score import sample_of
from journey.metrics.shares import nps_classes

# From so few answers the spread of the last quarter is no guide: the worst case is taken.
LEAST_FOR_SPREAD = 30


@dataclass(frozen=True, slots=True)
class Plan:
    """Answers needed.

    Attributes:
        for_margin: so that the 95 % interval is ± the margin.
        per_wave: in each of two quarters, so that a change is seen with the power asked.
        spread: standard deviation of one answer, in points of NPS or of the scale.
        assumed: nothing was known of the spread; the largest possible was taken.
    """

    for_margin: int
    per_wave: int
    spread: float
    assumed: bool


def plan(
    counts: ScoreCounts, margin: float, change: float, *, power: float = 0.8, level: float = 0.95
) -> Plan:
    """Return the answers needed of a question, from the spread it had.

    NPS: `journey.metrics.sample_size`. Means: n = (z·s/m)², per wave 2·(s(z_α + z_β)/d)² (normal
    approximation, Cochran, Sampling Techniques, 1977), rounded up, at least 2.

    Args:
        counts: what was answered before; no answers are allowed, the scale is still needed.
        margin: half the interval, change: the difference to be seen; both in points of NPS, or on
            the question's own scale, above 0.

    Raises:
        MetricError: an argument out of range.
    """
    require(margin > 0.0, "margin_out_of_range", margin=margin)
    require(change > 0.0, "margin_out_of_range", margin=change)
    known = counts.n_effective >= LEAST_FOR_SPREAD
    if counts.metric is Metric.NPS:
        variance = LARGEST_VARIANCE
        moments = nps_moments(*nps_classes(counts)) if known else None
        if moments is not None:
            variance = moments.variance
        return Plan(
            answers_for_margin(margin, variance, level),
            answers_per_wave(change, variance, power, level),
            100.0 * math.sqrt(variance),
            moments is None,
        )
    spread = (counts.high - counts.low) / 2.0  # half of the answers at each end
    sample = sample_of(counts) if known else None
    if sample is not None:
        spread = sample.sd
    z = z_value(level)
    both = z + normal_quantile(power)
    return Plan(
        max(2, math.ceil((z * spread / margin) ** 2)),
        max(2, math.ceil(2.0 * (both * spread / change) ** 2)),
        spread,
        sample is None,
    )
