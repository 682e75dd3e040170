"""Periods as sheets write them: quarters, months, ISO weeks, years, days.

A period is stored in one form for each kind: "2026Q3", "2026-07", "2026-W31", "2026", "2026-07-15".
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from storage.imports.dates import date_parser
from storage.imports.months import month_number

QUARTER, MONTH, WEEK, YEAR, DAY = "quarter", "month", "week", "year", "day"

_YEAR: Final = r"(?P<y>(?:19|20)\d\d)"
_SHORT: Final = r"(?P<y>(?:19|20)\d\d|'?\d\d)"
_GAP: Final = r"[ \u00a0./_-]*"
_QUARTERS: Final = (
    r"(?:q|kw(?:artał)?|quarter|quartal|kv(?:artal)?|кв(?:артал)?|t(?:rim(?:estre)?)?)"
)
_WEEKS: Final = r"(?:w|wk|kw|cw|week|uke|v|vecka|vk|tydz\.?|sem\.?|semana)"
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
# "2026 r.", "2026 г.": Polish and Russian write the word for year behind it.
_YEAR_WORD: Final = re.compile(r"(?<=\d)[ \u00a0]?[rг]\.?$", re.IGNORECASE)
_FORMS: Final = (
    (QUARTER, rf"(?:fy ?)?{_YEAR}{_GAP}[qk]\.?{_GAP}(?P<p>[1-4])"),
    (QUARTER, rf"fy ?'?(?P<y>\d\d){_GAP}[qk]\.?{_GAP}(?P<p>[1-4])"),
    (QUARTER, rf"[qk]\.?{_GAP}(?P<p>[1-4]){_GAP}(?:fy ?)?{_SHORT}"),
    (
        QUARTER,
        rf"(?P<p>[1-4])(?:\.|º|-?й|er|e|ème)? ?{_QUARTERS}\.?{_GAP}(?:de )?{_SHORT}",
    ),
    (QUARTER, rf"(?P<r>i{{1,3}}|iv)\.? ?{_QUARTERS}\.?{_GAP}(?:de )?{_YEAR}"),
    (QUARTER, rf"(?:t|trim\.?|trimestre){_GAP}(?P<p>[1-4]){_GAP}{_YEAR}"),
    (QUARTER, rf"{_YEAR}{_GAP}(?:t|trim\.?|trimestre){_GAP}(?P<p>[1-4])"),
    (WEEK, rf"{_YEAR}{_GAP}{_WEEKS} ?(?P<p>\d\d?)"),
    (WEEK, rf"{_WEEKS} ?(?P<p>\d\d?){_GAP}{_YEAR}"),
    (DAY, rf"{_YEAR}-(?P<p>\d\d)-(?P<d>\d\d)(?:[T ]00:00(?::00(?:\.0+)?)?)?"),
    (MONTH, rf"{_YEAR}(?:[-/.]|m)(?P<p>\d\d?)"),
    (MONTH, rf"{_YEAR}(?P<p>0[1-9]|1[0-2])"),
    (MONTH, rf"(?P<p>\d\d?)[-/.]{_YEAR}"),
    (MONTH, rf"(?P<m>[^\W\d_]{{3,12}})\.?{_GAP}{_SHORT}"),
    (MONTH, rf"{_YEAR}{_GAP}(?P<m>[^\W\d_]{{3,12}})\.?"),
    (YEAR, rf"(?:fy ?)?{_YEAR}"),
    (YEAR, r"fy ?'?(?P<y>\d\d)"),
)
_PATTERNS: Final = tuple((kind, re.compile(form, re.IGNORECASE)) for kind, form in _FORMS)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One period.

    Attributes:
        text: as it is stored. kind: quarter, month, week, year or day.
    """

    text: str
    kind: str


def parse_period(cell: str, date_format: str | None = None) -> Period | None:
    """Return the period a cell says, or None.

    Args:
        date_format: of cells that are written in no form known; with a day in it they are days.
    """
    cell = cell.strip()
    if date_format is not None:
        return _by_format(cell, date_format)
    cell = _YEAR_WORD.sub("", cell)
    for kind, pattern in _PATTERNS:
        found = pattern.fullmatch(cell)
        if found is not None:
            period = _period(kind, found.groupdict())
            if period is not None:
                return period
    return None


def _by_format(cell: str, date_format: str) -> Period | None:
    moment = date_parser(date_format)(cell)
    if moment is None:
        return None
    if "%q" in date_format:
        return Period(f"{moment.year:04d}Q{(moment.month + 2) // 3}", QUARTER)
    if "%d" in date_format:
        return Period(moment.date().isoformat(), DAY)
    if "%m" in date_format or "%b" in date_format or "%B" in date_format:
        return Period(f"{moment.year:04d}-{moment.month:02d}", MONTH)
    return Period(f"{moment.year:04d}", YEAR)


def _period(kind: str, parts: dict[str, str | None]) -> Period | None:
    year = int((parts.get("y") or "").lstrip("'"))
    year += 2000 if year < 100 else 0
    number = int(parts.get("p") or 0) or _ROMAN.get((parts.get("r") or "").casefold(), 0)
    if kind == MONTH:
        number = number or month_number(parts.get("m") or "")
        return Period(f"{year:04d}-{number:02d}", MONTH) if 1 <= number <= 12 else None
    try:
        if kind == DAY:
            return Period(date(year, number, int(parts.get("d") or 0)).isoformat(), DAY)
        if kind == WEEK:
            date.fromisocalendar(year, number, 1)
            return Period(f"{year:04d}-W{number:02d}", WEEK)
    except ValueError:
        return None
    return Period(f"{year:04d}Q{number}" if kind == QUARTER else f"{year:04d}", kind)


def period_over(first: date, last: date) -> str | None:
    """Return the year, quarter, month, ISO week or day that two days are the ends of, or None."""
    after = last + timedelta(days=1)
    months = (after.year - first.year) * 12 + after.month - first.month
    if first.day == after.day == 1 and months == 12 and first.month == 1:
        return f"{first.year:04d}"
    if first.day == after.day == 1 and months == 3 and first.month % 3 == 1:
        return f"{first.year:04d}Q{(first.month + 2) // 3}"
    if first.day == after.day == 1 and months == 1:
        return f"{first.year:04d}-{first.month:02d}"
    if (after - first).days == 7 and first.isoweekday() == 1:
        year, week, _ = first.isocalendar()
        return f"{year:04d}-W{week:02d}"
    return first.isoformat() if first == last else None


def kind_of(text: str) -> str:
    """Return the kind of a stored period; "" where it is none of these."""
    period = parse_period(text)
    return period.kind if period else ""


def clash(periods: Iterable[str]) -> tuple[str, str] | None:
    """Return two periods of different kinds, of which one series cannot be made; None without."""
    first: dict[str, str] = {}
    for text in periods:
        first.setdefault(kind_of(text), text)
        if len(first) > 1:
            one, other = first.values()
            return one, other
    return None
