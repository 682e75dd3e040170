"""Letters as shapes, each kept once: a picture looks the same where its font is missing."""

from typing import Final

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QPainterPath, QRawFont, QTextLayout, QTransform

from ui.shell.type import font as interface_font

_DIGITS: Final = 100  # two digits after the point


class Outlines:
    """The shapes of the glyphs used so far, with a name for each."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str, float, int], str] = {}
        self._fonts: dict[tuple[str, int, int], QFont] = {}
        self._designed: dict[tuple[str, str], QRawFont] = {}
        self.shapes: dict[str, str] = {}

    def place(
        self, text: str, family: str, size: int, weight: int
    ) -> tuple[list[tuple[str, float, float]], float] | None:
        """Return the glyphs of a line with their places from its baseline, and its width.

        None where a letter has no shape, as a coloured picture of a face.
        """
        layout = QTextLayout(text, self._font(family, size, weight))
        layout.beginLayout()
        line = layout.createLine()
        layout.endLayout()
        if not line.isValid():
            return [], 0.0
        placed: list[tuple[str, float, float]] = []
        for run in layout.glyphRuns():
            raw = run.rawFont()
            for glyph, at in zip(run.glyphIndexes(), run.positions(), strict=True):
                name = self._shape(raw, glyph)
                if name:
                    placed.append((name, at.x(), at.y() - line.ascent()))
                elif not self._is_space(raw, glyph):
                    return None
        return placed, line.naturalTextWidth()

    def _font(self, family: str, size: int, weight: int) -> QFont:
        key = (family, size, weight)
        if key not in self._fonts:
            made = interface_font("base", weight)
            if made.family() != family:
                made.setFamily(family)
            made.setPixelSize(size)
            self._fonts[key] = made
        return self._fonts[key]

    def _shape(self, raw: QRawFont, glyph: int) -> str:
        key = (raw.familyName(), raw.styleName(), raw.pixelSize(), glyph)
        if key not in self._names:
            path = self._path(raw, glyph)
            name = "" if path.isEmpty() else f"g{len(self.shapes)}"
            if name:
                self.shapes[name] = path_data(path)
            self._names[key] = name
        return self._names[key]

    def _path(self, raw: QRawFont, glyph: int) -> QPainterPath:
        """Return a glyph as its designer drew it, at its size.

        Qt's path at a small size is rounded to 1/64 of a pixel, one way before and another after
        the same font was painted on a screen; at one pixel to the unit nothing is left to round.
        """
        units = raw.unitsPerEm()
        if units <= 0:
            return raw.pathForGlyph(glyph)
        key = (raw.familyName(), raw.styleName())
        if key not in self._designed:
            designed = QRawFont(raw)
            designed.setPixelSize(units)
            self._designed[key] = designed
        factor = raw.pixelSize() / units
        return QTransform.fromScale(factor, factor).map(self._designed[key].pathForGlyph(glyph))

    @staticmethod
    def _is_space(raw: QRawFont, glyph: int) -> bool:
        if not raw.advancesForGlyphIndexes([glyph])[0].x():
            return True
        spaces = " \u00a0\u2009\u202f\u200b\u200c\u200d\u200e\u200f\t"
        return glyph in {g for s in spaces for g in raw.glyphIndexesForString(s)}


def path_data(path: QPainterPath) -> str:
    """Return a path as SVG writes it, rounded to hundredths."""
    parts: list[str] = []
    controls: list[QPointF] = []
    kinds = QPainterPath.ElementType
    for index in range(path.elementCount()):
        element = path.elementAt(index)
        point = QPointF(element.x, element.y)
        if element.type == kinds.MoveToElement:
            parts.append(f"M{_pair(point)}")
        elif element.type == kinds.LineToElement:
            parts.append(f"L{_pair(point)}")
        else:
            controls.append(point)
            if len(controls) == 3:
                parts.append("C" + " ".join(map(_pair, controls)))
                controls = []
    return "".join(parts) + "Z"


def _pair(point: QPointF) -> str:
    return f"{short(point.x())} {short(point.y())}"


def short(value: float) -> str:
    """Return a number with at most two digits after the point."""
    text = f"{round(value * _DIGITS) / _DIGITS:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
