"""The score shift of each pain point: how much lower those who meet it score (docs/method.md).

Within a touchpoint y = b − Σ x_p β_p + ε, with β_p ~ N(β0, τβ²) over all pain points and
ε ~ N(0, σ²) over all touchpoints: a pain point with two reports is pulled to the average one.
β0, τβ² and σ² come from expectation–maximisation.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from journey.priority.draws import Floats, Streams
from journey.priority.visits import Visits

# The base score of a touchpoint before any answer, points on 0 … 10.
BASE_MEAN, BASE_SD = 8.0, 3.0
# β0 before any answer; it weighs as one pain point, τβ² as two with a spread of 1 point.
_SHIFT_MEAN, _SHIFT_PRIOR = 1.0, 1.0
_SPREAD_PRIOR = 2.0
_SPREAD2_LOW, _SPREAD2_HIGH = 0.05, 9.0
# σ² weighs as four answers with a spread of 2 points.
_NOISE_PRIOR = 4.0
_MOST_EM = 100
_NODES = 32


@dataclass(frozen=True, slots=True)
class Shift:
    """Draws of the base scores and shifts, and what is left of the scores.

    Attributes:
        base: touchpoint → float64[K]. shift: pain point → float64[K], points lower.
        common_base: float64[K], of a touchpoint never asked about.
        residual, share: float64[M], nodes of the pooled residuals and their weights.
    """

    base: dict[str, Floats]
    shift: dict[str, Floats]
    common_base: Floats
    residual: Floats
    share: Floats


@dataclass(frozen=True, slots=True)
class _Block:
    """One touchpoint's scored visits: x float64[V, 1 + P] is [1, −hits], y, w float64[V]."""

    visits: Visits
    x: Floats
    y: Floats
    w: Floats


@dataclass(frozen=True, slots=True)
class _Sums:
    """Sufficient sums of T touchpoints with equally many pain points, d = 1 + P.

    Attributes:
        gram: float64[T, d, d]. right: float64[T, d]. squares, answers: Σ w y² and Σ w over all.
    """

    gram: Floats
    right: Floats
    squares: float
    answers: float


@dataclass(frozen=True, slots=True)
class _Spread:
    """β0, τβ² and σ²."""

    mean: float = _SHIFT_MEAN
    spread2: float = 1.0
    noise2: float = 4.0


def effort_draws(visits: Sequence[Visits], streams: Streams) -> Shift | None:
    """Return the shifts of the effort asked beside the score; None where it never was."""
    asked = [replace(v, score=v.effort) for v in visits if not np.isnan(v.effort).all()]
    return shift_draws(asked, streams, "effort") if asked else None


def shift_draws(visits: Sequence[Visits], streams: Streams, name: str = "shift") -> Shift:
    """Fit all touchpoints together and draw K times from each one's normal posterior.

    Args:
        name: of the random stream.
    """
    blocks = [_block(v) for v in visits]
    sizes = sorted({b.x.shape[1] for b in blocks})
    spread = _fit([_sums([b for b in blocks if b.x.shape[1] == d]) for d in sizes])
    base: dict[str, Floats] = {}
    shift: dict[str, Floats] = {}
    residuals, weights = [np.zeros(0)], [np.zeros(0)]
    for block in blocks:
        means, roots = _posterior(_sums([block]), spread)
        z = streams.of(name, block.visits.touchpoint).standard_normal(
            (len(means[0]), streams.draws)
        )
        drawn = means[0][:, None] + np.linalg.solve(roots[0].T, z)
        base[block.visits.touchpoint] = drawn[0]
        shift |= dict(zip(block.visits.pains, drawn[1:], strict=True))
        residuals.append(block.y - block.x @ means[0])
        weights.append(block.w)
    common = np.mean(list(base.values()), axis=0) if base else np.full(streams.draws, BASE_MEAN)
    nodes, share = _nodes(np.concatenate(residuals), np.concatenate(weights), spread.noise2)
    return Shift(base, shift, np.asarray(common), nodes, share)


