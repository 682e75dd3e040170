"""A part of the side panel: a hairline, a title, something at its right, and what it says."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.shell.theme import active_theme
from ui.shell.widgets.labels import PlainLabel, WrapLabel


class Section(QWidget):
    """A titled part; subclasses fill `column`."""

    def __init__(self, title: str, aside: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 13, 16, 0)
        self.column.setSpacing(6)
        head = self.head = QHBoxLayout()
        self.title = PlainLabel(title, "title", 600)
        self.aside = PlainLabel(aside, "meta", 400, "text_2")
        head.addWidget(self.title, 1)
        head.addWidget(self.aside)
        self.column.addLayout(head)
        self.setAccessibleName(title)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual: the hairline over it."""
        with QPainter(self) as painter:
            painter.fillRect(0, 0, self.width(), 1, active_theme().hairline)


class Paragraphs(QWidget):
    """Sentences under each other, replaced as a whole."""

    def __init__(self, spacing: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(spacing)
        self._labels: list[WrapLabel] = []

    @property
    def texts(self) -> list[str]:
        """What it says."""
        return [label.text() for label in self._labels]

    def say(self, *lines: tuple[str, str, int]) -> None:
        """Say other sentences: (text, role, weight) each."""
        for label in self._labels:
            self._column.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._labels = [WrapLabel(text, "sticky", weight, role) for text, role, weight in lines]
        for label in self._labels:
            self._column.addWidget(label)
