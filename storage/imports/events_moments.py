"""Moments of an event log: a column of texts to microseconds, as fast as they come.

ISO forms with or without an offset are read a column at a time; each other form, and each column
that mixes them, cell by cell. A text that is no moment is `NO_MOMENT`.
"""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

import numpy as np
from numpy.typing import NDArray

from storage.errors import MappingError
from storage.imports.dates import date_parser, find_log_format, time_zone, to_utc
from storage.imports.survey_cut import Cut

NO_MOMENT: Final = -(2**63)
SECOND: Final = 1_000_000
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_CLOCK: Final = re.compile(r"\d{1,2}[:.]\d\d(?:[:.]\d\d(?:\.\d+)?)?(?: ?[AaPp]\.?[Mm]\.?)?")
_DAYS: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_SECONDS: Final = re.compile(r"[0-9]{9,10}(?:\.[0-9]{1,6})?", re.ASCII)
_MILLISECONDS: Final = re.compile(r"[0-9]{12,13}", re.ASCII)
_MICROSECONDS: Final = re.compile(r"[0-9]{15,16}", re.ASCII)

_SECONDS_END: Final = 19  # of "2026-11-22T09:30:00"
_LONGEST: Final = _SECONDS_END + 7 + 6
_FIGURES: Final = (0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18)
_MONTH_DAYS: Final = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
_DAYS_TO_1970: Final = 719_468

Moments = NDArray[np.int64]
Figures = NDArray[np.int32]


class MomentReader:
    """Reads the moments of one column.

    Args:
        date_format: see dates.date_parser; None is ISO, or seconds or milliseconds since 1970.
        timezone: of moments without an offset; None is UTC.
    """

    def __init__(self, date_format: str | None = None, timezone: str | None = None) -> None:
        self._zone: tzinfo = UTC if timezone is None else time_zone(timezone)
        self._parse: Callable[[str], datetime | None] = (
            _free if date_format is None else date_parser(date_format)
        )
        self._iso = date_format is None

    def read(self, cells: Sequence[str]) -> Moments:
        """Return microseconds since 1970 in UTC, `NO_MOMENT` where a cell is none."""
        found = _iso_at_once(cells, zoned=self._zone is UTC) if self._iso else None
        if found is not None:
            return found
        return np.array([self._one(cell) for cell in cells], dtype=np.int64)

    def read_cut(self, cut: Cut, column: int) -> Moments:
        """Return the moments of a column that was cut and not made into texts."""
        found = _iso_of_cut(cut, column, zoned=self._zone is UTC) if self._iso else None
        return self.read(cut.columns[column]) if found is None else found

    def _one(self, cell: str) -> int:
        moment = self._parse(cell)
        if moment is None:
            return NO_MOMENT
        return (to_utc(moment, self._zone) - _EPOCH) // _MICROSECOND


def are_iso(cells: Sequence[str], mark: str) -> bool:
    """Whether all cells are moments to the second, such as 2026-11-22T09:30:00, that exist.

    Args:
        mark: what stands between day and time in each of them.
    """
    if set(map(len, cells)) != {_SECONDS_END} or {cell[10] for cell in cells} != {mark}:
        return False
    return _iso_at_once(cells, zoned=True) is not None


def _iso_at_once(cells: Sequence[str], *, zoned: bool) -> Moments | None:
    """Return the moments of a column of ISO texts of one length, read figure by figure.

    None where they are anything else: other lengths, other marks, a day or an hour that is none.
    `zoned` says that texts without an offset are UTC.
    """
    width = len(cells[0]) if cells else 0
    if not _SECONDS_END <= width <= _LONGEST:
        return None
    raw = ("\n".join(cells) + "\n").encode("ascii", "replace")
    if len(raw) != len(cells) * (width + 1):
        return None
    # A row per place in the text, so that each figure of all cells lies together.
    places = np.ascontiguousarray(np.frombuffer(raw, dtype=np.uint8).reshape(-1, width + 1).T)
    if (places[width] != ord("\n")).any():
        return None
    return iso_moments(places, width, zoned=zoned)


def _iso_of_cut(cut: Cut, column: int, *, zoned: bool) -> Moments | None:
    """Return the moments of a column as `_iso_at_once` does."""
    starts, sizes = cut.places(column)
    width = int(sizes[0])
    if not _SECONDS_END <= width <= _LONGEST or (sizes != width).any() or column in cut.escaped:
        return None
    cells = np.ndarray((len(cut.data) - width + 1,), f"V{width}", cut.data, strides=(1,))
    texts = cells[starts].view(np.uint8).reshape(-1, width)
    return iso_moments(np.ascontiguousarray(texts.T), width, zoned=zoned)


def iso_moments(places: NDArray[np.uint8], width: int, *, zoned: bool) -> Moments | None:
    """Return the moments of texts given by place: a row for each of `width` letters."""
    if not _marks_stand(places):
        return None
    figures = places.astype(np.int32) - ord("0")
    end = _SECONDS_END
    fraction: Figures | int = 0
    if width > end and (places[end] == ord(".")).all():
        end, fraction = _fraction(figures, end + 1, width)
    shift = _offset(places, figures, end, width, zoned=zoned)
    seconds = _seconds(figures)
    if shift is None or seconds is None or not _are_figures(figures, (*_FIGURES, *range(20, end))):
        return None
    return (seconds - shift) * SECOND + fraction


