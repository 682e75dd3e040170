"""The rank-one formulas against a recomputation in fractions, which rounds nothing."""

from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from journey.priority import chain
from journey.priority.flow import Flow
from journey.priority.kept import leg_of

_STAGES, _EACH = 4, 2
_SIZE = _STAGES * _EACH
# What method 3.2 states; a chance has no more than 1.1e-16 between two floats near 1.
_STATED = Fraction(1, 10**15)


def _journey(rng):
    """Return Q, c, start and h of stages run forward, with steps aside and back."""
    steps, ends = np.zeros((_SIZE, _SIZE)), np.zeros(_SIZE)
    lost = rng.uniform(0.01, 0.3, _SIZE)
    for t in range(_SIZE):
        stage = t // _EACH
        steps[t, stage * _EACH + (t + 1) % _EACH] = 0.1
        if stage:
            steps[t, (stage - 1) * _EACH : stage * _EACH] = 0.08 * rng.dirichlet([1.0, 1.0])
        ahead = 1.0 - steps[t].sum()
        if stage < _STAGES - 1:
            steps[t, (stage + 1) * _EACH : (stage + 2) * _EACH] = ahead * rng.dirichlet([1.0, 1.0])
        else:
            ends[t] = ahead
    stay = 1.0 - lost
    start = np.zeros(_SIZE)
    start[:_EACH] = rng.dirichlet([2.0, 2.0])
    return steps * stay[:, None], ends * stay, start, lost


def _solved(rows, right):
    """Solve by elimination in fractions."""
    size = len(right)
    table = [[*row, value] for row, value in zip(rows, right, strict=True)]
    for i in range(size):
        for k in range(i + 1, size):
            factor = table[k][i] / table[i][i]
            if factor:
                table[k] = [b - factor * a for a, b in zip(table[i], table[k], strict=True)]
    found = [Fraction(0)] * size
    for i in reversed(range(size)):
        known = sum(table[i][k] * found[k] for k in range(i + 1, size))
        found[i] = (table[i][size] - known) / table[i][i]
    return found


def _retained(journey, etas):
    """Return P(retained) with η taken off the hazards, exactly that of the given floats."""
    steps, ends, start, lost = journey
    stay = [1 - Fraction(h) for h in lost.tolist()]
    factor = [(s + Fraction(etas.get(t, 0.0))) / s for t, s in enumerate(stay)]
    rows = [
        [(i == j) - Fraction(q) * factor[i] for j, q in enumerate(row)]
        for i, row in enumerate(steps.tolist())
    ]
    to_end = [Fraction(c) * k for c, k in zip(ends.tolist(), factor, strict=True)]
    chances = _solved(rows, to_end)
    return sum(Fraction(s) * r for s, r in zip(start.tolist(), chances, strict=True))


def _of_one(journey):
    return chain.solve(*(part[None] for part in journey))


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 2**32 - 1))
def test_a_fix_is_the_recomputed_journey_to_the_fifteenth_decimal(seed):
    rng = np.random.default_rng(seed)
    journey = _journey(rng)
    solved, lost = _of_one(journey), journey[3]
    at, graph = int(rng.integers(_SIZE)), np.zeros(1, dtype=np.int64)
    eta = float(rng.uniform(-0.5, 0.9) * lost[at])
    exact = _retained(journey, {at: eta}) - _retained(journey, {})
    found = float(chain.gain(solved, graph, at, np.array([eta]))[0])
    assert abs(Fraction(found) - exact) < _STATED
    flow = Flow({"t": at}, (solved,), graph, counted=True, exits=True)
    leg = leg_of("t", flow, np.ones(1), lost[[at]], "t")
    kept = float(leg.gain(np.full((1, 1, 1), eta))[0, 0, 0])
    assert abs(Fraction(kept) - exact) < _STATED


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 2**32 - 1), st.integers(2, 4))
def test_fixes_at_once_are_the_recomputed_journey_to_the_fifteenth_decimal(seed, many):
    rng = np.random.default_rng(seed)
    journey = _journey(rng)
    at = [int(t) for t in rng.permutation(_SIZE)[:many]]
    etas = rng.uniform(0.0, 0.9, many) * journey[3][at]
    graph = np.zeros(1, dtype=np.int64)
    found = float(chain.joint_gain(_of_one(journey), graph, at, etas[None])[0])
    exact = _retained(journey, dict(zip(at, etas.tolist(), strict=True))) - _retained(journey, {})
    assert abs(Fraction(found) - exact) < _STATED
