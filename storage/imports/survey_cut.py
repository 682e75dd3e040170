"""Whole lines of a text table cut into cells by their places, without making the cells.

A million answers are five million cells, nearly all of which say what another said before. Where
each cell begins and ends is found for all lines of a block at once; what the cells say is looked
at once for each different text (`survey_tokens`), and texts are made of them only where somebody
asks for them.
"""

import csv
import io
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

_FEED: Final = ord("\n")
_RETURN: Final = ord("\r")
_QUOTE: Final = ord('"')
# A table of so few columns has no lines that look like records.
_NARROW: Final = 2
# Cells are read eight bytes at a time: the last ones may be read beyond the end of the text.
MARGIN: Final = 512

Places = NDArray[np.intp]


class Cut:
    """Records of equal width, none of them blank.

    Attributes:
        data: the text in UTF-8 as bytes, with `MARGIN` zeros after it.
        lines: how many records. width: cells of each.
        escaped: columns with quotes in a cell, which stand doubled in the text.
        feeds: line ends of the text.
        firsts: line ends before each record; None where each record is a line.
    """

    __slots__ = (
        "_columns",
        "_ends",
        "_starts",
        "_text",
        "_told",
        "data",
        "escaped",
        "feeds",
        "firsts",
        "lines",
        "width",
    )

    def __init__(
        self,
        data: NDArray[np.uint8],
        places: tuple[Places, Places],
        escaped: frozenset[int],
        *,
        lines: tuple[Places | None, int] = (None, 0),
        text: tuple[str, str] | None = None,
    ) -> None:
        """Take the text as bytes, and where cells begin and end, each as [lines, width].

        Args:
            lines: `firsts` and `feeds`.
            text: the text and its separator, where these are all its records.
        """
        self.data, self.escaped = data, escaped
        self.firsts, self.feeds = lines
        self._starts, self._ends = places
        self._text = text
        self.lines, self.width = self._starts.shape
        self._columns: Sequence[Sequence[str]] | None = None
        self._told: dict[int, tuple[Places, list[str]]] = {}

    def places(self, column: int) -> tuple[Places, Places]:
        """Return where each cell of a column begins, and how many bytes it has."""
        starts = np.ascontiguousarray(self._starts[:, column])
        return starts, self._ends[:, column] - starts

    def letters(self, column: int, width: int) -> NDArray[np.uint8]:
        """Return so many bytes from each cell's start on, as [lines, width], to be written to.

        What stands behind a shorter cell is in it too.
        """
        starts = self._starts[:, column]
        cells = np.ndarray((len(self.data) - width + 1,), f"V{width}", self.data, strides=(1,))
        return cells[starts].view(np.uint8).reshape(self.lines, width)

    def only(self, kept: Places) -> "Cut":
        """Return some of the records by their places, which no longer have lines."""
        places = (self._starts[kept], self._ends[kept])
        return Cut(self.data, places, self.escaped)

    def texts(self, column: int, places: Places | None = None) -> list[str]:
        """Return cells of a column as texts: all, or those of some records."""
        starts, ends = self._starts[:, column], self._ends[:, column]
        if places is not None:
            starts, ends = starts[places], ends[places]
        found = texts_between(self.data, starts, ends)
        return [text.replace('""', '"') for text in found] if column in self.escaped else found

    def told(self, column: int) -> tuple[Places, list[str]]:
        """Return the records whose cell of a column is not blank, and these cells as texts."""
        if column not in self._told:
            places = np.flatnonzero(self.places(column)[1])
            self._told[column] = (places, self.texts(column, places))
        return self._told[column]

    @property
    def columns(self) -> Sequence[Sequence[str]]:
        """The cells as texts, by column."""
        if self._columns is None:
            if self._text is None:
                self._columns = [self.texts(column) for column in range(self.width)]
            else:
                self._columns = _split(*self._text, self.width)
        return self._columns


def _split(text: str, separator: str, width: int) -> Sequence[Sequence[str]]:
    """Return all cells of a text that can be cut, by column."""
    if '"' in text:
        lines = io.StringIO(text, newline="")
        return list(zip(*csv.reader(lines, delimiter=separator), strict=True))
    lines_only = text.replace("\r\n", "\n") if "\r" in text else text
    cells = lines_only[:-1].replace("\n", separator).split(separator)
    return [cells[place::width] for place in range(width)]


def texts_between(data: NDArray[np.uint8], starts: Places, ends: Places) -> list[str]:
    """Return texts of which it is known where they begin and end."""
    spelt = data.tobytes()
    return [
        spelt[start:end].decode() for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
    ]


