"""What the evidence says, computed off the GUI thread and handed to the views."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from journey.edit import Changes
from journey.errors import RecordError
from journey.model.ids import Kind, SegmentId
from journey.model.workspace import Workspace
from ui.document import DocumentModel
from ui.jobs import Cancelled, JobResult, Jobs, Progress
from ui.studies import DRAWS, SEED, Ask, Bench, StudyDesk

if TYPE_CHECKING:
    from journey.priority.estimate import Estimate
    from journey.priority.evidence import ResponseTable
    from journey.priority.result import Ranking
    from journey.quarter.view import FrozenView
    from storage.document import Document
    from storage.evidence import MetricRow

__all__ = ["DRAWS", "SEED", "Evidence", "Findings"]

WAIT_MS = 250  # typing makes many edits; the ranking follows when the hand rests

# Edits of these kinds change no figure.
_SILENT = frozenset({Kind.LANE, Kind.NOTE, Kind.STRENGTH, Kind.PERSONA})
# Edits of these kinds ask for another reading: of answers, or of a quarter frozen meanwhile.
_READ_AGAIN = frozenset({Kind.SURVEY, Kind.QUESTION, Kind.WORKSPACE, Kind.QUARTER})
# One figure was set: the list follows at once.
_AT_ONCE = frozenset({Kind.ASSUMPTIONS, Kind.SEGMENT})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the file holds for one quarter: read once, ranked as often as an edit asks.

    Attributes:
        metrics: of a frozen quarter as they were frozen.
        earlier: the answers of up to three quarters before it, the latest first.
        frozen: what is kept of the quarter; None where it is open, or came without its figures.
        unreadable: why what is kept of it cannot be shown.
    """

    quarters: tuple[str, ...]
    quarter: str | None
    metrics: tuple["MetricRow", ...]
    answers: int
    tables: tuple["ResponseTable", ...]
    earlier: tuple[tuple["ResponseTable", ...], ...] = ()
    frozen: "FrozenView | None" = None
    unreadable: RecordError | None = None

    @property
    def is_kept(self) -> bool:
        """Whether the quarter is told from its record, so that nothing of it is ranked again."""
        return self.frozen is not None or self.unreadable is not None


@dataclass(frozen=True, slots=True)
class Ranked:
    """An estimate, and the part of it that is looked at: the whole, or that of one segment.

    Attributes:
        part: None where the segment takes no part in the list.
    """

    estimate: "Estimate"
    part: "Estimate | None"


