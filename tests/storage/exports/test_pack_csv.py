"""The rows of a pack as CSV: the same figures, safe in spreadsheets, exact for programs."""

import csv
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.priority.result import Basis, Ranking
from journey.report.pack import Pack
from storage.exports.csv import csv_text, safe_cell, write_csv, write_raw_csv

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text, newline="")))


def test_every_figure_reads_back_to_the_digit(packs: tuple[Pack, ...]) -> None:
    for pack in packs:
        rows = read(csv_text(pack, safe=True))
        assert len(rows) == len(pack.all_rows)
        for found, row in zip(rows, pack.all_rows, strict=True):
            item = row.item
            for name in ("value_mean", "low80", "high95", "p_top5", "effort_days", "score"):
                figure = getattr(item, name)
                assert found[name] == ("" if figure is None else repr(figure)), name
            assert found["rank"] == ("" if item.rank is None else str(item.rank))
            assert found["title"] == item.title
            assert found["effort_assumed"] == str(item.effort_assumed).lower()
            assert found["pain_point"] == item.pain_point


@given(st.text())
def test_no_text_is_taken_for_a_formula(text: str) -> None:
    safe = safe_cell(text)
    assert not safe.lstrip(" \u00a0").startswith(FORMULA_STARTS)
    assert safe in (text, f"'{text}")


@pytest.mark.parametrize("text", ["=1+1", " =1+1", "+49 170", "-", "@SUM(A1)", "\tx", "\r=1"])
def test_what_looks_like_a_formula_gets_a_mark(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


def test_own_numbers_keep_their_sign(packs: tuple[Pack, ...], bank_ranking: Ranking) -> None:
    rows = read(csv_text(packs[0], safe=True))
    assert "-12000.0" in [row["low95"] for row in rows]


def test_the_raw_file_has_every_text_as_it_is(packs: tuple[Pack, ...], tmp_path: Path) -> None:
    row = replace(packs[0].rows[0], item=replace(packs[0].rows[0].item, title='=1+1\n"a"'))
    pack = replace(packs[0], all_rows=(row,))
    raw = write_raw_csv(pack, tmp_path / "raw.csv").read_bytes()
    safe = write_csv(pack, tmp_path / "safe.csv").read_bytes()
    assert read(raw.decode())[0]["title"] == '=1+1\n"a"'
    assert safe.startswith(b"\xef\xbb\xbf")
    assert read(safe.decode("utf-8-sig"))[0]["title"] == '\'=1+1\n"a"'


def test_columns_follow_the_basis(
    packs: tuple[Pack, ...],
    bank_ranking: Ranking,
    pack_maker: Callable[[Ranking], tuple[Pack, ...]],
) -> None:
    by_index = pack_maker(replace(bank_ranking, basis=Basis.INDEX))[0]
    assert "value_mean" in read(csv_text(packs[0], safe=False))[0]
    assert "value_mean" not in read(csv_text(by_index, safe=False))[0]
