"""What a right click on the wall offers: all that keys do with the chosen card."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from journey.model.ids import Kind
from journey.model.map import PainPoint
from ui.shell.icons import icon
from ui.workshop.wording import tr

if TYPE_CHECKING:
    from ui.workshop.screen import WorkshopScreen

_CLASSES = range(1, 6)


class CardMenu(QObject):
    """Builds the menu of the chosen card when it is asked for."""

    def __init__(self, screen: "WorkshopScreen") -> None:
        super().__init__(screen)
        self._screen = screen

    def open(self, place: QPoint) -> QMenu:
        """Open the menu at a place of the screen."""
        screen, doing = self._screen, self._screen.doing
        menu = QMenu(screen)
        menu.aboutToHide.connect(menu.deleteLater)
        current, editable = screen.wall.current, not screen.document.read_only
        if current is not None:
            self._add(menu, tr("Write anew"), screen.edit_card, "F2", "pencil-simple")
            if current.kind is Kind.PAIN_POINT:
                self._classes(menu)
                self._add(menu, tr("Give a dot"), doing.vote, "V")
                self._add(menu, tr("Take a dot back"), self._take_back, "Shift+V")
            menu.addSeparator()
            self._add(menu, tr("Cut"), doing.clips.cut, "Ctrl+X")
            self._add(menu, tr("Duplicate"), doing.clips.duplicate, "Ctrl+D")
        self._add(menu, tr("Paste"), doing.clips.paste, "Ctrl+V", "tray")
        if current is not None:
            self._add(menu, tr("Delete"), doing.remove, "Del", "trash")
        for action in menu.actions():
            action.setEnabled(editable)
        if current is not None:
            self._add(menu, tr("Copy"), doing.clips.copy, "Ctrl+C", "copy")
        menu.popup(place)
        return menu

    def _take_back(self) -> None:
        self._screen.doing.vote(back=True)

    def _classes(self, menu: QMenu) -> None:
        """Offer the classes, the present ones ticked."""
        screen = self._screen
        pain = screen.workspace.find(screen.wall.current) if screen.wall.current else None
        assert isinstance(pain, PainPoint)
        for field, words, now in (
            ("severity", tr("Severity"), pain.severity),
            ("frequency", tr("Frequency"), pain.frequency),
        ):
            part = menu.addMenu(words)
            for value in _CLASSES:
                action = part.addAction(str(value))
                action.setCheckable(True)
                action.setChecked(value == now)
                action.triggered.connect(self._setter(field, value))

    def _setter(self, field: str, value: int) -> Callable[[], None]:
        return lambda: self._screen.doing.classify(field, value)

    @staticmethod
    def _add(
        menu: QMenu, words: str, deed: Callable[[], object], keys: str, sign: str = ""
    ) -> None:
        action = menu.addAction(f"{words}\t{keys}")
        if sign:
            action.setIcon(icon(sign, "text_2"))
        action.triggered.connect(lambda _on=False: deed())
