"""The strip frozen above the canvas: the stages, and under them their sub-steps."""

import bisect

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)

from journey.model.ids import Kind, Ref
from ui.map.grip import paint_mark
from ui.map.layout import StageSpan
from ui.map.strip import GAP, Strip, name_insets, scaled_font, scaled_width
from ui.shell.drawing import draw_box
from ui.shell.icons import paint_icon
from ui.shell.theme import Theme, active_theme
from ui.shell.type import Size
from ui.shell.widgets.labels import set_plain_tooltip
from ui.shell.wrapping import paint_line, wrap

_SMALL = 0.9  # the smallest scale of a stage's name, broken into lines


class StageHeader(Strip):
    """The stages as bars; a name stays in sight while its stage is, and says what is hidden.

    Attributes:
        pressed: (stage span, mouse event). renaming: a span was double-clicked.
        menu_wanted: (span or None, global position).
        adding: the place after the last stage was clicked.
        moved: (stage id, index among the others) where a bar was dropped.
    """

    pressed = Signal(object, object)
    renaming = Signal(object)
    menu_wanted = Signal(object, object)
    adding = Signal()
    moved = Signal(str, int)

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
        return QRectF(left + GAP, pad, right - left - 2 * GAP, self.stage_height() - 2 * pad)

    def tail(self) -> QRectF:
        """Return the place behind the last stage where one is added."""
        layout = self.canvas.map_scene.layout
        left = self.canvas.viewportTransform().map(QPointF(layout.width, 0)).x()
        side = self.stage_height() - 10 * self.canvas.strip_scale()
        return QRectF(left + 6, (self.stage_height() - side) / 2, side, side)

    def stage_height(self) -> float:
        """Return the height of the stages' own row; sub-steps stand below it."""
        return 40 * self.canvas.strip_scale()

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
            self._paint_steps(painter, theme)
            self._paint_cursor(painter, theme)
            if self.grip.mark is not None:
                x = self.grip.mark
                paint_mark(painter, QPointF(x, 3), QPointF(x, self.height() - 3), theme)

    def _paint_steps(self, painter: QPainter, theme: Theme) -> None:
        """Paint the sub-steps as a second row, each over its touchpoints."""
        scene, scale = self.canvas.map_scene, self.canvas.strip_scale()
        transform, width = self.canvas.viewportTransform(), scene.layout.shape.column
        face, top = scaled_font("meta", 500, scale), self.stage_height() - 3 * scale
        for step in scene.steps:
            left = transform.map(QPointF(step.first * width, 0)).x()
            right = transform.map(QPointF((step.first + step.count) * width, 0)).x()
            if right < 0 or left > self.width():
                continue
            box = QRectF(left + GAP, top, right - left - 2 * GAP, 18 * scale)
            draw_box(painter, box, 3, theme.accent_tint)
            seen = box.intersected(QRectF(self.rect())).adjusted(8 * scale, 0, -4, 0)
            painter.setClipRect(box)
            paint_line(painter, seen, step.name, face, theme.text)
            painter.setClipping(False)

    def _paint_cursor(self, painter: QPainter, theme: Theme) -> None:
        """Ring the stage the keyboard stands on, or the place behind the last one."""
        column, layout = self.canvas.map_scene.shown.stage_cursor, self.canvas.map_scene.layout
        if column is None or not self.canvas.hasFocus():
            return
        inside = column < len(layout.columns)
        ring = self.bar(layout.span_of(column)) if inside else self.tail()
        draw_box(painter, ring.adjusted(-2, -2, 2, 2), 6, None, line=theme.accent, width=2.0)

    def _paint_span(self, painter: QPainter, span: StageSpan, theme: Theme) -> None:
        bar = self.bar(span)
        if span.stage is None:
            draw_box(painter, bar, 4, None, line=theme.outline, style=Qt.PenStyle.DashLine)
        else:
            draw_box(painter, bar, 4, theme.stage)
            if Ref(Kind.STAGE, span.stage.id) in self.canvas.map_scene.shown.selected:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.on_stage, 1.5))
                painter.drawRoundedRect(bar.adjusted(2.5, 2.5, -2.5, -2.5), 3, 3)
        ink = theme.text_2 if span.stage is None else theme.on_stage
        self._paint_name(painter, span, bar, ink)

    def _paint_name(self, painter: QPainter, span: StageSpan, bar: QRectF, ink: QColor) -> None:
        """Write a stage's name: smaller, then in lines, then not at all as its bar gets narrow."""
        scale, room, name = self.canvas.strip_scale(), self.text_rect(span), span_name(span)
        faces: tuple[tuple[Size, float], ...] = (("base", scale), ("meta", min(scale, 1.0)))
        for size, shown in faces:
            wide = scaled_width(name, size, 600, shown)
            if wide <= room.width():
                painter.setClipRect(bar)
                paint_line(painter, room, name, scaled_font(size, 600, shown), ink)
                self._paint_count(painter, span, room.adjusted(wide + 8, 0, 4, 0), ink)
                painter.setClipping(False)
                return
        if _longest_word(name) > room.width() + 12:
            return
        wrapped = wrap(name, scaled_font("meta", 600, _SMALL), 11, room.width() + 12)
        if wrapped.height <= bar.height():
            painter.setClipRect(bar)
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
        scale = self.canvas.strip_scale()
        if scaled_width(text, "meta", 400, scale) <= room.width():
            face = scaled_font("meta", 400, scale)
            paint_line(painter, room, text, face, ink, alignment=Qt.AlignmentFlag.AlignRight)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt's virtual."""
        self.canvas.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        span = self.span_at(event.position().x())
        if span is not None:
            self.grip.take(span.stage.id if span.stage else "", event.position())
            self.pressed.emit(span, event)
        elif self.tail().contains(event.position()):
            self.adding.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt's virtual: a bar that is dragged shows where it would go."""
        if not event.buttons() & Qt.MouseButton.LeftButton:
            return
        layout = self.canvas.map_scene.layout
        bars = [(s.stage.id, self.bar(s)) for s in layout.spans if s.stage is not None]
        ends = [(key, bar.left(), bar.right()) for key, bar in bars]
        self.grip.follow(event.position(), event.position().x(), ends)
        self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Qt's virtual: drop the bar where its mark stands."""
        drop = self.grip.let_go()
        self.update()
        if drop is not None:
            self.moved.emit(*drop)

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


