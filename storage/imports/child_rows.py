"""Turns rows of typed cells into CSV as a person would have typed them (in the child process)."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import IO, Any, Final

from storage.imports import child_frames as frames

BLOCK_ROWS: Final = 2_000
# Beyond it a whole number as a float may be a rounded one.
_WHOLE: Final = 2.0**53
_DATED: Final = frozenset({date, datetime})
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
        self.rows = 0
        self.lines = 0

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
        plain = [self._plain(place, column) for place, column in enumerate(columns)]
        rows = list(zip(*plain, strict=True))
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows)
        block = text.getvalue()
        frames.send(self._out, frames.ROWS, block.encode("utf-8", "replace"))
        before, lines = self.lines, block.count("\n")
        self.rows += len(rows)
        self.lines += lines
        if lines > len(rows):
            frames.send_facts(self._out, frames.TALL, _tall_lines(before, rows))

    def _plain(self, place: int, column: Sequence[Any]) -> Sequence[Any]:
        kinds = set(map(type, column))
        if date in kinds or datetime in kinds:
            self._note_dates(place, kinds)
        if kinds <= {str}:
            return [_lines(cell) for cell in column] if "\r" in "".join(column) else column
        if kinds == {float} and all(map(float.is_integer, column)) and _are_exact(column):
            return list(map(int, column))
        if datetime in kinds and kinds <= _DATED:
            return [
                _moment(cell) if type(cell) is datetime else f"{cell} 00:00:00" for cell in column
            ]
        clocked = place in self.clocked
        return [_cell(cell, clocked) for cell in column]

    def _note_dates(self, place: int, kinds: set[type]) -> None:
        if datetime in kinds and place not in self.clocked:
            self.clocked.add(place)
            if place in self._dated:
                raise DatesDifferError
        self._dated.add(place)


def _cell(cell: Any, clocked: bool) -> object:  # noqa: PLR0911 - one answer per type
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < _WHOLE else _float(cell)
    if isinstance(cell, str):
        return _lines(cell)
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


def _moment(moment: datetime) -> str:
    # Days as fractions are a few microseconds off.
    return str((moment + _HALF_SECOND).replace(microsecond=0) if moment.microsecond else moment)


def _are_exact(column: Sequence[float]) -> bool:
    return min(column) > -_WHOLE and max(column) < _WHOLE


def _float(number: float) -> object:
    """Return a finite number; a cell that holds none is blank."""
    return number if number - number == 0 else ""


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _tall_lines(before: int, rows: Sequence[Sequence[Any]]) -> list[int]:
    """Return the lines, from 1, that go on a row begun on the line before."""
    found: list[int] = []
    line = before
    for row in rows:
        line += 1
        more = sum(cell.count("\n") for cell in row if isinstance(cell, str))
        found.extend(range(line + 1, line + 1 + more))
        line += more
    return found
