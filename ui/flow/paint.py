"""Painting of a flow: cards, arrows and their words, in scene coordinates.

The same code paints the screen, far views and vector pictures.
"""

import itertools
from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from journey.graph.arrows import Standing
from journey.graph.found import Pair
from journey.graph.layout import CARD_WIDTH
from journey.model.map import LOST
from ui.flow import words
from ui.flow.board import FlowBoard
from ui.flow.cards import ICON, PAD, TEXT_LEFT, CardText
from ui.flow.lines import Line, edges_of, rect_of
from ui.flow.paint_arrows import paint_arrow, paint_halo, paint_label
from ui.flow.shown import Shown
from ui.map.lettering import Face
from ui.map.paint import Look, paint_lines
from ui.shell.drawing import draw_box
from ui.shell.icons import paint_icon

FAR: Final = 0.42  # below this scale text is not legible
FARTHEST: Final = 0.12


def paint_flow(look: Look, exposed: QRectF, board: FlowBoard, shown: Shown, near: bool) -> None:
    """Paint the exposed part of a flow, its header left out."""
    _paint_bands(look, exposed, board, shown)
    look.painter.setRenderHint(QPainter.RenderHint.Antialiasing, near)
    if not near:
        _paint_far(look, exposed, board, shown)
        return
    lines = lines_in(board, exposed)
    chosen = [x for x in lines if x.arrow.pair in shown.pairs]
    for line in lines:
        if line.arrow.pair not in shown.pairs:
            paint_arrow(look, line)
    for line in chosen:
        paint_halo(look, line)
        paint_arrow(look, line, gap=False)
    near_cards = exposed.adjusted(-8, -8, 8, 8)
    left, top, right, bottom = edges_of(near_cards)
    for node, box in board.layout.boxes.items():
        if box.x < right and box.right > left and box.y < bottom and box.bottom > top:
            rect = rect_of(box)
            paint_card(look, rect, board.cards[node], node in shown.nodes)
    paint_retained(look, board, near_cards)
    for line in lines:
        if line.label is not None:
            paint_label(look, line, line.arrow.pair in shown.pairs)
    _paint_rings(look, board, shown)


def lines_in(board: FlowBoard, exposed: QRectF) -> list[Line]:
    """Return the arrows that may show in a part of the scene; quick, as all of them are asked."""
    left, top, right, bottom = edges_of(exposed)
    return [
        line
        for line in board.lines.values()
        if (e := line.edges)[0] < right and e[2] > left and e[1] < bottom and e[3] > top
    ]


def _paint_bands(look: Look, exposed: QRectF, board: FlowBoard, shown: Shown) -> None:
    theme, painter, layout = look.theme, look.painter, board.layout
    top, bottom = exposed.top(), exposed.bottom()
    for index, band in enumerate(layout.bands):
        if index == shown.band:
            painter.fillRect(QRectF(band.left, top, band.width, bottom - top), theme.selected)
    pen = QPen(theme.hairline, 1.0)
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    edges = [layout.bands[0].left, *(b.right for b in layout.bands)] if layout.bands else []
    painter.drawLines([
        QLineF(x, top, x, bottom) for x in edges[1:] if exposed.left() - 1 <= x <= exposed.right()
    ])  # fmt: skip


def paint_card(look: Look, rect: QRectF, text: CardText, selected: bool) -> None:
    """Paint a touchpoint: channel icon, name, visits."""
    theme, painter = look.theme, look.painter
    draw_box(painter, rect, 6, theme.surface, line=theme.accent if selected else theme.outline)
    icon_at = QRectF(rect.left() + PAD, rect.top() + PAD, ICON, ICON)
    paint_icon(painter, icon_at, text.icon, theme.accent)
    left = rect.left() + TEXT_LEFT
    place = QPointF(left, rect.top() + PAD)
    y = paint_lines(place, text.lines, Face.STICKY_BOLD, theme.text, look) + 1.0
    if text.figure:
        paint_lines(QPointF(left, y), (text.figure,), Face.META_BOLD, theme.text, look)
        if len(text.foot) == 1:
            left += look.lettering.advance(f"{text.figure} ", Face.META_BOLD)
    paint_lines(QPointF(left, y), text.foot, Face.META, theme.text_2, look)
    if text.moment:
        star = QRectF(rect.left() + PAD + 1, rect.top() + PAD + ICON + 5, 13, 13)
        paint_icon(painter, star, "star", theme.accent)


