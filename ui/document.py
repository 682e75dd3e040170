"""The open workspace in the window: commands in, changes out, saved on the storage worker."""

from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoStack

from journey.edit import Changes, Command
from journey.errors import EditError
from journey.model.workspace import Workspace
from ui.jobs import Cancelled, JobResult, Jobs, Progress
from ui.saving import SaveState, SaveStatus
from ui.undo import UndoStep

if TYPE_CHECKING:
    from storage.document import Document

SHORTEST_WAIT_MS = 2_000
WAIT_AFTER_FAILURE_MS = 10_000
WAIT_PER_PUBLISH = 20  # a publish that takes long is made seldom


class DocumentModel(QObject):
    """An open workspace with its undo stack.

    Attributes:
        changed: (Changes, origin) after every edit, undo and redo.
        save_status_changed: a SaveStatus. refused: an EditError; nothing was changed.
    """

    changed = Signal(object, object)
    save_status_changed = Signal(object)
    refused = Signal(object)

    def __init__(self, document: "Document", jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._jobs = jobs
        self.workspace: Workspace = document.workspace
        self.undo_stack = QUndoStack(self)
        self._outbox = _Outbox(document)
        self._publish_ms = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.save_now)
        start = SaveState.SAVED
        if document.read_only:
            start = SaveState.READ_ONLY
        elif document.has_unpublished:
            start = SaveState.UNSAVED
        self._status = SaveStatus(start, document.path)

    @property
    def path(self) -> Path:
        """The workspace file."""
        return self._document.path

    @property
    def storage(self) -> "Document":
        """The stored document, for work on the storage worker only."""
        return self._document

    @property
    def read_only(self) -> bool:
        """Whether edits are refused."""
        return self._document.read_only

    @property
    def recovered(self) -> bool:
        """Whether edits of a session that ended abruptly were found and are kept here."""
        return self._document.recovered

    @property
    def save_status(self) -> SaveStatus:
        """Where the last edit is now."""
        return self._status

    def run(self, command: Command, origin: QObject | None = None) -> bool:
        """Do a command as one undoable step; False (and `refused`) where it cannot be done.

        What is done for good (freezing) is not put on the stack; what is there stays undoable.
        """
        if self.read_only:
            self.refused.emit(EditError("read_only"))
            return False
        try:
            command.validate(self.workspace)
        except EditError as error:
            self.refused.emit(error)
            return False
        if not command.undoable:
            self._spread(command.do(self.workspace), origin)
            return True
        self.undo_stack.push(UndoStep(command, self.workspace, self._spread, origin))
        return True

    def save_now(self) -> None:
        """Publish what is not yet in the file; quick to return."""
        self._timer.stop()
        if self._status.state in (SaveState.UNSAVED, SaveState.FAILED):
            self._set_state(SaveState.SAVING)
            self._jobs.store(self._publish_work, self._published)

    @property
    def unwritten(self) -> int:
        """How many edits wait to be written to the working copy."""
        return self._outbox.count

    def store_all(self) -> Exception | None:
        """Write every edit to the working copy, if not yet to the file; blocks until it is done.

        Return what hindered it, None where all are written.
        """
        if self.unwritten:
            self._jobs.store(self._outbox, self._written)
            self._jobs.wait()
        return self._status.error if self.unwritten else None

    def close(self) -> None:
        """Write and publish everything, then let go of the file; blocks until it is done."""
        self._timer.stop()
        publish = not self.read_only and self._status.state is not SaveState.CONFLICT
        self._jobs.store(_Close(self._outbox, self._document, publish), self._closed)
        self._jobs.wait()

    def _spread(self, changes: Changes, origin: QObject | None) -> None:
        """Tell the views, and queue the rows for the storage worker."""
        if not changes:
            return
        self._outbox.add(changes)
        self._jobs.store(self._outbox, self._written)
        self._set_state(SaveState.UNSAVED)
        self._timer.start(max(SHORTEST_WAIT_MS, round(WAIT_PER_PUBLISH * self._publish_ms)))
        self.changed.emit(changes, origin)

    def _written(self, result: JobResult) -> None:
        if result.error is not None:
            self._fail(result.error)

    def _publish_work(self, progress: Progress, cancelled: Cancelled) -> object:
        self._outbox(progress, cancelled)
        return self._document.publish()

    def _fail(self, error: Exception) -> None:
        """Say so and try again later: what could not be written waits in the outbox."""
        self._set_state(SaveState.FAILED, error)
        self._timer.start(WAIT_AFTER_FAILURE_MS)

    def _published(self, result: JobResult) -> None:
        if result.error is not None:
            self._fail(result.error)
            return
        published = result.value
        self._publish_ms = getattr(published, "seconds", 0.0) * 1000
        conflict_copy = getattr(published, "conflict_copy", None)
        if conflict_copy is not None:
            self._status = SaveStatus(SaveState.CONFLICT, self.path, conflict_copy=conflict_copy)
            self.save_status_changed.emit(self._status)
        elif self._status.state is SaveState.SAVING:
            self._set_state(SaveState.SAVED)

    def _closed(self, result: JobResult) -> None:
        if result.error is not None:
            self._set_state(SaveState.FAILED, result.error)

    def _set_state(self, state: SaveState, error: Exception | None = None) -> None:
        if self._status.state is SaveState.READ_ONLY:
            return
        status = SaveStatus(state, self.path, error)
        if status != self._status:
            self._status = status
            self.save_status_changed.emit(status)


class _Outbox:
    """Changes on their way to the working copy, in order.

    The window adds at one end, the storage worker writes from the other; what cannot be written
    stays in front, so that a later value is never overwritten by an earlier one.
    """

    def __init__(self, document: "Document") -> None:
        self._document = document
        self._waiting: deque[Changes] = deque()

    def add(self, changes: Changes) -> None:
        """Queue changes (window)."""
        self._waiting.append(changes)

    @property
    def count(self) -> int:
        """How many wait (window)."""
        return len(self._waiting)

    def __call__(self, _progress: Progress, _cancelled: Cancelled) -> object:
        """Write all that waits (storage worker)."""
        while self._waiting:
            self._document.write(self._waiting[0])
            self._waiting.popleft()
        return None


@dataclass(frozen=True, slots=True)
class _Close:
    """Writes what waits and closes the stored document, publishing where that is wanted."""

    outbox: _Outbox
    document: "Document"
    publish: bool

    def __call__(self, progress: Progress, cancelled: Cancelled) -> object:
        try:
            self.outbox(progress, cancelled)
        finally:
            self.document.close(publish=self.publish)
        return None
