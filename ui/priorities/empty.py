"""What stands in place of the list while there is none, and what to do about it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import PlainLabel, WrapLabel

_CENTRE = Qt.AlignmentFlag.AlignHCenter


class EmptyList(QWidget):
    """No pain points, no evidence, or a first ranking under way: each says what to do next."""

    map_requested = Signal()
    import_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.addStretch(2)
        self._title = PlainLabel("", "title", 600)
        column.addWidget(self._title, 0, _CENTRE)
        column.addSpacing(4)
        self._words = WrapLabel("", "base", 400, "text_2")
        self._words.set_alignment(_CENTRE)
        self._words.setFixedWidth(440)
        words = QHBoxLayout()
        for part in (None, self._words, None):
            words.addStretch(1) if part is None else words.addWidget(part)
        column.addLayout(words)
        column.addSpacing(12)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        self._map = Button(self.tr("Open the map"), "map-trifold", "primary")
        self._map.clicked.connect(self.map_requested)
        self._import = Button(self.tr("Import a survey"), "download-simple")
        self._import.clicked.connect(self.import_requested)
        buttons.addWidget(self._map)
        buttons.addWidget(self._import)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addStretch(3)
        self.tell(has_pains=False, computing=False)

    def tell(self, *, has_pains: bool, computing: bool) -> None:
        """Say why there is no list."""
        self._map.setVisible(not has_pains)
        self._import.setVisible(not computing)
        if has_pains and computing:
            title = self.tr("Computing the ranking")
            text = self.tr("It takes a second or two; you can go on working.")
        elif has_pains:
            title = self.tr("Nothing is ranked yet")
            text = self.tr(
                "Import a survey, or give the pain points a severity and a frequency on the map: "
                "either is enough for a first order."
            )
        else:
            title = self.tr("No pain points yet")
            text = self.tr(
                "Put what goes wrong for customers on the map, or import a survey that names it. "
                "It is ranked here by what fixing it keeps."
            )
        self._title.setText(title)
        self._words.set_text(text)
