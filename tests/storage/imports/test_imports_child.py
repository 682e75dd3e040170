"""Workbooks and SPSS files: read in a process of their own, or refused with one clear reason."""

import io
import struct
import time
import zipfile
from datetime import date, datetime
from datetime import time as clock
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.errors import ImportProblem
from storage.imports import child_frames as frames
from storage.imports.child import Order, read_apart
from storage.imports.child_limits import LIMITS
from storage.imports.inspect import inspect_file
from storage.imports.rows import open_table
from storage.imports.stopping import ImportCancelledError
from tests.storage.imports.foreign_files import open_document, spss, workbook


def rows(path: Path, **how: str) -> list[list[str]]:
    return [record for _, record in open_table(path, **how).rows()]  # type: ignore[arg-type]


def problem(path: Path, **how: object) -> ImportProblem:
    with pytest.raises(ImportProblem) as caught:
        read_apart(Order(path, "workbook", **how))  # type: ignore[arg-type]
    assert caught.value.file == path
    return caught.value


def test_cells_are_written_as_a_person_would(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    workbook(
        path,
        {
            "S": [
                ["id", "score", "share", "when", "day", "at", "yes", "note"],
                [
                    1,
                    9.0,
                    4.5,
                    datetime(2026, 4, 19, 18, 4, 50),
                    date(2026, 4, 19),
                    clock(3, 4),
                    True,
                    "a",
                ],
                [2, 10, 0.1, datetime(2026, 4, 20), date(2026, 4, 20), clock(9), False, "b\r\nc"],
            ]
        },
    )
    assert rows(path) == [
        ["1", "9", "4.5", "2026-04-19 18:04:50", "2026-04-19", "03:04:00", "TRUE", "a"],
        # A moment at midnight is a moment where the others of its column are.
        ["2", "10", "0.1", "2026-04-20 00:00:00", "2026-04-20", "09:00:00", "FALSE", "b\nc"],
    ]
    seen = inspect_file(path)
    assert (seen.separator, seen.vendor, seen.records) == (None, "plain", 2)


def test_a_late_moment_gives_a_time_to_all_dates_of_its_column(tmp_path: Path) -> None:
    path = tmp_path / "late.xlsx"
    days: list[list[object]] = [[n, date(2026, 1, 1)] for n in range(2_500)]
    workbook(path, {"S": [["n", "when"], *days, [2_500, datetime(2026, 1, 2, 3, 4, 5)]]})
    read = rows(path)
    assert len(read) == 2_501
    assert read[0] == ["0", "2026-01-01 00:00:00"]
    assert read[-1] == ["2500", "2026-01-02 03:04:05"]


def test_formulas_give_the_value_they_were_saved_with(tmp_path: Path) -> None:
    path = tmp_path / "formula.xlsx"
    workbook(path, {"S": [["a", "b"], [1, 2]]})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    value = sheet.replace(b"<v>2</v>", b"<f>A2*4</f><v>4</v>")
    assert value != sheet
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, value if part is sheet else part)
    assert rows(path) == [["1", "4"]]


def test_merged_cells_are_said_of_every_row(tmp_path: Path) -> None:
    path = tmp_path / "merged.xlsx"
    book = workbook(
        path,
        {
            "S": [
                ["id", "Rate these", None, None],
                [None, "Desk", "Phone", "Mail"],
                ["Private", 1, 2, 3],
                [None, 3, 4, 4],
                ["Business", 5, 5, 5],
            ]
        },
    )
    book["S"].merge_cells("B1:D1")
    book["S"].merge_cells("A3:A4")
    book.save(path)
    table = open_table(path)
    assert [column.name for column in table.columns][1:] == [
        "Rate these [Desk]",
        "Rate these [Phone]",
        "Rate these [Mail]",
    ]
    assert [record[0] for _, record in table.rows()] == ["Private", "Private", "Business"]


