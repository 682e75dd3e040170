"""One open workspace: the document, what is selected, what was found, and what is looked at."""

from PySide6.QtCore import QObject, Signal

from journey.edit import Changes
from journey.model.ids import JourneyId, Kind
from journey.model.workspace import ordered_journeys
from ui.document import DocumentModel
from ui.findings import Findings
from ui.jobs import Jobs
from ui.selection import Selection


class Session(QObject):
    """What the views of an open workspace share.

    Attributes:
        journey_changed: another journey is looked at, or it has another name.
    """

    journey_changed = Signal()

    def __init__(self, document: DocumentModel, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        document.setParent(self)
        self.document = document
        self.selection = Selection(self)
        self.findings = Findings(document, jobs, self)
        self._journey: JourneyId | None = self._first()
        document.changed.connect(self._on_changed)

    @property
    def journey(self) -> JourneyId | None:
        """The journey the map shows; None where the workspace has none."""
        return self._journey

    def show_journey(self, journey: JourneyId) -> None:
        """Look at another journey."""
        if journey != self._journey and journey in self.document.workspace.journeys:
            self._journey = journey
            self.selection.set(None)
            self.journey_changed.emit()

    def _first(self) -> JourneyId | None:
        journeys = ordered_journeys(self.document.workspace)
        return journeys[0].id if journeys else None

    def _on_changed(self, changes: Changes, _origin: QObject | None) -> None:
        self.selection.forget(changes)
        if Kind.JOURNEY in changes.kinds:
            if self._journey not in self.document.workspace.journeys:
                self._journey = self._first()
            self.journey_changed.emit()
