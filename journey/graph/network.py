"""The structure of a journey's graph, by networkx: loops, and touchpoints off the path."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from journey.graph.arrows import Arrow, arrows
from journey.graph.found import Found
from journey.model.ids import JourneyId, SegmentId
from journey.model.map import LOST, RETAINED, START
from journey.model.workspace import Workspace, ordered_touchpoints

if TYPE_CHECKING:
    import networkx as nx


def network(
    ws: Workspace,
    journey: JourneyId,
    segment: SegmentId | None = None,
    found: Found | None = None,
) -> "nx.DiGraph[str]":
    """Return a journey as a graph: touchpoints and the ends "start", "retained", "lost".

    Nodes bear `name` and `stage`, edges `count` (None: not counted) and `standing`.
    """
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    for end in (START, RETAINED, LOST):
        graph.add_node(end, name=end, stage=None)
    for touchpoint in ordered_touchpoints(ws, journey):
        graph.add_node(str(touchpoint.id), name=touchpoint.name, stage=touchpoint.stage)
    for arrow in arrows(ws, journey, segment, found):
        graph.add_edge(*arrow.pair, count=arrow.count, standing=arrow.standing)
    return graph


@dataclass(frozen=True, slots=True)
class Structure:
    """What is striking about a graph; each tuple in the order of the touchpoints.

    Attributes:
        loops: groups of touchpoints that lead back to themselves.
        unreached: touchpoints no way from the start leads to.
        stuck: touchpoints with no way to "retained" or "lost".
    """

    loops: tuple[tuple[str, ...], ...]
    unreached: tuple[str, ...]
    stuck: tuple[str, ...]


def structure(nodes: Iterable[str], made: Iterable[Arrow]) -> Structure:
    """Return the structure of touchpoints with their arrows.

    Without an arrow from the start, those without any arrival count as starts.
    """
    import networkx as nx

    order = list(nodes)
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from([START, RETAINED, LOST, *order])
    graph.add_edges_from(a.pair for a in made)
    if not graph.out_degree(START):
        graph.add_edges_from((START, n) for n in order if not graph.in_degree(n))
    reached = nx.descendants(graph, START)
    leaving = nx.ancestors(graph, RETAINED) | nx.ancestors(graph, LOST)
    rank = {node: i for i, node in enumerate(order)}
    groups = [
        tuple(sorted(group, key=rank.__getitem__))
        for group in nx.strongly_connected_components(graph)
        if len(group) > 1 or any(graph.has_edge(n, n) for n in group)
    ]
    return Structure(
        tuple(sorted(groups, key=lambda g: rank[g[0]])),
        tuple(n for n in order if n not in reached),
        tuple(n for n in order if n not in leaving),
    )
