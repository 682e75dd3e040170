"""A workshop's result on disk: what was said stands in each file, and no text becomes a formula."""

import csv
from datetime import date
from io import StringIO

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from journey.edit.ballots import AddVoter, GiveDot
from journey.model.ids import (
    ImprovementId,
    JourneyId,
    Kind,
    LeaderId,
    PainPointId,
    StageId,
    StrengthId,
    TouchpointId,
)
from journey.model.improvement import Improvement
from journey.model.map import Journey, PainPoint, Stage, Strength, Touchpoint
from journey.model.people import Leader
from journey.model.workspace import Workspace
from journey.report.workshop import workshop_sheet
from storage.errors import TargetError
from storage.exports.workshop import write_workshop

J, TOUCH = JourneyId("j"), TouchpointId("t0")
NASTY = '=HYPERLINK("x") #let x = 1 $y$ <b>ł ж</b>'


@pytest.fixture
def sheet():
    ws = Workspace(
        "Bank",
        [
            Journey(J, "Opening / closing"),
            Stage(StageId("s"), J, "Use"),
            Leader(LeaderId("l"), "Ingrid Solberg"),
            Touchpoint(TOUCH, J, "Delivery", StageId("s"), owner=LeaderId("l")),
            PainPoint(PainPointId("p0"), J, "No notice", TOUCH, 0.0, 4, 3),
            PainPoint(PainPointId("p1"), J, NASTY, TOUCH, 1.0, 5, 5, evidence="long story"),
            PainPoint(PainPointId("p2"), J, "Nowhere in particular"),
            Strength(StrengthId("g"), J, "Friendly courier", TOUCH),
            Improvement(ImprovementId("i"), "Send a text", (PainPointId("p0"), PainPointId("p1"))),
        ],
    )
    AddVoter(J, "Marek").do(ws)
    for _ in range(2):
        GiveDot(PainPointId("p0"), "Marek").do(ws)
    GiveDot(PainPointId("p1")).do(ws)
    return workshop_sheet(ws, J, frozenset({"p1"}), date(2026, 11, 22))


def test_pain_points_come_by_votes_then_by_class_each_improvement_once(sheet):
    assert [(r.kind, r.title) for r in sheet.rows] == [
        (Kind.PAIN_POINT, "No notice"),
        (Kind.PAIN_POINT, NASTY),
        (Kind.PAIN_POINT, "Nowhere in particular"),
        (Kind.STRENGTH, "Friendly courier"),
        (Kind.IMPROVEMENT, "Send a text"),
    ]
    assert sheet.rows[0].ballots == (("Marek", 2),)
    assert [r.owner for r in sheet.rows[:3]] == ["Ingrid Solberg", "Ingrid Solberg", ""]
    assert [r.new for r in sheet.rows] == [False, True, False, False, False]
    assert sheet.dots == 3


def test_one_folder_holds_pictures_sheet_and_tables(sheet, tmp_path):
    seen = []
    files = write_workshop(
        sheet,
        {".png": b"png", ".svg": b"svg"},
        tmp_path / "new" / "folder",
        lambda done, whole: seen.append((done, whole)),
    )
    assert sorted(f.name for f in files) == sorted(
        f"Opening - closing, {name}"
        for name in ("map.png", "map.svg", "workshop.pdf", "workshop.csv", "workshop.xlsx")
    )
    assert {f.parent for f in files} == {tmp_path / "new" / "folder"}
    assert seen[-1] == (5, 5)
    by_suffix = {f.suffix: f for f in files}
    assert by_suffix[".png"].read_bytes() == b"png"

    text = by_suffix[".csv"].read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text, newline="")))
    assert rows[0]["title"] == "No notice"
    assert (rows[0]["votes"], rows[0]["ballots"]) == ("2", "Marek 2")
    assert rows[1]["title"] == f"'{NASTY}"
    assert (rows[1]["severity"], rows[1]["notes"], rows[1]["new"]) == ("5", "long story", "true")

    table = load_workbook(by_suffix[".xlsx"]).active
    assert [c.value for c in table[2]][:2] == ["Pain points", "No notice"]
    assert table["B3"].value == NASTY
    assert table["B3"].data_type == "s"
    assert table["G2"].value == 2

    read = PdfReader(by_suffix[".pdf"])
    words = " ".join(" ".join(page.extract_text() for page in read.pages).split())
    for wanted in (
        "No notice",
        "Friendly courier",
        "Send a text",
        "Marek 2",
        "HYPERLINK",
        "ж",
    ):
        assert wanted in words


def test_a_workshop_without_a_sticky_still_has_its_files(tmp_path):
    ws = Workspace("", [Journey(J, "Empty")])
    sheet = workshop_sheet(ws, J, frozenset(), date(2026, 1, 2))
    files = write_workshop(sheet, {}, tmp_path)
    assert len(files) == 3
    assert all(f.stat().st_size for f in files)


def test_a_folder_that_is_a_file_is_told(sheet, tmp_path):
    place = tmp_path / "taken"
    place.write_text("mine")
    with pytest.raises(TargetError) as told:
        write_workshop(sheet, {}, place)
    assert told.value.reason == "not_writable"
    assert place.read_text() == "mine"


def test_cancelled_nothing_more_is_written(sheet, tmp_path):
    assert write_workshop(sheet, {".png": b"x"}, tmp_path, cancelled=lambda: True) == ()
    assert list(tmp_path.iterdir()) == []
