"""The spreadsheet of a pack, read back: the same figures, nothing executable, the same bytes."""

import re
import shutil
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from journey.priority.result import Basis, Ranking
from journey.report.pack import Axis, Pack
from storage.exports.columns import columns_of
from storage.exports.xlsx import write_xlsx, xlsx_bytes
from storage.exports.xlsx_bars import CELLS, Strip
from storage.exports.xlsx_styles import lines_needed

PAYLOADS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(1,1)",
    "\t=1+1",
    " =1+1",
    '=HYPERLINK("http://x.example","y")',
    "{=1+1}",
    "http://x.example/?a=b",
    "file:///etc/passwd",
    "internal:Sheet1!A1",
    "mailto:a@x.example",
    "1e400",
    "<b>bold</b>",
    "00123",
)


def kept(value: Any) -> Any:
    """Return a figure as a workbook keeps it: sixteen digits, one more than a spreadsheet has."""
    return float(f"{value:.16G}") if isinstance(value, float) else value


def book(pack: Pack) -> Any:
    return load_workbook(BytesIO(xlsx_bytes(pack)))


def table(sheet: Any, header: int = 1) -> list[dict[str, Any]]:
    rows = list(sheet.iter_rows(min_row=header, values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_the_sheets_are_there_and_named(packs: tuple[Pack, ...]) -> None:
    found = book(packs[0])
    assert found.sheetnames == [
        "Priorities",
        "Your answers",
        "All rows",
        "Metrics and KPIs",
        "Method",
        "waymark",
    ]
    assert set(found.defined_names) >= {
        "priorities",
        "decision",
        "all_rows",
        "your_answers",
        "metrics",
        "kpis",
        "assumptions",
        "seed",
        "draws",
        "content_sha256",
    }
    assert found["All rows"].freeze_panes == "C2"
    assert found["All rows"].auto_filter.ref is not None
    assert found.properties.creator == "Waymark"
    assert found.properties.created.date() == packs[0].foot.generated_on


def test_every_row_reads_back_to_the_digit(packs: tuple[Pack, ...]) -> None:
    for pack in packs:
        rows = list(book(pack)["All rows"].iter_rows(min_row=2, values_only=True))
        assert len(rows) == len(pack.all_rows)
        for cells, row in zip(rows, pack.all_rows, strict=True):
            for column, found in zip(columns_of(pack, ids=False), cells, strict=False):
                expected = column.value(row)
                if column.field == "metric" and expected is not None:
                    expected = {"nps": "NPS", "csat": "CSAT"}[expected]
                if column.field == "effort_assumed":
                    expected = "yes" if expected else "no"
                read = found.date() if isinstance(expected, date) else found
                assert read == (None if expected == "" else kept(expected)), column.field


def test_the_page_shows_the_first_ten_with_the_same_figures(packs: tuple[Pack, ...]) -> None:
    pack = packs[0]
    found = book(pack)
    area = found.defined_names["priorities"].attr_text.partition("!")[2].replace("$", "")
    rows = [[cell.value for cell in row] for row in found["Priorities"][area]]
    assert len(rows) == len(pack.rows) == 10
    strip = slice(3, 3 + CELLS)
    for cells, row in zip(rows, pack.rows, strict=True):
        assert cells[0] == ("–" if row.item.rank is None else row.item.rank)
        assert str(cells[2]).startswith(row.item.title)
        assert {text for text in cells[strip] if text} <= {row.text.no_value}
        figures = cells[strip.stop :]
        assert figures[5] == row.item.level.value
        if row.figure is not None:
            figure = row.figure
            assert figures[:3] == [kept(f) for f in (figure.mean, figure.low80, figure.high80)]
            assert figures[3] == row.item.p_top5
            assert figures[-2:] == [kept(f) for f in (figure.low95, figure.high95)]
        if row.metric is not None and row.metric.value is not None:
            fact = row.metric
            assert figures[6:9] == [kept(f) for f in (fact.value, fact.margin, fact.n)]


def test_bars_are_rules_that_look_at_their_own_row(packs: tuple[Pack, ...]) -> None:
    sheet = book(packs[0])["Priorities"]
    assert sheet._images == []
    assert sheet._charts == []
    rules = [
        (area.sqref, rule.formula[0])
        for area in sheet.conditional_formatting
        for rule in area.rules
        if rule.type == "expression"
    ]
    assert len(rules) == 3
    after = 4 + CELLS  # the column of the mean; the last two of the page are hidden
    names = [get_column_letter(after + step) for step in (0, 1, 2, 10, 11)]
    wanted = ({names[0]}, {names[1], names[2]}, {names[3], names[4]})
    for (area, formula), columns in zip(rules, wanted, strict=True):
        (place,) = area.ranges
        assert place.max_col - place.min_col + 1 == CELLS
        assert place.max_row - place.min_row + 1 == len(packs[0].rows)
        # The column is fixed, the row is the cell's own, so that a sort takes the bar along.
        assert set(re.findall(r"\$([A-Z]+)(\d+)", formula)) == {
            (column, str(place.min_row)) for column in columns
        }


@given(
    low=st.floats(-1e6, 0),
    high=st.floats(1, 1e7),
    share=st.floats(0, 1),
)
def test_a_value_lies_in_the_cell_that_stands_for_it(low: float, high: float, share: float) -> None:
    strip = Strip(3, Axis(low, high, (0.0,)))
    value = low + share * (high - low)
    place = strip.column_of(value)
    assert strip.first <= place <= strip.last
    left = low + (place - strip.first) * strip.step
    assert left - strip.step * 1e-6 <= value <= left + strip.step * (1 + 1e-6)


def test_the_page_prints_on_one_sheet_of_a4(packs: tuple[Pack, ...]) -> None:
    page = book(packs[0])["Priorities"]
    assert page.page_setup.paperSize == 9
    assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight or 1) == (1, 1)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_area


def test_the_decision_stands_on_top(packs: tuple[Pack, ...]) -> None:
    headlines = []
    for pack in packs:
        found = book(pack)
        area = found.defined_names["decision"].attr_text.partition("!")[2].replace("$", "")
        headlines.append(found["Priorities"][area][1][0].value)
    assert headlines == [
        "Approve 98 days of work for ranks 2, 3 and 5",
        "Approve 58 days of work for ranks 1 and 4",
        "Ask one question after “Support call” before any work",
    ] or headlines == [
        "Approve 58 days of work for ranks 1 and 4",
        "Approve 98 days of work for ranks 2, 3 and 5",
        "Ask one question after “Support call” before any work",
    ]


def test_no_level_claims_more_than_it_may(packs: tuple[Pack, ...]) -> None:
    pack = packs[0]
    rows = {row["Pain point"]: row for row in table(book(pack)["All rows"])}
    kpi_only, opinion = (
        rows["Too few applications are finished"],
        rows["Letters sound like a court"],
    )
    assert kpi_only["Value kept, EUR"] is None
    assert kpi_only["Index"] == pytest.approx(3.74)
    assert opinion["Value kept, EUR"] is None
    assert opinion["Index"] is None
    assert rows["Tax question unclear"]["Rank"] is None


def test_a_score_under_the_minimum_is_not_told(packs: tuple[Pack, ...]) -> None:
    sheet = book(packs[0])["Metrics and KPIs"]
    rows = [row for row in table(sheet, 2) if row["Segment"] == "18 to 25"]
    assert [(r["Answers"], r["Value"], r["Reading"]) for r in rows] == [(3, None, "too few (3)")]


def test_kpis_stand_against_their_target(packs: tuple[Pack, ...]) -> None:
    texts = {row[0]: row for row in book(packs[0])["Metrics and KPIs"].iter_rows(values_only=True)}
    assert texts["Applications finished"][7:9] == (61.2, 75)
    assert texts["Applications finished"][-1] == "short of target"
    assert texts["Customer health score"][-1] == "target met"
    assert texts["First-contact resolution"][-1] == "no observation"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_typed_becomes_a_formula_a_link_or_a_number(
    packs: tuple[Pack, ...], payload: str
) -> None:
    pack = hostile(packs[0], payload)
    content = xlsx_bytes(pack)
    found = load_workbook(BytesIO(content))
    texts = 0
    for sheet in found:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.coordinate
                assert cell.hyperlink is None
                texts += cell.value == payload
    assert texts >= 3  # and it is shown as it was typed
    with zipfile.ZipFile(BytesIO(content)) as parts:
        for name in parts.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in parts.read(name)
                assert b"<hyperlink" not in parts.read(name)


def hostile(pack: Pack, payload: str) -> Pack:
    rows = tuple(
        replace(
            row,
            status=payload,
            item=replace(
                row.item,
                title=payload,
                touchpoint_name=payload,
                stage_name="",
                leader_name=payload,
                improvement_title=payload,
                sentence=payload,
                why_not_higher=payload,
            ),
        )
        for row in pack.all_rows
    )
    return replace(
        pack,
        workspace=payload,
        leader_name=payload,
        leader_role="",
        rows=rows[:10],
        all_rows=rows,
        metrics=tuple(replace(m, question=payload, touchpoint=payload) for m in pack.metrics),
        kpis=tuple(replace(k, name=payload, unit=payload, period=payload) for k in pack.kpis),
        warnings=(payload,),
    )


def test_the_same_pack_gives_the_same_bytes(packs: tuple[Pack, ...]) -> None:
    assert xlsx_bytes(packs[0]) == xlsx_bytes(packs[0])
    moved = replace(packs[0], foot=replace(packs[0].foot, seed=2))
    assert xlsx_bytes(moved) != xlsx_bytes(packs[0])


def test_what_a_ranking_warns_of_is_said_in_words(packs: tuple[Pack, ...]) -> None:
    sheet = book(replace(packs[0], warnings=("no_volumes",)))["Method"]
    texts = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]
    assert "The customers of a segment are not known, so the list is not in money." in texts
    assert "no_volumes" not in texts


