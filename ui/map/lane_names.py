"""The strip frozen at the left of the canvas: the names of the lanes."""

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent, QPainter, QPaintEvent

from ui.map import words
from ui.map.grip import paint_mark
from ui.map.lanes import LaneKind, LaneSpec, lane_icon
from ui.map.layout import LaneBox, service_lines
from ui.map.legend import line_words, paint_line_key
from ui.map.strip import Strip, name_insets, scaled_font
from ui.numbers import number
from ui.shell.icons import paint_icon
from ui.shell.theme import Theme, active_theme
from ui.shell.widgets.labels import set_plain_tooltip
from ui.shell.wrapping import paint_line, text_width, wrap

WIDE, NARROW = 132.0, 112.0


def narrowest() -> float:
    """Return the least width, logical pixels, in which the names of all lanes are whole.

    Interface fonts differ much in width: what suits most is too narrow for some.
    """
    face = scaled_font("sticky", 600, 1.0)
    named = (words.lane_name(kind) for kind in LaneKind if kind is not LaneKind.NOTES)
    widest = max(text_width(name, face) for name in named)
    return NARROW if widest <= NARROW - name_insets(NARROW, 1.0)[1] - 3 else WIDE


class LaneNames(Strip):
    """Names of the lanes, the legend and scale of the experience line, and fold marks.

    Attributes:
        toggled: the key of a lane to fold or unfold. renaming: a lane of notes.
        menu_wanted: (lane box or None, global position).
        moved: (lane key, index among the others) where a name was dropped.
    """

    toggled = Signal(str)
    renaming = Signal(object)
    menu_wanted = Signal(object, object)
    moved = Signal(str, int)

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
            if self.grip.mark is not None:
                y = self.grip.mark
                paint_mark(painter, QPointF(4, y), QPointF(self.width() - 4, y), theme)

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
        self._paint_service_line(painter, lane, row, theme)
        painter.setClipping(False)

    def _paint_service_line(
        self, painter: QPainter, lane: LaneBox, row: QRectF, theme: Theme
    ) -> None:
        """Name the line that runs under this lane, where there is room for it."""
        layout, scale = self.canvas.map_scene.layout, self.canvas.strip_scale()
        for name, below in service_lines(layout):
            if layout.lanes[below - 1].spec.key != lane.spec.key:
                continue
            face, text = scaled_font("meta", 400, scale), words.service_line(name)
            left = name_insets(self.width(), scale)[0]
            place = QRectF(left, row.bottom() - 15 * scale, self.width() - left, 14 * scale)
            ticks = [layout.experience.y(v) * self.canvas.zoom for v in layout.experience.grid()]
            taken = (
                max(ticks) + 9 if lane.spec.kind is LaneKind.EXPERIENCE and ticks else 24 * scale
            )
            # The owners' lane, above what is behind the scenes, has just this room.
            fits = row.top() + taken <= row.bottom() - 14 * scale
            if fits and text_width(text, face) <= place.width():
                paint_line(painter, place, text, face, theme.text_3)

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
        for index, text in enumerate(line_words()):
            middle = y + index * step
            paint_line_key(painter, index, QRectF(x, middle - 4, wide, 8), theme)
            place = QRectF(x + wide + 4, middle - 8, 80 * scale, 16)
            paint_line(painter, place, text, face, theme.text_2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt's virtual: a click on the icon folds and unfolds."""
        self.canvas.setFocus(Qt.FocusReason.MouseFocusReason)
        lane = self.lane_at(event.position().y())
        if lane is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if lane.folded or event.position().x() < 28 * self.canvas.strip_scale():
            self.toggled.emit(lane.spec.key)
        else:
            self.grip.take(lane.spec.key, event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt's virtual: a name that is dragged shows where its lane would go."""
        if not event.buttons() & Qt.MouseButton.LeftButton:
            return
        rows = [(x.spec.key, self.row(x)) for x in self.canvas.map_scene.layout.lanes]
        ends = [(key, row.top(), row.bottom()) for key, row in rows]
        self.grip.follow(event.position(), event.position().y(), ends)
        self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Qt's virtual: drop the lane where its mark stands."""
        drop = self.grip.let_go()
        self.update()
        if drop is not None:
            self.moved.emit(*drop)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Qt's virtual: rename a lane of notes."""
        lane = self.lane_at(event.position().y())
        if lane is not None and event.position().x() >= 28:
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


def lane_tip(spec: LaneSpec, folded: bool) -> str:
    """Return what a lane's tooltip says."""
    if folded:
        return QCoreApplication.translate("Map", "%1: click to unfold").replace("%1", spec.name)
    return spec.name
