"""Reading a large JSON object a value at a time, so that memory holds one answer, not all."""

import json
import math
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import NamedTuple, NoReturn

from storage.errors import DumpError, ImportProblem

_CHUNK = 1 << 18
# One value is one answer, one journey or the like; a larger one is no Waymark JSON.
LARGEST_VALUE = 1 << 28
_SPACE = " \t\n\r"


class Item(NamedTuple):
    """One value found: under which top-level key, its place in a list (else None), the value."""

    key: str
    element: int | None
    value: object


def top_level_items(path: Path) -> Iterator[Item]:
    """Yield each top-level value of the JSON object in `path`; lists element by element.

    An empty list yields nothing.

    Raises:
        ImportProblem: missing, a directory, blank, or not UTF-8.
        DumpError: not JSON, not an object, a key given twice, a number that is not finite.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from _Scanner(path, file).items()
    except FileNotFoundError:
        raise ImportProblem(path, "", "missing") from None
    except IsADirectoryError:
        raise ImportProblem(path, "", "directory") from None
    except UnicodeDecodeError as error:
        raise ImportProblem(path, "", "encoding", str(error.reason)) from None
    except OSError as error:
        raise ImportProblem(path, "", "unreadable", str(error.strerror)) from None


class _Scanner:
    """A window that moves over the text; values are decoded where it stands."""

    def __init__(self, path: Path, file: TextIOWrapper) -> None:
        self._path, self._file = path, file
        self._text, self._at, self._line, self._ended = "", 0, 1, False
        self._decoder = json.JSONDecoder(
            parse_float=_finite, parse_constant=_not_a_number, strict=True
        )

    def items(self) -> Iterator[Item]:
        """Yield the items of the one object the text holds."""
        if self._peek() == "":
            raise ImportProblem(self._path, "", "blank")
        self._take("{", "not_an_object")
        seen: set[str] = set()
        while self._peek() != "}":
            if seen:
                self._take(",", "not_json")
            key = self._key(seen)
            self._take(":", "not_json")
            if self._peek() == "[":
                yield from self._elements(key)
            else:
                yield Item(key, None, self._value(key))
        self._take("}", "not_json")
        if self._peek() != "":
            self._fail("not_json", "more text after the end")

    def _key(self, seen: set[str]) -> str:
        if self._peek() != '"':
            self._fail("not_json", "a key was expected")
        key = self._value("")
        assert isinstance(key, str)
        if key in seen:
            raise DumpError("key_twice", place=key, detail=f"line {self._line}")
        seen.add(key)
        return key

    def _elements(self, key: str) -> Iterator[Item]:
        self._take("[", "not_json")
        index = 0
        while self._peek() != "]":
            if index:
                self._take(",", "not_json")
            yield Item(key, index, self._value(f"{key}[{index}]"))
            index += 1
        self._take("]", "not_json")

    def _value(self, place: str) -> object:
        """Decode one value, reading on until it is whole."""
        self._peek()
        size = _CHUNK
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if self._ended:
                    self._line += self._text.count("\n", self._at, error.pos)
                    self._fail("not_json", error.msg)
            except RecursionError:
                raise DumpError("too_deep", place=place, detail="") from None
            except ValueError as error:
                raise DumpError("not_finite", place=place, detail=str(error)[:60]) from None
            else:
                # A number that touches the window's end may go on behind it.
                if end < len(self._text) or self._ended:
                    self._check_text(place, self._text, self._at, end)
                    self._move(end)
                    return value
            if len(self._text) - self._at > LARGEST_VALUE:
                raise DumpError("too_large", place=place, detail=f"line {self._line}")
            self._read(size)
            size *= 2

    @staticmethod
    def _check_text(place: str, text: str, start: int, end: int) -> None:
        """Refuse half a surrogate pair, which JSON can spell but no file can hold."""
        if text.find("\\ud", start, end) < 0 and text.find("\\uD", start, end) < 0:
            return
        try:
            json.dumps(json.loads(text[start:end]), ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise DumpError("not_text", place=place, detail="half a surrogate pair") from None

    def _peek(self) -> str:
        """Return the next character that is no space, "" at the end."""
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in _SPACE:
                    return self._text[self._at]
                self._move(self._at + 1)
            if self._ended:
                return ""
            self._read(_CHUNK)

    def _take(self, expected: str, reason: str) -> None:
        if self._peek() != expected:
            self._fail(reason, f"{expected!r} was expected")
        self._move(self._at + 1)

    def _move(self, end: int) -> None:
        self._line += self._text.count("\n", self._at, end)
        self._at = end

    def _read(self, size: int) -> None:
        more = self._file.read(size)
        self._ended = not more
        self._text, self._at = self._text[self._at :] + more, 0

    def _fail(self, reason: str, detail: str) -> NoReturn:
        raise DumpError(reason, place=f"line {self._line}", detail=detail)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def _not_a_number(text: str) -> NoReturn:
    raise ValueError(text)
