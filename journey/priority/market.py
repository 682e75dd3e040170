"""Who a list counts: the segments that take part, their customers and what each is worth."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from journey.model.ids import JourneyId
from journey.model.workspace import Workspace, ordered_journeys
from journey.priority.draws import Floats
from journey.priority.evidence import UNKNOWN, ResponseTable


@dataclass(frozen=True, slots=True)
class Market:
    """The segments that take part, S ≥ 1 of them.

    Those that occur in the answers take part; where no answer names one, all of the workspace; a
    workspace without segments has one without a name.

    Attributes:
        customers: float64[S] per year, NaN where unknown. value: float64[S] kept with one
            customer, NaN where unknown.
        mix: float64[S], sums to 1: of customers, where those are known, else of respondents.
    """

    segments: tuple[str, ...]
    customers: Floats
    value: Floats
    mix: Floats

    @property
    def has_money(self) -> bool:
        """Whether every segment has customers and value."""
        return bool(np.isfinite(self.customers).all() and np.isfinite(self.value).all())

    def only(self, place: int) -> "Market":
        """Return the market of one segment: nobody else is counted, the places stay."""
        mine = np.arange(len(self.segments)) == place
        return Market(
            segments=self.segments,
            customers=np.where(mine, self.customers, 0.0),
            value=np.where(mine, self.value, 0.0),
            mix=mine.astype(np.float64),
        )

    def index_of(self, table: ResponseTable) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """Return int64[R], each row's place among the segments, −1 where unknown."""
        if len(self.segments) == 1 and not table.segments:
            return np.zeros(table.rows, dtype=np.int64)
        place = {segment: i for i, segment in enumerate(self.segments)}
        lookup = np.array([*(place.get(s, UNKNOWN) for s in table.segments), UNKNOWN])
        out: np.ndarray[tuple[int], np.dtype[np.int64]] = lookup[table.segment]
        return out


def market_of(ws: Workspace, tables: Sequence[ResponseTable]) -> Market:
    """Return who takes part in a list made of these tables."""
    respondents: dict[str, float] = {}
    for table in tables:
        known = table.segment >= 0
        sums = np.bincount(
            table.segment[known].astype(np.int64),
            weights=table.weight[known],
            minlength=len(table.segments),
        )
        for segment, total in zip(table.segments, sums, strict=True):
            if total > 0:
                respondents[segment] = respondents.get(segment, 0.0) + float(total)
    segments = tuple(sorted(respondents or ws.segments)) or ("",)
    customers = np.array([_customers(ws, s) for s in segments])
    value = np.array([_value(ws, s) for s in segments])
    mix = np.array([respondents.get(s, 0.0) for s in segments])
    if np.isfinite(customers).all() and customers.sum() > 0:
        mix = customers
    if mix.sum() <= 0:
        mix = np.ones(len(segments))
    return Market(segments, customers, value, mix / mix.sum())


def entrants(ws: Workspace, market: Market, journey: JourneyId) -> tuple[Floats, bool]:
    """Return how many of a journey's starts there are per customer, float64[S], and whether known.

    The default, the segment's customers, holds for the first journey only; another journey
    without entrants counts as begun once by every customer, but its volume is not known.
    """
    entity = ws.journeys[journey]
    if not entity.entrants:
        first = ordered_journeys(ws)[0].id == journey
        return np.ones(len(market.segments)), first
    starts: dict[str, float] = {}
    for e in entity.entrants:
        starts[e.segment] = starts.get(e.segment, 0.0) + e.per_year
    per_year = np.array([starts.get(s, 0.0) for s in market.segments])
    known = np.isfinite(market.customers) & (market.customers > 0)
    per_customer = per_year / np.where(known, market.customers, 1.0)
    return np.where(known, per_customer, 1.0), True


def _customers(ws: Workspace, segment: str) -> float:
    """Return the segment's customers, else those who enter the first journey, else NaN."""
    entity = next((s for s in ws.segments.values() if s.id == segment), None)
    if entity is None:
        return float("nan")
    if entity.customers_per_year is not None:
        return entity.customers_per_year
    for journey in ordered_journeys(ws)[:1]:
        starts = [e.per_year for e in journey.entrants if e.segment == segment]
        if starts:
            return sum(starts)
    return float("nan")


def _value(ws: Workspace, segment: str) -> float:
    entity = next((s for s in ws.segments.values() if s.id == segment), None)
    if entity is None or entity.value_if_retained is None:
        return float("nan")
    return entity.value_if_retained
