"""Purchases: those of imported logs and those a Waymark JSON brought, read as one stream."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, select

from journey.model.ids import PurchaseLogId, SegmentId
from storage.database import tables
from storage.database.engine import for_reading
from storage.database.log_batches import PURCHASES
from storage.evidence.logs import batch_of


@dataclass(frozen=True, slots=True)
class PurchaseRow:
    """One purchase.

    Attributes:
        at: a day, or a moment in UTC, ISO 8601. log: the import it came with, None without one.
    """

    customer: str
    at: str
    amount: float
    segment: SegmentId | None = None
    log: PurchaseLogId | None = None

    @property
    def day(self) -> date:
        """The day, in UTC where there is a clock."""
        return date.fromisoformat(self.at[:10])


class PurchaseStore:
    """Reads the purchases of a workspace; every call of its own transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = for_reading(engine)

    def purchases(self) -> Iterator[PurchaseRow]:
        """Yield all that count: those without a log, then those of active logs in their order."""
        yield from self.loose()
        log = tables.purchase_import
        with self._engine.connect() as connection:
            logs = connection.execute(select(log.c.id).order_by(log.c.id)).scalars().all()
        for each in logs:
            yield from self.of(PurchaseLogId(each))

    def loose(self) -> Iterator[PurchaseRow]:
        """Yield the purchases that came without a log, in their order."""
        kept = tables.purchase
        query = select(kept).order_by(kept.c.number)
        with self._engine.connect() as connection:
            for row in connection.execute(query.execution_options(yield_per=1000)):
                yield PurchaseRow(row.customer, row.at, row.amount, row.segment)

    def of(self, log: PurchaseLogId) -> Iterator[PurchaseRow]:
        """Yield a log's purchases in the order of the file."""
        found = batch_of(self._engine, PURCHASES, log)
        if found is None:
            return
        number, layout = found
        segments: list[Any] = list(layout["segments"])
        kept = tables.purchase_row
        query = select(kept).where(kept.c.batch == number).order_by(kept.c.seq)
        with self._engine.connect() as connection:
            for row in connection.execute(query.execution_options(yield_per=1000)):
                segment = None if row.segment is None else segments[row.segment]
                yield PurchaseRow(row.customer, row.at, row.amount, segment, log)


def stored_keys(connection: Connection, log: str) -> set[tuple[str, str, float]]:
    """Return (customer, at, amount) of a stored log's purchases."""
    batch, kept = tables.purchase_batch, tables.purchase_row
    query = select(kept.c.customer, kept.c.at, kept.c.amount)
    query = query.join(batch, batch.c.number == kept.c.batch).where(batch.c.log == log)
    return {(row.customer, row.at, row.amount) for row in connection.execute(query)}
