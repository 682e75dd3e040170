"""The keys of the experience line: measured, judged, and the band around what is measured."""

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from ui.shell.drawing import draw_box
from ui.shell.theme import Theme


def line_words() -> tuple[str, str, str]:
    """Return what each key says, from the top."""
    return (
        QCoreApplication.translate("Map", "measured"),
        QCoreApplication.translate("Map", "judged"),
        QCoreApplication.translate("Map", "95 %"),
    )


def paint_line_key(painter: QPainter, index: int, rect: QRectF, theme: Theme) -> None:
    """Paint one key: the measured line, the judged line, the band."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    left = QPointF(rect.left(), rect.center().y())
    right = QPointF(rect.right(), rect.center().y())
    if index == 0:
        painter.setPen(QPen(theme.measured, 2.5))
        painter.drawLine(left, right)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.measured)
        painter.drawEllipse(rect.center(), 4, 4)
    elif index == 1:
        pen = QPen(theme.judged, 1.5)
        pen.setDashPattern([2.0, 1.6])
        painter.setPen(pen)
        painter.drawLine(left, right)
        painter.setPen(QPen(theme.judged, 1.5))
        painter.setBrush(theme.surface)
        painter.drawRect(QRectF(rect.center().x() - 3.5, rect.center().y() - 3.5, 7, 7))
    else:
        draw_box(painter, rect.adjusted(0, 0.5, 0, -0.5), 2, theme.measured_band)
