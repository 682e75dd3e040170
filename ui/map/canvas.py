"""The canvas: the scene in a view with stage header and lane names frozen at its edges."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.canvas import FIT_LEAST, Canvas
from ui.map.difference import redraw
from ui.map.exposed import parts_of
from ui.map.headers import Corner, StageHeader
from ui.map.lane_names import LaneNames
from ui.map.layout import TAIL, Box, MapLayout
from ui.map.scene import FAR, MapScene


class MapCanvas(Canvas):
    """The map with its frozen strips."""

    def __init__(self, scene: MapScene, parent: QWidget | None = None) -> None:
        super().__init__(scene, parent)
        self.map_scene = scene
        # The overview is the horizontal scroll bar, and says more.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.names_width = 132.0
        self.stages = StageHeader(self)
        self.names = LaneNames(self)
        self.corner = Corner(self)
        self.place_strips()

    def set_names_width(self, width: float) -> None:
        """Set how wide the lane names are."""
        self.names_width = width
        self.place_strips()

    def fit_scene_rect(self) -> None:
        """Follow the layout's size."""
        layout = self.map_scene.layout
        self.place_strips()
        self.setSceneRect(QRectF(0, 0, layout.width + TAIL, layout.height))
        self.viewed.emit()

    def show_layout(self, layout: MapLayout, *, anew: bool = False) -> bool:
        """Show another layout: what looks as before stays as it is painted, or is shifted.

        Return False where all of it is painted anew, as it is with `anew`.
        """
        scene, seen = self.map_scene, self.visible()
        width, zoom = layout.shape.column, self.zoom
        columns = range(max(int(seen.x // width), 0), max(int(seen.right // width) + 1, 1))
        step = width * zoom if zoom >= FAR else 0.0
        found = None if anew else redraw(scene.layout, layout, columns, step)
        scene.set_layout(layout)
        if found is None:
            scene.update()
            return False
        if found.moved is not None:
            hull = QRectF(found.moved.hull.start * width, 0, len(found.moved.hull) * width, 1)
            area = self.viewportTransform().mapRect(hull).toAlignedRect()
            port = self.viewport()
            area.setTop(0)
            area.setHeight(port.height())
            port.scroll(round(found.moved.by * width * zoom), 0, area & port.rect())
            scene.follow_shift(found.moved)
        scene.refresh(found)
        return True

    def visible(self) -> Box:
        """Return the part of the scene that shows."""
        rect = self.mapToScene(self.viewport().rect()).boundingRect()
        return Box(rect.x(), rect.y(), rect.width(), rect.height())

    def box_on_canvas(self, box: Box) -> QRectF:
        """Return a box of the scene in this widget's coordinates."""
        return self.on_canvas(QRectF(box.x, box.y, box.width, box.height))

    def fit(self) -> None:
        """Show the whole map, never larger than 100 %."""
        layout, view = self.map_scene.layout, self.viewport().size()
        scale = min(
            view.width() / max(layout.width, 1.0), view.height() / max(layout.height, 1.0), 1.0
        )
        self.show_scale(max(scale, FIT_LEAST))
        self.horizontalScrollBar().setValue(0)
        self.verticalScrollBar().setValue(0)

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

    def strip_scale(self) -> float:
        """Return the scale of the frozen strips: they follow the zoom, but stay readable."""
        return min(max(self.zoom, 0.85), 1.5)

    def place_strips(self) -> None:
        """Lay out the stages above and the lane names beside the map."""
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

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's virtual: the scene learns which parts are painted, not only what is around them."""
        inverse, _possible = self.viewportTransform().inverted()
        gap = self.map_scene.layout.shape.column * self.zoom
        self.map_scene.parts = parts_of(event.region(), inverse, gap)
        super().paintEvent(event)
        self.map_scene.parts = ()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt's virtual: the ring around a stage shows while the keyboard is here."""
        super().focusInEvent(event)
        self._show_stage_cursor()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt's virtual: the ring goes."""
        super().focusOutEvent(event)
        self._show_stage_cursor()

    def _show_stage_cursor(self) -> None:
        if self.map_scene.shown.stage_cursor is not None:
            self.stages.update()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Qt's virtual: the strips scroll along, each in its direction."""
        super().scrollContentsBy(dx, dy)
        if dx:
            self.stages.update()
        if dy:
            self.names.update()
        self.viewed.emit()
