"""The small marks of evidence, painted the same in widgets, list rows and on the map.

Every function paints into logical pixels, leaves the painter as it found it, and takes its
colours from the theme it is given.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ui.shell.drawing import draw_box, fill_rect
from ui.shell.icons import paint_icon
from ui.shell.theme import Theme
from ui.shell.type import font
from ui.shell.wrapping import paint_line, text_width

CHIP_HEIGHT: Final = 22
BADGE_SIZE: Final = 22
SQUARES: Final = 5
_SQUARE, _SQUARE_GAP, _TIGHT_GAP = 5, 2, 1
_CHIP_PAD: Final = 8.0
_CENTRE: Final = Qt.AlignmentFlag.AlignHCenter


class ChipState(StrEnum):
    """How much stands behind a metric: empty, few and enough look different."""

    MEASURED = "measured"
    TOO_FEW = "too few"
    NOT_ASKED = "not asked"


@dataclass(frozen=True, slots=True)
class ChipFace:
    """The texts of a metric chip, ready to read: "NPS", "+23", "±8", "210"."""

    metric: str
    value: str = ""
    margin: str = ""
    n: str = ""
    state: ChipState = ChipState.MEASURED

    @property
    def sentence(self) -> str:
        """The chip in words, as a screen reader says it and a list prints it."""
        return " ".join(text for text, _ in _chip_parts(self))


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with its 80 % and 95 % intervals, in the unit of the list."""

    low_95: float
    low_80: float
    mean: float
    high_80: float
    high_95: float


@dataclass(frozen=True, slots=True)
class IntervalScale:
    """The one scale all bars of a list share; it must hold the widest 95 % interval."""

    low: float
    high: float

    def at(self, value: float, rect: QRectF) -> float:
        """Return the x of a value inside `rect`; the left edge when the scale has no width."""
        span = self.high - self.low
        return rect.left() + (rect.width() * (value - self.low) / span if span else 0.0)


def paint_level_badge(painter: QPainter, rect: QRectF, level: str, theme: Theme) -> None:
    """Paint a level of evidence A to F: filled, tint, outline twice, dashed, dotted."""
    fill, line, ink, style = _badge_look(level, theme)
    painter.save()
    draw_box(painter, rect, rect.height() * 0.2, fill, line=line, style=style)
    face = font("sticky", 600)
    face.setPixelSize(max(round(rect.height() * 0.54), 10))
    paint_line(painter, rect, level, face, ink, alignment=_CENTRE)
    painter.restore()


def _badge_look(level: str, theme: Theme) -> tuple[QColor, QColor, QColor, Qt.PenStyle]:
    solid = Qt.PenStyle.SolidLine
    if level == "A":
        return theme.accent, theme.accent, theme.on_accent, solid
    if level == "B":
        return theme.accent_tint, theme.accent, theme.accent, solid
    if level in {"C", "D"}:
        return theme.surface, theme.accent, theme.accent, solid
    if level == "E":
        return theme.surface, theme.neutral, theme.text_2, Qt.PenStyle.DashLine
    return theme.surface, theme.neutral, theme.text_3, Qt.PenStyle.DotLine


def squares_width(*, tight: bool = False) -> float:
    """Return the width of five squares, logical pixels; tight ones stand closer."""
    gap = _TIGHT_GAP if tight else _SQUARE_GAP
    return float(SQUARES * _SQUARE + (SQUARES - 1) * gap)


