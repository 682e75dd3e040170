"""One KPI of a sheet: unit, direction and target to be corrected, its values below."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from storage.imports.kpi_reading import read_value
from ui.imports.bands import SIDE
from ui.imports.kpi_changes import KpiChange
from ui.imports.kpi_values import ValuesStrip
from ui.imports.radio_card import AskingBand
from ui.imports.reading import Picker
from ui.imports.words import tr
from ui.shell.widgets.labels import PlainLabel, WrapLabel

if TYPE_CHECKING:
    from storage.imports.kpi_result import KpiSeen

_STRETCH = (3, 2)  # name and touchpoint share what the fields leave
_FIELDS = (120, 170, 100)  # unit, direction, target


class KpiRow(AskingBand):
    """One series with its values; tinted while nobody said which end is good.

    Attributes:
        changed: (key, KpiChange).
    """

    changed = Signal(object, object)

    def __init__(self, seen: "KpiSeen", change: KpiChange, *, asked: bool, is_new: bool) -> None:
        """Make it; `is_new` says that the touchpoint is not on the map."""
        super().__init__()
        kpi = seen.kpi
        self.kpi = kpi.name
        self._key = (kpi.name, seen.touchpoint)
        self._asked = asked
        self.unit = QLineEdit(kpi.unit if change.unit is None else change.unit)
        self.better = Picker(f"{tr('Good is')}: {kpi.name}", stays=True)
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
        self._where = seen.touchpoint or tr("the whole company")
        if is_new:
            self._where += " · " + tr("new on the map")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 8)
        self._column.setSpacing(6)
        self._column.addLayout(self._fields())
        self.values: ValuesStrip | None = None
        self._show_waiting()

    def _fields(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(SIDE, 0, SIDE, 0)
        row.setSpacing(12)
        names = (WrapLabel(self.kpi, "base", 600), WrapLabel(self._where, "sticky", 400, "text_2"))
        for label, stretch in zip(names, _STRETCH, strict=True):
            label.setMinimumWidth(100)
            row.addWidget(label, stretch, Qt.AlignmentFlag.AlignVCenter)
        for part, wide in zip((self.unit, self.better, self.target), _FIELDS, strict=True):
            part.setFixedWidth(wide)
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    def show_values(self, strip: ValuesStrip, *, enters: bool) -> None:
        """Put the values under the fields; of a KPI that nothing enters of, nothing can be set."""
        self.values = strip
        self._column.addWidget(strip)
        for field in (self.unit, self.better, self.target):
            field.setEnabled(enters)
            field.setToolTip("" if enters else tr("No value of this KPI is taken in."))

    def show_choice(self, chosen: str) -> None:
        """Show what becomes of values that differ."""
        if self.values is not None:
            self.values.set_chosen(chosen)

    @property
    def is_whole(self) -> bool:
        """Whether the target is a number or blank."""
        text = self.target.text().strip()
        return not text or read_value(text) is not None

    @Slot()
    def _tell(self) -> None:
        better = self.better.currentData()
        change = KpiChange(self.unit.text().strip(), str(better or ""), self.target.text().strip())
        self._show_waiting()
        self.changed.emit(self._key, change)

    def show_better(self, better: str) -> None:
        """Show a direction that was said of the same KPI elsewhere."""
        self.better.set_current(better)
        self._show_waiting()

    def _show_waiting(self) -> None:
        self.set_waits(self._asked and not self.better.currentData())


def headings() -> QWidget:
    """Return what stands over the parts of `KpiRow`s."""
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(SIDE, 0, SIDE, 4)
    row.setSpacing(12)
    for name, stretch in zip((tr("KPI"), tr("Touchpoint")), _STRETCH, strict=True):
        label = PlainLabel(name, "meta", 600, "text_2")
        label.setMinimumWidth(100)
        row.addWidget(label, stretch)
    for name, wide in zip((tr("Unit"), tr("Good is"), tr("Target")), _FIELDS, strict=True):
        label = PlainLabel(name, "meta", 600, "text_2")
        label.setFixedWidth(wide)
        row.addWidget(label)
    return line
