"""The menus of the table: over cells, and over a column's name."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from ui.shell.icons import icon
from ui.table.columns import Editor
from ui.table.sorting import Filter, SortBy
from ui.table.words import tr
from ui.words import kind_word

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.table.screen import TableScreen

_MOST = 40


class Menus(QObject):
    """Builds each menu when it opens; it goes when it is closed."""

    def __init__(self, screen: "TableScreen") -> None:
        super().__init__(screen)
        self._screen = screen

    def cells(self, place: QPoint) -> QMenu:
        """Open what can be done to the selected cells."""
        screen, grid = self._screen, self._screen.grid
        menu = self._menu()
        index = grid.currentIndex()
        editable = bool(grid.table.flags(index) & Qt.ItemFlag.ItemIsEditable)
        self._add(
            menu, tr("Edit"), lambda: grid.editing.begin(index), "pencil-simple", "F2", on=editable
        )
        self._values(menu)
        menu.addSeparator()
        for words, deed, name, keys in (
            (tr("Cut"), grid.acts.cut, "", "Ctrl+X"),
            (tr("Copy"), grid.acts.copy, "copy", "Ctrl+C"),
            (tr("Paste"), grid.acts.paste, "tray", "Ctrl+V"),
            (tr("Fill down"), grid.fill.down, "arrow-down", "Ctrl+D"),
            (tr("Empty the cells"), grid.acts.clear, "eraser", "Del"),
        ):
            self._add(menu, words, deed, name, keys)
        menu.addSeparator()
        refs = grid.selected_refs()
        if refs:
            ref = refs[-1]
            self._add(
                menu, tr("Show on the map"), lambda: screen.show_on_map.emit(ref), "map-trifold"
            )
            words = tr("Delete {0} {1}").format(len(refs), kind_word(ref.kind, len(refs)))
            self._add(menu, words, grid.acts.remove_rows, "trash", "Ctrl+-")
        self._add(menu, tr("New row"), screen.start_new_row, "plus", "Ctrl++")
        menu.popup(place)
        return menu

    def _values(self, menu: QMenu) -> None:
        """Offer the values of a column that is picked from a list."""
        grid = self._screen.grid
        index = grid.currentIndex()
        column = grid.table.columns[index.column()]
        if not column.named or grid.document.read_only or not grid.selected_refs():
            return
        options = grid.table.context.options(column, grid.table.home(index.row())).items[:_MOST]
        part = menu.addMenu(tr("Set {0}").format(grid.table.label(column)))
        if column.editor is Editor.NAME and column.clearable:
            self._add(part, tr("Nobody") if column.key == "owner" else tr("None"),
                      lambda: grid.acts.set_all(column, None))  # fmt: skip
        for value, text in options:
            self._add(part, text, self._setter(value))

    def _setter(self, value: object) -> "Callable[[], object]":
        grid = self._screen.grid
        column = grid.table.columns[grid.currentIndex().column()]
        return lambda: grid.acts.set_all(column, value)

    def column(self, key: str, place: QPoint) -> QMenu:
        """Open what can be done to a column."""
        screen, table = self._screen, self._screen.grid.table
        menu = self._menu()
        up, down = (SortBy(key),), (SortBy(key, descending=True),)
        self._add(menu, tr("Sort up"), lambda: screen.sort(up), "sort-ascending")
        self._add(menu, tr("Sort down"), lambda: screen.sort(down), "sort-descending")
        self._add(menu, tr("As on the map"), lambda: screen.sort(()), on=bool(table.sorted_by))
        menu.addSeparator()
        index = screen.grid.currentIndex()
        text = table.cell(index.row(), table.column(key)).text if index.isValid() else ""
        only = tr("Only “{0}”").format(text if len(text) < 40 else f"{text[:39]}…")
        if table.column(key).named and text:
            wanted = Filter(chosen=frozenset({text}))
            self._add(menu, only, lambda: screen.filter(key, wanted), "funnel")
        self._add(menu, tr("No filter here"), lambda: screen.filter(key, Filter()),
                  on=key in table.filters)  # fmt: skip
        menu.addSeparator()
        keys = [column.key for column in table.columns]
        at = keys.index(key)
        self._add(
            menu, tr("Move left"), lambda: screen.move_column(key, -1), "arrow-left", on=at > 0
        )
        self._add(menu, tr("Move right"), lambda: screen.move_column(key, 1), "arrow-right",
                  on=at < len(keys) - 1)  # fmt: skip
        self._add(menu, tr("Hide"), lambda: screen.choose_columns([k for k in keys if k != key]),
                  "eye-slash")  # fmt: skip
        self._add(menu, tr("Columns …"), screen.open_columns, "columns")
        menu.popup(place)
        return menu

    def _menu(self) -> QMenu:
        menu = QMenu(self._screen)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _add(
        self,
        menu: QMenu,
        words: str,
        deed: "Callable[[], object]",
        icon_name: str = "",
        keys: str = "",
        *,
        on: bool = True,
    ) -> None:
        # What people typed may hold an ampersand, which a menu would take for a shortcut.
        action = menu.addAction(words.replace("&", "&&") + (f"\t{keys}" if keys else ""))
        if icon_name:
            action.setIcon(icon(icon_name, "text_2"))
        action.setEnabled(on)
        action.triggered.connect(lambda _on=False: deed())
