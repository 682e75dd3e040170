"""The values of one KPI as they would enter, period beside period, beside what is there."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.imports.bands import SIDE
from ui.imports.words import tr
from ui.numbers import number
from ui.shell.drawing import draw_box
from ui.shell.theme import Theme, active_theme
from ui.shell.type import font
from ui.shell.wrapping import paint_line, text_width

if TYPE_CHECKING:
    from storage.imports.kpi_result import KpiValue

_MEASURED: Final = 24  # figures of one length are hardly wider than each other
_LEAST: Final = 92  # a cell's width, logical pixels
_HIGH, _GAP, _PAD = 42, 6, 9
# More values than these of one KPI fill the window; those that differ are shown in any case.
MOST: Final = 36
_LONG: Final = re.compile(r"(\d+)([.,])(\d{4,})")  # a figure with more digits than anybody reads


def cell_width(values: Iterable["KpiValue"]) -> int:
    """Return the width at which every value has room: one for all KPIs, so periods line up."""
    # Letters are counted of all of them, and measured of the longest: there may be thousands.
    longest = nlargest(_MEASURED, values, key=_letters)
    widest = max((_wide(value) for value in longest), default=0.0)
    return max(_LEAST, int(widest) + 2 * _PAD + 1)


def period_word(period: str) -> str:
    """Return a period as people read it: "2026 Q3"."""
    return period.replace("Q", " Q")


def values_shown(values: Sequence["KpiValue"]) -> list["KpiValue"]:
    """Return the values that are shown: all, or those that differ and the latest."""
    if len(values) <= MOST:
        return list(values)
    others = [value for value in values if value.is_other]
    plain = [value for value in values if not value.is_other]
    kept = plain[-max(MOST - len(others), 1) :]
    return [value for value in values if value.is_other or value in kept]


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: a period and, left to right, texts with their face and colour.

    Attributes:
        look: "new", "other" for what takes another one's place, "open" for what waits for a choice,
            "asked" for the same in a row that is tinted itself.
        told: all of it in words.
    """

    head: str
    parts: tuple[tuple[str, QFont, str], ...]
    look: str
    told: str


