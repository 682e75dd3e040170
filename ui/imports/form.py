"""A short form of columns to pick, captions above, and rows of names matched to the map."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.imports.bands import SIDE, Band, captioned
from ui.imports.first_paint import lay_out_now
from ui.imports.reading import Picker
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import PlainLabel, WrapLabel

_ACROSS = 4
# Rows that are made at once: some ten milliseconds of the window's thread, with their layout.
AT_ONCE: Final = 3
# What waits for the window's thread, as a painting, goes before the next of them.
_REST_MS: Final = 10
_NAME, _NOTE, _PICK = 220, 96, 240  # widths of a row's parts, logical pixels
_WIDE: Final = 1_000  # a row this wide has room for a doubt beside its pickers


class ColumnForm(QWidget):
    """Pickers of columns, four in a row.

    Attributes:
        chosen: (key, column name, "" for none).
    """

    chosen = Signal(str, str)

    def __init__(self, asked: Sequence[tuple[str, str, bool]], none: str) -> None:
        """Take (key, caption, whether it is needed) of each, and what no column is called."""
        super().__init__()
        self._none = none
        self._needed = {key: needed for key, _, needed in asked}
        self.pickers = {key: Picker(caption, stays=True) for key, caption, _ in asked}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        for at, (key, caption, _) in enumerate(asked):
            picker = self.pickers[key]
            picker.setMinimumWidth(150)
            picker.picked.connect(lambda value, key=key: self.chosen.emit(key, str(value)))
            grid.addLayout(captioned(caption, picker), at // _ACROSS, at % _ACROSS)
        for column in range(_ACROSS):
            grid.setColumnStretch(column, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_columns(self, columns: Sequence[str], values: dict[str, str | None]) -> None:
        """Offer these columns and show which were chosen."""
        for key, picker in self.pickers.items():
            entries: list[tuple[object, str]] = [(name, name) for name in columns]
            if not self._needed[key]:
                entries.insert(0, ("", self._none))
            picker.set_entries(entries, values.get(key) or "")
            picker.setPlaceholderText(self.tr("Choose"))


def match_headings(name: str, note: str, match: str, end: str) -> QWidget:
    """Return what stands over the parts of `MatchRow`s."""
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(SIDE, 0, SIDE, 4)
    row.setSpacing(10)
    for text, wide in ((name, _NAME), (note, _NOTE), (match, _PICK), (end, 0)):
        label = PlainLabel(text, "meta", 600, "text_2")
        if wide:
            label.setFixedWidth(wide)
        if wide == _NOTE:
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(label)
        if wide == _NOTE:
            row.addSpacing(8)
    row.addStretch(1)
    return line


class MatchRow(QWidget):
    """A name of the file and what it is on the map; a doubt has a Yes.

    Attributes:
        matched: (name, what was chosen). ended: (name, which end it is).
    """

    matched = Signal(str, str)
    ended = Signal(str, str)

    def __init__(
        self,
        name: str,
        note: str,
        entries: list[tuple[object, str]],
        ends: list[tuple[object, str]],
    ) -> None:
        super().__init__()
        self.name = name
        self._near = ""
        self._shown: tuple[str, str, str] | None = None
        self.picker = Picker(name, stays=True)
        self.picker.setFixedWidth(_PICK)
        self.picker.set_entries(entries, "")
        self.end = Picker(f"{name}: {self.tr('End')}", stays=True)
        self.end.set_entries(ends, "")
        self.yes = Button(self.tr("Yes"), "check", compact=True)
        self.yes.setAutoDefault(False)
        self._words = WrapLabel("", "sticky", 400, "text_2")
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 5, SIDE, 5)
        column.setSpacing(6)
        self._line, self._below = QHBoxLayout(), QHBoxLayout()
        for line in (self._line, self._below):
            line.setSpacing(10)
            column.addLayout(line)
        row = self._line
        label = WrapLabel(name, "base", 500)
        label.setFixedWidth(_NAME if note else _NAME + _NOTE)
        row.addWidget(label, 0, Qt.AlignmentFlag.AlignVCenter)
        if note:
            count = PlainLabel(note, "sticky", 400, "text_2")
            count.setFixedWidth(_NOTE)
            count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(count)
            row.addSpacing(8)
        row.addWidget(self.picker)
        row.addWidget(self.end)
        for line in (self._line, self._below):
            line.addStretch(1)
        self._indent = _NAME + _NOTE + (28 if note else 10)  # where the pickers stand
        self._is_wide: bool | None = None
        self._arrange(wide=True)
        self.picker.picked.connect(lambda value: self.matched.emit(self.name, str(value)))
        self.end.picked.connect(lambda value: self.ended.emit(self.name, str(value)))
        self.yes.clicked.connect(self._on_yes)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's virtual: a doubt stands beside the pickers, or below them."""
        super().resizeEvent(event)
        self._arrange(wide=self._room() >= _WIDE)

    def _room(self) -> int:
        """Return the width that is seen: the rows' own is no measure, they can be wider."""
        held = self.parentWidget()
        while held is not None and not isinstance(held, QScrollArea):
            held = held.parentWidget()
        return self.width() if held is None else held.viewport().width()

    def _arrange(self, *, wide: bool) -> None:
        if wide is self._is_wide:
            return
        self._is_wide = wide
        line = self._line if wide else self._below
        self._below.setContentsMargins(0 if wide else self._indent, 0, 0, 0)
        line.insertWidget(line.count() - 1, self.yes)
        last = line.count() - 1
        line.insertWidget(last, self._words, 100, Qt.AlignmentFlag.AlignVCenter)

    def show_match(self, value: str, near: str, words: str) -> None:
        """Show what a name is matched to, or what it may be, with a sentence."""
        if self._shown == (value, near, words) and self.picker.currentData() == value:
            return
        self._shown, self._near = (value, near, words), near
        self.picker.set_current(value)
        self.yes.setVisible(bool(near))
        if near:
            self.yes.setText(self.tr("Yes, “%1”").replace("%1", near))
        self._words.set_text(words)
        self._words.setVisible(bool(words))
        self._words.set_role("warning" if near else "text_2")

    def show_end(self, end: str) -> None:
        """Show which end it is where a case ends with it."""
        self.end.set_current(end)

    @Slot()
    def _on_yes(self) -> None:
        self.matched.emit(self.name, self._near)


