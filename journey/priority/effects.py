"""The effect δ of a pain point: how much likelier those who meet it are to have the bad outcome.

δ is the mean over the affected of P(bad | x) − P(bad | x without the pain point), draw by draw.
The affected are gathered into nodes of alike risk; up to the nodes' number of rows the mean is
exact, beyond it each node stands for its rows' mean x.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from journey.priority.draws import AnyFloats, Floats, Ints
from journey.priority.logistic import sigmoid

# Nodes over all pain points and segments, and the least and most of one.
_BUDGET = 12_000
_LEAST, _MOST = 12, 128
# Above this many (draw, node) pairs × columns the nodes are held in single precision.
_LARGE = 2e9
_BLOCK = 2_000_000


@dataclass(frozen=True, slots=True)
class Nodes:
    """The nodes of one (pain point, segment), weights summing to 1.

    Attributes:
        x: float64[M, q + P]. share: float64[M]. affected: whether the rows have the pain point
            (else δ is of adding it, for one that nobody named).
    """

    x: Floats
    share: Floats
    affected: bool


def nodes_per_group(groups: int) -> int:
    """Return how many nodes each of so many (pain point, segment) groups may have."""
    return int(np.clip(_BUDGET // max(groups, 1), _LEAST, _MOST))


def gather(
    x: Floats, risk: Floats, weight: Floats, rows: Ints, *, affected: bool, most: int
) -> Nodes:
    """Gather rows into at most `most` nodes of equal count, in the order of their risk."""
    order = rows[np.argsort(risk[rows], kind="stable")]
    w = weight[order]
    if len(order) <= most:
        return Nodes(x[order], w / w.sum(), affected)
    starts = np.arange(most) * len(order) // most
    total = np.add.reduceat(w, starts)
    sums = np.add.reduceat(x[order] * w[:, None], starts, axis=0)
    return Nodes(sums / total[:, None], total / w.sum(), affected)


def yearly(p: Floats, months: int | None) -> Floats:
    """Return leaving over `months` as leaving over 12: 1 − (1 − p)^(12/m); None leaves p."""
    if months is None or months == 12:
        return p
    return np.asarray(-np.expm1((12.0 / months) * np.log1p(-np.minimum(p, 1 - 1e-12))))


def effect_draws(
    groups: list[Nodes], theta: Floats, coefficients: Floats, months: int | None
) -> Floats:
    """Return δ, float64[K, G], of each group.

    Args:
        theta: float64[K, G], each group's pain point's own effect on the logit, as it enters.
        coefficients: float64[K, q + P].
    """
    draws, columns = coefficients.shape
    total = sum(len(g.share) for g in groups)
    large = float(draws) * total * columns > _LARGE
    b: AnyFloats = coefficients.T.astype(np.float32) if large else coefficients.T
    out = np.zeros((draws, len(groups)))
    first = 0
    while first < len(groups):
        last, size = first, 0
        while last < len(groups) and (
            last == first or size + len(groups[last].share) <= _BLOCK // draws
        ):
            size += len(groups[last].share)
            last += 1
        out[:, first:last] = _block(groups[first:last], theta[:, first:last], b, months)
        first = last
    return out


def _block(
    groups: list[Nodes],
    theta: Floats,
    b: AnyFloats,
    months: int | None,
) -> Floats:
    """Return δ[K, g] of a block of groups small enough to stay in the cache's reach."""
    x: Any = np.concatenate([g.x for g in groups]).astype(b.dtype)
    sizes = np.array([len(g.share) for g in groups])
    eta: Any = x @ b  # [nodes, K], in the precision of b
    own: Any = np.repeat(theta.T, sizes, axis=0).astype(b.dtype)
    added = np.repeat(np.array([not g.affected for g in groups]), sizes)
    eta[added] += own[added]
    difference = yearly(sigmoid(eta), months) - yearly(sigmoid(eta - own), months)
    share = np.concatenate([g.share for g in groups])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    weighted = difference * share[:, None].astype(b.dtype)
    return np.asarray(np.add.reduceat(weighted, starts, axis=0).T, dtype=np.float64)
