"""The ways of files into and out of the window, one object each, and which file takes which."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from storage.errors import ImportProblem
from ui.export import ExportFlow
from ui.imports.importer import SUFFIXES as SURVEYS
from ui.imports.importer import Importer
from ui.interchange.flow import SUFFIXES as JOURNEYS
from ui.interchange.flow import Interchange
from ui.interchange.picture_flow import PictureFlow
from ui.jobs import Jobs
from ui.returns.flow import SUFFIXES as PACKS
from ui.returns.flow import ReturnFlow
from ui.session import Session


class Flows(QObject):
    """Takes files as they are dropped or chosen.

    Attributes:
        open_requested: (path) a workspace to open. noted: (icon, sentence) for the status bar.
        failed: an error; nothing was changed. exported: the files written.
    """

    open_requested = Signal(str)
    noted = Signal(str, str)
    failed = Signal(object)
    exported = Signal(object)

    def __init__(self, jobs: Jobs, window: QWidget) -> None:
        super().__init__(window)
        self.importer = Importer(jobs, window)
        self.exporter = ExportFlow(jobs, window)
        self.returns = ReturnFlow(jobs, window)
        self._session: Session | None = None
        self._dropped = Path()
        self.interchange = Interchange(jobs, window)
        self.pictures = PictureFlow(jobs, window)
        for flow in (self.importer, self.returns, self.interchange, self.pictures):
            flow.noted.connect(self.noted)
        for flow in (self.importer, self.interchange, self.pictures):
            flow.failed.connect(self.failed)
        self.interchange.workspace_made.connect(self.open_requested)
        self.exporter.failed.connect(self.failed)
        self.exporter.exported.connect(self.exported)
        self.returns.failed.connect(self._on_return_failed)

    def take(self, path: Path, session: Session | None) -> None:
        """Take a file for what it is: evidence, a pack that comes back, or a workspace."""
        suffix = path.suffix.lower()
        if suffix in PACKS and session is not None:
            self._session, self._dropped = session, path
            self.returns.begin(path, session)
        elif suffix in SURVEYS:
            self.importer.begin(path, session)
        elif suffix in JOURNEYS:
            self.interchange.begin(path, session)
        else:
            self.open_requested.emit(str(path))

    def paste(self, session: Session | None) -> None:
        """Take what the clipboard holds as text for evidence."""
        self.importer.paste(QGuiApplication.clipboard().text(), session)

    def stop(self) -> None:
        """Forget what is under way; nothing of it is kept."""
        self.importer.stop()
        self.exporter.stop()
        self.returns.stop()
        self.interchange.stop()
        self.pictures.stop()
        self._session = None

    @Slot(object)
    def _on_return_failed(self, error: Exception) -> None:
        """Take a workbook that is no pack for a survey; tell all else."""
        no_pack = isinstance(error, ImportProblem) and error.reason == "not_a_pack"
        if no_pack and self._session is not None:
            self.importer.begin(self._dropped, self._session)
        else:
            self.failed.emit(error)
