"""What a sheet of KPIs leaves open: values that do not go together, days that are no period."""

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ui.imports.bands import SIDE
from ui.imports.kpi_values import MOST, CellsStrip, few_digits, written_cells, written_width
from ui.imports.radio_card import AskingBand
from ui.imports.reading import Picker
from ui.imports.words import tr
from ui.shell.widgets.labels import WrapLabel

if TYPE_CHECKING:
    from storage.imports.kpi_clashes import KpiClash

_NAME, _PICK = 260, 330
_QUARTER: Final = re.compile(r"\b(\d{4})(Q[1-4])\b")


class ClashRow(AskingBand):
    """One clash: whose it is, what stands against what, and what becomes of it.

    Attributes:
        chosen: (key, option).
    """

    chosen = Signal(object, str)

    def __init__(self, clash: "KpiClash", option: str) -> None:
        super().__init__()
        self.clash = clash
        name = clash.name + (f" · {clash.touchpoint}" if clash.touchpoint else "")
        self.picker = Picker(name, stays=True)
        self.picker.setFixedWidth(_PICK)
        self.picker.setPlaceholderText(tr("Choose what becomes of them"))
        self.picker.set_entries([(o, option_word(clash, o)) for o in clash.options], option)
        self.picker.picked.connect(self._tell)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.setContentsMargins(SIDE, 0, SIDE, 0)
        row.setSpacing(12)
        column.addLayout(row)
        label = WrapLabel(name, "base", 500)
        label.setFixedWidth(_NAME)
        row.addWidget(label, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.picker)
        told = WrapLabel(clash_word(clash), "sticky", 400, "text_2" if option else "text")
        row.addWidget(told, 1, Qt.AlignmentFlag.AlignVCenter)
        if clash.values and not option:
            cells = written_cells(clash.values[:MOST])
            strip = CellsStrip(written_width(cells))
            strip.set_cells(cells)
            column.addWidget(strip)
        self.set_waits(not option)

    def _tell(self, option: object) -> None:
        self.chosen.emit(self.clash.key, str(option or ""))


def clash_word(clash: "KpiClash") -> str:
    """Return what does not go together, in a sentence."""
    words = {
        "unit_clash": tr("The values have more than one unit: %1."),
        "period_clash": tr("The periods are of different kinds: %1."),
        "period_twice": tr("One period has two values: %1."),
        "decimal_mark": tr("The mark in %1 may part decimals or thousands."),
        "kpi_direction": tr("Which way is good cannot be told: %1."),
        "report_period": tr("These days are no whole week, month, quarter or year."),
    }[clash.reason]
    detail = "; ".join(map(_few_of_two, clash.detail.split("; ")))
    told = detail.replace("(none)", tr("no unit")).replace(" | ", tr(" and "))
    return words.replace("%1", _QUARTER.sub(r"\1 \2", told))


def _few_of_two(part: str) -> str:
    """Return "2026Q1: 23.33 | 71" with few digits, unless two values would look the same."""
    few = few_digits(part)
    before, _, after = few.rpartition(" | ")
    return part if before.rpartition(": ")[2] == after else few


def option_word(clash: "KpiClash", option: str) -> str:
    """Return what an option does, in a few words."""
    if option == "skip":
        return tr("Leave them out") if clash.reason == "report_period" else tr("Leave this KPI out")
    if clash.reason == "report_period":
        return tr("They stand for %1").replace("%1", option)
    plain = {
        "separate": tr("Keep all: the others as another KPI"),
        "higher": tr("Higher is better"),
        "lower": tr("Lower is better"),
        "first": tr("The first value counts"),
        "last": tr("The last value counts"),
        ",": tr("The comma is the decimal mark"),
        ".": tr("The point is the decimal mark"),
    }.get(option)
    if plain is not None:
        return plain
    act, _, what = option.partition(":")
    words = {
        "only": tr("Only the values in %1"),
        "convert": tr("Convert all to %1"),
        "same": tr("Values without a unit are %1 too"),
        "shares": tr("Values without a unit are shares of 1: convert to %1"),
    }[act]
    if clash.reason == "period_clash":
        words = tr("Only the values by %1")
    return words.replace("%1", kind_word(what) if clash.reason == "period_clash" else what)


def kind_word(kind: str) -> str:
    """Return a kind of period as it is said."""
    return {
        "quarter": tr("quarter"),
        "month": tr("month"),
        "week": tr("week"),
        "year": tr("year"),
        "day": tr("day"),
    }.get(kind, kind)
