"""Longer texts: the title that stands in the header, and notes."""

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

from ui.inspector.fields import MIXED, Field
from ui.shell.type import Size, font

_PAD = 12  # the style's padding and border, top and bottom
_TITLE_PAD = 6  # the same of a title


class GrowingEdit(QPlainTextEdit):
    """Plain text as high as its lines. Fires `finished` when the cursor leaves or Enter is pressed.

    With `one_line` Enter finishes and pasted breaks become spaces; else Ctrl+Enter does.
    """

    finished = Signal()

    def __init__(
        self, size: Size, weight: int, *, one_line: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._one_line = one_line
        self._least = 1 if one_line else 2
        self._shown = ""
        self.setProperty("quiet", True)
        self.setFont(font(size, weight))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(2)
        self.textChanged.connect(self._grow)
        self._grow()

    @property
    def is_edited(self) -> bool:
        """Whether something was typed that nobody took."""
        return self.toPlainText() != self._shown

    def show_text(self, text: str) -> None:
        """Show a text of the workspace, unless someone is typing another just now."""
        typing = self.hasFocus() and self.is_edited
        self._shown = text
        if not typing and self.toPlainText() != text:
            self.setPlainText(text)

    def take(self) -> str:
        """Return what was typed, as taken."""
        self._shown = self.toPlainText()
        return self._shown

    def revert(self) -> None:
        """Go back to the text of the workspace."""
        self.setPlainText(self._shown)
        self.selectAll()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Qt's virtual: a title stays on one line, whatever is pasted."""
        text = source.text()
        self.insertPlainText(" ".join(text.split()) if self._one_line else text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual: Enter takes, Esc takes back."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if enter and (self._one_line or control):
            self.finished.emit()
        elif event.key() == Qt.Key.Key_Escape and self.is_edited:
            self.revert()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt's virtual: leaving takes what was typed."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.finished.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's virtual: another width, other lines."""
        super().resizeEvent(event)
        self._grow()

    def changeEvent(self, event: QEvent) -> None:
        """Qt's virtual: another font, another height."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._grow()

    def sizeHint(self) -> QSize:
        """Qt's virtual."""
        return QSize(200, self.height())

    def _grow(self) -> None:
        # The layout of plain text counts its height in lines.
        lines = max(self._least, round(self.document().size().height()))
        pad = _TITLE_PAD if self._one_line else _PAD
        high = int(lines * self.fontMetrics().lineSpacing()) + pad + 4
        if self.height() != high or self.minimumHeight() != high:
            self.setFixedHeight(high)
            self.updateGeometry()


class ProseField(Field):
    """A note of any length; Ctrl+Enter or leaving takes it."""

    def __init__(self, label: str, placeholder: str = "") -> None:
        super().__init__(label, stacked=True)
        self.edit = GrowingEdit("base", 400, one_line=False)
        self.edit.setPlaceholderText(placeholder)
        self._placeholder = placeholder
        self.edit.finished.connect(self.commit)
        self.put(self.edit)

    def show_value(self, value: object) -> None:
        """Show a text."""
        super().show_value(value)
        mixed = value is MIXED
        self.edit.setPlaceholderText(self.tr("several values") if mixed else self._placeholder)
        self.edit.show_text("" if mixed or value is None else str(value))

    def commit(self) -> None:
        """Take what was typed."""
        if self.edit.is_edited:
            self.committed.emit(self.edit.take())
