"""The spread of a rank over the draws: small, and true to what it stands for."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.quarter.spread import MOST_GROUPS, chances_of_rising, no_move_p, spread_of

DRAWS = st.lists(st.integers(1, 500), min_size=1, max_size=400).map(np.array)


@given(DRAWS)
def test_a_spread_is_small_and_keeps_the_mean(
    ranks: "np.ndarray[tuple[int], np.dtype[np.int64]]",
) -> None:
    found = spread_of(ranks)
    assert len(found.ranks) == len(found.shares) <= MOST_GROUPS
    assert list(found.ranks) == sorted(found.ranks)
    assert math.fsum(found.shares) == pytest.approx(1.0)
    assert found.mean == pytest.approx(float(ranks.mean()), abs=1e-3)
    if len(np.unique(ranks)) <= MOST_GROUPS:
        assert found.variance == pytest.approx(max(float(ranks.var()), 1 / 12))
    else:
        assert found.variance <= float(ranks.var()) + 1e-2


@given(DRAWS, DRAWS)
def test_the_chance_is_that_of_all_pairs(
    before: "np.ndarray[tuple[int], np.dtype[np.int64]]",
    after: "np.ndarray[tuple[int], np.dtype[np.int64]]",
) -> None:
    (found,) = chances_of_rising([spread_of(before)], [spread_of(after)])
    (back,) = chances_of_rising([spread_of(after)], [spread_of(before)])
    pairs = after[None, :] - before[:, None]
    true = float((pairs < 0).mean() + 0.5 * (pairs == 0).mean())
    exact = all(len(np.unique(ranks)) <= MOST_GROUPS for ranks in (before, after))
    assert found == pytest.approx(true, abs=1e-9 if exact else 2.5 / MOST_GROUPS)
    assert found + back == pytest.approx(1.0)


def test_a_sure_move_and_no_move() -> None:
    low, high = spread_of(np.full(1000, 3)), spread_of(np.full(1000, 30))
    assert no_move_p(low, high) < 1e-9
    assert no_move_p(low, low) == 1.0
    assert no_move_p(low, high) == no_move_p(high, low)
