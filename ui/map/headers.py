"""The strips frozen at the edges of the canvas: stages above, lane names at the left."""

import bisect
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from ui.map.lanes import LaneKind, LaneSpec, lane_icon
from ui.map.layout import LaneBox, StageSpan
from ui.numbers import number
from ui.shell.drawing import draw_box
from ui.shell.icons import paint_icon
from ui.shell.theme import Theme, active_theme
from ui.shell.type import Size, font
from ui.shell.widgets.labels import set_plain_tooltip
from ui.shell.wrapping import paint_line, text_width, wrap

if TYPE_CHECKING:
    from ui.map.canvas import MapCanvas

GAP: Final = 2.0


def scaled_font(size: Size, weight: int, scale: float) -> QFont:
    """Return a font of the look at a scale."""
    made = font(size, weight)
    made.setPixelSize(max(round(made.pixelSize() * scale), 8))
    return made


def name_insets(width: float, scale: float) -> tuple[float, float]:
    """Return where a lane's icon and its name begin in a strip `width` wide, logical pixels."""
    return (10 * scale, 30 * scale) if width >= 120 * scale else (7 * scale, 25 * scale)


class _Strip(QWidget):
    """A strip beside the viewport."""

    def __init__(self, canvas: "MapCanvas") -> None:
        super().__init__(canvas)
        self.canvas = canvas
        self.setMouseTracking(True)

    def sizeHint(self) -> QSize:
        """Qt's virtual: the canvas sets the size."""
        return self.size()


