"""PDFs one after another as one document, tags and all: pieces of a list too long to set at once.

Only for what our own pages are set by, which writes every object plainly: one table of offsets,
no packed objects, flat trees. Anything else is refused, never guessed at (ISO 32000-1, 7.5, 14.7).
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

_REFERENCE: Final = re.compile(rb"(?<![\d.])(\d+) 0 R\b")
_PARENT_KEY: Final = re.compile(rb"/StructParent(s?) (\d+)")
_CELL_ID: Final = re.compile(rb"\(U(\d+x\d+y\d+)\)")
_PAIR: Final = re.compile(rb"(\d+) (\d+ 0 R)")
_NAMED: Final = re.compile(rb"(\([^()]*\))(\d+ 0 R)")
_SHORT_TEXT: Final = re.compile(rb"(\((?:[^()\\]|\\.)*\))", re.DOTALL)
_STREAM: Final = b"\nstream\n"


class UnknownPdfError(ValueError):
    """A PDF is not of the plain kind that can be joined."""


def joined(pieces: Iterable[bytes]) -> bytes:
    """Return one PDF with the pages of all pieces; the first gives title, bookmarks and language.

    Pages keep their marked contents; tables keep the ids of their headings, told apart by piece.

    Raises:
        UnknownPdfError: a piece is of another kind, or one after the first has bookmarks.
    """
    document: _Document | None = None
    for content in pieces:
        piece = _Piece.read(content)
        if document is None:
            document = _Document(piece)
        else:
            document.append(piece)
    if document is None:
        raise UnknownPdfError("nothing to join")
    return document.written()


def pages_in(content: bytes) -> int:
    """Return how many pages a PDF has; raises as `joined`."""
    piece = _Piece.read(content)
    return len(_listed(piece.objects[piece.pages], b"Kids"))


@dataclass(frozen=True, slots=True)
class _Piece:
    """A PDF taken apart: its objects by number, and the numbers of those that hold it together."""

    head: bytes
    objects: Mapping[int, bytes]
    trailer: bytes
    root: int
    pages: int
    tags: int
    body: int

    @classmethod
    def read(cls, content: bytes) -> "_Piece":
        """Take a PDF apart; raises as `joined`."""
        table = int(_found(rb"startxref\s+(\d+)\s+%%EOF\s*\Z", content[-64:]))
        lines = content[table:].split(b"trailer", 1)[0].splitlines()
        if len(lines) < 3 or lines[0] != b"xref" or not lines[1].startswith(b"0 "):
            raise UnknownPdfError("table of offsets")
        starts = [int(line[:10]) for line in lines[3:] if line[17:18] == b"n"]
        if not starts or len(starts) != len(lines) - 3:
            raise UnknownPdfError("table of offsets")
        order = sorted(starts)
        ends = dict(zip(order, [*order[1:], table], strict=True))
        objects = {
            number: _inner(content[start : ends[start]], number)
            for number, start in enumerate(starts, start=1)
        }
        trailer = content.rpartition(b"trailer")[2]
        root = _one(trailer, b"Root")
        tags = _one(objects[root], b"StructTreeRoot")
        kids = _listed(objects[tags], b"K")
        if len(kids) != 1:
            raise UnknownPdfError("tags")
        pages = _one(objects[root], b"Pages")
        head = content[: order[0]]
        return cls(head, objects, trailer, root, pages, tags, int(kids[0].split()[0]))


@dataclass(slots=True)
class _Lists:
    """What grows from piece to piece: pages, tags, and the trees by which these are found."""

    pages: list[bytes] = field(default_factory=list)
    tagged: list[bytes] = field(default_factory=list)
    parents: list[tuple[int, bytes]] = field(default_factory=list)
    ids: list[tuple[bytes, bytes]] = field(default_factory=list)
    next_key: int = 0


class _Document:
    """The document that grows; the objects that hold it together are written last."""

    def __init__(self, first: _Piece) -> None:
        self._first = first
        self._out = bytearray(first.head)
        self._offsets: dict[int, int] = {}
        self._count = max(first.objects)
        self._pieces = 0
        self._lists = _Lists()
        self._add(first, {number: number for number in first.objects})

    def append(self, piece: _Piece) -> None:
        """Put the pages of a piece behind the others."""
        first, dropped = self._first, {piece.root, _one(piece.trailer, b"Info")}
        numbers = {piece.pages: first.pages, piece.tags: first.tags, piece.body: first.body}
        dropped.add(_one(piece.objects[piece.root], b"Metadata"))
        if b"/Outlines" in piece.objects[piece.root]:
            bookmarks = _one(piece.objects[piece.root], b"Outlines")
            dropped.add(bookmarks)
            if b"/First" in piece.objects[bookmarks]:
                raise UnknownPdfError("bookmarks")
        for number in piece.objects:
            if number not in numbers and number not in dropped:
                self._count += 1
                numbers[number] = self._count
        self._add(piece, numbers)

    def _add(self, piece: _Piece, numbers: Mapping[int, int]) -> None:
        lists, part = self._lists, self._pieces
        changed = _Changes(numbers, lists.next_key, part)
        tags = changed(piece.objects[piece.tags])
        parents, next_key = _found(rb"/Nums\[([^\[\]]*)\]", tags), _number(tags)
        lists.pages += _listed(changed(piece.objects[piece.pages]), b"Kids")
        lists.tagged += _listed(changed(piece.objects[piece.body]), b"K")
        lists.parents += [(int(k) + lists.next_key, at) for k, at in _PAIR.findall(parents)]
        if b"/IDTree" in tags:
            names = _found(rb"/IDTree<</Names\[([^\[\]]*)\]", tags)
            lists.ids += _NAMED.findall(names)
        lists.next_key += next_key
        self._pieces += 1
        kept_back = {piece.pages, piece.tags, piece.body}
        for number, inner in piece.objects.items():
            if number in numbers and number not in kept_back:
                self._write(numbers[number], changed(inner))

    def _write(self, number: int, inner: bytes) -> None:
        self._offsets[number] = len(self._out)
        self._out += b"%d 0 obj\n%b\nendobj\n\n" % (number, inner)

    def written(self) -> bytes:
        """Return the document, its trees whole."""
        first, lists, objects = self._first, self._lists, self._first.objects
        count = b"/Count %d" % len(lists.pages)
        pages = re.sub(rb"/Count \d+", count, objects[first.pages], count=1)
        self._write(first.pages, _with(pages, rb"/Kids", lists.pages))
        self._write(first.body, _with(objects[first.body], rb"/K", lists.tagged))
        tags = objects[first.tags]
        tags = _with(tags, rb"/Nums", [b"%d %b" % pair for pair in sorted(lists.parents)])
        tags = _with(tags, rb"/Names", [b"%b%b" % pair for pair in sorted(lists.ids)])
        key = b"/ParentTreeNextKey %d" % lists.next_key
        self._write(first.tags, re.sub(rb"/ParentTreeNextKey \d+", key, tags, count=1))
        table, size = len(self._out), self._count + 1
        self._out += b"xref\n0 %d\n0000000000 65535 f\r\n" % size
        for number in range(1, size):
            self._out += b"%010d 00000 n\r\n" % self._offsets[number]
        trailer = re.sub(rb"/Size \d+", b"/Size %d" % size, first.trailer, count=1)
        self._out += b"trailer" + re.sub(rb"(startxref\s+)\d+", rb"\g<1>%d" % table, trailer)
        return bytes(self._out)


@dataclass(frozen=True, slots=True)
class _Changes:
    """Gives an object of a piece the numbers it has in the whole; texts are left alone."""

    numbers: Mapping[int, int]
    first_key: int
    part: int

    def __call__(self, inner: bytes) -> bytes:
        """Return an object with its references, keys and ids changed."""
        if not self.part:
            return inner
        head, mark, stream = inner.partition(_STREAM)
        if b"(U" in head and head.startswith(b"<</Type/Struct"):
            head = self._with_ids(head)
        return _outside_texts(head, self._referring) + mark + stream

    def _with_ids(self, head: bytes) -> bytes:
        """Tell the ids of headings apart; they stand in these three places only."""
        mine = rb"(P%05dU\1)" % self.part
        places = rb"/ID\([^()]*\)|/Headers\[[^\[\]]*\]|/IDTree<</Names\[[^\[\]]*\]"
        return re.sub(places, lambda found: _CELL_ID.sub(mine, found[0]), head)

    def _referring(self, plain: bytes) -> bytes:
        plain = _PARENT_KEY.sub(
            lambda found: b"/StructParent%b %d" % (found[1], int(found[2]) + self.first_key), plain
        )
        return _REFERENCE.sub(lambda found: b"%d 0 R" % self._number(int(found[1])), plain)

    def _number(self, old: int) -> int:
        new = self.numbers.get(old)
        if new is None:
            raise UnknownPdfError("reference")
        return new


def _outside_texts(head: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """Change what does not stand in brackets, where a text could look like a reference."""
    if b"(" not in head:
        return change(head)
    parts = _SHORT_TEXT.split(head)
    if not any(b"(" in part for part in parts[::2]):
        parts[::2] = [change(part) for part in parts[::2]]
        return b"".join(parts)
    return _outside_nested(head, change)


def _outside_nested(head: bytes, change: Callable[[bytes], bytes]) -> bytes:
    parts, start, depth, at = [], 0, 0, 0
    while at < len(head):
        letter = head[at : at + 1]
        if letter == b"\\":
            at += 1
        elif letter == b"(":
            if not depth:
                parts.append(change(head[start:at]))
                start = at
            depth += 1
        elif letter == b")":
            depth -= 1
            if not depth:
                parts.append(head[start : at + 1])
                start = at + 1
        at += 1
    return b"".join([*parts, change(head[start:])])


def _inner(content: bytes, number: int) -> bytes:
    """Return what stands between the marks of an object."""
    mark = b"%d 0 obj\n" % number
    body = content.rstrip()
    if not body.startswith(mark) or not body.endswith(b"\nendobj"):
        raise UnknownPdfError("object")
    return body[len(mark) : -len(b"\nendobj")]


def _found(pattern: bytes, content: bytes) -> bytes:
    found = re.search(pattern, content)
    if found is None:
        raise UnknownPdfError(pattern.decode())
    return found[1]


def _one(content: bytes, key: bytes) -> int:
    """Return the number of the object a key refers to."""
    return int(_found(rb"/%b (\d+) 0 R" % key, content))


def _number(tags: bytes) -> int:
    return int(_found(rb"/ParentTreeNextKey (\d+)", tags))


def _listed(content: bytes, key: bytes) -> list[bytes]:
    """Return the references a key lists."""
    return re.findall(rb"\d+ 0 R", _found(rb"/%b\[([^\[\]]*)\]" % key, content))


def _with(content: bytes, key: bytes, values: Sequence[bytes]) -> bytes:
    """Return an object whose first list under a key holds other values."""
    told = b"%b[%b]" % (key, b" ".join(values))
    return re.sub(rb"%b\[[^\[\]]*\]" % key, lambda _found: told, content, count=1)
