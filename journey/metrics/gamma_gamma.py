"""What a customer will spend on a purchase: the gamma-gamma model (Fader & Hardie 2013).

It needs repeat buyers, amounts above 0, and buying often must not go with spending more: their
correlation is shown with the fit.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from journey.metrics.kinds import require
from journey.metrics.likelihood import maximised, polished
from journey.metrics.purchase_history import PurchaseHistory


@dataclass(frozen=True, slots=True)
class GammaGamma:
    """A fitted model.

    Attributes:
        p, q, v: shape of one amount, and shape and scale of the customers' own scales.
        log_likelihood: of the customers; customers: repeat buyers it rests on.
        correlation: of frequency and mean amount (Pearson); far from 0 the model does not hold.
    """

    p: float
    q: float
    v: float
    log_likelihood: float = 0.0
    customers: int = 0
    correlation: float = 0.0

    def mean_amount(self) -> float | None:
        """p·v/(q−1): the mean amount over all customers; None where q ≤ 1 and there is no mean."""
        return None if self.q <= 1.0 else self.p * self.v / (self.q - 1.0)

    def expected_amount(self, history: PurchaseHistory) -> float | None:
        """p(v + x·m̄)/(p·x+q−1): the amount of a customer's next purchase.

        Without a repeat purchase it is the mean over all; None where there is none.
        """
        x = history.repeats
        if x == 0 or history.repeat_value <= 0.0:
            return self.mean_amount()
        weight = self.p * x + self.q - 1.0
        return None if weight <= 0.0 else self.p * (self.v + x * history.repeat_value) / weight


def fit_gamma_gamma(histories: Sequence[PurchaseHistory]) -> GammaGamma:
    """Fit by maximum likelihood over the customers with a repeat purchase and a mean above 0.

    Raises:
        MetricError: fewer than three such customers, or no maximum was found.
    """
    import numpy as np
    from scipy.special import digamma, gammaln

    buyers = [h for h in histories if h.repeats > 0 and h.repeat_value > 0.0]
    require(len(buyers) >= 3, "no_repeat_buyers", customers=len(buyers))
    x = np.array([h.repeats for h in buyers], dtype=float)
    mean = np.array([h.repeat_value for h in buyers])
    # In units of its mean the amount has no currency, and the search starts near its end.
    unit = float(mean.mean())
    scaled = mean / unit

    def log_likelihood(p: float, q: float, v: float) -> float:
        shape = p * x
        each = gammaln(shape + q) - gammaln(shape) - gammaln(q) + q * math.log(v)
        each += (shape - 1.0) * np.log(scaled) + shape * np.log(x)
        each -= (shape + q) * np.log(v + x * scaled)
        return float(each.sum())

    def gradient(p: float, q: float, v: float) -> list[float]:
        shape, spent = p * x, v + x * scaled
        both = digamma(shape + q)
        of_p = x * (both - digamma(shape) + np.log(x * scaled) - np.log(spent))
        of_q = both - digamma(q) + math.log(v) - np.log(spent)
        of_v = q / v - (shape + q) / spent
        return [float(p * of_p.sum()), float(q * of_q.sum()), float(v * of_v.sum())]

    found, greatest = maximised(log_likelihood, [(1.0, 1.0, 0.0)], "gamma-gamma")
    p, q, v = polished([math.log(value) for value in found], gradient)
    greatest -= len(buyers) * math.log(unit)
    correlation = _correlation([h.repeats for h in buyers], [h.repeat_value for h in buyers])
    return GammaGamma(p, q, v * unit, greatest, len(buyers), correlation)


def _correlation(first: Sequence[float], second: Sequence[float]) -> float:
    mean_1, mean_2 = fmean(first), fmean(second)
    together = math.fsum((x - mean_1) * (y - mean_2) for x, y in zip(first, second, strict=True))
    size_1 = math.fsum((x - mean_1) ** 2 for x in first)
    size_2 = math.fsum((y - mean_2) ** 2 for y in second)
    size = math.sqrt(size_1 * size_2)
    return together / size if size > 0.0 else 0.0
