"""Markdown and tickets: the figures of the tree, and no text that is read as anything else."""

import csv
import re
from collections.abc import Callable
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.model.improvement import OPEN_STATUSES
from journey.priority.result import Ranking
from journey.report.around import Around
from journey.report.pack import Pack
from journey.report.report import Report
from storage.exports.markdown import (
    done_markdown,
    markdown_text,
    overview_markdown,
    plain,
)
from storage.exports.tickets import COLUMNS, tickets_text

PackMaker = Callable[..., tuple[Pack, ...]]
TRICKS = (
    '=HYPERLINK("http://x","y")',
    "<img src=file:///etc/passwd>",
    "[a](javascript:b) ![c](d) `e` **f** | g",
    "# h\n- i\n1. j\n> k",
    "".join(map(chr, range(32))),
)


def tickets(packs: tuple[Pack, ...]) -> list[dict[str, str]]:
    rows = list(csv.reader(StringIO(tickets_text(packs))))
    assert tuple(rows[0]) == COLUMNS
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows[1:]]


def table_rows(text: str) -> list[list[str]]:
    lines = [line for line in text.split("\n") if line.startswith("| ")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def heads(text: str) -> int:
    return sum(line.startswith("#") for line in text.split("\n"))


def unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def test_markdown_says_every_row_with_the_figures_of_the_tree(packs: tuple[Pack, ...]) -> None:
    for pack in packs:
        text = markdown_text(pack)
        head, *rows = table_rows(text)
        assert len(rows) == len(pack.all_rows)
        for cells, row in zip(rows, pack.all_rows, strict=True):
            t = row.text
            line = unescaped(" ".join(cells))
            assert len(cells) == len(head)
            parts = (t.rank, t.title, t.value, t.interval, t.no_value, t.chance, t.effort, t.metric)
            assert all(part in line for part in parts)
        assert pack.text.decision in unescaped(text)
        assert pack.text.foot.trace in unescaped(text)


def test_the_overview_and_what_was_done_are_told_in_markdown(
    report_maker: Callable[[Around], Report],
) -> None:
    report = report_maker(Around())
    assert report.overview is not None
    assert report.done is not None
    text = unescaped(overview_markdown(report.overview))
    for line in report.overview.leaders:
        assert f"| {line.text.leader} | {line.text.rows} | {line.text.asked} |" in text
    assert "**You said:** First login needs a code from a letter" in done_markdown(report.done)


@pytest.mark.parametrize("trick", TRICKS)
def test_no_text_is_markup(trick: str, bank_ranking: Ranking, pack_maker: PackMaker) -> None:
    items = tuple(
        replace(row, title=trick, sentence=trick, leader_name=trick) for row in bank_ranking.items
    )
    pack = pack_maker(replace(bank_ranking, items=items))[0]
    text = markdown_text(pack)
    assert not re.search(r"(?<!\\)<", text)
    assert not re.search(r"(?<!\\)\]\(", text)
    assert heads(text) == heads(markdown_text(pack_maker(bank_ranking)[0]))
    assert "\x00" not in text
    assert len(table_rows(text)) == 1 + len(pack.all_rows)


@given(st.text())
def test_a_plain_text_is_one_line_that_starts_nothing(text: str) -> None:
    told = plain(text)
    assert "\n" not in told
    assert not re.match(r"([-+*>#=|]|\d+[.)])", told)
    assert not re.search(r"(?<!\\)(\\\\)*[<`\[\]|*_]", told.replace("\\\\", ""))


def test_tickets_are_the_open_work_with_owner_date_and_estimate(packs: tuple[Pack, ...]) -> None:
    pack = packs[0]
    rows = tickets((pack,))
    assert [row["External ID"] for row in rows] == [r.item.pain_point for r in pack.all_rows]
    first = rows[0]
    assert first["Summary"] == "Fix: id photo rejected without a reason"
    assert first["Assignee"] == "Ingrid Solberg"
    assert first["Due Date"] == "2027-03-31"
    assert first["Priority"] == "High"
    assert int(first["Original Estimate"]) == 30 * 8 * 3600
    value = pack.all_rows[0].text
    assert f"Value kept: {value.value} (80 %: {value.interval})" in first["Description"]
    assert rows[-1]["Priority"] == "Low"


def test_finished_work_makes_no_ticket(packs: tuple[Pack, ...]) -> None:
    pack = packs[0]
    done = replace(pack, all_rows=tuple(replace(row, status="done") for row in pack.all_rows))
    assert tickets((done,)) == []
    assert "done" not in OPEN_STATUSES


@pytest.mark.parametrize("trick", TRICKS)
def test_no_ticket_cell_is_a_formula(
    trick: str, bank_ranking: Ranking, pack_maker: PackMaker
) -> None:
    items = tuple(
        replace(row, title=trick, improvement_title=trick, leader_name=trick, stage_name=trick)
        for row in bank_ranking.items
    )
    for row in tickets(pack_maker(replace(bank_ranking, items=items))):
        for cell in row.values():
            assert not cell.lstrip().startswith(("=", "+", "-", "@"))
        assert len(row["Summary"]) <= 256
        assert " " not in row["Labels"]
