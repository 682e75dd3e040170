"""How single values stand in a Waymark JSON, and how they are read back, strictly."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from journey.model.quarter import parse_quarter
from storage.errors import DumpError

ID_LENGTH = 200
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WHOLE_AS_INT = 2.0**53  # above it a real number has no units digit of its own


@dataclass(frozen=True, slots=True)
class Codec:
    """One kind of value. `read` is never given null; null and absent take the default.

    Attributes:
        write: model value → JSON value.
        read: (JSON value, place) → model value; raises DumpError.
    """

    write: Callable[[Any], object]
    read: Callable[[object, str], object]


def wrong(place: str, expected: str, found: object) -> DumpError:
    """Return the error for a value of another type than the format names."""
    names: dict[type, str] = {dict: "object", list: "list", str: "text", bool: "true or false"}
    kind = names.get(type(found), "number" if isinstance(found, int | float) else "null")
    return DumpError("wrong_type", place=place, detail=f"expected {expected}, found {kind}")


def same(value: Any) -> object:
    """Write a value as it is."""
    return value


def real_out(value: float | None) -> float | int | None:
    """Write a real number, whole ones without ".0", so that 20000 reads as people type it."""
    if value is None or not math.isfinite(value):
        return value
    return int(value) if value == int(value) and abs(value) < _WHOLE_AS_INT else float(value)


def read_text(value: object, place: str) -> str:
    """Return text."""
    if not isinstance(value, str):
        raise wrong(place, "text", value)
    return value


def read_id(value: object, place: str) -> str:
    """Return an id as it came: 1 … 200 characters, no controls."""
    text = read_text(value, place)
    if not text or len(text) > ID_LENGTH or _CONTROL.search(text):
        raise DumpError("not_an_id", place=place, detail=repr(text[:60]))
    return text


def read_real(value: object, place: str) -> float:
    """Return a finite real number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise wrong(place, "number", value)
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise DumpError("not_finite", place=place, detail="")
    return number


def read_whole(value: object, place: str) -> int:
    """Return a whole number; 3.0 is one."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise wrong(place, "whole number", value)
    if abs(value) > 2**63 - 1:
        raise DumpError("too_large", place=place, detail="")
    return value


def read_flag(value: object, place: str) -> bool:
    """Return true or false."""
    if not isinstance(value, bool):
        raise wrong(place, "true or false", value)
    return value


def read_quarter(value: object, place: str) -> str:
    """Return a quarter's label, as "2026Q4"."""
    label = read_text(value, place)
    try:
        parse_quarter(label)
    except ValueError:
        raise DumpError("not_a_quarter", place=place, detail=repr(label[:60])) from None
    return label


def read_day(value: object, place: str) -> date:
    """Return a day, as "2026-11-22"."""
    text = read_text(value, place)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DumpError("not_a_date", place=place, detail=repr(text[:60])) from None


def read_moment(value: object, place: str) -> datetime:
    """Return a moment in UTC; without an offset it is taken as UTC."""
    text = read_text(value, place)
    try:
        moment = datetime.fromisoformat(text)
        return _in_utc(moment)
    except (ValueError, OverflowError):
        raise DumpError("not_a_moment", place=place, detail=repr(text[:60])) from None


def read_when(value: object, place: str) -> str:
    """Return a day as it came, or a moment as text in UTC: "2026-11-22T09:30:00Z"."""
    text = read_text(value, place)
    if _DAY.fullmatch(text):
        return read_day(text, place).isoformat()
    return moment_out(read_moment(text, place))


def moment_out(moment: datetime) -> str:
    """Write a moment in UTC, to the second where it has no smaller part."""
    return _in_utc(moment).isoformat().replace("+00:00", "Z")


def _in_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def read_object(value: object, place: str) -> dict[str, object]:
    """Return an object's fields."""
    if not isinstance(value, dict):
        raise wrong(place, "object", value)
    return value


def read_list(value: object, place: str) -> list[object]:
    """Return a list."""
    if not isinstance(value, list):
        raise wrong(place, "list", value)
    return value


def read_ids(value: object, place: str) -> tuple[str, ...]:
    """Return a list of ids, each once, in their order."""
    found = [read_id(item, f"{place}[{i}]") for i, item in enumerate(read_list(value, place))]
    return tuple(dict.fromkeys(found))


def free_out(value: object) -> object:
    """Write a value nobody interprets, its keys in order at every depth."""
    if isinstance(value, Mapping):
        return {key: free_out(value[key]) for key in sorted(value)}
    if isinstance(value, list | tuple):
        return [free_out(item) for item in value]
    return value


def one_of(*known: str) -> Codec:
    """Return the codec of a word out of a fixed set."""

    def read(value: object, place: str) -> str:
        word = read_text(value, place)
        if word not in known:
            detail = f"{word[:60]!r} is none of {', '.join(known)}"
            raise DumpError("unknown_word", place=place, detail=detail)
        return word

    return Codec(same, read)


TEXT = Codec(same, read_text)
ID = Codec(same, read_id)
REAL = Codec(real_out, read_real)
WHOLE = Codec(same, read_whole)
FLAG = Codec(same, read_flag)
QUARTER = Codec(same, read_quarter)
DAY = Codec(lambda day: day and day.isoformat(), read_day)
MOMENT = Codec(lambda moment: moment and moment_out(moment), read_moment)
IDS = Codec(list, read_ids)
FREE = Codec(free_out, read_object)
FREE_LIST = Codec(
    free_out,
    lambda value, place: tuple(
        read_object(item, f"{place}[{i}]") for i, item in enumerate(read_list(value, place))
    ),
)
