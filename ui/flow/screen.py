"""The Flow screen: the session's journey as a graph."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, QSizeF, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from journey.edit import Changes
from journey.graph.arrows import Arrow
from journey.graph.found import Found
from journey.graph.network import Structure, structure
from journey.model.ids import JourneyId, Kind
from ui.flow.empty import EmptyFlow
from ui.flow.view import FlowView
from ui.jobs import Cancelled, JobResult, Jobs, Progress
from ui.session import Session


class FlowScreen(QWidget):
    """Follows a session and wires itself to it.

    Attributes:
        noted: (icon, sentence) for the status bar. show_on_map: Ref of a touchpoint.
        map_requested: the journey has no touchpoint; a person wants to add the first.
    """

    noted = Signal(str, str)
    show_on_map = Signal(object)
    map_requested = Signal()

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs = session, jobs
        self._generation = 0
        journey = session.journey or JourneyId("")
        self.view = FlowView(session.document, session.selection, journey)
        self.empty = EmptyFlow()
        self._stack = QStackedWidget(self)
        for page in (self.view, self.empty):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        session.journey_changed.connect(self._on_journey)
        session.document.changed.connect(self._on_changed)
        self.view.noted.connect(self.noted)
        self.view.show_on_map.connect(self.show_on_map)
        self.empty.map_requested.connect(self.map_requested)
        self._follow()

    # -- what is shown ------------------------------------------------------------------------

    def set_found(self, found: Found | None) -> None:
        """Show what an event log counted in this journey against what is drawn; None: nothing."""
        self.view.set_found(found)
        self._follow()

    @property
    def found(self) -> Found | None:
        """What a log counted, where it is shown."""
        return self.view.board.found

    def picture_size(self) -> QSizeF:
        """Return the size of the whole flow as a picture, logical pixels."""
        return self.view.picture_size()

    def paint_picture(self, painter: QPainter) -> None:
        """Paint the whole flow as vectors, without selection."""
        self.view.paint_picture(painter)

    def finish_typing(self) -> None:
        """Keep what is being typed."""
        self.view.editing.finish()

    def reveal_current(self) -> None:
        """Scroll to what is selected."""
        rect = self.view.selected_rect()
        if rect is not None:
            self.view.canvas.reveal(rect)

    # -- following ----------------------------------------------------------------------------

    @Slot()
    def _on_journey(self) -> None:
        journey = self._session.journey or JourneyId("")
        if journey != self.view.journey:
            self.view.set_journey(journey)
        self._follow()

    @Slot(object, object)
    def _on_changed(self, changes: Changes, _origin: QObject | None) -> None:
        if changes.kinds & {Kind.TOUCHPOINT, Kind.TRANSITION, Kind.JOURNEY}:
            self._follow()

    def _follow(self) -> None:
        page = self.view if self.view.board.cards else self.empty
        if self._stack.currentWidget() is not page:
            self._stack.setCurrentWidget(page)
        self.setFocusProxy(self.view if page is self.view else self.empty.button)
        self._generation += 1
        board = self.view.board
        if not board.made:
            self.view.set_structure(None)
            return
        work = _Examine(self._generation, tuple(board.cards), tuple(board.made))
        self._jobs.compute(work, self._examined)

    def _examined(self, result: JobResult) -> None:
        examined = result.value
        if isinstance(examined, _Examined) and examined.generation == self._generation:
            self.view.set_structure(examined.structure)


@dataclass(frozen=True, slots=True)
class _Examined:
    generation: int
    structure: Structure


@dataclass(frozen=True, slots=True)
class _Examine:
    """Finds what is off the path; networkx is loaded off the GUI thread."""

    generation: int
    nodes: tuple[str, ...]
    made: tuple[Arrow, ...]

    def __call__(self, _progress: Progress, _cancelled: Cancelled) -> object:
        return _Examined(self.generation, structure(self.nodes, self.made))
