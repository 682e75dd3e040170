"""Change between two waves, and the answers needed to see one."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from journey.metrics import (
    Metric,
    MetricError,
    NpsClasses,
    Sample,
    answers_for_margin,
    answers_per_wave,
    change_test,
    count_scores,
    two_wave_nps,
    wald_nps,
    welch,
)
from journey.metrics.intervals import adjusted_nps_moments

waves = st.builds(NpsClasses, *[st.integers(0, 400)] * 3).filter(any)
fives = st.lists(st.integers(1, 5), min_size=2, max_size=40)


def _wave_of(size: int) -> st.SearchStrategy[NpsClasses]:
    """Return waves of so many answers."""
    cuts = st.lists(st.integers(0, size), min_size=2, max_size=2).map(sorted)
    return cuts.map(lambda cut: NpsClasses(cut[0], cut[1] - cut[0], size - cut[1]))


def test_twenty_points_of_a_hundred_answers_are_no_evidence() -> None:
    test = two_wave_nps(NpsClasses(40, 30, 30), NpsClasses(50, 30, 20))
    assert test is not None
    assert test.statistic is not None
    assert test.difference == pytest.approx(20)
    assert (round(test.statistic, 4), round(test.p, 4)) == (1.7323, 0.0832)


@given(waves, waves)
def test_waves_swapped_turn_the_change(first: NpsClasses, second: NpsClasses) -> None:
    there, back = two_wave_nps(first, second), two_wave_nps(second, first)
    assert there is not None
    assert back is not None
    assert there.statistic is not None
    assert back.difference == pytest.approx(-there.difference)
    assert back.statistic == pytest.approx(-there.statistic)
    assert back.p == pytest.approx(there.p)
    assert 0 <= there.p <= 1


@given(waves)
def test_the_same_wave_twice_is_no_change(wave: NpsClasses) -> None:
    test = two_wave_nps(wave, wave)
    assert test is not None
    assert (test.difference, test.p) == (0, 1)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(*[_wave_of(n)] * 2)))
def test_waves_of_one_size_have_the_z_of_their_adjusted_scores(
    both: tuple[NpsClasses, NpsClasses],
) -> None:
    first, second = (adjusted_nps_moments(*wave) for wave in both)
    test = two_wave_nps(*both)
    assert test is not None
    assert first is not None
    assert second is not None
    error = math.sqrt(first.error_variance + second.error_variance)
    assert test.statistic == pytest.approx((second.score - first.score) / error, abs=1e-12)


@given(waves, st.integers(2, 50))
def test_more_of_the_same_answers_are_no_change(wave: NpsClasses, times: int) -> None:
    test = two_wave_nps(wave, NpsClasses(*(times * count for count in wave)))
    assert test is not None
    assert test.difference == pytest.approx(0.0, abs=1e-9)
    assert test.p == pytest.approx(1.0)


def test_a_wave_without_answers_cannot_be_tested() -> None:
    none = NpsClasses(0, 0, 0)
    assert two_wave_nps(none, NpsClasses(4, 3, 3)) is None
    assert two_wave_nps(NpsClasses(4, 3, 3), none) is None
    for metric in Metric:
        assert change_test(count_scores([], metric), count_scores([3] * 9, metric)) is None


@given(fives, fives)
def test_means_equal_scipys_welch(before: list[int], after: list[int]) -> None:
    assume(len(set(before)) > 1 and len(set(after)) > 1)
    test = change_test(count_scores(before, Metric.CSAT), count_scores(after, Metric.CSAT))
    expected = stats.ttest_ind(after, before, equal_var=False)
    assert test is not None
    assert test.difference == pytest.approx(sum(after) / len(after) - sum(before) / len(before))
    assert test.statistic == pytest.approx(float(expected.statistic), abs=1e-9)
    assert test.p == pytest.approx(float(expected.pvalue), rel=1e-7)


@given(st.integers(2, 60), st.integers(2, 60))
def test_waves_without_spread_use_the_ways_to_split_them(n_1: int, n_2: int) -> None:
    test = change_test(count_scores([4] * n_1, Metric.CSAT), count_scores([5] * n_2, Metric.CSAT))
    assert test is not None
    assert (test.difference, test.statistic) == (1, None)
    assert test.p == pytest.approx(2 / math.comb(n_1 + n_2, n_1), rel=1e-9)


def test_same_answer_in_both_waves_is_no_change() -> None:
    test = welch(Sample(4, 0, 9), Sample(4, 0, 9))
    assert test is not None
    assert (test.difference, test.p) == (0, 1)


def test_one_answer_has_no_spread_to_test() -> None:
    assert welch(Sample(4, 0, 1), Sample(5, 1, 9)) is None
    assert welch(Sample(5, 1, 9), Sample(4, 0, 1)) is None
    with pytest.raises(MetricError):
        welch(Sample(5, -1, 9), Sample(4, 0, 9))


def test_change_of_an_nps_question_is_the_nps_test() -> None:
    before = count_scores([10] * 40 + [7] * 30 + [0] * 30, Metric.NPS)
    after = count_scores([9] * 50 + [8] * 30 + [6] * 20, Metric.NPS)
    expected = two_wave_nps(NpsClasses(40, 30, 30), NpsClasses(50, 30, 20))
    assert change_test(before, after) == expected


def test_weighted_answers_count_by_their_effective_size() -> None:
    scores, weights = [1, 3, 5, 5] * 10, [4.0, 1.0, 1.0, 1.0] * 10
    plain, weighted = (
        change_test(count_scores([2, 3, 4] * 20, Metric.CSAT), after)
        for after in (
            count_scores(scores, Metric.CSAT),
            count_scores(scores, Metric.CSAT, weights=weights),
        )
    )
    assert plain is not None
    assert weighted is not None
    assert plain.difference == pytest.approx(0.5)
    assert weighted.difference == pytest.approx(17 / 7 - 3)


def test_different_questions_are_not_compared() -> None:
    with pytest.raises(MetricError):
        change_test(count_scores([3], Metric.CSAT), count_scores([3], Metric.CES1))


@pytest.mark.parametrize(
    ("margin", "variance", "n"), [(10, 0.69, 263), (10, 1, 382), (5, 0.69, 1058), (5, 1, 1534)]
)
def test_answers_for_a_margin(margin: float, variance: float, n: int) -> None:
    assert answers_for_margin(margin, variance) == n


@pytest.mark.parametrize(("difference", "n"), [(10, 1081), (5, 4330), (20, 268)])
def test_answers_to_see_a_change(difference: float, n: int) -> None:
    assert answers_per_wave(difference, 0.69) == n


@given(st.floats(1, 60), st.floats(0.05, 1), st.floats(0.5, 0.99))
def test_planned_answers_give_the_margin(margin: float, variance: float, level: float) -> None:
    n = answers_for_margin(margin, variance, level) + 3
    half = variance * n / 2
    reached = wald_nps(half, n - 2 * half, half, level)
    assert reached is not None
    assert 100 * (reached.high - reached.low) / 2 <= margin * (1 + 1e-9)


def test_a_wide_margin_still_needs_an_answer() -> None:
    assert answers_for_margin(200) == 1
    assert answers_per_wave(200, 0) == 1


def test_impossible_plans_are_refused() -> None:
    for refused in (
        lambda: answers_for_margin(0),
        lambda: answers_for_margin(-5),
        lambda: answers_for_margin(10, 1.1),
        lambda: answers_for_margin(10, level=1),
        lambda: answers_per_wave(0),
        lambda: answers_per_wave(10, -0.1),
        lambda: answers_per_wave(10, power=1),
    ):
        with pytest.raises(MetricError):
            refused()
