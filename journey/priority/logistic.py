"""Logistic regression with exchangeable effects: one joint fit, shrunk together (docs/method.md).

The coefficients are q of background (intercept, segment, covariates) with a normal prior each,
then P effects θ_p ~ N(θ0, τ²). τ² comes from expectation–maximisation on Laplace's approximation
and is held in 0.02 … 0.5, so that few reports are pulled to the average effect. A proper prior
on everything makes the mode exist where outcomes are separated or all the same.
"""

from dataclasses import dataclass

import numpy as np

from journey.priority.draws import Floats
from journey.priority.products import Dense, Matrix, Products, Sparse, is_large, products_of
from journey.priority.shrinkage import MEAN_SD, variance

_START_TAU2 = 0.25
_MOST_STEPS = 60
_TOLERANCE = 1e-9
_NEAR_MODE = 0.5
# From here a step's Gram matrix is summed in single precision (the gradient never is), and a last
# Newton step of 1e-4 is near enough: the next would be of its square.
_LARGE_TOLERANCE = 1e-4


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
    """What is fitted; x: of shape [R, q + P], y and weight: float64[R]; effects: P."""

    x: Products
    y: Floats
    weight: Floats
    prior: Prior
    effects: int

    def centre(self) -> Floats:
        """Return the prior mean of all coefficients."""
        return np.concatenate([self.prior.mean, np.zeros(self.effects)])

    def loss(self, b: Floats, eta: Floats, precision: Floats) -> float:
        """Return −log posterior, up to a constant; eta: float64[R], the logits x b."""
        away = b - self.centre()
        data = self.weight @ (np.logaddexp(0.0, eta) - self.y * eta)
        return float(data + 0.5 * away @ precision @ away)


def fit(x: Matrix | Products, y: Floats, weight: Floats, prior: Prior) -> LogisticFit:
    """Fit P(y = 1) = sigmoid(x b) by Newton's method with τ² re-estimated at every step.

    Args:
        x: float64[R, q + P], a csr_array of it, or its products; the background's columns first.
        y: float64[R] of 0 and 1. weight: float64[R]; their sum is the effective number of answers.
    """
    products: Products = x if isinstance(x, Dense | Sparse) else products_of(x)
    problem = _Problem(products, y, weight, prior, x.shape[1] - len(prior.mean))
    b, tau2 = problem.centre(), _START_TAU2
    tolerance = _LARGE_TOLERANCE if is_large(*x.shape) else _TOLERANCE
    settled = 1e-6 * max(tolerance / _TOLERANCE, 1) ** 0.5
    step, eta = np.inf, problem.x.times(b)
    for _ in range(_MOST_STEPS):
        p = sigmoid(eta)
        gram = problem.x.gram(weight * p * (1 - p))
        pull = problem.x.pulled(weight * (y - p)) + gram @ b
        # Far from the mode an estimate of τ² costs as much as the step and says little.
        near, before = step < _NEAR_MODE, tau2
        if near:
            background = prior.mean, prior.sd
            tau2 = variance(gram, pull, background, tau2, free_mean=prior.free_mean)
        precision = _precision(prior, problem.effects, tau2)
        root = np.asarray(np.linalg.cholesky(gram + precision), dtype=np.float64)
        target = _solve(root, pull + precision @ problem.centre())
        b, eta, step = _line_search(problem, (b, eta), target, precision)
        if near and step < tolerance and abs(tau2 - before) <= settled:
            break
    return LogisticFit(b, root, tau2)


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
    problem: _Problem, at: tuple[Floats, Floats], target: Floats, precision: Floats
) -> tuple[Floats, Floats, float]:
    """Return the point reached on the way to `target`, its logits, and the length of the step.

    The log posterior is concave, so halving always finds a rise.

    Args:
        at: the point left, and its logits.
    """
    b, eta = at
    here = problem.loss(b, eta, precision)
    direction = target - b
    share = 1.0
    for _ in range(30):
        point = b + share * direction
        eta = problem.x.times(point)
        if problem.loss(point, eta, precision) <= here + 1e-12 * abs(here):
            break
        share /= 2
    return point, eta, float(np.abs(share * direction).max(initial=0.0))
