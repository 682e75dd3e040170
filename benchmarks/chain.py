"""The absorbing chain of 1,000 touchpoints, beside scipy's splu on the same system.

Run: python -m benchmarks.chain

Both factorise I − Q and solve for the visits and for the chance to end retained; they take turns,
and medians are told.
"""

from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np
from scipy.sparse import csc_array, eye_array
from scipy.sparse.linalg import splu

from journey.priority.chain import factorised, passage
from journey.priority.draws import Floats

TOUCHPOINTS, RUNS = 1000, 200
GOAL_RATIO = 1.2
_EXIT = 0.03


def journey() -> tuple[Any, Floats, Floats]:
    """Return Q, the starts and the steps to "retained" of a journey with jumps and returns."""
    rng = np.random.default_rng(1)
    steps = np.zeros((TOUCHPOINTS, TOUCHPOINTS))
    retained = np.zeros(TOUCHPOINTS)
    for t in range(TOUCHPOINTS):
        weight = (1 - _EXIT) * rng.dirichlet([20.0, 4.0, 2.0, 1.0])
        for step, share in zip((1, 2, 5, -3), weight, strict=True):
            if t + step >= TOUCHPOINTS:
                retained[t] += share
            else:
                steps[t, max(t + step, 0)] += share
    start = np.zeros(TOUCHPOINTS)
    start[:3] = 1 / 3
    return csc_array(steps), start, retained


def seconds(work: Callable[[], object]) -> float:
    """Return how long one call takes."""
    begin = perf_counter()
    work()
    return perf_counter() - begin


def main() -> None:
    """Print the medians, their ratio and the goal."""
    steps, start, retained = journey()
    identity = eye_array(TOUCHPOINTS, format="csc")

    def bare() -> tuple[Floats, Floats]:
        factors: Any = splu(identity - steps)
        return factors.solve(start, trans="T"), factors.solve(retained)

    def ours() -> tuple[Floats, Floats]:
        return passage(factorised(steps), start, retained)

    for mine, theirs in zip(ours(), bare(), strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-10)
    pairs = [(seconds(bare), seconds(ours)) for _ in range(RUNS)]
    splu_ms, ours_ms = (1000 * median(p[i] for p in pairs) for i in (0, 1))
    print(
        f"chain of {TOUCHPOINTS:,} touchpoints: {ours_ms:.2f} ms, splu {splu_ms:.2f} ms, "
        f"ratio {ours_ms / splu_ms:.2f}; goal ≤ {GOAL_RATIO:.1f}"
    )


if __name__ == "__main__":
    main()