class StageHeader(_Strip):
    """The stages as bars; a name stays in sight while its stage is, and says what is hidden.

    Attributes:
        pressed: (stage span, mouse event). renaming: a span was double-clicked.
        menu_wanted: (span or None, global position).
        adding: the place after the last stage was clicked.
    """

    pressed = Signal(object, object)
    renaming = Signal(object)
    menu_wanted = Signal(object, object)
    adding = Signal()

    def span_at(self, x: float) -> StageSpan | None:
        """Return the stage under an x of this strip."""
        layout = self.canvas.map_scene.layout
        column = layout.column_at(self.canvas.scene_at(QPointF(x, 0)).x())
        return None if column is None else layout.span_of(column)

    def bar(self, span: StageSpan) -> QRectF:
        """Return the bar of a stage in this strip."""
        layout, transform = self.canvas.map_scene.layout, self.canvas.viewportTransform()
        left = transform.map(QPointF(span.first * layout.shape.column, 0)).x()
        right = transform.map(QPointF((span.first + span.count) * layout.shape.column, 0)).x()
        pad = 5 * self.canvas.strip_scale()
        return QRectF(left + GAP, pad, right - left - 2 * GAP, self.height() - 2 * pad)

    def tail(self) -> QRectF:
        """Return the place behind the last stage where one is added."""
        layout = self.canvas.map_scene.layout
        left = self.canvas.viewportTransform().map(QPointF(layout.width, 0)).x()
        side = self.height() - 10 * self.canvas.strip_scale()
        return QRectF(left + 6, (self.height() - side) / 2, side, side)

    def text_rect(self, span: StageSpan) -> QRectF:
        """Return where the name of a stage stands: inside what shows of its bar."""
        pad = 10 * self.canvas.strip_scale()
        seen = self.bar(span).intersected(QRectF(self.rect()))
        return seen.adjusted(pad, 0, -pad, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual."""
        theme, layout = active_theme(), self.canvas.map_scene.layout
        visible = self.canvas.visible()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.canvas)
            painter.fillRect(0, self.height() - 1, self.width(), 1, theme.hairline)
            starts = [span.first for span in layout.spans]
            shown = layout.columns_between(visible.x, visible.right)
            first = max(bisect.bisect_right(starts, shown.start) - 1, 0)
            last = bisect.bisect_left(starts, shown.stop)
            for span in layout.spans[first:last]:
                self._paint_span(painter, span, theme)
            tail = self.tail()
            draw_box(painter, tail, 4, None, line=theme.outline, style=Qt.PenStyle.DashLine)
            inner = tail.adjusted(7, 7, -7, -7)
            paint_icon(painter, inner, "plus", theme.text_2)

    def _paint_span(self, painter: QPainter, span: StageSpan, theme: Theme) -> None:
        scale, bar = self.canvas.strip_scale(), self.bar(span)
        selected = span.stage is not None and any(
            ref.id == span.stage.id for ref in self.canvas.map_scene.shown.selected
        )
        if span.stage is None:
            draw_box(painter, bar, 4, None, line=theme.outline, style=Qt.PenStyle.DashLine)
        else:
            draw_box(painter, bar, 4, theme.stage)
        if selected:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.on_stage, 1.5))
            painter.drawRoundedRect(bar.adjusted(2.5, 2.5, -2.5, -2.5), 3, 3)
        ink = theme.text_2 if span.stage is None else theme.on_stage
        room, face = self.text_rect(span), scaled_font("base", 600, scale)
        name = span_name(span)
        wide = text_width(name, face)
        if wide > room.width():
            face = scaled_font("meta", 600, min(scale, 1.0))
            wide = text_width(name, face)
        painter.setClipRect(bar)
        if wide <= room.width():
            paint_line(painter, room, name, face, ink)
            self._paint_count(painter, span, room.adjusted(wide + 8, 0, 4, 0), ink)
        elif room.width() > 8:
            wrapped = wrap(name, scaled_font("meta", 600, 0.9), 11, room.width() + 12)
            if wrapped.height <= bar.height():
                top = bar.center().y() - wrapped.height / 2
                wrapped.paint(painter, QPointF(room.left() - 6, top), ink)
        painter.setClipping(False)

    def _paint_count(self, painter: QPainter, span: StageSpan, room: QRectF, ink: QColor) -> None:
        """Say how many of a stage's touchpoints show where not all do."""
        layout, visible = self.canvas.map_scene.layout, self.canvas.visible()
        width = layout.shape.column
        seen = sum(
            1
            for column in range(span.first, span.first + span.touchpoints)
            if (column + 0.5) * width > visible.x and (column + 0.5) * width < visible.right
        )
        if seen == span.touchpoints:
            return
        text = self.tr("%1 of %2").replace("%1", str(seen)).replace("%2", str(span.touchpoints))
        face = scaled_font("meta", 400, self.canvas.strip_scale())
        if text_width(text, face) <= room.width():
            paint_line(painter, room, text, face, ink, alignment=Qt.AlignmentFlag.AlignRight)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt's virtual."""
        self.canvas.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        span = self.span_at(event.position().x())
        if span is not None:
            self.pressed.emit(span, event)
        elif self.tail().contains(event.position()):
            self.adding.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Qt's virtual: rename where it stands."""
        span = self.span_at(event.position().x())
        if span is not None and span.stage is not None:
            self.renaming.emit(span)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt's virtual."""
        self.menu_wanted.emit(self.span_at(event.pos().x()), event.globalPos())

    def event(self, event: QEvent) -> bool:
        """Qt's virtual: a name too long for a small zoom is told as a tooltip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            span = self.span_at(event.pos().x())
            if span is not None:
                set_plain_tooltip(self, span_name(span))
            elif self.tail().contains(QPointF(event.pos())):
                set_plain_tooltip(self, self.tr("Add a stage"))
            else:
                set_plain_tooltip(self, "")
        return super().event(event)


class LaneNames(_Strip):
    """Names of the lanes, the legend and scale of the experience line, and fold marks.

    Attributes:
        toggled: the key of a lane to fold or unfold. renaming: a lane of notes.
        menu_wanted: (lane box or None, global position).
    """

    toggled = Signal(str)
    renaming = Signal(object)
    menu_wanted = Signal(object, object)

    def lane_at(self, y: float) -> LaneBox | None:
        """Return the lane under a y of this strip."""
        layout = self.canvas.map_scene.layout
        index = layout.lane_at(self.canvas.scene_at(QPointF(0, y)).y())
        return None if index is None else layout.lanes[index]

    def row(self, lane: LaneBox) -> QRectF:
        """Return the row of a lane in this strip."""
        transform = self.canvas.viewportTransform()
        top = transform.map(QPointF(0, lane.top)).y()
        bottom = transform.map(QPointF(0, lane.bottom)).y()
        return QRectF(0, top, self.width(), bottom - top)

    def text_rect(self, lane: LaneBox) -> QRectF:
        """Return where the name of a lane stands."""
        scale, row = self.canvas.strip_scale(), self.row(lane)
        top = row.top() + (2 if lane.folded else 8) * scale
        left = name_insets(self.width(), scale)[1]
        return QRectF(left, top, self.width() - left - 3 * scale, 16 * scale)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual."""
        theme, layout = active_theme(), self.canvas.map_scene.layout
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.canvas)
            for lane in layout.lanes:
                row = self.row(lane)
                if row.bottom() >= 0 and row.top() <= self.height():
                    self._paint_lane(painter, lane, row, theme)
            painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.outline)

    def _paint_lane(self, painter: QPainter, lane: LaneBox, row: QRectF, theme: Theme) -> None:
        scale = self.canvas.strip_scale()
        line = round(row.bottom()) - (0 if self.canvas.zoom == 1 else 1)
        painter.fillRect(QRectF(0, line, self.width(), 1), theme.hairline)
        if row.height() < 11:
            return
        face = scaled_font("sticky", 600, scale)
        icons_left, names_left = name_insets(self.width(), scale)
        if row.height() < 34 * scale:
            text = QRectF(names_left, row.top(), self.width() - names_left - 2, row.height())
        else:
            text = self.text_rect(lane)
        if row.height() < 16:
            face.setPixelSize(max(round(row.height() * 0.72), 8))
        name = "caret-right" if lane.folded else lane_icon(lane.spec)
        side = min(15 * scale, row.height())
        icon_at = QRectF(icons_left, text.center().y() - side / 2, side, side)
        paint_icon(painter, icon_at, name, theme.text_2)
        wrapped = wrap(lane.spec.name, face, 16 * scale, text.width())
        painter.setClipRect(row)
        if wrapped.lines > 1 and row.height() >= wrapped.height:
            wrapped.paint(painter, text.topLeft(), theme.text_2)
        else:
            paint_line(painter, text, lane.spec.name, face, theme.text_2)
        if lane.spec.kind is LaneKind.EXPERIENCE and not lane.folded:
            self._paint_legend(painter, row, theme)
        painter.setClipping(False)

    def _paint_legend(self, painter: QPainter, row: QRectF, theme: Theme) -> None:
        scale = self.canvas.strip_scale()
        face = scaled_font("meta", 400, scale)
        line = self.canvas.map_scene.layout.experience
        for value in line.grid():
            y = row.top() + line.y(value) * self.canvas.zoom
            place = QRectF(0, y - 8, self.width() - 7, 16)
            right = Qt.AlignmentFlag.AlignRight
            if self.canvas.zoom >= 0.3 or value == 0:
                text = number(value, 0, signed=True)
                paint_line(painter, place, text, face, theme.text_3, alignment=right)
        if row.height() < 110 * scale:
            return
        x, y = name_insets(self.width(), scale)[0], row.top() + 36 * scale
        step, wide = 17 * scale, (18 if self.width() >= 120 * scale else 15) * scale
        texts = (self.tr("measured"), self.tr("judged"), self.tr("95 %"))
        for index, text in enumerate(texts):
            middle = y + index * step
            self._paint_key(painter, index, QRectF(x, middle - 4, wide, 8), theme)
            place = QRectF(x + wide + 4, middle - 8, 80 * scale, 16)
            paint_line(painter, place, text, face, theme.text_2)

    @staticmethod
    def _paint_key(painter: QPainter, index: int, rect: QRectF, theme: Theme) -> None:
        """Paint one line of the legend: measured, judged, band."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = QPointF(rect.left(), rect.center().y())
        right = QPointF(rect.right(), rect.center().y())
        if index == 0:
            painter.setPen(QPen(theme.measured, 2.5))
            painter.drawLine(left, right)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.measured)
            painter.drawEllipse(rect.center(), 4, 4)
        elif index == 1:
            pen = QPen(theme.judged, 1.5)
            pen.setDashPattern([2.0, 1.6])
            painter.setPen(pen)
            painter.drawLine(left, right)
            painter.setPen(QPen(theme.judged, 1.5))
            painter.setBrush(theme.surface)
            painter.drawRect(QRectF(rect.center().x() - 3.5, rect.center().y() - 3.5, 7, 7))
        else:
            draw_box(painter, rect.adjusted(0, 0.5, 0, -0.5), 2, theme.measured_band)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt's virtual: a click on the icon folds and unfolds."""
        self.canvas.setFocus(Qt.FocusReason.MouseFocusReason)
        lane = self.lane_at(event.position().y())
        if lane is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if lane.folded or event.position().x() < 28 * self.canvas.strip_scale():
            self.toggled.emit(lane.spec.key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Qt's virtual: rename a lane of notes."""
        lane = self.lane_at(event.position().y())
        if lane is not None and lane.spec.lane is not None and event.position().x() >= 28:
            self.renaming.emit(lane)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt's virtual."""
        self.menu_wanted.emit(self.lane_at(event.pos().y()), event.globalPos())

    def event(self, event: QEvent) -> bool:
        """Qt's virtual: a name that does not fit a small zoom is told as a tooltip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            lane = self.lane_at(event.pos().y())
            set_plain_tooltip(self, lane_tip(lane.spec, lane.folded) if lane else "")
        return super().event(event)


class Corner(_Strip):
    """Where both strips meet: the name of the stage row."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual."""
        theme, scale = active_theme(), self.canvas.strip_scale()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.canvas)
            middle = self.height() / 2
            side = 15 * scale
            icon_left, name_left = name_insets(self.width(), scale)
            paint_icon(
                painter, QRectF(icon_left, middle - side / 2, side, side), "flag", theme.text_2
            )
            rect = QRectF(name_left, 0, self.width() - name_left, self.height())
            face = scaled_font("sticky", 600, scale)
            paint_line(painter, rect, self.tr("Stage"), face, theme.text_2)
            painter.fillRect(0, self.height() - 1, self.width(), 1, theme.hairline)
            painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.outline)


def span_name(span: StageSpan) -> str:
    """Return the name on a stage's bar."""
    if span.stage is None:
        return QCoreApplication.translate("Map", "Without a stage")
    return span.stage.name


def lane_tip(spec: LaneSpec, folded: bool) -> str:
    """Return what a lane's tooltip says."""
    if folded:
        return QCoreApplication.translate("Map", "%1: click to unfold").replace("%1", spec.name)
    return spec.name
