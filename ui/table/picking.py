"""What is selected in the grid: ranges, rows, objects; and where they are on the screen."""

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QRect,
)
from PySide6.QtWidgets import QTableView, QWidget

from journey.model.ids import Ref
from ui.table.columns import Column
from ui.table.fill import Range
from ui.table.model import TableModel
from ui.table.order import in_scope

if TYPE_CHECKING:
    from ui.document import DocumentModel


class Picking(QTableView):
    """A view that knows its ranges."""

    def __init__(self, document: "DocumentModel", model: TableModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.document, self.table = document, model

    def block(self) -> Range | None:
        """Return the one range that is selected, None where there are several or none."""
        ranges = self.selectionModel().selection() if self.selectionModel() else None
        if ranges is None or ranges.count() != 1:
            return None
        one = ranges.first()
        return Range(one.top(), one.left(), one.bottom(), one.right())

    def _ranges(self) -> list[QItemSelectionRange]:
        return self.selectionModel().selection().toList()

    def bounds(self) -> Range | None:
        """Return the range that holds all ranges."""
        ranges = self._ranges()
        if not ranges:
            return None
        return Range(
            min(r.top() for r in ranges),
            min(r.left() for r in ranges),
            max(r.bottom() for r in ranges),
            max(r.right() for r in ranges),
        )

    def touches(self, row: int) -> bool:
        """Whether cells of a row are selected."""
        ranges = self._ranges()
        return any(r.top() <= row <= r.bottom() for r in ranges)

    def chosen_in(self, row: int) -> list[tuple[int, int]]:
        """Return the first and last column of each selected range in a row."""
        return [(r.left(), r.right()) for r in self._ranges() if r.top() <= row <= r.bottom()]

    def rows_in(self, rect: QRect) -> range:
        """Return the rows that touch a rectangle of the viewport."""
        first, last = self.rowAt(max(rect.top(), 0)), self.rowAt(rect.bottom())
        end = last if last >= 0 else self.table.rowCount() - 1
        return range(first, end + 1) if first >= 0 else range(0)

    def selected_rows(self) -> list[int]:
        """Return the rows with selected cells, from the top."""
        ranges = self._ranges()
        return sorted({row for r in ranges for row in range(r.top(), r.bottom() + 1)})

    def selected_refs(self) -> list[Ref]:
        """Return the objects of these rows."""
        return [ref for row in self.selected_rows() if (ref := self.table.ref(row)) is not None]

    def whole_rows(self) -> bool:
        """Whether every selected row is selected from end to end."""
        last = len(self.table.columns) - 1
        ranges = self._ranges()
        return bool(ranges) and all(r.left() == 0 and r.right() == last for r in ranges)

    def select_block(self, block: Range) -> None:
        """Select a range."""
        first = self.table.index(block.top, block.left)
        last = self.table.index(block.bottom, block.right)
        picked = QItemSelection(first, last)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(first, flags.NoUpdate)
        self.selectionModel().select(picked, flags.ClearAndSelect)

    def select_rows(self, rows: list[int], column: int = 0) -> None:
        """Select a cell in each of some rows, the last the current one."""
        picked = QItemSelection()
        for row in rows:
            index = self.table.index(row, column)
            picked.select(index, index)
        flags = QItemSelectionModel.SelectionFlag
        current = self.table.index(rows[-1], column) if rows else QModelIndex()
        self.selectionModel().select(picked, flags.ClearAndSelect)
        self.selectionModel().setCurrentIndex(current, flags.NoUpdate)
        if rows:
            self.scrollTo(current)

    def put_cursor(self, row: int, column: int) -> None:
        """Make a cell the current one and the only one selected."""
        column = max(0, min(column, len(self.table.columns) - 1))
        row = max(0, min(row, self.table.rowCount() - 1))
        # Not the view's own way, which would ask which keys are held just now.
        index = self.table.index(row, column)
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.scrollTo(index)

    def texts_of(self, column: Column) -> list[str]:
        """Return the texts a column has, each once, in their order."""
        table = self.table
        seen: dict[str, object] = {}
        ws = table.workspace
        mine = (e for e in ws.table(table.kind).values() if in_scope(ws, e, table.journey))
        for entity in mine:
            cell = table.cell_of(entity, column)
            seen.setdefault(cell.text, cell.key)
        figures = all(isinstance(key, float | int) for key in seen.values() if key is not None)
        if figures:
            return sorted(seen, key=lambda t: (float(seen[t] or 0), t))  # type: ignore[arg-type]
        return sorted(seen, key=str.casefold)

    def frame_of(self, block: Range) -> QRect:
        """Return where a range is in the viewport, the hairline at its right and foot too."""
        first = self.visualRect(self.table.index(block.top, block.left))
        last = self.visualRect(self.table.index(block.bottom, block.right))
        return first.united(last)
