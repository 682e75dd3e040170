"""The sheet a leader fills in and sends back, and the hidden one that says whose it is."""

from functools import partial
from typing import Any

from journey.model.improvement import CLOSED_STATUSES, OPEN_STATUSES
from journey.report.pack import PackRow
from journey.returns.pack import Field
from storage.exports.identity import FACTS, ROW_KEYS, SHEET, answer_of, facts_of, kept
from storage.exports.xlsx_book import Book
from storage.exports.xlsx_styles import ENTRY, ENTRY_EDGE, HIGHEST, TEXT_2, lines_needed
from storage.exports.xlsx_tables import put, row_height

# Columns: what the row is about (key of its words, width), then what is filled in, then its ids.
_ABOUT = (("rank", 7), ("pain_point", 40), ("touchpoint", 26), ("improvement", 36))
_FILL = (
    (Field.STATUS, "your_status", 14),
    (Field.DUE, "your_due", 15),
    (Field.EFFORT, "your_effort", 13),
    (Field.NOTES, "your_notes", 52),
)
_IDS = ("pain_point", "improvement")
_FIRST = len(_ABOUT)
_LAST = _FIRST + len(_FILL) - 1
_KEYS_ROW, _HEADER_ROW, _TOP = 1, 2, 3

_LEFT: dict[str, Any] = {"align": "left", "indent": 1}

# What a person may do on the protected sheet: everything but write over what is not theirs.
_ALLOWED = dict.fromkeys(
    ("format_cells", "format_columns", "format_rows", "autofilter", "sort", "objects"), True
)


def write_answers(book: Book, sheet: Any) -> None:
    """Write one row per pain point with four cells to fill in; they hold what is known.

    The sheet is protected without a password: only those cells can be written.
    """
    rows = book.pack.all_rows
    last = _TOP + max(1, len(rows)) - 1
    _head(book, sheet)
    for number, row in enumerate(rows, start=_TOP):
        _row(book, sheet, number, row)
    _validate(book, sheet, last)
    sheet.freeze_panes(_TOP, 2)
    sheet.autofilter(_HEADER_ROW, 0, last, _LAST + len(_IDS))
    sheet.protect("", _ALLOWED)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER_ROW)
    book.name("your_answers", sheet, (_TOP, _FIRST), (last, _LAST))


def _head(book: Book, sheet: Any) -> None:
    words, style = book.words, book.styles
    widths = [*(w for _, w in _ABOUT), *(w for _, _, w in _FILL)]
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    sheet.set_column(_LAST + 1, _LAST + len(_IDS), 24, None, {"hidden": True})
    how = words("answers.how")
    told = style(font_color=TEXT_2, text_wrap=True, valign="vcenter")
    sheet.set_row(0, min(lines_needed(how, sum(widths[:6])) * 13.5 + 10, HIGHEST))
    sheet.merge_range(0, 0, 0, 5, "", told)
    sheet.write_string(0, 0, how, told)
    keys = ["", "title", "where", "improvement_title", *(f.value for f, _, _ in _FILL), *_IDS]
    sheet.set_row(_KEYS_ROW, None, None, {"hidden": True})
    for place, key in enumerate(keys):
        put(sheet, _KEYS_ROW, place, key, style())
    keys = [*(key for key, _ in _ABOUT), *(key for _, key, _ in _FILL)]
    titles = [(words(key), width, True) for key, width in zip(keys, widths, strict=True)]
    sheet.set_row(_HEADER_ROW, max(32, row_height(titles)))
    for place, (key, _) in enumerate(_ABOUT):
        look = {"align": "center"} if place == 0 else {}
        sheet.write_string(_HEADER_ROW, place, words(key), style.header(**look))
    for place, (field, key, _) in enumerate(_FILL, start=_FIRST):
        look = {"align": "right"} if field in (Field.DUE, Field.EFFORT) else _LEFT
        sheet.write_string(_HEADER_ROW, place, words(key), style.header(bg_color=ENTRY, **look))
    for place, key in enumerate(_IDS, start=_LAST + 1):
        sheet.write_string(_HEADER_ROW, place, words(f"{key}_id"), style.header())


