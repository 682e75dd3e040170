"""How widely a row's rank is spread over the draws, kept small enough to be frozen.

A distribution is at most 32 pairs (rank, share of draws). Up to 32 different ranks it is exact;
above, neighbours are gathered into groups of about equal share that stand at their mean rank,
which keeps the mean and moves a chance by at most one group's share.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from journey.model.ids import PainPointId
from journey.priority.result import Ranking

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_GROUPS = 32
# A rank is a whole number: two that are one apart in truth may show as equal.
_ROUNDING_VARIANCE = 1.0 / 12.0


@dataclass(frozen=True, slots=True)
class RankSpread:
    """The distribution of one row's rank over the draws.

    Attributes:
        ranks: ascending. shares: of the draws, sum to 1; of the same length.
    """

    ranks: tuple[float, ...]
    shares: tuple[float, ...]

    @property
    def mean(self) -> float:
        """The mean rank."""
        return math.fsum(r * s for r, s in zip(self.ranks, self.shares, strict=True))

    @property
    def variance(self) -> float:
        """The variance of the rank, never below that of rounding."""
        mean = self.mean
        found = math.fsum(s * (r - mean) ** 2 for r, s in zip(self.ranks, self.shares, strict=True))
        return max(found, _ROUNDING_VARIANCE)


@dataclass(frozen=True, slots=True)
class Listed:
    """A list with the spread of each ranked row."""

    ranking: Ranking
    spreads: Mapping[PainPointId, RankSpread]


def spread_of(ranks: "NDArray[np.int64]") -> RankSpread:
    """Return the spread of one row's ranks over K draws, int64[K]."""
    import numpy as np

    found, numbers = np.unique(ranks, return_counts=True)
    values, counts = found.astype(np.float64), numbers.astype(np.float64)
    if len(values) > MOST_GROUPS:
        group = np.minimum(
            (np.cumsum(counts) - 0.5 * counts) * MOST_GROUPS // len(ranks), MOST_GROUPS - 1
        ).astype(np.int64)
        mass = np.bincount(group, counts, MOST_GROUPS).astype(np.float64)
        total = np.bincount(group, counts * values, MOST_GROUPS).astype(np.float64)
        kept = mass > 0
        values, counts = total[kept] / mass[kept], mass[kept]
    shares = counts / len(ranks)
    return RankSpread(
        tuple(round(float(v), 4) for v in values), tuple(float(share) for share in shares)
    )


def chances_of_rising(before: Sequence[RankSpread], after: Sequence[RankSpread]) -> list[float]:
    """Return P(rank after < rank before) of each row, the quarters' draws independent.

    A tie counts half.
    """
    import numpy as np

    found = []
    for first, second in zip(before, after, strict=True):
        ranks, shares = np.array(first.ranks), np.array(first.shares)
        later, weights = np.array(second.ranks), np.array(second.shares)
        below = np.concatenate([[0.0], np.cumsum(weights)])
        left = below[np.searchsorted(later, ranks, "left")]
        right = below[np.searchsorted(later, ranks, "right")]
        found.append(min(1.0, float(shares @ (0.5 * (left + right)))))
    return found


def no_move_p(before: RankSpread, after: RankSpread) -> float:
    """Return a two-sided p of "the rank did not move": normal on the mean ranks of the draws.

    Independent draws count what both quarters share (priors, efficacy, effort) twice, so that it
    errs towards "no evidence".
    """
    spread = math.sqrt(before.variance + after.variance)
    return math.erfc(abs(after.mean - before.mean) / spread / math.sqrt(2.0))
