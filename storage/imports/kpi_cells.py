"""One observation as it stands in a sheet of KPIs or in a report."""

from dataclasses import dataclass

from storage.imports.words import is_missing_mark


@dataclass(frozen=True, slots=True)
class KpiCell:
    """One observation as it stands in the sheet.

    Attributes:
        place: the column, for people. unit, better, touchpoint, owner: "" where not said.
        value, target, n: texts; "" is none.
        row: what a report counts for, a page or an event; "" elsewhere and for the whole.
        decimal: the decimal mark where the file's maker is known to write it so.
        measure, note: which KPI of the trade it is and how it was counted; "" where its name tells.
    """

    line: int
    place: str
    name: str
    period: str
    value: str
    n: str = ""
    unit: str = ""
    better: str = ""
    target: str = ""
    touchpoint: str = ""
    owner: str = ""
    date_format: str | None = None
    row: str = ""
    decimal: str | None = None
    measure: str = ""
    note: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was measured: an empty cell, or a mark as "n/a" or "–"."""
        return not self.value or is_missing_mark(self.value)
