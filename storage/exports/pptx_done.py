""" "You said, we did" as slides: what was said beside what was done, and what came of it."""

from pathlib import Path
from typing import Final

from journey.report.report import DonePage
from journey.report.texts import DoneText
from storage.exports.file_words import FileWords
from storage.exports.pptx_deck import Deck
from storage.exports.pptx_parts import lead
from storage.exports.pptx_table import Grid, TableColumn, TableRow, add_table
from storage.exports.pptx_xml import Box, Run

_POINTS: Final = 13  # read from the back of a room


def done_pptx_bytes(page: DonePage, *, template: Path | None = None) -> bytes:
    """Return the slides for customers and staff; the same page gives the same bytes.

    Raises:
        BrandError: a company's template cannot be used (bad_template).
    """
    deck, text = Deck(template, page.language), page.text
    words = FileWords(page.language)
    columns = (
        TableColumn(text.said_title, 3.2),
        TableColumn(text.did_title, 3.2),
        TableColumn(text.came_title, 3.6),
    )
    left = [_row(entry.text) for entry in page.entries]
    title = " · ".join(filter(None, (text.title, text.state)))
    while left:
        slide = deck.slide(title)
        room = lead(deck, slide, (text.lead,))
        grid = Grid(_below(room, deck), columns, deck.size(_POINTS), deck.language)
        count = max(1, grid.fitting(left))
        add_table(slide, grid, left[:count], (text.title, words("slides.table", count=count)))
        deck.foot(slide, text.foot)
        left = left[count:]
    return deck.content_bytes(title=title, subject=page.workspace, made=page.foot.generated_on)


def _below(room: Box, deck: Deck) -> Box:
    return room.below(0, deck.inches(0.08))


def _row(text: DoneText) -> TableRow:
    said = tuple([Run(line)] for line in text.said)
    return TableRow(
        (
            (*said, [Run(text.where, quiet=True)]),
            ([Run(text.did, bold=True)], [Run(text.when, quiet=True)]),
            ([Run(text.result)],),
        )
    )