def paint_retained(look: Look, board: FlowBoard, exposed: QRectF) -> None:
    """Paint the card of those who stay: their number and their share of the cases."""
    rect, theme = rect_of(board.layout.retained), look.theme
    if not rect.intersects(exposed) or not board.cards:
        return
    draw_box(look.painter, rect, 6, theme.improvement, line=theme.improvement_edge)
    ink, stayed, entered = theme.improvement_text, board.stayed(), board.entered
    rows = 1 if stayed is None else 3 if entered else 2
    y = rect.center().y() - (9.0, 20.0, 29.0)[rows - 1]
    icon_at = QRectF(rect.left() + 10, y + 1, 16, 16)
    paint_icon(look.painter, icon_at, "check-circle", ink)
    name = look.lettering.wrap(words.tr("Retained"), Face.STICKY_BOLD, rect.width() - 34)
    y = paint_lines(QPointF(rect.left() + 31, y), name, Face.STICKY_BOLD, ink, look)
    if stayed is None:
        return
    figure = QPointF(rect.left() + 10, y + 4)
    y = paint_lines(figure, (words.count(stayed),), Face.BASE_BOLD, ink, look)
    if entered:
        share = words.of_cases(min(stayed / entered, 1.0))
        paint_lines(QPointF(rect.left() + 10, y), (share,), Face.META, ink, look)


def _paint_rings(look: Look, board: FlowBoard, shown: Shown) -> None:
    painter, theme = look.painter, look.theme
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for node in (*shown.nodes, *shown.ringed):
        box = board.box(node)
        if box is not None:
            painter.setPen(QPen(theme.accent, 2.0))
            away = 3.0 if node in shown.nodes else 1.0
            rect = rect_of(box).adjusted(-away, -away, away, away)
            painter.drawRoundedRect(rect, 6 + away, 6 + away)


# -- far away: all of one kind in one call --------------------------------------------------------


def _paint_far(look: Look, exposed: QRectF, board: FlowBoard, shown: Shown) -> None:
    painter, theme = look.painter, look.theme
    scale = painter.worldTransform().m11()
    lines = lines_in(board, exposed)
    if scale <= FARTHEST:
        lines = [x for x in lines if x.arrow.target != LOST]
    for colour, width, mine in _far_groups(lines, look, shown.pairs):
        pen = QPen(colour, max(width, 1.0 / max(scale, 0.01)))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLines(mine)
    cards = [rect_of(b) for b in board.layout.boxes.values()]
    cards = [rect for rect in cards if rect.intersects(exposed)]
    pen = QPen(theme.outline, 1.0)
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.setBrush(theme.accent_tint)
    painter.drawRects(cards)
    if scale > FARTHEST:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.accent)
        bars = [QRectF(r.left() + 10, r.top() + 14, CARD_WIDTH - 40, 8) for r in cards]
        painter.drawRects(bars)
    painter.setPen(QPen(theme.improvement_edge, 2.0))
    painter.setBrush(theme.improvement)
    if board.cards:
        painter.drawRect(rect_of(board.layout.retained))
    _paint_rings(look, board, shown)


def _far_groups(
    lines: Iterable[Line], look: Look, chosen: frozenset[Pair]
) -> Iterable[tuple[QColor, float, list[QLineF]]]:
    """Return the lines as straight pieces, those of one colour and about one width together."""
    theme = look.theme
    groups: dict[tuple[str, int], list[QLineF]] = {}
    for line in lines:
        role = "graph_edge" if line.width >= 5.0 else "graph_thin"
        if line.arrow.pair in chosen:
            role = "accent"
        elif line.arrow.target == LOST:
            role = "neutral"
        elif line.arrow.standing is Standing.MISSING:
            role = "blind_line"
        points = line.samples[:: 3 if len(line.samples) > 8 else 1]
        if points[-1] != line.samples[-1]:
            points = [*points, line.samples[-1]]
        pieces = groups.setdefault((role, round(line.width / 3) * 3), [])
        pieces += [QLineF(*a, *b) for a, b in itertools.pairwise(points)]
    for (role, width), pieces in sorted(groups.items(), key=lambda g: -g[0][1]):
        yield theme.role(role), float(width), pieces
