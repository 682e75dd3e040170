"""The joint fit: its mode, its shrinkage, its survival of separation."""

import numpy as np
import pytest

from journey.priority import logistic
from journey.priority.logistic import Prior
from journey.priority.shrinkage import MEAN_SD, TAU2_HIGH, TAU2_LOW


def _data(effects, rows=4000, seed=1, background=-0.5):
    rng = np.random.default_rng(seed)
    hits = rng.random((rows, len(effects))) < 0.3
    x = np.column_stack([np.ones(rows), hits]).astype(float)
    eta = x @ np.array([background, *effects])
    return x, (rng.random(rows) < 1 / (1 + np.exp(-eta))).astype(float)


PRIOR = Prior(np.zeros(1), np.full(1, 5.0), free_mean=True)


def _gradient(x, y, w, fitted, prior):
    """Return the gradient of the log posterior, written out anew."""
    q = len(prior.mean)
    b, effects = fitted.mode, fitted.mode[q:]
    data = x.T @ (w * (y - 1 / (1 + np.exp(-x @ b))))
    cov = fitted.tau2 * np.eye(len(effects))
    if prior.free_mean:
        cov += MEAN_SD**2
    away = np.concatenate([(b[:q] - prior.mean) / prior.sd**2, np.linalg.solve(cov, effects)])
    return data - away


@pytest.mark.parametrize("free_mean", [True, False])
def test_the_mode_is_where_the_gradient_vanishes(free_mean):
    x, y = _data([0.8, -0.2, 0.3])
    w = np.random.default_rng(2).uniform(0.5, 1.5, len(y))
    prior = Prior(np.array([-1.0]), np.array([1.5]), free_mean)
    fitted = logistic.fit(x, y, w, prior)
    assert np.abs(_gradient(x, y, w, fitted, prior)).max() < 1e-6


def test_the_variance_is_where_em_stands_still():
    rng = np.random.default_rng(4)
    x, y = _data(rng.normal(0.3, 0.45, 25), rows=6000)
    fitted = logistic.fit(x, y, np.ones(len(y)), PRIOR)
    covariance = np.linalg.inv(fitted.precision_root @ fitted.precision_root.T)[1:, 1:]
    centre = np.eye(25) - 1 / 25
    theta = fitted.mode[1:]
    expected = (theta @ centre @ theta + np.trace(centre @ covariance)) / 24
    assert fitted.tau2 == pytest.approx(expected, rel=0.02)
    assert TAU2_LOW < fitted.tau2 < TAU2_HIGH


def test_effects_are_found_with_many_answers():
    truth = [0.9, 0.1, -0.4, 0.5]
    x, y = _data(truth, rows=40_000)
    fitted = logistic.fit(x, y, np.ones(len(y)), PRIOR)
    assert fitted.mode[1:] == pytest.approx(truth, abs=0.1)


def test_a_rare_effect_is_pulled_to_the_average_one():
    x, y = _data([0.8] * 12)
    rare = np.zeros((len(y), 1))
    rare[:2] = 1.0
    y[:2] = 0.0
    fitted = logistic.fit(np.hstack([x, rare]), y, np.ones(len(y)), PRIOR)
    assert fitted.mode[-1] == pytest.approx(fitted.mode[1:-1].mean(), abs=0.15)


@pytest.mark.parametrize("outcome", [0.0, 1.0])
def test_the_same_outcome_for_all_has_a_finite_mode(outcome):
    x, _ = _data([0.5, 0.5], rows=50)
    fitted = logistic.fit(x, np.full(50, outcome), np.ones(50), PRIOR)
    assert np.isfinite(fitted.mode).all()
    assert np.isfinite(fitted.draws(np.random.default_rng(1), 100)).all()


def test_perfect_separation_has_a_finite_mode():
    x, _ = _data([0.5, 0.5], rows=200)
    fitted = logistic.fit(x, x[:, 1].copy(), np.ones(200), PRIOR)
    assert 0 < fitted.mode[1] < 20


def test_draws_have_the_spread_of_the_hessian():
    x, y = _data([0.8, -0.2])
    fitted = logistic.fit(x, y, np.ones(len(y)), PRIOR)
    covariance = np.linalg.inv(fitted.precision_root @ fitted.precision_root.T)
    drawn = fitted.draws(np.random.default_rng(3), 40_000)
    assert np.cov(drawn.T) == pytest.approx(covariance, rel=0.1, abs=2e-4)


def test_the_sum_of_weights_is_the_number_of_answers():
    x, y = _data([0.8, -0.2], rows=500)
    twice = logistic.fit(np.vstack([x, x]), np.concatenate([y, y]), np.ones(1000), PRIOR)
    heavy = logistic.fit(x, y, np.full(500, 2.0), PRIOR)
    assert twice.mode == pytest.approx(heavy.mode, abs=1e-8)
