"""Reading what a quarter is made of: one to freeze, or one side of a comparison."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from journey.model.ids import JourneyId, QuarterId, QuestionId, SegmentId
from journey.model.workspace import Workspace
from journey.priority import prepare
from journey.priority.evidence import ResponseTable
from journey.quarter.around import around_side
from journey.quarter.compare import Comparison, compare
from journey.quarter.freeze import FreezeQuarter, frozen_quarter
from journey.quarter.listed import listed_from
from journey.quarter.measured import pain_counts
from journey.quarter.planning import year_before
from journey.quarter.record import (
    FrozenMetric,
    QuarterData,
    SegmentCounts,
    SurveyData,
    data_of,
    fingerprint_of,
    has_record,
    workspace_of,
)
from journey.quarter.side import ReadQuarter, side_from, side_of
from storage.evidence.metrics import metric_rows, score_counts
from storage.evidence.store import EvidenceStore, HistogramRow
from storage.exports.joint import with_draws
from storage.quarters.comments import Comments, comments_of

DRAWS, SEED = 1000, 1


def quarter_data(
    ws: Workspace, store: EvidenceStore, quarter: str, tables: Sequence[ResponseTable]
) -> QuarterData:
    """Return what the evidence says of one quarter."""
    return QuarterData(
        metrics=_metrics(ws, store, quarter, by_segment=False),
        by_segment=_metrics(ws, store, quarter, by_segment=True),
        counts=_counts(ws, store, quarter),
        pain_counts=pain_counts(ws, tables),
        surveys=_surveys(ws, store, tables),
    )


@dataclass(frozen=True, slots=True)
class ToFreeze:
    """Everything to freeze a quarter, read; `command` ranks it and needs no document."""

    workspace: Workspace
    quarter: ReadQuarter
    before: ReadQuarter | None
    comments: Comments
    workspace_sha256: str = ""

    def command(
        self, at: datetime, reason: str = "", *, draws: int = DRAWS, seed: int = SEED
    ) -> FreezeQuarter:
        """Return the command that keeps the quarter as it is now.

        Raises:
            RankingError: no list can be made.
        """
        read = self.quarter
        study = prepare(
            read.workspace,
            read.tables,
            quarter=read.quarter,
            draws=draws,
            seed=seed,
            earlier=read.earlier,
        )
        listed, estimate = listed_from(study)
        side = side_of(read, listed)
        before = side_from(self.before, draws=draws, seed=seed) if self.before else None
        around = around_side(side, before, self.comments)
        kept = frozen_quarter(
            self.workspace,
            listed,
            side.data,
            at=at,
            around=with_draws(around, estimate, read.workspace, read.tables),
            workspace_sha256=self.workspace_sha256,
        )
        return FreezeQuarter(kept, reason)


def read_to_freeze(
    ws: Workspace, store: EvidenceStore, quarter: str, workspace_sha256: str = ""
) -> ToFreeze:
    """Read what a quarter is made of, and the one before it.

    Raises:
        RecordError: the one before is frozen and cannot be read.
    """
    before = quarter_before(ws, store, quarter)
    return ToFreeze(
        ws,
        read_open(ws, store, quarter),
        read_quarter(ws, store, before) if before else None,
        comments_of(ws, store, quarter),
        workspace_sha256,
    )


def quarter_before(ws: Workspace, store: EvidenceStore, quarter: str) -> str | None:
    """Return the latest quarter before this one that is frozen or has answers; None without."""
    known = {*store.quarters(), *ws.quarters}
    return max((label for label in known if label < quarter), default=None)


def read_quarter(ws: Workspace, store: EvidenceStore, quarter: str) -> ReadQuarter:
    """Return a quarter: a frozen one from its record, else as the evidence is now.

    Raises:
        RecordError: a frozen quarter cannot be read.
    """
    frozen = ws.quarters.get(QuarterId(quarter))
    if frozen is None or not has_record(frozen):
        return read_open(ws, store, quarter)
    then, data = workspace_of(frozen), data_of(frozen)
    tables = store.response_tables(then, quarter)
    now = fingerprint_of(_surveys(then, store, tables))
    complete = now == fingerprint_of(data.surveys)
    earlier = store.earlier_tables(then, quarter)
    people = store.respondents(then, quarter)
    return ReadQuarter(quarter, frozen, data, then, tables, earlier, complete, people)


def read_open(ws: Workspace, store: EvidenceStore, quarter: str) -> ReadQuarter:
    """Return a quarter as the evidence is now, whether or not it was frozen."""
    tables = store.response_tables(ws, quarter)
    data, earlier = quarter_data(ws, store, quarter, tables), store.earlier_tables(ws, quarter)
    people = store.respondents(ws, quarter)
    return ReadQuarter(quarter, None, data, ws, tables, earlier, respondents=people)


def metrics_of_quarter(
    ws: Workspace, quarter: str | None, journey: JourneyId | None = None, *, by_segment: bool
) -> tuple[Workspace, list[FrozenMetric]] | None:
    """Return the figures of a frozen quarter with the names they had; None of an open one.

    Raises:
        RecordError: the record is not what it should be.
    """
    frozen = ws.quarters.get(QuarterId(quarter)) if quarter else None
    if frozen is None or not has_record(frozen):
        return None
    then, data = workspace_of(frozen), data_of(frozen)
    rows = data.by_segment if by_segment else data.metrics
    if journey is None:
        return then, list(rows)
    places = {t.id for t in then.touchpoints.values() if t.journey == journey}
    return then, [row for row in rows if row.touchpoint in places]


def _metrics(
    ws: Workspace, store: EvidenceStore, quarter: str, *, by_segment: bool
) -> list[FrozenMetric]:
    return [
        FrozenMetric(row.touchpoint, row.question, row.segment, row.result, row.off_scale)
        for row in metric_rows(ws, store, quarter, by_segment=by_segment)
    ]


def _counts(ws: Workspace, store: EvidenceStore, quarter: str) -> list[SegmentCounts]:
    found: dict[tuple[QuestionId, SegmentId | None], list[HistogramRow]] = defaultdict(list)
    for row in store.histogram(quarter):
        if row.question in ws.questions:
            found[row.question, row.segment if row.segment in ws.segments else None].append(row)
    return [
        SegmentCounts(question, segment, score_counts(ws.questions[question], rows)[0])
        for (question, segment), rows in sorted(
            found.items(), key=lambda item: (item[0][0], item[0][1] or "")
        )
    ]


def _surveys(
    ws: Workspace, store: EvidenceStore, tables: Sequence[ResponseTable]
) -> list[SurveyData]:
    return [
        SurveyData(
            table.survey,
            ws.surveys[table.survey].name,
            store.batch_sha256(table.survey),
            table.rows,
        )
        for table in tables
    ]


@dataclass(frozen=True, slots=True)
class ToCompare:
    """Two quarters and the counts of a year before, read; `comparison` needs no document."""

    before: ReadQuarter
    after: ReadQuarter
    year_ago: Sequence[SegmentCounts]
    year_ago_quarter: str

    def comparison(self, *, draws: int = DRAWS, seed: int = SEED) -> Comparison:
        """Compare them.

        Raises:
            RankingError: no list can be made. RecordError: a frozen quarter cannot be read.
        """
        return compare(
            side_from(self.before, draws=draws, seed=seed),
            side_from(self.after, draws=draws, seed=seed),
            year_ago=self.year_ago,
            year_ago_quarter=self.year_ago_quarter,
        )


def read_to_compare(ws: Workspace, store: EvidenceStore, first: str, second: str) -> ToCompare:
    """Read two quarters of a document, frozen or open, and the same quarter a year before.

    Raises:
        RecordError: a frozen quarter cannot be read.
    """
    earlier = year_before(second)
    before = read_quarter(ws, store, first)
    if earlier == first:
        seasonal = before.data.counts
    else:
        frozen = ws.quarters.get(QuarterId(earlier))
        kept = frozen if frozen is not None and has_record(frozen) else None
        seasonal = data_of(kept).counts if kept else _counts(ws, store, earlier)
    return ToCompare(before, read_quarter(ws, store, second), seasonal, earlier)


def compare_quarters(
    ws: Workspace,
    store: EvidenceStore,
    first: str,
    second: str,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Comparison:
    """Read and compare two quarters.

    Raises:
        RankingError: no list can be made. RecordError: a frozen quarter cannot be read.
    """
    return read_to_compare(ws, store, first, second).comparison(draws=draws, seed=seed)
