"""What visits keep: η off a touchpoint's exit hazard, limited, taken through the journey."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from journey.priority import chain
from journey.priority.draws import Bools, Floats, Ints
from journey.priority.flow import Flow
from journey.priority.source import PainFacts

# Attributable exits cannot exceed nine tenths of the exits seen; a harm is held at a half.
MOST_OF_HAZARD, MOST_HARM = 0.9, -0.5
# A harm leaves something of the chance to stay.
_MOST_OF_STAY = 0.99


@dataclass(frozen=True, slots=True)
class Leg:
    """One journey's part in the visits of a touchpoint; float64[K, S] unless said otherwise.

    A touchpoint that several journeys share has one leg in each, and a fix works on all of them.

    Attributes:
        touchpoint: its id. flow: None where the order of the journey is not known.
        place: in the flow. starts: float64[S], journey starts per customer.
        hazard: exits per visit, h. reach: visits per customer. onward: chance to end retained
            after a visit, r; without a flow, to be lost at no touchpoint outside every order.
            back: further visits after one, N_tt − 1.
    """

    touchpoint: str
    flow: Flow | None
    place: int
    starts: Floats
    hazard: Floats
    reach: Floats
    onward: Floats
    back: Floats

    def gain(self, eta: Floats) -> Floats:
        """Return customers kept per customer by taking η, float64[K, m, S], off each visit.

        Sherman–Morrison on the rank-one change: (start N)_t · k · r_t / (1 − k(N_tt − 1)). Out of
        any order: R((1 + k)^visits − 1), R the chance to be lost at none of those touchpoints.
        """
        k = self.rate(eta)
        if self.flow is None:
            grown = np.expm1(self.reach[:, None] * np.log1p(k))
            return np.asarray(self.onward[:, None] * grown)
        kept = (self.reach * self.onward)[:, None] * k
        return np.asarray(kept / (1.0 - k * self.back[:, None]))

    def rate(self, eta: Floats) -> Floats:
        """Return k = η/(1 − h), float64[K, m, S], by which a fix scales the chance to stay."""
        return np.asarray(eta / np.maximum(1.0 - self.hazard, 1e-9)[:, None])


def leg_of(touchpoint: str, flow: Flow | None, starts: Floats, hazard: Floats, member: str) -> Leg:
    """Return a touchpoint's leg.

    Args:
        member: its id in the flow's journey.
        hazard: float64[K], its exits per visit where the flow does not say them. Without a flow
            `onward` is that of this touchpoint alone, (1 − h)^visits.
    """
    draws, segments = len(hazard), len(starts)
    if flow is None:
        h = np.repeat(hazard[:, None], segments, axis=1)
        reach = np.broadcast_to(starts, (draws, segments))
        onward = (1.0 - h) ** reach
        return Leg(touchpoint, None, 0, starts, h, reach, onward, np.zeros((draws, segments)))
    at, graph = flow.place[member], flow.graph
    chains = flow.chains
    return Leg(
        touchpoint,
        flow,
        at,
        starts,
        hazard=np.column_stack([c.lost[graph, at] for c in chains]),
        reach=starts * np.column_stack([c.visits[graph, at] for c in chains]),
        onward=np.column_stack([c.retained[graph, at] for c in chains]),
        back=np.column_stack([c.own[graph, at] for c in chains]) - 1.0,
    )


@dataclass(frozen=True, slots=True)
class VisitSource:
    """All visits, with the KPIs and judgements beside them.

    Attributes:
        unit: float64[K, P, S], discrepancy·a·δ. touchpoint: each pain point's.
        legs: by touchpoint. opinion: bool[P], not measured by answers.
        fitted: whether leaving was seen. volumes_known: of the measured pain points' journeys.
        facts_of: returns the means of one segment, by its place.
    """

    pains: tuple[str, ...]
    facts: Mapping[str, PainFacts]
    link: Floats
    unit: Floats
    touchpoint: tuple[str, ...]
    legs: Mapping[str, tuple[Leg, ...]]
    opinion: Bools
    fitted: bool
    volumes_known: bool
    warnings: tuple[str, ...]
    facts_of: Callable[[int], Mapping[str, PainFacts]]

    def facts_in(self, segment: int) -> Mapping[str, PainFacts]:
        """Return the means of one segment's visits."""
        return self.facts_of(segment)

    def unit_mean(self) -> Floats:
        """Return float64[P, S], the mean kept per customer if a fix removed a pain whole."""
        out = np.zeros(self.unit.shape[1:])
        for pains, legs in self.stops():
            for leg in legs:
                eta = _clipped(self.unit[:, pains], leg.hazard)
                out[pains] += leg.gain(eta).mean(axis=0)
        return out

    def stops(self) -> list[tuple[Ints, tuple[Leg, ...]]]:
        """Return (the pain points, the legs) of each touchpoint that has any."""
        at: dict[str, list[int]] = {}
        for p, touchpoint in enumerate(self.touchpoint):
            at.setdefault(touchpoint, []).append(p)
        return [(np.array(mine), self.legs[t]) for t, mine in at.items()]

    def settle(self, own: Floats) -> "SettledVisits":
        """Scale the η of a touchpoint where together they would exceed its exits.

        What was judged is limited to the exits that what was measured leaves, and never lowers it.
        """
        stops = [[_limited(self, pains, leg, own) for leg in legs] for pains, legs in self.stops()]
        return SettledVisits(self, tuple(s for stop in stops for s in stop))


