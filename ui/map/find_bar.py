"""Find and replace over what the map says, as a strip above it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from journey.edit import ReplaceText, occurrences
from journey.model.ids import Ref
from ui.shell.theme import active_theme
from ui.shell.widgets.buttons import Button, IconButton
from ui.shell.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from ui.map.view import MapView


class FindBar(QWidget):
    """What to find, what to put in its place; replacing all of it is one step to undo."""

    def __init__(self, view: "MapView") -> None:
        super().__init__(view)
        self._view = view
        self._found: tuple[Ref, ...] = ()
        self._at = -1
        self.sought, self.by = QLineEdit(self), QLineEdit(self)
        self.count = PlainLabel("", "sticky", 400, "text_2", self)
        self.next = Button(self.tr("Next"), "", "plain", compact=True, parent=self)
        self.replace = Button(self.tr("Replace all"), "", "primary", compact=True, parent=self)
        self.close_button = IconButton("x", self.tr("Close"), keys="Esc", parent=self)
        self._lay_out()
        self.sought.textChanged.connect(self._search)
        self.next.clicked.connect(self.go_next)
        self.replace.clicked.connect(self.replace_all)
        self.close_button.clicked.connect(self.leave)
        self.hide()

    def _lay_out(self) -> None:
        self.setAccessibleName(self.tr("Find and replace"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        for field, words in ((self.sought, self.tr("Find")), (self.by, self.tr("Replace by"))):
            field.setPlaceholderText(words)
            field.setAccessibleName(words)
            field.setProperty("compact", True)
            field.setMaximumWidth(280)
            row.addWidget(field, 1)
        for part in (self.next, self.replace, self.count):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.close_button)

    def open(self) -> None:
        """Show the bar with the cursor in what to find."""
        self.show()
        self.replace.setEnabled(not self._view.read_only)
        self.sought.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.sought.selectAll()
        self._search()

    def leave(self) -> None:
        """Put the bar away."""
        self.hide()
        self._view.canvas.setFocus()

    def go_next(self) -> None:
        """Select the next object that says it."""
        self._search()
        if self._found:
            self._at = (self._at + 1) % len(self._found)
            self._view.select((self._found[self._at],))
            self._view.reveal_current()

    def replace_all(self) -> None:
        """Replace it everywhere, as one step."""
        if self.sought.text() and self._found:
            view = self._view
            view.run(ReplaceText(view.journey, self.sought.text(), self.by.text()))
            self._search()

    def _search(self) -> None:
        view = self._view
        found = occurrences(view.workspace, view.journey, self.sought.text())
        if found != self._found:
            self._found, self._at = found, -1
        text = self.tr("%1 found").replace("%1", str(len(found)))
        self.count.setText(text if self.sought.text() else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual: Enter goes to the next one, Esc puts the bar away."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.replace_all() if self.replace.hasFocus() else self.go_next()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual: the ground and the hairline below."""
        theme = active_theme()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.surface)
            painter.fillRect(0, self.height() - 1, self.width(), 1, theme.hairline)
