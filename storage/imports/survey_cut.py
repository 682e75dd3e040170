"""Whole lines of a text table cut into cells by their places, without making the cells.

A million answers are five million cells, nearly all of which say what another said before. Where
each cell begins and ends is found for all lines of a block at once; what the cells say is looked
at once for each different text (`survey_tokens`), and texts are made of them only where somebody
asks for `columns`.
"""

import csv
import io
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

_FEED: Final = ord("\n")
_QUOTE: Final = ord('"')
# Cells are read eight bytes at a time: the last ones may be read beyond the end of the text.
MARGIN: Final = 512

Places = NDArray[np.intp]


class Cut:
    """Records of equal width, none of them blank, each on a line of its own.

    Attributes:
        data: the text in UTF-8 as bytes, with `MARGIN` zeros after it.
        lines: how many records. width: cells of each.
        escaped: columns with quotes in a cell, which stand doubled in the text.
    """

    __slots__ = (
        "_columns",
        "_ends",
        "_separator",
        "_starts",
        "_text",
        "data",
        "escaped",
        "lines",
        "width",
    )

    def __init__(
        self,
        text: str,
        separator: str,
        data: NDArray[np.uint8],
        places: tuple[Places, Places],
        escaped: frozenset[int],
    ) -> None:
        """Take the text, also as bytes, and where cells begin and end, each as [lines, width]."""
        self.data, self.escaped = data, escaped
        self._text, self._separator = text, separator
        self._starts, self._ends = places
        self.lines, self.width = self._starts.shape
        self._columns: Sequence[Sequence[str]] | None = None

    def places(self, column: int) -> tuple[Places, Places]:
        """Return where each cell of a column begins, and how many bytes it has."""
        starts = np.ascontiguousarray(self._starts[:, column])
        return starts, self._ends[:, column] - starts

    def only(self, kept: Places) -> "Cut":
        """Return some of the records by their places, for their `places` alone."""
        places = (self._starts[kept], self._ends[kept])
        return Cut(self._text, self._separator, self.data, places, self.escaped)

    def part(self, places: Sequence[int]) -> list[list[str]]:
        """Return the cells of a few records as texts, by column."""
        return [[column[place] for place in places] for column in self.columns]

    @property
    def columns(self) -> Sequence[Sequence[str]]:
        """The cells as texts, by column."""
        if self._columns is None:
            if '"' in self._text:
                lines = io.StringIO(self._text, newline="")
                self._columns = list(
                    zip(*csv.reader(lines, delimiter=self._separator), strict=True)
                )
            else:
                cells = self._text[:-1].replace("\n", self._separator).split(self._separator)
                self._columns = [cells[place :: self.width] for place in range(self.width)]
        return self._columns


def cut_lines(text: str, separator: str, width: int) -> Cut | None:
    """Cut whole lines into cells; None where they are not all alike and filled.

    Args:
        text: lines that end in "\\n" each, with no other line end among them.
        separator: one ASCII character, no space.
        width: cells that each line must have.

    Cells may stand in quotes, with separators and doubled quotes in them, but no line ends.
    """
    try:
        padded = np.frombuffer(text.encode() + bytes(MARGIN), dtype=np.uint8)
    except UnicodeEncodeError:  # half a surrogate pair, which no file should hold
        return None
    data = padded[:-MARGIN]
    ends = np.flatnonzero((data == ord(separator)) | (data == _FEED))
    quotes = np.flatnonzero(data == _QUOTE) if '"' in text else np.zeros(0, dtype=np.intp)
    if len(quotes):
        outside = (np.searchsorted(quotes, ends) & 1) == 0
        if not (outside | (data[ends] != _FEED)).all():
            return None
        ends = ends[outside]
    lines = len(ends) // width
    feeds = data[ends] == _FEED
    if len(ends) != lines * width or np.count_nonzero(feeds) != lines:
        return None
    if not feeds[width - 1 :: width].all():
        return None
    doubled = _doubled(data, quotes, ord(separator))
    if doubled is None:
        return None
    escaped = frozenset((np.searchsorted(ends, doubled) % width).tolist())
    table = ends.reshape((lines, width))
    starts = np.empty_like(table)
    starts[:, 1:] = table[:, :-1] + 1
    starts[0, 0] = 0
    starts[1:, 0] = table[:-1, -1] + 1
    filled = table[:, -1] - starts[:, 0] - (width - 1)
    if len(quotes):
        quoted = data[starts] == _QUOTE
        starts += quoted
        table -= quoted
        filled = (table - starts).sum(axis=1)
    return Cut(text, separator, padded, (starts, table), escaped) if filled.all() else None


def _doubled(data: NDArray[np.uint8], quotes: Places, separator: int) -> Places | None:
    """Return the quotes that stand doubled in a quoted cell; None where one stands elsewhere.

    Each even quote opens a cell, or is the second of two within one; each odd one closes it, or
    is the first of two.
    """
    if len(quotes) & 1:
        return None
    if not len(quotes):
        return quotes
    opening, closing = quotes[::2], quotes[1::2]
    # The first has nothing before it, and reads what stands at the end: a line end.
    before, after = data[opening - 1], data[closing + 1]
    begins = (before == separator) | (before == _FEED)
    closes = (after == separator) | (after == _FEED)
    twice = opening[1:] == closing[:-1] + 1
    if not begins[0] or not (begins[1:] ^ twice).all():
        return None
    if not closes[-1] or not (closes[:-1] ^ twice).all():
        return None
    found: Places = opening[1:][twice]
    return found
