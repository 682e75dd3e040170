"""Counting, pooling and summarising the answers to one question."""

import math
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from journey.metrics import (
    Metric,
    MetricError,
    ScoreCounts,
    adjusted_wald_nps,
    count_scores,
    default_higher_is_better,
    default_scale,
    pool,
    sample_of,
    summarise,
)

metrics = st.sampled_from(Metric)


@st.composite
def counted(draw: st.DrawFn, metric: Metric | None = None, weighted: bool | None = None):  # type: ignore[no-untyped-def]
    chosen = metric or draw(metrics)
    low, high = default_scale(chosen)
    scores = draw(st.lists(st.integers(low, high), max_size=60))
    if draw(st.booleans()) if weighted is None else weighted:
        size = len(scores)
        weights = draw(st.lists(st.floats(0.1, 10), min_size=size, max_size=size))
        return count_scores(scores, chosen, weights=weights)
    return count_scores(scores, chosen)


def test_usual_scales_and_directions() -> None:
    assert {metric: default_scale(metric) for metric in Metric} == {
        "nps": (0, 10),
        "csat": (1, 5),
        "ces1": (1, 5),
        "ces2": (1, 7),
        "rating": (1, 5),
    }
    assert [metric for metric in Metric if not default_higher_is_better(metric)] == ["ces1"]


def test_nps_of_five_hundred_answers_in_points() -> None:
    counts = count_scores([10] * 100 + [9] * 100 + [8] * 150 + [6] * 100 + [0] * 50, Metric.NPS)
    result = summarise(counts)
    assert result.value == pytest.approx(10)
    assert result.low == pytest.approx(2.6868, abs=5e-5)
    assert result.high == pytest.approx(17.1939, abs=5e-5)
    assert result.margin == pytest.approx((17.1939 - 2.6868) / 2, abs=5e-5)
    assert (result.n, result.n_effective, result.grade) == (500, 500, "normal")
    assert (result.top2box, result.bottom_share) == (0.4, 0.3)
    assert result.distribution == {0: 50, 6: 100, 8: 150, 9: 100, 10: 100}
    assert (result.experience, result.experience_low, result.experience_high) == (
        result.value,
        result.low,
        result.high,
    )


def test_same_nps_different_mix_shows_in_the_bottom_share() -> None:
    torn = summarise(count_scores([10] * 50 + [0] * 50, Metric.NPS))
    calm = summarise(count_scores([8] * 100, Metric.NPS))
    assert torn.value == calm.value == 0
    assert (torn.bottom_share, calm.bottom_share) == (0.5, 0)


def test_csat_mean_and_t_interval() -> None:
    scores = [5, 5, 4, 3, 2, 5, 4, 1]
    result = summarise(count_scores(scores, Metric.CSAT))
    mean, error = statistics.mean(scores), statistics.stdev(scores) / math.sqrt(8)
    expected = stats.t.interval(0.95, 7, loc=mean, scale=error)
    assert result.value == pytest.approx(mean)
    assert result.low == pytest.approx(expected[0])
    assert result.high == pytest.approx(min(expected[1], 5))
    assert result.top2box == pytest.approx(5 / 8)
    assert result.bottom_share == pytest.approx(2 / 8)
    assert result.grade == "indicative"


def test_interval_of_a_mean_stops_at_the_scale() -> None:
    result = summarise(count_scores([5, 5, 5, 5, 4], Metric.CSAT))
    assert result.high == 5
    assert result.low is not None
    assert result.low > 4


def test_one_answer_has_a_mean_but_no_interval() -> None:
    result = summarise(count_scores([4], Metric.CSAT), minimum_n=1)
    assert (result.value, result.n, result.grade) == (4, 1, "indicative")
    assert result.low is result.high is result.margin is result.experience_low is None
    assert result.experience == 50


def test_under_the_minimum_only_n_is_told() -> None:
    for metric in Metric:
        low = default_scale(metric).low
        result = summarise(count_scores([low] * 4, metric))
        assert (result.n, result.suppressed, result.grade) == (4, True, "suppressed")
        assert result.distribution == {}
        told = (result.value, result.low, result.high, result.margin, result.top2box)
        more = (result.bottom_share, result.experience, result.experience_low)
        assert {*told, *more, result.experience_high} == {None}


def test_the_minimum_itself_is_enough() -> None:
    assert summarise(count_scores([3] * 5, Metric.CSAT)).value == 3
    assert summarise(count_scores([3] * 5, Metric.CSAT), minimum_n=6).suppressed


def test_no_answers_are_no_data() -> None:
    for metric in Metric:
        for minimum_n in (0, 1, 5):
            result = summarise(count_scores([], metric), minimum_n)
            assert (result.n, result.value, result.suppressed, result.grade) == (
                0,
                None,
                False,
                "none",
            )


