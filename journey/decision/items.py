"""What may be chosen: improvements, and pain points without one, as they stand in the list."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from journey.priority import effort
from journey.priority.draws import Floats
from journey.priority.effort import Plan
from journey.priority.estimate import Estimate
from journey.priority.result import Basis, Level, RankedItem


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do.

    Attributes:
        id: of the improvement, else of the pain point. row: its first row in the list.
        pains: what it removes. days: as planned. alone: mean of what it gives alone.
    """

    id: str
    row: RankedItem
    pains: tuple[str, ...]
    plan: Plan
    days: float
    alone: float


def measured_rows(estimate: Estimate) -> list[RankedItem]:
    """Return the ranked rows that may carry a figure, in list order; all of an order by opinion.

    A set of measured fixes is not mixed with opinion: no figure could be given for it.
    """
    basis = estimate.ranking.basis
    opinion = {Basis.MONEY: {Level.D, Level.E}, Basis.INDEX: {Level.E}, Basis.ORDER: set[Level]()}
    return [
        row
        for row in estimate.ranking.items
        if row.rank is not None and not row.no_evidence and row.level not in opinion[basis]
    ]


def items_of(estimate: Estimate) -> list[Item]:
    """Return what may be chosen and is expected to give something, in list order."""
    found: dict[str, Item] = {}
    for row in measured_rows(estimate):
        plan = estimate.plans[row.pain_point]
        name = str(row.improvement or row.pain_point)
        alone = float(estimate.joint[:, estimate.column(row.pain_point)].mean())
        if name not in found and alone > 0:
            found[name] = Item(name, row, _removed(estimate, row), plan, plan.days, alone)
    return list(found.values())


def _removed(estimate: Estimate, row: RankedItem) -> tuple[str, ...]:
    """Return the pain points that the row's improvement addresses in its part of the list."""
    board, improvement = estimate.board, estimate.plans[row.pain_point].improvement
    if improvement is None:
        return (row.pain_point,)
    group = board.group(row.pain_point)
    known = {p for p in improvement.addresses if p in board.body.places}
    return tuple(sorted(p for p in known if board.group(p) == group))


def removed_shares(
    estimate: Estimate, items: Sequence[Item], step: int = 1
) -> tuple[list[str], Floats]:
    """Return the pain points that several items remove, and how much of each, float64[K/step, m].

    What several of them remove is removed once, 1 − Π(1 − e).
    """
    sd = estimate.board.ws.assumptions.fix_efficacy_sd
    left: dict[str, Floats] = {}
    for item in items:
        kept = 1.0 - effort.efficacy_draws(item.plan, sd, estimate.streams)[::step]
        for pain in item.pains:
            left[pain] = left[pain] * kept if pain in left else kept
    pains = sorted(left)
    return pains, np.column_stack([1.0 - left[p] for p in pains])
