"""Why a row is not higher: its factors beside rank 1's, with what they leave unexplained."""

import math
from collections.abc import Sequence

from journey.priority.result import Factor

# In the order of the formula; effort divides, so that less of it lifts a row.
NAMES = ("customers", "used", "share", "effect", "link", "value", "efficacy", "effort")


def factors_beside(
    mine: dict[str, float], first: dict[str, float], score: float, first_score: float
) -> tuple[Factor, ...]:
    """Return the factors by name, the residual last; empty where a ratio would mean nothing.

    A score is the mean of a product, not the product of means: the residual holds what is left.

    Args:
        mine, first: means by name, those of `NAMES` that apply.
    """
    positive = [*mine.values(), *first.values(), score, first_score]
    if not all(v > 0 and math.isfinite(v) for v in positive):
        return ()
    out = []
    explained = 1.0
    for name in NAMES:
        if name in mine and name in first:
            ratio = mine[name] / first[name]
            if name == "effort":
                ratio = 1 / ratio
            explained *= ratio
            out.append(Factor(name, mine[name], first[name], ratio))
    rest = score / first_score / explained
    out.append(Factor("residual", rest, 1.0, rest))
    return tuple(out)


def weakest(factors: Sequence[Factor]) -> Factor | None:
    """Return the factor that holds the row back most, the residual aside; None if none does."""
    low = min((f for f in factors if f.name != "residual"), key=lambda f: f.ratio, default=None)
    return low if low is not None and low.ratio < 1 else None
