"""The filter by leader: one pill each, on as many lines as they take."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget

from ui.priorities.lines import ALL_LEADERS, UNASSIGNED, LeaderCount
from ui.shell.widgets.choices import LeaderPill

_GAP = 8


class LeaderPills(QWidget):
    """All leaders, each leader, Unassigned; fires `chosen` with a leader's id, "*" or ""."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.tr("Filter by leader"))
        self._group = QButtonGroup(self)
        self._pills: dict[str, LeaderPill] = {}
        self._shown: tuple[LeaderCount, ...] = ()
        self._current = ALL_LEADERS

    @property
    def current(self) -> str:
        """The leader chosen: an id, "*" for all, "" for none."""
        return self._current

    def set_leaders(self, total: int, leaders: Sequence[LeaderCount]) -> None:
        """Show other leaders or counts; the choice stays where it still can."""
        shown = (LeaderCount(ALL_LEADERS, self.tr("All leaders"), total), *leaders)
        if [leader.id for leader in shown] != [leader.id for leader in self._shown]:
            self._rebuild(shown)
        for leader in shown:
            self._pills[leader.id].set_leader(leader.name, leader.count)
        self._shown = shown
        if self._current not in self._pills:
            self._current = ALL_LEADERS
        self._pills[self._current].setChecked(True)
        self._place(self.width())
        self.updateGeometry()

    def choose(self, leader: str) -> None:
        """Choose a leader without firing `chosen`."""
        if leader in self._pills:
            self._current = leader
            self._pills[leader].setChecked(True)

    def _rebuild(self, shown: Sequence[LeaderCount]) -> None:
        for pill in self._pills.values():
            self._group.removeButton(pill)
            pill.hide()
            pill.deleteLater()
        self._pills = {}
        icons = {ALL_LEADERS: "users-three", UNASSIGNED: "circle-dashed"}
        for leader in shown:
            pill = LeaderPill(leader.name, leader.count, icons.get(leader.id, ""), self)
            pill.setProperty("leader", leader.id)
            pill.clicked.connect(self._on_clicked)
            self._group.addButton(pill)
            self._pills[leader.id] = pill
            pill.show()

    def _on_clicked(self) -> None:
        pill = self.sender()
        if pill is not None:
            self._current = str(pill.property("leader"))
            self.chosen.emit(self._current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual: arrows go to the neighbour and choose it."""
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self._pills:
            super().keyPressEvent(event)
            return
        ids = list(self._pills)
        place = max(0, min(len(ids) - 1, ids.index(self._current) + step))
        self._pills[ids[place]].setFocus(Qt.FocusReason.TabFocusReason)
        self._pills[ids[place]].click()

    # Lines of pills

    def hasHeightForWidth(self) -> bool:
        """Qt's virtual."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt's virtual: as many lines as the pills take."""
        return self._place(width, dry=True)

    def sizeHint(self) -> QSize:
        """Qt's virtual: one line."""
        wide = sum(pill.sizeHint().width() + _GAP for pill in self._pills.values())
        return QSize(max(wide - _GAP, 0), self.heightForWidth(max(wide, 1)))

    def minimumSizeHint(self) -> QSize:
        """Qt's virtual."""
        widest = max((pill.sizeHint().width() for pill in self._pills.values()), default=0)
        return QSize(widest, 28)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's virtual."""
        super().resizeEvent(event)
        self._place(self.width())

    def _place(self, width: int, *, dry: bool = False) -> int:
        """Lay the pills out in a width; return the height they take."""
        left = top = high = 0
        for pill in self._pills.values():
            size = pill.sizeHint()
            if left and left + size.width() > width:
                left, top = 0, top + size.height() + _GAP
            if not dry:
                pill.setGeometry(left, top, size.width(), size.height())
            left += size.width() + _GAP
            high = top + size.height()
        return high
