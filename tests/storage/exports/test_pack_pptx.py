"""The slides of a pack, read back: the same figures, native and editable, on any template."""

import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openpyxl import load_workbook
from pptx import Presentation
from pptx.util import Inches, Pt

from journey.priority.result import Basis, Ranking
from journey.report.build import build_report
from journey.report.pack import Pack
from journey.report.page import written
from journey.report.report import Overview
from storage.exports.brand import BrandError
from storage.exports.pptx import overview_pptx_bytes, pptx_bytes, write_pptx
from storage.exports.pptx_chart import Bar, scale_of
from tests.storage.exports.conftest import SHA, metric_rows, workspace

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
PAYLOAD = '=HYPERLINK("http://x.example","y")'
LANGUAGES = {
    "pl": "Zdjęcie dokumentu odrzucone bez podania przyczyny w żółtym oknie",
    "nb": "Skjemaet mister alt når man går tilbake på små skjermer i Tromsø",
    "ru": "Фотография паспорта отклоняется без объяснения причины",
}


@pytest.fixture
def overview(bank_ranking: Ranking) -> Overview:
    """The board's overview of the bank."""
    report = build_report(
        workspace(),
        bank_ranking,
        metric_rows(),
        quarter="2026Q4",
        generated_on=date(2027, 1, 4),
        content_sha256=SHA,
    )
    assert report.overview is not None
    return report.overview


def deck(pack: Pack, template: Path | None = None) -> Any:
    return Presentation(BytesIO(pptx_bytes(pack, template=template)))


def tables(slides: Any) -> Iterator[list[list[str]]]:
    for slide in slides:
        for shape in slide.shapes:
            if shape.has_table:
                yield [[cell.text for cell in row.cells] for row in shape.table.rows]


def charts(slides: Any) -> list[Any]:
    return [shape.chart for slide in slides for shape in slide.shapes if shape.has_chart]


def texts(slides: Any) -> str:
    return "\n".join(
        shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame
    )


def retitled(pack: Pack, title: str, language: str = "en", rows: int | None = None) -> Pack:
    """Return the pack with another title in every row, and another number of rows."""
    source = pack.all_rows
    count = len(source) if rows is None else rows
    changed = tuple(
        replace(
            row,
            asked=row.asked and number < len(source),
            item=replace(row.item, title=f"{title} {number}", touchpoint_name=title),
        )
        for number in range(count)
        for row in (source[number % len(source)],)
    )
    return written(replace(pack, language=language, rows=changed[:10], all_rows=changed))


def test_the_decision_is_the_title_and_every_slide_has_one(packs: tuple[Pack, ...]) -> None:
    for pack in packs:
        slides = deck(pack).slides
        assert slides[0].shapes.title.text == pack.text.decision
        titles = [slide.shapes.title.text for slide in slides]
        assert all(titles)
        assert len(set(titles)) == len(titles)


def test_it_is_wide_and_no_letter_is_under_nine_points(packs: tuple[Pack, ...]) -> None:
    found = deck(packs[0])
    assert (found.slide_width / Inches(1), found.slide_height / Inches(1)) == (
        pytest.approx(13.333, abs=0.01),
        7.5,
    )
    sizes = [
        int(run.get("sz"))
        for slide in found.slides
        for run in slide._element.iter(f"{A}rPr", f"{A}endParaRPr")
        if run.get("sz")
    ]
    assert min(sizes) >= 900


def test_the_first_table_shows_the_page_to_the_digit(packs: tuple[Pack, ...]) -> None:
    for pack in packs:
        heading, *rows = next(tables(deck(pack).slides))
        assert heading[:3] == [
            pack.text.columns.rank,
            pack.text.columns.pain_point,
            pack.text.columns.value,
        ]
        assert len(rows) == len(pack.rows)
        for cells, row in zip(rows, pack.rows, strict=True):
            text = row.text
            shown = f"{text.value} {text.interval}".strip() or text.no_value
            assert cells[:6] == [
                text.rank,
                text.title,
                shown,
                text.chance,
                text.effort,
                text.level,
            ]
            assert text.metric in cells[6]
            assert text.answers in cells[6]


@pytest.mark.parametrize("count", [1, 10, 300])
def test_every_row_stands_on_the_slides_that_follow(packs: tuple[Pack, ...], count: int) -> None:
    pack = retitled(packs[0], "Row", rows=count)
    found = [rows for rows in tables(deck(pack).slides) if rows[0][-1] == pack.text.columns.work]
    told = [row[1].split("\n")[0] for rows in found for row in rows[1:]]
    assert told == [row.item.title for row in pack.all_rows]
    assert all(rows[0] == found[0][0] for rows in found)  # the headings are on each


