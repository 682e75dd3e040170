"""Customer lifetime value in its named variants, from whatever of their inputs is known."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

from journey.metrics.clv import (
    ValueDivergesError,
    horizon_clv,
    margin_clv,
    retention_clv,
    simple_clv,
)
from journey.metrics.kinds import require
from journey.metrics.sbg import ShiftedBetaGeometric


@dataclass(frozen=True, slots=True)
class ClvInputs:
    """What is known; None is not.

    Attributes:
        revenue, margin: per customer and year. years: a customer stays.
        acquisition_cost: 0 where it is sunk. retention: 0 … 1, of a year. discount: of a year.
        horizon: years.
    """

    revenue: float | None = None
    margin: float | None = None
    years: float | None = None
    acquisition_cost: float | None = None
    retention: float | None = None
    discount: float | None = None
    horizon: int | None = None

    @property
    def known(self) -> dict[str, float]:
        """The inputs that are known, by name."""
        values = ((f.name, getattr(self, f.name)) for f in fields(self))
        return {name: value for name, value in values if value is not None}


@dataclass(frozen=True, slots=True)
class ClvFigure:
    """One variant.

    Attributes:
        value: None where `needs` names inputs that are not known, or it diverges.
        formula: in words of the inputs. reason: "diverges" where there is no finite value.
    """

    variant: str
    formula: str
    value: float | None = None
    needs: tuple[str, ...] = ()
    reason: str = ""


def clv_variants(
    inputs: ClvInputs, contract: ShiftedBetaGeometric | None = None
) -> tuple[ClvFigure, ...]:
    """Return every variant with its value, or with what it needs.

    Args:
        contract: a retention curve fitted to a cohort, for the contract variant.

    Raises:
        MetricError: an input that cannot be, also where no variant can use it yet.
    """
    known = inputs.known
    for name, value in known.items():
        allowed = math.isfinite(value) and (name == "margin" or value >= 0.0)
        require(allowed, f"{name}_out_of_range", **{name: value})
    cost = inputs.acquisition_cost or 0.0

    def figure(
        variant: str, formula: str, needs: Sequence[str], value: Callable[..., float]
    ) -> ClvFigure:
        lacking = tuple(name for name in needs if name not in known)
        if lacking:
            return ClvFigure(variant, formula, needs=lacking)
        try:
            return ClvFigure(variant, formula, value(*(known[name] for name in needs)))
        except ValueDivergesError:
            return ClvFigure(variant, formula, reason="diverges")

    found = [
        figure(
            "simple",
            "revenue · years − acquisition cost",
            ("revenue", "years", "acquisition_cost"),
            simple_clv,
        ),
        figure(
            "simple, margin",
            "margin · years − acquisition cost",
            ("margin", "years", "acquisition_cost"),
            margin_clv,
        ),
        figure(
            "constant retention, discounted",
            "margin · r/(1+i−r) − acquisition cost, the first margin after one year",
            ("margin", "retention", "discount"),
            lambda margin, retention, discount: retention_clv(margin, retention, discount, cost),
        ),
        figure(
            "finite horizon",
            "Σ margin · rᵗ/(1+i)ᵗ over t = 0 … horizon−1 − acquisition cost",
            ("margin", "retention", "discount", "horizon"),
            lambda m, r, i, horizon: horizon_clv(m, r, i, int(horizon), cost),
        ),
    ]
    formula = "Σ margin · S(t)/(1+i)ᵗ over the horizon, S by the shifted beta-geometric model"
    if contract is None:
        lacking = [n for n in ("margin", "discount", "horizon") if n not in known]
        found.append(ClvFigure("contract (sBG)", formula, needs=("survivors", *lacking)))
    else:
        found.append(
            figure(
                "contract (sBG)",
                formula,
                ("margin", "discount", "horizon"),
                lambda m, i, horizon: contract.value(m, i, int(horizon), acquisition_cost=cost),
            )
        )
    return tuple(found)
