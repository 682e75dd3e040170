"""Where each row stands: ranks by the posterior mean, and in every draw."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from journey.priority.draws import Floats, Ints

# Ranks by row and draw, held small: every pair of neighbours is compared in every draw.
_Places = NDArray[np.int32]
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
    places, shared = _places(scores)
    low, high = _ranges(places)
    top = np.count_nonzero(places <= top_k, axis=1) / len(scores)
    ordered = shared[list(order)]
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


def _toss_ups(ordered: _Places, beats: Floats) -> Ints:
    """Return int64[n], how many rows after each have no clear place against it, without a gap.

    Args:
        ordered: int32[n, K], shared ranks in list order. beats: float64[n − 1], against the next.
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
    return _places(scores)[0].T.astype(np.int64)


def _places(scores: Floats) -> tuple[_Places, _Places]:
    """Return each draw's ranks from 1 by column, ties in their order, and with ties sharing one."""
    keys = np.ascontiguousarray(-scores)
    order = np.argsort(keys, axis=1)
    ascending = np.take_along_axis(keys, order, axis=1)
    rises = ascending[:, :-1] < ascending[:, 1:]
    # The quick sort leaves ties in any order: only the draws that have some are sorted again.
    tied = np.flatnonzero(~rises.all(axis=1))
    order[tied] = np.argsort(keys[tied], axis=1, kind="stable")
    numbers = np.arange(1, scores.shape[1] + 1, dtype=np.int32)
    ranks = np.empty(order.shape, dtype=np.int32)
    np.put_along_axis(ranks, order, numbers[None, :], axis=1)
    by_column = ranks.T.copy()
    if not len(tied):
        return by_column, by_column
    first = np.repeat(numbers[None, :], len(tied), axis=0)
    first[:, 1:][~rises[tied]] = 0
    ranks[tied[:, None], order[tied]] = np.maximum.accumulate(first, axis=1)
    return by_column, np.ascontiguousarray(ranks.T)


def _ranges(places: _Places) -> tuple[_Places, _Places]:
    """Return the ranks that hold at least 80 % of the draws between them, of int32[n, K]."""
    inside = np.sort(places, axis=1)
    last = places.shape[1] - 1
    return inside[:, math.floor(0.1 * last)], inside[:, math.ceil(0.9 * last)]


def _beats(mine: _Places, other: _Places) -> Floats:
    """Return the share of draws ahead of other rows, float64[m] of [m, K]; a tie counts half."""
    before, not_after = (
        ahead.view(np.uint8).sum(axis=1, dtype=np.uint32) / mine.shape[1]
        for ahead in (mine < other, mine <= other)
    )
    return np.asarray(0.5 * (before + not_after))
