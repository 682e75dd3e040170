"""A workshop's result: the map's pictures, a sheet to read, a table to work on."""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any, Final

from journey.model.ids import Kind
from journey.report.figures import long_date
from journey.report.workshop import WorkshopRow, WorkshopSheet
from storage.exports.csv import safe_cell
from storage.exports.names import safe_filename, safe_sheet_name
from storage.exports.pdf import compiled
from storage.exports.target import replacing, target_errors
from storage.exports.workshop_words import WorkshopWords
from storage.exports.xlsx_styles import FONT, Styles

Value = str | int | None
Progress = Callable[[int, int | None], None]
Cancelled = Callable[[], bool]

_KINDS: Final = (Kind.PAIN_POINT, Kind.STRENGTH, Kind.IMPROVEMENT)
# Field name in the CSV, width of its column in characters.
_COLUMNS: Final = (
    ("kind", 13),
    ("title", 52),
    ("stage", 18),
    ("touchpoint", 24),
    ("severity", 10),
    ("frequency", 11),
    ("votes", 8),
    ("ballots", 28),
    ("owner", 20),
    ("notes", 40),
    ("new", 7),
)


def write_workshop(
    sheet: WorkshopSheet,
    pictures: Mapping[str, bytes],
    folder: Path,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> tuple[Path, ...]:
    """Write a workshop's result into a folder, made where it is not there; return the files.

    Args:
        pictures: the map by the ending of its file (".png", ".svg", ".pdf").

    Raises:
        TargetError: a file could not be written; those before it are whole.
    """
    words = WorkshopWords(sheet.language)
    written: list[Path] = []
    with target_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
    made: list[tuple[str, str, Callable[[], bytes]]] = [
        (words("workshop.map"), suffix, _ready(content)) for suffix, content in pictures.items()
    ]
    made += [
        (words("workshop.file"), ".pdf", lambda: workshop_pdf(sheet)),
        (words("workshop.file"), ".csv", lambda: workshop_csv(sheet)),
        (words("workshop.file"), ".xlsx", lambda: workshop_xlsx(sheet)),
    ]
    for done, (name, suffix, content) in enumerate(made):
        if cancelled is not None and cancelled():
            break
        path = folder / safe_filename(f"{sheet.journey}, {name}", suffix)
        whole = content()
        with replacing(path) as target:
            target.file.write(whole)
        written.append(target.path)
        if progress is not None:
            progress(done + 1, len(made))
    return tuple(written)


def _ready(content: bytes) -> Callable[[], bytes]:
    return lambda: content


def _cells(row: WorkshopRow, kind: str, new: str) -> tuple[Value, ...]:
    ballots = ", ".join(f"{name} {dots}" for name, dots in row.ballots)
    return (
        kind,
        row.title,
        row.stage,
        row.touchpoint,
        row.severity,
        row.frequency,
        row.votes,
        ballots,
        row.owner,
        row.notes,
        new if row.new else "",
    )


def workshop_csv(sheet: WorkshopSheet) -> bytes:
    """Return the rows for spreadsheets: UTF-8 with a mark, no text taken for a formula."""
    held = StringIO(newline="")
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow([field for field, _width in _COLUMNS])
    for row in sheet.rows:
        cells = _cells(row, row.kind.value, "true")
        writer.writerow([safe_cell(c) if isinstance(c, str) else _figure(c) for c in cells])
    return ("\ufeff" + held.getvalue()).encode("utf-8", "replace")


def _figure(value: int | None) -> str:
    return "" if value is None else str(value)


def workshop_xlsx(sheet: WorkshopSheet) -> bytes:
    """Return a workbook of one table, with filters, the headings kept in sight."""
    import xlsxwriter

    words = WorkshopWords(sheet.language)
    held = BytesIO()
    workbook = xlsxwriter.Workbook(
        held,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": {"font_name": FONT, "font_size": 10},
        },
    )
    styles = Styles(workbook)
    page = workbook.add_worksheet(safe_sheet_name(words("workshop.sheet")))
    page.hide_gridlines(2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.freeze_panes(1, 2)
    for at, (field, width) in enumerate(_COLUMNS):
        page.set_column(at, at, width)
        page.write_string(0, at, words(f"workshop.column.{field}"), styles.header())
    text = styles(text_wrap=True, valign="top")
    figure = styles(valign="top", align="right")
    for line, row in enumerate(sheet.rows, 1):
        kind = words(f"workshop.{row.kind.value}")
        _write_row(page, line, _cells(row, kind, words("workshop.new")), (text, figure))
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(_COLUMNS) - 1)
    workbook.close()
    return held.getvalue()


def _write_row(page: Any, line: int, cells: Sequence[Value], formats: tuple[Any, Any]) -> None:
    for at, value in enumerate(cells):
        if isinstance(value, str):
            page.write_string(line, at, value, formats[0])
        elif value is not None:
            page.write_number(line, at, value, formats[1])


def workshop_pdf(sheet: WorkshopSheet) -> bytes:
    """Return the sheet as a PDF: pain points by votes, then strengths and improvements."""
    return compiled("workshop.typ", _data(sheet))


def _data(sheet: WorkshopSheet) -> dict[str, Any]:
    words = WorkshopWords(sheet.language)
    made = sheet.generated_on
    language = sheet.language[:2].lower()
    title = words("workshop.title", journey=sheet.journey)
    state = words("workshop.state", date=long_date(made))
    groups = {kind: [row for row in sheet.rows if row.kind is kind] for kind in _KINDS}
    lead = words(
        "workshop.lead",
        pains=len(groups[Kind.PAIN_POINT]),
        strengths=len(groups[Kind.STRENGTH]),
        improvements=len(groups[Kind.IMPROVEMENT]),
    )
    return {
        "title": title,
        "author": sheet.workspace or "Waymark",
        "lang": language if language.isalpha() and language.isascii() else "en",
        "date": [made.year, made.month, made.day],
        "footer": " · ".join(filter(None, (sheet.workspace, sheet.journey, state))),
        "text": {
            "workspace": sheet.workspace,
            "state": state,
            "title": title,
            "lead": f"{lead} {_votes_line(sheet, words)}",
            "columns": {field: words(f"workshop.column.{field}") for field, _ in _COLUMNS},
            "new": words("workshop.new"),
        },
        "groups": [
            {
                "kind": kind.value,
                "title": words(f"workshop.{kind.value}"),
                "rows": [_row_data(row) for row in rows],
            }
            for kind, rows in groups.items()
            if rows
        ],
    }


def _votes_line(sheet: WorkshopSheet, words: WorkshopWords) -> str:
    named = sum(v.given for v in sheet.voters)
    if not sheet.dots:
        return ""
    if not named:
        return words("workshop.dots", dots=sheet.dots)
    people = _listed(f"{v.name} {v.given}" for v in sheet.voters if v.given)
    return words("workshop.dots_named", dots=sheet.dots, named=named, people=people)


def _listed(parts: Iterable[str]) -> str:
    return ", ".join(parts)


def _row_data(row: WorkshopRow) -> dict[str, Any]:
    return {
        "title": row.title,
        "place": " · ".join(filter(None, (row.stage, row.touchpoint))),
        "severity": _figure(row.severity),
        "frequency": _figure(row.frequency),
        "votes": _figure(row.votes),
        "ballots": _listed(f"{name} {dots}" for name, dots in row.ballots),
        "owner": row.owner,
        "notes": row.notes,
        "new": row.new,
    }
