"""Wrapped text with the line heights of the look: a word is never cut, the text takes lines.

Widgets, list delegates and map items lay text out here, so a label breaks the same everywhere.
"""

import re
from functools import cache
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

from ui.shell.syllables import FIRST_COMPLEX, parts

NEW_LINE: Final = "\u2028"
_WORD: Final = re.compile(r"\S+")
_LONGEST: Final = 200  # letters; what is longer is no word
_NARROW: Final = 24.0  # logical pixels; a place not laid out yet


class WrappedText(NamedTuple):
    """Text laid out in a width. `height` and `width` are what it takes, logical pixels."""

    layout: QTextLayout
    width: float
    height: float
    lines: int

    def paint(self, painter: QPainter, place: QPointF, colour: QColor) -> None:
        """Paint with the top left corner at `place`."""
        painter.setPen(colour)
        self.layout.draw(painter, place)


def wrap(
    text: str,
    face: QFont,
    line_height: float,
    width: float,
    *,
    alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> WrappedText:
    """Break `text` at words to fit `width`; a word longer than a line is broken at a syllable.

    `width` and `line_height` are logical pixels. The text is plain; line breaks in it are kept.
    """
    metrics = QFontMetricsF(face)
    text = _with_long_words_broken(text.replace("\n", NEW_LINE), metrics, width)
    option = QTextOption(alignment)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout = QTextLayout(text, face)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    rise = (line_height - metrics.height()) / 2
    count, widest = 0, 0.0
    layout.beginLayout()
    line = layout.createLine()
    while line.isValid():
        line.setLineWidth(max(width, 1.0))
        line.setPosition(QPointF(0, count * line_height + rise))
        widest = max(widest, line.naturalTextWidth())
        count += 1
        line = layout.createLine()
    layout.endLayout()
    return WrappedText(layout, widest, count * line_height, count)


def _with_long_words_broken(text: str, metrics: QFontMetricsF, width: float) -> str:
    """Return a text with line breaks inside the words that are wider than a line."""
    # No letter is wider than the font is high: shorter words need not be measured.
    short = width / metrics.height()
    if width < _NARROW or all(len(word) <= short for word in text.split()):
        return text
    room = width - 0.5

    def fits(part: str) -> bool:
        return metrics.horizontalAdvance(part) <= room

    def broken(found: re.Match[str]) -> str:
        word = found[0]
        # Scripts that join their letters or need no spaces are left to Qt, and what is no word.
        if not short < len(word) <= _LONGEST or max(word) >= FIRST_COMPLEX or fits(word):
            return word
        return NEW_LINE.join(parts(word, fits))

    return _WORD.sub(broken, text)


def paint_line(
    painter: QPainter,
    rect: QRectF,
    text: str,
    face: QFont,
    colour: QColor,
    *,
    alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Paint one line of plain text, vertically centred in `rect`; it is not cut at the edge."""
    painter.setFont(face)
    painter.setPen(colour)
    painter.drawText(rect, _line_flags(alignment), text)


@cache
def _line_flags(alignment: Qt.AlignmentFlag) -> int:
    """Return the flags of one line of text; put together once, for Qt's flags are slow to join."""
    flags = alignment | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
    return int(flags) | int(Qt.TextFlag.TextSingleLine)


def text_width(text: str, face: QFont) -> float:
    """Return the advance of one line of text, logical pixels."""
    return QFontMetricsF(face).horizontalAdvance(text)
