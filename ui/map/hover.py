"""What the pointer shows while no button is down: places to add at, and what can be taken."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Qt

from ui.map.cursor import STACKED, Cursor, box_at
from ui.map.lanes import LaneKind
from ui.map.layout import Box, Hit, MapLayout

if TYPE_CHECKING:
    from ui.map.gestures import Gestures
    from ui.map.view import MapView


def free_slot(layout: MapLayout, hit: Hit) -> int:
    """Return the place behind the last card of a cell; a cell of one card has one place."""
    if layout.lanes[hit.lane].spec.kind not in STACKED:
        return 0
    return len(layout.columns[hit.column].stacks[hit.lane])


class Hover(QObject):
    """Offers what can be added under the pointer, and shapes the pointer."""

    def __init__(self, view: "MapView", gestures: "Gestures") -> None:
        super().__init__(gestures)
        self._view, self._canvas, self._gestures = view, view.canvas, gestures

    def move(self, place: QPointF, handle_at: Callable[[QPointF], int | None]) -> None:
        """Offer what can be added on a free place, and show what can be taken."""
        at = self._canvas.scene_at(place)
        layout = self._canvas.map_scene.layout
        over_handle = handle_at(at) is not None
        shape = Qt.CursorShape.SizeVerCursor if over_handle else Qt.CursorShape.ArrowCursor
        if self._gestures.space_held:
            shape = Qt.CursorShape.OpenHandCursor
        if self._canvas.viewport().cursor().shape() != shape:
            self._canvas.viewport().setCursor(shape)
        hover: tuple[Box, str] | None = None
        hit = layout.hit(at.x(), at.y())
        if hit is not None and hit.ref is None and self._view.ghost_at(at) is None:
            hover = self._offer(hit, at)
        if hover != self._canvas.map_scene.over.hover:
            self._canvas.map_scene.set_over(hover=hover)

    def _offer(self, hit: Hit, at: QPointF) -> tuple[Box, str] | None:
        if self._canvas.zoom < 0.5 or self._view.read_only:
            return None
        layout = self._canvas.map_scene.layout
        row = layout.lanes[hit.lane]
        text = self._view.acts.offer(hit.column, row.spec)
        if not text or row.folded:
            return None
        box = box_at(layout, Cursor(hit.column, hit.lane, free_slot(layout, hit)))
        top = box.y
        if row.spec.kind is LaneKind.EXPERIENCE:
            top = row.top + layout.experience.y(0.0) - 17.0
        box = Box(box.x, top, box.width, min(box.height, 34.0))
        inside = box.contains(at.x(), at.y()) or at.y() > box.bottom
        return (box, text) if inside and box.bottom <= row.bottom else None
