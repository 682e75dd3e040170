"""The Quarter screen: freeze a quarter, compare two, roll over what is unfinished."""

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from journey.edit import Changes
from journey.model.ids import Kind, QuarterId, Ref
from journey.quarter.compare import Comparison
from journey.quarter.freeze import FreezeQuarter
from journey.quarter.learning import take
from journey.quarter.planning import plan_of, roll_over
from journey.report.around import Picture
from ui.faults import explain
from ui.jobs import JobResult, Jobs
from ui.quarter import words
from ui.quarter.dialogs import FreezeDialog
from ui.quarter.empty import EmptyQuarter
from ui.quarter.evidence import FixesCard, TouchpointsCard
from ui.quarter.head import QuarterHead
from ui.quarter.kpis import KpisCard
from ui.quarter.people import LeadersCard, PlanCard
from ui.quarter.ranks import RanksCard
from ui.quarter.work import CompareTwo, MakeFreeze, ReadOne, ReadTwo, maps_to_keep
from ui.render.drawer import MapDrawer
from ui.session import Session
from ui.shell.widgets.surfaces import InlineMessage, MessageKind

if TYPE_CHECKING:
    from storage.quarters import ToFreeze

WAIT_MS: Final = 1_000  # an edit seldom comes alone
_BESIDE_FROM: Final = 1_080  # narrower, the cards at the right go under the ranks
# Edits of these kinds move no rank and change no word here.
_SILENT: Final = frozenset({Kind.LANE, Kind.NOTE, Kind.STRENGTH, Kind.PERSONA})


