"""Kendall's tau and the ranks agree with a second implementation and with counts by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau, rankdata

from journey.priority.classic import compare_methods
from journey.priority.classic_agreement import agreement_of, kendall_tau_b, shared_ranks
from journey.priority.classic_methods import METHODS, Score, Scores

# Few values, so that there are ties.
PAIRS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=2, max_size=40)


@given(PAIRS)
def test_tau_is_that_of_scipy(pairs):
    x, y = zip(*pairs, strict=True)
    mine = kendall_tau_b(x, y)
    if len(set(x)) == 1 or len(set(y)) == 1:
        assert mine is None
    else:
        assert mine == pytest.approx(kendalltau(x, y).statistic, abs=1e-12)


def test_tau_by_hand():
    # Of 6 pairs 4 stand alike and 2 the other way round.
    assert kendall_tau_b([1, 2, 3, 4], [2, 1, 4, 3]) == pytest.approx(2 / 6)
    # One pair tied in y: (5 − 0)/√(6·5).
    assert kendall_tau_b([1, 2, 3, 4], [1, 2, 2, 3]) == pytest.approx(5 / 30**0.5)


def test_tau_needs_two():
    assert kendall_tau_b([], []) is None
    assert kendall_tau_b([1], [1]) is None


@given(st.lists(st.integers(0, 5), max_size=30))
def test_ranks_are_those_of_scipy(values):
    assert list(shared_ranks(values)) == list(rankdata([-v for v in values]))


def votes_of(ranking, figures):
    """Return scores that stand for votes."""
    method = next(m for m in METHODS if m.name == "votes")
    scores = {p: Score(v, "" if v is not None else "no_votes") for p, v in figures.items()}
    return Scores(method, scores)


@pytest.fixture(scope="module")
def ranking(relational):
    return relational(effects=(2.0, 1.2, 0.8, 0.4)).rank(draws=100)


def test_our_own_order_agrees_wholly(ranking):
    figures = {i.pain_point: 100.0 - i.rank for i in ranking.items}
    found = agreement_of(votes_of(ranking, figures), ranking, 2)
    assert (found.tau, found.n, found.top, found.shared) == (1.0, 4, 2, 2)
    assert found.disagreements == ()


def test_the_order_turned_round_disagrees_wholly(ranking):
    figures = {i.pain_point: float(i.rank) for i in ranking.items}
    found = agreement_of(votes_of(ranking, figures), ranking, 2)
    assert (found.tau, found.shared) == (-1.0, 0)
    apart = found.disagreements
    assert [(d.ours, d.theirs) for d in apart] == [(1, 4), (4, 1), (2, 3)]
    assert apart[0].pain_point == ranking.items[0].pain_point


def test_a_tie_across_the_cut_counts_in_proportion(ranking):
    figures = dict.fromkeys((i.pain_point for i in ranking.items), 1.0)
    found = agreement_of(votes_of(ranking, figures), ranking, 2)
    assert found.tau is None
    assert found.shared == pytest.approx(2 * 2 / 4)


def test_what_a_method_cannot_score_is_not_shared(ranking):
    figures = {i.pain_point: None for i in ranking.items}
    figures[ranking.items[0].pain_point] = 1.0
    found = agreement_of(votes_of(ranking, figures), ranking, 2)
    assert (found.tau, found.n, found.shared) == (None, 1, 1)


def test_the_lowest_mean_stands_first(transactional):
    world = transactional()
    found = compare_methods(world.ws, world.tables, world.rank(draws=50))
    mean = next(m for m in found.methods if m.method == "touchpoint_score")
    first = min(mean.scores, key=lambda p: mean.scores[p].value)
    assert mean.ranks[first] == min(mean.ranks.values())
    assert mean.lowest_first
