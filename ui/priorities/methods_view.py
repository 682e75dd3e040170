"""The tab of other methods: their ranks beside ours, what each fails to tell, key drivers."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from journey.model.ids import Kind, Ref
from journey.model.workspace import Workspace
from journey.priority.result import RankedItem, Ranking
from ui import numbers
from ui.priorities.classic_section import place, shared, tau_text
from ui.priorities.methods_words import method_words, reason_words
from ui.priorities.plain_table import Cell, Column, PlainTable
from ui.priorities.section import Paragraphs
from ui.shell.widgets.choices import Choice, SegmentedControl
from ui.shell.widgets.labels import WrapLabel

if TYPE_CHECKING:
    from journey.priority.classic import Beside, Comparison
    from journey.priority.drivers import Drivers

_RANKS, _DRIVERS = "ranks", "drivers"


class MethodsView(QWidget):
    """A column per method. Fires `chosen` with the Ref of the row a person goes to."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._methods: list[Beside] = []
        self._ranking: Ranking | None = None
        self._items: list[RankedItem] = []
        self._shown: frozenset[str] = frozenset()
        self._quiet = False
        self.intro = WrapLabel(self._about_ranks(), "sticky", 400, "text_2")
        self.switch = SegmentedControl(
            (Choice(_RANKS, self.tr("Ranks")), Choice(_DRIVERS, self.tr("Key drivers"))),
            compact=True,
        )
        self.switch.chosen.connect(self._show_page)
        self.table = PlainTable(self.tr("Ranks by each method"))
        self.table.selectionModel().currentChanged.connect(self._on_current)
        self.drivers = PlainTable(self.tr("Key drivers"))
        self.notes = Paragraphs(4)
        self._missing = ""
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.intro, 1)
        head.addWidget(self.switch)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 8)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self.drivers, 1)
        column.addWidget(self.notes)
        self.setFocusProxy(self.table)
        self._driver_notes: list[str] = []
        self._show_page()

    def show_comparison(
        self, compared: "Comparison", ranking: Ranking, workspace: Workspace
    ) -> None:
        """Show the methods that can be had; name those that cannot, and why."""
        self.intro.set_text(self._about_ranks())
        self._ranking = ranking
        self._methods = [m for m in compared.methods if m.ranks]
        self._fill()
        self._missing = self._cannot([m for m in compared.methods if not m.ranks])
        self.switch.setVisible(bool(compared.drivers))
        if not compared.drivers:
            self.switch.set_current(_RANKS)
        self._show_drivers(compared.drivers, workspace)
        self._show_page()

    def show_none(self, why: str) -> None:
        """Lay nothing beside the list, and say why."""
        self.intro.set_text(why)
        self._methods, self._missing, self._driver_notes = [], "", []
        self.switch.set_current(_RANKS)
        self.switch.hide()
        self._fill()
        self._show_page()

    def _about_ranks(self) -> str:
        return self.tr(
            "Ranks by the methods in use, beside ours. τ 1 is the same order, 0 no relation, −1 "
            "the reverse. Tinted: what a method places most apart. None of them carries money or "
            "an interval."
        )

    def set_shown(self, shown: frozenset[str]) -> None:
        """Show the rows of these pain points only."""
        if shown != self._shown:
            self._shown = shown
            self._fill()

    def _fill(self) -> None:
        items = self._ranking.items if self._ranking else ()
        # Before anything is compared there is no column to show.
        self._items = [i for i in items if i.pain_point in self._shown] if self._methods else []
        here = self.table.currentIndex()
        at = (max(here.row(), 0), here.column() if here.isValid() else 2)
        self._quiet = True
        self.table.set_table(self._columns(), [self._row(item) for item in self._items])
        self.table.setCurrentIndex(self.table.table_model.index(*at))
        self._quiet = False

    def choose(self, ref: Ref | None) -> None:
        """Go to a row without firing `chosen`."""
        if ref is None or ref.kind is not Kind.PAIN_POINT:
            return
        for row, item in enumerate(self._items):
            if item.pain_point == ref.id:
                self._quiet = True
                column = max(self.table.currentIndex().column(), 0)
                self.table.setCurrentIndex(self.table.table_model.index(row, column))
                self._quiet = False

    def _columns(self) -> list[Column]:
        tops = self.tr("{0} of top {1}")
        found = [Column(self.tr("Ours")), Column(self.tr("Pain point"), words=True)]
        for method in self._methods:
            words, agreement = method_words(method.method), method.agreement
            top = tops.format(shared(method), agreement.top)
            tau = tau_text(agreement.tau)
            found.append(
                Column(
                    f"{words.short}\nτ {tau}\n{top}",
                    told=self.tr("{0}, Kendall tau {1}, {2}").format(words.name, tau, top),
                )
            )
        return found

    def _row(self, item: RankedItem) -> list[Cell]:
        ours = numbers.NONE if item.rank is None else str(item.rank)
        cells = [Cell(ours, bold=True), Cell(item.title)]
        for method in self._methods:
            rank = method.ranks.get(item.pain_point)
            if rank is None:
                reason = reason_words(method.scores[item.pain_point].reason)
                cells.append(Cell(numbers.NONE, self.tr("no rank: {0}").format(reason)))
                continue
            apart = item.pain_point in {d.pain_point for d in method.agreement.disagreements}
            told = self.tr("{0}, among the most apart") if apart else "{0}"
            cells.append(Cell(place(rank), told.format(place(rank)), mark=apart, bold=apart))
        return cells

    def _on_current(self, current: QModelIndex, before: QModelIndex) -> None:
        self._show_notes()
        if not self._quiet and current.isValid() and current.row() != before.row():
            item = self._items[current.row()]
            self.chosen.emit(Ref(Kind.PAIN_POINT, item.pain_point))

    def _show_page(self) -> None:
        drivers = self.switch.current() == _DRIVERS
        self.table.setVisible(not drivers and bool(self._methods))
        self.drivers.setVisible(drivers)
        self.setFocusProxy(self.drivers if drivers else self.table)
        self._show_notes()

    def _show_notes(self) -> None:
        if self.switch.current() == _DRIVERS:
            self.notes.say(*[(told, "text_2", 400) for told in self._driver_notes])
            return
        lines: list[tuple[str, str, int]] = []
        at = self.table.currentIndex().column() - 2
        if self._methods:
            lines = self._about(self._methods[max(at, 0)])
        if self._missing:
            lines.append((self._missing, "text_3", 400))
        self.notes.say(*lines)

    def _about(self, method: "Beside") -> list[tuple[str, str, int]]:
        words, titles = method_words(method.method), self._titles()
        apart = "; ".join(
            self.tr("“{0}” {1} here, {2} there").format(
                titles[d.pain_point], place(d.ours), place(d.theirs)
            )
            for d in method.agreement.disagreements
        )
        lines = [
            (f"{words.name}. {words.formula}", "text", 600),
            (self.tr("Fails to tell: {0}").format(words.fails), "text", 400),
        ]
        if apart:
            told = self.tr("Most apart among the {0} both rank: {1}.")
            lines.append((told.format(method.agreement.n, apart), "text_2", 400))
        return lines

    def _titles(self) -> dict[str, str]:
        return {i.pain_point: i.title for i in self._ranking.items} if self._ranking else {}

    def _cannot(self, methods: "Sequence[Beside]") -> str:
        parts = []
        for method in methods:
            reasons = Counter(s.reason for s in method.scores.values() if s.reason)
            first = reasons.most_common(1)
            if first:
                name = method_words(method.method).name
                parts.append(f"{name} ({reason_words(first[0][0])})")
        return self.tr("Cannot be had: {0}.").format(", ".join(parts)) if parts else ""

    def _show_drivers(self, found: "Sequence[Drivers]", workspace: Workspace) -> None:
        several = len(found) > 1
        columns = [
            Column(self.tr("Touchpoint"), words=True),
            *([Column(self.tr("Survey"), words=True)] if several else []),
            Column(self.tr("Correlation")),
            Column(self.tr("Relative weight\n(Johnson)")),
            Column(self.tr("Shapley\n(LMG)")),
        ]
        rows, self._driver_notes = [], []
        for drivers in found:
            survey = workspace.surveys.get(drivers.survey)
            name = survey.name if survey else drivers.survey
            for one in drivers.items:
                at = workspace.touchpoints.get(one.touchpoint)
                cells = [Cell(at.name if at else ""), *([Cell(name)] if several else [])]
                cells.append(Cell(numbers.number(one.correlation, 2)))
                for part in (one.relative_weight, one.shapley):
                    whole = part / drivers.r2 if drivers.r2 > 0 else 0.0
                    cells.append(Cell(numbers.percent(whole)))
                rows.append(cells)
            told = self.tr("{0}: the scores explain {1} of the outcome (R²), {2} of {3} "
                           "respondents rated all of these.")  # fmt: skip
            self._driver_notes.append(
                told.format(
                    name, numbers.percent(drivers.r2), numbers.number(drivers.n, 0),
                    numbers.number(drivers.rows, 0),
                )
            )  # fmt: skip
        self._driver_notes.append(self.tr("Fails to tell: {0}").format(
            method_words("key_driver").fails))  # fmt: skip
        self.drivers.set_table(columns, rows)
