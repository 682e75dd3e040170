"""Customer health: several figures, each brought to 0 … 10 by declared anchors, then weighted.

There is no standard. A composite must never enter a model beside its own components, and it is
worth something only if it predicts who leaves: `predicts_churn` says so.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from journey.metrics.kinds import require

TOP = 10.0
GOOD_FROM = 7.0
# Under this share of the weight there is no score: what is missing would be guessed.
LEAST_COVERAGE = 0.6
# Under this area the score does not tell leavers from stayers.
LEAST_AUC = 0.6


@dataclass(frozen=True, slots=True)
class Component:
    """One figure of the score.

    Attributes:
        weight: ≥ 0; weights are scaled to sum to 1.
        bad, target: the figure at which it scores 0 and 10; bad above target where low is good.
    """

    name: str
    weight: float
    bad: float
    target: float

    def points(self, value: float) -> float:
        """Return 0 … 10, linear between the anchors and cut at them."""
        require(math.isfinite(value), "value_out_of_range", value=value, name=self.name)
        share = (value - self.bad) / (self.target - self.bad)
        return TOP * min(1.0, max(0.0, share))


@dataclass(frozen=True, slots=True)
class Health:
    """A customer's (or a segment's) health.

    Attributes:
        score: 0 … 10; None where less than 60 % of the weight is known.
        coverage: share of the weight that is known.
        points: each known component's 0 … 10.
    """

    score: float | None
    coverage: float
    points: Mapping[str, float]

    @property
    def good(self) -> bool | None:
        """Whether the score is 7 or more; None without a score."""
        return None if self.score is None else self.score >= GOOD_FROM


def health_score(components: Sequence[Component], values: Mapping[str, float | None]) -> Health:
    """Σ weight · points over what is known, its weights scaled to sum to 1.

    Raises:
        MetricError: no weight at all, a weight below 0, equal anchors, a name twice.
    """
    total = math.fsum(component.weight for component in components)
    require(0.0 < total < math.inf, "weight_out_of_range", weight=total)
    require(len({c.name for c in components}) == len(components), "name_twice")
    for component in components:
        require(component.weight >= 0.0, "weight_out_of_range", weight=component.weight)
        require(component.bad != component.target, "anchors_equal", name=component.name)
    points, known = {}, 0.0
    for component in components:
        value = values.get(component.name)
        if value is not None:
            points[component.name] = component.points(value)
            known += component.weight
    coverage = known / total
    if coverage < LEAST_COVERAGE - 1e-12:
        return Health(None, coverage, points)
    weighed = (c.weight * points[c.name] for c in components if c.name in points)
    return Health(math.fsum(weighed) / known, coverage, points)


@dataclass(frozen=True, slots=True)
class Prediction:
    """How well a score tells leavers from stayers.

    Attributes:
        auc: probability that a leaver scored lower than a stayer, ties half; .5 is chance.
    """

    auc: float
    leavers: int
    stayers: int

    @property
    def predicts(self) -> bool:
        """Whether the area reaches .6; else say “does not predict”."""
        return self.auc >= LEAST_AUC


def predicts_churn(scores: Sequence[float], left: Sequence[bool]) -> Prediction | None:
    """Area under the ROC curve of a low score against leaving (Mann–Whitney, midranks).

    Returns:
        None where all left or all stayed.

    Raises:
        MetricError: not as many scores as outcomes, or a score that is not finite.
    """
    require(len(scores) == len(left), "lengths_differ", scores=len(scores), outcomes=len(left))
    for score in scores:
        require(math.isfinite(score), "value_out_of_range", value=score)
    leavers = sum(left)
    stayers = len(left) - leavers
    if not leavers or not stayers:
        return None
    rank_sum = sum(rank for rank, gone in zip(_midranks(scores), left, strict=True) if gone)
    below = rank_sum - leavers * (leavers + 1) / 2.0
    return Prediction(1.0 - below / (leavers * stayers), leavers, stayers)


def _midranks(values: Sequence[float]) -> list[float]:
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    first = 0
    while first < len(order):
        last = first
        while last + 1 < len(order) and values[order[last + 1]] == values[order[first]]:
            last += 1
        for place in range(first, last + 1):
            ranks[order[place]] = (first + last) / 2.0 + 1.0
        first = last + 1
    return ranks
