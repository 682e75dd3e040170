""" "You said, we did" as a sheet: one row per finished improvement, its shares as numbers."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final

from journey.report.report import DoneEntry, DonePage
from journey.report.words import Words
from storage.exports.names import safe_sheet_name
from storage.exports.xlsx import book_options
from storage.exports.xlsx_formats import formats_for
from storage.exports.xlsx_styles import HIGHEST, TEXT_2, Styles, lines_needed
from storage.exports.xlsx_tables import row_height

_WIDTHS: Final = (46, 22, 40, 14, 60, 12, 12, 12, 12)
_NUMBERS: Final = 5  # from this column on stand figures
_TOP: Final = 3  # rows above the table


def done_xlsx_bytes(page: DonePage) -> bytes:
    """Return the workbook; the same page gives the same bytes."""
    import xlsxwriter

    held = BytesIO()
    workbook = xlsxwriter.Workbook(held, book_options())
    made = page.foot.generated_on
    title = " · ".join(filter(None, (page.text.title, page.text.state)))
    workbook.set_properties(
        {
            "title": title,
            "subject": page.workspace,
            "author": "Waymark",
            "comments": f"content {page.foot.content_sha256}",
            "created": datetime(made.year, made.month, made.day, tzinfo=UTC),
        }
    )
    sheet = workbook.add_worksheet(safe_sheet_name(page.text.title, set()))
    _write(sheet, Styles(workbook), page, title)
    workbook.close()
    return held.getvalue()


def _write(sheet: Any, styles: Styles, page: DonePage, title: str) -> None:
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    _across(sheet, 0, title, styles(bold=True, font_size=16, text_wrap=True), 16)
    _across(sheet, 1, page.text.lead, styles(text_wrap=True))
    headings = _headings(page)
    texts = zip(headings, _WIDTHS, strict=True)
    sheet.set_row(_TOP, row_height((text, width, True) for text, width in texts))
    for column, heading in enumerate(headings):
        side = {"align": "right"} if column >= _NUMBERS else {}
        sheet.write_string(_TOP, column, heading, styles.header(**side))
    formats = formats_for(page.language)
    for number, entry in enumerate(page.entries):
        _write_row(sheet, styles, _TOP + 1 + number, entry, (formats.day, formats.share))
    last = _TOP + len(page.entries)
    sheet.freeze_panes(_TOP + 1, 0)
    sheet.repeat_rows(_TOP)
    sheet.autofilter(_TOP, 0, last, len(_WIDTHS) - 1)
    _across(sheet, last + 2, page.text.foot, styles(font_color=TEXT_2, text_wrap=True))


def _across(sheet: Any, row: int, text: str, look: Any, size: int = 10) -> None:
    """Write one text over the whole width, as high as it needs."""
    lines = lines_needed(text, sum(_WIDTHS) - 2, size=size)
    sheet.set_row(row, min(lines * size * 1.35 + 4, HIGHEST))
    sheet.merge_range(row, 0, row, len(_WIDTHS) - 1, "", look)
    sheet.write_string(row, 0, text, look)


def _headings(page: DonePage) -> tuple[str, ...]:
    text, words = page.text, Words(page.language)
    names = ("touchpoint", "done.day", "done.share_hoped", "done.share_seen", "done.n_before")
    place, day, hoped, seen, before = (words(name) for name in names)
    after = words("done.n_after")
    return (
        text.said_title,
        place,
        text.did_title,
        day,
        text.came_title,
        hoped,
        seen,
        before,
        after,
    )


def _write_row(
    sheet: Any, styles: Styles, row: int, entry: DoneEntry, formats: tuple[str, str]
) -> None:
    day, share = formats
    cell, told = styles.cell(), entry.text
    said = "\n".join(told.said)
    texts = zip((said, told.where, told.did, "", told.result), _WIDTHS, strict=False)
    sheet.set_row(row, row_height((text, width, text == told.did) for text, width in texts))
    sheet.write_string(row, 0, said, cell)
    sheet.write_string(row, 1, told.where, cell)
    sheet.write_string(row, 2, told.did, styles.cell(bold=True))
    if entry.done_on is None:
        sheet.write_blank(row, 3, None, cell)
    else:
        when = datetime.combine(entry.done_on, datetime.min.time())
        sheet.write_datetime(row, 3, when, styles.cell(num_format=day, align="left"))
    sheet.write_string(row, 4, told.result, cell)
    found = entry.shares
    shares = (found.hoped, found.seen) if found else (None, None)
    for column, value in enumerate(shares, start=5):
        _write_number(sheet, (row, column), value, styles.cell(num_format=share))
    known = found is not None and found.seen is not None
    counts = (found.before, found.after) if found and known else (None, None)
    for column, count in enumerate(counts, start=7):
        _write_number(sheet, (row, column), count, styles.cell(num_format="#,##0"))


def _write_number(sheet: Any, place: tuple[int, int], value: float | None, look: Any) -> None:
    if value is None:
        sheet.write_blank(*place, None, look)
    else:
        sheet.write_number(*place, value, look)
