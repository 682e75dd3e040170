"""The differences of a returned pack as a table with a tick per row."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from journey.returns import Difference
from ui.returns.words import field_word, state_word, tr, value_word
from ui.shell.icons import icon
from ui.shell.theme import active_theme
from ui.shell.type import font

Index = QModelIndex | QPersistentModelIndex
TITLE, FIELD, EXPORTED, NOW, RETURNED, STATE = range(6)
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole


class DifferencesModel(QAbstractTableModel):
    """One row per difference; the first column carries the tick. Conflicts start unticked."""

    def __init__(self, differences: Sequence[Difference], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.differences = tuple(differences)
        self._ticked = [not d.conflict for d in self.differences]

    @property
    def chosen(self) -> tuple[Difference, ...]:
        """The ticked differences, in order."""
        pairs = zip(self.differences, self._ticked, strict=True)
        return tuple(difference for difference, ticked in pairs if ticked)

    def tick_all(self, *, ticked: bool) -> None:
        """Tick every row, or none."""
        self._ticked = [ticked] * len(self._ticked)
        if self._ticked:
            last = self.index(len(self._ticked) - 1, TITLE)
            self.dataChanged.emit(self.index(0, TITLE), last, [_Role.CheckStateRole])

    def toggle(self, row: int) -> None:
        """Turn one row's tick."""
        state = Qt.CheckState.Unchecked if self._ticked[row] else Qt.CheckState.Checked
        self.setData(self.index(row, TITLE), state, _Role.CheckStateRole)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Qt's virtual."""
        return 0 if parent.isValid() else len(self.differences)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Qt's virtual."""
        return 0 if parent.isValid() else STATE + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        """Qt's virtual."""
        if orientation is Qt.Orientation.Horizontal and role == _Role.DisplayRole:
            return (
                tr("Pain point"),
                tr("Field"),
                tr("Was exported"),
                tr("Now here"),
                tr("Returned"),
                "",
            )[section]
        if role == _Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt's virtual."""
        flags = super().flags(index)
        if index.isValid() and index.column() == TITLE:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        """Qt's virtual."""
        if not index.isValid():
            return None
        difference, column = self.differences[index.row()], index.column()
        if role == _Role.DisplayRole:
            return self._text(difference, column)
        if role == _Role.CheckStateRole and column == TITLE:
            ticked = self._ticked[index.row()]
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        if role == _Role.AccessibleTextRole:
            return f"{self.headerData(column, Qt.Orientation.Horizontal)}: " + self._text(
                difference, column
            )
        return self._look(difference, column, role)

    def setData(self, index: Index, value: Any, role: int = _Role.EditRole) -> bool:
        """Qt's virtual: ticks."""
        if role != _Role.CheckStateRole or index.column() != TITLE:
            return False
        self._ticked[index.row()] = Qt.CheckState(value) is Qt.CheckState.Checked
        self.dataChanged.emit(index, index, [role])
        return True

    @staticmethod
    def _text(difference: Difference, column: int) -> str:
        if column == TITLE:
            return difference.title
        if column == FIELD:
            return field_word(difference.field)
        if column == STATE:
            return state_word(difference)
        value = {
            EXPORTED: difference.exported,
            NOW: difference.now,
            RETURNED: difference.returned,
        }[column]
        return value_word(difference.field, value)

    @staticmethod
    def _look(difference: Difference, column: int, role: int) -> Any:
        theme = active_theme()
        if role == _Role.FontRole:
            return font("base", 600 if column == RETURNED else 500 if column == TITLE else 400)
        if role == _Role.DecorationRole and column == STATE:
            if difference.conflict:
                return icon("warning", "warning")
            return icon("plus", "improvement_text") if difference.created else None
        if role == _Role.ForegroundRole:
            inks: dict[int, QColor] = {FIELD: theme.text_2, EXPORTED: theme.text_2}
            if column == STATE:
                return theme.warning if difference.conflict else theme.improvement_text
            return inks.get(column)
        return None
