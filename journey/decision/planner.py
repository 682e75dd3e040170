"""The survey planner: how many answers each touchpoint needs, from its last quarter's spread.

Scores of every question count in points from −100 to +100: promoters less detractors for NPS, else
the scale stretched over it, reversed where low is good. So one margin and one change serve all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from journey.metrics.sample_size import (
    LARGEST_VARIANCE,
    answers_for_margin,
    answers_per_wave,
)
from journey.model.evidence import Question
from journey.model.workspace import Workspace
from journey.priority.draws import Floats
from journey.priority.evidence import MISSING, ResponseTable

_PROMOTER, _DETRACTOR = 9, 6


@dataclass(frozen=True, slots=True)
class PlannedSample:
    """What one question of a touchpoint needs.

    Attributes:
        answers: in the quarter looked at. variance: of one answer, 0 … 1, in (points/100)²;
            known: whether it is the question's own, else the worst case.
        for_margin: answers for an interval of ± the margin. for_change: answers in each of two
            quarters to see the change.
    """

    touchpoint: str
    question: str
    answers: int
    variance: float
    known: bool
    for_margin: int
    for_change: int


def plan_survey(
    workspace: Workspace,
    tables: Sequence[ResponseTable],
    *,
    margin: float = 10.0,
    change: float = 10.0,
    power: float = 0.8,
    level: float = 0.95,
) -> tuple[PlannedSample, ...]:
    """Return what every question at a touchpoint needs, in the order of touchpoints' ids.

    Under the workspace's minimum n a spread is not believed: the worst case stands for it.

    Args:
        tables: the latest quarter's answers. margin, change: points, above 0. power: chance to see
            the change. level: of the interval, and one minus the error rate of the comparison.

    Raises:
        MetricError: an argument out of range.
    """
    found = []
    for question in sorted(workspace.questions.values(), key=lambda q: (q.touchpoint or "", q.id)):
        if question.touchpoint is None:
            continue
        points = _points(question, tables)
        known = len(points) >= workspace.info.minimum_n
        variance = min(float(points.var()), LARGEST_VARIANCE) if known else LARGEST_VARIANCE
        found.append(
            PlannedSample(
                touchpoint=question.touchpoint,
                question=question.id,
                answers=len(points),
                variance=variance,
                known=known,
                for_margin=answers_for_margin(margin, variance, level),
                for_change=answers_per_wave(change, variance, power, level),
            )
        )
    return tuple(found)


def _points(question: Question, tables: Sequence[ResponseTable]) -> Floats:
    """Return float64[n], each answer on −1 … 1, high is good."""
    each = [t.answers[question.id] for t in tables if question.id in t.answers]
    answers = np.concatenate(each) if each else np.zeros(0, dtype=np.int16)
    answers = answers[answers != MISSING]
    if question.metric == "nps":
        return np.where(answers >= _PROMOTER, 1.0, np.where(answers <= _DETRACTOR, -1.0, 0.0))
    low, high = question.scale
    points: Floats = 2.0 * (answers.astype(np.float64) - low) / (high - low) - 1.0
    return points if question.higher_is_better else -points
