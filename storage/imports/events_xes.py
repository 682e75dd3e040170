"""XES event logs, streamed: traces with their events, one at a time.

Entities and document types are refused: a log needs none, and a stranger's could grow without end.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from storage.errors import ImportProblem
from storage.imports.file_kind import (
    MAX_RATIO,
    RATIO_FREE_BYTES,
    UNPACKING_ERRORS,
    look_at_file,
    open_bytes,
)

NAME: Final = "concept:name"
TIME: Final = "time:timestamp"
LIFECYCLE: Final = "lifecycle:transition"
_MAX_DEPTH: Final = 64


@dataclass(frozen=True, slots=True)
class Trace:
    """One case of the file.

    Attributes:
        attributes: of the case. events: of each event, by key, in the file's order.
        number: from 1.
    """

    number: int
    attributes: dict[str, str]
    events: list[dict[str, str]]


class _Counted:
    """A stream that knows how far it was read, and refuses to unpack without end."""

    def __init__(self, path: Path, stream: IO[bytes], packed: bool) -> None:
        self._path, self._stream, self._packed = path, stream, packed
        self._limit = MAX_RATIO * path.stat().st_size
        self.done = 0

    def read(self, size: int = -1) -> bytes:
        part = self._stream.read(size)
        self.done += len(part)
        if self._packed and self.done > max(self._limit, RATIO_FREE_BYTES):
            raise ImportProblem(self._path, "", "too_large", f"more than {MAX_RATIO}:1 packed")
        return part

    def close(self) -> None:
        self._stream.close()


def read_traces(path: Path) -> Iterator[Trace]:
    """Yield the traces of an XES file, plain or packed.

    Raises:
        ImportProblem: missing, not_what_it_claims, damaged (cut or not XML), unsafe, too_large.
    """
    found = look_at_file(path)
    if found.kind != "xes":
        raise ImportProblem(path, "", "not_what_it_claims", f"xes: {found.kind}")
    stream = _Counted(path, open_bytes(path), bool(found.packing))
    traces = 0
    try:
        for trace in _traces(path, stream):
            traces += 1
            yield trace
    except ParseError as error:
        raise ImportProblem(path, f"trace {traces + 1}", "damaged", str(error)) from error
    except DefusedXmlException as error:
        raise ImportProblem(path, "", "unsafe", type(error).__name__) from error
    except (*UNPACKING_ERRORS, UnicodeError, ValueError, LookupError) as error:
        raise ImportProblem(path, f"trace {traces + 1}", "damaged", str(error)) from error
    finally:
        stream.close()


def _traces(path: Path, stream: _Counted) -> Iterator[Trace]:
    depth = number = 0
    root: Element | None = None
    parsed: Iterator[tuple[str, Any]] = iterparse(stream, events=("start", "end"), forbid_dtd=True)
    for event, element in parsed:
        if event == "start":
            root = element if root is None else root
            depth += 1
            if depth > _MAX_DEPTH:
                raise ImportProblem(path, "", "unsafe", f"more than {_MAX_DEPTH} levels")
            continue
        depth -= 1
        if depth != 1 or root is None:
            continue
        if _tag(element) == "trace":
            number += 1
            yield _trace(number, element)
        # What was read is let go, or the whole file would stay in memory.
        root.clear()


def _trace(number: int, element: Element) -> Trace:
    events = [_attributes(child) for child in element if _tag(child) == "event"]
    return Trace(number, _attributes(element), events)


def _attributes(element: Element) -> dict[str, str]:
    """Return the plain attributes of a trace or event; lists and their members are passed over."""
    found = {}
    for child in element:
        key, value = child.get("key"), child.get("value")
        if key is not None and value is not None:
            found[key] = value
    return found


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
