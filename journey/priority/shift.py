"""The score shift of each pain point: how much lower those who meet it score (docs/method.md).

Within a touchpoint y = b − Σ x_p β_p + ε, with β_p ~ N(β0, τβ²) over all pain points and
ε ~ N(0, σ²) over all touchpoints: a pain point with two reports is pulled to the average one.
β0, τβ² and σ² come from expectation–maximisation.
"""

from collections.abc import Sequence
from dataclasses import dataclass

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
_NODES = 64


@dataclass(frozen=True, slots=True)
class Shift:
    """Draws of the base scores and shifts, and what is left of the scores.

    Attributes:
        base: touchpoint → float64[K]. shift: pain point → float64[K], points lower.
        common_base, common_shift: float64[K], of one never asked about.
        residual, share: float64[M], nodes of the pooled residuals and their weights.
    """

    base: dict[str, Floats]
    shift: dict[str, Floats]
    common_base: Floats
    common_shift: Floats
    residual: Floats
    share: Floats


@dataclass(frozen=True, slots=True)
class _Block:
    """One touchpoint's sufficient sums: Gram matrix, right side, Σwy², Σw."""

    visits: Visits
    x: Floats
    y: Floats
    w: Floats
    gram: Floats
    right: Floats
    squares: float


@dataclass(frozen=True, slots=True)
class _Spread:
    mean: float = _SHIFT_MEAN
    spread2: float = 1.0
    noise2: float = 4.0


def shift_draws(visits: Sequence[Visits], streams: Streams) -> Shift:
    """Fit all touchpoints together and draw K times from each one's normal posterior."""
    blocks = [_block(v) for v in visits]
    spread = _fit(blocks)
    base: dict[str, Floats] = {}
    shift: dict[str, Floats] = {}
    residuals, weights = [np.zeros(0)], [np.zeros(0)]
    for block in blocks:
        mean, root = _posterior(block, spread)
        z = streams.of("shift", block.visits.touchpoint).standard_normal((len(mean), streams.draws))
        drawn = mean[:, None] + np.linalg.solve(root.T, z)
        base[block.visits.touchpoint] = drawn[0]
        shift |= dict(zip(block.visits.pains, drawn[1:], strict=True))
        residuals.append(block.y - block.x @ mean)
        weights.append(block.w)
    common = np.mean(list(base.values()), axis=0) if base else np.full(streams.draws, BASE_MEAN)
    around = streams.normal(spread.mean, spread.spread2**0.5, "shift of one never asked about")
    nodes, share = _nodes(np.concatenate(residuals), np.concatenate(weights), spread.noise2)
    return Shift(base, shift, np.asarray(common), around, nodes, share)


def _block(visits: Visits) -> _Block:
    scored = ~np.isnan(visits.score)
    hits = visits.hits[scored].astype(np.float64)
    x = np.column_stack([np.ones(len(hits)), -hits])
    y, w = visits.score[scored], visits.weight[scored]
    weighted = x * w[:, None]
    return _Block(visits, x, y, w, weighted.T @ x, weighted.T @ y, float(w @ y**2))


def _posterior(block: _Block, spread: _Spread) -> tuple[Floats, Floats]:
    """Return the mean and the Cholesky factor of the precision of (b, β_1 …)."""
    precision = np.full(len(block.right), 1 / spread.spread2)
    precision[0] = BASE_SD**-2.0
    centre = np.full(len(block.right), spread.mean)
    centre[0] = BASE_MEAN
    root = np.linalg.cholesky(block.gram / spread.noise2 + np.diag(precision))
    half = np.linalg.solve(root, block.right / spread.noise2 + precision * centre)
    return np.asarray(np.linalg.solve(root.T, half)), np.asarray(root, dtype=np.float64)


def _fit(blocks: Sequence[_Block]) -> _Spread:
    """Return β0, τβ², σ² at the fixed point of EM."""
    spread = _Spread()
    for _ in range(_MOST_EM):
        after = _step(blocks, spread)
        change = max(
            abs(after.mean - spread.mean),
            abs(after.spread2 - spread.spread2),
            abs(after.noise2 - spread.noise2),
        )
        spread = after
        if change < 1e-5:
            break
    return spread


def _step(blocks: Sequence[_Block], spread: _Spread) -> _Spread:
    means, variances = [np.zeros(0)], [np.zeros(0)]
    misfit, answers = _NOISE_PRIOR * 4.0, _NOISE_PRIOR
    for block in blocks:
        mean, root = _posterior(block, spread)
        inverse = np.linalg.inv(root)
        covariance = inverse.T @ inverse
        means.append(mean[1:])
        variances.append(np.diag(covariance)[1:])
        fit = block.squares - 2 * mean @ block.right + mean @ block.gram @ mean
        misfit += max(float(fit), 0.0) + float(np.sum(covariance * block.gram))
        answers += float(block.w.sum())
    beta, variance = np.concatenate(means), np.concatenate(variances)
    centre = float((beta.sum() + _SHIFT_PRIOR * _SHIFT_MEAN) / (len(beta) + _SHIFT_PRIOR))
    around = float(np.sum((beta - centre) ** 2 + variance)) + _SPREAD_PRIOR
    spread2 = min(max(around / (len(beta) + _SPREAD_PRIOR), _SPREAD2_LOW), _SPREAD2_HIGH)
    return _Spread(centre, spread2, misfit / answers)


def _nodes(residual: Floats, weight: Floats, noise2: float) -> tuple[Floats, Floats]:
    """Return at most 64 nodes of the pooled residuals, exact below; normal without any."""
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
