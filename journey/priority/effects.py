"""The effect δ of a pain point: how much likelier those who meet it are to have the bad outcome.

δ is the mean over the affected of P(bad | x) − P(bad | x without the pain point), draw by draw.
The affected are gathered into nodes of alike risk; up to the nodes' number of rows the mean is
exact, beyond it each node stands for its rows' mean x.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from journey.priority.draws import AnyFloats, Bools, Floats, Ints
from journey.priority.logistic import sigmoid
from journey.priority.products import Matrix

# Nodes over all pain points and segments, and the least and most of one.
_BUDGET = 12_000
_LEAST, _MOST = 12, 128
# Above this many (draw, node) pairs × columns the nodes are held in single precision.
_LARGE = 2e9
_BLOCK = 2_000_000


@dataclass(frozen=True, slots=True)
class Nodes:
    """The nodes of G (pain point, segment) groups, one group after the other.

    Attributes:
        x: csr_array of float64[M, q + P]. share: float64[M], summing to 1 in each group.
        first: int64[G], where each begins. affected: bool[G], whether the rows have the pain point
            (else δ is of adding it, for one that nobody named).
    """

    x: Matrix
    share: Floats
    first: Ints
    affected: Bools


def nodes_per_group(groups: int) -> int:
    """Return how many nodes each of so many (pain point, segment) groups may have."""
    return int(np.clip(_BUDGET // max(groups, 1), _LEAST, _MOST))


def gather(x: Matrix, weight: Floats, groups: Sequence[Ints], affected: Bools, most: int) -> Nodes:
    """Gather each group's rows into at most `most` nodes of equal count.

    Args:
        groups: the rows of each, at least one, in the order of their risk. affected: bool[G].
    """
    starts: list[Ints] = []
    shares: list[Floats] = []
    loads: list[tuple[Floats, Floats]] = []
    first, row, node = [], 0, 0
    for rows in groups:
        w = weight[rows]
        size = min(len(rows), most)
        at = np.arange(size) * len(rows) // size
        total = np.add.reduceat(w, at)
        first.append(node)
        starts.append(row + at)
        shares.append(total / w.sum())
        # A node of a single row is that row, to the last bit.
        loads.append((w, total) if size < len(rows) else (np.ones(size), np.ones(size)))
        row, node = row + len(rows), node + size
    means = _means(x, np.concatenate(groups), np.append(np.concatenate(starts), row), loads)
    return Nodes(means, np.concatenate(shares), np.array(first), affected)


def _means(x: Matrix, rows: Ints, ends: Ints, loads: Sequence[tuple[Floats, Floats]]) -> Matrix:
    """Return each node's mean of x, a csr_array; loads: per group the rows' weights and sums."""
    from scipy.sparse import csr_array

    weight, total = (np.concatenate(part) for part in zip(*loads, strict=True))
    pick = csr_array((weight, rows, ends), shape=(len(total), x.shape[0]))
    sums = pick @ csr_array(x)
    sums.data /= np.repeat(total, np.diff(sums.indptr))
    return sums


def yearly(p: Floats, months: int | None) -> Floats:
    """Return leaving over `months` as leaving over 12: 1 − (1 − p)^(12/m); None leaves p."""
    if months is None or months == 12:
        return p
    return np.asarray(-np.expm1((12.0 / months) * np.log1p(-np.minimum(p, 1 - 1e-12))))


def effect_draws(nodes: Nodes, theta: Floats, coefficients: Floats, months: int | None) -> Floats:
    """Return δ, float64[K, G], of each group.

    Args:
        theta: float64[K, G], each group's pain point's own effect on the logit, as it enters.
        coefficients: float64[K, q + P].
    """
    draws, columns = coefficients.shape
    ends = np.append(nodes.first, len(nodes.share))
    large = float(draws) * len(nodes.share) * columns > _LARGE
    b: AnyFloats = coefficients.T.astype(np.float32) if large else coefficients.T
    out = np.zeros((draws, len(nodes.first)))
    first = 0
    while first < len(nodes.first):
        last = int(np.searchsorted(ends, ends[first] + _BLOCK // draws, side="right")) - 1
        last = max(last, first + 1)
        out[:, first:last] = _block(nodes, slice(first, last), theta[:, first:last], b, months)
        first = last
    return out


def _block(nodes: Nodes, groups: slice, theta: Floats, b: AnyFloats, months: int | None) -> Floats:
    """Return δ[K, g] of a block of groups small enough to stay in the cache's reach."""
    ends = np.append(nodes.first, len(nodes.share))
    mine = slice(ends[groups.start], ends[groups.stop])
    sizes = np.diff(ends[groups.start : groups.stop + 1])
    x: Any = nodes.x[mine].toarray().astype(b.dtype)
    eta: Any = x @ b  # [nodes, K], in the precision of b
    own: Any = np.repeat(theta.T, sizes, axis=0).astype(b.dtype)
    added = np.repeat(~nodes.affected[groups], sizes)
    if added.any():
        eta[added] += own[added]
    difference = yearly(sigmoid(eta), months) - yearly(sigmoid(eta - own), months)
    weighted = difference * nodes.share[mine, None].astype(b.dtype)
    starts = ends[groups] - ends[groups.start]
    return np.asarray(np.add.reduceat(weighted, starts, axis=0).T, dtype=np.float64)
