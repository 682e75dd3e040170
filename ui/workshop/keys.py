"""The keys of the workshop: what the line being typed in leaves is done here."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

from ui.workshop.sorts import PREFIXES

if TYPE_CHECKING:
    from ui.workshop.screen import WorkshopScreen

_Key = Qt.Key
_ARROWS: Final = {
    _Key.Key_Left: (-1, 0),
    _Key.Key_Right: (1, 0),
    _Key.Key_Up: (0, -1),
    _Key.Key_Down: (0, 1),
}
# What Shift makes of the digits 1 to 5 on the keyboards of the interface's languages.
_SHIFTED: Final = {"!": 1, "@": 2, '"': 2, "#": 3, "№": 3, "$": 4, "¤": 4, ";": 4, "%": 5}


class WorkshopKeys(QObject):
    """Takes the key presses of a workshop."""

    def __init__(self, screen: "WorkshopScreen") -> None:
        super().__init__(screen)
        self._screen = screen
        self._anywhere: dict[int, Callable[[], object]] = {
            _Key.Key_F1: screen.show_guide,
            _Key.Key_F2: screen.edit_card,
            _Key.Key_F3: screen.question.edit,
            _Key.Key_F4: screen.votes.edit,
            _Key.Key_F6: screen.next_area,
            _Key.Key_F7: screen.clock.toggle,
            _Key.Key_F8: screen.clock.edit,
            _Key.Key_F9: screen.ending.ask,
            _Key.Key_F5: screen.leave,
            _Key.Key_Escape: self._escape,
        }
        clips = screen.doing.clips
        self._clips: dict[int, Callable[[], object]] = {
            _Key.Key_C: clips.copy,
            _Key.Key_X: clips.cut,
            _Key.Key_V: clips.paste,
            _Key.Key_D: clips.duplicate,
        }
        screen.wall.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        screen.wall.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Qt's virtual: letters composed of several keys on a card begin the line, as others do."""
        if not isinstance(event, QInputMethodEvent):
            return False
        if event.commitString() or event.preeditString():
            self._screen.focus_line()
            QApplication.sendEvent(self._screen.bar.line, event)
        return True

    def pressed(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; False where it means nothing here."""
        screen, key = self._screen, event.key()
        if event.matches(QKeySequence.StandardKey.Undo):
            screen.document.undo_stack.undo()
        elif event.matches(QKeySequence.StandardKey.Redo) or _is_ctrl_y(event):
            screen.document.undo_stack.redo()
        elif key in self._anywhere:
            self._anywhere[key]()
        elif key in {_Key.Key_PageDown, _Key.Key_PageUp}:
            screen.go_stage(screen.place + (1 if key == _Key.Key_PageDown else -1))
        elif key in _ARROWS:
            self._arrow(event)
        elif screen.wall.hasFocus():
            return self._on_wall(event)
        elif key == _Key.Key_Space and not screen.bar.line.text():
            screen.reveal()
        else:
            return False
        return True

    def _escape(self) -> None:
        """Give up a card that is dragged, else go back."""
        wall = self._screen.wall
        if wall.lift.cancel():
            wall.viewport().update()
        else:
            self._screen.leave()

    def _arrow(self, event: QKeyEvent) -> None:
        screen = self._screen
        across, down = _ARROWS[_Key(event.key())]
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            screen.votes.step(down or across)
            return
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and screen.wall.hasFocus():
            screen.doing.shift(across, down)
            return
        if not screen.wall.hasFocus():
            # From the line the first press only comes to the chosen card.
            screen.wall.setFocus(Qt.FocusReason.TabFocusReason)
            if down:
                return
        if not screen.wall.step(across, down) and down > 0:
            screen.focus_line()

    def _on_wall(self, event: QKeyEvent) -> bool:
        screen, key, text = self._screen, event.key(), event.text()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        digit = int(text) if text in set("12345") else _SHIFTED.get(text, 0) if shift else 0
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier and key in self._clips:
            self._clips[key]()
        elif key in {_Key.Key_Return, _Key.Key_Enter}:
            screen.focus_line()
        elif key == _Key.Key_Delete:
            screen.doing.remove()
        elif key == _Key.Key_Space:
            screen.reveal()
        elif digit:
            screen.doing.classify("frequency" if shift else "severity", digit)
        elif key == _Key.Key_V and not _commanded(event):
            screen.doing.vote(back=shift)
        elif text and text.isprintable() and not _commanded(event):
            self._begin(text)
        else:
            return False
        return True

    def _begin(self, text: str) -> None:
        """Let the letter typed on a card be the first of the line, or choose the sort."""
        screen = self._screen
        screen.focus_line()
        if text in PREFIXES and not screen.bar.line.text():
            screen.set_sort(PREFIXES[text])
        else:
            screen.bar.line.insert(text)


def _commanded(event: QKeyEvent) -> bool:
    """Whether Ctrl or Alt alone is held; both together write letters of some keyboards."""
    held = event.modifiers()
    control = bool(held & Qt.KeyboardModifier.ControlModifier)
    return bool(held & Qt.KeyboardModifier.AltModifier) != control


def _is_ctrl_y(event: QKeyEvent) -> bool:
    """Whether it is Ctrl+Y, which redoes on every system here."""
    held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    return event.key() == _Key.Key_Y and bool(held)
