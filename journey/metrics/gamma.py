"""Exact bounds for a Poisson mean, with the standard library only.

The sum of Poisson probabilities is the regularised incomplete gamma function: P(X ≥ k | λ) =
P(k, λ) and P(X ≤ k | λ) = Q(k+1, λ). Series and continued fraction: Abramowitz & Stegun 6.5.29
and 6.5.31. Equal to half a chi-square quantile with 2k or 2k+2 degrees of freedom.
"""

import math
from collections.abc import Callable

from journey.metrics import normal
from journey.metrics.kinds import require

_SMALLEST_LOG_MEAN = -690.0  # below it a float is nothing; fractions of a count reach it
_TINY = 1e-300


def lowest_mean(count: float, tail: float) -> float:
    """The λ at which `count` or more events have probability `tail`; 0 for count 0."""
    require(count >= 0.0, "count_negative", count=count)
    require(0.0 < tail < 1.0, "probability_out_of_range", probability=tail)
    if count == 0.0:
        return 0.0
    z = normal.normal_quantile(tail)
    return _solve(_lower, count, tail, _start(count, z), 1.0)


def highest_mean(count: float, tail: float) -> float:
    """The λ at which `count` or fewer events have probability `tail`."""
    require(count >= 0.0, "count_negative", count=count)
    require(0.0 < tail < 1.0, "probability_out_of_range", probability=tail)
    z = -normal.normal_quantile(tail)
    return _solve(_upper, count + 1.0, tail, _start(count + 1.0, z), -1.0)


def _start(shape: float, z: float) -> float:
    """The cube-root normal approximation of Wilson & Hilferty 1931, kept above zero."""
    ninth = 1.0 / (9.0 * shape)
    return shape * max(1.0 - ninth + z * math.sqrt(ninth), 0.1) ** 3


def _solve(
    share: Callable[[float, float], float], shape: float, tail: float, start: float, sign: float
) -> float:
    """The mean at which the share is `tail`; sign +1 where the share rises with the mean.

    Both shares are log-concave in ln λ, so that Newton's steps there are safe.
    """
    log_mean = math.log(start)
    for _ in range(100):
        mean = math.exp(log_mean)
        here = share(shape, mean)
        slope = sign * math.exp(shape * log_mean - mean - math.lgamma(shape))
        step = math.log(tail / here) * here / slope
        log_mean += step
        if log_mean < _SMALLEST_LOG_MEAN:
            return 0.0
        if abs(step) <= 1e-12:
            break
    return math.exp(log_mean)


def _lower(shape: float, x: float) -> float:
    return _series(shape, x) if x < shape + 1.0 else 1.0 - _fraction(shape, x)


def _upper(shape: float, x: float) -> float:
    return 1.0 - _series(shape, x) if x < shape + 1.0 else _fraction(shape, x)


def _series(shape: float, x: float) -> float:
    term = total = 1.0
    step = 0
    while term > total * 1e-17:
        step += 1
        term *= x / (shape + step)
        total += term
    return total * math.exp(shape * math.log(x) - x - math.lgamma(shape + 1.0))


def _fraction(shape: float, x: float) -> float:
    """The continued fraction of Q(shape, x), by the modified Lentz recurrence."""
    b = x + 1.0 - shape
    c = 1.0 / _TINY
    d = 1.0 / b
    value = d
    for i in range(1, 100_000):
        term = -i * (i - shape)
        b += 2.0
        d = _reciprocal(b + term * d)
        c = b + term / c
        value *= c * d
        if abs(c * d - 1.0) <= 2.3e-16:
            break
    return value * math.exp(shape * math.log(x) - x - math.lgamma(shape))


def _reciprocal(x: float) -> float:
    return 1.0 / (x if abs(x) > _TINY else _TINY)
