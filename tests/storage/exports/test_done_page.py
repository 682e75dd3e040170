""" "You said, we did" read back from every format: the same sentences, the same figures."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader

from journey.report.around import Around, Before, Outcome
from journey.report.report import DonePage, Report
from storage.exports import export_report
from storage.exports.markdown import done_markdown
from storage.exports.pdf import done_pdf_bytes
from storage.exports.pptx_done import done_pptx_bytes
from storage.exports.xlsx_done import done_xlsx_bytes

SEEN = Outcome(None, None, 0.6, 0.46, 0.08, (412.0, 388.0), "difference_in_differences")


@pytest.fixture
def report(report_maker: Callable[[Around], Report]) -> Report:
    return report_maker(Around(before=Before("2026Q3"), outcomes={"fix-old": SEEN}))


@pytest.fixture
def page(report: Report) -> DonePage:
    assert report.done is not None
    return report.done


def squeezed(text: str) -> str:
    return "".join(text.split()).replace("\u2009", "")


def cells_of(content: bytes) -> list[list[str]]:
    """Return the rows of every table, headings left out."""
    tables = [
        shape.table
        for slide in Presentation(BytesIO(content)).slides
        for shape in slide.shapes
        if shape.has_table
    ]
    return [
        [cell.text_frame.text for cell in row.cells] for t in tables for row in list(t.rows)[1:]
    ]


def test_every_format_says_the_same(page: DonePage) -> None:
    (entry,) = page.entries
    told = entry.text
    assert told.result.startswith("Of every 10 customers who met this before, about 5")
    pdf = "".join(p.extract_text() for p in PdfReader(BytesIO(done_pdf_bytes(page))).pages)
    assert squeezed(told.result) in squeezed(pdf)
    assert told.result in done_markdown(page)
    ((said, did, came),) = cells_of(done_pptx_bytes(page))
    assert told.said[0] in said
    assert told.did in did
    assert told.when in did
    assert came == told.result
    sheet = load_workbook(BytesIO(done_xlsx_bytes(page))).active
    row = [cell.value for cell in sheet[5]]
    assert row[:3] == ["\n".join(told.said), told.where, told.did]
    assert row[3] == datetime(2026, 11, 3)
    assert row[4] == told.result
    assert row[5:] == pytest.approx([0.6, 0.46, 412, 388])


def test_many_entries_go_on_over_slides_and_keep_their_order(page: DonePage) -> None:
    (entry,) = page.entries
    many = tuple(
        replace(entry, text=replace(entry.text, did=f"Work number {n}")) for n in range(40)
    )
    content = done_pptx_bytes(replace(page, entries=many))
    rows = cells_of(content)
    assert [row[1].splitlines()[0] for row in rows] == [f"Work number {n}" for n in range(40)]
    slides = Presentation(BytesIO(content)).slides
    assert len(slides) > 3
    deck = Presentation(BytesIO(content))
    for slide in slides:
        for shape in slide.shapes:
            assert shape.top + shape.height <= deck.slide_height
    assert content == done_pptx_bytes(replace(page, entries=many))


def test_hostile_words_stay_words(page: DonePage) -> None:
    (entry,) = page.entries
    evil = '=HYPERLINK("http://x","y")'
    text = replace(entry.text, said=(evil, "\x00\u202eabc"), did=evil, where=evil)
    bad = replace(page, entries=(replace(entry, text=text, done_on=None, shares=None),))
    sheet = load_workbook(BytesIO(done_xlsx_bytes(bad))).active
    assert sheet["C5"].value == evil
    assert sheet["C5"].data_type == "s"
    assert sheet["D5"].value is None
    assert [sheet.cell(5, column).value for column in (6, 7, 8, 9)] == [None] * 4
    assert evil in cells_of(done_pptx_bytes(bad))[0][0]


def test_the_page_is_written_with_the_packs(report: Report, tmp_path: Path) -> None:
    written = export_report(report, tmp_path, ("xlsx", "pptx", "pdf", "md"))
    names = {path.name for path in written}
    for ending in ("xlsx", "pptx", "pdf", "md"):
        assert f"2026Q4 You said, we did.{ending}" in names
    assert date(2026, 11, 3) == report.done.entries[0].done_on  # type: ignore[union-attr]


def test_rows_of_the_sheet_are_as_high_as_their_texts(page: DonePage) -> None:
    (entry,) = page.entries
    long = replace(entry.text, said=("It waits.", "It waits again."), did="We changed it. " * 20)
    content = done_xlsx_bytes(replace(page, entries=(entry, replace(entry, text=long))))
    sheet = load_workbook(BytesIO(content)).active
    heights = [sheet.row_dimensions[number].height for number in (4, 5, 6)]
    assert heights[0] >= 2 * 13  # a heading of two lines over a narrow column
    assert heights[1] >= 2 * 13  # what came of it takes two lines
    assert heights[2] >= 7 * 13  # 300 letters in bold, some 40 to the line
