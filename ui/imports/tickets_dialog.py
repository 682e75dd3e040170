"""Import tickets: what their columns are, and the KPIs that come of them."""

from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout

from storage.errors import MappingError
from storage.imports.mapping import TicketsMapping
from ui.imports.bands import SIDE
from ui.imports.kpi_dialog import KpiDialog
from ui.imports.tickets_form import TicketsForm
from ui.imports.words import left_out
from ui.numbers import number
from ui.shell.widgets.labels import WrapLabel

if TYPE_CHECKING:
    from storage.imports.kpi_result import KpiImport

# Reasons for which values are left out, and not tickets.
_OF_VALUES: Final = frozenset({"known", "not_chosen", "no_touchpoint"})


class TicketsDialog(KpiDialog):
    """Asks what the columns of tickets are and shows the KPIs they give."""

    def _add_above(self, column: QVBoxLayout) -> None:
        saved = self._found.saved or datetime.now().astimezone().date()
        columns = self._found.inspection.columns
        self.form = TicketsForm(columns, self._touchpoints, saved)
        self.form.changed.connect(self._on_tickets)
        inset = QVBoxLayout()
        inset.setContentsMargins(SIDE, 12, SIDE, 12)
        inset.addWidget(self.form)
        column.addLayout(inset)

    def _show_mapping(self) -> None:
        if self.mapping.tickets is not None:
            self.form.show_tickets(self.mapping.tickets)
        self._show_heading()

    @cached_property
    def notes(self) -> WrapLabel:
        """How each KPI is counted; made when the first are known."""
        label = WrapLabel("", "sticky", 400, "text_2")
        inset = QVBoxLayout()
        inset.setContentsMargins(SIDE, 14, SIDE, 0)
        inset.addWidget(label)
        self._area.column.addLayout(inset)
        return label

    def _take_counts(self, counted: object) -> None:
        super()._take_counts(counted)
        told = {seen.kpi.name: seen.kpi.note for seen in cast("KpiImport", counted).seen}
        self.notes.set_text("\n".join(f"{name}: {note}" for name, note in told.items()))

    @Slot(object)
    def _on_tickets(self, tickets: TicketsMapping) -> None:
        self._set_mapping(replace(self.mapping, tickets=tickets))

    def _open_words(self) -> str:
        """Say in the form's words what the last count lacked."""
        fault = self._fault
        if not isinstance(fault, MappingError):
            return ""
        words = {
            "ticket_unit": self.tr("To go on, say in which unit the times of %1 are."),
            "ticket_period": self.tr(
                "To go on, choose the period all tickets fall in: the file has no dates."
            ),
            "ticket_columns": self.tr(
                "To go on, choose the column of the first reply or of the time until a ticket was "
                "solved, or what says that it is solved and replies, reopens or who asked."
            ),
        }.get(fault.reason, "")
        return words.replace("%1", ", ".join(f"“{name}”" for name in fault.names))

    def _show_counts(self, counted: object) -> None:
        result = cast("KpiImport", counted)
        super()._show_counts(counted)
        left = [each for each in result.skipped if each.reason not in _OF_VALUES]
        out = sum(each.count for each in left)
        refused = sum(cell.count for cell in result.refused_cells)
        why = [left_out(left)] if left else []
        if refused:
            why.append(self.tr("%1 cells could not be read").replace("%1", number(refused, 0)))
        self.counts.set_nouns(self.tr("tickets in the file"), self.tr("counted"))
        kept = max(0, result.records - out)
        self.counts.set_counts(result.records, kept, " · ".join(why), refused=False)
        self.counts.set_remarks(list(self._remarks(result)))

    def _remarks(self, result: "KpiImport") -> list[str]:
        """Return what a person should know of the figures."""
        words = {
            "too_young": self.tr(
                "%1 tickets were solved too recently to tell whether they return."
            ),
            "unsolved": self.tr("%1 tickets are not solved and in no share of solved ones."),
            "unknown_fcr": self.tr("%1 tickets do not say whether the first contact was enough."),
            "no_fcr": self.tr("No first contact resolution: nothing says what is solved, and how."),
            "no_response": self.tr("No response times: the file has no first reply."),
            "target_kept": self.tr("“%1” keeps the target it has."),
        }
        return [
            words[reason].replace("%1", name) for reason, name in result.warnings if reason in words
        ]
