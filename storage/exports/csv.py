"""A pack's rows as CSV: one shape for spreadsheets, one for programs."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import StringIO
from pathlib import Path

from journey.report.pack import Pack
from storage.exports.columns import Value, columns_of
from storage.exports.target import replacing

# A spreadsheet takes a cell that starts so, spaces aside, for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_SPACES = " \n\v\f\u00a0\u2009\u202f\u3000\ufeff\u200b"


def safe_cell(text: str) -> str:
    """Return a text no spreadsheet takes for a formula: "'" before a leading = + - @ TAB CR.

    Only for what people wrote; our own numbers are written as numbers.
    """
    return f"'{text}" if text.lstrip(_SPACES).startswith(_FORMULA_STARTS) else text


def write_csv(pack: Pack, path: Path) -> Path:
    """Write the rows for spreadsheets: UTF-8 with a mark, every text safe; return where it stands.

    Raises:
        TargetError: the target is as it was.
    """
    return _write(path, "\ufeff" + csv_text(pack, safe=True))


def write_raw_csv(pack: Pack, path: Path) -> Path:
    """Write the rows for programs: UTF-8, texts exactly as they are; raises as `write_csv`."""
    return _write(path, csv_text(pack, safe=False))


def csv_text(pack: Pack, *, safe: bool) -> str:
    """Return the rows under their field names; figures unrounded, None as an empty cell."""
    columns = columns_of(pack)
    rows: list[Sequence[Value]] = [[column.field for column in columns]]
    rows += [[column.value(row) for column in columns] for row in pack.all_rows]
    held = StringIO(newline="")
    csv.writer(held, lineterminator="\r\n").writerows(_cells(row, safe=safe) for row in rows)
    return held.getvalue()


def _cells(row: Iterable[Value], *, safe: bool) -> list[str]:
    return [_cell(value, safe=safe) for value in row]


def _cell(value: Value, *, safe: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return safe_cell(value) if safe else value
    if isinstance(value, date):
        return value.isoformat()
    return str(int(value)) if isinstance(value, int) else repr(float(value))


def _write(path: Path, text: str) -> Path:
    with replacing(path) as target:
        target.file.write(text.encode())
    return target.path
