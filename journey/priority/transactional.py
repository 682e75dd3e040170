"""Visits as evidence: η = e·a·δ off the exit hazard of a touchpoint, solved through the journey.

KPIs and workshop judgement take the same road with their own shares and shifts
(docs/method.md, levels A to E).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from journey.model.assumptions import Assumptions
from journey.model.ids import JourneyId
from journey.model.workspace import Workspace, ordered_touchpoints
from journey.priority import shares, workshop
from journey.priority.draws import Floats, Ints, Streams
from journey.priority.flow import Flow, flow_of
from journey.priority.kept import VisitSource, Way
from journey.priority.link import Harm, Link, company, link_draws, loss_rate, risk_difference
from journey.priority.market import Market, entrants
from journey.priority.reading import Reading
from journey.priority.shift import Shift, shift_draws
from journey.priority.source import PainFacts
from journey.priority.visits import Visits, visits_of
from journey.priority.workshop import Shortfall


@dataclass(frozen=True, slots=True)
class Judged:
    """A pain point without answers: its id, touchpoint, shares, shifts; both float64[K]."""

    pain: str
    touchpoint: str
    share: Floats
    lower: Floats


def judged_pain(
    ws: Workspace, pain_id: str, shortfall: Shortfall | None, streams: Streams
) -> Judged:
    """Return what a KPI or a workshop says of a pain point, as draws."""
    pain = next(p for p in ws.pain_points.values() if p.id == pain_id)
    lower = workshop.shift_class(pain, streams)
    if shortfall is not None:
        share = workshop.share_kpi(shortfall, streams, pain_id)
    else:
        share = workshop.share_class(pain, streams) * workshop.votes_tilt(pain, ws)
    return Judged(pain_id, pain.touchpoint or "", np.minimum(share, 0.95), lower)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """One pain point before the chain: shares float64[K, S], δ float64[K], facts."""

    pain: str
    touchpoint: str
    share: Floats
    delta: Floats
    lower: float
    n: int
    opinion: bool
    notes: tuple[str, ...]


def visit_source(
    ws: Workspace,
    market: Market,
    readings: Sequence[Reading],
    judged: Sequence[Judged],
    streams: Streams,
) -> VisitSource:
    """Draw every factor of each pain point seen in visits, missed KPIs or a workshop.

    Raises:
        RankingError: no_way_out, where a journey has a loop that cannot be left.
    """
    a = ws.assumptions
    visits = visits_of(readings)
    shift = shift_draws(visits, streams)
    link = link_draws(visits, a, streams)
    size = len(market.segments)
    counts = [[v.counts(p, size) for p in range(len(v.pains))] for v in visits]
    prior = _prior([c for group in counts for c in group])
    measured = [
        d
        for v, c in zip(visits, counts, strict=True)
        for d in _measured(v, c, prior=prior, a=a, fitted=(shift, link), streams=streams)
    ]
    drawn = sorted(
        [*measured, *(_from_judgement(j, market, shift, link) for j in judged)],
        key=lambda d: d.pain,
    )
    hazards = _hazards(visits, drawn, shift, link, streams)
    ways, warnings = _ways(ws, market, drawn, hazards, streams)
    unit = np.empty((streams.draws, len(drawn), len(market.segments)))
    for p, d in enumerate(drawn):
        noise = streams.lognormal(a.discrepancy_sd_log, "discrepancy", d.pain, mean_one=True)
        unit[:, p] = d.share * (d.delta * noise)[:, None]
    journeys = {_journey(ws, d.touchpoint) for d in measured}
    known = all(j is not None and entrants(ws, market, j)[1] for j in journeys)
    return VisitSource(
        pains=tuple(d.pain for d in drawn),
        facts={d.pain: _fact(d, ways[d.touchpoint], market, link.fitted) for d in drawn},
        link=np.ones(streams.draws),
        unit=unit,
        touchpoint=tuple(d.touchpoint for d in drawn),
        ways=ways,
        opinion=np.array([d.opinion for d in drawn], dtype=np.bool_),
        fitted=link.fitted and link.losses > 0,
        volumes_known=known,
        warnings=warnings + _link_warning(link) + _period_warning(readings),
    )


def _link_warning(link: Link) -> tuple[str, ...]:
    """Tell where answers were joined to outcomes but nobody left: the link is its prior."""
    return ("no_loss_observed",) if link.fitted and link.losses == 0 else ()


def _period_warning(readings: Sequence[Reading]) -> tuple[str, ...]:
    """Tell where leaving over months stands beside single visits: it is read as of the visit.

    A customer with several visits would count as lost at each, which overstates the harm.
    """
    over = any(
        r.table.outcome_months is not None and bool((r.table.outcome >= 0).any()) for r in readings
    )
    return ("leaving_period_not_per_visit",) if over else ()


def _prior(counts: Sequence[shares.Counts]) -> tuple[float, float]:
    return shares.prior_by_moments(
        np.array([c.hits for c in counts]), np.array([c.users for c in counts])
    )


def _measured(
    visits: Visits,
    counts: Sequence[shares.Counts],
    *,
    prior: tuple[float, float],
    a: Assumptions,
    fitted: tuple[Shift, Link],
    streams: Streams,
) -> list[_Drawn]:
    shift, link = fitted
    se, fp = a.reporting_sensitivity, a.reporting_false_positive
    harms, reported = [], []
    for pain, c in zip(visits.pains, counts, strict=True):
        drawn = shares.share_draws(streams.of("share", pain), c, prior, streams.draws)
        reported.append(shares.true_share(drawn, se, fp))
        mean = (c.hits + prior[0]) / (c.users + sum(prior))
        lower = shift.shift[pain] / shares.dilution(mean, se, fp)
        harms.append(Harm(lower, link.direct.get(pain, np.zeros(streams.draws))))
    lifts = [company(link, h, r.mean(axis=1)) for h, r in zip(harms, reported, strict=True)]
    together = sum(lifts, np.zeros((3, streams.draws)))
    base = shift.base[visits.touchpoint]
    return [
        _Drawn(
            pain=pain,
            touchpoint=visits.touchpoint,
            share=reported[p],
            delta=risk_difference(link, base, harms[p], shift, together - lifts[p]),
            lower=float(harms[p].lower.mean()),
            n=int(visits.asked[:, p].sum()),
            opinion=False,
            notes=() if visits.hits[:, p].any() else ("nobody_named_it",),
        )
        for p, pain in enumerate(visits.pains)
    ]


def _from_judgement(judged: Judged, market: Market, shift: Shift, link: Link) -> _Drawn:
    base = shift.base.get(judged.touchpoint, shift.common_base)
    harm = Harm(judged.lower, np.zeros(len(judged.share)))
    delta = risk_difference(link, base, harm, shift)
    share = np.repeat(judged.share[:, None], len(market.segments), axis=1)
    lower = float(judged.lower.mean())
    return _Drawn(judged.pain, judged.touchpoint, share, delta, lower, 0, True, ())


def _hazards(
    visits: Sequence[Visits],
    drawn: Sequence[_Drawn],
    shift: Shift,
    link: Link,
    streams: Streams,
) -> dict[str, Floats]:
    """Return exits per visit of each touchpoint, float64[K], where a journey's log has none.

    The share that left where outcomes are joined; else the loss without pain points by the link
    plus what the touchpoint's pain points add.
    """
    seen = {v.touchpoint: v for v in visits}
    counts = {t: _lost(v) for t, v in seen.items()}
    prior = shares.prior_by_moments(
        np.array([c[0] for c in counts.values()]), np.array([c[1] for c in counts.values()])
    )
    out: dict[str, Floats] = {}
    for touchpoint in sorted({d.touchpoint for d in drawn} | set(seen)):
        lost, known = counts.get(touchpoint, (0.0, 0.0))
        if known > 0:
            rng = streams.of("hazard", touchpoint)
            out[touchpoint] = rng.beta(prior[0] + lost, prior[1] + known - lost, streams.draws)
            continue
        base = shift.base.get(touchpoint, shift.common_base)
        added = sum(
            (d.share.mean(axis=1) * d.delta for d in drawn if d.touchpoint == touchpoint),
            np.zeros(streams.draws),
        )
        out[touchpoint] = np.clip(loss_rate(link, base, shift) + added, 1e-6, 0.99)
    return out


def _lost(visits: Visits) -> tuple[float, float]:
    known = visits.lost >= 0
    weight = visits.weight
    return float(weight[visits.lost == 1].sum()), float(weight[known].sum())


def _journey(ws: Workspace, touchpoint: str) -> JourneyId | None:
    return next((t.journey for t in ws.touchpoints.values() if t.id == touchpoint), None)


def _ways(
    ws: Workspace,
    market: Market,
    drawn: Sequence[_Drawn],
    hazards: Mapping[str, Floats],
    streams: Streams,
) -> tuple[dict[str, Way], tuple[str, ...]]:
    flows: dict[JourneyId, Flow | None] = {}
    ways: dict[str, Way] = {}
    warnings: set[str] = set()
    for touchpoint in sorted({d.touchpoint for d in drawn}):
        journey = _journey(ws, touchpoint)
        starts = np.ones(len(market.segments))
        flow = None
        if journey is not None:
            starts = entrants(ws, market, journey)[0]
            if journey not in flows:
                hazard = _journey_hazard(ws, journey, hazards, streams.draws)
                flows[journey] = flow_of(ws, journey, market.segments, hazard, streams)
            flow = flows[journey]
        if flow is not None and touchpoint not in flow.place:
            flow = None
        warnings.add(_structure(flow))
        if flow is not None and flow.chains[0].visits.shape[0] < streams.draws:
            warnings.add("graphs_reused")
        place = flow.place[touchpoint] if flow else 0
        ways[touchpoint] = Way(
            flow, place, starts, _way_hazard(flow, place, hazards[touchpoint], starts)
        )
    return ways, tuple(sorted(warnings - {""}))


def _structure(flow: Flow | None) -> str:
    if flow is None:
        return "no_graph"
    return "" if flow.counted else "structure_assumed"


def _journey_hazard(
    ws: Workspace, journey: JourneyId, hazards: Mapping[str, Floats], draws: int
) -> Floats:
    """Return float64[K, J] in journey order; a touchpoint without evidence has the mean hazard."""
    common = np.mean(list(hazards.values()), axis=0) if hazards else np.zeros(draws)
    order = ordered_touchpoints(ws, journey)
    return np.column_stack([hazards.get(t.id, common) for t in order])


def _way_hazard(flow: Flow | None, place: int, hazard: Floats, starts: Floats) -> Floats:
    if flow is None:
        return np.repeat(hazard[:, None], len(starts), axis=1)
    graph: Ints = flow.graph
    return np.column_stack([c.lost[graph, place] for c in flow.chains])


def _fact(drawn: _Drawn, way: Way, market: Market, fitted: bool) -> PainFacts:
    visits = market.mix * way.visits()
    share = drawn.share.mean(axis=0)
    total = float(visits.sum())
    mean = float(visits @ share) / total if total > 0 else float(share.mean())
    notes = drawn.notes + tuple(word for word in (_structure(way.flow),) if word)
    if not fitted and not drawn.opinion:
        notes += ("assumed_link",)
    return PainFacts(
        n=drawn.n,
        used=total,
        share=mean,
        effect=float(drawn.delta.mean()),
        shift=drawn.lower,
        word="left",
        relational=False,
        notes=notes,
    )
