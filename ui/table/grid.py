"""The grid of the table: cells, ranges, the frame round them, and the keys."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QFocusEvent,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QTableView,
    QToolTip,
    QWidget,
)

from journey.model.ids import JourneyId, Ref
from ui.shell.theme import active_theme
from ui.table.acts import Acts
from ui.table.columns import Column
from ui.table.editing import Editing
from ui.table.editor import Onward
from ui.table.fill import Fill, Range
from ui.table.header import RowNumbers, TableHeader
from ui.table.keys import Keys
from ui.table.model import TableModel
from ui.table.paint import ROW_HEIGHT, CellPainter, wanted_width
from ui.table.pasting import Answer
from ui.table.picking import Picking
from ui.table.tooltip import tooltip_of
from ui.table.values import UnknownName
from ui.table.widths import shared_widths
from ui.table.words import tr

if TYPE_CHECKING:
    from ui.document import DocumentModel

Answered = Callable[[Answer], None]
Index = QModelIndex | QPersistentModelIndex
_LOOKED_AT: Final = 200  # rows whose texts are measured for the widths


class Grid(Picking):
    """Shows one kind of object.

    Attributes:
        noted: (icon, sentence). told: a sentence about what was refused, "" takes it away.
        asked: (UnknownName, what to call with the answer). paste_shown: a Plan, None for none.
        settled: another selection. made: the object added last.
        menu_asked: place on the screen.
    """

    noted = Signal(str, str)
    told = Signal(str)
    asked = Signal(object, object)
    paste_shown = Signal(object)
    settled = Signal()
    menu_asked = Signal(QPoint)

    def __init__(self, document: "DocumentModel", model: TableModel, parent: QWidget) -> None:
        super().__init__(document, model, parent)
        self.journey: JourneyId | None = None
        self.made: Ref | None = None
        self._fitted = 0
        self.fill = Fill(self)
        self.acts = Acts(self)
        self.editing = Editing(self)
        self.keys = Keys(self)
        self.heads = TableHeader(self)
        self.setHorizontalHeader(self.heads)
        self.setVerticalHeader(RowNumbers(self))
        self._cells = CellPainter(self)
        self.setItemDelegate(self._cells)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        corner = self.findChild(QAbstractButton)
        if corner is not None:
            corner.setAccessibleName(tr("Select all"))
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.verticalScrollBar().valueChanged.connect(self.editing.finish)
        self.horizontalScrollBar().valueChanged.connect(self.editing.finish)
        self.horizontalScrollBar().valueChanged.connect(self.heads.place_filters)
        self.show_model(model)

    def show_model(self, model: TableModel) -> None:
        """Show another kind."""
        self.editing.cancel()
        self.table = model
        old = self.selectionModel()
        self.setModel(model)
        if old is not None:
            old.deleteLater()
        self.setAccessibleName(tr("Table"))
        self.fit_columns()
        self.heads.rebuild()
        model.modelReset.connect(self.heads.place_filters)
        # A fill that is dragged goes by rows, which an undo may take away.
        model.modelReset.connect(self.fill.cancel)
        model.rowsRemoved.connect(self.fill.cancel)

    def fit_columns(self) -> None:
        """Share the room out between the columns, names first."""
        columns = self.table.columns
        bars = self.verticalHeader().width() + self.verticalScrollBar().sizeHint().width()
        wanted = {c.key: wanted_width(self.table, c, _LOOKED_AT) for c in columns}
        widths = shared_widths(columns, self.width() - bars, wanted)
        for number, width in enumerate(widths):
            self.setColumnWidth(number, width)

    # -- moving on --------------------------------------------------------------------------------

    def go(self, onward: Onward, *, from_new: bool = False) -> None:
        """Move the current cell on from what was edited."""
        index = self.currentIndex()
        row, column = index.row(), index.column()
        if from_new and self.made is not None:
            row = self.table.row_of(self.made)
        last = len(self.table.columns) - 1
        if onward is Onward.DOWN:
            row += 1
        elif onward is Onward.UP:
            row -= 1
        elif onward is Onward.NEXT:
            row, column = (row, column + 1) if column < last else (row + 1, 0)
        elif onward is Onward.BACK:
            row, column = (row, column - 1) if column else (row - 1, last)
        elif not from_new:
            return
        if row >= 0:
            self.put_cursor(row, column)

    def leave(self, *, forward: bool) -> None:
        """Give the focus to the widget after or before the table."""
        # With it on, the view takes every step of the focus for Tab from cell to cell.
        self.setTabKeyNavigation(False)
        self.focusNextPrevChild(forward)
        self.setTabKeyNavigation(True)

    # -- what is said -----------------------------------------------------------------------------

    def tell(self, words: str) -> None:
        """Say why something was not done."""
        self.told.emit(words)

    def quiet(self) -> None:
        """Take away what was said."""
        self.told.emit("")

    def tell_locked(self, column: Column) -> None:
        """Say why a cell cannot be typed in."""
        if column.computed:
            words = tr("{0} is computed: it follows answers and assumptions.")
            self.tell(words.format(self.table.label(column)))
        else:
            self.tell(tr("This workspace is open for reading only."))

    def tell_missing(self, names: list[str]) -> None:
        """Say what a new row waits for."""
        self.noted.emit("plus", tr("The new row still needs: {0}").format(", ".join(names)))

    def ask_name(self, error: UnknownName, answered: Answered) -> None:
        """Ask what a name nothing is called by stands for."""
        self.asked.emit(error, answered)

    # -- frames -----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's virtual: the cells, then the frames over them."""
        theme = active_theme()
        with QPainter(self.viewport()) as painter:
            for dirty in _parts(event.region()):
                painter.setClipRect(dirty)
                self._cells.paint_cells(painter, dirty)
            painter.setClipping(False)
            self._frame_paste(painter)
            for one in self._ranges():
                block = Range(one.top(), one.left(), one.bottom(), one.right())
                painter.setPen(QPen(theme.accent, 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(self.frame_of(block).adjusted(0, 0, -1, -1))
            self._frame_fill(painter)
            handle = self.fill.handle()
            if handle.isValid() and self.acts.plan is None:
                painter.fillRect(handle, theme.surface)
                painter.fillRect(handle.adjusted(1, 1, -1, -1), theme.accent)

    def _frame_paste(self, painter: QPainter) -> None:
        """Rows to be pasted stand in one dashed frame, those that are there in their own."""
        if self.acts.plan is None:
            return
        table, last = self.table, len(self.table.columns) - 1
        while last > 0 and table.columns[last].computed:
            last -= 1
        painter.setPen(_dashes())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if table.ghosts:
            block = Range(len(table.rows), 0, table.new_row - 1, last)
            painter.drawRect(self.frame_of(block).adjusted(0, 0, -1, -1))
        for row in (table.row_of(Ref(table.kind, p.id)) for p in table.pasted if p.id):
            if row >= 0:
                painter.drawRect(self.frame_of(Range(row, 0, row, last)).adjusted(0, 0, -1, -1))

    def _frame_fill(self, painter: QPainter) -> None:
        fill = self.fill
        if fill.source is None or fill.bottom <= fill.source.bottom:
            return
        source = fill.source
        block = Range(source.bottom + 1, source.left, fill.bottom, source.right)
        painter.setPen(_dashes())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.frame_of(block).adjusted(0, 0, -1, -1))

    # -- Qt's virtuals ----------------------------------------------------------------------------

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Qt's virtual: the frame moves with the range."""
        super().selectionChanged(selected, deselected)
        dirty = self.visualRegionForSelection(selected).boundingRect()
        dirty = dirty.united(self.visualRegionForSelection(deselected).boundingRect())
        dirty.adjust(-40, -ROW_HEIGHT, 40, ROW_HEIGHT)
        self.viewport().update(dirty)
        numbers = self.verticalHeader().viewport()
        numbers.update(0, dirty.top(), numbers.width(), dirty.height())
        self.settled.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual."""
        if not self.keys.pressed(event):
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Qt's virtual: letters composed of several keys start editing too."""
        if not event.commitString() and not event.preeditString():
            event.ignore()  # an input method that says only that it is there
        elif self.editing.begin(self.currentIndex(), "") and self.editing.editor is not None:
            QApplication.sendEvent(self.editing.editor, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's virtual: widths nobody dragged follow the window, pasted rows stay in sight."""
        super().resizeEvent(event)
        if not self.heads.dragged and self.width() != self._fitted:
            self._fitted = self.width()
            self.fit_columns()
        if self.acts.plan is not None and self.table.ghosts:
            self.scrollTo(self.table.index(self.table.new_row, 0))

    def dataChanged(
        self,
        first: Index,
        last: Index,
        roles: Sequence[int] = (),
    ) -> None:
        """Qt's virtual: only the cells that are others are painted again."""
        if QAccessible.isActive() or not first.isValid():
            super().dataChanged(first, last, list(roles))
        top, foot = self.rowViewportPosition(first.row()), self.rowViewportPosition(last.row())
        wide = self.viewport().width()
        self.viewport().update(0, top, wide, foot - top + ROW_HEIGHT)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt's virtual."""
        with _unpainted(self.viewport()):
            super().focusOutEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt's virtual: there is always a cell to type in."""
        with _unpainted(self.viewport()):
            super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.put_cursor(0, 0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt's virtual: the handle, a cell, a range."""
        left = event.button() == Qt.MouseButton.LeftButton
        self.editing.finish()
        if left and self.fill.grab(event.position().toPoint()):
            return
        if event.button() == Qt.MouseButton.RightButton:
            index = self.indexAt(event.position().toPoint())
            if index.isValid() and not self.selectionModel().isSelected(index):
                self.setCurrentIndex(index)
            self.menu_asked.emit(event.globalPosition().toPoint())
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt's virtual."""
        place = event.position().toPoint()
        if self.fill.is_dragged:
            self.fill.drag(place)
            words = self.fill.words()
            QToolTip.showText(event.globalPosition().toPoint() + QPoint(12, 8), words, self)
            return
        on_handle = self.fill.handle().adjusted(-3, -3, 3, 3).contains(place)
        shape = Qt.CursorShape.CrossCursor if on_handle else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt's virtual."""
        if self.fill.is_dragged:
            QToolTip.hideText()
            self.fill.drop()
            return
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Qt's virtual: a double click edits; on the handle it fills to the last row."""
        place = event.position().toPoint()
        if self.fill.handle().adjusted(-3, -3, 3, 3).contains(place):
            block = self.block()
            if block is not None:
                self.fill.run(block, len(self.table.rows) - 1)
            return
        self.editing.begin(self.indexAt(place))

    def viewportEvent(self, event: object) -> bool:
        """Qt's virtual: a text that had no room is told whole, letter by letter."""
        if isinstance(event, QHelpEvent) and event.type() == event.Type.ToolTip:
            QToolTip.showText(event.globalPos(), tooltip_of(self, event.pos()), self)
            return True
        return bool(super().viewportEvent(event))  # type: ignore[arg-type]


def _parts(region: QRegion) -> list[QRect]:
    parts: list[QRect] = list(region)  # type: ignore[call-overload]  # the stubs know no iteration
    return parts


@contextmanager
def _unpainted(widget: QWidget) -> Iterator[None]:
    """Let nothing be painted anew: the cells look the same whoever has the focus."""
    widget.setAttribute(Qt.WidgetAttribute.WA_UpdatesDisabled, True)
    try:
        yield
    finally:
        # Set plainly: setUpdatesEnabled would paint everything.
        widget.setAttribute(Qt.WidgetAttribute.WA_UpdatesDisabled, False)


def _dashes() -> QPen:
    pen = QPen(active_theme().accent, 2)
    pen.setDashPattern([3.0, 2.0])
    return pen
