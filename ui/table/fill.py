"""Filling down: the handle at the range's corner, its preview, and the command it becomes."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect

from journey.edit import Command
from journey.model.ids import Ref
from ui.table.columns import Column
from ui.table.edits import as_one, set_values
from ui.table.words import tr

if TYPE_CHECKING:
    from ui.table.grid import Grid

HANDLE = 9


@dataclass(frozen=True, slots=True)
class Range:
    """A block of cells, both ends inside."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def rows(self) -> int:
        """How many rows."""
        return self.bottom - self.top + 1

    @property
    def cells(self) -> int:
        """How many cells."""
        return self.rows * (self.right - self.left + 1)


class Fill(QObject):
    """Drags the handle of the one range that is selected."""

    def __init__(self, grid: "Grid") -> None:
        super().__init__(grid)
        self._grid = grid
        self.source: Range | None = None
        self.bottom = -1

    @property
    def is_dragged(self) -> bool:
        """Whether the handle is held."""
        return self.source is not None

    def handle(self) -> QRect:
        """Return where the handle is in the viewport; empty where there is none."""
        block = self._grid.block()
        if block is None or self._grid.document.read_only:
            return QRect()
        frame = self._grid.frame_of(block)
        corner = frame.bottomRight() - QPoint(HANDLE // 2, HANDLE // 2)
        return QRect(corner.x(), corner.y(), HANDLE, HANDLE)

    def grab(self, place: QPoint) -> bool:
        """Take the handle, if it is there."""
        if self.handle().adjusted(-3, -3, 3, 3).contains(place):
            self.source = self._grid.block()
            assert self.source is not None
            self.bottom = self.source.bottom
            return True
        return False

    def drag(self, place: QPoint) -> None:
        """Fill as far as the pointer is."""
        assert self.source is not None
        row = self._grid.rowAt(place.y())
        last = len(self._grid.table.rows) - 1
        self.bottom = max(self.source.bottom, min(row if row >= 0 else last, last))
        self._grid.viewport().update()

    def words(self) -> str:
        """Return what letting go would do."""
        source = self.source
        if source is None or self.bottom <= source.bottom:
            return ""
        cells = (self.bottom - source.bottom) * (source.right - source.left + 1)
        column = self._grid.table.columns[source.left]
        first = self._grid.table.cell(source.bottom, column).text or tr("empty")
        return tr("Fill {0} cells down: {1}").format(cells, first)

    def value_at(self, row: int, column: int) -> str | None:
        """Return the text a cell would get from the drag going on."""
        source = self.source
        if source is None or not source.left <= column <= source.right:
            return None
        if not source.bottom < row <= self.bottom:
            return None
        from_row = source.top + (row - source.top) % source.rows
        shown = self._grid.table.columns[column]
        return None if shown.computed else self._grid.table.cell(from_row, shown).text

    def drop(self) -> None:
        """Let go: keep what is shown."""
        source, bottom = self.source, self.bottom
        self.cancel()
        if source is not None and bottom > source.bottom:
            self.run(source, bottom)

    def cancel(self) -> None:
        """Let go and keep nothing."""
        self.source, self.bottom = None, -1
        self._grid.viewport().update()

    def down(self) -> None:
        """Fill the selected range from its first row; a single row from the one above it."""
        block = self._grid.block()
        if block is None:
            return
        top = block.top - 1 if block.rows == 1 else block.top
        bottom = min(block.bottom, len(self._grid.table.rows) - 1)
        if top >= 0 and bottom > top:
            self.run(Range(top, block.left, top, block.right), bottom)

    def run(self, source: Range, bottom: int) -> None:
        """Repeat the source's rows down to a row, as one step."""
        command = self.command(source, bottom)
        if command is not None and self._grid.acts.run(command):
            self._grid.select_block(Range(source.top, source.left, bottom, source.right))

    def command(self, source: Range, bottom: int) -> Command | None:
        """Return the step that fills; None where nothing would be another."""
        table = self._grid.table
        columns = [c for c in table.columns[source.left : source.right + 1] if not c.computed]
        changes: dict[Ref, dict[str, object]] = {}
        for row in range(source.bottom + 1, bottom + 1):
            origin = source.top + (row - source.top) % source.rows
            carried = {c.field: self._carried(origin, row, c) for c in columns}
            values = {name: value for name, value in carried.items() if value is not _KEEP}
            ref = table.ref(row)
            if values and ref is not None:
                changes[ref] = values
        if not changes:
            return None
        commands = set_values(table.workspace, changes)
        return as_one(commands, "change", table.kind, len(changes))

    def _carried(self, origin: int, row: int, column: Column) -> object:
        """Return the value a row gets, _KEEP where it has it already or cannot have it."""
        table = self._grid.table
        value = table.value(origin, column)
        return _KEEP if value == table.value(row, column) else value


_KEEP = object()
