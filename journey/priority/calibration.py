"""Exits that were not logged, held to the churn that is known (docs/method.md).

One factor g scales every exit hazard that is not logged, so that customers lost in a year are the
known churn × the share of it that is due to experience. Ranks hardly move; money does.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from journey.priority.draws import Floats
from journey.priority.flow import Flow

_MOST_STEPS = 40
_NEAR = 1e-7
_HIGHEST = 0.99
# Where the logged exits leave less than this of the churn, the rest is held at it.
_LEAST_REST = 0.05


@dataclass(frozen=True, slots=True)
class Unlogged:
    """What is lost without being logged, per customer, as a function of g.

    Attributes:
        flows: (flow, starts float64[S], hazard float64[K, J]) of journeys without logged exits.
        loose: (reach float64[S], hazard float64[K]) of touchpoints outside every order.
        mix: float64[S], of customers.
    """

    flows: Sequence[tuple[Flow, Floats, Floats]]
    loose: Sequence[tuple[Floats, Floats]]
    mix: Floats

    def draws(self) -> int:
        """Return how many draws have graphs of their own in every journey."""
        sizes = [len(flow.chains[0].visits) for flow, _, _ in self.flows]
        return min([*sizes, *(len(h) for _, h in self.loose), *(len(h) for *_, h in self.flows)])

    def lost(self, g: Floats) -> Floats:
        """Return customers lost per customer, float64[m], of the first m draws by g, float64[m]."""
        m = len(g)
        total = np.zeros(m)
        for flow, starts, hazard in self.flows:
            h = np.clip(g[:, None] * hazard[:m], 0.0, _HIGHEST)
            for s, (table, start) in enumerate(flow.tables):
                ends = _lost(table[:m], start[:m], hazard[:m], h)
                total += self.mix[s] * starts[s] * ends
        if self.loose:
            each = [
                np.log1p(-np.clip(g * h[:m], 0.0, _HIGHEST))[:, None] * reach
                for reach, h in self.loose
            ]
            total += -np.expm1(np.sum(each, axis=0)) @ self.mix
        return total

    def level(self) -> Floats:
        """Return float64[K], loss to the first order: what tells draws of one graph apart."""
        out: Floats = sum(
            ((self.mix @ reach) * h for reach, h in self.loose), np.zeros(self._all())
        )
        for flow, starts, hazard in self.flows:
            for s, solved in enumerate(flow.chains):
                visits = solved.visits[flow.graph]
                out = out + self.mix[s] * starts[s] * (visits * hazard).sum(axis=1)
        return out

    def _all(self) -> int:
        return len(self.flows[0][2]) if self.flows else len(self.loose[0][1])


def _lost(table: Floats, start: Floats, before: Floats, hazard: Floats) -> Floats:
    """Return float64[m], the share of starts lost with other hazards than the table was made of."""
    size = start.shape[1]
    stay = ((1.0 - hazard) / np.maximum(1.0 - before, 1e-9))[:, :, None]
    steps = np.eye(size) - table[:, :, :size] * stay
    gone = np.linalg.solve(steps, hazard[:, :, None])[:, :, 0]
    return np.asarray((start * gone).sum(axis=1))


def factor(unlogged: Unlogged, churn: float, logged: Floats) -> Floats | None:
    """Return g, float64[K], or None where the logged exits already exceed the churn.

    Args:
        churn: customers lost in a year because of their experience, 0 … 1.
        logged: float64[K], those of them that the logs show, per customer.
    """
    if float(logged.mean()) >= churn:
        return None
    m = unlogged.draws()
    target = np.maximum(churn - logged[:m], _LEAST_REST * churn)
    g = _solved(unlogged.lost, target)
    level = unlogged.level()
    index = np.arange(len(level)) % m
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(level > 0, level[index] / level, 1.0)
    return np.asarray(g[index] * ratio)


def _solved(lost: Callable[[Floats], Floats], target: Floats) -> Floats:
    """Return g with lost(g) = target, by g ← g·target/lost(g): the loss is concave in g."""
    g = np.ones(len(target))
    for _ in range(_MOST_STEPS):
        now = lost(g)
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = np.where(now > 0, target / now, 1.0)
        g = g * ratio
        if np.abs(ratio - 1.0).max() < _NEAR:
            break
    return g
