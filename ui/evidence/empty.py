"""What stands on the Evidence screen before anything came in."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.evidence import words
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import PlainLabel, WrapLabel

_CENTRE = Qt.AlignmentFlag.AlignHCenter


class EmptyEvidence(QWidget):
    """Says what to bring, and takes it on a click.

    Where something came in that belongs to no touchpoint it says that, and where to look at it.
    """

    import_requested = Signal()
    churn_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addStretch(2)
        self.title = PlainLabel("", "title", 600)
        column.addWidget(self.title, 0, _CENTRE)
        self.text = text = WrapLabel("", "base", 400, "text_2")
        text.set_alignment(_CENTRE)
        text.setFixedWidth(440)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(text)
        line.addStretch(1)
        column.addLayout(line)
        self.button = Button(words.tr("Import a file"), "download-simple", "primary")
        self.button.clicked.connect(self.import_requested)
        column.addSpacing(8)
        column.addWidget(self.button, 0, _CENTRE)
        self.churn = Button(words.tr("See who left"), "sign-out")
        self.churn.clicked.connect(self.churn_requested)
        column.addWidget(self.churn, 0, _CENTRE)
        column.addStretch(3)
        self.show_state(without_places=False)

    def show_state(self, *, without_places: bool) -> None:
        """Say that nothing came in, or that nothing of it belongs to a touchpoint."""
        if without_places:
            self.title.setText(words.tr("Nothing about a touchpoint yet"))
            self.text.set_text(
                words.tr(
                    "What came in says who left or who bought, not how a touchpoint was. Choose a "
                    "source at the left to look at its mapping, or bring a survey that asks about "
                    "touchpoints."
                )
            )
        else:
            self.title.setText(words.tr("No evidence yet"))
            self.text.set_text(
                words.tr(
                    "Drop last quarter's survey export here, a sheet of KPIs, an event log or a "
                    "list of purchases: as it comes, without cleaning it by hand."
                )
            )
        self.churn.setVisible(without_places)
