"""The two lists of all actions: the command palette and the menu at the foot of the rail."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from ui.offers import Offer
from ui.shell.actions import Actions
from ui.shell.theme import ThemeMode

if TYPE_CHECKING:
    from ui.finder import Finder, FoundRow
    from ui.shell.desk import Desk


class Menus(QObject):
    """Shows every action there is, by typing or by pointing.

    Attributes:
        theme_chosen: (a ThemeMode's value) the menu's choice.
    """

    theme_chosen = Signal(str)

    def __init__(self, actions: Actions, desk: "Desk") -> None:
        super().__init__(desk)
        self._actions, self._desk = actions, desk
        self._finder: Finder | None = None

    @Slot()
    def show_palette(self) -> None:
        """Ask by typing what to do, and do it."""
        # Imported here: nobody searches before the first paint.
        from ui.finder import Finder

        if self._finder is None:
            self._finder = Finder(self._desk)
            self._finder.chosen.connect(self._on_chosen)
        hint = self.tr("Enter does it, Esc leaves")
        self._finder.ask(self._rows, self.tr("What would you like to do?"), hint)

    def show_menu(self, beside: QWidget, mode: ThemeMode) -> None:
        """Open the menu at the lower right corner of `beside`; `mode` is the theme now."""
        menu = self._actions.menu(self._desk)
        themes = menu.addMenu(self.tr("Theme"))
        for each, words in self._themes():
            action = themes.addAction(words)
            action.setData(each.value)
            action.setCheckable(True)
            action.setChecked(each is mode)
        themes.triggered.connect(self._on_theme)
        menu.popup(beside.mapToGlobal(beside.rect().bottomRight()))

    def _themes(self) -> list[tuple[ThemeMode, str]]:
        return [
            (ThemeMode.SYSTEM, self.tr("Like the system")),
            (ThemeMode.LIGHT, self.tr("Light")),
            (ThemeMode.DARK, self.tr("Dark")),
        ]

    def _offers(self) -> list[Offer]:
        """Return what the screen shown can do, and the themes."""
        bench = self._desk.workbench
        offers = bench.offers() if bench is not None else []
        for mode, words in self._themes():
            text = self.tr("Theme: %1").replace("%1", words)
            offers.append(Offer(text, "sun-dim", partial(self.theme_chosen.emit, mode.value)))
        return offers

    def _rows(self, text: str) -> "list[FoundRow]":
        from ui.finder.sources import action_rows, offer_rows

        rows = action_rows((a for a in self._actions if a.isVisible()), text)
        rows += offer_rows(self._offers(), text)
        # Stable: what can be done comes first, the window's own before the screen's.
        return sorted(rows, key=lambda row: not row.enabled)

    @Slot(object)
    def _on_chosen(self, action: QAction | Offer) -> None:
        action.trigger()

    @Slot(object)
    def _on_theme(self, action: QAction) -> None:
        self.theme_chosen.emit(action.data())
