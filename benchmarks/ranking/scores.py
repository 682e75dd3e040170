"""How good an order is beside the true one, and how honest its intervals are."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import kendalltau

from benchmarks.ranking.methods import classic
from benchmarks.ranking.observed import judged, observe, pain_id, table_of, workspace_of
from benchmarks.ranking.world import PAINS, Floats, Ints, Truth, truth_of, worth, worth_of_each
from journey.model.workspace import Workspace
from journey.priority import rank
from journey.priority.evidence import ResponseTable
from journey.priority.result import Ranking

OURS, OPINION = "Waymark", "Waymark, workshop only"
TOP = 5
BUDGET = 0.15


@dataclass(frozen=True, slots=True)
class Quality:
    """One order beside the truth.

    Attributes:
        top: true value per day of its first five over that of the best five.
        budget: true joint value of what fits into 15 % of all work, over the same in true order.
        tau: Kendall's τ_b. first: whether its first is the best.
    """

    top: float
    budget: float
    tau: float
    first: float


@dataclass(frozen=True, slots=True)
class Honesty:
    """The ranking's figures beside the truth; shares of the rows with a figure.

    Attributes:
        inside80, inside95: whose interval holds the true value. shown: share of rows with one.
        claimed, true: sums of the values shown, and of the true values of all pain points.
    """

    inside80: float
    inside95: float
    shown: float
    claimed: float
    true: float


@dataclass(frozen=True, slots=True)
class Trial:
    """One journey at one number of answers: quality by method, and the ranking's honesty."""

    world: str
    n: int
    rep: int
    quality: dict[str, Quality]
    honesty: Honesty


def trial(world: str, seed: int, rep: int, n: int) -> Trial:
    """Simulate one journey, rank it every way and score each.

    The truth depends on (seed, rep) only, so that all numbers of answers see the same journeys.
    """
    for_truth, for_seen, for_ties = np.random.default_rng([seed, rep]).spawn(3)
    truth = truth_of(for_truth, world)
    value = worth_of_each(truth)
    seen = observe(truth, for_seen, n)
    ws = workspace_of(seen)
    ranking = _ranked(ws, [table_of(seen.answers)])
    orders = {
        OURS: _places(ranking),
        OPINION: _places(_ranked(judged(ws, seen.workshop), [])),
    } | classic(seen, for_ties)
    ties = for_ties.permutation(PAINS)
    quality = {name: quality_of(score, truth, value, ties) for name, score in orders.items()}
    return Trial(world, n, rep, quality, honesty_of(ranking, value))


def _ranked(ws: Workspace, tables: Sequence[ResponseTable]) -> Ranking:
    return rank(ws, tables, quarter="2026Q4")


def _places(ranking: Ranking) -> Floats:
    """Return float64[M], more is earlier."""
    place = {item.pain_point: -float(i) for i, item in enumerate(ranking.items)}
    return np.array([place[pain_id(p)] for p in range(PAINS)])


def quality_of(score: Floats, truth: Truth, value: Floats, ties: Ints) -> Quality:
    """Score an order; equal scores stand in the order of `ties`."""
    per_day = value / truth.effort
    mine, best = np.lexsort((ties, -score)), np.argsort(-per_day)
    tau = float(kendalltau(score, per_day).statistic)
    return Quality(
        top=float(per_day[mine[:TOP]].sum() / per_day[best[:TOP]].sum()),
        budget=worth(truth, fitting(mine, truth)) / worth(truth, fitting(best, truth)),
        tau=tau if np.isfinite(tau) else 0.0,
        first=float(mine[0] == best[0]),
    )


def fitting(order: Ints, truth: Truth) -> list[int]:
    """Return what the budget pays in this order, skipping what no longer fits."""
    left = BUDGET * float(truth.effort.sum())
    taken = []
    for p in order:
        if truth.effort[p] <= left:
            left -= float(truth.effort[p])
            taken.append(int(p))
    return taken


def honesty_of(ranking: Ranking, value: Floats) -> Honesty:
    """Compare a ranking's values and intervals with the true values, float64[M]."""
    true = {pain_id(p): float(value[p]) for p in range(PAINS)}
    rows = [i for i in ranking.items if i.value_mean is not None]
    if not rows:
        return Honesty(np.nan, np.nan, 0.0, np.nan, float(value.sum()))
    truths = np.array([true[i.pain_point] for i in rows])
    drawn = np.array([[i.value_mean, i.low80, i.high80, i.low95, i.high95] for i in rows])
    mean, low80, high80, low95, high95 = drawn.astype(np.float64).reshape(-1, 5).T
    return Honesty(
        inside80=float(((low80 <= truths) & (truths <= high80)).mean()),
        inside95=float(((low95 <= truths) & (truths <= high95)).mean()),
        shown=len(rows) / len(ranking.items),
        claimed=float(mean.sum()),
        true=float(value.sum()),
    )
