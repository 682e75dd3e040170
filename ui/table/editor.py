"""The editors that lie over a cell while it is typed in."""

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QEvent, QRect, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QPlainTextEdit, QWidget

from ui.shell.theme import active_theme
from ui.shell.type import font


class Onward(StrEnum):
    """Where the keyboard goes when a cell is done."""

    STAY = "stay"
    LEFT_BEHIND = "left behind"  # focus went elsewhere
    DOWN = "down"
    UP = "up"
    NEXT = "next"
    BACK = "back"
    ALL = "all"  # every selected cell gets it


_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def _onward(event: QKeyEvent) -> Onward | None:
    """Return where a key that ends editing leads."""
    key, held = event.key(), event.modifiers()
    if key in _ENTER and held & Qt.KeyboardModifier.ControlModifier:
        return Onward.ALL
    if key in _ENTER and not held & Qt.KeyboardModifier.AltModifier:
        return Onward.UP if held & Qt.KeyboardModifier.ShiftModifier else Onward.DOWN
    if key == Qt.Key.Key_Backtab:
        return Onward.BACK
    return Onward.NEXT if key == Qt.Key.Key_Tab else None


def _look(widget: QWidget) -> None:
    theme = active_theme()
    name = widget.objectName()
    kind = type(widget).__bases__[0].__name__
    widget.setStyleSheet(
        f"{kind}#{name}, {kind}#{name}:focus {{ background: {theme.surface.name()};"
        f" color: {theme.text.name()}; border: 2px solid {theme.accent.name()};"
        " border-radius: 0; padding: 0 4px; min-height: 0; }"
    )


class LineEditor(QLineEdit):
    """One line, with names to complete it to.

    Attributes:
        done: (text, Onward). dropped: the cell stays as it was.
    """

    done = Signal(str, object)
    dropped = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("table-editor")
        self.setFont(font("base"))
        self._words = QStringListModel(self)
        # A line edit deletes a completer of its own when another is set, hence the parent.
        self._completer = QCompleter(self._words, parent)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setMaxVisibleItems(12)
        self._completer.activated.connect(self._picked)
        self._typed = False
        self.hide()

    def begin(self, place: QRect, text: str, names: Sequence[str], *, typed: bool) -> None:
        """Edit a text; `typed`: it is a first letter, arrows then lead on."""
        _look(self)
        self._typed = typed
        self._words.setStringList([name for name in names if name])
        self.setCompleter(self._completer if names else None)  # type: ignore[arg-type]
        self.setGeometry(place)
        self.setText(text)
        if typed:
            self.end(False)
        else:
            self.selectAll()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_list(self) -> None:
        """Show every name there is."""
        if self.completer() is not None:
            self._completer.setCompletionPrefix("")
            self._completer.complete()

    def _picked(self, text: str) -> None:
        self.setText(text)
        self.done.emit(text, Onward.STAY)

    def event(self, event: QEvent) -> bool:
        """Qt's virtual: Tab ends editing before it moves the focus."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            onward = _onward(event)
            if onward in (Onward.NEXT, Onward.BACK):
                self.done.emit(self.text(), onward)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual."""
        onward, key = _onward(event), event.key()
        if key == Qt.Key.Key_Escape:
            self.dropped.emit()
        elif onward is not None:
            self.done.emit(self.text(), onward)
        elif key == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_list()
        elif self._typed and key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not self._names_shown():
            self.done.emit(self.text(), Onward.UP if key == Qt.Key.Key_Up else Onward.DOWN)
        else:
            super().keyPressEvent(event)

    def _names_shown(self) -> bool:
        popup = self._completer.popup()
        return self.completer() is not None and popup is not None and popup.isVisible()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt's virtual: what was typed is taken, unless only the list of names opened."""
        super().focusOutEvent(event)
        if event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        ):
            self.done.emit(self.text(), Onward.LEFT_BEHIND)


class ProseEditor(QPlainTextEdit):
    """Several lines: Alt+Enter breaks a line, Enter is done.

    Attributes:
        done: (text, Onward). dropped: the cell stays as it was.
    """

    done = Signal(str, object)
    dropped = Signal()
    _HIGH = 112

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("table-prose")
        self.setFont(font("base"))
        self.setTabChangesFocus(False)
        self.hide()

    def begin(self, place: QRect, text: str, names: Sequence[str], *, typed: bool) -> None:  # noqa: ARG002 - as LineEditor
        """Edit a text, in a box higher than its cell but inside the table."""
        _look(self)
        holder = self.parentWidget()
        room = holder.rect() if holder is not None else place
        box = QRect(place.left(), place.top(), max(place.width(), 280), self._HIGH)
        box.moveBottom(min(box.bottom(), max(room.bottom(), self._HIGH - 1)))
        box.moveRight(min(box.right(), max(room.right(), box.width() - 1)))
        self.setGeometry(box)
        self.setPlainText(text)
        self.moveCursor(self.textCursor().MoveOperation.End)
        if not typed:
            self.selectAll()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def text(self) -> str:
        """Return what is typed."""
        return self.toPlainText()

    def open_list(self) -> None:
        """There is nothing to pick from."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual."""
        onward = _onward(event)
        if event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
        elif onward is not None:
            self.done.emit(self.text(), onward)
        elif event.key() in _ENTER:
            self.insertPlainText("\n")
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt's virtual: what was typed is taken."""
        super().focusOutEvent(event)
        if event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        ):
            self.done.emit(self.text(), Onward.LEFT_BEHIND)
