"""The sheets behind the page: all rows, metrics and KPIs, the method."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from journey.metrics.kinds import Metric
from journey.model.improvement import CLOSED_STATUSES, OPEN_STATUSES
from journey.priority.result import Level
from journey.report.pack import KpiFact, MetricFact
from journey.report.warnings import explain_warning
from storage.exports.columns import Column, Shape, Value, columns_of
from storage.exports.figures import MINUS
from storage.exports.xlsx_book import Book
from storage.exports.xlsx_styles import (
    ACCENT,
    CHANCE,
    ENTRY,
    GOOD,
    TEXT_2,
    WARNING,
    lines_needed,
)

_FORMATS = {
    Shape.WHOLE: "0",
    Shape.MONEY: f"#,##0;{MINUS}#,##0",
    Shape.REAL: f"#,##0.0;{MINUS}#,##0.0",
    Shape.SHARE: CHANCE,
    Shape.DAY: "yyyy-mm-dd",
}
# An indent keeps a text away from the figure to its left.
_LEFT: dict[str, Any] = {"align": "left", "indent": 1}
# What a leader fills in and sends back; the widths hold the longest usual entry.
_ENTRIES = (("your_status", 13), ("your_due", 14), ("your_effort", 12), ("your_notes", 44))


def put(sheet: Any, row: int, column: int, value: Value, style: Any) -> None:
    """Write a value as what it is; nothing known leaves the cell empty."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, style)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), style)  # noqa: DTZ001 - spreadsheets know no zone
    else:
        sheet.write_number(row, column, value, style)


def write_all_rows(book: Book, sheet: Any) -> None:
    """Write every row with every figure, and columns for the leader to fill in."""
    pack, words, style = book.pack, book.words, book.styles
    columns = columns_of(pack, ids=False)
    ids = columns_of(pack)[len(columns) :]
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        title = words(column.words, k=pack.decision.top_k)
        if column.shape is Shape.MONEY:
            title = f"{title}, {pack.currency}"
        sheet.write_string(0, place, title, style.header(**_side(column)))
    for number, row in enumerate(pack.all_rows, start=1):
        texts = ((column.value(row), column.width, column.field == "title") for column in columns)
        sheet.set_row(number, _height(texts))
        for place, column in enumerate(columns):
            _cell(book, sheet, (number, place), column, column.value(row))
    last, entries = len(pack.all_rows), len(columns)
    _entries(book, sheet, entries, last)
    _ids(book, sheet, entries + len(_ENTRIES), ids)
    width = entries + len(_ENTRIES) + len(ids) - 1
    sheet.set_row(0, 44)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, last, width)
    book.name("all_rows", sheet, (0, 0), (last, width))
    book.name("your_answers", sheet, (1, entries), (last, entries + len(_ENTRIES) - 1))
    sheet.set_landscape()
    sheet.set_print_scale(70)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0, 1)


def _side(column: Column) -> dict[str, Any]:
    if column.shape in (Shape.TEXT, Shape.PROSE, Shape.ID, Shape.FLAG):
        return dict(_LEFT)
    return {"align": "right"}


def _height(texts: Iterable[tuple[object, float, bool]]) -> float:
    """Return the height in points that shows a row's texts, each given as (text, width, bold)."""
    lines = [
        lines_needed(text, width - 2, bold=bold)
        for text, width, bold in texts
        if isinstance(text, str)
    ]
    return max(lines, default=1) * 13 + 5


def _cell(book: Book, sheet: Any, place: tuple[int, int], column: Column, value: Value) -> None:
    look = _side(column)
    if column.shape in _FORMATS:
        look["num_format"] = _FORMATS[column.shape]
    if column.shape is Shape.FLAG:
        value = book.words("yes") if value else book.words("no")
    if column.field == "status" and isinstance(value, str):
        value = book.words.status(value)
    if column.field == "level":
        look |= _badge(str(value))
    if column.field in ("title", "rank"):
        look["bold"] = True
    put(sheet, *place, value, book.styles.cell(**look))


def _badge(level: str) -> dict[str, Any]:
    """Return a level's letter as on the page, without its frame: rows here are tall."""
    colour = TEXT_2 if level in "EF" else ACCENT
    return {"align": "center", "indent": 0, "bold": True, "font_color": colour}


