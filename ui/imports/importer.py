"""The way of evidence into the workspace: look, ask, take in, one undo step."""

from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from journey.model.workspace import Workspace, ordered_journeys
from ui.imports.dialogs import dialog_class
from ui.imports.kinds import EvidenceKind
from ui.jobs import JobProgress, JobResult, Jobs
from ui.session import Session

if TYPE_CHECKING:
    from ui.imports.frame import ImportFrame
    from ui.imports.work import Found, Look, Order

SUFFIXES = frozenset(
    {
        ".csv",
        ".tsv",
        ".tab",
        ".txt",
        ".gz",
        ".zip",
        ".xlsx",
        ".xls",
        ".xlsm",
        ".xlsb",
        ".ods",
        ".sav",
        ".zsav",
        ".xes",
    }
)
_TELL_S = 0.25  # how often the speed of an import is told


class Importer(QObject):
    """Takes one export at a time from its file into the open workspace.

    Attributes:
        workspace_needed: (path) the file can be read, and no workspace is open to take it in.
        noted: (icon, sentence) for the status bar. failed: an error; nothing was changed.
    """

    workspace_needed = Signal(object)
    noted = Signal(str, str)
    failed = Signal(object)

    def __init__(self, jobs: Jobs, window: QWidget) -> None:
        super().__init__(window)
        self._jobs = jobs
        self._window = window
        self._session: Session | None = None
        self._found: Found | None = None
        self._job = 0  # the number of the job that is waited for; 0 for none
        self._taking = False
        self._kind = EvidenceKind.SURVEY
        self._began = self._told = 0.0
        self._note: tuple[str, str] | None = None
        self._asked: Workspace | None = None  # as it was when the import began
        self._made: ImportFrame | None = None  # a dialog that is opened in the next turn
        self.dialog: ImportFrame | None = None
        jobs.progressed.connect(self._on_progress)

    def begin(self, path: Path, session: Session | None) -> None:
        """Look into a file on the storage worker, then ask what its columns mean."""
        from ui.imports.work import Look

        self._begin(Look(path, self._copy_of(session)), session)

    def paste(self, text: str, session: Session | None) -> None:
        """Take the cells of a spreadsheet, or any separated text, as if they were a file."""
        from storage.imports.opening import PASTED_NAME
        from ui.imports.work import Look

        if not text.strip():
            self.noted.emit("info", self.tr("There is no text in the clipboard to import."))
            return
        self._begin(Look(Path(PASTED_NAME), self._copy_of(session), None, text), session)

    @staticmethod
    def _copy_of(session: Session | None) -> Workspace | None:
        return session.document.workspace.copy() if session is not None else None

    def _begin(self, look: "Look", session: Session | None) -> None:
        if self.dialog is not None or self._made is not None:
            if self.dialog is not None:
                self.dialog.raise_()
            return
        if self._taking:
            self.noted.emit("info", self.tr("An import is under way; this one can follow it."))
            return
        self.stop()
        self._session = session
        if session is None:
            self._window.setCursor(Qt.CursorShape.BusyCursor)
        title = self.tr("Reading %1").replace("%1", look.path.name)
        self._job = self._jobs.store(look, self._on_found, title)

    def go_on(self, session: Session) -> None:
        """Ask about the file that waited for this workspace, where one did."""
        if self._found is not None:
            self._session = session
            self._ask(self._found)

    def forget(self) -> None:
        """Let go of the file that waits for a workspace: none came of it."""
        self._found = None

    def stop(self) -> None:
        """Forget what is under way; nothing of it is kept."""
        if self._job:
            self._jobs.cancel(self._job)
        self._job, self._taking = 0, False
        self._found, self._session, self._note = None, None, None
        self._window.unsetCursor()
        if self._made is not None:
            self._made.deleteLater()
            self._made = None
        if self.dialog is not None:
            self.dialog.reject()

    def _on_found(self, result: JobResult) -> None:
        if result.number != self._job:
            return
        self._job = 0
        self._window.unsetCursor()
        if result.cancelled:
            return
        if result.error is not None:
            self.failed.emit(result.error)
        elif self._session is None:
            self._found = result.value  # type: ignore[assignment]
            self.workspace_needed.emit(self._found.path)  # type: ignore[union-attr]
        else:
            self._ask(result.value)  # type: ignore[arg-type]

    def _ask(self, found: "Found") -> None:
        assert self._session is not None
        self._found = None
        document, journey = self._session.document, self._journey()
        asking = dialog_class(found.kind, tickets=found.mapping.tickets is not None)
        self._made = asking(found, document, self._jobs, journey, self._window)
        self._made.ordered.connect(self._take)
        self._made.kind_chosen.connect(self._on_kind)
        # Making it and laying it out on screen are a pause each; both at once would be felt.
        QTimer.singleShot(0, self, self._open)

    @Slot()
    def _open(self) -> None:
        made, before = self._made, self.dialog
        if made is None:
            return
        self._made, self.dialog = None, made
        if before is not None:
            before.finished.disconnect(self._on_closed)
            made.setGeometry(before.geometry())
        made.finished.connect(self._on_closed)
        made.open()
        if before is not None:
            before.reject()

    @Slot(object, object)
    def _on_kind(self, found: "Found", kind: EvidenceKind) -> None:
        """Work out what the file is as evidence of another kind; the dialog follows."""
        from ui.imports.work import Propose

        assert self._session is not None
        work = Propose(found, kind, self._session.document.workspace.copy())
        self._job = self._jobs.store(work, self._on_proposed)

    def _on_proposed(self, result: JobResult) -> None:
        if result.number != self._job or self.dialog is None or self._session is None:
            return
        self._job = 0
        if result.error is not None:
            self.failed.emit(result.error)
            return
        self._ask(result.value)  # type: ignore[arg-type]

    def _journey(self) -> str | None:
        """Return the journey looked at where there is more than one: it gets what is new."""
        assert self._session is not None
        journeys = ordered_journeys(self._session.document.workspace)
        shown = (j.name for j in journeys if j.id == self._session.journey)
        return next(shown, None) if len(journeys) > 1 else None

    @Slot()
    def _on_closed(self) -> None:
        self.dialog = None

    @Slot(object)
    def _take(self, order: "Order") -> None:
        from ui.imports.work import Take

        if self._session is None:
            return
        document = self._session.document
        self._asked = document.workspace.copy()
        work = Take(document.storage, self._asked, order, dry_run=False)
        title = self.tr("Importing %1").replace("%1", order.path.name)
        self._began, self._kind = monotonic(), order.kind
        self._job = self._jobs.store(work, self._on_taken, title)
        self._taking = True

    @Slot(object)
    def _on_progress(self, progress: JobProgress) -> None:
        """Say how many rows an import has read, and how many a second."""
        from ui.imports.words import rate_word

        now = monotonic()
        if not self._taking or progress.number != self._job or not progress.done:
            return
        if now - self._told >= _TELL_S:
            self._told = now
            words = rate_word(progress.done, progress.total, now - self._began)
            self.noted.emit("download-simple", words)

    def _on_taken(self, result: JobResult) -> None:
        if result.number != self._job or self._session is None:
            return
        self._job, self._taking = 0, False
        if result.cancelled:
            self._tell("info", self.tr("The import was stopped; nothing was changed."))
        elif result.error is not None:
            self.failed.emit(result.error)
        else:
            self._keep(result.value)

    def _keep(self, taken: object) -> None:
        from ui.imports.results import command_of, taken_word

        assert self._session is not None
        command, asked = command_of(taken), self._asked
        self._asked = None
        if command is not None and asked != self._session.document.workspace:
            command.forget()  # validated while it was taken in, and edited since
        if command is None or not self._session.document.run(command):
            return
        self._tell("check-circle", taken_word(taken, self._kind))
        # The ranking that follows has a note of its own; how much was taken in is the greater news.
        findings = self._session.findings
        findings.ranking_changed.connect(self._repeat_note, Qt.ConnectionType.SingleShotConnection)

    def _tell(self, icon: str, sentence: str) -> None:
        self._note = (icon, sentence)
        self.noted.emit(icon, sentence)

    @Slot()
    def _repeat_note(self) -> None:
        if self._note is not None:
            self.noted.emit(*self._note)
