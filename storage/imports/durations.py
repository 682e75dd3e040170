"""Spans of time as help desks write them: numbers with a unit, "1d 2h", clocks, ISO 8601.

The unit of a bare number stands in the column's header or in its mapping; it is never guessed.
"""

import json
import re
from typing import Final

from storage.imports.numbers import parse_number

SECONDS: Final = {"ms": 0.001, "s": 1.0, "min": 60.0, "h": 3_600.0, "d": 86_400.0}
# What two figures with one colon are: "2:05".
CLOCKS: Final = {"h:m": (3_600.0, 60.0), "m:s": (60.0, 1.0)}
UNITS: Final = (*SECONDS, *CLOCKS)

_WORDS: Final = {
    "ms": r"ms|millis(?:econds?)?|milliseconds?",
    "s": r"s|secs?|seconds?|sek(?:unden?|under|und)?|сек(?:унд\w*)?|secondes?|segundos?",
    "min": r"m|mins?|minutes?|minuten?|minutt?er|minut\w*|мин(?:ут\w*)?|minutos?|minuti",
    "h": r"h|hrs?|hours?|std\.?|stunden?|godz\.?|godzin\w*|timer|timmar|час\w*|ч|heures?|horas?"
    r"|ore|uur|uren",
    "d": r"d|days?|tage?n?|dni|dzień|dager?|dage?|dagar|дн\w*|день|jours?|días?|dias?|giorni?"
    r"|dagen",
    "w": r"w|weeks?|wochen?|tyg\.?|uker?|нед\w*",
}
_WORD: Final = {unit: re.compile(words) for unit, words in _WORDS.items()}
_PARTS: Final = re.compile(r"(?P<number>[0-9]+(?:[.,][0-9]+)?)\s*(?P<word>[^\W\d_]+\.?)")
_GLUE: Final = re.compile(r"[\s,]*(?:and|und|i|og|и|et|y)?[\s,]*")
_CLOCK: Final = re.compile(
    r"(?:(?P<days>[0-9]{1,5}) ?(?:d|days?),? )?(?P<a>[0-9]{1,6}):(?P<b>[0-5]?[0-9])"
    r"(?::(?P<c>[0-5]?[0-9])(?:[.,][0-9]+)?)?"
)
_ISO: Final = re.compile(
    r"P(?:(?P<d>[0-9]+)D)?(?:T(?:(?P<h>[0-9]+)H)?(?:(?P<min>[0-9]+)M)?"
    r"(?:(?P<s>[0-9]+(?:\.[0-9]+)?)S)?)?"
)
_BRACKETS: Final = re.compile(r"[\[(]([^\[\]()]{1,30})[\])]")
_IN_UNIT: Final = re.compile(r"\bin ([^\W\d_]+)\b")
_HOURS_KIND: Final = re.compile(r"\b(?:business|office|working|operational|calendar) hours?\b")
_SHAPES: Final = {
    "hh:mm:ss": "h:m:s", "h:mm:ss": "h:m:s", "h:m:s": "h:m:s", "hh:mm": "h:m", "h:mm": "h:m",
    "mm:ss": "m:s", "m:ss": "m:s",
}  # fmt: skip


def unit_in_header(header: str) -> str:
    """Return the unit a header names: one of UNITS, "h:m:s" (cells say it themselves), or "".

    "First reply time (min)", "reply_time_in_minutes", "Time to close (HH:mm:ss)", "Age (Hours)".
    """
    plain = _HOURS_KIND.sub(" ", header.casefold().replace("_", " "))
    for told in (*_BRACKETS.findall(plain), *_IN_UNIT.findall(plain)):
        text = told.strip().removeprefix("in ").strip(" .")
        if text in _SHAPES:
            return _SHAPES[text]
        unit = _unit_of(text)
        if unit in SECONDS:
            return unit
    # "response_time_seconds", "Resolution time minutes"; one letter alone says too little.
    last = plain.replace(".", " ").split()[-1:] or [""]
    unit = _unit_of(last[0]) if len(last[0]) > 2 else ""
    return unit if unit in SECONDS else ""


def _unit_of(word: str) -> str:
    plain = word.casefold()
    return next((unit for unit, words in _WORD.items() if words.fullmatch(plain)), "")


def read_duration(
    cell: str, unit: str = "", decimal: str | None = None
) -> tuple[float | None, str]:
    """Return the seconds a cell says, or None and why not.

    Args:
        unit: of bare numbers and of two figures with one colon; "" where it is not known.
        decimal: the decimal mark of the column, where it is known.

    Returns:
        Reasons: "unit" where it must be told, "negative", "not_a_duration"; "" with a number, and
        for an explicit null.
    """
    text: str | None = cell.strip()
    assert text is not None
    if text.startswith("{"):
        text = _calendar_of(text)
        if text is None:
            return None, ""
    number = parse_number(text, decimal=decimal)
    if number is not None:
        if number < 0:
            return None, "negative"
        times = SECONDS.get(unit)
        # Nothing is nothing in every unit.
        return (number * times, "") if times is not None else _unitless(number, unit)
    if text.startswith(("-", "\u2212")):
        return None, "negative"
    found = _in_parts(text)
    found = _iso(text) if found is None else found
    return (found, "") if found is not None else _by_clock(text, unit)


def _unitless(number: float, unit: str) -> tuple[float | None, str]:
    if number == 0:
        return 0.0, ""
    return None, "not_a_duration" if unit else "unit"


def _calendar_of(text: str) -> str | None:
    """Return the clock hours of Zendesk's {"calendar": 12, "business": 5}; None for its null."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    if not isinstance(value, dict) or "calendar" not in value:
        return text
    return None if value["calendar"] is None else str(value["calendar"])


def _in_parts(text: str) -> float | None:
    """Read "1d 2h", "2 hours, 5 minutes", "45min"."""
    total, place = 0.0, 0
    for part in _PARTS.finditer(text):
        if not _GLUE.fullmatch(text[place : part.start()]):
            return None
        # One hour in Norwegian, which in an English header is no unit.
        unit = "h" if part["word"].casefold() == "time" else _unit_of(part["word"])
        number = parse_number(part["number"])
        if not unit or number is None:
            return None
        total += number * (7 * SECONDS["d"] if unit == "w" else SECONDS[unit])
        place = part.end()
    return total if place and not text[place:].strip() else None


def _iso(text: str) -> float | None:
    found = _ISO.fullmatch(text)
    if found is None or not any(found.groups()):
        return None
    return sum(float(n) * SECONDS[unit] for unit, n in found.groupdict().items() if n)


def _by_clock(text: str, unit: str) -> tuple[float | None, str]:
    found = _CLOCK.fullmatch(text)
    if found is None:
        return None, "not_a_duration"
    first, second, third = int(found["a"]), int(found["b"]), found["c"]
    days = 86_400.0 * int(found["days"] or 0)
    if third is not None:
        return days + 3_600.0 * first + 60.0 * second + int(third), ""
    if found["days"]:
        return days + 3_600.0 * first + 60.0 * second, ""
    # Under "HH:mm:ss" what has two parts is one of them short: nobody knows which.
    one, other = CLOCKS.get(unit, (0.0, 0.0))
    return (one * first + other * second, "") if one else (None, "unit")
