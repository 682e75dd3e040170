"""The bars round the grid: title and kinds above, filters under them, what is selected below."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.numbers import number
from ui.shell.theme import active_theme
from ui.shell.widgets.buttons import Button, KeyCap
from ui.shell.widgets.labels import IconLabel, PlainLabel, set_plain_tooltip
from ui.table.columns import Column
from ui.table.filters import FilterPill
from ui.table.grid import Grid
from ui.table.model import TableModel
from ui.table.sorting import SortBy, filter_words
from ui.table.words import tr


class _Bar(QWidget):
    """A bar with a hairline at its foot; `sunken` has it at its top, on the window's ground."""

    def __init__(self, high: int, parent: QWidget, *, sunken: bool = False) -> None:
        super().__init__(parent)
        self.setFixedHeight(high)
        self._sunken = sunken

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual."""
        theme = active_theme()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.window if self._sunken else theme.surface)
            y = 0 if self._sunken else self.height() - 1
            painter.fillRect(0, y, self.width(), 1, theme.hairline)


class TitleBar(_Bar):
    """The screen's name, the kinds, and what can be done with all rows."""

    def __init__(self, pills: QWidget, parent: QWidget) -> None:
        super().__init__(58, parent)
        self.new = Button(tr("New row"), "plus", parent=self)
        self.copy = Button(tr("Copy all"), "copy", parent=self)
        self.columns = Button(tr("Columns"), "columns", parent=self)
        self.columns.setCheckable(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 16, 0)
        row.setSpacing(10)
        row.addWidget(PlainLabel(tr("Table"), "screen", 600))
        row.addSpacing(8)
        row.addWidget(pills, 1)
        for button in (self.new, self.copy, self.columns):
            row.addWidget(button)

    def show_columns(self, shown: int, every: int) -> None:
        """Say how many columns are shown."""
        self.columns.setText(tr("Columns {0} of {1}").format(shown, every))


class FilterBar(_Bar):
    """The filters that are set, how many rows are left, and how they are sorted.

    Attributes:
        dropped: the key of a filter taken away. cleared: all of them. unsorted: as on the map.
        scope_asked: whether the rows of all journeys are shown.
    """

    dropped = Signal(str)
    cleared = Signal()
    unsorted = Signal()
    scope_asked = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(44, parent)
        self.label = PlainLabel(tr("Filter"), "base", 400, "text_2")
        self.count = PlainLabel("", "base", 400, "text_2")
        self.clear = Button(tr("Clear filters"), kind="link", parent=self)
        self.locked = IconLabel("lock-simple", tr("Structure locked"), role="accent", parent=self)
        set_plain_tooltip(self.locked, tr("Stages, lanes and touchpoints are locked"))
        self.locked.hide()
        self.scope = Button(tr("All journeys"), "stack", compact=True, parent=self)
        self.scope.setCheckable(True)
        self.sort = Button("", "sort-ascending", "quiet", compact=True, parent=self)
        self._pills: list[FilterPill] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(20, 0, 16, 0)
        self._row.setSpacing(10)
        for widget in (self.label, self.count, self.clear):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        self._row.addWidget(self.locked)
        self._row.addWidget(self.scope)
        self._row.addWidget(self.sort)
        self.clear.clicked.connect(self.cleared)
        self.sort.clicked.connect(self.unsorted)
        self.scope.clicked.connect(self.scope_asked)

    def show_model(self, model: TableModel, *, journeys: bool) -> None:
        """Say what a table filters and how it is sorted."""
        for old in self._pills:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._pills = []
        for place, (key, wanted) in enumerate(model.filters.items()):
            label = model.label(model.column(key)).casefold()
            pill = FilterPill(filter_words(label, model.column(key), wanted), self)
            pill.clicked.connect(lambda _on=False, one=key: self.dropped.emit(one))
            self._row.insertWidget(1 + place, pill)
            self._pills.append(pill)
        self.label.setVisible(bool(self._pills))
        self.clear.setVisible(bool(self._pills))
        shown, every = number(len(model.rows), 0), number(model.total, 0)
        words = tr("{0} of {1} rows") if self._pills else tr("{0} rows")
        self.count.setText(words.format(shown, every))
        self.scope.setVisible(journeys)
        self.sort.setVisible(bool(model.sorted_by))
        self.sort.setText(sort_words(model))


def sort_words(model: TableModel) -> str:
    """Return how rows are sorted: "by value, then by votes"."""
    parts: Sequence[SortBy] = model.sorted_by
    words = [tr("by {0}").format(_one(model, part)) for part in parts]
    return tr(", then ").join(words)


def _one(model: TableModel, part: SortBy) -> str:
    column: Column = model.column(part.key)
    label = model.label(column).casefold().partition(",")[0]
    if not part.descending:
        return label
    words = tr("{0}, highest first") if column.numeric else tr("{0}, last first")
    return words.format(label)


class Foot(_Bar):
    """What is selected, and the keys that matter here."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(34, parent, sunken=True)
        self.words = PlainLabel("", "base", 400, "text_2")
        self.lock = IconLabel("lock-simple", tr("computed, not edited here"), "base")
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 16, 0)
        row.setSpacing(6)
        row.addWidget(self.words)
        row.addSpacing(12)
        row.addWidget(self.lock)
        row.addStretch(1)
        self._keys: list[QWidget] = []
        for keys, words in (
            ("F2", tr("edit")),
            ("Tab", tr("next cell")),
            ("Ctrl+Enter", tr("all selected")),
            ("Ctrl+D", tr("fill down")),
            ("Alt+↓", tr("choose from list")),
        ):
            label = PlainLabel(words, "base", 400, "text_2")
            for widget in (KeyCap(keys, self), label):
                row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
                self._keys.append(widget)
            row.addSpacing(10)

    def follow(self, grid: Grid) -> None:
        """Say what is selected."""
        block, table = grid.block(), grid.table
        columns = table.columns
        self.lock.setVisible(any(column.computed for column in columns))
        if block is None:
            rows = len(grid.selected_rows())
            self.words.setText(tr("{0} rows").format(number(rows, 0)) if rows else "")
        elif block.cells == 1:
            label = table.label(columns[block.left])
            self.words.setText(
                tr("New row") if block.top == table.new_row else _cell_words(block.top + 1, label)
            )
        else:
            words = tr("{0} cells").format(number(block.cells, 0))
            if block.left == block.right:
                words = tr("{0} in {1}").format(words, table.label(columns[block.left]))
            total = _sum(grid)
            self.words.setText(f"{words} · {total}" if total else words)

    def set_narrow(self, narrow: bool) -> None:
        """Leave the keys out where there is no room."""
        for widget in self._keys:
            widget.setVisible(not narrow)


def _cell_words(row: int, label: str) -> str:
    return tr("Row {0}, {1}").format(number(row, 0), label)


def _sum(grid: Grid) -> str:
    """Return the sum of the selected figures, "" where a column is none."""
    block, table = grid.block(), grid.table
    if block is None or block.left != block.right or block.rows > 10_000:
        return ""
    column = table.columns[block.left]
    if not column.numeric or column.factor != 1.0:
        return ""
    keys = (table.cell(row, column).key for row in range(block.top, block.bottom + 1))
    known = [key for key in keys if isinstance(key, float | int)]
    return tr("sum {0}").format(number(sum(known))) if known else ""