def test_the_chart_is_native_and_holds_the_figures(packs: tuple[Pack, ...]) -> None:
    pack = packs[0]
    (chart,) = charts(deck(pack).slides)
    means = [None if row.figure is None else row.figure.mean for row in pack.rows]
    assert list(chart.plots[0].categories) == [row.text.rank for row in pack.rows]
    assert list(chart.plots[0].series[0].values) == means
    ends = chart._chartSpace.findall(f".//{C}errBars/*/{C}numRef/{C}numCache")
    plus, minus = ([float(v.text) for v in cache.iter(f"{C}v")] for cache in ends)
    for row, above, below in zip(pack.rows, plus, minus, strict=True):
        if row.figure is not None:
            assert row.figure.mean + above == pytest.approx(row.figure.high80, rel=1e-12)
            assert row.figure.mean - below == pytest.approx(row.figure.low80, rel=1e-12)
    book = load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    kept = list(book["Sheet1"].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in kept] == [row.text.rank for row in pack.rows]
    assert [row[6] for row in kept] == [row.item.title for row in pack.rows]
    for cells, mean in zip(kept, means, strict=True):
        assert cells[1] == (None if mean is None else pytest.approx(mean, rel=1e-14))


def test_the_axis_holds_zero_every_interval_and_a_label() -> None:
    bars = [
        Bar("1", "", 40.0, -12.0, 190.0, "40", False),
        Bar("2", "", None, None, None, "", False),
    ]
    low, high = scale_of(bars, 50.0)
    assert (low, high) == (-50.0, 250.0)
    assert scale_of(bars[1:], 50.0) == (0.0, 50.0)


@pytest.mark.parametrize("payload", [PAYLOAD, "+1+1", "-1", "@SUM(1)", "http://x.example/"])
def test_nothing_typed_becomes_a_formula_or_a_link(packs: tuple[Pack, ...], payload: str) -> None:
    pack = retitled(packs[0], payload)
    content = pptx_bytes(pack)
    (chart,) = charts(Presentation(BytesIO(content)).slides)
    blob = chart.part.chart_workbook.xlsx_part.blob
    for row in load_workbook(BytesIO(blob))["Sheet1"].iter_rows():
        assert all(cell.data_type != "f" and cell.hyperlink is None for cell in row)
    with zipfile.ZipFile(BytesIO(content)) as parts:
        for name in parts.namelist():
            if name.startswith("ppt/slides/_rels"):
                assert b"hyperlink" not in parts.read(name)
    assert any(payload in row[1] for rows in tables(deck(pack).slides) for row in rows)


def test_letters_no_file_may_hold_do_not_break_it(packs: tuple[Pack, ...]) -> None:
    every = "".join(chr(code) for code in range(32)) + "\x7f<b>&amp;</b>"
    pack = retitled(packs[0], f"Odd {every}")
    assert any("<b>&amp;</b>" in row[1] for rows in tables(deck(pack).slides) for row in rows)


def test_it_can_be_read_aloud(packs: tuple[Pack, ...]) -> None:
    for slide in deck(packs[0]).slides:
        shapes = list(slide.shapes)
        assert shapes[0] == slide.shapes.title  # read first
        for shape in shapes:
            facts = shape._element.xpath(".//p:cNvPr")[0]
            if shape.has_table or shape.has_chart:
                assert facts.get("descr")
            elif not shape.has_text_frame:
                assert b"decorative" in etree.tostring(facts)
            if shape.has_table:
                assert shape._element.find(f".//{A}tblPr").get("firstRow") == "1"


@pytest.mark.parametrize(
    ("language", "tag"), [("en", "en-GB"), ("pl", "pl-PL"), ("nb", "nb-NO"), ("ru", "ru-RU")]
)
def test_every_run_says_its_language(packs: tuple[Pack, ...], language: str, tag: str) -> None:
    found = deck(retitled(packs[0], LANGUAGES.get(language, "Title"), language))
    assert found.core_properties.language == tag
    for slide in found.slides:
        runs = list(slide._element.iter(f"{A}r", f"{A}fld"))
        assert runs
        assert {run.find(f"{A}rPr").get("lang") for run in runs} == {tag}


def test_nothing_stands_below_the_slide_or_over_its_foot(packs: tuple[Pack, ...]) -> None:
    cases = [packs[0], retitled(packs[0], LANGUAGES["ru"] * 3, "ru", 40), packs[2]]
    for pack in cases:
        for slide in deck(pack).slides:
            foot = next(s.top for s in slide.shapes if s.name == "Foot")
            for shape in slide.shapes:
                if shape.has_table:
                    assert shape.top + sum(row.height for row in shape.table.rows) <= foot
                elif shape.has_chart:
                    assert shape.top + shape.height <= foot


