"""What the evidence says, computed off the GUI thread and handed to the views."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from journey.edit import Changes
from journey.model.ids import Kind
from journey.model.workspace import Workspace
from ui.document import DocumentModel
from ui.jobs import Cancelled, JobResult, Jobs, Progress
from ui.studies import DRAWS, SEED, Ask, Bench, StudyDesk

if TYPE_CHECKING:
    from journey.priority.estimate import Estimate
    from journey.priority.evidence import ResponseTable
    from journey.priority.result import Ranking
    from storage.document import Document
    from storage.evidence import MetricRow

__all__ = ["DRAWS", "SEED", "Evidence", "Findings"]

WAIT_MS = 250  # typing makes many edits; the ranking follows when the hand rests

# Edits of these kinds change no figure.
_SILENT = frozenset({Kind.LANE, Kind.NOTE, Kind.STRENGTH, Kind.PERSONA, Kind.QUARTER})
# One figure was set: the list follows at once.
_AT_ONCE = frozenset({Kind.ASSUMPTIONS, Kind.SEGMENT})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the file holds for one quarter: read once, ranked as often as an edit asks.

    Attributes:
        earlier: the answers of up to three quarters before it, the latest first.
    """

    quarters: tuple[str, ...]
    quarter: str | None
    metrics: tuple["MetricRow", ...]
    answers: int
    tables: tuple["ResponseTable", ...]
    earlier: tuple[tuple["ResponseTable", ...], ...] = ()


class Findings(QObject):
    """Metrics and ranking of the open workspace for the chosen quarter.

    Attributes:
        evidence_changed: metrics and quarters were read again.
        ranking_changed: there is another ranking (or an error instead of one).
        preview_changed: a Ranking of what is only tried out; None: it is tried out no more.
        computing_changed: work on the ranking began or ended.
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
        """The list as the file stands; None before the first, and after an error."""
        return self.estimate.ranking if self.estimate is not None else None

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

    def stop(self) -> None:
        """Leave unanswered what is being worked out: the document is about to close."""
        self._timer.stop()
        self._desk.stop()

    def preview(self, workspace: Workspace | None) -> None:
        """Rank what is only tried out, as a slider that is dragged; None ends it.

        The latest workspace wins; `preview_changed` tells each list there was time for.
        """
        if workspace is not None:
            self._previewed = True
            work = _Rank(workspace.copy())
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
        only the latest is answered.
        """
        workspace = self._document.workspace.copy()

        def put(bench: Bench, cancelled: Cancelled) -> object:
            return question(bench, workspace, cancelled)

        self._desk.ask(kind, put, answered)

    @Slot(object, object)
    def _on_changed(self, changes: Changes, _origin: QObject | None) -> None:
        if changes.kinds & {Kind.SURVEY, Kind.QUESTION, Kind.WORKSPACE}:
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
            self.evidence_changed.emit()
            self._rank()
        elif result.error is not None:
            self.error = result.error
            self.ranking_changed.emit()

    def _rank(self) -> None:
        if self.evidence is not None:
            self._set_computing(True)
            self._rank_now()

    def _rank_now(self) -> None:
        if self.evidence is not None:
            self._started = time.monotonic()
            self._desk.ask(Ask.RANK, _Rank(self._document.workspace.copy()), self._ranked)

    def _ranked(self, result: JobResult) -> None:
        if self._desk.waits(Ask.RANK):
            return  # a later edit is about to be ranked
        if result.error is not None:
            self.estimate, self.error = None, result.error
        else:
            self.estimate = result.value  # type: ignore[assignment]
            self.error = None
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
            estimate: Estimate = result.value  # type: ignore[assignment]
            self.preview_changed.emit(estimate.ranking)


@dataclass(frozen=True, slots=True)
class _Read:
    """Reads the evidence of a quarter from the working copy."""

    document: "Document"
    workspace: Workspace
    quarter: str | None

    def __call__(self, _progress: Progress, _cancelled: Cancelled) -> object:
        from storage.evidence import EvidenceStore, metric_rows

        store = EvidenceStore(self.document.engine)
        quarters = tuple(store.quarters())
        quarter = self.quarter if self.quarter in quarters else None
        if quarter is None and quarters:
            quarter = quarters[-1]
        metrics = tuple(metric_rows(self.workspace, store, quarter))
        tables = tuple(store.response_tables(self.workspace, quarter))
        earlier = tuple(tuple(t) for t in store.earlier_tables(self.workspace, quarter))
        answers = sum(table.rows for table in tables)
        return Evidence(quarters, quarter, metrics, answers, tables, earlier)


@dataclass(frozen=True, slots=True)
class _Rank:
    """Ranks a copy of the workspace; nothing it touches is shared."""

    workspace: Workspace

    def __call__(self, bench: Bench, _cancelled: Cancelled) -> object:
        return bench.estimate(self.workspace)
