"""Whole files of the formats that no one writes by hand."""

import csv
import io
import zipfile
from html import escape
from pathlib import Path


def _rows(text: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.decode()), delimiter=";"))


def xlsx(text: bytes) -> bytes:
    """Return a workbook of two sheets with a table in the first."""
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("Answers")
    for number, row in enumerate(_rows(text)):
        for place, cell in enumerate(row):
            sheet.write(number, place, int(cell) if cell.isdigit() else cell)
    sheet.merge_range(3, 3, 5, 3, "merged")
    book.add_worksheet("Notes").write(0, 0, "nothing")
    book.close()
    return target.getvalue()


def ods(text: bytes) -> bytes:
    """Return a spreadsheet as LibreOffice writes it, as bare as it can be."""
    rows = "".join(
        "<table:table-row>"
        + "".join(
            '<table:table-cell office:value-type="string">'
            f"<text:p>{escape(cell)}</text:p></table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in _rows(text)
    )
    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{names}:office:1.0"'
        f' xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="A">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest:manifest/>")
    return target.getvalue()


def sav(folder: Path) -> bytes:
    """Return an SPSS file with labels, missing values, a text and a date."""
    from tests.storage.imports.foreign_files import spss

    place = folder / "whole.sav"
    labels = {1.0: "Very bad", 5.0: "Very good", 9.0: "No answer"}
    variables = [("DESK", "How was the desk?", labels, 9.0), ("SITE", "The site?", {}, None)]
    spss(place, variables, [(float(i % 5 + 1), float(i % 11)) for i in range(40)])
    return place.read_bytes()


def xes() -> bytes:
    """Return an event log with two attributes an event."""
    traces = "".join(
        f'<trace><string key="concept:name" value="{case}"/>'
        + "".join(
            f'<event><string key="concept:name" value="{step}"/>'
            f'<date key="time:timestamp" value="2026-10-0{case % 9 + 1}T1{place}:00:00Z"/></event>'
            for place, step in enumerate(("search", "basket", "pay")[: 1 + case % 3])
        )
        + "</trace>"
        for case in range(12)
    )
    return f'<?xml version="1.0"?><log xes.version="1.0">{traces}</log>'.encode()


def pack(folder: Path) -> bytes:
    """Return the workbook of one leader of the sample, as it comes back."""
    from datetime import date

    from storage.exports import export_packs
    from storage.exports.gather import gather
    from storage.sample import make_sample

    with make_sample(folder / "sample.waymark") as document:
        report = gather(document, None, today=date(2026, 11, 2), draws=40).report
    (written,) = export_packs(report.packs[:1], folder / "packs", {"xlsx"})
    return written.read_bytes()


def zips(text: bytes) -> list[bytes]:
    """Return a CSV packed in every way there is."""
    made = []
    for way in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", way) as archive:
            archive.writestr("answers.csv", text)
        made.append(target.getvalue())
    return made
