"""The board's slides: the decision over all leaders, the leaders, what came of it."""

from typing import cast

from journey.report.figures import unit_of
from journey.report.pack import Pack
from journey.report.report import LeaderLine, Overview
from storage.exports.file_words import FileWords
from storage.exports.pptx_deck import Deck
from storage.exports.pptx_map import write_maps
from storage.exports.pptx_parts import (
    fixes,
    lead,
    method,
    paged_table,
    paged_text,
    plain,
    sections,
    trace,
)
from storage.exports.pptx_rows import Scene, Shown, page_columns, table_with_chart
from storage.exports.pptx_table import TableColumn, TableRow
from storage.exports.pptx_xml import Box, Run


def write_overview(deck: Deck, overview: Overview) -> None:
    """Write the decision with the first rows of all, every leader, the maps, and the method."""
    text, words = overview.text, FileWords(overview.language)
    foot = " · ".join(filter(None, (text.workspace, text.state, trace(text.foot))))
    _decision(deck, overview, foot, words)
    titles = text.leader_columns
    shares = (2.6, 0.7, 1.2, 0.9, 3.0, 2.0, 1.0)
    columns = [TableColumn(title, share) for title, share in zip(titles, shares, strict=False)]
    rows = [_leader(line, len(columns)) for line in overview.leaders]
    paged_table(deck, text.leaders_title, columns, rows, foot=foot, words=words)
    told = sections(
        (
            words("slides.figures"),
            [
                [Run(f"{title}: "), Run(value, bold=True), Run(f" {note}", quiet=True)]
                for title, value, note in text.figures
            ],
        ),
        (text.change_title, plain(text.change)),
        (text.fixes_title, fixes(text.fixes)),
    )
    if told:
        paged_text(deck, words("slides.behind"), told, foot=foot)
    write_maps(deck, overview, foot)
    levels = text.legend[1:] if overview.axis else text.legend
    method(deck, text.foot, levels, foot=foot, words=words)


def _decision(deck: Deck, overview: Overview, foot: str, words: FileWords) -> None:
    text = overview.text
    slide = deck.slide(text.decision or text.title)
    room = lead(deck, slide, (text.lead, text.decision_detail))
    small, gap = deck.size(9), deck.inches(0.08)
    bars = words("slides.line_asked" if overview.asked else "slides.line") if overview.axis else ""
    levels = text.legend[1:] if overview.axis else text.legend
    legend = [[Run(" · ".join(filter(None, (bars, text.unit, *levels))), quiet=True)]]
    taken = deck.height(legend, room.width, small, 0)
    scene = Scene(
        words=words,
        # The unit follows from basis, currency and axis, which an overview has as a pack does.
        unit=unit_of(cast(Pack, overview), words),
        axis=overview.axis,
        columns=text.columns,
        kinds=page_columns(text.columns, text.leader_column),
        name=text.rows_title,
        made=overview.foot.generated_on,
    )
    rows = [Shown(row.row, row.leader) for row in overview.rows]
    place = Box(room.left, room.top, room.width, room.height - taken - 2 * gap)
    _, height = table_with_chart(deck, slide, place, rows, scene)
    deck.text(slide, room.below(height, gap), legend, small, name=words("slides.legend"))
    deck.foot(slide, foot)


def _leader(line: LeaderLine, count: int) -> TableRow:
    text = line.text
    value = " ".join(filter(None, (text.value, text.interval)))
    cells = (
        text.leader,
        text.rows,
        text.asked,
        text.effort,
        text.best,
        value,
        text.kpis,
    )
    return TableRow(
        tuple(([Run(cell, bold=number == 0)],) for number, cell in enumerate(cells[:count])),
        asked=bool(line.asked),
    )
