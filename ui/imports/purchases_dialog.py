"""Import purchases: who, when, how much."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from storage.imports.mapping import PurchasesMapping
from ui.document import DocumentModel
from ui.imports.figures import Figures
from ui.imports.form import ColumnForm, RowsArea
from ui.imports.log_frame import LogFrame
from ui.imports.words import date_word, left_out
from ui.imports.work import Found
from ui.jobs import Jobs
from ui.numbers import NONE, money, number
from ui.shell.widgets.labels import WrapLabel

if TYPE_CHECKING:
    from storage.imports.purchases import PurchasesImport

_FORMATS: Final = ("%Y-%m-%d", "%Y%m%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y")


class PurchasesDialog(LogFrame):
    """Makes a purchase log's mapping and counts what it would take in."""

    def __init__(
        self,
        found: Found,
        document: DocumentModel,
        jobs: Jobs,
        journey: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(found, document, jobs, journey, parent)
        self.form = ColumnForm(
            (
                ("customer", self.tr("Customer"), True),
                ("date", self.tr("Day of the purchase"), True),
                ("amount", self.tr("Amount"), True),
                ("segment", self.tr("Segment"), False),
                ("date_format", self.tr("How days are written"), False),
            ),
            self.tr("none"),
        )
        area = RowsArea(self.tr("What each column is"))
        area.inset(self.form)
        self.summary = Figures()
        area.inset(self.summary)
        use = self.tr(
            "From purchases come churn and customer lifetime value, by segment where one is named."
        )
        area.inset(WrapLabel(use, "sticky", 400, "text_2"))
        self.form.chosen.connect(self._on_column)
        self._finish(area, self.tr("What each column is"))

    @property
    def _purchases(self) -> PurchasesMapping:
        assert self.mapping.purchases is not None
        return self.mapping.purchases

    @Slot(str, str)
    def _on_column(self, key: str, value: str) -> None:
        chosen = value or None if key in ("segment", "date_format") else value
        changed = replace(self._purchases, **{key: chosen})  # type: ignore[arg-type]
        self._set_mapping(replace(self.mapping, purchases=changed))

    def _show_mapping(self) -> None:
        names = [seen.name for seen in self._found.inspection.columns]
        purchases = self._purchases
        values = {key: getattr(purchases, key) for key in ("customer", "date", "amount", "segment")}
        self.form.show_columns(names, values)
        formats = dict.fromkeys((*_FORMATS, purchases.date_format or _FORMATS[0]))
        entries: list[tuple[object, str]] = [("", self.tr("as found"))]
        entries += [(form, date_word(form)) for form in formats]
        self.form.pickers["date_format"].set_entries(entries, purchases.date_format or "")

    def _open_words(self) -> str:
        purchases = self._purchases
        for name, words in (
            (purchases.customer, self.tr("To go on, choose the column that names the customer.")),
            (purchases.date, self.tr("To go on, choose the column of the days.")),
            (purchases.amount, self.tr("To go on, choose the column of the amounts.")),
        ):
            if not name:
                return words
        return ""

    def _after_words(self, counted: object) -> str:
        if cast("PurchasesImport", counted).purchases:
            return ""
        return self.tr("No purchase of this file can be taken in.")

    def _known_words(self, name: str) -> tuple[str, str]:
        title = self.tr("These purchases were imported before, as “%1”.").replace("%1", name)
        words = {
            "refuse": self.tr("Replace them, or add only the purchases that are new?"),
            "replace": self.tr("What was imported then is replaced; one undo brings it back."),
            "add": self.tr("Only purchases that are new are taken."),
        }[self._if_known]
        return title, words

    def _show_counts(self, counted: object) -> None:
        log = cast("PurchasesImport", counted)
        self.counts.set_nouns(self.tr("purchases in the file"), self.tr("taken"))
        refused = bool(log.refused)
        self.counts.set_counts(log.records, log.purchases, left_out(log.skipped), refused=refused)
        self.counts.set_remarks([])
        currency = self._document.workspace.info.currency
        customers = max(log.customers, 1)
        self.summary.set_figures(
            (
                (number(log.customers, 0), self.tr("customers")),
                (number(log.purchases / customers, 1), self.tr("purchases of each, on average")),
                (money(log.total, currency), self.tr("in all")),
                (money(log.total / customers, currency), self.tr("of each customer, on average")),
                (log.first or NONE, self.tr("first day")),
                (log.last or NONE, self.tr("last day")),
            )
        )
