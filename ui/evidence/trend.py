"""A question over the quarters: figure, 95 % interval, target; a change only where it is one."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from journey.evidence.figures import QuestionFigures
from journey.evidence.trend import TrendPoint
from ui import numbers
from ui.evidence import words
from ui.evidence.plots import Plot, PlotCard
from ui.priorities.figures import round_ticks
from ui.shell.drawing import fill_rect
from ui.shell.icons import paint_icon
from ui.shell.theme import Theme
from ui.shell.type import font
from ui.shell.widgets.labels import IconLabel
from ui.shell.widgets.marks import IntervalScale
from ui.shell.wrapping import paint_line, text_width

_CENTRE: Final = Qt.AlignmentFlag.AlignHCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight
_FOOT: Final = 38.0
_AXIS: Final = 38.0
_FIGURE: Final = 16.0  # the height of a figure beside its point
_AWAY: Final = 6.0  # from the point to its figure
_OVER: Final = 16.0  # what a figure may reach over the right edge
_ON_THE_BAR: Final = 0.1  # how bad it is to stand on the interval, of a line run through
_ARROW: Final = 16.0  # of a change, before the figure


def axis_ticks(scale: IntervalScale, metric: str) -> tuple[float, ...]:
    """Return the round values of an axis, none of which the digits of its label would change."""
    decimals = 0 if metric == "nps" else 2
    ticks = round_ticks(scale.low, scale.high)
    return tuple(tick for tick in ticks if abs(tick - round(tick, decimals)) < 1e-9)


def label_place(spots: Sequence[QPointF], k: int, wide: float, area: QRectF) -> QRectF:
    """Return where the figure of a point stands: near it, clear of the line that runs through.

    Args:
        spots: the points of one unbroken line. k: which of them. wide: of the figure, pixels.
        area: of the plot; the figure may reach a little over its right edge.
    """
    spot = spots[k]
    found: list[tuple[bool, float, int, QRectF]] = []
    legs = list(pairwise(spots[max(k - 1, 0) : k + 2]))
    # Right before left, above before below; over the point only where nothing else is free.
    for aside in (_AWAY, -wide - _AWAY, -wide / 2):
        for rise in (-_AWAY - _FIGURE, _AWAY):
            left = min(max(spot.x() + aside, area.left()), area.right() + _OVER - wide)
            place = QRectF(left, spot.y() + rise, wide, _FIGURE)
            inside = area.top() - _FIGURE < place.top() and place.bottom() < area.bottom() + _AWAY
            met = sum(_crossed(place, *leg) for leg in legs)
            met += _ON_THE_BAR * (place.left() < spot.x() < place.right())
            found.append((not inside, met, len(found), place))
    return min(found, key=lambda candidate: candidate[:3])[3]


def _told(point: TrendPoint) -> str:
    """Return the figure of a point that has one."""
    assert point.result.value is not None
    return words.value_text(point.result.value, point.result.metric.value)


def _crossed(place: QRectF, start: QPointF, end: QPointF) -> float:
    """Return how much of a line lies inside a place, as a share of its run."""
    steps = 24
    near = place.adjusted(-2, -1, 2, 1)
    spots = (start + (end - start) * (step / steps) for step in range(steps + 1))
    return sum(near.contains(spot) for spot in spots) / steps


class TrendPlot(Plot):
    """Points with interval bars in a band; the line breaks where no figure is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(words.tr("Trend"), parent)
        self.setMinimumSize(240, 224)
        self._figures: QuestionFigures | None = None

    def set_figures(self, figures: QuestionFigures | None) -> None:
        """Show another question."""
        self._figures = figures
        told = [
            f"{words.label(p.quarter)} {words.chip_of(p.result).sentence}" for p in self._points
        ]
        self.setAccessibleDescription(", ".join(told))
        self.update()

    @property
    def _points(self) -> tuple[TrendPoint, ...]:
        return self._figures.trend if self._figures else ()

    @property
    def is_empty(self) -> bool:
        """Whether no quarter has a figure."""
        return all(p.result.value is None for p in self._points)

    def paint_plot(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        """Paint axis, target, band, points and their words."""
        found = self._figures
        if found is None or self.is_empty:
            text = words.tr("No quarter with a figure yet")
            paint_line(painter, rect, text, font("base"), theme.text_2, alignment=_CENTRE)
            return
        area = rect.adjusted(_AXIS, 14, -18, -_FOOT)
        scale = self._scale(found)
        self._paint_axis(painter, area, scale, theme)
        xs = self._xs(area)
        self._paint_band(painter, area, xs, scale, theme)
        if found.target is not None:
            self._paint_target(painter, area, found, scale, theme)
        self._paint_line(painter, area, xs, scale, theme)
        self._paint_feet(painter, rect, xs, theme)

    def _scale(self, found: QuestionFigures) -> IntervalScale:
        ends = [
            end
            for p in found.trend
            for end in (p.result.low, p.result.value, p.result.high)
            if end is not None
        ]
        if found.target is not None:
            ends.append(found.target)
        low, high = min(ends), max(ends)
        span = max(high - low, 4.0 if found.question.metric == "nps" else 0.4)
        return IntervalScale(low - 0.08 * span, high + 0.12 * span)

    @staticmethod
    def _y(area: QRectF, scale: IntervalScale, value: float) -> float:
        return area.bottom() - (value - scale.low) / (scale.high - scale.low) * area.height()

    def _xs(self, area: QRectF) -> list[float]:
        n = len(self._points)
        if n == 1:
            return [area.center().x()]
        return [area.left() + 14 + (area.width() - 28) * i / (n - 1) for i in range(n)]

    def _paint_axis(
        self, painter: QPainter, area: QRectF, scale: IntervalScale, theme: Theme
    ) -> None:
        assert self._figures is not None
        metric = self._figures.question.metric
        for tick in axis_ticks(scale, metric):
            y = round(self._y(area, scale, tick)) + 0.5
            pen = QPen(theme.hairline, 1.0)
            pen.setDashPattern([2.0, 3.0])
            painter.setPen(pen if tick else QPen(theme.outline, 1.0))
            painter.drawLine(QLineF(area.left(), y, area.right() + 14, y))
            text = words.value_text(tick, metric)
            place = QRectF(area.left() - _AXIS, y - 9, _AXIS - 8, 18)
            paint_line(painter, place, text, font("meta"), theme.text_2, alignment=_RIGHT)

    def _paint_band(
        self, painter: QPainter, area: QRectF, xs: list[float], scale: IntervalScale, theme: Theme
    ) -> None:
        for run in self._runs():
            upper, lower = [], []
            for i in run:
                result = self._points[i].result
                if result.low is None or result.high is None:
                    continue
                upper.append(QPointF(xs[i], self._y(area, scale, result.high)))
                lower.append(QPointF(xs[i], self._y(area, scale, result.low)))
            if len(upper) > 1:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.measured_band)
                painter.drawPolygon(QPolygonF([*upper, *reversed(lower)]))
            painter.setPen(QPen(theme.graph_thin, 1.0))
            for high, low in zip(upper, lower, strict=True):
                painter.drawLine(high, low)

    def _paint_target(
        self,
        painter: QPainter,
        area: QRectF,
        found: QuestionFigures,
        scale: IntervalScale,
        theme: Theme,
    ) -> None:
        assert found.target is not None
        y = round(self._y(area, scale, found.target)) + 0.5
        pen = QPen(theme.good, 1.5)
        pen.setDashPattern([4.0, 3.0])
        painter.setPen(pen)
        painter.drawLine(QLineF(area.left(), y, area.right() + 14, y))
        text = words.tr("target {0}").format(words.value_text(found.target, found.question.metric))
        place = QRectF(area.left(), y - 18, area.width() + 14, 16)
        paint_line(painter, place, text, font("meta"), theme.good, alignment=_RIGHT)

    def _paint_line(
        self, painter: QPainter, area: QRectF, xs: list[float], scale: IntervalScale, theme: Theme
    ) -> None:
        for run in self._runs():
            spots = [
                QPointF(xs[i], self._y(area, scale, value))
                for i in run
                if (value := self._points[i].result.value) is not None
            ]
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.measured, 2.5))
            painter.drawPolyline(QPolygonF(spots))
            for k, i in enumerate(run):
                painter.setPen(QPen(theme.surface, 1.5))
                painter.setBrush(theme.measured)
                painter.drawEllipse(spots[k], 4.5, 4.5)
                point = self._points[i]
                changed = point.step is not None and point.step.changed
                wide = text_width(_told(point), font("sticky", 600)) + (_ARROW if changed else 0.0)
                self._paint_value(painter, label_place(spots, k, wide, area), point, theme)

    def _paint_value(
        self, painter: QPainter, place: QRectF, point: TrendPoint, theme: Theme
    ) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        ground = QColor(theme.surface)  # the theme's own is shared by every view
        ground.setAlphaF(0.75)
        painter.setBrush(ground)
        painter.drawRoundedRect(place.adjusted(-2, 0, 2, 0), 3, 3)
        step = point.step
        if step is not None and step.changed:
            glyph = "arrow-up" if (step.difference or 0.0) > 0 else "arrow-down"
            ink = theme.good if step.better else theme.warning
            paint_icon(painter, QRectF(place.left(), place.top() + 1, 13, 13), glyph, ink)
        wide = text_width(_told(point), font("sticky", 600))
        words_at = QRectF(place.right() - wide, place.top(), wide, place.height())
        paint_line(painter, words_at, _told(point), font("sticky", 600), theme.text)

    def _paint_feet(self, painter: QPainter, rect: QRectF, xs: list[float], theme: Theme) -> None:
        room = (xs[1] - xs[0]) if len(xs) > 1 else rect.width()
        year = ""
        for x, point in zip(xs, self._points, strict=True):
            this, _, part = point.quarter.partition("Q")
            name = f"{this} Q{part}" if this != year and room > 52 else f"Q{part}"
            if this != year and room <= 52:
                name = f"{this[2:]} Q{part}"
            year = this
            few = point.result.value is None
            n = f"n {numbers.number(point.result.n, 0)}"
            for place, (text, ink) in enumerate(((name, theme.text_2), (n, theme.text_2))):
                box = QRectF(x - 40, rect.bottom() - _FOOT + 6 + 15 * place, 80, 15)
                box.moveLeft(min(max(box.left(), rect.left()), rect.right() - 80))
                paint_line(painter, box, text, font("meta"), ink, alignment=_CENTRE)
            if few:
                fill_rect(painter, QRectF(x - 4, rect.bottom() - _FOOT - 2, 8, 2), theme.neutral)

    def _runs(self) -> list[list[int]]:
        """Return the stretches of neighbouring points that have a figure."""
        runs: list[list[int]] = []
        for i, point in enumerate(self._points):
            if point.result.value is None:
                continue
            if runs and runs[-1][-1] == i - 1:
                runs[-1].append(i)
            else:
                runs.append([i])
        return runs


class TrendCard(PlotCard):
    """The trend with its verdict in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.trend = TrendPlot()
        super().__init__(words.tr("Trend"), self.trend, parent)
        self.verdict = IconLabel("", "")
        self.add_beside_title(self.verdict)
        self.finish_head()

    def set_figures(self, figures: QuestionFigures | None) -> None:
        """Show another question."""
        self.trend.set_figures(figures)
        icon, text, role = words.verdict(figures) if figures else ("", "", "text_2")
        self.verdict.set_face(icon, text, role, role)
