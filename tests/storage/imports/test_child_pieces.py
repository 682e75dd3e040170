"""A sheet that is read piece by piece says what it says when it is read whole."""

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.imports import child_frames as frames
from storage.imports import child_pieces, child_workbook
from storage.imports.child_limits import LIMITS, Limits
from storage.imports.child_pieces import UnsuitedError, read_pieces

SHEET = "xl/worksheets/sheet1.xml"
# Rows of one piece, or of a few, where a sheet has a few dozen.
SMALL = 1_000

cells = st.one_of(
    st.none(),
    st.integers(-5, 100),
    st.floats(-1e6, 1e6),
    st.booleans(),
    st.text(st.sampled_from("aż<>&\"',;!? \n"), max_size=8),
    st.sampled_from(["</row><row r=", "]]>", "<!-- -->", "<?xml?>", "=1+1", "  a  "]),
    st.dates(date(2020, 1, 1), date(2027, 1, 1)),
    st.datetimes(datetime(2020, 1, 1), datetime(2027, 1, 1)),
)
tables = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), max_size=30)
)


def written(
    rows: Sequence[Sequence[object]],
    *,
    top: int = 0,
    left: int = 0,
    shared: bool = False,
    change: Callable[[xlsxwriter.Workbook], None] = lambda _: None,
) -> bytes:
    """Return a workbook with a sheet of these rows; `change` gets it before it is closed."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"constant_memory": not shared})
    day, moment = (book.add_format({"num_format": f}) for f in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm"))
    sheet = book.add_worksheet("Svar & tal")
    for number, row in enumerate(rows, top):
        for place, cell in enumerate(row, left):
            if isinstance(cell, datetime):
                sheet.write_datetime(number, place, cell, moment)
            elif isinstance(cell, date):
                sheet.write_datetime(number, place, cell, day)
            elif isinstance(cell, str):
                sheet.write_string(number, place, cell)
            else:
                sheet.write(number, place, cell)
    change(book)
    book.close()
    return content.getvalue()


def changed(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return an archive one part of which is another."""
    found = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(found, "w") as new:
        for member in old.infolist():
            part = old.read(member)
            new.writestr(member, change(part) if member.filename == name else part)
    return found.getvalue()


def received(out: io.BytesIO) -> tuple[bytes, list[int], dict[str, object]]:
    """Return the rows that count in the end, the lines that go on one, and the facts."""
    out.seek(0)
    rows, tall, facts = b"", list[int](), dict[str, object]()
    while (frame := frames.receive(out)) is not None:
        kind, content = frame
        if kind == frames.ROWS:
            rows += content
        elif kind == frames.TALL:
            tall += frames.facts_of(content)
        elif kind == frames.AGAIN:
            rows, tall = b"", []
        else:
            facts |= frames.facts_of(content)
    return rows, tall, facts


def in_pieces(
    content: bytes, size: int = SMALL, limits: Limits = LIMITS
) -> tuple[bytes, list[int], dict[str, object]] | None:
    """Read piece by piece; None where it had to be read whole."""
    out = io.BytesIO()
    whole = not child_workbook.sent_in_pieces(content, None, limits, out, size)
    return None if whole else received(out)


def as_a_whole(content: bytes) -> tuple[bytes, list[int], dict[str, object]]:
    out = io.BytesIO()
    child_workbook.send_whole(content, None, LIMITS, out)
    return received(out)


def many(n: int = 60) -> list[list[object]]:
    start: list[object] = ["id", "when", "score", "note"]
    return [
        start,
        *([f"no {k}", datetime(2026, 1, 1, 9, k % 60), k, "&" * (k % 3)] for k in range(n)),
    ]


@settings(max_examples=150, deadline=None)
@given(
    rows=tables,
    top=st.integers(0, 3),
    left=st.integers(0, 2),
    shared=st.booleans(),
    size=st.integers(600, 3_000),
)
def test_pieces_say_what_the_whole_says(
    rows: list[list[object]], top: int, left: int, shared: bool, size: int
) -> None:
    content = written(rows, top=top, left=left, shared=shared)
    found = in_pieces(content, size)
    assert found is None or found == as_a_whole(content)


@settings(max_examples=60, deadline=None)
@given(rows=tables, shared=st.booleans())
def test_below_a_header_pieces_are_never_given_up(rows: list[list[object]], shared: bool) -> None:
    width = max(map(len, rows), default=1)
    header: list[object] = [f"column {n}" for n in range(width)]
    content = written([header, *rows, *([n] for n in range(80))], shared=shared)
    assert in_pieces(content) == as_a_whole(content)


@pytest.mark.parametrize("shared", [False, True])
def test_many_small_workbooks_one_after_another(shared: bool) -> None:
    content = written(many(2_500), shared=shared)
    assert in_pieces(content, 2_000) == as_a_whole(content)


def test_a_sheet_comes_in_pieces_and_says_how_much_each_is() -> None:
    pieces = list(read_pieces(written(many()), SMALL))
    assert len(pieces) > 5
    assert [piece.last for piece in pieces] == [False] * (len(pieces) - 1) + [True]
    assert {(piece.name, piece.visible) for piece in pieces} == {("Svar & tal", True)}
    assert 0.9 < sum(piece.share for piece in pieces) < 3
    firsts = [piece.sheet.start[0] for piece in pieces if piece.sheet.start]
    assert firsts == sorted(set(firsts))


def test_headings_over_columns_and_a_sheet_out_of_sight() -> None:
    def change(book: xlsxwriter.Workbook) -> None:
        book.worksheets()[0].merge_range("A1:C1", "Heading")
        book.worksheets()[0].hide()

    content = written(many(), change=change)
    # The only sheet cannot be hidden there; the heading is what counts here.
    assert in_pieces(content) == as_a_whole(content)


