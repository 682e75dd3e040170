"""Intervals against published figures, exact coverage, and what must always hold of them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from journey.metrics import (
    MetricError,
    adjusted_wald_nps,
    benjamini_hochberg,
    kish_effective_n,
    mean_t_interval,
    newcombe_difference,
    poisson_interval,
    trim_weights,
    wald_nps,
    wilson,
)
from journey.metrics.intervals import adjusted_nps_moments, nps_moments

classes = st.tuples(*[st.integers(0, 3000)] * 3).filter(any)
levels = st.floats(0.5, 0.999)


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_as_printed_by_newcombe(k: int, n: int, low: float, high: float) -> None:
    interval = wilson(k, n)
    assert interval is not None
    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), levels)
def test_wilson_contains_the_share_and_mirrors(case: tuple[int, int], level: float) -> None:
    k, n = case
    interval, mirror = wilson(k, n, level), wilson(n - k, n, level)
    assert interval is not None
    assert mirror is not None
    assert 0 <= interval.low <= k / n <= interval.high <= 1
    assert interval.low < interval.high
    assert mirror == pytest.approx((1 - interval.high, 1 - interval.low), abs=1e-12)


@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), levels)
def test_wilson_is_narrower_with_ten_times_the_answers(case: tuple[int, int], level: float) -> None:
    k, n = case
    few, many = wilson(k, n, level), wilson(10 * k, 10 * n, level)
    assert few is not None
    assert many is not None
    assert many.high - many.low < few.high - few.low


@given(st.integers(2, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_equals_scipy(case: tuple[int, int]) -> None:
    expected = stats.binomtest(*case).proportion_ci(0.95, method="wilson")
    assert wilson(*case) == pytest.approx((expected.low, expected.high), abs=1e-10)


def test_newcombe_difference_as_printed() -> None:
    difference = newcombe_difference(56, 70, 48, 80)
    assert difference is not None
    assert [round(x, 4) for x in difference] == [0.2000, 0.0524, 0.3339]


@given(st.integers(0, 40), st.integers(0, 60))
def test_newcombe_difference_turns_with_its_order(k_1: int, k_2: int) -> None:
    there, back = newcombe_difference(k_1, 40, k_2, 60), newcombe_difference(k_2, 60, k_1, 40)
    assert there is not None
    assert back is not None
    assert there.low <= there.value <= there.high
    assert back == pytest.approx((-there.value, -there.high, -there.low), abs=1e-12)


def test_nothing_is_said_of_nobody() -> None:
    assert wilson(0, 0) is None
    assert newcombe_difference(0, 0, 3, 5) is None
    assert newcombe_difference(3, 5, 0, 0) is None
    assert adjusted_wald_nps(0, 0, 0) is None
    assert wald_nps(0, 0, 0) is None
    assert mean_t_interval(3, 0, 0) is None
    assert mean_t_interval(3, 0, 1) is None


@pytest.mark.parametrize("bad", [(-1, 5), (6, 5), (math.nan, 5)])
def test_wilson_refuses_impossible_counts(bad: tuple[float, float]) -> None:
    with pytest.raises(MetricError) as caught:
        wilson(*bad)
    assert caught.value.reason == "count_out_of_range"
    assert caught.value.facts["n"] == 5


@pytest.mark.parametrize("level", [0, 1, 95, -0.5])
def test_a_level_is_between_zero_and_one(level: float) -> None:
    for refused in (
        lambda: wilson(1, 2, level),
        lambda: wilson(0, 0, level),
        lambda: wald_nps(1, 1, 1, level),
        lambda: adjusted_wald_nps(0, 0, 0, level),
        lambda: mean_t_interval(3, 1, 9, level),
        lambda: poisson_interval(3, level),
    ):
        with pytest.raises(MetricError):
            refused()


def test_nps_of_five_hundred_answers() -> None:
    raw, adjusted = nps_moments(200, 150, 150), adjusted_nps_moments(200, 150, 150)
    interval = adjusted_wald_nps(200, 150, 150)
    assert raw is not None
    assert adjusted is not None
    assert interval is not None
    assert raw.score == pytest.approx(0.10)
    assert raw.variance == pytest.approx(0.69)
    assert round(math.sqrt(raw.error_variance), 6) == 0.037148
    assert round(adjusted.score, 6) == 0.099404
    assert [round(x, 6) for x in interval] == [0.026868, 0.171939]


def test_nps_of_eleven_answers() -> None:
    raw, wald, adjusted = nps_moments(9, 0, 2), wald_nps(9, 0, 2), adjusted_wald_nps(9, 0, 2)
    moments = adjusted_nps_moments(9, 0, 2)
    assert raw is not None
    assert wald is not None
    assert adjusted is not None
    assert moments is not None
    assert round(raw.score, 6) == 0.636364
    assert round(raw.variance, 6) == 0.595041
    assert round(math.sqrt(raw.error_variance), 6) == 0.232583
    assert (round(wald.low, 4), wald.high) == (0.1805, 1)
    assert moments.score == pytest.approx(0.5)
    assert [round(x, 6) for x in adjusted] == [0.080008, 0.919992]


def test_nps_of_five_promoters() -> None:
    adjusted = adjusted_wald_nps(5, 0, 0)
    assert adjusted is not None
    assert (round(adjusted.low, 4), adjusted.high) == (0.1749, 1)
    assert wald_nps(5, 0, 0) == (1, 1)


@given(classes, levels)
def test_adjusted_wald_mirrors_when_promoters_and_detractors_swap(
    counts: tuple[int, int, int], level: float
) -> None:
    promoters, passives, detractors = counts
    interval = adjusted_wald_nps(promoters, passives, detractors, level)
    mirror = adjusted_wald_nps(detractors, passives, promoters, level)
    assert interval is not None
    assert mirror is not None
    assert -1 <= interval.low < interval.high <= 1
    assert mirror == pytest.approx((-interval.high, -interval.low), abs=1e-12)


@given(st.tuples(*[st.integers(0, 60)] * 3).filter(any), levels)
def test_adjusted_wald_is_narrower_with_ten_times_the_answers(
    counts: tuple[int, int, int], level: float
) -> None:
    few = adjusted_wald_nps(*counts, level)
    many = adjusted_wald_nps(*(10 * count for count in counts), level)
    assert few is not None
    assert many is not None
    assert many.high - many.low < few.high - few.low


def _coverage(n: int, shares: tuple[float, float, float]) -> tuple[float, float, float]:
    """Exact coverage of the adjusted and the plain interval, and the adjusted mean width."""
    truth = shares[0] - shares[2]
    covered = plain = width = 0.0
    for promoters in range(n + 1):
        for passives in range(n - promoters + 1):
            counts = (promoters, passives, n - promoters - passives)
            log_p = math.lgamma(n + 1) + sum(
                k * math.log(share) - math.lgamma(k + 1)
                for k, share in zip(counts, shares, strict=True)
            )
            p = math.exp(log_p)
            adjusted, wald = adjusted_wald_nps(*counts), wald_nps(*counts)
            assert adjusted is not None
            assert wald is not None
            # Bounds that equal the truth but for rounding cover it.
            covered += p * (adjusted.low - 1e-12 <= truth <= adjusted.high + 1e-12)
            plain += p * (wald.low - 1e-12 <= truth <= wald.high + 1e-12)
            width += p * (adjusted.high - adjusted.low) * 100
    return covered, plain, width


@pytest.mark.parametrize(
    ("n", "shares", "adjusted", "wald"),
    [
        (5, (0.4, 0.3, 0.3), 0.950, 0.826),
        (5, (0.7, 0.2, 0.1), 0.935, 0.800),
        (5, (0.9, 0.08, 0.02), 0.918, 0.401),
        (10, (0.4, 0.3, 0.3), 0.948, 0.900),
        (10, (0.7, 0.2, 0.1), 0.951, 0.876),
        (10, (0.9, 0.08, 0.02), 0.929, 0.648),
        (20, (0.4, 0.3, 0.3), 0.944, 0.928),
        (20, (0.7, 0.2, 0.1), 0.961, 0.907),
        (20, (0.9, 0.08, 0.02), 0.955, 0.875),
        (50, (0.4, 0.3, 0.3), 0.946, 0.940),
        (50, (0.9, 0.08, 0.02), 0.966, 0.911),
    ],
)
def test_coverage_of_nps_intervals(
    n: int, shares: tuple[float, float, float], adjusted: float, wald: float
) -> None:
    covered, plain, _width = _coverage(n, shares)
    assert covered == pytest.approx(adjusted, abs=0.002)
    assert plain == pytest.approx(wald, abs=0.004)


@pytest.mark.parametrize(("n", "width"), [(5, 104), (10, 84), (20, 65), (50, 44)])
def test_mean_width_of_the_adjusted_interval(n: int, width: int) -> None:
    assert round(_coverage(n, (0.4, 0.3, 0.3))[2]) == width


def test_nps_refuses_negative_classes() -> None:
    with pytest.raises(MetricError):
        adjusted_wald_nps(-1, 3, 3)
    with pytest.raises(MetricError):
        wald_nps(3, math.inf, 3)


# Scipy itself warns of values that differ by less than their rounding.
apart = st.floats(-100, 100).map(lambda x: round(x, 3))


@given(
    st.lists(apart, min_size=2, max_size=40).filter(lambda xs: len(set(xs)) > 1),
    levels,
)
def test_mean_interval_equals_scipy(values: list[float], level: float) -> None:
    found = stats.describe(values)
    mean, sd, n = float(found.mean), math.sqrt(found.variance), len(values)
    if sd == 0:
        return
    expected = stats.t.interval(level, n - 1, loc=mean, scale=sd / math.sqrt(n))
    interval = mean_t_interval(mean, sd, n, level)
    assert interval == pytest.approx(expected, rel=1e-7, abs=1e-9)
    assert interval is not None
    assert interval.low <= mean <= interval.high


def test_mean_without_spread_has_no_width_and_spread_below_zero_is_refused() -> None:
    assert mean_t_interval(4, 0, 7) == (4, 4)
    with pytest.raises(MetricError):
        mean_t_interval(4, -1, 7)


@pytest.mark.parametrize(
    ("events", "low", "high"), [(0, 0, 3.6889), (1, 0.0253, 5.5716), (10, 4.7954, 18.3904)]
)
def test_poisson_interval_as_tabled(events: int, low: float, high: float) -> None:
    assert [round(x, 4) for x in poisson_interval(events)] == [low, high]


@given(st.integers(0, 100_000), levels)
def test_poisson_interval_contains_the_count(events: int, level: float) -> None:
    interval = poisson_interval(events, level)
    assert 0 <= interval.low <= events < interval.high


def test_benjamini_hochberg_as_printed() -> None:
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240]
    p += [0.4262, 0.5719, 0.6528, 0.7590, 1.000]
    assert benjamini_hochberg(p) == (True,) * 4 + (False,) * 11
    assert sum(x <= 0.05 / len(p) for x in p) == 3


@given(st.lists(st.floats(0, 1), max_size=40), st.floats(0.001, 0.999), st.randoms())
def test_benjamini_hochberg_equals_adjusted_p(p: list[float], rate: float, random) -> None:  # type: ignore[no-untyped-def]
    random.shuffle(p)
    verdicts = benjamini_hochberg(p, rate)
    assert len(verdicts) == len(p)
    if p:
        adjusted = [float(x) for x in stats.false_discovery_control(p, method="bh")]
        for verdict, q in zip(verdicts, adjusted, strict=True):
            if abs(q - rate) > 1e-9:
                assert verdict == (q <= rate)


@pytest.mark.parametrize("p", [[-0.1], [1.1], [0.5, math.nan]])
def test_benjamini_hochberg_refuses_what_is_no_p(p: list[float]) -> None:
    with pytest.raises(MetricError):
        benjamini_hochberg(p)


def test_benjamini_hochberg_refuses_a_rate_of_one() -> None:
    with pytest.raises(MetricError):
        benjamini_hochberg([0.1], 1)


@given(st.lists(st.floats(0.001, 1000), min_size=1, max_size=60))
def test_effective_n_is_between_one_and_n(weights: list[float]) -> None:
    n = kish_effective_n(sum(weights), sum(w * w for w in weights))
    assert 1 - 1e-9 <= n <= len(weights) * (1 + 1e-9)


@given(st.integers(1, 500), st.floats(0.001, 1000))
def test_equal_weights_lose_nothing(n: int, weight: float) -> None:
    assert kish_effective_n(n * weight, n * weight * weight) == pytest.approx(n)


def test_no_weight_is_no_size() -> None:
    assert kish_effective_n(0, 0) == 0
    with pytest.raises(MetricError):
        kish_effective_n(-1, 1)


@given(st.lists(st.floats(0, 1000), max_size=60))
def test_trimmed_weights_never_grow_nor_pass_five_medians(weights: list[float]) -> None:
    trimmed = trim_weights(weights)
    positive = [w for w in weights if w]
    limit = 5 * sorted(positive)[len(positive) // 2] if positive else 0
    assert all(0 <= new <= old for new, old in zip(trimmed, weights, strict=True))
    assert all(new <= limit for new in trimmed)


def test_only_the_far_weight_is_trimmed() -> None:
    assert trim_weights([1, 1, 1, 2, 40]) == (1, 1, 1, 2, 5)
    assert trim_weights([0, 1, 1, 3, 40]) == (0, 1, 1, 3, 10)
    assert trim_weights([0, 0]) == (0, 0)
    with pytest.raises(MetricError):
        trim_weights([1, -1])
