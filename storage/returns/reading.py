"""Reading a pack that comes back: whose it is, what its cells held, what they hold now."""

import lzma
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Final

from journey.returns.pack import NOTHING, Field, RefusedCell, ReturnedPack, ReturnedRow, Value
from storage.errors import ImportProblem
from storage.exports.identity import ANSWER_KEYS, FACTS, FORMAT, ROW_KEYS, SHEET
from storage.returns.cells import CellError, cell_text, read_cell

MAX_BYTES: Final = 20 * 1024**2
# What a packed workbook may hold unpacked; a pack of 10,000 rows holds some 40 MB.
MAX_UNPACKED_BYTES: Final = 400 * 1024**2
MAX_ROWS: Final = 100_000
# How far down the row of keys is looked for.
_KEYS_WITHIN: Final = 50
_ZIP = b"PK\x03\x04"
# What unpacking a broken archive raises; the classes have nothing in common.
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    NotImplementedError,
    ValueError,
)

Cells = Sequence[Sequence[object]]


def read_returned(path: Path) -> ReturnedPack:
    """Read a pack that Waymark exported and a leader filled in.

    Columns may be moved, added or sorted and sheets renamed; what tells is hidden in the file.

    Raises:
        ImportProblem: missing, directory, device, blank, too_large, unsupported (a password),
            not_what_it_claims, damaged, unreadable, or not_a_pack: a workbook Waymark did not
            write, or one that lost what says whose it is.
    """
    sheets = _Sheets(path, _content(path))
    facts, exported = _identity(path, sheets)
    rows, refused = _answers(path, sheets, exported, facts["language"])
    return ReturnedPack(
        workspace=facts["workspace"],
        content_sha256=facts["content_sha256"],
        workspace_id=facts["workspace_id"],
        quarter=facts["quarter"] or None,
        leader=facts["leader"] or None,
        leader_name=facts["leader_name"],
        rows=tuple(rows),
        refused=tuple(refused),
    )


def _content(path: Path) -> bytes:
    """Return the file's bytes, refused where they are too many or no packed workbook."""
    if path.is_dir():
        raise ImportProblem(path, "", "directory")
    if path.exists() and not path.is_file():
        raise ImportProblem(path, "", "device")
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise ImportProblem(path, "", "too_large", f"{size} > {MAX_BYTES}")
        content = path.read_bytes()
    except FileNotFoundError:
        raise ImportProblem(path, "", "missing") from None
    except OSError as error:
        raise ImportProblem(path, "", "unreadable", error.strerror or "") from error
    if not content.strip():
        raise ImportProblem(path, "", "blank")
    if not content.startswith(_ZIP):
        kind = "not_what_it_claims" if path.suffix.lower() == ".xlsx" else "not_a_pack"
        raise ImportProblem(path, "", kind)
    _require_small(path, content)
    return content


def _require_small(path: Path, content: bytes) -> None:
    """Refuse what unpacks to far more than any pack; what it says of itself is not believed."""
    room = MAX_UNPACKED_BYTES
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            for part in packed.infolist():
                with packed.open(part) as stream:
                    while chunk := stream.read(1024 * 1024):
                        room -= len(chunk)
                        if room < 0:
                            raise ImportProblem(path, "", "too_large", "unpacked")
    except _BROKEN as error:
        raise ImportProblem(path, "", "damaged", str(error)) from error
    except RuntimeError as error:  # a password
        raise ImportProblem(path, "", "unsupported", str(error)) from error


@dataclass(frozen=True, slots=True)
class _Exported:
    """What a row held when the pack was made."""

    improvement: str | None
    title: str
    values: Mapping[Field, Value]


class _Sheets:
    """The sheets of a workbook, read when asked for."""

    def __init__(self, path: Path, content: bytes) -> None:
        from python_calamine import CalamineError, CalamineWorkbook

        self._path, self._error = path, CalamineError
        try:
            self._book = CalamineWorkbook.from_filelike(BytesIO(content))
        except CalamineError as error:
            raise ImportProblem(path, "", "damaged", str(error)) from error
        self.names: Sequence[str] = self._book.sheet_names

    def cells(self, name: str) -> Cells:
        """Return the rows of a sheet from its first, blank cells as ""."""
        try:
            sheet = self._book.get_sheet_by_name(name)
            if sheet.total_height > MAX_ROWS:
                raise ImportProblem(self._path, name, "too_large", f"{sheet.total_height} rows")
            return sheet.to_python(skip_empty_area=False)
        except self._error as error:
            raise ImportProblem(self._path, name, "damaged", str(error)) from error


