"""Reads the evidence of a workspace: the histogram, rows as columns or values, comments.

Only active batches count: those whose survey stands in the workspace.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, Select, select

from journey.model.ids import QuestionId, SegmentId, SurveyId, TouchpointId
from journey.model.quarter import quarter_before, quarter_label, quarter_number
from journey.model.workspace import Workspace
from storage.database import tables
from storage.database.engine import for_reading
from storage.evidence.layout import CommentText, Layout, Response, unpack_pairs, unpack_slots

if TYPE_CHECKING:
    from journey.priority.evidence import ResponseTable


# A list leans on at most a year of answers.
_QUARTERS_BEFORE = 3
# Rows that are read at once.
_BLOCK = 10_000


@dataclass(frozen=True, slots=True)
class HistogramRow:
    """How often one score was given to one question, in one period and segment of one survey.

    Attributes:
        period: `quarter_number` of the quarter, 0 where the answers have none.
        weight, weight_sq: sums of the answers' weights and of their squares; n where all are 1.
    """

    survey: SurveyId
    question: QuestionId
    period: int
    segment: SegmentId | None
    score: int
    n: int
    weight: float
    weight_sq: float

    @property
    def quarter(self) -> str | None:
        """The period as people write it, "2026Q4"."""
        return quarter_label(self.period)


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment with the row it belongs to."""

    survey: SurveyId
    seq: int
    heading: str
    touchpoint: TouchpointId | None
    text: str
    at: str | None
    period: int
    segment: SegmentId | None


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record an import refused, as it stood in the file."""

    line: int
    reason: str
    record: str


class EvidenceStore:
    """Reads evidence through an engine; every call is one short read of its own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = for_reading(engine)

    def histogram(self, quarter: str | None = None) -> list[HistogramRow]:
        """Return the counts of all active surveys, of one quarter or (None) of all time."""
        counted, found = tables.histogram, []
        layouts = self._layouts()
        query = select(counted).where(counted.c.batch.in_(layouts))
        if quarter is not None:
            query = query.where(counted.c.period == quarter_number(quarter))
        for row in self._rows(query.order_by(*counted.primary_key)):
            survey, layout = layouts[row.batch]
            segment = None if row.segment < 0 else layout.segments[row.segment]
            found.append(
                HistogramRow(
                    survey,
                    layout.questions[row.question],
                    row.period,
                    segment,
                    row.score,
                    row.n,
                    row.weight,
                    row.weight_sq,
                )
            )
        return found

    def quarters(self) -> list[str]:
        """Return the quarters with at least one row, ascending."""
        layouts = (layout for _, layout in self._layouts().values())
        numbers = {period for layout in layouts for period, rows in layout.periods if rows}
        return [label for number in sorted(numbers) if (label := quarter_label(number))]

    def responses_count(self, survey: SurveyId) -> int:
        """Return how many rows a survey has; 0 where none are stored."""
        kept = tables.batch
        rows = self._rows(select(kept.c.records).where(kept.c.survey == survey))
        return int(rows[0].records) if rows else 0

    def batch_sha256(self, survey: SurveyId) -> str:
        """Return the hash of a survey's batch as it was stored; "" where there is none."""
        kept = tables.batch
        rows = self._rows(select(kept.c.sha256).where(kept.c.survey == survey))
        return str(rows[0].sha256) if rows else ""

    def earlier_tables(
        self, workspace: Workspace, quarter: str | None
    ) -> list[list["ResponseTable"]]:
        """Return the rows of the three quarters before one, the latest first.

        A quarter without rows is an empty list, so that the place tells how long ago it was;
        empty at the end are left off.
        """
        if quarter is None:
            return []
        there = set(self.quarters())
        found: list[list[ResponseTable]] = []
        label = quarter
        for _ in range(_QUARTERS_BEFORE):
            label = quarter_before(label)
            found.append(self.response_tables(workspace, label) if label in there else [])
        while found and not found[-1]:
            found.pop()
        return found

    def response_tables(
        self, workspace: Workspace, quarter: str | None = None
    ) -> list["ResponseTable"]:
        """Return the rows of each active survey that has any in the quarter (None: in any).

        Questions, pain points and segments the workspace no longer has are left out. Surveys
        come in the order of their ids.
        """
        from storage.evidence.decode import response_table

        found = []
        stored = tables.response
        for number, (survey_id, layout) in self._in_order():
            survey = workspace.surveys.get(survey_id)
            if survey is None:
                continue
            query = select(
                stored.c.segment,
                stored.c.weight,
                stored.c.outcome,
                stored.c.answers,
                stored.c.pain_points,
                stored.c.covariates,
            ).where(stored.c.batch == number)
            if quarter is not None:
                query = query.where(stored.c.period == quarter_number(quarter))
            blocks = self._blocks(query.order_by(stored.c.seq))
            table = response_table(workspace, survey, layout, blocks)
            if table is not None:
                found.append(table)
        return found

    def respondents(self, workspace: Workspace, quarter: str) -> list[list[str]]:
        """Return who gave each row of `response_tables`, table by table; "" where not known."""
        kept, survey, stored = tables.batch, tables.survey, tables.response
        query = (
            select(survey.c.id, stored.c.respondent)
            .join(kept, kept.c.survey == survey.c.id)
            .join(stored, stored.c.batch == kept.c.number)
            .where(stored.c.period == quarter_number(quarter))
            .order_by(survey.c.id, stored.c.seq)
        )
        found: dict[str, list[str]] = {}
        for row in self._rows(query):
            if row.id in workspace.surveys:
                found.setdefault(row.id, []).append(row.respondent or "")
        return [found[name] for name in sorted(found)]

    def comments(
        self,
        *,
        touchpoint: TouchpointId | None = None,
        quarter: str | None = None,
        search: str = "",
        limit: int = 1_000,
    ) -> list[Comment]:
        """Return comments by survey and row, at most `limit`.

        Args:
            touchpoint: of this one only.
            quarter: of this one only.
            search: words that must all occur, letter case aside.
        """
        words = search.casefold().split()
        found: list[Comment] = []
        for comment in self._comments(touchpoint, quarter):
            text = comment.text.casefold()
            if all(word in text for word in words):
                found.append(comment)
                if len(found) == limit:
                    break
        return found

    def rejected(self, survey: SurveyId) -> list[Rejected]:
        """Return the records a survey's import refused, by line."""
        kept, left_out = tables.batch, tables.rejected
        query = (
            select(left_out.c.line, left_out.c.reason, left_out.c.record)
            .join(kept, kept.c.number == left_out.c.batch)
            .where(kept.c.survey == survey)
            .order_by(left_out.c.line, left_out.c.reason)
        )
        return [Rejected(*row) for row in self._rows(query)]

    def iter_responses(self, survey: SurveyId) -> Iterator[Response]:
        """Yield a survey's rows with their comments, in file order."""
        kept = tables.batch
        stored, texts = tables.response, tables.comment
        with self._engine.connect() as connection:
            found = connection.execute(select(kept).where(kept.c.survey == survey)).one_or_none()
            if found is None:
                return
            layout = Layout.from_json(found.layout)
            written = select(texts).where(texts.c.batch == found.number)
            written = written.order_by(texts.c.seq, texts.c.heading)
            comments = iter(connection.execute(written.execution_options(yield_per=1000)))
            waiting = next(comments, None)
            rows = select(stored).where(stored.c.batch == found.number).order_by(stored.c.seq)
            for row in connection.execute(rows.execution_options(yield_per=1000)):
                mine = []
                while waiting is not None and waiting.seq == row.seq:
                    mine.append(CommentText(waiting.heading, waiting.text, waiting.touchpoint))
                    waiting = next(comments, None)
                yield _response(row, layout, tuple(mine))

    def _comments(self, touchpoint: TouchpointId | None, quarter: str | None) -> Iterator[Comment]:
        texts, stored = tables.comment, tables.response
        layouts = self._layouts()
        query = (
            select(texts, stored.c.at, stored.c.period, stored.c.segment)
            .join(stored, (stored.c.batch == texts.c.batch) & (stored.c.seq == texts.c.seq))
            .where(texts.c.batch.in_(layouts))
            .order_by(texts.c.batch, texts.c.seq, texts.c.heading)
        )
        if touchpoint is not None:
            query = query.where(texts.c.touchpoint == touchpoint)
        if quarter is not None:
            query = query.where(stored.c.period == quarter_number(quarter))
        with self._engine.connect() as connection:
            for row in connection.execute(query.execution_options(yield_per=1000)):
                survey, layout = layouts[row.batch]
                segment = None if row.segment is None else layout.segments[row.segment]
                yield Comment(
                    survey,
                    row.seq,
                    row.heading,
                    row.touchpoint,
                    row.text,
                    row.at,
                    row.period,
                    segment,
                )

    def _layouts(self) -> dict[int, tuple[SurveyId, Layout]]:
        """Return the survey and layout of each active batch, by number."""
        kept, survey = tables.batch, tables.survey
        query = select(kept.c.number, kept.c.survey, kept.c.layout)
        query = query.join(survey, survey.c.id == kept.c.survey)
        return {
            row.number: (SurveyId(row.survey), Layout.from_json(row.layout))
            for row in self._rows(query)
        }

    def _in_order(self) -> list[tuple[int, tuple[SurveyId, Layout]]]:
        return sorted(self._layouts().items(), key=lambda item: item[1][0])

    def _rows(self, query: Select[Any]) -> Sequence[Any]:
        with self._engine.connect() as connection:
            return connection.execute(query).all()

    def _blocks(self, query: Select[Any]) -> Iterator[Sequence[Any]]:
        with self._engine.connect() as connection:
            yield from connection.execute(query).partitions(_BLOCK)


def _response(row: Any, layout: Layout, comments: tuple[CommentText, ...]) -> Response:
    return Response(
        respondent=row.respondent,
        at=row.at,
        period=row.period,
        segment=None if row.segment is None else layout.segments[row.segment],
        weight=row.weight,
        outcome=row.outcome,
        answers={layout.questions[slot]: score for slot, score in unpack_pairs(row.answers)},
        pain_points=tuple(layout.pain_points[slot] for slot in unpack_slots(row.pain_points)),
        covariates=row.covariates or {},
        comments=comments,
    )
