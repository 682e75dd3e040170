"""The card of the KPIs: rates with their verdict, the others only shown."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from journey.quarter.compare import Comparison
from journey.quarter.kpis import KpiChange, Untested
from ui import numbers
from ui.quarter import words
from ui.quarter.card import RIGHT, Card, Rows
from ui.quarter.marks import paint_difference
from ui.shell.drawing import fill_rect
from ui.shell.icons import paint_icon
from ui.shell.theme import Theme
from ui.shell.type import font
from ui.shell.widgets.labels import PlainLabel
from ui.shell.wrapping import paint_line, wrap

_FIGURES, _ICON = 54.0, 18.0


class KpiRows(Rows):
    """A row per KPI: its name with both values, the difference on a scale, the verdict."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(270)
        self._rows: tuple[KpiChange, ...] = ()

    def set_rows(self, rows: Sequence[KpiChange]) -> None:
        """Show these."""
        self._rows = tuple(rows)
        self.relay()

    def count(self) -> int:
        """Return how many rows there are."""
        return len(self._rows)

    def height_of(self, row: int, width: float) -> float:
        """Return the height of the name and of the values under it."""
        name, told = self._wrapped(row, width)
        return 6 + name + told + 6

    def draw(self, painter: QPainter, row: int, rect: QRectF, theme: Theme) -> None:
        """Paint a row."""
        change = self._rows[row]
        fill_rect(painter, QRectF(rect.left(), rect.top(), rect.width(), 1), theme.hairline)
        left, strong = _left(rect.width()), change.changed
        name = wrap(change.name, font("base", 600 if strong else 400), 18, left)
        name.paint(painter, QPointF(rect.left(), rect.top() + 6), theme.text)
        told = wrap(values_text(change), font("sticky"), 16, left)
        told.paint(painter, QPointF(rect.left(), rect.top() + 6 + name.height), theme.text_2)
        figure = QRectF(rect.right() - _FIGURES - _ICON - 6, rect.top(), _FIGURES, rect.height())
        if change.low95 is None or change.high95 is None:
            place = QRectF(rect.left() + left + 6, rect.top(), rect.width() - left - 6, 0)
            place.setHeight(rect.height())
            face = font("sticky")
            paint_line(painter, place, _why(change), face, theme.text_2, alignment=RIGHT)
            return
        bar = QRectF(rect.left() + left + 6, rect.top(), figure.left() - rect.left() - left - 12, 0)
        bar.setHeight(rect.height())
        span = (change.low95, change.difference, change.high95)
        paint_difference(painter, bar, span, self._reach(), changed=strong, theme=theme)
        face = font("base", 600 if strong else 400)
        points = numbers.signed(change.difference, 1)
        paint_line(painter, figure, points, face, theme.text, alignment=RIGHT)
        better = strong and change.better
        glyph = "check-circle" if better else "warning" if strong else "equals"
        ink = theme.good if better else theme.warning if strong else theme.text_2
        paint_icon(painter, QRectF(rect.right() - _ICON, rect.center().y() - 7, 14, 14), glyph, ink)

    def _wrapped(self, row: int, width: float) -> tuple[float, float]:
        change, left = self._rows[row], _left(width)
        face = font("base", 600 if change.changed else 400)
        name = wrap(change.name, face, 18, left)
        return name.height, wrap(values_text(change), font("sticky"), 16, left).height

    def _reach(self) -> float:
        ends = [abs(end) for r in self._rows for end in (r.low95, r.high95) if end is not None]
        return max([*ends, 1e-6]) * 1.05


class KpisCard(Card):
    """What the KPI series say between two quarters."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(words.tr("KPIs"), parent)
        self.add_beside_title(PlainLabel(words.tr("points, 95 %"), "sticky", 400, "text_2"))
        self.rows = KpiRows()
        self.rows.setAccessibleName(words.tr("KPIs"))
        self.body.addWidget(self.rows)
        self.hide()

    def set_comparison(self, found: Comparison) -> None:
        """Show a comparison's KPIs; those with a verdict first."""
        ordered = sorted(found.kpis, key=lambda k: (not k.changed, k.p is None))
        self.rows.set_rows(ordered)
        told = [_sentence(change) for change in ordered]
        self.rows.setAccessibleDescription("; ".join(told))
        self.setVisible(bool(ordered))
        without = sum(change.p is None for change in ordered)
        foot = words.tr("Rates are tested together with the touchpoints.")
        if without == len(ordered):
            foot = words.tr("A KPI gets a verdict once its observations say of how many they are.")
        elif without:
            more = words.tr("{0} without counts or not in per cent stand without a verdict.")
            foot = f"{foot} {more.format(numbers.number(without, 0))}"
        self.set_foot(foot)


def values_text(change: KpiChange) -> str:
    """Return both values with of how many: "59 % → 61 % · 1 240, 1 310"."""
    pair = " → ".join(
        numbers.with_unit(value, change.unit) for value in (change.value_from, change.value_to)
    )
    if change.n_from is None or change.n_to is None:
        return pair
    return f"{pair} · {numbers.number(change.n_from, 0)}, {numbers.number(change.n_to, 0)}"


def _why(change: KpiChange) -> str:
    return {
        Untested.NO_COUNT: words.tr("no verdict: n unknown"),
        Untested.NO_RATE: words.tr("no verdict: no rate"),
        Untested.TOO_FEW: words.tr("too few"),
    }.get(change.untested, "")


def _sentence(change: KpiChange) -> str:
    verdict = _why(change)
    if not verdict:
        changed, same = words.tr("changed"), words.tr("no evidence of change")
        verdict = changed if change.changed else same
    return f"{change.name} {values_text(change)}, {verdict}"


def _left(width: float) -> float:
    return max(130.0, width * 0.48)
