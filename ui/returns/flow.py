"""The way of a returned pack into the workspace: read, ask, take, one undo step."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from journey.errors import ReturnError
from journey.returns import (
    ReturnedPack,
    barred_cells,
    check_belongs,
    find_differences,
    refusals,
    take_back,
)
from ui.jobs import Cancelled, JobResult, Jobs, Progress
from ui.numbers import number
from ui.session import Session

if TYPE_CHECKING:
    from storage.document import Document
    from ui.returns.dialog import ReturnDialog

SUFFIXES = frozenset({".xlsx"})


class ReturnFlow(QObject):
    """Takes one returned pack at a time into the open workspace.

    Attributes:
        noted: (icon, sentence) for the status bar. failed: an error; nothing was changed.
    """

    noted = Signal(str, str)
    failed = Signal(object)

    def __init__(self, jobs: Jobs, window: QWidget | None = None) -> None:
        super().__init__(window)
        self._jobs = jobs
        self._window = window
        self._session: Session | None = None
        self._path = Path()
        self._pack: ReturnedPack | None = None
        self._job = 0  # the number of the job that is waited for; 0 for none
        self.dialog: ReturnDialog | None = None

    def begin(self, path: Path, session: Session) -> None:
        """Read a pack off the GUI thread, then ask what of it is taken."""
        if self.dialog is not None:
            self.dialog.raise_()
            return
        self._session, self._path = session, path
        title = self.tr("Reading %1").replace("%1", path.name)
        # On the storage worker, so that the evidence asked for before is there when it is done.
        work = _Read(path, session.document.storage)
        self._job = self._jobs.store(work, self._on_read, title)

    def stop(self) -> None:
        """Forget what is under way; nothing of it is kept."""
        if self._job:
            self._jobs.cancel(self._job)
        self._job, self._session, self._pack = 0, None, None
        if self.dialog is not None:
            self.dialog.reject()

    def _on_read(self, result: JobResult) -> None:
        if result.number != self._job or self._session is None:
            return
        self._job = 0
        if result.error is not None:
            self.failed.emit(result.error)
        elif not result.cancelled:
            pack, identity = cast("tuple[ReturnedPack, str]", result.value)
            self._ask(pack, identity)

    def _ask(self, pack: ReturnedPack, identity: str) -> None:
        from ui.returns.dialog import ReturnDialog

        assert self._session is not None
        document = self._session.document
        try:
            ws, quarter = document.workspace, self._quarter(pack)
            check_belongs(ws, pack, quarter, workspace_id=identity)
        except ReturnError as error:
            self.failed.emit(error)
            return
        found = find_differences(document.workspace, pack)
        barred = refusals(document.workspace, found.differences)
        self._pack = pack
        self.dialog = ReturnDialog(
            [d for d in found.differences if d not in barred],
            self._window,
            refused=(*found.refused, *barred_cells(barred)),
            source=self._path.name,
            read_only=document.read_only,
        )
        self.dialog.accepted.connect(self._take)
        self.dialog.finished.connect(self._on_closed)
        self.dialog.open()

    def _quarter(self, pack: ReturnedPack) -> str | None:
        """Return the quarter a pack must be of: the one looked at, or the latest."""
        assert self._session is not None
        evidence = self._session.findings.evidence
        if evidence is None:
            return None
        latest = evidence.quarters[-1] if evidence.quarters else None
        return latest if pack.quarter == latest else evidence.quarter

    @Slot()
    def _take(self) -> None:
        if self.dialog is None or self._session is None or self._pack is None:
            return
        chosen = self.dialog.chosen
        document = self._session.document
        today = datetime.now().astimezone().date()
        command = take_back(document.workspace, chosen, self._pack.quarter, on=today)
        if document.run(command):
            words = self.tr("1 difference taken from %1")
            if len(chosen) > 1:
                words = self.tr("%2 differences taken from %1")
            words = words.replace("%2", number(len(chosen), 0)).replace("%1", self._path.name)
            self.noted.emit("check-circle", words)

    @Slot()
    def _on_closed(self) -> None:
        dialog, self.dialog, self._pack = self.dialog, None, None
        if dialog is not None:
            dialog.deleteLater()


@dataclass(frozen=True, slots=True)
class _Read:
    """Reads a returned pack, and whose workspace is open."""

    path: Path
    document: "Document"

    def __call__(self, _progress: Progress, _cancelled: Cancelled) -> object:
        from storage.document import identity_of
        from storage.returns import read_returned

        return read_returned(self.path), identity_of(self.document.engine)