def test_a_returned_file_can_find_its_rows(packs: tuple[Pack, ...]) -> None:
    sheet = book(packs[0])["All rows"]
    rows = table(sheet)
    assert [row["pain_point"] for row in rows] == [row.item.pain_point for row in packs[0].all_rows]
    assert rows[0]["improvement"] == "fix-photo"


def test_only_what_a_leader_fills_in_can_be_written(packs: tuple[Pack, ...]) -> None:
    sheet = book(packs[0])["Your answers"]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    free = {c.coordinate for row in sheet.iter_rows() for c in row if not c.protection.locked}
    lines = range(4, 4 + len(packs[0].all_rows))
    assert free == {f"{column}{line}" for column in "EFGH" for line in lines}
    rules = {str(v.sqref)[0]: v for v in sheet.data_validations.dataValidation}
    assert {column: rule.type for column, rule in rules.items()} == {
        "E": "list",
        "F": "date",
        "G": "decimal",
        "H": "textLength",
    }
    assert rules["E"].formula1 == '"proposed,planned,started,done,dropped"'
    assert all(len(v.promptTitle) <= 32 and len(v.prompt) <= 255 for v in rules.values())
    assert sheet.freeze_panes == "C4"
    assert sheet.auto_filter.ref == f"A3:J{lines[-1]}"


