"""The Evidence screen: sources, touchpoints, and what the evidence says of one of them."""

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from journey.edit import Changes
from journey.evidence.figures import Figures
from journey.model.ids import Kind, PainPointId, QuestionId, Ref, TouchpointId
from journey.model.workspace import Workspace
from ui.evidence import words
from ui.evidence.acts import Acts
from ui.evidence.detail import Detail
from ui.evidence.empty import EmptyEvidence
from ui.evidence.places import ChipLegend, PlaceRows, PlacesPanel, place_rows
from ui.evidence.sources import SourcesPanel, source_rows
from ui.evidence.tools import Tools
from ui.evidence.work import Compute, Computed, Count, Counted, Found, Look, Search
from ui.jobs import JobResult, Jobs
from ui.session import Session
from ui.shell.notices import fault_lines
from ui.shell.widgets.surfaces import InlineMessage, MessageKind

if TYPE_CHECKING:
    from journey.evidence.answers import Answers

_WAIT_MS: Final = 200
_NARROW: Final = 1400
# Edits of these kinds change nothing that stands here.
_SILENT: Final = frozenset(
    {
        Kind.LANE,
        Kind.NOTE,
        Kind.STRENGTH,
        Kind.PERSONA,
        Kind.QUARTER,
        Kind.IMPROVEMENT,
        Kind.TRANSITION,
    }
)
_RECOUNT: Final = frozenset(
    {Kind.SURVEY, Kind.QUESTION, Kind.SEGMENT, Kind.WORKSPACE, Kind.ASSUMPTIONS}
)


