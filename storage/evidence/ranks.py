"""The different numbers among many, and which of them each is, where they lie close together."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

# So wide a table of all numbers there could be is quicker than sorting those there are.
_WIDEST: Final = 1 << 23
_HALF: Final = np.uint64(32)
_LOWER: Final = np.uint64(0xFFFF_FFFF)

Keys = NDArray[np.uint64]
Ranks = NDArray[np.intp]


def ranked(keys: Keys) -> tuple[Keys, Ranks]:
    """Return the different keys, ascending, and for each key its place among those.

    Keys of two halves, each of which lies within a narrow range, take no sorting.
    """
    if not len(keys):
        return keys, np.zeros(0, dtype=np.intp)
    uppers, upper = _of_range(keys >> _HALF)
    lowers, lower = _of_range(keys & _LOWER)
    both, places = _of_range((upper * len(lowers) + lower).astype(np.uint64))
    high, low = np.divmod(both.astype(np.intp), len(lowers))
    return (uppers[high] << _HALF) | lowers[low], places


def _of_range(numbers: Keys) -> tuple[Keys, Ranks]:
    """Return what `ranked` does, of any numbers."""
    least = numbers.min()
    span = int(numbers.max() - least) + 1
    if span > _WIDEST:
        different, places = np.unique(numbers, return_inverse=True)
        return different, places
    at = (numbers - least).astype(np.intp)
    met = np.zeros(span, dtype=bool)
    met[at] = True
    found = np.flatnonzero(met)
    # Only the places that were met are ever looked at.
    rank = np.empty(span, dtype=np.intp)
    rank[found] = np.arange(len(found))
    return found.astype(np.uint64) + least, rank[at]
