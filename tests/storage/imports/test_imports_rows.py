"""Records stream past: lines are named, blank ones left out, odd ones survive."""

from pathlib import Path

import pytest

from storage.errors import ImportProblem
from storage.imports.rows import Skipped, SkippedTally, open_table


def table_of(folder: Path, text: str, **given: object) -> list[tuple[int, list[str]]]:
    path = folder / "data.csv"
    path.write_bytes(text.encode())
    return list(open_table(path, **given).rows())  # type: ignore[arg-type]


def test_lines_are_where_records_start(tmp_path: Path) -> None:
    rows = table_of(tmp_path, 'a,"b\nc"\n1,"x\n\ny"\n\n2,z\n')
    assert rows == [(3, ["1", "x\n\ny"]), (7, ["2", "z"])]


def test_blank_lines_and_empty_records_are_no_data(tmp_path: Path) -> None:
    rows = table_of(tmp_path, "\n\na,b\n\n1,2\n,\n,,,\n3,4\n\n")
    assert [row for _, row in rows] == [["1", "2"], ["3", "4"]]


def test_ragged_cut_and_nul_rows_survive(tmp_path: Path) -> None:
    rows = table_of(tmp_path, "a,b,c\n1,2,3\n1\n1,2,3,4\nx\x00y,2,3\n5,6")
    assert [row for _, row in rows] == [
        ["1", "2", "3"],
        ["1"],
        ["1", "2", "3", "4"],
        ["x\x00y", "2", "3"],
        ["5", "6"],
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_three_systems(tmp_path: Path, end: str) -> None:
    rows = table_of(tmp_path, end.join(["a,b", "1,2", "3,4", ""]))
    assert rows == [(2, ["1", "2"]), (3, ["3", "4"])]


def test_a_cell_of_200_kb_is_real_and_one_that_never_ends_is_refused(tmp_path: Path) -> None:
    rows = table_of(tmp_path, "id,comment\n1," + "x" * 200_000 + "\n")
    assert len(rows[0][1][1]) == 200_000
    with pytest.raises(ImportProblem) as caught:
        table_of(tmp_path, 'id,comment\n1,"open\n' + "2,line\n" * 200_000)
    assert (caught.value.reason, caught.value.place) == ("cell_never_ends", "line 2")


def test_thousands_of_columns_are_no_table(tmp_path: Path) -> None:
    with pytest.raises(ImportProblem) as caught:
        table_of(tmp_path, ",".join("x" * 6000) + "\n1,2\n")
    assert caught.value.reason == "too_large"


def test_a_file_may_change_under_the_reader_only_while_nobody_reads(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    table = open_table(path)
    path.unlink()
    with pytest.raises(ImportProblem) as caught:
        list(table.rows())
    assert caught.value.reason == "missing"


def test_a_reader_that_stops_early_leaves_no_open_file(tmp_path: Path) -> None:
    """An unclosed file would be a ResourceWarning, and those are errors here."""
    path = tmp_path / "data.csv"
    path.write_text("a,b\n" + "1,2\n" * 50_000, encoding="utf-8")
    rows = open_table(path).rows()
    assert next(rows) == (2, ["1", "2"])
    del rows


def test_skipped_records_are_counted_by_reason() -> None:
    tally = SkippedTally()
    for reason, line in (("score", 4), ("date", 9), ("score", 11)):
        tally.add(reason, line)
    assert tally.result() == (Skipped("score", 2, 4), Skipped("date", 1, 9))
