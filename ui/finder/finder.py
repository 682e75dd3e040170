"""The finder: a line to type in over a list that follows; Enter takes, Esc leaves."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui.finder.rows import FoundPainter, FoundRow, FoundRows
from ui.shell.drawing import draw_box
from ui.shell.icons import icon
from ui.shell.theme import active_theme
from ui.shell.widgets.labels import PlainLabel

Source = Callable[[str], list[FoundRow]]

_WIDE: Final = 620
_TALL: Final = 460
_MOVES: Final = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 8,
    Qt.Key.Key_PageUp: -8,
}


class Finder(QWidget):
    """Lies over its window while something is looked for; one at a time.

    Attributes:
        chosen: the payload of the row a person took.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._empty_hint = ""
        self._source: Source | None = None
        self._came_from: QWidget | None = None
        self._field = QLineEdit(self)
        self._field.addAction(icon("magnifying-glass"), QLineEdit.ActionPosition.LeadingPosition)
        self._rows = FoundRows()
        self._list = QListView(self)
        self._list.setModel(self._rows)
        self._list.setItemDelegate(FoundPainter(self._list))
        self._list.setFrameShape(QListView.Shape.NoFrame)
        self._list.setUniformItemSizes(False)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setMouseTracking(True)
        self._hint = PlainLabel("", "sticky", 400, "text_3", self)
        self._hint.setContentsMargins(16, 4, 16, 10)
        column = QVBoxLayout(self)
        column.setContentsMargins(9, 9, 9, 5)
        column.setSpacing(6)
        column.addWidget(self._field)
        column.addWidget(self._list, 1)
        column.addWidget(self._hint)
        self._field.textChanged.connect(self._look)
        self._field.installEventFilter(self)
        self._list.clicked.connect(self._take)
        self.hide()

    def ask(self, source: Source, prompt: str, hint: str) -> None:
        """Open the line; `source` gives the rows for what is typed."""
        if not self.isVisible():
            self._came_from = QApplication.focusWidget()
        self._source = source
        self._field.setPlaceholderText(prompt)
        self._field.setAccessibleName(prompt)
        self._list.setAccessibleName(prompt)
        self._empty_hint = hint
        self._field.clear()
        self._look("")
        self.show()
        self.raise_()
        self._field.setFocus()

    def refresh(self) -> None:
        """Ask the source again: something it reads has arrived."""
        if self.isVisible():
            self._look(self._field.text())

    def leave(self) -> None:
        """Close and give the focus back."""
        self.hide()
        came_from, self._came_from = self._came_from, None
        # What had the focus, as a row of a screen, may have been made anew meanwhile.
        if came_from is not None and isValid(came_from) and came_from.isVisible():
            came_from.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's virtual: the list is moved through from the line."""
        if watched is self._field:
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._pressed(event)
            if event.type() == QEvent.Type.FocusOut and self.isVisible():
                self.hide()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual: a sheet over the window."""
        theme = active_theme()
        with QPainter(self) as painter:
            draw_box(painter, QRectF(self.rect()), 8, theme.surface, line=theme.outline)

    def _pressed(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.leave()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self._list.currentIndex())
        elif key in _MOVES:
            self._move(_MOVES[key])
        else:
            return False
        return True

    def _move(self, by: int) -> None:
        count = self._rows.rowCount()
        if count == 0:
            return
        at = self._list.currentIndex().row()
        wanted = (at + by) % count if abs(by) == 1 else max(0, min(count - 1, at + by))
        self._list.setCurrentIndex(self._rows.index(wanted))

    @Slot(str)
    def _look(self, text: str) -> None:
        if self._source is None:
            return
        rows = self._source(text)
        self._rows.set_rows(rows)
        first = next((i for i, row in enumerate(rows) if row.enabled), None)
        if first is not None:
            self._list.setCurrentIndex(self._rows.index(first))
        nothing = text.strip() and not rows
        self._hint.setText(self.tr("Nothing found") if nothing else self._empty_hint)
        self._list.setVisible(bool(rows))
        self._place()

    @Slot(QModelIndex)
    def _take(self, index: QModelIndex) -> None:
        if not index.isValid() or not self._rows.row(index.row()).enabled:
            return
        payload = self._rows.row(index.row()).payload
        self.leave()
        self.chosen.emit(payload)

    def _place(self) -> None:
        area = self._window.rect()
        wide = min(_WIDE, area.width() - 32)
        # Without rows the hint stands under the line: no empty sheet over the window.
        tall = min(_TALL, area.height() - 96) if self._rows.rowCount() else self.sizeHint().height()
        self.setGeometry(QRect(QPoint((area.width() - wide) // 2, 64), area.size()))
        self.resize(wide, tall)
