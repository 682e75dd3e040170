"""The sheet of the method: where figures come from, what they may claim, what they rest on."""

from datetime import date
from typing import Any

from journey.priority.result import Level
from journey.report.figures import MINUS
from journey.report.warnings import explain_warning
from storage.exports.columns import Value
from storage.exports.xlsx_book import Book
from storage.exports.xlsx_styles import ACCENT, TEXT_2, WARNING
from storage.exports.xlsx_tables import LEFT, put, row_height

_WIDTHS = (46, 24, 24, 50)


def write_method(book: Book, sheet: Any) -> None:
    """Write where the figures come from, every assumption, and what each level may claim."""
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width)
    row = _trace(book, sheet)
    row = _levels(book, sheet, row + 1)
    row = _assumptions(book, sheet, row + 1)
    _names(book, sheet, row + 1)
    sheet.fit_to_pages(1, 0)


def _heading(book: Book, sheet: Any, row: int, key: str) -> int:
    sheet.set_row(row, 24)
    sheet.write_string(row, 0, book.words(key), book.styles(bold=True, font_size=14))
    return row + 1


def _high(sheet: Any, row: int, name: str, told: Value = None) -> None:
    """Make a row as high as its name needs, or what is told over the other columns together."""
    texts = [(name, _WIDTHS[0], False), (told, sum(_WIDTHS[1:]), False)]
    sheet.set_row(row, row_height(texts))


def _trace(book: Book, sheet: Any) -> int:
    pack, words, style = book.pack, book.words, book.styles
    facts: tuple[tuple[str, Value], ...] = (
        ("workspace", pack.workspace),
        ("leader", book.leader()),
        ("quarter", book.quarter()),
        ("generated_on", pack.foot.generated_on),
        ("method_version", pack.foot.method_version),
        ("seed", pack.foot.seed),
        ("draws", pack.foot.draws),
        ("answers", pack.foot.answers),
        ("minimum_n", pack.minimum_n),
        ("content_sha256", pack.foot.content_sha256),
        *(("warnings", explain_warning(warning)) for warning in pack.warnings),
    )
    row = _heading(book, sheet, 0, "trace")
    for key, value in facts:
        shown = book.formats.day if isinstance(value, date) else "#,##0"
        look = style.cell(num_format=shown, align="left")
        _high(sheet, row, words(key), value)
        sheet.write_string(row, 0, words(key), style.cell(font_color=TEXT_2))
        sheet.merge_range(row, 1, row, 3, "", look)
        put(sheet, row, 1, value, look)
        if key in ("seed", "draws", "content_sha256"):
            book.name(key, sheet, (row, 1), (row, 1))
        row += 1
    return row


def _levels(book: Book, sheet: Any, row: int) -> int:
    words, style = book.words, book.styles
    row = _heading(book, sheet, row, "levels")
    for place, key in enumerate(("level", "behind", "claims")):
        sheet.write_string(row, (0, 1, 3)[place], words(key), style.header())
    sheet.write_blank(row, 2, None, style.header())
    for level in Level:
        row += 1
        behind, claims = words(f"behind.{level.value}"), words(f"claims.{level.value}")
        name = f"{level.value}  {words.level(level)}"
        told = [(name, _WIDTHS[0], True), (behind, sum(_WIDTHS[1:3]), False)]
        sheet.set_row(row, row_height([*told, (claims, _WIDTHS[3], False)]))
        sheet.write_rich_string(
            row,
            0,
            style(bold=True, font_color=ACCENT),
            f"{level.value}  ",
            style(),
            words.level(level),
            style.cell(),
        )
        sheet.merge_range(row, 1, row, 2, "", style.cell())
        sheet.write_string(row, 1, behind, style.cell())
        sheet.write_string(row, 3, claims, style.cell())
    return row + 1


def _assumptions(book: Book, sheet: Any, row: int) -> int:
    words, style = book.words, book.styles
    top = row = _heading(book, sheet, row, "assumptions")
    for place, key in enumerate(("assumption", "value_used", "default", "reading")):
        look = {"align": "right"} if place in (1, 2) else LEFT if place else {}
        sheet.write_string(row, place, words(key), style.header(**look))
    for fact in book.pack.assumptions:
        row += 1
        changed = fact.default is not None and fact.value != fact.default
        number = style.cell(num_format=f"0.###;{MINUS}0.###", bold=changed)
        _high(sheet, row, words.assumption(fact.name))
        sheet.write_string(row, 0, words.assumption(fact.name), style.cell())
        put(sheet, row, 1, fact.value, number)
        put(sheet, row, 2, fact.default, style.cell(num_format=f"0.###;{MINUS}0.###"))
        reading = style.cell(font_color=WARNING, **LEFT)
        put(sheet, row, 3, words("changed") if changed else "", reading)
    book.name("assumptions", sheet, (top, 0), (row, 3))
    return row + 1


def _names(book: Book, sheet: Any, row: int) -> None:
    """Write the names that stand for ranges, each with what it holds."""
    words, style = book.words, book.styles
    row = _heading(book, sheet, row, "names")
    for place in range(4):
        sheet.write_blank(row, place, None, style.header())
    sheet.write_string(row, 0, words("name"), style.header())
    sheet.write_string(row, 1, words("name.holds"), style.header())
    for name in sorted(book.names):
        row += 1
        _high(sheet, row, name, words(f"name.{name}"))
        sheet.write_string(row, 0, name, style.cell())
        sheet.merge_range(row, 1, row, 3, "", style.cell())
        sheet.write_string(row, 1, words(f"name.{name}"), style.cell())
