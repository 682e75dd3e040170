"""The board's slides of the map: each journey whole, then by parts that can be read."""

from io import BytesIO
from typing import Any, Final

from journey.report.around import Picture
from journey.report.pictures import unpacked
from journey.report.report import Overview
from journey.report.texts import PictureText
from journey.report.words import Words
from storage.exports.pictures import READABLE, png_of
from storage.exports.pptx_deck import Deck
from storage.exports.pptx_xml import Box, safe

# Pixels across a picture: a slide shown on a large screen, or zoomed into, stays sharp.
_PIXELS: Final = 2560
_EMU_PER_PIXEL: Final = 9525


def write_maps(deck: Deck, overview: Overview, foot: str) -> None:
    """Write the slides of every map the overview has."""
    words = Words(overview.language)
    for picture, text in zip(overview.pictures, overview.text.pictures, strict=True):
        _slide(deck, text, picture.svg, foot)
        parts = [] if _readable(deck, picture) else picture.parts
        for number, part in enumerate(parts, start=1):
            title = words("overview.picture_part", title=text.title, part=number, parts=len(parts))
            _slide(deck, PictureText(title, text.words), part, foot)


def _readable(deck: Deck, picture: Picture) -> bool:
    """Whether a map's text can be read where the whole stands on one slide."""
    room = deck.content
    wide, high = picture.width * _EMU_PER_PIXEL, picture.height * _EMU_PER_PIXEL
    return bool(min(room.width / wide, room.height / high) >= READABLE)


def _slide(deck: Deck, text: PictureText, svg: bytes, foot: str) -> None:
    slide = deck.slide(text.title)
    _place(slide, deck.content, png_of(unpacked(svg), _PIXELS), text.words)
    deck.foot(slide, foot)


def _place(slide: Any, room: Box, png: bytes, words: str) -> None:
    """Put a picture into the middle of a place, as large as fits, never larger than at 100 %."""
    shape = slide.shapes.add_picture(BytesIO(png), room.left, room.top)
    scale = min(room.width / shape.width, room.height / shape.height)
    shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)
    shape.left = room.left + (room.width - shape.width) // 2
    shape._element.nvPicPr.cNvPr.set("descr", safe(words))
