"""What stands on the Evidence screen before anything came in."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.evidence import words
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import PlainLabel, WrapLabel

_CENTRE = Qt.AlignmentFlag.AlignHCenter


class EmptyEvidence(QWidget):
    """Says what to bring, and takes it on a click."""

    import_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addStretch(2)
        column.addWidget(PlainLabel(words.tr("No evidence yet"), "title", 600), 0, _CENTRE)
        text = WrapLabel(
            words.tr(
                "Drop last quarter's survey export here, a sheet of KPIs, an event log or a list "
                "of purchases: as it comes, without cleaning it by hand."
            ),
            "base",
            400,
            "text_2",
        )
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
        column.addStretch(3)
