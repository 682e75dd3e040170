"""What the bare libraries need for packs, in two measures; see `packs.py`.

`ROWS_ONLY`: the ten rows as text and nothing else. No format, no width, no second sheet of its own
shape. What no library could do faster, and no pack.

`SAME_PAGES`: the very pages of ours, by a script with nothing between it and the library. Nothing
is computed in it: texts, sizes, places and heights are known beforehand.

- XLSX: every call to XlsxWriter that made our workbook, as one straight-line script. It gives our
  workbook to the byte, or it is refused.
- PDF: our template's parts set once by typst; no search for the density that fits.
- PPTX: the slides read back from ours (boxes, runs, tables cell by cell, chart) and made again
  through python-pptx; read back in turn they are the same, or they are refused. For the lines
  under cells and the error bars, of which python-pptx knows nothing, it adds XML as scripts do.
- CSV: the cells, by csv.writer; the same bytes.
"""

import copy
import csv
import datetime
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pptx
import typst
import xlsxwriter
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Cm
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from benchmarks.packs_bare_slides import page_pptx
from journey.report import Pack
from storage.exports.brand import ACCENT, Brand
from storage.exports.fonts import FAMILY, bundled
from storage.exports.pdf_data import pack_data
from storage.exports.writers import PACKS

Write = Callable[[Path], object]
TEMPLATES = Path(__file__).parents[1] / "resources" / "reports"

_PAGE = b"""
#import "style.typ": *
#import "rows.typ": rows-table
#let data = json(bytes(sys.inputs.data))
#let brand = data.brand + (accent: rgb(data.brand.accent))
#let t = data.text
#show: report-page.with(data, brand)
#page-head(t, brand)
#heading(level: 1, t.leader)
#quiet(t.lead)
#decision-box(t, brand)
#rows-table(data.rows, t.columns, data.axis, brand)
#legend(t, true, brand)
#kept-together(t.why_title, t.why)
#sentences(t.why_not.map(pair => pair.join()))
#foot(t.foot)
"""


def cells(pack: Pack) -> list[list[str]]:
    """Return what stands on a page as a plain table."""
    return [
        [t.rank, t.title, t.where, t.value, t.low, t.high, t.chance, t.effort, t.level]
        for t in (row.text for row in pack.rows)
    ]


def rows_xlsx(pack: Pack) -> Write:
    """Return what writes the rows on four sheets as strings."""
    lines = cells(pack)

    def write(path: Path) -> None:
        book = xlsxwriter.Workbook(path)
        for _ in range(4):
            sheet = book.add_worksheet()
            for number, line in enumerate(lines):
                for column, text in enumerate(line):
                    sheet.write_string(number, column, text)
        book.close()

    return write


def rows_pptx(pack: Pack) -> Write:
    """Return what writes the rows as tables on four slides, one of them with a plain chart."""
    lines = cells(pack)
    means = [row.figure.mean if row.figure else 0.0 for row in pack.rows]

    def write(path: Path) -> None:
        deck = pptx.Presentation()
        for _ in range(4):
            slide = deck.slides.add_slide(deck.slide_layouts[5])
            size = (len(lines), len(lines[0]), Cm(1), Cm(3), Cm(23), Cm(12))
            table = slide.shapes.add_table(*size).table
            for number, line in enumerate(lines):
                for column, text in enumerate(line):
                    table.cell(number, column).text = text
        chart = CategoryChartData()
        chart.categories = [line[0] for line in lines]
        chart.add_series("Value", means)
        slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, Cm(1), Cm(3), Cm(9), Cm(9), chart)
        deck.save(str(path))

    return write


def rows_csv(pack: Pack) -> Write:
    """Return what writes the rows of the page with csv.writer."""
    return _table(cells(pack), "utf-8", "\n")


def page_pdf(pack: Pack) -> Write:
    """Return what sets the page with typst and nothing else."""
    data = {**pack_data(pack), "brand": {"accent": ACCENT, "fonts": [FAMILY], "logo": None}}
    told = json.dumps(data)

    def write(path: Path) -> None:
        page = typst.Compiler(_PAGE, root=TEMPLATES, font_paths=bundled())
        made = page.compile(format="pdf", pdf_standards=["ua-1"], sys_inputs={"data": told})
        assert isinstance(made, bytes)
        path.write_bytes(made)

    return write


def page_csv(pack: Pack) -> Write:
    """Return what writes every row with every figure by csv.writer."""
    made = PACKS["csv"](pack, Brand()).decode("utf-8-sig")
    return _table(list(csv.reader(io.StringIO(made, newline=""))), "utf-8-sig", "\r\n")


def _table(lines: list[list[str]], encoding: str, end: str) -> Write:
    def write(path: Path) -> None:
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file, lineterminator=end).writerows(lines)

    return write


class _Heard:
    """Passes calls on to an object of XlsxWriter and writes each down as a line of a script."""

    def __init__(self, target: Any, name: str, lines: list[str], known: dict[int, str]) -> None:
        self._heard = (target, name, lines, known)

    def __getattr__(self, method: str) -> Any:
        target, name, lines, known = self._heard
        found = getattr(target, method)
        if not callable(found):
            return found

        def call(*args: Any, **more: Any) -> Any:
            result = found(*args, **more)
            told = [_source(arg, known) for arg in args]
            told += [f"{key}={_source(value, known)}" for key, value in more.items()]
            line = f"{name}.{method}({', '.join(told)})"
            if isinstance(result, Format | Worksheet):
                known[id(result)] = f"x{len(known)}"
                line = f"{known[id(result)]} = {line}"
            if not method.startswith("get_"):
                lines.append(line)
            if isinstance(result, Worksheet):
                return _Heard(result, known[id(result)], lines, known)
            return result

        return call


def _source(value: Any, known: dict[int, str]) -> str:
    if isinstance(value, Format):
        return known[id(value)]
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k!r}: {_source(v, known)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_source(v, known) for v in value) + "]"
    return repr(value)


def page_xlsx(pack: Pack) -> Write:
    """Return the script that makes our workbook with nothing of ours.

    Raises:
        ValueError: it does not, to the byte.
    """
    lines: list[str] = ["book = Workbook(path, options)"]
    made, options = xlsxwriter.Workbook, {}

    def heard(held: Any, given: dict[str, Any]) -> _Heard:
        options.update(copy.deepcopy(given))
        return _Heard(made(held, given), "book", lines, {})

    try:
        xlsxwriter.Workbook = heard
        ours = PACKS["xlsx"](pack, Brand())
    finally:
        xlsxwriter.Workbook = made
    script = compile("\n".join(lines), "script", "exec")
    room = {"Workbook": made, "datetime": datetime}

    def write(path: Any) -> None:
        exec(script, {**room, "path": path, "options": copy.deepcopy(options)})

    held = io.BytesIO()
    write(held)
    if held.getvalue() != ours:
        raise ValueError("the script makes another workbook")
    return write


ROWS_ONLY: dict[str, Callable[[Pack], Write]] = {
    "xlsx": rows_xlsx,
    "pdf": page_pdf,
    "pptx": rows_pptx,
    "csv": rows_csv,
}
SAME_PAGES: dict[str, Callable[[Pack], Write]] = {
    "xlsx": page_xlsx,
    "pdf": page_pdf,
    "pptx": page_pptx,
    "csv": page_csv,
}
