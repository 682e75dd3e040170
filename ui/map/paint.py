"""Painting of cards: plain text in lines already broken, shapes and marks in the theme's roles.

Everything is drawn in scene coordinates, so zoom and vector export need nothing of their own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from ui.clipboard import show_picture
from ui.map import cells, words
from ui.map.cells import (
    BADGE,
    CARD_PAD,
    FOOT,
    FOOT_ICON,
    ICON,
    MOMENT_LEFT,
    TEXT_LEFT,
    TEXT_TOP,
    Block,
)
from ui.map.lanes import LaneKind
from ui.map.layout import Box
from ui.map.lettering import Face, QtLettering
from ui.shell.drawing import draw_box
from ui.shell.icons import channel_icon, paint_icon
from ui.shell.theme import Theme
from ui.shell.widgets.marks import (
    CHIP_HEIGHT,
    ChipFace,
    chip_width,
    paint_avatar,
    paint_chip,
    paint_level_badge,
    paint_squares,
    squares_width,
)

EDGE: Final = 3.0
CLASS_GAP: Final = 6.0  # at least, between severity and frequency and before the badge
_PICTURE_SIDE: Final = 800


@dataclass(slots=True)
class Look:
    """What painting needs: the painter, fonts, the theme, and the column's width."""

    painter: QPainter
    lettering: QtLettering
    theme: Theme
    column: float = 136.0


def rect_of(box: Box) -> QRectF:
    """Return a box as Qt wants it."""
    return QRectF(box.x, box.y, box.width, box.height)


def paint_lines(
    place: QPointF,
    lines: Sequence[str],
    face: Face,
    colour: QColor,
    look: Look,
) -> float:
    """Paint lines from the top left `place` and return the y below the last."""
    painter, letters = look.painter, look.lettering.letters[face]
    painter.setFont(letters.font)
    painter.setPen(colour)
    x, top = place.x(), place.y()
    y = top + letters.ascent
    for line in lines:
        painter.drawText(QPointF(x, y), line)
        y += letters.line
    return top + len(lines) * letters.line


def paint_sticky(painter: QPainter, rect: QRectF, fill: QColor, edge: QColor | None) -> None:
    """Paint a sticky's ground and the 3 px edge at its left."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRoundedRect(rect, 4, 4)
    if edge is not None:
        painter.setBrush(edge)
        painter.drawRoundedRect(QRectF(rect.left(), rect.top(), EDGE, rect.height()), 1.5, 1.5)


def paint_note(painter: QPainter, rect: QRectF, block: Block, content: str, look: Look) -> None:
    """Paint a sticky of a lane of notes: yellow for actions, grey for everything else."""
    theme = look.theme
    acts = content == "actions"
    fill, edge = (theme.action, theme.action_edge) if acts else (theme.sunken, None)
    paint_sticky(painter, rect, fill, edge)
    if block.picture:
        room = QRectF(rect.left(), rect.top(), rect.width(), block.picture_height)
        paint_picture_of(painter, room, block.picture, theme)
    ink = theme.text if acts else theme.text_2
    place = QPointF(rect.left() + TEXT_LEFT, rect.top() + TEXT_TOP + block.picture_height)
    paint_lines(place, block.lines, Face.STICKY, ink, look)


@lru_cache(maxsize=64)
def _picture(data: str) -> QImage:
    """Return a note's picture as large as a card at 400 % needs it."""
    image = show_picture(data)
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    small = image.isNull() or max(image.width(), image.height()) <= _PICTURE_SIDE
    return image if small else image.scaled(_PICTURE_SIDE, _PICTURE_SIDE, keep, smooth)


