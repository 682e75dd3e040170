"""How strong a hidden common cause would have to be to unseat rank 1.

A cause nobody asked for may bring both the pain point and the bad outcome. Then less of the
association is the pain point's doing, and its fix gives less.
"""

import math
from dataclasses import dataclass, replace

import numpy as np

from journey.metrics.kinds import require
from journey.priority.draws import Floats
from journey.priority.effects import yearly
from journey.priority.estimate import Estimate
from journey.priority.relational import RelationalSource
from journey.priority.result import Level, RankedItem
from journey.priority.study import Study

_OPINION = (Level.D, Level.E)


@dataclass(frozen=True, slots=True)
class Unseat:
    """What it takes for rank 1 to lose its place.

    Attributes:
        rank1, rank2: pain points, "" where there is none; rank2 is the first that is not fixed by
            the improvement of rank 1.
        kappa: the causal share, applied to rank 1 alone, below which rank 2 is ahead; 0 where it
            stays first even so; None without a second row or where the first is not measured.
        kappa_now: the causal share the list assumes for rank 1 (1 for visits).
        risk_ratio: of the bad outcome, those who meet rank 1 over the same people if they did
            not; None where the outcome is not known.
        risk_ratio_left: what of it must be causal for rank 1 to keep its place.
        e_value: the least risk ratio that a hidden cause must have both with meeting rank 1 and
            with the bad outcome to unseat it; None likewise.
        word: what the outcome is: left, dissatisfied, detractor, low.
    """

    rank1: str
    rank2: str
    kappa: float | None = None
    kappa_now: float = 1.0
    risk_ratio: float | None = None
    risk_ratio_left: float | None = None
    e_value: float | None = None
    word: str = ""


def e_value(risk_ratio: float) -> float:
    """Return the E-value of a risk ratio, RR + √(RR(RR − 1)); below 1 that of its reciprocal.

    VanderWeele & Ding 2017, Annals of Internal Medicine 167:268–274: the least risk ratio that an
    unmeasured cause must have with both the exposure and the outcome to explain RR away. For what
    explains it away down to RR*, give RR/RR*.

    Raises:
        MetricError: a risk ratio that is not above 0 and finite.
    """
    require(0 < risk_ratio < math.inf, "risk_ratio_out_of_range", risk_ratio=risk_ratio)
    ratio = max(risk_ratio, 1.0 / risk_ratio)
    return ratio + math.sqrt(ratio * (ratio - 1.0))


def unseat(study: Study) -> Unseat:
    """Return how strong a hidden cause would have to be to unseat rank 1.

    What rank 1 gives falls in proportion to the share κ of its association that is causal; what
    its improvement gives by other pain points, and rank 2, are held. With a its own part of its
    score s₁, it loses its place below κ·(1 − (s₁ − s₂)/a). Exact but for the limits on all fixes
    together, which would leave the others more.
    """
    return unseat_of(study.estimate())


def unseat_of(estimate: Estimate) -> Unseat:
    """Return the same of an estimate, for a list under other assumptions."""
    rows = [row for row in estimate.ranking.items if row.rank is not None]
    if not rows or rows[0].no_evidence or rows[0].level in _OPINION:
        return Unseat(*_names(rows))
    first = rows[0]
    facts = estimate.facts(first.pain_point)
    now = estimate.board.ws.assumptions.causal_share_mean if facts.relational else 1.0
    met = _met(estimate, first)
    ratio = _ratio(met, facts.effect)
    found = Unseat(*_names(rows), kappa_now=now, risk_ratio=ratio, word=facts.word)
    own = _per_day(estimate, estimate.values, first.pain_point)
    if not found.rank2 or own <= 0:
        return found
    scores = [_per_day(estimate, estimate.joint, p) for p in (found.rank1, found.rank2)]
    kappa = now * min(max(1.0 - (scores[0] - scores[1]) / own, 0.0), 1.0)
    left = _ratio(met, facts.effect * kappa)
    strength = e_value(ratio / left) if ratio is not None and left is not None else None
    return replace(found, kappa=kappa, risk_ratio_left=left, e_value=strength)


def _names(rows: list[RankedItem]) -> tuple[str, str]:
    """Return rank 1, and the first that is not fixed by the same improvement."""
    if not rows:
        return "", ""
    first = rows[0]
    others = (
        r for r in rows[1:] if first.improvement is None or r.improvement != first.improvement
    )
    return str(first.pain_point), next((str(row.pain_point) for row in others), "")


def _per_day(estimate: Estimate, worth: Floats, pain: str) -> float:
    column = estimate.column(pain)
    return float((worth[:, column] / estimate.effort[:, column]).mean())


def _met(estimate: Estimate, row: RankedItem) -> float | None:
    """Return the risk of the bad outcome of those who named it, over a year where it is leaving."""
    tally = estimate.facts(row.pain_point).tally
    if tally is None or not tally.known_named or not tally.bad_named:
        return None
    body = estimate.board.body
    source = body.sources[body.places[row.pain_point].source]
    months = source.rows.months if isinstance(source, RelationalSource) else None
    return float(yearly(np.array([tally.bad_named / tally.known_named]), months)[0])


def _ratio(met: float | None, effect: float) -> float | None:
    """Return the risk of those who meet it over what it would be if they did not."""
    without = None if met is None else met - effect
    return met / without if met is not None and without is not None and without > 0 else None
