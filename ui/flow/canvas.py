"""The canvas: the scene in a view, the stages frozen above it and the losses below."""

from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from journey.model.ids import Ref
from ui.canvas import FIT_LEAST, Canvas
from ui.flow.scene import FlowScene
from ui.flow.strips import LostStrip, StageStrip

STAGES_HIGH: Final = 40.0
LOST_HIGH: Final = 50.0


class FlowCanvas(Canvas):
    """The flow with its frozen strips.

    Attributes:
        chosen: what is selected.
    """

    def __init__(self, scene: FlowScene, parent: QWidget | None = None) -> None:
        super().__init__(scene, parent)
        self.flow_scene = scene
        self.chosen: tuple[Ref, ...] = ()
        self.stages = StageStrip(self)
        self.losses = LostStrip(self)
        self.place_strips()

    def fit_scene_rect(self) -> None:
        """Follow the layout's size."""
        self.flow_scene.resized()
        self.setSceneRect(self.flow_scene.extent())
        self.losses.setVisible(any(x is not None for x in self.flow_scene.board.lost))
        self.place_strips()
        self.viewed.emit()

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

    def strip_scale(self) -> float:
        """Return the scale of the frozen strips: they follow the zoom, but stay readable."""
        return min(max(self.zoom, 0.9), 1.4)

    def place_strips(self) -> None:
        """Lay out the stages above and the losses below."""
        scale = self.strip_scale()
        top = round(STAGES_HIGH * scale)
        low = 0 if self.losses.isHidden() else round(LOST_HIGH * scale)
        margins = self.viewportMargins()
        if (margins.top(), margins.bottom()) != (top, low):
            self.setViewportMargins(0, top, 0, low)
        area = self.viewport().geometry()
        self.stages.setGeometry(0, 0, area.width(), top)
        self.losses.setGeometry(0, area.bottom() + 1, area.width(), low)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Qt's virtual: the strips scroll along."""
        super().scrollContentsBy(dx, dy)
        if dx:
            self.stages.update()
            self.losses.update()
        self.viewed.emit()
