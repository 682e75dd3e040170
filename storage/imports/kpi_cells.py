"""One observation as it stands in a sheet of KPIs or in a report."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KpiCell:
    """One observation as it stands in the sheet.

    Attributes:
        place: the column, for people. unit, better, touchpoint, owner: "" where not said.
        value, target, n: texts; "" is none.
        row: what a report counts for, a page or an event; "" elsewhere and for the whole.
        decimal: the decimal mark where the file's maker is known to write it so.
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
