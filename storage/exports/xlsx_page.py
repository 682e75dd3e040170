"""The page of a pack in a spreadsheet: A4, at most ten rows, the decision on top."""

from functools import partial
from typing import Any

from journey.metrics.kinds import Metric
from journey.priority.result import Basis, Level
from journey.report.pack import MetricFact, PackRow
from storage.exports.decision import decision_words
from storage.exports.figures import grouped, long_date, short_hash, unit_of
from storage.exports.xlsx_bars import Spot, draw_axis, draw_badge, draw_bar
from storage.exports.xlsx_book import Book
from storage.exports.xlsx_styles import (
    ACCENT,
    CHANCE,
    HAIRLINE,
    SELECTED,
    TEXT_2,
    TEXT_3,
    lines_needed,
)

# Column widths in characters: rank, pain point, bar, value, 80 % from and to, chance, effort,
# level, metric, margin, answers. Together they fill A4 upright at about three quarters of size.
_WIDTHS = (6, 35, 23, 10, 8, 8, 8, 8, 6, 11, 7, 8)
_BAR = 2
_LAST = len(_WIDTHS) - 1
_ALL = sum(_WIDTHS)
_LINE = 13.5  # points a line of 10 pt text takes


class _Page:
    """Writes the page from the top down."""

    def __init__(self, book: Book, sheet: Any, rows_sheet: str) -> None:
        self._book, self._sheet, self._rows_sheet = book, sheet, rows_sheet
        self._pack, self._words, self._style = book.pack, book.words, book.styles
        self._unit = unit_of(book.pack, book.words)
        self._row = 0

    def write(self) -> None:
        """Write everything and set the page up."""
        sheet = self._sheet
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        self._title()
        self._decision()
        self._header()
        first = self._row
        for row in self._pack.rows:
            self._item(row)
        last = max(first, self._row - 1)
        self._book.name("priorities", sheet, (first, 0), (last, _LAST))
        self._legend()
        self._why()
        self._foot()
        sheet.print_area(0, 0, self._row - 1, _LAST)
        sheet.fit_to_pages(1, 1)
        sheet.set_margins(left=0.47, right=0.47, top=0.47, bottom=0.47)
        sheet.center_horizontally()
        sheet.set_first_sheet()
        sheet.activate()

    def _spot(self, column: int, points: float) -> Spot:
        return Spot(self._sheet, self._row, column, _WIDTHS[column], points)

    def _number(self, column: int, value: float | None, style: Any) -> None:
        """Write a figure, or a dash where there is none: empty and zero look different."""
        if value is None:
            self._sheet.write_string(self._row, column, self._words("none"), style)
        else:
            self._sheet.write_number(self._row, column, value, style)

    def _text(
        self, text: str, *, size: int = 10, gap: float = 2, height: float | None = None, **look: Any
    ) -> None:
        """Write one text over the whole width, as high as it needs."""
        lines = lines_needed(text, _ALL - 2, size=size, bold=bool(look.get("bold")))
        usual = {"text_wrap": True, "valign": "vcenter", "font_size": size}
        style = self._style(**(usual | look))
        self._sheet.set_row(self._row, height or lines * _LINE * size / 10 + gap)
        self._sheet.merge_range(self._row, 0, self._row, _LAST, "", style)
        self._sheet.write_string(self._row, 0, text, style)
        self._row += 1

    def _gap(self, points: float) -> None:
        self._sheet.set_row(self._row, points)
        self._row += 1

    def _title(self) -> None:
        pack, words, style = self._pack, self._words, self._style
        small = style(font_color=TEXT_2)
        self._sheet.set_row(0, 16)
        self._sheet.write_string(0, 0, pack.workspace, small)
        right = style(font_color=TEXT_2, align="right")
        self._sheet.write_string(0, _LAST, self._book.quarter(), right)
        self._row = 1
        self._text(self._book.leader(), size=20, bold=True, gap=6)
        mine = len(pack.all_rows)
        key = "lead" if pack.leader else "lead_nobody"
        key += "_one" if mine == 1 else ""
        facts = {"mine": mine, "all": pack.rows_in_all, "order": words.order(pack.basis)}
        self._text(words(key, **facts), size=11, font_color=TEXT_2)
        self._gap(8)

    def _decision(self) -> None:
        found = decision_words(self._pack, self._words, self._unit)
        top = self._row
        lines: list[tuple[str, dict[str, Any]]] = [
            (self._words("decision"), {"bold": True, "font_color": ACCENT, "gap": 6}),
            (found.headline, {"bold": True, "size": 14, "gap": 4}),
        ]
        if found.detail:
            lines.append((found.detail, {"gap": 8}))
        for number, (text, look) in enumerate(lines):
            edges: dict[str, Any] = {
                "left": 2,
                "right": 2,
                "bg_color": SELECTED,
                "border_color": ACCENT,
            }
            edges |= {"top": 2} if number == 0 else {}
            edges |= {"bottom": 2} if number == len(lines) - 1 else {}
            colours = {f"{side}_color": ACCENT for side in ("left", "right", "top", "bottom")}
            self._text(text, indent=1, **(edges | colours | look))
        self._book.name("decision", self._sheet, (top, 0), (self._row - 1, 0))
        self._gap(10)

    def _header(self) -> None:
        words, style, pack = self._words, self._style, self._pack
        note = self._book.unit_note(self._unit.label)
        titles = [
            words("rank"),
            words("pain_point"),
            words("bar") if pack.axis else "",
            words("value") if pack.basis is Basis.MONEY else words("index"),
            words("from80"),
            words("to80"),
            words("p_top", k=pack.decision.top_k),
            words("effort"),
            words("level"),
            words("metric_now"),
            words("margin"),
            words("n"),
        ]
        bare = {"bottom": 0, "text_wrap": True}
        self._sheet.set_row(self._row, 28)
        for column, title in enumerate(titles):
            self._sheet.write_string(
                self._row, column, title, style.header(**bare, **_side(column))
            )
        self._row += 1
        self._sheet.set_row(self._row, 16)
        for column in range(len(titles)):
            self._sheet.write_blank(self._row, column, None, style.header())
        if note:
            self._sheet.write_string(
                self._row, 3, note, style.header(bold=False, font_color=TEXT_3, text_wrap=False)
            )
        if pack.axis:
            draw_axis(self._spot(_BAR, 16), _WIDTHS[_BAR - 1], pack.axis, self._unit)
        self._row += 1

    def _item(self, row: PackRow) -> None:
        item, sheet = row.item, self._sheet
        look: dict[str, Any] = {"valign": "vcenter"}
        look |= {"bg_color": SELECTED} if row.asked else {}
        cell = partial(self._style.cell, **look)
        where = " · ".join(filter(None, (item.touchpoint_name, item.stage_name)))
        lines = lines_needed(item.title, _WIDTHS[1], bold=True)
        lines += lines_needed(where, _WIDTHS[1]) if where else 0
        height = max(2, lines) * _LINE + 8
        sheet.set_row(self._row, height)
        if item.rank is None:
            sheet.write_string(self._row, 0, self._words("none"), cell(align="center"))
        else:
            big = cell(align="center", bold=True, font_size=14)
            sheet.write_number(self._row, 0, item.rank, big)
        self._pain_point(item.title, where, cell())
        self._figure(row, cell, height)
        self._number(6, item.p_top5, cell(num_format=CHANCE, bold=True, align="right"))
        assumed = "0.#" if item.effort_days % 1 else "0"
        shown = f'"~"{assumed}' if item.effort_assumed else assumed
        effort = None if item.rank is None else item.effort_days
        self._number(7, effort, cell(num_format=shown, align="right"))
        sheet.write_string(self._row, 8, item.level.value, cell(bold=True, align="center"))
        name = self._words.level(item.level)
        draw_badge(self._spot(8, height), item.level.value, name)
        self._metric(row.metric, cell)
        self._row += 1

    def _pain_point(self, title: str, where: str, style: Any) -> None:
        strong, quiet = self._style(bold=True, font_size=10), self._style(font_color=TEXT_2)
        if title and where:
            parts = [strong, title, quiet, f"\n{where}"]
            self._sheet.write_rich_string(self._row, 1, *parts, style)
        else:
            self._sheet.write_string(self._row, 1, title or where, style)

    def _figure(self, row: PackRow, cell: Any, height: float) -> None:
        figure, unit, sheet = row.figure, self._unit, self._sheet
        blank = cell()
        if figure is None or self._pack.axis is None:
            quiet = cell(font_color=TEXT_2)
            sheet.merge_range(self._row, _BAR, self._row, _BAR + 3, "", quiet)
            sheet.write_string(self._row, _BAR, self._no_figure(row), quiet)
            return
        sheet.write_blank(self._row, _BAR, None, blank)
        shown = cell(num_format=unit.number_format(), bold=True)
        sheet.write_number(self._row, 3, figure.mean, shown)
        plain = unit.number_format(with_unit=False)
        ends = cell(num_format=plain, font_color=TEXT_2, align="right")
        self._number(4, figure.low80, ends)
        self._number(5, figure.high80, ends)
        draw_bar(self._spot(_BAR, height), figure, self._pack.axis, unit)

    def _no_figure(self, row: PackRow) -> str:
        """Say in words what is missing; a level never claims what it does not know."""
        level = row.item.level
        if level is Level.D and row.item.index_mean is not None:
            return self._words("figure.D", index=grouped(row.item.index_mean, 1))
        if level in (Level.E, Level.F):
            return self._words(f"figure.{level.value}")
        return self._words("figure.none")

    def _metric(self, fact: MetricFact | None, cell: Any) -> None:
        sheet, words = self._sheet, self._words
        quiet = cell(font_color=TEXT_2)
        if fact is None or fact.value is None:
            text = words("not_asked") if fact is None else words("too_few", n=fact.n)
            sheet.write_string(self._row, 9, text, quiet)
            sheet.write_blank(self._row, 10, None, quiet)
            sheet.write_blank(self._row, 11, None, quiet)
            return
        name = words(f"metric.{fact.metric.value}")
        digits = "0" if fact.metric is Metric.NPS else "0.0"
        if fact.metric is Metric.NPS:
            shown = f'"{name} "+0;"{name} "\u22120;"{name} "0'
        else:
            shown = f'"{name} "{digits}'
        sheet.write_number(self._row, 9, fact.value, cell(num_format=shown, align="right"))
        margin = cell(num_format=f'"±"{digits}', font_color=TEXT_2, align="right")
        self._number(10, fact.margin, margin)
        sheet.write_number(self._row, 11, fact.n, cell(num_format="#,##0", font_color=TEXT_2))

    def _legend(self) -> None:
        pack, words = self._pack, self._words
        levels = [level for level in Level if any(r.item.level is level for r in pack.rows)]
        parts = [f"{level.value} {words.level(level)}" for level in levels]
        parts += [words("legend")] if pack.axis else []
        parts += [words("tinted")] if any(row.asked for row in pack.rows) else []
        more = len(pack.all_rows) - len(pack.rows)
        parts += [words("more_rows", count=more, sheet=self._rows_sheet)] if more else []
        self._text(" · ".join(parts), font_color=TEXT_2, gap=8)
        self._gap(4)

    def _why(self) -> None:
        rows = [row for row in self._pack.rows if row.item.rank is not None]
        if not rows:
            return
        first, *others = rows
        if first.item.sentence:
            self._text(self._words("why_first", rank=first.item.rank), bold=True, size=11)
            self._text(first.item.sentence, gap=6)
        held = [row.item for row in others if row.item.why_not_higher][:3]
        if held:
            self._text(self._words("why_not"), bold=True, size=11)
            for item in held:
                self._text(f"{item.rank}  {item.title}: {item.why_not_higher}", gap=3)
        self._gap(6)

    def _foot(self) -> None:
        pack, words, foot = self._pack, self._words, self._pack.foot
        key = "method_text.order" if pack.basis is Basis.ORDER else "method_text"
        told = words(key, draws=grouped(foot.draws), seed=foot.seed, version=foot.method_version)
        quiet: dict[str, Any] = {"font_color": TEXT_2, "valign": "top"}
        line: dict[str, Any] = {"top": 1, "top_color": HAIRLINE}
        self._text(f"{words('method')}: {told}", gap=4, **quiet, **line)
        self._text(f"{words('assumptions')}: {self._assumptions()}", gap=4, **quiet)
        facts = {
            "answers": grouped(foot.answers),
            "minimum": pack.minimum_n,
            "date": long_date(foot.generated_on),
            "hash": short_hash(foot.content_sha256),
            "seed": foot.seed,
            "draws": grouped(foot.draws),
            "version": foot.method_version,
        }
        self._text(words("foot", **facts), gap=2, **quiet)

    def _assumptions(self) -> str:
        """Name what differs from the defaults; the whole list is on the sheet of the method."""
        changed = [
            f"{self._words.assumption(a.name)} {a.value:g} ({a.default:g})"
            for a in self._pack.assumptions
            if a.default is not None and a.value != a.default
        ]
        sheet = self._words("sheet.method")
        if not changed:
            return self._words("assumptions_default", sheet=sheet)
        return self._words("assumptions_changed", changed=" · ".join(changed), sheet=sheet)


def write_page(book: Book, sheet: Any, rows_sheet: str) -> None:
    """Write the page of a pack; `rows_sheet` is where all rows stand."""
    _Page(book, sheet, rows_sheet).write()


def _side(column: int) -> dict[str, str]:
    """Numbers stand right, so their headers do; rank and level are centred."""
    if column in (0, 8):
        return {"align": "center"}
    return {"align": "right"} if column > _BAR else {}
