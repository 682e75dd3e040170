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
from journey.priority.products import Matrix

# Nodes over all pain points and segments, and the least and most of one.
_BUDGET = 12_000
_LEAST, _MOST = 12, 128
# Above this many (draw, node) pairs × columns the nodes are held in single precision.
_LARGE = 2e9
_BLOCK = 2_000_000
# Beyond this a logit is sure; the odds of two stay within single precision.
_FAR = 40.0


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


def odds_of(nodes: Nodes, coefficients: Floats) -> AnyFloats:
    """Return float[M, K], the odds of the good outcome; in single precision where there are many.

    Args:
        coefficients: float64[K, q + P].
    """
    draws, columns = coefficients.shape
    large = float(draws) * len(nodes.share) * columns > _LARGE
    b: AnyFloats = coefficients.T.astype(np.float32) if large else coefficients.T
    out: AnyFloats = np.empty((len(nodes.share), draws), dtype=b.dtype)
    for first in range(0, len(out), max(1, _BLOCK // draws)):
        mine = slice(first, first + max(1, _BLOCK // draws))
        x: Any = nodes.x[mine].toarray().astype(b.dtype)
        np.exp(np.clip(-(x @ b), -_FAR, _FAR), out=out[mine])
    return out


def effect_draws(nodes: Nodes, theta: Floats, odds: AnyFloats, months: int | None) -> Floats:
    """Return δ, float64[K, G], of each group.

    Args:
        theta: float64[K, G], each group's pain point's own effect on the logit, as it enters.
        odds: float[M, K] as of `odds_of`.
    """
    draws = odds.shape[1]
    ends = np.append(nodes.first, len(nodes.share))
    out = np.zeros((draws, len(nodes.first)))
    first = 0
    while first < len(nodes.first):
        last = int(np.searchsorted(ends, ends[first] + _BLOCK // draws, side="right")) - 1
        last = max(last, first + 1)
        out[:, first:last] = _block(nodes, slice(first, last), theta[:, first:last], odds, months)
        first = last
    return out


def _block(
    nodes: Nodes, groups: slice, theta: Floats, odds: AnyFloats, months: int | None
) -> Floats:
    """Return δ[K, g] of a block of groups small enough to stay in the cache's reach.

    Without the pain point the odds of the good outcome are e^θ times as large, with it e^−θ.
    """
    ends = np.append(nodes.first, len(nodes.share))
    mine = slice(ends[groups.start], ends[groups.stop])
    sizes = np.diff(ends[groups.start : groups.stop + 1])
    sign = np.where(nodes.affected[groups], 1.0, -1.0)[:, None]
    times: Any = np.exp(np.clip(sign * theta.T, -_FAR, _FAR)).astype(odds.dtype)
    now: Any = odds[mine]
    other = np.repeat(times, sizes, axis=0) * now
    difference = _bad(now + 1.0, months) - _bad(other + 1.0, months)
    difference *= nodes.share[mine, None].astype(odds.dtype)
    starts = ends[groups] - ends[groups.start]
    total = np.add.reduceat(difference, starts, axis=0)
    return np.asarray((sign * total).T, dtype=np.float64)


def _bad(one_more: Any, months: int | None) -> Any:
    """Return P(bad) of odds of the good outcome to which 1 was added; used up."""
    return yearly(np.reciprocal(one_more, out=one_more), months)
