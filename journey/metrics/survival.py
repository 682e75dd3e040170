"""How long customers stay, from tenures some of which have not ended: Kaplan & Meier 1958.

Those who are still customers are not "lost at their present tenure", nor left out: they count as
long as they were seen.
"""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from journey.metrics.intervals import Interval
from journey.metrics.kinds import require
from journey.metrics.normal import z_value


@dataclass(frozen=True, slots=True)
class SurvivalPoint:
    """The share still there after a tenure at which somebody left.

    Attributes:
        at_risk: customers seen up to that tenure. left: of these, those who left at it.
        low, high: interval on the log(−log) scale, which stays within 0 … 1.
    """

    tenure: float
    at_risk: int
    left: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Survival:
    """A curve that falls at each point and is flat between."""

    points: tuple[SurvivalPoint, ...]
    customers: int
    left: int

    def share(self, tenure: float) -> float:
        """The share still there after a tenure."""
        found = [point.share for point in self.points if point.tenure <= tenure]
        return found[-1] if found else 1.0

    @property
    def median(self) -> float | None:
        """The tenure after which half are gone; None where fewer ever left."""
        return next((p.tenure for p in self.points if p.share <= 0.5), None)


def survival_curve(tenures: Iterable[tuple[float, bool]], level: float = 0.95) -> Survival | None:
    """Estimate the curve.

    Args:
        tenures: (tenure in any unit, whether the customer left at its end).

    Returns:
        None without customers.

    Raises:
        MetricError: a tenure below 0 or not finite.
    """
    ended: Counter[float] = Counter()
    gone: Counter[float] = Counter()
    for tenure, left in tenures:
        require(0.0 <= tenure < math.inf, "time_out_of_range", tenure=tenure)
        ended[tenure] += 1
        gone[tenure] += left
    n = at_risk = sum(ended.values())
    if not n:
        return None
    z = z_value(level)
    share, greenwood, points = 1.0, 0.0, []
    for tenure in sorted(ended):
        lost = gone[tenure]
        if lost:
            share *= 1.0 - lost / at_risk
            if lost < at_risk:
                greenwood += lost / (at_risk * (at_risk - lost))
            points.append(
                SurvivalPoint(tenure, at_risk, lost, share, *_interval(share, greenwood, z))
            )
        at_risk -= ended[tenure]
    return Survival(tuple(points), n, sum(gone.values()))


def _interval(share: float, greenwood: float, z: float) -> Interval:
    if share <= 0.0:
        return Interval(0.0, 0.0)
    turn = math.exp(z * math.sqrt(greenwood) / math.log(share))
    return Interval(share ** (1.0 / turn), share**turn)
