"""The cards beside the ranks: touchpoints and finished improvements."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QWidget

from journey.quarter.compare import Comparison
from journey.quarter.effects import Effect
from journey.quarter.touchpoints import TouchpointChange
from ui import numbers
from ui.quarter import words
from ui.quarter.card import RIGHT, Card, Rows
from ui.quarter.marks import paint_difference, paint_prediction
from ui.shell.drawing import fill_rect
from ui.shell.icons import paint_icon
from ui.shell.theme import Theme
from ui.shell.type import font
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import PlainLabel
from ui.shell.wrapping import paint_line, text_width, wrap

_METRICS: Final = {"nps": "NPS", "csat": "CSAT", "ces1": "CES", "ces2": "CES", "rating": ""}


class TouchpointRows(Rows):
    """A row per question: its name, the difference on a scale, the figure, the verdict."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(270)
        self._rows: tuple[TouchpointChange, ...] = ()

    def set_rows(self, rows: Sequence[TouchpointChange]) -> None:
        """Show these; changed ones first, then by how far they moved."""
        self._rows = tuple(rows)
        self.relay()

    def count(self) -> int:
        """Return how many rows there are."""
        return len(self._rows)

    def height_of(self, row: int, width: float) -> float:
        """Return the height of a name that wraps."""
        return max(32.0, wrap(self._name(row), font("base"), 18, self._left(width)).height + 12)

    def draw(self, painter: QPainter, row: int, rect: QRectF, theme: Theme) -> None:
        """Paint a row."""
        change = self._rows[row]
        fill_rect(painter, QRectF(rect.left(), rect.top(), rect.width(), 1), theme.hairline)
        left = self._left(rect.width())
        strong = change.changed
        name = wrap(self._name(row), font("base", 600 if strong else 400), 18, left)
        name.paint(painter, QPointF(rect.left(), rect.center().y() - name.height / 2), theme.text)
        if change.difference is None or change.low95 is None or change.high95 is None:
            text = words.tr("too few answers")
            place = rect.adjusted(left, 0, -4, 0)
            paint_line(painter, place, text, font("sticky"), theme.text_2, alignment=RIGHT)
            return
        bar = QRectF(rect.left() + left + 6, rect.top(), rect.width() - left - 84, rect.height())
        span = (change.low95, change.difference, change.high95)
        reach = self._reach(change)
        paint_difference(painter, bar, span, reach, changed=strong, theme=theme)
        figure = QRectF(rect.right() - 78, rect.top(), 54, rect.height())
        decimals = 0 if change.metric == "nps" else 1
        told = numbers.signed(change.difference, decimals)
        face = font("base", 600 if strong else 400)
        paint_line(painter, figure, told, face, theme.text, alignment=RIGHT)
        icon = QRectF(rect.right() - 18, rect.center().y() - 7, 14, 14)
        better = strong and change.better
        glyph = "check-circle" if better else "warning" if strong else "equals"
        ink = theme.good if better else theme.warning if strong else theme.text_2
        paint_icon(painter, icon, glyph, ink)

    def _name(self, row: int) -> str:
        change = self._rows[row]
        metric = _METRICS.get(change.metric, change.metric)
        name = change.name or change.text
        same = [r for r in self._rows if r.name == change.name]
        return f"{name} · {change.text}" if len(same) > 1 and change.text else (
            name if metric == "NPS" or not metric else f"{name} · {metric}"
        )  # fmt: skip

    def _reach(self, change: TouchpointChange) -> float:
        """Return the scale of all rows of one metric: NPS and means never share one."""
        is_nps = change.metric == "nps"
        ends = [
            abs(end)
            for r in self._rows
            if (r.metric == "nps") == is_nps
            for end in (r.low95, r.high95)
            if end is not None
        ]
        return max([*ends, 1e-6]) * 1.05

    @staticmethod
    def _left(width: float) -> float:
        return max(110.0, width * 0.38)


