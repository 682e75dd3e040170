"""How text breaks on the map: lines that fit a width, measured once and never cut.

The layout needs only a height for each text, for thousands of texts; `QtLettering` therefore
sums the widths of words it has met before and asks Qt's own line breaking only where words are
not the unit: long words and scripts without spaces.
"""

from enum import Enum
from typing import Final, NamedTuple, Protocol

from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption

from ui.shell.syllables import FIRST_COMPLEX, parts
from ui.shell.type import Size, font, line_height


class Face(Enum):
    """The faces of the map: a size of the look and a weight."""

    META = ("meta", 400)
    META_BOLD = ("meta", 600)
    STICKY = ("sticky", 400)
    STICKY_BOLD = ("sticky", 600)
    BASE_BOLD = ("base", 600)

    def __init__(self, size: Size, weight: int) -> None:
        """`size` and `weight` as of the look; `line`: the height of a line, logical pixels.

        Plain attributes: painting asks for them at every text.
        """
        self.size: Size = size
        self.weight = weight
        self.line = float(line_height(size))


class Lettering(Protocol):
    """What a layout asks of fonts; a test may answer with a ruler of its own."""

    def advance(self, text: str, face: Face) -> float:
        """Return the width of one line of text, logical pixels."""

    def wrap(self, text: str, face: Face, width: float) -> tuple[str, ...]:
        """Return the lines into which the text breaks to fit `width`; () for an empty text."""


_MARKS_KEPT: Final = 4096


def _ascent(metrics: QFontMetricsF, line: float) -> float:
    """Return where the baseline lies below the top of a line, logical pixels, whole."""
    return float(round((line - metrics.height()) / 2 + metrics.ascent()))


class Letters(NamedTuple):
    """What painting a line needs of a face: its font, where its baseline lies, the line's height.

    The font is shared, so it must not be changed.
    """

    font: QFont
    ascent: float
    line: float


class QtLettering:
    """Lettering with the interface font."""

    def __init__(self) -> None:
        self._fonts = {face: font(face.size, face.weight) for face in Face}
        self._metrics = {face: QFontMetricsF(made) for face, made in self._fonts.items()}
        self.letters = {
            face: Letters(made, _ascent(self._metrics[face], face.line), face.line)
            for face, made in self._fonts.items()
        }
        self._marks: dict[tuple[str, Face], float] = {}
        self._words: dict[Face, dict[str, float]] = {face: {} for face in Face}
        self._spaces = {
            face: metrics.horizontalAdvance(" ") for face, metrics in self._metrics.items()
        }

    def font(self, face: Face) -> QFont:
        """Return the font of a face; shared, so it must not be changed."""
        return self._fonts[face]

    def mark(self, text: str, face: Face) -> float:
        """Return the width of a short text that is painted again and again, measured once."""
        found = self._marks.get((text, face))
        if found is None:
            if len(self._marks) > _MARKS_KEPT:
                self._marks.clear()
            found = self._marks[text, face] = self.advance(text, face)
        return found

    def advance(self, text: str, face: Face) -> float:
        """Return the width of one line of text, logical pixels."""
        return self._metrics[face].horizontalAdvance(text)

    def wrap(self, text: str, face: Face, width: float) -> tuple[str, ...]:
        """Return the lines into which the text breaks; a word longer than a line is broken."""
        if not text or text.isspace():
            return ()
        if "\n" in text:
            return tuple(line for part in text.split("\n") for line in self.wrap(part, face, width))
        known = self._words[face]
        # Half a pixel is left for the kerning between a word and its space.
        room, space = width - 0.5, self._spaces[face]
        lines: list[str] = []
        held: list[str] = []
        taken = 0.0
        for word in text.split():
            size = known.get(word)
            if size is None:
                size = known[word] = self.advance(word, face)
            if max(word) >= FIRST_COMPLEX:
                return self._exact(text, face, width)
            if size > room:
                *whole, last = self._pieces(word, face, room)
                lines += [" ".join(held)] * bool(held) + whole
                held, taken = [last], self.advance(last, face)
                continue
            if held and taken + space + size > room:
                lines.append(" ".join(held))
                held, taken = [word], size
            else:
                taken += size + (space if held else 0.0)
                held.append(word)
        lines.append(" ".join(held))
        return tuple(lines)

    def _pieces(self, word: str, face: Face, room: float) -> list[str]:
        """Return a word too long for a line in parts that fit, with hyphens where letters part."""
        return parts(word, lambda part: self.advance(part, face) <= room)

    def _exact(self, text: str, face: Face, width: float) -> tuple[str, ...]:
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout = QTextLayout(text, self._fonts[face])
        layout.setTextOption(option)
        lines: list[str] = []
        # Qt counts UTF-16 units, Python code points; they differ beyond the basic plane.
        units = text.encode("utf-16-le")
        layout.beginLayout()
        line = layout.createLine()
        while line.isValid():
            line.setLineWidth(max(width, 1.0))
            start, end = line.textStart() * 2, (line.textStart() + line.textLength()) * 2
            lines.append(units[start:end].decode("utf-16-le", "replace").strip())
            line = layout.createLine()
        layout.endLayout()
        return tuple(line for line in lines if line)
