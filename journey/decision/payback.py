"""Return and payback of improvements whose cost is given; beside the rank, never in it.

The cost is paid at once. The list's value is what the customers of one year are worth more: they
are kept evenly over the first twelve months, and the value of each, a present value, comes in
evenly over the horizon, discounted. Later years' customers are not counted, so that a payback is
rather late than early.
"""

from dataclasses import dataclass

import numpy as np

from journey.model.assumptions import Assumptions
from journey.model.workspace import Workspace
from journey.priority.draws import Floats
from journey.priority.estimate import Estimate
from journey.priority.result import Basis, Level

_YEAR = 12


@dataclass(frozen=True, slots=True)
class Return:
    """What a row's improvement returns on its cost.

    Attributes:
        pain_point: the row; improvement: what is done about it. cost: as entered.
        value_mean: of the whole improvement, money for each year's customers.
        ratio_mean, ratio_low80, ratio_high80: value over cost, 1 is even.
        payback_months: until the money of the first year's customers has covered the cost, on
            the mean, discounted; None where it never does.
    """

    pain_point: str
    improvement: str
    cost: float
    value_mean: float
    ratio_mean: float
    ratio_low80: float
    ratio_high80: float
    payback_months: int | None


def returns(estimate: Estimate, workspace: Workspace) -> tuple[Return, ...]:
    """Return one for each row of a list in money whose improvement has a cost, in list order."""
    if estimate.ranking.basis is not Basis.MONEY:
        return ()
    found = []
    for row in estimate.ranking.items:
        improvement = workspace.improvements.get(row.improvement) if row.improvement else None
        cost = improvement.cost if improvement else None
        if row.level not in (Level.A, Level.B) or row.no_evidence or not cost or cost <= 0:
            continue
        value = estimate.joint[:, estimate.column(row.pain_point)]
        low, high = np.quantile(value / cost, (0.1, 0.9))
        found.append(
            Return(
                pain_point=row.pain_point,
                improvement=str(row.improvement),
                cost=cost,
                value_mean=float(value.mean()),
                ratio_mean=float(value.mean()) / cost,
                ratio_low80=float(low),
                ratio_high80=float(high),
                payback_months=payback_months(float(value.mean()), cost, workspace.assumptions),
            )
        )
    return tuple(found)


def payback_months(value: float, cost: float, a: Assumptions) -> int | None:
    """Return after how many months the discounted money of one year's customers covers a cost.

    With a monthly rate i = (1 + yearly)^(1/12) − 1 and H months of horizon, a customer worth V
    brings V·i/(1 − (1 + i)^−H) at the end of each month (V/H at a rate of 0), which is worth V on
    the day the customer is kept. A twelfth of the customers is kept at the start of each month of
    the first year. None where the cost is not covered until the last of them has brought all.
    """
    flow = value * _monthly_worth(a)
    covered = np.flatnonzero(np.cumsum(flow) >= cost)
    return int(covered[0]) + 1 if value > 0 and len(covered) else None


def _monthly_worth(a: Assumptions) -> Floats:
    """Return the present worth of each month's money, of 1 kept over the first year."""
    rate = (1.0 + a.discount_rate) ** (1.0 / _YEAR) - 1.0
    months = max(round(a.horizon_years * _YEAR), 1)
    # Near a rate of 0 the annuity is 1/H; expm1 and log1p keep it exact on the way there.
    share = rate / -np.expm1(-months * np.log1p(rate)) if rate else 1.0 / months
    last = months + _YEAR - 1
    each = np.arange(1, last + 1)
    bringing = np.minimum(each, _YEAR) - np.maximum(each - months, 0)
    return np.asarray(bringing * share / _YEAR * (1.0 + rate) ** -each.astype(np.float64))