class Findings(QObject):
    """Metrics and ranking of the open workspace for the chosen quarter; a frozen one is told from
    its record, whatever was edited since.

    Attributes:
        evidence_changed: metrics and quarters were read again.
        ranking_changed: there is another ranking (or an error instead of one).
        preview_changed: a Ranking of what is only tried out; None: it is tried out no more.
        computing_changed: work on the ranking began or ended.
        estimate, part: the list with its draws, of all and of the segment looked at; None of a
            frozen quarter.
    """

    evidence_changed = Signal()
    ranking_changed = Signal()
    preview_changed = Signal(object)
    computing_changed = Signal(bool)

    def __init__(self, document: DocumentModel, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._jobs = jobs
        self._desk = StudyDesk(jobs, self)
        self._asked_quarter: str | None = None
        self._segment: SegmentId | None = None
        self.part: Estimate | None = None
        self._started = 0.0
        self._previewed = False
        self._computing = False
        self.evidence: Evidence | None = None
        self.estimate: Estimate | None = None
        self.error: Exception | None = None
        self.seconds = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._rank)
        document.changed.connect(self._on_changed)

    @property
    def ranking(self) -> "Ranking | None":
        """The list as the file stands, or as it was frozen; None before the first, after an error.

        All segments are in it, whichever is looked at.
        """
        frozen = self.frozen
        if frozen is not None:
            return frozen.ranking
        return self.estimate.ranking if self.estimate is not None else None

    @property
    def listed(self) -> "Ranking | None":
        """The list of the segment looked at; None where it takes no part. Else `ranking`."""
        if self.segment is None:
            return self.ranking
        return self.part.ranking if self.part is not None else None

    @property
    def frozen(self) -> "FrozenView | None":
        """What is kept of the quarter looked at; None where it is open."""
        return self.evidence.frozen if self.evidence is not None else None

    @property
    def workspace(self) -> Workspace:
        """The workspace that the list speaks of: of a frozen quarter as it was."""
        frozen = self.frozen
        return frozen.workspace if frozen is not None else self._document.workspace

    @property
    def open_workspace(self) -> Workspace:
        """The workspace as the file stands, whichever quarter is looked at."""
        return self._document.workspace

    @property
    def segment(self) -> SegmentId | None:
        """The segment looked at; None: all of them. What is frozen was not kept by segment."""
        known = self._segment in self._document.workspace.segments
        return self._segment if known and not self._is_kept else None

    @property
    def _is_kept(self) -> bool:
        return self.evidence is not None and self.evidence.is_kept

    @property
    def jobs(self) -> Jobs:
        """Where further work on the evidence may run."""
        return self._jobs

    def read(self, quarter: str | None = None) -> None:
        """Read the evidence of a quarter (None: the latest), then rank."""
        self._asked_quarter = quarter
        self._jobs.store(
            _Read(self._document.storage, self._document.workspace.copy(), quarter), self._read
        )

    def look_at(self, segment: SegmentId | None) -> None:
        """List the values of one segment alone; None: of all of them."""
        if segment != self._segment:
            self._segment = segment
            self.preview(None)
            self._rank_now()

    def stop(self) -> None:
        """Leave unanswered what is being worked out: the document is about to close."""
        self._timer.stop()
        self._desk.stop()

    def preview(self, workspace: Workspace | None) -> None:
        """Rank what is only tried out, as a slider that is dragged; None ends it.

        The latest workspace wins; `preview_changed` tells each list there was time for.
        """
        if workspace is not None and not self._is_kept:
            self._previewed = True
            work = _Rank(workspace.copy(), self.segment)
            self._desk.ask(Ask.PREVIEW, work, self._on_preview)
            return
        self._desk.withdraw(Ask.PREVIEW)
        if self._previewed:
            self._previewed = False
            if not self._desk.waits(Ask.RANK):
                self.preview_changed.emit(None)

    def ask(
        self,
        kind: Ask,
        question: Callable[[Bench, Workspace, Cancelled], object],
        answered: Callable[[JobResult], None],
    ) -> None:
        """Have something worked out from the study of the workspace as it stands.

        `question` runs on a worker, one at a time, with the workspace of the list; of each kind
        only the latest is answered. Of a frozen quarter nothing is worked out.
        """
        if self._is_kept:
            return
        workspace = self._document.workspace.copy()

        def put(bench: Bench, cancelled: Cancelled) -> object:
            return question(bench, workspace, cancelled)

        self._desk.ask(kind, put, answered)

    @Slot(object, object)
    def _on_changed(self, changes: Changes, _origin: QObject | None) -> None:
        if changes.kinds & _READ_AGAIN:
            self.read(self._asked_quarter)
        elif changes.kinds <= _AT_ONCE and not self._timer.isActive():
            self._rank_now()
        elif changes.kinds - _SILENT:
            self._timer.start()

    def _read(self, result: JobResult) -> None:
        found = result.value
        if isinstance(found, Evidence):
            self.evidence = found
            self._desk.lay_out(found.tables, found.earlier, found.quarter)
            if found.is_kept:
                self._show_kept(found)
                return
            self.evidence_changed.emit()
            self._rank()
        elif result.error is not None:
            self.error = result.error
            self.ranking_changed.emit()

    def _show_kept(self, found: Evidence) -> None:
        """Show a quarter from its record; nothing is ranked."""
        self._timer.stop()
        self.estimate = self.part = None
        self.error, self.seconds, self._previewed = found.unreadable, 0.0, False
        self.evidence_changed.emit()
        self._set_computing(False)
        self.ranking_changed.emit()

    def _rank(self) -> None:
        if self.evidence is not None and not self._is_kept:
            self._set_computing(True)
            self._rank_now()

    def _rank_now(self) -> None:
        if self.evidence is not None and not self._is_kept:
            self._started = time.monotonic()
            work = _Rank(self._document.workspace.copy(), self.segment)
            self._desk.ask(Ask.RANK, work, self._ranked)

    def _ranked(self, result: JobResult) -> None:
        if self._desk.waits(Ask.RANK):
            return  # a later edit is about to be ranked
        found = result.value
        if isinstance(found, Ranked):
            self.estimate, self.part, self.error = found.estimate, found.part, None
        else:
            self.estimate, self.part, self.error = None, None, result.error
        self.seconds = time.monotonic() - self._started
        self._previewed = False
        self._set_computing(False)
        self.ranking_changed.emit()

    def _set_computing(self, computing: bool) -> None:
        if computing != self._computing:
            self._computing = computing
            self.computing_changed.emit(computing)

    def _on_preview(self, result: JobResult) -> None:
        if self._previewed and not self._desk.waits(Ask.RANK) and result.error is None:
            found = result.value
            if isinstance(found, Ranked) and found.part is not None:
                self.preview_changed.emit(found.part.ranking)


@dataclass(frozen=True, slots=True)
class _Read:
    """Reads the evidence of a quarter from the working copy."""

    document: "Document"
    workspace: Workspace
    quarter: str | None

    def __call__(self, _progress: Progress, _cancelled: Cancelled) -> object:
        from journey.quarter.view import frozen_view
        from storage.evidence import EvidenceStore, MetricRow, metric_rows

        store = EvidenceStore(self.document.engine)
        quarters = tuple(store.quarters())
        quarter = self.quarter if self.quarter in quarters else None
        if quarter is None and quarters:
            quarter = quarters[-1]
        frozen = unreadable = None
        try:
            frozen = frozen_view(self.workspace, quarter)
        except RecordError as error:
            unreadable = error
        if frozen is not None:
            metrics = tuple(
                MetricRow(m.touchpoint, m.question, m.segment, m.result, m.off_scale)
                for m in frozen.metrics
            )
        else:
            metrics = tuple(metric_rows(self.workspace, store, quarter))
        tables = tuple(store.response_tables(self.workspace, quarter))
        earlier = tuple(tuple(t) for t in store.earlier_tables(self.workspace, quarter))
        answers = sum(table.rows for table in tables)
        return Evidence(
            quarters, quarter, metrics, answers, tables, earlier,
            frozen=frozen, unreadable=unreadable,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Rank:
    """Ranks a copy of the workspace; nothing it touches is shared."""

    workspace: Workspace
    segment: SegmentId | None = None

    def __call__(self, bench: Bench, _cancelled: Cancelled) -> object:
        whole = bench.estimate(self.workspace)
        return Ranked(whole, bench.part(self.workspace, self.segment))
