"""Rows of a workbook are read while they still come, and nothing is kept where not all do."""

import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from journey.model.template import new_workspace
from storage.document import Document
from storage.errors import ImportProblem
from storage.imports.child import LISTENER, Order, read_apart
from storage.imports.mapping import parse_mapping
from storage.imports.opening import pasted_source
from storage.imports.rows import open_table, read_records, settled_table
from storage.imports.spool import RowsReplacedError, Spool
from storage.imports.stopping import ImportCancelledError
from storage.imports.survey import import_survey
from tests.storage.imports.foreign_files import workbook
from tests.storage.imports.survey_trial import Trial

# Enough for a sheet that is read in pieces.
ROWS = 20_000
MAPPING = """
[survey]
name = "Workbook"
design = "relational"
respondent = "id"
date = { column = "date", format = "%Y-%m-%d %H:%M:%S" }
[[question]]
column = "shop"
touchpoint = "Shop"
metric = "csat"
[[comment]]
column = "note"
"""


@pytest.fixture
def trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Trial]:
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    path = tmp_path / "trial.waymark"
    Document.create(path, new_workspace("Trial")).close()
    document = Document.open(path)
    yield Trial(document, tmp_path)
    document.close()


def answers() -> list[list[object]]:
    start = datetime(2026, 1, 1, 0, 0, 30)
    return [
        [f"p{n:06}", start + timedelta(minutes=n), n % 5 + 1, f"tall\n{n}" if n % 999 == 0 else ""]
        for n in range(ROWS)
    ]


def save(path: Path, *, merged: bool = False, far: bool = False) -> Path:
    """Save the answers; `merged` and `far` are what shows only at the end of the sheet."""
    book = xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm:ss"})
    sheet = book.add_worksheet("Answers")
    for number, row in enumerate([["id", "date", "shop", "note"], *answers()]):
        sheet.write_row(number, 0, row)
    if merged:
        sheet.merge_range(ROWS - 3, 3, ROWS, 3, "said of four")
    if far:
        sheet.write(ROWS, 9, "far")
    book.close()
    return path


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save(tmp_path_factory.mktemp("arriving") / "answers.xlsx")


def listeners() -> list[threading.Thread]:
    return [each for each in threading.enumerate() if each.name == LISTENER]


class Parts:
    """Hands over the next part whenever somebody waits."""

    def __init__(self, parts: list[bytes]) -> None:
        self.parts = list(parts)
        self.spool = Spool(self)
        self.stopped = False

    def wait(self) -> bool:
        if not self.parts:
            return False
        part = self.parts.pop(0)
        if part == b"again":
            self.spool.clear()
        else:
            self.spool.append(part)
        return True

    def stop(self) -> None:
        self.stopped = True


@given(st.lists(st.binary(max_size=300)), st.integers(1, 64))
def test_a_reader_waits_for_what_still_comes(parts: list[bytes], length: int) -> None:
    spool = Parts(parts).spool
    first, second = spool.open(), spool.open()
    read = b""
    while piece := first.read(length):
        read += piece
    assert read == second.read() == b"".join(parts)


def test_rows_that_were_read_may_be_taken_back() -> None:
    spool = Parts([b"old", b"again", b"new ", b"rows"]).spool
    reader = spool.open()
    with pytest.raises(RowsReplacedError):
        reader.read()
    with pytest.raises(RowsReplacedError):
        spool.open().read()
    spool.settle()
    assert spool.open().read() == b"new rows"


def test_rows_that_nobody_read_are_forgotten_in_silence() -> None:
    parts = Parts([b"old", b"again", b"new"])
    assert parts.wait()
    assert parts.wait()
    assert parts.spool.open().read() == b"new"


def test_who_stops_gets_what_is_there() -> None:
    parts = Parts([b"some", b"more"])
    parts.wait()
    parts.spool.stop()
    parts.spool.stop()
    assert (parts.spool.open().read(), parts.stopped) == (b"some", True)


def test_what_arrives_is_what_is_waited_for(book: Path) -> None:
    order = Order(book, "workbook")
    arriving, whole = read_apart(order, whole=False), read_apart(order)
    assert arriving.rows.open().read() == whole.rows.open().read()
    assert list(arriving.rows.tall) == list(whole.rows.tall) != []
    assert (arriving.sheet, arriving.encoding) == (whole.sheet, whole.encoding)
    assert whole.lines == ROWS + 1 + len(whole.rows.tall)
    # How many there will be is told from the first ones.
    assert 0.8 < arriving.lines / whole.lines < 1.2


def test_a_process_that_is_stopped_is_gone(book: Path) -> None:
    read = read_apart(Order(book, "workbook"), whole=False)
    read.rows.stop()
    assert not listeners()
    assert read.rows.open().read().startswith(b"id,date,shop,note\n")