class QuarterScreen(QWidget):
    """Compares two quarters of a session, and freezes them.

    Attributes:
        export_requested: the packs of the later quarter are wanted (carries its label).
        import_requested: there is nothing to compare; a survey would help.
        noted: icon and sentence for the status bar. show_on_map: Ref of a pain point.
    """

    export_requested = Signal(str)
    import_requested = Signal()
    noted = Signal(str, str)
    show_on_map = Signal(object)

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs = session, jobs
        self._first, self._second = "", ""
        self._chosen = False  # until then the two latest
        self._generation = 0
        self._running = 0
        self._read: ToFreeze | None = None
        self._made: FreezeQuarter | None = None
        self._drawer = MapDrawer(self)
        self._drawer.drawn.connect(self._on_drawn)
        self._stale = True
        self._dialog: FreezeDialog | None = None
        self._reason = ""
        self.comparison: Comparison | None = None
        self.head = QuarterHead()
        self.ranks, self.touchpoints, self.kpis = RanksCard(), TouchpointsCard(), KpisCard()
        self.fixes, self.leaders, self.plan = FixesCard(), LeadersCard(), PlanCard()
        self.empty = EmptyQuarter()
        self.message = InlineMessage(MessageKind.WARNING, "", closable=True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._compare)
        self._build()
        self._connect()
        self._fill()

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(20, 14, 20, 14)
        column.setSpacing(12)
        column.addWidget(self.head)
        column.addWidget(self.message)
        self.message.hide()
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(12)
        self._beside = QHBoxLayout()
        self._beside.setSpacing(12)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.ranks)
        left.addWidget(self.kpis)
        left.addStretch(1)
        self._beside.addLayout(left, 20)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.touchpoints)
        right.addWidget(self.fixes)
        right.addStretch(1)
        self._beside.addLayout(right, 11)
        body.addLayout(self._beside)
        body.addWidget(self.leaders)
        column.addWidget(self._body)
        column.addWidget(self.empty)
        column.addWidget(self.plan)
        column.addStretch(1)
        self._scroll.setWidget(inner)
        outer.addWidget(self._scroll)

    def _connect(self) -> None:
        session, head = self._session, self.head
        session.document.changed.connect(self._on_changed)
        session.findings.evidence_changed.connect(self._on_evidence)
        session.selection.changed.connect(self._on_selection)
        head.quarters_chosen.connect(self._on_quarters)
        head.freeze.clicked.connect(self._on_freeze)
        head.reopen.clicked.connect(self._on_freeze)
        head.export_button.clicked.connect(self._on_export)
        self.ranks.rows.chosen.connect(self._on_chosen)
        self.ranks.rows.opened.connect(self.show_on_map)
        self.fixes.learned_taken.connect(self._on_learned)
        self.plan.roll_over.connect(self._on_roll_over)
        self.empty.import_requested.connect(self.import_requested)
        self.message.dismissed.connect(self.message.hide)

    # What is shown

    def show_quarters(self, first: str, second: str) -> None:
        """Compare two quarters, the earlier one first; "" leaves one out."""
        self._first, self._second, self._chosen = first, second, True
        self._fill()
        self._compare()

    @property
    def quarters(self) -> tuple[str, ...]:
        """Every quarter with answers or frozen, ascending."""
        evidence = self._session.findings.evidence
        known = set(evidence.quarters if evidence else ())
        return tuple(sorted(known | set(self._session.document.workspace.quarters)))

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's virtual: what was edited meanwhile is compared now."""
        super().showEvent(event)
        if self._stale:
            self._compare()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's virtual: a narrow window has the cards under each other."""
        super().resizeEvent(event)
        wide = self.width() >= _BESIDE_FROM
        way = QBoxLayout.Direction
        self._beside.setDirection(way.LeftToRight if wide else way.TopToBottom)

    def _fill(self) -> None:
        """Show everything that needs no computing."""
        ws = self._session.document.workspace
        quarters = self.quarters
        if not self._chosen or self._second not in quarters:
            self._second = quarters[-1] if quarters else ""
        if not self._chosen or self._first not in quarters or self._first >= self._second:
            earlier = [q for q in quarters if q < self._second]
            self._first = earlier[-1] if earlier else ""
        frozen = frozenset(str(q) for q in ws.quarters)
        self.head.set_quarters(quarters, frozen, self._first, self._second)
        from ui.quarter.clock import today

        plan = plan_of(ws, today())
        self.plan.set_plan(ws, plan, self._second)
        self.plan.setVisible(bool(plan) or self.comparison is not None)
        read_only = self._session.document.read_only
        for button in (self.head.freeze, self.head.reopen):
            button.setEnabled(not read_only and not self._running)
        self._tell()

    def _tell(self) -> None:
        found = self.comparison
        shown = found is not None and (found.before, found.after) == (self._first, self._second)
        self._body.setVisible(shown)
        self.empty.setVisible(not shown)
        busy = bool(self._first) and self.message.isHidden()
        self.empty.tell(len(self.quarters), computing=busy)
        self.head.counts.set_comparison(found if shown else None)
        self.head.subtitle.set_text(self._subtitle(found if shown else None))

    def _subtitle(self, found: Comparison | None) -> str:
        if found is None:
            return self.tr("What is kept, what changed, and what is only noise")
        if self._stale:
            return self.tr("Comparing …")
        parts = [self.tr("Both computed with today's method and assumptions, to part progress "
                         "from the rest")]  # fmt: skip
        kept = self._session.document.workspace.quarters.get(QuarterId(self._second))
        if kept is not None and kept.frozen_at is not None:
            on = kept.frozen_at.date().isoformat()
            text = self.tr("{0} frozen on {1}, revision {2}, content {3}")
            parts.append(
                text.format(words.label(kept.id), on, kept.revision, kept.content_sha256[:8])
            )
        parts += [words.warning_text(word).rstrip(".") for word in found.warnings]
        return " · ".join(parts)

    # Comparing

    def _compare(self) -> None:
        """Read and compare again; what is shown stays until the answer is there."""
        self._timer.stop()
        self._stale = True
        if not self.isVisible():
            return
        self._generation += 1
        if not self._first or not self._second:
            self._stale = False
            self.comparison = None
            self._fill()
            return
        document = self._session.document
        work = ReadTwo(document.storage, document.workspace.copy(), self._first, self._second)
        self._tell()
        self._jobs.store(_Numbered(work, self._generation), self._on_read)

    def _on_read(self, result: JobResult) -> None:
        found = result.value
        if result.error is not None:
            self._fail(result.error)
        elif isinstance(found, _Answer) and found.number == self._generation:
            work = CompareTwo(found.value)  # type: ignore[arg-type]  # what ReadTwo read
            self._jobs.compute(_Numbered(work, found.number), self._on_compared)

    def _on_compared(self, result: JobResult) -> None:
        found = result.value
        if result.error is not None:
            self._fail(result.error)
            return
        if not isinstance(found, _Answer) or found.number != self._generation:
            return  # another pair is on its way
        assert isinstance(found.value, Comparison)
        self.comparison, self._stale = found.value, False
        self.message.hide()
        self.ranks.set_comparison(found.value)
        self.touchpoints.set_comparison(found.value)
        self.kpis.set_comparison(found.value)
        self.fixes.set_comparison(found.value)
        self.leaders.set_comparison(found.value)
        self.ranks.rows.choose(self._session.selection.current)
        self._fill()

    def _fail(self, error: Exception) -> None:
        from journey.errors import WaymarkError

        lines = explain(error, self.tr) if isinstance(error, WaymarkError) else [str(error)]
        self.message.set_words(self.tr("The quarters could not be compared"), " ".join(lines))
        self.message.show()
        self._stale = False
        self._tell()

    def _on_changed(self, changes: Changes, _origin: object) -> None:
        if changes.kinds - _SILENT:
            self._fill()
            self._stale = True
            self._timer.start()

    def _on_evidence(self) -> None:
        self._fill()
        self._compare()

    # What people do

    def _on_quarters(self, first: str, second: str) -> None:
        self.show_quarters(first, second)

    def _on_freeze(self) -> None:
        kept = self._session.document.workspace.quarters.get(QuarterId(self._second))
        dialog = FreezeDialog(self._second, kept.revision if kept else 0, self)
        self._dialog = dialog
        dialog.accepted.connect(self._on_accepted)
        dialog.open()

    def _on_accepted(self) -> None:
        dialog = self._dialog
        if dialog is None:
            return
        self._dialog, self._reason = None, dialog.reason
        document = self._session.document
        work = ReadOne(document.storage, document.workspace.copy(), self._second)
        title = self.tr("Freezing {0}").format(words.label(self._second))
        self._running = self._jobs.store(work, self._on_read_one, title)
        self._fill()

    def _on_read_one(self, result: JobResult) -> None:
        if result.error is not None or result.cancelled:
            self._not_frozen(result)
            return
        self._read = read = cast("ToFreeze", result.value)
        work = MakeFreeze(read, self._reason)
        title = self.tr("Freezing {0}").format(words.label(self._second))
        self._running = self._jobs.compute(work, self._on_made, title)

    def _on_made(self, result: JobResult) -> None:
        if result.error is not None or result.cancelled:
            self._not_frozen(result)
            return
        assert isinstance(result.value, FreezeQuarter)
        assert self._read is not None
        self._made = result.value
        self._drawer.begin(maps_to_keep(self._made, self._read))

    def _on_drawn(self, pictures: tuple[Picture, ...]) -> None:
        assert self._made is not None
        command, self._made, self._read = self._made.with_pictures(pictures), None, None
        self._running = 0
        if self._session.document.run(command, self):
            label = words.label(command.summary.name)
            self.noted.emit("lock-simple", self.tr("{0} is frozen").format(label))
        self._fill()

    def _not_frozen(self, result: JobResult) -> None:
        self._running = 0
        if result.error is not None:
            self._fail(result.error)
        self._fill()

    def _on_export(self) -> None:
        self.export_requested.emit(self._second)

    def _on_chosen(self, ref: object) -> None:
        if isinstance(ref, Ref):
            self._session.selection.set(ref, self)

    def _on_selection(self, origin: object) -> None:
        if origin is not self:
            self.ranks.rows.choose(self._session.selection.current)

    def _on_learned(self) -> None:
        if self.comparison is not None and self.comparison.learned is not None:
            self._session.document.run(take(self.comparison.learned), self)

    def _on_roll_over(self, quarter: str) -> None:
        command = roll_over(self._session.document.workspace, quarter)
        if command is not None:
            self._session.document.run(command, self)


class _Answer:
    """A job's value with the number of the question."""

    def __init__(self, number: int, value: object) -> None:
        self.number, self.value = number, value


class _Numbered:
    """A job whose answer bears the number of the question."""

    def __init__(self, work: "ReadTwo | CompareTwo", number: int) -> None:
        self._work, self._number = work, number

    def __call__(self, progress: object, cancelled: object) -> object:
        return _Answer(self._number, self._work(progress, cancelled))  # type: ignore[arg-type]
