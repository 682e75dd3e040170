"""A question's figure over the quarters, each step judged against the noise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from journey.evidence.answers import Answers
from journey.metrics.score import MetricResult, summarise
from journey.model.ids import QuestionId
from journey.model.quarter import quarter_label
from journey.model.workspace import Workspace
from journey.quarter.touchpoints import Asked, TouchpointChange, touchpoint_changes

QUARTERS = 8


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One quarter of a trend.

    Attributes:
        step: against the quarter shown before it; None for the first, and where the two cannot be
            compared.
    """

    quarter: str
    result: MetricResult
    step: TouchpointChange | None = None


Steps = Mapping[tuple[int, int], Mapping[QuestionId, TouchpointChange]]


def steps_of(workspace: Workspace, answers: Answers, periods: Sequence[int]) -> Steps:
    """Return every question's change between each two neighbouring periods.

    All questions of one pair are one family of tests (Benjamini & Hochberg), and both quarters
    are brought to one mix of segments first: the verdicts of the Quarter screen.
    """
    assumptions = workspace.assumptions
    asked = Asked(
        {
            question: (workspace.questions[question], "")
            for question in answers.questions
            if question in workspace.questions
        },
        workspace.info.minimum_n,
        assumptions.minimum_n_trend,
        assumptions.false_discovery_rate,
    )
    counts = {period: answers.of_period(period) for period in periods}
    return {
        pair: {
            change.question: change
            for change in touchpoint_changes(counts[pair[0]], counts[pair[1]], asked)
        }
        for pair in pairwise(periods)
    }


def trend(
    answers: Answers, question: QuestionId, periods: Sequence[int], steps: Steps, minimum_n: int
) -> tuple[TrendPoint, ...]:
    """Return a question's points of some periods; a quarter without answers has none."""
    points = []
    by_period = answers.by_period(question)
    before = 0
    for period in periods:
        counts = by_period.get(period)
        label = quarter_label(period)
        if counts is not None and label is not None:
            step = steps.get((before, period), {}).get(question)
            points.append(TrendPoint(label, summarise(counts, minimum_n), step))
        before = period
    return tuple(points)
