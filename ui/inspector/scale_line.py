"""The scale under an interval bar: its zero, its last round value, the 80 % interval between."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.shell.theme import active_theme
from ui.shell.type import font, line_height
from ui.shell.widgets.marks import IntervalScale
from ui.shell.wrapping import paint_line, text_width

_EDGE: Final = 2.0  # what the bar leaves free at each side
_TICK: Final = 4.0
_GAP: Final = 8.0


class ScaleLine(QWidget):
    """Ticks with their labels, each under its place on the scale of a bar as wide as this.

    Args:
        ends: value and label of the first and of the last tick.
        middle: words on the interval; they take a line of their own where there is no room.
    """

    def __init__(
        self,
        scale: IntervalScale,
        ends: tuple[tuple[float, str], tuple[float, str]],
        middle: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._scale, self._ends, self._middle = scale, ends, middle
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(middle)

    def hasHeightForWidth(self) -> bool:
        """Qt's virtual."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt's virtual: one line, or two where the words meet a label."""
        one = int(_TICK) + line_height("meta")
        return one if self._fits(width) else one + line_height("sticky")

    def sizeHint(self) -> QSize:
        """Qt's virtual."""
        return QSize(200, self.heightForWidth(max(self.width(), 200)))

    def labels(self, width: float) -> tuple[QRectF, QRectF]:
        """Return where both labels stand in a width: under their ticks, but never outside."""
        high = line_height("meta")
        made = []
        for value, text in self._ends:
            wide = text_width(text, font("meta")) + 1
            x = self._x(value, width) - wide / 2
            made.append(QRectF(max(0.0, min(x, width - wide)), _TICK, wide, high))
        return made[0], made[1]

    def _x(self, value: float, width: float) -> float:
        return self._scale.at(value, QRectF(_EDGE, 0, width - 2 * _EDGE, 1))

    def _middle_rect(self, width: float) -> QRectF:
        first, last = self.labels(width)
        wide = text_width(self._middle, font("sticky")) + 1
        left, right = first.right() + _GAP, last.left() - _GAP
        return QRectF((left + right - wide) / 2, _TICK, wide, line_height("meta"))

    def _fits(self, width: float) -> bool:
        return self._middle_rect(width).left() >= self.labels(width)[0].right() + _GAP

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual."""
        theme, width = active_theme(), float(self.width())
        with QPainter(self) as painter:
            for (value, text), label in zip(self._ends, self.labels(width), strict=True):
                x = round(self._x(value, width))
                painter.fillRect(QRectF(x, 0, 1, _TICK - 1), theme.outline)
                paint_line(painter, label, text, font("meta"), theme.text_2)
            place = self._middle_rect(width)
            if not self._fits(width):
                top = _TICK + line_height("meta")
                place = QRectF(0, top, width, line_height("sticky"))
            centre = Qt.AlignmentFlag.AlignHCenter
            paint_line(painter, place, self._middle, font("sticky"), theme.text, alignment=centre)