def _row(book: Book, sheet: Any, number: int, row: PackRow) -> None:
    item, cell = row.item, book.styles.cell
    where = " · ".join(filter(None, (item.touchpoint_name, item.stage_name)))
    notes = row.notes
    told = ((item.title, 40), (where, 26), (item.improvement_title, 36), (notes, 52))
    lines = max(lines_needed(text, width - 2, bold=width == 40) for text, width in told)
    sheet.set_row(number, min(max(2, lines), 20) * 13 + 9)
    if item.rank is None:
        sheet.write_string(number, 0, book.words("none"), cell(align="center"))
    else:
        sheet.write_number(number, 0, item.rank, cell(align="center", bold=True))
    put(sheet, number, 1, item.title, cell(bold=True))
    put(sheet, number, 2, where, cell(font_color=TEXT_2))
    put(sheet, number, 3, item.improvement_title, cell())
    for place, (field, _, _) in enumerate(_FILL, start=_FIRST):
        value = answer_of(row, field)
        if field is Field.STATUS and value:
            value = book.words.status(str(value))
        put(sheet, number, place, value, _entry(book, field))
    put(sheet, number, _LAST + 1, item.pain_point, cell())
    put(sheet, number, _LAST + 2, item.improvement or "", cell())


def _entry(book: Book, field: Field) -> Any:
    """Return the look of a cell to fill in: tinted, framed, unlocked."""
    shapes: dict[Field, dict[str, Any]] = {
        Field.STATUS: {},
        Field.DUE: {"num_format": book.formats.entry_day, "align": "right", "indent": 0},
        Field.EFFORT: {"num_format": "General", "align": "right", "indent": 0},
        Field.NOTES: {},
    }
    frame = {"border": 1, "border_color": ENTRY_EDGE, "bottom_color": ENTRY_EDGE}
    return book.styles.cell(bg_color=ENTRY, locked=False, **frame, **(_LEFT | shapes[field]))


def _validate(book: Book, sheet: Any, last: int) -> None:
    words = book.words
    statuses = [words.status(status) for status in (*OPEN_STATUSES, *CLOSED_STATUSES)]
    rules: dict[Field, dict[str, Any]] = {
        Field.STATUS: {"validate": "list", "source": statuses},
        # Numbers of days since 1900: 1 January 2000 to 31 December 2099.
        Field.DUE: {"validate": "date", "criteria": "between", "minimum": 36526, "maximum": 73050},
        Field.EFFORT: {"validate": "decimal", "criteria": ">", "value": 0},
        Field.NOTES: {"validate": "length", "criteria": "<=", "value": 10_000},
    }
    for place, (field, title, _) in enumerate(_FILL, start=_FIRST):
        key = title.removeprefix("your_")
        say = partial(_cut, words(title))
        sheet.data_validation(
            _TOP,
            place,
            last,
            place,
            {
                **rules[field],
                "input_title": say(),
                "input_message": words(f"answers.{key}"),
                "error_title": say(),
                "error_message": words(f"answers.not_{key}"),
            },
        )


def _cut(title: str) -> str:
    """Spreadsheets take no longer title of a message."""
    return title[:32]


def write_identity(book: Book, sheet: Any) -> None:
    """Write what the pack is and what its cells held, on a sheet only a program unhides."""
    pack, style = book.pack, book.styles()
    for number, (key, value) in enumerate(zip(FACTS, facts_of(pack), strict=True)):
        sheet.write_string(number, 0, key, style)
        put(sheet, number, 1, value, style)
    top = len(FACTS) + 1
    for place, key in enumerate(ROW_KEYS):
        sheet.write_string(top, place, key, style)
    for number, row in enumerate(pack.all_rows, start=top + 1):
        values = (
            row.item.pain_point,
            row.item.improvement,
            row.item.title,
            *(kept(answer_of(row, field)) for field in Field),
        )
        for place, cell in enumerate(values):
            put(sheet, number, place, cell, style)
    sheet.very_hidden()


def identity_sheet(book: Book) -> Any:
    """Return the hidden sheet, under the name by which it is found again."""
    return book.sheet(SHEET)
