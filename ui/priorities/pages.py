"""The pages of the screen, one of which is shown; the keyboard goes with it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from journey.model.ids import Ref
from ui.priorities.empty import EmptyList
from ui.priorities.list_view import RankingList
from ui.priorities.methods_view import MethodsView
from ui.priorities.scatter import ValueEffort
from ui.priorities.scenario_view import ScenarioView


class Pages(QStackedWidget):
    """The list, the picture, the other methods, two scenarios, and what stands for no list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list, self.scatter = RankingList(), ValueEffort()
        self.methods, self.scenarios = MethodsView(), ScenarioView()
        self.empty = EmptyList()
        for page in (self.list, self.scatter, self.methods, self.scenarios, self.empty):
            self.addWidget(page)

    def named(self, name: str) -> QWidget:
        """Return a page one can choose: list, scatter or methods."""
        chosen: dict[str, QWidget] = {"scatter": self.scatter, "methods": self.methods}
        return chosen.get(name, self.list)

    def choose(self, ref: Ref | None, by: object = None) -> None:
        """Choose a row on every page but the one it was chosen on."""
        for page in (self.list, self.scatter, self.methods):
            if page is not by:
                page.choose(ref)

    def turn_to(self, page: QWidget) -> None:
        """Show a page and hand it the keyboard where the page before had it."""
        before, held = self.currentWidget(), QApplication.focusWidget()
        has_keys = (
            before is not None
            and before is not page
            and held is not None
            and (held is before or before.isAncestorOf(held))
        )  # fmt: skip
        self.setCurrentWidget(page)
        if has_keys:
            # Qt would go to the next in the row of Tab and ring it as if a key had been pressed.
            page.setFocus(Qt.FocusReason.OtherFocusReason)
