"""60 texts that spreadsheets take for formulas, through XLSX, CSV, PPTX and the clipboard."""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pptx import Presentation

from journey.edit import Add, AddPainPoint, AddTouchpoint, Set, fragment_of
from journey.model.ids import Kind, Ref
from journey.model.improvement import Improvement
from journey.model.map import PainPoint
from journey.model.people import Leader
from journey.model.template import new_workspace
from journey.model.workspace import Workspace
from journey.report.pack import Pack
from storage.document import Document
from storage.exports.brand import Brand
from storage.exports.csv import csv_text
from storage.exports.gather import gather
from storage.exports.packs import PACKS
from storage.exports.tickets import tickets_text
from ui.clipboard.carrier import carry
from ui.clipboard.rows import parse_rows

_STARTS = ("=", "+", "-", "@", "\t=", "\r=", " =", "\u00a0=", "\u200b=", "＝")
_BODIES = ("1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://x.example","y")', "SUM(A1:A9)",
           "WEBSERVICE(A1)", "DDE(1;2)")  # fmt: skip
PAYLOADS = [start + body for start in _STARTS for body in _BODIES]
# What the first sign of a cell makes of it in every spreadsheet, spaces before it aside.
_SPACES = " \n\v\f\u00a0\u2009\u202f\u3000\ufeff\u200b"
_TAKEN = ("=", "+", "-", "@", "\t", "\r")


def _hostile() -> Workspace:
    ws = new_workspace("Formulas")
    journey, stage = next(iter(ws.journeys)), min(ws.stages)
    Add(Leader("leader", "=1+1")).do(ws)
    AddTouchpoint(stage, "=SUM(1;1)").do(ws)
    touchpoint = next(iter(ws.touchpoints))
    Set(Ref(Kind.TOUCHPOINT, touchpoint), owner="leader", department="@SUM(1)").do(ws)
    for n, text in enumerate(PAYLOADS):
        AddPainPoint(PainPoint(f"p{n:02}", journey, text, touchpoint, severity=n % 5 + 1)).do(ws)
        Add(Improvement(f"i{n:02}", text, (f"p{n:02}",), 2.0, owner="leader")).do(ws)
    return ws


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    """A workspace in which every pain point is a trap."""
    return _hostile()


@pytest.fixture(scope="module")
def pack(workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pack]:
    """The pack of its one leader."""
    folder = tmp_path_factory.mktemp("formulas")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WAYMARK_STATE_DIR", str(folder / "state"))
        with Document.create(folder / "f.waymark", workspace.copy()) as document:
            packs = gather(document, None, today=date(2026, 11, 2), draws=20).report.packs
            yield max(packs, key=lambda p: len(p.all_rows))


def test_there_are_sixty() -> None:
    assert len(set(PAYLOADS)) == 60


def test_no_cell_of_a_workbook_is_a_formula(pack: Pack) -> None:
    content = PACKS["xlsx"](pack, Brand())
    shown = set()
    for sheet in load_workbook(BytesIO(content)):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.coordinate
                assert cell.hyperlink is None
                shown.add(cell.value)
    kept = {text for text in PAYLOADS if "\r" not in text}
    assert len(kept & shown) >= 30, "the texts are there, as they were typed"


def test_no_cell_of_a_csv_is_taken_for_a_formula(pack: Pack) -> None:
    cells = [
        cell
        for text in (csv_text(pack, safe=True), tickets_text([pack]))
        for row in csv.reader(io.StringIO(text, newline=""))
        for cell in row
    ]
    assert sum("1+1" in cell for cell in cells) >= 6
    for cell in cells:
        start = cell.lstrip(_SPACES)
        if start.startswith(_TAKEN):
            float(cell)  # only a figure of ours may begin so


def test_no_part_of_a_presentation_is_a_formula_or_a_link(pack: Pack) -> None:
    content = PACKS["pptx"](pack, Brand())
    assert len(Presentation(BytesIO(content)).slides) > 0
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            data = archive.read(name)
            if name.endswith(".xlsx"):
                for sheet in load_workbook(BytesIO(data)):
                    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
                    assert "f" not in kinds
            if name.startswith("ppt/slides/"):
                assert b"hlinkClick" not in data


def test_what_is_copied_from_the_map_is_no_formula_elsewhere(workspace: Workspace) -> None:
    refs = [Ref(Kind.PAIN_POINT, key) for key in sorted(workspace.pain_points)]
    carried = carry(fragment_of(workspace, refs))
    cells = [cell for row in parse_rows(carried.text()) for cell in row]
    assert sum("1+1" in cell for cell in cells) == len(_STARTS)
    for cell in cells:
        assert not cell.lstrip(_SPACES).startswith(_TAKEN), cell