def test_a_company_template_gives_its_layout_and_loses_its_slides(
    packs: tuple[Pack, ...], tmp_path: Path
) -> None:
    company = Presentation()
    company.slides.add_slide(company.slide_layouts[1]).shapes.title.text = "Old slide"
    layout = company.slide_layouts[5]
    layout.name = "Company title"
    title = next(iter(layout.placeholders))
    title.left, title.top, title.width, title.height = (Inches(1), Inches(1), Inches(8), Inches(1))
    template = tmp_path / "company.pptx"
    company.save(template)
    found = deck(packs[0], template)
    assert (found.slide_width, found.slide_height) == (company.slide_width, company.slide_height)
    assert {slide.slide_layout.name for slide in found.slides} == {"Company title"}
    assert "Old slide" not in texts(found.slides)
    first = found.slides[0]
    assert first.shapes.title.text == packs[0].text.decision
    assert first.shapes.title.top == Inches(1)
    assert all(shape.top >= Inches(2) for shape in first.shapes if shape.has_table)
    runs = [run for slide in found.slides for run in slide._element.iter(f"{A}rPr")]
    assert not any(run.find(f"{A}latin") is not None for run in runs)  # its fonts
    assert not any(run.find(f".//{A}srgbClr") is not None for run in runs)  # its colours


def test_a_template_that_cannot_be_used_says_so(packs: tuple[Pack, ...], tmp_path: Path) -> None:
    broken = tmp_path / "broken.pptx"
    broken.write_bytes(b"PK\x03\x04 no")
    bare = tmp_path / "bare.pptx"
    company = Presentation()
    for layout in list(company.slide_layouts)[:-1]:
        if layout.name != "Blank":
            company.slide_layouts.remove(layout)
    company.slide_layouts.remove(company.slide_layouts[-1])
    company.save(bare)
    for path in (broken, bare, tmp_path / "none.pptx"):
        with pytest.raises(BrandError) as raised:
            pptx_bytes(packs[0], template=path)
        assert raised.value.reason == "bad_template"


@pytest.mark.parametrize("basis", [Basis.INDEX, Basis.ORDER])
def test_a_list_without_money_has_no_chart_of_money(
    bank_ranking: Ranking, pack_maker: Callable[[Ranking], tuple[Pack, ...]], basis: Basis
) -> None:
    nothing = dict.fromkeys(("value_mean", "low80", "high80", "low95", "high95"))
    items = tuple(replace(item, **nothing) for item in bank_ranking.items)
    for pack in pack_maker(replace(bank_ranking, basis=basis, items=items)):
        slides = deck(pack).slides
        assert len(charts(slides)) == (1 if pack.axis else 0)
        assert len(list(tables(slides))) >= 2


def test_the_overview_shows_all_leaders_and_the_first_rows(overview: Overview) -> None:
    slides = Presentation(BytesIO(overview_pptx_bytes(overview))).slides
    first, leaders, *_ = tables(slides)
    assert [row[1] for row in first[1:]] == [row.text.title for row in overview.rows]
    assert [row[2] for row in first[1:]] == [row.leader for row in overview.rows]
    assert [row[0] for row in leaders[1:]] == [line.text.leader for line in overview.leaders]
    (chart,) = charts(slides)
    means = [row.row.figure.mean if row.row.figure else None for row in overview.rows]
    assert list(chart.plots[0].series[0].values) == means


def test_the_same_pack_gives_the_same_bytes(packs: tuple[Pack, ...], tmp_path: Path) -> None:
    assert pptx_bytes(packs[0]) == pptx_bytes(packs[0])
    path = tmp_path / "pack.pptx"
    path.write_bytes(b"old")
    assert write_pptx(packs[0], path) == path
    assert path.read_bytes() == pptx_bytes(packs[0])
    assert [file.name for file in tmp_path.iterdir()] == ["pack.pptx"]


def test_libreoffice_shows_every_slide(packs: tuple[Pack, ...], tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    pypdf = pytest.importorskip("pypdf")
    path = write_pptx(retitled(packs[0], LANGUAGES["ru"], "ru"), tmp_path / "pack.pptx")
    home = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    convert = [office, home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path]
    subprocess.run(convert, check=True, capture_output=True, timeout=240)
    pages = pypdf.PdfReader(tmp_path / "pack.pdf").pages
    slides = Presentation(str(path)).slides
    assert len(pages) == len(slides)
    first = " ".join(pages[0].extract_text().split())
    assert packs[0].text.decision in first
    for row in packs[0].rows:
        assert row.text.value in first
    assert "Фотография" in first


def test_the_smallest_size_is_kept_on_small_slides(packs: tuple[Pack, ...], tmp_path: Path) -> None:
    small = Presentation()
    small.slide_width, small.slide_height = Inches(6.4), Inches(3.6)
    template = tmp_path / "small.pptx"
    small.save(template)
    sizes = {
        run.font.size
        for slide in deck(packs[0], template).slides
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
        if run.font.size is not None
    }
    assert min(sizes) >= Pt(9)
