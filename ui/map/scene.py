"""The scene: two items for a whole map, which paint only the columns that show.

A grid of equal columns is its own index, so one item that starts at the first exposed column is
as quick at 5,000 touchpoints as at 50; an item per card would not be.
"""

import math
from collections.abc import Iterable
from typing import Final, Protocol

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsScene,
    QStyleOptionGraphicsItem,
    QWidget,
)

from journey.model.ids import Ref
from ui.map.difference import Moved, Redraw
from ui.map.far import FARTHEST, FarBlocks, paint_far
from ui.map.grip import paint_mark
from ui.map.lanes import LaneKind
from ui.map.layout import Box, MapLayout, StageSpan, Step
from ui.map.lettering import Face, QtLettering
from ui.map.paint import (
    Look,
    paint_block,
    paint_ghost,
    paint_lines,
    paint_ring,
    rect_of,
)
from ui.map.paint_band import paint_band, paint_link, paint_service_lines
from ui.map.paint_experience import ExperiencePainter
from ui.map.shown import Over, Shown
from ui.shell.drawing import draw_box
from ui.shell.theme import active_theme

FAR: Final = 0.35  # below this scale text is not legible, so cards are painted as blocks
_MARGIN: Final = 8.0
_STEP: Final = 16384.0  # by how much the items grow
_AROUND: Final = 2  # pixels beside a rectangle into which its smooth edges may reach


class DrawnMap(Protocol):
    """What painting a map reads: the scene of a window, or the plain subject of a picture."""

    layout: MapLayout
    lettering: QtLettering
    shown: Shown
    over: Over
    steps: tuple[Step, ...]

    def look(self, painter: QPainter) -> Look:
        """Return what painting needs, in its theme."""


class MapScene(QGraphicsScene):
    """Holds the layout, what is selected, and the two items that draw them."""

    def __init__(self, layout: MapLayout, lettering: QtLettering, parent: QWidget) -> None:
        super().__init__(parent)
        self.layout, self.lettering = layout, lettering
        self.shown, self.over = Shown(), Over()
        self.steps: tuple[Step, ...] = ()
        self.parts: tuple[QRectF, ...] = ()  # what is painted now, where it is not in one piece
        self.cards = _Cards(self)
        self.overlay = _Overlay(self)
        self.addItem(self.cards)
        self.addItem(self.overlay)

    def look(self, painter: QPainter) -> Look:
        """Return what painting needs, in the theme of this moment."""
        return Look(painter, self.lettering, active_theme(), self.layout.shape.column)

    def set_layout(self, layout: MapLayout) -> None:
        """Show another layout; the caller says what is to be painted anew."""
        if _extent(layout) != _extent(self.layout):
            self.cards.prepare()
            self.overlay.prepare()
        self.layout = layout
        self.cards.forget()

    def touch(self, rect: QRectF) -> None:
        """Have a part of the map painted anew.

        Qt joins the parts of one item into the rectangle around them; a widget keeps them apart.
        """
        for view in self.views():
            port = view.viewport()
            on_view = view.viewportTransform().mapRect(rect).toAlignedRect()
            port.update(on_view.adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND) & port.rect())

    def refresh(self, redraw: Redraw) -> None:
        """Paint anew what a change of the layout leaves to be painted."""
        width, height = self.layout.shape.column, self.layout.height + 2 * _MARGIN
        for column in redraw.columns:
            left = column * width - _MARGIN
            self.touch(QRectF(left, -_MARGIN, width + 2 * _MARGIN, height))
        line = self.layout.lane_of(LaneKind.EXPERIENCE)
        if line is None:
            return
        row = self.layout.lanes[line]
        for seam in redraw.seams:
            # A curve goes from the middle of a column to that of the next.
            left = (seam - 0.5) * width - _MARGIN
            self.touch(QRectF(left, row.top, width + 2 * _MARGIN, row.height))

    def follow_shift(self, moved: Moved) -> None:
        """Keep in step with columns that were shifted as they are painted."""
        shown, by = self.shown, moved.by
        came = range(moved.first - by, moved.end - by)
        shown.tinted = frozenset(c + by if c in came else c for c in shown.tinted)
        # What lies over them was shifted along, but stands where it stood.
        for rect in self.overlay.pieces():
            self.touch(rect)
            self.touch(rect.translated(by * self.layout.shape.column, 0))

    def refresh_columns(self, columns: Iterable[int], *, wide: bool = False) -> None:
        """Paint some columns anew with the rings at their edges; `wide` where a curve moved."""
        beside = self.layout.shape.column if wide else _MARGIN
        for column in columns:
            box = self.layout.column_box(column)
            self.touch(QRectF(box.x - beside, 0, box.width + 2 * beside, box.height))

    def set_over(self, **values: object) -> None:
        """Change what lies over the canvas and paint just that."""
        for name, value in values.items():
            if value != getattr(self.over, name):
                before = self.overlay.pieces(name)
                setattr(self.over, name, value)
                for rect in (*before, *self.overlay.pieces(name)):
                    self.touch(rect)