class CellsStrip(QWidget):
    """Cells of equal width in rows; it is looked at, its accessible name says what it shows."""

    def __init__(self, wide: int) -> None:
        super().__init__()
        self._cells: tuple[Cell, ...] = ()
        self._wide = wide
        self._left_out = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def set_cells(self, cells: Iterable[Cell]) -> None:
        """Show other cells."""
        self._cells = tuple(cells)
        self.setAccessibleName("; ".join(cell.told for cell in self._cells))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Qt's virtual."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt's virtual."""
        rows = -(-len(self._cells) // self._across(width))
        return rows * (_HIGH + _GAP) + (20 if self._left_out else 0)

    def sizeHint(self) -> QSize:
        """Qt's virtual."""
        return QSize(self._wide + 2 * SIDE, self.heightForWidth(max(self.width(), 600)))

    def minimumSizeHint(self) -> QSize:
        """Qt's virtual."""
        return QSize(self._wide + 2 * SIDE, _HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's virtual: only the cells that are to be seen."""
        theme, across = active_theme(), self._across(self.width())
        seen = event.rect()
        with QPainter(self) as painter:
            for at, shown in enumerate(self._cells):
                row, column = divmod(at, across)
                left = SIDE + column * (self._wide + _GAP)
                place = QRectF(left, row * (_HIGH + _GAP), self._wide, _HIGH)
                if place.bottom() >= seen.top() and place.top() <= seen.bottom():
                    _paint_cell(painter, place, shown, theme)
            if self._left_out:
                words = tr("and %1 earlier ones").replace("%1", number(self._left_out, 0))
                place = QRectF(SIDE, self.height() - 20, self.width() - 2 * SIDE, 16)
                paint_line(painter, place, words, font("sticky"), theme.text_2)

    def _across(self, width: int) -> int:
        return max((width - 2 * SIDE + _GAP) // (self._wide + _GAP), 1)


class ValuesStrip(CellsStrip):
    """The values of one KPI beside what the workspace has for their periods."""

    def __init__(self, values: Sequence["KpiValue"], wide: int, chosen: str) -> None:
        super().__init__(wide)
        self._values = values_shown(values)
        self._left_out = len(values) - len(self._values)
        self.set_chosen(chosen)

    def set_chosen(self, chosen: str) -> None:
        """Show what becomes of values that differ: "replace", "add", else nobody chose."""
        self._chosen = chosen
        self.set_cells(self._cell(value) for value in self._values)

    def _cell(self, value: "KpiValue") -> Cell:
        look = "new"
        if value.is_other:
            look = "other" if self._chosen in ("replace", "add") else "open"
        return Cell(_head(value), tuple(self._figures(value)), look, self._told(value))

    def _figures(self, value: "KpiValue") -> list[tuple[str, QFont, str]]:
        """What stands in a cell, left to right: text, face, colour."""
        old, new = value.before, value.new
        struck = font("base")
        struck.setStrikeOut(True)
        parts: list[tuple[str, QFont, str]] = []
        if old is not None and value.is_other:
            stays = self._chosen == "add"
            parts.append((number(old.value), font("base", 600) if stays else struck, "text_2"))
            parts.append((number(new.value), struck if stays else font("base", 600), "text"))
        else:
            weight, role = (600, "text") if old is None else (400, "text_2")
            parts.append((number(new.value), font("base", weight), role))
        if new.n is not None:
            parts.append((f"n {number(new.n, 0)}", font("meta"), "text_2"))
        return parts

    def _told(self, value: "KpiValue") -> str:
        """Say a value in words."""
        told = f"{_head(value)}: {number(value.new.value)}"
        if value.new.n is not None:
            told += f", n {number(value.new.n, 0)}"
        if value.before is not None and value.is_other:
            words = {
                "replace": tr("in place of %1"),
                "add": tr("not taken, %1 stays"),
            }.get(self._chosen, tr("%1 is there"))
            told += ", " + words.replace("%1", number(value.before.value))
        return told


def written_cells(values: Sequence[tuple[str, str]]) -> list[Cell]:
    """Return cells of values as they are written, all of which wait for a choice.

    Digits that say nothing are rounded away, but not between values of one period.
    """
    face = font("base", 600)
    written: dict[str, set[str]] = {}
    for period, text in values:
        written.setdefault(period, set()).add(text)
    plain = {p for p, texts in written.items() if len(set(map(few_digits, texts))) == len(texts)}
    return [
        Cell(head, ((text, face, "text"),), "asked", f"{head}: {text}")
        for head, text in (
            (period_word(period), few_digits(text) if period in plain else text)
            for period, text in values
        )
    ]


def few_digits(text: str) -> str:
    """Return written figures rounded to two digits: "23.3333333333 %" is "23.33 %".

    Three digits may be thousands; what would read as nothing stays.
    """

    def rounded(found: re.Match[str]) -> str:
        shown = f"{float(f'{found[1]}.{found[3]}'):.2f}".rstrip("0").rstrip(".")
        is_more = len(shown.partition(".")[0]) > len(found[1])  # 1,999.9999 is not 1,1000
        return found[0] if shown == "0" or is_more else shown.replace(".", found[2])

    return _LONG.sub(rounded, text)


def written_width(cells: Iterable[Cell]) -> int:
    """Return the width at which every cell has room."""
    widest = (text_width(text, face) for cell in cells for text, face, _ in cell.parts)
    return max(_LEAST, int(max(widest, default=0.0)) + 2 * _PAD + 1)


def _paint_cell(painter: QPainter, place: QRectF, cell: Cell, theme: Theme) -> None:
    if cell.look in ("open", "asked"):
        fill, style = theme.blind if cell.look == "open" else theme.surface, Qt.PenStyle.DashLine
        draw_box(painter, place, 6, fill, line=theme.warning, style=style)
    else:
        draw_box(painter, place, 6, theme.accent_tint if cell.look == "other" else theme.sunken)
    left = place.left() + _PAD
    top = QRectF(left, place.top() + 5, place.width() - 2 * _PAD, 14)
    paint_line(painter, top, cell.head, font("meta"), theme.text_2)
    for text, face, role in cell.parts:
        wide = text_width(text, face)
        below = QRectF(left, place.top() + 20, wide, 17)
        paint_line(painter, below, text, face, theme.role(role))
        left += wide + 6


def _head(value: "KpiValue") -> str:
    period = period_word(value.new.period)
    if value.before is None or value.is_other:
        return period
    return tr("%1, unchanged").replace("%1", period)


def _letters(value: "KpiValue") -> int:
    """Return about how many letters stand in the longer line of a cell."""
    figures = len(number(value.new.value))
    if value.before is not None and value.is_other:
        figures += 1 + len(number(value.before.value))
    if value.new.n is not None:
        figures += 3 + len(number(value.new.n, 0))
    return max(figures, len(_head(value)))


def _wide(value: "KpiValue") -> float:
    figures = [text_width(number(value.new.value), font("base", 600))]
    if value.before is not None and value.is_other:
        figures.append(text_width(number(value.before.value), font("base", 600)))
    if value.new.n is not None:
        figures.append(text_width(f"n {number(value.new.n, 0)}", font("meta")))
    return max(sum(figures) + 6 * (len(figures) - 1), text_width(_head(value), font("meta")))
