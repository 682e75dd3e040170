"""Severity and frequency as five squares that can be clicked and typed."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QSizePolicy

from ui.inspector.fields import MIXED, Field
from ui.shell.theme import Theme
from ui.shell.type import font
from ui.shell.widgets.painted_button import PaintedButton
from ui.shell.wrapping import paint_line

_SIDE, _PITCH, _LEFT = 11, 18, 9


class SquaresEdit(PaintedButton):
    """Five squares. A click on one sets it, on the one that is set takes it back.

    Keys: 1 to 5, left and right, Delete. Fires `chosen` with 1 to 5 or None.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self._value: int | None = None
        self._mixed = False
        self._hover = 0

    def show_value(self, value: object) -> None:
        """Show a class, None for not judged, MIXED for several that differ."""
        before = self._mixed, self._value
        self._mixed = value is MIXED
        self._value = value if isinstance(value, int) else None
        if before != (self._mixed, self._value) or not self.accessibleDescription():
            self.setAccessibleDescription(self.words)
            self.update()

    @property
    def words(self) -> str:
        """The class in words."""
        if self._mixed:
            return self.tr("several values")
        if self._value is None:
            return self.tr("not judged")
        return self.tr("{0} of 5").format(self._value)

    def content_size(self) -> QSize:
        """Return the room of squares and words."""
        return QSize(_LEFT + 5 * _PITCH + 60, 26)

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        """Paint the squares and the class in words."""
        filled = self._value or 0
        top = round(rect.center().y() - _SIDE / 2)
        for number in range(1, 6):
            box = QRectF(_LEFT + (number - 1) * _PITCH, top, _SIDE, _SIDE)
            painter.setPen(theme.pain_text)
            painter.setBrush(theme.pain_text if number <= filled else Qt.BrushStyle.NoBrush)
            if number == self._hover and number > filled:
                painter.setBrush(theme.pain)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        words = rect.adjusted(_LEFT + 5 * _PITCH + 4, 0, 0, 0)
        unknown = self._value is None
        paint_line(
            painter, words, self.words, font("base"), theme.text_3 if unknown else theme.text
        )

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt's virtual: the square under the pointer shows that it can be set."""
        self._hover = self._at(event.position().x())
        self.update()
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt's virtual: set the class."""
        inside = self.rect().contains(event.position().toPoint())
        number = self._at(event.position().x())
        if event.button() == Qt.MouseButton.LeftButton and inside and number:
            self._send(None if number == self._value else number)
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual: digits set, arrows step, Delete takes back."""
        key, value = event.key(), self._value or 0
        if Qt.Key.Key_1 <= key <= Qt.Key.Key_5:
            self._send(key - int(Qt.Key.Key_0))
        elif key == Qt.Key.Key_Right:
            self._send(min(5, value + 1))
        elif key == Qt.Key.Key_Left:
            self._send(max(1, value - 1))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_0):
            self._send(None)
        else:
            super().keyPressEvent(event)

    def _at(self, x: float) -> int:
        """Return the square at a place, 0 where there is none."""
        number = int((x - _LEFT + (_PITCH - _SIDE) / 2) // _PITCH) + 1
        return number if 1 <= number <= 5 else 0

    def _send(self, value: int | None) -> None:
        if value != self._value or self._mixed:
            self.chosen.emit(value)


class SquaresField(Field):
    """A class of 1 to 5."""

    def __init__(self, label: str) -> None:
        super().__init__(label)
        self.squares = SquaresEdit()
        self.squares.chosen.connect(self.committed)
        self.put(self.squares)

    def show_value(self, value: object) -> None:
        """Show a class."""
        super().show_value(value)
        self.squares.show_value(value)
