"""Workbooks as Excel wants them, read as raw XML: nothing in them makes it offer a repair."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from lxml import etree
from openpyxl.utils import range_boundaries

from journey.priority.result import Ranking
from journey.report.pack import Pack
from journey.report.page import written
from storage.exports.xlsx import book_options, xlsx_bytes
from tests.storage.exports.conftest import ranking
from tests.storage.exports.packages import check_package, elements

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HOSTILE = '\x00=HYPERLINK("http://x") <b>&amp; \ttab\nline \u202eback\u202c \U0001f600 _x0041_ ]]>'
# In this order a sheet's parts stand, or the whole sheet is refused.
ORDER = (
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384


def local(element: Any) -> str:
    return str(etree.QName(element).localname)


def check_workbook(content: bytes) -> None:
    """Check a workbook for all Excel is strict about."""
    parts = check_package(content)
    book = etree.fromstring(parts["xl/workbook.xml"])
    names = [sheet.get("name") for sheet in book.iter(f"{S}sheet")]
    _check_sheet_names(book, names)
    _check_names(book, names)
    texts = etree.fromstring(parts["xl/sharedStrings.xml"])
    held = ["".join(text.itertext()) for text in texts.findall(f"{S}si")]
    assert int(texts.get("uniqueCount")) == len(held)
    assert all(len(text) <= 32_767 for text in held)
    styles = etree.fromstring(parts["xl/styles.xml"])
    counts = _check_styles(styles)
    sheets = dict(elements(parts, "xl/worksheets/"))
    assert len(sheets) == len(names)
    for sheet in sheets.values():
        _check_sheet(sheet, len(held), counts)


def _check_sheet_names(book: Any, names: list[str]) -> None:
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 1 <= len(name) <= 31
        assert not re.search(r"[\[\]:*?/\\]", name)
        assert not name.startswith("'")
        assert not name.endswith("'")
        assert name.casefold() != "history"
    ids = [sheet.get("sheetId") for sheet in book.iter(f"{S}sheet")]
    assert len(set(ids)) == len(ids)
    states = [sheet.get("state", "visible") for sheet in book.iter(f"{S}sheet")]
    active = int(book.find(f".//{S}workbookView").get("activeTab", "0"))
    assert states[active] == "visible"


def _check_names(book: Any, sheets: list[str]) -> None:
    found = [
        (n.get("name").casefold(), n.get("localSheetId")) for n in book.iter(f"{S}definedName")
    ]
    assert len(set(found)) == len(found)
    for name in book.iter(f"{S}definedName"):
        told = name.get("name")
        assert re.fullmatch(r"[^\W\d][\w.]{0,254}", told)
        assert not re.fullmatch(r"[A-Za-z]{1,3}\d+|[rRcC]\d*|[rR]\d*[cC]\d*", told)
        place = re.match(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$", name.text)
        assert place, name.text
        assert (place[1] or place[2]).replace("''", "'") in sheets
        if told == "_xlnm._FilterDatabase":
            assert name.get("hidden") == "1"


def _check_styles(styles: Any) -> dict[str, int]:
    counts = {}
    for kind in ("fonts", "fills", "borders", "cellXfs", "dxfs", "numFmts"):
        found = styles.find(f"{S}{kind}")
        counts[kind] = 0 if found is None else len(found)
        assert found is None or int(found.get("count")) == len(found)
    ids = [int(shown.get("numFmtId")) for shown in styles.iter(f"{S}numFmt")]
    known = [i for i in ids if i >= 164]
    assert len(set(known)) == len(known)
    for shown in styles.iter(f"{S}numFmt"):
        code = shown.get("formatCode")
        assert 1 <= len(code) <= 255
        assert code.count('"') % 2 == 0
        assert len(re.sub(r'"[^"]*"', "", code).split(";")) <= 4
    for look in styles.find(f"{S}cellXfs"):
        for kind, key in (("fonts", "fontId"), ("fills", "fillId"), ("borders", "borderId")):
            assert int(look.get(key)) < counts[kind]
        number = int(look.get("numFmtId"))
        assert number < 164 or number in known
        align = look.find(f"{S}alignment")
        assert align is None or 0 <= int(align.get("indent", "0")) <= 250
    assert counts["cellXfs"] < 64_000
    return counts


def _check_sheet(sheet: Any, texts: int, counts: dict[str, int]) -> None:
    places = [ORDER.index(local(part)) for part in sheet]
    assert places == sorted(places)
    once = [local(part) for part in sheet if local(part) != "conditionalFormatting"]
    assert len(set(once)) == len(once)
    assert sheet.find(f"{S}extLst") is None
    _check_columns(sheet)
    _check_cells(sheet, texts, counts["cellXfs"])
    _check_ranges(sheet)
    _check_rules(sheet, counts["dxfs"])
    _check_entries(sheet)


def _check_columns(sheet: Any) -> None:
    columns = [(int(c.get("min")), int(c.get("max"))) for c in sheet.iter(f"{S}col")]
    assert all(first <= last <= LAST_COLUMN for first, last in columns)
    assert all(before[1] < after[0] for before, after in pairwise(columns))
    assert all(0 <= float(c.get("width")) <= 255 for c in sheet.iter(f"{S}col"))


def _check_cells(sheet: Any, texts: int, looks: int) -> None:
    rows = [int(row.get("r")) for row in sheet.iter(f"{S}row")]
    assert rows == sorted(set(rows))
    assert all(0 <= float(row.get("ht", "0")) <= 409.5 for row in sheet.iter(f"{S}row"))
    for row in sheet.iter(f"{S}row"):
        columns = []
        for cell in row:
            column, number, _, _ = range_boundaries(cell.get("r"))
            assert number == int(row.get("r")) <= LAST_ROW
            columns.append(column)
            assert int(cell.get("s", "0")) < looks
            assert cell.find(f"{S}f") is None  # nothing is a formula
            value = cell.find(f"{S}v")
            if cell.get("t") == "s":
                assert int(value.text) < texts
            else:
                assert cell.get("t") is None
                assert value is None or float(value.text) < float("inf")
        assert columns == sorted(set(columns))
        assert not columns or columns[-1] <= LAST_COLUMN


def _check_ranges(sheet: Any) -> None:
    merged = [range_boundaries(m.get("ref")) for m in sheet.iter(f"{S}mergeCell")]
    taken = set()
    for left, top, right, bottom in merged:
        assert (left, top) != (right, bottom)
        over = {(x, y) for x in range(left, right + 1) for y in range(top, bottom + 1)}
        assert not over & taken
        taken |= over
    filtered = sheet.find(f"{S}autoFilter")
    if filtered is not None:
        left, top, right, bottom = range_boundaries(filtered.get("ref"))
        assert left <= right
        assert top <= bottom
        # Rows that are filtered may not be merged.
        assert not {(x, y) for x, y in taken if left <= x <= right and top <= y <= bottom}


def _check_rules(sheet: Any, looks: int) -> None:
    ranks = [int(rule.get("priority")) for rule in sheet.iter(f"{S}cfRule")]
    assert len(set(ranks)) == len(ranks)
    for rule in sheet.iter(f"{S}cfRule"):
        if rule.get("dxfId") is not None:
            assert int(rule.get("dxfId")) < looks
        for formula in rule.iter(f"{S}formula"):
            assert formula.text
            assert not formula.text.startswith("=")
            assert len(formula.text) <= 8192
            assert formula.text.count("(") == formula.text.count(")")


def _check_entries(sheet: Any) -> None:
    held = sheet.find(f"{S}dataValidations")
    if held is None:
        return
    assert int(held.get("count")) == len(held)
    for entry in held:
        if entry.get("type") == "list":
            choice = entry.find(f"{S}formula1").text
            assert choice.startswith('"')
            assert len(choice[1:-1]) <= 255
            assert choice[1:-1].count('"') == 0
        for key, most in (("promptTitle", 32), ("errorTitle", 32), ("prompt", 255), ("error", 225)):
            assert len(entry.get(key, "")) <= most, (key, entry.get(key))


def titled(pack: Pack, title: str, count: int = 14) -> Pack:
    """Return the pack with that title in each of so many rows."""
    source = pack.all_rows
    rows = tuple(
        replace(row, item=replace(row.item, title=title, touchpoint_name=title))
        for number in range(count)
        for row in (source[number % len(source)],)
    )
    return written(replace(pack, rows=rows[:10], all_rows=rows))


def hostile(packs: tuple[Pack, ...]) -> Iterator[Pack]:
    for title in ("Plain", HOSTILE, "x" * 40_000, "Слишком долго " * 30, ""):
        yield titled(packs[0], title)
    for name in ("a" * 300, "'[]:*?/\\'", "\U0001f600" * 40, "=1+1", ""):
        yield replace(packs[0], workspace=name, leader_name=name, leader=name, leader_role=name)


@pytest.mark.parametrize("language", ["en", "pl", "nb", "ru", 'x"><y/>&'])
def test_workbooks_are_as_excel_wants_them(
    bank_ranking: Ranking, pack_maker: Callable[..., tuple[Pack, ...]], language: str
) -> None:
    for pack in pack_maker(bank_ranking, language):
        check_workbook(xlsx_bytes(pack))


def test_nothing_typed_makes_excel_repair_a_workbook(packs: tuple[Pack, ...]) -> None:
    for pack in hostile(packs):
        check_workbook(xlsx_bytes(pack))


@pytest.mark.parametrize("count", [0, 1, 3000])
def test_few_rows_and_many_are_as_excel_wants_them(
    pack_maker: Callable[..., tuple[Pack, ...]], packs: tuple[Pack, ...], count: int
) -> None:
    nothing = pack_maker(replace(ranking(), items=()))
    for pack in (titled(packs[0], "Row", count),) if count else nothing:
        check_workbook(xlsx_bytes(pack))


def test_the_first_workbook_of_a_program_is_as_all_others(packs: tuple[Pack, ...]) -> None:
    xlsx_bytes(packs[0])
    # XlsxWriter writes into its options; what it wrote would change the next workbook.
    assert book_options()["default_format_properties"].keys() == {"font_name", "font_size"}
