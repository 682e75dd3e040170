"""Text cut into cells by their places is what the csv reader makes of it, or is left to that."""

import csv
import io
from itertools import accumulate

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from storage.imports.survey_cells import weight_cells
from storage.imports.survey_cut import cut_lines
from storage.imports.survey_records import _end_of_records
from storage.imports.survey_weights import WeightColumn

cells = st.text(st.sampled_from('ab,;"\n ż1'), max_size=6)
records = st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=12)
weights = st.sampled_from(
    ["1", "0.5", "1,25", "007.50", "1.234", "12345678901234", "", "0", "1e3", "-1", ".5", "5.", "x"]
)


def written(rows: list[tuple[str, ...]], quoting: int, end: str) -> str:
    text = io.StringIO()
    csv.writer(text, quoting=quoting, lineterminator=end).writerows(rows)
    return text.getvalue()


@given(
    rows=records,
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_cells_are_those_of_the_csv_reader(
    rows: list[tuple[str, ...]], quoting: int, end: str
) -> None:
    text = written(rows, quoting, end)
    cut = cut_lines(text, ",", 3)
    if cut is None:
        # A blank record, or a line within a cell that looks like a record.
        assert any(not any(row) for row in rows) or any(
            line.count(",") > 1 for row in rows for cell in row for line in cell.split("\n")[1:]
        )
        return
    assert list(zip(*(cut.texts(column) for column in range(3)), strict=True)) == rows
    assert list(zip(*cut.columns, strict=True)) == rows
    reader = csv.reader(io.StringIO(text, newline=""))
    firsts = [0]
    for _ in reader:
        firsts.append(reader.line_num)
    assert (list(range(len(rows))) if cut.firsts is None else cut.firsts.tolist()) == firsts[:-1]
    assert cut.feeds == firsts[-1]


@given(rows=records, missing=st.integers(0, 20))
def test_a_piece_of_text_ends_with_a_whole_record(
    rows: list[tuple[str, ...]], missing: int
) -> None:
    ends = list(accumulate(len(written([row], csv.QUOTE_MINIMAL, "\n")) for row in rows))
    text = written(rows, csv.QUOTE_MINIMAL, "\n")
    piece = text[: len(text) - missing]
    whole = [end for end in ends if end <= len(piece)]
    assume(whole)
    assert _end_of_records(piece) == whole[-1]


def test_a_record_that_a_quote_swallowed_is_left_to_the_csv_reader() -> None:
    assert cut_lines('a,"said\nb,c,d\n",x\n', ",", 3) is None
    assert cut_lines('a,"said\nb,c",x\n', ",", 3) is not None


@given(found=st.lists(weights, min_size=1, max_size=12))
def test_weights_are_read_as_cells_are(found: list[str]) -> None:
    cut = cut_lines("".join(f"{cell};x\n" for cell in found), ";", 2)
    assert cut is not None
    one_by_one = weight_cells()
    expected = one_by_one.values_of(found)
    column = WeightColumn(0, weight_cells()).read(cut)
    assert (column is None) == bool(one_by_one.refused)
    if column is not None:
        assert np.nan_to_num(column.by_row).tolist() == expected


@pytest.mark.parametrize("text", ["a,b,c\rd,e,f\n", "a,b\nc,d,e\n", 'a,"b,c\n', 'a,b"b,c\n'])
def test_what_is_not_cut_by_lines_is_left_to_the_csv_reader(text: str) -> None:
    assert cut_lines(text, ",", 3) is None
