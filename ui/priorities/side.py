"""What stands at the right of the list: the assumptions, or the counts behind a row."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from journey.model.workspace import Workspace
from journey.priority.result import RankedItem
from ui.priorities.answers_panel import AnswersPanel
from ui.priorities.assumptions import AssumptionsPanel
from ui.shell.widgets.panel_handle import PanelHandle

if TYPE_CHECKING:
    from journey.priority.source import PainFacts
    from journey.quarter.record import PainCount

_PANEL_FROM: Final = 1340  # narrower, the assumptions fold into a handle


class Side(QWidget):
    """Shows one of both; in a narrow window a handle stands for the assumptions.

    Attributes:
        answers_closed: a person closed the counts.
    """

    answers_closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted: bool | None = None
        self._room = 0
        self.assumptions, self.answers = AssumptionsPanel(), AnswersPanel()
        self.handle = PanelHandle("sliders-horizontal")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for part in (self.assumptions, self.answers, self.handle):
            row.addWidget(part)
        self.answers.hide()
        self.answers.closed.connect(self._on_closed)
        self.handle.panel_wanted.connect(self.want_assumptions)

    @property
    def has_answers(self) -> bool:
        """Whether the counts are shown."""
        return self.answers.isVisibleTo(self)

    def want_assumptions(self, wanted: bool) -> None:
        """Show the assumptions, or fold them; the counts go."""
        self._wanted = wanted
        self.answers.hide()
        self.fit(self._room)

    def show_answers(
        self,
        item: RankedItem,
        facts: "PainFacts | None",
        workspace: Workspace,
        kept: "PainCount | None" = None,
    ) -> None:
        """Show the counts behind a row in place of the assumptions."""
        fresh = not self.has_answers
        self.answers.show_item(item, facts, workspace, kept)
        self.answers.show()
        self.fit(self._room)
        if fresh:
            self.answers.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def fit(self, room: int) -> None:
        """Fit into a screen of so many pixels."""
        self._room = room
        wide = room >= _PANEL_FROM
        shown = wide if self._wanted is None else self._wanted
        self.assumptions.setVisible(shown and not self.has_answers)
        self.handle.setVisible(not wide or not shown)
        changed = self.assumptions.changed_count
        note = self.tr("{0} changed").format(changed) if changed else ""
        self.handle.set_words(self.tr("Assumptions"), note)
        self.handle.set_shown(shown)

    def _on_closed(self) -> None:
        self.answers.hide()
        self.fit(self._room)
        self.answers_closed.emit()
