"""SVG: what Qt draws, its letters as shapes and, over them, unseen text that can be searched.

A font that is only named looks otherwise where it is missing, and an embedded one is passed over
by most programs; shapes look the same everywhere. The text over them is transparent: it can be
found, selected and read aloud.
"""

from collections.abc import Callable
from typing import Final, Protocol
from xml.etree.ElementTree import Element, SubElement, tostring

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSizeF
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator

from ui.render.outlines import Outlines, short
from ui.render.paper import INCH

_SVG: Final = "http://www.w3.org/2000/svg"
_LINK: Final = "http://www.w3.org/1999/xlink"
_XML: Final = "http://www.w3.org/XML/1998/namespace"
# Letters XML cannot hold at all; they show nothing.
_BARRED: Final = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
_FONT_KEYS: Final = ("font-family", "font-size", "font-weight", "font-style")
_NEUTRAL: Final = {"transform": "matrix(1,0,0,1,0,0)", "fill-opacity": "1", "stroke-opacity": "1"}
_FALLBACK: Final = "sans-serif"

Paint = Callable[[QPainter], None]


class Drawing(Protocol):
    """A picture, or one page of it; sizes are logical pixels at 100 %."""

    title: str

    def size(self) -> QSizeF:
        """Return its size."""

    def paint(self, painter: QPainter) -> None:
        """Paint it from the top left."""


def svg_bytes(picture: Drawing) -> bytes:
    """Return a picture as SVG, as large as it is at 100 %."""
    return svg_text(svg_tree(picture))


def svg_text(root: Element) -> bytes:
    """Return a tree as the bytes of a file."""
    text = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'.encode("utf-8", "replace")


def svg_tree(picture: Drawing) -> Element:
    """Return a picture as the tree of an SVG document."""
    from defusedxml.ElementTree import fromstring

    size = picture.size()
    drawn = fromstring(_drawn(picture.paint, QRectF(0, 0, size.width(), size.height())))
    root = Element("svg", {
        "xmlns": _SVG, "xmlns:xlink": _LINK, "version": "1.1", "role": "img",
        "width": short(size.width()), "height": short(size.height()),
        "viewBox": f"0 0 {short(size.width())} {short(size.height())}",
    })  # fmt: skip
    SubElement(root, "title").text = picture.title.translate(_BARRED)
    shapes = SubElement(root, "defs")
    outlines = Outlines()
    for child in drawn:
        if _name(child) == "g":
            root.append(_copied(child, outlines))
    for name, data in outlines.shapes.items():
        SubElement(shapes, "path", {"id": name, "d": data})
    return root


def _drawn(paint: Paint, area: QRectF) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setViewBox(area)
    generator.setResolution(round(INCH))
    painter = QPainter(generator)
    try:
        paint(painter)
    finally:
        painter.end()
    return bytes(buffer.data().data()).decode("utf-8").translate(_BARRED).encode()


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _copied(group: Element, outlines: Outlines) -> Element:
    """Return a group without what says nothing, its texts as shapes."""
    made = Element("g", _kept(group))
    for child in group:
        if _name(child) == "g":
            if len(child):
                made.append(_copied(child, outlines))
        elif _name(child) == "text":
            _add_text(made, child, outlines)
        else:
            made.append(Element(_name(child), _kept(child)))
    return made


def _kept(element: Element) -> dict[str, str]:
    kept = {}
    for key, value in element.attrib.items():
        name = key.replace(f"{{{_LINK}}}", "xlink:").replace(f"{{{_XML}}}", "xml:")
        if name in _FONT_KEYS or name == "vector-effect" or _NEUTRAL.get(name) == value:
            continue
        kept[name] = value.strip()
    return kept


def _add_text(parent: Element, text: Element, outlines: Outlines) -> None:
    words = text.text or ""
    if not words.strip():
        return
    found = text.attrib
    size, weight = round(float(found["font-size"])), int(found["font-weight"])
    placed = outlines.place(words, found["font-family"], size, weight)
    x, y = float(found["x"]), float(found["y"])
    ink = {"fill": found["fill"]}
    if found.get("fill-opacity", "1") != "1":
        ink["fill-opacity"] = found["fill-opacity"]
    shared = {
        "x": short(x), "y": short(y), "font-family": _FALLBACK, "font-size": str(size),
        "font-weight": str(weight), "xml:space": "preserve", "stroke": "none",
    }  # fmt: skip
    if placed is None:
        SubElement(parent, "text", {**shared, **ink}).text = words
        return
    glyphs, width = placed
    group = SubElement(parent, "g", {**ink, "stroke": "none", "fill-rule": "nonzero"})
    group.set("transform", f"translate({short(x)} {short(y)})")
    for name, dx, dy in glyphs:
        place = {"xlink:href": f"#{name}", "x": short(dx)}
        if abs(dy) >= 0.005:
            place["y"] = short(dy)
        SubElement(group, "use", place)
    seen = {**shared, "fill-opacity": "0", "textLength": short(width)}
    SubElement(parent, "text", seen).text = words
