"""The strip above the map that says what a paste would do; nothing is kept before Enter."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.shell.theme import active_theme
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import WrapLabel


class AskBar(QWidget):
    """A sentence and two buttons; Enter accepts, Esc drops.

    Attributes:
        accepted, dropped: what the person chose.
    """

    accepted = Signal()
    dropped = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.sentence = WrapLabel("", "base", 400, "text", self)
        self.yes = Button(self.tr("Paste"), "clipboard-text", "primary", compact=True, parent=self)
        self.no = Button(self.tr("Cancel"), "", "quiet", compact=True, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        row.addWidget(self.sentence, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.yes)
        row.addWidget(self.no)
        self.yes.clicked.connect(self._accept)
        self.no.clicked.connect(self._drop)
        self.hide()

    def ask(self, sentence: str) -> None:
        """Show a sentence and wait for an answer."""
        self.sentence.set_text(sentence)
        self.setAccessibleName(sentence)
        self.yes.setAccessibleDescription(sentence)
        self.show()
        self.yes.setFocus(Qt.FocusReason.OtherFocusReason)

    def _accept(self) -> None:
        self.hide()
        self.accepted.emit()

    def _drop(self) -> None:
        self.hide()
        self.dropped.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual: Enter pastes from any of the buttons, Esc drops."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._drop() if self.no.hasFocus() else self._accept()
        elif event.key() == Qt.Key.Key_Escape:
            self._drop()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual: the ground of what is not kept yet, and the hairline below."""
        theme = active_theme()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.accent_tint)
            painter.fillRect(0, self.height() - 1, self.width(), 1, theme.hairline)
