"""Everything the Evidence screen says of every question, in one frozen answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from journey.evidence.alerts import Alert, alerts
from journey.evidence.answers import Answers
from journey.evidence.segments import SegmentCell, segment_cells
from journey.evidence.trend import QUARTERS, TrendPoint, steps_of, trend
from journey.metrics.counts import ScoreCounts
from journey.metrics.kinds import Metric
from journey.metrics.score import MetricResult, summarise
from journey.metrics.shares import DETRACTOR_TO, PROMOTER_FROM
from journey.model.evidence import Question
from journey.model.ids import QuestionId, TouchpointId
from journey.model.quarter import quarter_label, quarter_number
from journey.model.workspace import Workspace
from journey.report.kpis import metric_target
from journey.report.pack import MetricFact


@dataclass(frozen=True, slots=True)
class ScoreClass:
    """Neighbouring scores that are read together: a bracket under the distribution.

    Attributes:
        name: detractors, passives, promoters; bad, middle, good where it is no NPS.
        share: of all answers as they weigh, 0 … 1.
    """

    name: str
    low: int
    high: int
    n: int
    share: float


@dataclass(frozen=True, slots=True)
class QuestionFigures:
    """One question: its figure of the quarter, distribution, trend and segments.

    Attributes:
        target: what a KPI of the touchpoint sets for the metric; None without one.
        off_scale: answers that the question's scale no longer holds.
    """

    question: Question
    result: MetricResult
    classes: tuple[ScoreClass, ...]
    trend: tuple[TrendPoint, ...]
    segments: tuple[SegmentCell, ...]
    target: float | None
    off_scale: int = 0

    @property
    def last_step(self) -> TrendPoint | None:
        """The latest point where it was compared with one before it."""
        return self.trend[-1] if self.trend and self.trend[-1].step is not None else None


@dataclass(frozen=True, slots=True)
class Figures:
    """What the evidence says of one quarter.

    Attributes:
        quarter: None where no answer has a time: then all answers are pooled.
        by_touchpoint: questions by touchpoint, NPS first, then by answers; None without one.
        answers: of the quarter, over all questions.
    """

    quarter: str | None
    quarters: tuple[str, ...]
    by_touchpoint: Mapping[TouchpointId | None, tuple[QuestionFigures, ...]]
    alerts: tuple[Alert, ...]
    answers: int


def figures(
    workspace: Workspace,
    answers: Answers,
    quarter: str | None = None,
    off_scale: Mapping[QuestionId, int] | None = None,
) -> Figures:
    """Compute everything.

    Args:
        quarter: whose; None, or one without answers, is the latest.
    """
    known = answers.periods
    wanted = quarter_number(quarter)
    period: int | None = wanted if wanted in known else (known[-1] if known else None)
    shown = [p for p in known if period is None or p <= period][-QUARTERS:]
    steps = steps_of(workspace, answers, shown)
    found: dict[TouchpointId | None, list[QuestionFigures]] = {}
    total = 0
    for question in answers.questions:
        entity = workspace.questions.get(question)
        if entity is None:
            continue
        counts = answers.pooled(question, period)
        points = trend(answers, question, shown, steps, workspace.info.minimum_n)
        if counts is None and not points:
            continue
        total += counts.n if counts else 0
        found.setdefault(entity.touchpoint, []).append(
            QuestionFigures(
                entity,
                summarise(counts or _none(entity), workspace.info.minimum_n),
                _classes(counts, workspace.info.minimum_n) if counts else (),
                points,
                segment_cells(
                    answers.by_segment(question, period),
                    list(workspace.segments),
                    workspace.info.minimum_n,
                ),
                target_of(workspace, entity),
                (off_scale or {}).get(question, 0),
            )
        )
    return Figures(
        quarter_label(period) if period else None,
        tuple(label for p in known if (label := quarter_label(p))),
        {place: tuple(sorted(rows, key=_first)) for place, rows in found.items()},
        alerts(workspace, answers, period) if period else (),
        total,
    )


def _first(row: QuestionFigures) -> tuple[bool, int, str]:
    return row.question.metric != Metric.NPS, -row.result.n, row.question.id


def _none(question: Question) -> ScoreCounts:
    low, high = question.scale
    return ScoreCounts(Metric(question.metric), low, high, question.higher_is_better, {})


def target_of(workspace: Workspace, question: Question) -> float | None:
    """Return the target a KPI of the question's touchpoint sets for its metric."""
    fact = MetricFact(
        "", "", "", "", Metric(question.metric), question.scale, question.higher_is_better,
        0, None, None, None, None, None, suppressed=False, indicative=False,
    )  # fmt: skip
    return metric_target(workspace, question.touchpoint, fact)


def _classes(counts: ScoreCounts, minimum_n: int) -> tuple[ScoreClass, ...]:
    """Return the brackets of a distribution from the lowest score; none where it is suppressed."""
    if counts.n < minimum_n:
        return ()
    total = sum(counts.mass.values())
    made = []
    for name, low, high in _brackets(counts):
        n = sum(k for score, k in counts.counts.items() if low <= score <= high)
        mass = sum(w for score, w in counts.mass.items() if low <= score <= high)
        made.append(ScoreClass(name, low, high, n, mass / total if total else 0.0))
    return tuple(made)


def _brackets(counts: ScoreCounts) -> Sequence[tuple[str, int, int]]:
    low, high = counts.low, counts.high
    if counts.metric is Metric.NPS:
        return (
            ("detractors", low, DETRACTOR_TO),
            ("passives", DETRACTOR_TO + 1, PROMOTER_FROM - 1),
            ("promoters", PROMOTER_FROM, high),
        )
    # Beyond the middle of the scale on either side; a scale of even length has no middle.
    below, above = (low + high - 1) // 2, (low + high) // 2 + 1
    names = ("bad", "middle", "good") if counts.higher_is_better else ("good", "middle", "bad")
    rows = [(names[0], low, below), (names[1], below + 1, above - 1), (names[2], above, high)]
    return [row for row in rows if row[1] <= row[2]]
