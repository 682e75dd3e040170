"""Segments side by side on one scale, and KPI series beside them."""

from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from journey.evidence.figures import QuestionFigures
from journey.evidence.segments import SegmentCell
from journey.evidence.series import KpiSeries
from journey.model.workspace import Workspace
from ui import numbers
from ui.evidence import words
from ui.evidence.plots import Plot, PlotCard
from ui.inspector.periods import period_words
from ui.quarter.card import Card, Rows
from ui.shell.drawing import draw_box, fill_rect
from ui.shell.theme import Theme
from ui.shell.type import font
from ui.shell.widgets.labels import PlainLabel
from ui.shell.widgets.marks import IntervalScale
from ui.shell.wrapping import paint_line, wrap

_RIGHT: Final = Qt.AlignmentFlag.AlignRight
_FIGURES: Final = 150.0


class SegmentRows(Rows):
    """A row per segment: name, interval with its tick, figure, margin, answers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(320)
        self._figures: QuestionFigures | None = None
        self._names: tuple[str, ...] = ()
        self._minimum_n = 5

    def set_figures(self, figures: QuestionFigures | None, ws: Workspace) -> None:
        """Show another question's segments."""
        self._figures, self._minimum_n = figures, ws.info.minimum_n
        names = []
        for cell in self.cells:
            segment = ws.segments.get(cell.segment) if cell.segment else None
            names.append(segment.name if segment else words.tr("Without a segment"))
        self._names = tuple(names)
        told = [self._sentence(row) for row in range(len(self.cells))]
        self.setAccessibleName(words.tr("Segments"))
        self.setAccessibleDescription(". ".join(told))
        self.relay()

    @property
    def cells(self) -> tuple[SegmentCell, ...]:
        """What is shown."""
        return self._figures.segments if self._figures else ()

    def count(self) -> int:
        """Return how many rows there are."""
        return len(self.cells)

    def height_of(self, row: int, width: float) -> float:
        """Return the height of a name that wraps."""
        return max(32.0, wrap(self._names[row], font("base"), 18, self._left(width)).height + 12)

    def draw(self, painter: QPainter, row: int, rect: QRectF, theme: Theme) -> None:
        """Paint a row."""
        cell = self.cells[row]
        fill_rect(painter, QRectF(rect.left(), rect.top(), rect.width(), 1), theme.hairline)
        left = self._left(rect.width())
        ink = theme.text_2 if cell.hidden else theme.text
        name = wrap(self._names[row], font("base"), 18, left)
        name.paint(painter, QPointF(rect.left(), rect.center().y() - name.height / 2), ink)
        n = QRectF(rect.right() - 46, rect.top(), 46, rect.height())
        count = numbers.number(cell.n, 0)
        paint_line(painter, n, count, font("base"), theme.text_2, alignment=_RIGHT)
        place = QRectF(rect.left() + left + 10, rect.top(), rect.width() - left - 60, rect.height())
        if cell.result is None or cell.result.value is None:
            text = words.hidden_word(cell.hidden, cell.n, self._minimum_n)
            laid = wrap(text, font("sticky"), 16, place.width())
            laid.paint(
                painter, QPointF(place.left(), rect.center().y() - laid.height / 2), theme.text_2
            )
            return
        place.setRight(rect.right() - _FIGURES)
        self._paint_bar(painter, cell, place, theme)
        metric = cell.result.metric.value
        value = QRectF(rect.right() - _FIGURES, rect.top(), 52, rect.height())
        told = words.value_text(cell.result.value, metric)
        paint_line(painter, value, told, font("base", 600), theme.text, alignment=_RIGHT)
        margin = QRectF(rect.right() - _FIGURES + 56, rect.top(), 44, rect.height())
        paint_line(painter, margin, words.margin_text(cell.result), font("base"), theme.text_2)

    def _paint_bar(self, painter: QPainter, cell: SegmentCell, rect: QRectF, theme: Theme) -> None:
        assert cell.result is not None
        assert self._figures is not None
        scale = self._scale()
        if scale.low < 0 < scale.high:
            zero = round(scale.at(0, rect))
            fill_rect(painter, QRectF(zero, rect.top() + 3, 1, rect.height() - 6), theme.outline)
        if self._figures.target is not None:
            x = round(scale.at(self._figures.target, rect)) + 0.5
            pen = QPen(theme.good, 1.5)
            pen.setDashPattern([3.0, 2.0])
            painter.setPen(pen)
            painter.drawLine(QLineF(x, rect.top() + 3, x, rect.bottom() - 3))
        value = cell.result.value
        assert value is not None
        y = round(rect.center().y())
        if cell.result.low is not None and cell.result.high is not None:
            low, high = scale.at(cell.result.low, rect), scale.at(cell.result.high, rect)
            draw_box(painter, QRectF(low, y - 3.5, max(high - low, 2), 7), 1.5, theme.interval)
        tick = round(scale.at(value, rect))
        fill_rect(painter, QRectF(tick - 1.5, y - 7, 3, 14), theme.interval_tick)

    def _scale(self) -> IntervalScale:
        found = self._figures
        assert found is not None
        ends = [
            end
            for cell in found.segments
            if cell.result is not None
            for end in (cell.result.low, cell.result.value, cell.result.high)
            if end is not None
        ]
        if found.target is not None:
            ends.append(found.target)
        low, high = min(ends), max(ends)
        pad = 0.04 * (high - low) or 0.5
        return IntervalScale(low - pad, high + pad)

    def _sentence(self, row: int) -> str:
        cell = self.cells[row]
        if cell.result is None or cell.result.value is None:
            told = words.hidden_word(cell.hidden, cell.n, self._minimum_n)
        else:
            told = words.chip_of(cell.result).sentence
        return f"{self._names[row]}: {told}"

    @staticmethod
    def _left(width: float) -> float:
        return max(96.0, width * 0.24)


