"""What a list is ranked by, and why it is an index and not money."""

from PySide6.QtCore import QCoreApplication

from journey.model.workspace import Workspace
from journey.priority.result import Basis, Ranking
from ui import numbers


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("Priorities", text)


def what_is_ranked(ranking: Ranking) -> str:
    """Return the subtitle: by what, from how many draws, with which seed."""
    how = tr("{0} draws, seed {1}").format(numbers.number(ranking.draws, 0), ranking.seed)
    if ranking.basis is Basis.MONEY:
        what = tr("Customer value kept, for each year's customers, per day of work")
    elif ranking.basis is Basis.INDEX and ranking.index_unit == "moved_per_1000":
        what = tr("Customers no longer let down, per 1 000, per day of work")
    elif ranking.basis is Basis.INDEX:
        what = tr("Customers kept, per 1 000, per day of work")
    else:
        what = tr("Order by the workshop's classes and votes")
    return " · ".join((what, how))


def why_index(workspace: Workspace | None) -> str:
    """Return which segments lack customers or value."""
    segments = workspace.segments.values() if workspace else ()
    if not segments:
        return tr("No segment with customers a year is known, so no row shows money.")
    customers = [s.name for s in segments if s.customers_per_year is None]
    value = [s.name for s in segments if s.value_if_retained is None]
    if customers and customers == value:
        told = tr(
            "Customers a year and the value of a kept customer are not known for {0}, "
            "so no row shows money."
        )
        return told.format(", ".join(sorted(customers)))
    parts: list[str] = []
    if customers:
        told = tr("Customers a year are not known for {0}, so no row shows money.")
        parts.append(told.format(", ".join(sorted(customers))))
    if value:
        told = tr("The value of a kept customer is not known for {0}.")
        parts.append(told.format(", ".join(sorted(value))))
    return " ".join(parts) or tr("Some answers name no segment with customers a year.")
