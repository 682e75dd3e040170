"""The legs of a touchpoint: by which journeys, how often, and with which exits it is visited."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from journey.model.ids import JourneyId, TouchpointId
from journey.model.workspace import Workspace, ordered_journeys, ordered_touchpoints
from journey.priority import calibration
from journey.priority.calibration import Unlogged
from journey.priority.draws import Floats, Streams
from journey.priority.flow import Flow, exits_logged, flow_of
from journey.priority.kept import Leg, leg_of
from journey.priority.market import Market, entrants
from journey.priority.memory import Memory
from journey.priority.shared import members, same_touchpoints
from journey.priority.volumes import visits_a_year, yearly_churn

_HIGHEST = 0.99


@dataclass(frozen=True, slots=True)
class Hazards:
    """Exits per visit where a journey's log has none, float64[K].

    Attributes:
        at: by touchpoint with evidence. common: of any other.
    """

    at: Mapping[str, Floats]
    common: Floats

    def times(self, factor: Floats) -> "Hazards":
        """Return them scaled by g, float64[K]."""
        at = {t: np.clip(h * factor, 0.0, _HIGHEST) for t, h in self.at.items()}
        return Hazards(at, np.clip(self.common * factor, 0.0, _HIGHEST))

    def in_order(self, ws: Workspace, journey: JourneyId) -> Floats:
        """Return float64[K, J] of a journey's touchpoints in their order."""
        same = same_touchpoints(ws)
        order = ordered_touchpoints(ws, journey)
        return np.column_stack([self.at.get(same[t.id], self.common) for t in order])


@dataclass(frozen=True, slots=True)
class Legs:
    """All legs of the touchpoints with evidence.

    Attributes:
        at: by touchpoint. known: touchpoints whose yearly visits are known.
        factor: float64[K], g, by which exits that were not logged are calibrated; 1 without.
        free: touchpoints whose exits are scaled by it.
    """

    at: Mapping[str, tuple[Leg, ...]]
    known: frozenset[str]
    factor: Floats
    free: frozenset[str]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Route:
    """How a touchpoint is come by: in a journey's order at `flow`, or loose with `flow` None."""

    touchpoint: str
    member: str
    journey: JourneyId | None
    starts: Floats
    known: bool


def legs_of(
    ws: Workspace,
    market: Market,
    hazards: Hazards,
    quarter: str | None,
    kept: tuple[Streams, Memory],
) -> Legs:
    """Return the legs of every touchpoint that has a hazard.

    Raises:
        RankingError: no_way_out, where a journey has a loop that cannot be left.
    """
    streams, _ = kept
    flows = _flows(ws, market, hazards, kept)
    routes = [r for t in sorted(hazards.at) for r in _routes(ws, market, t, flows, quarter)]
    factor, warnings = _factor(ws, market, (hazards, flows, routes), quarter, streams)
    if factor is not None:
        hazards = hazards.times(factor)
        flows = _flows(ws, market, hazards, (streams, Memory()))
    at: dict[str, list[Leg]] = {}
    for r in routes:
        flow = flows.get(r.journey) if r.journey else None
        leg = leg_of(r.touchpoint, flow, r.starts, hazards.at[r.touchpoint], r.member)
        at.setdefault(r.touchpoint, []).append(leg)
    warnings |= {structure(leg) for legs in at.values() for leg in legs} - {""}
    if any(f is not None and len(f.chains[0].visits) < streams.draws for f in flows.values()):
        warnings.add("graphs_reused")
    return Legs(
        at={t: tuple(legs) for t, legs in _in_sequence(at).items()},
        known=frozenset(at) - {r.touchpoint for r in routes if not r.known},
        factor=np.ones(streams.draws) if factor is None else factor,
        free=frozenset(r.touchpoint for r in routes if _is_free(flows, r)),
        warnings=tuple(sorted(warnings)),
    )


def structure(leg: Leg) -> str:
    """Return the word on how the order of a leg's journey is known, "" where it was logged."""
    if leg.flow is None:
        return "no_graph"
    return "" if leg.flow.counted else "structure_assumed"


def _is_free(flows: Mapping[JourneyId, Flow | None], route: _Route) -> bool:
    flow = flows.get(route.journey) if route.journey else None
    return flow is None or not flow.exits


