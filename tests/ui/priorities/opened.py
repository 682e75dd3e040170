"""The sample open in the whole workbench, with real jobs and real files."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from journey.model.ids import Ref
from journey.model.workspace import Workspace
from ui.jobs import Jobs
from ui.priorities import PrioritiesView
from ui.session import Session
from ui.shell.widgets.buttons import Button
from ui.shell.workbench import Workbench


@dataclass
class Opened:
    """A workbench, shown, at its Priorities screen."""

    session: Session
    jobs: Jobs
    bench: Workbench
    settle: Callable[[], None]

    @property
    def view(self) -> PrioritiesView:
        """The Priorities screen."""
        return self.bench.priorities

    @property
    def workspace(self) -> Workspace:
        """As the file stands."""
        return self.session.document.workspace

    def read(self, quarter: str) -> None:
        """Choose a quarter in the bar at the top."""
        self.bench.top_bar.quarter_chosen.emit(quarter)
        self.settle()

    def titles(self) -> list[str]:
        """The titles of the rows shown, in order."""
        model = self.view.list.ranking_model
        items = [model.line(row).item for row in model.item_rows()]
        return [item.title for item in items if item is not None]

    def click_row(self, qtbot: QtBot, ref: Ref) -> None:
        """Open a row with the mouse."""
        rows = self.view.list
        index = rows.ranking_model.index(rows.ranking_model.row_of(ref.id))
        rows.scrollTo(index)
        place = rows.visualRect(index).topLeft() + QPoint(140, 15)
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)


def button(parent: QWidget, text: str) -> Button:
    """Return the shown button with a text."""
    return next(
        b for b in parent.findChildren(Button) if b.text() == text and b.isVisibleTo(parent)
    )
