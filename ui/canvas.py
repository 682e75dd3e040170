"""What the canvases of Map and Flow share: scale, scrolling, keys and focus."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QGraphicsScene, QGraphicsView, QWidget

from ui.shell.theme import active_theme

LEAST_ZOOM, MOST_ZOOM = 0.25, 4.0
FIT_LEAST: Final = 0.04  # a fit may go further out than the wheel
STEPS: Final = (0.25, 0.33, 0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)


class Canvas(QGraphicsView):
    """Scrolls and zooms a scene; what the mouse and keys do to it is decided by its listener.

    Attributes:
        viewed: the visible part or the zoom changed. entered_by_key: Tab brought the focus.
        tab_taker: asked first whether Tab goes on inside the scene.
        composer: opens what a letter composed of several keys is typed into; None for nothing.
    """

    viewed = Signal()
    entered_by_key = Signal()

    def __init__(self, scene: QGraphicsScene, parent: QWidget | None = None) -> None:
        super().__init__(scene, parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.tab_taker: Callable[[bool], bool] | None = None
        self.composer: Callable[[], QWidget | None] | None = None

    def place_strips(self) -> None:
        """Lay out what is frozen at the edges, if anything is."""

    @property
    def zoom(self) -> float:
        """The scale of the scene; 1 is 100 %."""
        return self.transform().m11()

    def scene_at(self, place: QPointF) -> QPointF:
        """Return the scene point under a point of the viewport."""
        inverse, _possible = self.viewportTransform().inverted()
        return inverse.map(place)

    def on_canvas(self, rect: QRectF) -> QRectF:
        """Return a rectangle of the scene in this widget's coordinates."""
        shown = self.viewportTransform().mapRect(rect)
        return shown.translated(QPointF(self.viewport().pos()))

    def set_zoom(self, zoom: float, anchor: QPointF | None = None) -> None:
        """Scale the scene and keep the point under `anchor` (else the middle) where it is."""
        self.show_scale(min(max(zoom, LEAST_ZOOM), MOST_ZOOM), anchor)

    def step_zoom(self, direction: int) -> None:
        """Go to the next round scale, larger (+1) or smaller (−1)."""
        now = self.zoom
        if direction > 0:
            self.set_zoom(next((s for s in STEPS if s > now + 0.004), STEPS[-1]))
        else:
            self.set_zoom(next((s for s in reversed(STEPS) if s < now - 0.004), STEPS[0]))

    def show_scale(self, zoom: float, anchor: QPointF | None = None) -> None:
        """Scale the scene to any scale, also one the wheel does not reach."""
        place = QPointF(self.viewport().rect().center()) if anchor is None else anchor
        under = self.scene_at(place)
        on_widget = place + QPointF(self.viewport().pos())
        transform = self.transform()
        transform.reset()
        transform.scale(zoom, zoom)
        self.setTransform(transform)
        self.place_strips()
        # The strips grew with the scale and pushed the viewport away from under the pointer.
        place = on_widget - QPointF(self.viewport().pos())
        moved = self.viewportTransform().map(under) - place
        for bar, by in (
            (self.horizontalScrollBar(), moved.x()),
            (self.verticalScrollBar(), moved.y()),
        ):
            bar.setValue(bar.value() + round(by))
        self.viewed.emit()

    # -- Qt's virtuals ------------------------------------------------------------------------

    def drawBackground(self, painter: QPainter, rect: QRectF | QPoint) -> None:  # type: ignore[override]
        """Qt's virtual: the canvas, and the window's ground beside the scene."""
        assert isinstance(rect, QRectF)
        painter.fillRect(rect, active_theme().canvas)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's virtual: the strips follow."""
        super().resizeEvent(event)
        self.place_strips()
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
        """Qt's virtual: keys belong to the listener, not to the scroll bars."""
        event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual: as for presses."""
        event.ignore()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Qt's virtual: Tab goes from card to card before it leaves the canvas."""
        if self.tab_taker is not None and self.tab_taker(forward):
            return True
        return super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt's virtual."""
        super().focusInEvent(event)
        # Qt's own view takes composed letters for an item of its scene alone.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, self.composer is not None)
        if event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}:
            self.entered_by_key.emit()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Qt's virtual: letters composed of several keys begin a text like any others."""
        says = bool(event.commitString() or event.preeditString())
        editor = self.composer() if says and self.composer is not None else None
        if editor is None:
            event.ignore()
        else:
            QApplication.sendEvent(editor, event)

    def changeEvent(self, event: QEvent) -> None:
        """Qt's virtual: another theme paints everything anew."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.PaletteChange}:
            self.scene().update()