def test_the_cells_to_fill_in_hold_what_is_known_and_no_stand_in(packs: tuple[Pack, ...]) -> None:
    pack = replace(packs[0], all_rows=(replace(packs[0].all_rows[0], notes="Ask Åse"),
                                       *packs[0].all_rows[1:]))  # fmt: skip
    rows = list(book(pack)["Your answers"].iter_rows(min_row=4, min_col=5, max_col=10))
    told = {row[4].value: [cell.value for cell in row[:4]] for row in rows}
    assert told["photo"][0] == "planned"
    assert told["photo"][1].date() == date(2027, 3, 31)
    assert told["photo"][2:] == [30, "Ask Åse"]
    assert told["letter"][2] is None  # its effort is an assumption
    assert told["tax"] == [None] * 4


def test_the_names_are_told_on_the_method_sheet(packs: tuple[Pack, ...]) -> None:
    found = book(packs[0])
    told = {row[0] for row in found["Method"].iter_rows(values_only=True)}
    public = {name for name in found.defined_names if not name.startswith("_")}
    assert public <= told


@pytest.mark.parametrize(
    ("language", "due", "entry"),
    [
        ("en", "[$-809]d mmm yyyy", "yyyy-mm-dd"),
        ("nb-NO", "[$-414]d. mmm yyyy", "dd.mm.yyyy"),
        ("pl", "[$-415]d mmm yyyy", "dd.mm.yyyy"),
        ("ru_RU", "[$-FC19]d mmm yyyy", "dd.mm.yyyy"),
    ],
)
def test_days_are_written_as_the_language_writes_them(
    packs: tuple[Pack, ...], language: str, due: str, entry: str
) -> None:
    found = book(replace(packs[0], language=language))
    rows = found["All rows"]
    place = next(cell.column for cell in rows[1] if cell.value == "Due")
    assert rows.cell(2, place).number_format == due
    assert found["Your answers"]["F4"].number_format == entry


