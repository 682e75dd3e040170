"""Gathering a report from a document: a frozen quarter from its record, else ranked now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from sqlalchemy import Engine

from journey.model.ids import QuarterId
from journey.model.quarter import Quarter
from journey.model.workspace import Workspace
from journey.priority import prepare
from journey.priority.estimate import Estimate
from journey.priority.evidence import ResponseTable
from journey.priority.result import Ranking
from journey.priority.standing import ranks_of
from journey.quarter.around import around_side
from journey.quarter.record import around_of, data_of, has_record, listed_of, workspace_of
from journey.quarter.side import ReadQuarter, side_from, side_of
from journey.quarter.spread import Listed, spread_of
from journey.report.around import Around
from journey.report.build import MetricRow, build_report
from journey.report.report import Report
from storage.document.identity import identity_of
from storage.evidence.metrics import metric_rows
from storage.evidence.store import EvidenceStore
from storage.exports.joint import Joints, joints_of, segments_hit_most
from storage.exports.pictures import sound
from storage.quarters.comments import Comments, comments_of
from storage.quarters.sides import quarter_before, read_open, read_quarter

DRAWS, SEED = 1000, 1


class ReadableDocument(Protocol):
    """What a report is gathered from: an open document, or one opened for reading."""

    @property
    def workspace(self) -> Workspace:
        """As loaded."""

    @property
    def engine(self) -> Engine:
        """Reads its evidence."""

    def content_sha256(self) -> str:
        """Return the hash of what it holds."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """A report and what it was made of.

    Attributes:
        ranking, metrics: what it tells of. workspace: with the names it tells them by.
        drawable: whether the maps of that workspace may stand in it: those of a frozen quarter
            are what was frozen, or none.
    """

    ranking: Ranking
    report: Report
    workspace: Workspace
    metrics: Sequence[MetricRow]
    drawable: bool


@dataclass(frozen=True, slots=True)
class Worked:
    """What the draws of a quarter's list tell a report: values only, for any thread.

    Attributes:
        joints: the value of what each leader, and all, are asked to approve, taken together.
    """

    listed: Listed
    joints: Joints


def worked_out(estimate: Estimate) -> Worked:
    """Return what a report tells of an estimate, which no one else may touch meanwhile."""
    return Worked(_listed(estimate), joints_of(estimate))


@dataclass(frozen=True, slots=True)
class ToReport:
    """Everything the report of an open quarter is made of, read; what follows needs no document.

    Attributes:
        read: the quarter as read; None of all time. before: the one to compare it with.
    """

    workspace: Workspace
    quarter: str | None
    tables: Sequence[ResponseTable]
    read: ReadQuarter | None
    before: ReadQuarter | None
    comments: Comments
    metrics: Sequence[MetricRow]
    today: date
    content_sha256: str
    workspace_id: str

    def worked(self, *, draws: int = DRAWS, seed: int = SEED) -> Worked:
        """Rank the quarter.

        Raises:
            RankingError: no list can be made.
        """
        earlier = self.read.earlier if self.read is not None else ()
        study = prepare(
            self.workspace,
            self.tables,
            quarter=self.quarter,
            draws=draws,
            seed=seed,
            earlier=earlier,
        )
        return worked_out(study.estimate())

    def gathered(
        self, worked: Worked, *, compared: bool = True, draws: int = DRAWS, seed: int = SEED
    ) -> Gathered:
        """Return the report of a list.

        Args:
            compared: beside the quarter before, which may have to be ranked for it.

        Raises:
            RankingError: the quarter before cannot be ranked again.
        """
        before = None
        if compared and self.before is not None:
            before = side_from(self.before, draws=draws, seed=seed)
        around = Around(comments=self.comments)
        if self.read is not None:
            around = around_side(side_of(self.read, worked.listed), before, self.comments)
        joint, joint_all = worked.joints
        segments = segments_hit_most(self.workspace, self.tables)
        ranking = worked.listed.ranking
        report = build_report(
            self.workspace,
            ranking,
            self.metrics,
            quarter=self.quarter,
            generated_on=self.today,
            content_sha256=self.content_sha256,
            around=replace(around, segments=segments, joint=joint, joint_all=joint_all),
            workspace_id=self.workspace_id,
        )
        return Gathered(ranking, report, self.workspace, self.metrics, drawable=True)


def gather(
    document: ReadableDocument,
    quarter: str | None,
    *,
    today: date,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Gathered:
    """Return the report of a quarter; None is of all time.

    A frozen quarter is told as it was frozen, whatever was edited since: its list, figures,
    names, comparison and hash, on the day it was frozen.

    Args:
        today: the day an open quarter's report is made. draws, seed: of an open quarter.

    Raises:
        RankingError: no list can be made. RecordError: a frozen quarter cannot be read.
    """
    found = read_to_report(document, quarter, today=today)
    if isinstance(found, Gathered):
        return found
    return found.gathered(found.worked(draws=draws, seed=seed), draws=draws, seed=seed)


def read_to_report(
    document: ReadableDocument, quarter: str | None, *, today: date
) -> ToReport | Gathered:
    """Read what the report of a quarter is made of; that of a frozen one is made at once.

    Raises:
        RecordError: a frozen quarter, or the one before, cannot be read.
    """
    ws, store = document.workspace, EvidenceStore(document.engine)
    frozen = ws.quarters.get(QuarterId(quarter)) if quarter else None
    if frozen is not None and has_record(frozen):
        return _frozen(frozen, identity_of(document.engine))
    read = before = None
    comments: Comments = {}
    if quarter is not None:
        read = read_open(ws, store, quarter)
        comments = comments_of(ws, store, quarter)
        label = quarter_before(ws, store, quarter)
        before = read_quarter(ws, store, label) if label is not None else None
    return ToReport(
        workspace=ws,
        quarter=quarter,
        tables=store.response_tables(ws, None) if read is None else list(read.tables),
        read=read,
        before=before,
        comments=comments,
        metrics=metric_rows(ws, store, quarter),
        today=today,
        content_sha256=document.content_sha256(),
        workspace_id=identity_of(document.engine),
    )


def _frozen(frozen: Quarter, workspace_id: str) -> Gathered:
    assert frozen.frozen_at is not None
    then = workspace_of(frozen)
    then.put(frozen)
    ranking, metrics = listed_of(frozen).ranking, data_of(frozen).metrics
    around = around_of(frozen)
    report = build_report(
        then,
        ranking,
        metrics,
        quarter=frozen.id,
        generated_on=frozen.frozen_at.date(),
        content_sha256=frozen.content_sha256,
        around=replace(around, pictures=sound(around.pictures)),
        workspace_id=workspace_id,
    )
    return Gathered(ranking, report, then, metrics, drawable=False)


def _listed(estimate: Estimate) -> Listed:
    """Return the list with the spread of its ranks, of draws that are there already."""
    if not estimate.pains:
        return Listed(estimate.ranking, {})
    ranks = ranks_of(estimate.scores)
    spreads = {pain: spread_of(ranks[:, i]) for i, pain in enumerate(estimate.pains)}
    return Listed(estimate.ranking, spreads)