def _entries(book: Book, sheet: Any, first: int, last: int) -> None:
    """Write the tinted columns a leader fills in; their cells are empty."""
    words, style = book.words, book.styles
    for place, (key, width) in enumerate(_ENTRIES, start=first):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, words(key), style.header(bg_color=ENTRY))
        look = {"num_format": "yyyy-mm-dd"} if key == "your_due" else {}
        for row in range(1, last + 1):
            sheet.write_blank(row, place, None, style.cell(bg_color=ENTRY, **look))
    statuses = [words.status(status) for status in (*OPEN_STATUSES, *CLOSED_STATUSES)]
    sheet.data_validation(
        1,
        first,
        last,
        first,
        {
            "validate": "list",
            "source": statuses,
            "input_title": words("your_status"),
            "input_message": words("fill_in"),
        },
    )
    positive = {"validate": "decimal", "criteria": ">", "value": 0}
    sheet.data_validation(1, first + 2, last, first + 2, positive)


def _ids(book: Book, sheet: Any, first: int, ids: Sequence[Column]) -> None:
    """Write the hidden ids by which a returned file finds its rows again."""
    for place, column in enumerate(ids, start=first):
        sheet.set_column(place, place, column.width, None, {"hidden": True})
        sheet.write_string(0, place, column.field, book.styles.header())
        for number, row in enumerate(book.pack.all_rows, start=1):
            put(sheet, number, place, column.value(row), book.styles.cell())


_METRIC_COLUMNS = (
    ("touchpoint", 26),
    ("stage", 18),
    ("question", 44),
    ("segment", 18),
    ("metric", 11),
    ("scale", 11),
    ("n", 11),
    ("value_found", 11),
    ("low95", 11),
    ("high95", 11),
    ("top2box", 11),
    ("reading", 16),
)
_KPI_COLUMNS = (
    ("kpi", 0),
    ("touchpoint", 2),
    ("unit", 3),
    ("better", 4),
    ("period", 5),
    ("n", 6),
    ("observed", 7),
    ("target", 8),
    ("reading", 11),
)


