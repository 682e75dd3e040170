"""What the evidence says, computed off the GUI thread and handed to the views."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from journey.edit import Changes
from journey.model.ids import Kind
from journey.model.workspace import Workspace
from ui.document import DocumentModel
from ui.jobs import Cancelled, JobResult, Jobs, Progress

if TYPE_CHECKING:
    from journey.priority.evidence import ResponseTable
    from journey.priority.result import Ranking
    from storage.document import Document
    from storage.evidence import MetricRow

WAIT_MS = 250  # typing makes many edits; the ranking follows when the hand rests
DRAWS, SEED = 1000, 1

# Edits of these kinds change no figure.
_SILENT = frozenset({Kind.LANE, Kind.NOTE, Kind.STRENGTH, Kind.PERSONA, Kind.QUARTER})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the file holds for one quarter: read once, ranked as often as an edit asks."""

    quarters: tuple[str, ...]
    quarter: str | None
    metrics: tuple["MetricRow", ...]
    answers: int
    tables: tuple["ResponseTable", ...]


class Findings(QObject):
    """Metrics and ranking of the open workspace for the chosen quarter.

    Attributes:
        evidence_changed: metrics and quarters were read again.
        ranking_changed: there is another ranking (or an error instead of one).
        computing_changed: work on the ranking began or ended.
    """

    evidence_changed = Signal()
    ranking_changed = Signal()
    computing_changed = Signal(bool)

    def __init__(self, document: DocumentModel, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._jobs = jobs
        self._asked_quarter: str | None = None
        self._generation = 0
        self._started = 0.0
        self.evidence: Evidence | None = None
        self.ranking: Ranking | None = None
        self.error: Exception | None = None
        self.seconds = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._rank)
        document.changed.connect(self._on_changed)

    def read(self, quarter: str | None = None) -> None:
        """Read the evidence of a quarter (None: the latest), then rank."""
        self._asked_quarter = quarter
        self._jobs.store(
            _Read(self._document.storage, self._document.workspace.copy(), quarter), self._read
        )

    @Slot(object, object)
    def _on_changed(self, changes: Changes, _origin: QObject | None) -> None:
        if changes.kinds & {Kind.SURVEY, Kind.QUESTION, Kind.WORKSPACE}:
            self.read(self._asked_quarter)
        elif changes.kinds - _SILENT:
            self._timer.start()

    def _read(self, result: JobResult) -> None:
        if isinstance(result.value, Evidence):
            self.evidence = result.value
            self.evidence_changed.emit()
            self._rank()
        elif result.error is not None:
            self.error = result.error
            self.ranking_changed.emit()

    def _rank(self) -> None:
        if self.evidence is None:
            return
        self._generation += 1
        self._started = time.monotonic()
        self.computing_changed.emit(True)
        work = _Rank(
            self._generation,
            self._document.workspace.copy(),
            self.evidence.tables,
            self.evidence.quarter,
        )
        self._jobs.compute(work, self._ranked)

    def _ranked(self, result: JobResult) -> None:
        if result.error is not None:
            self.ranking, self.error = None, result.error
        else:
            assert isinstance(result.value, _Ranked)
            if result.value.generation != self._generation:
                return  # a later edit is already being ranked
            self.ranking, self.error = result.value.ranking, None
        self.seconds = time.monotonic() - self._started
        self.computing_changed.emit(False)
        self.ranking_changed.emit()


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
        answers = sum(table.rows for table in tables)
        return Evidence(quarters, quarter, metrics, answers, tables)


@dataclass(frozen=True, slots=True)
class _Ranked:
    generation: int
    ranking: "Ranking"


@dataclass(frozen=True, slots=True)
class _Rank:
    """Ranks a copy of the workspace; nothing it touches is shared."""

    generation: int
    workspace: Workspace
    tables: Sequence["ResponseTable"]
    quarter: str | None

    def __call__(self, _progress: Progress, _cancelled: Cancelled) -> object:
        from journey.priority import rank

        ranking = rank(self.workspace, self.tables, quarter=self.quarter, draws=DRAWS, seed=SEED)
        return _Ranked(self.generation, ranking)
