"""A pack as a spreadsheet: one page to decide on, one to fill in, what lies behind both."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from journey.report.figures import quarter_words
from journey.report.pack import Pack
from storage.exports.target import replacing
from storage.exports.xlsx_answers import identity_sheet, write_answers, write_identity
from storage.exports.xlsx_book import Book
from storage.exports.xlsx_method import write_method
from storage.exports.xlsx_page import PageWriter
from storage.exports.xlsx_styles import FONT
from storage.exports.xlsx_tables import write_all_rows, write_measures

# Excel takes 255 units of a property; a letter is two at most.
_LONGEST_PROPERTY = 127


def write_xlsx(pack: Pack, path: Path) -> Path:
    """Write a pack to `path`, replacing it whole; return where it stands.

    The same pack gives the same bytes.

    Raises:
        TargetError: the target is as it was.
    """
    content = xlsx_bytes(pack)
    with replacing(path) as target:
        target.file.write(content)
    return target.path


def xlsx_bytes(pack: Pack) -> bytes:
    """Return the workbook of a pack."""
    import xlsxwriter

    held = BytesIO()
    workbook = xlsxwriter.Workbook(held, book_options())
    _describe(workbook, pack)
    book = Book(workbook, pack)
    words = book.words
    page = book.sheet(words("sheet.priorities"))
    answers = book.sheet(words("sheet.answers"))
    rows = book.sheet(words("sheet.all_rows"))
    PageWriter(book, page, rows.get_name()).write()
    write_answers(book, answers)
    write_all_rows(book, rows)
    write_measures(book, book.sheet(words("sheet.measures")))
    write_method(book, book.sheet(words("sheet.method")))
    write_identity(book, identity_sheet(book))
    workbook.close()
    return held.getvalue()


def book_options() -> dict[str, Any]:
    """Return how a workbook is set: nothing a user typed may become a formula, link or number.

    Anew for each, since XlsxWriter writes into what it is given.
    """
    return {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": FONT, "font_size": 10},
    }


def _describe(workbook: Any, pack: Pack) -> None:
    quarter = quarter_words(pack.quarter) if pack.quarter else ""
    made = pack.foot.generated_on
    workbook.set_properties(
        {
            "title": " · ".join(filter(None, (pack.leader_name, quarter))),
            "subject": pack.workspace,
            "author": "Waymark",
            "company": pack.workspace,
            "comments": f"content {pack.foot.content_sha256}",
            # A fixed moment, so that the same pack gives the same bytes.
            "created": datetime(made.year, made.month, made.day, tzinfo=UTC),
        }
    )
    facts = {
        "pack": "1",
        "quarter": pack.quarter or "",
        "leader": pack.leader or "",
        "content_sha256": pack.foot.content_sha256,
    }
    for name, fact in facts.items():
        workbook.set_custom_property(f"waymark_{name}", fact[:_LONGEST_PROPERTY], "text")
