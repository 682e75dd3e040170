"""The choice of the segment whose values are listed."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from journey.model.ids import SegmentId
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.choice import Choice, choices_menu

_ALL: Final = "*"


class SegmentButton(Button):
    """Names the segment chosen; a menu of all of them. Only where there are several.

    Attributes:
        chosen: a SegmentId; None for all.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "users", compact=True, parent=parent)
        self._choices: tuple[Choice, ...] = ()
        self._current = _ALL
        self.clicked.connect(self.open_menu)
        self.set_segments((), None)

    def set_segments(
        self, segments: Sequence[tuple[SegmentId, str]], current: SegmentId | None
    ) -> None:
        """Offer other segments, (id, name) each."""
        every = Choice(_ALL, self.tr("All segments"))
        self._choices = (every, Choice(""), *(Choice(str(k), name) for k, name in segments))
        names = {choice.id: choice.label for choice in self._choices}
        self._current = str(current) if current is not None and str(current) in names else _ALL
        self.setText(names[self._current].replace("&", "&&"))
        self.setAccessibleName(self.tr("Values of the segment: {0}").format(names[self._current]))
        self.setVisible(len(segments) > 1)

    def menu_of_segments(self) -> QMenu:
        """Return what can be chosen."""
        menu = choices_menu(self, self._choices, self._current)
        menu.triggered.connect(self._on_triggered)
        return menu

    def open_menu(self) -> None:
        """Show the choices under the button."""
        self.menu_of_segments().popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _on_triggered(self, action: QAction) -> None:
        wanted = str(action.data())
        if wanted != self._current:
            self.chosen.emit(None if wanted == _ALL else SegmentId(wanted))
