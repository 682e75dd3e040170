"""What packs tell of a comparison: the quarter before, and what finished improvements brought."""

from collections.abc import Mapping, Sequence

from journey.model.ids import ImprovementId, QuestionId, TouchpointId
from journey.priority.result import Ranking
from journey.quarter.compare import Comparison, compare
from journey.quarter.effects import Effect
from journey.quarter.side import Side
from journey.report.around import Around, Before, Outcome, RowBefore
from journey.report.pack import CommentFact, Figure, MetricChange


def around_side(
    side: Side,
    before: Side | None,
    comments: Mapping[TouchpointId | None, Sequence[CommentFact]],
) -> Around:
    """Return what packs tell beside a quarter's list.

    Args:
        before: the quarter to compare with; None where there is none.

    Raises:
        RankingError: the quarter before cannot be ranked again.
    """
    if before is None:
        return Around(comments=comments)
    found = compare(before, side)
    return Around(
        before=before_of(found, before.listed.ranking),
        comments=comments,
        outcomes=outcomes_of(found),
    )


def before_of(comparison: Comparison, ranking: Ranking) -> Before:
    """Return the first quarter of a comparison as packs tell of it.

    Args:
        ranking: of that first quarter.
    """
    metrics: dict[QuestionId, MetricChange] = {
        row.question: MetricChange(row.difference, row.changed, comparison.before)
        for row in comparison.touchpoints
        if row.difference is not None
    }
    rows = {
        item.pain_point: RowBefore(item.rank, item.title, item.leader)
        for item in ranking.items
        if item.rank is not None
    }
    return Before(comparison.before, rows, metrics)


def outcomes_of(comparison: Comparison) -> Mapping[ImprovementId, Outcome]:
    """Return predicted and observed of every improvement finished between the two quarters.

    What was predicted in another unit than the list's is left out; the share removed has none.
    """
    return {effect.improvement: _outcome(effect, comparison.unit) for effect in comparison.effects}


def _outcome(effect: Effect, unit: str) -> Outcome:
    fits = effect.unit in ("", unit)
    return Outcome(
        _figure(effect) if fits else None,
        effect.observed if fits else None,
        effect.hoped,
        effect.efficacy,
        effect.efficacy_error,
        effect.asked,
        effect.how.value,
    )


def _figure(effect: Effect) -> Figure | None:
    if effect.predicted is None:
        return None
    return Figure(effect.predicted, effect.low80, effect.high80, None, None)
