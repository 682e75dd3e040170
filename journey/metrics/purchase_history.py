"""A purchase log as the buying models need it: per customer how often, how recent, how long.

Several purchases of one day are one visit. The first purchase makes the customer; only what comes
after it is repeat buying.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from journey.metrics.kinds import require

DAYS_PER_WEEK = 7.0
WEEKS_PER_YEAR = 365.25 / 7.0


@dataclass(frozen=True, slots=True)
class PurchaseHistory:
    """What one customer did until a day.

    Attributes:
        repeats: days with a purchase after the first (x).
        recency: weeks from the first purchase to the last (t_x); 0 where there is no repeat.
        age: weeks from the first purchase to the day of looking (T).
        repeat_value: mean amount of a repeat day (m̄); 0.0 where there is none.
        total: amount of all purchases, the first included.
    """

    customer: str
    repeats: int
    recency: float
    age: float
    repeat_value: float = 0.0
    total: float = 0.0


def purchase_histories(
    purchases: Iterable[tuple[str, date, float]], until: date | None = None
) -> list[PurchaseHistory]:
    """Return one history per customer, in the order of their names.

    Args:
        purchases: (customer, day, amount), in any order.
        until: the day of looking; later purchases are left out. None is the last day there is.

    Raises:
        MetricError: an amount that is not finite.
    """
    days: dict[str, dict[date, float]] = {}
    latest: date | None = None
    for customer, day, amount in purchases:
        require(amount - amount == 0.0, "amount_out_of_range", customer=customer)
        if until is not None and day > until:
            continue
        mine = days.setdefault(customer, {})
        mine[day] = mine.get(day, 0.0) + amount
        latest = day if latest is None or day > latest else latest
    end = until or latest
    if end is None:
        return []
    return [_history(customer, days[customer], end) for customer in sorted(days)]


def _history(customer: str, spent: dict[date, float], end: date) -> PurchaseHistory:
    ordered = sorted(spent)
    first, last, repeats = ordered[0], ordered[-1], len(ordered) - 1
    repeat_value = sum(spent[day] for day in ordered[1:]) / repeats if repeats else 0.0
    return PurchaseHistory(
        customer,
        repeats,
        (last - first).days / DAYS_PER_WEEK,
        (end - first).days / DAYS_PER_WEEK,
        repeat_value,
        sum(spent.values()),
    )
