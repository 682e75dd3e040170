"""Turns rows of typed cells into CSV as a person would have typed them (in the child process)."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import IO, Any, Final

from storage.imports import child_frames as frames

BLOCK_ROWS: Final = 2_000
# Beyond it a whole number as a float may be a rounded one.
_WHOLE: Final = 2.0**53
_TEXT: Final = frozenset({str})
# What says the same again and again.
_REPEATED: Final = frozenset({float, date, type(None)})
# What a cell cannot hold without quotes.
_BLANK: Final = '""'
_NEEDS_QUOTES: Final = re.compile('[,"\n]')
_MOMENTS: Final = frozenset({datetime})
# Different figures that are remembered as they are written.
_REMEMBERED: Final = 50_000
_HALF_SECOND: Final = timedelta(microseconds=500_000)


class DatesDifferError(Exception):
    """A column has moments after rows of bare dates were sent; they must be sent again."""


class RowSender:
    """Sends blocks of rows: whole numbers without a point, dates in ISO 8601.

    A spreadsheet gives a moment at midnight as a bare date. So that a column is written in one
    way, `clocked` remembers which columns have moments: theirs get a time of day, all of them.
    """

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self.clocked: set[int] = set()
        self._dated: set[int] = set()
        self._written = _Written()
        self.rows = 0
        self.lines = 0

    def tell(self, facts: dict[str, Any]) -> None:
        """Send facts about the table."""
        frames.send_facts(self._out, frames.FACTS, facts)

    def restart(self) -> None:
        """Begin again with what was learnt about the columns."""
        frames.send(self._out, frames.AGAIN)
        self._dated.clear()
        self.rows = self.lines = 0

    def send(self, columns: Iterable[Sequence[Any]]) -> None:
        """Send a block of rows, given by column.

        Raises:
            DatesDifferError: `restart` and send everything again.
        """
        columns = list(columns)
        kinds = [set(map(type, column)) for column in columns]
        for place, found in enumerate(kinds):
            if date in found or datetime in found:
                self._note_dates(place, found)
        texts = list(map(self._texts, range(len(columns)), columns, kinds))
        rows = list(zip(*texts, strict=True))
        block = _as_csv(rows) if len(columns) > 1 else _as_lines(rows)
        before, lines = self.lines, block.count("\n")
        if lines > len(rows):
            frames.send_facts(self._out, frames.TALL, _tall_lines(before, rows))
        frames.send(self._out, frames.ROWS, block.encode("utf-8", "replace"))
        self.rows += len(rows)
        self.lines += lines

    def _texts(self, place: int, column: Sequence[Any], kinds: set[type]) -> Sequence[str]:
        """Return a column's cells as CSV, in quotes where they need them."""
        if kinds <= _TEXT:
            return _quoted(column)
        if kinds == _MOMENTS:
            return _moments(column)
        if kinds <= _REPEATED and place not in self.clocked:
            if len(self._written) > _REMEMBERED:
                self._written.clear()
            return list(map(self._written.__getitem__, column))
        clocked = place in self.clocked
        return _quoted([_cell(cell, clocked) for cell in column])

    def _note_dates(self, place: int, kinds: set[type]) -> None:
        if datetime in kinds and place not in self.clocked:
            self.clocked.add(place)
            if place in self._dated:
                raise DatesDifferError
        self._dated.add(place)


def _as_csv(rows: Sequence[tuple[str, ...]]) -> str:
    """Return rows of cells that are quoted already as CSV."""
    return "\n".join(map(",".join, [*rows, ()]))


def _as_lines(rows: Sequence[tuple[str, ...]]) -> str:
    """Return rows of at most one cell; a blank one stands in quotes, or it would be no record."""
    return "".join([f"{''.join(row) or _BLANK}\n" for row in rows])


def _quoted(column: Sequence[str]) -> Sequence[str]:
    """Return texts with quotes where they need them; few columns have any that does."""
    joined = "".join(column)
    if "\r" in joined:
        column = list(map(_lines, column))
    if not _NEEDS_QUOTES.search(joined):
        return column
    return [_in_quotes(cell) if _NEEDS_QUOTES.search(cell) else cell for cell in column]


def _in_quotes(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


class _Written(dict[Any, str]):
    """What figures and days are written as, found once for each."""

    def __missing__(self, cell: Any) -> str:
        """Write a cell that was not met before."""
        text = self[cell] = _cell(cell, False)
        return text


def _cell(cell: Any, clocked: bool) -> str:  # noqa: PLR0911 - one answer per type
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float):
        return _figure(cell)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return _moment(cell)
    if isinstance(cell, date):
        return f"{cell.isoformat()} 00:00:00" if clocked else cell.isoformat()
    if isinstance(cell, time):
        return cell.isoformat("seconds")
    return str(cell)


def _moments(column: Sequence[datetime]) -> list[str]:
    """Write moments; hardly any has a fraction of a second, which is all that is rounded."""
    texts = list(map(str, column))
    if "." not in "".join(texts):
        return texts
    return [
        _moment(moment) if "." in text else text for moment, text in zip(column, texts, strict=True)
    ]


def _moment(moment: datetime) -> str:
    # Days as fractions are a few microseconds off.
    return (moment + _HALF_SECOND).isoformat(" ", "seconds")


def _figure(number: float) -> str:
    """Write a finite number, a whole one without a point; a cell that holds none is blank."""
    if number.is_integer() and abs(number) < _WHOLE:
        return str(int(number))
    return repr(number) if number - number == 0 else ""


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _tall_lines(before: int, rows: Sequence[Sequence[str]]) -> list[int]:
    """Return the lines, from 1, that go on a row begun on the line before."""
    found: list[int] = []
    line = before
    for row in rows:
        line += 1
        more = sum(cell.count("\n") for cell in row)
        found.extend(range(line + 1, line + 1 + more))
        line += more
    return found
