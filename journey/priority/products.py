"""Products with the columns of a regression, the costliest part of its fit.

Few respondents meet any one pain point, so that most of a large matrix is 0 and a sparse product
does a small part of the work; where it is not, single precision halves that of the Gram matrix.
"""

from typing import Any, Protocol, TypeAlias

import numpy as np
from scipy.sparse import csc_array, csr_array

from journey.priority.draws import AnyFloats, Floats

# Rows of float64[R, q + P], or a scipy.sparse.csr_array of that shape where it is large and sparse.
Matrix: TypeAlias = Any

# Rows × columns², from which single precision and sparse products are worth their while.
_LARGE = 5e8
_SPARSE = 0.05
# Pairs of columns that meet in a row; beyond, they are not all listed.
_MOST_PAIRS = 20_000_000


class Products(Protocol):
    """What a fit asks of x, R rows of q + P columns."""

    @property
    def shape(self) -> tuple[int, int]:
        """Return R and q + P."""

    def times(self, b: Floats) -> Floats:
        """Return x b, float64[R]."""

    def pulled(self, v: Floats) -> Floats:
        """Return xᵀ v, float64[q + P]."""

    def gram(self, w: Floats) -> Floats:
        """Return xᵀ diag(w) x, float64[q + P, q + P]."""


def is_large(rows: int, columns: int) -> bool:
    """Whether a fit of this size may round where it costs much and changes little."""
    return float(rows) * columns**2 > _LARGE


def is_sparse(filled: int, rows: int, columns: int) -> bool:
    """Whether so many entries other than 0 are few."""
    return filled < _SPARSE * rows * columns


def products_of(x: Matrix) -> Products:
    """Return the products of a matrix; a large dense one that is mostly 0 is made sparse."""
    rows, columns = x.shape
    if isinstance(x, csr_array):
        return Sparse(x)
    large = is_large(rows, columns)
    if large and is_sparse(int(np.count_nonzero(x)), rows, columns):
        return Sparse(csr_array(x))
    return Dense(x, x.astype(np.float32) if large else x)


class Dense:
    """A dense matrix; `summed` is what the Gram matrix is summed of, perhaps in less precision."""

    def __init__(self, x: Floats, summed: AnyFloats) -> None:
        self._x, self._summed = x, summed

    @property
    def shape(self) -> tuple[int, int]:
        """Return its rows and columns."""
        rows, columns = self._x.shape
        return rows, columns

    def times(self, b: Floats) -> Floats:
        """Return x b."""
        return np.asarray(self._x @ b)

    def pulled(self, v: Floats) -> Floats:
        """Return xᵀ v."""
        return np.asarray(self._x.T @ v)

    def gram(self, w: Floats) -> Floats:
        """Return xᵀ diag(w) x."""
        dtype = self._summed.dtype
        root = np.sqrt(w)[:, None]
        scaled = np.multiply(self._summed, root, dtype=dtype, casting="same_kind")
        return np.asarray(scaled.T @ scaled, dtype=np.float64)


class Sparse:
    """A sparse matrix in which the pairs of columns that meet in a row are listed once."""

    def __init__(self, x: Any) -> None:
        self._x, self._turned = x, csr_array(x.T)
        met = np.diff(x.indptr)
        few = int((met.astype(np.int64) * (met + 1) // 2).sum()) <= _MOST_PAIRS
        self._pairs = _pairs(x) if few else None

    @property
    def shape(self) -> tuple[int, int]:
        """Return its rows and columns."""
        rows, columns = self._x.shape
        return rows, columns

    def times(self, b: Floats) -> Floats:
        """Return x b."""
        return np.asarray(self._x @ b)

    def pulled(self, v: Floats) -> Floats:
        """Return xᵀ v."""
        return np.asarray(self._turned @ v)

    def gram(self, w: Floats) -> Floats:
        """Return xᵀ diag(w) x."""
        if self._pairs is None:
            return np.asarray((self._turned @ csr_array(self._x.multiply(w[:, None]))).toarray())
        columns = self._x.shape[1]
        lower = (self._pairs @ w).reshape(columns, columns)
        return np.asarray(lower + np.tril(lower, -1).T)


def _pairs(x: Any) -> Any:
    """Return the csc_array [(q + P)², R] whose product with w is the lower Gram matrix, flat.

    Column r holds x_ri x_rj at i·(q + P) + j for every pair i ≥ j of row r's entries.
    """
    rows, columns = x.shape
    met = np.diff(x.indptr).astype(np.int64)
    first = np.concatenate([[0], np.cumsum(met * (met + 1) // 2)])
    cells = np.empty(first[-1], dtype=np.int64)
    values = np.empty(first[-1])
    for size in np.unique(met[met > 0]):
        mine = np.flatnonzero(met == size)
        entry = x.indptr[mine][:, None] + np.arange(size)
        low, high = np.tril_indices(size)
        to = first[mine][:, None] + np.arange(len(low))
        at, value = x.indices[entry].astype(np.int64), x.data[entry]
        cells[to] = at[:, low] * columns + at[:, high]
        values[to] = value[:, low] * value[:, high]
    return csc_array((values, cells, first), shape=(columns**2, rows))
