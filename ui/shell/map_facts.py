"""Hands the map what was found, when that is something else than before."""

from PySide6.QtCore import QObject, Slot

from journey.edit import Changes
from ui.map.figures import MapFigures
from ui.map.view import MapView
from ui.map_figures import figures_follow, map_figures
from ui.session import Session


class MapFacts(QObject):
    """Follows the evidence and the ranking of a session, and the few edits that figures rest on."""

    def __init__(self, session: Session, view: MapView) -> None:
        super().__init__(view)
        self._session, self._view = session, view
        self._shown = MapFigures()
        session.document.changed.connect(self._on_changed)
        session.findings.evidence_changed.connect(self._hand_over)
        session.findings.ranking_changed.connect(self._hand_over)

    @Slot(object, object)
    def _on_changed(self, changes: Changes, _origin: object) -> None:
        if figures_follow(changes, self._shown):
            self._hand_over()

    @Slot()
    def _hand_over(self) -> None:
        findings = self._session.findings
        if findings.evidence is None:
            return
        self._shown = map_figures(
            self._session.document.workspace,
            findings.evidence.metrics,
            findings.ranking,
            findings.evidence.quarter,
        )
        self._view.set_figures(self._shown)
