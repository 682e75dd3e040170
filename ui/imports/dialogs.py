"""Which dialog asks about which kind of evidence; each is loaded when the first one is needed."""

from typing import TYPE_CHECKING

from ui.imports.kinds import EvidenceKind

if TYPE_CHECKING:
    from ui.imports.frame import ImportFrame


def dialog_class(kind: EvidenceKind, *, tickets: bool = False) -> "type[ImportFrame]":
    """Return the class of a kind's dialog; nothing of Qt is made, so any thread may ask.

    KPIs that are made of tickets have one of their own. The first to ask for a kind loads its
    modules, which is too long a wait for the window's thread.
    """
    if kind is EvidenceKind.SURVEY:
        from ui.imports.dialog import ImportDialog

        return ImportDialog
    if kind is EvidenceKind.KPI and tickets:
        from ui.imports.tickets_dialog import TicketsDialog

        return TicketsDialog
    if kind is EvidenceKind.KPI:
        from ui.imports.kpi_dialog import KpiDialog

        return KpiDialog
    if kind is EvidenceKind.EVENTS:
        from ui.imports.events_dialog import EventsDialog

        return EventsDialog
    from ui.imports.purchases_dialog import PurchasesDialog

    return PurchasesDialog
