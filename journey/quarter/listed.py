"""A quarter's list with the spread of its ranks over the draws.

The spread is of draws in which everything that does not change from quarter to quarter stands at
its mean: how well a fix works, what it costs, what the model leaves out, how far an association is
causal, how far discontent leads to leaving. Two quarters share those, so that they cannot make a
rank move; what is left is what the answers leave open.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from journey.model.assumptions import Assumptions
from journey.quarter.spread import Listed, spread_of

if TYPE_CHECKING:
    from journey.model.workspace import Workspace
    from journey.priority.estimate import Estimate
    from journey.priority.evidence import ResponseTable
    from journey.priority.study import Study


def list_quarter(
    ws: "Workspace",
    tables: "Sequence[ResponseTable]",
    *,
    quarter: str | None,
    draws: int = 1000,
    seed: int = 1,
    draft: bool = True,
    earlier: "Sequence[Sequence[ResponseTable]]" = (),
) -> Listed:
    """Rank a quarter and keep how widely each rank is spread; see `journey.priority.prepare`.

    Raises:
        RankingError: as `journey.priority.rank`.
    """
    from journey.priority import prepare

    study = prepare(
        ws, tables, quarter=quarter, draws=draws, seed=seed, draft=draft, earlier=earlier
    )
    return listed_from(study)[0]


def listed_from(study: "Study") -> "tuple[Listed, Estimate]":
    """Return the list of a study that stands ready, and the draws it was made of."""
    from journey.priority.standing import ranks_of

    estimate = study.estimate()
    spreads = {}
    if estimate.pains:
        ranks = ranks_of(study.estimate(_without_shared_doubt(study.workspace.assumptions)).scores)
        spreads = {pain: spread_of(ranks[:, i]) for i, pain in enumerate(estimate.pains)}
    return Listed(estimate.ranking, spreads), estimate


def _without_shared_doubt(assumptions: Assumptions) -> Assumptions:
    return replace(
        assumptions,
        fix_efficacy_sd=0.0,
        effort_sd_log=0.0,
        discrepancy_sd_log=0.0,
        causal_share_sd=0.0,
        bad_to_churn_sd=0.0,
    )