def cut_lines(text: str, separator: str, width: int) -> Cut | None:
    """Cut whole lines into cells; None where they are not all alike and filled.

    Args:
        text: lines that end in "\\n" or "\\r\\n" each.
        separator: one ASCII character, no space.
        width: cells that each record must have.

    Cells may stand in quotes, with separators, line ends and doubled quotes in them; but no lines
    that look like records, which an unclosed quote would have swallowed.
    """
    try:
        padded = np.frombuffer(text.encode() + bytes(MARGIN), dtype=np.uint8)
    except UnicodeEncodeError:  # half a surrogate pair, which no file should hold
        return None
    data = padded[:-MARGIN]
    returns = "\r" in text
    # A record ends at "\r" alone too, but only the csv reader knows that.
    if returns and (padded[np.flatnonzero(data == _RETURN) + 1] != _FEED).any():
        return None
    ends = np.flatnonzero((data == ord(separator)) | (data == _FEED))
    quotes = np.flatnonzero(data == _QUOTE) if '"' in text else np.zeros(0, dtype=np.intp)
    lines_end, inner = None, ends[:0]
    if len(quotes):
        inside = (np.searchsorted(quotes, ends) & 1) == 1
        inner, ends = ends[inside], ends[~inside]
        lines_end = inner[data[inner] == _FEED]
    table = _table(data, ends, width)
    doubled = None if table is None else _doubled(data, quotes, ord(separator))
    if table is None or doubled is None:
        return None
    firsts = None
    if lines_end is not None and len(lines_end):
        if _swallowed(data, inner, ends, width):
            return None
        begins = np.append(0, table[:-1, -1] + 1)
        firsts = np.arange(len(begins)) + np.searchsorted(lines_end, begins)
    escaped = frozenset((np.searchsorted(ends, doubled) % width).tolist())
    places = _cells(data, table, returns=returns, quoted=bool(len(quotes)))
    if places is None:
        return None
    feeds = len(table) + (0 if lines_end is None else len(lines_end))
    return Cut(padded, places, escaped, lines=(firsts, feeds), text=(text, separator))


def _table(data: NDArray[np.uint8], ends: Places, width: int) -> Places | None:
    """Return where cells end by record; None where not all records are equally wide."""
    lines = len(ends) // width
    feeds = data[ends] == _FEED
    if len(ends) != lines * width or np.count_nonzero(feeds) != lines:
        return None
    return ends.reshape((lines, width)) if feeds[width - 1 :: width].all() else None


def _cells(
    data: NDArray[np.uint8], table: Places, *, returns: bool, quoted: bool
) -> tuple[Places, Places] | None:
    """Return where cells begin and end, without quotes and line ends; None for a blank record."""
    width = table.shape[1]
    starts = np.empty_like(table)
    starts[:, 1:] = table[:, :-1] + 1
    starts[0, 0] = 0
    starts[1:, 0] = table[:-1, -1] + 1
    if returns:
        table[:, -1] -= data[table[:, -1] - 1] == _RETURN
    filled = table[:, -1] - starts[:, 0] - (width - 1)
    if quoted:
        in_quotes = data[starts] == _QUOTE
        starts += in_quotes
        table -= in_quotes
        filled = (table - starts).sum(axis=1)
    return (starts, table) if filled.all() else None


def _swallowed(data: NDArray[np.uint8], inner: Places, ends: Places, width: int) -> bool:
    """Tell whether a line within a cell has as many separators as a record.

    Args:
        inner: separators and line ends within quotes. ends: those where cells end.
    """
    if width <= _NARROW:
        return False
    cell = np.searchsorted(ends, inner)
    feeds = data[inner] == _FEED
    begins = feeds.copy()
    begins[1:] |= cell[1:] != cell[:-1]
    line = np.cumsum(begins) - begins[0]
    marks = np.bincount(line[~feeds], minlength=int(line[-1]) + 1)
    # What stands before the first line end of a cell is the record's own line.
    first = np.flatnonzero(np.append(True, line[1:] != line[:-1]))
    return bool((marks[feeds[first]] >= width - 1).any())


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
    closes = (after == separator) | (after == _FEED) | (after == _RETURN)
    twice = opening[1:] == closing[:-1] + 1
    if not begins[0] or not (begins[1:] ^ twice).all():
        return None
    if not closes[-1] or not (closes[:-1] ^ twice).all():
        return None
    found: Places = opening[1:][twice]
    return found