def test_answers_of_no_weight_are_no_data() -> None:
    result = summarise(count_scores([5] * 6, Metric.CSAT, weights=[0] * 6))
    assert (result.n, result.n_effective, result.value, result.grade) == (6, 0, None, "none")
    assert summarise(count_scores([9] * 6, Metric.NPS, weights=[0] * 6)).value is None


def test_grade_follows_the_effective_size() -> None:
    scores = [1, 5] * 15
    assert summarise(count_scores(scores, Metric.CSAT)).grade == "normal"
    assert summarise(count_scores(scores[1:], Metric.CSAT)).grade == "indicative"
    weights = [20.0] + [1.0] * 29
    assert summarise(count_scores(scores, Metric.CSAT, weights=weights)).grade == "indicative"


def test_rounding_of_weights_never_leaves_the_scale() -> None:
    weight, weight_sq = {0: 30.6875}, {0: 181.58203125}
    counts = ScoreCounts(Metric.NPS, 0, 10, True, {0: 6}, weight, weight_sq)
    assert summarise(counts).value == -100


@given(counted(), st.integers(0, 8), st.floats(0.5, 0.99))
def test_figures_stay_in_range_and_in_order(
    counts: ScoreCounts, minimum_n: int, level: float
) -> None:
    result = summarise(counts, minimum_n, level)
    if result.value is None:
        assert result.grade in {"none", "suppressed"}
        return
    nps = counts.metric is Metric.NPS
    low, high = (-100, 100) if nps else (counts.low, counts.high)
    assert low <= result.value <= high
    assert result.experience is not None
    assert -100 <= result.experience <= 100
    assert sum(result.distribution.values()) == counts.n
    if result.low is None or result.high is None:
        assert counts.n_effective <= 1
        return
    assert low <= result.low <= result.high <= high
    if not nps:  # an adjusted interval is centred on the adjusted score
        assert result.low <= result.value <= result.high
    assert result.experience_low is not None
    assert result.experience_high is not None
    assert -100 <= result.experience_low <= result.experience_high <= 100


@given(st.lists(st.integers(0, 10), min_size=5, max_size=80))
def test_nps_turns_when_promoters_and_detractors_swap(scores: list[int]) -> None:
    swapped = [{True: 0, False: 8}[s >= 9] if s >= 7 else 10 for s in scores]
    there = summarise(count_scores(scores, Metric.NPS))
    back = summarise(count_scores(swapped, Metric.NPS))
    assert there.value is not None
    assert there.low is not None
    assert there.high is not None
    assert back.value == pytest.approx(-there.value)
    assert (back.low, back.high) == pytest.approx((-there.high, -there.low), abs=1e-9)


@given(st.lists(st.integers(1, 5), min_size=5, max_size=60))
def test_effort_turns_with_its_direction(scores: list[int]) -> None:
    low_good = summarise(count_scores(scores, Metric.CES1))
    turned = summarise(count_scores([6 - s for s in scores], Metric.CSAT))
    assert low_good.experience == pytest.approx(turned.experience)
    assert low_good.experience_low == pytest.approx(turned.experience_low)
    assert low_good.experience_high == pytest.approx(turned.experience_high)
    assert low_good.top2box == turned.top2box
    assert low_good.bottom_share == turned.bottom_share


@given(counted(weighted=False), st.floats(0.01, 100))
def test_equal_weights_change_nothing(counts: ScoreCounts, weight: float) -> None:
    scores = [score for score, n in counts.counts.items() for _ in range(n)]
    weighted = count_scores(scores, counts.metric, weights=[weight] * len(scores))
    plain, other = summarise(counts), summarise(weighted)
    assert plain.distribution == other.distribution
    assert other.n_effective == pytest.approx(plain.n_effective)
    assert other.grade == plain.grade
    if plain.value is None:
        assert other.value is None
        return
    for name in ("value", "low", "high", "top2box", "bottom_share", "experience"):
        assert getattr(other, name) == pytest.approx(getattr(plain, name), rel=1e-6, abs=1e-6)


def test_thirty_equal_weights_are_thirty_answers_in_spite_of_rounding() -> None:
    for weight in (0.1, 0.3, 0.7, 1.1):
        counts = count_scores([1, 5] * 15, Metric.CSAT, weights=[weight] * 30)
        assert summarise(counts).grade == "normal"


def test_weighted_nps_uses_the_effective_size() -> None:
    # Twice as many promoters as there should be, so each weighs half.
    weights = [0.5] * 40 + [1.0] * 20 + [1.0] * 20
    result = summarise(count_scores([10] * 40 + [7] * 20 + [3] * 20, Metric.NPS, weights=weights))
    size = 60**2 / 50
    expected = adjusted_wald_nps(size / 3, size / 3, size / 3)
    assert expected is not None
    assert result.n_effective == pytest.approx(size)
    assert result.value == pytest.approx(0)
    assert (result.low, result.high) == pytest.approx((100 * expected.low, 100 * expected.high))