def _extent(layout: MapLayout) -> QSizeF:
    """Return the size of the items: it grows in steps, for Qt paints all of an item that grows."""
    wide = math.ceil((layout.width + 2 * _MARGIN) / _STEP) * _STEP
    return QSizeF(wide, math.ceil((layout.height + 2 * _MARGIN) / _STEP) * _STEP)


class _Whole(QGraphicsItem):
    """An item as large as the map that learns what is exposed."""

    def __init__(self, scene: MapScene) -> None:
        super().__init__()
        self._map = scene
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def boundingRect(self) -> QRectF:
        """Qt's virtual: the map and the rings at its edges, and some room to grow."""
        return QRectF(QPointF(-_MARGIN, -_MARGIN), _extent(self._map.layout))

    def prepare(self) -> None:
        """Announce that the size will change."""
        self.prepareGeometryChange()


class _Cards(_Whole):
    """Lanes, cards, the experience line and the rings of what is selected."""

    def __init__(self, scene: MapScene) -> None:
        super().__init__(scene)
        self._far: FarBlocks = {}

    def forget(self) -> None:
        """Let go of the blocks gathered for far views: the layout is another."""
        self._far = {}

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Qt's virtual: paint what is exposed."""
        near = painter.worldTransform().m11() >= FAR
        if not self._map.parts:
            paint_map(painter, option.exposedRect, self._map, near, self._far)
        for part in self._map.parts:
            painter.save()
            painter.setClipRect(part)
            paint_map(painter, part, self._map, near, self._far)
            painter.restore()


def paint_map(
    painter: QPainter,
    exposed: QRectF,
    scene: DrawnMap,
    near: bool,
    far: FarBlocks,
) -> None:
    """Paint the exposed part of a map, its frozen strips left out."""
    layout, look = scene.layout, scene.look(painter)
    columns = layout.columns_between(exposed.left() - _MARGIN, exposed.right() + _MARGIN)
    lanes = layout.lanes_between(exposed.top() - _MARGIN, exposed.bottom() + _MARGIN)
    spans = layout.spans_between(columns)
    _paint_grid(look, exposed, scene, columns, lanes)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, near)
    for lane in lanes:
        row = layout.lanes[lane]
        if row.folded:
            if near:
                _paint_fold(look, scene, columns, lane)
        elif row.spec.kind is LaneKind.EXPERIENCE:
            between = (exposed.left() - _MARGIN, exposed.right() + _MARGIN)
            line = ExperiencePainter(layout.experience, row.top, between, look, scene.shown.held)
            line.paint(painter, near=near)
        elif near:
            _paint_near(look, scene, columns, lane, spans)
        else:
            paint_far(look, layout, columns, lane, far)
    if near:
        _paint_hint(look, scene)
        for box, text in scene.shown.ghosts:
            if rect_of(box).intersects(exposed):
                paint_ghost(painter, rect_of(box), text, look)


def _paint_grid(look: Look, exposed: QRectF, scene: DrawnMap, columns: range, lanes: range) -> None:
    layout, painter, theme = scene.layout, look.painter, look.theme
    width, height = layout.shape.column, layout.height
    for column in scene.shown.tinted:
        if column in columns:
            painter.fillRect(QRectF(column * width, 0, width, height), theme.selected)
    pen = QPen(theme.hairline, 1.0)
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    # A little over the edges, where a line would begin a pixel late.
    left, right = max(exposed.left() - _MARGIN, 0.0), min(exposed.right() + _MARGIN, layout.width)
    bottoms = [layout.lanes[lane].bottom for lane in lanes]
    lines = [QLineF(left, y, right, y) for y in bottoms]
    for span in layout.spans_between(columns):
        end = span.first + span.count
        if end in columns or end == len(layout.columns):
            lines.append(QLineF(end * width, 0.0, end * width, height))
    painter.drawLines(lines)
    if painter.worldTransform().m11() > FARTHEST:
        paint_service_lines(painter, layout, exposed, theme)


def _paint_fold(look: Look, scene: DrawnMap, columns: range, lane: int) -> None:
    """Write what a folded lane holds under each stage."""
    layout = scene.layout
    row = layout.lanes[lane]
    texts = scene.shown.fold_texts.get(row.spec.key, ())
    for span, text in zip(layout.spans, texts, strict=False):
        if span.first < columns.stop and span.first + span.count > columns.start:
            place = QPointF(span.first * look.column + 8, row.top + 3.5)
            paint_lines(place, (text,), Face.META, look.theme.text_3, look)


def _paint_hint(look: Look, scene: DrawnMap) -> None:
    """Write what to do first, on the experience line that is still empty."""
    lane = scene.layout.lane_of(LaneKind.EXPERIENCE)
    if lane is None or not scene.shown.hint:
        return
    y = scene.layout.lanes[lane].top + 34.0
    wide = max(
        look.lettering.advance(line, face)
        for line, face in zip(scene.shown.hint, (Face.BASE_BOLD, Face.STICKY), strict=True)
    )
    look.painter.fillRect(QRectF(18.0, y - 4, wide + 12, 46.0), look.theme.canvas)
    for line, face, ink in zip(
        scene.shown.hint,
        (Face.BASE_BOLD, Face.STICKY),
        (look.theme.text, look.theme.text_2),
        strict=True,
    ):
        y = paint_lines(QPointF(24.0, y), (line,), face, ink, look) + 4.0


