"""Quantiles and tails against scipy, and against themselves."""

import math
import subprocess
import sys
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from journey.metrics import MetricError, gamma, normal, student

tails = st.floats(1e-9, 1 - 1e-9).filter(lambda p: abs(p - 0.5) > 1e-6)
freedoms = st.floats(0.1, 1e7)


@given(tails)
def test_normal_quantile_equals_the_standard_library(probability: float) -> None:
    expected = NormalDist().inv_cdf(probability)
    assert normal.normal_quantile(probability) == pytest.approx(expected, rel=1e-10, abs=1e-12)


@given(tails)
def test_normal_quantile_undoes_the_tail(probability: float) -> None:
    z = normal.normal_quantile(probability)
    assert 1 - normal.upper_tail(z) == pytest.approx(probability, abs=1e-12)


def test_normal_quantile_of_a_half_is_zero() -> None:
    assert normal.normal_quantile(0.5) == 0


def test_z_value_of_the_usual_levels() -> None:
    assert [round(normal.z_value(level), 6) for level in (0.8, 0.95, 0.99)] == [
        1.281552,
        1.959964,
        2.575829,
    ]


@given(tails, freedoms)
def test_student_quantile_equals_scipy(probability: float, df: float) -> None:
    expected = float(stats.t.ppf(probability, df))
    assert student.student_quantile(probability, df) == pytest.approx(expected, rel=1e-8)


@pytest.mark.parametrize("probability", [0.6, 0.9, 0.95, 0.975, 0.995, 0.9995])
@pytest.mark.parametrize("df", [0.3, 1, 1.5, 2, 4, 9.7, 29, 100, 101, 1e3, 1e5, 9.9e5, 1.1e6, 1e9])
def test_student_quantile_equals_scipy_where_the_methods_meet(
    probability: float, df: float
) -> None:
    expected = float(stats.t.ppf(probability, df))
    assert student.student_quantile(probability, df) == pytest.approx(expected, rel=1e-8)


def test_student_quantile_of_one_and_two_degrees_in_closed_form() -> None:
    assert student.student_quantile(0.975, 1) == pytest.approx(math.tan(0.475 * math.pi))
    assert student.student_quantile(0.975, 2) == pytest.approx(0.95 / math.sqrt(2 * 0.975 * 0.025))


def test_student_quantile_beyond_a_float_is_infinite() -> None:
    assert student.student_quantile(0.975, 1e-3) == math.inf
    assert student.student_quantile(0.025, 1e-3) == -math.inf


def test_student_quantile_of_a_half_is_zero() -> None:
    assert student.student_quantile(0.5, 3) == 0


@given(st.floats(0, 30), freedoms)
def test_student_p_equals_scipy(t: float, df: float) -> None:
    expected = 2 * float(stats.t.sf(t, df))
    assert student.student_two_sided_p(t, df) == pytest.approx(expected, rel=1e-7)
    assert student.student_two_sided_p(-t, df) == student.student_two_sided_p(t, df)


def test_student_tail_below_zero_and_far_out() -> None:
    assert student.student_upper_tail(-2, 5) == pytest.approx(1 - float(stats.t.sf(2, 5)))
    assert student.student_upper_tail(math.inf, 5) == 0


@given(st.floats(0.01, 1e6), st.floats(1e-6, 0.49))
def test_poisson_bounds_are_half_chi_square_quantiles(count: float, tail: float) -> None:
    low, high = gamma.lowest_mean(count, tail), gamma.highest_mean(count, tail)
    assert high == pytest.approx(float(stats.chi2.ppf(1 - tail, 2 * count + 2)) / 2, rel=1e-8)
    expected = float(stats.chi2.ppf(tail, 2 * count)) / 2
    assert low == pytest.approx(expected, rel=1e-8, abs=1e-200)


@pytest.mark.parametrize("probability", [0, 1, -0.1, 1.1, math.nan])
def test_probabilities_out_of_range_are_refused(probability: float) -> None:
    for refused in (
        lambda: normal.normal_quantile(probability),
        lambda: normal.z_value(probability),
        lambda: student.student_quantile(probability, 5),
        lambda: gamma.lowest_mean(3, probability),
        lambda: gamma.highest_mean(3, probability),
    ):
        with pytest.raises(MetricError):
            refused()


@pytest.mark.parametrize("df", [0, -1, math.nan])
def test_no_degrees_of_freedom_are_refused(df: float) -> None:
    with pytest.raises(MetricError):
        student.student_quantile(0.9, df)
    with pytest.raises(MetricError):
        student.student_upper_tail(1, df)


def test_metrics_import_no_heavy_module() -> None:
    code = (
        "import sys, journey.metrics; "
        "print([m for m in ('numpy', 'scipy', 'decimal', 'statistics') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
