"""The customer health score: components of the workspace, brought to 0 … 10 by declared anchors."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QScrollArea, QWidget

from journey.edit.figures import Figure
from journey.metrics.health_anchors import anchors_text
from journey.metrics.health_score import GOOD_FROM, Component, Health, health_score
from journey.metrics.kinds import MetricError
from journey.model.workspace import Workspace
from ui import numbers
from ui.evidence import words
from ui.evidence.calculators import Calculator
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import PlainLabel

HEALTH: Final = "health"
_LINES_SEEN: Final = 12


@dataclass(frozen=True, slots=True)
class Ingredient:
    """A KPI that may be a component: its name, its latest value, its unit.

    Attributes:
        target: proposed as the figure for 10 points; None where there is none.
    """

    name: str
    value: float | None
    unit: str
    target: float | None = None


def ingredients(ws: Workspace) -> tuple[Ingredient, ...]:
    """Return the KPIs of a workspace, those of the whole company first, health itself left out."""
    latest: dict[str, tuple[str, float]] = {}
    for seen in ws.observations.values():
        if seen.kpi not in latest or latest[seen.kpi][0] < seen.period:
            latest[seen.kpi] = (seen.period, seen.value)
    found = []
    order = sorted(ws.kpis.values(), key=lambda k: (k.touchpoint is not None, k.name, k.id))
    for kpi in order:
        if kpi.measure != HEALTH:
            place = ws.touchpoints.get(kpi.touchpoint) if kpi.touchpoint else None
            name = f"{kpi.name} · {place.name}" if place else kpi.name
            value = latest.get(kpi.id, ("", None))[1]
            found.append(Ingredient(name, value, kpi.unit, kpi.target))
    names = [one.name for one in found]
    return tuple(one for place, one in enumerate(found) if one.name not in names[:place])


class HealthDialog(Calculator):
    """Asks for weight and anchors of each component and shows the score.

    Attributes:
        kept: a tuple of one Figure is to be kept. health: the score now, None where it cannot be.
        fields: weight, figure for 0 and figure for 10 by component.
    """

    kept = Signal(object)

    def __init__(
        self,
        some: Sequence[Ingredient],
        declared: Sequence[Component],
        quarter: str,
        parent: QWidget | None = None,
    ) -> None:
        hint = words.tr(
            "There is no standard: declare at which figure a component scores 0 and at which 10. "
            "From 7 of 10 on it is good. Where less than 60 % of the weight is known there is none."
        )
        super().__init__(words.tr("Customer health score"), hint, parent)
        self.resize(720, 620)
        self.ingredients = tuple(some)
        self.health: Health | None = None
        self.fields: dict[str, tuple[QLineEdit, QLineEdit, QLineEdit]] = {}
        grid = self._scrolled_grid()
        heads = (words.tr("Weight"), words.tr("0 points at"), words.tr("10 points at"))
        for column, head in enumerate(heads, 2):
            grid.addWidget(PlainLabel(head, "sticky", 400, "text_2"), 0, column)
        known = {component.name: component for component in declared}
        for row, one in enumerate(self.ingredients, 1):
            self.fields[one.name] = self._row_of(grid, row, one, known.get(one.name))
        label = words.label(quarter)
        text = words.tr("Keep as a KPI of {0}").format(label) if quarter else words.tr("Keep")
        self.keep = Button(text, "floppy-disk", "primary")
        self.keep.clicked.connect(self._on_keep)
        self.foot.addWidget(self.keep)
        self._quarter = quarter
        self._show()

    @property
    def components(self) -> tuple[Component, ...]:
        """What is declared: those with a weight.

        Raises:
            MetricError: a weight without both anchors, or a text that is no number.
        """
        found = []
        for name, lines in self.fields.items():
            if not lines[0].text().strip():
                continue
            typed = [numbers.parse(line.text()) for line in lines]
            if None in typed:
                raise MetricError("anchors_missing", name=name)
            weight, bad, target = (value for value in typed if value is not None)
            found.append(Component(name, weight, bad, target))
        return tuple(found)

    def _scrolled_grid(self) -> QGridLayout:
        """Add the place of the components; many of them leave room for the score."""
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inner)
        lines = 1 + min(len(self.ingredients), _LINES_SEEN)
        scroll.setFixedHeight(32 * lines)
        self.form.addRow(scroll)
        return grid

    def _row_of(
        self, grid: QGridLayout, row: int, one: Ingredient, declared: Component | None
    ) -> tuple[QLineEdit, QLineEdit, QLineEdit]:
        grid.addWidget(PlainLabel(one.name), row, 0)
        value = numbers.NONE if one.value is None else numbers.with_unit(one.value, one.unit)
        grid.addWidget(PlainLabel(value, "base", 600), row, 1)
        target = "" if one.target is None else f"{one.target:.12g}"
        texts = ["", "", target]
        if declared is not None:
            texts = [f"{v:.12g}" for v in (declared.weight, declared.bad, declared.target)]
        lines = (QLineEdit(texts[0]), QLineEdit(texts[1]), QLineEdit(texts[2]))
        told = (words.tr("Weight"), words.tr("0 points at"), words.tr("10 points at"))
        for column, (line, word) in enumerate(zip(lines, told, strict=True), 2):
            line.setProperty("compact", True)
            line.setFixedWidth(96)
            line.setAccessibleName(f"{one.name}: {word}")
            line.textChanged.connect(self._show)
            grid.addWidget(line, row, column)
        return lines

    def _show(self) -> None:
        self.health, told = None, ""
        values = {one.name: one.value for one in self.ingredients}
        try:
            declared = self.components
            if declared:
                self.health = health_score(declared, values)
        except MetricError as error:
            name = error.facts.get("name", "")
            told = words.tr("Give a weight and two different figures: {0}").format(name or "–")
        self.rows.set_rows(self._rows())
        if not self.ingredients:
            told = words.tr("There are no KPIs yet. Import a sheet of them, or type one.")
        self.note.set_text(told)
        score = self.health.score if self.health else None
        self.keep.setEnabled(score is not None and bool(self._quarter))

    def _rows(self) -> list[tuple[str, str, str]]:
        found = self.health
        if found is None:
            return []
        coverage = words.tr("{0} of the weight is known").format(numbers.percent(found.coverage))
        rows = []
        if found.score is None:
            rows.append((words.tr("Health score"), numbers.NONE, coverage))
        else:
            good = words.tr("good") if found.score >= GOOD_FROM else words.tr("not good: under 7")
            figure = words.tr("{0} of 10").format(numbers.number(found.score, 1))
            rows.append((words.tr("Health score"), figure, f"{good} · {coverage}"))
        for name, points in found.points.items():
            rows.append((name, numbers.number(points, 1), words.tr("points of 10")))
        return rows

    def _on_keep(self) -> None:
        if self.health is not None and self.health.score is not None:
            note = anchors_text(self.components)
            self.kept.emit((Figure(HEALTH, self.health.score, None, note),))
            self.note.set_text(words.tr("Kept; undo takes it back."))
