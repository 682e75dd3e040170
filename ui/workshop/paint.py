"""Painting of the cards on the wall."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from ui.numbers import number
from ui.shell.drawing import draw_box
from ui.shell.icons import channel_icon, paint_icon
from ui.shell.theme import Theme
from ui.shell.type import font, line_height
from ui.shell.wrapping import paint_line, text_width
from ui.workshop.cards import DOT, DOT_STEP, EDGE, ICON, PAD, Card, dot_step
from ui.workshop.sorts import SIGNS, Sort, colours
from ui.workshop.wording import votes_word

_SIGN = 28.0
RING = 7.0  # what the ring of the current card takes around it


def paint_card(painter: QPainter, card: Card, theme: Theme, *, current: bool, near: bool) -> None:
    """Paint a card; `current` has the keyboard's ring, `near` is the column words go to."""
    if current:
        around = card.rect.adjusted(-RING + 1, -RING + 1, RING - 1, RING - 1)
        draw_box(painter, around, 12, None, line=theme.accent, width=4)
    if card.sort is Sort.TOUCHPOINT:
        _paint_touchpoint(painter, card, theme, near=near)
    else:
        _paint_sticky(painter, card, theme)


def _paint_touchpoint(painter: QPainter, card: Card, theme: Theme, *, near: bool) -> None:
    line = theme.accent if near else theme.hairline
    draw_box(painter, card.rect, 8, theme.surface, line=line, width=2)
    side = QRectF(card.rect.left() + PAD, card.rect.top(), ICON, card.rect.height())
    paint_icon(painter, side, channel_icon(card.channel), theme.accent)
    card.title.paint(painter, card.text_at, theme.text)
    if card.meta is not None:
        below = card.text_at + QPointF(0, card.title.height)
        card.meta.paint(painter, below, theme.text_2)


def _paint_sticky(painter: QPainter, card: Card, theme: Theme) -> None:
    ground, edge, ink = colours(card.sort, theme)
    draw_box(painter, card.rect, 6, ground)
    bar = QRectF(card.rect.left(), card.rect.top(), EDGE, card.rect.height())
    painter.save()
    painter.setClipRect(bar, Qt.ClipOperation.IntersectClip)
    wide = QRectF(card.rect.left(), card.rect.top(), 4 * EDGE, card.rect.height())
    draw_box(painter, wide, 6, edge)
    painter.restore()
    card.title.paint(painter, card.text_at, theme.text)
    if card.sort is Sort.PAIN:
        _paint_classes(painter, card, theme)
        _paint_votes(painter, card, theme)
        return
    top = card.text_at.y() + (card.fit.line - _SIGN) / 2
    sign = QRectF(card.rect.left() + EDGE + PAD, top, _SIGN, _SIGN)
    paint_icon(painter, sign, SIGNS[card.sort], ink)


def _paint_classes(painter: QPainter, card: Card, theme: Theme) -> None:
    left, high = card.text_at.x(), line_height("workshop_meta")
    rect = QRectF(left, card.classes_top, card.rect.right() - left, high)
    if not card.judged:
        paint_icon(painter, QRectF(left, rect.top() + 4, 18, 18), "circle-dashed", theme.pain_text)
        rect.setLeft(left + 24)
        paint_line(painter, rect, card.line, font("workshop_meta"), theme.pain_text)
        return
    for part in card.line.split("   "):
        word, _, figure = part.rpartition(" ")
        for text, weight in ((f"{word} ", 400), (figure, 600)):
            face = font("workshop_meta", weight)
            paint_line(painter, rect, text, face, theme.pain_text)
            rect.setLeft(rect.left() + text_width(text, face))
        rect.setLeft(rect.left() + 20)


def _paint_votes(painter: QPainter, card: Card, theme: Theme) -> None:
    left, high = card.text_at.x(), line_height("workshop_meta")
    rect = QRectF(left, card.votes_top, card.rect.right() - left, high)
    face = font("workshop_meta")
    if card.votes is None:
        return
    step = dot_step(card.votes, card.rect.width())
    if step and card.votes:
        rect.setLeft(paint_dots(painter, rect, card.votes, step, theme) + 6)
    figure, bold = number(card.votes, 0), font("workshop_meta", 600)
    paint_line(painter, rect, figure, bold, theme.text)
    rect.setLeft(rect.left() + text_width(figure, bold) + 12)
    paint_line(painter, rect, votes_word(card.votes), face, theme.text_2)


def paint_dots(painter: QPainter, rect: QRectF, count: int, step: float, theme: Theme) -> float:
    """Paint dots so far apart from the left of `rect`; return where they end."""
    x, middle, size = rect.left(), rect.center().y(), DOT * step / DOT_STEP
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for _ in range(count):
        draw_box(painter, QRectF(x, middle - size / 2, size, size), size / 2, theme.accent)
        x += step
    return x
