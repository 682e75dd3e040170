"""The foot of the list: how many rows of each basis, what bars and letters stand for."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from journey.priority.result import Basis, Level, RankedItem
from ui.priorities import words
from ui.shell.theme import active_theme
from ui.shell.widgets.evidence import IntervalBar, LevelBadge
from ui.shell.widgets.labels import PlainLabel, WrapLabel
from ui.shell.widgets.marks import Interval, IntervalScale

_LINE: Final = 24
_EDGE, _GAP, _PAD = 20, 18, 6
_KEY_BAR: Final = QSize(40, 18)


class _Entry(QWidget):
    """A badge and its words."""

    def __init__(self, level: Level, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(7)
        row.addWidget(LevelBadge(level.value, 18))
        row.addWidget(PlainLabel(words.legend(level), "sticky", 400, "text_2"))


class IntervalKey(QWidget):
    """A small interval bar and what its parts stand for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(7)
        bar = IntervalBar(Interval(-2.0, -1.1, 0.0, 1.1, 2.0), IntervalScale(-2.0, 2.0))
        bar.setFixedSize(_KEY_BAR)
        row.addWidget(bar)
        row.addWidget(PlainLabel(words.interval_key(), "sticky", 400, "text_2"))


class ListFooter(QWidget):
    """Notes, then counts at the left and the legend of marks at the right or under them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.notes = WrapLabel("", "sticky", 400, "text_2", self)
        self.notes.hide()
        self._counts = PlainLabel("", "sticky", 400, "text_2", self)
        self.interval_key = IntervalKey(self)
        self._entries = {level: _Entry(level, self) for level in Level}
        self.set_items((), Basis.MONEY)

    def set_items(self, items: Sequence[RankedItem], basis: Basis) -> None:
        """Count other rows."""
        self._counts.setText(words.totals(items, basis) if items else "")
        present = {item.level for item in items}
        bars = any(i.value_mean is not None or i.index_mean is not None for i in items)
        self.interval_key.setVisible(bars)
        for level, entry in self._entries.items():
            entry.setVisible(level in present)
        self._place(self.width())
        self.updateGeometry()

    def set_notes(self, text: str) -> None:
        """Say in a line above the counts what the list rests on; "" takes the line away."""
        self.notes.set_text(text)
        self.notes.setVisible(bool(text))
        self._place(self.width())
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """Qt's virtual."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt's virtual: one line, or more where the words need them."""
        return self._place(width, dry=True)

    def sizeHint(self) -> QSize:
        """Qt's virtual."""
        return QSize(900, self.heightForWidth(900))

    def minimumSizeHint(self) -> QSize:
        """Qt's virtual."""
        return QSize(240, _LINE + 2 * _PAD)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's virtual."""
        super().resizeEvent(event)
        self._place(self.width())

    def _place(self, width: int, *, dry: bool = False) -> int:
        """Lay counts and legend out in a width; return the height they take."""
        marks: tuple[QWidget, ...] = (self.interval_key, *self._entries.values())
        entries = [mark for mark in marks if not mark.isHidden()]
        sizes = [entry.sizeHint().width() for entry in entries]
        legend = sum(sizes) + _GAP * max(len(sizes) - 1, 0)
        counts, room = self._counts.sizeHint().width(), width - 2 * _EDGE
        noted = self.notes.heightForWidth(room) + _PAD if self.notes.text() else 0
        first = _PAD + noted
        top, left = first, _EDGE
        if counts + 2 * _GAP + legend <= room:
            left = width - _EDGE - legend
        elif entries:
            top += _LINE
        if not dry:
            self.notes.setGeometry(_EDGE, _PAD + 1, room, max(noted - _PAD, 0))
            self._counts.setGeometry(_EDGE, first, min(counts, room), _LINE)
        for entry, size in zip(entries, sizes, strict=True):
            if left > _EDGE and left + size > width - _EDGE:
                left, top = _EDGE, top + _LINE
            if not dry:
                entry.setGeometry(left, top, size, _LINE)
            left += size + _GAP
        return top + _LINE + _PAD

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual: a quiet ground and a hairline above."""
        theme = active_theme()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.window)
            painter.fillRect(QRectF(0, 0, self.width(), 1), theme.hairline)
