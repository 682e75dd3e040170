"""The way to the evening's result: asks for the folder, has it written, says where it is."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from ui.jobs import JobResult, Jobs
from ui.session import Session
from ui.shell.notices import show_fault
from ui.workshop.finish import FinishDialog, WriteResult, draw_map, usual_folder
from ui.workshop.wording import tr

if TYPE_CHECKING:
    from ui.workshop.screen import WorkshopScreen


class Ending(QObject):
    """Finishes a workshop; the workspace stays as it is.

    Attributes:
        written: a sentence that says where the files are.
    """

    written = Signal(str)

    def __init__(self, screen: "WorkshopScreen", session: Session, jobs: Jobs) -> None:
        super().__init__(screen)
        self._screen, self._session, self._jobs = screen, session, jobs

    @Slot()
    def ask(self) -> None:
        """Ask for the folder; what stands in the line is kept first."""
        screen = self._screen
        if screen.journey not in screen.workspace.journeys:
            return
        text = screen.bar.line.text()
        if text.strip() and screen.doing.capture(text):
            screen.bar.line.setText("")
        dialog = FinishDialog(usual_folder(self._session, _today()), screen)
        dialog.chosen.connect(self.write)
        dialog.open()

    @Slot(str)
    def write(self, folder: str) -> None:
        """Write pictures, sheet and table into a folder, off the GUI thread."""
        screen = self._screen
        screen.document.save_now()
        work = WriteResult(
            screen.workspace.copy(),
            screen.journey,
            frozenset(screen.doing.captured),
            _today(),
            draw_map(self._session),
            Path(folder).expanduser(),
        )
        screen.say(tr("Writing the result…"))
        self._jobs.store(work, self._done, tr("Writing the workshop’s result"))

    def _done(self, result: JobResult) -> None:
        screen = self._screen
        if result.error is not None:
            screen.say("")
            show_fault(screen if screen.isVisible() else screen.parentWidget(), result.error)
            return
        files = result.value
        assert isinstance(files, tuple)
        if files:
            words = tr("{0} files written to {1}")
            self.written.emit(words.format(len(files), files[0].parent))


def _today() -> date:
    return datetime.now().astimezone().date()
