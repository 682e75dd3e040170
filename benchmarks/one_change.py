"""One question in two quarters: does its 95 % interval hold the truth, and find what it promises?

Run: python -m benchmarks.one_change [worlds]

A change of known size moves every segment alike; the mix of segments differs from quarter to
quarter. Told of each world: mean and standard deviation of the difference and the error reported
for it, how often the interval leaves 0 out, how often one of its width should around a difference
without bias, Φ(1.96 (|d|/h − 1)) with h half its width, and how often it holds the truth.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from math import erf, sqrt
from typing import NamedTuple

import numpy as np

from journey.metrics.counts import ScoreCounts
from journey.metrics.kinds import Metric, default_higher_is_better, default_scale
from journey.model.evidence import Question
from journey.model.ids import QuestionId, SegmentId, TouchpointId
from journey.quarter.record import SegmentCounts
from journey.quarter.touchpoints import Asked, touchpoint_changes

Z = 1.959964
Q = QuestionId("q")
Chances = np.ndarray[tuple[int], np.dtype[np.float64]]
# Changes found about three, six and eight times of ten, by answers a quarter.
NPS_CHANGES = {
    50: (25.0, 35.0, 45.0),
    100: (16.0, 25.0, 34.0),
    200: (12.0, 18.0, 24.0),
    400: (8.0, 12.0, 17.0),
}
# The same for means, in standard deviations of one answer.
MEAN_CHANGES = {50: (0.3, 0.45, 0.58), 100: (0.2, 0.31, 0.4), 200: (0.15, 0.22, 0.28),
                400: (0.1, 0.155, 0.2)}  # fmt: skip
# How answers spread around the middle of their scale, before they are tilted to a mean.
_SHAPES = {
    Metric.CSAT: (0.10, 0.14, 0.22, 0.32, 0.22),
    Metric.CES2: (0.08, 0.09, 0.12, 0.17, 0.22, 0.20, 0.12),
}


@dataclass(frozen=True, slots=True)
class World:
    """Two quarters of one question.

    Attributes:
        sizes: answers in each quarter.
        levels: of each segment, from that of all: points of an NPS, else scale points.
        mixes: each quarter's shares of the segments; None draws them, Dirichlet(8, …, 8).
        change: in the same unit, of every segment.
        around: the level of all; NPS in points.
    """

    metric: Metric
    sizes: tuple[int, int]
    levels: tuple[float, ...] = (0.0,)
    mixes: tuple[tuple[float, ...], tuple[float, ...]] | None = None
    change: float = 0.0
    around: float = 0.0


class Found(NamedTuple):
    """What the comparison said over all worlds; rates 0…1, the others in the question's unit.

    Attributes:
        mean, sd: of the difference. middle: mean of the middles of the intervals.
        error: root mean square of the error told.
    """

    mean: float
    middle: float
    sd: float
    error: float
    outside: float
    promised: float
    covered: float


def nps_chances(nps: float) -> Chances:
    """Return the chances of the scores 0 … 10 for an NPS in points; 30 % are passive."""
    promoters = (0.7 + nps / 100.0) / 2.0
    detractors = 0.7 - promoters
    return np.concatenate([np.full(7, detractors / 7), np.full(2, 0.15), np.full(2, promoters / 2)])


def mean_chances(metric: Metric, mean: float) -> Chances:
    """Return the chances of a scale's scores with this mean: the shape times e^(θ·score)."""
    low, high = default_scale(metric)
    scores, shape = np.arange(low, high + 1.0), np.array(_SHAPES[metric])
    left, right = -8.0, 8.0
    for _ in range(60):
        theta = (left + right) / 2
        chances = shape * np.exp(theta * (scores - scores.mean()))
        chances /= chances.sum()
        left, right = (theta, right) if chances @ scores < mean else (left, theta)
    return np.asarray(chances, dtype=np.float64)


def spread_of_one(metric: Metric) -> float:
    """Return the standard deviation of one answer at the level most worlds have."""
    chances = mean_chances(metric, usual(metric))
    scores = np.arange(len(chances))
    return float(np.sqrt(chances @ scores**2 - (chances @ scores) ** 2))


def usual(metric: Metric) -> float:
    """Return the level most worlds have."""
    low, high = default_scale(metric)
    return 0.0 if metric is Metric.NPS else (low + high) / 2.0


def quarter(rng: np.random.Generator, world: World, wave: int) -> list[SegmentCounts]:
    """Return one quarter's answers, by segment."""
    parts = len(world.levels)
    mix = rng.dirichlet([8.0] * parts) if world.mixes is None else np.array(world.mixes[wave])
    low, high = default_scale(world.metric)
    rows = []
    for s, size in enumerate(rng.multinomial(world.sizes[wave], mix)):
        level = world.around + world.levels[s] + wave * world.change
        chances = (
            nps_chances(level) if world.metric is Metric.NPS else mean_chances(world.metric, level)
        )
        drawn = rng.multinomial(size, chances)
        counts = {low + i: int(n) for i, n in enumerate(drawn) if n}
        better = default_higher_is_better(world.metric)
        made = ScoreCounts(world.metric, low, high, better, counts)
        rows.append(SegmentCounts(Q, SegmentId(f"s{s}"), made))
    return rows


