"""The whole map as one picture, for vector export and print: stages, lane names and all lanes."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainter

from ui.map import words
from ui.map.experience import ExperienceLine
from ui.map.headers import span_name
from ui.map.lanes import LaneKind, lane_icon
from ui.map.layout import MapLayout, service_lines
from ui.map.legend import line_words, paint_line_key
from ui.map.lettering import Face
from ui.map.paint import Look, paint_lines
from ui.map.scene import DrawnMap, paint_map
from ui.map.shown import Shown
from ui.numbers import number
from ui.shell.drawing import draw_box
from ui.shell.icons import paint_icon

NAMES: Final = 132.0
STAGES: Final = 40.0
STEPS: Final = 18.0
_LEGEND_FROM: Final = 110.0  # a lane lower than this has no room for the keys of its lines


def picture_size(scene: DrawnMap) -> QSizeF:
    """Return the size of the picture, logical pixels at 100 %."""
    return QSizeF(NAMES + scene.layout.width, _top(scene) + scene.layout.height)


def _top(scene: DrawnMap) -> float:
    """Return the height of the stages with their sub-steps."""
    return STAGES + (STEPS if scene.steps else 0.0)


def paint_picture(painter: QPainter, scene: DrawnMap) -> None:
    """Paint the map from the top left, without selection; scale the painter to fit a page."""
    look, size = scene.look(painter), picture_size(scene)
    painter.save()
    painter.fillRect(QRectF(QPointF(0, 0), size), look.theme.canvas)
    _paint_stages(look, scene)
    _paint_names(look, scene)
    shown = scene.shown
    scene.shown = Shown(fold_texts=shown.fold_texts)
    painter.translate(NAMES, _top(scene))
    whole = QRectF(0, 0, scene.layout.width, scene.layout.height)
    painter.setClipRect(whole)
    paint_map(painter, whole, scene, True, {})
    scene.shown = shown
    painter.restore()


def _paint_stages(look: Look, scene: DrawnMap) -> None:
    layout, theme = scene.layout, look.theme
    for span in layout.spans:
        left = NAMES + span.first * look.column
        bar = QRectF(left + 2, 5, span.count * look.column - 4, STAGES - 10)
        draw_box(look.painter, bar, 4, theme.stage if span.stage else theme.sunken)
        ink = theme.on_stage if span.stage else theme.text_2
        face = Face.BASE_BOLD
        lines = look.lettering.wrap(span_name(span), face, bar.width() - 20)
        if len(lines) > 1:
            face = Face.META_BOLD
            lines = look.lettering.wrap(span_name(span), face, bar.width() - 20)
        top = bar.center().y() - len(lines) * face.line / 2
        paint_lines(QPointF(bar.left() + 10, top), lines, face, ink, look)
    for step in scene.steps:
        left = NAMES + step.first * look.column
        bar = QRectF(left + 2, STAGES - 3, step.count * look.column - 4, STEPS)
        draw_box(look.painter, bar, 3, theme.accent_tint)
        text = look.lettering.wrap(step.name, Face.META, bar.width() - 12)[:1]
        paint_lines(QPointF(bar.left() + 8, bar.top() + 1), text, Face.META, theme.text, look)


def _paint_names(look: Look, scene: DrawnMap) -> None:
    layout, theme = scene.layout, look.theme
    for row in layout.lanes:
        top = _top(scene) + row.top
        look.painter.fillRect(QRectF(0, top, NAMES, 1), theme.hairline)
        pad = 3.0 if row.folded else 8.0
        icon_at = QRectF(10, top + pad, 15, 15)
        paint_icon(look.painter, icon_at, lane_icon(row.spec), theme.text_2)
        lines = look.lettering.wrap(row.spec.name, Face.META_BOLD, NAMES - 34)
        paint_lines(QPointF(30, top + pad), lines, Face.META_BOLD, theme.text_2, look)
        if row.spec.kind is LaneKind.EXPERIENCE and not row.folded:
            paint_axis(look, layout.experience, top, row.height)
    paint_service_names(look, layout, _top(scene), (0.0, layout.height))


def paint_axis(look: Look, line: ExperienceLine, top: float, height: float) -> None:
    """Paint the figures of the experience line and, where there is room, what each line is."""
    theme = look.theme
    for value in line.grid():
        text = number(value, 0, signed=True)
        width = look.lettering.advance(text, Face.META)
        place = QPointF(NAMES - 7 - width, top + line.y(value) - 8)
        paint_lines(place, (text,), Face.META, theme.text_3, look)
    if height < _LEGEND_FROM:
        return
    for index, text in enumerate(line_words()):
        middle = top + 36 + 17 * index
        paint_line_key(look.painter, index, QRectF(10, middle - 4, 18, 8), theme)
        paint_lines(QPointF(32, middle - 8), (text,), Face.META, theme.text_2, look)


def paint_service_names(
    look: Look, layout: MapLayout, shift: float, within: tuple[float, float]
) -> None:
    """Name the lines of interaction and visibility, where the lane above leaves room.

    Args:
        shift: from the map's own heights to the picture's. within: the heights that are drawn.
    """
    for name, below in service_lines(layout):
        above = layout.lanes[below - 1]
        taken = 24.0  # its name; the owners' lane has just this room
        if above.spec.kind is LaneKind.EXPERIENCE and not above.folded:
            taken = max(layout.experience.y(value) for value in layout.experience.grid()) + 9
        text, top = words.service_line(name), above.bottom - 15
        fits = look.lettering.advance(text, Face.META) <= NAMES - 12
        drawn = within[0] <= top and above.bottom <= within[1]
        if fits and drawn and above.height >= taken + 14:
            paint_lines(QPointF(10, top + shift), (text,), Face.META, look.theme.text_3, look)