def _paint_near(
    look: Look, scene: DrawnMap, columns: range, lane: int, spans: tuple[StageSpan, ...]
) -> None:
    painter, layout, selected = look.painter, scene.layout, scene.shown.selected
    content = layout.lanes[lane].spec.content
    rings: list[tuple[QRectF, float]] = []
    lifted = scene.over.lifted[0] if scene.over.lifted else None
    for column in columns:
        stack = layout.columns[column].stacks[lane]
        for index, block in enumerate(stack):
            rect = rect_of(layout.placed(column, lane, stack, index))
            if lifted is not None and block.ref == lifted and block.kind in _LIFTED:
                theme = look.theme
                draw_box(painter, rect, 5, None, line=theme.outline, style=Qt.PenStyle.DashLine)
                continue
            chosen = column in scene.shown.tinted
            paint_block(look, rect, block, content, chosen)
            if block.ref in selected and block.kind in _RINGED:
                rings.append((rect, 6.0 if block.kind is LaneKind.TOUCHPOINTS else 4.0))
    for span in spans:
        if span.stacks and span.first < columns.stop and span.first + span.count > columns.start:
            for index, block in enumerate(span.stacks[lane]):
                rect = rect_of(layout.stage_note_box(span, lane, index))
                paint_block(look, rect, block, content, False)
                if block.ref in selected:
                    rings.append((rect, 4.0))
    for rect, radius in rings:
        paint_ring(painter, rect, radius, look.theme)


_RINGED: Final = frozenset(LaneKind) - {LaneKind.METRICS, LaneKind.OWNER}
_LIFTED: Final = _RINGED - {LaneKind.EXPERIENCE}


class _Overlay(_Whole):
    """Keyboard cursor, a place to add at, the card that is dragged, and where it would drop."""

    def __init__(self, scene: MapScene) -> None:
        super().__init__(scene)
        self.setZValue(1)

    def pieces(self, name: str = "") -> list[QRectF]:
        """Return what the overlay covers now, or what one thing in it does."""
        over, found = self._map.over, list[QRectF]()
        hover = over.hover[0] if over.hover else None
        for of, box in (("cursor", over.cursor), ("hover", hover)):
            if box is not None and name in (of, ""):
                found.append(rect_of(box).adjusted(-6, -6, 6, 6))
        if over.lifted is not None and name in ("lifted", ""):
            found += [rect_of(box).adjusted(-8, -8, 8, 12) for box in over.lifted[1:]]
        if over.drop is not None and name in ("drop", ""):
            found.append(QRectF(*over.drop).normalized().adjusted(-8, -8, 8, 8))
        if over.band is not None and name in ("band", ""):
            found.append(rect_of(over.band).adjusted(-2, -2, 2, 2))
        arrows = (*over.links, *((over.link,) if over.link else ()))
        if name in ("links", "link", ""):
            found += [QRectF(*ends).normalized().adjusted(-8, -32, 8, 8) for ends in arrows]
        return found

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Qt's virtual: paint what there is."""
        over, look = self._map.over, self._map.look(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if over.hover is not None:
            paint_ghost(painter, rect_of(over.hover[0]), over.hover[1], look)
        if over.cursor is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.theme.accent, 2.0))
            painter.drawRoundedRect(rect_of(over.cursor).adjusted(1, 1, -1, -1), 5, 5)
        if over.lifted is not None:
            self._paint_lifted(painter, over.lifted, look)
        if over.drop is not None:
            paint_mark(painter, *over.drop, look.theme)
        if over.band is not None:
            paint_band(painter, rect_of(over.band), look.theme)
        for ends in over.links:
            paint_link(painter, *ends, look.theme)
        if over.link is not None:
            paint_link(painter, *over.link, look.theme)

    def _paint_lifted(self, painter: QPainter, lifted: tuple[Ref, Box, Box], look: Look) -> None:
        layout = self._map.layout
        columns = layout.columns_between(lifted[1].x + 1, lifted[1].x + 1)
        place = next(layout.places(lifted[0], columns), None)
        if place is None or place.block is None:
            return
        block = layout.columns[place.column].stacks[place.lane][place.block]
        rect = rect_of(lifted[2])
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        shade = QColor(look.theme.shadow)
        for step in range(4):
            shade.setAlpha(18)
            painter.setBrush(shade)
            grown = rect.adjusted(-step, 1, step, 4 + step)
            painter.drawRoundedRect(grown, 6 + step, 6 + step)
        painter.setOpacity(0.9)
        content = layout.lanes[place.lane].spec.content
        paint_block(look, rect, block, content, True)
        painter.restore()
