"""What each pain point does to a visit: its share a and its harm δ, whichever way it is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from journey.model.assumptions import Assumptions
from journey.model.ids import PainPointId
from journey.model.workspace import Workspace
from journey.priority import shares, workshop
from journey.priority.draws import Floats, Streams
from journey.priority.link import Harm, Link, company, risk_difference, unharmed
from journey.priority.reading import Reading
from journey.priority.shared import same_touchpoints
from journey.priority.shift import Shift, effort_draws, shift_draws
from journey.priority.source import Tally
from journey.priority.tally import tally_of
from journey.priority.visits import Visits, visits_of
from journey.priority.workshop import Shortfall

# Draws of all pain points from which chances of leaving are summed in single precision.
_MANY = 100_000


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known of visits.

    Attributes:
        visited: the quarter's readings. earlier: older ones, already weighted, for link and shift.
        opinion: pain points without answers, by id. shortfalls: the KPIs that some of those miss.
    """

    visited: tuple[Reading, ...]
    earlier: tuple[Reading, ...] = ()
    opinion: tuple[str, ...] = ()
    shortfalls: Mapping[str, Shortfall] = field(default_factory=dict)
    quarter: str | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """The visits after all fits that no assumption enters.

    Attributes:
        visits: by touchpoint. pooled: with those of earlier quarters.
        effort: shifts of an effort asked beside the score, None where it never was.
        share: by pain point float64[K, S], as reported. reported: its posterior mean.
    """

    visits: Sequence[Visits]
    pooled: Sequence[Visits]
    shift: Shift
    effort: Shift | None
    share: Mapping[str, Floats]
    reported: Mapping[str, float]
    tally: Mapping[str, Tally]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One pain point before the journey.

    Attributes:
        reach: float64[K, S], a·δ. share: float64[S], mean a. effect: mean δ. lower: points the
            score falls. added: float64[K], exits per visit it adds, segments alike.
        n: answers. opinion: not measured by answers.
    """

    pain: str
    touchpoint: str
    reach: Floats
    share: Floats
    effect: float
    lower: float
    added: Floats
    n: int
    opinion: bool
    notes: tuple[str, ...] = ()
    tally: Tally | None = None


def seen_of(evidence: Evidence, segments: int, streams: Streams) -> Seen:
    """Fit the shifts and draw the shares as they were reported."""
    visits = visits_of(evidence.visited)
    pooled = visits_of([*evidence.visited, *evidence.earlier]) if evidence.earlier else visits
    counts = {p: v.counts(i, segments) for v in visits for i, p in enumerate(v.pains)}
    prior = shares.prior_by_moments(
        np.array([c.hits for c in counts.values()]), np.array([c.users for c in counts.values()])
    )
    return Seen(
        visits=visits,
        pooled=pooled,
        shift=shift_draws(pooled, streams),
        effort=effort_draws(pooled, streams),
        share={
            p: shares.share_draws(streams.of("share", p), c, prior, streams.draws)
            for p, c in counts.items()
        },
        reported={p: (c.hits + prior[0]) / (c.users + sum(prior)) for p, c in counts.items()},
        tally={
            p: tally_of(v.asked[:, i], v.hits[:, i], v.lost, v.score)
            for v in visits
            for i, p in enumerate(v.pains)
        },
    )


def measured(seen: Seen, link: Link, a: Assumptions, streams: Streams) -> list[Drawn]:
    """Return every pain point that answers measure, δ over the company of the others."""
    single = len(seen.share) * streams.draws > _MANY
    return [d for v in seen.visits if v.pains for d in _at(v, seen, link, a, (streams, single))]


def _at(
    visits: Visits, seen: Seen, link: Link, a: Assumptions, drawn_by: tuple[Streams, bool]
) -> list[Drawn]:
    se, fp = a.reporting_sensitivity, a.reporting_false_positive
    streams, single = drawn_by
    nothing = np.zeros(streams.draws)
    harder = seen.effort.shift if seen.effort is not None else {}
    by_effort = nothing if link.effort is None else link.effort
    harms = []
    for pain in visits.pains:
        diluted = shares.dilution(seen.reported[pain], se, fp)
        direct = link.direct.get(pain, nothing) + by_effort * harder.get(pain, nothing) / diluted
        harms.append(Harm(seen.shift.shift[pain] / diluted, direct))
    share = shares.true_share(np.stack([seen.share[p] for p in visits.pains]), se, fp)
    link = link.where(seen.effort.base.get(visits.touchpoint) if seen.effort is not None else None)
    own = np.stack([harm.logit(link) for harm in harms])
    pooled = share.mean(axis=2)
    lifts = company(own, pooled)
    alone = unharmed(link, seen.shift.base[visits.touchpoint], seen.shift, single=single)
    delta = risk_difference(alone, own, lifts.sum(axis=1, keepdims=True) - lifts)
    reach, added = share * delta[:, :, None], pooled * delta
    means, effect = share.mean(axis=1), delta.mean(axis=1)
    return [
        Drawn(
            pain=pain,
            touchpoint=visits.touchpoint,
            reach=reach[p],
            share=means[p],
            effect=float(effect[p]),
            lower=float(harms[p].lower.mean()),
            added=added[p],
            n=int(visits.asked[:, p].sum()),
            opinion=False,
            notes=() if visits.hits[:, p].any() else ("nobody_named_it",),
            tally=seen.tally[pain],
        )
        for p, pain in enumerate(visits.pains)
    ]


def judged(
    ws: Workspace, evidence: Evidence, shift: Shift, link: Link, drawn_by: tuple[int, Streams]
) -> list[Drawn]:
    """Return every pain point that a KPI or a workshop speaks of; drawn_by: S and the streams."""
    segments, streams = drawn_by
    same = same_touchpoints(ws)
    out = []
    for name in evidence.opinion:
        pain = ws.pain_points[PainPointId(name)]
        at = same.get(pain.touchpoint, pain.touchpoint) if pain.touchpoint else ""
        lower = workshop.shift_class(pain, streams)
        missed = evidence.shortfalls.get(name)
        if missed is not None:
            share = workshop.share_kpi(missed, streams, name)
        else:
            share = workshop.share_class(pain, streams) * workshop.votes_tilt(pain, ws)
        share = np.minimum(share, 0.95)
        harm = Harm(lower, np.zeros(streams.draws))
        alone = unharmed(link.where(None), shift.base.get(at, shift.common_base), shift)
        delta = risk_difference(alone, harm.logit(link)[None])[0]
        added = share * delta
        out.append(
            Drawn(
                pain=name,
                touchpoint=at,
                reach=np.repeat(added[:, None], segments, axis=1),
                share=np.full(segments, share.mean()),
                effect=float(delta.mean()),
                lower=float(lower.mean()),
                added=added,
                n=0,
                opinion=True,
            )
        )
    return out
