"""What the mouse does on the flow: select, move cards, draw arrows, pan."""

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from journey.graph.boxes import Point
from journey.graph.layout import within_band
from journey.model.ids import StageId
from journey.model.map import RETAINED
from ui.flow.lines import rect_of
from ui.flow.paint import FAR
from ui.flow.touch import Touch, card_at, handle_of, on_handle, touched

if TYPE_CHECKING:
    from ui.flow.view import FlowView

_GRID = 4.0
_REACH = 6.0


class Doing(Enum):
    """What the pressed mouse is doing."""

    NOTHING = "nothing"
    PRESSED = "pressed"
    MOVING = "moving"
    LINKING = "linking"
    PANNING = "panning"


class Gestures(QObject):
    """Listens to the canvas's viewport."""

    def __init__(self, view: "FlowView") -> None:
        super().__init__(view)
        self._view, self._canvas = view, view.canvas
        self.doing = Doing.NOTHING
        self.space_held = False
        self._at = QPointF()
        self._pressed_at = QPointF()
        self._pressed: Touch | None = None
        self._from = ""
        self._homes: dict[str, Point] = {}
        self._alone_on_release = False
        view.canvas.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Qt's virtual: take the mouse's events; all others go their way."""
        kind = event.type()
        if isinstance(event, QMouseEvent):
            if kind == QEvent.Type.MouseButtonPress:
                return self._press(event)
            if kind == QEvent.Type.MouseMove:
                return self._move(event)
            if kind == QEvent.Type.MouseButtonRelease:
                return self._release(event)
            if kind == QEvent.Type.MouseButtonDblClick:
                return self._double(event)
        elif kind == QEvent.Type.Leave and self.doing is Doing.NOTHING:
            self._canvas.flow_scene.set_over(handle=None)
        elif isinstance(event, QContextMenuEvent):
            return self._menu(event)
        return False

    def cancel(self) -> bool:
        """Give up what the mouse is doing; True if there was something."""
        doing, self.doing = self.doing, Doing.NOTHING
        if doing is Doing.MOVING:
            self._canvas.flow_scene.refresh(self._view.board.shift(self._homes))
            self._let_go()
        elif doing is Doing.LINKING:
            self._canvas.flow_scene.set_over(link=None, target=None)
        return doing in {Doing.MOVING, Doing.LINKING}

    def follow(self) -> None:
        """Let go of cards an edit took from under the hand: an undo may come in mid-drag."""
        boxes, scene = self._view.board.layout.boxes, self._canvas.flow_scene
        if self.doing is Doing.MOVING and not boxes.keys() >= self._homes.keys():
            self.doing = Doing.NOTHING
            self._let_go()
        if self._from and self._from not in boxes:
            self._from = ""
            if self.doing is Doing.LINKING:
                self.doing = Doing.NOTHING
            scene.set_over(link=None, target=None, handle=None)
        node = self._pressed.node if self._pressed is not None else None
        if self.doing is Doing.PRESSED and node is not None and node not in boxes:
            self.doing, self._pressed = Doing.NOTHING, None

    # -- events -------------------------------------------------------------------------------

    def _press(self, event: QMouseEvent) -> bool:
        view = self._view
        view.editing.finish()
        view.keys.stop_linking()
        self._canvas.setFocus(Qt.FocusReason.MouseFocusReason)
        self._at = self._pressed_at = event.position()
        if event.button() == Qt.MouseButton.MiddleButton or self.space_held:
            self.doing = Doing.PANNING
            self._canvas.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            return True
        if event.button() != Qt.MouseButton.LeftButton:
            return event.button() == Qt.MouseButton.RightButton
        at, over = self._canvas.scene_at(event.position()), self._canvas.flow_scene.over
        if on_handle(over.handle, at, self._canvas.zoom) and self._from:
            self.doing = Doing.LINKING
            return True
        self._pressed = self._touch(at)
        self.doing = Doing.PRESSED
        self._choose(self._pressed, event.modifiers())
        return True

    def _touch(self, at: QPointF) -> Touch | None:
        return touched(self._view.board, at, _REACH / max(self._canvas.zoom, 0.1))

    def _choose(self, touch: Touch | None, held: Qt.KeyboardModifier) -> None:
        view = self._view
        self._alone_on_release = False
        many = held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        if touch is None:
            view.choose_nothing()
        elif touch.pair is not None:
            view.choose_pair(touch.pair, more=bool(many))
        elif touch.node == RETAINED:
            view.choose_nothing()
        elif touch.node is not None:
            chosen = touch.node in view.scene.shown.nodes
            if chosen and len(view.selection.refs) > 1 and not many:
                # A press on one of several may begin to move them all; a click alone picks one.
                self._alone_on_release = True
            else:
                view.choose_node(touch.node, more=bool(many))

    def _move(self, event: QMouseEvent) -> bool:
        before, self._at = self._at, event.position()
        if self.doing is Doing.PANNING:
            moved = self._at - before
            for bar, by in (
                (self._canvas.horizontalScrollBar(), moved.x()),
                (self._canvas.verticalScrollBar(), moved.y()),
            ):
                bar.setValue(bar.value() - round(by))
        elif self.doing is Doing.LINKING:
            self._link()
        elif self.doing is Doing.PRESSED:
            far = (self._at - self._pressed_at).manhattanLength()
            if far >= QApplication.startDragDistance() and self._lift():
                self._drag()
        elif self.doing is Doing.MOVING:
            self._drag()
        else:
            self._hover()
        return True

    def _release(self, event: QMouseEvent) -> bool:
        doing, self.doing = self.doing, Doing.NOTHING
        if doing is Doing.PANNING:
            self._canvas.viewport().unsetCursor()
        elif doing is Doing.LINKING:
            self._end_link()
        elif doing is Doing.MOVING:
            self._drop()
        elif doing is Doing.PRESSED and self._pressed is not None:
            if self._alone_on_release and self._pressed.node is not None:
                self._view.choose_node(self._pressed.node)
            elif self._pressed.pill and self._pressed.pair is not None:
                self._view.acts.draw(*self._pressed.pair)
        self._hover()
        return event.button() != Qt.MouseButton.RightButton

    def _double(self, event: QMouseEvent) -> bool:
        self.doing = Doing.NOTHING
        if event.button() != Qt.MouseButton.LeftButton:
            return True
        touch = self._touch(self._canvas.scene_at(event.position()))
        if touch is not None and touch.pair is not None and not touch.pill:
            self._view.editing.count(touch.pair)
        elif touch is not None and touch.node is not None:
            self._view.editing.name(touch.node)
        return True

    def _menu(self, event: QContextMenuEvent) -> bool:
        touch = self._touch(self._canvas.scene_at(QPointF(event.pos())))
        shown = self._view.scene.shown
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self._view.menus.open_for_selection()
            return True
        if touch is not None and touch.node not in shown.nodes and touch.pair not in shown.pairs:
            self._choose(touch, Qt.KeyboardModifier.NoModifier)
        self._view.menus.open(touch, event.globalPos())
        return True

    # -- moving cards ---------------------------------------------------------------------------

    def _lift(self) -> bool:
        node = self._pressed.node if self._pressed is not None else None
        board = self._view.board
        if node is None or node not in board.layout.boxes or self._view.read_only:
            return False
        self.doing = Doing.MOVING
        nodes = self._view.scene.shown.nodes | {node}
        self._homes = {n: (board.layout.boxes[n].x, board.layout.boxes[n].y) for n in nodes}
        places = tuple(rect_of(board.layout.boxes[n]) for n in nodes)
        self._canvas.flow_scene.set_over(handle=None, moving=places)
        self._view.scene.shown.lifted = frozenset(nodes)
        self._canvas.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        return True

    def _drag(self) -> None:
        board, shown = self._view.board, self._view.scene.shown
        moved = self._canvas.scene_at(self._at) - self._canvas.scene_at(self._pressed_at)
        places = {n: (x + moved.x(), y + moved.y()) for n, (x, y) in self._homes.items()}
        self._canvas.flow_scene.refresh(board.shift(places))
        band = self._other_stage()
        index = None if band is None else [b.stage for b in board.layout.bands].index(band)
        if index != shown.band:
            shown.band = index
            self._canvas.flow_scene.refresh()

    def _other_stage(self) -> StageId | None:
        """Return the stage the pointer is over where it is not that of the cards."""
        board = self._view.board
        band = board.layout.band_at(self._canvas.scene_at(self._at).x())
        if band is None or band.stage is None or self._view.is_locked:
            return None
        stays = all(board.layout.band_of(n).stage == band.stage for n in self._homes)
        return None if stays else band.stage

    def _drop(self) -> None:
        board, stage = self._view.board, self._other_stage()
        places: dict[str, Point] = {}
        moved = self._canvas.scene_at(self._at) - self._canvas.scene_at(self._pressed_at)
        for node, (x, y) in self._homes.items():
            band = board.layout.band_of(node)
            if stage is not None:
                band = next(b for b in board.layout.bands if b.stage == stage)
            to = within_band(band, x + moved.x(), y + moved.y())
            places[node] = (round(to[0] / _GRID) * _GRID, round(to[1] / _GRID) * _GRID)
        self._let_go()
        unmoved = stage is None and places == self._homes
        if unmoved or not self._view.acts.move(places, None if stage is None else str(stage)):
            self._canvas.flow_scene.refresh(board.shift(self._homes))

    def _let_go(self) -> None:
        shown = self._view.scene.shown
        shown.lifted, shown.band = frozenset(), None
        self._canvas.viewport().unsetCursor()
        self._canvas.flow_scene.set_over(moving=())
        self._canvas.flow_scene.refresh()

    # -- drawing arrows -------------------------------------------------------------------------

    def _link(self) -> None:
        board, at = self._view.board, self._canvas.scene_at(self._at)
        start = handle_of(board.layout.boxes[self._from])
        target = card_at(board, at)
        box = board.box(target) if target is not None else None
        self._canvas.flow_scene.set_over(
            link=(start, at), target=None if box is None else rect_of(box)
        )

    def _end_link(self) -> None:
        target = card_at(self._view.board, self._canvas.scene_at(self._at))
        near = (self._at - self._pressed_at).manhattanLength() < QApplication.startDragDistance()
        self._canvas.flow_scene.set_over(link=None, target=None)
        if near:
            # A click on the handle goes on by keys or by a click on the other card.
            self._view.keys.start_linking(self._from)
        elif target is not None:
            self._view.acts.draw(self._from, target)

    def _hover(self) -> None:
        """Show the handle of the card under the pointer."""
        at, scene = self._canvas.scene_at(self._at), self._canvas.flow_scene
        if self.space_held or self._view.read_only or self._canvas.zoom < FAR:
            scene.set_over(handle=None)
            return
        hot = on_handle(scene.over.handle, at, self._canvas.zoom)
        if not hot:
            node = card_at(self._view.board, at)
            self._from = node if node in self._view.board.layout.boxes and node else ""
        box = self._view.board.layout.boxes.get(self._from)
        handle = None if box is None else handle_of(box)
        if handle != scene.over.handle or hot != scene.over.hot:
            scene.set_over(handle=handle, hot=hot)
        shape = Qt.CursorShape.CrossCursor if hot else Qt.CursorShape.ArrowCursor
        if self._canvas.viewport().cursor().shape() != shape:
            self._canvas.viewport().setCursor(shape)
