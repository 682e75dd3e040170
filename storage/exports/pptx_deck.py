"""A presentation being written: its slides, where there is room on them, and its text."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from storage.exports.pptx_base import WIDTH
from storage.exports.pptx_template import (
    TITLE_TYPES,
    empty_deck,
    template_errors,
    title_layout,
    type_of,
    without_clock,
)
from storage.exports.pptx_xml import (
    Box,
    Paragraph,
    Run,
    add_rule,
    add_text_box,
    attribute,
    lines_at,
    paragraph,
    points,
    safe,
)

SMALLEST: Final = 9.0  # points; nothing on a slide is smaller
_LINE: Final = 1.2  # of the size of its text
_LANGUAGES: Final = {"en": "en-GB", "pl": "pl-PL", "nb": "nb-NO", "no": "nb-NO", "ru": "ru-RU"}
_FOOT_TYPES: Final = ("DATE", "FOOTER", "SLIDE_NUMBER")


class Deck:
    """A presentation on a company's template, or on the plain one.

    Attributes:
        content: the place under the title and above the foot, the same on every slide.
        language: of its texts, as "pl-PL".
    """

    def __init__(self, template: Path | None, language: str) -> None:
        with template_errors(template):
            self._deck = empty_deck(template)
            self._layout: Any = title_layout(self._deck)
            self._title_size = _title_size(self._layout)
            self._scale = self._deck.slide_width / WIDTH
            self._reserve = 1.0 if template is None else 0.9
            self._foot_box, self.content = self._room()
        short = language.replace("_", "-").partition("-")[0].lower()
        self.language = _LANGUAGES.get(short, attribute(language) or "en-GB")
        self._counts: list[Any] = []

    def size(self, points: float) -> float:
        """Return a size of text on a slide of this width; never under the smallest."""
        return float(max(SMALLEST, round(points * min(1.0, self._scale) * 2) / 2))

    def inches(self, inches: float) -> int:
        """Return a length on a slide of this width, EMU."""
        return int(Inches(inches) * self._scale)

    def _room(self) -> tuple[Box, Box]:
        """Return the places of the foot and of the content, told by the layout's placeholders."""
        title = next(s for s in self._layout.placeholders if type_of(s) in TITLE_TYPES)
        height, wide = self._deck.slide_height, self._deck.slide_width
        feet = [
            s.top
            for s in self._layout.placeholders
            if type_of(s) in _FOOT_TYPES and s.top is not None and s.top > height * 0.75
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
            if type_of(shape) not in TITLE_TYPES:
                shape._element.getparent().remove(shape._element)
        box = slide.shapes.title
        frame = box.text_frame
        frame.word_wrap = True
        frame.text = safe(title)
        size = largest = self._title_size
        for size in _sizes(max(12.0, min(largest, self.size(24)))):
            lines = lines_at(title, box.width, size, bold=True)
            if lines * size * _LINE * 12700 <= box.height or size <= 14:
                break
        for run in frame._element.iter(qn("a:r")):
            facts = run.get_or_add_rPr()
            facts.set("lang", self.language)
            if size < largest:
                facts.set("sz", str(points(size)))
        return slide

    def text(
        self,
        slide: Any,
        box: Box,
        paragraphs: Iterable[Paragraph],
        size: float,
        *,
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
        lines = [
            paragraph(runs, size, self.language, before=gap if number else 0)
            for number, runs in enumerate(told)
        ]
        add_text_box(slide, Box(box.left, box.top, box.width, height), lines, name=name)
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
        add_rule(slide, box)
        inner = Box(box.left, box.top + self.inches(0.05), box.width, box.height)
        told, number = inner.split(0.93, self.inches(0.1))
        self.text(slide, told, [[Run(_one_line(text), quiet=True)]], size, name="Foot")
        place = Box(number.left, number.top, number.width, int(Pt(size * 1.4)))
        look = f'<a:rPr lang="{self.language}" sz="{points(size)}"/>'
        field = (
            '<a:p><a:pPr algn="r"/><a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" '
            f'type="slidenum">{look}<a:t>{len(self._deck.slides)}</a:t></a:fld>'
            f"<a:r>{look}<a:t/></a:r></a:p>"
        )
        body = add_text_box(slide, place, [field], name="Slide number", wrap=False)
        self._counts.append(next(body.iter(qn("a:r"))))

    def content_bytes(self, *, title: str, subject: str, made: date) -> bytes:
        """Return the file, the same bytes every time."""
        for run in self._counts:
            run.text = f" / {len(self._counts)}"
        facts = self._deck.core_properties
        facts.title, facts.subject = safe(title)[:255], safe(subject)[:255]
        facts.author = "Waymark"
        facts.language, facts.last_modified_by = self.language, "Waymark"
        facts.created = facts.modified = datetime(made.year, made.month, made.day)  # noqa: DTZ001 - the property has no zone
        facts.revision, facts.keywords, facts.comments = 1, "", ""
        held = BytesIO()
        self._deck.save(held)
        return without_clock(held.getvalue())


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
