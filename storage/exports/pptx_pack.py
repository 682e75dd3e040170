"""The slides of one leader's pack."""

from dataclasses import replace
from typing import Any

from journey.report.figures import unit_of
from journey.report.pack import Pack
from storage.exports.file_words import FileWords
from storage.exports.pptx_deck import Deck
from storage.exports.pptx_parts import (
    fixes,
    lead,
    method,
    named,
    paged_table,
    paged_text,
    plain,
    sections,
    trace,
)
from storage.exports.pptx_rows import (
    Scene,
    Shown,
    all_columns,
    page_columns,
    table_rows,
    table_with_chart,
)
from storage.exports.pptx_table import Grid, TableColumn, TableRow, add_table
from storage.exports.pptx_xml import Box, Run


def write_pack(deck: Deck, pack: Pack) -> None:
    """Write the decision, what stands behind it, all rows, and the method."""
    text, words = pack.text, FileWords(pack.language)
    foot = " · ".join(filter(None, (text.leader, text.workspace, text.state, trace(text.foot))))
    _decision(deck, pack, foot, words)
    _behind(deck, pack, foot, words)
    kinds = all_columns(text.columns)
    columns = [TableColumn(kind.title, kind.share, kind.side) for kind in kinds]
    rows = table_rows([Shown(row) for row in pack.all_rows], kinds)
    paged_table(deck, text.all_rows_title, columns, rows, foot=foot, words=words)
    levels = text.legend[1:] if pack.axis else text.legend
    method(deck, text.foot, levels, foot=foot, words=words)


def _decision(deck: Deck, pack: Pack, foot: str, words: FileWords) -> None:
    """Write the slide to decide on: the rows, their bars, why the first is first."""
    text = pack.text
    slide = deck.slide(text.decision)
    room = lead(deck, slide, (text.lead if long_detail(deck, pack) else text.decision_detail,))
    why = [[Run(f"{text.why_title}. ", bold=True), Run(text.why)]] if text.why else []
    small = deck.size(9)
    legend = [[Run(_legend(pack, words), quiet=True)]]
    size = deck.size(11)
    if deck.height(why, room.width, size, 0) > deck.inches(0.75):
        size = deck.size(9.5)
    taken = deck.height(why, room.width, size, 0) + deck.height(legend, room.width, small, 0)
    gap = deck.inches(0.08)
    scene = Scene(
        words=words,
        unit=unit_of(pack, words),
        axis=pack.axis,
        columns=text.columns,
        kinds=page_columns(text.columns),
        name=words("sheet.priorities"),
        made=pack.foot.generated_on,
    )
    rows = [Shown(row) for row in pack.rows]
    place = Box(room.left, room.top, room.width, room.height - taken - 3 * gap)
    count, height = table_with_chart(deck, slide, place, rows, scene)
    more = words("slides.more") if count < len(pack.all_rows) else ""
    legend = [[Run(" · ".join(filter(None, (more, _legend(pack, words)))), quiet=True)]]
    below = room.below(height, gap)
    below = below.below(deck.text(slide, below, legend, small, name=words("slides.legend")), gap)
    deck.text(slide, below, why, size, name=text.why_title)
    deck.foot(slide, foot)


def long_detail(deck: Deck, pack: Pack) -> bool:
    """Whether what stands under the decision is missing or would push the rows off the slide."""
    detail = [[Run(pack.text.decision_detail)]]
    room = deck.inches(0.8)
    return not pack.text.decision_detail or (
        deck.height(detail, deck.content.width, deck.size(11), 0) > room
    )


def _legend(pack: Pack, words: FileWords) -> str:
    text = pack.text
    asked = any(row.asked for row in pack.rows)
    bars = words("slides.line_asked" if asked else "slides.line") if pack.axis else ""
    levels = text.legend[1:] if pack.axis else text.legend
    return " · ".join(filter(None, (text.tinted, bars, text.unit, *levels)))


def _behind(deck: Deck, pack: Pack, foot: str, words: FileWords) -> None:
    """Write the KPIs and, beside or behind them, what changed, was fixed and is said."""
    text = pack.text
    detail = [text.decision_detail] if long_detail(deck, pack) else []
    told = sections(
        (text.decision_title, plain(detail)),
        (text.change_title, plain(text.change)),
        (text.why_not_title, named([(f"{title}:", why) for title, why in text.why_not])),
        (text.fixes_title, fixes(text.fixes)),
        (
            text.comments_title,
            [[Run(c.quote), Run(f" {c.source}", quiet=True)] for c in text.comments],
        ),
    )
    if not text.kpis:
        if told:
            paged_text(deck, words("slides.behind"), told, foot=foot)
        return
    left, right = deck.content.split(0.52, deck.inches(0.35))
    grid = Grid(left, _kpi_columns(words), deck.size(10), deck.language)
    rows = [
        TableRow(
            (
                ([Run(kpi.name, bold=True)], [Run(kpi.where, quiet=True)]),
                ([Run(kpi.value, bold=True)], [Run(kpi.period, quiet=True)]),
                ([Run(kpi.target)],),
                ([Run(kpi.reading)],),
            )
        )
        for kpi in text.kpis
    ]
    size = deck.size(11)
    beside = (
        grid.fitting(rows) == len(rows) and deck.height(told, right.width, size, 5) <= right.height
    )
    if not beside:
        paged_table(deck, text.kpis_title, grid.columns, rows, foot=foot, words=words)
        if told:
            paged_text(deck, words("slides.behind"), told, foot=foot)
        return
    slide = deck.slide(words("slides.behind"))
    _kpis(deck, slide, grid, rows, text.kpis_title)
    deck.text(slide, right, told, size, gap=5, name=words("slides.behind"))
    deck.foot(slide, foot)


def _kpis(deck: Deck, slide: Any, grid: Grid, rows: list[TableRow], title: str) -> None:
    height = deck.text(slide, grid.box, [[Run(title, bold=True, accent=True)]], deck.size(11))
    place = replace(grid, box=grid.box.below(height, deck.inches(0.05)))
    add_table(slide, place, rows, (title, title))


def _kpi_columns(words: FileWords) -> tuple[TableColumn, ...]:
    return (
        TableColumn(words("kpi"), 2.2),
        TableColumn(words("observed"), 1.2),
        TableColumn(words("target"), 1.2),
        TableColumn(words("reading"), 1.3),
    )
