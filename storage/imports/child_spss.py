"""Reads an SPSS file in the child process: codes as cells, labels beside them."""

import io
from collections.abc import Mapping
from typing import IO, Any, Final

import pyreadstat

from storage.imports import child_frames as frames
from storage.imports.child_limits import Limits
from storage.imports.child_rows import BLOCK_ROWS, DatesDifferError, RowSender
from storage.imports.child_workbook import RefusedError

# What files of old versions hold without saying so.
_FALLBACK: Final = "WINDOWS-1252"
MAX_LABELS: Final = 1_000


def read_spss(content: str | bytes, encoding: str | None, limits: Limits, out: IO[bytes]) -> str:
    """Send the answers of an SPSS file; what its author declared missing is blank.

    Returns:
        The encoding of its texts.

    Raises:
        RefusedError: over a limit.
    """
    _, about = _read(content, encoding, metadataonly=True)
    names = list(about.column_names)
    rows = about.number_rows or 0
    if len(names) > limits.columns:
        raise RefusedError("too_large", f"{len(names):,} columns > {limits.columns:,}")
    if rows > limits.rows:
        raise RefusedError("too_large", f"{rows:,} rows > {limits.rows:,}")
    if rows * len(names) > limits.cells:
        raise RefusedError("too_large", f"{rows * len(names):,} cells > {limits.cells:,}")
    found, about = _read(content, encoding)
    frames.send_facts(out, frames.FACTS, {"columns": [_column(name, about) for name in names]})
    _send(names, found, RowSender(out))
    return str(about.file_encoding or encoding or _FALLBACK)


def _read(content: str | bytes, encoding: str | None, **more: Any) -> tuple[Any, Any]:
    """Read with the encoding the file names; some old ones name a wrong one."""
    first = True
    while True:
        source = content if isinstance(content, str) else io.BytesIO(content)
        try:
            return pyreadstat.read_sav(source, encoding=encoding, output_format="dict", **more)
        except OverflowError:
            # A date that no calendar has: all of them stay figures.
            more["disable_datetime_conversion"] = True
            if not first:
                raise
        except (pyreadstat.ReadstatError, UnicodeDecodeError) as error:
            told = str(error).lower()
            if not first or encoding is not None or ("encod" not in told and "codec" not in told):
                raise
            encoding = _FALLBACK
        first = False


def _column(name: str, about: Any) -> dict[str, Any]:
    labels: Mapping[Any, str] = about.variable_value_labels.get(name, {})
    return {
        "name": name,
        "text": about.column_names_to_labels.get(name) or "",
        "labels": [[_code(code), label] for code, label in list(labels.items())[:MAX_LABELS]],
    }


def _code(code: Any) -> str:
    whole = isinstance(code, float) and code.is_integer()
    return str(int(code)) if whole else str(code)


def _send(names: list[str], found: Mapping[str, list[Any]], sender: RowSender) -> None:
    columns = [found[name] for name in names]
    rows = len(columns[0]) if columns else 0
    while True:
        try:
            sender.send([[name] for name in names])
            for start in range(0, rows, BLOCK_ROWS):
                sender.send([column[start : start + BLOCK_ROWS] for column in columns])
        except DatesDifferError:
            sender.restart()
        else:
            return
