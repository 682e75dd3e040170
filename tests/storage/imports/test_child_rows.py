"""Rows of a workbook come through the pipe as CSV that says what the cells said."""

import csv
import io
from datetime import date, datetime, time

from hypothesis import given
from hypothesis import strategies as st

from storage.imports import child_frames as frames
from storage.imports.child_rows import DatesDifferError, RowSender

texts = st.text(st.sampled_from('ab,"\n ż'), max_size=6)
cells = st.one_of(
    texts, st.none(), st.integers(0, 5).map(float), st.sampled_from([0.5, 1e300, 2.0**60])
)


def sent(rows: list[list[object]]) -> tuple[list[list[str]], list[int]]:
    """Send rows and return what a csv reader finds, and the lines that go on a row."""
    out = io.BytesIO()
    sender = RowSender(out)
    try:
        sender.send(zip(*rows, strict=True))
    except DatesDifferError:
        sender.restart()
        sender.send(zip(*rows, strict=True))
    out.seek(0)
    text, tall = "", list[int]()
    while (frame := frames.receive(out)) is not None:
        kind, content = frame
        if kind == frames.ROWS:
            text += content.decode()
        elif kind == frames.TALL:
            tall += frames.facts_of(content)
    assert text.count("\n") == sender.lines
    return list(csv.reader(io.StringIO(text, newline=""))), tall


def written(cell: object) -> str:
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and cell < 2.0**53 else repr(cell)
    return "" if cell is None else str(cell)


@given(st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(cells, min_size=n, max_size=n))))
def test_cells_come_back_as_they_were(rows: list[list[object]]) -> None:
    read, tall = sent(rows)
    assert read == [[written(cell) for cell in row] for row in rows]
    assert len(tall) == sum(str(cell).count("\n") for row in rows for cell in row)


def test_moments_and_days_of_one_column_are_written_in_one_way() -> None:
    rows: list[list[object]] = [
        [date(2026, 1, 1), datetime(2026, 1, 1, 9, 30, 0, 400_000), True],
        [date(2026, 1, 2), date(2026, 1, 2), time(9, 30)],
    ]
    assert sent(rows)[0] == [
        ["2026-01-01", "2026-01-01 09:30:00", "TRUE"],
        ["2026-01-02", "2026-01-02 00:00:00", "09:30:00"],
    ]
