"""Packs that come back: filled in, sorted, saved by other programs, damaged, not ours."""

import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from journey.model.workspace import Workspace
from journey.report.pack import Pack
from journey.returns import Field, find_differences
from storage.errors import ImportProblem
from storage.returns import read_returned
from storage.returns.cells import STATUSES, CellError, read_cell

SHEET = "Your answers"
Fill = Callable[[Callable[[Any], None]], Path]


def refused(path: Path) -> str:
    with pytest.raises(ImportProblem) as raised:
        read_returned(path)
    return raised.value.reason


def test_an_untouched_pack_changes_nothing(
    exported: Path, bank: Workspace, packs: tuple[Pack, ...]
) -> None:
    came = read_returned(exported)
    assert (came.workspace, came.quarter, came.leader) == (bank.info.name, "2026Q4", "solberg")
    assert came.content_sha256 == packs[0].foot.content_sha256
    assert [row.pain_point for row in came.rows] == [r.item.pain_point for r in packs[0].all_rows]
    found = find_differences(bank, came)
    assert (found.differences, found.refused) == ((), ())


def test_what_was_filled_in_comes_back_typed(fill: Fill, bank: Workspace) -> None:
    def change(book: Any) -> None:
        sheet = book[SHEET]
        sheet["E4"], sheet["F5"], sheet["G6"] = "started", date(2027, 5, 1), 12.5
        sheet["H13"] = "Ask legal =SUM(A1)"
        sheet["F4"] = None

    found = find_differences(bank, read_returned(fill(change)))
    assert [(d.pain_point, d.field, d.returned) for d in found.differences] == [
        ("photo", Field.STATUS, "started"),
        ("photo", Field.DUE, None),
        ("back", Field.DUE, date(2027, 5, 1)),
        ("result", Field.EFFORT, 12.5),
        ("tax", Field.NOTES, "Ask legal =SUM(A1)"),
    ]


def test_bad_cells_are_refused_and_named_the_rest_is_read(fill: Fill, bank: Workspace) -> None:
    def change(book: Any) -> None:
        sheet = book[SHEET]
        sheet["E4"], sheet["F4"], sheet["G4"], sheet["H4"] = "perhaps", "soon", "many", "said"
        sheet["G5"] = -3
        sheet["F6"] = True

    found = find_differences(bank, read_returned(fill(change)))
    assert [(c.line, c.field, c.text, c.reason) for c in found.refused] == [
        (4, Field.STATUS, "perhaps", "not_a_status"),
        (4, Field.DUE, "soon", "not_a_date"),
        (4, Field.EFFORT, "many", "not_a_number"),
        (5, Field.EFFORT, "-3", "not_positive"),
        (6, Field.DUE, "True", "not_a_date"),
    ]
    assert [(d.pain_point, d.returned) for d in found.differences] == [("photo", "said")]


def test_rows_are_known_when_sorted_columns_when_moved_sheets_when_renamed(
    fill: Fill, bank: Workspace
) -> None:
    def change(book: Any) -> None:
        sheet = book[SHEET]
        sheet["H4"] = "mine"
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
        for line, row in enumerate(reversed(rows), start=4):
            for column, value in enumerate(row, start=1):
                sheet.cell(line, column).value = value
        sheet.insert_cols(1, 2)
        sheet.insert_rows(1)
        sheet.title = "Svar"

    (only,) = find_differences(bank, read_returned(fill(change))).differences
    assert (only.pain_point, only.returned) == ("photo", "mine")


def test_what_calculates_nothing_when_saved_by_libreoffice(
    fill: Fill, bank: Workspace, tmp_path: Path
) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    path = fill(lambda book: book[SHEET].__setitem__("E4", "done"))
    folder = tmp_path / "again"
    home = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    convert = [office, home, "--headless", "--convert-to", "xlsx", "--outdir", folder, path]
    subprocess.run(convert, check=True, capture_output=True, timeout=240)
    found = find_differences(bank, read_returned(folder / path.name))
    assert [(d.pain_point, d.returned) for d in found.differences] == [("photo", "done")]
    assert found.refused == ()


