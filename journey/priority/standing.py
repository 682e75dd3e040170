"""Where each row stands: ranks by the posterior mean, and in every draw."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from journey.priority.draws import Floats, Ints

# Two rows are a toss-up while either is ahead in more than two draws of five.
_TOSS_UP = 0.6
_MOST_TOSS_UP = 20


@dataclass(frozen=True, slots=True)
class Standing:
    """One row's place.

    Attributes:
        rank: 1 …; low80, high80: the 80 % range over the draws. top: share of draws among the
            first top_k. beats_next: share of draws ahead of the next row, None for the last.
        toss_up: how many of the next rows have no clear place against this one, 20 at most.
    """

    rank: int
    low80: int
    high80: int
    top: float
    beats_next: float | None
    toss_up: int


def standings(scores: Floats, order: Sequence[int], top_k: int) -> list[Standing]:
    """Return the standing of each row in list order.

    Args:
        scores: float64[K, n], columns in the order of ids, which breaks ties.
        order: the columns in list order.
    """
    ranks = ranks_of(scores)
    low, high = ranks_range(ranks)
    top = (ranks <= top_k).mean(axis=0)
    ordered = np.ascontiguousarray(scores[:, list(order)].T)
    beats = _beats(ordered[:-1], ordered[1:])
    level = _toss_ups(ordered, beats)
    last = len(order) - 1
    return [
        Standing(
            rank=i + 1,
            low80=int(low[column]),
            high80=int(high[column]),
            top=float(top[column]),
            beats_next=float(beats[i]) if i < last else None,
            toss_up=int(level[i]),
        )
        for i, column in enumerate(order)
    ]


def _toss_ups(ordered: Floats, beats: Floats) -> Ints:
    """Return int64[n], how many rows after each have no clear place against it, without a gap.

    Args:
        ordered: float64[n, K] in list order. beats: float64[n − 1], against the next row.
    """
    out = np.zeros(len(ordered), dtype=np.int64)
    open_rows = np.arange(len(ordered) - 1)
    for lag in range(1, _MOST_TOSS_UP + 1):
        found = beats if lag == 1 else _beats(ordered[open_rows], ordered[open_rows + lag])
        open_rows = open_rows[(found > 1 - _TOSS_UP) & (found < _TOSS_UP)]
        out[open_rows] = lag
        open_rows = open_rows[open_rows + lag + 1 < len(ordered)]
        if not len(open_rows):
            break
    return out


def ranks_of(scores: Floats) -> Ints:
    """Return int64[K, n], each draw's ranks from 1, ties in the order of the columns."""
    order = np.argsort(-scores, axis=1, kind="stable")
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(1, scores.shape[1] + 1)[None, :], axis=1)
    return ranks


def ranks_range(ranks: Ints) -> tuple[Ints, Ints]:
    """Return the ranks that hold at least 80 % of the draws between them, per column."""
    low = np.quantile(ranks, 0.1, axis=0, method="lower")
    high = np.quantile(ranks, 0.9, axis=0, method="higher")
    return low.astype(np.int64), high.astype(np.int64)


def _beats(mine: Floats, other: Floats) -> Floats:
    """Return the share of draws ahead of other rows, float64[m] of [m, K]; a tie counts half."""
    return np.asarray(0.5 * ((mine > other).mean(axis=1) + (mine >= other).mean(axis=1)))
