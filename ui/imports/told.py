"""What a title says of the table below it: how much there is, what waits, what is in doubt."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.imports.words import how_many, tr
from ui.shell.widgets.labels import IconLabel, PlainLabel


class Told(QWidget):
    """Counts in grey; only what a person has to look at is in the colour of a warning."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts = PlainLabel("", "base", 400, "text_2")
        self._waiting = IconLabel("hand", "", "base", "warning")
        self._doubtful = IconLabel("question", "", "base", "warning")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        for part in (self._counts, self._waiting, self._doubtful):
            part.hide()
            row.addWidget(part)

    def show_counts(self, counts: str, waiting: int = 0, doubtful: int = 0) -> None:
        """Show counts, and how many choices wait and matches are in doubt."""
        self._counts.setText(counts)
        choices = how_many(waiting, tr("1 choice needed"), tr("%1 choices needed"))
        doubts = how_many(doubtful, tr("1 in doubt"), tr("%1 in doubt"))
        self._waiting.set_face("hand", choices)
        self._doubtful.set_face("question", doubts)
        for part in (self._waiting, self._doubtful):
            part.setMinimumWidth(part.sizeHint().width())
        self._counts.setVisible(bool(counts))
        self._waiting.setVisible(bool(waiting))
        self._doubtful.setVisible(bool(doubtful))

    def text(self) -> str:
        """Return all that is shown in one line."""
        parts = (self._counts, self._waiting, self._doubtful)
        return " · ".join(part.text() for part in parts if not part.isHidden())
