"""How often customers without a contract will buy again: BG/NBD (Fader, Hardie & Lee 2005).

While active a customer buys at a rate of their own, Gamma(r, α); after each purchase they become
inactive with a probability of their own, Beta(a, b). Nobody tells us when they left, so there is
no observed churn, only the probability to be still active.

All sums are taken in logarithms. The hypergeometric function of the expectation is brought by
Euler's transformation into a form whose terms stay small for any number of purchases, and the pole
at a = 1 is taken out of it, so that heavy buyers do not overflow.
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from journey.metrics.kinds import MetricError, require
from journey.metrics.likelihood import maximised
from journey.metrics.purchase_history import PurchaseHistory

# Of a Gamma or Beta distribution: from here on it has one value as far as anybody could tell.
_AS_GOOD_AS_ALIKE = 5_000.0
# Of a: beyond it the terms of the series overflow, long after it can be left.
ALIKE_FROM = 300.0
_TERMS = 200_000
_TOLERANCE = 1e-15


@dataclass(frozen=True, slots=True)
class BgNbd:
    """A fitted model; time in weeks.

    Attributes:
        r, alpha: of the Gamma distribution of the buying rate, r/α purchases a week on average.
        a, b: of the Beta distribution of the probability to leave after a purchase.
        log_likelihood: of the customers; customers: how many.
    """

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float = 0.0
    customers: int = 0

    def p_alive(self, history: PurchaseHistory) -> float | None:
        """The probability that a customer is still active.

        Returns:
            None without a repeat purchase: the model calls such a customer alive by construction,
            which is no knowledge.
        """
        return None if history.repeats == 0 else 1.0 / (1.0 + math.exp(self._log_odds(history)))

    def expected_purchases(self, history: PurchaseHistory, weeks: float) -> float:
        """E[Y(t) | x, t_x, T]: purchases expected of a customer in the next weeks.

        Raises:
            MetricError: weeks below 0 or not finite.
        """
        require(0.0 <= weeks < math.inf, "time_out_of_range", weeks=weeks)
        if weeks == 0.0:
            return 0.0
        share = weeks / (self.alpha + history.age + weeks)
        left = _expectation(self, history.repeats, share)
        if history.repeats == 0:
            return left
        return left / (1.0 + math.exp(self._log_odds(history)))

    def _log_odds(self, history: PurchaseHistory) -> float:
        """ln of a/(b+x−1)·((α+T)/(α+t_x))^(r+x), the odds of having left; capped where exp ends."""
        x = history.repeats
        odds = math.log(self.a) - math.log(self.b + x - 1.0)
        odds += (self.r + x) * (
            math.log(self.alpha + history.age) - math.log(self.alpha + history.recency)
        )
        return min(odds, 700.0)


def _expectation(model: BgNbd, x: int, z: float) -> float:
    """c/ε·(1 − (1−z)^ε·₂F₁(A, ε; c; z)) with ε = a−1, A = a+b−1−r, c = a+b+x−1.

    With ₂F₁ = 1 + ε/c·Σ it is c·(−expm1(εL)/ε) − e^(εL)·Σ, L = ln(1−z): finite at ε = 0 and c = 0.
    """
    if model.a > ALIKE_FROM:
        return float(expected_of_alike(model, x, z))
    eps, c = model.a - 1.0, model.a + model.b + x - 1.0
    log_rest = math.log1p(-z)
    first = -log_rest if eps == 0.0 else -math.expm1(eps * log_rest) / eps
    return c * first - math.exp(eps * log_rest) * _series(c - x - model.r, eps, c, z)


def expected_of_alike(model: BgNbd, x: Any, z: Any) -> Any:
    """`_expectation` where nearly all leave with one probability; numbers or arrays of them.

    Given p it is g(p) = (1 − (1 + p·z/(1−z))^(−r−x))/p; over p ~ Beta(a, b+x) with mean m and
    variance v it is g(m) + v·g″(m)/2 + …: right to five figures from `ALIKE_FROM` on.
    """

    def given(p: Any) -> Any:
        return (1.0 - (1.0 + p * z / (1.0 - z)) ** (-model.r - x)) / p

    mean = model.a / (model.a + model.b + x)
    variance = mean * (1.0 - mean) / (model.a + model.b + x + 1.0)
    step = 1e-3 * mean
    bend = (given(mean + step) - 2.0 * given(mean) + given(mean - step)) / step**2
    return given(mean) + 0.5 * variance * bend


def _series(upper: float, eps: float, c: float, z: float) -> float:
    """Σ_{k≥1} (A)_k (1+ε)_{k−1} / ((c+1)_{k−1} k!) zᵏ."""
    term = total = upper * z
    for k in range(1, _TERMS):
        term *= (upper + k) * (eps + k) / ((c + k) * (k + 1.0)) * z
        total += term
        if abs(term) <= _TOLERANCE * abs(total) * (1.0 - z):
            return total
    return total


def _on_a_ridge(log_likelihood: Callable[..., float]) -> tuple[tuple[float, ...], float]:
    """Fit customers who are all alike in buying or in leaving.

    Then r and α, or a and b, grow without end at a fixed ratio. The search goes over the ratios and
    over how alike they are, which ends where more of it changes nothing that could be told.

    Raises:
        MetricError: no maximum was found either.
    """

    def parted(rate: float, r: float, odds: float, alike: float) -> tuple[float, ...]:
        b = alike / (1.0 + odds)
        return r, r / rate, odds * b, b

    def by_ratios(rate: float, r: float, odds: float, alike: float) -> float:
        beyond = max(r, alike) > _AS_GOOD_AS_ALIKE
        return -math.inf if beyond else log_likelihood(*parted(rate, r, odds, alike))

    starts = [(0.0, 0.0, -1.0, 2.0), (0.0, 2.0, -1.0, 6.0)]
    found, greatest = maximised(by_ratios, starts, "BG/NBD")
    return parted(*found), greatest


def fit_bgnbd(histories: Sequence[PurchaseHistory]) -> BgNbd:
    """Fit by maximum likelihood; customers of the same history are counted once.

    Raises:
        MetricError: nobody bought again, or no maximum was found.
    """
    import numpy as np
    from scipy.special import gammaln

    alike = Counter((h.repeats, h.recency, h.age) for h in histories)
    require(any(x for x, _, _ in alike), "no_repeat_buyers", customers=len(histories))
    x, recency, age = (np.array(column, dtype=float) for column in zip(*alike, strict=True))
    count = np.array(list(alike.values()), dtype=float)
    # Time in units of its own scale keeps the four logs of the search near one another.
    scale = 10.0 / max(float(age.max()), 1e-9)
    recency, age = recency * scale, age * scale
    again = x > 0

    def log_likelihood(r: float, alpha: float, a: float, b: float) -> float:
        buying = gammaln(r + x) - gammaln(r) + r * math.log(alpha)
        buying += gammaln(a + b) + gammaln(b + x) - gammaln(b) - gammaln(a + b + x)
        active = -(r + x) * np.log(alpha + age)
        left = np.where(
            again,
            math.log(a)
            - np.log(np.where(again, b + x - 1.0, 1.0))
            - (r + x) * np.log(alpha + recency),
            -math.inf,
        )
        return float(count @ (buying + np.logaddexp(active, left)))

    starts = [(0.0, 0.0, 0.0, 0.5), (-1.0, -1.0, -0.5, 1.0)]
    try:
        (r, alpha, a, b), greatest = maximised(log_likelihood, starts, "BG/NBD")
    except MetricError:
        (r, alpha, a, b), greatest = _on_a_ridge(log_likelihood)
    # Densities scale with time: each repeat purchase brings one factor back.
    greatest += float(count @ x) * math.log(scale)
    return BgNbd(r, alpha / scale, a, b, greatest, len(histories))
