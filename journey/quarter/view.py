"""A frozen quarter as everything that shows or exports it takes it, without computing again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from journey.model.ids import QuarterId
from journey.model.quarter import Quarter
from journey.model.workspace import Workspace
from journey.priority.result import Ranking
from journey.quarter.record import (
    FrozenMetric,
    around_of,
    data_of,
    has_record,
    ranking_of,
    workspace_of,
)
from journey.report.around import Around


@dataclass(frozen=True, slots=True)
class FrozenView:
    """What `build_packs` takes, of a frozen quarter: the same bytes whatever was edited since.

    Attributes:
        workspace: the names as they were. metrics: figures, segments pooled; by_segment: split.
        frozen_on: the day, which packs bear as theirs. content_sha256: of the frozen quarter.
    """

    quarter: Quarter
    workspace: Workspace
    ranking: Ranking
    metrics: Sequence[FrozenMetric]
    by_segment: Sequence[FrozenMetric]
    around: Around
    frozen_on: date
    content_sha256: str


def frozen_view(ws: Workspace, label: str | None) -> FrozenView | None:
    """Return a frozen quarter of a workspace; None where it is open, or came without a record.

    Raises:
        RecordError: the record is not what it should be.
    """
    quarter = ws.quarters.get(QuarterId(label)) if label else None
    if quarter is None or not has_record(quarter) or quarter.frozen_at is None:
        return None
    data = data_of(quarter)
    return FrozenView(
        quarter=quarter,
        workspace=workspace_of(quarter),
        ranking=ranking_of(quarter),
        metrics=data.metrics,
        by_segment=data.by_segment,
        around=around_of(quarter),
        frozen_on=quarter.frozen_at.date(),
        content_sha256=quarter.content_sha256,
    )
