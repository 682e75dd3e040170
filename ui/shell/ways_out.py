"""The actions by which a journey leaves the workspace: picture, page, open formats, template."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QInputDialog, QWidget

from journey.model.ids import JourneyId
from ui.files import Files
from ui.interchange.flow import ENDINGS
from ui.session import Session
from ui.shell.actions import Actions
from ui.shell.flows import Flows

if TYPE_CHECKING:
    from ui.shell.workbench import Workbench


class WaysOut(QObject):
    """Connects the actions to what does them, for the workspace that is open.

    Attributes:
        noted: (icon, sentence) for the status bar.
    """

    noted = Signal(str, str)

    def __init__(self, actions: Actions, flows: Flows, files: Files, window: QWidget) -> None:
        super().__init__(window)
        self._flows, self._files, self._window = flows, files, window
        self._session: Session | None = None
        self._bench: Workbench | None = None
        actions["picture"].triggered.connect(self._draw_picture)
        actions["save_template"].triggered.connect(self._save_template)
        for ending in ENDINGS:
            actions[f"save_{ending.removeprefix('.')}"].triggered.connect(self._save_journey)
        actions.about_to_act.connect(self._finish_typing)
        flows.interchange.journey_added.connect(self._show_journey)
        files.template_saved.connect(self._on_template_saved)

    def follow(self, session: Session | None, bench: "Workbench | None") -> None:
        """Act on this workspace; None where none is open."""
        self._session, self._bench = session, bench

    @Slot()
    def _finish_typing(self) -> None:
        """Keep a word that is half typed before anything reads, shows or saves the workspace."""
        if self._bench is not None:
            self._bench.finish_typing()

    @Slot()
    def _draw_picture(self) -> None:
        if self._session is not None and self._bench is not None:
            shown = "flow" if self._bench.rail.current() == "flow" else "map"
            self._flows.pictures.begin(self._session, shown, self._bench.map.persona)

    @Slot()
    def _save_journey(self) -> None:
        sender = self.sender()
        if self._session is not None and sender is not None:
            ending = "." + sender.objectName().removeprefix("save_")
            self._flows.interchange.save(self._session, ending)

    @Slot()
    def _save_template(self) -> None:
        """Ask for a name, then keep the journey's structure for new workspaces."""
        if self._session is None or self._session.journey is None:
            return
        ws, journey = self._session.document.workspace.copy(), self._session.journey
        title, said = QInputDialog.getText(
            self._window,
            self.tr("Keep as a template"),
            self.tr("Its stages, touchpoints and lanes are kept. Name of the template:"),
            text=ws.journeys[journey].name,
        )
        if said and title.strip():
            self._files.save_template(ws, journey, title.strip())

    @Slot(str)
    def _show_journey(self, journey: str) -> None:
        if self._session is not None:
            self._session.show_journey(JourneyId(journey))

    @Slot(str)
    def _on_template_saved(self, title: str) -> None:
        words = self.tr("“%1” is offered for new journeys now").replace("%1", title)
        self.noted.emit("check-circle", words)
