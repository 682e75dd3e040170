"""Finished improvements: what they were to bring, what came, and whose they are."""

from journey.metrics.normal import z_value
from journey.model.ids import LeaderId, TouchpointId
from journey.model.improvement import Improvement
from journey.model.map import PainPoint
from journey.model.quarter import quarter_number, quarter_of
from journey.model.workspace import Workspace
from journey.report.around import Around, Outcome
from journey.report.comments import ANSWERS_FOR_A_COMMENT
from journey.report.pack import FixFact, ShareFact

_NOTHING = Outcome(None, None)


def finished(ws: Workspace, around: Around, *, quarter: str | None) -> tuple[FixFact, ...]:
    """Return every improvement done up to the quarter, the latest first, then by id.

    It belongs to the improvement's owner, else to whoever owns the first pain point it
    addresses, else to the owner of that one's touchpoint.
    """
    done = [
        improvement
        for improvement in sorted(ws.improvements.values(), key=lambda i: i.id)
        if improvement.status == "done" and _by_then(ws, improvement, quarter)
    ]
    done.sort(key=lambda i: i.done_on.toordinal() if i.done_on else 0, reverse=True)
    return tuple(_fact(ws, improvement, around) for improvement in done)


def _by_then(ws: Workspace, improvement: Improvement, quarter: str | None) -> bool:
    if quarter is None or improvement.done_on is None:
        return True
    done = quarter_of(improvement.done_on, ws.info.fiscal_year_start_month)
    return quarter_number(done) <= quarter_number(quarter)


def _fact(ws: Workspace, improvement: Improvement, around: Around) -> FixFact:
    pains = [ws.pain_points[key] for key in improvement.addresses if key in ws.pain_points]
    touchpoint = ws.touchpoints.get(pains[0].touchpoint) if pains and pains[0].touchpoint else None
    leader = _owner(ws, improvement, pains[0] if pains else None)
    known = ws.leaders.get(leader) if leader else None
    outcome = around.outcomes.get(improvement.id, _NOTHING)
    return FixFact(
        improvement=improvement.id,
        title=improvement.title,
        leader=leader,
        leader_name=known.name if known else "",
        pain_points=tuple(pain.title for pain in pains),
        touchpoint=touchpoint.name if touchpoint else "",
        done_on=improvement.done_on,
        predicted=outcome.predicted,
        observed=outcome.observed,
        inside=_inside(outcome),
        shares=_shares(ws, improvement, around),
    )


def _shares(ws: Workspace, improvement: Improvement, around: Around) -> ShareFact | None:
    """Return what customers may be told; None where another quarter's page told it."""
    outcome = around.outcomes.get(improvement.id)
    if outcome is None:
        return ShareFact(None) if around.before is None else None
    if not outcome.how:  # frozen before it was kept
        return None
    before, after = outcome.asked or (0.0, 0.0)
    least = max(ws.assumptions.minimum_n_trend, ws.info.minimum_n, ANSWERS_FOR_A_COMMENT)
    seen, error = outcome.seen, outcome.error
    if seen is None or error is None or min(before, after) < least:
        return ShareFact(outcome.hoped)
    return ShareFact(
        outcome.hoped,
        seen,
        sure=seen - z_value(0.95) * error > 0.0,
        before=int(before),
        after=int(after),
        trial=outcome.how == "trial",
    )


def _owner(ws: Workspace, improvement: Improvement, pain: PainPoint | None) -> LeaderId | None:
    if improvement.owner is not None or pain is None:
        return improvement.owner
    return pain.owner or _owner_of(ws, pain.touchpoint)


def _owner_of(ws: Workspace, touchpoint: TouchpointId | None) -> LeaderId | None:
    found = ws.touchpoints.get(touchpoint) if touchpoint else None
    return found.owner if found else None


def _inside(outcome: Outcome) -> bool | None:
    """Return whether what came lies within the predicted 80 % interval; None if unknown."""
    predicted, observed = outcome.predicted, outcome.observed
    if predicted is None or observed is None:
        return None
    if predicted.low80 is None or predicted.high80 is None:
        return None
    return predicted.low80 <= observed <= predicted.high80
