"""Import KPIs: every series with its unit, direction and target, as the sheet says or as typed."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from storage.imports.kpi_reading import read_value
from ui.document import DocumentModel
from ui.imports.bands import SIDE
from ui.imports.form import RowsArea
from ui.imports.kpi_changes import KpiChange
from ui.imports.log_frame import LogFrame
from ui.imports.reading import Picker
from ui.imports.words import left_out, tr
from ui.imports.work import Found, Order
from ui.jobs import Jobs
from ui.numbers import number
from ui.shell.widgets.labels import PlainLabel, WrapLabel

if TYPE_CHECKING:
    from storage.imports.kpi_result import KpiImport, KpiTaken

_WIDTHS = (240, 200, 110, 150, 110)


class KpiDialog(LogFrame):
    """Shows the series a sheet of KPIs holds and asks what the sheet does not say."""

    def __init__(
        self,
        found: Found,
        document: DocumentModel,
        jobs: Jobs,
        journey: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(found, document, jobs, journey, parent)
        self.rows: dict[tuple[str, str], KpiRow] = {}
        self._changes: dict[tuple[str, str], KpiChange] = {}
        self._asked: frozenset[str] = frozenset()
        self._area = RowsArea(self.tr("KPIs"))
        self._area.column.addWidget(_headings())
        self._finish(self._area, self.tr("What each KPI is"))

    def _show_mapping(self) -> None:
        """The series are shown as they are counted; the mapping itself is text."""

    def _take_counts(self, counted: object) -> None:
        """Show the series that were found; what was typed about them stays."""
        result = cast("KpiImport", counted)
        names = (name for reason, name in result.warnings if reason == "direction_assumed")
        self._asked = frozenset(names)
        for row in self.rows.values():
            self._area.column.removeWidget(row)
            row.deleteLater()
        self.rows = {}
        for taken in result.kpis:
            key = (taken.kpi.name, taken.touchpoint)
            change = self._changes.setdefault(key, KpiChange())
            row = KpiRow(taken, change, asked=taken.kpi.name in self._asked)
            row.changed.connect(self._on_changed)
            self.rows[key] = row
            self._area.column.addWidget(row)
        self._show_heading()

    @Slot(object, object)
    def _on_changed(self, key: tuple[str, str], change: KpiChange) -> None:
        self._changes[key] = change
        self._show_heading()
        self._show_state()

    def _show_heading(self) -> None:
        waiting = len(self._open_names())
        words = self.tr("%1 KPIs").replace("%1", number(len(self.rows), 0))
        if waiting:
            words += " · " + self.tr("%1 to be said: is higher or lower better?")
            words = words.replace("%1", number(waiting, 0))
        self._heading.setText(words if self.rows else "")
        self._heading.set_role("warning" if waiting else "text_2")

    def _open_names(self) -> list[str]:
        """Return the KPIs whose good end nobody said yet."""
        return [
            name
            for (name, where), change in self._changes.items()
            if (name, where) in self.rows and name in self._asked and not change.better
        ]

    def _order(self) -> Order:
        from dataclasses import replace

        return replace(super()._order(), kpi_changes=dict(self._changes))

    def _open_words(self) -> str:
        return ""

    def _after_words(self, counted: object) -> str:
        waiting = self._open_names()
        if waiting:
            words = self.tr("To go on, say for %1 whether a higher or a lower value is better.")
            return words.replace("%1", ", ".join(f"“{name}”" for name in waiting[:5]))
        wrong = [row.kpi for row in self.rows.values() if not row.is_whole]
        if wrong:
            return self.tr("The target of %1 is no number.").replace("%1", f"“{wrong[0]}”")
        if not cast("KpiImport", counted).imported:
            return self.tr("No value of this file can be taken in.")
        return ""

    def _known_words(self, name: str) -> tuple[str, str]:
        title = self.tr("This KPI has a value for this period already: %1.").replace("%1", name)
        words = {
            "refuse": self.tr("Replace what is there, or add only the periods that are new?"),
            "replace": self.tr("Values that are there are replaced; one undo brings them back."),
            "add": self.tr("Only periods that are new are taken."),
        }[self._if_known]
        return title, words

    def _show_counts(self, counted: object) -> None:
        result = cast("KpiImport", counted)
        blank = sum(s.count for s in result.skipped)
        refused = sum(c.count for c in result.refused_cells)
        self.counts.set_nouns(self.tr("values in the file"), self.tr("taken"))
        why = [left_out(result.skipped)] if result.skipped else []
        for cell in result.refused_cells:
            told = self.tr("%1 in %2 (“%3”)").replace("%1", number(cell.count, 0))
            why.append(told.replace("%2", cell.column).replace("%3", cell.example[:30]))
        total = result.imported + blank + refused
        self.counts.set_counts(total, result.imported, " · ".join(why), refused=False)
        kept = (name for reason, name in result.warnings if reason == "target_kept")
        words = self.tr("“%1” keeps the target it has.")
        self.counts.set_remarks([words.replace("%1", name) for name in kept])


class KpiRow(QWidget):
    """One series: unit, direction and target to be corrected, its periods to be seen.

    Attributes:
        changed: (key, KpiChange).
    """

    changed = Signal(object, object)

    def __init__(self, taken: "KpiTaken", change: KpiChange, *, asked: bool) -> None:
        super().__init__()
        kpi = taken.kpi
        self.kpi = kpi.name
        self._key = (kpi.name, taken.touchpoint)
        self.unit = QLineEdit(kpi.unit if change.unit is None else change.unit)
        self.better = Picker(tr("Better"))
        higher, lower = (("higher", tr("higher is better")), ("lower", tr("lower is better")))
        self.better.setPlaceholderText(tr("Which is better?"))
        self.better.set_entries([higher, lower], change.better or ("" if asked else kpi.better))
        target = "" if kpi.target is None else f"{kpi.target:g}"
        self.target = QLineEdit(target if change.target is None else change.target)
        for field, name in ((self.unit, tr("Unit")), (self.target, tr("Target"))):
            field.setProperty("compact", True)
            field.setAccessibleName(f"{name}: {kpi.name}")
            field.textEdited.connect(self._tell)
        self.better.picked.connect(self._tell)
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE, 4, SIDE, 4)
        row.setSpacing(12)
        parts = (
            WrapLabel(kpi.name, "base", 500),
            WrapLabel(taken.touchpoint or tr("the whole company"), "sticky", 400, "text_2"),
            self.unit,
            self.better,
            self.target,
        )
        for part, wide in zip(parts, _WIDTHS, strict=True):
            part.setFixedWidth(wide)
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(PlainLabel(_span(taken.periods), "sticky", 400, "text_2"), 1)

    @property
    def is_whole(self) -> bool:
        """Whether the target is a number or blank."""
        text = self.target.text().strip()
        return not text or read_value(text) is not None

    @Slot()
    def _tell(self) -> None:
        better = self.better.currentData()
        change = KpiChange(self.unit.text().strip(), str(better or ""), self.target.text().strip())
        self.changed.emit(self._key, change)


def _headings() -> QWidget:
    names = (tr("KPI"), tr("Touchpoint"), tr("Unit"), tr("Good is"), tr("Target"))
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(SIDE, 0, SIDE, 4)
    row.setSpacing(12)
    for name, wide in zip(names, _WIDTHS, strict=True):
        label = PlainLabel(name, "meta", 600, "text_2")
        label.setFixedWidth(wide)
        row.addWidget(label)
    row.addWidget(PlainLabel(tr("Periods"), "meta", 600, "text_2"), 1)
    return line


def _span(periods: tuple[str, ...]) -> str:
    if len(periods) < 2:
        return "".join(periods)
    words = tr("%1 to %2, %3 values").replace("%1", periods[0]).replace("%2", periods[-1])
    return words.replace("%3", number(len(periods), 0))
