"""The rank-one formulas against a whole new chain."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journey.errors import RankingError
from journey.priority import chain


def _random_chain(rng, size, graphs=3):
    table = rng.dirichlet(np.ones(size + 1), (graphs, size))
    lost = rng.uniform(0.01, 0.3, (graphs, size))
    table = table * (1 - lost)[:, :, None]
    start = rng.dirichlet(np.ones(size), graphs)
    return table[:, :, :size], table[:, :, size], start, lost


def _retained(steps, ends, start, at, etas, lost):
    steps, ends = steps.copy(), ends.copy()
    for t, eta in zip(at, etas, strict=True):
        factor = (1 - lost[t] + eta) / (1 - lost[t])
        steps[t] *= factor
        ends[t] *= factor
    return start @ np.linalg.solve(np.eye(len(ends)) - steps, ends)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.integers(1, 9))
def test_gain_equals_the_recomputed_chain(seed, size):
    rng = np.random.default_rng(seed)
    steps, ends, start, lost = _random_chain(rng, size)
    solved = chain.solve(steps, ends, start, lost)
    at = int(rng.integers(size))
    graph = np.array([0, 1, 2, 0])
    eta = rng.uniform(-0.2, 0.9, 4) * lost[graph, at]
    gained = chain.gain(solved, graph, at, eta)
    for k, g in enumerate(graph):
        before = _retained(steps[g], ends[g], start[g], [], [], lost[g])
        after = _retained(steps[g], ends[g], start[g], [at], [eta[k]], lost[g])
        assert gained[k] == pytest.approx(after - before, abs=1e-12)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.integers(2, 9))
def test_joint_gain_equals_the_recomputed_chain_and_not_the_sum(seed, size):
    rng = np.random.default_rng(seed)
    steps, ends, start, lost = _random_chain(rng, size)
    solved = chain.solve(steps, ends, start, lost)
    at = [int(t) for t in rng.permutation(size)[: min(3, size)]]
    graph = np.arange(3)
    etas = rng.uniform(0, 0.9, (3, len(at))) * lost[:, at]
    gained = chain.joint_gain(solved, graph, at, etas)
    for g in range(3):
        before = _retained(steps[g], ends[g], start[g], [], [], lost[g])
        after = _retained(steps[g], ends[g], start[g], at, etas[g], lost[g])
        assert gained[g] == pytest.approx(after - before, abs=1e-12)


def test_a_large_sparse_chain_is_the_same_as_a_dense_one():
    rng = np.random.default_rng(1)
    size = 240
    steps, ends = np.zeros((2, size, size)), np.zeros((2, size))
    for g in range(2):
        for t in range(size):
            weight = 0.97 * rng.dirichlet([20.0, 3.0, 1.0])
            for step, share in zip((1, 4, -2), weight, strict=True):
                if t + step < size:
                    steps[g, t, max(t + step, 0)] += share
                else:
                    ends[g, t] += share
    start, lost = rng.dirichlet(np.ones(size), 2), np.full((2, size), 0.03)
    solved = chain.solve(steps, ends, start, lost)
    inverse = np.linalg.inv(np.eye(size) - steps)
    assert solved.inverse == pytest.approx(inverse, abs=1e-12)
    assert solved.visits == pytest.approx(np.einsum("gj,gji->gi", start, inverse), abs=1e-12)
    assert solved.retained == pytest.approx(np.einsum("gij,gj->gi", inverse, ends), abs=1e-12)
    assert solved.own == pytest.approx(np.diagonal(inverse, axis1=1, axis2=2), abs=1e-12)


def test_one_touchpoint_alone_gains_its_eta():
    one = np.ones((1, 1))
    solved = chain.solve(np.zeros((1, 1, 1)), 0.8 * one, one, 0.2 * one)
    assert chain.gain(solved, np.array([0]), 0, np.array([0.05]))[0] == pytest.approx(0.05)


def test_a_loop_without_a_way_out_is_found():
    steps = np.array([[0, 1, 0], [1, 0, 0], [0, 0, 0]])
    assert chain.stuck(steps, np.array([0, 0, 1])) == [0, 1]
    assert chain.stuck(steps, np.array([0, 1, 1])) == []


def test_a_loop_without_a_way_out_is_refused_by_name(transactional):
    world = transactional()
    world.arrow("start", "t0", 100)
    world.arrow("t0", "t1", 100)
    world.arrow("t1", "t0", 100)
    with pytest.raises(RankingError) as caught:
        world.rank()
    assert caught.value.reason == "no_way_out"
    assert caught.value.facts["touchpoints"] == ["T0", "T1"]
