"""What stands in place of the flow while the journey has no touchpoint."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import PlainLabel, WrapLabel

_CENTRE = Qt.AlignmentFlag.AlignHCenter


class EmptyFlow(QWidget):
    """Says that touchpoints come first, and opens the map on a click."""

    map_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = PlainLabel(self.tr("No touchpoints yet"), "title", 600)
        text = WrapLabel(
            self.tr("The flow shows how customers go from touchpoint to touchpoint. Put the first "
                    "ones on the map; then the path through them is drawn here in one click."),
            "base", 400, "text_2",
        )  # fmt: skip
        text.set_alignment(_CENTRE)
        text.setFixedWidth(440)
        self.button = Button(self.tr("Open the map"), "map-trifold", "primary")
        self.button.clicked.connect(self.map_requested)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(title, 0, _CENTRE)
        column.addSpacing(4)
        for part in (text, self.button):
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(part)
            row.addStretch(1)
            column.addLayout(row)
            column.addSpacing(12)
        column.addStretch(3)
