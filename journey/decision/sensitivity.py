"""One-at-a-time sensitivity: what each assumption does to the list over its sensible range.

A share or a link varies between the 10 % and 90 % points of its own distribution in the workspace
(Beta or normal); where its spread is 0, of that with the default spread. Spreads themselves, the
days of an unknown effort and the limits of display are left out: they widen intervals or scale the
whole list, and leave the order. What a kept customer of a segment is worth has no spread in the
workspace: in a list in money it varies from half to twice, one segment after the other.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from scipy.special import betaincinv

from journey.decision.items import measured_rows
from journey.metrics.normal import normal_quantile
from journey.model.assumptions import Assumptions
from journey.model.ids import SegmentId
from journey.priority.estimate import Estimate
from journey.priority.relational import RelationalSource
from journey.priority.result import Basis, Level
from journey.priority.study import Study

_LOW, _HIGH = 0.1, 0.9
# How wide a share of churn due to experience may be off: no spread of it is in the workspace.
_EXPERIENCE_SD = 0.2
# Reports: how much worse, or better, people may tell than assumed.
_SENSITIVITY_BELOW, _SENSITIVITY_ABOVE = 0.2, 0.1
_FALSE_BELOW, _FALSE_ABOVE = 0.02, 0.02
_LEAST_ROOM = 0.1
# What a kept customer is worth may be half, or twice, of what was entered.
VALUE = "value_if_retained"
_VALUE_FACTORS = (0.5, 2.0)
# Above this a Beta with a mean near 0 or 1 would have two humps.
_WIDEST = 0.5


@dataclass(frozen=True, slots=True)
class AssumptionEffect:
    """What one assumption does, all others held.

    Attributes:
        name: of the assumption, or value_if_retained. value: in force. low, high: the 10 % and 90 %
            points of its range, of a value half and twice of it.
        rank1_at_low, rank1_at_high: pain point that is ranked first there.
        value_low, value_high: mean joint value there of the pain points that are the first k now
            (those whose row may carry a figure), in the unit of the list; None where none may.
        moves: largest change of rank among today's first k. kept_top: how many of them are still
            among the first k at both ends. segment: whose value it is, "" of an assumption.
    """

    name: str
    value: float
    low: float
    high: float
    rank1_at_low: str
    rank1_at_high: str
    value_low: float | None
    value_high: float | None
    moves: int
    kept_top: int
    segment: str = ""

    @property
    def width(self) -> float:
        """How far the value lies apart between both ends, 0 where there is none."""
        if self.value_low is None or self.value_high is None:
            return 0.0
        return abs(self.value_high - self.value_low)


@dataclass(frozen=True, slots=True)
class _Trial:
    """What is varied: an assumption, or the value of a segment's customer."""

    name: str
    segment: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class _End:
    """The list with one assumption at one end: ranks by pain point, and the first k's value."""

    ranks: dict[str, int]
    value: float | None


