"""The screen of an open workspace: bars, rail, views and inspector around one session."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from journey.edit import Changes
from journey.model.ids import JourneyId, Kind, Ref
from journey.model.workspace import ordered_journeys
from ui.finder import Finder, FoundRow
from ui.finder.sources import object_rows
from ui.inspector import Inspector
from ui.jobs import JobProgress, JobResult, Jobs
from ui.map.view import MapView
from ui.numbers import number
from ui.offers import Offer
from ui.priorities import PrioritiesView
from ui.saving import SaveStatus
from ui.session import Session
from ui.shell.inspector_handle import InspectorHandle
from ui.shell.map_facts import MapFacts
from ui.shell.offers import offers_of
from ui.shell.rail import Rail
from ui.shell.screens import BUILDERS
from ui.shell.status_bar import RunningJob, StatusBar
from ui.shell.top_bar import TopBar
from ui.shell.widgets.choices import Choice

if TYPE_CHECKING:
    from ui.workshop import WorkshopScreen

MAP, FLOW, PRIORITIES, EVIDENCE, WORKSHOP = "map", "flow", "priorities", "evidence", "workshop"
NARROW = 1500  # under it the inspector waits behind its handle
_PICKED = frozenset({Kind.JOURNEY, Kind.PERSONA, Kind.QUARTER})


class Workbench(QWidget):
    """Shows one session and hands its findings to the views.

    Attributes:
        export_requested: a person asks for the packs of a quarter ("": the one looked at).
        import_requested: a person brings a survey.
    """

    export_requested = Signal(str)
    import_requested = Signal()
    settings_requested = Signal()
    help_requested = Signal()

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self._running: JobProgress | None = None
        self.top_bar = TopBar(self)
        self.rail = Rail(self)
        self.status_bar = StatusBar(self)
        self.map = MapView(session.document, session.selection, self)
        self.priorities = PrioritiesView(session.document, session.selection, self)
        self.priorities.set_findings(session.findings)
        self.inspector = Inspector(session.document, session.selection, self)
        self._handle = InspectorHandle(session, self)
        self._facts = MapFacts(session, self.map)
        self._list_is_stale = False
        self._inspector_wanted: bool | None = None
        self.workshop: WorkshopScreen | None = None
        self._views = QStackedWidget(self)
        self._places: dict[str, QWidget] = {MAP: self.map, PRIORITIES: self.priorities}
        for view in self._places.values():
            self._views.addWidget(view)
        self.finder = Finder(self)
        self._lay_out()
        self._connect()
        self._fill_pickers()
        self._on_journey()
        self._on_saved(session.document.save_status)
        session.findings.read()

    @property
    def screens(self) -> frozenset[str]:
        """The names of the screens there are."""
        return frozenset(self._places) | frozenset(BUILDERS)

    def place(self, name: str) -> QWidget | None:
        """Return a screen, built where it was not shown before; None for an unknown name."""
        if name not in self._places and name in BUILDERS:
            made = BUILDERS[name](self._session, self._jobs, self)
            self._places[name] = made
            self._views.addWidget(made)
            self._connect_screen(made)
        return self._places.get(name)

    def offers(self) -> list[Offer]:
        """Return what the screen shown can do now."""
        name = self.rail.current()
        return offers_of(name, self._places[name], self.map)

    def show_view(self, name: str) -> None:
        """Show a screen; the inspector goes where a list needs the room."""
        if name == WORKSHOP:
            self.open_workshop()
            return
        view = self.place(name)
        if view is not None:
            if view is self.priorities and self._list_is_stale:
                self._show_list()
            self.map.following.hold(view is not self.map)
            self._views.setCurrentWidget(view)
            self.rail.set_current(name)
            self._fit_inspector()
            view.setFocus()

    def finish_typing(self) -> None:
        """Keep what is being typed on any screen."""
        self.map.editor.finish()
        self.inspector.finish_typing()
        for place in self._places.values():
            finish = getattr(place, "finish_typing", None)
            if finish is not None:
                finish()

    @Slot()
    def open_workshop(self) -> None:
        """Run a workshop on the journey, full screen; Esc comes back here."""
        from ui.workshop import WorkshopScreen

        self.finish_typing()
        if self._session.journey is None:
            self.status_bar.set_note("info", self.tr("A workshop needs a journey."))
            return
        if self.workshop is None:
            self.workshop = WorkshopScreen(self._session, self._jobs, self)
            self.workshop.left.connect(self._on_workshop_left)
            self._connect_screen(self.workshop)
        self.workshop.begin()
        self._cover(True)

    def _cover(self, covered: bool) -> None:
        """Say whether the workshop stands before the map and what is beside it."""
        self.map.following.hold(covered or self._views.currentWidget() is not self.map)
        self.inspector.hold(covered)

    def end_workshop(self) -> None:
        """Leave the workshop if one is running; what is being typed there is kept."""
        if self.workshop is not None:
            self.workshop.leave()

    @Slot()
    def _on_workshop_left(self) -> None:
        self._cover(False)
        self.window().activateWindow()
        view = self._views.currentWidget()
        if view is self.map:
            self.map.reveal_current()
        if view is not None:
            view.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's virtual: in a narrow window the map gets the room."""
        super().resizeEvent(event)
        self.rail.set_compact(self.width() < NARROW)
        self._fit_inspector()

    def _fit_inspector(self) -> None:
        """Show the inspector beside map and flow; until it is asked for, a flow has the room."""
        view = self._views.currentWidget()
        beside = view is self.map or view is self._places.get(FLOW)
        narrow = self.width() < NARROW
        wanted = self._inspector_wanted
        shown = beside and (wanted if wanted is not None else view is self.map and not narrow)
        self.inspector.setVisible(shown)
        self._handle.setVisible(beside and (narrow or not shown))
        self._handle.set_shown(shown)

    @Slot(bool)
    def _on_inspector_wanted(self, wanted: bool) -> None:
        self._inspector_wanted = wanted
        self._fit_inspector()

    @Slot()
    def _on_inspector_closed(self) -> None:
        self._on_inspector_wanted(False)

    def _lay_out(self) -> None:
        self.rail.set_available(self.screens)
        self.top_bar.set_available(search=True, actions=True, workshop=True)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self._views, 1)
        middle.addWidget(self.inspector)
        middle.addWidget(self._handle)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addLayout(middle, 1)
        column.addWidget(self.status_bar)

    def _connect_screen(self, screen: QWidget) -> None:
        """Connect what a screen may ask for."""
        for name, slot in (
            ("noted", self.status_bar.set_note),
            ("show_on_map", self._on_show_on_map),
            ("map_requested", self._on_map_requested),
            ("export_requested", self._on_export),
            ("import_requested", self.import_requested),
        ):
            signal = getattr(screen, name, None)
            if signal is not None:
                signal.connect(slot)

    @Slot()
    @Slot(str)
    def _on_export(self, quarter: str = "") -> None:
        self.export_requested.emit(quarter)

    @Slot()
    def search(self) -> None:
        """Open the line that looks through everything written."""
        hint = self.tr("Enter shows it where it stands, Esc leaves")
        self.finder.ask(self._objects, self.tr("Search names, notes, comments"), hint)

    def _objects(self, text: str) -> list[FoundRow]:
        return object_rows(self._session.document.workspace, text)

    @Slot(object)
    def _on_found(self, payload: object) -> None:
        if isinstance(payload, Ref):
            self._on_show_on_map(payload)
        elif isinstance(payload, QAction):
            payload.trigger()

    def _connect(self) -> None:
        session = self._session
        session.journey_changed.connect(self._on_journey)
        session.document.changed.connect(self._on_changed)
        session.document.save_status_changed.connect(self._on_saved)
        session.findings.evidence_changed.connect(self._on_evidence)
        session.findings.ranking_changed.connect(self._on_ranking)
        session.findings.computing_changed.connect(self.priorities.set_computing)
        self.map.noted.connect(self.status_bar.set_note)
        self.map.journey_made.connect(self._on_journey_chosen)
        self.rail.view_requested.connect(self.show_view)
        self.rail.settings_requested.connect(self.settings_requested)
        self.rail.help_requested.connect(self.help_requested)
        self.top_bar.search_requested.connect(self.search)
        self.top_bar.workshop_requested.connect(self.open_workshop)
        self.finder.chosen.connect(self._on_found)
        self.top_bar.journey_chosen.connect(self._on_journey_chosen)
        self.top_bar.quarter_chosen.connect(session.findings.read)
        self.priorities.export_requested.connect(self._on_export)
        self.priorities.show_on_map.connect(self._on_show_on_map)
        self.priorities.map_requested.connect(self._on_map_requested)
        self.priorities.import_requested.connect(self.import_requested)
        self.priorities.answers_requested.connect(self._on_answers_requested)
        self.inspector.close_requested.connect(self._on_inspector_closed)
        self.inspector.why_not_higher.connect(self._on_why_not_higher)
        self._handle.panel_wanted.connect(self._on_inspector_wanted)
        self.status_bar.cancel_requested.connect(self._on_cancel)
        self._jobs.progressed.connect(self._on_progress)
        self._jobs.finished.connect(self._on_finished)

    def _fill_pickers(self) -> None:
        ws = self._session.document.workspace
        journeys = [Choice(j.id, j.name) for j in ordered_journeys(ws)]
        self.top_bar.journey.set_choices(journeys, self._session.journey or "")
        evidence = self._session.findings.evidence
        quarters = [
            Choice(q, q.replace("Q", " Q")) for q in (evidence.quarters if evidence else ())
        ]
        self.top_bar.quarter.setVisible(bool(quarters))
        frozen = evidence is not None and evidence.quarter in ws.quarters
        tag = self.tr("frozen") if frozen else self.tr("open")
        self.top_bar.quarter.set_tag(tag, "lock-simple" if frozen else "lock-simple-open")
        self.top_bar.quarter.set_choices(quarters, (evidence and evidence.quarter) or "")
        journey = ws.journeys.get(self._session.journey) if self._session.journey else None
        persona = ws.personas.get(journey.persona) if journey and journey.persona else None
        self.top_bar.persona.setVisible(persona is not None)
        if persona is not None:
            words = self.tr("%1 · all segments").replace("%1", persona.name)
            self.top_bar.persona.set_choices([Choice(persona.id, words)], persona.id)

    @Slot()
    def _on_journey(self) -> None:
        self.map.set_journey(self._session.journey or JourneyId(""))
        self._fill_pickers()

    @Slot(object, object)
    def _on_changed(self, changes: Changes, _origin: object) -> None:
        if changes.kinds & _PICKED:
            self._fill_pickers()

    @Slot(str)
    def _on_journey_chosen(self, journey: str) -> None:
        self._session.show_journey(JourneyId(journey))

    @Slot()
    def _on_evidence(self) -> None:
        evidence = self._session.findings.evidence
        assert evidence is not None
        self._fill_pickers()
        self.inspector.set_metrics(list(evidence.metrics))
        words = self.tr("%n answers in view", "", evidence.answers)
        self.status_bar.set_answers(
            words.replace(str(evidence.answers), number(evidence.answers, 0))
        )

    @Slot()
    def _on_ranking(self) -> None:
        findings = self._session.findings
        self._list_is_stale = True
        if self._views.currentWidget() is self.priorities:
            self._show_list()
        self.inspector.set_ranking(findings.ranking)
        if findings.frozen is not None:
            self.status_bar.set_note("lock-simple", self.tr("This quarter is shown as frozen"))
        elif findings.ranking is not None and findings.ranking.items:
            seconds = f"{findings.seconds:.1f}"
            words = self.tr("Ranking computed in %1 s").replace("%1", seconds)
            self.status_bar.set_note("calculator", words)
        elif findings.error is not None:
            self.status_bar.set_note("warning", self.tr("The ranking could not be computed"))

    def _show_list(self) -> None:
        """Give the list the ranking of now; while another screen is shown that waits."""
        findings = self._session.findings
        self._list_is_stale = False
        self.priorities.set_ranking(findings.listed, findings.workspace)

    @Slot(object)
    def _on_saved(self, status: SaveStatus) -> None:
        where = status.conflict_copy or status.path
        self.status_bar.set_save_state(status.state, f"{where.parent.name}/{where.name}")

    @Slot(object)
    def _on_show_on_map(self, ref: Ref) -> None:
        self.show_view(MAP)
        pain = self._session.document.workspace.find(ref)
        journey = getattr(pain, "journey", None)
        if journey is not None:
            self._session.show_journey(journey)
        self._session.selection.set(ref)
        self.map.reveal_current()

    @Slot()
    def _on_map_requested(self) -> None:
        self.show_view(MAP)

    @Slot(object)
    def _on_why_not_higher(self, ref: Ref) -> None:
        self.show_view(PRIORITIES)
        self.priorities.reveal(ref)

    @Slot(object)
    def _on_answers_requested(self, ref: Ref) -> None:
        """Show the answers behind a pain point where they can be read."""
        self.show_view(EVIDENCE)
        screen = self.place(EVIDENCE)
        show_answers = getattr(screen, "show_answers", None)
        if show_answers is not None:
            show_answers(ref)

    @Slot(object)
    def _on_progress(self, progress: JobProgress) -> None:
        self._running = progress
        share = progress.done / progress.total if progress.total else None
        self.status_bar.set_job(RunningJob(progress.title, share))

    @Slot(object)
    def _on_finished(self, result: JobResult) -> None:
        if self._running is not None and result.number == self._running.number:
            self._running = None
            self.status_bar.set_job(None)

    @Slot()
    def _on_cancel(self) -> None:
        if self._running is not None:
            self._jobs.cancel(self._running.number)
