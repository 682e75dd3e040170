"""Files are refused or opened; encoding and separator are found."""

import csv
import gzip
import io
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.errors import ImportProblem
from storage.imports.encoding import find_encoding
from storage.imports.opening import Reading, find_separator, open_source, preamble_length
from storage.imports.rows import open_table

IN_ONE_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def write(folder: Path, content: bytes, name: str = "data.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def reason(path: Path) -> str:
    with pytest.raises(ImportProblem) as caught:
        open_source(path)
    assert caught.value.file == path
    return caught.value.reason


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (b"", "data.csv", "blank"),
        (b"\xef\xbb\xbf \r\n\r\n", "data.csv", "blank"),
        (b"PK\x03\x04" + b"\x00" * 30 + b"xl/workbook.xml", "data.xlsx", "damaged"),
        (b"$FL2@(#) SPSS DATA FILE", "data.sav", "damaged"),
        (b'<?xml version="1.0"?>\n<log xes.version="1.0">', "data.xes", "unsupported"),
        (b'{"format": "waymark/1"}', "data.csv", "unsupported"),
        (b"<html><body>Sign in", "data.csv", "unsupported"),
        (b"%PDF-1.7 x", "data.csv", "unsupported"),
        (b"a,b\n1,2\n", "data.xlsx", "not_what_it_claims"),
        (bytes(range(32)) * 20, "data.csv", "binary"),
        (b"\x00" * 4000 + b"a,b\n", "data.csv", "binary"),
        (b"\x1f\x8bnonsense", "data.csv.gz", "damaged"),
    ],
)
def test_what_is_no_text_table_is_refused(
    tmp_path: Path, content: bytes, name: str, expected: str
) -> None:
    assert reason(write(tmp_path, content, name)) == expected


def test_refusal_names_the_kind_of_file(tmp_path: Path) -> None:
    path = write(tmp_path, b"%PDF-1.7 x", "data.csv")
    with pytest.raises(ImportProblem) as caught:
        open_source(path)
    assert caught.value.detail == "pdf"


def test_missing_and_directory(tmp_path: Path) -> None:
    assert reason(tmp_path / "none.csv") == "missing"
    assert reason(tmp_path) == "directory"
    assert reason(tmp_path / "a\x00b.csv") == "unreadable"


@pytest.mark.skipif(os.name == "nt", reason="named pipes are made otherwise on Windows")
def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    assert reason(tmp_path / "pipe.csv") == "unsupported"


def test_too_large_is_refused_by_size_alone(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as stream:
        stream.truncate(17 * 1024**3)  # sparse: takes no room
    assert reason(path) == "too_large"


def test_packed_files_open_and_bombs_do_not(tmp_path: Path) -> None:
    good = write(tmp_path, gzip.compress("a;b\nø;2\n".encode()), "good.csv.gz")
    table = open_table(good)
    assert [row for _, row in table.rows()] == [["ø", "2"]]
    bomb = write(tmp_path, gzip.compress(b"a,b\n" * 4_000_000), "bomb.csv.gz")
    assert reason(bomb) == "too_large"
    cut = write(tmp_path, gzip.compress(b"a,b\n1,2\n" * 1000)[:-12], "cut.csv.gz")
    assert reason(cut) == "damaged"
    nested = write(tmp_path, gzip.compress(b"PK\x03\x04 xl/"), "nested.csv.gz")
    assert reason(nested) == "damaged"


@pytest.mark.parametrize(
    ("name", "encoding", "separator"),
    [
        ("polish_cp1250.csv", "cp1250", ";"),
        ("polish_iso8859-2.csv", "iso8859-2", ";"),
        ("polish_utf-8.csv", "utf-8", ";"),
        ("polish_utf-8-sig.csv", "utf-8-sig", ";"),
        ("polish_utf-16.txt", "utf-16", "\t"),
        ("russian_cp1251.csv", "cp1251", ";"),
        ("russian_koi8-r.csv", "koi8-r", ";"),
        ("norwegian_cp1252.csv", "cp1252", ";"),
        ("mac_roman.csv", "mac-roman", ","),
        ("typeform.csv", "utf-8", ","),
    ],
)
@pytest.mark.parametrize("language", ["pl", "nb", "ru", "en", ""])
def test_encoding_and_separator_whatever_the_locale(
    fixtures: Path, name: str, encoding: str, separator: str, language: str
) -> None:
    source = open_source(fixtures / "imports" / name, Reading(language=language))
    assert (source.encoding, source.separator, source.found.faults) == (encoding, separator, 0)


def test_every_polish_variant_reads_to_the_same_text(fixtures: Path) -> None:
    read = [
        [row for _, row in open_table(path, language="pl").rows()]
        for path in sorted((fixtures / "imports").glob("polish_*"))
    ]
    assert len(read) == 5
    assert all(rows == read[0] for rows in read)
    assert read[0][2][5] == "Człowiek był miły, ćwierć dnia czekałem"


def test_utf16_without_a_mark(tmp_path: Path) -> None:
    for name, codec in (("le.txt", "utf-16-le"), ("be.txt", "utf-16-be")):
        path = write(tmp_path, "Дата\tОценка\n01.02.2026\t9\n".encode(codec), name)
        assert find_encoding(path).name == codec


def test_utf8_with_wounds_stays_utf8_and_says_so(tmp_path: Path) -> None:
    text = ("navn;svar\n" + "Åse;blåbærsyltetøy\n" * 200).encode()
    mixed = find_encoding(write(tmp_path, text + b"K\xe5re;nei\n"))
    assert (mixed.name, mixed.certain, mixed.faults) == ("utf-8", False, 1)
    cut = find_encoding(write(tmp_path, text + "Å".encode()[:1]))
    assert cut.name == "utf-8"


def test_the_override_wins_and_unknown_codecs_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "navn;svar\nÅse;blå\n".encode("cp1252"))
    assert find_encoding(path, override="Windows-1250").name == "cp1250"
    wrong = find_encoding(path, override="utf-8")
    assert (wrong.name, wrong.faults) == ("utf-8", 2)
    for name in ("no-such", "base64", "rot13", "idna", "unicode_escape", "undefined", ""):
        with pytest.raises(ImportProblem) as caught:
            find_encoding(path, override=name)
        assert caught.value.reason == "encoding"


