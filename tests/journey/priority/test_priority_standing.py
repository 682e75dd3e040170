"""Where rows stand in every draw, ties and all, beside the plainest way to say it."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from journey.priority.standing import ranks_of, standings

SCORES = st.tuples(st.integers(1, 12), st.integers(1, 8)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=st.sampled_from([-1.5, -0.0, 0.0, 1.0, 2.5]))
)


def plain_ranks(scores: np.ndarray) -> np.ndarray:
    """Return each draw's ranks by Python's stable sort."""
    out = np.zeros(scores.shape, dtype=np.int64)
    for k, row in enumerate(scores.tolist()):
        order = sorted(range(len(row)), key=lambda c: -row[c])
        for rank, column in enumerate(order, start=1):
            out[k, column] = rank
    return out


@given(SCORES)
def test_ties_go_in_the_order_of_the_columns(scores):
    np.testing.assert_array_equal(ranks_of(scores), plain_ranks(scores))


@given(SCORES, st.integers(1, 6), st.randoms(use_true_random=False))
def test_a_standing_counts_draws(scores, top_k, chosen):
    rows = scores.shape[1]
    order = list(range(rows))
    chosen.shuffle(order)
    ranks = plain_ranks(scores)
    found = standings(scores, order, top_k)
    assert [s.rank for s in found] == list(range(1, rows + 1))
    for place, (column, standing) in enumerate(zip(order, found, strict=True)):
        mine = sorted(ranks[:, column].tolist())
        inside = [r for r in mine if standing.low80 <= r <= standing.high80]
        assert {standing.low80, standing.high80} <= set(mine)
        assert len(inside) >= 0.8 * len(mine)
        assert standing.top == sum(r <= top_k for r in mine) / len(mine)
        if place == rows - 1:
            assert standing.beats_next is None
            continue
        pairs = zip(scores[:, column], scores[:, order[place + 1]], strict=True)
        ahead = [1.0 if a > b else 0.5 if a == b else 0.0 for a, b in pairs]
        assert abs((standing.beats_next or 0.0) - sum(ahead) / len(ahead)) < 1e-12


def test_equal_rows_are_a_toss_up_as_far_as_it_is_told():
    found = standings(np.zeros((10, 30)), list(range(30)), 5)
    assert [s.toss_up for s in found] == [min(20, 29 - i) for i in range(30)]
    assert all(s.beats_next == 0.5 for s in found[:-1])


def test_rows_far_apart_are_none():
    found = standings(np.tile([3.0, 2.0, 1.0], (10, 1)), [0, 1, 2], 1)
    assert [(s.low80, s.high80, s.top, s.toss_up) for s in found] == [
        (1, 1, 1.0, 0),
        (2, 2, 0.0, 0),
        (3, 3, 0.0, 0),
    ]
