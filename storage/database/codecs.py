"""How one field of an entity is kept in one column, and read back with its type checked.

A file may come from a stranger: every decoder raises ValueError for a value that cannot be.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any, NamedTuple, TypeVar

from journey.model.ids import PersonaId, SegmentId
from journey.model.map import Entrants, JudgedExperience

T = TypeVar("T")


class Codec(NamedTuple):
    """Two functions: to the column's value and back."""

    encode: Callable[[Any], object]
    decode: Callable[[Any], Any]


def _same(value: Any) -> object:
    return value


def _wrong(value: object) -> ValueError:
    return ValueError(f"unexpected {type(value).__name__}")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _wrong(value)
    return value


def _real(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _wrong(value)
    return float(value)


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise _wrong(value)
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _wrong(value)
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise _wrong(value)
    return value


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(value)
    return value


def _moment_text(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return value.astimezone(UTC).isoformat()


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(_text(value))
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(UTC)


def _scale(value: Any) -> tuple[int, int]:
    low, high = _list(value)
    return _whole(low), _whole(high)


def _entrants_rows(value: tuple[Entrants, ...]) -> list[dict[str, object]]:
    return [{"segment": e.segment, "per_year": e.per_year} for e in value]


def _entrants(value: Any) -> tuple[Entrants, ...]:
    return tuple(
        Entrants(SegmentId(_key(e, "segment", _text)), _key(e, "per_year", _real)) for e in value
    )


def _judged_rows(value: tuple[JudgedExperience, ...]) -> list[dict[str, object]]:
    return [{"value": j.value, "persona": j.persona} for j in value]


def _judged(value: Any) -> tuple[JudgedExperience, ...]:
    return tuple(
        JudgedExperience(_key(j, "value", _real), _key(j, "persona", _or_none(_persona)))
        for j in value
    )


def _persona(value: Any) -> PersonaId:
    return PersonaId(_text(value))


def _key(value: Any, name: str, decode: Callable[[Any], T]) -> T:
    return decode(_object(value).get(name))


def _or_none(function: Callable[[Any], T]) -> Callable[[Any], T | None]:
    def optional(value: Any) -> T | None:
        return None if value is None else function(value)

    return optional


def _optional(codec: Codec) -> Codec:
    return Codec(_or_none(codec.encode), _or_none(codec.decode))


TEXT = Codec(_same, _text)
REAL = Codec(float, _real)
WHOLE = Codec(_same, _whole)
FLAG = Codec(bool, _flag)
OPTIONAL_TEXT = _optional(TEXT)
OPTIONAL_REAL = _optional(REAL)
OPTIONAL_WHOLE = _optional(WHOLE)
OPTIONAL_DAY = _optional(Codec(date.isoformat, lambda value: date.fromisoformat(_text(value))))
OPTIONAL_MOMENT = _optional(Codec(_moment_text, _moment))
TEXTS = Codec(list, lambda value: tuple(_text(part) for part in _list(value)))
SCALE = Codec(list, _scale)
ENTRANTS = Codec(_entrants_rows, lambda value: _entrants(_list(value)))
JUDGED = Codec(_judged_rows, lambda value: _judged(_list(value)))
FACTS = Codec(dict, _object)
FACT_LIST = Codec(
    lambda value: [dict(item) for item in value],
    lambda value: tuple(_object(item) for item in _list(value)),
)


def figure(value: Any, default: float) -> float:
    """Return an assumption's figure with the type its default has; ValueError where it is none."""
    return _whole(value) if isinstance(default, int) else _real(value)


def facts(value: Any) -> Mapping[str, Any]:
    """Return a JSON object; ValueError where it is none."""
    return _object(value)
