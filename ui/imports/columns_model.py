"""The columns of the file as a table that Qt can show, edit and read aloud."""

from collections.abc import Mapping as Lookup
from dataclasses import replace
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from ui.imports.draft import Draft
from ui.imports.lines import ColumnLine, Control, Made, Names, lines_of
from ui.imports.words import role_word

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole
_NOWHERE = QModelIndex()


class Part(IntEnum):
    """The columns of the table."""

    NAME = 0
    VALUES = 1
    ROLE = 2
    HOW = 3
    CELLS = 4


class ColumnsModel(QAbstractTableModel):
    """Shows a draft, one row per column of the file.

    Attributes:
        touchpoint_named: (place, name) typed for a question. lines_changed: places of rows whose
            words are others now.
    """

    touchpoint_named = Signal(int, str)
    lines_changed = Signal(list)

    def __init__(self, touchpoints: tuple[str, ...], waiting: frozenset[int], made: Made) -> None:
        super().__init__()
        self._names = Names(touchpoints, waiting=waiting)
        self._made = made
        self._doubts: Lookup[str, str] = {}
        self._draft: Draft | None = None
        self._lines: tuple[ColumnLine, ...] = ()

    @property
    def lines(self) -> tuple[ColumnLine, ...]:
        """What is shown."""
        return self._lines

    def set_draft(self, draft: Draft) -> None:
        """Show another draft."""
        self._draft = draft
        self._refresh()

    def set_doubts(self, doubts: Lookup[str, str]) -> None:
        """Say what was refused, by column name."""
        self._doubts = doubts
        self._refresh()

    def set_waiting(self, waiting: frozenset[int]) -> None:
        """Say which columns of another file have answers that nobody scored."""
        self._names = replace(self._names, waiting=waiting)

    def settle(self, place: int) -> None:
        """Take a column's touchpoint as decided by a person: it is not asked for again."""
        settled = self._names.settled | {self._lines[place].name}
        self._names = replace(self._names, settled=settled)
        self._refresh()

    def _refresh(self) -> None:
        if self._draft is None:
            return
        old, new = self._lines, lines_of(self._draft, self._names, self._doubts, self._made)
        if len(old) != len(new):
            self.beginResetModel()
            self._lines = new
            self.endResetModel()
            self.lines_changed.emit(list(range(len(new))))
            return
        self._lines = new
        changed = [at for at, (a, b) in enumerate(zip(old, new, strict=True)) if a != b]
        if changed:
            last = self.columnCount() - 1
            self.dataChanged.emit(self.index(changed[0], 0), self.index(changed[-1], last))
            self.lines_changed.emit(changed)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Qt's virtual."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Qt's virtual."""
        return 0 if parent.isValid() else len(Part)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's virtual: the words of a cell, its line, or what is edited."""
        line = self._lines[index.row()]
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.EditRole:
            return line.value
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words(line, Part(index.column()))
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Qt's virtual: a touchpoint was typed."""
        name = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or not name:
            return False
        if name != self._lines[index.row()].value:
            self.touchpoint_named.emit(index.row(), name)
        self.settle(index.row())
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt's virtual: the touchpoint of a question can be typed."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        line = self._lines[index.row()]
        if index.column() == Part.HOW and line.control is Control.NAME:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Qt's virtual: the headings."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        right = Qt.AlignmentFlag.AlignRight if section == Part.CELLS else Qt.AlignmentFlag.AlignLeft
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(right | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            self.tr("Column"),
            self.tr("Values"),
            self.tr("What it is"),
            self.tr("How to read it"),
            self.tr("Cells"),
        )[section]

    def _words(self, line: ColumnLine, part: Part) -> str:
        match part:
            case Part.NAME:
                return f"{line.name}. {line.text}" if line.text else line.name
            case Part.VALUES:
                return " · ".join(line.values)
            case Part.ROLE:
                return role_word(line.role)
            case Part.HOW:
                asked = f"{line.near}?" if line.near else line.value
                return ", ".join(filter(None, (asked, line.note)))
            case Part.CELLS:
                return ", ".join(filter(None, (line.cells, line.doubt)))
