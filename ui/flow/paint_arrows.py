"""Painting of arrows: ribbons, thin lines, what was found or drawn in vain, and their words."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen

from journey.graph.arrows import Arrow, Standing
from journey.graph.routing import CIRCLE, Route, RouteKind
from journey.model.map import LOST
from ui.flow.labels import PILLS
from ui.flow.lines import GAP, Line, is_ribbon, make_line
from ui.map.lettering import Face
from ui.map.paint import Look, paint_lines
from ui.shell.drawing import draw_box
from ui.shell.icons import paint_icon

HALO: Final = 18.0
_DASH: Final = (4.0, 3.0)


def paint_arrow(look: Look, line: Line, *, gap: bool = True) -> None:
    """Paint an arrow, its words left out; `gap` keeps what it crosses away."""
    painter, theme, standing = look.painter, look.theme, line.arrow.standing
    if line.arrow.target == LOST:
        _paint_stub(look, line)
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if gap and not line.casing.isEmpty():
        painter.setPen(_pen(theme.canvas, line.width + 2 * GAP))
        painter.drawPath(line.casing)
    if standing is Standing.UNSEEN:
        _paint_unseen(look, line)
        return
    missing = standing is Standing.MISSING
    edge = theme.graph_edge if is_ribbon(line) else theme.graph_thin
    painter.setPen(_pen(theme.blind_line if missing else edge, line.width))
    painter.drawPath(line.path)
    if missing:
        painter.setPen(QPen(theme.blind_line, 1.5))
        painter.drawLines(line.ticks)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.blind_line if missing else theme.graph_thin)
    painter.drawPolygon(line.head)
    if line.route.kind is RouteKind.START:
        _paint_circle(look, line)


def paint_halo(look: Look, line: Line) -> None:
    """Paint the ground of a selected arrow."""
    colour = QColor(look.theme.accent)
    colour.setAlpha(54)
    pen = QPen(colour, max(HALO, line.width + 8.0))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    look.painter.setBrush(Qt.BrushStyle.NoBrush)
    look.painter.setPen(pen)
    look.painter.drawPath(line.path)


def paint_label(look: Look, line: Line, selected: bool) -> None:
    """Paint the words beside an arrow: a pill where drawn and found part."""
    assert line.label is not None
    theme, rect, standing = look.theme, line.label, line.arrow.standing
    if selected or standing in PILLS:
        _paint_pill(look, line, selected)
        return
    lost = line.arrow.target == LOST
    if line.label_on_ground and not lost:
        look.painter.fillRect(rect.adjusted(1, 1, -1, -1), theme.canvas)
    face = Face.META if lost else Face.META_BOLD
    wide = look.lettering.advance(line.label_text, face)
    place = QPointF(rect.center().x() - wide / 2, rect.center().y() - face.line / 2)
    paint_lines(place, (line.label_text,), face, theme.text_2 if lost else theme.text, look)


def _paint_pill(look: Look, line: Line, selected: bool) -> None:
    assert line.label is not None
    theme, rect, standing = look.theme, line.label, line.arrow.standing
    plus = standing is Standing.MISSING
    if standing not in PILLS:
        rect = rect.adjusted(-5, -1, 5, 1)
    radius = rect.height() / 2
    if selected:
        draw_box(look.painter, rect, radius, theme.accent)
        ink = theme.on_accent
    elif plus:
        draw_box(look.painter, rect, radius, theme.blind, line=theme.blind_line)
        ink = theme.warning
    else:
        style = Qt.PenStyle.DashLine
        draw_box(look.painter, rect, radius, theme.canvas, line=theme.judged, style=style)
        ink = theme.text
    face = Face.META if standing is Standing.UNSEEN and not selected else Face.META_BOLD
    wide = look.lettering.advance(line.label_text, face) + (15.0 if plus else 0.0)
    x = rect.center().x() - wide / 2
    if plus:
        paint_icon(look.painter, QRectF(x - 1, rect.center().y() - 6, 12, 12), "plus", ink)
        x += 15.0
    place = QPointF(x, rect.center().y() - face.line / 2)
    paint_lines(place, (line.label_text,), face, ink, look)


def _paint_unseen(look: Look, line: Line) -> None:
    """Paint what was drawn and never found: dashed, from a hollow square to a hollow head."""
    painter, theme = look.painter, look.theme
    pen = _pen(theme.judged, line.width)
    pen.setDashPattern(list(_DASH))
    painter.setPen(pen)
    painter.drawPath(line.path)
    painter.setPen(QPen(theme.judged, 1.5))
    painter.setBrush(theme.surface)
    x, y = line.samples[0]
    painter.drawRect(QRectF(x - 3.5, y - 3.5, 7, 7))
    painter.drawPolygon(line.head)


def _paint_stub(look: Look, line: Line) -> None:
    """Paint those who leave: a stub under the card that ends on a bar."""
    painter, theme = look.painter, look.theme
    (x, top), (_, bottom) = line.samples[0], line.route.tip
    width = max(line.width, 2.0)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.outline)
    painter.drawRect(QRectF(x - width / 2, top, width, bottom - top - 2))
    painter.setBrush(theme.judged)
    bar = max(width + 4.0, 12.0)
    painter.drawRect(QRectF(x - bar / 2, bottom - 2.5, bar, 2.5))


def _paint_circle(look: Look, line: Line) -> None:
    painter, theme = look.painter, look.theme
    (x, y), (dx, dy) = line.samples[0], line.route.way
    painter.setPen(QPen(theme.accent, 2.0))
    painter.setBrush(theme.canvas)
    painter.drawEllipse(QPointF(x - dx * CIRCLE, y - dy * CIRCLE), CIRCLE, CIRCLE)


def paint_key(standing: Standing, rect: QRectF, look: Look) -> None:
    """Paint a small level arrow of a standing, for the legend."""
    width = 8.0 if standing is Standing.COUNTED else 1.5
    y, x1, x2 = rect.center().y(), rect.left(), rect.right()
    tail = x2 - (11.2 if width > 5 else 9.0)
    points = ((x1, y), (x1 + 8, y), (tail - 8, y), (tail, y))
    route = Route(RouteKind.ONWARD, points, (x2, y), (1.0, 0.0), width)
    paint_arrow(look, make_line(Arrow("a", "b", standing, 1.0), route))


def _pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen
