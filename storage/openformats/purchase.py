"""A purchase as a value: what readers and writers of purchases hand to each other."""

from dataclasses import dataclass

from journey.model.ids import PurchaseLogId, SegmentId


@dataclass(frozen=True, slots=True)
class Purchase:
    """One purchase of one customer.

    Attributes:
        at: ISO 8601, a day ("2026-11-22") or a moment in UTC ("2026-11-22T09:30:00Z").
        amount: in the workspace's currency, any finite number.
        log: the import it came with; None without one.
    """

    customer: str
    at: str
    amount: float
    segment: SegmentId | None = None
    log: PurchaseLogId | None = None
