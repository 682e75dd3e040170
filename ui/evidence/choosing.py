"""Painted rows of which one is chosen: by click, arrows, Home and End."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from ui.quarter.card import Rows
from ui.shell.drawing import draw_box, fill_rect, paint_focus_ring
from ui.shell.theme import Theme

_BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class ChoiceRows(Rows):
    """Rows with one chosen; subclasses give the rows, `sentence` says one aloud.

    Attributes:
        chosen: carries the row's number when a person chose it.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._current = -1
        self._by_key = False

    @property
    def current(self) -> int:
        """The chosen row, −1 for none."""
        return self._current

    def choose(self, row: int) -> None:
        """Choose a row without telling."""
        self._current = row if 0 <= row < self.count() else -1
        if self._current >= 0:
            self.setAccessibleDescription(self.sentence(self._current))
        self.update()

    def sentence(self, row: int) -> str:
        """Return a row in one sentence, for those who hear it."""
        raise NotImplementedError

    def can_choose(self, row: int) -> bool:
        """Whether a row can be chosen; headings cannot."""
        return 0 <= row < self.count()

    def draw_ground(self, painter: QPainter, row: int, rect: QRectF, theme: Theme) -> None:
        """Paint what marks the chosen row, and the ring of the keyboard."""
        if row != self._current:
            return
        draw_box(painter, rect, 4, theme.selected)
        fill_rect(painter, QRectF(rect.left(), rect.top(), 3, rect.height()), theme.accent)
        if self.hasFocus() and self._by_key:
            paint_focus_ring(painter, rect.adjusted(1, 1, -1, -1), 4, theme)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual: arrows, Home and End move."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        last = self.count() - 1
        if key in steps:
            self._by_key = True
            self._step(self._current + steps[key], steps[key])
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self._by_key = True
            self._step(*((0, 1) if key == Qt.Key.Key_Home else (last, -1)))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt's virtual: a click chooses."""
        row = self.row_at(event.position().y())
        self._by_key = False
        if self.can_choose(row):
            self.pick(row)
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt's virtual: a key that brings the focus shows where it is."""
        super().focusInEvent(event)
        self._by_key = event.reason() in _BY_TAB
        if self._by_key and self._current < 0:
            self._step(0, 1)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt's virtual: the ring goes."""
        super().focusOutEvent(event)
        self.update()

    def pick(self, row: int) -> None:
        """Choose a row and tell."""
        self.choose(row)
        self.chosen.emit(row)

    def _step(self, row: int, way: int) -> None:
        while 0 <= row < self.count() and not self.can_choose(row):
            row += way
        if self.can_choose(row):
            self.pick(row)
