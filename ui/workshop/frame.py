"""The parts of the workshop in their places."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.shell.drawing import fill_rect
from ui.shell.theme import active_theme
from ui.shell.widgets.labels import WrapLabel
from ui.workshop.capture import CaptureBar
from ui.workshop.clock import ClockView
from ui.workshop.countdown import Countdown
from ui.workshop.hints import HintRow
from ui.workshop.paint import RING
from ui.workshop.people import VotesPanel
from ui.workshop.question import Pager, Question
from ui.workshop.steps import Steps
from ui.workshop.strip import TopStrip, WordButton
from ui.workshop.wall import Wall
from ui.workshop.wording import tr

_WIDE, _LOW = 1500, 900


class WorkshopFrame(QWidget):
    """A window of its own: steps and clock above, cards and votes, the line and the keys below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(tr("Workshop"))
        self.steps, self.clock = Steps(), ClockView(Countdown())
        self.question, self.pager, self.wall = Question(), Pager(), Wall()
        self.votes, self.bar, self.hints = VotesPanel(), CaptureBar(), HintRow()
        self.message = WrapLabel("", "workshop_hint", 500)
        self.finish_button = WordButton("export", tr("Finish the workshop…"))
        self._build()

    def _build(self) -> None:
        self.setMinimumSize(900, 600)
        self.message.setMinimumHeight(24)
        self.message.setAccessibleDescription(tr("Message"))
        self.top = TopStrip(self.steps, self.clock)
        head = QHBoxLayout()
        head.setContentsMargins(round(RING), 0, 0, 0)
        head.setSpacing(24)
        head.addWidget(self.question, 1)
        head.addWidget(self.pager, 0, Qt.AlignmentFlag.AlignVCenter)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addLayout(head)
        left.addWidget(self.wall, 1)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.votes)
        right.addStretch(1)
        right.addWidget(self.finish_button)
        self._middle = QHBoxLayout()
        self._middle.setSpacing(32)
        self._middle.addLayout(left, 1)
        self._middle.addLayout(right)
        self._foot = QVBoxLayout()
        self._foot.setSpacing(6)
        for part in (self.message, self.bar, self.hints):
            self._foot.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addLayout(self._middle, 1)
        column.addLayout(self._foot)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual: the ground."""
        with QPainter(self) as painter:
            fill_rect(painter, QRectF(self.rect()), active_theme().window)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's virtual: less air in a small window, the same letters."""
        super().resizeEvent(event)
        wide = self.width() >= _WIDE
        side, low = (48 if wide else 28), self.height() < _LOW
        # The cards stand in line with all else; the ring of the chosen one lies outside.
        self._middle.setContentsMargins(side - round(RING), 12 if low else 28, side, 0)
        self._foot.setContentsMargins(side, 4 if low else 12, side, 4 if low else 14)
        self.top.fit(side, low=low)
        self.bar.setFixedHeight(68 if low else 84)
        self.hints.setFixedHeight(38 if low else 44)
        self.votes.setFixedWidth(360 if wide else 296)
