"""Figures side by side, each over the words that say what it is."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.shell.widgets.labels import PlainLabel


class Figures(QWidget):
    """A row of figures; nothing is shown before there are any."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[tuple[str, str], ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 8, 0, 8)
        self._row.setSpacing(36)
        self._labels: list[tuple[PlainLabel, PlainLabel]] = []

    def text(self) -> str:
        """Return all that is shown in one line."""
        return ", ".join(f"{figure} {words}" for figure, words in self._shown)

    def set_figures(self, figures: Sequence[tuple[str, str]]) -> None:
        """Show (figure, what it is); as many each time."""
        self._shown = tuple(figures)
        if not self._labels:
            self._make(len(figures))
        for (figure, words), (value, caption) in zip(self._shown, self._labels, strict=True):
            value.setText(figure)
            caption.setText(words)

    def _make(self, count: int) -> None:
        for _ in range(count):
            value, caption = PlainLabel("", "title", 600), PlainLabel("", "sticky", 400, "text_2")
            column = QVBoxLayout()
            column.setSpacing(2)
            column.addWidget(value)
            column.addWidget(caption)
            self._row.addLayout(column)
            self._labels.append((value, caption))
        self._row.addStretch(1)
