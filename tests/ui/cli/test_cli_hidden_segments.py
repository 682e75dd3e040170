"""What `--by segment` hides cannot be computed from what it shows."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

MAPPING = """
[survey]
name = "Desk"
design = "relational"
quarter = "2026Q4"
respondent = "id"
segment = "kind"

[[question]]
column = "score"
touchpoint = "Service desk"
metric = "csat"
scale = [1, 5]

[[pain_point]]
title = "Queue too long"
touchpoint = "Service desk"
when = { column = "trouble", values = ["queue"] }

[outcome]
column = "left"
bad = ["yes"]
means = "left"
months = 12
"""
SIZES = {"Large": 40, "Middle": 12, "Small": 6, "Few": 2}


@pytest.fixture
def bank(waymark: Run, tmp_path: Path) -> Path:
    """Answers of four segments, one under the minimum of five."""
    lines = ["id,kind,score,left,trouble"]
    for kind, size in SIZES.items():
        for n in range(size):
            lines.append(f"{kind}{n},{kind},{1 + n % 5},{'yes' if n % 3 == 0 else 'no'},"
                         f"{'queue' if n % 2 else ''}")  # fmt: skip
    file, data, mapping = (tmp_path / name for name in ("b.waymark", "a.csv", "m.toml"))
    data.write_text("\n".join(lines) + "\n", encoding="utf-8")
    mapping.write_text(MAPPING, encoding="utf-8")
    assert waymark("new", file).code == 0
    took = waymark("import", "survey", file, data, "--mapping", mapping, "--create")
    assert took.code == 0, took.err
    return file


def _shown(rows: list[dict[str, Any]], *fields: str) -> set[str]:
    for row in rows:
        if row["suppressed"]:
            assert all(row[field] in (None, {}) for field in fields), row
    return {row["segment"] for row in rows if not row["suppressed"]}


def test_the_smallest_score_shown_goes_with_the_one_under_the_minimum(
    waymark: Run, bank: Path
) -> None:
    for more in ((), ("--quarter", "2026Q4")):
        rows = waymark("metrics", bank, "--by", "segment", *more, "--json").json
        assert {row["segment"]: row["n"] for row in rows} == SIZES
        fields = ("value", "low95", "high95", "top2box", "distribution")
        assert _shown(rows, *fields) == {"Large", "Middle"}


def test_of_a_frozen_quarter_too(waymark: Run, bank: Path) -> None:
    assert waymark("freeze", bank, "--quarter", "2026Q4").code == 0
    rows = waymark("metrics", bank, "--by", "segment", "--quarter", "2026Q4", "--json").json
    assert _shown(rows, "value", "low95", "high95", "distribution") == {"Large", "Middle"}


def test_who_left_and_what_follows_from_it(waymark: Run, bank: Path) -> None:
    rows = waymark("churn", bank, "--by", "segment", "--json").json["variants"]
    parts = [row for row in rows if row["segment"] is not None]
    assert _shown(parts, "value", "low95", "high95", "lost", "yearly") == {"Large", "Middle"}
    worth = waymark("clv", bank, "--by", "segment", "--json").json["segments"]
    known = {row["segment"] for row in worth if row["retention"] is not None}
    assert known == {"Large", "Middle"}
    assert all(bool(row["variants"]) == (row["segment"] in known) for row in worth)


def test_a_whole_under_the_minimum_says_nothing(waymark: Run, tmp_path: Path) -> None:
    file, data, mapping = (tmp_path / name for name in ("b.waymark", "a.csv", "m.toml"))
    data.write_text("id,kind,score,left,trouble\na,X,5,yes,\nb,X,1,no,queue\n", encoding="utf-8")
    mapping.write_text(MAPPING, encoding="utf-8")
    assert waymark("new", file).code == 0
    took = waymark("import", "survey", file, data, "--mapping", mapping, "--create")
    assert took.code == 0, took.err
    for by in ((), ("--by", "segment")):
        rows = waymark("churn", file, *by, "--json").json["variants"]
        assert rows
        assert _shown(rows, "value", "lost") == set()


def test_what_leaves_the_house_has_no_figure_of_a_segment(
    process: Run, bank: Path, tmp_path: Path
) -> None:
    import openpyxl

    packs = tmp_path / "packs"
    ran = process("export", bank, "--to", packs, "--draws", "50", "--json")
    assert ran.code == 0, ran.err
    page = tmp_path / "page.html"
    ran = process("render", bank, "--to", page)
    assert ran.code == 0, ran.err
    texts = {page: page.read_text("utf-8")}
    texts |= {path: path.read_text("utf-8-sig") for path in packs.rglob("*.csv")}
    for path in packs.rglob("*.xlsx"):
        book = openpyxl.load_workbook(path)
        cells = (str(c.value) for sheet in book for row in sheet.iter_rows() for c in row)
        texts[path] = "\n".join(cells)
    assert {path.suffix for path in texts} == {".html", ".csv", ".xlsx"}
    for path, text in texts.items():
        assert "Service desk" in text, path
        for name in ("Few", "Small"):
            assert name not in text.replace("Fewer", ""), path


def test_a_segments_list_hides_the_answers_behind_a_row_alike(waymark: Run, bank: Path) -> None:
    fields = ("n", "share_affected", "effect")
    for segment, size in SIZES.items():
        (row,) = waymark("priorities", bank, "--segment", segment, "--draws", 80, "--json").json[
            "items"
        ]
        hidden = segment in {"Small", "Few"}
        assert ("too_few_in_segment" in row["notes"]) is hidden
        assert ("too few answers in this segment" in row["sentence"]) is hidden
        assert row["rank"] == 1
        assert row["index_mean"] is not None
        if hidden:
            assert [row[field] for field in fields] == [None] * 3
        else:
            assert row["n"] == size
            assert row["share_affected"] is not None