def test_the_fullest_sheet_that_can_be_seen_is_read(tmp_path: Path) -> None:
    path = tmp_path / "sheets.xlsx"
    book = workbook(
        path,
        {
            "Cover": [["Survey 2026"]],
            "Answers": [["id", "score"], [1, 9], [2, 8]],
            "Codes": [["c"], *([n] for n in range(50))],
        },
    )
    book["Codes"].sheet_state = "hidden"
    book.save(path)
    seen = inspect_file(path)
    assert (seen.sheet, seen.records) == ("Answers", 2)
    assert [(s.name, s.rows, s.columns, s.visible) for s in seen.sheets] == [
        ("Cover", 1, 1, True),
        ("Answers", 3, 2, True),
        ("Codes", 51, 1, False),
    ]
    assert [n.detail for n in seen.warnings if n.reason == "more_sheets"] == ["Cover, Codes"]
    assert inspect_file(path, sheet="codes ").records == 50
    with pytest.raises(ImportProblem) as caught:
        inspect_file(path, sheet="Results")
    assert (caught.value.reason, caught.value.place) == ("sheet", "Results")
    assert caught.value.detail == "Cover, Answers, Codes"


def test_lines_are_rows_of_the_sheet(tmp_path: Path) -> None:
    path = tmp_path / "tall.xlsx"
    workbook(
        path, {"S": [[], ["id", "note"], [1, "a\nb\nc"], [None], [3, "x"], [4, "y\nz"], [5, ""]]}
    )
    assert [line for line, _ in open_table(path).rows()] == [3, 5, 6, 7]


def test_open_document_and_packed_workbooks(tmp_path: Path) -> None:
    path = tmp_path / "svar.ods"
    open_document(path, [["navn", "score"], ["Åse", "9"]])
    assert rows(path) == [["Åse", "9"]]
    packed = tmp_path / "svar.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(path, "export/svar.ods")
    assert rows(packed) == [["Åse", "9"]]


def test_an_old_workbook(fixtures: Path) -> None:
    table = open_table(fixtures / "imports" / "old_workbook.xls")
    assert [record for _, record in table.rows()] == [
        ["1", "2026-04-19", "9", "Bærum"],
        ["2", "2026-04-20", "4.5", "Łódź"],
    ]


def test_passwords_are_named(tmp_path: Path) -> None:
    locked = tmp_path / "locked.xlsx"
    locked.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    )
    assert problem(locked).reason == "password"
    document = tmp_path / "locked.ods"
    open_document(document, [["a"]], manifest="<manifest:encryption-data/>")
    assert problem(document).reason == "password"


@pytest.mark.parametrize(
    ("limit", "told"),
    [
        ({"file_bytes": 100}, "bytes > 100"),
        ({"unzipped_bytes": 1_000}, "unpacked > 1,000 bytes"),
        ({"members": 3}, "parts > 3"),
        ({"ratio": 1, "ratio_free_bytes": 10}, "packed > 1:1"),
        ({"columns": 2}, "3 columns > 2"),
        ({"rows": 3}, "4 rows > 3"),
        ({"cells": 11}, "12 cells > 11"),
    ],
)
def test_every_limit_is_named(tmp_path: Path, limit: dict[str, int], told: str) -> None:
    path = tmp_path / "a.xlsx"
    workbook(path, {"S": [["a", "b", "c"], [1, 2, 3], [1, 2, 3], [1, 2, 3]]})
    read_apart(Order(path, "workbook"))
    found = problem(path, limits=LIMITS._replace(**limit))
    assert found.reason == "too_large"
    assert told in found.detail


def test_sixteen_thousand_columns(tmp_path: Path) -> None:
    path = tmp_path / "wide.xlsx"
    workbook(path, {"S": [[f"c{n}" for n in range(16_000)], list(range(16_000))]})
    found = problem(path)
    assert (found.reason, found.place) == ("too_large", "S")
    assert found.detail == "16,000 columns > 500"


def test_a_sparse_sheet_does_not_eat_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "sparse.xlsx"
    book = workbook(path, {"S": [["a", "b"], [1, 2]]})
    book["S"]["XFD1048576"] = 1
    book.save(path)
    assert problem(path).reason == "too_large"


def test_a_reader_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    workbook(path, {"S": [["a"], [1]]})
    assert problem(path, limits=LIMITS._replace(seconds=0.0)).reason == "too_slow"


