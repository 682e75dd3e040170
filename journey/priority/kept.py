"""What visits keep: η off a touchpoint's exit hazard, limited, taken through the journey."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from journey.priority import chain
from journey.priority.draws import Bools, Floats
from journey.priority.flow import Flow
from journey.priority.source import PainFacts

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