class TouchpointsCard(Card):
    """What changed at the touchpoints, and what shows no evidence of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(words.tr("Touchpoints"), parent)
        self.add_beside_title(PlainLabel(words.tr("difference, 95 %"), "sticky", 400, "text_2"))
        self.counts = PlainLabel("", "sticky", 500, "text_2")
        self.rows = TouchpointRows()
        self.rows.setAccessibleName(words.tr("Touchpoints"))
        self.body.addWidget(self.counts)
        self.body.addWidget(self.rows)

    def set_comparison(self, found: Comparison) -> None:
        """Show a comparison's touchpoints."""
        known = [r for r in found.touchpoints if r.difference is not None]
        few = [r for r in found.touchpoints if r.difference is None]
        known.sort(key=lambda r: (not r.changed, -_size(r)))
        self.rows.set_rows([*known, *few])
        changed = sum(r.changed for r in known)
        self.counts.setText(
            words.tr("{0} changed · {1} no evidence of change").format(
                changed, len(known) - changed
            )
        )
        self.setVisible(bool(found.touchpoints))
        parts = [
            words.tr("Tested together at a {0} false discovery rate, same segment mix in both.")
            .format(numbers.percent(found.rate))
        ]  # fmt: skip
        both = max((r.in_both for r in known), default=0)
        if both:
            told = words.tr(
                "Up to {0} people answered in both quarters; they are compared as pairs."
            )
            parts.append(told.format(numbers.number(both, 0)))
        luck = _luck(known)
        if luck:
            parts.append(luck)
        self.set_foot(" ".join(parts))


def _size(row: TouchpointChange) -> float:
    """Return a difference in standard errors, to sort by."""
    if row.difference is None or row.low95 is None or row.high95 is None:
        return 0.0
    return abs(row.difference) / max(row.high95 - row.low95, 1e-9)


def _luck(rows: Sequence[TouchpointChange]) -> str:
    """Return what regression to the mean alone would have given the lowest NPS."""
    nps = [r for r in rows if r.metric == "nps" and r.value_from is not None and r.baseline]
    if len(nps) < 4:
        return ""
    worst = min(nps, key=lambda r: r.value_from or 0.0)
    assert worst.value_from is not None
    assert worst.baseline is not None
    gain = worst.baseline - worst.value_from
    if gain < 1:
        return ""
    text = words.tr("“{0}” stood lowest; about {1} points of any rise there are luck coming back.")
    return text.format(worst.name, numbers.number(gain, 0))


