"""The journey as an absorbing Markov chain, solved exactly (docs/method.md).

Touchpoints are transient; "retained" and "lost" absorb. With Q the steps between touchpoints and
c those to "retained", N = (I − Q)⁻¹ are expected visits and r = N c the chance to end retained.
Arrays carry a leading axis of G drawn graphs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from journey.priority.draws import Floats

# From here on sparse factors beat a dense inverse.
_LARGE, _SPARSE = 200, 0.05


@dataclass(frozen=True, slots=True)
class Chain:
    """A solved chain.

    Attributes:
        visits: float64[G, J], expected visits per journey start. retained: float64[G, J], r.
        inverse: float64[G, J, J], N. lost: float64[G, J], the exit hazard h per visit.
        own: float64[G, J], N_tt: visits to a touchpoint from a first one on.
    """

    visits: Floats
    retained: Floats
    inverse: Floats
    lost: Floats
    own: Floats


def solve(steps: Floats, to_retained: Floats, start: Floats, lost: Floats) -> Chain:
    """Return the chain of Q float64[G, J, J], c float64[G, J], start float64[G, J], h.

    I − Q is regular where every touchpoint can reach an end (`stuck` finds those that cannot).
    """
    size = steps.shape[-1]
    if size >= _LARGE and np.count_nonzero(steps[0]) < _SPARSE * size * size:
        return _solve_sparse(steps, to_retained, start, lost)
    inverse = np.linalg.inv(np.eye(size) - steps)
    visits = np.einsum("gj,gji->gi", start, inverse)
    retained = np.einsum("gij,gj->gi", inverse, to_retained)
    own = np.diagonal(inverse, axis1=1, axis2=2).copy()
    return Chain(visits, retained, np.asarray(inverse, dtype=np.float64), lost, own)


def _solve_sparse(steps: Floats, to_retained: Floats, start: Floats, lost: Floats) -> Chain:
    from scipy.sparse import csc_array

    graphs, size = start.shape
    inverse = np.empty((graphs, size, size))
    visits, retained = np.empty((graphs, size)), np.empty((graphs, size))
    for g in range(graphs):
        factors = factorised(csc_array(steps[g]))
        visits[g], retained[g] = passage(factors, start[g], to_retained[g])
        inverse[g] = factors.solve(np.eye(size))
    own = np.diagonal(inverse, axis1=1, axis2=2).copy()
    return Chain(visits, retained, inverse, lost, own)


def factorised(steps: Any) -> Any:
    """Return the sparse LU factors (scipy's SuperLU) of I − Q.

    Journeys run mostly forward and each row of Q sums to at most 1, so that I − Q is diagonally
    dominant: the order of the touchpoints and the diagonal pivots are as good as any.

    Args:
        steps: Q, a scipy.sparse.csc_array of shape [J, J].
    """
    from scipy.sparse import eye_array
    from scipy.sparse.linalg import splu

    system = eye_array(steps.shape[0], format="csc") - steps
    return splu(system, permc_spec="COLAMD", diag_pivot_thresh=0.0)


def passage(factors: Any, start: Floats, to_retained: Floats) -> tuple[Floats, Floats]:
    """Return expected visits float64[J] and the chance to end retained float64[J] of one chain.

    Args:
        factors: as `factorised` returns them. start, to_retained: float64[J].
    """
    return factors.solve(start, trans="T"), factors.solve(to_retained)


def stuck(steps: Floats, ends: Floats) -> list[int]:
    """Return the touchpoints from which no end can be reached, by a search against the arrows.

    Args:
        steps: float64[J, J], 0 where there is no arrow. ends: float64[J], 0 where none leads out.
    """
    reached = ends > 0
    while True:
        more = reached | ((steps > 0) @ reached)
        if (more == reached).all():
            return [int(j) for j in np.flatnonzero(~reached)]
        reached = more


def gain_rate(lost: Floats, eta: Floats) -> Floats:
    """Return k = (1 − h + η)/(1 − h) − 1 = η/(1 − h), by which a fix scales a touchpoint's row."""
    return np.asarray(eta / np.maximum(1.0 - lost, 1e-9))


def gain(
    chain: Chain, graph: np.ndarray[tuple[int], np.dtype[np.int64]], at: int, eta: Floats
) -> Floats:
    """Return Δ P(retained) of taking η off the hazard of one touchpoint, float64[K].

    Sherman–Morrison on the rank-one change: (start N)_t · k · r_t / (1 − k(N_tt − 1)).

    Args:
        graph: int64[K], which drawn graph each draw uses. eta: float64[K].
    """
    k = gain_rate(chain.lost[graph, at], eta)
    back = chain.inverse[graph, at, at] - 1.0
    return np.asarray(chain.visits[graph, at] * k * chain.retained[graph, at] / (1.0 - k * back))


def joint_gain(
    chain: Chain,
    graph: np.ndarray[tuple[int], np.dtype[np.int64]],
    at: Sequence[int],
    etas: Floats,
) -> Floats:
    """Return Δ P(retained) of several touchpoints' fixes at once, float64[K], recomputed exactly.

    With T the touchpoints and K = diag(k): (start N)_T (I − K(N_TT − I))⁻¹ K r_T, which is what a
    whole new chain gives.

    Args:
        at: m different touchpoints. etas: float64[K, m], the sum of η at each.
    """
    index = np.asarray(at)
    k = gain_rate(chain.lost[graph][:, index], etas)
    among = chain.inverse[graph[:, None, None], index[:, None], index[None, :]]
    size = len(index)
    system = np.eye(size) - k[:, :, None] * (among - np.eye(size))
    right = (k * chain.retained[graph][:, index])[:, :, None]
    solved = np.linalg.solve(system, right)[:, :, 0]
    return np.asarray(np.einsum("km,km->k", chain.visits[graph][:, index], solved))
