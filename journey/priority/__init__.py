"""Priorities: what to fix first, in customer value, with its uncertainty.

`rank` gives the list. `prepare` gives a `Study`, from which the list is made again in a fraction
of a second under other assumptions, and which opens the draws behind it: values, efforts, the
joint value of a chosen set. Both import numpy only when they are called, so that this package may
be imported on the start-up path.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from journey.priority.result import RankedItem, Ranking

if TYPE_CHECKING:
    from journey.model.ids import LeaderId
    from journey.model.workspace import Workspace
    from journey.priority.evidence import ResponseTable
    from journey.priority.study import Study

__all__ = ["for_leader", "prepare", "rank"]


def prepare(
    workspace: "Workspace",
    tables: "Sequence[ResponseTable]",
    *,
    quarter: str | None,
    draws: int = 1000,
    seed: int = 1,
    draft: bool = True,
    earlier: "Sequence[Sequence[ResponseTable]]" = (),
) -> "Study":
    """Return the evidence of a quarter, ready to be ranked under any assumptions.

    Args:
        tables: the answers of the quarter. earlier: those of up to three quarters before it, the
            latest first; their visits help to fit the link and the score shifts with the weights
            .75, .5, .25 and count nowhere else.

    Raises:
        RankingError: no_draws.
    """
    from journey.priority.study import Study

    return Study(
        workspace, tables, quarter=quarter, draws=draws, seed=seed, draft=draft, earlier=earlier
    )


def rank(
    workspace: "Workspace",
    tables: "Sequence[ResponseTable]",
    *,
    quarter: str | None,
    draws: int = 1000,
    seed: int = 1,
    draft: bool = True,
    earlier: "Sequence[Sequence[ResponseTable]]" = (),
) -> Ranking:
    """Rank every pain point of a workspace by the value kept per effort-day (docs/method.md).

    The list of `prepare(...)` with the same arguments; see there.

    Raises:
        RankingError: contradictory_assumptions (found: (assumption, reason) pairs), no_draws, or
            no_way_out (journey, touchpoints) where a loop of touchpoints cannot be left.
    """
    study = prepare(
        workspace, tables, quarter=quarter, draws=draws, seed=seed, draft=draft, earlier=earlier
    )
    return study.rank()


def for_leader(ranking: Ranking, leader: "LeaderId | None") -> tuple[RankedItem, ...]:
    """Return a leader's rows with the ranks of the whole list; None is "Unassigned"."""
    return tuple(item for item in ranking.items if item.leader == leader)