def write_measures(book: Book, sheet: Any) -> None:
    """Write what customers said, with n and interval, and the KPIs against their targets."""
    words, style = book.words, book.styles
    for place, (_, width) in enumerate(_METRIC_COLUMNS):
        sheet.set_column(place, place, width)
    heading = style(bold=True, font_size=14)
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, words("metrics"), heading)
    row = 1
    if book.pack.metrics:
        for place, (key, _) in enumerate(_METRIC_COLUMNS):
            look = {"align": "right"} if 6 <= place <= 10 else _LEFT
            sheet.write_string(1, place, words(key), style.header(**look))
        for fact in book.pack.metrics:
            row += 1
            _metric(book, sheet, row, fact)
        book.name("metrics", sheet, (1, 0), (row, len(_METRIC_COLUMNS) - 1))
        sheet.autofilter(1, 0, row, len(_METRIC_COLUMNS) - 1)
        sheet.freeze_panes(2, 1)
    else:
        sheet.write_string(row, 0, words("no_metrics"), style(font_color=TEXT_2))
    _kpis(book, sheet, row + 2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _metric(book: Book, sheet: Any, row: int, fact: MetricFact) -> None:
    words, style = book.words, book.styles
    digits = "0" if fact.metric is Metric.NPS else "0.00"
    sign = "+" if fact.metric is Metric.NPS else ""
    shown = f"{sign}{digits};{MINUS}{digits};{digits}"
    reading = ""
    if fact.suppressed:
        reading = words("too_few", n=fact.n)
    elif fact.indicative:
        reading = words("indicative")
    texts = (
        fact.touchpoint,
        fact.stage,
        fact.question,
        fact.segment or words("all_segments"),
        words(f"metric.{fact.metric.value}"),
        f"{fact.scale[0]} – {fact.scale[1]}",
    )
    columns = zip(texts, _METRIC_COLUMNS, strict=False)
    sheet.set_row(row, _height((text, width, False) for text, (_, width) in columns))
    for place, text in enumerate(texts):
        put(sheet, row, place, text, style.cell(**_LEFT))
    put(sheet, row, 6, fact.n, style.cell(num_format="#,##0"))
    put(sheet, row, 7, fact.value, style.cell(num_format=shown, bold=True))
    put(sheet, row, 8, fact.low, style.cell(num_format=shown))
    put(sheet, row, 9, fact.high, style.cell(num_format=shown))
    put(sheet, row, 10, fact.top2box, style.cell(num_format="0%"))
    put(sheet, row, 11, reading, style.cell(font_color=TEXT_2, **_LEFT))


def _kpis(book: Book, sheet: Any, row: int) -> None:
    words, style = book.words, book.styles
    sheet.set_row(row, 24)
    sheet.write_string(row, 0, words("kpis"), style(bold=True, font_size=14))
    top = row = row + 1
    if not book.pack.kpis:
        sheet.write_string(row, 0, words("no_kpis"), style(font_color=TEXT_2))
        return
    places = dict(_KPI_COLUMNS)
    for place in range(len(_METRIC_COLUMNS)):
        sheet.write_blank(row, place, None, style.header())
    for key, place in places.items():
        look = {"align": "right"} if key in ("n", "observed", "target") else _LEFT
        sheet.write_string(row, place, words(key), style.header(**look))
    for fact in book.pack.kpis:
        row += 1
        for place in range(len(_METRIC_COLUMNS)):
            sheet.write_blank(row, place, None, style.cell())
        _kpi(book, sheet, row, fact)
    book.name("kpis", sheet, (top, 0), (row, len(_METRIC_COLUMNS) - 1))


def _kpi(book: Book, sheet: Any, row: int, fact: KpiFact) -> None:
    words, style = book.words, book.styles
    places = dict(_KPI_COLUMNS)
    number = style.cell(num_format=f"#,##0.##;{MINUS}#,##0.##")
    texts = {
        "kpi": fact.name,
        "touchpoint": fact.touchpoint or words("whole_company"),
        "unit": fact.unit,
        "better": words(fact.better) if fact.better in ("higher", "lower") else fact.better,
        "period": fact.period,
    }
    widths = [width for _, width in _METRIC_COLUMNS]
    sheet.set_row(row, _height((text, widths[places[key]], False) for key, text in texts.items()))
    for key, text in texts.items():
        put(sheet, row, places[key], text, style.cell(**_LEFT))
    put(sheet, row, places["n"], fact.n, style.cell(num_format="#,##0"))
    put(sheet, row, places["observed"], fact.value, number)
    put(sheet, row, places["target"], fact.target, number)
    if fact.value is None:
        reading, colour = words("no_observation"), TEXT_2
    elif fact.met is None:
        reading, colour = words("no_target"), TEXT_2
    else:
        reading, colour = (words("met"), GOOD) if fact.met else (words("missed"), WARNING)
    look = style.cell(font_color=colour, bold=True, **_LEFT)
    put(sheet, row, places["reading"], reading, look)


def write_method(book: Book, sheet: Any) -> None:
    """Write where the figures come from, every assumption, and what each level may claim."""
    for place, width in enumerate((46, 24, 24, 50)):
        sheet.set_column(place, place, width)
    row = _trace(book, sheet)
    row = _levels(book, sheet, row + 1)
    _assumptions(book, sheet, row + 1)
    sheet.fit_to_pages(1, 0)


def _heading(book: Book, sheet: Any, row: int, key: str) -> int:
    sheet.set_row(row, 24)
    sheet.write_string(row, 0, book.words(key), book.styles(bold=True, font_size=14))
    return row + 1


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
        shown = "yyyy-mm-dd" if isinstance(value, date) else "#,##0"
        look = style.cell(num_format=shown, align="left")
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
        sheet.set_row(row, _height([(behind, 48, False), (claims, 50, False)]))
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


def _assumptions(book: Book, sheet: Any, row: int) -> None:
    words, style = book.words, book.styles
    top = row = _heading(book, sheet, row, "assumptions")
    for place, key in enumerate(("assumption", "value_used", "default", "reading")):
        look = {"align": "right"} if place in (1, 2) else _LEFT if place else {}
        sheet.write_string(row, place, words(key), style.header(**look))
    for fact in book.pack.assumptions:
        row += 1
        changed = fact.default is not None and fact.value != fact.default
        number = style.cell(num_format=f"0.###;{MINUS}0.###", bold=changed)
        sheet.write_string(row, 0, words.assumption(fact.name), style.cell())
        put(sheet, row, 1, fact.value, number)
        put(sheet, row, 2, fact.default, style.cell(num_format=f"0.###;{MINUS}0.###"))
        reading = style.cell(font_color=WARNING, **_LEFT)
        put(sheet, row, 3, words("changed") if changed else "", reading)
    book.name("assumptions", sheet, (top, 0), (row, 3))
