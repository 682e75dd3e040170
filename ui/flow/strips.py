"""The strips frozen at the edges of the flow: stages above, what is lost below."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from journey.graph.layout import START_WIDTH, Band
from ui.flow import words
from ui.flow.board import FlowBoard
from ui.map.strip import scaled_font
from ui.numbers import percent
from ui.shell.drawing import draw_box
from ui.shell.icons import paint_icon
from ui.shell.theme import Theme, active_theme
from ui.shell.widgets.labels import set_plain_tooltip
from ui.shell.wrapping import paint_line, text_width, wrap

if TYPE_CHECKING:
    from ui.flow.canvas import FlowCanvas

_GAP: Final = 2.0


class _Strip(QWidget):
    """A strip beside the viewport that scrolls sideways with it."""

    def __init__(self, canvas: "FlowCanvas") -> None:
        super().__init__(canvas)
        self.canvas = canvas

    @property
    def board(self) -> FlowBoard:
        """What is shown."""
        return self.canvas.flow_scene.board

    def at(self, scene_x: float) -> float:
        """Return where an x of the scene is in this strip."""
        transform = self.canvas.viewportTransform()
        return transform.m11() * scene_x + transform.dx()

    def band_rect(self, band: Band) -> QRectF:
        """Return the part of this strip over or under a stage."""
        left, right = self.at(band.left), self.at(band.right)
        return QRectF(left + _GAP, 0, right - left - 2 * _GAP, self.height())


class StageStrip(_Strip):
    """The stages as bars between Start and Exit.

    Attributes:
        pressed: the id of a stage, and whether it is chosen beside others.
        renaming: a stage's band was double-clicked. menu_wanted: (band or None, global position).
    """

    pressed = Signal(str, bool)
    renaming = Signal(object)
    menu_wanted = Signal(object, object)

    def __init__(self, canvas: "FlowCanvas") -> None:
        super().__init__(canvas)
        self._locked = False

    def set_locked(self, locked: bool) -> None:
        """Mark that stages and touchpoints stay as they are, or no longer."""
        self._locked = locked
        self.setAccessibleName(words.tr("Stages, locked") if locked else words.tr("Stages"))
        self.update()

    def bar_rect(self, band: Band) -> QRectF:
        """Return the bar of a stage in this strip."""
        pad = 5 * self.canvas.strip_scale()
        return self.band_rect(band).adjusted(0, pad, 0, -pad)

    def band_at(self, x: float) -> Band | None:
        """Return the stage under an x of this strip."""
        return self.board.layout.band_at(self.canvas.scene_at(QPointF(x, 0)).x())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual."""
        theme, scale = active_theme(), self.canvas.strip_scale()
        layout = self.board.layout
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.window)
            painter.fillRect(0, self.height() - 1, self.width(), 1, theme.hairline)
            if not layout.bands:
                return
            face = scaled_font("sticky", 600, scale)
            self._paint_start(painter, theme)
            end = self.at(layout.bands[-1].right)
            place = QRectF(end + 10, 0, 80, self.height())
            if place.left() + text_width(words.tr("Exit"), face) + 4 <= self.width():
                paint_line(painter, place, words.tr("Exit"), face, theme.text_2)
            for band in layout.bands:
                rect = self.band_rect(band)
                if rect.right() >= 0 and rect.left() <= self.width():
                    self._paint_band(painter, band, theme)

    def _paint_start(self, painter: QPainter, theme: Theme) -> None:
        """Name the place of the start; where the structure is locked it says so there."""
        face = scaled_font("sticky", 600, self.canvas.strip_scale())
        room = QRectF(self.at(0) + 10, 0, self.at(START_WIDTH) - self.at(0), self.height())
        name, ink = words.tr("Start"), theme.text_2
        if self._locked:
            name, ink = words.tr("Locked"), theme.accent
            side = 14 * self.canvas.strip_scale()
            mark = QRectF(room.left(), room.center().y() - side / 2, side, side)
            paint_icon(painter, mark, "lock-simple", ink)
            room.setLeft(room.left() + side + 4)
        if text_width(name, face) + 4 <= room.width():
            paint_line(painter, room, name, face, ink)

    def _paint_band(self, painter: QPainter, band: Band, theme: Theme) -> None:
        scale, bar = self.canvas.strip_scale(), self.bar_rect(band)
        if band.stage is None:
            draw_box(painter, bar, 4, None, line=theme.outline, style=Qt.PenStyle.DashLine)
        else:
            draw_box(painter, bar, 4, theme.stage)
        ink = theme.text_2 if band.stage is None else theme.on_stage
        chosen = {ref.id for ref in self.canvas.chosen}
        if band.stage in chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.on_stage, 1.5))
            painter.drawRoundedRect(bar.adjusted(2.5, 2.5, -2.5, -2.5), 3, 3)
        name = band_name(self.board, band)
        seen = bar.intersected(QRectF(self.rect())).adjusted(10, 0, -8, 0)
        face = scaled_font("base", 600, scale)
        painter.setClipRect(bar)
        if text_width(name, face) <= seen.width():
            paint_line(painter, seen, name, face, ink)
        elif seen.width() > 20:
            small = scaled_font("meta", 600, 0.9)
            wrapped = wrap(name, small, 11, seen.width() + 6)
            top = bar.center().y() - wrapped.height / 2
            wrapped.paint(painter, QPointF(seen.left() - 4, max(top, bar.top() + 1)), ink)
        painter.setClipping(False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt's virtual."""
        self.canvas.setFocus(Qt.FocusReason.MouseFocusReason)
        band = self.band_at(event.position().x())
        if event.button() == Qt.MouseButton.LeftButton and band is not None and band.stage:
            many = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
            self.pressed.emit(str(band.stage), bool(event.modifiers() & many))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Qt's virtual: rename where it stands."""
        band = self.band_at(event.position().x())
        if event.button() == Qt.MouseButton.LeftButton and band is not None:
            self.renaming.emit(band)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt's virtual."""
        self.menu_wanted.emit(self.band_at(event.pos().x()), event.globalPos())

    def event(self, event: QEvent) -> bool:
        """Qt's virtual: a long name, and the mark of the lock, are told as a tooltip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            band = self.band_at(event.pos().x())
            text = band_name(self.board, band) if band else ""
            if band is None and self._locked:
                text = words.tr("Stages and touchpoints are locked")
            set_plain_tooltip(self, text)
        return super().event(event)


class LostStrip(_Strip):
    """How many leave the journey in each stage, and in all."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual."""
        theme, board, scale = active_theme(), self.board, self.canvas.strip_scale()
        sums = board.lost
        total, most = sum(x or 0.0 for x in sums), max((x or 0.0 for x in sums), default=0.0)
        entered = board.entered
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.surface)
            painter.fillRect(0, 0, self.width(), 1, theme.hairline)
            if not board.layout.bands:
                return
            face = scaled_font("sticky", 600, scale)
            top = QRectF(self.at(0) + 10, 7 * scale, 60 * scale, 18 * scale)
            if text_width(words.tr("Lost"), face) < self.at(START_WIDTH) - self.at(0) - 10:
                paint_line(painter, top, words.tr("Lost"), face, theme.text_2)
            for band, value in zip(board.layout.bands, sums, strict=True):
                rect = self.band_rect(band).adjusted(6, 0, -14, 0)
                if value is not None and rect.right() >= 0 and rect.left() <= self.width():
                    self._paint_sum(painter, rect, (value, most, entered), theme)
            end = self.at(board.layout.bands[-1].right) + 10
            rect = QRectF(end, 7 * scale, 100 * scale, 17 * scale)
            if end + text_width(words.count(total), face) + 4 > self.width():
                return
            paint_line(painter, rect, words.count(total), face, theme.text)
            said = words.tr("{0} in all").format(percent(min(total / (entered or 1.0), 1.0)))
            face = scaled_font("meta", 400, scale)
            if entered and end + text_width(said, face) + 4 <= self.width():
                paint_line(painter, rect.translated(0, 17 * scale), said, face, theme.text_2)

    def _paint_sum(
        self, painter: QPainter, rect: QRectF, sums: tuple[float, float, float], theme: Theme
    ) -> None:
        value, most, entered = sums
        scale = self.canvas.strip_scale()
        face, light = scaled_font("sticky", 600, scale), scaled_font("sticky", 400, scale)
        line = QRectF(rect.left(), 7 * scale, rect.width(), 18 * scale)
        figure = words.count(value)
        paint_line(painter, line, figure, face, theme.text)
        x = text_width(f"{figure} ", face)
        said = words.tr("lost")
        if entered:
            longer = f"{said}, {words.of_cases(min(value / entered, 1.0))}"
            said = longer if x + text_width(longer, light) <= rect.width() else said
        if x + text_width(said, light) <= rect.width():
            paint_line(painter, line.adjusted(x, 0, 0, 0), said, light, theme.text_2)
        bar = QRectF(rect.left(), 32 * scale, rect.width(), 6 * scale)
        draw_box(painter, bar, 2, theme.sunken)
        if most:
            bar.setWidth(max(bar.width() * value / most, 2.0))
            draw_box(painter, bar, 2, theme.neutral)


def band_name(board: FlowBoard, band: Band) -> str:
    """Return the name on a stage's bar."""
    stage = board.workspace.stages.get(band.stage) if band.stage else None
    return words.tr("Without a stage") if stage is None else stage.name
