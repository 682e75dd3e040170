"""The strip under the grid: what a paste would do, what a name is, why an edit was refused."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from ui.shell.drawing import draw_box
from ui.shell.theme import active_theme
from ui.shell.widgets.buttons import Button, IconButton, KeyCap
from ui.shell.widgets.labels import IconLabel, WrapLabel
from ui.table.words import tr


class Part(NamedTuple):
    """A part of what is said: an icon, words, and the role of both."""

    icon: str
    words: str
    role: str = "text_2"


class Strip(QWidget):
    """A sentence and what can be done about it; Enter accepts, Esc drops.

    Attributes:
        accepted, dropped: what the person chose. picked: number of the choice.
    """

    accepted = Signal()
    dropped = Signal()
    picked = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.asks = False
        self.title = WrapLabel("", "base", 600, "text", self)
        self._parts: list[IconLabel] = [IconLabel(parent=self) for _ in range(4)]
        self.picker = QComboBox(self)
        self.picker.setProperty("compact", True)
        self.picker.setAccessibleName(tr("What the name stands for"))
        self.no = Button(tr("Cancel"), "", "plain", compact=True, parent=self)
        self.yes = Button("", "", "primary", compact=True, parent=self)
        self.close_button = IconButton("x", tr("Close"), parent=self)
        self._caps = (KeyCap("Esc", self), KeyCap("Enter", self))
        row = QHBoxLayout(self)
        row.setContentsMargins(60 + 14, 8 + 7, 16 + 10, 8 + 7)
        row.setSpacing(12)
        row.addWidget(self.title, 0, Qt.AlignmentFlag.AlignVCenter)
        for label in self._parts:
            row.addWidget(label)
        row.addWidget(self.picker)
        row.addStretch(1)
        for widget in (self.no, self._caps[0], self.yes, self._caps[1], self.close_button):
            row.addWidget(widget)
        self.picker.activated.connect(self.picked)
        self.yes.clicked.connect(self.accepted)
        self.no.clicked.connect(self.dropped)
        self.close_button.clicked.connect(self.hide)
        self.hide()

    def ask(self, title: str, parts: Sequence[Part], yes: str, *, ready: bool = True) -> None:
        """Ask; the keyboard goes to the answer."""
        self.asks = True
        self._say(title, parts)
        self.yes.setText(yes)
        self.yes.setEnabled(ready)
        for widget in (self.no, self.yes, *self._caps):
            widget.show()
        self.close_button.hide()
        self.show()
        (self.yes if ready else self.no).setFocus(Qt.FocusReason.OtherFocusReason)

    def offer(self, choices: Sequence[str], current: int) -> None:
        """Offer choices beside the question; none takes them away."""
        self.picker.blockSignals(True)
        self.picker.clear()
        self.picker.addItems(list(choices))
        self.picker.setCurrentIndex(current)
        self.picker.blockSignals(False)
        self.picker.setVisible(bool(choices))

    def tell(self, words: str) -> None:
        """Say something that needs no answer; the keyboard stays where it is."""
        self.asks = False
        self._say(words, ())
        for widget in (self.no, self.yes, self.picker, *self._caps):
            widget.hide()
        self.close_button.show()
        self.show()

    def _say(self, title: str, parts: Sequence[Part]) -> None:
        self.title.set_text(title)
        for number, label in enumerate(self._parts):
            label.setVisible(number < len(parts))
            if number < len(parts):
                part = parts[number]
                label.set_face(part.icon, part.words, part.role, part.role)
        said = ", ".join([title, *(part.words for part in parts)])
        self.setAccessibleName(said)
        self.yes.setAccessibleDescription(said)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual: Enter accepts from any of the parts, Esc drops."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.asks:
            if self.no.hasFocus():
                self.dropped.emit()
            elif self.yes.isEnabled():
                self.accepted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual: a box with an accent line; a warning's where something is refused."""
        theme = active_theme()
        line = theme.accent if self.asks else theme.blind_line
        fill = theme.surface if self.asks else theme.blind
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.surface)
            draw_box(painter, QRectF(self.rect()).adjusted(60, 8, -16, -8), 8, fill, line=line)
