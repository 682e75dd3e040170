"""The panel that says which columns are shown, in which order."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.shell.icons import icon
from ui.shell.theme import active_theme
from ui.shell.widgets.buttons import IconButton
from ui.shell.widgets.labels import PlainLabel, WrapLabel
from ui.table.columns import Column
from ui.table.model import TableModel
from ui.table.words import tr

_KEY = Qt.ItemDataRole.UserRole


class _List(QListWidget):
    """Columns that are ticked and dragged; Alt with the arrows moves one.

    Attributes:
        dropped: one was put elsewhere.
    """

    dropped = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setUniformItemSizes(True)
        self.setIconSize(QSize(13, 13))
        self.setAccessibleName(tr("Columns"))
        self.model().rowsMoved.connect(self._moved)

    def _moved(self) -> None:
        self.dropped.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None or not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
            return
        row = self.currentRow()
        if 0 <= row + step < self.count():
            item = self.takeItem(row)
            self.insertItem(row + step, item)
            self.setCurrentItem(item)
            self.dropped.emit()


class ColumnsPanel(QWidget):
    """Ticks show a column, dragging orders them.

    Attributes:
        chosen: the keys shown, in order. closed: the panel is to go.
    """

    chosen = Signal(list)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedWidth(252)
        self._filling = False
        self.count = PlainLabel("", "base", 600)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(tr("Find a column"))
        self.search.setAccessibleName(tr("Find a column"))
        self.list = _List(self)
        close = IconButton("x", tr("Close"), parent=self)
        head = QHBoxLayout()
        head.addWidget(PlainLabel(tr("Columns"), "title", 600), 1)
        head.addWidget(close)
        under = QHBoxLayout()
        under.addWidget(self.count, 1)
        under.addWidget(PlainLabel(tr("drag to order"), "sticky", 400, "text_3"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.search)
        column.addLayout(under)
        column.addWidget(self.list, 1)
        hint = tr("With a lock: computed from answers and assumptions, so not typed.")
        column.addWidget(WrapLabel(hint, "sticky", 400, "text_2"))
        close.clicked.connect(self.closed)
        self.search.textChanged.connect(self._narrow)
        self.list.itemChanged.connect(self._send)
        self.list.dropped.connect(self._send)
        self.hide()

    def show_columns(self, model: TableModel, every: Sequence[Column]) -> None:
        """Show a kind's columns: those in sight first, in their order."""
        self._filling = True
        current = self.list.currentItem()
        kept = current.data(_KEY) if current is not None else None
        self.list.clear()
        hidden = [column for column in every if column not in model.columns]
        for column in (*model.columns, *hidden):
            self.list.addItem(self._item(model, column, every[0]))
            if column.key == kept:
                self.list.setCurrentRow(self.list.count() - 1)
        words = tr("{0} of {1} shown").format(len(model.columns), len(every))
        self.count.setText(words)
        self._filling = False
        self._narrow(self.search.text())

    def _item(self, model: TableModel, column: Column, first: Column) -> QListWidgetItem:
        item = QListWidgetItem(model.label(column))
        item.setData(_KEY, column.key)
        item.setSizeHint(QSize(100, 30))
        if column.computed:
            item.setIcon(icon("lock-simple", "text_3"))
        on = column in model.columns
        item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        flags = item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled
        if column is first:
            flags &= ~Qt.ItemFlag.ItemIsUserCheckable
        item.setFlags(flags)
        return item

    def _narrow(self, text: str) -> None:
        wanted = text.strip().casefold()
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(bool(wanted) and wanted not in item.text().casefold())

    def _send(self) -> None:
        if self._filling:
            return
        items = [self.list.item(row) for row in range(self.list.count())]
        on = Qt.CheckState.Checked
        self.chosen.emit([str(i.data(_KEY)) for i in items if i.checkState() == on])

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual: a panel with a hairline at its left."""
        theme = active_theme()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.surface)
            painter.fillRect(0, 0, 1, self.height(), theme.hairline)