@dataclass(frozen=True, slots=True)
class _Stop:
    """A leg with its pain points int64[m]: η after the limits at the own efficacy.

    Attributes:
        eta: float64[K, m, S]. scale: the limit's factor, None where it never held.
    """

    leg: Leg
    pains: Ints
    eta: Floats
    scale: Floats | None


def _clipped(eta: Floats, hazard: Floats) -> Floats:
    """Return η, float64[K, m, S], held between the greatest harm and nine tenths of h[K, S]."""
    least = np.maximum(MOST_HARM, -_MOST_OF_STAY * (1.0 - hazard))
    return np.clip(eta, least[:, None], MOST_OF_HAZARD * hazard[:, None])


def _risen(eta: Floats, pains: Ints) -> Floats:
    """Return the sum of what rises of these, float64[K, S]; η: float64[K, m, S]."""
    total = np.maximum(eta[:, pains[0]], 0.0)
    for p in pains[1:]:
        total += np.maximum(eta[:, p], 0.0)
    return total


def _limited(source: VisitSource, pains: Ints, leg: Leg, own: Floats) -> _Stop:
    eta = _clipped(own[:, pains, None] * source.unit[:, pains], leg.hazard)
    room = leg.hazard
    scale: Floats | None = None
    for group in (False, True):
        mine = np.flatnonzero(source.opinion[pains] == group)
        if not len(mine):
            continue
        total = _risen(eta, mine)
        over = total > room
        if over.any():
            factor = np.where(over, room / np.where(over, total, 1.0), 1.0)
            scale = np.ones_like(eta) if scale is None else scale
            scale[:, mine] = factor[:, None]
            total *= factor
        room = np.maximum(room - total, 0.0)
    return _Stop(leg, pains, eta if scale is None else eta * scale, scale)


@dataclass(frozen=True, slots=True)
class SettledVisits:
    """Visits with the limits of their touchpoints applied."""

    source: VisitSource
    stops: tuple[_Stop, ...]

    def singles(self) -> Floats:
        """Return float64[K, P, S], customers kept per customer by each pain point's own plan."""
        out = np.zeros(self.source.unit.shape)
        for stop in self.stops:
            out[:, stop.pains] += stop.leg.gain(stop.eta)
        return out

    def joint(self, pains: Sequence[int], efficacy: Floats) -> Floats:
        """Return float64[K, S] of fixing several: η added by touchpoint, the chain solved anew."""
        column = {p: i for i, p in enumerate(pains)}
        unit = self.source.unit
        out = np.zeros((unit.shape[0], unit.shape[2]))
        by_journey: dict[int, list[tuple[Leg, Floats]]] = {}
        loose: list[tuple[Leg, Floats]] = []
        for stop in self.stops:
            at = [i for i, p in enumerate(stop.pains.tolist()) if p in column]
            if not at:
                continue
            here = stop.pains[at]
            own = efficacy[:, [column[int(p)] for p in here]]
            eta = _clipped(own[:, :, None] * unit[:, here], stop.leg.hazard)
            if stop.scale is not None:
                eta = eta * stop.scale[:, at]
            total = eta.sum(axis=1)
            if len(at) > 1:
                total = np.minimum(total, stop.leg.hazard)
            if stop.leg.flow is None:
                loose.append((stop.leg, total))
            else:
                by_journey.setdefault(id(stop.leg.flow), []).append((stop.leg, total))
        for legs in by_journey.values():
            out += _through(legs)
        return out + _outside(loose) if loose else out

    def capped(self) -> Bools:
        """Return bool[P]: whether the limit held in at least one draw of twenty."""
        out = np.zeros(len(self.source.pains), dtype=np.bool_)
        for stop in self.stops:
            if stop.scale is not None:
                least = reduce(np.minimum, np.moveaxis(stop.scale, 2, 0))
                out[stop.pains] |= (least < 1).mean(axis=0) >= 0.05
        return out


def _outside(legs: Sequence[tuple[Leg, Floats]]) -> Floats:
    """Return the gain of touchpoints outside every order, R(Π(1 + k)^visits − 1), float64[K, S]."""
    grown = [leg.reach * np.log1p(leg.rate(eta[:, None])[:, 0]) for leg, eta in legs]
    return np.asarray(legs[0][0].onward * np.expm1(np.sum(grown, axis=0)))


def _through(legs: Sequence[tuple[Leg, Floats]]) -> Floats:
    """Return the gain, float64[K, S], of touchpoints of one journey, η float64[K, S] each."""
    first, eta = legs[0]
    if len(legs) == 1:
        return first.gain(eta[:, None])[:, 0]
    flow = first.flow
    assert flow is not None
    at = [leg.place for leg, _ in legs]
    columns = []
    for s, solved in enumerate(flow.chains):
        stacked = np.column_stack([total[:, s] for _, total in legs])
        columns.append(chain.joint_gain(solved, flow.graph, at, stacked) * first.starts[s])
    return np.column_stack(columns)
