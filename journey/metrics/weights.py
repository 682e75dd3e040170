"""Weights of answers: how many equal ones they are worth, and how far one may reach."""

from collections.abc import Sequence

from journey.metrics.kinds import require

TRIM_AT_MEDIANS = 5.0


def kish_effective_n(sum_of_weights: float, sum_of_squares: float) -> float:
    """(Σw)²/Σw², the number of equally weighted answers with the same precision (Kish 1965).

    0 where all weights are 0.

    Raises:
        MetricError: a sum below 0.
    """
    require(sum_of_weights >= 0.0, "weight_negative", weight=sum_of_weights)
    require(sum_of_squares >= 0.0, "weight_negative", weight=sum_of_squares)
    if sum_of_squares == 0.0:
        return 0.0
    return sum_of_weights * sum_of_weights / sum_of_squares


def trim_weights(weights: Sequence[float], medians: float = TRIM_AT_MEDIANS) -> tuple[float, ...]:
    """The weights with none above `medians` times the median of the positive ones.

    Raises:
        MetricError: a weight below 0.
    """
    for weight in weights:
        require(weight >= 0.0, "weight_negative", weight=weight)
    positive = sorted(weight for weight in weights if weight > 0.0)
    if not positive:
        return tuple(weights)
    middle = len(positive) // 2
    median = (positive[middle] + positive[~middle]) / 2.0
    return tuple(min(weight, medians * median) for weight in weights)
