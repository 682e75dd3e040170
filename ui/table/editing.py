"""Typing into a cell: which editor, what the text means, where the keyboard goes then."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QObject, Qt

from journey.edit import Add, Command
from journey.model.ids import Ref
from ui.table.columns import Column, Editor
from ui.table.editor import LineEditor, Onward, ProseEditor
from ui.table.edits import Maker, adding, as_one, named_object, set_values
from ui.table.pasting import Answer
from ui.table.values import RefusedText, UnknownName, parse, typed_text

if TYPE_CHECKING:
    from ui.table.grid import Grid


class Editing(QObject):
    """Edits one cell at a time."""

    def __init__(self, grid: "Grid") -> None:
        super().__init__(grid)
        self._grid = grid
        self.line = LineEditor(grid)
        self.prose = ProseEditor(grid)
        self._active: LineEditor | ProseEditor | None = None
        self._row_id = ""
        self._key = ""
        self._before = ""
        for editor in (self.line, self.prose):
            editor.done.connect(self._on_done)
            editor.dropped.connect(self.cancel)

    @property
    def is_active(self) -> bool:
        """Whether a cell is being typed in."""
        return self._active is not None

    @property
    def editor(self) -> LineEditor | ProseEditor | None:
        """The editor that is open."""
        return self._active

    def begin(self, index: QModelIndex, first: str | None = None, *, pick: bool = False) -> bool:
        """Edit a cell; `first` is the letter typed on it, `pick` opens the list of names."""
        grid, table = self._grid, self._grid.table
        self.finish()
        if not index.isValid() or not table.flags(index) & Qt.ItemFlag.ItemIsEditable:
            if index.isValid():
                grid.tell_locked(table.columns[index.column()])
            return False
        column = table.columns[index.column()]
        row = index.row()
        if table.ghost(row) is not None:
            return False
        grid.quiet()
        if first is None and column.editor is Editor.CHECK and not pick:
            grid.acts.toggle()
            return False
        grid.scrollTo(index)
        home = table.home(row)
        text = typed_text(table.context, column, table.value(row, column), home)
        names = [t for _, t in table.context.options(column, home).items] if _offers(column) else []
        self._row_id = table.rows[row] if row < len(table.rows) else ""
        self._key, self._before = column.key, text
        prose = column.editor is Editor.PROSE
        self._active = editor = self.prose if prose else self.line
        place = grid.visualRect(index).adjusted(-1, -1, 1, 1)
        place.translate(grid.viewport().pos())
        editor.setAccessibleName(table.label(column))
        editor.begin(place, text if first is None else first, names, typed=first is not None)
        if pick:
            editor.open_list()
        return True

    def finish(self) -> None:
        """Take what is typed, as when the focus goes elsewhere."""
        if self._active is not None:
            self._on_done(self._active.text(), Onward.LEFT_BEHIND)

    def cancel(self) -> None:
        """Drop what is typed."""
        if self._active is not None:
            self._close()

    def _close(self) -> None:
        editor, self._active = self._active, None
        if editor is not None:
            if editor.hasFocus():
                # Before it is hidden: Qt would look for the next widget, as Tab does.
                self._grid.setFocus(Qt.FocusReason.OtherFocusReason)
            editor.hide()
            # At once: a view that scrolls while a place is still uncovered paints all of it anew.
            QCoreApplication.sendPostedEvents(self._grid.window(), QEvent.Type.UpdateRequest)

    def _on_done(self, text: str, onward: Onward) -> None:
        if self._active is None:
            return
        grid, table = self._grid, self._grid.table
        column = table.column(self._key)
        row = table.row_of(Ref(table.kind, self._row_id)) if self._row_id else table.new_row
        if row < 0 or (text == self._before and onward is not Onward.ALL):
            self._close()
            grid.go(onward)
            return
        try:
            value = parse(table.context, column, text, table.home(row))
        except UnknownName as error:
            self._close()
            grid.ask_name(error, partial(self._answered, error, row, column))
            return
        except RefusedText as error:
            self._refused(str(error), onward)
            return
        self._keep(row, column, value, onward)

    def _refused(self, words: str, onward: Onward) -> None:
        """Say why; what was typed stays to be mended, unless the person has left it."""
        if onward is Onward.LEFT_BEHIND:
            self._close()
        self._grid.tell(words)

    def _answered(self, error: UnknownName, row: int, column: Column, answer: Answer) -> None:
        """Take what an unknown name was said to stand for, made in the same step if it is new."""
        table = self._grid.table
        first: tuple[Command, ...] = ()
        value: object = None
        if answer is Answer.MAKE:
            made = named_object(error.of, error.name, table.workspace, self._grid.journey)
            if made is None:
                self._grid.tell(str(error))
                return
            first, value = (Add(made),), made.id
        else:
            found = table.context.options(column, table.home(row)).find(error.nearest)
            value = found[0] if found is not None else None
        several = column.editor is Editor.NAMES
        self._keep(row, column, (value,) if several else value, Onward.DOWN, first)

    def _keep(
        self,
        row: int,
        column: Column,
        value: object,
        onward: Onward,
        first: Sequence[Command] = (),
    ) -> None:
        grid, table = self._grid, self._grid.table
        if row >= len(table.rows):
            self._close()
            if self.put_new({column.field: value}, first):
                grid.go(onward, from_new=True)
            else:
                grid.go(Onward.NEXT if onward is Onward.DOWN else onward)
            return
        rows = grid.selected_rows() if onward is Onward.ALL else [row]
        refs = [ref for one in rows if (ref := table.ref(one)) is not None]
        changes = {ref: {column.field: value} for ref in refs}
        commands = [*first, *set_values(table.workspace, changes)]
        words = grid.acts.refusal(as_one(commands, "change", table.kind, len(refs)))
        if words:
            self._refused(words, onward)
            return
        self._close()
        grid.go(onward)

    def put_new(self, values: dict[str, object], first: Sequence[Command] = ()) -> bool:
        """Add a row, or keep in the row to type in what is not enough for one yet."""
        grid, table = self._grid, self._grid.table
        draft = {**table.draft, **values}
        maker = Maker(table.workspace, grid.journey)
        if maker.missing(table.kind, draft):
            if first:
                grid.acts.run(as_one(first, "add", table.kind, 1))
            table.set_draft(draft)
            grid.tell_missing(maker.missing(table.kind, draft))
            return False
        try:
            entity = maker.make(table.kind, draft)
        except RefusedText as error:
            grid.tell(str(error))
            return False
        commands = [*first, *adding(entity, draft, table.workspace)]
        table.draft = {}
        words = grid.acts.refusal(as_one(commands, "add", table.kind, 1))
        if words:
            table.set_draft(draft)
            grid.tell(words)
        else:
            grid.made = Ref(table.kind, entity.id)
        return not words


def _offers(column: Column) -> bool:
    return column.named or column.editor is Editor.NAMES
