"""Reads a big sheet of an XLSX workbook piece by piece (in the child process).

Calamine gives no row before it has read the last one, and keeps all cells of a sheet meanwhile.
So the sheet's XML is cut between two rows as it is unpacked, and each piece is given to calamine
as a sheet of a small workbook with the same styles and texts: what a cell says is calamine's word
as ever. Threads read the next pieces while the rows of one are sent, and little of the sheet is in
memory at a time. A sheet that could come out otherwise than whole is `UnsuitedError`.
"""

import io
import re
import zipfile
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from queue import Full, Queue
from threading import Event, Thread
from typing import IO, Final, NamedTuple, TypeVar

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

PIECE_BYTES: Final = 1024 * 1024
# Texts and styles are read once for each of the small workbooks: its pieces must weigh more, but
# not too much for the memory; where they cannot, there has to be one such workbook only.
_PIECES_TO_OTHERS: Final = 8
_LEAST_TO_OTHERS: Final = 4
_MOST_BYTES: Final = 32 * 1024 * 1024
_MOST_HEAD_BYTES: Final = 256 * 1024
# How many pieces' worth of text may come before rows can be parted.
_MOST_BETWEEN: Final = 4
# Pieces, or small workbooks, that are ready before they are wanted.
_WAITING: Final = 2
_POLL_SECONDS: Final = 0.1
_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
# Pictures, properties and colours say nothing about cells.
_SAYS_SOMETHING: Final = re.compile(r"(?!docProps/|xl/theme/).+\.(xml|rels)", re.IGNORECASE)
_BOOK: Final = "xl/workbook.xml"
_SHEET_OF_BOOK: Final = re.compile(rb"<sheet [^<>]*/>")
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_RELATIONS_END: Final = b"</Relationships>"
_RELATION_TYPE: Final = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
)
_BEGIN, _END = b"<sheetData>", b"</sheetData>"
_ROW_END: Final = b"</row>"
_BETWEEN_ROWS: Final = _ROW_END + b"<row "
# A row that does not say its number would be counted from the start of its piece.
_NUMBERED: Final = re.compile(rb'<row (?:[^<>]* )?r="[0-9]')
# Markup in which the end of a row is none: comments, CDATA, declarations, instructions.
_OTHER_MARKUP: Final = (b"!", b"?")


Item = TypeVar("Item")


class UnsuitedError(Exception):
    """The sheet has to be read whole."""


class Piece(NamedTuple):
    """Some rows of a sheet, as calamine read them.

    Attributes:
        name, visible: of the sheet. share: of the sheet's XML that is in the piece.
        last: no further piece comes; only this one knows what is merged in the whole sheet.
    """

    sheet: CalamineSheet
    name: str
    visible: bool
    share: float
    last: bool


def read_pieces(content: bytes, piece_bytes: int = PIECE_BYTES) -> Generator[Piece, None, None]:
    """Yield the pieces of a workbook's only sheet, while threads read those that follow.

    Raises:
        UnsuitedError: it has several sheets, is too small to be worth it, or is written so that a
            piece could say something else than the whole.
        CalamineError, zipfile.BadZipFile, zlib.error: it is damaged.
    """
    # Threads take address space for good: they are started where they are of use only.
    plan = _Plan(content, piece_bytes)
    # One unpacks and cuts, one has calamine read.
    return _ahead(_pieces(_ahead(_workbooks(plan))))


class _Ended(NamedTuple):
    """No further item comes; the error says why not, where not all came."""

    error: BaseException | None


def _ahead(found: Generator[Item, None, None]) -> Generator[Item, None, None]:
    """Yield items that a thread takes from a generator ahead of time."""
    waiting: Queue[Item | _Ended] = Queue(_WAITING)
    stop = Event()
    worker = Thread(target=_hand_over, args=(found, waiting, stop), daemon=True)
    worker.start()
    try:
        while not isinstance(item := waiting.get(), _Ended):
            yield item
        if item.error is not None:
            raise item.error
    finally:
        stop.set()
        worker.join()


def _hand_over(
    found: Generator[Item, None, None], waiting: "Queue[Item | _Ended]", stop: Event
) -> None:
    """Hand items on until nobody wants them."""
    ended = _Ended(None)
    try:
        with closing(found):
            for item in found:
                if not _is_taken(item, waiting, stop):
                    return
    # Who waits raises it; it tells apart what it knows.
    except BaseException as error:  # noqa: BLE001 - a border between threads
        ended = _Ended(error)
    _is_taken(ended, waiting, stop)


def _is_taken(item: "Item | _Ended", waiting: "Queue[Item | _Ended]", stop: Event) -> bool:
    while not stop.is_set():
        try:
            waiting.put(item, timeout=_POLL_SECONDS)
        except Full:
            continue
        return True
    return False


class _Plan:
    """What is read of a workbook, and how much of it at a time.

    Attributes:
        sheet: the part that is cut. parts: the others that say what its cells mean.
        together: bytes of one small workbook. first: of the first, whose rows are waited for.
    """

    def __init__(self, content: bytes, piece_bytes: int) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(content))
        self.sheet, self.parts = _parted(self.archive)
        self.piece_bytes = piece_bytes
        weight = sum(member.file_size for member in self.parts)
        self.together = min(max(piece_bytes, _PIECES_TO_OTHERS * weight), _MOST_BYTES)
        size, least = self.sheet.file_size, _LEAST_TO_OTHERS * weight
        if size < 2 * piece_bytes or size > self.together < least:
            raise UnsuitedError
        self.first = max(piece_bytes, weight) if size > least else self.together