def _block(visits: Visits) -> _Block:
    scored = ~np.isnan(visits.score)
    hits = visits.hits[scored].astype(np.float64)
    x = np.column_stack([np.ones(len(hits)), -hits])
    return _Block(visits, x, visits.score[scored], visits.weight[scored])


def _sums(blocks: Sequence[_Block]) -> _Sums:
    return _Sums(
        gram=np.stack([(b.x * b.w[:, None]).T @ b.x for b in blocks]),
        right=np.stack([b.x.T @ (b.w * b.y) for b in blocks]),
        squares=sum(float(b.w @ b.y**2) for b in blocks),
        answers=sum(float(b.w.sum()) for b in blocks),
    )


def _posterior(sums: _Sums, spread: _Spread) -> tuple[Floats, Floats]:
    """Return mean float64[T, d] and Cholesky factor [T, d, d] of the precision of (b, β_1 …)."""
    size = sums.right.shape[1]
    precision = np.full(size, 1 / spread.spread2)
    precision[0] = BASE_SD**-2.0
    centre = np.full(size, spread.mean)
    centre[0] = BASE_MEAN
    root = np.linalg.cholesky(sums.gram / spread.noise2 + np.diag(precision))
    right = sums.right / spread.noise2 + precision * centre
    half = np.linalg.solve(root, right[:, :, None])
    mean = np.linalg.solve(np.swapaxes(root, 1, 2), half)[:, :, 0]
    return np.asarray(mean), np.asarray(root, dtype=np.float64)


def _fit(groups: Sequence[_Sums]) -> _Spread:
    """Return β0, τβ², σ² at the fixed point of EM."""
    spread = _Spread()
    for _ in range(_MOST_EM):
        after = _step(groups, spread)
        change = max(
            abs(after.mean - spread.mean),
            abs(after.spread2 - spread.spread2),
            abs(after.noise2 - spread.noise2),
        )
        spread = after
        if change < 1e-5:
            break
    return spread


def _step(groups: Sequence[_Sums], spread: _Spread) -> _Spread:
    means, variances = [np.zeros(0)], [np.zeros(0)]
    misfit, answers = _NOISE_PRIOR * 4.0, _NOISE_PRIOR
    for sums in groups:
        mean, root = _posterior(sums, spread)
        inverse = np.linalg.inv(root)
        covariance = np.swapaxes(inverse, 1, 2) @ inverse
        means.append(mean[:, 1:].ravel())
        variances.append(np.diagonal(covariance, axis1=1, axis2=2)[:, 1:].ravel())
        explained = np.sum(mean * (2 * sums.right - (sums.gram @ mean[:, :, None])[:, :, 0]))
        misfit += max(sums.squares - float(explained), 0.0)
        misfit += float(np.sum(covariance * sums.gram))
        answers += sums.answers
    beta, variance = np.concatenate(means), np.concatenate(variances)
    centre = float((beta.sum() + _SHIFT_PRIOR * _SHIFT_MEAN) / (len(beta) + _SHIFT_PRIOR))
    around = float(np.sum((beta - centre) ** 2 + variance)) + _SPREAD_PRIOR
    spread2 = min(max(around / (len(beta) + _SPREAD_PRIOR), _SPREAD2_LOW), _SPREAD2_HIGH)
    return _Spread(centre, spread2, misfit / answers)


def _nodes(residual: Floats, weight: Floats, noise2: float) -> tuple[Floats, Floats]:
    """Return at most 32 nodes of the pooled residuals, exact below; normal without any."""
    if not len(residual):
        x, w = np.polynomial.hermite_e.hermegauss(21)
        return np.asarray(noise2**0.5 * x), np.asarray(w / w.sum())
    order = np.argsort(residual, kind="stable")
    e, w = residual[order], weight[order]
    if len(e) > _NODES:
        starts = np.arange(_NODES) * len(e) // _NODES
        sums = np.add.reduceat(w, starts)
        e, w = np.add.reduceat(e * w, starts) / sums, sums
    return np.asarray(e), np.asarray(w / w.sum())
