"""A workspace that could not be opened the last time: asked about before it is tried again."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel, QMessageBox, QWidget

from journey.errors import WaymarkError
from ui.jobs import Cancelled, JobResult, Jobs, Progress
from ui.shell.copies import SUFFIX, Copies
from ui.shell.icons import icon
from ui.shell.notices import show_notice
from ui.shell.settings import Settings

if TYPE_CHECKING:
    from storage.document import Repair


class Trouble(QObject):
    """Remembers which workspace failed, and offers ways on when it is chosen again.

    While a workspace is being opened its path stands in the settings, on the disk: a path that
    still stands there at the next start is that of a file the program ended over.

    Attributes:
        open_requested: (path) to be tried again, or a copy that was made. failed: an error.
    """

    open_requested = Signal(str)
    failed = Signal(object)

    def __init__(self, settings: Settings, jobs: Jobs, copies: Copies, window: QWidget) -> None:
        super().__init__(window)
        self._settings, self._jobs, self._copies, self._window = settings, jobs, copies, window
        self._path = Path()
        self._box: TroubleBox | None = None
        if settings.opening:
            settings.mark_failed(settings.opening)
            self._opened()

    def begin(self, path: Path) -> None:
        """A workspace is about to be opened."""
        self._settings.opening = str(path.resolve())
        self._settings.sync()

    def end(self, error: Exception | None = None) -> None:
        """It was opened, or failed with an error; one that is away or locked is not in trouble."""
        if error is not None and self._settings.opening and _is_the_files_own(error):
            self._settings.mark_failed(self._settings.opening)
        self._opened()

    def _opened(self) -> None:
        self._settings.opening = ""
        self._settings.sync()

    @Slot(str)
    def choose(self, path: str) -> None:
        """Open a workspace of the list; ask first where it failed the last time."""
        if not any(file.failed and file.path == path for file in self._settings.recent):
            self.open_requested.emit(path)
            return
        self._path = Path(path)
        self._box = TroubleBox(self._path, self._window)
        self._box.buttonClicked.connect(self._on_answer)
        self._box.open()

    @Slot(QAbstractButton)
    def _on_answer(self, button: QAbstractButton) -> None:
        box, self._box = self._box, None
        if box is None:
            return
        if button is box.again:
            self.open_requested.emit(str(self._path))
        elif button is box.backups:
            self._copies.show_backups(self._path)
        elif button is box.repair:
            self._repair()

    def _repair(self) -> None:
        """Ask where a copy goes and save there what can be read."""
        words = self.tr("%1 repaired").replace("%1", self._path.stem)
        suggested = self._path.with_name(words + SUFFIX)
        kinds = self.tr("Waymark workspaces") + f" (*{SUFFIX})"
        name, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Save what can be read"), str(suggested), kinds
        )
        if name:
            target = Path(name)
            if target.suffix != SUFFIX:
                target = target.with_name(target.name + SUFFIX)
            self._jobs.store(_Repair(self._path, target), self._repaired)

    def _repaired(self, result: JobResult) -> None:
        if result.error is not None:
            self.failed.emit(result.error)
            return
        made = cast("Repair", result.value)
        lost = sum(max(1, loss.count) for loss in made.losses)
        words = self.tr("%n row(s) could be read.", "", made.rows)
        more = self.tr("%n thing(s) could not be read, or were changed.", "", lost) if lost else ""
        show_notice(self._window, words, "\n".join(filter(None, (more, str(made.path)))))
        self.open_requested.emit(str(made.path))


def _is_the_files_own(error: Exception) -> bool:
    from storage.errors import NotAWorkspaceError, WorkspaceDamagedError

    known = isinstance(error, WaymarkError | OSError)
    return not known or isinstance(error, NotAWorkspaceError | WorkspaceDamagedError)


class TroubleBox(QMessageBox):
    """Asks what to do with a workspace that could not be opened the last time."""

    def __init__(self, path: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Waymark")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setIconPixmap(icon("warning", "warning").pixmap(QSize(32, 32)))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(self.tr("This workspace could not be opened the last time."))
        self.setInformativeText(
            self.tr("%1 is as it was. Nothing here changes it.").replace("%1", str(path))
        )
        for label in self.findChildren(QLabel):
            label.setTextFormat(Qt.TextFormat.PlainText)
        role = QMessageBox.ButtonRole.ActionRole
        self.again = self.addButton(self.tr("Check and open again"), role)
        self.repair = self.addButton(self.tr("Save what can be read…"), role)
        self.backups = self.addButton(self.tr("Backups…"), role)
        cancel = self.addButton(QMessageBox.StandardButton.Cancel)
        self.setDefaultButton(cancel)


@dataclass(frozen=True, slots=True)
class _Repair:
    """Saves what can be read of a workspace to a new one."""

    path: Path
    copy: Path

    def __call__(self, _progress: Progress, _cancelled: Cancelled) -> object:
        from storage.document import repair_to

        return repair_to(self.path, self.copy)
