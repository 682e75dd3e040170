"""The scene: two items for a whole flow, which paint only what shows."""

from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene, QStyleOptionGraphicsItem, QWidget

from ui.flow.board import FlowBoard
from ui.flow.paint import FAR, paint_flow
from ui.flow.shown import Over, Shown
from ui.map.paint import Look
from ui.shell.drawing import draw_box
from ui.shell.icons import paint_icon
from ui.shell.theme import active_theme

HANDLE: float = 8.0
_MARGIN: float = 60.0


class DrawnFlow(Protocol):
    """What painting a flow reads: the scene of a window, or the plain subject of a picture."""

    board: FlowBoard

    def look(self, painter: QPainter) -> Look:
        """Return what painting needs, in its theme."""


class FlowScene(QGraphicsScene):
    """Holds the board, what is selected, and the two items that draw them."""

    def __init__(self, board: FlowBoard, parent: QWidget) -> None:
        super().__init__(parent)
        self.board = board
        self.shown, self.over = Shown(), Over()
        self._drawing = _Drawing(self)
        self._overlay = _Overlay(self)
        self.addItem(self._drawing)
        self.addItem(self._overlay)

    def look(self, painter: QPainter) -> Look:
        """Return what painting needs, in the theme of this moment."""
        return Look(painter, self.board.lettering, active_theme())

    def extent(self) -> QRectF:
        """Return what the flow covers."""
        layout = self.board.layout
        return QRectF(0, 0, layout.width, layout.height)

    def resized(self) -> None:
        """Follow the layout's size."""
        self._drawing.prepare()
        self._overlay.prepare()

    def refresh(self, rect: QRectF | None = None) -> None:
        """Paint a part anew, or everything."""
        if rect is None:
            self._drawing.update()
            self._overlay.update()
        elif not rect.isNull():
            self._drawing.update(rect.adjusted(-8, -8, 8, 8))

    def set_over(self, **values: object) -> None:
        """Change what lies over the flow and paint just that."""
        before = self._overlay.extent()
        for name, value in values.items():
            setattr(self.over, name, value)
        dirty = before.united(self._overlay.extent())
        if not dirty.isNull():
            self._overlay.update(dirty)


class _Whole(QGraphicsItem):
    """An item as large as the flow that learns what is exposed."""

    def __init__(self, scene: FlowScene) -> None:
        super().__init__()
        self._flow = scene
        self._extent = scene.extent().adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def boundingRect(self) -> QRectF:
        """Qt's virtual: the flow and what stands out of it; bands run on to the view's edge."""
        return self._extent.adjusted(0, -4000, 0, 4000)

    def prepare(self) -> None:
        """Take the size of the layout."""
        self.prepareGeometryChange()
        self._extent = self._flow.extent().adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)


class _Drawing(_Whole):
    """Cards, arrows and words."""

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Qt's virtual: paint what is exposed."""
        scene = self._flow
        exposed: QRectF = option.exposedRect
        near = painter.worldTransform().m11() >= FAR
        paint_flow(scene.look(painter), exposed, scene.board, scene.shown, near)


class _Overlay(_Whole):
    """The handle of a card, and an arrow while it is drawn."""

    def __init__(self, scene: FlowScene) -> None:
        super().__init__(scene)
        self.setZValue(1)

    def extent(self) -> QRectF:
        """Return what the overlay covers now."""
        over, whole = self._flow.over, QRectF()
        if over.handle is not None:
            side = HANDLE + 3
            whole = QRectF(over.handle, over.handle).adjusted(-side, -side, side, side)
        if over.link is not None:
            # The curve bends beyond its ends where it leads back.
            whole = whole.united(QRectF(*over.link).normalized().adjusted(-80, -20, 80, 20))
        for rect in (over.target, *over.moving):
            if rect is not None:
                whole = whole.united(rect.adjusted(-6, -6, 6, 6))
        return whole

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Qt's virtual: paint what there is."""
        over, theme = self._flow.over, active_theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for rect in over.moving:
            draw_box(painter, rect, 6, None, line=theme.outline, style=Qt.PenStyle.DashLine)
        if over.target is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.accent, 3.0))
            painter.drawRoundedRect(over.target.adjusted(-3, -3, 3, 3), 9, 9)
        if over.link is not None:
            _paint_link(painter, *over.link)
        if over.handle is not None:
            side = HANDLE
            place = QRectF(over.handle, over.handle).adjusted(-side, -side, side, side)
            fill = theme.accent if over.hot else theme.surface
            draw_box(painter, place, side, fill, line=theme.accent, width=1.5)
            ink = theme.on_accent if over.hot else theme.accent
            paint_icon(painter, place.adjusted(3, 3, -3, -3), "arrow-right", ink)


def _paint_link(painter: QPainter, start: QPointF, end: QPointF) -> None:
    theme = active_theme()
    reach = max(abs(end.x() - start.x()) / 2, 40.0)
    path = QPainterPath(start)
    path.cubicTo(start + QPointF(reach, 0), end - QPointF(reach, 0), end)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.accent, 2.0))
    painter.drawPath(path)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.accent)
    painter.drawEllipse(end, 4.0, 4.0)
