"""Retention by contract year: the shifted beta-geometric model (Fader & Hardie 2007).

Each customer leaves at a renewal with a probability of their own, drawn from Beta(α, β). Those
likely to leave go first, so that retention rises with tenure though nobody changes: cohorts of
different age must not be compared by their churn.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from journey.metrics.kinds import require
from journey.metrics.likelihood import maximised


@dataclass(frozen=True, slots=True)
class ShiftedBetaGeometric:
    """A fitted model.

    Attributes:
        alpha, beta: of the Beta distribution of the yearly (or other period's) leaving rate.
        log_likelihood: of the cohort; customers: its size; periods: renewals seen.
    """

    alpha: float
    beta: float
    log_likelihood: float = 0.0
    customers: float = 0.0
    periods: int = 0

    def retention(self, period: int) -> float:
        """(β+t−1)/(α+β+t−1): the share of those still there who renew at renewal t = 1, 2, …"""
        require(period >= 1, "period_out_of_range", period=period)
        return (self.beta + period - 1.0) / (self.alpha + self.beta + period - 1.0)

    def survival(self, periods: int) -> float:
        """B(α, β+t)/B(α, β): the share still there after t renewals; 1 at t = 0."""
        require(periods >= 0, "period_out_of_range", period=periods)
        total, later = self.alpha + self.beta, self.beta + periods
        return math.exp(
            math.lgamma(later)
            + math.lgamma(total)
            - math.lgamma(self.beta)
            - math.lgamma(total + periods)
        )

    def value(
        self,
        margin: float,
        discount: float,
        periods: int,
        *,
        renewals: int = 0,
        acquisition_cost: float = 0.0,
    ) -> float:
        """Σ m·S(t|n)/(1+i)ᵗ over t = 0 … periods−1, minus acquisition cost.

        Args:
            margin, discount: per period between two renewals.
            periods: the horizon; the first margin comes now.
            renewals: n, how often the customer has renewed already; 0 for a new one.

        Raises:
            MetricError: an argument out of range.
        """
        require(math.isfinite(margin), "amount_out_of_range", margin=margin)
        require(0.0 <= discount < math.inf, "discount_out_of_range", discount=discount)
        require(periods >= 0 and renewals >= 0, "period_out_of_range", period=periods)
        require(0.0 <= acquisition_cost < math.inf, "amount_out_of_range", cost=acquisition_cost)
        kept, multiple = 1.0, 0.0
        for t in range(periods):
            multiple += kept
            kept *= self.retention(renewals + t + 1) / (1.0 + discount)
        return margin * multiple - acquisition_cost


def fit_sbg(survivors: Sequence[float]) -> ShiftedBetaGeometric:
    """Fit by maximum likelihood.

    Args:
        survivors: customers of one cohort at the start and after each renewal, never rising.

    Raises:
        MetricError: fewer than three counts, a rising or negative one, or nobody who left.
    """
    require(len(survivors) >= 3, "too_few_periods", periods=len(survivors))
    for before, after in pairwise(survivors):
        require(0.0 <= after <= before < math.inf, "count_out_of_range", count=after)
    lost = [before - after for before, after in pairwise(survivors)]
    require(sum(lost) > 0.0, "nobody_lost", customers=survivors[0])

    def log_likelihood(alpha: float, beta: float) -> float:
        return _log_likelihood(lost, survivors[-1], alpha, beta)

    (alpha, beta), greatest = maximised(log_likelihood, [(0.0, 1.0)], "sBG")
    return ShiftedBetaGeometric(alpha, beta, greatest, survivors[0], len(lost))


def _log_likelihood(lost: Sequence[float], left: float, alpha: float, beta: float) -> float:
    """Σ lost_t·ln P(T=t) + left·ln S(T), by the recursion P(t) = P(t−1)(β+t−2)/(α+β+t−1)."""
    log_p = math.log(alpha) - math.log(alpha + beta)
    log_s = math.log(beta) - math.log(alpha + beta)
    total = lost[0] * log_p
    for t, gone in enumerate(lost[1:], start=2):
        log_p += math.log(beta + t - 2.0) - math.log(alpha + beta + t - 1.0)
        log_s += math.log(beta + t - 1.0) - math.log(alpha + beta + t - 1.0)
        total += gone * log_p
    return total + left * log_s
