"""What finished improvements teach about the next: the efficacy to assume.

Efficacies of fixes scatter around a mean with a spread; what was seen of each scatters around it
by its own error. The prior (mean and spread as assumed) counts as four fixes [A]; each seen fix
counts by how much of its scatter is its own, w = sd²/(sd² + error²):

    mean' = (4 m + Σ w e) / (4 + Σ w)
    sd'²  = (4 sd² + Σ w max(0, (e − mean')² − error²) + 4 (m − mean')²) / (4 + Σ w)

(normal with unknown mean and spread, conjugate; Gelman et al., Bayesian Data Analysis, 3.3). The
result is shown; it is applied only when somebody takes it.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from journey.edit import Set
from journey.model.assumptions import Assumptions
from journey.model.ids import Kind, Ref
from journey.quarter.effects import Effect

PRIOR_FIXES = 4.0
_LEAST, _MOST = 0.01, 0.99


@dataclass(frozen=True, slots=True)
class Learned:
    """The efficacy assumed, and the one that what was seen speaks for.

    Attributes:
        fixes: how many finished improvements could be seen.
        weight: what they count, in whole fixes; the assumption counts 4.
    """

    mean_before: float
    sd_before: float
    mean: float
    sd: float
    fixes: int
    weight: float


def learn(assumptions: Assumptions, effects: Iterable[Effect]) -> Learned | None:
    """Return the updated efficacy; None where nothing was seen."""
    seen = [
        (e.efficacy, e.efficacy_error)
        for e in effects
        if e.efficacy is not None and e.efficacy_error is not None
    ]
    if not seen:
        return None
    mean, sd = assumptions.fix_efficacy_mean, assumptions.fix_efficacy_sd
    spread = max(sd, 0.05)  # a constant still learns, though little
    weights = [spread**2 / (spread**2 + error**2) for _, error in seen]
    total = PRIOR_FIXES + math.fsum(weights)
    new = (
        PRIOR_FIXES * mean + math.fsum(w * e for w, (e, _) in zip(weights, seen, strict=True))
    ) / total
    new = min(max(new, _LEAST), _MOST)
    scatter = math.fsum(
        w * max(0.0, (e - new) ** 2 - error**2) for w, (e, error) in zip(weights, seen, strict=True)
    )
    variance = (PRIOR_FIXES * sd**2 + scatter + PRIOR_FIXES * (mean - new) ** 2) / total
    # A Beta with this mean has room for no more; half of that keeps it one hump.
    widest = math.sqrt(new * (1.0 - new) / 2.0)
    return Learned(mean, sd, new, min(math.sqrt(variance), widest), len(seen), math.fsum(weights))


def take(learned: Learned) -> Set:
    """Return the edit that assumes what was learned from now on."""
    return Set(
        Ref(Kind.ASSUMPTIONS, "assumptions"),
        fix_efficacy_mean=round(learned.mean, 3),
        fix_efficacy_sd=round(learned.sd, 3),
    )
