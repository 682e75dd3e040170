"""The overview strip: the whole map in small, with a frame to drag."""

import math
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.map.canvas import MapCanvas
from ui.map.headers import span_name
from ui.map.lanes import LaneKind
from ui.map.paint_experience import draw_curve
from ui.shell.drawing import draw_box
from ui.shell.theme import Theme, active_theme
from ui.shell.type import font
from ui.shell.wrapping import paint_line, text_width

_PAD: Final = 14.0
_MENDED: Final = 8  # columns that are painted anew one by one


class Overview(QWidget):
    """Stages, both curves and pain points of the whole map; the frame is what shows.

    Its pictures are painted once for a layout, stages and curves apart from the pain points;
    scrolling moves only the frame over them.
    """

    def __init__(self, canvas: MapCanvas, parent: QWidget) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._lines: QPixmap | None = None
        self._dots: QPixmap | None = None
        self._drawn: tuple[object, object] = (None, None)  # spans and curves of `_lines`
        self._counts: list[int] = []  # pain points of each column in `_dots`
        self._narrow = False
        self._grip: float | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(150)
        self._timer.timeout.connect(self._freshen)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Overview"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_narrow(self, narrow: bool) -> None:
        """Be lower and name the stages, for windows under 1500."""
        if narrow != self._narrow:
            self._narrow = narrow
            self.updateGeometry()
            self.forget()

    def forget(self) -> None:
        """Paint everything anew: the map is another."""
        self._lines = self._dots = None
        self.update()

    def follow(self) -> None:
        """Follow the map a moment after the last of a row of edits, not during them."""
        self._timer.start()

    def _freshen(self) -> None:
        """Let go of the picture of what has changed, if anything has."""
        layout = self._canvas.map_scene.layout
        if self._drawn[0] is not layout.spans or self._drawn[1] is not layout.experience:
            self._lines = None
        counts = self._pains()
        if counts != self._counts:
            self._mend_dots(counts)
            self.update()
        if self._lines is None:
            self.update()

    def _mend_dots(self, counts: list[int]) -> None:
        """Paint a few columns anew in the picture of the pain points, else let go of it."""
        pairs = zip(self._counts, counts, strict=False)
        changed = [column for column, (old, new) in enumerate(pairs) if old != new]
        if self._dots is None or len(counts) != len(self._counts) or len(changed) > _MENDED:
            self._dots = None
            return
        self._counts = counts
        area, width = self._area(), self._canvas.map_scene.layout.shape.column * self._scale()
        beside = int(3 / width) + 2  # columns whose squares may reach into the mended part
        with QPainter(self._dots) as painter:
            for column in changed:
                left = math.floor(area.left() + column * width) - 1
                part = QRectF(left, 0, math.ceil(width) + 3, self.height())
                painter.setClipRect(part)
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
                painter.fillRect(part, Qt.GlobalColor.transparent)
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
                near = range(max(column - beside, 0), min(column + beside + 1, len(counts)))
                self._paint_dots(painter, near)

    def sizeHint(self) -> QSize:
        """Qt's virtual: as high as the look says."""
        return QSize(200, 50 if self._narrow else 60)

    def frame(self) -> QRectF:
        """Return the frame around what shows."""
        seen, area, layout = self._canvas.visible(), self._area(), self._canvas.map_scene.layout
        left = area.left() + max(seen.x, 0.0) * self._scale()
        right = area.left() + min(seen.right, layout.width) * self._scale()
        return QRectF(left, 2, max(right - left, 12.0), self.height() - 5)

    def _area(self) -> QRectF:
        left = self._canvas.names_width
        return QRectF(left, 4, max(self.width() - left - _PAD, 10.0), self.height() - 10)

    def _scale(self) -> float:
        return self._area().width() / max(self._canvas.map_scene.layout.width, 1.0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual: the picture and the frame over it."""
        theme = active_theme()
        lines, dots, ratio = self._lines, self._dots, self.devicePixelRatioF()
        # A window on a screen of another scale would show the picture blurred.
        if lines is None or lines.devicePixelRatioF() != ratio:
            lines = self._lines = self._draw_lines(theme)
        if dots is None or dots.devicePixelRatioF() != ratio:
            dots = self._dots = self._draw_dots()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), theme.canvas)
            frame = self.frame()
            ground = theme.accent_tint if not self._narrow else theme.selected
            draw_box(painter, frame, 4, ground)
            painter.drawPixmap(0, 0, lines)
            painter.drawPixmap(0, 0, dots)
            if self._narrow:
                self._draw_stages(painter, theme, frame)
            draw_box(painter, frame, 4, None, line=theme.accent, width=2.0)

    def _blank(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        return picture

    def _draw_lines(self, theme: Theme) -> QPixmap:
        """Return the picture of stages and curves."""
        picture, layout = self._blank(), self._canvas.map_scene.layout
        self._drawn = (layout.spans, layout.experience)
        with QPainter(picture) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(QRectF(0, 0, self.width(), 1), theme.hairline)
            self._draw_words(painter, theme)
            if not self._narrow:  # named stages show which of them are in the frame
                self._draw_stages(painter, theme)
            self._draw_curves(painter, theme)
        return picture

    def _draw_words(self, painter: QPainter, theme: Theme) -> None:
        middle = self.height() / 2
        name = QRectF(10, middle - 17, 120, 17)
        paint_line(painter, name, self.tr("Overview"), font("sticky", 600), theme.text_2)
        hint = self.tr("click a stage") if self._narrow else self.tr("drag the frame")
        paint_line(painter, QRectF(10, middle, 120, 16), hint, font("meta"), theme.text_3)

    def _draw_stages(self, painter: QPainter, theme: Theme, frame: QRectF | None = None) -> None:
        """Draw the stages' bars; those that hardly show in the frame are only outlined."""
        layout, area, scale = self._canvas.map_scene.layout, self._area(), self._scale()
        height = 14.0 if self._narrow else 4.0
        for span in layout.spans:
            left = area.left() + span.first * layout.shape.column * scale
            width = span.count * layout.shape.column * scale
            bar = QRectF(left + 0.5, area.top() + 1, max(width - 1.5, 1.0), height)
            seen = frame is None or _shows(bar, frame)
            fill = (theme.stage if span.stage else theme.outline) if seen else theme.accent_tint
            draw_box(painter, bar, 2, fill, line=None if seen else theme.interval)
            text, face = span_name(span), font("meta", 600)
            if self._narrow and text_width(text, face) <= bar.width() - 10:
                inner = bar.adjusted(6, 0, 0, 0)
                paint_line(painter, inner, text, face, theme.on_stage if seen else theme.accent)

    def _curve_y(self, value: float, area: QRectF) -> float:
        line = self._canvas.map_scene.layout.experience
        top = area.top() + (19 if self._narrow else 10)
        share = (line.high - value) / (line.high - line.low)
        return top + share * (area.bottom() - 7 - top)

    def _draw_curves(self, painter: QPainter, theme: Theme) -> None:
        layout, area = self._canvas.map_scene.layout, self._area()
        line, width = layout.experience, layout.shape.column * self._scale()
        count = len(line.points)

        def x(column: int) -> float:
            return area.left() + (column + 0.5) * width

        dashed = QPen(theme.judged, 1.0)
        dashed.setDashPattern([2.0, 2.0])
        painter.setPen(dashed)
        for run in line.judged_runs(0, count):
            judged = [(c, line.points[c].judged) for c in run]
            places = [QPointF(x(c), self._curve_y(v, area)) for c, v in judged if v is not None]
            draw_curve(painter, places)
        for run in line.measured_runs(0, count):
            measured = [(c, line.points[c].measured) for c in run]
            dots = [
                QPointF(x(c), self._curve_y(m.value, area)) for c, m in measured if m is not None
            ]
            painter.setPen(QPen(theme.measured, 1.75))
            draw_curve(painter, dots)
            if len(dots) == 1:
                painter.setBrush(theme.measured)
                painter.drawEllipse(dots[0], 1.5, 1.5)

    def _pains(self) -> list[int]:
        """Return how many pain points stand in each column; nothing where they are hidden."""
        layout = self._canvas.map_scene.layout
        lane = layout.lane_of(LaneKind.PAIN_POINTS)
        return [] if lane is None else [len(cells.stacks[lane]) for cells in layout.columns]

    def _draw_dots(self) -> QPixmap:
        """Return the picture of the pain points."""
        picture = self._blank()
        self._counts = self._pains()
        with QPainter(picture) as painter:
            self._paint_dots(painter, range(len(self._counts)))
        return picture

    def _paint_dots(self, painter: QPainter, columns: range) -> None:
        area, width = self._area(), self._canvas.map_scene.layout.shape.column * self._scale()
        top, squares = area.bottom() - 3, []
        for column in columns:
            count = self._counts[column]
            step = min(6.0, width / max(count, 1))
            left = area.left() + (column + 0.5) * width - count * step / 2
            side = max(step - 1, 1)
            if step <= side and count:  # they touch
                squares.append(QRectF(left, top, (count - 1) * step + side, 5))
            else:
                squares += [QRectF(left + i * step, top, side, 5) for i in range(count)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(active_theme().pain_edge)
        painter.drawRects(squares)

    # -- mouse --------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt's virtual: take the frame, or bring it here."""
        frame, x = self.frame(), event.position().x()
        inside = frame.left() <= x <= frame.right()
        self._grip = x - frame.center().x() if inside else 0.0
        if not inside:
            self._go(x)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt's virtual: the map follows the frame."""
        if self._grip is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position().x())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Qt's virtual."""
        self._grip = None

    def _go(self, x: float) -> None:
        self._canvas.centre_on((x - (self._grip or 0.0) - self._area().left()) / self._scale())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's virtual: the picture has another size."""
        super().resizeEvent(event)
        self._lines = self._dots = None

    def changeEvent(self, event: QEvent) -> None:
        """Qt's virtual: another theme."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.PaletteChange}:
            self.forget()


def _shows(bar: QRectF, frame: QRectF) -> bool:
    """Whether a stage takes a good part of the frame, or the frame a good part of it."""
    shared = min(bar.right(), frame.right()) - max(bar.left(), frame.left())
    return shared > 0.35 * min(bar.width(), frame.width())
