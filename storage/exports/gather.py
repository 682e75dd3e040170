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
from storage.exports.joint import with_draws
from storage.exports.pictures import sound
from storage.quarters.comments import comments_of
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
    ws, store = document.workspace, EvidenceStore(document.engine)
    frozen = ws.quarters.get(QuarterId(quarter)) if quarter else None
    if frozen is not None and has_record(frozen):
        return _frozen(frozen, identity_of(document.engine))
    if quarter is None:
        tables = store.response_tables(ws, None)
        read = None
    else:
        read = read_open(ws, store, quarter)
        tables = list(read.tables)
    earlier = read.earlier if read is not None else ()
    study = prepare(ws, tables, quarter=quarter, draws=draws, seed=seed, earlier=earlier)
    estimate = study.estimate()
    around = _around(ws, store, read, estimate, seed=seed, draws=draws)
    metrics = metric_rows(ws, store, quarter)
    report = build_report(
        ws,
        estimate.ranking,
        metrics,
        quarter=quarter,
        generated_on=today,
        content_sha256=document.content_sha256(),
        around=with_draws(around, estimate, ws, tables),
        workspace_id=identity_of(document.engine),
    )
    return Gathered(estimate.ranking, report, ws, metrics, drawable=True)


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


def _around(
    ws: Workspace,
    store: EvidenceStore,
    read: ReadQuarter | None,
    estimate: Estimate,
    *,
    draws: int,
    seed: int,
) -> Around:
    """Return what stands beside an open quarter's list; nothing for all time."""
    if read is None:
        return Around()
    comments = comments_of(ws, store, read.quarter)
    before = quarter_before(ws, store, read.quarter)
    if before is None:
        return Around(comments=comments)
    side = side_of(read, _listed(estimate))
    earlier = side_from(read_quarter(ws, store, before), draws=draws, seed=seed)
    return around_side(side, earlier, comments)


def _listed(estimate: Estimate) -> Listed:
    """Return the list with the spread of its ranks, of draws that are there already."""
    if not estimate.pains:
        return Listed(estimate.ranking, {})
    ranks = ranks_of(estimate.scores)
    spreads = {pain: spread_of(ranks[:, i]) for i, pain in enumerate(estimate.pains)}
    return Listed(estimate.ranking, spreads)