def test_cancel_stops_at_once_and_leaves_nothing_running(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    workbook(path, {"S": [["a"], *([n] for n in range(30_000))]})
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > 1

    began = time.monotonic()
    with pytest.raises(ImportCancelledError):
        read_apart(Order(path, "workbook"), cancelled)
    assert time.monotonic() - began < 30


def test_a_bomb_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    workbook(path, {"S": [["a"], [1]]})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros.bin", b"\0" * (20 * 1024**2))
    found = problem(path)
    assert found.reason == "too_large"
    assert "200:1" in found.detail


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A workbook, written once: it holds the moment it was written at."""
    path = tmp_path_factory.mktemp("sound") / "a.xlsx"
    workbook(path, {"S": [["a", "b"], ["x", 2], [datetime(2026, 1, 1, 1), "ø"]]})
    return path.read_bytes()


@settings(max_examples=20)
@given(data=st.data())
def test_damaged_workbooks_only_ever_give_a_problem(
    tmp_path_factory: pytest.TempPathFactory, sound: bytes, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    path = folder / "a.xlsx"
    content = bytearray(sound)
    for _ in range(data.draw(st.integers(1, 20))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(bytes(content[: data.draw(st.integers(1, len(content)))]))
    try:
        rows(path)
    except ImportProblem as found:
        assert found.reason  # noqa: PT017 - either is right
    for left in folder.iterdir():
        assert left == path


def test_spss_keeps_labels_and_knows_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "a.sav"
    spss(
        path,
        [
            ("sex", "Geschlecht", {1.0: "männlich", 2.0: "weiblich"}, None),
            ("q1", "Wie zufrieden sind Sie mit der Kasse?", {1.0: "gar nicht", 5.0: "sehr"}, -1.0),
        ],
        [[1.0, 5.0], [2.0, -1.0], [1.0, 2.5], [None, None]],
    )
    seen = inspect_file(path)
    assert (seen.vendor, seen.encoding, seen.separator) == ("spss", "windows-1252", None)
    # A case without any answer is a case.
    assert seen.records == 4
    sex, q1 = seen.columns
    assert sex.column.labels == (("1", "männlich"), ("2", "weiblich"))
    assert q1.column.text == "Wie zufrieden sind Sie mit der Kasse?"
    assert q1.profile.values == {"5": 1, "2.5": 1}
    assert q1.profile.blank == 2


def test_an_spss_file_may_name_its_encoding_wrongly(tmp_path: Path) -> None:
    path = tmp_path / "a.sav"
    spss(path, [("q", "Sehr zufrieden?", {1.0: "möglich"}, None)], [[1.0]])
    content = path.read_bytes().replace(
        struct.pack("<iiii", 1, 1, 2, 1252), struct.pack("<iiii", 1, 1, 2, 65001)
    )
    path.write_bytes(content)
    assert inspect_file(path).columns[0].column.labels == (("1", "möglich"),)


def test_a_cut_spss_file(tmp_path: Path) -> None:
    path = tmp_path / "a.sav"
    spss(path, [("q", "Q", {}, None)], [[1.0], [2.0]])
    path.write_bytes(path.read_bytes()[:150])
    with pytest.raises(ImportProblem) as caught:
        open_table(path)
    assert caught.value.reason == "damaged"


@given(st.lists(st.tuples(st.sampled_from([frames.ROWS, frames.TALL]), st.binary(max_size=50))))
def test_frames_come_as_they_were_sent(sent: list[tuple[bytes, bytes]]) -> None:
    pipe = io.BytesIO()
    for kind, content in sent:
        frames.send(pipe, kind, content)
    pipe.seek(0)
    assert list(iter(lambda: frames.receive(pipe), None)) == sent


@pytest.mark.parametrize("content", [b"X\0\0\0\0", b"R\0\0\0\5ab", b"R\0", b"R\xff\xff\xff\xff"])
def test_what_is_no_frame_is_refused(content: bytes) -> None:
    with pytest.raises(frames.FrameError):
        frames.receive(io.BytesIO(content))
