"""Who bears the effects of a relational survey: over whom each δ is meant, and how they stand."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from journey.priority import effects
from journey.priority.draws import AnyFloats, Floats, Ints
from journey.priority.named import named_of
from journey.priority.products import Matrix
from journey.priority.reading import Reading


@dataclass(frozen=True, slots=True)
class Bearers:
    """The nodes over which effects are meant, worked out once for every way people report.

    Attributes:
        odds: float[M, K] as of `effects.odds_of`. owner: each group's pain point.
        group: int64[P, S], the group of each segment.
    """

    nodes: effects.Nodes
    odds: AnyFloats
    owner: Sequence[int]
    group: Ints

    def effects(self, theta: Floats, months: int | None) -> Floats:
        """Return δ, float64[K, P, S], of theta, float64[K, P].

        A segment without anyone affected has the pooled one.
        """
        drawn = effects.effect_draws(self.nodes, theta[:, self.owner], self.odds, months)
        return drawn[:, self.group]


def bearers_of(
    reading: Reading, size: int, x: Matrix, mode: Floats, coefficients: Floats
) -> Bearers:
    """Gather those who bear each effect; mode: float64[q + P], coefficients: float64[K, q + P]."""
    groups, owner, group = _groups(reading, size, np.argsort(x @ mode, kind="stable"))
    met = np.asarray(reading.hits.any(axis=0))
    most = effects.nodes_per_group(len(reading.pains) * size)
    nodes = effects.gather(x, reading.weight, groups, met[owner], most)
    return Bearers(nodes, effects.odds_of(nodes, coefficients), owner, group)


def _groups(reading: Reading, size: int, order: Ints) -> tuple[list[Ints], list[int], Ints]:
    """Return the rows over which δ is meant: of those who meet it, else who used, else of all.

    Args:
        order: int64[R], the rows in the order of their risk.

    Returns:
        The rows of each group, its pain point, and int64[P, S], the group of each segment.
    """
    named = named_of(reading.hits[order])
    met = np.split(order[named.row], np.cumsum(np.bincount(named.pain, minlength=named.pains))[:-1])
    groups: list[Ints] = []
    owner: list[int] = []
    group = np.empty((len(reading.pains), size), dtype=np.int64)
    for p, t in enumerate(reading.place):
        rows = met[p] if len(met[p]) else order[reading.used[order, t]]
        rows = rows if len(rows) else order
        segment, pooled = reading.segment[rows], -1
        for s in range(size):
            mine = rows[segment == s] if size > 1 else rows
            if not len(mine) and pooled >= 0:
                group[p, s] = pooled
                continue
            if not len(mine):
                mine, pooled = rows, len(groups)
            group[p, s] = len(groups)
            owner.append(p)
            groups.append(mine)
    return groups, owner, group
