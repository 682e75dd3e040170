"""Calculators that take counts: churn in its variants, service, acquisition, engagement."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit

from journey.edit.figures import Figure
from journey.metrics.counted import (
    ChurnCounts,
    CountedFigure,
    ServiceCounts,
    churn_from_counts,
    service_from_counts,
)
from journey.metrics.kinds import MetricError
from journey.metrics.standard_kpis import MONEY, SHARE, standard_kpi
from ui import numbers
from ui.evidence import words
from ui.evidence.calculators import Calculator, FigureRow
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from journey.metrics.churn_variants import ChurnFigure

# Fields that take several numbers.
_LISTS: Final = frozenset({"hours", "waiting"})
_COLUMNS: Final = 3


def count_word(name: str) -> str:
    """Return what is typed into a field."""
    return {
        "start": words.tr("Customers at the start"),
        "end": words.tr("Customers at the end"),
        "lost": words.tr("Customers lost in the period"),
        "lost_from_start": words.tr("Lost of those at the start"),
        "involuntary": words.tr("Lost against their will"),
        "due": words.tr("Contracts due for renewal"),
        "not_renewed": words.tr("Contracts not renewed"),
        "revenue_start": words.tr("Revenue at the start"),
        "revenue_lost": words.tr("Revenue lost"),
        "expansion": words.tr("Revenue won from those who stayed"),
        "months": words.tr("Months of the period"),
        "closed_first": words.tr("Issues resolved at the first contact"),
        "issues": words.tr("Issues older than 7 days"),
        "hours": words.tr("Hours until each answer"),
        "waiting": words.tr("Hours that unanswered ones wait"),
        "spend": words.tr("Spent on acquisition"),
        "new_customers": words.tr("New customers"),
        "asked": words.tr("Customers asked for a referral"),
        "referring": words.tr("Asked who referred somebody"),
        "referred": words.tr("New customers by referral"),
        "active": words.tr("Customers with an action"),
        "customers": words.tr("Customers in all"),
    }[name]


class CountsDialog(Calculator):
    """Fields for counts, and the KPIs that follow from them.

    Attributes:
        kept: a tuple of Figure is to be kept for the quarter. figures: what follows now.
    """

    kept = Signal(object)

    def __init__(
        self,
        names: Sequence[str],
        compute: Callable[[dict[str, Any]], tuple[CountedFigure, ...]],
        heading: tuple[str, str],
        currency: str,
        parent: "QWidget | None" = None,
    ) -> None:
        super().__init__(*heading, parent)
        self.resize(760, 660)
        self._compute, self._currency = compute, currency
        self.figures: tuple[CountedFigure, ...] = ()
        self._below: tuple[FigureRow, ...] = ()
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(2)
        self.form.addRow(grid)
        self.fields = {name: _field(grid, place, name) for place, name in enumerate(names)}
        self.keep = Button("", "floppy-disk", "primary")
        self.keep.setEnabled(False)
        self.keep.clicked.connect(self._on_keep)
        self.foot.addWidget(self.keep)
        self._quarter = ""
        for line in self.fields.values():
            line.textChanged.connect(self.show_figures)

    def set_quarter(self, quarter: str) -> None:
        """Say for which quarter figures are kept; "" where none can be."""
        self._quarter = quarter
        told = words.tr("Keep as KPIs of {0}").format(words.label(quarter))
        self.keep.setText(told if quarter else words.tr("Keep as KPIs"))
        self.show_figures()

    def show_figures(self) -> None:
        """Compute again what follows from what is typed."""
        fault = ""
        try:
            self.figures = self._compute(self._typed())
        except MetricError as error:
            self.figures = ()
            facts = ", ".join(f"{count_name(name)} {value}" for name, value in error.facts.items())
            fault = words.tr("This cannot be computed: {0}").format(facts or error.reason)
        known = [f for f in self.figures if f.value is not None]
        rows = [self._row(f) for f in self.figures if f.value is not None or self._is_begun(f)]
        self.rows.set_rows([*rows, *self._below])
        begin = words.tr("What follows from the counts is shown here as they are typed.")
        self.note.set_text(fault or ("" if rows or self._below else begin))
        self.keep.setEnabled(bool(known) and bool(self._quarter))

    def show_below(self, rows: Sequence[FigureRow]) -> None:
        """Show what the workspace knows by itself under what is typed."""
        self._below = tuple(rows)
        self.show_figures()

    def _typed(self) -> dict[str, Any]:
        typed: dict[str, Any] = {}
        for name, line in self.fields.items():
            if not (text := line.text().strip()):
                continue
            value = _several(text) if name in _LISTS else numbers.parse(text)
            if value is None:
                raise MetricError("not_a_number", **{name: f"“{text}”"})
            typed[name] = value
        return typed

    def _is_begun(self, figure: CountedFigure) -> bool:
        """Tell whether something that a figure needs is there."""
        return any(
            name not in figure.needs and self.fields[name].text().strip()
            for name in _NEEDED.get(figure.measure, ())
        )

    def _row(self, figure: CountedFigure) -> FigureRow:
        standard = standard_kpi(figure.measure)
        assert standard is not None
        if figure.value is None:
            needed = ", ".join(count_word(name) for name in figure.needs)
            told = words.tr("needs {0}").format(needed) if needed else words.tr("no data")
            return standard.name, numbers.NONE, told
        parts = []
        if figure.low is not None and figure.high is not None:
            ends = (numbers.percent(figure.low, 1), numbers.percent(figure.high, 1))
            parts.append(f"95 %: {numbers.interval(*ends)}")
        if figure.n is not None:
            parts.append(words.tr("of {0}").format(numbers.number(figure.n, 0)))
        if figure.yearly is not None:
            parts.append(words.tr("in a year {0}").format(numbers.percent(figure.yearly, 1)))
        parts.append(standard.definition)
        return standard.name, self._figure_word(figure.value, standard.unit), " · ".join(parts)

    def _figure_word(self, value: float, unit: str) -> str:
        if unit == SHARE:
            return f"{numbers.number(100.0 * value, 1)} %"
        if unit == MONEY:
            return numbers.money(value, self._currency)
        return numbers.with_unit(value, unit)

    def _on_keep(self) -> None:
        found = [
            Figure(f.measure, f.value, None if f.n is None else round(f.n))
            for f in self.figures
            if f.value is not None
        ]
        self.kept.emit(tuple(found))
        self.note.set_text(words.tr("Kept; undo takes it back."))


def count_name(name: str) -> str:
    """Return a field's words, or a fact's own name."""
    try:
        return count_word(name)
    except KeyError:
        return name


class ChurnDialog(CountsDialog):
    """Churn in its named variants: of what is typed, and as the workspace knows it."""

    def __init__(self, currency: str, parent: "QWidget | None" = None) -> None:
        hint = words.tr(
            "Different measures, each under its own name. Only churn over the start base is a "
            "probability; monthly churn grows to a year by 1 − (1 − m)¹²."
        )
        super().__init__(
            ("start", "end", "lost", "lost_from_start", "involuntary", "due", "not_renewed",
             "revenue_start", "revenue_lost", "expansion", "months"),
            lambda typed: churn_from_counts(ChurnCounts(**typed)),
            (words.tr("Churn"), hint), currency, parent,
        )  # fmt: skip

    def set_figures(self, figures: Sequence["ChurnFigure"], minimum_n: int) -> None:
        """Show the variants the workspace has evidence of."""
        self.show_below([_workspace_row(f, minimum_n) for f in figures])
        if not figures:
            self.note.set_text(
                words.tr(
                    "Nothing in this workspace says who left. Type counts above, or import a "
                    "survey whose outcome means leaving, churn KPIs, or purchases."
                )
            )


class ServiceDialog(CountsDialog):
    """First contact resolution, response time, acquisition, referral, engagement."""

    def __init__(self, currency: str, parent: "QWidget | None" = None) -> None:
        hint = words.tr(
            "Type the counts of one period; several hours are parted by spaces. A ticket that "
            "waits counts as late once it has waited 2 h, and is left out before."
        )
        super().__init__(
            ("closed_first", "issues", "hours", "waiting", "spend", "new_customers", "referred",
             "asked", "referring", "active", "customers"),
            lambda typed: service_from_counts(ServiceCounts(**typed)),
            (words.tr("Service and acquisition"), hint), currency, parent,
        )  # fmt: skip


def _field(grid: QGridLayout, place: int, name: str) -> QLineEdit:
    """Add a field under its words, at a place of rows of three."""
    row, column = divmod(place, _COLUMNS)
    line = QLineEdit()
    line.setProperty("compact", True)
    line.setAccessibleName(count_word(name))
    label = PlainLabel(count_word(name), "sticky", 400, "text_2")
    label.setContentsMargins(0, 8 if row else 0, 0, 0)  # nearer to its field than to the one above
    grid.addWidget(label, 2 * row, column)
    grid.addWidget(line, 2 * row + 1, column)
    return line


_NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "churn_average_base": ("lost", "end"),
    "churn": ("lost_from_start",),
    "churn_voluntary": ("involuntary",),
    "churn_involuntary": ("involuntary",),
    "churn_renewal": ("due", "not_renewed"),
    "churn_revenue_gross": ("revenue_start", "revenue_lost"),
    "churn_revenue_net": ("expansion",),
    "fcr": ("closed_first", "issues"),
    "response_in_time": ("waiting",),
    "cac": ("spend",),
    "referral_rate": ("asked", "referring"),
    "referred_share": ("referred",),
    "engagement": ("active", "customers"),
}


def _several(text: str) -> tuple[float, ...] | None:
    found = [numbers.parse(part) for part in text.replace(";", " ").split()]
    return None if None in found else tuple(value for value in found if value is not None)


def _workspace_row(figure: "ChurnFigure", minimum_n: int) -> FigureRow:
    name, parts = words.sentence(figure.variant), [figure.source, figure.period or ""]
    if figure.lost is not None and figure.base is not None:
        if figure.base < minimum_n:
            few = words.tr("too few to show, {0}").format(numbers.number(figure.base, 0))
            return name, numbers.NONE, " · ".join(p for p in (*parts, few) if p)
        told = words.tr("{0} of {1}")
        parts.append(told.format(numbers.number(figure.lost, 0), numbers.number(figure.base, 0)))
    if figure.low is not None and figure.high is not None:
        ends = numbers.interval(numbers.percent(figure.low, 1), numbers.percent(figure.high, 1))
        parts.append(f"95 %: {ends}")
    if figure.months is not None:
        parts.append(words.tr("over {0} months").format(figure.months))
    if figure.yearly is not None and figure.months != 12:
        parts.append(words.tr("in a year {0}").format(numbers.percent(figure.yearly, 1)))
    return (
        name,
        f"{numbers.number(100.0 * figure.value, 1)} %",
        " · ".join(p for p in parts if p),
    )
