"""How often each score was given: what every survey figure is computed from.

Counts are kept, not percentages, so that answers can be pooled; scores of touchpoints are never
averaged.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from journey.metrics.kinds import (
    Metric,
    default_higher_is_better,
    default_scale,
    require,
)
from journey.metrics.weights import kish_effective_n


@dataclass(frozen=True, slots=True)
class ScoreCounts:
    """The answers to one question, counted by score.

    Attributes:
        low, high: the question's scale, whole numbers.
        counts: answers per score.
        weight: sum of the answers' weights per score; None where all weigh 1.
        weight_sq: sum of their squares per score; given exactly where `weight` is.

    Raises:
        MetricError: a scale the metric cannot have, a score outside it, a negative count or
            weight. An NPS is asked on 0…10, or on 1…10, which is never merged with it.
    """

    metric: Metric
    low: int
    high: int
    higher_is_better: bool
    counts: Mapping[int, int]
    weight: Mapping[int, float] | None = None
    weight_sq: Mapping[int, float] | None = None

    def __post_init__(self) -> None:
        require(self.low < self.high, "scale_empty", low=self.low, high=self.high)
        if self.metric is Metric.NPS:
            standard = self.low in {0, 1} and self.high == 10 and self.higher_is_better
            require(standard, "nps_scale", low=self.low, high=self.high)
        for score, count in self.counts.items():
            self._require_score(score)
            require(count >= 0, "count_negative", score=score, count=count)
        require(
            (self.weight is None) == (self.weight_sq is None),
            "weights_incomplete",
            metric=self.metric.value,
        )
        for sums in (self.weight, self.weight_sq):
            for score, weight in (sums or {}).items():
                require(score in self.counts, "weight_without_answers", score=score)
                require(0.0 <= weight < math.inf, "weight_negative", score=score, weight=weight)

    @property
    def n(self) -> int:
        """How many people answered."""
        return sum(self.counts.values())

    @property
    def n_effective(self) -> float:
        """Kish's effective size; equals n where all answers weigh the same."""
        if self.weight is None or self.weight_sq is None:
            return float(self.n)
        return kish_effective_n(math.fsum(self.weight.values()), math.fsum(self.weight_sq.values()))

    @property
    def mass(self) -> Mapping[int, float]:
        """What each score weighs: the weights, or the counts where there are none."""
        return self.counts if self.weight is None else self.weight

    @property
    def is_standard_scale(self) -> bool:
        """Whether the scale is the metric's usual one; an NPS on 1…10 is to be flagged."""
        return (self.low, self.high) == default_scale(self.metric)

    def mirrors(self, other: "ScoreCounts") -> bool:
        """Whether both ask the same metric on the same scale in the same direction."""
        return self._question() == other._question()

    def _question(self) -> tuple[Metric, int, int, bool]:
        return self.metric, self.low, self.high, self.higher_is_better

    def _require_score(self, score: int) -> None:
        require(
            score % 1 == 0 and self.low <= score <= self.high,
            "score_out_of_scale",
            score=score,
            low=self.low,
            high=self.high,
        )


def count_scores(
    scores: Sequence[int],
    metric: Metric,
    scale: tuple[int, int] | None = None,
    higher_is_better: bool | None = None,
    weights: Sequence[float] | None = None,
) -> ScoreCounts:
    """Count single answers; scale and direction default to the metric's.

    Raises:
        MetricError: a score that is no whole number on the scale, or not one weight per score.
    """
    low, high = scale or default_scale(metric)
    better = default_higher_is_better(metric) if higher_is_better is None else higher_is_better
    counts = dict(sorted(Counter(scores).items()))
    if weights is None:
        return ScoreCounts(metric, low, high, better, counts)
    require(
        len(weights) == len(scores), "weights_incomplete", scores=len(scores), weights=len(weights)
    )
    sums, squares = dict.fromkeys(counts, 0.0), dict.fromkeys(counts, 0.0)
    for score, weight in zip(scores, weights, strict=True):
        require(weight >= 0.0, "weight_negative", score=score, weight=weight)
        sums[score] += weight
        squares[score] += weight * weight
    return ScoreCounts(metric, low, high, better, counts, sums, squares)


def pool(parts: Iterable[ScoreCounts]) -> ScoreCounts:
    """All answers of several groups together; a group without weights weighs 1 an answer.

    Raises:
        MetricError: nothing to pool, or different metrics, scales or directions.
    """
    groups = list(parts)
    require(bool(groups), "nothing_to_pool")
    first = groups[0]
    for group in groups:
        require(
            first.mirrors(group),
            "different_questions",
            metrics=(first.metric.value, group.metric.value),
            scales=((first.low, first.high), (group.low, group.high)),
        )
    counts = {score: int(n) for score, n in _total(group.counts for group in groups).items()}
    question = (first.metric, first.low, first.high, first.higher_is_better)
    if all(group.weight is None for group in groups):
        return ScoreCounts(*question, counts)
    weight = _total(group.mass for group in groups)
    weight_sq = _total(
        group.counts if group.weight_sq is None else group.weight_sq for group in groups
    )
    return ScoreCounts(*question, counts, weight, weight_sq)


def _total(parts: Iterable[Mapping[int, float]]) -> dict[int, float]:
    total: dict[int, float] = {}
    for part in parts:
        for score, amount in part.items():
            total[score] = total.get(score, 0) + amount
    return dict(sorted(total.items()))
