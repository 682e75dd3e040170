"""What makes a large fit quick gives what the plain arithmetic gives."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from journey.priority import products, shrinkage
from journey.priority.market import market_of
from journey.priority.named import counts_of, named_of, tallies_of
from journey.priority.products import Dense, Sparse, products_of
from journey.priority.reading import read
from journey.priority.shares import count
from journey.priority.tally import tally_of


def _matrix(rows=300, columns=12, filled=0.2, seed=3):
    rng = np.random.default_rng(seed)
    x = np.where(rng.random((rows, columns)) < filled, rng.normal(1, 0.5, (rows, columns)), 0.0)
    x[7] = 0.0
    return x, rng.uniform(0.1, 2.0, rows), rng.normal(0, 1, columns)


@pytest.mark.parametrize("most", [20_000_000, 0])
def test_sparse_products_are_the_dense_ones(monkeypatch, most):
    monkeypatch.setattr(products, "_MOST_PAIRS", most)
    x, w, b = _matrix()
    sparse = Sparse(csr_array(x))
    assert sparse.times(b) == pytest.approx(x @ b, abs=1e-12)
    assert sparse.pulled(w) == pytest.approx(x.T @ w, abs=1e-12)
    assert sparse.gram(w) == pytest.approx(x.T @ (w[:, None] * x), abs=1e-12)


def test_a_matrix_is_made_sparse_where_it_is_large_and_mostly_empty():
    x, *_ = _matrix()
    assert isinstance(products_of(x), Dense)
    wide = np.zeros((6000, 300))
    wide[:, :8] = 1.0
    assert isinstance(products_of(wide), Sparse)
    assert isinstance(products_of(csr_array(x)), Sparse)


def test_single_precision_changes_a_gram_matrix_in_its_seventh_figure():
    x, w, _ = _matrix()
    exact = Dense(x, x).gram(w)
    assert Dense(x, x.astype(np.float32)).gram(w) == pytest.approx(exact, rel=1e-5, abs=1e-5)


@pytest.mark.parametrize("tau2", [0.25, 0.05])
def test_the_variance_by_reflections_is_that_by_eigenvectors(tau2):
    rng = np.random.default_rng(9)
    root = rng.normal(0, 1, (40, 60))
    rest = root @ root.T
    right = rest @ rng.normal(0, 0.4, 40) + root @ rng.normal(0, 1, 60)
    by_axes = shrinkage._by_axes(rest, right, tau2)
    assert shrinkage._by_reflections(rest, right, tau2) == pytest.approx(by_axes, rel=1e-9)
    assert shrinkage.TAU2_LOW < by_axes < shrinkage.TAU2_HIGH


def test_counts_and_tallies_at_once_are_those_of_one_pain_point_after_the_other(relational):
    world = relational(rows=500)
    reading = read(world.ws, market_of(world.ws, world.tables), world.tables[0])
    named = named_of(reading.hits)
    bad = reading.outcome.bad
    at_once = counts_of(reading, named, 2), tallies_of(reading, named, bad)
    for p, t in enumerate(reading.place):
        one = count(reading.segment, reading.weight * reading.used[:, t], reading.hits[:, p], 2)
        found = at_once[0][p]
        assert (found.hits, found.users) == (one.hits, one.users)
        assert found.by_segment_hits.tolist() == one.by_segment_hits.tolist()
        assert found.by_segment_users.tolist() == one.by_segment_users.tolist()
        alone = tally_of(reading.used[:, t], reading.hits[:, p], bad, None)
        assert at_once[1][p] == alone
