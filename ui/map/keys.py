"""What keys do on the map while no text is being edited."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.map import cursor as moves
from ui.map.cursor import Cursor

if TYPE_CHECKING:
    from ui.map.view import MapView

_Key = Qt.Key
_ARROWS: Final = frozenset({_Key.Key_Left, _Key.Key_Right, _Key.Key_Up, _Key.Key_Down})
_STEPS: Final = {
    _Key.Key_Left: (-1, 0), _Key.Key_Right: (1, 0), _Key.Key_Up: (0, -1), _Key.Key_Down: (0, 1),
}  # fmt: skip
_ENTER: Final = frozenset({_Key.Key_Return, _Key.Key_Enter})
# What Shift makes of the digits 1 to 5 on the keyboards of the interface's languages.
_SHIFTED: Final = {"!": 1, "@": 2, '"': 2, "#": 3, "№": 3, "$": 4, "¤": 4, ";": 4, "%": 5}


class Keys(QObject):
    """Takes the key presses of a map view."""

    def __init__(self, view: "MapView") -> None:
        super().__init__(view)
        self._view = view
        view.canvas.composer = self._compose

    def pressed(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; False where it means nothing here."""
        if self._view.scene.shown.held is not None and self._judging(event):
            return True
        key = _Key(event.key())
        # Control and Alt together are AltGr, which types letters.
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and not alt:
            return self._with_control(key, self._shift(event))
        if alt and key in _ARROWS:
            return self._view.acts.shift_selected(_STEPS[key])
        plain: dict[Qt.Key, Callable[[], bool]] = {
            _Key.Key_Escape: self._escape,
            _Key.Key_Return: self._edit,
            _Key.Key_Enter: self._edit,
            _Key.Key_F2: self._edit,
            _Key.Key_Delete: self._delete,
            _Key.Key_Backspace: self._delete,
            _Key.Key_Space: self._grip,
            _Key.Key_Home: self._home,
            _Key.Key_End: self._end,
        }
        if key in plain:
            return plain[key]()
        if key in _ARROWS:
            return self._arrow(key, self._shift(event))
        return self._typed(event)

    @staticmethod
    def _shift(event: QKeyEvent) -> bool:
        return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)

    def released(self, event: QKeyEvent) -> bool:
        """End what a held key did."""
        if event.key() == _Key.Key_Space and not event.isAutoRepeat():
            self._view.gestures.space_held = False
            self._view.canvas.viewport().unsetCursor()
            return True
        return False

    def tab(self, forward: bool) -> bool:
        """Go to the next cell; False past the last one, where the focus leaves the map."""
        view = self._view
        if view.scene.shown.held is not None:
            view.acts.let_go(keep=True)
        if view.cell is None:
            return False
        step = moves.next_cell(view.layout_now, view.cell, 1 if forward else -1)
        if step is None:
            view.put_cursor(None)
            return False
        view.go(step)
        return True

    def _judging(self, event: QKeyEvent) -> bool:
        acts, key = self._view.acts, _Key(event.key())
        large = 10.0 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1.0
        steps = {
            _Key.Key_Up: large,
            _Key.Key_Down: -large,
            _Key.Key_PageUp: 10.0,
            _Key.Key_PageDown: -10.0,
        }
        if key in steps:
            acts.nudge(steps[key])
        elif key in _ENTER:
            acts.let_go(keep=True)
        elif key == _Key.Key_Escape and not self._view.gestures.cancel():
            acts.let_go(keep=False)
        return key in steps or key in _ENTER or key == _Key.Key_Escape

    def _escape(self) -> bool:
        view = self._view
        if view.gestures.cancel():
            return True
        if view.cell is None and not view.selection.refs:
            return False
        view.put_cursor(None)
        view.select(())
        return True

    def _with_control(self, key: Qt.Key, shift: bool) -> bool:
        view = self._view
        deeds: dict[Qt.Key, Callable[[], object]] = {
            _Key.Key_0: view.fit,
            _Key.Key_Plus: lambda: view.canvas.step_zoom(1),
            _Key.Key_Equal: lambda: view.canvas.step_zoom(1),
            _Key.Key_Minus: lambda: view.canvas.step_zoom(-1),
            _Key.Key_A: view.acts.select_all,
            _Key.Key_C: view.clips.copy,
            _Key.Key_X: view.clips.cut,
            _Key.Key_V: view.clips.paste,
            _Key.Key_D: view.acts.duplicate,
            _Key.Key_H: view.find_bar.open,
            _Key.Key_J: view.acts.link_selected,
            _Key.Key_L: lambda: view.writing.edit_owner(view.selection.refs),
            _Key.Key_Return: view.acts.add_beside,
            _Key.Key_Enter: view.acts.add_beside,
            _Key.Key_Period: view.zoom_to_selection,
        }
        if shift and key in {_Key.Key_Up, _Key.Key_Down}:
            return self._move_lane(-1 if key == _Key.Key_Up else 1)
        if key not in deeds or (shift and key not in {_Key.Key_Plus, _Key.Key_Equal}):
            return False
        deeds[key]()
        return True

    def _move_lane(self, by: int) -> bool:
        """Move the lane the cursor stands in, the cursor with it."""
        view, cell = self._view, self._view.cell
        if cell is None or cell.lane < 0:
            return False
        key = view.layout_now.lanes[cell.lane].spec.key
        view.choices.step(key, by)
        lanes = [row.spec.key for row in view.layout_now.lanes]
        if key in lanes:
            view.put_cursor(Cursor(cell.column, lanes.index(key), cell.slot))
        return True

    def _arrow(self, key: Qt.Key, extend: bool) -> bool:
        view = self._view
        if view.cell is None:
            view.go(view.start())
            return True
        layout = view.layout_now
        step = {
            _Key.Key_Left: lambda c: moves.sideways(layout, c, -1),
            _Key.Key_Right: lambda c: moves.sideways(layout, c, 1),
            _Key.Key_Up: lambda c: moves.up(layout, c),
            _Key.Key_Down: lambda c: moves.down(layout, c),
        }[key](view.cell)
        if step is not None:
            view.go(step, extend=extend)
        return True

    def _edit(self) -> bool:
        view = self._view
        if view.cell is None and not view.selection.refs:
            view.go(view.start())
        return view.cell is not None and view.acts.edit(view.cell)

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
        return self._edge(len(self._view.layout_now.columns) - 1)

    def _edge(self, column: int) -> bool:
        if self._view.cell is None:
            return False
        self._view.go(Cursor(column, self._view.cell.lane))
        return True

    def _typed(self, event: QKeyEvent) -> bool:
        """Rate with digits, else begin to edit with the letter that was typed."""
        view, text = self._view, event.text()
        held = event.modifiers()
        control = bool(held & Qt.KeyboardModifier.ControlModifier)
        if bool(held & Qt.KeyboardModifier.AltModifier) != control:
            return False
        if not text or not text.isprintable():
            return False
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        digit = int(text) if text in set("12345") else _SHIFTED.get(text, 0) if shift else 0
        if digit and view.acts.rate("frequency" if shift else "severity", digit):
            return True
        return self._begin(text)

    def _begin(self, text: str) -> bool:
        """Begin to edit where the keyboard stands."""
        view = self._view
        if view.cell is None and not view.selection.refs and not view.board.counts()[0]:
            view.go(view.start())  # on an empty map the first letter is the first card
        return view.cell is not None and view.acts.edit(view.cell, text)

    def _compose(self) -> QWidget | None:
        """Open the editor for a letter that is composed; what it holds is chosen whole."""
        return self._view.editor if self._begin("") else None
