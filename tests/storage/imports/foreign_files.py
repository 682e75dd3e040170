"""Workbooks and SPSS files written for tests, as other programs write them."""

import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl


def workbook(path: Path, sheets: dict[str, Sequence[Sequence[object]]]) -> openpyxl.Workbook:
    """Save a workbook of some sheets; it is returned to be changed and saved again."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return book


def open_document(path: Path, rows: Sequence[Sequence[str]], *, manifest: str = "") -> None:
    """Save a spreadsheet as LibreOffice does, as bare as it can be."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            '<table:table-cell office:value-type="string">'
            f"<text:p>{cell}</text:p></table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="Svar">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest or "<manifest:manifest/>")


def spss(
    path: Path,
    variables: Sequence[tuple[str, str, dict[float, str], float | None]],
    cases: Sequence[Sequence[float | None]],
    code_page: int = 1252,
) -> None:
    """Save numeric variables (name, question, labels, user-missing value), uncompressed.

    Texts are written in the code page that is named, whatever the page.
    """
    codec = f"cp{code_page}"
    parts = [
        b"$FL2" + b"@(#) SPSS DATA FILE".ljust(60),
        struct.pack("<iiiiid", 2, len(variables), 0, 0, len(cases), 100.0),
        b"01 Jan 26" + b"12:00:00" + b"".ljust(64) + b"\0\0\0",
    ]
    shape = (5 << 16) | (8 << 8)  # F8.0
    for name, question, _, missing in variables:
        text = question.encode(codec)
        parts.append(struct.pack("<iiiiii", 2, 0, bool(text), missing is not None, shape, shape))
        parts.append(name.upper().encode().ljust(8))
        if text:
            parts.append(struct.pack("<i", len(text)) + text + b"\0" * (-len(text) % 4))
        if missing is not None:
            parts.append(struct.pack("<d", missing))
    for place, (_, _, labels, _) in enumerate(variables, start=1):
        if labels:
            parts.append(struct.pack("<ii", 3, len(labels)))
            for code, label in labels.items():
                text = label.encode(codec)
                parts.append(struct.pack("<dB", code, len(text)) + text)
                parts.append(b"\0" * (-(len(text) + 1) % 8))
            parts.append(struct.pack("<iii", 4, 1, place))
    # Machine integers: the last says the code page.
    parts.append(struct.pack("<iiii", 7, 3, 4, 8))
    parts.append(struct.pack("<iiiiiiii", 22, 0, 0, -1, 1, 1, 2, code_page))
    parts.append(struct.pack("<ii", 999, 0))
    nothing = -1.7976931348623157e308
    for case in cases:
        parts.append(b"".join(struct.pack("<d", nothing if v is None else v) for v in case))
    path.write_bytes(b"".join(parts))
