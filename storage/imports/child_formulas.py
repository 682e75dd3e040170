"""Formulas that were saved without their values: their cells come out blank.

Programs that write workbooks leave the values to whoever opens them; only a spreadsheet program
computes and saves them.
"""

import io
import re
import zipfile
import zlib
from typing import Final

# How much of each sheet is looked at: whoever leaves out one value leaves out all.
_LOOKED_AT: Final = 1024 * 1024
_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
# A text that is empty is a value; a cell of the type "str" has one.
_UNSAVED: Final = re.compile(
    rb"<c(?![^>]*\bt=\"str\")[^>]*>\s*<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)


def unsaved_formulas(data: bytes) -> int:
    """Return how many there are at the beginning of the sheets of a workbook (XLSX)."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [name for name in archive.namelist() if _SHEET.fullmatch(name)]
            return sum(_in_part(archive, name) for name in parts)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError):
        return 0  # what is wrong with the file is said by what reads it


def _in_part(archive: zipfile.ZipFile, name: str) -> int:
    with archive.open(name) as part:
        return len(_UNSAVED.findall(part.read(_LOOKED_AT)))
