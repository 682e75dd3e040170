"""What customers without a contract are still worth: how often they buy, and for how much.

Each customer's purchases expected over the horizon (BG/NBD), discounted month by month, times the
amount expected of them (gamma-gamma). The past is not counted: whoever is kept is worth their
future alone.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from journey.metrics.bgnbd import ALIKE_FROM, BgNbd, expected_of_alike, fit_bgnbd
from journey.metrics.gamma_gamma import GammaGamma, fit_gamma_gamma
from journey.metrics.kinds import require
from journey.metrics.purchase_history import WEEKS_PER_YEAR, PurchaseHistory

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Reals = NDArray[np.float64]

MONTHS = 12
# Where frequency and amount go together this much, the two models must not be multiplied.
CORRELATION_LIMIT = 0.3
_TERMS = 100_000


@dataclass(frozen=True, slots=True)
class PurchaseModels:
    """Both models, fitted to the same customers."""

    buying: BgNbd
    spending: GammaGamma

    @property
    def independent(self) -> bool:
        """Whether frequency and amount are near enough to uncorrelated, as the product needs."""
        return abs(self.spending.correlation) < CORRELATION_LIMIT


def fit_purchase_models(histories: Sequence[PurchaseHistory]) -> PurchaseModels:
    """Fit both.

    Raises:
        MetricError: too few customers bought again, or no maximum was found.
    """
    return PurchaseModels(fit_bgnbd(histories), fit_gamma_gamma(histories))


@dataclass(frozen=True, slots=True)
class CustomerValue:
    """One customer's future.

    Attributes:
        purchases: expected in the next year. amount: of one purchase. value: discounted, over the
            horizon; None where no mean amount exists. p_alive: None without a repeat purchase.
    """

    customer: str
    purchases: float
    amount: float | None
    value: float | None
    p_alive: float | None


def customer_values(
    models: PurchaseModels, histories: Sequence[PurchaseHistory], discount: float, years: int
) -> list[CustomerValue]:
    """Return each customer's value, in the order given.

    Args:
        discount: yearly rate. years: the horizon.

    Raises:
        MetricError: a rate below 0, or no year.
    """
    require(0.0 <= discount < math.inf, "discount_out_of_range", discount=discount)
    require(years >= 1, "years_out_of_range", years=years)
    if not histories:
        return []
    discounted = _discounted_purchases(models.buying, histories, discount, years)
    next_year = expected_purchases(models.buying, histories, WEEKS_PER_YEAR)
    found = []
    for history, total, soon in zip(
        histories, discounted.tolist(), next_year.tolist(), strict=True
    ):
        amount = models.spending.expected_amount(history)
        value = None if amount is None else total * amount
        alive = models.buying.p_alive(history)
        found.append(CustomerValue(history.customer, soon, amount, value, alive))
    return found


def _discounted_purchases(
    model: BgNbd, histories: Sequence[PurchaseHistory], discount: float, years: int
) -> "Reals":
    """Σ over months of the purchases expected in each, discounted from its end."""
    month, monthly = WEEKS_PER_YEAR / MONTHS, math.log1p(discount) / MONTHS
    before = total = None
    for number in range(1, years * MONTHS + 1):
        now = expected_purchases(model, histories, number * month)
        step = (now if before is None else now - before) * math.exp(-monthly * number)
        total = step if total is None else total + step
        before = now
    assert total is not None
    return total


def expected_purchases(model: BgNbd, histories: Sequence[PurchaseHistory], weeks: float) -> "Reals":
    """`BgNbd.expected_purchases` of many customers at once."""
    import numpy as np

    x = np.array([h.repeats for h in histories], dtype=float)
    age = np.array([h.age for h in histories])
    recency = np.array([h.recency for h in histories])
    z = weeks / (model.alpha + age + weeks)
    if model.a > ALIKE_FROM:
        found: Reals = expected_of_alike(model, x, z)
    else:
        found = _expectation(model, x, z)
    again = x > 0
    odds = math.log(model.a) - np.log(np.where(again, model.b + x - 1.0, 1.0))
    odds += (model.r + x) * (np.log(model.alpha + age) - np.log(model.alpha + recency))
    alive = np.where(again, 1.0 / (1.0 + np.exp(np.minimum(odds, 700.0))), 1.0)
    return found * alive


def _expectation(model: BgNbd, x: "Reals", z: "Reals") -> "Reals":
    """That of `bgnbd`, for many customers at once."""
    import numpy as np

    eps, c = model.a - 1.0, model.a + model.b + x - 1.0
    log_rest = np.log1p(-z)
    first = -log_rest if eps == 0.0 else -np.expm1(eps * log_rest) / eps
    upper = model.a + model.b - 1.0 - model.r
    found: Reals = c * first - np.exp(eps * log_rest) * _series(upper, eps, c, z)
    return found


def _series(upper: float, eps: float, c: "Reals", z: "Reals") -> "Reals":
    """The sum of `bgnbd`, for many customers at once."""
    import numpy as np

    term = upper * z
    total = term.copy()
    for k in range(1, _TERMS):
        term *= (upper + k) * (eps + k) / ((c + k) * (k + 1.0)) * z
        total += term
        if (np.abs(term) <= 1e-15 * np.abs(total) * (1.0 - z)).all():
            break
    return total


@dataclass(frozen=True, slots=True)
class ValueGroup:
    """The customers of a segment; means per customer.

    Attributes:
        segment: its id, None for those without one.
        repeat_share: share who bought again. purchases_per_year: seen, the first one included.
        amount: mean amount of a purchase seen. p_alive: mean over those who bought again.
        expected: purchases expected next year. value: discounted future, None without a model.
        value_share: of all customers' value.
    """

    segment: str | None
    customers: int
    repeat_share: float
    purchases_per_year: float | None
    amount: float | None
    p_alive: float | None
    expected: float | None
    value: float | None
    value_share: float | None


def value_groups(
    histories: Sequence[PurchaseHistory],
    segment_of: Mapping[str, str | None],
    values: Sequence[CustomerValue] = (),
) -> list[ValueGroup]:
    """Return the groups by segment, the most valuable first, those without a segment last."""
    by_customer = {value.customer: value for value in values}
    whole = math.fsum(v.value for v in values if v.value is not None)
    members: dict[str | None, list[PurchaseHistory]] = {}
    for history in histories:
        members.setdefault(segment_of.get(history.customer), []).append(history)
    groups = [_group(segment, mine, by_customer, whole) for segment, mine in members.items()]
    return sorted(groups, key=lambda g: (g.segment is None, -(g.value or 0.0), g.segment or ""))


def _group(
    segment: str | None,
    mine: Sequence[PurchaseHistory],
    by_customer: Mapping[str, CustomerValue],
    whole: float,
) -> ValueGroup:
    n = len(mine)
    bought = sum(history.repeats + 1 for history in mine)
    weeks = math.fsum(history.age for history in mine)
    known = [by_customer[h.customer] for h in mine if h.customer in by_customer]
    alive = [value.p_alive for value in known if value.p_alive is not None]
    worth = [value.value for value in known if value.value is not None]
    total = math.fsum(worth)
    return ValueGroup(
        segment,
        n,
        sum(history.repeats > 0 for history in mine) / n,
        bought / weeks * WEEKS_PER_YEAR if weeks > 0.0 else None,
        math.fsum(history.total for history in mine) / bought,
        math.fsum(alive) / len(alive) if alive else None,
        math.fsum(value.purchases for value in known) / len(known) if known else None,
        total / len(worth) if worth else None,
        total / whole if worth and whole > 0.0 else None,
    )


@dataclass(frozen=True, slots=True)
class Trait:
    """A figure by which the best segment differs from the others.

    Attributes:
        best, others: the segment's figure, and that of the other customers together.
        ratio: best/others; None where that is no ratio.
    """

    name: str
    best: float
    others: float
    ratio: float | None


_TRAITS = ("repeat_share", "purchases_per_year", "amount", "p_alive", "expected", "value")


def best_group(
    groups: Sequence[ValueGroup], least: int = 5
) -> tuple[ValueGroup, tuple[Trait, ...]] | None:
    """Return the most valuable segment and what sets it apart, the largest ratio first.

    Args:
        least: customers a segment must have to be named.

    Returns:
        None where there are no two segments to compare.
    """
    named = [g for g in groups if g.segment is not None and g.value is not None]
    named = [g for g in named if g.customers >= least]
    if len(named) < 2:
        return None
    best = max(named, key=lambda g: (g.value or 0.0, g.segment or ""))
    rest = [g for g in groups if g is not best]
    traits = []
    for name in _TRAITS:
        mine = getattr(best, name)
        theirs = [(getattr(g, name), g.customers) for g in rest if getattr(g, name) is not None]
        if mine is None or not theirs:
            continue
        others = math.fsum(v * n for v, n in theirs) / sum(n for _, n in theirs)
        ratio = mine / others if others > 0.0 and mine > 0.0 else None
        traits.append(Trait(name, mine, others, ratio))
    traits.sort(key=lambda t: -abs(math.log(t.ratio)) if t.ratio else 0.0)
    return best, tuple(traits)
