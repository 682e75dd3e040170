"""Whether a figure changed between two waves of independent answers.

Verdicts on many touchpoints at once go through `benjamini_hochberg`. The same people in both
waves need paired differences, which these tests are not.
"""

import math
from dataclasses import dataclass

from journey.metrics.counts import ScoreCounts
from journey.metrics.intervals import comparable_nps
from journey.metrics.kinds import Metric, require
from journey.metrics.normal import two_sided_p
from journey.metrics.score import Sample, sample_of
from journey.metrics.shares import NpsClasses, nps_classes
from journey.metrics.student import student_two_sided_p


@dataclass(frozen=True, slots=True)
class ChangeTest:
    """Second wave minus first.

    Attributes:
        difference: of the raw figures: NPS in points, others on the question's own scale.
        statistic: z for an NPS, Welch's t for means, with the sign of the change; None where
            neither wave has any spread.
        p: two-sided.
    """

    difference: float
    statistic: float | None
    p: float


def two_wave_nps(first: NpsClasses, second: NpsClasses) -> ChangeTest | None:
    """z of two waves' scores with the errors of their adjusted ones, two-sided normal.

    Waves of one size have the z of their adjusted scores; see `comparable_nps`.

    Returns:
        None where a wave has no answers.
    """
    one, two = comparable_nps(*first), comparable_nps(*second)
    if one is None or two is None:
        return None
    difference = two.score - one.score
    z = difference / math.sqrt(one.error_variance + two.error_variance)
    return ChangeTest(100.0 * difference, z, two_sided_p(z))


def welch(first: Sample, second: Sample) -> ChangeTest | None:
    """Welch's test of two means with unequal variances (Welch 1947).

    Where all answers of a wave are alike in both waves there is no spread to judge by; the
    p then is that of the permutation test: two of the C(n₁+n₂, n₁) ways to split the answers
    are as extreme.

    Returns:
        None where a wave has one answer or none.

    Raises:
        MetricError: a spread below 0.
    """
    for sample in (first, second):
        require(sample.sd >= 0.0, "spread_negative", sd=sample.sd)
    if first.n <= 1.0 or second.n <= 1.0:
        return None
    difference = second.mean - first.mean
    error_1, error_2 = first.sd**2 / first.n, second.sd**2 / second.n
    error = error_1 + error_2
    if error == 0.0:
        p = _split_p(first.n, second.n) if difference else 1.0
        return ChangeTest(difference, None, p)
    t = difference / math.sqrt(error)
    # Shares of the error, not the errors: their squares may leave the range of a float.
    part_1, part_2 = error_1 / error, error_2 / error
    df = 1.0 / (part_1**2 / (first.n - 1.0) + part_2**2 / (second.n - 1.0))
    return ChangeTest(difference, t, student_two_sided_p(t, df))


def change_test(before: ScoreCounts, after: ScoreCounts) -> ChangeTest | None:
    """The test that fits the metric, with effective sizes where answers are weighted.

    Returns:
        None where a wave has too few answers to test.

    Raises:
        MetricError: different metrics, scales or directions.
    """
    require(
        before.mirrors(after),
        "different_questions",
        metrics=(before.metric.value, after.metric.value),
        scales=((before.low, before.high), (after.low, after.high)),
    )
    if before.metric is Metric.NPS:
        return two_wave_nps(nps_classes(before), nps_classes(after))
    first, second = sample_of(before), sample_of(after)
    if first is None or second is None:
        return None
    return welch(first, second)


def _split_p(n_1: float, n_2: float) -> float:
    log_splits = math.lgamma(n_1 + n_2 + 1.0) - math.lgamma(n_1 + 1.0) - math.lgamma(n_2 + 1.0)
    return min(1.0, 2.0 * math.exp(-log_splits))
