"""The way of the packs out of the workspace: gather, ask, write; the file is saved before."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui.export.work import AsAsked, Gather
from ui.jobs import JobResult, Jobs
from ui.render.drawer import MapDrawer
from ui.session import Session

if TYPE_CHECKING:
    from journey.report.around import Picture
    from journey.report.report import Report
    from storage.exports.gather import Gathered
    from ui.export.dialog import ExportDialog
    from ui.export.work import Order


class ExportFlow(QObject):
    """Exports one report at a time.

    Attributes:
        exported: the files written, a tuple of paths. failed: an error; the folder is as it was.
    """

    exported = Signal(object)
    failed = Signal(object)

    def __init__(self, jobs: Jobs, window: QWidget | None = None) -> None:
        super().__init__(window)
        self._jobs = jobs
        self._window = window
        self._folder: Path | None = None
        self._formats: tuple[str, ...] = ()
        self._job = 0
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
        wanted = quarter or (evidence.quarter if evidence else None)
        folder = self._folder or session.document.path.parent / "packs"
        self.dialog = ExportDialog(folder, self._formats or USUAL, self._jobs, self._window)
        self.dialog.ordered.connect(self._on_ordered)
        self.dialog.finished.connect(self._on_closed)
        self.dialog.open()
        # What is told in the packs is in the file they name.
        session.document.save_now()
        asked = AsAsked(session.document.storage, session.document.workspace.copy())
        self._wanted = wanted
        self._job = self._jobs.store(Gather(asked, wanted), self._on_report)

    def stop(self) -> None:
        """Close the dialog; nothing is written."""
        if self.dialog is not None:
            self.dialog.reject()

    def _on_report(self, result: JobResult) -> None:
        if result.number != self._job or self.dialog is None:
            return
        if result.error is not None:
            self.dialog.show_error(result.error)
            return
        gathered = cast("Gathered", result.value)
        self._report = gathered.report
        if not gathered.drawable:
            self.dialog.set_report(self._report)
            return
        from ui.render.maps import drawn_maps

        ws, rows, ranking = gathered.workspace, gathered.metrics, gathered.ranking
        self._drawer.begin(drawn_maps(ws, rows, ranking, quarter=self._wanted, with_parts=True))

    def _on_drawn(self, pictures: "tuple[Picture, ...]") -> None:
        if self.dialog is None or self._report is None:
            return
        from journey.report.pictures import with_pictures

        self.dialog.set_report(with_pictures(self._report, pictures))

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
        self._report = None
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.deleteLater()
