"""Shares: priors by moments, segments shrunk, reports corrected once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.priority import shares
from journey.priority.reading import effective_weights


def _counts(hits, users):
    hits, users = np.array(hits, float), np.array(users, float)
    return shares.Counts(hits.sum(), users.sum(), hits, users)


def _draws(counts, prior=(1.0, 9.0), count=40_000):
    return shares.share_draws(np.random.default_rng(1), counts, prior, count)


def test_the_prior_has_the_moments_of_the_shares():
    rng = np.random.default_rng(3)
    true = rng.beta(2.0, 14.0, 400)
    users = np.full(400, 300.0)
    alpha, beta = shares.prior_by_moments(rng.binomial(300, true).astype(float), users)
    assert alpha / (alpha + beta) == pytest.approx(2 / 16, rel=0.1)
    assert alpha + beta == pytest.approx(16, rel=0.25)


@pytest.mark.parametrize(("hits", "users"), [([], []), ([0.0], [0.0]), ([0.0, 0.0], [9.0, 9.0])])
def test_no_hits_leave_a_proper_prior(hits, users):
    alpha, beta = shares.prior_by_moments(np.array(hits), np.array(users))
    assert alpha > 0
    assert beta > 0


def test_one_segment_has_the_pooled_posterior():
    drawn = _draws(_counts([20], [100]))
    assert drawn.shape == (40_000, 1)
    assert drawn.mean() == pytest.approx(21 / 110, abs=0.002)
    assert drawn.std() == pytest.approx((21 / 110 * 89 / 110 / 111) ** 0.5, rel=0.03)


def test_a_segment_without_answers_has_the_pooled_share_and_is_wider():
    drawn = _draws(_counts([20, 0], [100, 0]))
    assert drawn[:, 1].mean() == pytest.approx(21 / 110, abs=0.005)
    assert drawn[:, 1].std() > 1.5 * drawn[:, 0].std()


def test_a_segment_is_pulled_with_the_strength_of_twenty():
    drawn = _draws(_counts([30, 5], [100, 100]))
    pooled = 36 / 210
    assert drawn[:, 0].mean() == pytest.approx((20 * pooled + 30) / 120, abs=0.003)


def test_reports_at_face_value_are_not_corrected():
    assert shares.dilution(0.2, 1.0, 0.0) == 1.0
    assert shares.true_share(np.array([0.2]), 1.0, 0.0)[0] == 0.2


def test_the_correction_of_reports_is_the_one_of_the_method():
    a = (0.19 - 0.03) / (0.8 - 0.03)
    assert shares.true_share(np.array([0.19]), 0.8, 0.03)[0] == pytest.approx(a)
    expected = (0.8 - 0.03) * a * (1 - a) / (0.19 * 0.81)
    assert shares.dilution(0.19, 0.8, 0.03) == pytest.approx(expected)
    assert shares.dilution(0.01, 0.8, 0.03) == 0.25


@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=40))
def test_weights_sum_to_kishs_effective_number(raw):
    weight = np.array(raw)
    trimmed = np.minimum(weight, 5 * np.median(weight))
    expected = trimmed.sum() ** 2 / (trimmed**2).sum()
    assert effective_weights(weight).sum() == pytest.approx(expected)
    assert effective_weights(weight).sum() <= len(raw) * (1 + 1e-12)