def one_at_a_time(
    study: Study,
    *,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[AssumptionEffect, ...]:
    """Return the effect of every assumption that plays a part in this list, the widest first.

    Args:
        progress: called with (assumptions done, in all). cancelled: asked before each re-rank;
            where it says so, those that are done are returned.
    """
    now = study.estimate()
    ranks = _ranks(now)
    if not ranks:
        return ()
    top_k = study.workspace.assumptions.top_k
    first = [p for p, rank in ranks.items() if rank <= top_k]
    trials = _trials(now)
    found: list[AssumptionEffect] = []
    for done, trial in enumerate(trials):
        ends = []
        for value in (trial.low, trial.high):
            if cancelled is not None and cancelled():
                return _widest_first(found)
            ends.append(_at(study, trial, value, first))
        found.append(_effect(study, trial, ends, first))
        if progress is not None:
            progress(done + 1, len(trials))
    return _widest_first(found)


def _trials(estimate: Estimate) -> list[_Trial]:
    figures = estimate.board.ws.assumptions.figures()
    ranges = sensible_ranges(estimate)
    found = [_Trial(n, "", float(figures[n]), low, high) for n, (low, high) in ranges.items()]
    if estimate.ranking.basis is not Basis.MONEY:
        return found
    for segment in estimate.segments:
        value = estimate.board.ws.segments[segment].value_if_retained
        if value:
            low, high = sorted(value * factor for factor in _VALUE_FACTORS)
            found.append(_Trial(VALUE, segment, value, low, high))
    return found


def sensible_ranges(estimate: Estimate) -> dict[str, tuple[float, float]]:
    """Return the 10 % and 90 % points of each assumption that plays a part in a list."""
    a, body = estimate.board.ws.assumptions, estimate.board.body
    found: dict[str, tuple[float, float]] = {}
    if any(
        p.improvement is None or p.improvement.efficacy is None for p in estimate.plans.values()
    ):
        found["fix_efficacy_mean"] = _share(a, "fix_efficacy")
    kinds = {(body.places[p].source, body.kinds[p]) for p in body.places}
    relational = {s for s, _ in kinds if isinstance(body.sources[s], RelationalSource)}
    if relational:
        found["causal_share_mean"] = _share(a, "causal_share")
        # In an index of people made content again the link is not in the figures.
        shown = not body.moved or estimate.ranking.basis is Basis.MONEY
        if shown and any(not body.leaving[s] for s in relational):
            found["bad_to_churn_mean"] = _share(a, "bad_to_churn")
    if any(s not in relational for s, _ in kinds):
        found["link_intercept_mean"] = _normal(a, "link_intercept")
        found["link_slope_mean"] = _normal(a, "link_slope")
    if "calibrated_to_churn" in {w.split(":")[0] for w in estimate.ranking.warnings}:
        found["experience_share_of_churn"] = _beta(a.experience_share_of_churn, _EXPERIENCE_SD)
    if any(kind is Level.A for _, kind in kinds):
        found |= _reporting(a)
    return found


def _reporting(a: Assumptions) -> dict[str, tuple[float, float]]:
    """Return how well people may report; it corrects ticked and coded pain points only."""
    se, fp = a.reporting_sensitivity, a.reporting_false_positive
    least = min(fp + _LEAST_ROOM, se)
    most = max(se - _LEAST_ROOM, fp)
    return {
        "reporting_sensitivity": (
            max(se - _SENSITIVITY_BELOW, least),
            min(se + _SENSITIVITY_ABOVE, 1.0),
        ),
        "reporting_false_positive": (max(fp - _FALSE_BELOW, 0.0), min(fp + _FALSE_ABOVE, most)),
    }


def _share(a: Assumptions, stem: str) -> tuple[float, float]:
    mean, sd = _moments(a, stem)
    return _beta(mean, sd)


def _normal(a: Assumptions, stem: str) -> tuple[float, float]:
    mean, sd = _moments(a, stem)
    return mean + normal_quantile(_LOW) * sd, mean + normal_quantile(_HIGH) * sd


def _moments(a: Assumptions, stem: str) -> tuple[float, float]:
    """Return mean and spread; the default spread where it is constant."""
    figures = a.figures()
    return figures[f"{stem}_mean"], figures[f"{stem}_sd"] or Assumptions().figures()[f"{stem}_sd"]


def _beta(mean: float, sd: float) -> tuple[float, float]:
    """Return the 10 % and 90 % points of a Beta with one hump; a mean of 0 or 1 has no range."""
    room = mean * (1.0 - mean)
    if room <= 0:
        return mean, mean
    strength = room / min(sd, _WIDEST * room**0.5) ** 2 - 1.0
    shape = mean * strength, (1.0 - mean) * strength
    return float(betaincinv(*shape, _LOW)), float(betaincinv(*shape, _HIGH))


def _at(study: Study, trial: _Trial, value: float, first: list[str]) -> _End:
    """Return the list with one of them changed."""
    if trial.segment:
        changed = study.workspace.copy()
        segment = changed.segments[SegmentId(trial.segment)]
        changed.put(replace(segment, value_if_retained=value))
        estimate = study.estimate(workspace=changed)
    else:
        estimate = study.estimate(_assuming(study, trial.name, value))
    return _End(_ranks(estimate), _value(estimate, first))


def _assuming(study: Study, name: str, value: float) -> Assumptions:
    """Return the assumptions with one changed; its spread gives way where none could be."""
    figures: dict[str, Any] = {name: value}
    now = study.workspace.assumptions
    spread = name.removesuffix("_mean") + "_sd"
    if name.endswith("_mean") and not name.startswith("link"):
        widest = _WIDEST * (value * (1.0 - value)) ** 0.5
        figures[spread] = min(now.figures()[spread], widest)
    return replace(now, **figures)


def _ranks(estimate: Estimate) -> dict[str, int]:
    return {str(i.pain_point): i.rank for i in estimate.ranking.items if i.rank is not None}


def _value(estimate: Estimate, first: list[str]) -> float | None:
    """Return the joint value of those among the first k whose row may carry a figure."""
    told = {str(row.pain_point) for row in measured_rows(estimate)}
    mine = [p for p in first if p in told]
    if estimate.ranking.basis is Basis.ORDER or not mine:
        return None
    return float(estimate.joint_value(mine).mean())


def _effect(study: Study, trial: _Trial, ends: list[_End], first: list[str]) -> AssumptionEffect:
    now = _ranks(study.estimate())
    top_k = study.workspace.assumptions.top_k
    moves = [abs(end.ranks[p] - now[p]) for end in ends for p in first if p in end.ranks]
    kept = [p for p in first if all(end.ranks.get(p, top_k + 1) <= top_k for end in ends)]
    low, high = ends
    return AssumptionEffect(
        name=trial.name,
        value=trial.value,
        low=trial.low,
        high=trial.high,
        rank1_at_low=min(low.ranks, key=lambda p: low.ranks[p]),
        rank1_at_high=min(high.ranks, key=lambda p: high.ranks[p]),
        value_low=low.value,
        value_high=high.value,
        moves=max(moves, default=0),
        kept_top=len(kept),
        segment=trial.segment,
    )


def _widest_first(found: list[AssumptionEffect]) -> tuple[AssumptionEffect, ...]:
    return tuple(sorted(found, key=lambda e: (-e.width, -e.moves, e.kept_top, e.name, e.segment)))
