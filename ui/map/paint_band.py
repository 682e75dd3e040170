"""Painting of lines over the map: the band that selects, transitions, and service lines."""

import math

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from ui.map.layout import MapLayout, service_lines
from ui.shell.theme import Theme

_RISE = 26.0  # how far an arrow rises above the cards it joins
_HEAD = 7.0
_DASHED = 1.25


def paint_band(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """Paint the frame that selects what it touches."""
    fill = QColor(theme.accent)
    fill.setAlpha(28)
    painter.setBrush(fill)
    painter.setPen(QPen(theme.accent, 1.0, Qt.PenStyle.DashLine))
    painter.drawRect(rect)


def paint_link(painter: QPainter, start: QPointF, end: QPointF, theme: Theme) -> None:
    """Paint a transition as an arrow that rises over the cards between."""
    top = min(start.y(), end.y()) - _RISE
    before_end = QPointF(end.x(), top)
    path = QPainterPath(start)
    path.cubicTo(QPointF(start.x(), top), before_end, end)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.accent, 1.5))
    painter.drawPath(path)
    turn = math.atan2(end.y() - before_end.y(), end.x() - before_end.x())
    head = [
        end,
        *(
            end - QPointF(math.cos(turn + side) * _HEAD, math.sin(turn + side) * _HEAD)
            for side in (0.45, -0.45)
        ),
    ]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.accent)
    painter.drawPolygon(QPolygonF(head))


def paint_service_lines(
    painter: QPainter, layout: MapLayout, exposed: QRectF, theme: Theme
) -> None:
    """Paint the lines of interaction and visibility through what is exposed."""
    pen = QPen(theme.neutral, _DASHED)
    # A whole number of dashes to a column: those of two strokes meet, and columns are alike.
    scale, width = painter.worldTransform().m11(), layout.shape.column
    period = width / max(round(width * scale / (9.0 * _DASHED)), 1)
    unit = period * scale / 9.0 / _DASHED
    pen.setDashPattern([5.0 * unit, 4.0 * unit])
    pen.setCosmetic(True)
    painter.setPen(pen)
    left = max(math.floor(exposed.left() / width) * width, 0.0)
    right = min(exposed.right(), layout.width)
    for _name, lane in service_lines(layout):
        y = layout.lanes[lane].top
        if exposed.top() - 2 <= y <= exposed.bottom() + 2:
            painter.drawLine(QLineF(left, y, right, y))
