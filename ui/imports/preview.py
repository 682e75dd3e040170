"""The first records of a file as they stand, the header apart from the answers."""

from html import escape
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.imports.bands import SIDE
from ui.imports.work import Found
from ui.numbers import number
from ui.shell.theme import active_theme
from ui.shell.type import font

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ROW: Final = 22
_LEAST, _MOST = 74, 210
_LETTERS: Final = 200  # of a cell; the whole is in the file
_MOST_COLUMNS: Final = 300
_FIRST: Final = 104
_BAR: Final = 16  # room for the bar at the side
_SHORT: Final = 24  # letters that fit into the narrowest cut cell
_TALL: Final = 800  # a window this high has room for more records
_LOW: Final = 640  # and one as low as this for next to none


class PreviewModel(QAbstractTableModel):
    """Header records and first data records; the first column says which."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._headers: tuple[tuple[str, ...], ...] = ()
        self._rows: tuple[tuple[str, ...], ...] = ()
        self._columns = 0

    def set_found(self, found: Found) -> None:
        """Show another reading of the file."""
        self.beginResetModel()
        self._headers, self._rows = found.headers, found.rows
        widest = max((len(record) for record in (*self._headers, *self._rows)), default=0)
        self._columns = min(widest, _MOST_COLUMNS)
        self.endResetModel()

    @property
    def headers(self) -> int:
        """How many rows are the header's."""
        return len(self._headers)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Qt's virtual."""
        return 0 if parent.isValid() else len(self._headers) + len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Qt's virtual."""
        return 0 if parent.isValid() else self._columns + 1

    def cell(self, row: int, column: int) -> str:
        """Return what stands in a cell; column 0 names the row."""
        n = len(self._headers)
        if column == 0:
            kind = self.tr("header %1") if row < n else self.tr("row %1")
            return kind.replace("%1", number(row + 1 if row < n else row - n + 1, 0))
        record = self._headers[row] if row < n else self._rows[row - n]
        text = record[column - 1] if column <= len(record) else ""
        return " ".join(text[:_LETTERS].split())

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's virtual."""
        header = index.row() < len(self._headers)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.cell(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            words = self.cell(index.row(), index.column())
            return f"<p>{escape(words)}</p>" if len(words) > _SHORT else None
        if role == Qt.ItemDataRole.FontRole:
            return font("sticky", 600 if index.row() == 0 and header and index.column() else 400)
        theme = active_theme()
        if role == Qt.ItemDataRole.BackgroundRole:
            return QBrush(theme.sunken if header else theme.surface)
        if role == Qt.ItemDataRole.ForegroundRole:
            return QBrush(theme.text if index.column() else theme.text_2)
        return None


class _CellPainter(QStyledItemDelegate):
    """Paints a cell with the dialog's margin before the first column and air in the others."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt's virtual."""
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        painter.fillRect(option.rect, ground)
        option.rect = option.rect.adjusted(SIDE - 3 if index.column() == 0 else 5, 0, 0, 0)
        super().paint(painter, option, index)


class Preview(QTableView):
    """Shows the first records; it is looked at, not edited."""

    def __init__(self, found: Found, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.records = PreviewModel(self)
        self.setModel(self.records)
        self.setItemDelegate(_CellPainter(self))
        self.setAccessibleName(self.tr("The first records"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(_ROW)
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._whole = [0]  # by column, the width at which nothing is cut
        self.set_found(found)

    def set_found(self, found: Found) -> None:
        """Show another reading of the file; nothing is shown of one without a table."""
        self.records.set_found(found)
        self.setVisible(self.records.rowCount() > 0)
        self.setColumnWidth(0, _FIRST)
        metrics = QFontMetricsF(font("sticky", 600))
        self._whole = [0]
        for column in range(1, self.records.columnCount()):
            texts = (self.records.cell(row, column) for row in range(self.records.rowCount()))
            wide = max((metrics.horizontalAdvance(text) for text in texts), default=0.0)
            self._whole.append(int(max(wide + 24, _LEAST)))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's virtual: the bar below the rows needs room of its own."""
        super().resizeEvent(event)
        self._fit()

    def _share_room(self) -> None:
        """Give each column what it needs, long texts a part of it where not all have room."""
        widths = [min(whole, _MOST) for whole in self._whole[1:]]
        spare = self.width() - _FIRST - sum(widths) - _BAR
        for at, whole in enumerate(self._whole[1:]):
            more = min(max(spare, 0), whole - widths[at])
            widths[at] += more
            spare -= more
            if self.columnWidth(at + 1) != widths[at]:
                self.setColumnWidth(at + 1, widths[at])

    def _fit(self) -> None:
        """Take the height of the header and as many records as there is room for."""
        self._share_room()
        tall = self.window().height() >= _TALL
        low = self.window().height() < _LOW
        shown = min(self.records.headers, 3) + (4 if tall else 2)
        shown = min(self.records.headers, 1) + 1 if low else shown
        rows = min(shown, self.records.rowCount())
        wide = sum(self.columnWidth(c) for c in range(self.records.columnCount()))
        bar = self.horizontalScrollBar().sizeHint().height() if wide > self.width() else 0
        high = rows * _ROW + bar + 2 * self.frameWidth()
        if self.height() != high or self.maximumHeight() != high:
            self.setFixedHeight(high)
