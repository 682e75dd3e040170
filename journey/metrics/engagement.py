"""Engagement: how many take part, and how much the typical one does; per visitor, never totals.

An "engaged session" of GA4 is not the opposite of a bounce in Universal Analytics: rates of the two
are never put into one series.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from journey.metrics.intervals import wilson
from journey.metrics.kinds import require
from journey.metrics.response_time import quantile
from journey.metrics.shares import Proportion


@dataclass(frozen=True, slots=True)
class Engagement:
    """What visitors did in a period.

    Attributes:
        engaged: share of the customers with at least one action; None without customers.
        median_actions: of those who acted; None without any.
    """

    engaged: Proportion | None
    median_actions: float | None


def engagement(
    actions: Mapping[str, float], customers: Iterable[str] | int, level: float = 0.95
) -> Engagement:
    """Sum up actions per customer.

    Args:
        actions: number of actions by customer; those with 0 or absent did nothing.
        customers: all who could have acted, or how many they are.

    Raises:
        MetricError: a number below 0, or more who acted than there are.
    """
    for count in actions.values():
        require(0.0 <= count < float("inf"), "count_out_of_range", count=count)
    acted = [count for count in actions.values() if count > 0]
    n = customers if isinstance(customers, int) else len(set(customers))
    interval = wilson(len(acted), n, level)
    share = None if interval is None else Proportion(len(acted) / n, *interval, n, float(n))
    return Engagement(share, quantile(acted, 0.5))