class Corner(Strip):
    """Where both strips meet: the name of the stage row, and whether the structure is locked.

    Attributes:
        menu_wanted: (global position).
    """

    menu_wanted = Signal(object)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual."""
        theme, scale = active_theme(), self.canvas.strip_scale()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.canvas)
            middle = 20 * scale
            side = 15 * scale
            icon_left, name_left = name_insets(self.width(), scale)
            locked = self.canvas.map_scene.shown.locked
            glyph, ink = ("lock-simple", theme.accent) if locked else ("flag", theme.text_2)
            paint_icon(painter, QRectF(icon_left, middle - side / 2, side, side), glyph, ink)
            rect = QRectF(name_left, 0, self.width() - name_left, 40 * scale)
            face = scaled_font("sticky", 600, scale)
            words = self.tr("Locked") if locked else self.tr("Stage")
            paint_line(painter, rect, words, face, ink)
            painter.fillRect(0, self.height() - 1, self.width(), 1, theme.hairline)
            painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.outline)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt's virtual."""
        self.menu_wanted.emit(event.globalPos())

    def event(self, event: QEvent) -> bool:
        """Qt's virtual: the mark of the lock is explained as a tooltip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            locked = self.canvas.map_scene.shown.locked
            text = self.tr("Stages, lanes and touchpoints are locked") if locked else ""
            set_plain_tooltip(self, text)
        return super().event(event)


def _longest_word(name: str) -> float:
    """Return the width of a name's longest word; a narrower bar leaves the name to its tooltip."""
    return max((scaled_width(word, "meta", 600, _SMALL) for word in name.split()), default=0.0)


def span_name(span: StageSpan) -> str:
    """Return the name on a stage's bar."""
    if span.stage is None:
        return QCoreApplication.translate("Map", "Without a stage")
    return span.stage.name
