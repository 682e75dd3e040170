"""The canvas: the scene in a view, the stages frozen above it and the losses below."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsView, QWidget

from journey.model.ids import Ref
from ui.flow.scene import FlowScene
from ui.flow.strips import LostStrip, StageStrip
from ui.map.canvas import FIT_LEAST, LEAST_ZOOM, MOST_ZOOM, STEPS
from ui.shell.theme import active_theme

STAGES_HIGH: Final = 40.0
LOST_HIGH: Final = 50.0


class FlowCanvas(QGraphicsView):
    """Scrolls and zooms a flow; what the mouse and keys do to it is decided by its listener.

    Attributes:
        viewed: the visible part or the zoom changed. entered_by_key: Tab brought the focus.
        tab_taker: asked first whether Tab goes on inside the flow. chosen: what is selected.
    """

    viewed = Signal()
    entered_by_key = Signal()

    def __init__(self, scene: FlowScene, parent: QWidget | None = None) -> None:
        super().__init__(scene, parent)
        self.flow_scene = scene
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.tab_taker: Callable[[bool], bool] | None = None
        self.chosen: tuple[Ref, ...] = ()
        self.stages = StageStrip(self)
        self.losses = LostStrip(self)
        self._place_strips()

    @property
    def zoom(self) -> float:
        """The scale of the flow; 1 is 100 %."""
        return self.transform().m11()

    def fit_scene_rect(self) -> None:
        """Follow the layout's size."""
        self.flow_scene.resized()
        self.setSceneRect(self.flow_scene.extent())
        self.losses.setVisible(any(x is not None for x in self.flow_scene.board.lost))
        self._place_strips()
        self.viewed.emit()

    def scene_at(self, place: QPointF) -> QPointF:
        """Return the scene point under a point of the viewport."""
        inverse, _possible = self.viewportTransform().inverted()
        return inverse.map(place)

    def on_canvas(self, rect: QRectF) -> QRectF:
        """Return a rectangle of the scene in this widget's coordinates."""
        shown = self.viewportTransform().mapRect(rect)
        return shown.translated(QPointF(self.viewport().pos()))

    def set_zoom(self, zoom: float, anchor: QPointF | None = None) -> None:
        """Scale the flow and keep the point under `anchor` (else the middle) where it is."""
        self.show_scale(min(max(zoom, LEAST_ZOOM), MOST_ZOOM), anchor)

    def step_zoom(self, direction: int) -> None:
        """Go to the next round scale, larger (+1) or smaller (−1)."""
        now = self.zoom
        if direction > 0:
            self.set_zoom(next((s for s in STEPS if s > now + 0.004), STEPS[-1]))
        else:
            self.set_zoom(next((s for s in reversed(STEPS) if s < now - 0.004), STEPS[0]))

    def fit(self) -> None:
        """Show the whole flow, never larger than 100 %."""
        # The room of the whole widget: no scroll bar is left when everything shows.
        whole = self.flow_scene.extent()
        strips = STAGES_HIGH + (0.0 if self.losses.isHidden() else LOST_HIGH)
        high = max(self.height() - strips, 1.0)
        scale = min(self.width() / whole.width(), high / whole.height(), 1.0)
        self.show_scale(max(scale, FIT_LEAST))
        self.horizontalScrollBar().setValue(0)
        self.verticalScrollBar().setValue(0)

    def reveal(self, rect: QRectF) -> None:
        """Scroll as little as needed to show a part."""
        self.ensureVisible(rect, 24, 24)

    def show_scale(self, zoom: float, anchor: QPointF | None = None) -> None:
        """Scale the flow to any scale, also one the wheel does not reach."""
        place = QPointF(self.viewport().rect().center()) if anchor is None else anchor
        under = self.scene_at(place)
        on_widget = place + QPointF(self.viewport().pos())
        transform = self.transform()
        transform.reset()
        transform.scale(zoom, zoom)
        self.setTransform(transform)
        self._place_strips()
        place = on_widget - QPointF(self.viewport().pos())
        moved = self.viewportTransform().map(under) - place
        for bar, by in (
            (self.horizontalScrollBar(), moved.x()),
            (self.verticalScrollBar(), moved.y()),
        ):
            bar.setValue(bar.value() + round(by))
        self.viewed.emit()

    def strip_scale(self) -> float:
        """Return the scale of the frozen strips: they follow the zoom, but stay readable."""
        return min(max(self.zoom, 0.9), 1.4)

    def _place_strips(self) -> None:
        scale = self.strip_scale()
        top = round(STAGES_HIGH * scale)
        low = 0 if self.losses.isHidden() else round(LOST_HIGH * scale)
        margins = self.viewportMargins()
        if (margins.top(), margins.bottom()) != (top, low):
            self.setViewportMargins(0, top, 0, low)
        area = self.viewport().geometry()
        self.stages.setGeometry(0, 0, area.width(), top)
        self.losses.setGeometry(0, area.bottom() + 1, area.width(), low)

    # -- Qt's virtuals ------------------------------------------------------------------------

    def drawBackground(self, painter: QPainter, rect: QRectF | QPoint) -> None:  # type: ignore[override]
        """Qt's virtual: the canvas."""
        assert isinstance(rect, QRectF)
        painter.fillRect(rect, active_theme().canvas)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's virtual: the strips follow."""
        super().resizeEvent(event)
        self._place_strips()
        self.viewed.emit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Qt's virtual: the strips scroll along."""
        super().scrollContentsBy(dx, dy)
        if dx:
            self.stages.update()
            self.losses.update()
        self.viewed.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt's virtual: Ctrl zooms at the pointer, Shift scrolls sideways, else up and down."""
        modifiers, turn = event.modifiers(), event.angleDelta()
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self.zoom * 1.0015 ** turn.y(), event.position())
            event.accept()
        elif modifiers & Qt.KeyboardModifier.ShiftModifier and turn.y():
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - turn.y())
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual: keys belong to the flow's listener, not to the scroll bars."""
        event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual: as for presses."""
        event.ignore()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Qt's virtual: Tab goes from card to card before it leaves the flow."""
        if self.tab_taker is not None and self.tab_taker(forward):
            return True
        return super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt's virtual."""
        super().focusInEvent(event)
        if event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}:
            self.entered_by_key.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Qt's virtual: another theme paints everything anew."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.PaletteChange}:
            self.scene().update()
