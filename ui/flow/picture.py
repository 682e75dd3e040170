"""The whole flow as one picture, for vector export and print: stages, cards, arrows, losses."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainter

from journey.graph.layout import START_WIDTH
from ui.flow import words
from ui.flow.paint import paint_flow
from ui.flow.scene import DrawnFlow
from ui.flow.shown import Shown
from ui.flow.strips import band_name
from ui.map.lettering import Face
from ui.map.paint import Look, paint_lines
from ui.shell.drawing import draw_box

STAGES: Final = 40.0
LOSSES: Final = 50.0


def picture_size(scene: DrawnFlow) -> QSizeF:
    """Return the size of the picture, logical pixels at 100 %."""
    layout = scene.board.layout
    return QSizeF(layout.width, STAGES + layout.height + _foot(scene))


def paint_picture(painter: QPainter, scene: DrawnFlow) -> None:
    """Paint the flow from the top left, without selection; scale the painter to fit a page."""
    look, size = scene.look(painter), picture_size(scene)
    painter.save()
    painter.fillRect(QRectF(QPointF(0, 0), size), look.theme.canvas)
    if scene.board.layout.bands:
        _paint_stages(look, scene)
        if _foot(scene):
            _paint_losses(look, scene, size.height() - LOSSES)
    painter.translate(0, STAGES)
    whole = QRectF(0, 0, scene.board.layout.width, scene.board.layout.height)
    painter.setClipRect(whole)
    paint_flow(look, whole, scene.board, Shown(), True)
    painter.restore()


def _foot(scene: DrawnFlow) -> float:
    return LOSSES if any(x is not None for x in scene.board.lost) else 0.0


def _paint_stages(look: Look, scene: DrawnFlow) -> None:
    board, theme = scene.board, look.theme
    middle = STAGES / 2 - Face.STICKY_BOLD.line / 2
    start, end = words.tr("Start"), words.tr("Exit")
    wide = look.lettering.advance(start, Face.STICKY_BOLD)
    left = min(10.0, START_WIDTH - wide - 4)
    paint_lines(QPointF(left, middle), (start,), Face.STICKY_BOLD, theme.text_2, look)
    place = QPointF(board.layout.bands[-1].right + 10, middle)
    paint_lines(place, (end,), Face.STICKY_BOLD, theme.text_2, look)
    for band in board.layout.bands:
        bar = QRectF(band.left + 2, 5, band.width - 4, STAGES - 10)
        draw_box(look.painter, bar, 4, theme.stage if band.stage else theme.sunken)
        ink, face = theme.on_stage if band.stage else theme.text_2, Face.BASE_BOLD
        lines = look.lettering.wrap(band_name(board, band), face, bar.width() - 20)
        if len(lines) > 1:
            face = Face.META_BOLD
            lines = look.lettering.wrap(band_name(board, band), face, bar.width() - 20)
        top = bar.center().y() - len(lines) * face.line / 2
        paint_lines(QPointF(bar.left() + 10, top), lines, face, ink, look)


def _paint_losses(look: Look, scene: DrawnFlow, top: float) -> None:
    board, theme = scene.board, look.theme
    sums = board.lost
    most = max((x or 0.0 for x in sums), default=0.0)
    look.painter.fillRect(QRectF(0, top, board.layout.width, 1), theme.hairline)
    place = QPointF(10, top + 8)
    paint_lines(place, (words.tr("Lost"),), Face.STICKY_BOLD, theme.text_2, look)
    for band, value in zip(board.layout.bands, sums, strict=True):
        if value is None:
            continue
        place = QPointF(band.left + 8, top + 8)
        paint_lines(place, (words.count(value),), Face.STICKY_BOLD, theme.text, look)
        x = place.x() + look.lettering.advance(f"{words.count(value)} ", Face.STICKY_BOLD)
        said = words.tr("lost")
        if board.entered:
            said = f"{said}, {words.of_cases(min(value / board.entered, 1.0))}"
        paint_lines(QPointF(x, place.y()), (said,), Face.STICKY, theme.text_2, look)
        bar = QRectF(band.left + 8, top + 32, band.width - 22, 6)
        draw_box(look.painter, bar, 2, theme.sunken)
        if most:
            bar.setWidth(max(bar.width() * value / most, 2.0))
            draw_box(look.painter, bar, 2, theme.neutral)