def test_libreoffice_opens_it_as_it_is(packs: tuple[Pack, ...], tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    path = write_xlsx(packs[0], tmp_path / "pack.xlsx")
    home = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    convert = [office, home, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
    out = tmp_path / "again"
    subprocess.run([*convert, "--outdir", out, path], check=True, capture_output=True, timeout=240)
    with warnings.catch_warnings():  # LibreOffice adds extensions openpyxl does not know
        warnings.simplefilter("ignore", UserWarning)
        again, first = load_workbook(out / "pack.xlsx"), load_workbook(path)
    assert again.sheetnames == first.sheetnames
    for name in ("All rows", "Your answers"):
        values = [list(sheet.iter_rows(values_only=True)) for sheet in (again[name], first[name])]
        for one, other in zip(*values, strict=True):
            for mine, theirs in zip(one, other, strict=False):
                near = pytest.approx(theirs) if isinstance(theirs, float) else theirs
                assert mine == near


@pytest.mark.parametrize("basis", [Basis.INDEX, Basis.ORDER])
def test_a_list_without_money_shows_none(
    bank_ranking: Ranking, pack_maker: Callable[[Ranking], tuple[Pack, ...]], basis: Basis
) -> None:
    nothing = dict.fromkeys(("value_mean", "low80", "high80", "low95", "high95"))
    index = {"index_mean": 4.2, "index_low80": 2.0} if basis is Basis.INDEX else {}
    items = tuple(replace(item, **nothing, **index) for item in bank_ranking.items)
    for pack in pack_maker(replace(bank_ranking, basis=basis, items=items, draft=True)):
        found = book(pack)
        text = " ".join(
            str(cell) for row in found["Priorities"].iter_rows(values_only=True) for cell in row
        )
        assert "€" not in text.replace("480 k€", "").replace("680 k€", "")
        assert "draft" in text
        assert not any("EUR" in str(key) for key in table(found["All rows"])[0])


def test_a_pack_of_one_long_row_keeps_every_word(packs: tuple[Pack, ...]) -> None:
    long = "Łódź, Tromsø и Пермь: " + "a very long title without an end " * 5
    row = packs[0].rows[0]
    row = replace(row, item=replace(row.item, title=long, sentence=long * 8))
    pack = replace(packs[0], rows=(row,), all_rows=(row,))
    sheet = book(pack)["Priorities"]
    height = {str(c.value)[:4]: sheet.row_dimensions[c.row].height for c in sheet["C"] if c.value}
    assert height["Łódź"] >= 13 * lines_needed(long, 38, bold=True) >= 13 * 5


def test_text_wider_than_its_cell_needs_more_lines() -> None:
    assert lines_needed("", 10) == 1
    assert lines_needed("one", 10) == 1
    assert lines_needed("one two three four", 10) > 1
    assert lines_needed("one\ntwo", 10) == 2
    assert lines_needed("W" * 40, 10) > lines_needed("i" * 40, 10)


def test_writing_replaces_the_file_and_leaves_nothing_beside_it(
    packs: tuple[Pack, ...], tmp_path: Path
) -> None:
    target = tmp_path / "pack.xlsx"
    target.write_bytes(b"old")
    assert write_xlsx(packs[0], target) == target
    assert load_workbook(BytesIO(target.read_bytes())).sheetnames[0] == "Priorities"
    assert [p.name for p in tmp_path.iterdir()] == ["pack.xlsx"]


def test_the_spreadsheet_library_is_imported_late() -> None:
    check = (
        "import sys, storage.exports, storage.exports.xlsx, journey.report;"
        "assert 'xlsxwriter' not in sys.modules and 'sqlalchemy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", check], check=True)


def test_rows_of_merged_cells_are_as_high_as_their_texts(packs: tuple[Pack, ...]) -> None:
    # A spreadsheet sets the height of no row by what its merged cells hold.
    name = "A bank whose name goes on for ever " * 9
    sheet = book(replace(packs[0], workspace=name))["Method"]
    (row,) = (cell.row for cell in sheet["B"] if cell.value == name)
    assert sheet.row_dimensions[row].height >= 3 * 13  # 315 letters, some 100 to the line
    assert sheet.row_dimensions[row + 1].height < 2 * 13
