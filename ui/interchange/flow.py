"""Maps of other programs: in by a drop or the menu, out by the menu, losses told beforehand."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from journey.edit import Paste, Place
from journey.model.ids import JourneyId, Kind
from journey.model.workspace import Workspace, ordered_journeys
from ui.interchange.words import counted, loss_line, tr
from ui.interchange.work import Arrived, Make, Prepare, Read, Saved, Write
from ui.jobs import JobResult, Jobs
from ui.session import Session

if TYPE_CHECKING:
    from ui.interchange.dialogs import ArrivalDialog, LossDialog

SUFFIXES: Final = frozenset({".json", ".ojf", ".mmd", ".mermaid"})
ENDINGS: Final = (".ojf", ".mmd", ".graphml", ".json")
WORKSPACE: Final = ".waymark"


def format_name(ending: str) -> str:
    """Return a format of ENDINGS as people call it."""
    return {
        ".ojf": tr("OpenJourney"),
        ".mmd": tr("Mermaid"),
        ".graphml": tr("GraphML"),
        ".json": tr("Waymark JSON, the whole workspace"),
    }[ending]


class Interchange(QObject):
    """Takes or writes one file at a time.

    Attributes:
        noted: (icon, sentence) for the status bar. failed: an error; nothing was changed.
        workspace_made: the path of a new workspace, to be opened.
        journey_added: the id of a journey that was added to the open workspace, to be shown.
    """

    noted = Signal(str, str)
    failed = Signal(object)
    workspace_made = Signal(str)
    journey_added = Signal(str)

    def __init__(self, jobs: Jobs, window: QWidget | None = None) -> None:
        super().__init__(window)
        self._jobs = jobs
        self._window = window
        self._session: Session | None = None
        self._arrived: Arrived | None = None
        self._saving: tuple[Prepare, Saved] | None = None
        self._job = 0  # the number of the job that is waited for; 0 for none
        self.dialog: ArrivalDialog | LossDialog | None = None

    def begin(self, path: Path, session: Session | None = None) -> None:
        """Read a file of SUFFIXES off the GUI thread, then ask where it goes."""
        if self.dialog is not None:
            self.dialog.raise_()
            return
        self._session = session
        title = self.tr("Reading %1").replace("%1", path.name)
        self._job = self._jobs.store(Read(path), self._on_read, title)

    def save(self, session: Session, ending: str) -> None:
        """Write the journey that is looked at in a format of ENDINGS; losses are told first."""
        if self.dialog is not None:
            self.dialog.raise_()
            return
        if session.journey is None:
            return
        self._session = session
        document = session.document
        work = Prepare(document.storage, document.workspace.copy(), session.journey, ending)
        self._saving = (work, Saved(None, ()))
        self._job = self._jobs.store(work, self._on_prepared)

    def stop(self) -> None:
        """Forget what is under way; nothing of it is kept."""
        if self._job:
            self._jobs.cancel(self._job)
        self._job, self._session, self._arrived, self._saving = 0, None, None, None
        if self.dialog is not None:
            self.dialog.reject()

    # -- in ----------------------------------------------------------------------------------

    def _on_read(self, result: JobResult) -> None:
        if result.number != self._job:
            return
        self._job = 0
        if result.error is not None:
            self.failed.emit(result.error)
        elif isinstance(result.value, Arrived) and not result.cancelled:
            self._ask(result.value)

    def _ask(self, arrived: Arrived) -> None:
        from ui.interchange.dialogs import ArrivalDialog

        self._arrived = arrived
        document = self._session.document if self._session is not None else None
        takes = document is not None and not document.read_only and arrived.fragment.roots
        read = [loss_line(loss) for loss in arrived.losses]
        left = [loss_line(loss) for loss in arrived.left]
        self.dialog = ArrivalDialog(
            arrived.path.name,
            _contents(arrived.workspace),
            (read, [*read, *left]),
            document.path.stem if document is not None and takes else "",
            self._window,
        )
        self.dialog.accepted.connect(self._take)
        self.dialog.finished.connect(self._on_closed)
        self.dialog.open()

    @Slot()
    def _take(self) -> None:
        from ui.interchange.dialogs import ArrivalDialog

        arrived = self._arrived
        if arrived is None or not isinstance(self.dialog, ArrivalDialog):
            return
        if not self.dialog.is_fresh:
            self._add(arrived)
            return
        suggested = arrived.path.with_suffix(WORKSPACE)
        chosen, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Where does the new workspace go?"),
            str(suggested),
            f"{self.tr('Waymark workspaces')} (*{WORKSPACE})",
        )
        if chosen:
            path = Path(chosen)
            if path.suffix != WORKSPACE:
                path = path.with_name(path.name + WORKSPACE)
            title = self.tr("Making %1").replace("%1", path.name)
            self._job = self._jobs.store(Make(arrived, path), self._on_made, title)

    def _add(self, arrived: Arrived) -> None:
        assert self._session is not None
        document = self._session.document
        before = self._session.journey or JourneyId("")
        command = Paste(arrived.fragment, Place(before))
        if document.run(command):
            words = self.tr("%1 was added").replace("%1", _names(arrived.workspace))
            self.noted.emit("check-circle", words)
            self.journey_added.emit(command.made[0].id)

    def _on_made(self, result: JobResult) -> None:
        if result.number != self._job:
            return
        self._job = 0
        if result.error is not None:
            self.failed.emit(result.error)
        elif isinstance(result.value, Path):
            self.workspace_made.emit(str(result.value))

    # -- out ---------------------------------------------------------------------------------

    def _on_prepared(self, result: JobResult) -> None:
        if result.number != self._job or self._saving is None:
            return
        self._job = 0
        if result.error is not None:
            self._saving = None
            self.failed.emit(result.error)
            return
        assert isinstance(result.value, Saved)
        self._saving = (self._saving[0], result.value)
        if result.value.losses:
            self._tell_losses(result.value)
        else:
            self._ask_where()

    def _tell_losses(self, saved: Saved) -> None:
        from ui.interchange.dialogs import LossDialog

        assert self._saving is not None
        ending = self._saving[0].ending
        title = self.tr("Save as %1").replace("%1", format_name(ending))
        about = self.tr("The workspace keeps everything; only the new file holds less.")
        losses = [loss_line(loss) for loss in saved.losses]
        self.dialog = LossDialog(title, about, losses, self._window)
        self.dialog.go.setText(self.tr("Save as…"))
        self.dialog.accepted.connect(self._ask_where)
        self.dialog.finished.connect(self._on_closed)
        self.dialog.open()

    @Slot()
    def _ask_where(self) -> None:
        from storage.exports.names import safe_filename

        if self._saving is None or self._session is None:
            return
        work, saved = self._saving
        whole = work.ending == ".json"
        path = self._session.document.path
        name = path.stem if whole else work.workspace.journeys[work.journey].name
        chosen, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Save the journey"),
            str(path.parent / safe_filename(name, work.ending)),
            f"{format_name(work.ending)} (*{work.ending})",
        )
        if not chosen:
            return
        target = Path(chosen)
        if target.suffix.lower() != work.ending:
            target = target.with_name(target.name + work.ending)
        title = self.tr("Writing %1").replace("%1", target.name)
        writing = Write(work.document, work.workspace, saved, target)
        self._job = self._jobs.store(writing, self._on_written, title)

    def _on_written(self, result: JobResult) -> None:
        if result.number != self._job:
            return
        self._job, self._saving = 0, None
        if result.error is not None:
            self.failed.emit(result.error)
        elif isinstance(result.value, Path):
            words = self.tr("%1 was written").replace("%1", result.value.name)
            self.noted.emit("check-circle", words)

    @Slot()
    def _on_closed(self) -> None:
        dialog, self.dialog, self._arrived = self.dialog, None, None
        if dialog is not None:
            dialog.deleteLater()


def _names(ws: Workspace) -> str:
    return ", ".join(f"“{journey.name}”" for journey in ordered_journeys(ws))


def _contents(ws: Workspace) -> str:
    """Return what a file holds, in a line or two."""
    parts = [
        counted(kind, len(ws.table(kind)))
        for kind in (Kind.STAGE, Kind.TOUCHPOINT, Kind.PAIN_POINT, Kind.IMPROVEMENT, Kind.SURVEY)
        if ws.table(kind)
    ]
    return "\n".join(part for part in (_names(ws), ", ".join(parts)) if part)