def paint_picture_of(painter: QPainter, room: QRectF, data: str, theme: Theme) -> None:
    """Paint a picture whole and undistorted in its room; a damaged one as a broken frame."""
    image = _picture(data)
    if image.isNull():
        draw_box(painter, room, 4, theme.sunken, line=theme.outline, style=Qt.PenStyle.DashLine)
        side = QRectF(room.center().x() - 10, room.center().y() - 10, 20, 20)
        paint_icon(painter, side, "image-broken", theme.text_3)
        return
    size = QSizeF(image.size()).scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    left = room.center().x() - size.width() / 2
    top = room.center().y() - size.height() / 2
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(QPointF(left, top), size), image)


# Grounds a person may give a card: the role of the ground, that of its edge.
CARD_COLOURS: Final[dict[str, str]] = {
    "action": "action_edge",
    "pain": "pain_edge",
    "improvement": "improvement_edge",
    "accent_tint": "accent",
    "blind": "blind_line",
    "sunken": "neutral",
}


def card_colours(theme: Theme, colour: str, ground: str, edge: str) -> tuple[QColor, QColor]:
    """Return ground and edge of a card: of the colour chosen for it, else its usual ones."""
    if colour in CARD_COLOURS:
        ground, edge = colour, CARD_COLOURS[colour]
    return getattr(theme, ground), getattr(theme, edge)


def paint_touchpoint(
    painter: QPainter, rect: QRectF, block: Block, selected: bool, look: Look
) -> None:
    """Paint a touchpoint: channel icon, name, channel in words, moment of truth."""
    theme = look.theme
    fill, line = card_colours(theme, block.colour, "surface", "outline")
    draw_box(painter, rect, 6, fill, line=theme.accent if selected else line)
    icon_at = QRectF(rect.left() + CARD_PAD, rect.top() + CARD_PAD, ICON, ICON)
    paint_icon(painter, icon_at, channel_icon(block.mark), theme.accent)
    left = icon_at.right() + 6
    place = QPointF(left, rect.top() + CARD_PAD)
    y = paint_lines(place, block.lines, Face.STICKY_BOLD, theme.text, look)
    moment = len(block.foot) if not block.ok else block.foot_split
    paint_lines(QPointF(left, y), block.foot[:moment], Face.META, theme.text_2, look)
    if block.ok:
        y += moment * FOOT
        star = QRectF(rect.left() + CARD_PAD, y + 1, 13, 13)
        paint_icon(painter, star, "star", theme.accent)
        words_at = QPointF(rect.left() + MOMENT_LEFT, y)
        paint_lines(words_at, block.foot[moment:], Face.META, theme.accent, look)
    if block.shared:
        y = rect.top() + CARD_PAD + len(block.lines) * Face.STICKY.line + len(block.foot) * FOOT
        link = QRectF(rect.left() + CARD_PAD, y + 1, 13, 13)
        paint_icon(painter, link, "link", theme.text_2)
        words_at = QPointF(rect.left() + MOMENT_LEFT, y)
        paint_lines(words_at, block.shared, Face.META, theme.text_2, look)
    badge = QRectF(rect.right() - 4.0 - BADGE, rect.bottom() - 4.0 - BADGE, BADGE, BADGE)
    paint_level_badge(painter, badge, block.level, theme)


def paint_pain_point(painter: QPainter, rect: QRectF, block: Block, look: Look) -> None:
    """Paint a pain point: title, then severity, frequency and the level of evidence in a line."""
    theme = look.theme
    paint_sticky(painter, rect, *card_colours(theme, block.colour, "pain", "pain_edge"))
    ink = theme.text_2 if block.colour in CARD_COLOURS else theme.pain_text
    place = QPointF(rect.left() + TEXT_LEFT, rect.top() + TEXT_TOP)
    paint_lines(place, block.lines, Face.STICKY, theme.text, look)
    y = rect.bottom() - TEXT_TOP - FOOT
    left, end = rect.left() + TEXT_LEFT, rect.right()
    letters = words.class_letters()
    wide = [look.lettering.mark(letter, Face.META) + 2.0 for letter in letters]
    if block.level:
        badge = QRectF(rect.right() - 3.0 - BADGE, y + 1.0, BADGE, BADGE)
        paint_level_badge(painter, badge, block.level, theme)
        end = badge.left()
    spare = end - left - sum(wide)
    tight = spare - 2 * squares_width() < 2 * CLASS_GAP
    room = squares_width(tight=tight)
    # Half of what is left stands between the classes, half before the badge or the edge.
    gap = min(max((spare - 2 * room) / 2, 3.0), 9.0)
    for letter, filled, width in zip(letters, block.filled, wide, strict=True):
        paint_lines(QPointF(left, y), (letter,), Face.META, ink, look)
        squares = QRectF(left + width, y, room, FOOT)
        paint_squares(painter, squares, filled, ink)
        left = squares.right() + gap


