"""The inspector's handle: it says what is selected and, of a pain point, its place."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from journey.edit.command import display_name
from ui.inspector.header import KINDS
from ui.priorities.placed import Placed
from ui.session import Session
from ui.shell.widgets.panel_handle import PanelHandle
from ui.words import kind_word


class InspectorHandle(PanelHandle):
    """Follows selection, edits and ranking of a session, while it is in sight."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("info", parent)
        self._session = session
        self._placed = Placed(None)
        self._name_it()
        session.selection.changed.connect(self._follow)
        session.document.changed.connect(self._follow)
        session.findings.ranking_changed.connect(self._follow)

    @Slot()
    def _follow(self) -> None:
        if self.isVisible():
            self._name_it()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's virtual: name what was selected meanwhile."""
        super().showEvent(event)
        self._name_it()

    def _name_it(self) -> None:
        current = self._session.selection.current
        entity = self._session.document.workspace.find(current) if current else None
        if current is None or entity is None:
            self.set_face("info", "accent")
            self.set_words(self.tr("Details"))
            return
        ranking = self._session.findings.ranking
        if ranking is not self._placed.ranking:
            self._placed = Placed(ranking)
        self.set_face(*KINDS[current.kind])
        word = kind_word(current.kind)
        name = word[:1].upper() + word[1:]
        self.set_words(name, self._placed.words(current.id), title=display_name(entity))