def paint_squares(painter: QPainter, rect: QRectF, filled: int, colour: QColor) -> float:
    """Paint `filled` of five squares at the left of `rect`, centred in height.

    They stand closer where the rectangle is narrower than they are. Returns the width taken.
    Painted on whole pixels, so the small squares stay sharp.
    """
    tight = rect.width() < squares_width()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    left, top = round(rect.left()), round(rect.center().y() - _SQUARE / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    # All in one call: maps show hundreds of them.
    painter.drawRects([part.translated(left, top) for part in _square_parts(filled, tight)])
    painter.restore()
    return squares_width(tight=tight)


@lru_cache(maxsize=2 * (SQUARES + 1))
def _square_parts(filled: int, tight: bool) -> tuple[QRectF, ...]:
    """Return the five squares as rectangles: filled ones whole, the others as four edges."""
    side, parts = _SQUARE, []
    for index in range(SQUARES):
        left = index * (_SQUARE + (_TIGHT_GAP if tight else _SQUARE_GAP))
        if index < filled:
            parts.append(QRectF(left, 0, side, side))
        else:
            # A line of one logical pixel that lies inside the square at every scale.
            parts += [
                QRectF(left, 0, side, 1),
                QRectF(left, side - 1, side, 1),
                QRectF(left, 1, 1, side - 2),
                QRectF(left + side - 1, 1, 1, side - 2),
            ]
    return tuple(parts)


def initials(name: str) -> str:
    """Return up to two initials of a name: first and last word; "?" when there is none."""
    words = [word for word in name.split() if word[0].isalnum()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def paint_avatar(
    painter: QPainter, rect: QRectF, name: str, theme: Theme, ground: QColor | None = None
) -> None:
    """Paint a person's initials in a disc as high as `rect`."""
    painter.save()
    side = min(rect.width(), rect.height())
    disc = QRectF(rect.center().x() - side / 2, rect.center().y() - side / 2, side, side)
    draw_box(painter, disc, side / 2, ground or theme.sunken)
    face = font("meta", 600)
    face.setPixelSize(max(round(side * 0.46), 7))
    paint_line(painter, disc, initials(name), face, theme.text_2, alignment=_CENTRE)
    painter.restore()


@lru_cache(maxsize=1024)
def _chip_parts(face: ChipFace) -> tuple[tuple[str, int], ...]:
    """Return texts and weights of a chip from left to right."""
    if face.state is ChipState.NOT_ASKED:
        return ((QCoreApplication.translate("Chip", "not asked"), 400),)
    if face.state is ChipState.TOO_FEW:
        few = QCoreApplication.translate("Chip", "too few")
        return ((f"{face.metric} {few} · {face.n}", 400),)
    tail = " · ".join(text for text in (face.margin, face.n) if text)
    return ((face.metric, 400), (face.value, 600), (tail, 400))


def chip_width(face: ChipFace) -> float:
    """Return the width of a chip, logical pixels; its text is never shortened."""
    advances = _chip_advances(face)
    width = sum(advances)
    if face.state is ChipState.NOT_ASKED:
        width += 16
    return width + 4 * (len(advances) - 1) + 2 * _CHIP_PAD


@lru_cache(maxsize=1024)
def _chip_advances(face: ChipFace) -> tuple[float, ...]:
    """Return the width of each text of a chip, logical pixels."""
    return tuple(text_width(text, font("meta", weight)) for text, weight in _chip_parts(face))


def paint_chip(painter: QPainter, place: QPointF, face: ChipFace, theme: Theme) -> float:
    """Paint a metric chip with its top left corner at `place`; return its width."""
    width = chip_width(face)
    rect = QRectF(place.x(), place.y(), width, CHIP_HEIGHT)
    painter.save()
    if face.state is ChipState.TOO_FEW:
        draw_box(painter, rect, CHIP_HEIGHT / 2, theme.sunken)
    else:
        asked = face.state is ChipState.MEASURED
        style = Qt.PenStyle.SolidLine if asked else Qt.PenStyle.DashLine
        fill = theme.surface if asked else None
        draw_box(painter, rect, CHIP_HEIGHT / 2, fill, line=theme.outline, style=style)
    x = rect.left() + _CHIP_PAD
    if face.state is ChipState.NOT_ASKED:
        paint_icon(painter, QRectF(x, rect.top() + 5, 12, 12), "circle-dashed", theme.text_2)
        x += 16
    for (text, weight), advance in zip(_chip_parts(face), _chip_advances(face), strict=True):
        letters = font("meta", weight)
        ink = theme.text if weight > 400 else theme.text_2
        paint_line(painter, QRectF(x, rect.top(), advance, CHIP_HEIGHT), text, letters, ink)
        x += advance + 4
    painter.restore()
    return width


def paint_interval(
    painter: QPainter, rect: QRectF, interval: Interval, scale: IntervalScale, theme: Theme
) -> None:
    """Paint a thin 95 % line, an 80 % bar and a 3 px tick at the mean on the shared scale."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = round(rect.center().y()) + 0.5
    left, right = scale.at(interval.low_95, rect), scale.at(interval.high_95, rect)
    painter.setPen(QPen(theme.neutral, 1.0))
    painter.drawLine(QPointF(left, middle), QPointF(right, middle))
    low, high = scale.at(interval.low_80, rect), scale.at(interval.high_80, rect)
    bar = QRectF(low, middle - 3.5, max(high - low, 1.0), 7)
    draw_box(painter, bar, 1.5, theme.interval)
    mean = round(scale.at(interval.mean, rect))
    fill_rect(painter, QRectF(mean - 1.5, middle - 6.5, 3, 13), theme.interval_tick)
    painter.restore()


def paint_share(painter: QPainter, rect: QRectF, share: float, theme: Theme) -> None:
    """Paint a share from 0 to 1 as a 5 px bar on its track, centred in height."""
    painter.save()
    track = QRectF(rect.left(), round(rect.center().y() - 2.5), rect.width(), 5)
    draw_box(painter, track, 2.5, theme.sunken)
    part = QRectF(track)
    part.setWidth(min(max(share, 0.0), 1.0) * track.width())
    if part.width() > 0:
        draw_box(painter, part, min(2.5, part.width() / 2), theme.measured)
    painter.restore()
