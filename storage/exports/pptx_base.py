"""The plain deck slides are put on where no company template is given."""

import re
from typing import Any, Final

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from storage.exports.xlsx_styles import ACCENT, FONT, TEXT, TEXT_2, TINT

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
MARGIN: Final = Inches(0.53)
_LAYOUT: Final = "Title Only"
# Colours of the theme by role, so that whoever changes the theme changes the slides.
_COLOURS: Final = {
    "dk1": TEXT,
    "lt1": "#FFFFFF",
    "dk2": TEXT_2,
    "lt2": TINT,
    "accent1": ACCENT,
    "accent2": "#E69F00",
    "accent3": "#009E73",
    "accent4": "#CC79A7",
    "accent5": "#56B4E9",
    "accent6": "#D55E00",
    "hlink": ACCENT,
    "folHlink": TEXT_2,
}


def plain_deck() -> Any:
    """Return an empty presentation, 16:9, with one layout: a title, a foot, a number."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    for layout in list(deck.slide_layouts):
        if layout.name != _LAYOUT:
            deck.slide_layouts.remove(layout)
    _theme(deck.slide_master)
    for holder in (deck.slide_master, deck.slide_layouts[0]):
        _place(holder)
    _title_style(deck.slide_master)
    _drop_leftovers(deck)
    return deck


def _drop_leftovers(deck: Any) -> None:
    """Leave out the picture of an empty slide and the settings of somebody's printer."""
    for rels in (deck.part.package._rels, deck.part.rels):
        for relation in list(rels.values()):
            if relation.reltype in (RT.THUMBNAIL, RT.PRINTER_SETTINGS):
                rels.pop(relation.rId)


def _theme(master: Any) -> None:
    part = next(rel.target_part for rel in master.part.rels.values() if "theme" in rel.reltype)
    text = part.blob.decode("utf-8")
    for role, colour in _COLOURS.items():
        plain = f'<a:{role}><a:srgbClr val="{colour[1:]}"/></a:{role}>'
        text = re.sub(rf"<a:{role}>.*?</a:{role}>", plain, text, count=1, flags=re.DOTALL)
    text = text.replace('<a:latin typeface="Calibri"/>', f'<a:latin typeface="{FONT}"/>')
    text = text.replace('name="Office Theme"', 'name="Waymark"', 1)
    part._blob = text.encode("utf-8")


def _place(holder: Any) -> None:
    """Put title, body, date, foot and number where they belong on a wide slide."""
    wide = WIDTH - 2 * MARGIN
    for shape in holder.placeholders:
        kind = shape.placeholder_format.type
        name = "" if kind is None else kind.name
        if name == "TITLE":
            box = (MARGIN, Inches(0.3), wide, Inches(0.55))
        elif name == "BODY":
            box = (MARGIN, Inches(1.4), wide, Inches(5.2))
        elif name == "SLIDE_NUMBER":
            box = (WIDTH - MARGIN - Inches(1), Inches(6.98), Inches(1), Inches(0.3))
        elif name == "FOOTER":
            box = (MARGIN, Inches(6.98), wide - Inches(1.2), Inches(0.3))
        else:
            box = (MARGIN, Inches(7.2), Inches(2), Inches(0.2))
        shape.left, shape.top, shape.width, shape.height = box


def _title_style(master: Any) -> None:
    """Set titles left, bold and from their top, at the size of a sentence."""
    style = master._element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    style.set("algn", "l")
    run = style.find(qn("a:defRPr"))
    run.set("sz", str(int(Pt(24).pt * 100)))
    run.set("b", "1")
    for shape in master.placeholders:
        body = shape._element.find(f".//{qn('a:bodyPr')}")
        if body is not None and shape.placeholder_format.type.name == "TITLE":
            for side in ("lIns", "rIns", "tIns", "bIns"):
                body.set(side, "0")
            body.set("anchor", "b")
