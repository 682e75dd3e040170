"""Which arrows of a flow are shown."""

from dataclasses import dataclass
from enum import StrEnum

from journey.graph.arrows import Arrow, Standing
from journey.model.ids import SegmentId
from journey.model.map import LOST


class Show(StrEnum):
    """Drawn arrows, found ones, or both."""

    BOTH = "both"
    DRAWN = "drawn"
    FOUND = "found"


@dataclass(frozen=True, slots=True)
class Filters:
    """What people chose in the bar above the flow.

    Attributes:
        segment: whose counts are shown; None for all customers.
        least_share: of the departures from a card, 0 … 1; arrows with less are hidden.
    """

    segment: SegmentId | None = None
    least_share: float = 0.0
    show: Show = Show.BOTH


def passes(arrow: Arrow, filters: Filters) -> bool:
    """Whether an arrow is shown: rare ones are not, but what was drawn in vain is."""
    if filters.show is Show.DRAWN and arrow.standing is Standing.MISSING:
        return False
    if filters.show is Show.FOUND and not arrow.count:
        return False
    if arrow.target == LOST or arrow.share is None or arrow.standing is Standing.UNSEEN:
        return True
    return arrow.share >= filters.least_share
