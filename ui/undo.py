"""The one adapter from a journey command to Qt's undo stack."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand

from journey.edit import Changes, Command
from journey.model.workspace import Workspace
from ui.words import summary_text

Apply = Callable[[Changes, QObject | None], None]


class UndoStep(QUndoCommand):
    """A validated command on the stack; `apply` spreads what it changed."""

    def __init__(
        self, command: Command, workspace: Workspace, apply: Apply, origin: QObject | None
    ) -> None:
        super().__init__(summary_text(command.summary))
        self._command = command
        self._workspace = workspace
        self._apply = apply
        self._origin = origin

    def redo(self) -> None:
        """Do the command; the first time its origin skips its own echo."""
        origin, self._origin = self._origin, None
        self._apply(self._command.do(self._workspace), origin)

    def undo(self) -> None:
        """Undo the command; every view hears of it."""
        self._apply(self._command.undo(self._workspace), None)
