"""Native tables on slides: rows as high as their text, so that it is known what fits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from pptx.util import Pt

from storage.exports.pptx_xml import (
    Box,
    Paragraph,
    Run,
    Side,
    add_graphic,
    lines_at,
    paragraph,
    theme_fill,
)

_NO_STYLE: Final = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_SIDE, _EDGE = 50_000, 26_000  # EMU kept free left and right, above and below
_LINE = 1.2


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its heading, its share of the width, and on which side its cells stand."""

    title: str
    share: float
    side: Side = "l"


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: per cell its paragraphs. `asked` tints it."""

    cells: tuple[tuple[Paragraph, ...], ...]
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """How a table is set: where, at what size, in which language."""

    box: Box
    columns: tuple[TableColumn, ...]
    size: float
    language: str

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
    box = Box(grid.box.left, grid.box.top, grid.box.width, sum(heights))
    titles = tuple(((Run(c.title, bold=True, quiet=True),),) for c in grid.columns)
    lines = [_row(titles, grid, heights[0], _properties("b", "accent1", 1.5))]
    plain = _properties("ctr", "tx2", 0.5)
    asked = _properties("ctr", "tx2", 0.5, theme_fill("bg2", 1))
    lines += [
        _row(row.cells, grid, height, asked if row.asked else plain)
        for row, height in zip(rows, heights[1:], strict=True)
    ]
    widths = "".join(f'<a:gridCol w="{width}"/>' for width in grid.widths)
    table = (
        f'<a:tbl><a:tblPr firstRow="1"><a:tableStyleId>{_NO_STYLE}</a:tableStyleId></a:tblPr>'
        f"<a:tblGrid>{widths}</a:tblGrid>{''.join(lines)}</a:tbl>"
    )
    add_graphic(slide, box, words, "table", table)
    return heights


def _row(cells: Sequence[Sequence[Paragraph]], grid: Grid, height: int, properties: str) -> str:
    told = "".join(
        '<a:tc><a:txBody><a:bodyPr wrap="square"/><a:lstStyle/>'
        + "".join(paragraph(runs, grid.size, grid.language, side=column.side) for runs in cell)
        + f"</a:txBody>{properties}</a:tc>"
        for cell, column in zip(cells, grid.columns, strict=True)
    )
    return f'<a:tr h="{height}">{told}</a:tr>'


def _properties(anchor: str, role: str, points: float, fill: str = "") -> str:
    """Return the margins of a cell, where its text stands, the line below it and its ground."""
    line = theme_fill(role, 1 if role == "accent1" else 0.25)
    return (
        f'<a:tcPr marL="{_SIDE}" marR="{_SIDE}" marT="{_EDGE}" marB="{_EDGE}" anchor="{anchor}">'
        f'<a:lnB w="{int(points * 12700)}" cap="flat" cmpd="sng" algn="ctr">{line}'
        f'<a:prstDash val="solid"/></a:lnB>{fill}</a:tcPr>'
    )
