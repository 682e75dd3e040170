"""What is done to the selected cells and rows: clear, delete, copy, paste, fill, toggle."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication

from journey.edit import Command, Fragment, Remove
from journey.errors import EditError
from journey.model.ids import JourneyId, Ref
from ui.clipboard import cells_beyond, read_fragment, read_rows, too_many_words, write_rows
from ui.table.columns import Column, Editor
from ui.table.edits import as_one, set_values
from ui.table.fill import Range
from ui.table.pasting import Paster, Plan
from ui.table.pieces import WHOLE, as_rows, pasted_whole, taken
from ui.table.values import RefusedText, copied_text, empty_value, with_local_mark
from ui.table.words import tr
from ui.words import refusal_text

if TYPE_CHECKING:
    from ui.table.grid import Grid


class Acts(QObject):
    """Runs commands of a grid; what is refused is said in words."""

    def __init__(self, grid: "Grid") -> None:
        super().__init__(grid)
        self._grid = grid
        self.plan: Plan | None = None
        self._paster: Paster | None = None

    # -- commands -------------------------------------------------------------------------------

    def refusal(self, command: Command) -> str:
        """Run a command; return why it is refused, "" where it was done."""
        grid = self._grid
        try:
            if grid.document.read_only:
                raise EditError("read_only")
            command.validate(grid.document.workspace)
        except EditError as error:
            return refusal_text(error)
        return "" if grid.document.run(command, grid) else tr("This edit is not possible.")

    def run(self, command: Command) -> bool:
        """Run a command and say so where it is refused."""
        words = self.refusal(command)
        if words:
            self._grid.tell(words)
        return not words

    def remove_rows(self) -> None:
        """Delete the objects of the selected rows with what hangs on them."""
        grid = self._grid
        refs = grid.selected_refs()
        if refs:
            row = grid.currentIndex().row()
            place = grid.currentIndex().column()
            if self.run(Remove(refs)):
                grid.put_cursor(min(row, grid.table.new_row), place)
        elif grid.table.draft:
            grid.table.set_draft({})

    def delete(self) -> None:
        """Delete rows that are selected whole; else empty the selected cells."""
        if self._grid.document.read_only:
            self._grid.tell(refusal_text(EditError("read_only")))
        elif self._grid.whole_rows():
            self.remove_rows()
        else:
            self.clear()

    def clear(self) -> None:
        """Empty the selected cells that may be empty."""
        grid, table = self._grid, self._grid.table
        changes: dict[Ref, dict[str, object]] = {}
        kept: set[str] = set()
        for index in grid.selectedIndexes():
            column, ref = table.columns[index.column()], table.ref(index.row())
            if ref is None:
                table.set_draft({k: v for k, v in table.draft.items() if k != column.key})
            elif not column.clearable or column.computed:
                kept.add(table.label(column))
            elif table.value(index.row(), column) != empty_value(column):
                changes.setdefault(ref, {})[column.field] = empty_value(column)
        if changes:
            commands = set_values(table.workspace, changes)
            self.run(as_one(commands, "change", table.kind, len(changes)))
        elif kept:
            grid.tell(tr("{0} cannot be empty.").format(", ".join(sorted(kept))))

    def toggle(self) -> None:
        """Turn yes and no about in the selected cells, all as the current one."""
        grid, table = self._grid, self._grid.table
        current = grid.currentIndex()
        column = table.columns[current.column()]
        if column.editor is not Editor.CHECK or table.ref(current.row()) is None:
            return
        value = not table.value(current.row(), column)
        refs = grid.selected_refs() or []
        commands = set_values(table.workspace, {ref: {column.field: value} for ref in refs})
        if commands:
            self.run(as_one(commands, "change", table.kind, len(refs)))

    def set_all(self, column: Column, value: object) -> None:
        """Give the selected rows a value, as a menu does."""
        refs = self._grid.selected_refs()
        commands = set_values(
            self._grid.table.workspace, {ref: {column.field: value} for ref in refs}
        )
        if commands:
            self.run(as_one(commands, "change", self._grid.table.kind, len(refs)))

    # -- the clipboard --------------------------------------------------------------------------

    def copy(self) -> None:
        """Put the selected cells on the clipboard, as Excel writes them."""
        block = self._grid.block() or self._grid.bounds()
        if block is not None:
            rows = range(block.top, min(block.bottom, len(self._grid.table.rows) - 1) + 1)
            columns = self._grid.table.columns[block.left : block.right + 1]
            self._put(self.texts(rows, columns))

    def copy_all(self) -> None:
        """Put every row shown on the clipboard, under the names of the columns."""
        table = self._grid.table
        names = [table.label(column) for column in table.columns]
        rows = self.texts(range(len(table.rows)), table.columns)
        self._put([names, *rows])
        self._grid.noted.emit("copy", tr("{0} rows copied").format(len(rows)))

    def cut(self) -> None:
        """Copy the selected cells, then empty them or delete the rows."""
        self.copy()
        self.delete()

    def texts(self, rows: Sequence[int], columns: Sequence[Column]) -> list[list[str]]:
        """Return cells as they are copied."""
        return [[self._text(row, column) for column in columns] for row in rows]

    def _text(self, row: int, column: Column) -> str:
        table = self._grid.table
        if column.computed:
            cell = table.cell(row, column)
            known = isinstance(cell.key, float | int)
            return with_local_mark(f"{cell.key:.10g}") if known else cell.text
        return copied_text(table.context, column, table.value(row, column), table.home(row))

    def _put(self, rows: list[list[str]]) -> None:
        data = QMimeData()
        data.setText(write_rows(rows))
        QGuiApplication.clipboard().setMimeData(data)

    def paste(self) -> None:
        """Show what the clipboard's rows would become here; nothing is kept before Enter."""
        grid, table = self._grid, self._grid.table
        data = QGuiApplication.clipboard().mimeData()
        beyond = cells_beyond(data) if data is not None else 0
        if beyond:
            grid.tell(too_many_words(beyond))
            return
        rows = read_rows(data) if data is not None else []
        current = grid.currentIndex()
        if not rows or not current.isValid():
            grid.tell(tr("There are no cells on the clipboard."))
            return
        if grid.document.read_only:
            grid.tell(refusal_text(EditError("read_only")))
            return
        fragment = read_fragment(data)
        if fragment is not None and taken(fragment, table.kind):
            self._paste_objects(fragment, current.row())
            return
        block = grid.block() or Range(
            current.row(), current.column(), current.row(), current.column()
        )
        if len(rows) == 1 and len(rows[0]) == 1 and block.cells > 1:
            rows = [rows[0] * (block.right - block.left + 1)] * block.rows
        self._paster = Paster(table, grid.journey)
        self.show(self._paster.plan(rows, block.top, block.left))

    def _paste_objects(self, fragment: Fragment, row: int) -> None:
        """Take objects copied on another screen: with all that hangs on them, or row by row."""
        grid, table = self._grid, self._grid.table
        if table.kind in WHOLE:
            before = len(table.rows)
            if self.run(pasted_whole(table, fragment, grid.journey or JourneyId(""), row)):
                self._select_pasted(Plan(), before)
            return
        self._paster = Paster(table, grid.journey)
        columns = [column for column in table.columns if not column.computed]
        rows = as_rows(table.context, fragment, columns, grid.journey)
        self.show(self._paster.plan_new(rows, columns))

    def show(self, plan: Plan) -> None:
        """Show a paste and ask whether to keep it."""
        self.plan = plan
        self._grid.table.show_pasted(plan.rows)
        first = next((row for row in plan.rows if row.is_new), None)
        table = self._grid.table
        if first is not None:
            self._grid.scrollTo(table.index(table.new_row, 0))
        self._grid.paste_shown.emit(plan)

    def keep_paste(self) -> None:
        """Keep what is shown, as one step."""
        plan, paster = self.plan, self._paster
        self.drop_paste()
        if plan is None or paster is None:
            return
        try:
            command = paster.command(plan)
        except RefusedText as error:
            self._grid.tell(str(error))
            return
        before = len(self._grid.table.rows)
        if command is not None and self.run(command):
            self._select_pasted(plan, before)

    def _select_pasted(self, plan: Plan, before: int) -> None:
        grid, table = self._grid, self._grid.table
        last = len(table.rows) - 1
        if last >= before:
            grid.select_block(Range(before, 0, last, len(table.columns) - 1))
            return
        rows = [r for p in plan.rows if (r := table.row_of(Ref(table.kind, p.id))) >= 0]
        if rows:
            left = grid.currentIndex().column()
            grid.select_block(Range(min(rows), left, max(rows), left))

    def drop_paste(self) -> None:
        """Keep nothing of a paste."""
        if self.plan is not None:
            self.plan = self._paster = None
            self._grid.table.show_pasted(())
            self._grid.paste_shown.emit(None)
