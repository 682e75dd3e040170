"""Student's t distribution for any real degrees of freedom, with the standard library only.

P(T > t) = ½·I_x(ν/2, ½) with x = ν/(ν + t²); the incomplete beta function I is evaluated as its
continued fraction (Abramowitz & Stegun 26.5.8). Fractional ν is needed for weighted answers and
for Welch's test. Agrees with scipy.stats.t to better than 1e-8, relative.
"""

import math
from functools import lru_cache

from journey.metrics import normal
from journey.metrics.kinds import require

_NEARLY_NORMAL = 1e6  # here t and z part by less than 1e-5, and one term of the series mends it
_LARGEST_LOG_T = 340.0  # beyond it t² leaves the range of a float
_TINY = 1e-300


def student_upper_tail(t: float, df: float) -> float:
    """P(T > t) for df > 0 degrees of freedom.

    Raises:
        MetricError: df is not above 0.
    """
    require(df > 0.0, "degrees_of_freedom_out_of_range", df=df)
    if t < 0.0:
        return 1.0 - student_upper_tail(-t, df)
    if math.log(max(t, 1.0)) > _LARGEST_LOG_T:
        return 0.0
    if df > _NEARLY_NORMAL:
        # Wallace 1959: the z with (nearly) the same tail; holds far out as well.
        shrink = (8.0 * df + 1.0) / (8.0 * df + 3.0)
        return normal.upper_tail(shrink * math.sqrt(df * math.log1p(t * t / df)))
    return 0.5 * _beta_tail(t * t, df)


def student_two_sided_p(t: float, df: float) -> float:
    """P(|T| ≥ |t|) for df > 0 degrees of freedom."""
    return min(1.0, 2.0 * student_upper_tail(abs(t), df))


@lru_cache(maxsize=4096)
def student_quantile(probability: float, df: float) -> float:
    """The t with P(T ≤ t) = probability; infinite where a float cannot hold it (tiny df).

    Raises:
        MetricError: probability not strictly between 0 and 1, or df not above 0.
    """
    require(0.0 < probability < 1.0, "probability_out_of_range", probability=probability)
    require(df > 0.0, "degrees_of_freedom_out_of_range", df=df)
    if probability == 0.5:
        return 0.0
    if probability < 0.5:
        return -_upper_quantile(probability, df)
    return _upper_quantile(1.0 - probability, df)


def _upper_quantile(tail: float, df: float) -> float:
    z = normal.normal_quantile(1.0 - tail) if tail > 1e-3 else -normal.normal_quantile(tail)
    if df > _NEARLY_NORMAL:
        return z + (z**3 + z) / (4.0 * df)
    # ln P(T > t) is concave in ln t, so that Newton's steps there are safe from any start.
    log_t = math.log(z) + min((z * z + 1.0) / (4.0 * df), 1.0)
    for _ in range(100):
        t = math.exp(log_t)
        above = 0.5 * _beta_tail(t * t, df)
        step = math.log(above / tail) * above / (t * _density(t, df))
        log_t += step
        if log_t > _LARGEST_LOG_T:
            return math.inf
        if abs(step) <= 1e-8:  # the error left is of the order of its square
            break
    return math.exp(log_t)


def _density(t: float, df: float) -> float:
    log_kernel = -0.5 * (df + 1.0) * math.log1p(t * t / df)
    return math.exp(log_kernel - 0.5 * math.log(df) - _log_beta_half(0.5 * df))


def _log_beta_half(a: float) -> float:
    """ln B(a, ½); by its series for large a, where the difference of lgammas loses digits."""
    if a > 50.0:
        series = 1.0 / (8.0 * a) - 1.0 / (192.0 * a**3) + 1.0 / (640.0 * a**5)
        return 0.5 * math.log(math.pi / a) + series
    return math.lgamma(a) + math.lgamma(0.5) - math.lgamma(a + 0.5)


def _beta_tail(t_squared: float, df: float) -> float:
    """I_x(ν/2, ½) at x = ν/(ν + t²), by whichever of x and 1−x converges fast."""
    a = 0.5 * df
    if t_squared == 0.0:
        return 1.0
    log_x = -math.log1p(t_squared / df)
    log_y = math.log(t_squared) - math.log(df + t_squared)
    front = math.exp(a * log_x + 0.5 * log_y - _log_beta_half(a))
    x = df / (df + t_squared)
    if x < (a + 1.0) / (a + 2.5):
        return front * _beta_fraction(a, 0.5, x) / a
    return 1.0 - front * _beta_fraction(0.5, a, t_squared / (df + t_squared)) / 0.5


def _beta_fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of I_x(a, b), by the modified Lentz recurrence."""
    c = 1.0
    d = _reciprocal(1.0 - (a + b) * x / (a + 1.0))
    value = d
    for m in range(1, 20_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = _reciprocal(1.0 + term * d)
            c = 1.0 + term / c
            value *= c * d
        if abs(c * d - 1.0) <= 2.3e-16:
            break
    return value


def _reciprocal(x: float) -> float:
    return 1.0 / (x if abs(x) > _TINY else _TINY)