def paint_improvement(painter: QPainter, rect: QRectF, block: Block, look: Look) -> None:
    """Paint an improvement: title, then status icon, effort, status in words, and the level."""
    theme = look.theme
    paint_sticky(painter, rect, theme.improvement, theme.improvement_edge)
    x = rect.left() + TEXT_LEFT
    place = QPointF(x, rect.top() + TEXT_TOP)
    paint_lines(place, block.lines, Face.STICKY, theme.text, look)
    y = rect.bottom() - TEXT_TOP - len(block.foot) * FOOT
    paint_icon(painter, QRectF(x, y + 1.5, 12, 12), block.mark, theme.improvement_text)
    foot = QPointF(x + FOOT_ICON, y)
    paint_lines(foot, block.foot, Face.META, theme.improvement_text, look)
    if block.level:
        badge = QRectF(rect.right() - 3.0 - BADGE, rect.bottom() - 4.0 - BADGE, BADGE, BADGE)
        paint_level_badge(painter, badge, block.level, theme)


def paint_strength(painter: QPainter, rect: QRectF, block: Block, look: Look) -> None:
    """Paint what already delights: a heart and the title."""
    theme = look.theme
    paint_sticky(painter, rect, theme.sunken, theme.good)
    x = rect.left() + TEXT_LEFT
    icon_at = QRectF(x, rect.top() + TEXT_TOP + 1, 14, 14)
    paint_icon(painter, icon_at, "heart", theme.good)
    place = QPointF(x + 18, rect.top() + TEXT_TOP)
    paint_lines(place, block.lines, Face.STICKY, theme.text, look)


def paint_kpi(painter: QPainter, rect: QRectF, block: Block, look: Look) -> None:
    """Paint a KPI: name, value, whether the target is met, and the target."""
    theme = look.theme
    y = paint_lines(rect.topLeft(), block.lines, Face.META, theme.text_2, look)
    value, tab, target = block.foot[0].partition("\t")
    x = rect.left()
    has_value = block.ok is not None or not tab
    face, ink = (Face.STICKY_BOLD, theme.text) if has_value else (Face.META, theme.text_3)
    paint_lines(QPointF(x, y), (value,), face, ink, look)
    x += look.lettering.mark(value, face) + 4
    if block.ok is not None:
        name, colour = ("check", theme.good) if block.ok else ("x", theme.warning)
        paint_icon(painter, QRectF(x, y + 2, 12, 12), name, colour)
        x += 16
    if len(block.foot) > 1:
        x, y, target = rect.left(), y + Face.STICKY.line, block.foot[1]
    paint_lines(QPointF(x, y + 0.5), (target,), Face.META, theme.text_2, look)
    if block.level:
        badge = QRectF(rect.right() - BADGE, rect.top(), BADGE, BADGE)
        paint_level_badge(painter, badge, block.level, theme)


def paint_metric(painter: QPainter, rect: QRectF, block: Block, look: Look) -> None:
    """Paint a chip, centred in its column; one too wide for it takes two rows."""
    assert block.chip is not None
    middle = rect.center().x()
    if rect.height() <= CHIP_HEIGHT:
        width = chip_width(block.chip)
        paint_chip(painter, QPointF(round(middle - width / 2), rect.top()), block.chip, look.theme)
        return
    paint_tall_chip(painter, middle, rect.top(), block.chip, look)


