"""The way of the packs out of the workspace: gather, ask, write; the file is saved before."""

from collections import Counter
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from ui.export.work import AsAsked, RankReport, ReadReport, TellReport
from ui.jobs import JobResult, Jobs
from ui.render.drawer import MapDrawer
from ui.session import Session
from ui.studies import Ask

if TYPE_CHECKING:
    from journey.model.workspace import Workspace
    from journey.report.around import Picture
    from journey.report.report import Report
    from storage.exports.gather import Gathered, ToReport, Worked
    from ui.export.dialog import ExportDialog
    from ui.export.work import Order
    from ui.jobs import Cancelled
    from ui.studies import Bench


class ExportFlow(QObject):
    """Exports one report at a time.

    What is known is shown at once: the leaders of the list looked at. The first page follows when
    the quarter is read; the quarter before and the maps come after it.

    Attributes:
        exported: the files written, a tuple of paths. failed: an error; the folder is as it was.
    """

    exported = Signal(object)
    failed = Signal(object)

    def __init__(self, jobs: Jobs, window: QWidget | None = None) -> None:
        super().__init__(window)
        self._jobs = jobs
        self._window = window
        self._session: Session | None = None
        self._folder: Path | None = None
        self._formats: tuple[str, ...] = ()
        self._job = 0
        self._round = 0
        self._wanted: str | None = None
        self._report: Report | None = None
        self._drawer = MapDrawer(self)
        self._drawer.drawn.connect(self._on_drawn)
        self.dialog: ExportDialog | None = None

    def begin(self, session: Session, quarter: str | None = None) -> None:
        """Open the dialog for a quarter (None: the one looked at)."""
        from ui.export.dialog import USUAL, ExportDialog

        if self.dialog is not None:
            self.dialog.raise_()
            return
        evidence = session.findings.evidence
        self._wanted = quarter or (evidence.quarter if evidence else None)
        folder = self._folder or session.document.path.parent / "packs"
        self.dialog = ExportDialog(folder, self._formats or USUAL, self._jobs, self._window)
        self.dialog.show_people(self._people(session))
        self.dialog.ordered.connect(self._on_ordered)
        self.dialog.finished.connect(self._on_closed)
        self.dialog.open()
        self._session = session
        session.findings.evidence_changed.connect(self._begin_reading)
        self._begin_reading()

    def stop(self) -> None:
        """Close the dialog; nothing is written."""
        if self.dialog is not None:
            self.dialog.reject()

    def _people(self, session: Session) -> "list[tuple[str, str, int]]":
        """Return name, id and rows of each leader of the list looked at, if it is this one."""
        from journey.report.build import owners_of

        ranking = session.findings.ranking
        if ranking is None or not self._is_looked_at(session):
            return []
        rows = Counter(item.leader for item in ranking.items)
        names = {item.leader: item.leader_name for item in ranking.items}
        return [(names[leader], leader or "", rows[leader]) for leader in owners_of(ranking)]

    def _is_looked_at(self, session: Session) -> bool:
        evidence = session.findings.evidence
        return evidence is not None and evidence.quarter == self._wanted

    @Slot()
    def _begin_reading(self) -> None:
        """Read the quarter, or read it again where other answers came in meanwhile."""
        session, dialog = self._session, self.dialog
        if session is None or dialog is None:
            return
        self._round += 1
        self._drawer.stop()
        dialog.tell(0, self.tr("Reading the answers…"))
        # What is told in the packs is in the file they name.
        session.document.save_now()
        asked = AsAsked(session.document.storage, session.document.workspace.copy())
        done = partial(self._on_read, self._round)
        self._job = self._jobs.store(ReadReport(asked, self._wanted), done)

    def _value_of(self, number: int, result: JobResult) -> object:
        """Return what a job of a round made; None of an earlier round, and of an error told."""
        if self.dialog is None or number != self._round or result.cancelled:
            return None
        if result.error is not None:
            self.dialog.show_error(result.error)
        return result.value

    def _on_read(self, number: int, result: JobResult) -> None:
        from storage.exports.gather import Gathered, ToReport, worked_out

        found = self._value_of(number, result)
        if isinstance(found, Gathered):
            self._draw_maps(found)
        if not isinstance(found, ToReport):
            return
        assert self.dialog is not None
        assert self._session is not None
        self.dialog.tell(1, self.tr("Ranking the pain points…"))
        done = partial(self._on_ranked, number, found)
        if not self._is_looked_at(self._session):
            self._job = self._jobs.compute(RankReport(found), done)
            return

        def listed(bench: "Bench", _workspace: "Workspace", _cancelled: "Cancelled") -> object:
            return worked_out(bench.estimate(found.workspace))

        # The list in the window is this one: its draws are there.
        self._session.findings.ask(Ask.REPORT, listed, done)

    def _on_ranked(self, number: int, read: "ToReport", result: JobResult) -> None:
        worked = cast("Worked | None", self._value_of(number, result))
        if worked is not None:
            # A frozen quarter before is at hand; an open one takes a ranking of its own.
            at_hand = read.before is None or read.before.kept is not None
            self._tell(number, TellReport(read, worked, compared=at_hand))

    def _tell(self, number: int, told: TellReport) -> None:
        self._job = self._jobs.compute(told, partial(self._on_told, number, told))

    def _on_told(self, number: int, told: TellReport, result: JobResult) -> None:
        gathered = cast("Gathered | None", self._value_of(number, result))
        if gathered is None:
            return
        if told.compared:
            self._draw_maps(gathered)
            return
        assert self.dialog is not None
        self.dialog.set_report(gathered.report)
        self.dialog.tell(2, self.tr("Comparing with the quarter before…"))
        self._tell(number, replace(told, compared=True))

    def _draw_maps(self, gathered: "Gathered") -> None:
        assert self.dialog is not None
        self._report = gathered.report
        self.dialog.set_report(gathered.report)
        if not gathered.drawable:
            self.dialog.set_ready()
            return
        from ui.render.maps import map_steps

        self.dialog.tell(3, self.tr("Drawing the maps…"))
        ws, rows, ranking = gathered.workspace, gathered.metrics, gathered.ranking
        self._drawer.begin(map_steps(ws, rows, ranking, quarter=self._wanted, with_parts=True))

    def _on_drawn(self, pictures: "tuple[Picture, ...]") -> None:
        if self.dialog is None or self._report is None:
            return
        from journey.report.pictures import with_pictures

        self.dialog.set_report(with_pictures(self._report, pictures))
        self.dialog.set_ready()

    def _on_ordered(self, order: "Order") -> None:
        assert self.dialog is not None
        self._folder, self._formats = order.folder, self.dialog.formats
        self._jobs.compute(order, self._on_written, self.tr("Exporting the packs"))

    def _on_written(self, result: JobResult) -> None:
        if result.error is not None:
            self.failed.emit(result.error)
        elif not result.cancelled:
            self.exported.emit(result.value)

    def _on_closed(self) -> None:
        self._drawer.stop()
        self._jobs.cancel(self._job)
        self._round += 1
        if self._session is not None:
            self._session.findings.evidence_changed.disconnect(self._begin_reading)
        self._session = self._report = None
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.deleteLater()
