"""Logistic regression with exchangeable effects: one joint fit, shrunk together (docs/method.md).

The coefficients are q of background (intercept, segment, covariates) with a normal prior each,
then P effects θ_p ~ N(θ0, τ²). τ² comes from expectation–maximisation on Laplace's approximation
and is held in 0.02 … 0.5, so that few reports are pulled to the average effect. A proper prior
on everything makes the mode exist where outcomes are separated or all the same.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from journey.priority.draws import AnyFloats, Floats

TAU2_LOW, TAU2_HIGH = 0.02, 0.5
# Prior spread of the common mean θ0 of the effects where it is free.
MEAN_SD = 2.0
_START_TAU2 = 0.25
_MOST_STEPS = 60
_MOST_EM = 200
_TOLERANCE = 1e-9
_NEAR_MODE = 0.5
# From here a step's Gram matrix is summed in single precision (the gradient never is), and a last
# Newton step of 1e-4 is near enough: the next would be of its square.
_LARGE = 5e8
_LARGE_TOLERANCE = 1e-4
_SPARSE = 0.05


@dataclass(frozen=True, slots=True)
class Prior:
    """What is assumed before the data.

    Attributes:
        mean, sd: float64[q] of the background coefficients.
        free_mean: whether θ0 is learnt (with spread 2 around 0), else it is 0.
    """

    mean: Floats
    sd: Floats
    free_mean: bool


@dataclass(frozen=True, slots=True)
class LogisticFit:
    """The mode, and the Cholesky factor of the negative Hessian there.

    Attributes:
        mode: float64[q + P]. precision_root: lower triangle L with L Lᵀ = −Hessian.
        tau2: the effects' variance.
    """

    mode: Floats
    precision_root: Floats
    tau2: float

    def draws(self, rng: np.random.Generator, count: int) -> Floats:
        """Return float64[count, q + P] draws of Laplace's normal approximation."""
        from scipy.linalg import solve_triangular

        z = rng.standard_normal((len(self.mode), count))
        spread: Floats = solve_triangular(self.precision_root, z, lower=True, trans="T")
        return np.ascontiguousarray((self.mode[:, None] + spread).T)


def sigmoid(x: Floats) -> Floats:
    """Return 1/(1 + e^−x) without overflow."""
    from scipy.special import expit

    return np.asarray(expit(x))


@dataclass(frozen=True, slots=True)
class _Problem:
    """What is fitted; x: float64[R, q + P], y and weight: float64[R]."""

    x: Floats
    y: Floats
    weight: Floats
    prior: Prior

    def centre(self) -> Floats:
        """Return the prior mean of all coefficients."""
        effects = self.x.shape[1] - len(self.prior.mean)
        return np.concatenate([self.prior.mean, np.zeros(effects)])

    def loss(self, b: Floats, precision: Floats) -> float:
        """Return −log posterior, up to a constant."""
        eta = self.x @ b
        away = b - self.centre()
        data = self.weight @ (np.logaddexp(0.0, eta) - self.y * eta)
        return float(data + 0.5 * away @ precision @ away)


def fit(x: Floats, y: Floats, weight: Floats, prior: Prior) -> LogisticFit:
    """Fit P(y = 1) = sigmoid(x b) by Newton's method with τ² re-estimated at every step.

    Args:
        x: float64[R, q + P]; the background's columns first.
        y: float64[R] of 0 and 1. weight: float64[R]; their sum is the effective number of answers.
    """
    problem = _Problem(x, y, weight, prior)
    effects = x.shape[1] - len(prior.mean)
    large = float(x.shape[0]) * x.shape[1] ** 2 > _LARGE
    gram_of = _gram_maker(x, large=large)
    b, tau2 = problem.centre(), _START_TAU2
    tolerance = _LARGE_TOLERANCE if large else _TOLERANCE
    settled = 1e-6 * max(tolerance / _TOLERANCE, 1) ** 0.5
    step = np.inf
    for _ in range(_MOST_STEPS):
        p = sigmoid(x @ b)
        gram = gram_of(weight * p * (1 - p))
        pull = x.T @ (weight * (y - p)) + gram @ b
        # Far from the mode an estimate of τ² costs as much as the step and says little.
        near, before = step < _NEAR_MODE, tau2
        if near:
            tau2 = _tau2(gram, pull, prior, effects, tau2)
        precision = _precision(prior, effects, tau2)
        root = np.asarray(np.linalg.cholesky(gram + precision), dtype=np.float64)
        target = _solve(root, pull + precision @ problem.centre())
        b, step = _line_search(problem, b, target, precision)
        if near and step < tolerance and abs(tau2 - before) <= settled:
            break
    return LogisticFit(b, root, tau2)


