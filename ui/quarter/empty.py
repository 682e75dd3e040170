"""What stands on the Quarter screen while there is nothing to compare, and what to do about it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.quarter import words
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import PlainLabel, WrapLabel

_CENTRE = Qt.AlignmentFlag.AlignHCenter


class EmptyQuarter(QWidget):
    """No quarter at all, one alone, or a first comparison under way."""

    import_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 56, 16, 56)
        column.setSpacing(12)
        self._title = PlainLabel("", "title", 600)
        column.addWidget(self._title, 0, _CENTRE)
        self._words = WrapLabel("", "base", 400, "text_2")
        self._words.set_alignment(_CENTRE)
        self._words.setFixedWidth(480)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self._words)
        line.addStretch(1)
        column.addLayout(line)
        self.button = Button(words.tr("Import a survey"), "download-simple", "primary")
        self.button.clicked.connect(self.import_requested)
        column.addSpacing(8)
        column.addWidget(self.button, 0, _CENTRE)

    def tell(self, quarters: int, *, computing: bool) -> None:
        """Say why there is no comparison."""
        self.button.setVisible(not computing)
        if computing:
            title = words.tr("Comparing the two quarters")
            text = words.tr("Last quarter is ranked again with today's method and assumptions.")
        elif quarters == 0:
            title = words.tr("No quarter yet")
            text = words.tr(
                "Import a survey with the quarter or the day of its answers. Then freeze the "
                "quarter here: its list is kept as it is, and the next one is compared with it."
            )
        else:
            title = words.tr("One quarter, nothing to compare it with yet")
            text = words.tr(
                "Freeze it when its list is settled. With the next quarter's answers this screen "
                "shows what is new, gone and moved, why, and what is only noise."
            )
        self._title.setText(title)
        self._words.set_text(text)