def test_files_that_are_no_pack_say_why(tmp_path: Path, exported: Path) -> None:
    assert refused(tmp_path / "none.xlsx") == "missing"
    assert refused(tmp_path) == "directory"
    blank = tmp_path / "blank.xlsx"
    blank.write_bytes(b"")
    assert refused(blank) == "blank"
    claims = tmp_path / "claims.xlsx"
    claims.write_text("rank,title")
    assert refused(claims) == "not_what_it_claims"
    text = tmp_path / "pack.csv"
    text.write_text("rank,title")
    assert refused(text) == "not_a_pack"
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(exported.read_bytes()[:9_000])
    assert refused(cut) == "damaged"
    packed = tmp_path / "packed.xlsx"
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("readme.txt", "hello")
    assert refused(packed) in ("damaged", "not_a_pack")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.xlsx")
        assert refused(tmp_path / "pipe.xlsx") == "device"


def test_a_workbook_that_lost_what_tells_whose_it_is_is_refused(fill: Fill) -> None:
    assert refused(fill(lambda book: book.remove(book["waymark"]))) == "not_a_pack"
    assert refused(fill(lambda book: book.remove(book[SHEET]))) == "not_a_pack"

    def older(book: Any) -> None:
        book["waymark"]["B1"] = "waymark-pack/99"

    assert refused(fill(older)) == "not_a_pack"


def test_what_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", b"\0" * (401 * 1024**2))
    assert bomb.stat().st_size < 20 * 1024**2
    assert refused(bomb) == "too_large"


def test_a_file_larger_than_any_pack_is_refused_unread(tmp_path: Path) -> None:
    large = tmp_path / "large.xlsx"
    with large.open("wb") as file:
        file.truncate(21 * 1024**2)
    assert refused(large) == "too_large"


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_is_read_in_every_form_a_cell_may_hold(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    forms = (day, datetime(day.year, day.month, day.day, 13), float(serial), day.isoformat())
    for cell in (*forms, f" {day:%d.%m.%Y} "):
        assert read_cell(Field.DUE, cell, "en") == day


@pytest.mark.parametrize("cell", ["soon", "31/03/2027", 7.0, 1e9, True, date(1900, 1, 1), "0"])
def test_what_is_no_plain_day_is_refused(cell: object) -> None:
    with pytest.raises(CellError, match="not_a_date"):
        read_cell(Field.DUE, cell, "en")


@given(st.floats(0.01, 99_999))
def test_days_of_work_are_read_as_numbers_and_as_text(days: float) -> None:
    assert read_cell(Field.EFFORT, days, "en") == days
    assert read_cell(Field.EFFORT, f"{days:.2f} days", "en") == float(f"{days:.2f}")


@pytest.mark.parametrize(
    ("cell", "reason"),
    [("many", "not_a_number"), (True, "not_a_number"), (0, "not_positive"), ("-2", "not_positive"),
     (1e300, "not_a_number"), ("nan", "not_a_number"), ("1e400", "not_a_number")],
)  # fmt: skip
def test_what_is_no_effort_is_refused(cell: object, reason: str) -> None:
    with pytest.raises(CellError, match=reason):
        read_cell(Field.EFFORT, cell, "en")


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("language", ["en", "pl", "nb", "ru", "xx"])
def test_a_status_is_known_by_its_word_whatever_its_case(status: str, language: str) -> None:
    assert read_cell(Field.STATUS, f" {status.upper()} ", language) == status


@given(st.text(max_size=40))
def test_any_text_is_a_note_and_comes_out_clean(text: str) -> None:
    found = read_cell(Field.NOTES, text, "en")
    assert isinstance(found, str)
    assert found == found.strip()
    assert not any(ord(letter) < 32 and letter not in "\t\n" for letter in found)
    assert read_cell(Field.NOTES, 12.0, "en") == "12"


def test_nothing_is_left_open(exported: Path) -> None:
    read_returned(exported)
    exported.unlink()
    assert not exported.exists()


def test_the_hidden_sheet_is_very_hidden(exported: Path) -> None:
    book = load_workbook(exported)
    assert book["waymark"].sheet_state == "veryHidden"
    assert book[SHEET].sheet_state == "visible"
