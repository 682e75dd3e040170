"""Reads a spreadsheet in the child process: limits first, then sheet by sheet."""

import io
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from typing import IO, Any, Final

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from storage.imports import child_frames as frames
from storage.imports.child_formulas import unsaved_formulas
from storage.imports.child_limits import Limits, size_words
from storage.imports.child_pieces import PIECE_BYTES, Piece, UnsuitedError, read_pieces
from storage.imports.child_rows import BLOCK_ROWS, DatesDifferError, RowSender

_OLE: Final = b"\xd0\xcf\x11\xe0"
# A sheet that cannot be cut, or is spoilt, or whatever else the reading of archives raises.
_NOT_IN_PIECES: Final = (
    UnsuitedError,
    CalamineError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    MemoryError,
)
# What the container of an encrypted workbook calls its content.
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")


class RefusedError(Exception):
    """The file is not read: the reason, and more facts."""

    def __init__(self, reason: str, detail: str = "", place: str = "") -> None:
        self.reason, self.detail, self.place = reason, detail, place
        super().__init__(reason)


class _Seen:
    """A sheet that was looked at; the rows are dropped once another is chosen."""

    __slots__ = ("columns", "name", "rows", "sheet", "visible")

    def __init__(
        self, name: str, visible: bool, size: tuple[int, int], sheet: CalamineSheet | None = None
    ) -> None:
        """Take rows and columns as its size, -1 where it was not looked into."""
        self.name, self.visible, self.sheet = name, visible, sheet
        self.rows, self.columns = size


def read_workbook(data: bytes, wanted: str | None, limits: Limits, out: IO[bytes]) -> str:
    """Send one sheet of a workbook: the one wanted, else the one with most rows.

    Args:
        data: the file, unpacked where it was packed.

    Returns:
        The encoding of its texts.

    Raises:
        RefusedError: over a limit, a password, or no such sheet.
    """
    check_container(data, limits)
    if unsaved := unsaved_formulas(data):
        frames.send_facts(out, frames.FACTS, {"unsaved_formulas": unsaved})
    if not sent_in_pieces(data, wanted, limits, out):
        send_whole(data, wanted, limits, out)
    return "utf-8"


def send_whole(data: bytes, wanted: str | None, limits: Limits, out: IO[bytes]) -> None:
    """Have calamine read every sheet, or the one wanted, and send the rows of one."""
    with CalamineWorkbook.from_object(io.BytesIO(data)) as workbook:
        sheets = list(_sheets(workbook, wanted))
    chosen = _chosen(sheets, wanted)
    _check_size(chosen, limits)
    frames.send_facts(out, frames.FACTS, _facts(sheets, chosen))
    if chosen.sheet is not None and chosen.rows:
        sheet, fills = chosen.sheet, _fills(chosen.sheet)
        sender = RowSender(out)
        _repeated(sender, lambda: _send_rows(sheet, sender, fills))


def sent_in_pieces(
    data: bytes,
    wanted: str | None,
    limits: Limits,
    out: IO[bytes],
    piece_bytes: int = PIECE_BYTES,
) -> bool:
    """Send the rows of a workbook's only sheet as they come; False where none of them counts.

    What is refused, and why, is only ever said where the sheet is read whole.
    """
    sender = RowSender(out)
    try:
        if data.startswith(_OLE):
            raise UnsuitedError
        _repeated(sender, lambda: _Pieces(wanted, limits, sender).send(data, piece_bytes))
    except _NOT_IN_PIECES:
        frames.send(out, frames.AGAIN)
        return False
    return True


class _Pieces:
    """What was sent of a sheet so far: as many rows, and columns from `left` on."""

    def __init__(self, wanted: str | None, limits: Limits, sender: RowSender) -> None:
        self._wanted, self._limits, self._sender = wanted, limits, sender
        self._rows = self._left = self._width = 0

    def send(self, data: bytes, piece_bytes: int) -> None:
        """Send all of it.

        Raises:
            UnsuitedError: a piece shows that the sheet has to be read whole.
            DatesDifferError: as `RowSender.send`.
        """
        with closing(read_pieces(data, piece_bytes)) as pieces:
            for piece in pieces:
                if self._wanted is not None and not _is_named(piece.name, self._wanted):
                    raise UnsuitedError
                self._send(piece)
                if piece.last:
                    self._end(piece)

    def _end(self, piece: Piece) -> None:
        """Say how many rows there were, unless some were to be filled in."""
        if any(
            left == right and 0 < top < bottom
            for (top, left), (bottom, right) in piece.sheet.merged_cell_ranges or ()
        ):
            raise UnsuitedError
        self._tell(piece, self._rows)

    def _send(self, piece: Piece) -> None:
        sheet = piece.sheet
        if sheet.start is None or sheet.end is None:
            return
        (top, left), (bottom, right) = sheet.start, sheet.end
        if not self._width:
            self._left, self._width = left, right + 1 - left
            self._tell(piece, round((bottom + 1) / piece.share))
        before, after = left - self._left, self._left + self._width - 1 - right
        if before < 0 or after < 0 or top < self._rows or self._is_beyond(bottom + 1):
            raise UnsuitedError
        for start in range(self._rows, top, BLOCK_ROWS):
            self._sender.send([("",) * min(BLOCK_ROWS, top - start)] * self._width)
        self._rows = bottom + 1
        rows = iter(sheet.to_python())
        while block := list(islice(rows, BLOCK_ROWS)):
            blank = ("",) * len(block)
            cells = zip(*block, strict=True)
            self._sender.send([*[blank] * before, *cells, *[blank] * after])

    def _is_beyond(self, rows: int) -> bool:
        limits, width = self._limits, self._width
        return rows > limits.rows or width > limits.columns or rows * width > limits.cells

    def _tell(self, piece: Piece, rows: int) -> None:
        seen = _Seen(piece.name, piece.visible, (rows, self._width))
        self._sender.tell(_facts([seen], seen))


