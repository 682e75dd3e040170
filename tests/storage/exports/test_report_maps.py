"""Maps in the board's pack: a page of each journey, readable; no picture that is none."""

import zlib
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from pptx import Presentation
from pypdf import PdfReader

from journey.report.around import Around, Picture
from journey.report.pictures import MOST_BYTES, MOST_KEPT, packed, to_keep, unpacked, with_pictures
from journey.report.report import Report
from storage.exports.pdf import overview_pdf_bytes
from storage.exports.pictures import paper_of, png_of, sound
from storage.exports.pptx import overview_pptx_bytes

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" viewBox="0 0 40 20">'
    b'<rect width="40" height="20" fill="#00639C"/></svg>'
)


def picture(width: float = 2000.0, height: float = 1000.0, parts: int = 0) -> Picture:
    """Return a map of that size."""
    return Picture(
        "Opening", ("Search", "Sign"), 7, packed(SVG), width, height, (packed(SVG),) * parts
    )


@pytest.fixture
def report(report_maker: Callable[[Around], Report]) -> Report:
    return report_maker(Around())


def pdf_of(report: Report) -> PdfReader:
    assert report.overview is not None
    return PdfReader(BytesIO(overview_pdf_bytes(report.overview)))


def titles_of(report: Report) -> list[str]:
    assert report.overview is not None
    slides = Presentation(BytesIO(overview_pptx_bytes(report.overview))).slides
    return [slide.shapes.title.text_frame.text for slide in slides]


def test_each_map_has_a_page_whose_smallest_text_can_be_read(report: Report) -> None:
    before = len(pdf_of(report).pages)
    shown = with_pictures(report, (picture(900, 500), picture(2000, 1100)))
    pages = pdf_of(shown).pages
    assert len(pages) == before + 2
    widths = [round(float(page.mediabox.width) / 72 * 25.4) for page in pages[-2:]]
    assert widths == [297, 420]
    assert "The map: Opening" in pages[-1].extract_text()


@pytest.mark.parametrize("width", [50.0, 1_000.0, 2_500.0, 4_000.0, 90_000.0])
def test_paper_grows_with_the_map_and_no_further_than_a0(width: float) -> None:
    wide, high = paper_of(picture(width, width / 2))
    scale = (wide - 24) / 25.4 * 96 / width
    assert wide > high
    assert scale >= 0.72 or wide == 1189


def test_slides_show_the_whole_and_what_cannot_be_read_by_parts(report: Report) -> None:
    usual = titles_of(report)
    large = [t for t in titles_of(with_pictures(report, (picture(parts=3),))) if t not in usual]
    assert large == ["The map: Opening", *(f"The map: Opening · part {n} of 3" for n in (1, 2, 3))]
    small = titles_of(with_pictures(report, (picture(800, 400, parts=3),)))
    assert [t for t in small if t not in usual] == ["The map: Opening"]


def test_a_slide_tells_its_map_to_those_who_cannot_see_it(report: Report) -> None:
    shown = with_pictures(report, (picture(),))
    assert shown.overview is not None
    slides = Presentation(BytesIO(overview_pptx_bytes(shown.overview))).slides
    (slide,) = [s for s in slides if "The map" in s.shapes.title.text_frame.text]
    (shape,) = [s for s in slide.shapes if s.shape_type == 13]
    words = shape._element.nvPicPr.cNvPr.get("descr")
    assert words == "Map of Opening, 7 touchpoints. Stages: Search, Sign."
    assert shape.image.content_type == "image/png"
    assert shape.width / shape.height == pytest.approx(2.0, rel=0.01)


def test_a_picture_becomes_pixels_as_wide_as_asked() -> None:
    content = png_of(SVG, 500)
    assert content.startswith(b"\x89PNG")
    assert (int.from_bytes(content[16:20]), int.from_bytes(content[20:24])) == (500, 250)


def test_without_pictures_nothing_is_said_but_of_a_frozen_quarter(report: Report) -> None:
    assert report.overview is not None
    assert report.overview.frozen_on is not None
    (kept,) = [w for w in report.overview.text.foot.warnings if "map" in w]
    assert kept.startswith("No map was kept when this quarter was frozen")
    assert report.overview.text.pictures == ()


def test_a_frozen_quarter_with_maps_misses_none(report_maker: Callable[[Around], Report]) -> None:
    shown = report_maker(Around(pictures=(picture(),))).overview
    assert shown is not None
    assert not [w for w in shown.text.foot.warnings if "map" in w]
    assert [text.title for text in shown.text.pictures] == ["The map: Opening"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no zip",
        packed(b"no picture"),
        packed(b"<html/>"),
        packed(SVG)[:-6],
        packed(b'<!DOCTYPE a [<!ENTITY b "c">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>'),
        zlib.compress(SVG.replace(b"</svg>", b" " * MOST_BYTES + b"</svg>")),
    ],
)
def test_what_is_no_picture_is_left_out(content: bytes) -> None:
    good = picture()
    broken = replace(good, svg=content), replace(good, parts=(content,)), replace(good, width=0.0)
    assert sound((*broken, good)) == (good,)


def test_what_is_packed_comes_back() -> None:
    assert unpacked(packed(SVG)) == SVG


def test_a_record_keeps_whole_maps_before_parts_and_never_too_much() -> None:
    import random

    noise = random.Random(1).randbytes(MOST_KEPT // 3)
    one = replace(picture(), svg=noise, parts=(noise,))
    assert to_keep((one,)) == (one,)
    assert to_keep((one, one)) == (replace(one, parts=()),) * 2
    assert len(to_keep((one,) * 9)) == 3
