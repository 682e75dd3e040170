"""First contact resolution: issues solved at the first contact, without a repeat soon after.

An issue too young for the window has not had its chance to come back and is left out. What
customers report is usually lower than what the system counts: the source is stored with the KPI.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from journey.metrics.intervals import wilson
from journey.metrics.kinds import require
from journey.metrics.shares import Proportion

WINDOW_DAYS = 7


@dataclass(frozen=True, slots=True)
class Issue:
    """One issue of a customer.

    Attributes:
        opened: when it came. resolved_at_first: whether the first contact solved it.
        repeated: when the same issue came back, None where it did not.
    """

    opened: datetime
    resolved_at_first: bool
    repeated: datetime | None = None


@dataclass(frozen=True, slots=True)
class FirstContactResolution:
    """A rate, and how many issues were too young to count."""

    share: Proportion
    resolved: int
    too_young: int


def first_contact_resolution(
    issues: Iterable[Issue], until: datetime, window_days: float = WINDOW_DAYS, level: float = 0.95
) -> FirstContactResolution | None:
    """Issues resolved at the first contact without a repeat within the window / issues.

    Args:
        until: the moment up to which repeats are known.
        window_days: a repeat later than this is a new issue.

    Returns:
        None where no issue is old enough.

    Raises:
        MetricError: a window below 0 or not finite.
    """
    require(0.0 <= window_days < float("inf"), "window_out_of_range", days=window_days)
    window = timedelta(days=window_days)
    n = resolved = too_young = 0
    for issue in issues:
        if issue.opened + window > until:
            too_young += 1
            continue
        n += 1
        came_back = issue.repeated is not None and issue.repeated <= issue.opened + window
        resolved += issue.resolved_at_first and not came_back
    interval = wilson(resolved, n, level)
    if interval is None:
        return None
    share = Proportion(resolved / n, interval.low, interval.high, n, float(n))
    return FirstContactResolution(share, resolved, too_young)