def paint_tall_chip(
    painter: QPainter, middle: float, top: float, face: ChipFace, look: Look
) -> None:
    """Paint a chip in two rows: metric and value, then margin and n."""
    theme, letters = look.theme, look.lettering
    metric = letters.advance(face.metric + " ", Face.META)
    value = letters.advance(face.value, Face.META_BOLD)
    tail = " · ".join(text for text in (face.margin, face.n) if text)
    below = letters.advance(tail, Face.META)
    width = max(metric + value, below) + 20
    rect = QRectF(round(middle - width / 2), top, width, CHIP_HEIGHT + FOOT)
    draw_box(painter, rect, CHIP_HEIGHT / 2, theme.surface, line=theme.outline)
    x = middle - (metric + value) / 2
    paint_lines(QPointF(x, top + 4), (face.metric,), Face.META, theme.text_2, look)
    bold = QPointF(x + metric, top + 4)
    paint_lines(bold, (face.value,), Face.META_BOLD, theme.text, look)
    place = QPointF(middle - below / 2, top + 4 + FOOT)
    paint_lines(place, (tail,), Face.META, theme.text_2, look)


def paint_owner(painter: QPainter, rect: QRectF, block: Block, look: Look) -> None:
    """Paint an owner: initials in a disc, then the name."""
    side = cells.AVATAR
    disc = QRectF(rect.left() + 2, rect.center().y() - side / 2, side, side)
    paint_avatar(painter, disc, block.mark, look.theme)
    top = rect.center().y() - len(block.lines) * Face.STICKY.line / 2
    place = QPointF(disc.right() + 8, top)
    paint_lines(place, block.lines, Face.STICKY, look.theme.text_2, look)


_PLAIN: Final[dict[LaneKind, Callable[[QPainter, QRectF, Block, Look], None]]] = {
    LaneKind.METRICS: paint_metric,
    LaneKind.KPIS: paint_kpi,
    LaneKind.PAIN_POINTS: paint_pain_point,
    LaneKind.IMPROVEMENTS: paint_improvement,
    LaneKind.STRENGTHS: paint_strength,
    LaneKind.OWNER: paint_owner,
}


def paint_block(look: Look, rect: QRectF, block: Block, content: str, selected: bool) -> None:
    """Paint any card; `content` is that of a lane of notes."""
    painter = look.painter
    if block.kind is LaneKind.NOTES:
        paint_note(painter, rect, block, content, look)
    elif block.kind is LaneKind.TOUCHPOINTS:
        paint_touchpoint(painter, rect, block, selected, look)
    else:
        _PLAIN[block.kind](painter, rect, block, look)


def paint_ring(painter: QPainter, rect: QRectF, radius: float, theme: Theme) -> None:
    """Paint the ring of a selected card: 2 px of accent, 2 px away."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.accent, 2.0))
    painter.drawRoundedRect(rect.adjusted(-3, -3, 3, 3), radius + 3, radius + 3)


def paint_ghost(painter: QPainter, rect: QRectF, text: str, look: Look) -> None:
    """Paint a place where something can be added: a dashed box with a plus and words."""
    theme = look.theme
    draw_box(painter, rect, 4, theme.surface, line=theme.outline, style=Qt.PenStyle.DashLine)
    lines = look.lettering.wrap(text, Face.STICKY, rect.width() - 36)
    top = rect.center().y() - len(lines) * Face.STICKY.line / 2
    plus = QRectF(rect.left() + 9, top + 1, 14, 14)
    paint_icon(painter, plus, "plus", theme.accent)
    place = QPointF(rect.left() + 28, top)
    paint_lines(place, lines, Face.STICKY, theme.accent, look)
