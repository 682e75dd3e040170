"""The columns of the joint regression of a relational survey (docs/method.md)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from journey.priority.draws import Bools, Floats
from journey.priority.logistic import Prior
from journey.priority.memory import Memory
from journey.priority.named import named_of
from journey.priority.products import Matrix, is_large, is_sparse
from journey.priority.reading import Reading

_INTERCEPT_SD = 5.0
_BACKGROUND_SD = 2.5
# Of a text covariate the most frequent values get a column each, the rest share one.
_MOST_LEVELS = 12


@dataclass(frozen=True, slots=True)
class Design:
    """The design matrix, background first, then one column per pain point.

    Attributes:
        x: float64[R, q + P], a csr_array where it is large and mostly 0. background: q.
    """

    x: Matrix
    background: int

    def prior(self) -> Prior:
        """Return the weak priors of the background; the effects share a free mean."""
        sd = np.full(self.background, _BACKGROUND_SD)
        sd[0] = _INTERCEPT_SD
        return Prior(np.zeros(self.background), sd, free_mean=True)


def design_of(reading: Reading, memory: Memory | None = None) -> Design:
    """Return intercept, segments, covariates, a flag "not used" per touchpoint, pain points.

    A flag that never or always holds says nothing and has no column. No respondent is dropped.

    Args:
        memory: keeps the columns of each covariate, which take longest to make.
    """
    kept = memory or Memory()
    rows, pains = reading.hits.shape
    columns = [np.ones(rows)]
    columns += _levels(reading.table.segment)
    for name, values in sorted(reading.table.covariates.items()):
        step = ("covariate", reading.table.survey, name)
        columns += kept.keep(step, (values,), partial(_covariate, values))
    not_used = ~reading.used
    columns += [f.astype(np.float64) for f in not_used.T if f.any() and not f.all()]
    size = len(columns) + pains
    filled = sum(int(np.count_nonzero(c)) for c in columns) + int(np.count_nonzero(reading.hits))
    if is_large(rows, size) and is_sparse(filled, rows, size):
        return Design(_sparse(columns, reading), len(columns))
    x = np.empty((rows, size))
    for i, column in enumerate(columns):
        x[:, i] = column
    x[:, len(columns) :] = reading.hits
    return Design(x, len(columns))


def _sparse(columns: Sequence[Floats], reading: Reading) -> Matrix:
    """Return the matrix without its zeros, column by column and then by rows."""
    from scipy.sparse import csc_array

    filled = [np.flatnonzero(c) for c in columns]
    values = [c[rows] for c, rows in zip(columns, filled, strict=True)]
    named = named_of(reading.hits)
    counts = [*(len(rows) for rows in filled), *np.bincount(named.pain, minlength=named.pains)]
    shape = (reading.hits.shape[0], len(counts))
    found = csc_array(
        (
            np.concatenate([*values, np.ones(len(named.row))]),
            np.concatenate([*filled, named.row]),
            np.concatenate([[0], np.cumsum(counts)]),
        ),
        shape=shape,
    )
    return found.tocsr()


def _levels(codes: np.ndarray[tuple[int], np.dtype[np.int16]]) -> list[Floats]:
    """Return a 0/1 column per level but the first."""
    return [(codes == level).astype(np.float64) for level in np.unique(codes)[1:]]


def _covariate(values: np.ndarray[tuple[int], np.dtype[np.object_]]) -> list[Floats]:
    missing = np.array([v is None or v != v for v in values], dtype=np.bool_)  # noqa: PLR0124 - NaN
    if missing.all():
        return []
    present = values[~missing]
    if all(isinstance(v, int | float | np.number) for v in present):
        columns = [_standardised(values, missing)]
        if missing.any():
            columns.append(missing.astype(np.float64))
        return columns
    texts = np.array(["" if v is None else str(v) for v in values])
    names, codes, counts = np.unique(texts, return_inverse=True, return_counts=True)
    kept = np.sort(np.argsort(-counts, kind="stable")[:_MOST_LEVELS])
    rest = np.full(len(names), len(kept))
    rest[kept] = np.arange(len(kept))
    return _levels(rest[codes].astype(np.int16))


def _standardised(values: np.ndarray[tuple[int], np.dtype[np.object_]], missing: Bools) -> Floats:
    """Return a number's column with mean 0 and spread 1; a missing value stands at the mean."""
    out = np.zeros(len(values))
    numbers = values[~missing].astype(np.float64)
    spread = float(numbers.std())
    if spread > 0 and np.isfinite(spread):
        out[~missing] = (numbers - numbers.mean()) / spread
    return out