class RowsArea(QScrollArea):
    """Rows under each other that scroll, with what stands above them."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._held = Band("surface")
        self.column = QVBoxLayout(self._held)
        self.column.setContentsMargins(0, 12, 0, 12)
        self.column.setSpacing(0)
        self.column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setWidget(self._held)

    def inset(self, widget: QWidget) -> None:
        """Add something with the dialog's margins."""
        row = QHBoxLayout()
        row.setContentsMargins(SIDE, 0, SIDE, 12)
        row.addWidget(widget)
        self.column.addLayout(row)


class RowsInPieces(QObject):
    """Makes rows and puts them under each other, a few at a time: between them the window lives.

    Attributes:
        whole: all rows are there.
    """

    whole = Signal()

    def __init__(self, column: QVBoxLayout, parent: QObject) -> None:
        super().__init__(parent)
        self._column = column
        self._rows: list[QWidget] = []
        self._waiting: list[Callable[[], QWidget]] = []
        self._timer = QTimer(self)
        self._timer.setInterval(_REST_MS)
        self._timer.timeout.connect(self._go_on)

    @property
    def is_whole(self) -> bool:
        """Whether no row is still to be made."""
        return not self._timer.isActive()

    def show_rows(self, made: Iterable[Callable[[], QWidget]]) -> None:
        """Take the rows there are away and make these instead.

        The first are there at once where somebody looks, else when the window is on screen: making
        the window is work enough for one turn.
        """
        for row in self._rows:
            self._column.removeWidget(row)
            row.deleteLater()
        self._rows.clear()
        self._waiting = list(made)
        self._timer.start()
        held = self._column.parentWidget()
        if held is not None and held.isVisible():
            self._go_on()

    @Slot()
    def _go_on(self) -> None:
        now, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
        some = [make() for make in now]
        for row in some:
            self._column.addWidget(row)
            row.show()  # a layout shows what it got a turn later, and squeezes it in
        self._rows += some
        if not self._waiting:
            self._timer.stop()
            self.whole.emit()
        lay_out_now()
