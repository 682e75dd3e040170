"""Values as plain JSON and back, by the types their classes declare.

Whole numbers are written as such whatever their type, so that a record has the same text (and
the same hash) before and after it went through a file format that writes 20000.0 as 20000.
"""

import math
import types
import typing
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar, cast

T = TypeVar("T")
_WHOLE_BELOW = 2.0**53


def plain(value: object) -> Any:
    """Return a value of dataclasses, mappings, sequences, dates and numbers as plain JSON.

    Raises:
        ValueError: a number that is not finite, or a value of another kind.
    """
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    return _plain_parts(value)


def _plain_parts(value: object) -> Any:
    if isinstance(value, bytes):
        return b64encode(value).decode("ascii")
    if isinstance(value, Mapping):
        if None in value:  # no text can stand for it: pairs
            return [[plain(key), plain(part)] for key, part in value.items()]
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    raise ValueError(f"{type(value).__name__} has no place in a record")


def made(kind: type[T], value: Mapping[str, Any]) -> T:
    """Return an object of a dataclass from what `plain` wrote.

    Fields this version does not know are left out; fields it knows and the record lacks take
    their defaults, so that a record of another version stays readable.

    Raises:
        ValueError: a field without default is missing, or a value is not what it should be.
    """
    found: dict[str, Any] = {}
    for name, hint, required in _shape(cast(Any, kind)):
        if name in value:
            found[name] = _read(hint, value[name])
        elif required:
            raise ValueError(f"{kind.__name__} without {name}")
    return kind(**found)


def _number(value: float) -> float | int:
    if not math.isfinite(value):
        raise ValueError("a number that is not finite")
    return int(value) if value == int(value) and abs(value) < _WHOLE_BELOW else value


@cache
def _shape(kind: type) -> tuple[tuple[str, Any, bool], ...]:
    hints = typing.get_type_hints(kind)
    return tuple(
        (f.name, hints[f.name], f.default is MISSING and f.default_factory is MISSING)
        for f in fields(cast(Any, kind))
    )


def _read(hint: Any, value: Any) -> Any:
    """Return a value as its declared type has it."""
    origin = typing.get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        return _read_optional(hint, value)
    if origin is typing.Literal:
        return value
    if origin is tuple:
        return _read_tuple(typing.get_args(hint), value)
    if origin is not None:
        return _read_parts(typing.get_args(hint), value)
    while hasattr(hint, "__supertype__"):
        hint = hint.__supertype__
    return _read_single(hint, value)


def _read_parts(arguments: tuple[Any, ...], value: Any) -> Any:
    """Return a mapping, or a sequence as a tuple."""
    if len(arguments) == 1:
        return _read_tuple((arguments[0], Ellipsis), value)
    key, part = arguments if len(arguments) == 2 else (str, object)
    pairs = value.items() if isinstance(value, Mapping) else value
    if not isinstance(value, Mapping | list):
        raise ValueError(f"expected an object, found {type(value).__name__}")
    return {_read(_plain_key(key), k): _read(part, v) for k, v in pairs}


def _plain_key(key: Any) -> Any:
    return _Whole if key is int else key


class _Whole:
    """Stands for whole numbers as keys: JSON has texts there."""


def _read_optional(hint: Any, value: Any) -> Any:
    parts = [part for part in typing.get_args(hint) if part is not type(None)]
    if value is None:
        return None
    # float | int stands for "a number, as it came".
    return value if len(parts) > 1 else _read(parts[0], value)


def _read_tuple(parts: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError(f"expected a list, found {type(value).__name__}")
    if len(parts) == 2 and parts[1] is Ellipsis:
        return tuple(_read(parts[0], part) for part in value)
    return tuple(_read(kind, part) for kind, part in zip(parts, value, strict=True))


def _read_single(hint: Any, value: Any) -> Any:
    if hint is object or hint is Any or not isinstance(hint, type):
        return value
    if hint is _Whole:
        return int(value)
    if is_dataclass(hint):
        return made(cast(Any, hint), value)
    if issubclass(hint, Enum):
        return hint(value)
    return _read_simple(hint, value)


def _read_simple(hint: Any, value: Any) -> Any:
    if hint in (datetime, date):
        return hint.fromisoformat(value)
    if hint is bytes and isinstance(value, str):
        return b64decode(value, validate=True)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if hint is float and is_number:
        return float(value)
    if hint is int and is_number and value == int(value):
        return int(value)
    if hint in (str, bool) and isinstance(value, hint):
        return value
    raise ValueError(f"expected {hint}, found {type(value).__name__}")
