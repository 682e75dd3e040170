"""The Waymark sign: a path of way points on the accent, as in resources/icons/waymark.svg.

Drawn here by hand, so the first paint needs no SVG reader.
"""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.shell.theme import Theme, active_theme

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon, QPaintEvent

# On a square of 40 units, the same figures as in the file.
_SQUARE: Final = 40.0
_PATH: Final = ((8.5, 15.0), (14.5, 27.5), (20.0, 17.0), (25.5, 27.5), (30.5, 14.0))
_POINT: Final = (30.5, 13.5, 3.6)


def paint_logo(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """Paint the sign into the square `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / _SQUARE, rect.height() / _SQUARE)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.accent)
    painter.drawRoundedRect(QRectF(1, 1, 38, 38), 9, 9)
    pen = QPen(theme.on_accent, 3.5)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in _PATH]))
    x, y, radius = _POINT
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.on_accent)
    painter.drawEllipse(QPointF(x, y), radius, radius)
    painter.restore()


def logo_icon() -> "QIcon":
    """Return the sign as the window's icon, in the sizes title bars and docks ask for."""
    from PySide6.QtGui import QIcon, QPixmap

    made = QIcon()
    for side in (16, 32, 64, 128):
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_logo(painter, QRectF(pixmap.rect()), Theme.light())
        painter.end()
        made.addPixmap(pixmap)
    return made


class Logo(QWidget):
    """The sign as a widget."""

    def __init__(self, size: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = size
        self.setAccessibleName("Waymark")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Qt's virtual."""
        return QSize(self._side, self._side)

    def paintEvent(self, _event: "QPaintEvent") -> None:
        """Qt's virtual."""
        with QPainter(self) as painter:
            paint_logo(painter, QRectF(self.rect()), active_theme())
