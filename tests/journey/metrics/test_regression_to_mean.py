"""Shrinkage and regression to the mean, against what was published and against simulation."""

import random
from itertools import pairwise
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.metrics.intervals import benjamini_hochberg
from journey.metrics.kinds import MetricError
from journey.metrics.regression_to_mean import (
    between_variance,
    efron_morris,
    expected_change,
    shrunk,
)

# Efron & Morris 1975: batting averages of 18 players after 45 at-bats, and over the season after.
FIRST_45 = (
    0.400, 0.378, 0.356, 0.333, 0.311, 0.311, 0.289, 0.267, 0.244,
    0.244, 0.222, 0.222, 0.222, 0.222, 0.222, 0.200, 0.178, 0.156,
)  # fmt: skip
SEASON = (
    0.346, 0.298, 0.276, 0.222, 0.273, 0.270, 0.263, 0.210, 0.269,
    0.230, 0.264, 0.256, 0.303, 0.264, 0.226, 0.285, 0.316, 0.200,
)  # fmt: skip
BENJAMINI_HOCHBERG_1995 = (
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
    0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.000,
)  # fmt: skip
FINITE = st.floats(-1e3, 1e3)
VARIANCE = st.floats(0, 1e3)


def _squared_error(values):
    return sum((v - t) ** 2 for v, t in zip(values, SEASON, strict=True))


def test_the_baseball_example_to_its_printed_digits():
    average = sum(FIRST_45) / 18
    found = efron_morris(FIRST_45, average * (1 - average) / 45)
    assert f"{found.mean:.4f}" == "0.2654"
    assert f"{found.factor:.3f}" == "0.212"
    assert f"{_squared_error(FIRST_45):.4f}" == "0.0754"
    assert f"{_squared_error(found.values):.4f}" == "0.0213"


def test_benjamini_and_hochbergs_own_example_rejects_four_where_bonferroni_rejects_three():
    assert sum(benjamini_hochberg(BENJAMINI_HOCHBERG_1995, 0.05)) == 4
    assert sum(p <= 0.05 / 15 for p in BENJAMINI_HOCHBERG_1995) == 3


@given(FINITE, VARIANCE, FINITE, VARIANCE)
def test_a_shrunk_value_lies_between_the_value_and_the_mean(value, error, centre, between):
    found = shrunk(value, error, centre, between)
    assert min(value, centre) - 1e-9 <= found <= max(value, centre) + 1e-9


def test_nothing_is_shrunk_without_error_and_everything_without_spread():
    assert shrunk(3.0, 0.0, 1.0, 2.0) == 3.0
    assert shrunk(3.0, 2.0, 1.0, 0.0) == 1.0
    assert shrunk(3.0, 2.0, 1.0, 2.0) == 2.0


@given(st.lists(FINITE, min_size=1, max_size=20), VARIANCE)
def test_shrinkage_keeps_the_mean_and_the_order(values, error):
    found = efron_morris(values, error)
    assert 0 <= found.factor <= 1
    assert mean(found.values) == pytest.approx(mean(values), abs=1e-6)
    pairs = sorted(zip(values, found.values, strict=True))
    assert all(a[1] <= b[1] + 1e-9 for a, b in pairwise(pairs))


def test_the_variance_between_is_what_error_does_not_explain():
    assert between_variance([1.0, 3.0], [0.5, 0.5]) == pytest.approx(1.5)
    assert between_variance([1.0, 3.0], [5.0, 5.0]) == 0.0
    assert between_variance([1.0], [0.1]) == 0.0


@pytest.mark.parametrize("cutoff", [-2.0, -0.5, 1.0])
def test_the_expected_change_is_what_a_simulation_shows(cutoff):
    rng = random.Random(5)
    gains = []
    while len(gains) < 20_000:
        true = 0.3 + 0.8 * rng.gauss(0, 1)
        if true + 1.2 * rng.gauss(0, 1) < cutoff:
            gains.append(true + 1.2 * rng.gauss(0, 1))
    chosen = _mean_below(cutoff, 0.3, (0.8**2 + 1.2**2) ** 0.5)
    expected = expected_change(cutoff, 0.3, 1.2, 0.8)
    assert mean(gains) - chosen == pytest.approx(expected, abs=0.04)


def _mean_below(cutoff, centre, sd):
    """The mean of a normal cut off above, which is what was chosen by its first measurement."""
    from statistics import NormalDist

    z = (cutoff - centre) / sd
    unit = NormalDist()
    return centre - sd * unit.pdf(z) / unit.cdf(z)


def test_a_measure_without_error_does_not_regress_and_a_pure_error_does_wholly():
    assert expected_change(-1.0, 0.0, 0.0, 1.0) == 0.0
    assert expected_change(0.0, 0.0, 1.0, 0.0) == pytest.approx(0.797885, abs=1e-6)
    assert expected_change(-60.0, 0.0, 1.0, 0.0) == pytest.approx(60.0, rel=1e-3)


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        (lambda: shrunk(1, -1, 0, 1), "not_a_variance"),
        (lambda: efron_morris([], 1), "no_values"),
        (lambda: efron_morris([1.0], -1), "not_a_variance"),
        (lambda: between_variance([1.0], []), "lengths_differ"),
        (lambda: expected_change(0, 0, 0, 0), "not_a_spread"),
        (lambda: expected_change(0, 0, -1, 1), "not_a_spread"),
    ],
)
def test_what_cannot_be_is_refused(call, reason):
    with pytest.raises(MetricError) as caught:
        call()
    assert caught.value.reason == reason
