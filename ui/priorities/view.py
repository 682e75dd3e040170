"""The Priorities screen: the ranked list per leader or for all, with its assumptions."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from journey.model.assumptions import Assumptions
from journey.model.ids import Kind, Ref
from journey.model.workspace import Workspace
from journey.priority.result import Basis, RankedItem, Ranking
from ui.document import DocumentModel
from ui.findings import Findings
from ui.priorities import words
from ui.priorities.banners import Banners
from ui.priorities.basis_words import what_is_ranked
from ui.priorities.figures import Figures, figures_beside
from ui.priorities.footer import ListFooter
from ui.priorities.head import ListHead
from ui.priorities.header import FIRST_ASCENDING
from ui.priorities.lines import ALL_LEADERS, Line, LineKind, Sort, leader_counts, lines_of
from ui.priorities.live import Live
from ui.priorities.looked import Looked
from ui.priorities.pages import Pages
from ui.priorities.row_facts import icons_of, opinions_of
from ui.priorities.side import Side
from ui.selection import Selection
from ui.shell.theme import active_theme

if TYPE_CHECKING:
    from journey.decision.scenarios import ScenarioRow
    from journey.priority.source import PainFacts
    from journey.quarter.record import PainCount

_LOW: Final = 724  # what the bars leave of a window 800 high; lower, the head takes one row
# What the banner of an index says already.
_IN_BANNER: Final = frozenset({"no_volumes", "no_value"})


class PrioritiesView(QWidget):
    """Shows a Ranking that someone else computes.

    Attributes:
        export_requested, import_requested, map_requested: a button was pressed.
        show_on_map: Ref of a pain point. enter_customers: tuple of segment Refs to fill in.
        answers_wanted: Ref of a pain point whose counts are to be shown here; answers_requested:
            whose answers are to be shown on the Evidence screen.
    """

    export_requested = Signal()
    import_requested = Signal()
    map_requested = Signal()
    show_on_map = Signal(object)
    enter_customers = Signal(object)
    answers_wanted = Signal(object)
    answers_requested = Signal(object)

    def __init__(
        self,
        document: DocumentModel | None = None,
        selection: Selection | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ranking: Ranking | None = None
        self._settled: Ranking | None = None
        self._workspace: Workspace | None = None
        self._selection: Selection | None = None
        self._sort, self._ascending = Sort.SCORE, False
        self._computing = self._comparing = False
        self.pages, self.banners = Pages(), Banners()
        self.list, self.scatter = self.pages.list, self.pages.scatter
        self.methods, self.scenarios = self.pages.methods, self.pages.scenarios
        self.empty, self.banner = self.pages.empty, self.banners.index
        self.head = ListHead()
        self.pills, self.views = self.head.pills, self.head.views
        self.filters = self.head.filters
        self.side = Side()
        self.assumptions, self.answers = self.side.assumptions, self.side.answers
        self.handle = self.side.handle
        self.looked = Looked()
        self.live: Live | None = None
        self._build()
        self.setFocusProxy(self.list)
        self._connect()
        self.set_document(document)
        self.set_selection(selection)
        self.set_ranking(None, document.workspace if document else None)
        self.side.fit(0)  # before it has a size, so that the panel does not set the least width

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        main = QVBoxLayout()
        main.setContentsMargins(0, 14, 0, 0)
        main.setSpacing(12)
        main.addWidget(self.head)
        main.addWidget(self.banners)
        body = QHBoxLayout()
        body.setContentsMargins(8, 0, 8, 0)
        body.addWidget(self.pages)
        foot = QVBoxLayout()
        foot.setSpacing(0)
        foot.addLayout(body, 1)
        self.footer = ListFooter()
        foot.addWidget(self.footer)
        main.addLayout(foot, 1)
        row.addLayout(main, 1)
        row.addWidget(self.side)

    def _connect(self) -> None:
        self.pills.chosen.connect(self._relist)
        self.views.chosen.connect(self._on_view)
        self.head.export_button.clicked.connect(self.export_requested)
        self.list.chosen.connect(self._on_chosen)
        self.list.show_on_map.connect(self.show_on_map)
        self.list.header.sort_chosen.connect(self._on_sort)
        self.list.answers_wanted.connect(self.answers_wanted)
        self.scatter.chosen.connect(self._on_chosen)
        self.methods.chosen.connect(self._on_chosen)
        self.scenarios.closed.connect(self._on_scenarios_closed)
        self.side.answers_closed.connect(self._on_answers_closed)
        self.answers.answers_requested.connect(self.answers_requested)
        self.filters.changed.connect(self._relist)
        self.banners.customers_wanted.connect(self._on_banner)
        self.banners.import_wanted.connect(self.import_requested)
        self.empty.map_requested.connect(self.map_requested)
        self.empty.import_requested.connect(self.import_requested)
        self.empty.customers_requested.connect(self._on_banner)

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

    def set_findings(self, findings: Findings) -> None:
        """Follow the findings of a session: the list while a slider is dragged, the side panel."""
        self.live = Live(findings, self)

    def set_preview(self, ranking: Ranking | None) -> None:
        """Show a list that is only tried out, on the scale of the settled one; None ends it."""
        if self._settled is None:
            return
        self._ranking = ranking or self._settled
        before = self.list.places()
        self._relist()
        self.list.slide_from(before)
        self._retitle()

    def set_ranking(self, ranking: Ranking | None, workspace: Workspace | None) -> None:
        """Show a ranking of a workspace; None: there is none (yet)."""
        before = self.list.places()
        self._ranking, self._workspace = ranking, workspace
        self._settled = ranking
        self._computing = False
        if self.live is not None:
            self.looked = self.live.look_again()
        items = ranking.items if ranking else ()
        listed = bool(items) and not self.looked.missing
        self.pills.set_leaders(len(items), leader_counts(ranking) if ranking else ())
        self.filters.set_ranking(ranking, workspace)
        self.pills.setVisible(listed)
        self.filters.setVisible(listed or bool(self.looked.missing))
        self.filters.set_rows_shown(listed)
        self.footer.setVisible(listed)
        self.views.setVisible(listed)
        self.head.export_button.setEnabled(listed)
        self.banners.tell(ranking, workspace, self.looked)
        self._relist()
        self.list.slide_from(before)
        self._retitle()
        if self.live is not None:
            self.live.follow(ranking, workspace)
        shown = self.answers.ref
        if self.side.has_answers and shown is not None:
            self.answers_wanted.emit(shown)

    def set_computing(self, computing: bool) -> None:
        """Say that a newer ranking is on its way; the list stays as it is."""
        self._computing = computing
        self.assumptions.set_computing(computing)
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
            self.filters.clear()
            self._relist()
        if self.looked.missing:
            self.banners.all_wanted.emit()
        self.views.set_current("list")
        self._show_page()
        self.list.choose(ref, open_it=True)

    @property
    def leader(self) -> str:
        """The leader whose rows are shown: an id, "*" for all, "" for none."""
        return self.pills.current

    def _relist(self) -> None:
        ranking, workspace = self._ranking, self._workspace
        chosen, was_open = self.list.selected_ref, self.list.is_open()
        scrolled = self.list.verticalScrollBar().value()
        if self._selection is not None and self._selection.current is not None:
            chosen = self._selection.current
        self.list.close_detail()
        figures = figures_beside(ranking, self._settled) if ranking else None
        lines = self._lines(ranking) if ranking else []
        model = self.list.ranking_model
        model.set_ranking(ranking)
        icons, opinions = icons_of(ranking, workspace), opinions_of(ranking, workspace)
        model.set_lines(lines, figures, icons, opinions)
        self.list.header.set_figures(figures)
        self.list.choose(chosen, open_it=was_open)
        if not was_open:
            self.list.verticalScrollBar().setValue(scrolled)
        items = [line.item for line in lines if line.item and line.kind is LineKind.ITEM]
        self.methods.set_shown(frozenset(str(item.pain_point) for item in items))
        self.scatter.set_items(items, figures)
        self.scatter.choose(chosen)
        basis = ranking.basis if ranking else Basis.MONEY
        self.footer.set_items(items, basis)
        self._show_page()

    def _lines(self, ranking: Ranking) -> list[Line]:
        chosen, workspace = self.filters.filter, self._workspace

        def keep(item: RankedItem) -> bool:
            return chosen.passes(item, workspace)

        return lines_of(
            ranking, self.leader, self._sort, self._ascending,
            keep=None if chosen.is_empty else keep,
        )  # fmt: skip

    def _show_page(self) -> None:
        missing = bool(self.looked.missing)
        if self._ranking is None or not self._ranking.items or missing:
            has_pains = bool(self._workspace and self._workspace.pain_points)
            self.empty.tell(has_pains=has_pains, computing=self._computing, looked=self.looked)
            page: QWidget = self.empty
        else:
            page = self.scenarios if self._comparing else self.pages.named(self.views.current())
        self.setFocusProxy(page)
        self.pages.turn_to(page)

    def _retitle(self) -> None:
        ranking = self._ranking
        if self._computing:
            text = self.tr("Computing the ranking …")
        elif ranking is not self._settled:
            text = self.tr("Tried out: let go of the slider to keep it")
        elif ranking is None or not ranking.items:
            text = self.tr("What to fix first, for each leader")
        else:
            text = what_is_ranked(ranking)
        self.head.subtitle.set_text(text)
        self._tell_notes()

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
            self.pages.choose(ref, self.sender())
            if self._selection is not None:
                self._selection.set(ref, self)

    def _on_selection(self, origin: object) -> None:
        if self._selection is None or origin is self:
            return
        self.pages.choose(self._selection.current)

    def _on_view(self, _name: str) -> None:
        self._comparing = False
        self._show_page()

    def show_methods(self) -> None:
        """Show the tab of the other methods."""
        self.views.set_current("methods")
        self._on_view("methods")

    def show_scenarios(
        self, rows: "Sequence[ScenarioRow]", figures: Figures, now: Assumptions, other: Assumptions
    ) -> None:
        """Show two lists side by side, until it is closed or another view is chosen."""
        self.scenarios.show_scenarios(rows, figures, now, other)
        self._comparing = True
        self._show_page()
        self.scenarios.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_scenarios_closed(self) -> None:
        self._comparing = False
        self._show_page()

    def show_answers(
        self,
        item: RankedItem,
        facts: "PainFacts | None",
        workspace: Workspace,
        kept: "PainCount | None" = None,
    ) -> None:
        """Show the counts behind a row in place of the side panel."""
        self.side.show_answers(item, facts, workspace, kept)

    def _on_answers_closed(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_banner(self) -> None:
        segments = self._workspace.segments.values() if self._workspace else ()
        missing = tuple(
            Ref(Kind.SEGMENT, s.id)
            for s in segments
            if s.customers_per_year is None or s.value_if_retained is None
        )
        self.side.want_assumptions(True)
        self.assumptions.focus_missing()
        self.enter_customers.emit(missing)

    # Room

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's virtual."""
        super().resizeEvent(event)
        self.side.fit(self.width())
        low = self.height() < _LOW
        if low != self.head.is_low:
            self.head.set_low(low)
            self._tell_notes()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's virtual: what the side panel shows is asked for now."""
        super().showEvent(event)
        if self.live is not None:
            self.live.look()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual: the list stands on the surface."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), active_theme().surface)
