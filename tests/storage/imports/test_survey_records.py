"""Records read in blocks are those read one by one, wherever a block happens to end."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.imports import survey_records
from storage.imports.rows import open_table
from storage.imports.survey_records import read_blocks

pieces = st.sampled_from(
    ["a", "1", " ", ",", ",", ",", '"', '"x"', '""', '"a,b"', '"a\nb"', '"a\r\nb"', "ż", "", "\t"]
)
bodies = st.lists(
    st.tuples(
        st.lists(pieces, max_size=6).map("".join), st.sampled_from(["\n", "\n", "\r\n", "\r"])
    )
).map(lambda lines: "".join(text + end for text, end in lines))
plain = st.lists(
    st.tuples(
        st.lists(st.sampled_from(["", "1", "two", " 3"]), min_size=3, max_size=3).map(",".join),
        st.sampled_from(["\n", "\r\n"]),
    )
).map(lambda lines: "".join(text + end for text, end in lines))


@settings(deadline=None, max_examples=300, suppress_health_check=list(HealthCheck))
@given(
    body=bodies | plain | st.tuples(plain, bodies, plain).map("".join),
    last=st.sampled_from(["", "x,y,z", 'x,"y', "x"]),
    size=st.integers(1, 40),
)
def test_blocks_are_the_rows(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    body: str,
    last: str,
    size: int,
) -> None:
    path = tmp_path_factory.mktemp("blocks") / "answers.csv"
    path.write_bytes(f'id,"the\nscore",why\n{body}{last}'.encode())
    table = open_table(path, encoding="utf-8", separator=",", header_rows=1)
    monkeypatch.setattr(survey_records, "_BLOCK_CHARACTERS", size)
    monkeypatch.setattr(survey_records, "_BLOCK_RECORDS", 2)
    found = []
    for block in read_blocks(table):
        if block.rows is None:
            assert block.columns is not None
            assert len(block.columns) == 3
            cells = [list(record) for record in zip(*block.columns, strict=True)]
        else:
            cells = [list(record) for record in block.rows]
        assert cells
        found += list(zip(block.lines, cells, strict=True))
    assert found == [(line, list(cells)) for line, cells in table.rows()]


def test_a_clean_table_is_cut_and_not_parsed(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("id;score\n" + "".join(f"r{n};{n % 11}\n" for n in range(30_000)))
    blocks = list(read_blocks(open_table(path)))
    assert sum(len(block.lines) for block in blocks) == 30_000
    assert all(block.columns is not None for block in blocks)
    assert blocks[-1].lines[-1] == 30_001


def test_other_encodings_and_packed_files_are_read_alike(tmp_path: Path) -> None:
    import gzip

    text = "id\tścieżka\n" + "".join(f"r{n}\tżółć {n}\n" for n in range(5_000))
    for name, data in (
        ("wide.csv", text.encode("utf-16")),
        ("polish.csv", text.encode("cp1250")),
        ("packed.csv.gz", gzip.compress(text.encode("utf-8-sig"))),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        encoding = "cp1250" if name == "polish.csv" else None
        table = open_table(path, encoding=encoding)
        cells = [c for block in read_blocks(table) for c in (block.columns or [[], []])[1]]
        assert cells == [f"żółć {n}" for n in range(5_000)]


def test_a_separator_beyond_ascii_is_no_part_of_its_letters(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    # "§" is C2 A7; "£" begins and "ç" ends alike.
    path.write_text("id§score\na§1\n£ç\nb§2\n", encoding="utf-8")
    table = open_table(path, encoding="utf-8", separator="§", header_rows=1)
    rows = [row for block in read_blocks(table) for row in block.rows or ()]
    assert rows == [["a", "1"], ["£ç"], ["b", "2"]]


def test_lines_of_unequal_width_are_not_taken_for_each_other(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("a,b,c\n1,2,3,4\n5,6\n7,8,9\n")
    table = open_table(path, encoding="utf-8", separator=",", header_rows=1)
    rows = [row for block in read_blocks(table) for row in block.rows or ()]
    assert rows == [["1", "2", "3", "4"], ["5", "6"], ["7", "8", "9"]]
