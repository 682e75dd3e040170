"""The Table screen: wires the grid, its bars and its panel to the session."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from journey.edit import Changes, Set
from journey.model.ids import JourneyId, Kind, Ref
from ui.jobs import Jobs
from ui.session import Session
from ui.table.asking import Asking
from ui.table.bars import FilterBar, Foot, TitleBar
from ui.table.columns import KINDS, columns_of, shown_at_first
from ui.table.columns_panel import ColumnsPanel
from ui.table.found import Found
from ui.table.grid import Grid
from ui.table.header import next_sort
from ui.table.menus import Menus
from ui.table.model import TableModel
from ui.table.order import count_in_scope, has_journey
from ui.table.pills import KindPills
from ui.table.sorting import Filter, SortBy
from ui.table.strip import Strip

_NARROW: Final = 1000
_LAYOUT: Final = "table"


class TableScreen(QWidget):
    """Every kind of object as a spreadsheet.

    Attributes:
        noted: (icon, sentence) for the status bar. show_on_map: Ref.
    """

    noted = Signal(str, str)
    show_on_map = Signal(object)

    def __init__(self, session: Session, _jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._found = Found(session.document.workspace)
        self._models: dict[Kind, TableModel] = {}
        self._every = False
        self._unsaved: dict[Kind, list[str]] = {}
        self.kind = Kind.PAIN_POINT
        self.pills = KindPills(KINDS, self)
        self.title = TitleBar(self.pills, self)
        self.filters = FilterBar(self)
        self.grid = Grid(session.document, self.model(self.kind), self)
        self.strip = Strip(self)
        self.foot = Foot(self)
        self.panel = ColumnsPanel(self)
        self.menus = Menus(self)
        self.asking = Asking(self)
        self._tell_selection = QTimer(self)
        self._tell_selection.setSingleShot(True)
        self._tell_selection.setInterval(0)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.grid)
        self._on_journey()
        self._on_evidence()
        self._on_ranking()
        self.show_kind(self.kind)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        for part in (self.title, self.filters, self.grid, self.strip, self.foot):
            left.addWidget(part)
        left.setStretch(2, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self.panel)

    def _connect(self) -> None:
        session, grid = self._session, self.grid
        session.document.changed.connect(self._on_changed)
        session.journey_changed.connect(self._on_journey)
        session.selection.changed.connect(self._on_selection)
        session.findings.evidence_changed.connect(self._on_evidence)
        session.findings.ranking_changed.connect(self._on_ranking)
        self.pills.chosen.connect(self.show_kind)
        self.title.new.clicked.connect(self.start_new_row)
        self.title.copy.clicked.connect(grid.acts.copy_all)
        self.title.columns.clicked.connect(self._on_columns_button)
        self.panel.closed.connect(self.close_columns)
        self.panel.chosen.connect(self.choose_columns)
        self.filters.dropped.connect(self._on_filter_dropped)
        self.filters.cleared.connect(self.clear_filters)
        self.filters.unsorted.connect(self._on_unsorted)
        self.filters.scope_asked.connect(self.show_every_journey)
        grid.heads.sort_asked.connect(self._on_sort_asked)
        grid.heads.filtered.connect(self.filter)
        grid.heads.menu_asked.connect(self.menus.column)
        grid.heads.ordered.connect(self.choose_columns)
        grid.menu_asked.connect(self.menus.cells)
        grid.noted.connect(self.noted)
        grid.told.connect(self.asking.tell)
        grid.asked.connect(self.asking.name)
        grid.paste_shown.connect(self.asking.paste)
        grid.settled.connect(self._tell_selection.start)
        self._tell_selection.timeout.connect(self._on_settled)

    # -- what is shown ----------------------------------------------------------------------------

    def model(self, kind: Kind) -> TableModel:
        """Return a kind's model, made when it is first shown."""
        if kind not in self._models:
            made = TableModel(self._session.document, kind, self._found, self)
            made.show_columns(self._kept_columns(kind))
            made.set_journey(self._scope)
            self._models[kind] = made
        return self._models[kind]

    @property
    def _scope(self) -> JourneyId | None:
        return None if self._every else self._session.journey

    @Slot(object)
    def finish_typing(self) -> None:
        """Keep what is being typed."""
        self.grid.editing.finish()

    def show_kind(self, kind: Kind) -> None:
        """Show another kind of object."""
        self.grid.editing.finish()
        self.grid.acts.drop_paste()
        self.asking.tell("")
        self.kind = kind
        model = self.model(kind)
        self.grid.journey = self._session.journey
        if self.grid.model() is not model:
            self.grid.show_model(model)
        self.pills.set_current(kind)
        self._follow()
        self._follow_selection()

    def _follow(self) -> None:
        """Say again how many rows and columns there are."""
        ws = self._session.document.workspace
        self.pills.show_counts({k: count_in_scope(ws, k, self._scope) for k in KINDS})
        self._follow_model()

    def _follow_model(self) -> None:
        model, every = self.grid.table, columns_of(self.kind)
        journeys = len(self._session.document.workspace.journeys) > 1 and has_journey(self.kind)
        self.title.show_columns(len(model.columns), len(every))
        self.filters.show_model(model, journeys=journeys)
        self._show_lock()
        self.foot.follow(self.grid)
        if self.panel.isVisible():
            self.panel.show_columns(model, every)

    def _show_lock(self) -> None:
        """Say whether the journey keeps its stages, lanes and touchpoints as they are."""
        journey = self._session.document.workspace.journeys.get(
            self._session.journey or JourneyId("")
        )
        self.filters.locked.setVisible(journey is not None and journey.locked)

    @Slot()
    def start_new_row(self) -> None:
        """Go to the row a new object is typed in."""
        self.grid.put_cursor(self.grid.table.new_row, 0)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(bool)
    def show_every_journey(self, every: bool) -> None:
        """Show the rows of every journey, or of the one looked at."""
        self._every = every
        self._on_journey()

    # -- filters and order ------------------------------------------------------------------------

    @Slot(str, object)
    def filter(self, key: str, wanted: Filter) -> None:
        """Filter the rows by a column."""
        self._keeping(lambda: self.grid.table.set_filter(key, wanted))

    @Slot()
    def clear_filters(self) -> None:
        """Show all rows."""
        self._keeping(self.grid.table.clear_filters)

    def _keeping(self, change: object) -> None:
        """Change which rows are shown; the current cell stays with its object."""
        grid = self.grid
        index, ref = grid.currentIndex(), grid.table.ref(grid.currentIndex().row())
        assert callable(change)
        change()
        row = grid.table.row_of(ref) if ref is not None else -1
        if row >= 0:
            grid.put_cursor(row, index.column())
        grid.heads.show_filters()
        self._follow_model()

    @Slot(str)
    def _on_filter_dropped(self, key: str) -> None:
        self.filter(key, Filter())

    def sort(self, by: Sequence[SortBy]) -> None:
        """Sort the rows; nothing: as on the map."""
        self.grid.editing.finish()
        self.grid.table.set_sort(by)
        self.grid.heads.viewport().update()
        self._follow_model()

    @Slot()
    def _on_unsorted(self) -> None:
        self.sort(())

    @Slot(str, bool)
    def _on_sort_asked(self, key: str, more: bool) -> None:
        self.sort(next_sort(self.grid.table.sorted_by, key, more=more))

    # -- columns ----------------------------------------------------------------------------------

    @Slot(bool)
    def _on_columns_button(self, on: bool) -> None:
        self.open_columns() if on else self.close_columns()

    @Slot()
    def open_columns(self) -> None:
        """Show the panel of columns."""
        self.title.columns.setChecked(True)
        self.panel.show()
        self.panel.show_columns(self.grid.table, columns_of(self.kind))
        self.panel.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def close_columns(self) -> None:
        """Hide the panel of columns."""
        self.title.columns.setChecked(False)
        self.panel.hide()
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def move_column(self, key: str, step: int) -> None:
        """Move a column one place."""
        keys = [column.key for column in self.grid.table.columns]
        at = keys.index(key)
        keys.insert(at + step, keys.pop(at))
        self.choose_columns(keys)

    @Slot(list)
    def choose_columns(self, keys: Sequence[str]) -> None:
        """Show these columns in this order; the journey keeps the choice."""
        self._show_columns(self.kind, keys)
        shown = [column.key for column in self.grid.table.columns]
        document = self._session.document
        journey = document.workspace.journeys.get(self._session.journey or JourneyId(""))
        if journey is None or document.read_only:
            self._unsaved[self.kind] = shown
            return
        kept = journey.layout.get(_LAYOUT)
        every = dict(kept) if isinstance(kept, dict) else {}
        every[self.kind.value] = shown
        layout = {**journey.layout, _LAYOUT: every}
        if layout != journey.layout:
            document.run(Set(Ref(Kind.JOURNEY, journey.id), layout=layout), self)

    def _show_columns(self, kind: Kind, keys: Sequence[str]) -> None:
        model = self.model(kind)
        if tuple(keys) == tuple(column.key for column in model.columns):
            return
        grid = self.grid
        current = grid.currentIndex()
        ref = model.ref(current.row())
        key = model.columns[current.column()].key if current.isValid() else ""
        widths = {c.key: grid.columnWidth(i) for i, c in enumerate(model.columns)}
        model.show_columns(keys)
        if grid.model() is model:
            for place, column in enumerate(model.columns):
                grid.setColumnWidth(place, widths.get(column.key, column.width))
            grid.heads.rebuild()
            row = model.row_of(ref) if ref is not None else current.row()
            grid.put_cursor(max(row, 0), max(model.place_of(key), 0))
            self._follow_model()

    def _kept_columns(self, kind: Kind) -> Sequence[str]:
        """Return the columns a journey keeps for a kind; what makes no sense is passed over."""
        journeys = self._session.document.workspace.journeys
        journey = journeys.get(self._session.journey or JourneyId(""))
        kept = journey.layout.get(_LAYOUT) if journey is not None else None
        keys = kept.get(kind.value) if isinstance(kept, dict) else None
        if kind in self._unsaved:
            return self._unsaved[kind]
        good = isinstance(keys, list | tuple) and all(isinstance(key, str) for key in keys)
        return list(keys) if good and keys else shown_at_first(kind)

    # -- one selection in all views ---------------------------------------------------------------

    @Slot()
    def _on_settled(self) -> None:
        self.foot.follow(self.grid)
        refs = self.grid.selected_refs()
        current = self.grid.table.ref(self.grid.currentIndex().row())
        if current in refs:
            refs.remove(current)
            refs.append(current)
        if self.isVisible() and refs:
            self._session.selection.set(refs, self)

    @Slot(object)
    def _on_selection(self, origin: QObject | None) -> None:
        if origin is not self and self.isVisible():
            self._follow_selection(switch=True)

    def _follow_selection(self, *, switch: bool = False) -> None:
        """Select the rows of what is selected elsewhere."""
        current = self._session.selection.current
        if current is None:
            return
        if current.kind is not self.kind and switch and current.kind in KINDS:
            self.show_kind(current.kind)
            return
        table = self.grid.table
        chosen = [r for ref in self._session.selection.refs if (r := table.row_of(ref)) >= 0]
        if chosen and chosen != self.grid.selected_rows():
            self.grid.select_rows(chosen, max(self.grid.currentIndex().column(), 0))

    # -- following --------------------------------------------------------------------------------

    @Slot(object, object)
    def _on_changed(self, changes: Changes, origin: QObject | None) -> None:
        own = origin is self.grid
        self._found.look_again(changes.kinds)
        if not own:
            self.grid.acts.drop_paste()
        for model in self._models.values():
            model.absorb(changes, own=own)
        if Kind.JOURNEY in changes.kinds:
            self._show_lock()
        if Kind.JOURNEY in changes.kinds and origin is not self:
            self._show_columns(self.kind, self._kept_columns(self.kind))
        if changes.added or changes.removed:
            self._follow()

    @Slot()
    def _on_journey(self) -> None:
        self.grid.journey = self._session.journey
        for model in self._models.values():
            if model.journey != self._scope:
                model.set_journey(self._scope)
        self._follow()

    @Slot()
    def _on_evidence(self) -> None:
        self._found.set_evidence(self._session.findings.evidence)
        self.grid.table.repaint_all()

    @Slot()
    def _on_ranking(self) -> None:
        self._found.set_ranking(self._session.findings.ranking)
        self.grid.table.repaint_all()
        self.grid.heads.viewport().update()

    # -- Qt's virtuals ----------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's virtual: what is selected elsewhere is selected here."""
        super().showEvent(event)
        self._follow_selection(switch=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's virtual."""
        super().resizeEvent(event)
        self.foot.set_narrow(self.width() < _NARROW)
