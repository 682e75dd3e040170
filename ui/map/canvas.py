"""The canvas: the scene in a view with stage header and lane names frozen at its edges."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsView, QWidget

from ui.map.headers import Corner, StageHeader
from ui.map.lane_names import LaneNames
from ui.map.layout import TAIL, Box
from ui.map.scene import MapScene
from ui.shell.theme import active_theme

LEAST_ZOOM, MOST_ZOOM = 0.25, 4.0
FIT_LEAST: Final = 0.04  # a fit may go further out than the wheel
STEPS: Final = (0.25, 0.33, 0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)


class MapCanvas(QGraphicsView):
    """Scrolls and zooms a map; what the mouse and keys do to it is decided by its listener.

    Attributes:
        viewed: the visible part or the zoom changed. entered_by_key: Tab brought the focus.
        tab_taker: asked first whether Tab goes on inside the map.
    """

    viewed = Signal()
    entered_by_key = Signal()

    def __init__(self, scene: MapScene, parent: QWidget | None = None) -> None:
        super().__init__(scene, parent)
        self.map_scene = scene
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        # The overview is the horizontal scroll bar, and says more.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.names_width = 132.0
        self.tab_taker: Callable[[bool], bool] | None = None
        self.stages = StageHeader(self)
        self.names = LaneNames(self)
        self.corner = Corner(self)
        self._place_strips()

    # -- geometry -----------------------------------------------------------------------------

    @property
    def zoom(self) -> float:
        """The scale of the map; 1 is 100 %."""
        return self.transform().m11()

    def set_names_width(self, width: float) -> None:
        """Set how wide the lane names are."""
        self.names_width = width
        self._place_strips()

    def fit_scene_rect(self) -> None:
        """Follow the layout's size."""
        layout = self.map_scene.layout
        self._place_strips()
        self.setSceneRect(QRectF(0, 0, layout.width + TAIL, layout.height))
        self.viewed.emit()

    def visible(self) -> Box:
        """Return the part of the scene that shows."""
        rect = self.mapToScene(self.viewport().rect()).boundingRect()
        return Box(rect.x(), rect.y(), rect.width(), rect.height())

    def scene_at(self, place: QPointF) -> QPointF:
        """Return the scene point under a point of the viewport."""
        inverse, _possible = self.viewportTransform().inverted()
        return inverse.map(place)

    def on_canvas(self, box: Box) -> QRectF:
        """Return a box of the scene in this widget's coordinates."""
        rect = self.viewportTransform().mapRect(QRectF(box.x, box.y, box.width, box.height))
        return rect.translated(QPointF(self.viewport().pos()))

    def set_zoom(self, zoom: float, anchor: QPointF | None = None) -> None:
        """Scale the map and keep the point under `anchor` (else the middle) where it is."""
        self.show_scale(min(max(zoom, LEAST_ZOOM), MOST_ZOOM), anchor)

    def step_zoom(self, direction: int) -> None:
        """Go to the next round scale, larger (+1) or smaller (−1)."""
        now = self.zoom
        if direction > 0:
            self.set_zoom(next((s for s in STEPS if s > now + 0.004), STEPS[-1]))
        else:
            self.set_zoom(next((s for s in reversed(STEPS) if s < now - 0.004), STEPS[0]))

    def fit(self) -> None:
        """Show the whole map, never larger than 100 %."""
        layout, view = self.map_scene.layout, self.viewport().size()
        scale = min(
            view.width() / max(layout.width, 1.0), view.height() / max(layout.height, 1.0), 1.0
        )
        self.show_scale(max(scale, FIT_LEAST))
        self.horizontalScrollBar().setValue(0)
        self.verticalScrollBar().setValue(0)
        # The strips grew or shrank with the scale, and with them the room.

    def reveal(self, box: Box) -> None:
        """Scroll as little as needed to show a box."""
        margin = 12
        self.ensureVisible(QRectF(box.x, box.y, box.width, box.height), margin, margin)

    def zoom_to(self, boxes: Sequence[Box]) -> None:
        """Show some boxes as large as the window allows, at most 200 %; nothing for none."""
        if not boxes:
            return
        left, top = min(b.x for b in boxes), min(b.y for b in boxes)
        width = max(b.right for b in boxes) - left
        height = max(b.bottom for b in boxes) - top
        room = self.viewport().size()
        scale = min(room.width() / (width + 48.0), room.height() / (height + 48.0), 2.0)
        self.set_zoom(scale)
        self.centerOn(left + width / 2, top + height / 2)

    def centre_on(self, x: float) -> None:
        """Scroll sideways so that a scene x is in the middle."""
        bar = self.horizontalScrollBar()
        bar.setValue(round(x * self.zoom - self.viewport().width() / 2))

    def show_scale(self, zoom: float, anchor: QPointF | None = None) -> None:
        """Scale the map to any scale, also one the wheel does not reach."""
        place = QPointF(self.viewport().rect().center()) if anchor is None else anchor
        under = self.scene_at(place)
        on_widget = place + QPointF(self.viewport().pos())
        transform = self.transform()
        transform.reset()
        transform.scale(zoom, zoom)
        self.setTransform(transform)
        self._place_strips()
        # The strips grew with the scale and pushed the viewport away from under the pointer.
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
        return min(max(self.zoom, 0.85), 1.5)

    def _place_strips(self) -> None:
        scale = self.strip_scale()
        rows = 58 if self.map_scene.steps else 40
        left, top = round(self.names_width * scale), round(rows * scale)
        margins = self.viewportMargins()
        if (margins.left(), margins.top()) != (left, top):
            self.setViewportMargins(left, top, 0, 0)
        area = self.viewport().geometry()
        self.corner.setGeometry(0, 0, left, top)
        self.stages.setGeometry(left, 0, area.width(), top)
        self.names.setGeometry(0, top, left, area.height())

    # -- Qt's virtuals ------------------------------------------------------------------------

    def drawBackground(self, painter: QPainter, rect: QRectF | QPoint) -> None:  # type: ignore[override]
        """Qt's virtual: the canvas, and the window's ground beside the map."""
        assert isinstance(rect, QRectF)
        painter.fillRect(rect, active_theme().canvas)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's virtual: the strips follow."""
        super().resizeEvent(event)
        self._place_strips()
        self.viewed.emit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Qt's virtual: the strips scroll along, each in its direction."""
        super().scrollContentsBy(dx, dy)
        if dx:
            self.stages.update()
        if dy:
            self.names.update()
        self.viewed.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt's virtual: Ctrl zooms at the pointer, Shift scrolls sideways, else up and down."""
        modifiers = event.modifiers()
        turn = event.angleDelta()
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
        """Qt's virtual: keys belong to the map's listener, not to the scroll bars."""
        event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual: as for presses."""
        event.ignore()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Qt's virtual: Tab goes from cell to cell before it leaves the map."""
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
