"""A presentation being written: its slides, where there is room on them, and its text."""

import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from pptx import Presentation
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import PP_ALIGN
from pptx.exc import PackageNotFoundError
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from journey.model.text import COMMENT_LENGTH, clean
from storage.exports.brand import BrandError
from storage.exports.pptx_base import WIDTH, plain_deck
from storage.exports.xlsx_styles import lines_needed

SMALLEST: Final = 9.0  # points; nothing on a slide is smaller
_LINE: Final = 1.2  # of the size of its text
_EMU_PER_PIXEL: Final = 9525
_PIXELS_PER_CHARACTER: Final = 7
_LANGUAGES: Final = {"en": "en-GB", "pl": "pl-PL", "nb": "nb-NO", "no": "nb-NO", "ru": "ru-RU"}
_TITLE_TYPES: Final = ("TITLE", "CENTER_TITLE")
_FOOT_TYPES: Final = ("DATE", "FOOTER", "SLIDE_NUMBER")
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


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


class Deck:
    """A presentation on a company's template, or on the plain one.

    Attributes:
        content: the place under the title and above the foot, the same on every slide.
    """

    def __init__(self, template: Path | None, language: str) -> None:
        self._deck = plain_deck() if template is None else _opened(template)
        layout = _title_layout(self._deck)
        if layout is None:
            raise BrandError(template or Path(), "bad_template", "no layout with a title")
        self._layout: Any = layout
        short = language.replace("_", "-").partition("-")[0].lower()
        self._language = _LANGUAGES.get(short, language or "en-GB")
        self._scale = self._deck.slide_width / WIDTH
        self._numbers: list[Any] = []
        self._reserve = 1.0 if template is None else 0.9
        self._foot_box, self.content = self._room()

    def size(self, points: float) -> float:
        """Return a size of text on a slide of this width; never under the smallest."""
        return float(max(SMALLEST, round(points * min(1.0, self._scale) * 2) / 2))

    def inches(self, inches: float) -> int:
        """Return a length on a slide of this width, EMU."""
        return int(Inches(inches) * self._scale)

    def _room(self) -> tuple[Box, Box]:
        """Return the places of the foot and of the content, told by the layout's placeholders."""
        title = next(s for s in self._layout.placeholders if _type(s) in _TITLE_TYPES)
        height, wide = self._deck.slide_height, self._deck.slide_width
        feet = [
            s.top
            for s in self._layout.placeholders
            if _type(s) in _FOOT_TYPES and s.top is not None and s.top > height * 0.75
        ]
        bottom = min(feet, default=height - self.inches(0.45))
        left = min(title.left, int(wide * 0.1))
        foot_height = self.inches(0.42)
        foot = Box(left, bottom - self.inches(0.08), wide - 2 * left, foot_height)
        if foot.bottom > height:
            foot = Box(left, height - foot_height, foot.width, foot_height)
        top = title.top + title.height + self.inches(0.06)
        if top > height / 2:  # a title at the foot of the slide
            top = self.inches(0.5)
        room = foot.top - self.inches(0.08) - top
        # A company's font may be wider than ours, by whose widths lines are counted.
        return foot, Box(left, top, wide - 2 * left, int(room * self._reserve))

    def slide(self, title: str) -> Any:
        """Return a new slide with its title in the layout's own placeholder."""
        slide = self._deck.slides.add_slide(self._layout)
        for shape in list(slide.placeholders):
            if _type(shape) not in _TITLE_TYPES:
                shape._element.getparent().remove(shape._element)
        frame = slide.shapes.title.text_frame
        frame.word_wrap = True
        frame.text = safe(title)
        largest = _title_size(self._layout)
        box = slide.shapes.title
        points = largest
        for points in _sizes(max(12.0, min(largest, self.size(24)))):
            lines = lines_at(title, box.width, points, bold=True)
            if lines * points * _LINE * 12700 <= box.height or points <= 14:
                break
        if points < largest:
            frame.paragraphs[0].runs[0].font.size = Pt(points)
        return slide

    def text(
        self,
        slide: Any,
        box: Box,
        paragraphs: Iterable[Paragraph],
        size: float,
        *,
        right: bool = False,
        gap: float = 0,
        name: str = "",
    ) -> int:
        """Write paragraphs into a text box; return how high they are, EMU.

        Args:
            gap: points between paragraphs.
        """
        told = [p for p in paragraphs if any(run.text for run in p)]
        if not told:
            return 0
        height = self.height(told, box.width, size, gap)
        shape = slide.shapes.add_textbox(box.left, box.top, box.width, height)
        shape.name = safe(name) or shape.name
        frame = shape.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        for number, runs in enumerate(told):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
            if number:
                paragraph.space_before = Pt(gap)
            fill(paragraph, runs, size)
        return height

    def height(self, paragraphs: Sequence[Paragraph], width: int, size: float, gap: float) -> int:
        """Return how high paragraphs are at a width, EMU."""
        lines = sum(
            lines_at("".join(r.text for r in p), width, size, bold=any(r.bold for r in p))
            for p in paragraphs
        )
        return int(Pt(lines * size * _LINE + gap * max(0, len(paragraphs) - 1)))

    def foot(self, slide: Any, text: str) -> None:
        """Write where the figures come from under a line, and the number of the slide."""
        box, size = self._foot_box, self.size(9)
        line = slide.shapes.add_connector(1, box.left, box.top, box.left + box.width, box.top)
        line.line.width = Pt(0.75)
        line.line.color.theme_color = MSO_THEME_COLOR.TEXT_2
        line._element.remove(line._element.find(qn("p:style")))
        decorative(line._element.nvCxnSpPr.cNvPr)
        inner = Box(box.left, box.top + self.inches(0.05), box.width, box.height)
        told, number = inner.split(0.93, self.inches(0.1))
        self.text(slide, told, [[Run(_one_line(text), quiet=True)]], size, name="Foot")
        shape = slide.shapes.add_textbox(number.left, number.top, number.width, Pt(size * 1.4))
        shape.name = "Slide number"
        frame = shape.text_frame
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        paragraph = frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.RIGHT
        field = (
            f'<a:fld {nsdecls("a")} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" '
            f'type="slidenum"><a:rPr sz="{int(size * 100)}"/><a:t>{len(self._deck.slides)}</a:t>'
            "</a:fld>"
        )
        paragraph._p.append(parse_xml(field))
        self._numbers.append(paragraph)

    def content_bytes(self, *, title: str, subject: str, made: date) -> bytes:
        """Return the file: every run tagged with its language, the same bytes every time."""
        count = len(self._deck.slides)
        for field in self._numbers:
            of = field.add_run()
            of.text = f" / {count}"
            of.font.size = Pt(self.size(9))
        for slide in self._deck.slides:
            _tag_language(slide._element, self._language)
        facts = self._deck.core_properties
        facts.title, facts.subject = safe(title)[:255], safe(subject)[:255]
        facts.author = "Waymark"
        facts.language, facts.last_modified_by = self._language, "Waymark"
        facts.created = facts.modified = datetime(made.year, made.month, made.day)  # noqa: DTZ001 - the property has no zone
        facts.revision, facts.keywords, facts.comments = 1, "", ""
        held = BytesIO()
        self._deck.save(held)
        return _without_clock(held.getvalue())


