"""The shapes everything is painted with: boxes, the ring of focus, key caps."""

import sys

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ui.shell.theme import Theme
from ui.shell.type import font
from ui.shell.wrapping import paint_line, text_width


def draw_box(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: QColor | None,
    *,
    line: QColor | None = None,
    width: float = 1.0,
    style: Qt.PenStyle = Qt.PenStyle.SolidLine,
) -> None:
    """Paint a rounded box whose line lies inside `rect`, so neighbours line up."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    if line is None:
        painter.setPen(Qt.PenStyle.NoPen)
        inset = 0.0
    else:
        painter.setPen(dashed(line, width, style))
        inset = width / 2
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)


def fill_rect(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    """Fill a plain rectangle.

    As QPainter.fillRect and QBrush(QColor), whose overloads make PySide build enums of hundreds
    of members at their first call: some milliseconds before the first paint.
    """
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRect(rect)


def dashed(colour: QColor, width: float, style: Qt.PenStyle) -> QPen:
    """Return a pen whose dashes and dots suit a small box (2.5 on, 2 off; 1 on, 1.5 off)."""
    pen = QPen(colour, width)
    if style == Qt.PenStyle.DashLine:
        pen.setDashPattern([2.5, 2.0])
    elif style == Qt.PenStyle.DotLine:
        pen.setDashPattern([1.0, 1.5])
    return pen


def paint_focus_ring(painter: QPainter, rect: QRectF, radius: float, theme: Theme) -> None:
    """Paint the 2 px ring of keyboard focus just inside `rect`."""
    draw_box(painter, rect, radius, None, line=theme.accent, width=2.0)


def paint_key_cap(painter: QPainter, rect: QRectF, keys: str, theme: Theme) -> None:
    """Paint a key as on a keyboard, its text centred in `rect`."""
    painter.save()
    draw_box(painter, rect, 4, theme.surface, line=theme.hairline)
    face = font("meta")
    paint_line(painter, rect, keys, face, theme.text_2, alignment=Qt.AlignmentFlag.AlignHCenter)
    painter.restore()


def key_cap_width(keys: str) -> float:
    """Return the width a key cap needs for its text, logical pixels."""
    return round(text_width(keys, font("meta"))) + 12.0


def key_words(keys: str) -> str:
    """Return a shortcut as people read it on a key cap: "Ctrl+K" becomes "Ctrl K"."""
    if sys.platform == "darwin":
        from PySide6.QtGui import QKeySequence

        return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    if keys.endswith("++"):
        return f"{keys[:-2].replace('+', ' ')} +"
    return keys.replace("+", " ") if len(keys) > 1 else keys
