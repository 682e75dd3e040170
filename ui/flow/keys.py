"""What keys do on the flow while no text is being edited."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QKeyEvent

from journey.graph.found import Pair
from journey.model.map import RETAINED
from ui.flow import moves
from ui.flow.lines import rect_of
from ui.flow.touch import handle_of

if TYPE_CHECKING:
    from ui.flow.view import FlowView

_Key = Qt.Key
_ARROWS: Final = frozenset({_Key.Key_Left, _Key.Key_Right, _Key.Key_Up, _Key.Key_Down})
_ENTER: Final = frozenset({_Key.Key_Return, _Key.Key_Enter})
_STEP: Final = 4.0


class Keys(QObject):
    """Takes the key presses of a flow view.

    From a card, Right and Left go to an arrow and on to the card at its other end; Up and Down
    choose among the arrows of a card, or among the cards of a column; with Shift these are added.
    """

    def __init__(self, view: "FlowView") -> None:
        super().__init__(view)
        self._view = view
        self._incoming = False
        self._link: tuple[str, str] | None = None  # from, and the card it would reach

    @property
    def is_linking(self) -> bool:
        """Whether an arrow is being drawn by keys."""
        return self._link is not None

    def pressed(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; False where it means nothing here."""
        key = _Key(event.key())
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if self._link is not None:
            return self._linking(key)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return self._with_control(key, shift)
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return self._nudge(key)
        plain: dict[Qt.Key, Callable[[], bool]] = {
            _Key.Key_Escape: self._escape,
            _Key.Key_Return: self._enter,
            _Key.Key_Enter: self._enter,
            _Key.Key_F2: self._edit,
            _Key.Key_Delete: self._delete,
            _Key.Key_Backspace: self._delete,
            _Key.Key_Space: self._grip,
            _Key.Key_L: self._begin_link,
            _Key.Key_Insert: self._begin_link,
            _Key.Key_Home: self._home,
            _Key.Key_End: self._end,
        }
        if key in plain:
            return plain[key]()
        return key in _ARROWS and self._arrow(key, extend=shift)

    def released(self, event: QKeyEvent) -> bool:
        """End what a held key did."""
        if event.key() == _Key.Key_Space and not event.isAutoRepeat():
            self._view.gestures.space_held = False
            self._view.canvas.viewport().unsetCursor()
            return True
        return False

    def tab(self, forward: bool) -> bool:
        """Go to the next card; False past the last one, where the focus leaves the flow."""
        view, by = self._view, 1 if forward else -1
        if self._link is not None:
            order = [*moves.reading_order(view.board), RETAINED]
            at = order.index(self._link[1])
            self._aim(order[(at + by) % len(order)])
            return True
        node = view.current_node
        if node is None:
            return False
        step = moves.beside(view.board, node, by)
        if step is None:
            view.choose_nothing()
            return False
        view.choose_node(step)
        return True

    # -- plain keys -----------------------------------------------------------------------------

    def _with_control(self, key: Qt.Key, shift: bool) -> bool:
        canvas, clips = self._view.canvas, self._view.clips
        clipped: dict[Qt.Key, Callable[[], bool]] = {
            _Key.Key_C: clips.copy,
            _Key.Key_X: clips.cut,
            _Key.Key_V: clips.paste,
            _Key.Key_D: clips.duplicate,
        }
        if key in clipped and not shift:
            return clipped[key]()
        if key == _Key.Key_0:
            canvas.fit()
        elif key in {_Key.Key_Plus, _Key.Key_Equal}:
            canvas.step_zoom(1)
        elif key == _Key.Key_Minus:
            canvas.step_zoom(-1)
        elif key == _Key.Key_A:
            self._view.choose_all()
        elif key == _Key.Key_J:
            self._begin_link()
        elif key == _Key.Key_Period:
            rect = self._view.selected_rect()
            if rect is not None:
                canvas.centerOn(rect.center())
        else:
            return False
        return True

    def _arrow(self, key: Qt.Key, *, extend: bool) -> bool:
        view = self._view
        pair, node = view.current_pair, view.current_node
        if pair is not None:
            self._from_pair(pair, key)
        elif node is None:
            order = moves.reading_order(view.board)
            if order:
                view.choose_node(order[0])
        elif key in {_Key.Key_Up, _Key.Key_Down}:
            step = moves.above_or_below(view.board, node, 1 if key == _Key.Key_Down else -1)
            if step is not None and extend:
                view.extend_to(step)
            elif step is not None:
                view.choose_node(step)
        else:
            self._incoming = key == _Key.Key_Left
            mine = moves.arriving if self._incoming else moves.leaving
            found = moves.busiest(mine(view.board, node))
            if found is not None:
                view.choose_pair(found)
        return True

    def _from_pair(self, pair: Pair, key: Qt.Key) -> None:
        view = self._view
        if key in {_Key.Key_Up, _Key.Key_Down}:
            by = 1 if key == _Key.Key_Down else -1
            step = moves.sibling(view.board, pair, by, incoming=self._incoming)
            if step is not None:
                view.choose_pair(step)
            return
        node = pair[1] if key == _Key.Key_Right else pair[0]
        if node in view.board.layout.boxes:
            view.choose_node(node)

    def _escape(self) -> bool:
        view = self._view
        if view.gestures.cancel():
            return True
        if view.current_node is None and view.current_pair is None:
            return False
        view.choose_nothing()
        return True

    def _enter(self) -> bool:
        """Draw what was found, else edit."""
        view, pair = self._view, self._view.current_pair
        arrow = view.board.arrow(pair) if pair is not None else None
        if arrow is not None and not arrow.transitions:
            view.acts.draw(*arrow.pair)
            return True
        return self._edit()

    def _edit(self) -> bool:
        view = self._view
        if view.current_pair is not None:
            view.editing.count(view.current_pair)
        elif view.current_node is not None:
            view.editing.name(view.current_node)
        else:
            return False
        return True

    def _delete(self) -> bool:
        self._view.acts.delete()
        return True

    def _grip(self) -> bool:
        """Hold the canvas, to be dragged while Space is down."""
        self._view.gestures.space_held = True
        self._view.canvas.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        return True

    def _home(self) -> bool:
        return self._edge(0)

    def _end(self) -> bool:
        return self._edge(-1)

    def _edge(self, index: int) -> bool:
        order = moves.reading_order(self._view.board)
        if order:
            self._view.choose_node(order[index])
        return bool(order)

    def _nudge(self, key: Qt.Key) -> bool:
        """Move the selected cards a step with Alt and an arrow."""
        view = self._view
        steps = {
            _Key.Key_Left: (-_STEP, 0.0), _Key.Key_Right: (_STEP, 0.0),
            _Key.Key_Up: (0.0, -_STEP), _Key.Key_Down: (0.0, _STEP),
        }  # fmt: skip
        nodes = view.scene.shown.nodes
        if key not in steps or not nodes or view.read_only:
            return False
        (dx, dy), boxes = steps[key], view.board.layout.boxes
        view.acts.move({n: (boxes[n].x + 2 * dx, boxes[n].y + 2 * dy) for n in sorted(nodes)})
        return True

    # -- drawing an arrow by keys ---------------------------------------------------------------

    def _begin_link(self) -> bool:
        node = self._view.current_node
        if node is None or self._view.read_only:
            return False
        self.start_linking(node)
        return True

    def start_linking(self, node: str) -> None:
        """Begin an arrow at a card; keys or a click choose the card it leads to."""
        self._link = (node, node)
        after = moves.beside(self._view.board, node, 1)
        self._aim(after if after is not None else RETAINED)

    def stop_linking(self) -> None:
        """Give up the arrow being drawn by keys."""
        if self._link is not None:
            self._link = None
            self._view.canvas.flow_scene.set_over(link=None, target=None)

    def _linking(self, key: Qt.Key) -> bool:
        assert self._link is not None
        source, target = self._link
        if key == _Key.Key_Escape:
            self.stop_linking()
        elif key in _ENTER or key == _Key.Key_L:
            self.stop_linking()
            self._view.acts.draw(source, target)
        elif key in _ARROWS:
            self._aim(self._nearest(target, key))
        return True

    def _aim(self, target: str) -> None:
        assert self._link is not None
        view, source = self._view, self._link[0]
        self._link = (source, target)
        box = view.board.box(target)
        assert box is not None
        end = QPointF(box.x, box.centre[1])
        start = handle_of(view.board.layout.boxes[source])
        view.canvas.flow_scene.set_over(link=(start, end), target=rect_of(box))
        view.canvas.reveal(rect_of(box))
        view.tell_link(source, target)

    def _nearest(self, node: str, key: Qt.Key) -> str:
        """Return the nearest card in the direction of an arrow key; the same where none is."""
        board = self._view.board
        dx = {_Key.Key_Left: -1, _Key.Key_Right: 1}.get(key, 0)
        dy = {_Key.Key_Up: -1, _Key.Key_Down: 1}.get(key, 0)
        here = board.box(node)
        assert here is not None
        best, least = node, float("inf")
        for other in (*board.layout.boxes, RETAINED):
            box = board.box(other)
            assert box is not None
            x, y = box.centre[0] - here.centre[0], box.centre[1] - here.centre[1]
            along, aside = x * dx + y * dy, abs(x * dy) + abs(y * dx)
            if along > 20 and along + 2 * aside < least:
                best, least = other, along + 2 * aside
        return best
