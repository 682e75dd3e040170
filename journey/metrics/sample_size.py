"""How many answers are needed: for a margin of an NPS, or to see it change.

Both subtract the three answers that the adjusted Wald interval adds (Rocks 2016).
"""

import math

from journey.metrics.kinds import require
from journey.metrics.normal import normal_quantile, z_value

LARGEST_VARIANCE = 1.0  # half promoters, half detractors


def answers_for_margin(
    margin: float, variance: float = LARGEST_VARIANCE, level: float = 0.95
) -> int:
    """Answers for an NPS interval of ± `margin` points: z²v/m² − 3, rounded up, at least 1.

    Args:
        margin: points, above 0.
        variance: of one answer, 0…1; P + D − (P−D)² of the last quarter, else the worst case.

    Raises:
        MetricError: an argument out of range.
    """
    require(margin > 0.0, "margin_out_of_range", margin=margin)
    _require_variance(variance)
    return _whole((z_value(level) / (margin / 100.0)) ** 2 * variance - 3.0)


def answers_per_wave(
    difference: float,
    variance: float = LARGEST_VARIANCE,
    power: float = 0.8,
    level: float = 0.95,
) -> int:
    """Answers in each of two waves to see a change: 2v(z_α + z_β)²/d² − 3, rounded up.

    Args:
        difference: points, above 0.
        variance: of one answer, mean of both waves, 0…1.
        power: chance to see a change of that size, strictly between 0 and 1.
        level: one minus the two-sided error rate.

    Raises:
        MetricError: an argument out of range.
    """
    require(difference > 0.0, "margin_out_of_range", margin=difference)
    _require_variance(variance)
    quantiles = z_value(level) + normal_quantile(power)
    return _whole(2.0 * variance * (quantiles / (difference / 100.0)) ** 2 - 3.0)


def _require_variance(variance: float) -> None:
    require(0.0 <= variance <= LARGEST_VARIANCE, "variance_out_of_range", variance=variance)


def _whole(n: float) -> int:
    return max(1, math.ceil(n))
