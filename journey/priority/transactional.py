"""Visits as evidence: η = e·a·δ off the exit hazard of a touchpoint, solved through the journey.

KPIs and workshop judgement take the same road with their own shares and shifts
(docs/method.md, levels A to E).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from journey.model.workspace import Workspace
from journey.priority import exits, shares
from journey.priority.draws import Floats, Streams
from journey.priority.exits import Site
from journey.priority.harms import Drawn, Evidence, Seen, judged, measured, seen_of
from journey.priority.kept import Leg, VisitSource
from journey.priority.legs import Hazards, Legs, legs_of, structure
from journey.priority.link import Link, joined_of, link_draws, loss_rate
from journey.priority.market import Market
from journey.priority.memory import Memory
from journey.priority.reading import Reading
from journey.priority.source import PainFacts
from journey.priority.tally import tally_of
from journey.priority.visits import Visits

# A share affected is taken as at least this where it divides.
_LEAST_SHARE = 1e-9


@dataclass(frozen=True, slots=True)
class _Harms:
    """Every pain point before the journey, by id, and the hazards where no log has any."""

    drawn: tuple[Drawn, ...]
    hazards: Hazards


@dataclass(frozen=True, slots=True)
class _Unit:
    """discrepancy·a·δ, float64[K, P, S], and what logged exits add to the mean δ, float64[P]."""

    draws: Floats
    raised: Floats


def visit_source(
    ws: Workspace, market: Market, evidence: Evidence, streams: Streams, memory: Memory
) -> VisitSource:
    """Draw every factor of each pain point seen in visits, missed KPIs or a workshop.

    Raises:
        RankingError: no_way_out, where a journey has a loop that cannot be left.
    """
    a, size = ws.assumptions, len(market.segments)
    seen = memory.keep(
        "visits",
        (size, *evidence.visited, "earlier", *evidence.earlier),
        lambda: seen_of(evidence, size, streams),
    )
    priors = (a.link_intercept_mean, a.link_intercept_sd, a.link_slope_mean, a.link_slope_sd)
    joined = memory.keep("joined", (seen,), lambda: joined_of(seen.pooled))
    link = memory.keep("link", (joined, *priors), lambda: link_draws(joined, a, streams))
    harms = memory.keep(
        "harms",
        (
            seen,
            link,
            a.reporting_sensitivity,
            a.reporting_false_positive,
            *_judged_by(ws, evidence),
        ),
        lambda: _harms(ws, evidence, seen, link, (size, streams)),
    )
    legs = memory.keep(
        "legs",
        (harms, evidence.quarter, *_travelled_by(ws, market)),
        lambda: legs_of(ws, market, harms.hazards, evidence.quarter, (streams, memory)),
    )
    sites = memory.keep(
        "sites",
        (harms, legs, market.mix.tobytes(), bool(_period_warning(evidence.visited))),
        lambda: _sites(seen, harms, legs, link, (market.mix, evidence)),
    )
    unit = memory.keep(
        "unit",
        (harms, legs, sites, a.discrepancy_sd_log),
        lambda: _unit(harms, legs, sites, a.discrepancy_sd_log, streams),
    )
    told = replace(harms, drawn=_raised(harms.drawn, unit.raised))
    return VisitSource(
        pains=tuple(d.pain for d in harms.drawn),
        facts=memory.keep(
            "facts",
            (harms, legs, unit, market.mix.tobytes()),
            lambda: _facts(told, legs, market.mix, link),
        ),
        facts_of=partial(_facts_in, told, legs, link, tuple(seen.visits)),
        link=np.ones(streams.draws),
        unit=unit.draws,
        touchpoint=tuple(d.touchpoint for d in harms.drawn),
        legs=legs.at,
        opinion=np.array([d.opinion for d in harms.drawn], dtype=np.bool_),
        fitted=link.fitted and link.losses > 0,
        volumes_known=all(d.opinion or d.touchpoint in legs.known for d in harms.drawn),
        warnings=legs.warnings + _link_warning(link) + _period_warning(evidence.visited),
    )


def _reporting(ws: Workspace) -> tuple[float, float]:
    return ws.assumptions.reporting_sensitivity, ws.assumptions.reporting_false_positive


def _judged_by(ws: Workspace, evidence: Evidence) -> tuple[object, ...]:
    """Return what the rows without answers are made of."""
    if not evidence.opinion:
        return (dict(ws.touchpoints),)
    return (dict(ws.touchpoints), dict(ws.pain_points), evidence.opinion, evidence.shortfalls)


def _travelled_by(ws: Workspace, market: Market) -> tuple[object, ...]:
    """Return what the ways through the journeys are made of."""
    return (
        dict(ws.journeys),
        dict(ws.touchpoints),
        dict(ws.transitions),
        dict(ws.kpis),
        dict(ws.observations),
        market.customers.tobytes(),
        market.mix.tobytes(),
        ws.assumptions.experience_share_of_churn,
    )


def _harms(
    ws: Workspace, evidence: Evidence, seen: Seen, link: Link, drawn_by: tuple[int, Streams]
) -> _Harms:
    size, streams = drawn_by
    found = measured(seen, link, ws.assumptions, streams)
    found += judged(ws, evidence, seen.shift, link, (size, streams))
    drawn = tuple(sorted(found, key=lambda d: d.pain))
    return _Harms(drawn, _hazards(seen, drawn, link, streams))


def _sites(
    seen: Seen, harms: _Harms, legs: Legs, link: Link, whose: tuple[Floats, Evidence]
) -> list[Site]:
    """Return the touchpoints that logged exits tell of; whose: the mix and all that is known.

    None where leaving was not seen visit by visit: then answers and log tell of different things.
    """
    mix, evidence = whose
    if not link.fitted or link.losses == 0 or _period_warning(evidence.visited):
        return []
    logged = {t: at for t, at in legs.at.items() if t not in legs.free}
    return exits.sites_of(seen, harms.drawn, link, logged, mix)


def _unit(
    harms: _Harms, legs: Legs, sites: Sequence[Site], sd_log: float, streams: Streams
) -> _Unit:
    """Return discrepancy·a·δ as the exits bear it out, calibrated where those were not logged."""
    segments = harms.drawn[0].reach.shape[1] if harms.drawn else 0
    unit = np.empty((len(harms.drawn), streams.draws, segments))
    for p, d in enumerate(harms.drawn):
        noise = streams.lognormal(sd_log, "discrepancy", d.pain, mean_one=True)
        if d.touchpoint in legs.free:
            noise = noise * legs.factor
        np.multiply(d.reach, noise[:, None], out=unit[p])
    more = exits.heed(unit, sites, sd_log, streams)
    raised = np.zeros(len(harms.drawn))
    for site in sites:
        share = np.array([harms.drawn[p].share @ site.weight for p in site.pains])
        raised[site.pains] = more[site.pains] @ site.weight / np.maximum(share, _LEAST_SHARE)
    return _Unit(np.ascontiguousarray(unit.transpose(1, 0, 2)), raised)


def _raised(drawn: Sequence[Drawn], raised: Floats) -> tuple[Drawn, ...]:
    """Return the pain points with the effect that answers and exits show together."""
    return tuple(
        replace(d, effect=d.effect + float(more)) if more else d
        for d, more in zip(drawn, raised, strict=True)
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


def _hazards(seen: Seen, drawn: Sequence[Drawn], link: Link, streams: Streams) -> Hazards:
    """Return exits per visit of each touchpoint, where a journey's log has none.

    The share that left where outcomes are joined; else the loss without pain points by the link
    plus what the touchpoint's pain points add.
    """
    counts = {v.touchpoint: _lost(v) for v in seen.visits}
    prior = shares.prior_by_moments(
        np.array([c[0] for c in counts.values()]), np.array([c[1] for c in counts.values()])
    )
    added: dict[str, Floats] = {}
    for d in drawn:
        added[d.touchpoint] = added.get(d.touchpoint, np.zeros(streams.draws)) + d.added
    out: dict[str, Floats] = {}
    for touchpoint in sorted(set(added) | set(counts)):
        lost, known = counts.get(touchpoint, (0.0, 0.0))
        if known > 0:
            rng = streams.of("hazard", touchpoint)
            out[touchpoint] = rng.beta(prior[0] + lost, prior[1] + known - lost, streams.draws)
            continue
        base = seen.shift.base.get(touchpoint, seen.shift.common_base)
        rate = loss_rate(link.where(None), base, seen.shift) + added.get(touchpoint, 0.0)
        out[touchpoint] = np.clip(rate, 1e-6, 0.99)
    common = np.mean(list(out.values()), axis=0) if out else np.zeros(streams.draws)
    return Hazards(out, common)


def _lost(visits: Visits) -> tuple[float, float]:
    known = visits.lost >= 0
    weight = visits.weight
    return float(weight[visits.lost == 1].sum()), float(weight[known].sum())


def _facts(harms: _Harms, legs: Legs, mix: Floats, link: Link) -> dict[str, PainFacts]:
    visits = {t: mix * _visits(legs.at[t]) for t in {d.touchpoint for d in harms.drawn}}
    return {
        d.pain: _fact(d, visits[d.touchpoint], legs.at[d.touchpoint], link) for d in harms.drawn
    }


def _facts_in(
    harms: _Harms, legs: Legs, link: Link, seen: Sequence[Visits], segment: int
) -> dict[str, PainFacts]:
    """Return the means of one segment, its answers alone counted."""
    segments = harms.drawn[0].reach.shape[1] if harms.drawn else 1
    facts = _facts(harms, legs, (np.arange(segments) == segment).astype(np.float64), link)
    for visits in seen:
        mine = visits.segment == segment
        lost, score = visits.lost[mine], visits.score[mine]
        for i, pain in enumerate(visits.pains):
            tally = tally_of(visits.asked[mine, i], visits.hits[mine, i], lost, score)
            facts[pain] = replace(facts[pain], n=tally.asked, tally=tally)
    return facts


def _visits(legs: Sequence[Leg]) -> Floats:
    """Return mean visits per customer of each segment, float64[S]."""
    return np.asarray(np.sum([leg.reach.mean(axis=0) for leg in legs], axis=0))


def _fact(drawn: Drawn, visits: Floats, legs: Sequence[Leg], link: Link) -> PainFacts:
    total = float(visits.sum())
    mean = float(visits @ drawn.share) / total if total > 0 else float(drawn.share.mean())
    notes = drawn.notes + tuple(sorted({structure(leg) for leg in legs} - {""}))
    if not link.fitted and not drawn.opinion:
        notes += ("assumed_link",)
    return PainFacts(
        n=drawn.n,
        used=total,
        share=mean,
        effect=drawn.effect,
        shift=drawn.lower,
        word="left",
        relational=False,
        notes=notes,
        tally=drawn.tally,
    )
