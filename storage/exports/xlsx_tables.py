"""The sheets behind the page: all rows, metrics and KPIs."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from journey.metrics.kinds import Metric
from journey.report.figures import MINUS
from journey.report.pack import KpiFact, MetricFact
from journey.report.words import Words
from storage.exports.columns import Column, Shape, Value, columns_of
from storage.exports.xlsx_bars import badge_rules, data_bars
from storage.exports.xlsx_book import Book
from storage.exports.xlsx_styles import GOOD, HIGHEST, TEXT_2, WARNING, lines_needed

_FORMATS = {
    Shape.WHOLE: "0",
    Shape.MONEY: f"#,##0;{MINUS}#,##0",
    Shape.REAL: f"#,##0.0;{MINUS}#,##0.0",
}


def _format(book: Book, shape: Shape) -> str:
    """Return the number format of a column, "" for texts."""
    by_language = {Shape.SHARE: book.formats.chance, Shape.DAY: book.formats.day}
    return _FORMATS.get(shape) or by_language.get(shape, "")


# An indent keeps a text away from the figure to its left.
LEFT: dict[str, Any] = {"align": "left", "indent": 1}


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
    """Write every row with every figure, and the ids by which programs find it again."""
    pack = book.pack
    columns = columns_of(pack, ids=False)
    ids = columns_of(pack)[len(columns) :]
    _titles(book, sheet, columns)
    looks = [_look(book, column) for column in columns]
    for number, row in enumerate(pack.all_rows, start=1):
        values = [_told(book, column, column.value(row)) for column in columns]
        texts = zip(values, columns, strict=True)
        sheet.set_row(number, row_height((v, c.width, c.field == "title") for v, c in texts))
        for place, (value, look) in enumerate(zip(values, looks, strict=True)):
            put(sheet, number, place, value, look)
    last = len(pack.all_rows)
    _ids(book, sheet, len(columns), ids)
    width = len(columns) + len(ids) - 1
    _pictures(sheet, columns, last, book)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, last, width)
    book.name("all_rows", sheet, (0, 0), (last, width))
    sheet.set_landscape()
    sheet.set_print_scale(70)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0, 1)


def _titles(book: Book, sheet: Any, columns: Sequence[Column]) -> None:
    """Write the header, as high as its longest title needs beside the filter's button."""
    pack, titles = book.pack, []
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        title = book.words(column.words, k=pack.decision.top_k)
        if column.shape is Shape.MONEY:
            title = f"{title}, {pack.currency}"
        titles.append((title, column.width, True))
        sheet.write_string(0, place, title, book.styles.header(**_side(column)))
    sheet.set_row(0, max(44, row_height(titles)))


def _pictures(sheet: Any, columns: Sequence[Column], last: int, book: Book) -> None:
    """Show levels as badges and values as bars, by rules that follow a sort."""
    if not last:
        return
    for place, column in enumerate(columns):
        if column.field == "level":
            badge_rules(sheet, (1, last), place, book.styles)
        elif column.field in ("value_mean", "index_mean"):
            data_bars(sheet, (1, last), place)


def _side(column: Column) -> dict[str, Any]:
    if column.shape in (Shape.TEXT, Shape.PROSE, Shape.ID, Shape.FLAG):
        return dict(LEFT)
    return {"align": "right"}


def row_height(texts: Iterable[tuple[object, float, bool]]) -> float:
    """Return the height in points that shows a row's texts, each given as (text, width, bold)."""
    lines = [
        lines_needed(text, width - 2, bold=bold)
        for text, width, bold in texts
        if isinstance(text, str)
    ]
    return min(max(lines, default=1) * 13 + 5, HIGHEST)


def _look(book: Book, column: Column) -> Any:
    """Return the format of a column's cells, made once."""
    look = _side(column)
    shown = _format(book, column.shape)
    if shown:
        look["num_format"] = shown
    if column.field == "level":
        look |= {"align": "center", "indent": 0, "bold": True}
    if column.field in ("title", "rank"):
        look["bold"] = True
    return book.styles.cell(**look)


def _told(book: Book, column: Column, value: Value) -> Value:
    """Return a value as it is shown: stable words in those of people."""
    if column.shape is Shape.FLAG:
        return book.words("yes") if value else book.words("no")
    if column.field == "status" and isinstance(value, str):
        return book.words.status(value)
    if column.field == "metric" and value is not None:
        return book.words(f"metric.{value}")
    return value


def _ids(book: Book, sheet: Any, first: int, ids: Sequence[Column]) -> None:
    """Write the hidden ids by which a returned file finds its rows again."""
    for place, column in enumerate(ids, start=first):
        sheet.set_column(place, place, column.width, None, {"hidden": True})
        sheet.write_string(0, place, column.field, book.styles.header())
        look = book.styles.cell()
        for number, row in enumerate(book.pack.all_rows, start=1):
            put(sheet, number, place, column.value(row), look)


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
        sheet.set_row(1, row_height((words(key), width, True) for key, width in _METRIC_COLUMNS))
        for place, (key, _) in enumerate(_METRIC_COLUMNS):
            look = {"align": "right"} if 6 <= place <= 10 else LEFT
            sheet.write_string(1, place, words(key), style.header(**look))
        for fact in book.pack.metrics:
            row += 1
            _metric(book, sheet, row, fact)
        book.name("metrics", sheet, (1, 0), (row, len(_METRIC_COLUMNS) - 1))
        sheet.autofilter(1, 0, row, len(_METRIC_COLUMNS) - 1)
        sheet.freeze_panes(2, 1)
        sheet.repeat_rows(1)
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
    columns = zip((*texts, reading), (*_METRIC_COLUMNS[:6], _METRIC_COLUMNS[-1]), strict=True)
    sheet.set_row(row, row_height((text, width, False) for text, (_, width) in columns))
    for place, text in enumerate(texts):
        put(sheet, row, place, text, style.cell(**LEFT))
    put(sheet, row, 6, fact.n, style.cell(num_format="#,##0"))
    put(sheet, row, 7, fact.value, style.cell(num_format=shown, bold=True))
    put(sheet, row, 8, fact.low, style.cell(num_format=shown))
    put(sheet, row, 9, fact.high, style.cell(num_format=shown))
    put(sheet, row, 10, fact.top2box, style.cell(num_format=book.formats.share))
    put(sheet, row, 11, reading, style.cell(font_color=TEXT_2, **LEFT))


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
        look = {"align": "right"} if key in ("n", "observed", "target") else LEFT
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
    reading, colour = _reading(words, fact)
    told = (texts | {"reading": reading}).items()
    sheet.set_row(
        row, row_height((text, widths[places[key]], key == "reading") for key, text in told)
    )
    for key, text in texts.items():
        put(sheet, row, places[key], text, style.cell(**LEFT))
    put(sheet, row, places["n"], fact.n, style.cell(num_format="#,##0"))
    put(sheet, row, places["observed"], fact.value, number)
    put(sheet, row, places["target"], fact.target, number)
    look = style.cell(font_color=colour, bold=True, **LEFT)
    put(sheet, row, places["reading"], reading, look)


def _reading(words: Words, fact: KpiFact) -> tuple[str, str]:
    """Return how a KPI stands against its target, and the colour that says so too."""
    if fact.value is None:
        return words("no_observation"), TEXT_2
    if fact.met is None:
        return words("no_target"), TEXT_2
    return (words("met"), GOOD) if fact.met else (words("missed"), WARNING)
