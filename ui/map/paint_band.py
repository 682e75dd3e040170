"""Painting of lines over the map: the band that selects, transitions, and service lines."""

import math

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from ui.map.layout import MapLayout, service_lines
from ui.shell.theme import Theme

_RISE = 26.0  # how far an arrow rises above the cards it joins
_HEAD = 7.0
_DASHED = 1.5
_THINNEST = 1.25  # of a pixel as the eye counts them, however far the map is


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
    # In the map's own measure, so that 200 %, print and a page to share show the same line.
    thick = max(_DASHED, _THINNEST / max(painter.worldTransform().m11(), 0.01))
    pen, width = QPen(theme.neutral, thick), layout.shape.column
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    # A whole number of dashes to a column: those of two strokes meet, and columns are alike.
    period = width / max(round(width / (7.5 * thick)), 1) / thick
    pen.setDashPattern([period * 5 / 9, period * 4 / 9])
    painter.setPen(pen)
    first = max(math.floor(exposed.left() / width), 0)
    last = math.ceil(min(exposed.right(), layout.width) / width)
    for _name, lane in service_lines(layout):
        y = layout.lanes[lane].top
        if exposed.top() - 2 <= y <= exposed.bottom() + 2:
            # A stroke a column: Qt begins the dashes of a long one where it clips it.
            columns = range(first, last)
            painter.drawLines([QLineF(c * width, y, (c + 1) * width, y) for c in columns])
