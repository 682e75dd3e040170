"""Reads a spreadsheet in the child process: limits first, then sheet by sheet."""

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from storage.imports import child_frames as frames
from storage.imports.child_limits import Limits
from storage.imports.child_rows import BLOCK_ROWS, DatesDifferError, RowSender

_OLE: Final = b"\xd0\xcf\x11\xe0"
# What the container of an encrypted workbook calls its content.
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")


class RefusedError(Exception):
    """The file is not read: the reason, and more facts."""

    def __init__(self, reason: str, detail: str = "", place: str = "") -> None:
        self.reason, self.detail, self.place = reason, detail, place
        super().__init__(reason)


@dataclass(slots=True)
class _Seen:
    """A sheet that was looked at; the rows are dropped once another is chosen."""

    name: str
    visible: bool
    rows: int
    columns: int
    sheet: CalamineSheet | None


def read_workbook(content: Path | bytes, wanted: str | None, limits: Limits, out: IO[bytes]) -> str:
    """Send one sheet of a workbook: the one wanted, else the one with most rows.

    Args:
        content: the file, or its bytes where it was packed.

    Returns:
        The encoding of its texts.

    Raises:
        RefusedError: over a limit, a password, or no such sheet.
    """
    check_container(content, limits)
    source = str(content) if isinstance(content, Path) else io.BytesIO(content)
    with CalamineWorkbook.from_object(source) as workbook:
        sheets = list(_sheets(workbook, wanted))
    chosen = _chosen(sheets, wanted)
    _check_size(chosen, limits)
    frames.send_facts(out, frames.FACTS, _facts(sheets, chosen))
    if chosen.sheet is not None and chosen.rows:
        _send(chosen.sheet, RowSender(out))
    return "utf-8"


def check_container(content: Path | bytes, limits: Limits) -> None:
    """Refuse an archive that unpacks to too much, and a workbook under a password.

    Raises:
        RefusedError: too_large or password.
    """
    data = content.read_bytes() if isinstance(content, Path) else content
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
            raise RefusedError("too_large", f"{size:,} bytes unpacked > {limits.unzipped_bytes:,}")
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
            yield _Seen(facts.name, visible, -1, -1, None)
            continue
        sheet = workbook.get_sheet_by_index(place)
        rows = sheet.end[0] + 1 if sheet.end else 0
        seen = _Seen(facts.name, visible, rows, sheet.width, sheet)
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


def _send(sheet: CalamineSheet, sender: RowSender) -> None:
    fills = _fills(sheet)
    while True:
        try:
            _send_rows(sheet, sender, fills)
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
