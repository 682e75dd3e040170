"""A quiet table of words and figures that is read, not edited: scenarios, methods, counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.shell.drawing import paint_focus_ring
from ui.shell.theme import active_theme
from ui.shell.type import font
from ui.shell.wrapping import paint_line, text_width, wrap

Index = QModelIndex | QPersistentModelIndex
_PAD: Final = 10.0
_LINE: Final = 18.0
_ROOM: Final = 6.0  # above and below the words of a row
_LEAST_WORDS, _MOST_WORDS = 190, 420


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `told` is what a reader hears and a tooltip shows; `mark` tints it, `bold` too."""

    text: str
    told: str = ""
    mark: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading (lines by a newline) and whether it holds words, not figures."""

    title: str
    words: bool = False
    told: str = ""


class TableModel(QAbstractTableModel):
    """Columns and rows of cells, replaced as a whole."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns: Sequence[Column] = ()
        self.rows: Sequence[Sequence[Cell]] = ()

    def set_table(self, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> None:
        """Show another table."""
        self.beginResetModel()
        self.columns, self.rows = columns, rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Qt's virtual."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Qt's virtual."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt's virtual."""
        if not index.isValid():
            return None
        cell, column = self.rows[index.row()][index.column()], self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            heading = column.told or column.title.replace("\n", ", ")
            return f"{heading}: {cell.told or cell.text}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Qt's virtual."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if column.words else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignBottom
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return column.told or column.title.replace("\n", ", ")
        return None


class _CellPainter(QStyledItemDelegate):
    """Paints a cell: ground, hairline, words that wrap, figures at the right."""

    def __init__(self, model: TableModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt's virtual: as high as its words in the column's width."""
        cell = self._model.rows[index.row()][index.column()]
        if not self._model.columns[index.column()].words:
            wide = text_width(cell.text, _face(cell)) + 2 * _PAD
            return QSize(int(wide) + 1, int(_LINE + 2 * _ROOM))
        table = self.parent()
        assert isinstance(table, QTableView)
        room = table.columnWidth(index.column()) - 2 * _PAD
        return QSize(
            _LEAST_WORDS, int(wrap(cell.text, _face(cell), _LINE, room).height + 2 * _ROOM)
        )

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt's virtual."""
        theme, rect = active_theme(), QRectF(option.rect)
        cell = self._model.rows[index.row()][index.column()]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        ground = theme.selected if chosen else theme.blind if cell.mark else theme.surface
        painter.save()
        painter.fillRect(rect, ground)
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.hairline)
        inner = rect.adjusted(_PAD, 0, -_PAD, 0)
        if self._model.columns[index.column()].words:
            laid = wrap(cell.text, _face(cell), _LINE, inner.width())
            laid.paint(painter, QPointF(inner.left(), rect.center().y() - laid.height / 2),
                       theme.text)  # fmt: skip
        else:
            right = Qt.AlignmentFlag.AlignRight
            paint_line(painter, inner, cell.text, _face(cell), theme.text, alignment=right)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_focus_ring(painter, rect.adjusted(2, 2, -2, -2), 3, theme)
        painter.restore()


def _face(cell: Cell) -> QFont:
    return font("base", 600 if cell.bold else 400)


class PlainTable(QTableView):
    """Shows a TableModel; the first column of words is as wide as it needs, others are figures.

    What does not fit is scrolled to; words wrap and are never cut.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table_model = TableModel(self)
        self.setModel(self.table_model)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.setItemDelegate(_CellPainter(self.table_model, self))
        head = self.horizontalHeader()
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setFont(font("meta", 600))

    def set_table(self, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> None:
        """Show another table; columns are as wide as their words."""
        self.table_model.set_table(columns, rows)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's virtual."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give figures what they need, words what is left of the room."""
        model, head, face = self.table_model, self.horizontalHeader(), font("meta", 600)
        wanted: list[int] = []
        for at, column in enumerate(model.columns):
            titles = (text_width(line, face) for line in column.title.split("\n"))
            cells = (text_width(row[at].text, _face(row[at])) for row in model.rows)
            wide = int(max((*titles, *cells), default=0.0) + 2 * _PAD) + 2
            wanted.append(min(wide, _MOST_WORDS) if column.words else wide)
        room = self.viewport().width() - sum(wanted)
        for at, column in enumerate(model.columns):
            wide = wanted[at]
            if column.words and room < 0:
                wide = max(min(_LEAST_WORDS, wide), wide + room)
            head.resizeSection(at, wide)
        self.resizeRowsToContents()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual: Esc belongs to whatever holds the table."""
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        super().keyPressEvent(event)