class SegmentsCard(Card):
    """Segments side by side."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(words.tr("Segments"), parent)
        self.note = PlainLabel("", "sticky", 400, "text_2")
        self.add_beside_title(self.note)
        self.rows = SegmentRows()
        self.body.addWidget(self.rows)

    def set_figures(self, figures: QuestionFigures | None, ws: Workspace) -> None:
        """Show another question."""
        self.rows.set_figures(figures, ws)
        metric = words.metric_word(figures.question.metric) if figures else ""
        parts = [words.tr("{0} with 95 % interval").format(metric)]
        if figures is not None and figures.target is not None:
            target = words.value_text(figures.target, figures.question.metric)
            parts.append(words.tr("dashed line: target {0}").format(target))
        self.note.setText(" · ".join([*parts, "n"]))
        self.set_foot("" if self.rows.count() else words.tr("No answer in this quarter."))


class KpiPlot(Plot):
    """One KPI as a line against its target."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(words.tr("KPI"), parent)
        self.setMinimumSize(150, 92)
        self._series: KpiSeries | None = None

    def set_series(self, series: KpiSeries) -> None:
        """Show another KPI."""
        self._series = series
        self.name = series.kpi.name
        self.setAccessibleName(series.kpi.name)
        latest = series.latest
        told = ""
        if latest is not None:
            told = f"{period_words(latest.period)} {self._told(latest.value)}"
        self.setAccessibleDescription(told)
        self.update()

    @property
    def is_empty(self) -> bool:
        """Whether there is no observation."""
        return self._series is None or not self._series.observations

    def _told(self, value: float) -> str:
        assert self._series is not None
        return numbers.with_unit(value, self._series.kpi.unit)

    def paint_plot(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        """Paint the line, the latest value, the target and the periods."""
        series = self._series
        if series is None or not series.observations:
            paint_line(painter, rect, words.tr("No value yet"), font("sticky"), theme.text_2)
            return
        values = [o.value for o in series.observations]
        area = rect.adjusted(5, 22, -8, -20)
        scale = self._scale(values, series.kpi.target)
        xs = [area.left() + area.width() * i / max(len(values) - 1, 1) for i in range(len(values))]
        if len(values) == 1:
            xs = [area.right()]
        if series.kpi.target is not None:
            self._paint_target(painter, area, scale, series.kpi.target, theme)
        spots = [QPointF(x, self._y(area, scale, v)) for x, v in zip(xs, values, strict=True)]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.measured, 2.0))
        painter.drawPolyline(QPolygonF(spots))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.measured)
        painter.drawEllipse(spots[-1], 4.0, 4.0)
        latest = QRectF(rect.left(), rect.top(), rect.width(), 18)
        ink = theme.text if series.met is not False else theme.warning
        paint_line(
            painter, latest, self._told(values[-1]), font("base", 600), ink, alignment=_RIGHT
        )
        first, last = series.observations[0].period, series.observations[-1].period
        foot = QRectF(rect.left(), rect.bottom() - 16, rect.width(), 16)
        when = period_words(last)
        if first != last:
            when = numbers.interval(period_words(first), when)
        paint_line(painter, foot, when, font("meta"), theme.text_2)

    def _paint_target(
        self, painter: QPainter, area: QRectF, scale: IntervalScale, target: float, theme: Theme
    ) -> None:
        y = round(self._y(area, scale, target)) + 0.5
        pen = QPen(theme.good, 1.5)
        pen.setDashPattern([4.0, 3.0])
        painter.setPen(pen)
        painter.drawLine(QLineF(area.left(), y, area.right() + 8, y))

    @staticmethod
    def _scale(values: list[float], target: float | None) -> IntervalScale:
        ends = [*values, *([target] if target is not None else [])]
        low, high = min(ends), max(ends)
        pad = 0.08 * (high - low) or max(abs(high), 1.0) * 0.1
        return IntervalScale(low - pad, high + pad)

    @staticmethod
    def _y(area: QRectF, scale: IntervalScale, value: float) -> float:
        return area.bottom() - (value - scale.low) / (scale.high - scale.low) * area.height()


class KpiCard(PlotCard):
    """One KPI on a small card."""

    def __init__(self, series: KpiSeries, parent: QWidget | None = None) -> None:
        self.kpi_plot = KpiPlot()
        self.kpi_plot.set_series(series)
        super().__init__(series.kpi.name, self.kpi_plot, parent)
        self.finish_head()
        self.title.setWordWrap(True)
        self._head.setStretchFactor(self.title, 100)  # the spring beside it has 1
        self.setMinimumWidth(190)
        parts = []
        if series.kpi.target is not None:
            target = numbers.with_unit(series.kpi.target, series.kpi.unit)
            parts.append(words.tr("target {0}").format(target))
        parts.append(words.tr("lower is better") if series.kpi.better == "lower" else "")
        latest = series.latest
        if latest is not None and latest.n is not None:
            parts.append(f"n {numbers.number(latest.n, 0)}")
        self.set_foot(" · ".join(p for p in parts if p))
