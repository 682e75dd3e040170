"""Follows document and selection for a map: at once while it is looked at, else later."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from journey.edit import Changes
from journey.model.ids import Kind

if TYPE_CHECKING:
    from ui.map.view import MapView

REST: Final = 400  # ms without an edit, after which a map that is held follows all the same


class Following(QObject):
    """Gathers edits while nobody looks, and hands them to the map folded into one.

    They reach it when somebody looks again, when anything is asked of it, or when the hands rest.
    """

    def __init__(self, view: "MapView") -> None:
        super().__init__(view)
        self._view = view
        self._held = self._selected = False
        self._waiting: list[Changes] = []
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self.catch_up)
        view.document.changed.connect(self._on_changed)
        view.selection.changed.connect(self._on_selected)

    @property
    def waits(self) -> bool:
        """Whether something happened that the map does not show yet."""
        return self._selected or bool(self._waiting)

    def hold(self, held: bool) -> None:
        """Say whether the map is out of sight."""
        self._held = held
        if not held:
            self.catch_up()

    def catch_up(self) -> None:
        """Let the map show what is so now."""
        if not self.waits:
            return
        self._rest.stop()
        waiting, self._waiting = self._waiting, []
        selected, self._selected = self._selected, False
        if len(waiting) == 1:
            self._view.absorb(waiting[0])
        elif waiting:
            self._view.absorb(Changes.merged(c for changes in waiting for c in changes.items))
        if selected:
            self._view.show_selected(None)

    def _on_changed(self, changes: Changes, _origin: QObject | None) -> None:
        self._waiting.append(changes)
        # What a journey says of itself, as its lock, is told on other screens too.
        if self._held and Kind.JOURNEY not in changes.kinds:
            self._rest.start()
        else:
            self.catch_up()

    def _on_selected(self, origin: QObject | None) -> None:
        if self._held and origin is not self._view:
            self._selected = True
            self._rest.start()
        else:
            self.catch_up()
            self._view.show_selected(origin)
