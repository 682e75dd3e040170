"""The flow of a journey: its transitions read into drawn chains (docs/method.md)."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from journey.errors import RankingError
from journey.model.ids import JourneyId
from journey.model.map import LOST, RETAINED, START, Transition
from journey.model.workspace import Workspace, ordered_touchpoints
from journey.priority import chain
from journey.priority.draws import Floats, Streams

# G·J² floats are held per segment; larger journeys reuse their drawn graphs.
_BUDGET = 4_000_000
_FEWEST_GRAPHS = 8


@dataclass(frozen=True, slots=True)
class Edges:
    """The arrows of one segment: ends are places of touchpoints; J is retained, J + 1 lost.

    Attributes:
        source, target: int64[E]. count: float64[E]. start: float64[J].
        counted: whether the counts were logged, else the map was only drawn.
        exits: whether leaving was logged.
    """

    source: np.ndarray[tuple[int], np.dtype[np.int64]]
    target: np.ndarray[tuple[int], np.dtype[np.int64]]
    count: Floats
    start: Floats
    counted: bool
    exits: bool


@dataclass(frozen=True, slots=True)
class Flow:
    """A journey's chains, one per segment, or none where nothing is known of its order.

    Attributes:
        place: touchpoint → its place; only those that the arrows reach.
        chains: one per segment of the market; graph: int64[K], which drawn graph a draw uses.
        counted, exits: as in `Edges`, of all segments.
        tables: per segment, (float64[G, J, J + 2], starts float64[G, J]); empty with exits logged.
    """

    place: dict[str, int]
    chains: tuple[chain.Chain, ...]
    graph: np.ndarray[tuple[int], np.dtype[np.int64]]
    counted: bool
    exits: bool
    tables: tuple[tuple[Floats, Floats], ...] = ()

    def lost(self) -> Floats:
        """Return the share of starts that end lost, float64[G, S]."""
        columns = [(c.visits * c.lost).sum(axis=1) for c in self.chains]
        return np.column_stack(columns)


def flow_of(
    ws: Workspace, journey: JourneyId, segments: tuple[str, ...], hazard: Floats, streams: Streams
) -> Flow | None:
    """Return the drawn chains of a journey, or None where it has no transitions.

    Args:
        hazard: float64[K, J], the exit hazard per visit of each touchpoint in journey order; used
            where leaving was not logged.

    Raises:
        RankingError: no_way_out (journey, touchpoints), where a loop cannot be left.
    """
    mine = sorted((t for t in ws.transitions.values() if t.journey == journey), key=lambda t: t.id)
    if not mine:
        return None
    place = {str(t.id): i for i, t in enumerate(ordered_touchpoints(ws, journey))}
    graphs = int(np.clip(_BUDGET // max(len(place), 1) ** 2, _FEWEST_GRAPHS, streams.draws))
    graphs = min(graphs, streams.draws)
    tables, chains, counted, exits = [], [], True, True
    solved: dict[str, chain.Chain] = {}
    drawn: dict[str, tuple[Floats, Floats]] = {}
    for segment in segments:
        chosen, key = _of_segment(mine, segment)
        edges = _edges(chosen, place)
        counted, exits = counted and edges.counted, exits and edges.exits
        if key not in solved:
            _refuse_if_stuck(ws, journey, edges, place)
            rng = streams.of("graph", journey, key)
            drawn[key] = _drawn(edges, hazard[:graphs], rng)
            solved[key] = _solved(*drawn[key])
        chains.append(solved[key])
        tables.append(drawn[key])
    reached = {t.source for t in mine} | {t.target for t in mine}
    graph = np.arange(streams.draws) % graphs
    inside = {t: i for t, i in place.items() if t in reached}
    kept = () if exits else tuple(tables)
    return Flow(inside, tuple(chains), graph, counted, exits, kept)


def exits_logged(ws: Workspace, journey: JourneyId, segments: tuple[str, ...]) -> bool:
    """Whether leaving was logged for every segment, so that no hazard need be given."""
    mine = [t for t in ws.transitions.values() if t.journey == journey]
    return bool(mine) and all(
        any(t.target == LOST and t.count for t in _of_segment(mine, s)[0]) for s in segments
    )


def _of_segment(mine: list[Transition], segment: str) -> tuple[list[Transition], str]:
    """Return a segment's own counts, else those of all customers, else everybody's together."""
    own = [t for t in mine if t.segment == segment and t.count]
    if own:
        return own, segment
    pooled = [t for t in mine if t.segment is None]
    return (pooled, "") if any(t.count for t in pooled) else (mine, "")


def _edges(chosen: list[Transition], place: dict[str, int]) -> Edges:
    size = len(place)
    counted = any(t.count for t in chosen)
    exits = counted and any(t.target == LOST and t.count for t in chosen)
    counts: dict[tuple[int, int], float] = defaultdict(float)
    start = np.zeros(size)
    ends = {RETAINED: size, LOST: size + 1}
    for t in chosen:
        # What was drawn but not seen has no weight beside what was logged.
        weight = (t.count or 0.0) if counted else 1.0
        if weight <= 0 or (t.target == LOST and not exits):
            continue
        target = place.get(t.target, ends.get(t.target, -1))
        if t.source == START and 0 <= target < size:
            start[target] += weight
        elif t.source in place and target >= 0:
            counts[place[t.source], target] += weight
    _close(counts, size)
    keys = sorted(counts)
    sources = np.array([k[0] for k in keys], dtype=np.int64)
    targets = np.array([k[1] for k in keys], dtype=np.int64)
    count = np.array([counts[k] for k in keys])
    if start.sum() <= 0:
        start = _first(sources, targets, count, size)
    return Edges(sources, targets, count, start, counted, exits)


def _close(counts: dict[tuple[int, int], float], size: int) -> None:
    """Let a touchpoint that nothing leaves end in "retained": the journey is over there."""
    leaving = {source for source, _ in counts}
    for touchpoint in range(size):
        if touchpoint not in leaving:
            counts[touchpoint, size] = 1.0


def _first(
    source: np.ndarray[tuple[int], np.dtype[np.int64]],
    target: np.ndarray[tuple[int], np.dtype[np.int64]],
    count: Floats,
    size: int,
) -> Floats:
    """Return where journeys start if no arrow says so: where more leaves than comes in."""
    inner = target < size
    out = np.bincount(source, weights=count * inner, minlength=size)
    into = np.bincount(target[inner], weights=count[inner], minlength=size)
    surplus = np.maximum(out - into, 0.0)
    if surplus.sum() <= 0:
        surplus[0] = 1.0
    return np.asarray(surplus)


def _refuse_if_stuck(
    ws: Workspace, journey: JourneyId, edges: Edges, place: dict[str, int]
) -> None:
    size = len(place)
    table = np.zeros((size, size + 2))
    table[edges.source, edges.target] = edges.count
    lost = chain.stuck(table[:, :size], table[:, size:].sum(axis=1))
    if lost:
        names = [t.name for i, t in enumerate(ordered_touchpoints(ws, journey)) if i in lost]
        raise RankingError("no_way_out", journey=ws.journeys[journey].name, touchpoints=names)


def _drawn(edges: Edges, hazard: Floats, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Return G drawn tables float64[G, J, J + 2] and starts float64[G, J], each row summing to 1.

    Rows ~ Dirichlet(counts + ½ on seen arrows) where counted; where leaving was not logged, the
    hazard takes its part of each row.
    """
    graphs, size = hazard.shape
    if edges.counted:
        weight = rng.standard_gamma(edges.count + 0.5, (graphs, len(edges.count)))
        seen = edges.start > 0
        start = np.zeros((graphs, size))
        start[:, seen] = rng.standard_gamma(edges.start[seen] + 0.5, (graphs, int(seen.sum())))
    else:
        weight = np.broadcast_to(edges.count, (graphs, len(edges.count)))
        start = np.broadcast_to(edges.start, (graphs, size))
    table = np.zeros((graphs, size, size + 2))
    table[:, edges.source, edges.target] = weight
    table /= table.sum(axis=2, keepdims=True)
    if not edges.exits:
        table *= (1.0 - hazard)[:, :, None]
        table[:, :, size + 1] = hazard
    return table, start / start.sum(axis=1, keepdims=True)


def _solved(table: Floats, start: Floats) -> chain.Chain:
    size = start.shape[1]
    return chain.solve(
        table[:, :, :size], table[:, :, size], start, np.ascontiguousarray(table[:, :, size + 1])
    )
