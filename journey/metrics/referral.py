"""Winning customers: what one costs, and how many come by recommendation."""

import math

from journey.metrics.intervals import wilson
from journey.metrics.kinds import require
from journey.metrics.shares import Proportion


def acquisition_cost(spend: float, new_customers: float) -> float | None:
    """Spend on acquisition / new customers of the same period; None without new customers.

    Where winning a customer takes long, give the spend of the period in which it was spent.

    Raises:
        MetricError: an amount or a count below 0 or not finite.
    """
    require(0.0 <= spend < math.inf, "amount_out_of_range", spend=spend)
    require(0.0 <= new_customers < math.inf, "count_out_of_range", count=new_customers)
    return spend / new_customers if new_customers else None


def referring_share(referring: int, asked: int, level: float = 0.95) -> Proportion | None:
    """Customers who referred somebody / customers asked; None where nobody was asked.

    Raises:
        MetricError: more who referred than were asked, or a count below 0.
    """
    return _share(referring, asked, level)


def referred_share(referred_new: int, all_new: int, level: float = 0.95) -> Proportion | None:
    """New customers who came by referral / all new customers; another measure than the above.

    Raises:
        MetricError: more referred than new, or a count below 0.
    """
    return _share(referred_new, all_new, level)


def _share(part: int, n: int, level: float) -> Proportion | None:
    interval = wilson(part, n, level)
    return None if interval is None else Proportion(part / n, *interval, n, float(n))
