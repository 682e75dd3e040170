"""Native tables on slides: rows as high as their text, so that it is known what fits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from storage.exports.pptx_deck import Box, Paragraph, Run, describe, fill, lines_at, theme_fill

_NO_STYLE: Final = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_SIDE, _EDGE = 50_000, 26_000  # EMU kept free left and right, above and below
_LINE = 1.2


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its heading, its share of the width, and on which side its cells stand."""

    title: str
    share: float
    right: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: per cell its paragraphs. `asked` tints it."""

    cells: tuple[tuple[Paragraph, ...], ...]
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """How a table is set: where, at what size."""

    box: Box
    columns: tuple[TableColumn, ...]
    size: float

    @property
    def widths(self) -> list[int]:
        """The columns' widths, EMU; together the box's."""
        whole = sum(column.share for column in self.columns)
        widths = [int(self.box.width * c.share / whole) for c in self.columns]
        widths[-1] += self.box.width - sum(widths)
        return widths

    @property
    def header_height(self) -> int:
        """How high the headings are, EMU."""
        lines = max(
            lines_at(column.title, width - 2 * _SIDE, self.size, bold=True)
            for column, width in zip(self.columns, self.widths, strict=True)
        )
        return int(Pt(lines * self.size * _LINE)) + 2 * _EDGE

    def row_height(self, row: TableRow, least: int = 0) -> int:
        """Return how high a row is, EMU."""
        lines = max(
            sum(
                lines_at(
                    "".join(run.text for run in paragraph),
                    width - 2 * _SIDE,
                    self.size,
                    bold=any(run.bold for run in paragraph),
                )
                for paragraph in cell
            )
            for cell, width in zip(row.cells, self.widths, strict=True)
        )
        return max(least, int(Pt(lines * self.size * _LINE)) + 2 * _EDGE)

    def fitting(self, rows: Sequence[TableRow], least: int = 0) -> int:
        """Return how many of the first rows fit into the box, at least one."""
        room = self.box.height - self.header_height
        for number, row in enumerate(rows):
            room -= self.row_height(row, least)
            if room < 0:
                return max(1, number)
        return len(rows)


def add_table(
    slide: Any, grid: Grid, rows: Sequence[TableRow], words: tuple[str, str], least: int = 0
) -> list[int]:
    """Put a table on a slide; return the heights of heading and rows, EMU.

    Args:
        words: its name, and the text for those who cannot see it.
        least: how high a row is at least.
    """
    heights = [grid.header_height, *(grid.row_height(row, least) for row in rows)]
    box = grid.box
    frame = slide.shapes.add_table(
        len(rows) + 1, len(grid.columns), box.left, box.top, box.width, sum(heights)
    )
    describe(frame, *words)
    table = frame.table
    table.horz_banding = False
    table._tbl.tblPr.find(qn("a:tableStyleId")).text = _NO_STYLE
    for place, width in enumerate(grid.widths):
        table.columns[place].width = width
    for place, height in enumerate(heights):
        table.rows[place].height = height
    for place, column in enumerate(grid.columns):
        heading = ((Run(column.title, bold=True, quiet=True),),)
        cell = table.cell(0, place)
        _write(cell, heading, grid.size, right=column.right)
        cell.vertical_anchor = MSO_ANCHOR.BOTTOM
        _line_below(cell, "accent1", 1.5)
    for number, row in enumerate(rows, start=1):
        for place, (text, column) in enumerate(zip(row.cells, grid.columns, strict=True)):
            cell = table.cell(number, place)
            _write(cell, text, grid.size, right=column.right)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            _line_below(cell, "tx2", 0.5)
            if row.asked:
                cell._tc.get_or_add_tcPr().append(parse_xml(theme_fill("bg2", 1)))
    return heights


def _write(cell: Any, paragraphs: Sequence[Paragraph], size: float, *, right: bool) -> None:
    cell.margin_left = cell.margin_right = _SIDE
    cell.margin_top = cell.margin_bottom = _EDGE
    frame = cell.text_frame
    frame.word_wrap = True
    for number, runs in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
        fill(paragraph, runs, size)
    for paragraph in frame.paragraphs:
        if not paragraph.runs:  # an empty cell keeps the size of its row
            paragraph.font.size = Pt(size)


def _line_below(cell: Any, role: str, points: float) -> None:
    facts = cell._tc.get_or_add_tcPr()
    line = (
        f'<a:lnB {nsdecls("a")} w="{int(points * 12700)}" cap="flat" cmpd="sng" algn="ctr">'
        f'{theme_fill(role, 1 if role == "accent1" else 0.25)}<a:prstDash val="solid"/></a:lnB>'
    )
    # Borders come before the fill in a cell's properties.
    facts.insert(0, parse_xml(line))
