"""How many of the answers ended badly, by survey and segment: where churn is seen."""

from dataclasses import dataclass

from sqlalchemy import Engine, func, select

from journey.model.ids import SegmentId, SurveyId
from journey.model.workspace import Workspace
from storage.database import tables
from storage.database.engine import for_reading
from storage.evidence.layout import Layout


@dataclass(frozen=True, slots=True)
class OutcomeCount:
    """Rows with a known outcome of one survey and segment, and how many of them are bad."""

    survey: SurveyId
    segment: SegmentId | None
    n: int
    bad: int


def outcome_counts(engine: Engine, workspace: Workspace) -> list[OutcomeCount]:
    """Return the counts of the surveys that stand in the workspace and have any, by survey."""
    batch, kept = tables.batch, tables.response
    query = select(
        kept.c.batch, kept.c.segment, func.count(kept.c.outcome), func.sum(kept.c.outcome)
    )
    query = query.where(kept.c.outcome.is_not(None)).group_by(kept.c.batch, kept.c.segment)
    found = []
    with for_reading(engine).connect() as connection:
        layouts = {
            row.number: (SurveyId(row.survey), Layout.from_json(row.layout))
            for row in connection.execute(select(batch.c.number, batch.c.survey, batch.c.layout))
        }
        for number, slot, n, bad in connection.execute(query):
            survey, layout = layouts[number]
            if survey in workspace.surveys:
                segment = None if slot is None else layout.segments[slot]
                found.append(OutcomeCount(survey, segment, n, bad))
    return sorted(found, key=lambda c: (c.survey, c.segment or ""))