class FixRows(Rows):
    """A row per finished improvement: predicted bar, observed diamond, both in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(270)
        self._effects: tuple[Effect, ...] = ()

    def set_effects(self, effects: Sequence[Effect]) -> None:
        """Show these."""
        self._effects = tuple(effects)
        self.relay()

    def count(self) -> int:
        """Return how many rows there are."""
        return len(self._effects)

    def height_of(self, row: int, width: float) -> float:
        """Return the height of title, bar and words."""
        title = wrap(self._effects[row].title, font("base", 500), 18, width - 116)
        told = wrap(self._told(row), font("sticky"), 16, width)
        bar = 22 if self._effects[row].predicted is not None else 0
        return 8 + title.height + bar + told.height + 8

    def draw(self, painter: QPainter, row: int, rect: QRectF, theme: Theme) -> None:
        """Paint a row."""
        effect = self._effects[row]
        fill_rect(painter, QRectF(rect.left(), rect.top(), rect.width(), 1), theme.hairline)
        title = wrap(effect.title, font("base", 500), 18, rect.width() - 116)
        top = rect.top() + 8
        title.paint(painter, QPointF(rect.left(), top), theme.text)
        self._draw_verdict(painter, effect, QRectF(rect.right() - 114, top, 114, 18), theme)
        top += title.height
        if effect.predicted is not None:
            low, high = effect.low80, effect.high80
            span = (
                effect.predicted if low is None else low,
                effect.predicted,
                effect.predicted if high is None else high,
            )
            place = QRectF(rect.left(), top, rect.width(), 22)
            paint_prediction(
                painter, place, span, effect.observed, scale=self._scale(effect), theme=theme
            )
            top += 22
        told = wrap(self._told(row), font("sticky"), 16, rect.width())
        told.paint(painter, QPointF(rect.left(), top), theme.text_2)

    def _draw_verdict(self, painter: QPainter, effect: Effect, rect: QRectF, theme: Theme) -> None:
        if effect.inside is None or effect.observed is None:
            return
        if effect.inside:
            text, glyph, ink = words.tr("inside the range"), "check-circle", theme.good
        elif effect.low80 is not None and effect.observed < effect.low80:
            text, glyph, ink = words.tr("below the range"), "warning", theme.warning
        else:
            text, glyph, ink = words.tr("above the range"), "arrow-up", theme.good
        face = font("sticky", 500)
        paint_line(painter, rect, text, face, ink, alignment=RIGHT)
        x = rect.right() - text_width(text, face) - 18
        paint_icon(painter, QRectF(x, rect.center().y() - 7, 14, 14), glyph, ink)

    def _told(self, row: int) -> str:
        effect = self._effects[row]
        how = words.how_word(effect)
        if effect.predicted is None:
            return how
        predicted = words.amount(effect.predicted, effect.unit, effect.currency)
        observed = words.amount(effect.observed, effect.unit, effect.currency)
        if effect.observed is None:
            return words.tr("predicted {0}; {1}").format(predicted, how)
        return words.tr("predicted {0}, observed {1}, {2}").format(predicted, observed, how)

    def _scale(self, effect: Effect) -> tuple[float, float]:
        """Return the scale of all rows in one unit; it holds zero."""
        ends = [
            end
            for e in self._effects
            if e.unit == effect.unit
            for end in (e.low80, e.high80, e.observed)
            if end is not None
        ]
        return min([0.0, *ends]), max([0.0, *ends])


class FixesCard(Card):
    """Predicted against observed; what was learned is shown and taken only on request.

    Attributes:
        learned_taken: the efficacy learned is to be assumed from now on.
    """

    learned_taken = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(words.tr("Finished improvements"), parent)
        self.legend = PlainLabel(
            words.tr("bar: predicted, 80 % · diamond: observed"), "sticky", 400, "text_2"
        )
        self.rows = FixRows()
        self.rows.setAccessibleName(words.tr("Finished improvements"))
        self.take = Button("", "arrow-u-up-right", compact=True)
        self.take.clicked.connect(self.learned_taken)
        self.body.addWidget(self.legend)
        self.body.addWidget(self.rows)
        line = QHBoxLayout()
        line.addWidget(self.take)
        line.addStretch(1)
        self.body.addLayout(line)

    def set_comparison(self, found: Comparison) -> None:
        """Show what was finished between two quarters."""
        self.rows.set_effects(found.effects)
        self.legend.setVisible(bool(found.effects))
        self.take.setVisible(found.learned is not None)
        if not found.effects:
            self.set_foot(
                words.tr(
                    "Nothing was finished between the two quarters. Set an improvement to done, "
                    "and what it brought is held here against what was predicted."
                )
            )
            return
        parts = []
        if found.told:
            parts.append(
                words.tr("{0} of {1} came inside the predicted range; 8 of 10 should.").format(
                    found.hits, found.told
                )
            )
        if found.learned is not None:
            now, then = found.learned.mean, found.learned.mean_before
            text = words.tr("Together they speak for an efficacy of {0} instead of {1}.")
            parts.append(text.format(numbers.percent(now), numbers.percent(then)))
            self.take.setText(words.tr("Assume {0} from now on").format(numbers.percent(now)))
        self.set_foot(" ".join(parts))
