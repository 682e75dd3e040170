"""What stands in place of the list while there is none, and what to do about it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.priorities.looked import Looked, quarter_words
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import PlainLabel, WrapLabel

_CENTRE = Qt.AlignmentFlag.AlignHCenter


class EmptyList(QWidget):
    """No pain points, no evidence, a segment without customers, a record that cannot be read, or a
    first ranking under way: each says what to do next.

    Attributes:
        map_requested, import_requested, customers_requested, all_requested: a button was pressed.
    """

    map_requested = Signal()
    import_requested = Signal()
    customers_requested = Signal()
    all_requested = Signal()

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
        self.customers = Button(self.tr("Enter customers"), "users", "primary")
        self.customers.clicked.connect(self.customers_requested)
        self.all = Button(self.tr("Show all segments"))
        self.all.clicked.connect(self.all_requested)
        for button in (self._map, self.customers, self._import, self.all):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addStretch(3)
        self.tell(has_pains=False, computing=False)

    @property
    def texts(self) -> tuple[str, str]:
        """What it says."""
        return self._title.text(), self._words.text()

    def tell(self, *, has_pains: bool, computing: bool, looked: Looked | None = None) -> None:
        """Say why there is no list."""
        looked = looked or Looked()
        self.customers.setVisible(looked.missing == "customers")
        self.all.setVisible(bool(looked.missing))
        self._map.setVisible(not has_pains and not looked.is_record)
        quiet = computing or looked.is_record or looked.missing == "customers"
        self._import.setVisible(not quiet)
        if looked.missing:
            title, text = self._no_segment(looked)
        elif looked.unreadable is not None:
            title = self.tr("{0} cannot be shown").format(quarter_words(looked.quarter))
            text = self.tr(
                "What was kept of this frozen quarter cannot be read, so nothing is shown in its "
                "place. Its answers are kept: freeze it again, with a reason, on the Quarter "
                "screen."
            )
        elif looked.frozen is not None:
            title = self.tr("No pain point was on the list when it was frozen")
            text = self.tr("A frozen quarter stays as it was.")
        elif has_pains and computing:
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

    def _no_segment(self, looked: Looked) -> tuple[str, str]:
        if looked.missing == "customers":
            return (
                self.tr("{0} has no customers").format(looked.segment_name),
                self.tr(
                    "It counts 0 customers a year, so no fix keeps any of them. Enter how many it "
                    "has."
                ),
            )
        return (
            self.tr("{0} takes no part in this list").format(looked.segment_name),
            self.tr(
                "No answer of this quarter comes from one of its customers. Import a survey that "
                "names the segment."
            ),
        )
