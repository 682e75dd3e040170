"""The keys of the table."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from ui.table.columns import Editor
from ui.table.editor import Onward

if TYPE_CHECKING:
    from ui.table.grid import Grid

_CTRL: Final = Qt.KeyboardModifier.ControlModifier
_ALT: Final = Qt.KeyboardModifier.AltModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Keys(QObject):
    """Says what a key does on the grid."""

    def __init__(self, grid: "Grid") -> None:
        super().__init__(grid)
        self._grid = grid

    def pressed(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; False where the view's own keys follow."""
        return (
            self._while_shown(event)
            or self._standard(event)
            or self._leaving(event)
            or self._acting(event)
            or self._typing(event)
        )

    def _while_shown(self, event: QKeyEvent) -> bool:
        """While a paste is shown, Enter keeps it and Esc drops it; so does Esc with a drag."""
        grid = self._grid
        if event.key() == Qt.Key.Key_Escape and grid.fill.is_dragged:
            grid.fill.cancel()
            return True
        if grid.acts.plan is None:
            return False
        if event.key() in _ENTER:
            grid.acts.keep_paste()
        elif event.key() == Qt.Key.Key_Escape:
            grid.acts.drop_paste()
        else:
            return False
        return True

    def _standard(self, event: QKeyEvent) -> bool:
        grid, standard = self._grid, QKeySequence.StandardKey
        for sequence, deed in (
            (standard.Copy, grid.acts.copy),
            (standard.Paste, grid.acts.paste),
            (standard.Cut, grid.acts.cut),
            (standard.Undo, grid.document.undo_stack.undo),
            (standard.Redo, grid.document.undo_stack.redo),
        ):
            if event.matches(sequence):
                deed()
                return True
        if event.modifiers() == _CTRL and event.key() == Qt.Key.Key_Y:
            grid.document.undo_stack.redo()
            return True
        return False

    def _leaving(self, event: QKeyEvent) -> bool:
        """Tab goes from cell to cell; with Ctrl, as F6, it leaves the table."""
        grid, key, held = self._grid, event.key(), event.modifiers()
        if key == Qt.Key.Key_F6 or (key == Qt.Key.Key_Tab and held & _CTRL):
            grid.leave(forward=True)
        elif key == Qt.Key.Key_Backtab and held & _CTRL:
            grid.leave(forward=False)
        elif key == Qt.Key.Key_Tab:
            grid.go(Onward.NEXT)
        elif key == Qt.Key.Key_Backtab:
            grid.go(Onward.BACK)
        else:
            return False
        return True

    def _acting(self, event: QKeyEvent) -> bool:
        grid, key, held = self._grid, event.key(), event.modifiers()
        index = grid.currentIndex()
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            grid.acts.delete()
        elif held & _CTRL and key == Qt.Key.Key_D:
            grid.fill.down()
        elif held & _CTRL and key == Qt.Key.Key_Minus:
            grid.acts.remove_rows()
        elif held & _CTRL and key in (Qt.Key.Key_Plus, Qt.Key.Key_N) and not held & _SHIFT:
            grid.put_cursor(grid.table.new_row, 0)
        elif held & _SHIFT and key == Qt.Key.Key_Space:
            grid.selectRow(index.row())
        elif key == Qt.Key.Key_F2 or (key in _ENTER and not held & _CTRL):
            grid.editing.begin(index)
        elif key == Qt.Key.Key_F4 or (held & _ALT and key == Qt.Key.Key_Down):
            grid.editing.begin(index, pick=True)
        elif key == Qt.Key.Key_Space and not held and self._is_check():
            grid.acts.toggle()
        elif key == Qt.Key.Key_Menu or (held & _SHIFT and key == Qt.Key.Key_F10):
            place = grid.visualRect(index).bottomLeft()
            grid.menu_asked.emit(grid.viewport().mapToGlobal(place))
        elif key == Qt.Key.Key_Escape:
            grid.quiet()
        else:
            return False
        return True

    def _is_check(self) -> bool:
        index = self._grid.currentIndex()
        return index.isValid() and self._grid.table.columns[index.column()].editor is Editor.CHECK

    def _typing(self, event: QKeyEvent) -> bool:
        """A letter typed on a cell begins to edit it."""
        text = event.text()
        # AltGr, with which many keyboards write letters, is reported as Ctrl and Alt together.
        shortcut = bool(event.modifiers() & _CTRL) != bool(event.modifiers() & _ALT)
        if not text or not text.isprintable() or shortcut:
            return False
        self._grid.editing.begin(self._grid.currentIndex(), text)
        return True
