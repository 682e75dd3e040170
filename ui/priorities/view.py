"""The Priorities screen: the ranked list per leader or for all, with its assumptions."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from journey.model.ids import Kind, Ref
from journey.model.workspace import Workspace
from journey.priority.result import Basis, Level, Ranking
from ui import numbers
from ui.document import DocumentModel
from ui.priorities import words
from ui.priorities.assumptions import AssumptionsPanel
from ui.priorities.empty import EmptyList
from ui.priorities.figures import figures_of
from ui.priorities.footer import ListFooter
from ui.priorities.head import ListHead
from ui.priorities.header import FIRST_ASCENDING
from ui.priorities.lines import ALL_LEADERS, LineKind, Sort, leader_counts, lines_of
from ui.priorities.list_view import RankingList
from ui.priorities.scatter import ValueEffort
from ui.selection import Selection
from ui.shell.icons import channel_icon
from ui.shell.theme import active_theme
from ui.shell.widgets.panel_handle import PanelHandle
from ui.shell.widgets.surfaces import InlineMessage, MessageKind

_PANEL_FROM: Final = 1340  # narrower, the assumptions fold into a handle
_LOW: Final = 724  # what the bars leave of a window 800 high; lower, the head takes one row
# What the banner of an index says already.
_IN_BANNER: Final = frozenset({"no_volumes", "no_value"})


class PrioritiesView(QWidget):
    """Shows a Ranking that someone else computes.

    Attributes:
        export_requested, import_requested, map_requested: a button was pressed.
        show_on_map: Ref of a pain point. enter_customers: tuple of segment Refs to fill in.
    """

    export_requested = Signal()
    import_requested = Signal()
    map_requested = Signal()
    show_on_map = Signal(object)
    enter_customers = Signal(object)

    def __init__(
        self,
        document: DocumentModel | None = None,
        selection: Selection | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ranking: Ranking | None = None
        self._workspace: Workspace | None = None
        self._selection: Selection | None = None
        self._sort, self._ascending = Sort.SCORE, False
        self._computing = False
        self._panel_wanted: bool | None = None
        self.list = RankingList()
        self.scatter = ValueEffort()
        self.head = ListHead()
        self.pills, self.views = self.head.pills, self.head.views
        self.assumptions = AssumptionsPanel()
        self.empty = EmptyList()
        self._build()
        self.setFocusProxy(self.list)
        self._connect()
        self.set_document(document)
        self.set_selection(selection)
        self.set_ranking(None, document.workspace if document else None)
        self._make_room()  # before it has a size, so that the panel does not set the least width

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        main = QVBoxLayout()
        main.setContentsMargins(0, 14, 0, 0)
        main.setSpacing(12)
        main.addWidget(self.head)
        self.banner = InlineMessage(MessageKind.WARNING, "", icon_name="currency-eur")
        self.banner.add_action("customers", self.tr("Enter customers"))
        self.opinion_banner = InlineMessage(
            MessageKind.WARNING,
            self.tr("Opinion, not measured"),
            self.tr("No answer and no KPI stands behind this order."),
            icon_name="users-three",
        )
        self.opinion_banner.add_action("import", self.tr("Import a survey"))
        banners = QVBoxLayout()
        banners.setContentsMargins(20, 0, 20, 0)
        banners.addWidget(self.banner)
        banners.addWidget(self.opinion_banner)
        main.addLayout(banners)
        self._stack = QStackedWidget()
        for page in (self.list, self.scatter, self.empty):
            self._stack.addWidget(page)
        body = QHBoxLayout()
        body.setContentsMargins(8, 0, 8, 0)
        body.addWidget(self._stack)
        foot = QVBoxLayout()
        foot.setSpacing(0)
        foot.addLayout(body, 1)
        self.footer = ListFooter()
        foot.addWidget(self.footer)
        main.addLayout(foot, 1)
        row.addLayout(main, 1)
        self.handle = PanelHandle("sliders-horizontal")
        row.addWidget(self.assumptions)
        row.addWidget(self.handle)

    def _connect(self) -> None:
        self.pills.chosen.connect(self._relist)
        self.views.chosen.connect(self._show_page)
        self.head.export_button.clicked.connect(self.export_requested)
        self.list.chosen.connect(self._on_chosen)
        self.list.show_on_map.connect(self.show_on_map)
        self.list.header.sort_chosen.connect(self._on_sort)
        self.scatter.chosen.connect(self._on_chosen)
        self.banner.action_chosen.connect(self._on_banner)
        self.opinion_banner.action_chosen.connect(self._on_import)
        self.empty.map_requested.connect(self.map_requested)
        self.empty.import_requested.connect(self.import_requested)
        self.handle.panel_wanted.connect(self._on_panel)

    # What is shown

    def set_document(self, document: DocumentModel | None) -> None:
        """Let the assumptions of a document be edited here; None: of none."""
        self.assumptions.set_document(document)

    def set_selection(self, selection: Selection | None) -> None:
        """Follow a selection and write to it."""
        if self._selection is not None:
            self._selection.changed.disconnect(self._on_selection)
        self._selection = selection
        if selection is not None:
            selection.changed.connect(self._on_selection)
            self._on_selection(None)

    def set_ranking(self, ranking: Ranking | None, workspace: Workspace | None) -> None:
        """Show a ranking of a workspace; None: there is none (yet)."""
        self._ranking, self._workspace = ranking, workspace
        self._computing = False
        items = ranking.items if ranking else ()
        self.pills.set_leaders(len(items), leader_counts(ranking) if ranking else ())
        self.pills.setVisible(bool(items))
        self.footer.setVisible(bool(items))
        self.views.setVisible(bool(items))
        self.head.export_button.setEnabled(bool(items))
        self._tell_basis()
        self._relist()
        self._retitle()

    def set_computing(self, computing: bool) -> None:
        """Say that a newer ranking is on its way; the list stays as it is."""
        self._computing = computing
        self._retitle()
        self._show_page()

    @property
    def selected_ref(self) -> Ref | None:
        """The pain point chosen in the list."""
        return self.list.selected_ref

    def reveal(self, ref: Ref) -> None:
        """Show a pain point's row, opened; the filter by leader goes where it hides the row."""
        if self.list.ranking_model.row_of(ref.id) < 0:
            self.pills.choose(ALL_LEADERS)
            self._relist()
        self.views.set_current("list")
        self._show_page()
        self.list.choose(ref, open_it=True)

    @property
    def leader(self) -> str:
        """The leader whose rows are shown: an id, "*" for all, "" for none."""
        return self.pills.current

    def _relist(self) -> None:
        ranking = self._ranking
        chosen, was_open = self.list.selected_ref, self.list.is_open()
        scrolled = self.list.verticalScrollBar().value()
        if self._selection is not None and self._selection.current is not None:
            chosen = self._selection.current
        self.list.close_detail()
        figures = figures_of(ranking) if ranking else None
        lines = lines_of(ranking, self.leader, self._sort, self._ascending) if ranking else []
        self.list.ranking_model.set_lines(lines, figures, self._icons(), self._opinions())
        self.list.header.set_figures(figures)
        self.list.choose(chosen, open_it=was_open)
        if not was_open:
            self.list.verticalScrollBar().setValue(scrolled)
        items = [line.item for line in lines if line.item and line.kind is LineKind.ITEM]
        self.scatter.set_items(items, figures)
        self.scatter.choose(chosen)
        basis = ranking.basis if ranking else Basis.MONEY
        self.footer.set_items(items, basis)
        self._show_page()

    def _icons(self) -> Mapping[str, str]:
        if self._ranking is None or self._workspace is None:
            return {}
        found: dict[str, str] = {}
        for item in self._ranking.items:
            touchpoint = (
                self._workspace.touchpoints.get(item.touchpoint) if item.touchpoint else None
            )
            if touchpoint is not None:
                found[item.pain_point] = channel_icon(touchpoint.channel)
        return found

    def _opinions(self) -> Mapping[str, str]:
        if self._ranking is None or self._workspace is None:
            return {}
        pains = self._workspace.pain_points
        return {
            item.pain_point: words.opinion(pains.get(item.pain_point))
            for item in self._ranking.items
            if item.level is Level.E
        }

    def _show_page(self) -> None:
        if self._ranking is None or not self._ranking.items:
            has_pains = bool(self._workspace and self._workspace.pain_points)
            self.empty.tell(has_pains=has_pains, computing=self._computing)
            self._turn_to(self.empty)
        elif self.views.current() == "scatter":
            self._turn_to(self.scatter)
        else:
            self._turn_to(self.list)

    def _turn_to(self, page: QWidget) -> None:
        """Show a page and hand it the keyboard where the page before had it."""
        before, held = self._stack.currentWidget(), QApplication.focusWidget()
        has_keys = (
            before is not None
            and before is not page
            and held is not None
            and (held is before or before.isAncestorOf(held))
        )  # fmt: skip
        self.setFocusProxy(page)
        self._stack.setCurrentWidget(page)
        if has_keys:
            # Qt would go to the next in the row of Tab and ring it as if a key had been pressed.
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _retitle(self) -> None:
        ranking = self._ranking
        if self._computing:
            text = self.tr("Computing the ranking …")
        elif ranking is None or not ranking.items:
            text = self.tr("What to fix first, for each leader")
        else:
            text = self._what_is_ranked(ranking)
        self.head.subtitle.set_text(text)
        self._tell_notes()

    def _what_is_ranked(self, ranking: Ranking) -> str:
        how = self.tr("{0} draws, seed {1}").format(numbers.number(ranking.draws, 0), ranking.seed)
        if ranking.basis is Basis.MONEY:
            what = self.tr("Customer value kept, for each year's customers, per day of work")
        elif ranking.basis is Basis.INDEX and ranking.index_unit == "moved_per_1000":
            what = self.tr("Customers no longer let down, per 1 000, per day of work")
        elif ranking.basis is Basis.INDEX:
            what = self.tr("Customers kept, per 1 000, per day of work")
        else:
            what = self.tr("Order by the workshop's classes and votes")
        return " · ".join((what, how))

    def _tell_basis(self) -> None:
        ranking = self._ranking
        basis = ranking.basis if ranking is not None and ranking.items else Basis.MONEY
        self.banner.setVisible(basis is Basis.INDEX)
        self.opinion_banner.setVisible(basis is Basis.ORDER)
        if basis is Basis.INDEX:
            self.banner.set_words(self.tr("Index, not money"), self._why_index())

    def _tell_notes(self) -> None:
        """Say under the list what the ranking rests on; a low window has the subtitle there."""
        ranking = self._ranking
        notes = (
            [self.head.subtitle.text()] if self.head.is_low and ranking and ranking.items else []
        )
        if ranking is not None and ranking.items:
            said = self.banner.isVisibleTo(self)
            notes += [words.told(w) for w in ranking.warnings if not (said and w in _IN_BANNER)]
        self.footer.set_notes(" · ".join(note.rstrip(".") for note in notes))

    def _why_index(self) -> str:
        """Return which segments lack customers or value."""
        segments = self._workspace.segments.values() if self._workspace else ()
        if not segments:
            return self.tr("No segment with customers a year is known, so no row shows money.")
        customers = [s.name for s in segments if s.customers_per_year is None]
        value = [s.name for s in segments if s.value_if_retained is None]
        if customers and customers == value:
            told = self.tr(
                "Customers a year and the value of a kept customer are not known for {0}, "
                "so no row shows money."
            )
            return told.format(", ".join(sorted(customers)))
        parts: list[str] = []
        if customers:
            told = self.tr("Customers a year are not known for {0}, so no row shows money.")
            parts.append(told.format(", ".join(sorted(customers))))
        if value:
            told = self.tr("The value of a kept customer is not known for {0}.")
            parts.append(told.format(", ".join(sorted(value))))
        return " ".join(parts) or self.tr("Some answers name no segment with customers a year.")

    # What people do

    def _on_sort(self, column: object) -> None:
        if not isinstance(column, Sort):
            return
        first = column in FIRST_ASCENDING
        self._ascending = not self._ascending if column is self._sort else first
        self._sort = column
        self._relist()
        self.list.header.set_sort(self._sort, self._ascending)

    def _on_chosen(self, ref: object) -> None:
        if isinstance(ref, Ref):
            if self.sender() is self.scatter:
                self.list.choose(ref)
            else:
                self.scatter.choose(ref)
            if self._selection is not None:
                self._selection.set(ref, self)

    def _on_selection(self, origin: object) -> None:
        if self._selection is None or origin is self:
            return
        current = self._selection.current
        self.list.choose(current)
        self.scatter.choose(current)

    def _on_banner(self) -> None:
        segments = self._workspace.segments.values() if self._workspace else ()
        missing = tuple(
            Ref(Kind.SEGMENT, s.id)
            for s in segments
            if s.customers_per_year is None or s.value_if_retained is None
        )
        self._on_panel(True)
        self.assumptions.focus_missing()
        self.enter_customers.emit(missing)

    def _on_import(self) -> None:
        self.import_requested.emit()

    # Room

    def _on_panel(self, wanted: bool) -> None:
        self._panel_wanted = wanted
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's virtual."""
        super().resizeEvent(event)
        self._make_room()
        low = self.height() < _LOW
        if low != self.head.is_low:
            self.head.set_low(low)
            self._tell_notes()

    def _make_room(self) -> None:
        wide = self.width() >= _PANEL_FROM
        shown = wide if self._panel_wanted is None else self._panel_wanted
        self.assumptions.setVisible(shown)
        self.handle.setVisible(not wide or not shown)
        changed = self.assumptions.changed_count
        note = self.tr("{0} changed").format(changed) if changed else ""
        self.handle.set_words(self.tr("Assumptions"), note)
        self.handle.set_shown(shown)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual: the list stands on the surface."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), active_theme().surface)
