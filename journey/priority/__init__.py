"""Priorities: what to fix first, in customer value, with its uncertainty.

`rank` imports numpy only when it is called, so that this package may be imported on the
start-up path.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from journey.priority.result import RankedItem, Ranking

if TYPE_CHECKING:
    from journey.model.ids import LeaderId
    from journey.model.workspace import Workspace
    from journey.priority.evidence import ResponseTable

__all__ = ["for_leader", "rank"]


def rank(
    workspace: "Workspace",
    tables: "Sequence[ResponseTable]",
    *,
    quarter: str | None,
    draws: int = 1000,
    seed: int = 1,
    draft: bool = True,
) -> Ranking:
    """Rank every pain point of a workspace by the value kept per effort-day (docs/method.md).

    Raises:
        RankingError: contradictory_assumptions (found: (assumption, reason) pairs), no_draws, or
            no_way_out (journey, touchpoints) where a loop of touchpoints cannot be left.
    """
    from journey.priority.ranking import ranking_of

    return ranking_of(workspace, tables, quarter=quarter, draws=draws, seed=seed, draft=draft)


def for_leader(ranking: Ranking, leader: "LeaderId | None") -> tuple[RankedItem, ...]:
    """Return a leader's rows with the ranks of the whole list; None is "Unassigned"."""
    return tuple(item for item in ranking.items if item.leader == leader)
