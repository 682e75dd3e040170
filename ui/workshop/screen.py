"""The Workshop screen: one stage at a time, full screen, by keyboard alone."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from journey.edit import Changes
from journey.errors import EditError
from journey.model.ids import JourneyId, Ref
from journey.model.votes import dots_in, plan_of, voters
from journey.model.workspace import Workspace
from ui.document import DocumentModel
from ui.jobs import Jobs
from ui.map.figures import MapFigures
from ui.map_figures import map_figures
from ui.saving import SaveStatus
from ui.session import Session
from ui.workshop.acts import Phase, Spot, ids_in, phases_after
from ui.workshop.cards import Shown
from ui.workshop.doing import Doing, spot_of
from ui.workshop.ending import Ending
from ui.workshop.frame import WorkshopFrame
from ui.workshop.guide import WorkshopGuide
from ui.workshop.keys import WorkshopKeys
from ui.workshop.prompts import back_hints, hints_for
from ui.workshop.sorts import Sort
from ui.workshop.wording import refusal, tr, usual_question

HIDDEN, MEASURED, EVERYTHING = 0, 1, 2
NO_CHANGES = Changes()


class WorkshopScreen(WorkshopFrame):
    """Runs a workshop on the session's journey.

    Attributes:
        left: it was left; the view one came from may have the keyboard.
        noted: (icon, sentence) for the status bar.
    """

    left = Signal()
    noted = Signal(str, str)

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.phases: tuple[Phase, ...] = ()
        self.place = 0
        self.sort = Sort.PAIN
        self._revealed: dict[str, int] = {}
        self._moved = False
        self._figures: MapFigures | None = None
        self._stale = True
        self.doing, self.ending = Doing(self), Ending(self, session, jobs)
        self.keys = WorkshopKeys(self)
        self._connect()
        self.bar.line.setReadOnly(session.document.read_only)
        self._on_saved(session.document.save_status)

    # -- what there is ------------------------------------------------------------------------

    @property
    def document(self) -> DocumentModel:
        """The open document."""
        return self._session.document

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""
        return self._session.document.workspace

    @property
    def journey(self) -> JourneyId:
        """The journey worked on."""
        return self._session.journey or JourneyId("")

    @property
    def phase(self) -> Phase | None:
        """The present stage."""
        return self.phases[self.place] if self.phases else None

    @property
    def revealed(self) -> int:
        """What of the present stage is revealed: HIDDEN, MEASURED or EVERYTHING."""
        return self._revealed.get(self.phase.id if self.phase else "", HIDDEN)

    def spot(self) -> Spot:
        """Return where the next words go."""
        stage = self.phase.id if self.phase else ""
        return spot_of(self.journey, stage, self.wall.touchpoint, self.wall.current)

    # -- coming and going -----------------------------------------------------------------------

    def begin(self) -> None:
        """Show it full screen, on the screen its window is on, at what is selected."""
        parent = self.parentWidget()
        if parent is not None:
            self.setScreen(parent.screen())
            self.setGeometry(parent.screen().geometry())
        self.follow()
        self._go_to_selected()
        self.showFullScreen()
        self.activateWindow()
        self.focus_line()

    @Slot()
    def leave(self) -> None:
        """Go back to where one was; what is being typed is kept."""
        self.keep_typed()
        current, self._moved = (self.wall.current if self._moved else None), False
        if current is not None:
            # Not card by card: the other views build themselves anew for a selection.
            self._session.selection.set(current, self)
        if self.isVisible():
            self.hide()
            self.left.emit()

    def keep_typed(self) -> None:
        """Keep what stands in a line: the workshop ends, and nothing said may be lost."""
        self.wall.editor.finish()
        self.question.finish()
        text = self.bar.line.text()
        if not text.strip():
            return
        kept = self.doing.keep(text)
        if kept:
            self.bar.line.setText("")
            words = tr("“{0}” was kept as: {1}. Ctrl Z takes it back.")
            self.noted.emit("check-circle", words.format(text.strip()[:60], kept))

    def _go_to_selected(self) -> None:
        current = self._session.selection.current
        if current is None:
            return
        for place, phase in enumerate(self.phases):
            if current.id == phase.id:
                self.go_stage(place)
                return
            for column in phase.columns:
                if current.id in {column.touchpoint.id, *ids_in(column)}:
                    self.go_stage(place)
                    self.wall.go_to(current)
                    return

    # -- following ------------------------------------------------------------------------------

    def follow(self, changes: Changes = NO_CHANGES) -> None:
        """Show the workspace of this moment; `changes`: all that changed since it was shown."""
        self._stale = False
        at = self.phase.id if self.phase else None
        current = self.wall.current
        rest, now = tr("Without a stage"), self.phases
        self.phases = phases_after(self.workspace, self.journey, rest, now, changes)
        ids = [phase.id for phase in self.phases]
        last = max(len(ids) - 1, 0)
        self.place = ids.index(at) if at in ids else min(self.place, last)
        self._show_phase()
        if current is not None and self.wall.current != current:
            self.wall.go_to(current)

    def _show_phase(self) -> None:
        phase, journey = self.phase, self.workspace.journeys.get(self.journey)
        self.steps.show_stages([p.name for p in self.phases], self.place)
        asked = plan_of(journey).questions if journey else {}
        text = asked.get(phase.id) or usual_question(phase.name) if phase else tr("No stage yet")
        self.question.show_text(text)
        level = self.revealed
        measured = self._measured() if level >= MEASURED else None
        shown = Shown(measured, level >= EVERYTHING, journey.persona if journey else None)
        self.wall.show_columns(phase.columns if phase else (), shown)
        everyone = voters(self.workspace, self.journey)
        self.votes.show_voters(
            everyone, dots_in(self.workspace, self.journey), hidden=level < EVERYTHING
        )
        self._settle_sort()
        self.show_prompts()

    def _measured(self) -> MapFigures:
        if self._figures is None:
            findings = self._session.findings
            evidence = findings.evidence
            rows = evidence.metrics if evidence else ()
            quarter = evidence.quarter if evidence else None
            self._figures = map_figures(self.workspace, rows, findings.ranking, quarter)
        return self._figures

    @Slot(object, object)
    def _on_changed(self, changes: Changes, _origin: QObject | None) -> None:
        if self.isVisible():
            self.follow(changes)
        else:
            self._stale = True

    @Slot()
    def _on_another(self) -> None:
        """Follow other evidence, or another journey."""
        self._figures = None
        self._on_changed(NO_CHANGES, None)

    @Slot(object)
    def _on_refused(self, error: EditError) -> None:
        if self.isVisible():
            self.say(refusal(error), "warning")

    @Slot(object)
    def _on_saved(self, status: SaveStatus) -> None:
        self.hints.show_state(status.state)

    # -- moving ---------------------------------------------------------------------------------

    @Slot(int)
    def go_stage(self, place: int) -> None:
        """Show another stage; nothing beyond the first and the last."""
        if 0 <= place < len(self.phases) and place != self.place:
            self.wall.editor.finish()
            self.question.finish()
            self.place = place
            self.wall.column, self.wall.row = 0, -1
            self.say("")
            self._show_phase()
            self.wall.go(0)

    @Slot(int)
    def next_touchpoint(self, by: int) -> None:
        """Let words go to the next touchpoint of the stage; after the last to the first."""
        count = len(self.wall.columns)
        if count:
            self.wall.go((self.wall.column + by) % count)

    def show_made(self, ref: Ref) -> None:
        """Show what was just made, in whatever stage."""
        ids = [phase.id for phase in self.phases]
        if ref.id in ids:
            self.go_stage(ids.index(ref.id))
        else:
            self.wall.go_to(ref)

    @Slot()
    def _on_moved(self) -> None:
        self._moved = True
        self.set_sort(self.sort)
        self.show_prompts()

    def next_area(self) -> None:
        """Give the keyboard to the next of cards, people and the line."""
        areas = (self.bar.line, self.wall, self.votes.list, self.votes.line)
        usable = [a for a in areas if a.isVisible()]
        at = next((i for i, a in enumerate(usable) if a.hasFocus()), -1)
        usable[(at + 1) % len(usable)].setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def focus_line(self) -> None:
        """Let people's words be typed."""
        self.bar.line.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what is shown to the room --------------------------------------------------------------

    def reveal(self) -> None:
        """Reveal the next thing: measured scores, then votes, then nothing again."""
        if self.phase is None:
            return
        level = (self.revealed + 1) % (EVERYTHING + 1)
        self._revealed[self.phase.id] = level
        told = (tr("Scores and votes are hidden."), tr("What was measured."), tr("The votes."))
        self.say(told[level])
        before = self.wall.viewport().grab()
        self._show_phase()
        self.wall.reveal()  # cards and heads have grown or shrunk
        self.wall.fade.start_from(before)

    def say(self, sentence: str, role: str = "text_2") -> None:
        """Tell the room something; "" is silence."""
        self.message.set_role(role)
        self.message.set_text(sentence)

    @Slot(str)
    def _on_written(self, sentence: str) -> None:
        self.say(sentence, "good")
        self.noted.emit("check-circle", sentence)

    @Slot(str)
    def _on_said(self, sentence: str) -> None:
        self.say(sentence, "warning")

    @Slot(object)
    def set_sort(self, sort: Sort) -> None:
        """Let the next words become something else."""
        self.sort = sort
        self._settle_sort()

    def _settle_sort(self) -> None:
        """Keep to what can stand here: without a stage only a stage, then a touchpoint."""
        allowed = tuple(Sort)
        if self.phase is None:
            allowed = (Sort.STAGE,)
        elif not self.phase.columns and self.phase.id:
            allowed = (Sort.TOUCHPOINT, Sort.STAGE)
        if self.sort not in allowed:
            self.sort = allowed[0]
        self.bar.show_sort(self.sort, self._target(), allowed)

    def _target(self) -> str:
        if self.sort is Sort.STAGE:
            return tr("to this journey")
        columns = self.wall.columns
        if self.sort is Sort.TOUCHPOINT or not columns:
            return tr("to {0}").format(self.phase.name if self.phase else "")
        return tr("to {0}").format(columns[self.wall.column].touchpoint.name)

    @Slot()
    def show_prompts(self) -> None:
        """Show the keys of this moment."""
        on_wall = self.wall.hasFocus()
        typing = bool(self.bar.line.text())
        self.hints.show_hints(hints_for(on_wall, typing, self.revealed), back_hints())

    def edit_card(self) -> None:
        """Write the chosen card anew."""
        if not self.document.read_only:
            self.wall.edit()

    def show_guide(self) -> None:
        """Show every key."""
        WorkshopGuide(self).open()

    # -- lines ----------------------------------------------------------------------------------

    @Slot()
    def _on_entered(self) -> None:
        if self.doing.capture(self.bar.line.text()):
            self.bar.line.setText("")

    @Slot(list)
    def _on_pasted(self, lines: list[str]) -> None:
        self.doing.capture_all(lines)

    @Slot(int)
    def _on_turned(self, by: int) -> None:
        self.wall.turn(by)

    @Slot()
    def _on_paged(self) -> None:
        wall = self.wall
        self.pager.show_page(wall.first, wall.per_page, len(wall.columns))

    def _connect(self) -> None:
        session = self._session
        session.document.changed.connect(self._on_changed)
        session.document.refused.connect(self._on_refused)
        session.document.save_status_changed.connect(self._on_saved)
        session.journey_changed.connect(self._on_another)
        session.findings.evidence_changed.connect(self._on_another)
        self.steps.chosen.connect(self.go_stage)
        self.pager.turned.connect(self._on_turned)
        self.wall.paged.connect(self._on_paged)
        self.wall.moved.connect(self._on_moved)
        self.wall.renamed.connect(self.doing.rename)
        self.question.asked.connect(self.doing.ask)
        self.question.done_typing.connect(self.focus_line)
        self.clock.done_typing.connect(self.focus_line)
        self.clock.said.connect(self._on_said)
        self.votes.typed.connect(self.doing.typed_person)
        self.votes.removal_wanted.connect(self.doing.remove_person)
        self.votes.left.connect(self.focus_line)
        self.bar.sort_wanted.connect(self.set_sort)
        line = self.bar.line
        line.entered.connect(self._on_entered)
        line.pasted.connect(self._on_pasted)
        line.tabbed.connect(self.next_touchpoint)
        line.textChanged.connect(self.show_prompts)
        self.finish_button.clicked.connect(self.ending.ask)
        self.ending.written.connect(self._on_written)
        for watched in (line, self.wall, self.votes.line):
            watched.installEventFilter(self)

    # -- Qt's virtuals --------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's virtual: keys and frames shown are those of where the keyboard is."""
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.show_prompts()
            self.bar.update()
            self.votes.update()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual: keys nothing else had a use for."""
        if not self.keys.pressed(event):
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's virtual: what was edited meanwhile is shown now."""
        super().showEvent(event)
        if self._stale:
            self.follow()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt's virtual: closing the window is leaving."""
        self.leave()
        super().closeEvent(event)
