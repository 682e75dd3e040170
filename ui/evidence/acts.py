"""What people do with sources and comments: each is one undoable step, made off the GUI thread."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from journey.edit import Command, Remove
from journey.model.ids import Kind
from ui.evidence import words
from ui.evidence.sources import SourceRow, refs_of
from ui.evidence.work import Code, MakeRemoval, SavePicture, SaveRefused, TakeAgain
from ui.jobs import JobResult, Jobs
from ui.session import Session

if TYPE_CHECKING:
    from ui.evidence.mapping import MappingDialog


class Acts(QObject):
    """Does what the Evidence screen offers.

    Attributes:
        noted: (icon, sentence). failed: an error; nothing was changed.
        coded: the ticked comments were counted.
    """

    noted = Signal(str, str)
    failed = Signal(object)
    coded = Signal()

    def __init__(self, session: Session, jobs: Jobs, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._jobs, self._window = session, jobs, window
        self.mapping: MappingDialog | None = None

    def ask_refused(self, source: object) -> None:
        """Ask where a source's refused rows go."""
        assert isinstance(source, SourceRow)
        from storage.exports.names import safe_filename

        title = words.tr("Save the refused rows")
        proposed = safe_filename(words.tr("Refused rows of {0}").format(source.name), ".csv")
        name, _ = QFileDialog.getSaveFileName(self._window, title, proposed, "CSV (*.csv)")
        if name:
            self.save_refused(source, Path(name))

    def save_refused(self, source: SourceRow, path: Path) -> None:
        """Write a source's refused rows as a CSV."""
        assert source.ref is not None
        work = SaveRefused(self._session.document.storage, source.ref, path)
        self._jobs.store(work, self._on_refused_saved)

    def _on_refused_saved(self, result: JobResult) -> None:
        if result.error is not None:
            self.failed.emit(result.error)
            return
        saved: Any = result.value
        path, n = saved
        told = words.tr("{0} saved in {1}")
        rows = words.count_word(n, words.tr("refused row"), words.tr("refused rows"))
        self.noted.emit("floppy-disk", told.format(rows, path.name))

    def open_mapping(self, source: object) -> None:
        """Show a source's mapping."""
        from ui.evidence.mapping import MappingDialog

        assert isinstance(source, SourceRow)
        dialog = MappingDialog(
            source, read_only=self._session.document.read_only, parent=self._window
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.ordered.connect(self._on_mapping_ordered)
        self.mapping = dialog
        dialog.open()

    def _on_mapping_ordered(self, source: object, path: object, mapping: str) -> None:
        assert isinstance(source, SourceRow)
        assert isinstance(path, Path)
        assert source.ref is not None
        document = self._session.document
        work = TakeAgain(
            document.storage, self._session.document.workspace.copy(), source.ref, path, mapping
        )
        self._jobs.store(work, self._on_command, words.tr("Reading {0} again").format(path.name))

    def remove(self, source: object) -> None:
        """Take a source off the workspace."""
        assert isinstance(source, SourceRow)
        refs = refs_of(self._session.document.workspace, source)
        if len(refs) == 1 and refs[0].kind is Kind.EVENT_LOG:
            document = self._session.document
            work = MakeRemoval(document.storage, self._session.document.workspace.copy(), refs[0])
            self._jobs.store(work, self._on_command)
        elif self.run(Remove(refs)):
            told = words.tr("{0} removed; undo brings it back").format(source.name)
            self.noted.emit("trash", told)

    def _on_command(self, result: JobResult) -> None:
        """Do what the storage worker made ready."""
        if result.cancelled:
            self.noted.emit("info", words.tr("Stopped; nothing was changed."))
        elif result.error is not None:
            self.failed.emit(result.error)
        elif isinstance(result.value, Command):
            self.run(result.value)
            self.noted.emit("check-circle", words.tr("Done; undo takes it back"))
        else:
            self.noted.emit("info", words.tr("There was nothing to change."))

    def code(self, what: object) -> None:
        """Count what a rule finds, or what was ticked, as one step."""
        document = self._session.document
        work = Code(document.storage, document.workspace.copy(), what)  # type: ignore[arg-type]
        self._jobs.store(work, self._on_coded, words.tr("Coding comments"))

    def _on_coded(self, result: JobResult) -> None:
        if result.error is not None or result.cancelled:
            self._on_command(result)
            return
        coded: Any = result.value
        if coded.command is not None and self.run(coded.command):
            told = words.count_word(
                abs(coded.reports), words.tr("report changed"), words.tr("reports changed")
            )
            self.noted.emit("tag", words.tr("{0}; undo takes it back").format(told))
        self.coded.emit()

    def keep_figures(self, figures: object, quarter: str) -> None:
        """Keep what a calculator worked out in the KPIs of a quarter, as one step."""
        from journey.edit.figures import keep_figures

        command = keep_figures(self._session.document.workspace, figures, quarter)  # type: ignore[arg-type]
        if quarter and self.run(command):
            told = words.tr("Kept as KPIs of {0}; undo takes them back")
            self.noted.emit("check-circle", told.format(words.label(quarter)))

    def run(self, command: Command) -> bool:
        """Do a command as one step."""
        return self._session.document.run(command, self)

    def save_picture(self, path: object, content: bytes) -> None:
        """Write a plot."""
        assert isinstance(path, Path)
        self._jobs.store(SavePicture(path, bytes(content)), self._on_picture_saved)

    def _on_picture_saved(self, result: JobResult) -> None:
        if result.error is not None:
            self.failed.emit(result.error)
        elif isinstance(result.value, Path):
            told = words.tr("Saved as {0}").format(result.value.name)
            self.noted.emit("floppy-disk", told)
