"""Dates and times as exports write them: an explicit format, or one found over a column.

Formats are strptime's, read by compiled patterns (strptime itself is six times slower).
Of them %Z reads an abbreviation and means nothing. Added are `unix` for seconds since 1970, as
Delighted's API gives, `unix_ms` for milliseconds, `excel` for the days that spreadsheets count, and
`%q` for a quarter.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from storage.imports.months import month_number
from storage.imports.numbers import parse_number

DateParser = Callable[[str], datetime | None]

_PIECES: Final = {
    "Y": r"(?P<Y>[0-9]{4})",
    "y": r"(?P<y>[0-9]{2})",
    "m": r"(?P<m>[0-9]{1,2})",
    "d": r"(?P<d>[0-9]{1,2})",
    "H": r"(?P<H>[0-9]{1,2})",
    "I": r"(?P<I>[0-9]{1,2})",
    "M": r"(?P<M>[0-9]{2})",
    "S": r"(?P<S>[0-9]{2})",
    "f": r"(?P<f>[0-9]{1,9})",
    "p": r"(?P<p>[AaPp]\.?[Mm]\.?)",
    "z": r"(?P<z>Z|(?:GMT|UTC)?[+-][0-9]{1,2}:?[0-9]{2}|(?:GMT|UTC)(?:[+-][0-9]{1,2})?)",
    # An abbreviation of a zone means several zones; the mapping says which.
    "Z": r"(?P<Z>[A-Z]{2,5})",
    "b": r"(?P<b>[A-Za-z\u00c0-\u024f\u0400-\u04ff]{3,12})\.?",
    "q": r"(?P<q>[1-4])",
    "%": "%",
}
_CLOCKS: Final = (
    " %H:%M:%S", " %H:%M", " %H.%M", " %H.%M.%S", " %I:%M:%S %p", " %I:%M %p",
    " %H:%M:%S.%f", "", ", %H:%M:%S", ", %H:%M", ", %I:%M:%S %p", ", %I:%M %p",
    " kl. %H.%M.%S", " kl. %H:%M:%S", " kl. %H.%M", " kl. %H:%M", " klo %H.%M.%S", " klo %H.%M",
)  # fmt: skip
_ISO_CLOCKS: Final = (
    " %H:%M:%S", " %H:%M", "", "T%H:%M:%S", "T%H:%M", "T%H:%M:%S.%f", " %H:%M:%S.%f",
    "T%H:%M:%S%z", "T%H:%M:%S.%f%z", " %H:%M:%S%z", " %H:%M:%S.%f%z", " %H:%M:%S %z",
)  # fmt: skip
_NAMED_DAYS: Final = (
    "%b %d, %Y", "%d %b %Y", "%b %d %Y", "%d. %b %Y", "%d-%b-%Y", "%d-%b-%y", "%d de %b de %Y",
    "%d/%b/%y", "%d/%b/%Y",
)  # fmt: skip
_DAYS: Final = (
    "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%d.%m.%y", "%d/%m/%y",
    "%m/%d/%y",
)  # fmt: skip
KNOWN_FORMATS: Final = (
    tuple("%Y-%m-%d" + clock for clock in _ISO_CLOCKS)
    + tuple("%Y/%m/%d" + clock for clock in (*_CLOCKS, " %I:%M:%S %p %z", " %I:%M:%S %p %Z"))
    + tuple(day + clock for day in _DAYS for clock in _CLOCKS)
    + tuple(day + clock for day in _NAMED_DAYS for clock in _CLOCKS)
    + ("%Y%m%d",)
)
# Day and month change places between these.
_SWAPPED: Final = (("%d/%m", "%m/%d"), ("%d-%m", "%m-%d"))
_DATE_LIKE: Final = re.compile(
    r"[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{1,4}(?:[T ,].*)?"
    r"|(?:[0-9]{1,2} )?[A-Z][a-z]{2,8} (?:[0-9]{1,2},? )?[0-9]{4}(?:,? .*)?"
    r"|[0-9]{1,2}(?:\. ?| |-|/| de )[A-Za-z\u00c0-\u024f\u0400-\u04ff]{3,12}\.?(?: de | |-|/)"
    r"[0-9]{2,4}(?:,? .*)?",
    re.ASCII,
)
# 20251231, within two centuries.
COMPACT_DATE: Final = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")


@dataclass(frozen=True, slots=True)
class DateFormatFound:
    """The format that reads a column of dates.

    Attributes:
        format: in strptime's words.
        ambiguous: every value can also be read with day and month exchanged, or some values can
            only be read in one order and others only in the other.
        other: that other format, or None.
        refused: values that the format does not read.
    """

    format: str
    ambiguous: bool
    other: str | None
    refused: int


def looks_like_date(text: str) -> bool:
    """Tell cheaply whether a cell has the outline of a date."""
    cell = text.strip()
    return (_DATE_LIKE.fullmatch(cell) or COMPACT_DATE.fullmatch(cell)) is not None


@lru_cache(maxsize=512)
def date_parser(date_format: str) -> DateParser:
    """Return a function that reads one cell by a format, or gives None.

    What it returns is naive unless the format has %z or is "unix" or "unix_ms".

    Raises:
        ValueError: a directive that is not supported.
    """
    counted = _COUNTED.get(date_format)
    if counted is not None:
        return counted
    pattern = re.compile(_pattern(date_format), re.ASCII)
    separator = ISO_MARKS.get(date_format)

    def parse(text: str) -> datetime | None:
        if separator is not None and len(text) == 19 and text[10] == separator:
            # The shape most exports have; what is not quite of it is left to the pattern.
            quick = _quick(text)
            if quick is not None:
                return quick
        found = pattern.fullmatch(text.strip())
        if found is None:
            return None
        try:
            return _assemble(found.groupdict())
        except (ValueError, OverflowError):
            return None

    return parse


# Formats of moments to the second in ISO 8601, and what stands between day and time.
ISO_MARKS: Final = {"%Y-%m-%d %H:%M:%S": " ", "%Y-%m-%dT%H:%M:%S": "T"}


def _quick(text: str) -> datetime | None:
    if text[4] != "-" or text[7] != "-" or text[13] != ":" or text[16] != ":":
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _pattern(date_format: str) -> str:
    parts: list[str] = []
    position = 0
    seen: set[str] = set()
    while position < len(date_format):
        character = date_format[position]
        position += 1
        if character == " ":
            parts.append(r"[ \u00a0\u202f]+")
            continue
        if character != "%":
            parts.append(re.escape(character))
            continue
        directive = date_format[position : position + 1]
        directive = "b" if directive == "B" else directive
        if directive not in _PIECES or (directive in seen and directive != "%"):
            raise ValueError(date_format)
        seen.add(directive)
        parts.append(_PIECES[directive])
        position += 1
    if not seen & {"Y", "y"}:
        raise ValueError(date_format)
    return "".join(parts)


def _assemble(groups: dict[str, str | None]) -> datetime:
    year = int(groups.get("Y") or 0)
    if not year:
        short = int(groups.get("y") or 0)
        year = short + (1900 if short >= 69 else 2000)  # POSIX
    month = int(groups.get("m") or 1)
    quarter = groups.get("q")
    if quarter is not None:
        month = 3 * int(quarter) - 2
    name = groups.get("b")
    if name is not None:
        month = month_number(name)
    hour = int(groups.get("H") or groups.get("I") or 0)
    half = groups.get("p")
    if half is not None:
        if not 1 <= hour <= 12:
            raise ValueError(hour)
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    fraction = ((groups.get("f") or "") + "000000")[:6]
    zone = groups.get("z")
    return datetime(
        year,
        month,
        int(groups.get("d") or 1),
        hour,
        int(groups.get("M") or 0),
        int(groups.get("S") or 0),
        int(fraction),
        tzinfo=None if zone is None else _offset(zone),
    )


_HOURS_ONLY: Final = 3  # characters of "+2" and "+02", as Google Forms writes them


def _offset(text: str) -> tzinfo:
    figures = text.removeprefix("GMT").removeprefix("UTC")
    if figures in {"", "Z"}:
        return UTC
    if len(figures) <= _HOURS_ONLY:
        figures += "00"
    hours, minutes = figures[1:-2].rstrip(":"), figures[-2:]
    shift = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-shift if figures[0] == "-" else shift)


def _unix(text: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(text), UTC) if text.strip().isdigit() else None
    except (ValueError, OverflowError, OSError):
        return None


def _milliseconds(text: str) -> datetime | None:
    cell = text.strip()
    try:
        return _EPOCH + timedelta(milliseconds=int(cell)) if cell.isdigit() else None
    except (ValueError, OverflowError):
        return None


def _serial(text: str) -> datetime | None:
    """Read a day as spreadsheets count them, from 30 December 1899, to the second."""
    number = parse_number(text)
    if number is None or not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return None
    return _SERIAL_ZERO + timedelta(seconds=round(number * 86_400))


_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SERIAL_ZERO: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet names no zone
# 1990 to 2099: what stands in a column of dates, and no year, price or number of a customer.
_FIRST_SERIAL: Final = 32_874
_LAST_SERIAL: Final = 73_050
# Moments that are counted, by the name of their format.
_COUNTED: Final[dict[str, DateParser]] = {
    "unix": _unix,
    "unix_ms": _milliseconds,
    "excel": _serial,
}


def has_clock(date_format: str) -> bool:
    """Tell whether a format says a time of day, and not a day alone."""
    return date_format in _COUNTED or "%H" in date_format or "%I" in date_format


def counted_format(low: float, high: float) -> str | None:
    """Return the format of moments that are counted, by the lowest and highest; None is none."""
    if low > 1e9 and high < 4.1e9:  # 2001 to 2099
        return "unix"
    if low > 1e12 and high < 4.1e12:
        return "unix_ms"
    return "excel" if low > _FIRST_SERIAL and high < _LAST_SERIAL else None


def find_date_format(cells: Iterable[str]) -> DateFormatFound | None:
    """Find the format that reads most of a column's cells.

    Args:
        cells: non-blank values; a few hundred are enough.

    Returns:
        None where no known format reads at least nine of ten.
    """
    values = [cell.strip() for cell in cells]
    if not values:
        return None
    read: dict[str, int] = {}
    for date_format in KNOWN_FORMATS:
        parse = date_parser(date_format)
        if parse(values[0]) is None and parse(values[-1]) is None:
            continue
        read[date_format] = sum(parse(value) is not None for value in values)
    if not read:
        return None
    best = max(read, key=lambda known: read[known])
    other = _exchanged(best)
    rival = other if other is not None and read.get(other) == read[best] else None
    if other is not None and rival is None and read[best] < len(values):
        rival = _other_order(values, best, other)
    if read[best] < 0.9 * len(values) and rival is None:
        return None
    return DateFormatFound(best, rival is not None, rival, len(values) - read[best])


def _other_order(values: list[str], best: str, other: str) -> str | None:
    """Return the other order of day and month where the rest can only be read by it."""
    first, second = date_parser(best), date_parser(other)
    rest = [value for value in values if first(value) is None]
    read = sum(second(value) is not None for value in rest)
    both = len(values) - len(rest) + read
    return other if read and both >= 0.9 * len(values) else None


def find_log_format(cells: Iterable[str]) -> DateFormatFound | None:
    """Find the format of a log's dates, where up to half of the cells may be none at all."""
    values = [cell for cell in cells if cell.strip()]
    likely = [cell for cell in values if looks_like_date(cell)]
    return find_date_format(likely) if 2 * len(likely) >= len(values) else None


def _exchanged(date_format: str) -> str | None:
    for first, second in _SWAPPED:
        if first in date_format:
            return date_format.replace(first, second)
        if second in date_format:
            return date_format.replace(second, first)
    return None


@lru_cache(maxsize=32)
def time_zone(name: str) -> tzinfo:
    """Return an IANA time zone.

    Raises:
        ValueError: no such zone.
    """
    if name.upper() in {"UTC", "Z"}:
        return UTC
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(name) from error


def to_utc(moment: datetime, zone: tzinfo) -> datetime:
    """Return an aware UTC moment; a naive one is taken as local time of the zone.

    The earlier of two readings is taken in the hour that a clock change repeats.
    """
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return moment.replace(tzinfo=UTC)
