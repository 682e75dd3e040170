"""Two lists side by side: the same evidence under the assumptions in force and under others."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from journey.model.assumptions import Assumptions
from ui import numbers
from ui.priorities.assumption_scales import first_entries, further_entries
from ui.priorities.figures import Figures
from ui.priorities.plain_table import Cell, Column, PlainTable
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import PlainLabel, WrapLabel

if TYPE_CHECKING:
    from journey.decision.scenarios import ScenarioRow


class ScenarioView(QWidget):
    """Ranks and values of both, and which assumptions differ. Fires `closed` by button or Esc."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel("", "title", 600)
        self.close_button = Button(self.tr("Back to the list"), "arrow-left", compact=True)
        self.close_button.clicked.connect(self.closed)
        self.differs = WrapLabel("", "sticky", 400, "text_2")
        self.table = PlainTable(self.tr("Two scenarios"))
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.differs)
        column.addWidget(self.table, 1)
        self.setFocusProxy(self.table)

    def show_scenarios(
        self,
        rows: "Sequence[ScenarioRow]",
        figures: Figures,
        now: Assumptions,
        other: Assumptions,
    ) -> None:
        """Show both lists: rows from the other one (a) to the one in force (b).

        `other` without a name is the defaults.
        """
        name = other.name or self.tr("the defaults")
        self.title.setText(self.tr("As set now beside {0}").format(name))
        moved = sum(bool(r.moved) for r in rows)
        told = self.tr("{0}. {1} of {2} rows change their place.")
        self.differs.set_text(told.format(differences(now, other), moved, len(rows)))
        value = figures.value_title
        columns = (
            Column(self.tr("Rank now")),
            Column(self.tr("Pain point"), words=True),
            Column(self.tr("Rank by\n{0}").format(name)),
            Column(self.tr("Places\ngained")),
            Column(self.tr("{0}\nnow").format(value)),
            Column(self.tr("{0}\nby {1}").format(value, name)),
        )
        order = sorted(rows, key=lambda r: (r.rank_b is None, r.rank_b or 0))
        self.table.set_table(columns, [self._row(row, figures) for row in order])

    def _row(self, row: "ScenarioRow", figures: Figures) -> list[Cell]:
        places = row.moved
        steps = numbers.NONE if places is None else numbers.signed(places) if places else "="
        return [
            Cell(_rank(row.rank_b), bold=True),
            Cell(row.title),
            Cell(_rank(row.rank_a)),
            Cell(steps, mark=bool(places), bold=bool(places)),
            Cell(_value(row.value_b, figures)),
            Cell(_value(row.value_a, figures)),
        ]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual: Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)


def differences(now: Assumptions, other: Assumptions) -> str:
    """Return which assumptions differ: "A fix removes 45 % (60 %)"."""
    mine, theirs = now.figures(), other.figures()
    parts = [
        f"{e.name} {e.scale.text(mine[e.field])} ({e.scale.text(theirs[e.field])})"
        for e in (*first_entries(), *further_entries())
        if mine[e.field] != theirs[e.field]
    ]
    return ", ".join(parts) or QCoreApplication.translate("Priorities", "No assumption differs")


def _rank(rank: int | None) -> str:
    return numbers.NONE if rank is None else str(rank)


def _value(value: float | None, figures: Figures) -> str:
    return numbers.NONE if value is None else figures.tick(value, precise=True)
