"""How many met each pain point in a quarter, from the answers."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from journey.model.ids import PainPointId
from journey.quarter.record import PainCount

if TYPE_CHECKING:
    from journey.model.workspace import Workspace
    from journey.priority.evidence import ResponseTable


def pain_counts(ws: "Workspace", tables: "Sequence[ResponseTable]") -> dict[PainPointId, PainCount]:
    """Return, for each pain point the answers speak of, of how many users how many met it.

    Weighted answers count by Kish's effective size; surveys count together.
    """
    from journey.priority.market import market_of
    from journey.priority.reading import read

    market = market_of(ws, tables)
    found: dict[PainPointId, PainCount] = {}
    for table in tables:
        if not table.rows:
            continue
        reading = read(ws, market, table)
        for i, pain in enumerate(reading.pains):
            used = reading.used[:, reading.place[i]]
            n = float(reading.weight[used].sum())
            hits = float(reading.weight[used & reading.hits[:, i]].sum())
            before = found.get(PainPointId(pain), PainCount(0.0, 0.0))
            found[PainPointId(pain)] = PainCount(before.n + n, before.hits + hits)
    return found
