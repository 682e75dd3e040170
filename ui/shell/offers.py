"""Which screen offers what to the list of all actions."""

from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from ui.map.offers import lock_offer
from ui.map.offers import offers as map_offers
from ui.map.view import MapView
from ui.offers import Offer

if TYPE_CHECKING:
    from ui.flow.screen import FlowScreen
    from ui.table.screen import TableScreen


def offers_of(name: str, shown: QWidget, on_map: MapView) -> list[Offer]:
    """Return what the screen called `name` can do; the journey's lock is reached from them all."""
    if shown is on_map:
        return map_offers(on_map)
    if name == "flow":
        # Imported with its screen, not before.
        from ui.flow.offers import offers as flow_offers

        return [*flow_offers(cast("FlowScreen", shown).view), lock_offer(on_map)]
    if name == "table":
        from ui.table.offers import offers as table_offers

        return [*table_offers(cast("TableScreen", shown)), lock_offer(on_map)]
    return [lock_offer(on_map)]
