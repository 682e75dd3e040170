"""Slides that every deck has: tables and texts that go on where one slide is full."""

from collections.abc import Sequence
from typing import Any

from journey.report.texts import FixText, FootText
from storage.exports.file_words import FileWords
from storage.exports.pptx_deck import Deck
from storage.exports.pptx_table import Grid, TableColumn, TableRow, add_table
from storage.exports.pptx_xml import Box, Paragraph, Run


def lead(deck: Deck, slide: Any, lines: Sequence[str]) -> Box:
    """Write what stands under the title; return the place below it."""
    paragraphs = [[Run(line, quiet=True)] for line in lines if line]
    size = deck.size(13)
    if deck.height(paragraphs, deck.content.width, size, 2) > deck.inches(0.7):
        size = deck.size(11)
    height = deck.text(slide, deck.content, paragraphs, size, gap=2)
    return deck.content.below(height, deck.inches(0.12))


def paged_table(
    deck: Deck,
    title: str,
    columns: Sequence[TableColumn],
    rows: Sequence[TableRow],
    *,
    foot: str,
    words: FileWords,
) -> None:
    """Write a table over as many slides as it needs, its headings on each."""
    grid = Grid(deck.content, tuple(columns), deck.size(9.5), deck.language)
    left, starts = list(rows), [0]
    while len(left) > (count := grid.fitting(left)):
        left = left[count:]
        starts.append(starts[-1] + count)
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(rows)
        name = title
        if len(starts) > 1:
            name = words("slides.part", title=title, part=number + 1, parts=len(starts))
        slide = deck.slide(name)
        told = words("slides.table", count=end - start)
        add_table(slide, grid, rows[start:end], (name, told))
        deck.foot(slide, foot)


def paged_text(
    deck: Deck, title: str, paragraphs: Sequence[Paragraph], *, foot: str, size: float = 12
) -> None:
    """Write paragraphs over as many slides as they need."""
    points, gap = deck.size(size), 5.0
    if deck.height(paragraphs, deck.content.width, points, gap) > deck.content.height:
        points = deck.size(10)
    left = list(paragraphs)
    while left:
        count = len(left)
        while count > 1 and (
            deck.height(left[:count], deck.content.width, points, gap) > deck.content.height
        ):
            count -= 1
        slide = deck.slide(title)
        deck.text(slide, deck.content, left[:count], points, gap=gap)
        deck.foot(slide, foot)
        left = left[count:]


def trace(text: FootText) -> str:
    """Return from which data a deck is, in one line for its foot."""
    return f"{text.trace_title} {text.trace}".strip()


def sections(*parts: tuple[str, Sequence[Paragraph]]) -> list[Paragraph]:
    """Return titled sections as paragraphs; a section without lines or title is left out."""
    found: list[Paragraph] = []
    for title, lines in parts:
        if title and lines:
            found.append([Run(title, bold=True, accent=True)])
            found.extend(lines)
    return found


def plain(lines: Sequence[str]) -> list[Paragraph]:
    """Return texts as paragraphs."""
    return [[Run(line)] for line in lines if line]


def named(pairs: Sequence[tuple[str, str]]) -> list[Paragraph]:
    """Return paragraphs that begin with their name."""
    return [[Run(f"{name} ", bold=True), Run(text)] for name, text in pairs]


def fixes(texts: Sequence[FixText]) -> list[Paragraph]:
    """Return finished improvements with what was predicted and observed."""
    return named([(f"{fix.title}:", fix.sentence) for fix in texts])


def method(
    deck: Deck, text: FootText, levels: Sequence[str], *, foot: str, words: FileWords
) -> None:
    """Write the slide of the method: how, on what assumptions, from which data."""
    paragraphs = sections(
        (text.method_title, plain([text.method])),
        (text.assumptions_title, plain([text.assumptions])),
        (words("levels"), plain([" · ".join(levels)])),
        (text.trace_title, plain([text.trace])),
        (words("warnings"), plain(text.warnings)),
    )
    paged_text(deck, words("sheet.method"), paragraphs, foot=foot)
