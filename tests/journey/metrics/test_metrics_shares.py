"""Top two boxes, unhappy shares and effort, in the direction of the question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.metrics import (
    Metric,
    MetricError,
    bottom_share,
    count_scores,
    good_share,
    high_effort_share,
    net_easy_score,
    nps_classes,
    top_two_box,
    wilson,
)


@pytest.mark.parametrize(
    ("metric", "scale", "top", "good", "bad"),
    [
        (Metric.CSAT, (1, 5), {4, 5}, {4, 5}, {1, 2}),
        (Metric.CSAT, (1, 7), {6, 7}, {5, 6, 7}, {1, 2, 3}),
        (Metric.CSAT, (0, 10), {9, 10}, {6, 7, 8, 9, 10}, {0, 1, 2, 3, 4}),
        (Metric.CSAT, (1, 10), {9, 10}, {6, 7, 8, 9, 10}, {1, 2, 3, 4, 5}),
        (Metric.CES2, (1, 7), {6, 7}, {5, 6, 7}, {1, 2, 3}),
        (Metric.CES1, (1, 5), {1, 2}, {1, 2}, {4, 5}),
        (Metric.NPS, (0, 10), {9, 10}, {9, 10}, {0, 1, 2, 3, 4, 5, 6}),
        (Metric.NPS, (1, 10), {9, 10}, {9, 10}, {1, 2, 3, 4, 5, 6}),
    ],
)
def test_which_scores_count(
    metric: Metric, scale: tuple[int, int], top: set[int], good: set[int], bad: set[int]
) -> None:
    for score in range(scale[0], scale[1] + 1):
        counts = count_scores([score], metric, scale)
        found = [share(counts) for share in (top_two_box, good_share, bottom_share)]
        expected = [score in top, score in good, score in bad]
        assert [share and share.value for share in found] == expected


@pytest.mark.parametrize("scale", [(1, 3), (0, 1), (0, 100)])
def test_no_top_two_where_two_says_nothing(scale: tuple[int, int]) -> None:
    assert top_two_box(count_scores([1], Metric.RATING, scale)) is None


def test_interval_is_wilson() -> None:
    found = top_two_box(count_scores([5] * 81 + [1] * 182, Metric.CSAT))
    assert found is not None
    assert (found.n, found.n_effective) == (263, 263)
    assert (round(found.low, 4), round(found.high, 4)) == (0.2553, 0.3662)


@given(
    st.lists(st.tuples(st.integers(1, 5), st.floats(0.1, 10)), min_size=1, max_size=50),
    st.floats(0.5, 0.99),
)
def test_weighted_share_and_its_interval(rows: list[tuple[int, float]], level: float) -> None:
    scores, weights = zip(*rows, strict=True)
    found = top_two_box(count_scores(scores, Metric.CSAT, weights=weights), level)
    assert found is not None
    share = sum(w for s, w in rows if s >= 4) / sum(weights)
    size = sum(weights) ** 2 / sum(w * w for w in weights)
    assert found.value == pytest.approx(share)
    assert found.n_effective == pytest.approx(size)
    expected = wilson(min(share, 1) * size, size, level)
    assert (found.low, found.high) == pytest.approx(expected, abs=1e-6)
    assert found.low - 1e-12 <= found.value <= found.high + 1e-12


def test_nobody_has_no_share() -> None:
    empty = count_scores([], Metric.CES2)
    assert top_two_box(empty) is bottom_share(empty) is good_share(empty) is None
    assert net_easy_score(empty) is None
    assert nps_classes(count_scores([], Metric.NPS)) == (0, 0, 0)


def test_effort_in_both_versions() -> None:
    second = count_scores([1, 2, 3, 4, 5, 6, 7, 7], Metric.CES2)
    first = count_scores([1, 1, 2, 3, 4], Metric.CES1)
    hard_second, hard_first = high_effort_share(second), high_effort_share(first)
    assert hard_second is not None
    assert hard_first is not None
    assert (hard_second.value, hard_first.value) == pytest.approx((3 / 8, 1 / 5))
    assert net_easy_score(second) == pytest.approx(4 / 8 - 3 / 8)
    assert net_easy_score(first) == pytest.approx(3 / 5 - 1 / 5)


def test_effort_of_another_metric_is_refused() -> None:
    csat = count_scores([3], Metric.CSAT)
    for refused in (high_effort_share, net_easy_score, nps_classes):
        with pytest.raises(MetricError):
            refused(csat)


@given(st.lists(st.integers(0, 10), max_size=50))
def test_nps_classes_are_the_counts(scores: list[int]) -> None:
    expected = (
        sum(s >= 9 for s in scores),
        sum(7 <= s <= 8 for s in scores),
        sum(s <= 6 for s in scores),
    )
    assert nps_classes(count_scores(scores, Metric.NPS)) == expected