def _gram_maker(x: Floats, *, large: bool) -> Callable[[Floats], Floats]:
    """Return what makes xᵀ diag(w) x, the costliest part of a step, from w.

    Few respondents meet any one pain point, so that most of a large x is 0 and a sparse product
    does a small part of the work; where it is not, single precision halves it.
    """
    if large and np.count_nonzero(x) < _SPARSE * x.size:
        from scipy.sparse import csr_array

        rows = csr_array(x)
        columns = csr_array(rows.T)
        return lambda w: np.asarray((columns @ csr_array(rows.multiply(w[:, None]))).toarray())
    summed: AnyFloats = x.astype(np.float32) if large else x

    def gram(w: Floats) -> Floats:
        root = np.sqrt(w)[:, None]
        scaled = np.multiply(summed, root, dtype=summed.dtype, casting="same_kind")
        return np.asarray(scaled.T @ scaled, dtype=np.float64)

    return gram


def _precision(prior: Prior, effects: int, tau2: float) -> Floats:
    """Return the prior precision; a free θ0 correlates the effects: cov τ²I + s²11ᵀ."""
    q = len(prior.mean)
    out = np.zeros((q + effects, q + effects))
    out[np.arange(q), np.arange(q)] = prior.sd**-2.0
    block = np.eye(effects) / tau2
    if prior.free_mean and effects:
        block -= MEAN_SD**2 / (tau2 * (tau2 + effects * MEAN_SD**2))
    out[q:, q:] = block
    return out


def _solve(root: Floats, right: Floats) -> Floats:
    from scipy.linalg import cho_solve

    return np.asarray(cho_solve((root, True), right))


def _line_search(
    problem: _Problem, b: Floats, target: Floats, precision: Floats
) -> tuple[Floats, float]:
    """Return the point reached on the way to `target` and the length of the step.

    The log posterior is concave, so halving always finds a rise.
    """
    here = problem.loss(b, precision)
    direction = target - b
    share = 1.0
    for _ in range(30):
        point = b + share * direction
        if problem.loss(point, precision) <= here + 1e-12 * abs(here):
            break
        share /= 2
    return point, float(np.abs(share * direction).max(initial=0.0))


def _tau2(gram: Floats, pull: Floats, prior: Prior, effects: int, tau2: float) -> float:
    """Return τ² at the fixed point of EM under the quadratic approximation at hand.

    The effects are turned so that their mean is one coordinate (background, where θ0 is free) and
    the rest are independent N(0, τ²); after the background is profiled out, one eigenvalue
    decomposition makes each EM step cost O(P).
    """
    if effects < (2 if prior.free_mean else 1):
        return tau2
    q = len(prior.mean)
    turn = np.eye(q + effects)
    background = q
    if prior.free_mean:
        turn[q:, q:] = _mean_first(effects)
        background += 1
    h, g = turn @ gram @ turn.T, turn @ pull
    ahead = np.zeros(background)
    ahead[:q] = prior.sd**-2.0
    if prior.free_mean:
        ahead[q] = 1 / (effects * MEAN_SD**2 + tau2)
    a = h[:background, :background] + np.diag(ahead)
    g[:q] += prior.mean * prior.sd**-2.0
    cross = np.linalg.solve(a, h[:background, background:])
    values, vectors = np.linalg.eigh(
        h[background:, background:] - h[background:, :background] @ cross
    )
    right = vectors.T @ (g[background:] - cross.T @ g[:background])
    values = np.maximum(values, 0.0)
    for _ in range(_MOST_EM):
        precision = values + 1 / tau2
        after = float(np.mean((right / precision) ** 2 + 1 / precision))
        after = min(max(after, TAU2_LOW), TAU2_HIGH)
        if abs(after - tau2) <= 1e-9 * tau2:
            return after
        tau2 = after
    return tau2


def _mean_first(size: int) -> Floats:
    """Return the Householder reflection whose first row is the mean direction 1/√P."""
    v = np.full(size, 1 / np.sqrt(size))
    v[0] -= 1.0
    norm = float(v @ v)
    return np.eye(size) - (2 / norm) * np.outer(v, v) if norm > 0 else np.eye(size)
