"""Touchpoints whose latest quarter fell beyond what their own history lets one expect.

A history of k quarters is k noisy figures around a level that may itself move from quarter to
quarter. The level's spread is the variance between the quarters by moments (DerSimonian & Laird,
Control. Clin. Trials 7, 1986), of the question itself or of all questions of its kind together,
whichever is larger. The next quarter is expected at the weighted mean, and its doubt is that
spread, the mean's own error and the new quarter's sampling error together: the prediction interval
of a random-effects meta-analysis (Higgins, Thompson & Spiegelhalter, J. R. Stat. Soc. A 172, 2009),
by Student's t with the degrees of freedom the spread was estimated from. All questions are one
family of tests (Benjamini & Hochberg); only a fall that survives is told.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from journey.evidence.answers import Answers
from journey.metrics.counts import ScoreCounts
from journey.metrics.intervals import benjamini_hochberg
from journey.metrics.student import student_quantile, student_two_sided_p
from journey.model.evidence import Question
from journey.model.ids import QuestionId, TouchpointId
from journey.model.quarter import quarter_label
from journey.model.workspace import Workspace
from journey.quarter.baseline import Noisy, noisy

LEAST_HISTORY = 2
MOST_HISTORY = 8


@dataclass(frozen=True, slots=True)
class Alert:
    """A question that fell.

    Attributes:
        value, n: of the quarter. expected, low, high: what its history lets one expect, 95 %.
        history: how many quarters that is.
    """

    question: QuestionId
    touchpoint: TouchpointId | None
    quarter: str
    value: float
    n: int
    expected: float
    low: float
    high: float
    history: int
    p: float


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a history lets one expect of a new figure; `p` is two-sided."""

    expected: float
    low: float
    high: float
    p: float


def alerts(workspace: Workspace, answers: Answers, period: int) -> tuple[Alert, ...]:
    """Return the falls of a period, the surest first.

    Tested is every question with enough answers for a trend in the period and in at least two
    quarters before it.
    """
    rate = workspace.assumptions.false_discovery_rate
    label = quarter_label(period)
    histories = _histories(workspace, answers, period)
    if not histories or label is None or not 0.0 < rate < 1.0:
        return ()
    kin = _kin(workspace, histories)
    tested = []
    for question, (history, now) in histories.items():
        entity = workspace.questions[question]
        found, figure = expectation(history, now, kin[_kind(entity)]), noisy(now)
        if found is not None and figure is not None:
            tested.append(
                Alert(
                    question, entity.touchpoint, label, figure.value, now.n, found.expected,
                    found.low, found.high, len(history), found.p,
                )
            )  # fmt: skip
    verdicts = benjamini_hochberg([alert.p for alert in tested], rate)
    fallen = [
        alert
        for alert, sure in zip(tested, verdicts, strict=True)
        if sure and _is_worse(workspace, alert)
    ]
    return tuple(sorted(fallen, key=lambda a: (a.p, a.question)))


def _histories(
    workspace: Workspace, answers: Answers, period: int
) -> dict[QuestionId, tuple[list[ScoreCounts], ScoreCounts]]:
    """Return the quarters before and the quarter itself of every question that can be tested."""
    least = workspace.assumptions.minimum_n_trend
    found = {}
    for question in answers.questions:
        by_period = answers.by_period(question)
        now = by_period.get(period)
        if question not in workspace.questions or now is None or now.n_effective < least:
            continue
        before = [c for p, c in by_period.items() if p < period and c.n_effective >= least]
        if len(before) >= LEAST_HISTORY:
            found[question] = before[-MOST_HISTORY:], now
    return found


@dataclass(frozen=True, slots=True)
class Kin:
    """The variance between quarters of questions of one kind, and how well it is known."""

    between: float
    df: float


def _kind(question: Question) -> tuple[str, tuple[int, int]]:
    return question.metric, question.scale


def _kin(
    workspace: Workspace, histories: Mapping[QuestionId, tuple[list[ScoreCounts], ScoreCounts]]
) -> dict[tuple[str, tuple[int, int]], Kin]:
    by_kind: dict[tuple[str, tuple[int, int]], list[list[Noisy]]] = defaultdict(list)
    for question, (history, _) in histories.items():
        figures = _figures(history)
        if len(figures) >= LEAST_HISTORY:
            by_kind[_kind(workspace.questions[question])].append(figures)
    found = {kind: _kin_of(members) for kind, members in by_kind.items()}
    return defaultdict(lambda: Kin(0.0, 1.0), found)


def _kin_of(histories: Sequence[Sequence[Noisy]]) -> Kin:
    return Kin(_between(histories), float(sum(len(f) - 1 for f in histories)))


def expectation(
    history: Sequence[ScoreCounts], now: ScoreCounts, kin: Kin | None = None
) -> Expectation | None:
    """Return what a history lets one expect of `now`; None where it is too short to say.

    Args:
        kin: of questions of its kind, itself among them; None: it stands alone.
    """
    figures = _figures(history)
    figure = noisy(now)
    if figure is None or len(figures) < LEAST_HISTORY:
        return None
    own = _kin_of([figures])
    df = (kin or own).df
    between = max(own.between, kin.between) if kin else own.between
    mean, error = _mean(figures, between)
    doubt = math.sqrt(between + error + figure.error)
    if doubt == 0.0:
        return Expectation(mean, mean, mean, 1.0 if figure.value == mean else 0.0)
    p = student_two_sided_p((figure.value - mean) / doubt, df)
    half = -student_quantile(0.025, df) * doubt
    return Expectation(mean, mean - half, mean + half, p)


def _figures(history: Sequence[ScoreCounts]) -> list[Noisy]:
    return [figure for figure in map(noisy, history) if figure is not None]


def _between(histories: Sequence[Sequence[Noisy]]) -> float:
    """Return the variance between the true figures of a history, at least 0, from all together."""
    scatter = spare = 0.0
    for figures in histories:
        weights = [1.0 / max(f.error, 1e-12) for f in figures]
        total = math.fsum(weights)
        mean = _mean(figures, 0.0)[0]
        squares = (w * (f.value - mean) ** 2 for w, f in zip(weights, figures, strict=True))
        scatter += math.fsum(squares) - (len(figures) - 1)
        spare += total - math.fsum(w * w for w in weights) / total
    return max(0.0, scatter / spare) if spare > 0.0 else 0.0


def _mean(figures: Sequence[Noisy], between: float) -> tuple[float, float]:
    """Return the precision-weighted mean and the variance of its error."""
    weights = [1.0 / max(f.error + between, 1e-12) for f in figures]
    total = math.fsum(weights)
    mean = math.fsum(w * f.value for w, f in zip(weights, figures, strict=True)) / total
    return mean, 1.0 / total


def _is_worse(workspace: Workspace, alert: Alert) -> bool:
    higher = workspace.questions[alert.question].higher_is_better
    return (alert.value < alert.expected) == higher
