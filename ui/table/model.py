"""One kind of object as a table model over the open workspace; edits change it row by row."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from journey.edit import Changes
from journey.model.ids import JourneyId, Kind, Ref
from journey.model.workspace import Entity, Workspace
from ui.table.cells import Cell, Cells
from ui.table.columns import Column, columns_of, shown_at_first
from ui.table.found import Found
from ui.table.names import Names, journey_of
from ui.table.order import has_journey, in_scope, natural_order
from ui.table.rows import PastedCell, PastedRow
from ui.table.sorting import Filter, Key, SortBy, matcher, ordered
from ui.table.values import Context, read, text_of
from ui.table.words import column_label, tr

if TYPE_CHECKING:
    from ui.document import DocumentModel

Index = QModelIndex | QPersistentModelIndex
_READ: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_EDIT: Final = _READ | Qt.ItemFlag.ItemIsEditable
_PLACES: Final = ("position", "stage", "touchpoint", "source", "target")


class TableModel(QAbstractTableModel):
    """The rows of one kind: objects, then rows being pasted, then one to type a new object in.

    Attributes:
        recounted: there are more, fewer or other rows.
    """

    recounted = Signal()

    def __init__(
        self, document: "DocumentModel", kind: Kind, found: Found, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.document, self.kind, self.found = document, kind, found
        self.names = Names(document.workspace)
        self._cells = Cells(Context(document.workspace, kind, self.names), found)
        self.journey: JourneyId | None = None
        self.columns: tuple[Column, ...] = ()
        self.filters: dict[str, Filter] = {}
        self.sorted_by: tuple[SortBy, ...] = ()
        self.rows: list[str] = []
        self.pasted: list[PastedRow] = []
        self.draft: dict[str, object] = {}
        self._over: dict[str, PastedRow] = {}
        self._at: dict[str, int] = {}
        self._all_columns = {column.key: column for column in columns_of(kind)}
        self.show_columns(shown_at_first(kind))

    # -- what it is about -----------------------------------------------------------------------

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""
        return self.document.workspace

    @property
    def context(self) -> Context:
        """What texts are read against."""
        return Context(self.workspace, self.kind, self.names)

    @property
    def ghosts(self) -> int:
        """How many of the rows being pasted are new."""
        return sum(1 for row in self.pasted if row.is_new) if self.pasted else 0

    @property
    def new_row(self) -> int:
        """The row to type a new object in."""
        return len(self.rows) + self.ghosts

    @property
    def total(self) -> int:
        """How many rows there are without filters."""
        ws = self.workspace
        table = ws.table(self.kind)
        if self.journey is None or not has_journey(self.kind):
            return len(table)
        return sum(1 for entity in table.values() if in_scope(ws, entity, self.journey))

    def column(self, key: str) -> Column:
        """Return a column by its key, shown or not."""
        return self._all_columns[key]

    def place_of(self, key: str) -> int:
        """Return where a column is shown, −1 where it is hidden."""
        return next((i for i, column in enumerate(self.columns) if column.key == key), -1)

    def label(self, column: Column) -> str:
        """Return a column's name."""
        return column_label(self.kind, column, self.workspace.info.currency, self.found.unit)

    def entity(self, row: int) -> Entity | None:
        """Return a row's object, None for a row that is no object yet."""
        if 0 <= row < len(self.rows):
            return self.workspace.find(Ref(self.kind, self.rows[row]))
        return None

    def ref(self, row: int) -> Ref | None:
        """Return what a row stands for."""
        return Ref(self.kind, self.rows[row]) if 0 <= row < len(self.rows) else None

    def row_of(self, ref: Ref) -> int:
        """Return the row of an object, −1 where it is not among them."""
        return self._at.get(ref.id, -1) if ref.kind is self.kind else -1

    def ghost(self, row: int) -> PastedRow | None:
        """Return the new row being pasted that stands in a row."""
        if not self.pasted:
            return None
        at = row - len(self.rows)
        fresh = [one for one in self.pasted if one.is_new]
        return fresh[at] if 0 <= at < len(fresh) else None

    def pasted_into(self, row: int) -> PastedRow | None:
        """Return what is being pasted into a row, new or not."""
        if 0 <= row < len(self.rows):
            return self._over.get(self.rows[row])
        return self.ghost(row)

    def home(self, row: int) -> JourneyId | None:
        """Return the journey a row's names are those of."""
        entity = self.entity(row)
        return self.journey if entity is None else journey_of(self.workspace, entity)

    # -- cells -----------------------------------------------------------------------------------

    def value(self, row: int, column: Column) -> object:
        """Return the value of a cell that can be edited."""
        entity = self.entity(row)
        if entity is not None:
            return read(self.workspace, entity, column)
        return self.draft.get(column.key) if row == self.new_row else None

    def cell(self, row: int, column: Column) -> Cell:
        """Return what a cell shows."""
        entity = self.entity(row)
        if entity is not None:
            return self.cell_of(entity, column)
        ghost = self.ghost(row)
        if ghost is not None:
            pasted = ghost.cells.get(column.key)
            return Cell(pasted.shown or pasted.text) if pasted else Cell()
        value = self.draft.get(column.key)
        return Cell(text_of(self.context, column, value, self.journey)) if value else Cell()

    def cell_of(self, entity: Entity, column: Column) -> Cell:
        """Return what an object's cell shows."""
        return self._cells.of(entity, column)

    def key_of(self, row_id: str, key: str) -> Key:
        """Return what a row is sorted by in a column."""
        entity = self.workspace.find(Ref(self.kind, row_id))
        return None if entity is None else self.cell_of(entity, self._all_columns[key]).key

    # -- which rows and columns ------------------------------------------------------------------

    def show_columns(self, keys: Sequence[str]) -> None:
        """Show these columns in this order; unknown ones are passed over, the first always."""
        known = [self._all_columns[key] for key in dict.fromkeys(keys) if key in self._all_columns]
        first = columns_of(self.kind)[0]
        if first not in known:
            known.insert(0, first)
        if tuple(known) != self.columns:
            self.beginResetModel()
            self.columns = tuple(known)
            self.endResetModel()

    def set_journey(self, journey: JourneyId | None) -> None:
        """Show the rows of one journey, or (None) of all."""
        self.journey = journey
        self.refresh()

    def set_filter(self, key: str, wanted: Filter) -> None:
        """Filter by a column; an empty filter lets all through."""
        if wanted:
            self.filters[key] = wanted
        else:
            self.filters.pop(key, None)
        self.refresh()

    def clear_filters(self) -> None:
        """Show all rows."""
        self.filters.clear()
        self.refresh()

    def is_bad(self, key: str) -> bool:
        """Whether a column's filter is no figure and filters nothing."""
        wanted = self.filters.get(key)
        return wanted is not None and matcher(self._all_columns[key], wanted) is None

    def set_sort(self, by: Sequence[SortBy]) -> None:
        """Sort the rows there are by columns; nothing: as on the map."""
        self.sorted_by = tuple(by)
        self._arrange()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def refresh(self) -> None:
        """Look through all rows again: which are shown, in which order."""
        rows = self._sorted(self._kept(natural_order(self.workspace, self.kind, self.journey)))
        if rows != self.rows:
            self.beginResetModel()
            self.rows = rows
            self._number()
            self.endResetModel()
        self.recounted.emit()

    def _kept(self, rows: Sequence[str]) -> list[str]:
        """Return the rows every filter lets through."""
        result = list(rows)
        for key, wanted in self.filters.items():
            column = self._all_columns[key]
            keeps = matcher(column, wanted)
            if keeps is None:
                continue
            result = [row for row in result if keeps(*self._text_and_key(row, column))]
        return result

    def _text_and_key(self, row: str, column: Column) -> tuple[str, Key]:
        entity = self.workspace.find(Ref(self.kind, row))
        cell = self.cell_of(entity, column) if entity is not None else Cell()
        return cell.text, cell.key

    def _sorted(self, rows: list[str]) -> list[str]:
        return ordered(rows, self.sorted_by, self.key_of) if self.sorted_by else rows

    def _arrange(self) -> None:
        """Put the rows there are into their order; what is selected stays selected."""
        shown = set(self.rows)
        natural = natural_order(self.workspace, self.kind, self.journey)
        rows = self._sorted([row for row in natural if row in shown])
        if rows == self.rows:
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        old = self.rows
        self.rows = rows
        self._number()
        after = [
            self.index(self._at[old[i.row()]], i.column()) if i.row() < len(old) else i
            for i in before
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _number(self) -> None:
        self._at = {row: number for number, row in enumerate(self.rows)}

    # -- following the workspace -----------------------------------------------------------------

    def absorb(self, changes: Changes, *, own: bool) -> None:
        """Follow an edit; `own`: it was made here, so rows stay where they are."""
        ws = self.workspace
        self.names.forget(changes.kinds)
        mine = [c for c in changes.items if c.ref.kind is self.kind]
        self._remove([c.ref.id for c in mine if c.after is None])
        made = [c.after for c in mine if c.after is not None and c.before is None]
        fresh = [e.id for e in made if e.id not in self._at and in_scope(ws, e, self.journey)]
        self._append(fresh)
        moved = bool(fresh) or any(_moved(c.before, c.after) for c in mine)
        if moved and not own and not self.sorted_by:
            self._arrange()
        self._repaint(changes, mine)
        if len(mine) != len([c for c in mine if c.before and c.after]):
            self.recounted.emit()

    def _repaint(self, changes: Changes, mine: Sequence[object]) -> None:
        """Say which cells are others now."""
        rows = [self._at[c.ref.id] for c in changes.items if c.ref.id in self._at]
        last = len(self.columns) - 1
        beyond = changes.kinds != {self.kind} or any(c.computed for c in self.columns)
        if not mine or (beyond and len(changes.kinds) > 1) or len(rows) > 1:
            self.repaint_all()
        elif rows:
            self.dataChanged.emit(self.index(rows[0], 0), self.index(rows[0], last))

    def repaint_all(self) -> None:
        """Every cell may be another: figures came, or a name is another."""
        bottom = self.index(self.rowCount() - 1, len(self.columns) - 1)
        self.dataChanged.emit(self.index(0, 0), bottom)

    def _remove(self, gone: Iterable[str]) -> None:
        """Take rows out, neighbours together, from the bottom up."""
        places = sorted((self._at[one] for one in gone if one in self._at), reverse=True)
        for _, run in groupby(enumerate(places), key=lambda pair: pair[0] + pair[1]):
            rows = [row for _, row in run]
            self.beginRemoveRows(QModelIndex(), rows[-1], rows[0])
            del self.rows[rows[-1] : rows[0] + 1]
            self.endRemoveRows()
        if places:
            self._number()

    def _append(self, fresh: Sequence[str]) -> None:
        if fresh:
            first = len(self.rows)
            self.beginInsertRows(QModelIndex(), first, first + len(fresh) - 1)
            self.rows.extend(fresh)
            self._number()
            self.endInsertRows()

    # -- rows that are no objects yet --------------------------------------------------------------

    def show_pasted(self, rows: Sequence[PastedRow]) -> None:
        """Show what would be pasted, without keeping any of it; nothing: take it away."""
        first, before = len(self.rows), self.ghosts
        if before:
            self.beginRemoveRows(QModelIndex(), first, first + before - 1)
            self.pasted = []
            self.endRemoveRows()
        fresh = [row for row in rows if row.is_new]
        if fresh:
            self.beginInsertRows(QModelIndex(), first, first + len(fresh) - 1)
        self.pasted = list(rows)
        self._over = {row.id: row for row in rows if row.id}
        if fresh:
            self.endInsertRows()
        self.repaint_all()

    def set_draft(self, values: Mapping[str, object]) -> None:
        """Show what was typed of a new row that cannot be a row yet."""
        self.draft = dict(values)
        row = self.new_row
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))

    # -- Qt's virtuals --------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Qt's virtual: the last row is the one to type in."""
        return 0 if parent.isValid() else self.new_row + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Qt's virtual."""
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt's virtual."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        locked = self.columns[index.column()].computed or self.document.read_only
        return _READ if locked else _EDIT

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt's virtual: the text of a cell, and the cell in words for a screen reader."""
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.cell(index.row(), column).text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._aloud(index.row(), column)
        return None

    def _aloud(self, row: int, column: Column) -> str:
        parts = [self.label(column), self.cell(row, column).text or tr("empty")]
        if column.computed:
            parts.append(tr("computed"))
        pasted = self.pasted_into(row)
        cell: PastedCell | None = pasted.cells.get(column.key) if pasted is not None else None
        if cell is not None:
            parts.append(tr("to be pasted: {0}").format(cell.shown or cell.text))
            parts.append(cell.reason)
        if row == self.new_row:
            parts.append(tr("new row"))
        return ", ".join(part for part in parts if part)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Qt's virtual: the columns' names and the rows' numbers."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if orientation == Qt.Orientation.Horizontal:
            inside = 0 <= section < len(self.columns)
            return self.label(self.columns[section]) if inside else None
        if section < len(self.rows):
            return str(section + 1)
        return tr("new")


def _moved(before: Entity | None, after: Entity | None) -> bool:
    """Whether an object stands elsewhere now."""
    return any(getattr(before, n, None) != getattr(after, n, None) for n in _PLACES)