def measure(world: World, worlds: int, seed: int) -> Found:
    """Return what the comparison says of a world, so many times over."""
    scale = default_scale(world.metric)
    question = Question(Q, TouchpointId("t"), "", world.metric.value, scale)
    asked = Asked({Q: (question, "")}, 5, 1, 0.05)
    rows = []
    for rep in range(worlds):
        rng = np.random.default_rng([seed, rep])
        (row,) = touchpoint_changes(quarter(rng, world, 0), quarter(rng, world, 1), asked)
        assert row.difference is not None
        assert row.low95 is not None
        assert row.high95 is not None
        rows.append((row.difference, row.low95, row.high95))
    difference, low, high = np.array(rows).T
    half = np.maximum((high - low) / 2, 1e-9)
    within = (low <= world.change) & (world.change <= high)
    return Found(
        float(difference.mean()),
        float(np.mean((low + high) / 2)),
        float(difference.std()),
        float(np.sqrt(np.mean((half / Z) ** 2))),
        float(np.mean((low > 0) | (high < 0))),
        float(np.mean([normal(Z * (abs(world.change) / h - 1)) for h in half])),
        float(np.mean(within)),
    )


def normal(z: float) -> float:
    """Return the standard normal distribution function."""
    return 0.5 * (1.0 + erf(z / sqrt(2.0)))


def still_worlds() -> list[tuple[str, World]]:
    """Return the worlds without a change whose intervals are to hold 0."""
    found = []
    for size in (20, 100, 400):
        for parts in (1, 2, 3, 4, 5):
            levels = tuple(np.linspace(-12, 12, parts)) if parts > 1 else (0.0,)
            name = f"NPS, {size} answers, {parts} segments"
            found.append((name, World(Metric.NPS, (size, size), levels)))
    small = (0.03, 0.04, 0.05, 0.38, 0.5)
    five = (-20.0, -10.0, 0.0, 10.0, 20.0)
    far = (-40.0, 0.0, 40.0)
    turned = ((0.05, 0.35, 0.6), (0.6, 0.35, 0.05))
    found += [
        ("NPS, segments of 3 to 5 answers", World(Metric.NPS, (100, 100), five, (small, small))),
        ("NPS, mix turned round", World(Metric.NPS, (100, 100), (-12.0, 0.0, 12.0), turned)),
        ("NPS, segments 80 points apart", World(Metric.NPS, (100, 100), far)),
        ("NPS of 60, 20 and 400 answers", World(Metric.NPS, (20, 400), around=60.0)),
    ]
    for metric in (Metric.CSAT, Metric.CES2):
        for size in (20, 100, 400):
            level = World(metric, (size, size), (-0.3, 0.0, 0.3), around=usual(metric))
            found.append((f"{metric.value}, {size} answers, 3 segments", level))
    return found


def changed_worlds(sizes: Sequence[int] = (50, 100, 200, 400)) -> list[tuple[str, World]]:
    """Return the worlds with a change that is found three to nine times of ten."""
    found = []
    for size in sizes:
        for change in NPS_CHANGES[size]:
            for levels in ((0.0,), (-12.0, 0.0, 12.0)):
                name = f"NPS {change:+.0f}, {size} answers, {len(levels)} segments"
                found.append((name, World(Metric.NPS, (size, size), levels, change=change)))
        for metric in (Metric.CSAT, Metric.CES2):
            for share in MEAN_CHANGES[size]:
                change = share * spread_of_one(metric)
                start = usual(metric) - change / 2
                world = World(metric, (size, size), (-0.3, 0.0, 0.3), change=change, around=start)
                found.append((f"{metric.value} {change:+.2f}, {size} answers", world))
    return found


def main(worlds: int) -> None:
    """Print coverage and detection with their goals."""
    rounding = sqrt(0.95 * 0.05 / worlds)
    print(f"Coverage of the 95 % interval, {worlds} worlds each; 2 SE are {2 * rounding:.1%}")
    for number, (name, world) in enumerate(still_worlds()):
        found = measure(world, worlds, 100 + number)
        print(
            f"  {name}: {found.covered:.1%}; mean {found.mean:+.2f}, SD {found.sd:.2f}, "
            f"error told {found.error:.2f}; goal ≥ {0.95 - 2 * rounding:.1%}"
        )
    print("A change: how often its interval leaves 0 out; goal: as promised within 2 SE")
    for number, (name, world) in enumerate(changed_worlds()):
        found = measure(world, worlds, 200 + number)
        error = sqrt(found.promised * (1 - found.promised) / worlds)
        verdict = "as promised" if abs(found.outside - found.promised) <= 2 * error else "NOT"
        print(
            f"  {name}: {found.outside:.1%} (promised {found.promised:.1%}, 2 SE {2 * error:.1%}: "
            f"{verdict}); mean {found.mean:+.2f}, SD {found.sd:.2f}, error told "
            f"{found.error:.2f}; holds the truth in {found.covered:.1%}"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
