"""A question over the quarters: figure, 95 % interval, target; a change only where it is one."""

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


def axis_ticks(scale: IntervalScale, metric: str) -> tuple[float, ...]:
    """Return the round values of an axis, none of which the digits of its label would change."""
    decimals = 0 if metric == "nps" else 2
    ticks = round_ticks(scale.low, scale.high)
    return tuple(tick for tick in ticks if abs(tick - round(tick, decimals)) < 1e-9)


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
            for i, spot in zip(run, spots, strict=True):
                painter.setPen(QPen(theme.surface, 1.5))
                painter.setBrush(theme.measured)
                painter.drawEllipse(spot, 4.5, 4.5)
                self._paint_value(painter, spot, i, area.right() + 16, theme)

    def _paint_value(
        self, painter: QPainter, spot: QPointF, i: int, right: float, theme: Theme
    ) -> None:
        point = self._points[i]
        assert point.result.value is not None
        text = words.value_text(point.result.value, point.result.metric.value)
        face = font("sticky", 600)
        wide = text_width(text, face)
        before = self._points[i - 1].result.value if i else None
        falls = before is not None and before > point.result.value
        y = spot.y() + (4 if falls else -20)
        x = min(spot.x() + 5, right - wide)
        place = QRectF(x, y, wide, 16)
        painter.setPen(Qt.PenStyle.NoPen)
        ground = QColor(theme.surface)  # the theme's own is shared by every view
        ground.setAlphaF(0.75)
        painter.setBrush(ground)
        painter.drawRoundedRect(place.adjusted(-2, 0, 2, 0), 3, 3)
        paint_line(painter, place, text, face, theme.text)
        if point.step is not None and point.step.changed:
            glyph = "arrow-up" if (point.step.difference or 0.0) > 0 else "arrow-down"
            ink = theme.good if point.step.better else theme.warning
            at = QRectF(place.left() - 16, place.top() + 1, 13, 13)
            paint_icon(painter, at, glyph, ink)

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
