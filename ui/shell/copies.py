"""The workspace under another name, and the backups of it: copies that stand beside the first."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.jobs import Cancelled, JobResult, Jobs, Progress
from ui.session import Session
from ui.shell.actions import Actions

if TYPE_CHECKING:
    from storage.document import Document, KeptBackup

SUFFIX = ".waymark"


class Copies(QObject):
    """Save As and the backups, for the workspace that is open.

    Attributes:
        open_requested: (path) a copy that was made. failed: an error; nothing was written.
    """

    open_requested = Signal(str)
    failed = Signal(object)

    def __init__(self, actions: Actions, jobs: Jobs, window: QWidget) -> None:
        super().__init__(window)
        self._jobs, self._window = jobs, window
        self._session: Session | None = None
        self._backups_of = Path()
        actions["save_as"].triggered.connect(self._save_as)
        actions["backups"].triggered.connect(self._show_backups)

    def follow(self, session: Session | None) -> None:
        """Act on this workspace; None where none is open."""
        self._session = session

    @Slot()
    def _save_as(self) -> None:
        """Ask for another place, write all that is there now, and go on with the copy."""
        if self._session is None:
            return
        document = self._session.document
        target = self._ask(self.tr("Save as"), document.path)
        if target is not None:
            document.save_now()
            self._jobs.store(_SaveCopy(document.storage, target), self._done)

    @Slot()
    def _show_backups(self) -> None:
        if self._session is not None:
            self.show_backups(self._session.document.path)

    def show_backups(self, path: Path) -> None:
        """Show the backups of a workspace, open or not."""
        # Imported here: nobody needs them before the first paint.
        from storage.document import kept_backups
        from ui.backups import BackupsDialog

        self._backups_of = path
        dialog = BackupsDialog(path.stem, kept_backups(path.resolve()), self._window)
        dialog.chosen.connect(self._restore)
        dialog.open()

    @Slot(object)
    def _restore(self, backup: "KeptBackup") -> None:
        path = self._backups_of
        day = backup.made_at.astimezone().strftime("%Y-%m-%d %H%M")
        suggested = path.with_name(f"{path.stem} {day}{path.suffix}")
        target = self._ask(self.tr("Open a copy of the backup"), suggested)
        if target is not None:
            self._jobs.store(_Restore(backup.path, target), self._done)

    def _ask(self, title: str, suggested: Path) -> Path | None:
        kinds = self.tr("Waymark workspaces") + f" (*{SUFFIX})"
        name, _ = QFileDialog.getSaveFileName(self._window, title, str(suggested), kinds)
        if not name:
            return None
        path = Path(name)
        return path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)

    def _done(self, result: JobResult) -> None:
        if result.error is not None:
            self.failed.emit(result.error)
        else:
            self.open_requested.emit(str(result.value))


@dataclass(frozen=True, slots=True)
class _SaveCopy:
    """Writes the document to another file; one that is there was confirmed and is backed up."""

    document: "Document"
    target: Path

    def __call__(self, _progress: Progress, _cancelled: Cancelled) -> object:
        self.document.save_copy(self.target, replacing=self.target.exists())
        return self.target


@dataclass(frozen=True, slots=True)
class _Restore:
    """Brings a backup back as a document of its own."""

    backup: Path
    target: Path

    def __call__(self, _progress: Progress, _cancelled: Cancelled) -> object:
        from storage.document import restore_backup

        restore_backup(self.backup, self.target)
        return self.target