def _flows(
    ws: Workspace, market: Market, hazards: Hazards, kept: tuple[Streams, Memory]
) -> dict[JourneyId, Flow | None]:
    """Return the flow of every journey that has a touchpoint with evidence."""
    streams, memory = kept
    same = same_touchpoints(ws)
    made_of = (dict(ws.transitions), dict(ws.touchpoints), market.segments)
    out: dict[JourneyId, Flow | None] = {}
    for journey in ordered_journeys(ws):
        order = ordered_touchpoints(ws, journey.id)
        if any(same[t.id] in hazards.at for t in order):
            make = partial(_flow, ws, journey.id, market, hazards, streams)
            # With exits logged the hazards do not enter.
            used = None if exits_logged(ws, journey.id, market.segments) else hazards
            out[journey.id] = memory.keep(("flow", journey.id), (*made_of, used), make)
    return out


def _flow(
    ws: Workspace, journey: JourneyId, market: Market, hazards: Hazards, streams: Streams
) -> Flow | None:
    return flow_of(ws, journey, market.segments, hazards.in_order(ws, journey), streams)


def _routes(
    ws: Workspace,
    market: Market,
    touchpoint: str,
    flows: Mapping[JourneyId, Flow | None],
    quarter: str | None,
) -> list[_Route]:
    """Return by which journeys a touchpoint is come to; at least one route.

    Each journey in whose order it stands is a route. One that stands in none is come to as often
    as its volume KPI says, else once by every start of its journeys.
    """
    here = members(same_touchpoints(ws)).get(touchpoint, [])
    found, loose = [], []
    for member in here:
        journey = ws.touchpoints[TouchpointId(member)].journey
        if journey not in ws.journeys:
            continue
        starts, known = entrants(ws, market, journey)
        flow = flows.get(journey)
        if flow is not None and member in flow.place:
            found.append(_Route(touchpoint, member, journey, starts, known))
        else:
            loose.append((starts, known))
    if found:
        return found
    once = np.ones(len(market.segments))
    volume = visits_a_year(ws, here, quarter)
    total = float(market.customers.sum())
    if volume is not None and np.isfinite(total) and total > 0:
        return [_Route(touchpoint, touchpoint, None, once * (volume / total), True)]
    certain = [starts for starts, known in loose if known]
    if certain:
        return [_Route(touchpoint, touchpoint, None, np.sum(certain, axis=0), True)]
    return [_Route(touchpoint, touchpoint, None, once, False)]


def _factor(
    ws: Workspace,
    market: Market,
    drawn: tuple[Hazards, Mapping[JourneyId, Flow | None], Sequence[_Route]],
    quarter: str | None,
    streams: Streams,
) -> tuple[Floats | None, set[str]]:
    """Return g, None where there is nothing to calibrate, and what is to be told."""
    churn = yearly_churn(ws, quarter)
    if churn is None:
        return None, set()
    hazards, flows, routes = drawn
    free, logged = [], np.zeros(streams.draws)
    for journey, flow in flows.items():
        if flow is None:
            continue
        starts = entrants(ws, market, journey)[0]
        if flow.exits:
            logged += (flow.lost() @ (market.mix * starts))[flow.graph]
        else:
            free.append((flow, starts, hazards.in_order(ws, journey)))
    loose = [(r.starts, hazards.at[r.touchpoint]) for r in routes if r.journey is None]
    if not free and not loose:
        return None, set()
    due = churn * ws.assumptions.experience_share_of_churn
    found = calibration.factor(Unlogged(free, loose, market.mix), due, logged)
    return found, {"calibrated_to_churn" if found is not None else "churn_below_logged_exits"}


def _in_sequence(at: Mapping[str, list[Leg]]) -> dict[str, list[Leg]]:
    """Let who is lost at one loose touchpoint not be lost at another.

    Their order is not known, but each customer leaves once: all stay with Π(1 − h)^visits.
    """
    loose = [leg.onward for legs in at.values() for leg in legs if leg.flow is None]
    if not loose:
        return dict(at)
    stay = np.prod(loose, axis=0)
    return {
        t: [replace(g, onward=stay) if g.flow is None else g for g in legs]
        for t, legs in at.items()
    }
