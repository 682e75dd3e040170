"""Lines to type in: each leaves to the workshop the keys it has no use for."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from journey.model.text import NOTE_LENGTH
from ui.shell.theme import active_theme
from ui.workshop.sorts import PREFIXES, Sort

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class Line(QLineEdit):
    """A frameless line in the workshop's type; with nothing to undo, undo is the document's.

    Attributes:
        entered: Enter was pressed. left: Esc was pressed.
    """

    entered = Signal()
    left = Signal()

    def __init__(self, face: QFont, parent: QWidget | None = None) -> None:
        self._face, self._name = face, ""
        super().__init__(parent)
        self.setFrame(False)
        self.setMaxLength(NOTE_LENGTH)
        self.setFont(face)
        # The application's stylesheet frames every field and sets its size.
        self._name = f"line-{id(self)}"
        self.setObjectName(self._name)
        self.restyle()

    def restyle(self) -> None:
        """Take the colours of the theme shown."""
        theme, rule = active_theme(), f"QLineEdit#{self._name}"
        height = round(QFontMetricsF(self._face).height()) + 2
        sheet = (
            f"{rule}, {rule}:focus, {rule}:hover, {rule}:read-only {{ border: 0; padding: 0;"
            f" background: transparent; min-height: {height}px; color: {theme.text.name()};"
            f" placeholder-text-color: {theme.text_3.name()}; }}"
        )
        if sheet != self.styleSheet():
            self.setStyleSheet(sheet)

    def changeEvent(self, event: QEvent) -> None:
        """Qt's virtual: another theme, other colours."""
        if event.type() == QEvent.Type.StyleChange and self._name:
            self.restyle()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual: Enter and Esc are told, an undo without a text to undo is passed on."""
        if event.key() in _ENTER:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif self._nothing_to(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _nothing_to(self, event: QKeyEvent) -> bool:
        """Whether it is an undo or a redo this line has nothing for."""
        if event.matches(QKeySequence.StandardKey.Undo):
            return not self.isUndoAvailable()
        return event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable()


class CaptureLine(Line):
    """Takes what people say.

    Attributes:
        tabbed: Tab (+1) or Shift+Tab (−1). sort_wanted: a Sort by its prefix, or by Backspace.
        pasted: several lines at once.
    """

    tabbed = Signal(int)
    sort_wanted = Signal(object)
    pasted = Signal(list)
    sort: Sort = Sort.PAIN

    def focusNextPrevChild(self, _next: bool) -> bool:
        """Qt's virtual: Tab goes to the next touchpoint."""
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual: prefixes, Tab, several pasted lines; the rest is text."""
        key, empty = event.key(), not self.text()
        if key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            self.tabbed.emit(1 if key == Qt.Key.Key_Tab else -1)
        elif key == Qt.Key.Key_Escape or (key in _ENTER and empty):
            event.ignore()
        elif empty and PREFIXES.get(event.text(), self.sort) is not self.sort:
            self.sort_wanted.emit(PREFIXES[event.text()])
        elif empty and key == Qt.Key.Key_Backspace:
            self.sort_wanted.emit(Sort.PAIN)
        elif empty and key in {Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right}:
            event.ignore()
        elif event.matches(QKeySequence.StandardKey.Paste) and len(_clipboard_lines()) > 1:
            self.pasted.emit(_clipboard_lines())
        else:
            super().keyPressEvent(event)


def _clipboard_lines() -> list[str]:
    """Return the lines of the clipboard's text, empty ones left out."""
    text = QGuiApplication.clipboard().text()
    return [line.strip() for line in text.splitlines() if line.strip()]
