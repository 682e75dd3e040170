"""Calculators: what a customer is worth, how many answers a survey needs."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from journey.evidence.planner import Plan, plan
from journey.metrics.clv_variants import ClvInputs
from journey.metrics.counts import ScoreCounts
from journey.metrics.kinds import MetricError
from ui import numbers
from ui.evidence import words
from ui.evidence.value_rows import segment_rows
from ui.quarter.card import Rows
from ui.shell.drawing import fill_rect
from ui.shell.theme import Theme
from ui.shell.type import font
from ui.shell.widgets.labels import PlainLabel, WrapLabel
from ui.shell.wrapping import paint_line, wrap

if TYPE_CHECKING:
    from journey.metrics.clv_variants import ClvFigure
    from storage.evidence.customers import ClvReport

FigureRow = tuple[str, str, str]
_WAIT_MS: Final = 300
_RIGHT: Final = Qt.AlignmentFlag.AlignRight
_INPUTS: Final = (
    "revenue",
    "margin",
    "years",
    "acquisition_cost",
    "retention",
    "discount",
    "horizon",
)


def input_word(name: str) -> str:
    """Return an input of customer value, with its unit."""
    return {
        "revenue": words.tr("Revenue a year"),
        "margin": words.tr("Margin a year"),
        "years": words.tr("Years a customer stays"),
        "acquisition_cost": words.tr("Acquisition cost"),
        "retention": words.tr("Retention a year, %"),
        "discount": words.tr("Discount rate, %"),
        "horizon": words.tr("Horizon, years"),
        "survivors": words.tr("a cohort's survivors"),
    }.get(name, name)


def source_word(source: str) -> str:
    """Return where an input comes from."""
    return {
        "given": words.tr("typed here"),
        "kpi": words.tr("from a KPI"),
        "survey": words.tr("from a survey"),
        "assumption": words.tr("an assumption"),
    }.get(source, words.tr("not known"))


class FigureRows(Rows):
    """Rows of a name, a figure and a line under it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[FigureRow, ...] = ()

    def set_rows(self, rows: Sequence[FigureRow]) -> None:
        """Show (name, figure, words under it)."""
        self.rows = tuple(rows)
        self.setAccessibleName(". ".join(f"{n}: {v}, {w}" for n, v, w in rows))
        self.relay()

    def count(self) -> int:
        """Return how many rows there are."""
        return len(self.rows)

    def height_of(self, row: int, width: float) -> float:
        """Return the height of a name and of the words under it."""
        return 14 + 18 + wrap(self.rows[row][2], font("sticky"), 16, width - 8).height

    def draw(self, painter: QPainter, row: int, rect: QRectF, theme: Theme) -> None:
        """Paint a row."""
        name, figure, under = self.rows[row]
        fill_rect(painter, QRectF(rect.left(), rect.top(), rect.width(), 1), theme.hairline)
        line = QRectF(rect.left(), rect.top() + 7, rect.width() - 4, 18)
        paint_line(painter, line, name, font("base", 500), theme.text)
        paint_line(painter, line, figure, font("base", 600), theme.text, alignment=_RIGHT)
        told = wrap(under, font("sticky"), 16, rect.width() - 8)
        told.paint(painter, QPointF(rect.left(), rect.top() + 26), theme.text_2)


