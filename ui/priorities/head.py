"""The head of the Priorities screen: title, what is ranked, leaders, views and export."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.priorities.pills import LeaderPills
from ui.priorities.row_filter import FilterBar
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.choices import Choice, SegmentedControl
from ui.shell.widgets.labels import PlainLabel, WrapLabel

_EDGE: Final = 20
_GAP: Final = 8
_BEFORE_PILLS: Final = 12
_TOP_RIGHT: Final = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight


class ListHead(QWidget):
    """Title and subtitle over the pills of the leaders; a low window has them in one row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._low = False
        self.pills = LeaderPills()
        self.filters = FilterBar()
        self.title = PlainLabel(self.tr("Priorities"), "screen", 600)
        self.subtitle = WrapLabel("", "sticky", 400, "text_2")
        self.views = SegmentedControl(
            (
                Choice("list", self.tr("List"), "list-numbers"),
                Choice("scatter", self.tr("Value and effort"), "dots-nine"),
                Choice("methods", self.tr("Other methods"), "scales"),
            )
        )
        self.export_button = Button(self.tr("Export"), "export")
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, 0, _EDGE, 0)
        column.setSpacing(12)
        self._first = QHBoxLayout()
        self._first.setSpacing(_GAP)
        titles = QVBoxLayout()
        titles.setSpacing(1)
        titles.addWidget(self.title)
        titles.addWidget(self.subtitle)
        self._first.addLayout(titles, 1)
        self._first.addWidget(self.views)
        self._first.addWidget(self.export_button)
        column.addLayout(self._first)
        self._second = QHBoxLayout()
        self._second.setSpacing(_BEFORE_PILLS)
        self._second.addWidget(self.pills, 1)
        self._second.addWidget(self.filters, 0, _TOP_RIGHT)
        column.addLayout(self._second)

    @property
    def is_low(self) -> bool:
        """Whether the subtitle is left out."""
        return self._low

    def set_low(self, low: bool) -> None:
        """Leave the subtitle out and put the pills beside the title, where they fit."""
        self._low = low
        self.subtitle.setVisible(not low)
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's virtual: another width, pills beside or under the title."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        parts = (self.title, self.filters, self.views, self.export_button)
        taken = sum(part.sizeHint().width() + _GAP for part in parts) + _BEFORE_PILLS
        room = self.width() - 2 * _EDGE - taken
        beside = self._low and self.pills.sizeHint().width() <= room
        if beside and self._first.indexOf(self.pills) < 0:
            self._second.removeWidget(self.pills)
            self._second.removeWidget(self.filters)
            self._first.insertSpacing(1, _BEFORE_PILLS - _GAP)
            self._first.insertWidget(2, self.pills, 0, Qt.AlignmentFlag.AlignVCenter)
            self._first.setStretch(0, 0)
            self._first.insertStretch(3, 1)
            self._first.insertWidget(4, self.filters, 0, Qt.AlignmentFlag.AlignVCenter)
        elif not beside and self._second.indexOf(self.pills) < 0:
            for place in (4, 3, 2, 1):  # filters, the stretch, the pills, the gap before them
                self._first.takeAt(place)
            self._first.setStretch(0, 1)
            self._second.addWidget(self.pills, 1)
            self._second.addWidget(self.filters, 0, _TOP_RIGHT)
