"""Moments of a column that was cut: read figure by figure, for all cells of a block at once.

A day is few texts, a moment is nearly always a new one. What is written otherwise than nearly all
moments of a format are (blanks around, a month in letters that are not ASCII, a day that is none)
is not read here at all: then the block is left to `dates`, which says the same of the others.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

import numpy as np
from numpy.typing import NDArray

from storage.imports.months import month_number
from storage.imports.survey_cut import MARGIN, Cut

# Figures that each part has; the others are read in ways of their own.
_FIGURES: Final = {"Y": (4, 4), "y": (2, 2), "M": (2, 2), "S": (2, 2)} | dict.fromkeys(
    "mdHI", (1, 2)
)
_PARTS: Final = frozenset("YymdHIMSfpzZb")
# Letters of a month's name, and how far beyond a cell's end a part may look.
_NAME: Final = (3, 12)
_AHEAD: Final = 14
_LONGEST: Final = 64
_ISO: Final = np.frombuffer(b"0000-00-00T00:00:00Z", dtype=np.uint8)
# Where ISO 8601 has the last figure of each part, and how many figures.
_PLACES: Final = (("Y", 3, 4), ("m", 6, 2), ("d", 9, 2), ("H", 12, 2), ("M", 15, 2), ("S", 18, 2))
_DAY, _HOUR, _MINUTE = 86_400, 3_600, 60
_NOUGHT, _NINE = ord("0"), np.uint8(9)
_YEARS: Final = (2, 9998)

Bytes = NDArray[np.uint8]
Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class MomentsRead:
    """Moments of a column.

    Attributes:
        texts: uint8[rows, 20], in ISO 8601 with Z.
        months: since January 1970, by row.
    """

    texts: Bytes
    months: Numbers


class _OtherwiseError(Exception):
    """A cell is written in another way."""


class MomentLayout:
    """Reads the moments of one format; those without an offset are of one time zone."""

    def __init__(self, parts: tuple[str, ...], zone: tzinfo) -> None:
        self._parts, self._zone = parts, zone
        # Seconds by which the clocks of the zone are ahead of UTC, by hour since 1970.
        self._ahead: dict[int, int] = {}

    def read(self, cut: Cut, column: int) -> MomentsRead | None:
        """Return the moments; None where one is written in another way, blank, or none at all."""
        _, sizes = cut.places(column)
        longest = int(sizes.max())
        if longest > _LONGEST or column in cut.escaped:
            return None
        width = longest + _AHEAD
        assert width < MARGIN
        places = np.ascontiguousarray(cut.letters(column, width).T)
        try:
            return self._moments(_Cells(places, sizes).fields(self._parts))
        except _OtherwiseError:
            return None

    def _moments(self, fields: dict[str, Numbers]) -> MomentsRead:
        fields = _checked(fields)
        shift = self._shift(fields)
        if shift is not None:
            fields = _of_seconds(_seconds(fields) - shift)
        texts = np.empty((len(_ISO), len(fields["Y"])), dtype=np.uint8)
        texts[:] = _ISO[:, None]
        for part, last, figures in _PLACES:
            left = fields[part].astype(np.int16)
            for place in range(last, last - figures, -1):
                tens = left // 10
                texts[place] += (left - 10 * tens).astype(np.uint8)
                left = tens
        months = 12 * (fields["Y"] - 1970) + fields["m"] - 1
        return MomentsRead(np.ascontiguousarray(texts.T), months)

    def _shift(self, fields: dict[str, Numbers]) -> Numbers | None:
        """Return the seconds by which the clocks are ahead of UTC; None where they show it."""
        if "z" in fields:
            return fields["z"]
        if self._zone is UTC:
            return None
        hours, places = np.unique(_seconds(fields) // _HOUR, return_inverse=True)
        shift: Numbers = np.array([self._at(hour) for hour in hours.tolist()])[places]
        return shift

    def _at(self, hour: int) -> int:
        found = self._ahead.get(hour)
        if found is None:
            first = datetime(1970, 1, 1, tzinfo=self._zone) + timedelta(hours=hour)
            last = first + timedelta(seconds=_HOUR - 1)
            ahead = first.utcoffset()
            # An hour within which clocks are set is read moment by moment.
            if ahead is None or ahead != last.utcoffset() or ahead % timedelta(seconds=1):
                raise _OtherwiseError
            found = self._ahead[hour] = ahead // timedelta(seconds=1)
        return found


class _Cells:
    """The cells of a column, read from left to right."""

    def __init__(self, places: Bytes, sizes: NDArray[np.intp]) -> None:
        self._places, self._sizes = places, sizes
        self._each = np.arange(len(sizes))
        # The same in all cells for as long as each had as many letters.
        self._at: int | NDArray[np.intp] = 0

    def fields(self, parts: tuple[str, ...]) -> dict[str, Numbers]:
        """Return what each part of a format says in all cells."""
        ways: dict[str, Callable[[], Numbers]] = {
            "f": self._fraction,
            "p": self._half,
            "z": self._offset,
            "Z": self._zone_name,
        }
        found: dict[str, Numbers] = {}
        for place, part in enumerate(parts):
            if len(part) == 1:
                self._mark(part)
            elif part[1] in ways:
                found[part[1]] = ways[part[1]]()
            elif part[1] == "b":
                found["b"] = self._month(before_point=parts[place + 1 : place + 2] == (".",))
            else:
                found[part[1]] = self._number(*_FIGURES[part[1]])
            self._require(self._at <= self._sizes)
        self._require(self._at == self._sizes)
        return found

    @staticmethod
    def _require(holds: Flags | bool | np.bool_) -> None:
        if not np.all(holds):
            raise _OtherwiseError

    def _here(self, ahead: int = 0) -> Bytes:
        at = self._at
        found: Bytes = (
            self._places[at + ahead]
            if isinstance(at, int)
            else self._places[at + ahead, self._each]
        )
        return found

    def _go(self, step: int, more: Flags | None = None) -> None:
        """Go on by some letters, and by one more in the cells marked."""
        self._at = self._at + step
        if more is not None and more.any():
            self._at = self._at + (1 if more.all() else more)

    def _mark(self, mark: str) -> None:
        self._require(self._here() == ord(mark))
        self._go(1)

    def _number(self, least: int, most: int) -> Numbers:
        value = np.zeros(len(self._each), dtype=np.int64)
        for _ in range(least):
            figure = self._here() - np.uint8(_NOUGHT)
            self._require(figure <= _NINE)
            value = 10 * value + figure
            self._go(1)
        if most > least:
            figure = self._here() - np.uint8(_NOUGHT)
            more = figure <= _NINE
            value = np.where(more, 10 * value + figure, value)
            self._go(0, more)
        return value

    def _run(self, belongs: Callable[[Bytes], Flags], least: int, most: int) -> Numbers:
        """Go over letters that belong to a part; return them, five bits each."""
        key = np.zeros(len(self._each), dtype=np.int64)
        going = np.ones(len(self._each), dtype=bool)
        for place in range(most):
            letter = self._here()
            going &= belongs(letter)
            self._require(place >= least or going)
            if not going.any():
                break
            key |= np.where(going, letter & 31, 0).astype(np.int64) << 5 * place
            self._go(0, going)
        return key

    def _fraction(self) -> Numbers:
        return self._run(_is_figure, 1, 9)

    def _zone_name(self) -> Numbers:
        return self._run(lambda letter: (letter >= ord("A")) & (letter <= ord("Z")), 2, 5)

    def _half(self) -> Numbers:
        half = self._here() | 32
        self._require((half == ord("a")) | (half == ord("p")))
        self._require(self._here(1) | 32 == ord("m"))
        self._go(2)
        return np.where(half == ord("p"), 1, 0)

    def _month(self, *, before_point: bool) -> Numbers:
        keys = self._run(_is_letter, *_NAME)
        different, places = np.unique(keys, return_inverse=True)
        names = ["".join(chr(96 + (key >> n & 31)) for n in range(0, 60, 5)) for key in different]
        months = np.array([month_number(name.rstrip("`")) for name in names], dtype=np.int64)
        if not before_point:
            self._go(0, self._here() == ord("."))
        found: Numbers = months[places]
        return found

    def _offset(self) -> Numbers:
        """Return seconds ahead of UTC, written as Z, +0200 or +02:00, the same way in all cells."""
        if (self._here() == ord("Z")).all():
            self._go(1)
            return np.zeros(len(self._each), dtype=np.int64)
        behind = self._here() == ord("-")
        self._require(behind | (self._here() == ord("+")))
        self._go(1)
        hours = self._number(2, 2)
        if (self._here() == ord(":")).all():
            self._go(1)
        minutes = self._number(2, 2)
        self._require((hours < 24) & (minutes < 60))
        ahead = hours * _HOUR + minutes * _MINUTE
        return np.where(behind, -ahead, ahead)


def _is_figure(letter: Bytes) -> Flags:
    found: Flags = letter - np.uint8(_NOUGHT) <= _NINE
    return found


def _is_letter(letter: Bytes) -> Flags:
    small = letter | 32
    found: Flags = (small >= ord("a")) & (small <= ord("z")) & (letter < 128)
    return found


def _checked(fields: dict[str, Numbers]) -> dict[str, Numbers]:
    """Return year, month, day and clock, where all are some, and the offset."""
    found = dict(fields)
    if "Y" not in found:
        short = found["y"]
        found["Y"] = short + np.where(short >= 69, 1900, 2000)
    found["m"] = found.get("b", found.get("m", np.ones_like(found["Y"])))
    found.setdefault("d", np.ones_like(found["Y"]))
    hour = found.get("H", found.get("I", np.zeros_like(found["Y"])))
    if "p" in found:
        _all((hour >= 1) & (hour <= 12))
        hour = hour % 12 + 12 * found["p"]
    found["H"] = hour
    for part in "MS":
        found.setdefault(part, np.zeros_like(found["Y"]))
    year, month, day = (found[part] for part in "Ymd")
    # The outermost years are left alone: no offset leads beyond them.
    _all((year >= _YEARS[0]) & (year <= _YEARS[1]) & (month >= 1) & (month <= 12) & (day >= 1))
    _all((hour < 24) & (found["M"] < 60) & (found["S"] < 60))
    since = (12 * (year - 1970) + month - 1).astype("M8[M]")
    long = ((since + 1).astype("M8[D]") - since.astype("M8[D]")).astype(np.int64)
    _all(day <= long)
    return found


def _all(holds: Flags) -> None:
    if not holds.all():
        raise _OtherwiseError


def _seconds(fields: dict[str, Numbers]) -> Numbers:
    """Return the seconds since 1970 that the clocks show."""
    since = (12 * (fields["Y"] - 1970) + fields["m"] - 1).astype("M8[M]")
    days = since.astype("M8[D]").astype(np.int64) + fields["d"] - 1
    seconds: Numbers = days * _DAY + fields["H"] * _HOUR + fields["M"] * _MINUTE + fields["S"]
    return seconds


def _of_seconds(seconds: Numbers) -> dict[str, Numbers]:
    """Return year, month, day and clock of seconds since 1970."""
    days = seconds // _DAY
    clock = seconds - days * _DAY
    day = days.astype("M8[D]")
    month = day.astype("M8[M]")
    months = month.astype(np.int64)
    return {
        "Y": 1970 + months // 12,
        "m": 1 + months % 12,
        "d": 1 + (day - month.astype("M8[D]")).astype(np.int64),
        "H": clock // _HOUR,
        "M": clock // _MINUTE % 60,
        "S": clock % 60,
    }


def moment_layout(date_format: str, zone: tzinfo) -> MomentLayout | None:
    """Return what reads a format at once; None where it has parts that are not read so."""
    parts: list[str] = []
    letters = iter(date_format)
    for letter in letters:
        part = letter
        if letter == "%":
            part = "%" + next(letters, "").replace("B", "b")
            if part[1:] not in _PARTS or part in parts:
                return None
        elif not letter.isascii() or letter.isdigit():
            return None
        parts.append(part)
    named = {part[1] for part in parts if len(part) > 1}
    one_of_each = len(named & set("Yy")) == len(named & set("mb")) == len(named & set("HI")) == 1
    return MomentLayout(tuple(parts), zone) if one_of_each else None