class Calculator(QDialog):
    """A title, a hint, fields, results."""

    def __init__(self, title: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(560, 640)
        self.rows = FigureRows()
        self.note = WrapLabel("", "sticky", 400, "text_2")
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(14)
        self.form.setVerticalSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(PlainLabel(title, "title", 600))
        column.addWidget(WrapLabel(hint, "base", 400, "text_2"))
        column.addLayout(self.form)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        inner = QWidget()
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(0, 0, 6, 0)
        inside.addWidget(self.rows)
        inside.addWidget(self.note)
        inside.addStretch(1)
        scroll.setWidget(inner)
        column.addWidget(scroll, 1)
        self.foot = QHBoxLayout()
        self.foot.addStretch(1)
        column.addLayout(self.foot)

    def field(self, label: str, text: str = "") -> QLineEdit:
        """Add a field to type a number in."""
        line = QLineEdit(text)
        line.setProperty("compact", True)
        line.setAccessibleName(label)
        self.form.addRow(PlainLabel(label), line)
        return line


class ValueDialog(Calculator):
    """Customer value in its variants; what is typed wins over what the workspace says.

    Attributes:
        wanted: ClvInputs as typed; `survivors` goes with them.
    """

    wanted = Signal(object)

    def __init__(
        self,
        currency: str,
        segments: Mapping[str, str],
        least: int,
        parent: QWidget | None = None,
    ) -> None:
        hint = words.tr(
            "Each variant with what it is computed from. An empty field takes what the workspace "
            "says. The acquisition cost of a customer who is kept is already spent: leave it 0."
        )
        super().__init__(words.tr("Customer lifetime value"), hint, parent)
        self._currency, self._segments, self._least = currency, segments, least
        self.fields = {name: self.field(input_word(name)) for name in _INPUTS}
        self.cohort = self.field(words.tr("A cohort's survivors"))
        self.cohort.setPlaceholderText(words.tr("1000, 869, 743 … at the start and each renewal"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self.ask)
        for line in (*self.fields.values(), self.cohort):
            line.textChanged.connect(self._timer.start)

    @property
    def survivors(self) -> tuple[float, ...]:
        """The cohort that is typed; nothing where it is no list of counts."""
        text = self.cohort.text().replace(",", " ").replace(";", " ")
        found = [numbers.parse(part) for part in text.split()]
        return () if None in found else tuple(value for value in found if value is not None)

    @property
    def inputs(self) -> ClvInputs:
        """What is typed; a field that holds no number counts as empty."""
        found: dict[str, float] = {}
        for name, line in self.fields.items():
            value = numbers.parse(line.text()) if line.text().strip() else None
            if value is not None:
                found[name] = value / 100.0 if name in {"retention", "discount"} else value
        horizon = found.pop("horizon", None)
        return ClvInputs(**found, horizon=None if horizon is None else round(horizon))

    def ask(self) -> None:
        """Have it computed now."""
        self._timer.stop()
        if not self.rows.rows:
            self.note.set_text(words.tr("Computing what the workspace knows…"))
        self.wanted.emit(self.inputs)

    def set_report(self, report: "ClvReport") -> None:
        """Show the variants, and in each field what stands in for an empty one."""
        for name, line in self.fields.items():
            value = report.inputs.known.get(name)
            text = source_word(report.sources.get(name, ""))
            if value is not None:
                shown = 100.0 * value if name in {"retention", "discount"} else value
                text = f"{numbers.number(shown)} · {text}"
            line.setPlaceholderText(text)
        rows = [self._row(figure) for figure in report.variants]
        if report.purchases is not None and report.purchases.models is not None:
            values = [v.value for v in report.purchases.values if v.value is not None]
            if values:
                mean = sum(values) / len(values)
                told = words.tr("mean of {0} customers, from their purchases").format(
                    numbers.number(len(values), 0)
                )
                name = words.tr("purchases (BG/NBD with Gamma-Gamma)")
                rows.append((name, numbers.money(mean, self._currency), told))
        rows += segment_rows(report, self._segments, self._currency, self._least)
        self.rows.set_rows(rows)
        self.note.set_text("")

    def set_fault(self, error: MetricError) -> None:
        """Say that an input cannot be."""
        self.rows.set_rows([])
        facts = ", ".join(f"{input_word(k)} {v}" for k, v in error.facts.items())
        self.note.set_text(words.tr("This cannot be computed: {0}").format(facts or error.reason))

    def _row(self, figure: "ClvFigure") -> FigureRow:
        if figure.value is not None:
            value = numbers.money(figure.value, self._currency)
            return words.sentence(figure.variant), value, figure.formula
        if figure.reason:
            told = words.tr("has no finite value: take a horizon")
        else:
            told = words.tr("needs {0}").format(", ".join(input_word(n) for n in figure.needs))
        return words.sentence(figure.variant), numbers.NONE, f"{figure.formula}; {told}"


class PlannerDialog(Calculator):
    """How many answers a question needs, from the spread it had last quarter."""

    def __init__(self, name: str, counts: ScoreCounts, parent: QWidget | None = None) -> None:
        nps = counts.metric.value == "nps"
        points = words.tr("{0}, in points of NPS.").format(name)
        scale = words.tr("{0}, on the scale {1}–{2}.").format(name, counts.low, counts.high)
        hint = points if nps else scale
        super().__init__(words.tr("Survey planner"), hint, parent)
        self.resize(520, 400)
        self._counts = counts
        self.margin = self.field(words.tr("Margin, ±"), "8" if nps else "0.2")
        self.change = self.field(words.tr("Change to be seen"), "10" if nps else "0.3")
        self.power = self.field(words.tr("Chance to see it, %"), "80")
        for line in (self.margin, self.change, self.power):
            line.textChanged.connect(self._show)
        self.plan: Plan | None = None
        self._show()

    def _show(self) -> None:
        margin, change, power = (
            numbers.parse(line.text()) for line in (self.margin, self.change, self.power)
        )
        try:
            if margin is None or change is None or power is None:
                raise MetricError("margin_out_of_range")
            self.plan = plan(self._counts, margin, change, power=power / 100.0)
        except MetricError:
            self.plan = None
            self.rows.set_rows([])
            self.note.set_text(words.tr("Type numbers above 0, and a chance between 1 and 99 %."))
            return
        answers, waves = self.plan.for_margin, self.plan.per_wave
        spread = numbers.number(self.plan.spread, 2)
        known = words.tr("spread of one answer {0}, from {1} answers").format(
            spread, numbers.number(self._counts.n, 0)
        )
        worst = words.tr("spread of one answer {0}: the largest there can be, as too few answered")
        told = worst.format(spread) if self.plan.assumed else known
        self.rows.set_rows(
            [
                (words.tr("Answers for the margin"), numbers.number(answers, 0), told),
                (
                    words.tr("Answers in each of two quarters to see the change"),
                    numbers.number(waves, 0),
                    told,
                ),
            ]
        )
        have = numbers.number(self._counts.n, 0)
        self.note.set_text(words.tr("The last quarter brought {0}.").format(have))
