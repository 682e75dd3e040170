"""Runs commands of a panel and says in words why one was refused."""

from PySide6.QtCore import QCoreApplication, QObject

from journey.edit import Command
from journey.errors import EditError
from ui.document import DocumentModel
from ui.words import refusal_text


class Edits(QObject):
    """One panel's way to the document; the panel is the origin of what it runs."""

    def __init__(self, document: DocumentModel, panel: QObject) -> None:
        super().__init__(panel)
        self._document = document
        self._panel = panel
        self._error: EditError | None = None
        document.refused.connect(self._on_refused)

    @property
    def document(self) -> DocumentModel:
        """The document the commands go to."""
        return self._document

    def run(self, command: Command) -> str:
        """Run a command as one undoable step; return "" or why nothing was changed."""
        self._error = None
        if self._document.run(command, self._panel):
            return ""
        return refused_words(self._error)

    def close(self) -> None:
        """Let go of the document."""
        self._document.refused.disconnect(self._on_refused)
        self.deleteLater()

    def _on_refused(self, error: object) -> None:
        if isinstance(error, EditError):
            self._error = error


def refused_words(error: EditError | None) -> str:
    """Return why an edit was refused, for people."""
    if error is None:
        return QCoreApplication.translate("Edits", "This edit is not possible.")
    return refusal_text(error)
