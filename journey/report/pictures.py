"""Pictures of the map for the board: packed small, bounded, and put into a report."""

import zlib
from collections.abc import Iterable
from dataclasses import replace

from journey.report.around import Picture
from journey.report.report import Overview, Report
from journey.report.texts import PictureText
from journey.report.words import Words

# More than a map of some hundred touchpoints; a larger one is no picture for a page.
MOST_BYTES = 8_000_000
# What a frozen quarter keeps of its pictures, packed, together.
MOST_KEPT = 1_500_000


def packed(svg: bytes) -> bytes:
    """Return an SVG as a picture keeps it."""
    return zlib.compress(svg)


def unpacked(content: bytes) -> bytes:
    """Return the SVG of a picture.

    Raises:
        ValueError: it is none that `packed` made, or one too large for a page.
    """
    packer = zlib.decompressobj()
    try:
        svg = packer.decompress(content, MOST_BYTES + 1)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if len(svg) > MOST_BYTES or not packer.eof:
        raise ValueError("too large")
    return svg


def to_keep(pictures: Iterable[Picture]) -> tuple[Picture, ...]:
    """Return the pictures a frozen quarter has room for; parts go before whole maps do."""
    found = tuple(pictures)
    if sum(_size(picture) for picture in found) > MOST_KEPT:
        found = tuple(replace(picture, parts=()) for picture in found)
    kept, room = [], MOST_KEPT
    for picture in found:
        if _size(picture) <= room:
            kept.append(picture)
            room -= _size(picture)
    return tuple(kept)


def _size(picture: Picture) -> int:
    return len(picture.svg) + sum(map(len, picture.parts))


def with_pictures(report: Report, pictures: Iterable[Picture]) -> Report:
    """Return a report whose overview shows these maps; without an overview, as it is."""
    if report.overview is None:
        return report
    return replace(report, overview=_shown(report.overview, tuple(pictures)))


def _shown(overview: Overview, pictures: tuple[Picture, ...]) -> Overview:
    text = replace(overview.text, pictures=picture_texts(pictures, Words(overview.language)))
    return replace(overview, pictures=pictures, text=text)


def picture_texts(pictures: Iterable[Picture], words: Words) -> tuple[PictureText, ...]:
    """Return the heading and the words of each map."""
    return tuple(
        PictureText(
            words("overview.picture", journey=picture.journey),
            words(
                "overview.picture_words",
                journey=picture.journey,
                stages=", ".join(picture.stages) or words("none"),
                count=picture.touchpoints,
            ),
        )
        for picture in pictures
    )