class EvidenceScreen(QWidget):
    """Follows a session and wires itself to it.

    Attributes:
        import_requested: a person brings a file. noted: (icon, sentence) for the status bar.
        show_on_map: Ref of a touchpoint.
    """

    import_requested = Signal()
    noted = Signal(str, str)
    show_on_map = Signal(object)

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs = session, jobs
        self._search = Search()
        self._generation = self._comments_asked = 0
        self._stale = True
        self._unfilled = self._unfollowed = False
        self._stored: dict[str, Any] = {}
        self._told_alerts: set[tuple[str, str]] = set()
        self.figures: Figures | None = None
        self.answers: Answers | None = None
        self.sources = SourcesPanel()
        self.places = PlaceRows()
        self.legend = ChipLegend(self._workspace.info.minimum_n)
        self.detail = Detail()
        self.tools = Tools(session, jobs, self)
        self.acts = Acts(session, jobs, self)
        self.alert = InlineMessage(MessageKind.WARNING, "", icon_name="bell", closable=True)
        self.message = InlineMessage(MessageKind.WARNING, "", closable=True)
        self.behind = InlineMessage(MessageKind.INFO, "", icon_name="chart-bar", closable=True)
        self.empty = EmptyEvidence()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._read)
        self._build()
        self._connect()
        self._fill()

    @property
    def _workspace(self) -> Workspace:
        return self._session.document.workspace

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sources)
        self._middle = PlacesPanel(self.places, self.legend, self.tools.button)
        row.addWidget(self._middle)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        self._banners = QWidget()
        banners = QVBoxLayout(self._banners)
        banners.setContentsMargins(20, 12, 20, 0)
        banners.setSpacing(8)
        for banner in (self.behind, self.alert, self.message):
            banner.hide()
            banners.addWidget(banner)
        self._banners.hide()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.detail)
        self._stack.addWidget(self.empty)
        right.addWidget(self._banners)
        right.addWidget(self._stack, 1)
        row.addLayout(right, 1)
        self.setFocusProxy(self.places)

    def _connect(self) -> None:
        session, detail, comments = self._session, self.detail, self.detail.comments
        session.document.changed.connect(self._on_changed)
        session.journey_changed.connect(self._fill)
        session.selection.changed.connect(self._on_selection)
        session.findings.evidence_changed.connect(self._on_evidence)
        self.places.chosen.connect(self._on_place)
        self.sources.import_requested.connect(self.import_requested)
        self.sources.rows_wanted.connect(self.acts.ask_refused)
        self.sources.mapping_wanted.connect(self.acts.open_mapping)
        self.sources.removal_wanted.connect(self.acts.remove)
        self.empty.import_requested.connect(self.import_requested)
        self.empty.churn_requested.connect(self.tools.open_churn)
        detail.picture_made.connect(self.acts.save_picture)
        detail.noted.connect(self.noted)
        detail.comments_wanted.connect(self._look)
        detail.head.map_wanted.connect(self._on_map_wanted)
        comments.wanted.connect(self._look)
        comments.rule_wanted.connect(self._on_rule_wanted)
        comments.apply_wanted.connect(self._on_apply)
        self.acts.coded.connect(comments.drop_codings)
        self.acts.noted.connect(self.noted)
        self.acts.failed.connect(self._fail)
        for banner in (self.behind, self.alert, self.message):
            banner.dismissed.connect(self._on_dismissed)
        self.tools.failed.connect(self._fail)
        self.tools.rule_ordered.connect(self.acts.code)
        self.tools.kept.connect(self._on_kept)

    # What is shown

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's virtual: what was edited and came in meanwhile is shown now."""
        super().showEvent(event)
        self._catch_up()
        if self._stale:
            self._read()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's virtual: a narrow window has narrower lists."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        self.sources.setFixedWidth(212 if narrow else 256)
        self._middle.setFixedWidth(270 if narrow else 300)

    @property
    def is_stale(self) -> bool:
        """Whether the latest edit is not in the figures shown yet."""
        return self._stale

    @property
    def touchpoint(self) -> TouchpointId | None:
        """The touchpoint shown; None: what belongs to none."""
        return self.detail.touchpoint

    def show_touchpoint(self, touchpoint: TouchpointId | None) -> None:
        """Show a touchpoint's evidence."""
        self._catch_up()
        self.places.choose(self.places.row_of(touchpoint))
        self._show_detail(touchpoint)

    def show_answers(self, ref: Ref) -> None:
        """Show the answers behind a pain point: those at its touchpoint, in its journey."""
        pain = self._workspace.pain_points.get(PainPointId(ref.id))
        if ref.kind is not Kind.PAIN_POINT or pain is None:
            return
        self._catch_up()
        if self.places.row_of(pain.touchpoint) < 0:
            self._session.show_journey(pain.journey)
            self._session.selection.set(ref, self)
        self.show_touchpoint(pain.touchpoint)
        told = words.tr("Answers at the touchpoint of “{0}”")
        self.behind.set_words(told.format(pain.title))
        self.behind.show()
        self._fit_banners()

    def _fill(self) -> None:
        """Show everything that needs no reading."""
        self._unfilled = False
        ws = self._workspace
        by_place = self.figures.by_touchpoint if self.figures else {}
        self.sources.set_sources(
            source_rows(ws, self._stored), read_only=self._session.document.read_only
        )
        written = any(source.comments for source in self._stored.values())
        rows = place_rows(ws, self._session.journey, by_place, comments=written)
        self.places.set_rows(rows)
        self.legend.set_minimum(ws.info.minimum_n)
        has_any = bool(ws.surveys or ws.kpis or ws.event_logs or ws.purchase_logs or by_place)
        self.empty.show_state(without_places=has_any)
        placed = has_any and self.places.count() > 0
        self._stack.setCurrentWidget(self.detail if placed else self.empty)
        self.legend.setVisible(bool(self.places.count()))
        if self.places.current < 0 and self.places.count():
            self.places.choose(self._first_row())
        row = self.places.current
        if row >= 0:
            self._show_detail(self.places.rows[row].touchpoint)
        self._tell_alerts()

    def _first_row(self) -> int:
        """Return the row of what is selected, else the first with an answer."""
        if (row := self._selected_row()) >= 0:
            return row
        by_place = self.figures.by_touchpoint if self.figures else {}
        asked = (i for i, r in enumerate(self.places.rows) if by_place.get(r.touchpoint))
        return next(asked, 0)

    def _show_detail(self, touchpoint: TouchpointId | None) -> None:
        found = self.figures
        questions = found.by_touchpoint.get(touchpoint, ()) if found else ()
        quarter = found.quarter if found else None
        elsewhere = touchpoint is not None and self.places.row_of(None) >= 0
        self.detail.comments.elsewhere = elsewhere
        self.detail.show_place(self._workspace, touchpoint, questions, quarter)
        self.tools.set_place(
            self._place_name(touchpoint), self.detail.current, self.answers, quarter
        )
        self._look()

    def _place_name(self, touchpoint: TouchpointId | None) -> str:
        place = self._workspace.touchpoints.get(touchpoint) if touchpoint else None
        return place.name if place else words.tr("Whole company")

    # Reading

    def _read(self) -> None:
        """Count and compute again; what is shown stays until the answer is there."""
        self._timer.stop()
        self._stale = True
        if not self.isVisible():
            return
        self._generation += 1
        work = Count(self._generation, self._session.document.storage, self._workspace.copy())
        self._jobs.store(work, self._on_counted)

    def _on_counted(self, result: JobResult) -> None:
        found = result.value
        if result.error is not None:
            self._fail(result.error)
        elif isinstance(found, Counted) and found.number == self._generation:
            self._stored = found.sources
            evidence = self._session.findings.evidence
            quarter = evidence.quarter if evidence is not None else None
            self._jobs.compute(Compute(found, quarter), self._on_computed)

    def _on_computed(self, result: JobResult) -> None:
        found = result.value
        if result.error is not None:
            self._fail(result.error)
        elif isinstance(found, Computed) and found.number == self._generation:
            self.figures, self.answers, self._stale = found.figures, found.answers, False
            self._fill()

    def _look(self) -> None:
        """Find the comments of the touchpoint shown."""
        if not self.isVisible() or self.figures is None:
            return
        from storage.evidence.comments import Asked

        self._comments_asked += 1
        card = self.detail.comments
        asked = Asked(
            self.detail.touchpoint,
            self.figures.quarter,
            card.search.text(),
            card.limit,
            unmasked=not card.masking.isChecked(),
        )
        questions = tuple(QuestionId(f.question.id) for f in self.detail.questions[:1])
        document = self._session.document.storage
        work = Look(self._comments_asked, document, self._search, asked, questions)
        self._jobs.store(work, self._on_looked)

    def _on_looked(self, result: JobResult) -> None:
        found = result.value
        if result.error is not None:
            self._fail(result.error)
        elif isinstance(found, Found) and found.number == self._comments_asked:
            self.detail.comments.set_page(found.page)  # type: ignore[arg-type]  # what Look found

    def _tell_alerts(self) -> None:
        """Tell of touchpoints that fell, once for each quarter and question."""
        found = self.figures
        fallen = found.alerts if found else ()
        new = {(a.quarter, str(a.question)) for a in fallen}
        if not fallen:
            self.alert.hide()
        elif new - self._told_alerts:
            ws = self._workspace
            told = [
                words.alert_sentence(
                    a, self._place_name(a.touchpoint), ws.questions[a.question].metric
                )
                for a in fallen[:3]
            ]
            if len(fallen) > 3:
                told.append(words.tr("and {0} more").format(len(fallen) - 3))
            title = words.count_word(
                len(fallen),
                words.tr("touchpoint fell beyond its own history"),
                words.tr("touchpoints fell beyond their own history"),
            )
            self.alert.set_words(title, ". ".join(told))
            self.alert.show()
            self.noted.emit("bell", title)
        self._told_alerts = new
        self._fit_banners()

    def _fit_banners(self) -> None:
        told = (self.behind, self.alert, self.message)
        self._banners.setVisible(not all(banner.isHidden() for banner in told))

    def _fail(self, error: object) -> None:
        assert isinstance(error, BaseException)
        lines = fault_lines(error)
        self.message.set_words(lines[0], " ".join(lines[1:]))
        self.message.show()
        self._fit_banners()

    # Following

    def _on_changed(self, changes: Changes, _origin: object) -> None:
        kinds = changes.kinds - _SILENT
        if kinds & _RECOUNT or Kind.KPI in kinds or Kind.OBSERVATION in kinds:
            self._stale = True
            self._timer.start()
        self._unfilled = self._unfilled or bool(kinds)
        if self.isVisible():
            self._catch_up()

    def _catch_up(self) -> None:
        """Show what was edited and selected while nobody looked."""
        if self._unfilled:
            self._fill()
        selected, self._unfollowed = self._unfollowed, False
        row = self._selected_row() if selected else -1
        if row >= 0 and row != self.places.current:
            self.show_touchpoint(self.places.rows[row].touchpoint)

    def _on_evidence(self) -> None:
        self._read()

    def _on_selection(self, origin: object) -> None:
        self._unfollowed = origin is not self
        if self.isVisible():
            self._catch_up()

    def _selected_row(self) -> int:
        current = self._session.selection.current
        if current is None or current.kind is not Kind.TOUCHPOINT:
            return -1
        return self.places.row_of(TouchpointId(current.id))

    # What people do

    def _on_place(self, row: int) -> None:
        touchpoint = self.places.rows[row].touchpoint
        self.behind.hide()
        self._fit_banners()
        self._show_detail(touchpoint)
        if touchpoint is not None:
            self._session.selection.set(Ref(Kind.TOUCHPOINT, touchpoint), self)

    def _on_map_wanted(self) -> None:
        if self.touchpoint is not None:
            self.show_on_map.emit(Ref(Kind.TOUCHPOINT, self.touchpoint))

    def _on_dismissed(self) -> None:
        sender = self.sender()
        if isinstance(sender, QWidget):
            sender.hide()
        self._fit_banners()

    def _on_rule_wanted(self) -> None:
        self.tools.open_rule(self.detail.touchpoint, self.detail.comments.search.text())

    def _on_kept(self, figures: object) -> None:
        self.acts.keep_figures(figures, self.tools.quarter)

    def _on_apply(self) -> None:
        self.acts.code(tuple(self.detail.comments.codings.values()))
