"""The card of the KPIs: rates with their verdict, the others only shown."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QHBoxLayout, QWidget

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
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import PlainLabel
from ui.shell.wrapping import paint_line, wrap

_VERDICT, _ICON = 104.0, 18.0
_LINE = 16.0
# Beside verdicts, more rows without one than this wait behind a button.
_FEW = 3


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
        if change.low95 is None or change.high95 is None:
            place = QRectF(rect.left() + left + 6, rect.top(), rect.width() - left - 6, 0)
            place.setHeight(rect.height())
            face = font("sticky")
            paint_line(painter, place, verdict(change), face, theme.text_2, alignment=RIGHT)
            return
        bar = QRectF(rect.left() + left + 6, rect.top(), rect.width() - left - 12 - _VERDICT, 0)
        bar.setHeight(rect.height())
        span = (change.low95, change.difference, change.high95)
        paint_difference(painter, bar, span, self._reach(), changed=strong, theme=theme)
        place = QRectF(rect.right() - _VERDICT, rect.top(), _VERDICT, rect.height())
        self._draw_verdict(painter, change, place, theme)

    def _draw_verdict(
        self, painter: QPainter, change: KpiChange, rect: QRectF, theme: Theme
    ) -> None:
        """Paint the difference with the verdict's icon, and the verdict in words under it."""
        strong, middle = change.changed, rect.center().y()
        figure = QRectF(rect.left(), middle - 18, rect.width() - _ICON - 6, 20)
        points = numbers.signed(change.difference, 1)
        face = font("base", 600 if strong else 400)
        paint_line(painter, figure, points, face, theme.text, alignment=RIGHT)
        glyph = "check-circle" if strong and change.better else "warning" if strong else "equals"
        ink = _ink(change, theme)
        paint_icon(painter, QRectF(rect.right() - 14, middle - 15, 14, 14), glyph, ink)
        under = QRectF(rect.left(), middle + 2, rect.width(), _LINE)
        face = font("sticky", 500 if strong else 400)
        paint_line(painter, under, verdict(change), face, ink, alignment=RIGHT)

    def _wrapped(self, row: int, width: float) -> tuple[float, float]:
        change, left = self._rows[row], _left(width)
        face = font("base", 600 if change.changed else 400)
        name = wrap(change.name, face, 18, left)
        return name.height, wrap(values_text(change), font("sticky"), 16, left).height

    def _reach(self) -> float:
        ends = [abs(end) for r in self._rows for end in (r.low95, r.high95) if end is not None]
        return max([*ends, 1e-6]) * 1.05


class KpisCard(Card):
    """What the KPI series say between two quarters: what was tested first, in words as well."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(words.tr("KPIs"), parent)
        self.add_beside_title(PlainLabel(words.tr("points, 95 %"), "sticky", 400, "text_2"))
        self.counts = PlainLabel("", "sticky", 500, "text_2")
        self.rows = KpiRows()
        self.rows.setAccessibleName(words.tr("KPIs"))
        self.more = Button("", kind="link", compact=True)
        self.more.clicked.connect(self._on_more)
        self.body.addWidget(self.counts)
        self.body.addWidget(self.rows)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self.more)
        self.body.addLayout(line)
        self._all = False
        self._ordered: list[KpiChange] = []
        self.hide()

    def set_comparison(self, found: Comparison) -> None:
        """Show a comparison's KPIs; those with a verdict first."""
        self._ordered = sorted(found.kpis, key=lambda k: (not k.changed, k.p is None))
        self._show()
        self.setVisible(bool(self._ordered))
        without = sum(change.p is None for change in self._ordered)
        self.counts.setText(_counts_text(self._ordered))
        self.counts.setVisible(without < len(self._ordered))
        foot = words.tr("Rates are tested together with the touchpoints.")
        if without == len(self._ordered):
            foot = words.tr("A KPI gets a verdict once its observations say of how many they are.")
        elif without:
            more = words.tr("{0} without counts, of too few or not in per cent stand without a "
                            "verdict.")  # fmt: skip
            foot = f"{foot} {more.format(numbers.number(without, 0))}"
        self.set_foot(foot)

    def _show(self) -> None:
        tested = [change for change in self._ordered if change.p is not None]
        hidden = len(self._ordered) - len(tested)
        folds = bool(tested) and hidden > _FEW
        shown = tested if folds and not self._all else self._ordered
        self.rows.set_rows(shown)
        self.rows.setAccessibleDescription("; ".join(map(_sentence, shown)))
        self.more.setVisible(folds)
        text = words.tr("Show {0} without a verdict").format(numbers.number(hidden, 0))
        self.more.setText(words.tr("Show fewer") if self._all else text)

    def _on_more(self) -> None:
        self._all = not self._all
        self._show()


def values_text(change: KpiChange) -> str:
    """Return both values with of how many: "59 % → 61 % · n 1 240 → 1 310"."""
    pair = " → ".join(
        numbers.with_unit(value, change.unit) for value in (change.value_from, change.value_to)
    )
    if change.n_from is None or change.n_to is None:
        return pair
    counts = (numbers.number(n, 0) for n in (change.n_from, change.n_to))
    return words.tr("{0} · n {1} → {2}").format(pair, *counts)


def verdict(change: KpiChange) -> str:
    """Return what may be said of a KPI's change, or why nothing may."""
    if change.untested is not Untested.TESTED:
        return {
            Untested.NO_COUNT: words.tr("no verdict: n unknown"),
            Untested.NO_RATE: words.tr("no verdict: not in %"),
            Untested.TOO_FEW: words.tr("no verdict: too few"),
        }[change.untested]
    if change.changed:
        return words.tr("better") if change.better else words.tr("worse")
    return words.tr("too few to claim") if change.significant else words.tr("no evidence")


def _counts_text(changes: Sequence[KpiChange]) -> str:
    """Return how many are better, worse and neither, as "1 better · 1 worse · 3 no evidence…"."""
    changed = [change for change in changes if change.changed]
    better = sum(bool(change.better) for change in changed)
    neither = sum(change.p is not None for change in changes) - len(changed)
    text = words.tr("{0} better · {1} worse · {2} no evidence of change")
    return text.format(better, len(changed) - better, neither)


def _ink(change: KpiChange, theme: Theme) -> QColor:
    if not change.changed:
        return theme.text_2
    return theme.good if change.better else theme.warning


def _sentence(change: KpiChange) -> str:
    return f"{change.name} {values_text(change)}, {verdict(change)}"


def _left(width: float) -> float:
    return max(130.0, width * 0.48)
