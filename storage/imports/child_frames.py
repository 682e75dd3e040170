"""What passes between the process that reads a workbook and the one that asked for it.

A frame is one byte of kind, four bytes of length (big-endian), and the content. Nothing in it can
be executed: rows are CSV in UTF-8, facts are JSON, the rest is an error.
"""

import json
import struct
from typing import IO, Any, Final

# Facts about the table: sheets, columns, encoding.
FACTS: Final = b"F"
# CSV records, whole ones.
ROWS: Final = b"R"
# Line numbers that go on a row begun before, as JSON.
TALL: Final = b"T"
# Forget the rows so far; they come again.
AGAIN: Final = b"A"
# The reason, the place and the detail of a refusal.
REFUSED: Final = b"E"
# Everything was sent.
DONE: Final = b"D"

_HEAD: Final = struct.Struct(">cI")
_KINDS: Final = frozenset({FACTS, ROWS, TALL, AGAIN, REFUSED, DONE})
MAX_FRAME_BYTES: Final = 64 * 1024**2


class FrameError(ValueError):
    """The other side does not keep to the framing, or stopped in the middle of a frame."""


def send(stream: IO[bytes], kind: bytes, content: bytes = b"") -> None:
    """Write one frame."""
    stream.write(_HEAD.pack(kind, len(content)))
    stream.write(content)


def send_facts(stream: IO[bytes], kind: bytes, facts: object) -> None:
    """Write one frame of JSON."""
    send(stream, kind, json.dumps(facts).encode())


def receive(stream: IO[bytes]) -> tuple[bytes, bytes] | None:
    """Read one frame as (kind, content); None at the end.

    Raises:
        FrameError: not a frame, or a part of one.
    """
    head = stream.read(_HEAD.size)
    if not head:
        return None
    if len(head) < _HEAD.size:
        raise FrameError("cut")
    kind, length = _HEAD.unpack(head)
    if kind not in _KINDS or length > MAX_FRAME_BYTES:
        raise FrameError("no frame")
    content = stream.read(length)
    if len(content) < length:
        raise FrameError("cut")
    return kind, content


def facts_of(content: bytes) -> Any:
    """Return the JSON of a frame.

    Raises:
        FrameError: it is none.
    """
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise FrameError("no JSON") from error
