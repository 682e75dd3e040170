"""The standard normal distribution, from the error function of the standard library.

`statistics.NormalDist` gives the same digits, but importing it brings decimal, fractions and
random onto the start-up path.
"""

import math
from functools import lru_cache

from journey.metrics.kinds import require

_SQRT_HALF = math.sqrt(0.5)
_SQRT_TAU = math.sqrt(math.tau)


def upper_tail(z: float) -> float:
    """P(Z > z)."""
    return 0.5 * math.erfc(z * _SQRT_HALF)


def two_sided_p(z: float) -> float:
    """P(|Z| ≥ |z|)."""
    return math.erfc(abs(z) * _SQRT_HALF)


@lru_cache(maxsize=64)
def normal_quantile(probability: float) -> float:
    """The z with P(Z ≤ z) = probability.

    Newton steps on ln P(Z > z), which is concave: a start right of the root, here from
    P(Z > z) ≤ exp(−z²/2)/2, comes down to it without overshooting.

    Raises:
        MetricError: probability is not strictly between 0 and 1.
    """
    require(0.0 < probability < 1.0, "probability_out_of_range", probability=probability)
    if probability < 0.5:
        return -_upper_quantile(probability)
    return _upper_quantile(1.0 - probability)


def z_value(level: float) -> float:
    """The two-sided normal quantile of a confidence level: 1.95996… at .95.

    Raises:
        MetricError: level is not strictly between 0 and 1.
    """
    require(0.0 < level < 1.0, "level_out_of_range", level=level)
    return -normal_quantile((1.0 - level) / 2.0)


def _upper_quantile(tail: float) -> float:
    z = math.sqrt(max(0.0, -2.0 * math.log(2.0 * tail)))
    for _ in range(60):
        above = upper_tail(z)
        density = math.exp(-0.5 * z * z) / _SQRT_TAU
        step = math.log(above / tail) * above / density
        z += step
        if abs(step) <= 1e-15 * max(1.0, z):
            break
    return z
