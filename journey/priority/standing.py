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
    out = []
    for i, column in enumerate(order):
        following = order[i + 1 :]
        beats = _beats(scores, column, following[0]) if following else None
        toss_up = 0
        for other in following[:_MOST_TOSS_UP]:
            if not 1 - _TOSS_UP < _beats(scores, column, other) < _TOSS_UP:
                break
            toss_up += 1
        top = float((ranks[:, column] <= top_k).mean())
        out.append(Standing(i + 1, int(low[column]), int(high[column]), top, beats, toss_up))
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


def _beats(scores: Floats, mine: int, other: int) -> float:
    """Return the share of draws ahead of another row; a tie counts half."""
    a, b = scores[:, mine], scores[:, other]
    return float((a > b).mean() + 0.5 * (a == b).mean())
