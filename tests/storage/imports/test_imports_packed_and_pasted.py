"""Tables that are packed, pasted or very large; inspection that is watched and stopped."""

import gzip
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.model.template import new_workspace
from storage.document import Document
from storage.errors import ImportProblem
from storage.imports import inspect as inspecting
from storage.imports.encoding import OFFERED, find_encoding
from storage.imports.inspect import inspect_file, inspect_table
from storage.imports.mapping import parse_mapping
from storage.imports.readers import inspect_any, propose_any
from storage.imports.rows import open_table, read_text_table
from storage.imports.spool import Spool
from storage.imports.stopping import ImportCancelledError
from storage.imports.survey import import_survey
from tests.storage.imports.foreign_files import workbook

MAPPING = """
[survey]
name = "Desk"
design = "transactional"
quarter = "2026Q1"

[[question]]
column = "score"
touchpoint = "Desk"
metric = "csat"
"""


def archive(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return path


def reason(path: Path) -> tuple[str, str]:
    with pytest.raises(ImportProblem) as caught:
        open_table(path)
    assert caught.value.file == path
    return caught.value.reason, caught.value.detail


def test_a_zip_of_one_file_is_read_through(tmp_path: Path) -> None:
    text = "navn;score\nÅse;5\n".encode("cp1252")
    # What macOS adds of its own is no second file.
    path = archive(tmp_path / "a.zip", {"__MACOSX/._a.csv": b"x", "f/": b"", "f/a.csv": text})
    table = open_table(path, encoding="cp1252")
    assert [record for _, record in table.rows()] == [["Åse", "5"]]
    assert inspect_file(path).records == 1


def test_a_zip_of_several_files_names_them(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"a.csv": b"a,b\n1,2\n", "b.csv": b"a,b\n"})
    assert reason(path) == ("several_files", "a.csv, b.csv")


def test_a_zip_without_any_file_is_blank(tmp_path: Path) -> None:
    assert reason(archive(tmp_path / "a.zip", {"f/": b""}))[0] == "blank"
    assert reason(archive(tmp_path / "b.zip", {"a.csv": b" \n"}))[0] == "blank"


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"a.csv": b"a,b\n" * 8_000_000})
    assert reason(path)[0] == "too_large"


def test_an_encrypted_zip_wants_its_password(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"a.csv": b"a,b\n1,2\n"})
    content = bytearray(path.read_bytes())
    central = content.index(b"PK\x01\x02")
    content[6] |= 1
    content[central + 8] |= 1
    path.write_bytes(bytes(content))
    assert reason(path)[0] == "password"


