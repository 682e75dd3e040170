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
from journey.priority import chain, shares, workshop
from journey.priority.draws import Bools, Floats, Ints, Streams
from journey.priority.flow import Flow, flow_of
from journey.priority.link import Harm, Link, company, link_draws, loss_rate, risk_difference
from journey.priority.market import Market, entrants
from journey.priority.reading import Reading
from journey.priority.shift import Shift, shift_draws
from journey.priority.source import PainFacts
from journey.priority.visits import Visits, visits_of
from journey.priority.workshop import Shortfall

# Attributable exits cannot exceed nine tenths of the exits seen; a harm is held at a half.
MOST_OF_HAZARD, MOST_HARM = 0.9, -0.5


@dataclass(frozen=True, slots=True)
class Way:
    """How visits of one touchpoint reach the end, per segment.

    Attributes:
        flow: None where the order of the journey is not known: every customer comes once.
        place: in the flow. starts: float64[S], journey starts per customer.
        hazard: float64[K, S], exits per visit.
    """

    flow: Flow | None
    place: int
    starts: Floats
    hazard: Floats

    def visits(self) -> Floats:
        """Return mean visits per customer, float64[S]."""
        if self.flow is None:
            return self.starts
        per_start = [c.visits[:, self.place].mean() for c in self.flow.chains]
        return np.asarray(self.starts * per_start)


@dataclass(frozen=True, slots=True)
class VisitSource:
    """All visits, with the KPIs and judgements beside them.

    Attributes:
        unit: float64[K, P, S], discrepancy·a·δ. touchpoint: each pain point's.
        ways: by touchpoint. opinion: bool[P], not measured by answers.
        fitted: whether leaving was seen. volumes_known: of the measured pain points' journeys.
    """

    pains: tuple[str, ...]
    facts: Mapping[str, PainFacts]
    link: Floats
    unit: Floats
    touchpoint: tuple[str, ...]
    ways: Mapping[str, Way]
    opinion: Bools
    fitted: bool
    volumes_known: bool
    warnings: tuple[str, ...]

    def unit_mean(self) -> Floats:
        """Return float64[P, S], the mean kept per customer if a fix removed a pain whole."""
        free = SettledVisits(self, np.ones((self.unit.shape[0], *self.unit.shape[1:])))
        whole = np.ones(self.unit.shape[0])
        return np.array([free.moved(p, whole).mean(axis=0) for p in range(len(self.pains))])

    def settle(self, own: Floats) -> "SettledVisits":
        """Scale the η of a touchpoint where together they would exceed its exits.

        Answers and opinion are scaled apart: what was judged never lowers what was measured.
        """
        scale = np.ones_like(self.unit)
        for touchpoint, way in self.ways.items():
            for group in (False, True):
                here = [
                    p
                    for p, t in enumerate(self.touchpoint)
                    if t == touchpoint and self.opinion[p] == group
                ]
                if here:
                    eta = _clipped(own[:, here, None] * self.unit[:, here], way.hazard[:, None])
                    total = np.maximum(eta, 0.0).sum(axis=1)
                    over = total > way.hazard
                    factor = np.where(over, way.hazard / np.where(over, total, 1.0), 1.0)
                    scale[:, here] = factor[:, None]
        return SettledVisits(self, scale)


def _clipped(eta: Floats, hazard: Floats) -> Floats:
    return np.clip(eta, MOST_HARM, MOST_OF_HAZARD * hazard)


@dataclass(frozen=True, slots=True)
class SettledVisits:
    """Visits with the limits of their touchpoints applied; scale: float64[K, P, S]."""

    source: VisitSource
    scale: Floats

    def moved(self, pain: int, efficacy: Floats) -> Floats:
        """Return float64[K, S], customers kept per customer of the segment."""
        return self.joint([pain], efficacy)

    def joint(self, pains: Sequence[int], efficacy: Floats) -> Floats:
        """Return float64[K, S] of fixing several: η added by touchpoint, the chain solved anew."""
        source = self.source
        by_journey: dict[int, dict[str, Floats]] = {}
        out = np.zeros((source.unit.shape[0], source.unit.shape[2]))
        for touchpoint in sorted({source.touchpoint[p] for p in pains}):
            way = source.ways[touchpoint]
            at = [p for p in pains if source.touchpoint[p] == touchpoint]
            eta = self._eta(at, efficacy, way)
            if way.flow is None:
                out += eta * way.starts
            else:
                by_journey.setdefault(id(way.flow), {})[touchpoint] = eta
        for etas in by_journey.values():
            out += self._through(etas)
        return out

    def _eta(self, pains: list[int], efficacy: Floats, way: Way) -> Floats:
        raw = _clipped(efficacy[:, None, None] * self.source.unit[:, pains], way.hazard[:, None])
        total = (raw * self.scale[:, pains]).sum(axis=1)
        return np.asarray(np.minimum(total, way.hazard) if len(pains) > 1 else total)

    def _through(self, etas: Mapping[str, Floats]) -> Floats:
        """Return the gain of touchpoints of one journey, float64[K, S]."""
        ways = [self.source.ways[t] for t in etas]
        flow, starts = ways[0].flow, ways[0].starts
        assert flow is not None
        columns = []
        for s, solved in enumerate(flow.chains):
            if len(ways) == 1:
                eta = next(iter(etas.values()))[:, s]
                gained = chain.gain(solved, flow.graph, ways[0].place, eta)
            else:
                at = [w.place for w in ways]
                stacked = np.column_stack([e[:, s] for e in etas.values()])
                gained = chain.joint_gain(solved, flow.graph, at, stacked)
            columns.append(gained * starts[s])
        return np.column_stack(columns)

    def capped(self, pain: int) -> bool:
        """Whether the limit held in at least one draw of twenty."""
        return bool((self.scale[:, pain].min(axis=1) < 1).mean() >= 0.05)


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
    visits = visits_of(ws, readings)
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
        warnings=warnings + _link_warning(link),
    )


def _link_warning(link: Link) -> tuple[str, ...]:
    """Tell where answers were joined to outcomes but nobody left: the link is its prior."""
    return ("no_loss_observed",) if link.fitted and link.losses == 0 else ()


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
    together = sum(lifts, np.zeros(streams.draws))
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
