"""Response times: median, 90th percentile and the share answered in time; never the mean.

The tail is heavy, so that a mean says nothing. A ticket that still waits counts as late once it has
waited as long as the target; before that it has had no chance and is left out.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from journey.metrics.intervals import wilson
from journey.metrics.kinds import require
from journey.metrics.shares import Proportion

TARGET_HOURS = 2.0


@dataclass(frozen=True, slots=True)
class ResponseTimes:
    """How fast answers came.

    Attributes:
        median, p90: hours, of the answered tickets; None without any.
        in_time: share answered under the target, with Wilson's interval; None without any ticket.
        waiting_late: tickets unanswered past the target, counted as late.
        left_out: tickets unanswered and younger than the target.
    """

    median: float | None
    p90: float | None
    in_time: Proportion | None
    waiting_late: int
    left_out: int


def response_times(
    answered: Sequence[float],
    waiting: Sequence[float] = (),
    target: float = TARGET_HOURS,
    level: float = 0.95,
) -> ResponseTimes:
    """Sum up response times, all in hours of one clock (business hours or the wall's).

    Args:
        answered: hours until the answer.
        waiting: hours that unanswered tickets have waited so far.
        target: in time is under it.

    Raises:
        MetricError: a time below 0 or not finite, or a target not above 0.
    """
    require(0.0 < target < math.inf, "target_out_of_range", target=target)
    for hours in (*answered, *waiting):
        require(0.0 <= hours < math.inf, "time_out_of_range", hours=hours)
    late = sum(hours >= target for hours in waiting)
    n, fast = len(answered) + late, sum(hours < target for hours in answered)
    interval = wilson(fast, n, level)
    share = None
    if interval is not None:
        share = Proportion(fast / n, interval.low, interval.high, n, float(n))
    return ResponseTimes(
        quantile(answered, 0.5), quantile(answered, 0.9), share, late, len(waiting) - late
    )


def quantile(values: Sequence[float], share: float) -> float | None:
    """Return a quantile with linear interpolation between order statistics; None without any.

    Definition 7 of Hyndman & Fan 1996, as spreadsheets have it.
    """
    require(0.0 <= share <= 1.0, "rate_out_of_range", rate=share)
    if not values:
        return None
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
