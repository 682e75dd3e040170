"""The shrunk baseline: what a figure is worth after the luck that made it stand out.

The worst touchpoint of a quarter "improves" next quarter though nothing changed: regression to
the mean. Its own shrunk value, not the raw low, is what a later figure is held against.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from journey.metrics.counts import ScoreCounts
from journey.metrics.intervals import comparable_nps
from journey.metrics.kinds import Metric
from journey.metrics.score import sample_of
from journey.metrics.shares import nps_classes

_ROUNDS = 50


@dataclass(frozen=True, slots=True)
class Noisy:
    """A figure and the variance of its error, in the square of its unit."""

    value: float
    error: float


def noisy(counts: ScoreCounts) -> Noisy | None:
    """Return a question's figure with its sampling error: NPS in points, else the mean.

    None where there are too few answers to know an error.
    """
    if counts.metric is Metric.NPS:
        score = comparable_nps(*nps_classes(counts))
        if score is None:
            return None
        return Noisy(100.0 * score.score, 1e4 * score.error_variance)
    sample = sample_of(counts)
    if sample is None or sample.n <= 1.0:
        return None
    return Noisy(sample.mean, sample.sd**2 / sample.n)


def shrunk(figures: Sequence[Noisy]) -> list[float]:
    """Return m + (1 − B)(x − m) of each: an empirical Bayes estimate of the true figures.

    m is the precision-weighted mean, τ² the variance between figures by Paule and Mandel's
    equation Σ (x − m)²/(τ² + v) = k − 1 (J. Res. Natl. Bur. Stand. 87, 1982), and B =
    (k − 3)/(k − 1) · v/(τ² + v), so that a mean that was itself estimated does not shrink too much
    (Morris, JASA 78, 1983; equal errors give Efron and Morris's estimate). Three figures or fewer
    stay as they are.
    """
    size = len(figures)
    if size <= 3:
        return [figure.value for figure in figures]
    tau2 = _between(figures)
    mean = _mean(figures, tau2)
    found = []
    for figure in figures:
        total = tau2 + figure.error
        noise = figure.error / total if total > 0 else 0.0
        kept = 1.0 - (size - 3) / (size - 1) * noise
        found.append(mean + kept * (figure.value - mean))
    return found


def _between(figures: Sequence[Noisy]) -> float:
    """Return τ² ≥ 0 by bisection: the left side falls as τ² grows."""
    if _excess(figures, 0.0) <= 0:
        return 0.0
    high = max((f.value - g.value) ** 2 for f in figures for g in figures) or 1.0
    low = 0.0
    for _ in range(_ROUNDS):
        middle = (low + high) / 2
        if _excess(figures, middle) > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _excess(figures: Sequence[Noisy], tau2: float) -> float:
    mean = _mean(figures, tau2)
    floor = 1e-12
    total = math.fsum((f.value - mean) ** 2 / max(f.error + tau2, floor) for f in figures)
    return total - (len(figures) - 1)


def _mean(figures: Sequence[Noisy], tau2: float) -> float:
    weights = [1.0 / max(f.error + tau2, 1e-12) for f in figures]
    total = math.fsum(weights)
    return math.fsum(w * f.value for w, f in zip(weights, figures, strict=True)) / total