def fill(paragraph: Any, runs: Paragraph, size: float) -> None:
    """Write runs into a paragraph."""
    for piece in runs:
        if not piece.text:
            continue
        run = paragraph.add_run()
        run.text = safe(piece.text)
        run.font.size = Pt(size)
        run.font.bold = piece.bold or None
        if piece.quiet:
            run.font.color.theme_color = MSO_THEME_COLOR.TEXT_2
        elif piece.accent:
            run.font.color.theme_color = MSO_THEME_COLOR.ACCENT_1


def safe(text: str) -> str:
    """Return a text without the characters no slide may hold."""
    return clean(text, COMMENT_LENGTH, keep_bidi=True).text


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
    return (
        f'<a:solidFill {nsdecls("a")}><a:schemeClr val="{role}">{light}</a:schemeClr></a:solidFill>'
    )


def describe(shape: Any, name: str, words: str) -> None:
    """Give a table or a chart its name and the text for those who cannot see it."""
    facts = shape._element.nvGraphicFramePr.cNvPr
    facts.set("name", safe(name))
    facts.set("descr", safe(words))


def decorative(facts: Any) -> None:
    """Mark a shape as decoration, which screen readers leave out."""
    extension = (
        f'<a:extLst {nsdecls("a")}><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
        '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative"'
        ' val="1"/></a:ext></a:extLst>'
    )
    facts.append(parse_xml(extension))


def lines_at(text: str, width: int, size: float, *, bold: bool = False) -> int:
    """Return how many lines a text takes in a box that many EMU wide."""
    columns = width / _EMU_PER_PIXEL / _PIXELS_PER_CHARACTER
    return lines_needed(text, columns, size=size, bold=bold)


def _opened(template: Path) -> Any:
    """Return a company's template without the slides it may hold."""
    try:
        deck = Presentation(str(template))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise BrandError(template, "bad_template", str(error)) from error
    listed = deck.slides._sldIdLst
    for slide in list(listed):
        deck.part.drop_rel(slide.rId)
        listed.remove(slide)
    return deck


def _title_layout(deck: Any) -> Any | None:
    """Return the layout that has a title and least beside it; the first of several."""
    best, fewest = None, 1_000
    for layout in deck.slide_layouts:
        types = [_type(shape) for shape in layout.placeholders]
        # A title slide's own title stands in the middle, where a table belongs.
        if "TITLE" not in types:
            continue
        others = sum(kind not in (*_TITLE_TYPES, *_FOOT_TYPES) for kind in types)
        if others < fewest:
            best, fewest = layout, others
    return best


def _type(shape: Any) -> str:
    kind = shape.placeholder_format.type
    return "" if kind is None else str(kind.name)


def _title_size(layout: Any) -> float:
    """Return the size the template gives its titles, points."""
    places = (
        layout._element.findall(f".//{qn('a:lvl1pPr')}/{qn('a:defRPr')}"),
        layout.slide_master._element.findall(
            f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}/{qn('a:defRPr')}"
        ),
    )
    sizes = [float(run.get("sz")) / 100 for found in places for run in found if run.get("sz")]
    return sizes[-1] if sizes else 24.0


def _sizes(largest: float) -> Iterable[float]:
    points = largest
    while points >= 12:
        yield points
        points -= 1


def _one_line(text: str) -> str:
    return " ".join(text.split("\n"))


def _tag_language(element: Any, language: str) -> None:
    for run in element.iter(qn("a:r"), qn("a:fld")):
        facts = run.find(qn("a:rPr"))
        if facts is None:
            facts = run.get_or_add_rPr()
        facts.set("lang", language)
    for end in element.iter(qn("a:endParaRPr")):
        end.set("lang", language)


def _without_clock(content: bytes) -> bytes:
    """Return the package with every part at one fixed moment."""
    held = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(held, "w") as new:
        for part in old.infolist():
            fixed = zipfile.ZipInfo(part.filename, _EPOCH)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(fixed, old.read(part))
    return held.getvalue()