def test_a_word_document_is_no_table(tmp_path: Path) -> None:
    parts = {"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}
    assert reason(archive(tmp_path / "a.docx", parts)) == ("unsupported", "document")


@pytest.mark.parametrize("suffix", ["zip", "gz"])
def test_a_packed_file_that_is_cut(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.csv.{suffix}"
    text = b"".join(b"%d,%d\n" % (n, n * n) for n in range(5_000))
    if suffix == "gz":
        path.write_bytes(gzip.compress(text)[:-40])
    else:
        archive(path, {"a.csv": text})
        path.write_bytes(path.read_bytes()[:-200])
    assert reason(path)[0] == "damaged"


def test_what_excel_puts_on_the_clipboard() -> None:
    table = read_text_table('id\tscore\tnote\r\n1\t5\t"two\nlines, ""quoted"""\r\n2\t\tx\r\n')
    seen = inspect_table(table)
    assert (seen.separator, seen.records) == ("\t", 2)
    assert [record for _, record in table.rows()] == [
        ["1", "5", 'two\nlines, "quoted"'],
        ["2", "", "x"],
    ]
    assert table.preview(1) == [(2, ["1", "5", 'two\nlines, "quoted"'])]


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff"])
def test_nothing_pasted(text: str) -> None:
    with pytest.raises(ImportProblem) as caught:
        read_text_table(text)
    assert caught.value.reason == "blank"


@given(st.text(max_size=200))
def test_whatever_is_pasted_is_a_table_or_a_problem(text: str) -> None:
    try:
        seen = inspect_table(read_text_table(text))
    except ImportProblem:
        return
    assert all(column.profile.cells == seen.records for column in seen.columns)


def test_a_pasted_table_is_imported_like_a_file(tmp_path: Path) -> None:
    table = read_text_table("id\tscore\na\t5\nb\t4\n")
    path = tmp_path / "w.waymark"
    Document.create(path, new_workspace("W")).close()
    document = Document.open(path)
    result = import_survey(
        document, table.source.path, parse_mapping(MAPPING), create=True, opened=table
    )
    assert (result.imported, result.survey.source_file) == (2, "Pasted table")
    document.close()


def test_an_opened_table_is_not_opened_again(tmp_path: Path) -> None:
    book = tmp_path / "a.xlsx"
    workbook(book, {"S": [["id", "score"], ["a", 5]], "T": [["id", "score"], ["b", 4], ["c", 1]]})
    path = tmp_path / "w.waymark"
    Document.create(path, new_workspace("W")).close()
    document = Document.open(path)
    opened = open_table(book)
    by_sheet = "[source]\nsheet = 'S'\n" + MAPPING
    for mapping, imported in ((MAPPING, 2), (by_sheet, 1)):
        result = import_survey(
            document, book, parse_mapping(mapping), create=True, dry_run=True, opened=opened
        )
        assert result.imported == imported
    assert ("more_sheets", "T") in result.warnings
    document.close()


def test_only_the_start_of_a_very_large_file_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspecting, "HUGE_BYTES", 100_000)
    monkeypatch.setattr(inspecting, "SAMPLE_BYTES", 20_000)
    monkeypatch.setattr(inspecting, "SAMPLE_SECONDS", 0.0)
    path = tmp_path / "large.csv"
    path.write_text("id,score\n" + "".join(f"c{n:06d},{n % 5 + 1}\n" for n in range(20_000)))
    whole = inspect_file(path)
    assert (whole.forecast, whole.records) == (None, 20_000)
    start = inspect_file(path, whole=False)
    assert start.forecast is not None
    assert start.forecast.read < 20_000
    assert start.forecast.bytes == pytest.approx(path.stat().st_size, rel=0.01)
    assert start.records == start.forecast.records == pytest.approx(20_000, rel=0.05)
    assert start.forecast.seconds > 0


def test_inspection_tells_how_far_it_is_and_stops(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,score\n" + "".join(f"c{n},{n % 5}\n" for n in range(20_000)))
    steps: list[tuple[int, int]] = []
    inspect_file(path, progress=lambda done, total: steps.append((done, total)))
    assert [done for done, _ in steps] == sorted(done for done, _ in steps)
    assert steps[-1] == (20_001, 20_001)
    with pytest.raises(ImportCancelledError):
        inspect_file(path, cancelled=lambda: True)
    stop_late = iter([False] * 3 + [True] * 99)
    with pytest.raises(ImportCancelledError):
        inspect_file(path, cancelled=lambda: next(stop_late))


def test_every_offered_encoding_is_one(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    for name in OFFERED:
        path.write_bytes("a,b\n1,2\n".encode(name))
        assert find_encoding(path, override=name).faults == 0


def test_event_logs_are_inspected_by_their_own_reader(tmp_path: Path) -> None:
    path = tmp_path / "log.xes"
    events = "".join(
        f'<event><string key="concept:name" value="{name}"/>'
        f'<date key="time:timestamp" value="2026-01-01T10:0{n}:00Z"/></event>'
        for n, name in enumerate(("Visit", "Buy"))
    )
    path.write_text(
        '<?xml version="1.0"?><log xes.version="1.0"><trace>'
        f'<string key="concept:name" value="c1"/>{events}</trace></log>'
    )
    seen = inspect_any(path)
    assert (seen.vendor, seen.separator, seen.records) == ("xes", None, 2)
    assert propose_any(seen).events is not None


@given(st.lists(st.binary(max_size=300)), st.integers(1, 64))
def test_a_spool_gives_every_reader_all_of_it(parts: list[bytes], length: int) -> None:
    spool = Spool()
    for part in parts:
        spool.append(part)
    first, second = spool.open(), spool.open()
    read = b""
    while piece := first.read(length):
        read += piece
    assert read == second.read() == b"".join(parts)
    spool.clear()
    assert spool.open().read() == b""
