"""The one editor of the map: it lies over a card while its text is typed, and grows with it."""

from enum import StrEnum

from PySide6.QtCore import QMimeData, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QHideEvent,
    QKeyEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from ui.clipboard import MIME, cells_beyond, plain_text, read_fragment, read_rows
from ui.shell.theme import active_theme


class Onward(StrEnum):
    """Where the keyboard goes when a text is done."""

    STAY = "stay"
    ROW = "row"
    CELL = "cell"
    BACK = "back"


class CellEditor(QTextEdit):
    """Edits plain text in place.

    Attributes:
        committed: (text, Onward). cancelled: the text is to stay as it was.
        spread: several cells were pasted where nothing is typed yet and `spreads` is set.
    """

    committed = Signal(str, object)
    cancelled = Signal()
    spread = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("cell-editor")
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTabChangesFocus(False)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._names: tuple[str, ...] = ()
        self.spreads = False
        self._least = 0.0
        self._below = 0
        self._active = False
        self.hide()

    @property
    def is_active(self) -> bool:
        """Whether a text is being edited."""
        return self._active

    def begin(self, text: str, card: QRectF, at: QRectF, face: QFont, line_height: float) -> None:
        """Edit a text over `card`; `at` is where its letters stand, in the parent's pixels."""
        theme = active_theme()
        pads = (at.left() - card.left(), at.top() - card.top(), card.right() - at.right())
        left, top, right = (max(round(p) - 2, 0) for p in pads)
        self.setStyleSheet(
            "QTextEdit#cell-editor, QTextEdit#cell-editor:focus {"
            f" background: {theme.surface.name()}; color: {theme.text.name()};"
            f" border: 2px solid {theme.accent.name()}; border-radius: 4px; min-height: 0;"
            f" padding: {top}px {right}px 0 {left}px; }}"
        )
        self._below = top + 4
        self._least = card.height()
        self._active = True
        self.setFont(face)
        self.setGeometry(card.toAlignedRect())
        self.setPlainText(text)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        spacing = QTextBlockFormat()
        spacing.setLineHeight(line_height, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor.mergeBlockFormat(spacing)
        self.document().clearUndoRedoStacks()
        self.selectAll()
        self._grow()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def replace_with(self, text: str) -> None:
        """Put a first typed letter in the place of everything."""
        self.selectAll()
        self.insertPlainText(text)

    def suggest(self, names: tuple[str, ...]) -> None:
        """Complete what is typed to one of these names; what is completed stays selected."""
        self._names = names

    def finish(self, onward: Onward = Onward.STAY) -> None:
        """Commit what is typed, if anything is being edited."""
        if self._active:
            self._active = False
            text = self.toPlainText()
            self._leave()
            self.committed.emit(text, onward)

    def cancel(self) -> None:
        """Drop what is typed."""
        if self._active:
            self._active = False
            self._leave()
            self.cancelled.emit()

    def _leave(self) -> None:
        parent = self.parentWidget()
        if self.hasFocus() and parent is not None:
            parent.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def _grow(self) -> None:
        if self._active:
            needed = self.document().size().height() + self._below + 4
            self.resize(self.width(), max(round(self._least), round(needed)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual: Enter and Tab go on, Esc cancels; Shift+Enter breaks the line."""
        key, shift = event.key(), event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if key == Qt.Key.Key_Escape:
            self.cancel()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not shift:
            self.finish(Onward.ROW)
        elif key == Qt.Key.Key_Tab:
            self.finish(Onward.CELL)
        elif key == Qt.Key.Key_Backtab:
            self.finish(Onward.BACK)
        else:
            super().keyPressEvent(event)
            if event.text().isprintable() and event.text():
                self._complete()

    def _complete(self) -> None:
        """Put the rest of the first name that begins as typed behind the cursor, selected."""
        typed, cursor = self.toPlainText(), self.textCursor()
        if not self._names or not typed or cursor.position() != len(typed):
            return
        wanted = typed.casefold()
        found = next((n for n in self._names if n.casefold().startswith(wanted)), "")
        if len(found) > len(typed):
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText(found)
            cursor.setPosition(len(typed), QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Qt's virtual: whatever is pasted comes in as text; several cells go to the map."""
        if self.spreads and not self.toPlainText().strip():
            rows = read_rows(source)
            several = len(rows) > 1 or any(len(row) > 1 for row in rows) or cells_beyond(source)
            if several or read_fragment(source):
                self.spread.emit()
                return
        self.insertPlainText(plain_text(source))

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Qt's virtual: texts, pages and parts of a map."""
        return bool(plain_text(source)) or source.hasFormat(MIME)

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt's virtual: another screen or a closing window keeps what is typed."""
        super().hideEvent(event)
        self.finish()

    def focusNextPrevChild(self, _next: bool) -> bool:
        """Qt's virtual: Tab is a key of this editor."""
        return False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt's virtual: nothing typed is lost when something else is clicked."""
        super().focusOutEvent(event)
        if event.reason() not in {
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        }:
            self.finish()
