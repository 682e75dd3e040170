"""The page of a pack in a spreadsheet: A4, at most ten rows, the decision on top."""

from functools import partial
from typing import Any

from journey.metrics.kinds import Metric
from journey.priority.result import Basis
from journey.report.figures import unit_of
from journey.report.pack import PackRow
from storage.exports.xlsx_bars import (
    CELL_PIXELS,
    CELLS,
    Places,
    Strip,
    badge_rules,
    bar_rules,
)
from storage.exports.xlsx_book import Book
from storage.exports.xlsx_styles import (
    ACCENT,
    HAIRLINE,
    HIGHEST,
    NEUTRAL,
    SELECTED,
    SURFACE,
    TEXT_2,
    TEXT_3,
    lines_needed,
)

# Columns and their widths in characters; the strip of the bars stands between the first three
# and the others. Together they fill A4 upright at about 70 % of size.
_BEFORE = {"rank": 6, "change": 8, "pain_point": 38}
_AFTER = {
    "value": 10,
    "low80": 8,
    "high80": 8,
    "p_top": 8,
    "effort": 8,
    "level": 5,
    "metric_now": 11,
    "margin": 7,
    "n": 9,
    "target": 8,
}
# Behind the page, hidden: what a bar needs and no reader.
_HIDDEN = ("low95", "high95")
_STRIP = len(_BEFORE)
_PLACE = {
    **{key: place for place, key in enumerate(_BEFORE)},
    **{key: place for place, key in enumerate((*_AFTER, *_HIDDEN), start=_STRIP + CELLS)},
}
_LAST = _PLACE["target"]
_ALL = sum(_BEFORE.values()) + sum(_AFTER.values()) + CELLS * CELL_PIXELS / 7
# Characters; a longer text of several looks would be left out of its cell.
_RICH = 16_000
_LINE = 13.5  # points a line of 10 pt text takes
_CENTRED = ("rank", "level")
_SEEN = frozenset({"left", "right", "top", "bottom", "bg_color"})
# On the page stand at most so many; all of them are on their own sheet.
_KPIS = 6


