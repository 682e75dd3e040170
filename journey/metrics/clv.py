"""Customer lifetime value, in the currency of its inputs; rates per year.

The acquisition cost of a customer who is kept is already spent: value if retained is future margin
alone, which these formulas give with an acquisition cost of 0. A negative value is legal.
"""

import math
from enum import StrEnum

from journey.metrics.kinds import MetricError, require


class ValueDivergesError(MetricError):
    """Retention is so high against the discount rate that the value is infinite: take a horizon."""


class FirstMargin(StrEnum):
    """When the first yearly margin of a customer comes in."""

    AFTER_ONE_YEAR = "after_one_year"
    NOW = "now"


def simple_clv(revenue_per_year: float, years: float, acquisition_cost: float = 0.0) -> float:
    """Revenue a year × years − acquisition cost: 1000 · 10 − 1000 = 9000.

    Raises:
        MetricError: revenue, years or cost below 0 or not finite.
    """
    require(0.0 <= revenue_per_year < math.inf, "amount_out_of_range", revenue=revenue_per_year)
    return margin_clv(revenue_per_year, years, acquisition_cost)


def margin_clv(margin_per_year: float, years: float, acquisition_cost: float = 0.0) -> float:
    """Margin a year × years − acquisition cost; the margin may be negative.

    Raises:
        MetricError: years or cost below 0, or an argument not finite.
    """
    _require_money(margin_per_year, acquisition_cost)
    require(0.0 <= years < math.inf, "years_out_of_range", years=years)
    return margin_per_year * years - acquisition_cost


def margin_multiple(
    retention: float, discount: float, first: FirstMargin = FirstMargin.AFTER_ONE_YEAR
) -> float:
    """What a yearly margin is multiplied with at constant retention, for ever.

    r/(1+i−r) where the first margin comes after one year, (1+i)/(1+i−r) where it comes now
    (Gupta & Lehmann 2003).

    Raises:
        ValueDivergesError: r ≥ 1+i.
        MetricError: retention outside 0…1, discount below 0 or not finite.
    """
    _require_rates(retention, discount)
    gap = 1.0 + discount - retention
    if gap <= 0.0:
        raise ValueDivergesError("value_diverges", retention=retention, discount=discount)
    return (retention if first is FirstMargin.AFTER_ONE_YEAR else 1.0 + discount) / gap


def retention_clv(
    margin_per_year: float,
    retention: float,
    discount: float,
    acquisition_cost: float = 0.0,
    first: FirstMargin = FirstMargin.AFTER_ONE_YEAR,
) -> float:
    """Discounted margin at constant retention, for ever, minus acquisition cost.

    Raises:
        ValueDivergesError: r ≥ 1+i.
        MetricError: retention outside 0…1, discount or cost below 0, an argument not finite.
    """
    _require_money(margin_per_year, acquisition_cost)
    return margin_per_year * margin_multiple(retention, discount, first) - acquisition_cost


def horizon_clv(
    margin_per_year: float,
    retention: float,
    discount: float,
    years: int,
    acquisition_cost: float = 0.0,
) -> float:
    """Σ m·rᵗ/(1+i)ᵗ over t = 0 … years−1, minus acquisition cost; never diverges.

    Raises:
        MetricError: retention outside 0…1, discount, years or cost below 0, an argument not finite.
    """
    _require_money(margin_per_year, acquisition_cost)
    _require_rates(retention, discount)
    require(years >= 0, "years_out_of_range", years=years)
    kept = retention / (1.0 + discount)
    if kept in {0.0, 1.0}:
        multiple = float(min(years, 1)) if kept == 0.0 else float(years)
    else:  # expm1 keeps the digits where almost everything is kept
        multiple = -math.expm1(years * math.log(kept)) / (1.0 - kept)
    return margin_per_year * multiple - acquisition_cost


def expected_years(retention: float) -> float:
    """1/(1−r), the mean number of yearly margins of a customer, the first one now.

    Raises:
        ValueDivergesError: r is 1.
        MetricError: retention outside 0…1.
    """
    return margin_multiple(retention, 0.0, FirstMargin.NOW)


def _require_money(margin: float, acquisition_cost: float) -> None:
    require(math.isfinite(margin), "amount_out_of_range", margin=margin)
    require(0.0 <= acquisition_cost < math.inf, "amount_out_of_range", cost=acquisition_cost)


def _require_rates(retention: float, discount: float) -> None:
    require(0.0 <= retention <= 1.0, "retention_out_of_range", retention=retention)
    require(0.0 <= discount < math.inf, "discount_out_of_range", discount=discount)