def test_rounding_of_weights_makes_no_spread() -> None:
    sample = sample_of(count_scores([3] * 3, Metric.CSAT, weights=[0.1, 0.2, 0.7]))
    assert sample is not None
    assert (sample.mean, sample.sd) == (3, 0)


@given(st.lists(counted(Metric.CSAT), min_size=1, max_size=5))
def test_pooling_adds_up(groups: list[ScoreCounts]) -> None:
    together = pool(groups)
    assert together.n == sum(group.n for group in groups)
    for score in range(1, 6):
        assert together.counts.get(score, 0) == sum(g.counts.get(score, 0) for g in groups)
        assert together.mass.get(score, 0) == pytest.approx(
            sum(g.mass.get(score, 0) for g in groups)
        )


@given(counted(Metric.NPS), counted(Metric.NPS), counted(Metric.NPS))
def test_pooling_does_not_mind_the_order(a: ScoreCounts, b: ScoreCounts, c: ScoreCounts) -> None:
    one, other = summarise(pool([a, b, c]), 1), summarise(pool([pool([c, a]), b]), 1)
    assert one.distribution == other.distribution
    assert one.value == pytest.approx(other.value)
    assert one.n_effective == pytest.approx(other.n_effective)


def test_pooling_is_not_averaging() -> None:
    good = count_scores([10] * 90, Metric.NPS)
    bad = count_scores([0] * 10, Metric.NPS)
    assert summarise(pool([good, bad])).value == pytest.approx(80)


def test_pooling_refuses_different_questions() -> None:
    csat = count_scores([3], Metric.CSAT)
    for other in (
        count_scores([3], Metric.RATING),
        count_scores([3], Metric.CSAT, scale=(1, 7)),
        count_scores([3], Metric.CSAT, higher_is_better=False),
    ):
        with pytest.raises(MetricError) as caught:
            pool([csat, other])
        assert caught.value.reason == "different_questions"
    with pytest.raises(MetricError):
        pool([count_scores([3], Metric.NPS), count_scores([3], Metric.NPS, scale=(1, 10))])
    with pytest.raises(MetricError):
        pool([])


@pytest.mark.parametrize("score", [0, 6, -1, 2.5, math.nan, math.inf])
def test_scores_off_the_scale_are_refused(score: float) -> None:
    with pytest.raises(MetricError) as caught:
        count_scores([3, score], Metric.CSAT)  # type: ignore[list-item]
    assert caught.value.reason == "score_out_of_scale"
    assert isinstance(caught.value, ValueError)


def test_zero_is_an_nps_answer() -> None:
    assert summarise(count_scores([0] * 5, Metric.NPS)).value == -100


@pytest.mark.parametrize("scale", [(1, 5), (0, 100), (2, 10)])
def test_nps_on_another_scale_is_refused(scale: tuple[int, int]) -> None:
    with pytest.raises(MetricError):
        count_scores([2], Metric.NPS, scale)


def test_nps_from_one_to_ten_is_taken_and_told_apart() -> None:
    assert count_scores([9], Metric.NPS).is_standard_scale
    assert not count_scores([9], Metric.NPS, (1, 10)).is_standard_scale
    with pytest.raises(MetricError):
        count_scores([9], Metric.NPS, higher_is_better=False)


def test_broken_counts_are_refused() -> None:
    def build(**change: object) -> ScoreCounts:
        given = {"low": 1, "high": 5, "counts": {3: 2}, "weight": None, "weight_sq": None}
        return ScoreCounts(metric=Metric.CSAT, higher_is_better=True, **(given | change))  # type: ignore[arg-type]

    assert build().n == 2
    for change in (
        {"low": 5},
        {"counts": {3: -1}},
        {"weight": {3: 2.0}},
        {"weight": {3: -2.0}, "weight_sq": {3: 4.0}},
        {"weight": {4: 2.0}, "weight_sq": {4: 4.0}},
        {"weight": {3: math.nan}, "weight_sq": {3: 4.0}},
    ):
        with pytest.raises(MetricError):
            build(**change)
    with pytest.raises(MetricError):
        count_scores([3, 4], Metric.CSAT, weights=[1])
    with pytest.raises(MetricError):
        count_scores([3, 3], Metric.CSAT, weights=[-1, 2])


def test_a_level_of_one_is_refused_even_without_answers() -> None:
    with pytest.raises(MetricError):
        summarise(count_scores([], Metric.CSAT), level=1)