def _identity(path: Path, sheets: _Sheets) -> tuple[dict[str, str], dict[str, _Exported]]:
    """Return the facts of the pack and what each pain point's cells held."""
    if SHEET not in sheets.names:
        raise ImportProblem(path, "", "not_a_pack")
    cells = sheets.cells(SHEET)
    facts = dict.fromkeys(FACTS, "")
    top = _keys_row(cells)
    if top is None:
        raise ImportProblem(path, SHEET, "not_a_pack")
    facts |= {
        key: _text(row[1])
        for row in cells[:top]
        if len(row) > 1 and (key := _text(row[0])) in facts
    }
    if facts["format"] != FORMAT:
        raise ImportProblem(path, "", "not_a_pack", facts["format"][:40])
    exported = {}
    for row in cells[top + 1 :]:
        pain, improvement, title, *values = (*row, *[""] * len(ROW_KEYS))[: len(ROW_KEYS)]
        if _text(pain):
            known = _text(improvement) or None
            held = {f: _held(f, v) for f, v in zip(Field, values, strict=True)}
            exported[_text(pain)] = _Exported(known, _text(title), held)
    return facts, exported


def _keys_row(cells: Cells) -> int | None:
    """Return where the facts of the pack end and the keys of its rows stand."""
    for number, row in enumerate(cells[: 2 * len(FACTS)]):
        if tuple(map(_text, row[: len(ROW_KEYS)])) == ROW_KEYS:
            return number
    return None


def _held(field: Field, cell: object) -> Value:
    """Return a value as the hidden sheet keeps it."""
    text = _text(cell)
    if not text:
        return NOTHING[field]
    if field is Field.DUE:
        return date.fromisoformat(text) if _is_day(text) else None
    if field is Field.EFFORT:
        return float(cell) if isinstance(cell, int | float) else None
    return text.strip()


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _answers(
    path: Path, sheets: _Sheets, exported: Mapping[str, _Exported], language: str
) -> tuple[list[ReturnedRow], list[RefusedCell]]:
    """Return the filled-in rows of the sheet that has the row of keys."""
    for name in sheets.names:
        cells = sheets.cells(name) if name != SHEET else ()
        for number, row in enumerate(cells[:_KEYS_WITHIN]):
            keys = [_text(cell) for cell in row]
            if all(key in keys for key in ANSWER_KEYS):
                places = {key: keys.index(key) for key in ANSWER_KEYS}
                return _rows(_below(cells, number, places), places, exported, language)
    raise ImportProblem(path, "", "not_a_pack")


def _below(
    cells: Cells, keys_row: int, places: Mapping[str, int]
) -> Iterator[tuple[int, Sequence[object]]]:
    """Yield line and cells of what stands below the keys, each row wide enough."""
    width = max(places.values()) + 1
    for number, row in enumerate(cells[keys_row + 1 :], start=keys_row + 2):
        yield number, (*row, *[""] * (width - len(row)))


def _rows(
    below: Iterator[tuple[int, Sequence[object]]],
    places: Mapping[str, int],
    exported: Mapping[str, _Exported],
    language: str,
) -> tuple[list[ReturnedRow], list[RefusedCell]]:
    rows: list[ReturnedRow] = []
    refused: list[RefusedCell] = []
    for line, cells in below:
        pain = _text(cells[places["pain_point"]])
        known = exported.get(pain)
        if known is None:  # a heading, a line somebody added, or no row of ours
            continue
        returned: dict[Field, Value] = {}
        for field in Field:
            cell = cells[places[field.value]]
            try:
                returned[field] = read_cell(field, cell, language)
            except CellError as error:
                refused.append(RefusedCell(line, known.title, field, cell_text(cell), str(error)))
        rows.append(ReturnedRow(line, pain, known.improvement, known.title, known.values, returned))
    return rows, refused


def _text(cell: object) -> str:
    return cell if isinstance(cell, str) else "" if cell is None else str(cell)
