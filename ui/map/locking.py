"""The lock of a journey's structure on the map: who asks for it, and the mark that shows it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from journey.edit import LockJourney
from ui.map.edits import Target
from ui.map.lanes import LaneKind, prefs_json
from ui.words import locked_text

if TYPE_CHECKING:
    from ui.map.view import MapView


class StructureLock(QObject):
    """Locks and unlocks the journey of a map, and says so before anything is typed in vain.

    That nothing gets around it is the commands' own business; see `journey.edit.structure`.
    """

    def __init__(self, view: "MapView") -> None:
        super().__init__(view)
        self._view = view
        self.action = QAction(self)
        self.action.triggered.connect(self.toggle)
        view.canvas.corner.menu_wanted.connect(self._open_menu)

    @property
    def is_on(self) -> bool:
        """Whether stages, lanes and touchpoints stay as they are."""
        journey = self._view.workspace.journeys.get(self._view.journey)
        return journey is not None and journey.locked

    def toggle(self) -> None:
        """Lock the structure, or unlock it; the lanes' order is written down with the lock."""
        view = self._view
        view.editor.finish()
        journey = view.workspace.journeys.get(view.journey)
        if journey is None:
            return
        layout = {**journey.layout, "lanes": prefs_json(view.board.all_prefs())}
        view.run(LockJourney(journey.id, not journey.locked, layout=layout))

    def follow(self) -> None:
        """Show whether the structure is locked."""
        shown, corner = self._view.scene.shown, self._view.canvas.corner
        shown.locked = self.is_on
        corner.update()
        text = self.tr("Unlock the structure") if shown.locked else self.tr("Lock the structure")
        self.action.setText(text)
        self.action.setEnabled(not self._view.read_only)
        if shown.locked:
            self._view.editor.finish()

    def refuses(self, target: Target | None = None) -> bool:
        """Say, before a text is typed, that its place is locked; None: a stage or a touchpoint."""
        structural = target is None or target.kind in {None, LaneKind.TOUCHPOINTS}
        if not structural or not self.is_on:
            return False
        view = self._view
        name = view.workspace.journeys[view.journey].name
        view.noted.emit("lock-simple", locked_text(name))
        return True

    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self._view)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(self.action)
        menu.popup(place)