class _Workbook(NamedTuple):
    """A small workbook.

    Attributes:
        shares: of the sheet's XML, how much is in each of its sheets.
        last: no further one comes.
    """

    content: IO[bytes]
    shares: Sequence[float]
    last: bool


def _workbooks(plan: _Plan) -> Generator[_Workbook, None, None]:
    """Yield small workbooks of one piece or more, all of them together the whole sheet."""
    size, most = plan.sheet.file_size, plan.first
    parts = {member.filename: plan.archive.read(member) for member in plan.parts}
    texts: list[bytes] = []
    with plan.archive.open(plan.sheet) as stream:
        for text, last in _cut(stream, plan.piece_bytes):
            texts.append(text)
            if last or sum(map(len, texts)) >= most:
                most = plan.together
                shares = [len(text) / size for text in texts]
                content = _written(parts, plan.sheet.filename, texts)
                texts.clear()
                yield _Workbook(content, shares, last)


def _pieces(workbooks: Generator[_Workbook, None, None]) -> Generator[Piece, None, None]:
    """Have calamine read small workbooks."""
    with closing(workbooks):
        for content, shares, last in workbooks:
            with CalamineWorkbook.from_object(content) as workbook:
                facts = workbook.sheets_metadata
                if len(facts) != len(shares) or facts[0].typ != SheetTypeEnum.WorkSheet:
                    raise UnsuitedError
                visible = facts[0].visible == SheetVisibleEnum.Visible
                for place, share in enumerate(shares):
                    sheet = workbook.get_sheet_by_index(place)
                    ends = last and place == len(shares) - 1
                    yield Piece(sheet, facts[0].name, visible, share, ends)


def _parted(archive: zipfile.ZipFile) -> tuple[zipfile.ZipInfo, list[zipfile.ZipInfo]]:
    """Return the only sheet of an archive and the other parts that say what its cells mean."""
    members = archive.infolist()
    sheets = [member for member in members if _SHEET.fullmatch(member.filename)]
    if len(sheets) != 1 or len({member.filename.lower() for member in members}) < len(members):
        raise UnsuitedError
    others = [each for each in members if _SAYS_SOMETHING.fullmatch(each.filename)]
    return sheets[0], [each for each in others if each is not sheets[0]]


def _cut(stream: IO[bytes], piece_bytes: int) -> Iterator[tuple[bytes, bool]]:
    """Yield the XML of whole sheets with a part of the rows each, and whether it is the last."""
    text = stream.read(piece_bytes)
    begin = text.find(_BEGIN, 0, _MOST_HEAD_BYTES) + len(_BEGIN)
    # What declares the document stands before everything else; only it may.
    if begin < len(_BEGIN) or text.find(b"<?", 1, begin) > 0 or text.find(b"<!", 0, begin) >= 0:
        raise UnsuitedError
    head, left = text[:begin], text[begin:]
    while more := stream.read(piece_bytes):
        text = left + more
        # The tag that begins the next row has to be whole.
        end = text.rfind(_BETWEEN_ROWS, 0, text.rfind(b">")) + len(_ROW_END)
        if end < len(_ROW_END):
            # One row, or what follows them all; else its rows stand apart from each other.
            if len(text) > _MOST_BETWEEN * piece_bytes:
                raise UnsuitedError
            left = text
            continue
        rows, left = text[:end], text[end:]
        _check(rows)
        if not _NUMBERED.match(left) or _END in rows:
            raise UnsuitedError
        yield head + rows + _END + b"</worksheet>", False
    _check(left)
    yield head + left, True


def _check(rows: bytes) -> None:
    """Refuse markup in which the end of a row is none."""
    for sign in _OTHER_MARKUP:
        # Looking for one byte takes next to nothing.
        if sign in rows and b"<" + sign in rows:
            raise UnsuitedError


def _written(parts: Mapping[str, bytes], first: str, texts: Sequence[bytes]) -> IO[bytes]:
    """Return a workbook of some sheets, nothing of it compressed.

    Args:
        first: what the part of the first sheet is called; the workbook knows of that one only.
    """
    book, relations = parts.get(_BOOK, b""), parts.get(_RELATIONS, b"")
    known = _SHEET_OF_BOOK.findall(book)
    if len(known) != 1 or _RELATIONS_END not in relations:
        raise UnsuitedError
    # No sheet of a workbook may have a name like this.
    more = [f"piece/{number}" for number in range(1, len(texts))]
    sheets = "".join(
        f'<sheet name="{at}" sheetId="9{n}" r:id="{at}"/>' for n, at in enumerate(more)
    )
    related = "".join(
        f'<Relationship Id="{at}" Type="{_RELATION_TYPE}" Target="worksheets/{at}.xml"/>'
        for at in more
    )
    changed = {
        _BOOK: book.replace(known[0], known[0] + sheets.encode()),
        _RELATIONS: relations.replace(_RELATIONS_END, related.encode() + _RELATIONS_END),
    }
    names = [first, *(f"xl/worksheets/{at}.xml" for at in more)]
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, part in {**parts, **changed, **dict(zip(names, texts, strict=True))}.items():
            archive.writestr(name, part)
    written.seek(0)
    return written
