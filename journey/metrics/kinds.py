"""The kinds of survey metric, their usual scales, and the error of all metrics."""

from enum import StrEnum
from typing import NamedTuple

from journey.errors import WaymarkError


class MetricError(WaymarkError, ValueError):
    """A figure that cannot be computed from what was given; nothing is clipped or guessed."""


class Metric(StrEnum):
    """The metrics a question can ask for; the values are stored and never reused."""

    NPS = "nps"
    CSAT = "csat"
    CES1 = "ces1"
    CES2 = "ces2"
    RATING = "rating"


class Scale(NamedTuple):
    """Lowest and highest whole score of a question."""

    low: int
    high: int


_SCALES = {
    Metric.NPS: Scale(0, 10),
    Metric.CSAT: Scale(1, 5),
    Metric.CES1: Scale(1, 5),
    Metric.CES2: Scale(1, 7),
    Metric.RATING: Scale(1, 5),
}


def default_scale(metric: Metric) -> Scale:
    """The scale a metric is asked on when its question does not say."""
    return _SCALES[metric]


def default_higher_is_better(metric: Metric) -> bool:
    """False for CES 1.0 only: it asks how much effort it took, so low is good."""
    return metric is not Metric.CES1


def require(holds: bool, reason: str, **facts: object) -> None:
    """Refuse input that does not hold.

    Raises:
        MetricError: with the reason and the facts given.
    """
    if not holds:
        raise MetricError(reason, **facts)