def test_the_table_of_1904_counts_its_days_from_there() -> None:
    content = written(many())
    older = changed(
        content,
        "xl/workbook.xml",
        lambda xml: xml.replace(b"<workbookPr ", b'<workbookPr date1904="1" '),
    )
    assert b"date1904" in zipfile.ZipFile(io.BytesIO(older)).read("xl/workbook.xml")
    found = in_pieces(older)
    assert found == as_a_whole(older)
    assert b"2030-01-02 09:00:00" in found[0]


def _tall(book: xlsxwriter.Workbook) -> None:
    book.worksheets()[0].merge_range("E3:E5", "said of three")


@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("merged over rows", written(many(), shared=True, change=_tall)),
        ("wider below", written([*many(), [None] * 6 + ["far"]])),
        ("further left below", written([[None, *row] for row in many()] + [["left"]])),
        ("several sheets", written(many(), change=lambda book: book.add_worksheet("More"))),
    ],
)
def test_what_only_the_whole_tells_is_read_whole(what: str, change: bytes) -> None:
    assert in_pieces(change) is None, what
    again = io.BytesIO()
    child_workbook.read_workbook(change, None, LIMITS, again)
    assert received(again) == as_a_whole(change)


COMMENT = b'<!-- </row><row r="8" --><row r="9"'
UNSUITED: dict[str, Callable[[bytes], bytes]] = {
    "rows without numbers": lambda xml: xml.replace(b"<row r=", b"<row x="),
    "a comment": lambda xml: xml.replace(b'<row r="9"', COMMENT),
    "an instruction": lambda xml: xml.replace(b'<row r="9"', b'<?a </row>?><row r="9"'),
    "CDATA": lambda xml: xml.replace(b"<t>no 5</t>", b"<t><![CDATA[</row><row >]]></t>"),
    "a declaration": lambda xml: xml.replace(b"<worksheet", b"<!DOCTYPE a><worksheet", 1),
    "a prefix": lambda xml: xml.replace(b"<row ", b"<x:row ").replace(b"</row>", b"</x:row>"),
    "rows apart": lambda xml: xml.replace(b"</row><row", b"</row>\n<row"),
    "rows after the end": lambda xml: xml.replace(
        b'</row><row r="50"', b'</row></sheetData><row r="50"/><row r="50"'
    ),
    "nothing that begins": lambda xml: xml.replace(b"<sheetData>", b"<sheetdata>"),
}
ODD: dict[str, Callable[[bytes], bytes]] = {
    **UNSUITED,
    "rows backwards": lambda xml: xml.replace(b'<row r="50"', b'<row r="5"'),
    "cells backwards": lambda xml: xml.replace(b'r="A50"', b'r="A5"'),
    "cut off": lambda xml: xml[: len(xml) // 2],
    "a tag that is not closed": lambda xml: xml.replace(b"</row>", b"", 9),
}


@pytest.mark.parametrize("what", UNSUITED)
def test_what_cannot_be_cut_is_seen_at_once(what: str) -> None:
    content = changed(written(many()), SHEET, UNSUITED[what])
    with pytest.raises(UnsuitedError):
        list(read_pieces(content, SMALL))


@pytest.mark.parametrize("what", ODD)
def test_odd_markup_says_what_it_says_whole(what: str) -> None:
    content = changed(written(many()), SHEET, ODD[what])
    found = in_pieces(content)
    assert found is None or found == as_a_whole(content), what


@pytest.mark.parametrize(
    "limit", [{"rows": 60}, {"columns": 3}, {"cells": 243}, {"rows": 3, "cells": 1}]
)
def test_beyond_a_limit_the_whole_says_so(limit: dict[str, int]) -> None:
    content = written(many())
    limits = LIMITS._replace(**limit)
    assert in_pieces(content, limits=limits) is None
    with pytest.raises(child_workbook.RefusedError) as caught:
        child_workbook.read_workbook(content, None, limits, io.BytesIO())
    assert caught.value.reason == "too_large"
    assert in_pieces(content, limits=LIMITS._replace(rows=61, columns=4, cells=244)) is not None


def test_one_far_cell_writes_no_million_rows() -> None:
    content = written(many(), change=lambda book: book.worksheets()[0].write(1_048_575, 0, 1))
    assert in_pieces(content, limits=LIMITS._replace(cells=4_000_000)) is None


def test_parts_that_are_spoilt_end_the_reading(tmp_path: Path) -> None:
    content = bytearray(written(many(3_000)))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        member = archive.getinfo(SHEET)
    content[member.header_offset + 40 + member.compress_size // 2] ^= 0xFF
    assert in_pieces(bytes(content), 20_000) is None


def test_texts_that_weigh_too_much_are_read_once() -> None:
    rows = [[f"{'text' * 50} {n}"] for n in range(400)]
    content = written(rows, shared=True)
    assert in_pieces(content, 2_000) == as_a_whole(content)
    at_once = child_pieces._MOST_BYTES
    try:
        child_pieces._MOST_BYTES = 2_000  # type: ignore[misc]
        assert in_pieces(content, 2_000) is None
    finally:
        child_pieces._MOST_BYTES = at_once  # type: ignore[misc]


def test_who_wants_no_more_pieces_waits_for_none() -> None:
    pieces = read_pieces(written(many(3_000)), 2_000)
    assert not next(pieces).last
    pieces.close()
    with pytest.raises(UnsuitedError):
        list(read_pieces(written(many(3))))
