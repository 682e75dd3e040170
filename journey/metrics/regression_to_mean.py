"""What was chosen because it was low looks better next time, though nothing was done.

A baseline is therefore the shrunk value, never the raw low that caused the choice. Formulas:
Barnett, van der Pols & Dobson 2005, International Journal of Epidemiology 34:215–220; Efron &
Morris 1975, Journal of the American Statistical Association 70:311–319.
"""

from collections.abc import Sequence
from math import exp, isfinite, pi, sqrt
from typing import NamedTuple

from journey.metrics.kinds import require
from journey.metrics.normal import upper_tail

# James–Stein around the mean of the values needs four of them.
_FEWEST = 4


class Shrinkage(NamedTuple):
    """Several means pulled to their common one.

    Attributes:
        mean: the common mean. factor: the part of each distance that is kept, 0 … 1.
        values: the shrunk means, in the order given.
    """

    mean: float
    factor: float
    values: tuple[float, ...]


def shrunk(value: float, error_variance: float, mean: float, between: float) -> float:
    """Return m + τ²/(τ² + v/n)(value − m), the best guess of a mean among others like it.

    Args:
        error_variance: v/n, the squared standard error of the value. mean: m, of all of them.
        between: τ², the true variance between them; 0 gives m.

    Raises:
        MetricError: not_a_variance.
    """
    require(error_variance >= 0 and between >= 0, "not_a_variance")
    total = between + error_variance
    return value if total == 0 else mean + between / total * (value - mean)


def between_variance(values: Sequence[float], error_variances: Sequence[float]) -> float:
    """Return τ² by moments: the variance of the values less their mean error variance, ≥ 0.

    Fewer than two values show none.

    Raises:
        MetricError: lengths_differ.
    """
    require(len(values) == len(error_variances), "lengths_differ")
    n = len(values)
    if n < 2:
        return 0.0
    mean = sum(values) / n
    observed = sum((v - mean) ** 2 for v in values) / (n - 1)
    return max(observed - sum(error_variances) / n, 0.0)


def efron_morris(values: Sequence[float], error_variance: float) -> Shrinkage:
    """Return the values shrunk to their mean by 1 − (k − 3)·σ²/Σ(y − ȳ)², not below 0.

    Args:
        values: k means with the same error variance σ². Fewer than four are left as they are.

    Raises:
        MetricError: no_values, not_a_variance.
    """
    require(len(values) > 0, "no_values")
    require(error_variance >= 0, "not_a_variance")
    k, mean = len(values), sum(values) / len(values)
    spread = sum((v - mean) ** 2 for v in values)
    factor = 1.0
    if k >= _FEWEST:
        factor = max(1 - (k - 3) * error_variance / spread, 0.0) if spread > 0 else 0.0
    return Shrinkage(mean, factor, tuple(mean + factor * (v - mean) for v in values))


def expected_change(cutoff: float, mean: float, within_sd: float, between_sd: float) -> float:
    """Return how much better those below a cutoff will look next time, nothing having changed.

    Barnett et al. 2005: σ_w²/√(σ_w² + σ_b²) · φ(z)/Φ(z), z = (cutoff − mean)/√(σ_w² + σ_b²); for
    a choice above a cutoff, C(z) = φ(z)/(1 − Φ(z)), give both with the sign turned.

    Args:
        within_sd: σ_w, of one measurement around its own true value. between_sd: σ_b, of the true
            values around their mean.

    Raises:
        MetricError: not_a_spread, where one is negative or both are 0.
    """
    total = sqrt(within_sd**2 + between_sd**2) if min(within_sd, between_sd) >= 0 else 0.0
    require(total > 0 and isfinite(cutoff - mean), "not_a_spread")
    z = (mean - cutoff) / total
    density = exp(-z * z / 2) / sqrt(2 * pi)
    chosen = upper_tail(z)
    # Far out in the tail φ(z)/(1 − Φ(z)) is z itself.
    ratio = density / chosen if chosen > 0 else z
    return within_sd**2 / total * ratio
