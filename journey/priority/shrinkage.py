"""How far exchangeable effects are pulled together: τ² by expectation–maximisation.

Under a quadratic approximation of the log likelihood, H and g, the effects are turned so that
their mean is one coordinate (background, where θ0 is free) and the rest are independent N(0, τ²);
the background is profiled out (docs/method.md).
"""

import numpy as np

from journey.priority.draws import Floats

TAU2_LOW, TAU2_HIGH = 0.02, 0.5
# Prior spread of the common mean θ0 of the effects where it is free.
MEAN_SD = 2.0
_MOST_EM = 200
# From here a tridiagonal form, a ninth of the work, stands for the eigenvectors.
_MANY = 200


def variance(
    gram: Floats, pull: Floats, ahead: tuple[Floats, Floats], tau2: float, *, free_mean: bool
) -> float:
    """Return τ² at the fixed point of EM, held in 0.02 … 0.5.

    Args:
        gram, pull: float64[q + P, q + P], float64[q + P], H and H b + gradient at hand.
        ahead: mean and sd, float64[q] each, of the background's prior.
        tau2: where to start, and what stays where there are too few effects to tell.
    """
    mean, sd = ahead
    q = len(mean)
    effects = len(pull) - q
    if effects < (2 if free_mean else 1):
        return tau2
    h, g, background = gram, pull.copy(), q
    if free_mean:
        h, g = _turned(gram, pull, q)
        background += 1
    prior = np.zeros(background)
    prior[:q] = sd**-2.0
    if free_mean:
        prior[q] = 1 / (effects * MEAN_SD**2 + tau2)
    a = h[:background, :background] + np.diag(prior)
    g[:q] += mean * sd**-2.0
    cross = np.linalg.solve(a, h[:background, background:])
    rest = h[background:, background:] - h[background:, :background] @ cross
    right = g[background:] - cross.T @ g[:background]
    return _by_reflections(rest, right, tau2) if effects >= _MANY else _by_axes(rest, right, tau2)


def _by_axes(rest: Floats, right: Floats, tau2: float) -> float:
    """Return τ² from one eigenvalue decomposition, after which an EM step costs O(P)."""
    values, vectors = np.linalg.eigh(rest)
    right = vectors.T @ right
    values = np.maximum(values, 0.0)
    for _ in range(_MOST_EM):
        precision = values + 1 / tau2
        after = _held(float(np.mean((right / precision) ** 2 + 1 / precision)))
        if abs(after - tau2) <= 1e-9 * tau2:
            return after
        tau2 = after
    return tau2


def _by_reflections(rest: Floats, right: Floats, tau2: float) -> float:
    """Return the same from a tridiagonal form: its eigenvalues, and a banded solution a step."""
    from scipy.linalg import eigh_tridiagonal, solveh_banded
    from scipy.linalg.lapack import dormqr, dsytrd, dsytrd_lwork

    size = len(right)
    room = int(dsytrd_lwork(size, lower=1)[0])
    packed, main, beside, tau, _ = dsytrd(np.asfortranarray(rest), lower=1, lwork=room)
    turned = right.copy()
    turned[1:] = dormqr("L", "T", packed[1:, :-1], tau, right[1:, None], size)[0][:, 0]
    values = eigh_tridiagonal(main, beside, eigvals_only=True, lapack_driver="sterf")
    values = np.maximum(values, 0.0)
    band = np.zeros((2, size))
    band[1, :-1] = beside
    for _ in range(_MOST_EM):
        band[0] = main + 1 / tau2
        effects = solveh_banded(band, turned, lower=True)
        after = _held(float((effects @ effects + np.sum(1 / (values + 1 / tau2))) / size))
        if abs(after - tau2) <= 1e-9 * tau2:
            return after
        tau2 = after
    return tau2


def _held(tau2: float) -> float:
    return min(max(tau2, TAU2_LOW), TAU2_HIGH)


def _turned(gram: Floats, pull: Floats, q: int) -> tuple[Floats, Floats]:
    """Return H and g after the Householder reflection whose first axis is the mean direction 1/√P.

    Args:
        q: coordinates of the background, which stay.
    """
    size = len(pull) - q
    v = np.full(size, 1 / np.sqrt(size))
    v[0] -= 1.0
    norm = float(v @ v)
    if norm == 0:
        return gram, pull.copy()
    h, g = gram.copy(), pull.copy()
    h[q:] -= np.outer((2 / norm) * v, v @ h[q:])
    h[:, q:] -= np.outer(h[:, q:] @ v, (2 / norm) * v)
    g[q:] -= (2 / norm) * (v @ g[q:]) * v
    return h, g