def _marks_stand(places: NDArray[np.uint8]) -> bool:
    spaced = (places[10] == ord(" ")) | (places[10] == ord("T"))
    marks = ((4, "-"), (7, "-"), (13, ":"), (16, ":"))
    return bool(spaced.all()) and all((places[at] == ord(mark)).all() for at, mark in marks)


def _are_figures(figures: Figures, places: Sequence[int]) -> bool:
    chosen = figures[list(places)]
    return bool(chosen.min() >= 0 and chosen.max() <= 9)


def _number(figures: Figures, start: int, end: int) -> Figures:
    total: Figures = figures[start]
    for at in range(start + 1, end):
        total = total * 10 + figures[at]
    return total


def _fraction(figures: Figures, start: int, width: int) -> tuple[int, Figures | int]:
    """Return where the figures after the point end, and the microseconds they say."""
    end = start
    while end < width and end < start + 6 and _are_figures(figures, (end,)):
        end += 1
    return end, _number(figures, start, end) * 10 ** (6 - (end - start)) if end > start else 0


def _offset(
    places: NDArray[np.uint8], figures: Figures, end: int, width: int, *, zoned: bool
) -> Figures | int | None:
    """Return the seconds by which the clocks are ahead of UTC; None where that is not said."""
    if width == end:
        return 0 if zoned else None
    if width == end + 1:
        return 0 if (places[end] == ord("Z")).all() else None
    behind = places[end] == ord("-")
    if width != end + 6 or not (behind | (places[end] == ord("+"))).all():
        return None
    clock = (end + 1, end + 2, end + 4, end + 5)
    if (places[end + 3] != ord(":")).any() or not _are_figures(figures, clock):
        return None
    hours, minutes = _number(figures, end + 1, end + 3), _number(figures, end + 4, end + 6)
    if hours.max() > 23 or minutes.max() > 59:
        return None
    ahead: Figures = hours * 3_600 + minutes * 60
    return np.where(behind, -ahead, ahead)


def _seconds(figures: Figures) -> Moments | None:
    """Return seconds since 1970 of date and clock; None where one of them is none."""
    year, month, day = (_number(figures, *at) for at in ((0, 4), (5, 7), (8, 10)))
    hour, minute, second = (_number(figures, *at) for at in ((11, 13), (14, 16), (17, 19)))
    if month.min() < 1 or month.max() > 12 or day.min() < 1 or year.min() < 1:
        return None
    if hour.max() > 23 or minute.max() > 59 or second.max() > 59:
        return None
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    if (day > _MONTH_DAYS[month] + (leap & (month == 2))).any():
        return None
    # Days from 1 March of year 0, when the leap day is the last of its year.
    shifted = year - (month <= 2)
    months = (month + 9) % 12
    days = 365 * shifted + shifted // 4 - shifted // 100 + shifted // 400
    days += (153 * months + 2) // 5 + day - 1 - _DAYS_TO_1970
    return days.astype(np.int64) * 86_400 + (hour * 3_600 + minute * 60 + second)


def _free(cell: str) -> datetime | None:
    """Read a moment of ISO 8601, or seconds, milli- or microseconds since 1970."""
    cell = cell.strip()
    try:
        if _DAYS.match(cell):
            return datetime.fromisoformat(cell)
        if _SECONDS.fullmatch(cell):
            return _EPOCH + timedelta(seconds=float(cell))
        if _MILLISECONDS.fullmatch(cell):
            return _EPOCH + timedelta(milliseconds=int(cell))
        if _MICROSECONDS.fullmatch(cell):
            return _EPOCH + timedelta(microseconds=int(cell))
    except (ValueError, OverflowError):
        pass
    return None


def check_days(name: str, cells: Sequence[str]) -> None:
    """Refuse a column of times of day, whose days stand in another column.

    Raises:
        MappingError: clock_apart.
    """
    filled = [cell.strip() for cell in cells if cell.strip()]
    if filled and all(_CLOCK.fullmatch(cell) for cell in filled):
        raise MappingError("clock_apart", (name,), detail=filled[0])


def find_moments(
    cells: Sequence[str], place: str, date_format: str | None, timezone: str | None
) -> MomentReader:
    """Return the reader of a column from its first cells.

    Raises:
        MappingError: date_order where day and month can be exchanged, date_format where no known
            format reads it; `place` is the key of the mapping that settles it.
    """
    if date_format is not None:
        return MomentReader(date_format, timezone)
    filled = [cell for cell in cells if cell.strip()]
    readable = sum(_free(cell) is not None for cell in filled)
    if readable >= 0.5 * len(filled):
        return MomentReader(None, timezone)
    found = find_log_format(filled)
    if found is None:
        example = filled[0].strip()[:60]
        raise MappingError("no_date_format", (place,), detail=example)
    if found.ambiguous:
        raise MappingError("date_order", (place,), detail=found.format)
    return MomentReader(found.format, timezone)