def test_a_chosen_utf8_leaves_no_mark_in_the_first_header(tmp_path: Path) -> None:
    path = write(tmp_path, b"\xef\xbb\xbfid;x\n1;2\n")
    assert open_table(path, encoding="utf-8").columns[0].name == "id"


def test_a_double_mark_is_noticed_and_gone(tmp_path: Path) -> None:
    table = open_table(write(tmp_path, b"\xef\xbb\xbf\xef\xbb\xbfid,x\n1,2\n"))
    assert table.source.found.double_mark
    assert [column.name for column in table.columns] == ["id", "x"]


def test_a_wrong_separator_choice_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, b"a,b\n1,2\n")
    for mark in ("", ",,", '"', "\n"):
        with pytest.raises(ImportProblem):
            open_source(path, Reading(separator=mark))
    assert open_table(path, separator="|").columns[0].name == "a,b"


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        ("a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5\n", ";"),
        ("a;b\n12,5;3,4\n1,5;3,4\n", ";"),
        ('"x, y";b\n"1, 2";3\n', ";"),
        ("a,b\n1,2\n1,2,3\n" + "1,2\n" * 20, ","),
        ("a|b\n1|2\n", "|"),
        ("a\tb, c\n1\t2\n", "\t"),
        ("score\n9\n3\n", ","),
        (" 00004 0001 19970101  2   29.33\n 00004 0001 19970118  2   29.73\n" * 2, " "),
        ("two words\nthree more words\nend\n", ","),
    ],
)
def test_separators(sample: str, expected: str) -> None:
    assert find_separator(sample) == expected


CELLS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc"], include_characters="\t\n"), max_size=12
)
TABLES = st.integers(2, 6).flatmap(
    lambda width: st.lists(
        st.lists(CELLS, min_size=width, max_size=width).filter(any), min_size=1, max_size=12
    )
)


@IN_ONE_FOLDER
@given(
    body=TABLES,
    separator=st.sampled_from([",", ";", "\t", "|"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_what_csv_writes_is_read_back(
    tmp_path: Path, body: list[list[str]], separator: str, encoding: str, end: str
) -> None:
    """Text, line breaks in cells and all, whatever the cells hold, once the shape is known."""
    out = io.StringIO(newline="")
    header = [f"h{index}" for index in range(len(body[0]))]
    csv.writer(out, delimiter=separator, lineterminator=end).writerows([header, *body])
    path = write(tmp_path, out.getvalue().encode(encoding))
    table = open_table(path, encoding=encoding, separator=separator, header_rows=1)
    assert [row for _, row in table.rows()] == body


PLAIN = st.text("abcdefghijåøł ", min_size=1, max_size=8).filter(str.strip)


@IN_ONE_FOLDER
@given(
    body=st.integers(2, 6).flatmap(
        lambda width: st.lists(
            st.lists(PLAIN, min_size=width, max_size=width), min_size=2, max_size=12
        )
    ),
    separator=st.sampled_from([",", ";", "\t", "|"]),
)
def test_the_separator_of_a_written_table_is_found(
    tmp_path: Path, body: list[list[str]], separator: str
) -> None:
    out = io.StringIO(newline="")
    header = [f"h{index}" for index in range(len(body[0]))]
    csv.writer(out, delimiter=separator).writerows([header, *body])
    source = open_source(write(tmp_path, out.getvalue().encode()))
    assert (source.separator, source.encoding) == (separator, "utf-8")


def test_only_a_rule_of_dashes_starts_a_preamble() -> None:
    assert preamble_length("# -----\n# x\n\nPage,Views\n1,2\n") == 3
    assert preamble_length('#,"Submit Date (UTC)"\nab,2026\n') == 0
    assert preamble_length("# ------,,\n# Start date: 1,,\nPage,a,b\n") == 2
