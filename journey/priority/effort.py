"""Which improvement a pain point is ranked by, and for how much work."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from journey.model.improvement import Improvement
from journey.model.workspace import Workspace
from journey.priority.draws import Floats, Streams


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be done about a pain point.

    Attributes:
        improvement: None where none is open. days: the effort; assumed: whether it is a stand-in.
        efficacy: the mean share of the pain point it removes. key: names its random streams, one
            for all pain points of an improvement.
    """

    improvement: Improvement | None
    days: float
    assumed: bool
    efficacy: float
    key: str


def plans_for(ws: Workspace, pain: str, usual_days: float) -> list[Plan]:
    """Return every open improvement of a pain point, by id; without one, a fix as assumed."""
    found = [
        plan_of(ws, i, usual_days)
        for i in sorted(ws.improvements.values(), key=lambda i: i.id)
        if i.is_open and pain in i.addresses
    ]
    mean = ws.assumptions.fix_efficacy_mean
    return found or [Plan(None, usual_days, True, mean, f"pain point {pain}")]


def plan_of(ws: Workspace, improvement: Improvement, usual_days: float) -> Plan:
    """Return an improvement as a plan, open or not."""
    known, efficacy = improvement.effort_days, improvement.efficacy
    return Plan(
        improvement=improvement,
        days=usual_days if known is None else known,
        assumed=known is None,
        efficacy=ws.assumptions.fix_efficacy_mean if efficacy is None else efficacy,
        key=f"improvement {improvement.id}",
    )


def usual_days(ws: Workspace) -> float:
    """Return the median of the known efforts of open improvements, else the assumption."""
    known = [
        i.effort_days for i in ws.improvements.values() if i.is_open and i.effort_days is not None
    ]
    return median(known) if known else ws.assumptions.effort_default_days


def best_plan(plans: Sequence[Plan], worth: Mapping[str, float], pain: str) -> Plan:
    """Return the plan with the highest expected value per effort-day; ties by id.

    Args:
        worth: what each ranked pain point would give if it were removed whole.
    """

    def per_day(plan: Plan) -> float:
        addressed = plan.improvement.addresses if plan.improvement else (pain,)
        total = sum(worth.get(p, 0.0) for p in dict.fromkeys(addressed))
        return total * plan.efficacy / plan.days

    return max(plans, key=per_day)


def efficacy_draws(plan: Plan, sd: float, streams: Streams) -> Floats:
    """Return e, float64[K], drawn once per improvement; an efficacy of its own keeps the spread.

    Near 0 and 1 the spread gives way, so that the Beta keeps one hump.
    """
    room = plan.efficacy * (1 - plan.efficacy)
    own = plan.improvement is not None and plan.improvement.efficacy is not None
    spread = min(sd, (room / 2) ** 0.5) if own else sd
    return streams.beta(plan.efficacy, spread, "efficacy", plan.key)


def effort_draws(plan: Plan, sd_log: float, streams: Streams) -> Floats:
    """Return c, float64[K] person-days: the estimate times exp N(0, sd²)."""
    return plan.days * streams.lognormal(sd_log, "effort", plan.key)
