"""The marks of the Quarter screen: causes as bars, a change on its scale, predicted and observed.

Each cause has a pattern of its own; colour is the second signal.
"""

from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from journey.quarter.causes import Cause
from journey.quarter.compare import ComparedItem
from ui.quarter.words import CAUSES
from ui.shell.drawing import draw_box, fill_rect
from ui.shell.theme import Theme

BOX_WIDTH: Final = 20.0
BOX_HEIGHT: Final = 10.0
_GAP: Final = 3.0
_MOST_BOXES: Final = 8
_LEAST_BOX: Final = 9.0  # narrower than this, places are no longer counted by eye
_LEAST_BAR: Final = 2.0
_SPAN: Final = _MOST_BOXES * (BOX_WIDTH + _GAP)  # the longest row


def paint_cause(painter: QPainter, rect: QRectF, cause: Cause, theme: Theme) -> None:
    """Paint one cause's box: data plain, method diagonal, assumption dotted, edit grey lines."""
    painter.save()
    if cause is Cause.EDIT:
        draw_box(painter, rect, 2.5, theme.surface, line=theme.neutral)
        pen = QPen(theme.neutral, 1.0)
        painter.setPen(pen)
        for step in (1, 2, 3):
            y = round(rect.top() + rect.height() * step / 4) + 0.5
            painter.drawLine(QLineF(rect.left() + 2, y, rect.right() - 2, y))
        painter.restore()
        return
    fill = {
        Cause.DATA: theme.cause_data,
        Cause.METHOD: theme.cause_method,
        Cause.ASSUMPTION: theme.cause_assumption,
    }[cause]
    draw_box(painter, rect, 2.5, fill)
    painter.setClipRect(rect)
    if cause is Cause.METHOD:
        painter.setPen(QPen(QColor(255, 255, 255, 190), 1.2))
        x = rect.left() - rect.height()
        while x < rect.right():
            painter.drawLine(QLineF(x, rect.bottom(), x + rect.height(), rect.top()))
            x += 5
    elif cause is Cause.ASSUMPTION:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(255, 255, 255, 210))
        x = rect.left() + 4
        while x < rect.right() - 1:
            for y in (rect.top() + 3, rect.bottom() - 3):
                painter.drawEllipse(QPointF(x, y), 1.0, 1.0)
            x += 5
    painter.restore()


def cause_spans(item: ComparedItem, longest: int) -> list[tuple[Cause, float, float]]:
    """Return (cause, left, width) of each box of a row, logical pixels from its left edge.

    A box stands for one place, as wide in every row, so that rows can be compared; of more
    places than can be counted by eye, a cause is one bar on that same scale.

    Args:
        longest: the most places any row moved, all causes taken together.
    """
    if item.cause is not None:
        return [(item.cause, 0.0, BOX_WIDTH)]
    unit = min(_SPAN / max(longest, 1), BOX_WIDTH + _GAP)
    gap = _GAP if unit > BOX_WIDTH else 2.0
    spans: list[tuple[Cause, float, float]] = []
    left = 0.0
    for cause in CAUSES:
        count = abs(item.because[cause])
        if count and unit - gap >= _LEAST_BOX:
            spans += [(cause, left + i * unit, unit - gap) for i in range(count)]
        elif count:
            spans.append((cause, left, max(count * unit - gap / 2, _LEAST_BAR)))
        left += count * unit
    return spans


def places_moved(item: ComparedItem) -> int:
    """Return how many places a row moved, up and down, all causes taken together."""
    return 0 if item.cause is not None else sum(abs(item.because[cause]) for cause in CAUSES)


def paint_causes(
    painter: QPainter, place: QPointF, item: ComparedItem, longest: int, theme: Theme
) -> None:
    """Paint a box per place a row moved, on the scale of the row that moved most."""
    for cause, left, width in cause_spans(item, longest):
        box = QRectF(place.x() + left, place.y(), width, BOX_HEIGHT)
        paint_cause(painter, box, cause, theme)


def causes_width() -> float:
    """Return the widest the boxes of a row can be, logical pixels."""
    return _SPAN + 3 * _GAP


def paint_difference(
    painter: QPainter,
    rect: QRectF,
    span: tuple[float, float, float],
    reach: float,
    *,
    changed: bool,
    theme: Theme,
) -> None:
    """Paint a difference with its 95 % interval around a line at zero.

    Args:
        span: low, difference, high. reach: the scale is −reach … +reach.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    low, middle, high = (
        rect.center().x() + min(max(v / reach, -1.0), 1.0) * (rect.width() / 2 - 6) for v in span
    )
    y = round(rect.center().y())
    zero = round(rect.center().x())
    fill_rect(painter, QRectF(zero, rect.top() + 4, 1, rect.height() - 8), theme.outline)
    bar = QRectF(low, y - 3, max(high - low, 2.0), 6)
    if changed:
        draw_box(painter, bar, 3, theme.interval)
        painter.setBrush(theme.interval_tick)
        painter.setPen(Qt.PenStyle.NoPen)
    else:
        draw_box(painter, bar, 3, theme.sunken, line=theme.outline)
        painter.setBrush(theme.surface)
        painter.setPen(QPen(theme.neutral, 1.5))
    painter.drawEllipse(QPointF(middle, y), 4.0, 4.0)
    painter.restore()


def paint_prediction(
    painter: QPainter,
    rect: QRectF,
    predicted: tuple[float, float, float],
    observed: float | None,
    *,
    scale: tuple[float, float],
    theme: Theme,
) -> None:
    """Paint a predicted 80 % bar with its mean, and the observed value as a diamond.

    Args:
        predicted: low, mean, high. scale: the values at both ends.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    start, end = scale
    width = max(end - start, 1e-9)

    def at(value: float) -> float:
        return rect.left() + 6 + (value - start) / width * (rect.width() - 12)

    y = round(rect.center().y())
    fill_rect(painter, QRectF(rect.left(), y, rect.width(), 1), theme.hairline)
    low, mean, high = predicted
    draw_box(painter, QRectF(at(low), y - 4, max(at(high) - at(low), 2.0), 9), 1.5, theme.interval)
    fill_rect(painter, QRectF(round(at(mean)) - 1.5, y - 6, 3, 13), theme.interval_tick)
    if observed is not None:
        x = at(observed)
        diamond = QPolygonF(
            [QPointF(x, y - 6), QPointF(x + 6, y + 0.5), QPointF(x, y + 7), QPointF(x - 6, y + 0.5)]
        )
        painter.setBrush(theme.surface)
        painter.setPen(QPen(theme.text, 1.6))
        painter.drawPolygon(diamond)
    painter.restore()
