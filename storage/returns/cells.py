"""Cells a leader filled in: a status, a date, a number of days, a note."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from journey.model.improvement import CLOSED_STATUSES, OPEN_STATUSES
from journey.model.text import clean_note
from journey.report.words import LANGUAGES, Words
from journey.returns.pack import Field, Value
from storage.imports.dates import date_parser
from storage.imports.numbers import parse_number

STATUSES: Final = (*OPEN_STATUSES, *CLOSED_STATUSES)
MAX_DAYS: Final = 100_000.0
_FIRST_YEAR, _LAST_YEAR = 2000, 2099
# What people write where a cell was made text; day and month are never guessed from slashes.
_DAYS: Final = ("%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d", "%Y-%m-%d %H:%M:%S")
# A unit people put behind the days.
_DAYS_UNIT: Final = re.compile(r"\s*(?:d|days?|dni|dager|дн(?:ей|я|\.)?)\.?$", re.IGNORECASE)
# Day 0 of a spreadsheet's dates, as its first two months count one day too many.
_EPOCH: Final = date(1899, 12, 30)


class CellError(Exception):
    """A cell that cannot be taken; its text is the reason."""


def read_cell(field: Field, cell: object, language: str) -> Value:
    """Return what a cell says; an empty one says "" or None.

    Args:
        cell: as a spreadsheet gives it: text, number, whether, date, or None.

    Raises:
        CellError: not_a_status, not_a_date, not_a_number or not_positive.
    """
    if isinstance(cell, str) and not cell.strip():
        cell = None
    return _READERS[field](cell, language)


def cell_text(cell: object) -> str:
    """Return a cell as people see it, cut to what can be shown."""
    text = f"{cell:g}" if isinstance(cell, float) else str(cell)
    return clean_note(text)[:200]


def _status(cell: object, language: str) -> Value:
    if cell is None:
        return ""
    known = _status_words(language)
    found = known.get(" ".join(str(cell).split()).casefold())
    if found is None:
        raise CellError("not_a_status")
    return found


def _status_words(language: str) -> Mapping[str, str]:
    """Return statuses by what they may be called: in any language, or by their own name."""
    languages = [*LANGUAGES, language]
    spoken = {
        Words(name).status(status).casefold(): status for name in languages for status in STATUSES
    }
    return {**spoken, **{status: status for status in STATUSES}}


def _due(cell: object, _language: str) -> Value:
    if cell is None:
        return None
    day = _day(cell)
    if day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise CellError("not_a_date")
    return day


def _day(cell: object) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        # A date whose cell lost its format is the number of days; the range is checked above.
        return _EPOCH + timedelta(days=int(cell)) if 0 <= cell < 200_000 else None
    if isinstance(cell, str):
        for written in _DAYS:
            found = date_parser(written)(cell)
            if found is not None:
                return found.date()
    return None


def _effort(cell: object, _language: str) -> Value:
    if cell is None:
        return None
    days: float | None = None
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        days = float(cell)
    elif isinstance(cell, str):
        days = parse_number(_DAYS_UNIT.sub("", cell.strip()))
    if days is None or not -MAX_DAYS <= days <= MAX_DAYS:
        raise CellError("not_a_number")
    if days <= 0:
        raise CellError("not_positive")
    return days


def _notes(cell: object, _language: str) -> Value:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell == int(cell):
        cell = int(cell)
    return clean_note(str(cell)).strip()


_READERS: Mapping[Field, Callable[[object, str], Value]] = {
    Field.STATUS: _status,
    Field.DUE: _due,
    Field.EFFORT: _effort,
    Field.NOTES: _notes,
}