class PageWriter:
    """Writes the page from the top down."""

    def __init__(self, book: Book, sheet: Any, rows_sheet: str) -> None:
        self._book, self._sheet, self._rows_sheet = book, sheet, rows_sheet
        self._pack, self._words, self._style = book.pack, book.words, book.styles
        self._unit = unit_of(book.pack, book.words)
        self._row = 0
        axis = self._pack.axis
        self._strip = None if axis is None else Strip(_STRIP, axis)

    def write(self) -> None:
        """Write everything and set the page up."""
        sheet = self._sheet
        spared = self._spared()
        for key, width in (_BEFORE | _AFTER).items():
            hidden = {"hidden": True} if key in spared else {}
            sheet.set_column(_PLACE[key], _PLACE[key], width, None, hidden)
        sheet.set_column_pixels(_STRIP, _STRIP + CELLS - 1, CELL_PIXELS)
        sheet.set_column(_LAST + 1, _LAST + len(_HIDDEN), 12, None, {"hidden": True})
        self._title()
        self._decision()
        self._header()
        first = self._row
        for row in self._pack.rows:
            self._item(row)
        last = max(first, self._row - 1)
        self._rules((first, last))
        self._book.name("priorities", sheet, (first, 0), (last, _LAST + len(_HIDDEN)))
        self._legend()
        self._below()
        self._foot()
        sheet.print_area(0, 0, self._row - 1, _LAST)
        sheet.fit_to_pages(1, 1)
        sheet.set_margins(left=0.47, right=0.47, top=0.47, bottom=0.47)
        sheet.center_horizontally()
        sheet.set_first_sheet()
        sheet.activate()

    def _spared(self) -> set[str]:
        """Return the columns that hold nothing in this pack and would only take room."""
        spared = set() if self._pack.before else {"change"}
        if all(row.metric_target is None for row in self._pack.rows):
            spared.add("target")
        return spared

    def _rules(self, rows: tuple[int, int]) -> None:
        badge_rules(self._sheet, rows, _PLACE["level"], self._style)
        if self._strip is not None:
            keys = ("value", "low80", "high80", "low95", "high95")
            places = Places(*(_PLACE[key] for key in keys))
            bar_rules(self._sheet, rows, self._strip, places, self._style)

    def _number(self, key: str, value: float | None, style: Any) -> None:
        """Write a figure, or a dash where there is none: empty and zero look different."""
        if value is None:
            self._string(key, self._words("none"), style)
        else:
            self._sheet.write_number(self._row, _PLACE[key], value, style)

    def _string(self, key: str, text: str, style: Any) -> None:
        if text:
            self._sheet.write_string(self._row, _PLACE[key], text, style)
        else:
            self._sheet.write_blank(self._row, _PLACE[key], None, style)

    def _text(
        self, text: str, *, size: int = 10, gap: float = 2, strong: str = "", **look: Any
    ) -> None:
        """Write one text over the whole width, as high as it needs; `strong` stands before it."""
        whole = f"{strong} {text}".strip()
        lines = lines_needed(whole, _ALL - 2, size=size, bold=bool(look.get("bold") or strong))
        usual = {"text_wrap": True, "valign": "vcenter", "font_size": size}
        style = self._style(**(usual | look))
        self._sheet.set_row(self._row, min(lines * _LINE * size / 10 + gap, HIGHEST))
        # Only what is framed or tinted shows in the cells that the text runs over.
        seen = style if look.keys() & _SEEN else None
        self._sheet.merge_range(self._row, 0, self._row, _LAST, "", seen)
        if strong and text and len(whole) <= _RICH:
            plain = {k: v for k, v in look.items() if k == "font_color"} | {"font_size": size}
            parts = [self._style(bold=True, **plain), strong, self._style(**plain), f" {text}"]
            self._sheet.write_rich_string(self._row, 0, *parts, style)
        else:
            self._sheet.write_string(self._row, 0, whole, style)
        self._row += 1

    def _gap(self, points: float) -> None:
        self._sheet.set_row(self._row, points)
        self._row += 1

    def _title(self) -> None:
        text, style = self._pack.text, self._style
        self._sheet.set_row(0, 16)
        self._sheet.write_string(0, 0, self._pack.workspace, style(font_color=TEXT_2))
        right = style(font_color=TEXT_2, align="right")
        # A hidden column would hide the text that ends in it.
        edge = "n" if "target" in self._spared() else "target"
        self._sheet.write_string(0, _PLACE[edge], self._book.quarter(), right)
        self._row = 1
        self._text(self._book.leader(), size=20, bold=True, gap=6)
        self._text(text.lead, size=11, font_color=TEXT_2)
        self._gap(8)

    def _decision(self) -> None:
        text, top = self._pack.text, self._row
        lines: list[tuple[str, dict[str, Any]]] = [
            (text.decision_title, {"bold": True, "font_color": ACCENT, "gap": 6}),
            (text.decision, {"bold": True, "size": 14, "gap": 4}),
        ]
        if text.decision_detail:
            lines.append((text.decision_detail, {"gap": 8}))
        for number, (line, look) in enumerate(lines):
            edges: dict[str, Any] = {"left": 2, "right": 2, "bg_color": SELECTED}
            edges |= {"top": 2} if number == 0 else {}
            edges |= {"bottom": 2} if number == len(lines) - 1 else {}
            colours = {f"{side}_color": ACCENT for side in ("left", "right", "top", "bottom")}
            self._text(line, indent=1, **(edges | colours | look))
        self._book.name("decision", self._sheet, (top, 0), (self._row - 1, 0))
        self._gap(10)

    def _header(self) -> None:
        words, style, pack = self._words, self._style, self._pack
        titles = {
            key: words(key)
            for key in (*_BEFORE, *_AFTER)
            if key not in ("change", "value", "low80", "high80", "p_top")
        }
        titles["change"] = pack.text.columns.since if pack.before else ""
        titles["value"] = words("value") if pack.basis is Basis.MONEY else words("index")
        titles |= {"low80": words("from80"), "high80": words("to80")}
        titles["p_top"] = words("p_top", k=pack.decision.top_k)
        self._sheet.set_row(self._row, 30)
        for key, title in titles.items():
            self._string(key, title, style.header(bottom=0, **_side(key)))
        if self._strip is not None:
            bar = style.header(bottom=0, text_wrap=False)
            self._sheet.write_string(self._row, _STRIP, words("bar"), bar)
        self._row += 1
        self._sheet.set_row(self._row, 16)
        for place in range(_LAST + 1):
            self._sheet.write_blank(self._row, place, None, style.header())
        note = style.header(bold=False, font_color=TEXT_3, text_wrap=False)
        self._string("low80", self._book.unit_note(self._unit.label), note)
        self._axis()
        self._row += 1

    def _axis(self) -> None:
        """Write the scale over the bars; a label reaches over the empty cells beside it."""
        if self._strip is None:
            return
        look = self._style.header(bold=False, text_wrap=False, align="center", font_size=9)
        for tick in self._strip.axis.ticks:
            text = self._unit.text(tick, with_unit=False)
            self._sheet.write_string(self._row, self._strip.column_of(tick), text, look)

    def _item(self, row: PackRow) -> None:
        item = row.item
        look: dict[str, Any] = {"valign": "vcenter"}
        look |= {"bg_color": SELECTED} if row.asked else {}
        cell = partial(self._style.cell, **look)
        self._pain_point(row, cell())
        if item.rank is None:
            self._string("rank", self._words("none"), cell(align="center"))
        else:
            big = cell(align="center", bold=True, font_size=14)
            self._sheet.write_number(self._row, _PLACE["rank"], item.rank, big)
        self._string("change", row.text.change, cell(font_color=TEXT_2, font_size=9))
        self._figure(row, cell)
        chance = cell(num_format=self._book.formats.chance, bold=True, align="right")
        self._number("p_top", item.p_top5, chance)
        assumed = "0.#" if item.effort_days % 1 else "0"
        shown = f'"≈ "{assumed}' if item.effort_assumed else assumed
        effort = None if item.rank is None else item.effort_days
        self._number("effort", effort, cell(num_format=shown, align="right", indent=1))
        self._string("level", item.level.value, cell(bold=True, align="center"))
        self._metric(row, cell)
        self._row += 1

    def _pain_point(self, row: PackRow, style: Any) -> None:
        """Write the title, where it is, and what is planned: three lines of one cell."""
        item = row.item
        where = " · ".join(filter(None, (item.touchpoint_name, item.stage_name, row.segment)))
        planned = " · ".join(filter(None, (item.improvement_title, row.text.status, row.text.due)))
        width = _BEFORE["pain_point"]
        lines = lines_needed(item.title, width, bold=True)
        lines += sum(lines_needed(text, width) for text in (where, planned) if text)
        self._sheet.set_row(self._row, min(max(2, lines) * _LINE + 8, HIGHEST))
        quiet, plain = self._style(font_color=TEXT_2), self._style()
        rest = [(quiet, where), (plain, f"→ {planned}" if planned else "")]
        below = [part for look, text in rest if text for part in (look, f"\n{text}")]
        if item.title and below and len(item.title) + len(where) + len(planned) <= _RICH:
            parts = [self._style(bold=True), item.title, *below]
            self._sheet.write_rich_string(self._row, _PLACE["pain_point"], *parts, style)
        else:
            self._string("pain_point", item.title, style)

    def _figure(self, row: PackRow, cell: Any) -> None:
        figure, unit = row.figure, self._unit
        bare: dict[str, Any] = {}
        if figure is not None and row is not self._pack.rows[0]:
            # A thick edge in the colour of the ground keeps the bars of two rows apart.
            bare = {"top": 5, "top_color": SELECTED if row.asked else SURFACE}
        looks = [cell(**bare)] * CELLS
        if figure is not None and self._strip is not None:
            for tick in self._strip.axis.ticks:
                line = {"left": 1, "left_color": HAIRLINE if tick else NEUTRAL}
                looks[self._strip.column_of(tick) - _STRIP] = cell(**bare, **line)
        for place, look in enumerate(looks, start=_STRIP):
            self._sheet.write_blank(self._row, place, None, look)
        if figure is None or self._strip is None:
            quiet = cell(font_color=TEXT_2, text_wrap=False)
            self._sheet.write_string(self._row, _STRIP, row.text.no_value, quiet)
            for key in ("value", "low80", "high80"):
                self._string(key, "", cell())
            return
        shown = cell(num_format=unit.number_format(), bold=True, align="right")
        self._number("value", figure.mean, shown)
        plain = unit.number_format(with_unit=False)
        ends = cell(num_format=plain, font_color=TEXT_2, align="right")
        self._number("low80", figure.low80, ends)
        self._number("high80", figure.high80, ends)
        for key, value in zip(_HIDDEN, (figure.low95, figure.high95), strict=True):
            if value is not None:
                self._number(key, value, ends)

    def _metric(self, row: PackRow, cell: Any) -> None:
        fact = row.metric
        quiet = cell(font_color=TEXT_2, align="right")
        if fact is None or fact.value is None:
            self._string("metric_now", row.text.no_metric, cell(font_color=TEXT_2))
            for key in ("margin", "n", "target"):
                self._string(key, "", quiet)
            return
        name = self._words(f"metric.{fact.metric.value}")
        nps = fact.metric is Metric.NPS
        digits = "0" if nps else "0.0"
        shown = f'"{name} "+0;"{name} "\u22120;"{name} "0' if nps else f'"{name} "{digits}'
        self._number("metric_now", fact.value, cell(num_format=shown, align="right"))
        margin = cell(num_format=f'"±"{digits}', font_color=TEXT_2, align="right")
        self._number("margin", fact.margin, margin)
        count = cell(num_format="#,##0", font_color=TEXT_2, align="right")
        self._number("n", fact.n, count)
        if row.metric_target is None:
            self._string("target", "", quiet)
        else:
            aim = cell(num_format="+0;\u22120;0" if nps else "0.0", align="right")
            self._number("target", row.metric_target, aim)

    def _legend(self) -> None:
        text, words = self._pack.text, self._words
        # The bar looks different here, so that its part of the legend is said in other words.
        bar = () if self._strip is None else (words("bar.legend"),)
        parts = [*text.legend[len(bar) :], *bar, text.tinted]
        more = len(self._pack.all_rows) - len(self._pack.rows)
        parts += [words("more_rows", count=more, sheet=self._rows_sheet)] if more else []
        self._text(" · ".join(filter(None, parts)), font_color=TEXT_2, gap=8)
        self._gap(4)

    def _below(self) -> None:
        """Write why, what changed, what was fixed, the KPIs and what customers say."""
        text = self._pack.text
        whys = [("", text.why)] if text.why else []
        reasons = [(f"{title}:", reason) for title, reason in text.why_not]
        kpis = [
            (kpi.name, " · ".join(filter(None, (kpi.where, kpi.value, kpi.target, kpi.reading))))
            for kpi in text.kpis[:_KPIS]
        ]
        sections = (
            (text.why_title, whys),
            (text.why_not_title, reasons),
            (text.change_title, [("", line) for line in text.change]),
            (text.fixes_title, [(fix.title, fix.sentence) for fix in text.fixes]),
            (text.kpis_title, kpis),
            (text.comments_title, [("", f"{c.quote} {c.source}") for c in text.comments]),
        )
        for title, lines in sections:
            if title and lines:
                self._text(title, bold=True, size=11, gap=6)
                for strong, line in lines:
                    self._text(line, strong=strong, gap=3)
        self._gap(6)

    def _foot(self) -> None:
        foot = self._pack.text.foot
        quiet: dict[str, Any] = {"font_color": TEXT_2, "valign": "top", "gap": 3}
        line: dict[str, Any] = {"top": 1, "top_color": HAIRLINE}
        parts = (
            (foot.method_title, foot.method),
            (foot.assumptions_title, foot.assumptions),
            (foot.trace_title, foot.trace),
        )
        for title, text in parts:
            if text:
                self._text(text, strong=title, **quiet, **line)
                line = {}


def _side(key: str) -> dict[str, str]:
    """Numbers stand right, so their headers do; rank and level are centred."""
    if key in _CENTRED:
        return {"align": "center"}
    return {"align": "right"} if key in _AFTER else {}