def test_an_import_takes_in_what_comes(trial: Trial, book: Path) -> None:
    told: list[tuple[int, int]] = []
    result = trial.take(book, MAPPING, progress=lambda line, total: told.append((line, total)))
    plain = open_table(book)
    assert (result.records, result.imported) == (ROWS, ROWS)
    assert sum(trial.counts().values()) == ROWS
    assert all(0 < line <= total for line, total in told)
    assert told
    # The same rows as a text file say the same.
    rows = [[column.name for column in plain.columns], *(record for _, record in plain.rows())]
    other = Trial(trial.document, trial.folder)
    copied = other.take(
        trial.file(rows), MAPPING.replace('"Workbook"', '"Text"'), if_known="replace"
    )
    assert copied.survey.batch_sha256 == result.survey.batch_sha256
    assert copied.replaced == (result.survey.id,)
    assert not listeners()


@pytest.mark.parametrize("odd", [{"merged": True}, {"far": True}])
def test_rows_taken_back_are_taken_in_once(
    trial: Trial, tmp_path: Path, odd: dict[str, bool]
) -> None:
    path = save(tmp_path / "odd.xlsx", **odd)
    result = trial.take(path, MAPPING)
    assert (result.records, result.imported) == (ROWS, ROWS)
    assert sum(trial.counts().values()) == ROWS
    stored = trial.rows_stored()
    assert (stored["batch"], stored["response"]) == (1, ROWS)
    # What was merged over four rows is said of all of them.
    assert stored["comment"] == ROWS // 999 + 1 + (4 if "merged" in odd else 0)


def test_a_header_taken_back_is_read_anew() -> None:
    parts = Parts([b"a,b\n1,2\n", b"3,4\n", b"again", b"a,b,c\n1,2,3\n"])
    parts.wait()
    source = replace(pasted_source("a"), rows=parts.spool, form="workbook", separator=",")
    with pytest.raises(RowsReplacedError):
        [record for _, record in read_records(source)]
    table = settled_table(source, None)
    assert [column.name for column in table.columns] == ["a", "b", "c"]
    assert [record for _, record in table.rows()] == [["1", "2", "3"]]


def test_a_workbook_spoilt_in_the_middle_leaves_nothing(trial: Trial, book: Path) -> None:
    with zipfile.ZipFile(book) as archive:
        sheet = archive.getinfo("xl/worksheets/sheet1.xml")
    content = bytearray(book.read_bytes())
    for place in range(1, 40):
        content[sheet.header_offset + sheet.compress_size - place * 50] ^= 0x55
    spoilt = trial.folder / "spoilt.xlsx"
    spoilt.write_bytes(content)
    with pytest.raises(ImportProblem) as caught:
        trial.take(spoilt, MAPPING)
    assert caught.value.reason == "damaged"
    assert set(trial.rows_stored().values()) == {0}


@pytest.mark.parametrize("asked", [1, 3, 8])
def test_an_import_that_is_cancelled_leaves_nothing(trial: Trial, book: Path, asked: int) -> None:
    left = asked

    def cancelled() -> bool:
        nonlocal left
        left -= 1
        return left < 0

    with pytest.raises(ImportCancelledError):
        trial.take(book, MAPPING, cancelled=cancelled)
    assert set(trial.rows_stored().values()) == {0}
    assert not listeners()


def test_an_import_refused_at_once_reads_no_further(trial: Trial, book: Path) -> None:
    trial.take(book, MAPPING)
    with pytest.raises(Exception, match="known"):
        trial.take(book, MAPPING)
    assert not listeners()


def test_a_process_that_ended_long_ago_is_not_too_slow(book: Path) -> None:
    read = read_apart(Order(book, "workbook"), whole=False)
    ends = time.monotonic() + 60
    while listeners() and time.monotonic() < ends:
        time.sleep(0)
    assert len(read.rows.open().read().splitlines()) > ROWS


def test_an_open_workbook_is_not_read_again(
    trial: Trial, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = open_table(book)
    monkeypatch.setattr(sys, "executable", "/no/such/program")
    mapping = parse_mapping(MAPPING)
    for _ in range(2):
        counted = import_survey(
            trial.document, book, mapping, create=True, dry_run=True, opened=table
        )
        assert (counted.records, counted.imported) == (ROWS, ROWS)
    with pytest.raises(OSError, match="/no/such/program"):
        import_survey(trial.document, book, mapping, create=True, dry_run=True)


def test_an_open_workbook_that_was_saved_since_is_read_again(trial: Trial) -> None:
    path = trial.folder / "answers.xlsx"
    workbook(path, {"S": [["id", "date", "shop", "note"], ["a", datetime(2026, 1, 1, 9), 3, None]]})
    table = open_table(path)
    more: list[object] = ["b", datetime(2026, 1, 2, 9), 4, "later"]
    workbook(path, {"S": [["id", "date", "shop", "note"], ["a", "", 3, None], more]})
    mapping = parse_mapping(MAPPING)
    taken = import_survey(trial.document, path, mapping, create=True, dry_run=True, opened=table)
    assert taken.records == 2
