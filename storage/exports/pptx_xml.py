"""The XML of texts and shapes on a slide, each shape made in one piece.

Through python-pptx a cell of a table takes some forty calls, each of which searches its element
anew; a deck is tables mostly. What stands here is what those calls would make.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Literal
from xml.sax.saxutils import escape

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from journey.model.text import COMMENT_LENGTH, clean
from storage.exports.xlsx_styles import lines_needed

_EMU_PER_PIXEL: Final = 9525
_PIXELS_PER_CHARACTER: Final = 7
_ROOM: Final = nsdecls("a", "p", "r")
_FACTS: Final = qn("p:cNvPr")
_IN_ATTRIBUTE: Final = {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"}
_DECORATIVE: Final = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative"'
    ' val="1"/></a:ext></a:extLst>'
)


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a slide, EMU."""

    left: int
    top: int
    width: int
    height: int

    @property
    def bottom(self) -> int:
        """Where it ends."""
        return self.top + self.height

    def below(self, height: int, gap: int = 0) -> "Box":
        """Return what is left under the first `height`."""
        taken = min(self.height, height + gap)
        return Box(self.left, self.top + taken, self.width, self.height - taken)

    def split(self, share: float, gap: int) -> tuple["Box", "Box"]:
        """Return a left part of that share and the right one."""
        left = int((self.width - gap) * share)
        right = self.width - gap - left
        return (
            Box(self.left, self.top, left, self.height),
            Box(self.left + left + gap, self.top, right, self.height),
        )


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one look; `quiet` is the second colour, `accent` the accent's."""

    text: str
    bold: bool = False
    quiet: bool = False
    accent: bool = False


Paragraph = Sequence[Run]
Side = Literal["l", "ctr", "r"]


@lru_cache(maxsize=4096)
def safe(text: str) -> str:
    """Return a text without the characters no slide may hold."""
    return clean(text, COMMENT_LENGTH, keep_bidi=True).text


@lru_cache(maxsize=4096)
def told(text: str) -> str:
    """Return a text as it stands between two tags."""
    return escape(safe(text))


def attribute(text: str) -> str:
    """Return a text as it stands between two quotation marks."""
    return escape(safe(text), _IN_ATTRIBUTE)


def lines_at(text: str, width: int, size: float, *, bold: bool = False) -> int:
    """Return how many lines a text takes in a box that many EMU wide."""
    columns = width / _EMU_PER_PIXEL / _PIXELS_PER_CHARACTER
    return lines_needed(text, columns, size=size, bold=bold)


def points(size: float) -> int:
    """Return a size of text as slides count it."""
    return int(size * 100)


@lru_cache(maxsize=64)
def theme_fill(role: str, share: float) -> str:
    """Return a colour of the theme mixed with white, as a fill; `share` 1 is the colour itself.

    Lightness alone would leave a light colour as loud as the dark one, so it loses strength too.
    """
    light = ""
    if share < 1:
        mixed = int(share * 100_000)
        light = (
            f'<a:satMod val="{40_000 + mixed // 2}"/><a:lumMod val="{mixed}"/>'
            f'<a:lumOff val="{100_000 - mixed}"/>'
        )
    return f'<a:solidFill><a:schemeClr val="{role}">{light}</a:schemeClr></a:solidFill>'


def paragraph(
    runs: Paragraph, size: float, language: str, *, side: Side = "l", before: float = 0
) -> str:
    """Return a paragraph; an empty one keeps its size. `before` are the points above it."""
    pieces = "".join(_run(piece, size, language) for piece in runs if piece.text)
    if not pieces:
        pieces = f'<a:endParaRPr lang="{language}" sz="{points(size)}"/>'
    if not before:
        return f'<a:p><a:pPr algn="{side}"/>{pieces}</a:p>'
    gap = f'<a:spcBef><a:spcPts val="{points(before)}"/></a:spcBef>'
    return f'<a:p><a:pPr algn="{side}">{gap}</a:pPr>{pieces}</a:p>'


def _run(piece: Run, size: float, language: str) -> str:
    look = f'lang="{language}" sz="{points(size)}"' + (' b="1"' if piece.bold else "")
    colour = ""
    if piece.quiet:
        colour = theme_fill("tx2", 1)
    elif piece.accent:
        colour = theme_fill("accent1", 1)
    return f"<a:r><a:rPr {look}>{colour}</a:rPr><a:t>{told(piece.text)}</a:t></a:r>"


def add_text_box(
    slide: Any, box: Box, paragraphs: Iterable[str], *, name: str = "", wrap: bool = True
) -> Any:
    """Put paragraphs on a slide, without margins, as high as they are; return their body."""
    number = _next_id(slide)
    shape = parse_xml(
        f'<p:sp {_ROOM}><p:nvSpPr><p:cNvPr id="{number}" '
        f'name="{attribute(name) or f"TextBox {number - 1}"}"/>'
        f'<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>{_place("a", box)}'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr><p:txBody>'
        f'<a:bodyPr wrap="{"square" if wrap else "none"}" lIns="0" tIns="0" rIns="0" bIns="0">'
        f"<a:spAutoFit/></a:bodyPr><a:lstStyle/>{''.join(paragraphs)}</p:txBody></p:sp>"
    )
    slide.shapes._spTree.append(shape)
    return shape.txBody


def add_rule(slide: Any, box: Box) -> None:
    """Put a line along the top of a place; it is decoration, which screen readers leave out."""
    number = _next_id(slide)
    flat = Box(box.left, box.top, box.width, 0)
    slide.shapes._spTree.append(
        parse_xml(
            f'<p:cxnSp {_ROOM}><p:nvCxnSpPr><p:cNvPr id="{number}" name="Connector {number - 1}">'
            f"{_DECORATIVE}</p:cNvPr><p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr><p:spPr>"
            f'{_place("a", flat)}<a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
            f'<a:ln w="9525">{theme_fill("tx2", 1)}</a:ln></p:spPr></p:cxnSp>'
        )
    )


def add_graphic(slide: Any, box: Box, words: tuple[str, str], kind: str, content: str) -> None:
    """Put a table or a chart on a slide.

    Args:
        words: its name, and the text for those who cannot see it.
        kind: "table" or "chart". content: its element; it may use the prefixes a, p and r.
    """
    name, description = words
    slide.shapes._spTree.append(
        parse_xml(
            f'<p:graphicFrame {_ROOM}><p:nvGraphicFramePr><p:cNvPr id="{_next_id(slide)}" '
            f'name="{attribute(name)}" descr="{attribute(description)}"/><p:cNvGraphicFramePr>'
            '<a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
            f"{_place('p', box)}<a:graphic><a:graphicData "
            f'uri="http://schemas.openxmlformats.org/drawingml/2006/{kind}">{content}'
            "</a:graphicData></a:graphic></p:graphicFrame>"
        )
    )


def _place(prefix: str, box: Box) -> str:
    return (
        f'<{prefix}:xfrm><a:off x="{int(box.left)}" y="{int(box.top)}"/>'
        f'<a:ext cx="{int(box.width)}" cy="{int(box.height)}"/></{prefix}:xfrm>'
    )


def _next_id(slide: Any) -> int:
    return 1 + max(int(facts.get("id")) for facts in slide.shapes._spTree.iter(_FACTS))