def check_container(data: bytes, limits: Limits) -> None:
    """Refuse an archive that unpacks to too much, and a workbook under a password.

    Raises:
        RefusedError: too_large or password.
    """
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise RefusedError("password")
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        if len(members) > limits.members:
            raise RefusedError("too_large", f"{len(members):,} parts > {limits.members:,}")
        size = sum(member.file_size for member in members)
        if size > limits.unzipped_bytes:
            most = size_words(limits.unzipped_bytes)
            raise RefusedError("too_large", f"{size_words(size)} unpacked > {most}")
        if size > limits.ratio_free_bytes and size > limits.ratio * len(data):
            raise RefusedError("too_large", f"{size / len(data):,.0f}:1 packed > {limits.ratio}:1")
        if any(member.flag_bits & 1 for member in members):
            raise RefusedError("password")
        if b"encryption-data" in _manifest(archive):
            raise RefusedError("password")


def _manifest(archive: zipfile.ZipFile) -> bytes:
    """Return the list of an OpenDocument's parts, which says whether they are encrypted."""
    try:
        with archive.open("META-INF/manifest.xml") as part:
            return part.read(1024 * 1024)
    except KeyError:
        return b""


def _sheets(workbook: CalamineWorkbook, wanted: str | None) -> Iterator[_Seen]:
    """Look at every sheet; the rows are kept of the one that is best so far only."""
    best: _Seen | None = None
    single = len(workbook.sheets_metadata) == 1
    for place, facts in enumerate(workbook.sheets_metadata):
        if facts.typ != SheetTypeEnum.WorkSheet:
            continue
        visible = facts.visible == SheetVisibleEnum.Visible
        if wanted is not None and not single and not _is_named(facts.name, wanted):
            # Nothing else is wanted: the others need not be unpacked.
            yield _Seen(facts.name, visible, (-1, -1))
            continue
        sheet = workbook.get_sheet_by_index(place)
        rows = sheet.end[0] + 1 if sheet.end else 0
        seen = _Seen(facts.name, visible, (rows, sheet.width), sheet)
        if best is None or _better(seen, best):
            if best is not None:
                best.sheet = None
            best = seen
        else:
            seen.sheet = None
        yield seen


def _is_named(name: str, wanted: str) -> bool:
    return name.strip().casefold() == wanted.strip().casefold()


def _better(seen: _Seen, best: _Seen) -> bool:
    """Compare by rows; a hidden sheet only counts where no other has any."""
    return (seen.visible and seen.rows > 0, seen.rows) > (best.visible and best.rows > 0, best.rows)


def _chosen(sheets: list[_Seen], wanted: str | None) -> _Seen:
    if not sheets:
        raise RefusedError("not_a_table")
    if wanted is not None:
        named = [seen for seen in sheets if _is_named(seen.name, wanted)]
        if not named:
            raise RefusedError("sheet", ", ".join(seen.name for seen in sheets), wanted)
        return named[0]
    return next((seen for seen in sheets if seen.sheet is not None), sheets[0])


def _check_size(chosen: _Seen, limits: Limits) -> None:
    place = chosen.name
    if chosen.columns > limits.columns:
        raise RefusedError("too_large", f"{chosen.columns:,} columns > {limits.columns:,}", place)
    if chosen.rows > limits.rows:
        raise RefusedError("too_large", f"{chosen.rows:,} rows > {limits.rows:,}", place)
    cells = chosen.rows * chosen.columns
    if cells > limits.cells:
        raise RefusedError("too_large", f"{cells:,} cells > {limits.cells:,}", place)


def _facts(sheets: list[_Seen], chosen: _Seen) -> dict[str, Any]:
    return {
        "encoding": "utf-8",
        "sheet": chosen.name,
        "sheets": [
            {
                "name": seen.name,
                "rows": seen.rows,
                "columns": seen.columns,
                "visible": seen.visible,
            }
            for seen in sheets
        ],
    }


def _repeated(sender: RowSender, send: Callable[[], None]) -> None:
    """Send rows, once more where they show how the dates of a column are to be written."""
    while True:
        try:
            send()
        except DatesDifferError:
            sender.restart()
        else:
            return


def _send_rows(sheet: CalamineSheet, sender: RowSender, fills: dict[int, list[int]]) -> None:
    rows = sheet.iter_rows()
    above: list[Any] = []
    number = 0
    while block := list(islice(rows, BLOCK_ROWS)):
        if fills:
            for row in block:
                for place in fills.get(number, ()):
                    row[place] = above[place]
                above = row
                number += 1
        sender.send(zip(*block, strict=True))


def _fills(sheet: CalamineSheet) -> dict[int, list[int]]:
    """Return by row the columns whose cell is merged with the one above.

    What was merged over several rows is said of all of them. A merge that begins in the first
    row is a heading over two, and the names of columns are made of both.
    """
    start = sheet.start
    fills: dict[int, list[int]] = defaultdict(list)
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        place = left - (start[1] if start else 0)
        if left != right or top == 0 or not 0 <= place < sheet.width:
            continue
        last = sheet.end[0] if sheet.end else -1
        for row in range(top + 1, min(bottom, last) + 1):
            fills[row].append(place)
    return fills
