"""The parts of the workshop in their places."""

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.shell.drawing import fill_rect
from ui.shell.theme import active_theme
from ui.shell.widgets.labels import WrapLabel
from ui.workshop.capture import CaptureBar
from ui.workshop.cards import ROOMY, TIGHT
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

_WIDE, _NARROW = 1500, 1100
_LOW, _SMALL = 900, 680
_HEAD_GAP = 24


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
        head.setSpacing(_HEAD_GAP)
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
        wide, narrow = self.width() >= _WIDE, self.width() < _NARROW
        side, low = 48 if wide else 16 if narrow else 28, self.height() < _LOW
        # The cards stand in line with all else; the ring of the chosen one lies outside.
        self._middle.setContentsMargins(side - round(RING), 12 if low else 28, side, 0)
        self._middle.setSpacing(20 if narrow else 32)
        self._foot.setContentsMargins(side, 4 if low else 12, side, 4 if low else 14)
        small = self.height() < _SMALL
        self.wall.fit = TIGHT if small else ROOMY
        self.top.fit(side, low=low)
        self.bar.setFixedHeight(60 if small else 68 if low else 84)
        self.hints.setFixedHeight(38 if low else 44)
        self.votes.setFixedWidth(360 if wide else 264 if narrow else 296)
        self.votes.set_low(low)
        self._fit_head()

    def event(self, event: QEvent) -> bool:
        """Qt's virtual: another stage has another question."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit_head()
        return super().event(event)

    def _fit_head(self) -> None:
        """Keep the question in one line: the words of the pager go for it, then its size."""
        # Before the parts were laid out anew: a resize comes here first.
        sides = self._middle.contentsMargins()
        taken = sides.left() + sides.right() + self._middle.spacing() + self.votes.width()
        room = self.width() - taken - RING
        pager = 0.0 if self.pager.isHidden() else self.pager.buttons_width() + _HEAD_GAP
        words = 0.0 if self.pager.isHidden() else self.pager.words_width()
        small = self.question.one_line_width(small=False) + pager > room
        asked = self.question.one_line_width(small=small)
        self.question.set_small(small)
        self.pager.words.setVisible(asked + pager + words <= room)
