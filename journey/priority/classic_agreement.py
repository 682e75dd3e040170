"""How far a classic method's order agrees with ours, and where it does not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from journey.model.ids import PainPointId
from journey.priority.classic_methods import Scores
from journey.priority.draws import Floats
from journey.priority.result import Ranking

_MOST_DISAGREEMENTS = 3


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A pain point that two orders place apart; ranks among those that both rank, ties shared."""

    pain_point: PainPointId
    ours: float
    theirs: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """One method beside ours.

    Attributes:
        tau: Kendall's τ_b over the pain points both rank, −1 … 1; None under two of them, or
            where the method tells none apart.
        n: how many both rank.
        top: the first so many of each whole list are compared; shared: how many are among both.
            A tie across the method's cut counts in proportion.
        disagreements: placed most apart, the farthest first, at most three.
    """

    tau: float | None
    n: int
    top: int
    shared: float
    disagreements: tuple[Disagreement, ...]


def kendall_tau_b(x: Sequence[float], y: Sequence[float]) -> float | None:
    """Return Kendall's τ_b: (concordant − discordant)/√((pairs − ties_x)(pairs − ties_y)).

    Kendall 1945, Biometrika 33:239–251. None where either tells no two apart.
    """
    a, b = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    upper = np.triu_indices(len(a), 1)
    da = np.sign(a[:, None] - a[None, :])[upper]
    db = np.sign(b[:, None] - b[None, :])[upper]
    told = float(np.abs(da).sum()) * float(np.abs(db).sum())
    return float(da @ db) / told**0.5 if told > 0 else None


def shared_ranks(goodness: Sequence[float]) -> Floats:
    """Return ranks, 1 for the highest; ties share the mean of their places."""
    g = np.asarray(goodness, dtype=np.float64)
    above = (g[:, None] < g[None, :]).sum(axis=1)
    alike = (g[:, None] == g[None, :]).sum(axis=1)
    return np.asarray(above + (alike + 1) / 2.0)


def places(scores: Scores) -> dict[PainPointId, float]:
    """Return the method's rank of every pain point it has a score for."""
    goodness = _goodness(scores)
    ranks = shared_ranks(list(goodness.values()))
    return {p: float(r) for p, r in zip(goodness, ranks, strict=True)}


def agreement_of(scores: Scores, ranking: Ranking, top: int) -> Agreement:
    """Return how a method agrees with a ranking over its ranked rows."""
    ours = {i.pain_point: i.rank for i in ranking.items if i.rank is not None}
    goodness = _goodness(scores)
    both = [p for p in ours if p in goodness]
    mine = [-float(ours[p]) for p in both]
    theirs = [goodness[p] for p in both]
    first = [p for p, rank in ours.items() if rank <= top]
    inside = _inside(goodness, top)
    return Agreement(
        tau=kendall_tau_b(mine, theirs),
        n=len(both),
        top=min(top, len(ours)),
        shared=sum(inside.get(p, 0.0) for p in first),
        disagreements=_disagreements(both, mine, theirs),
    )


def _goodness(scores: Scores) -> dict[PainPointId, float]:
    """Return the method's figures, turned so that high is first."""
    sign = -1.0 if scores.method.lowest_first else 1.0
    return {p: sign * s.value for p, s in scores.of.items() if s.value is not None}


def _inside(goodness: Mapping[PainPointId, float], top: int) -> dict[PainPointId, float]:
    """Return the chance of each to be among the first, if ties are broken by lot."""
    values = list(goodness.values())
    out = {}
    for pain, mine in goodness.items():
        above = sum(v > mine for v in values)
        alike = values.count(mine)
        out[pain] = min(max((top - above) / alike, 0.0), 1.0)
    return out


def _disagreements(
    both: Sequence[PainPointId], mine: Sequence[float], theirs: Sequence[float]
) -> tuple[Disagreement, ...]:
    found = [
        Disagreement(p, float(a), float(b))
        for p, a, b in zip(both, shared_ranks(mine), shared_ranks(theirs), strict=True)
    ]
    apart = [d for d in found if d.ours != d.theirs]
    apart.sort(key=lambda d: (-abs(d.ours - d.theirs), d.ours))
    return tuple(apart[:_MOST_DISAGREEMENTS])
