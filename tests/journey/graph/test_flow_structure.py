"""The graph by networkx, and the path a journey has before anybody counts."""

from journey.graph.arrows import arrows
from journey.graph.network import network, structure
from journey.graph.path import default_path
from journey.model.ids import JourneyId, StageId, TouchpointId, TransitionId
from journey.model.map import Journey, Stage, Touchpoint, Transition
from journey.model.workspace import Workspace

J = JourneyId("j")


def workspace(*steps: tuple[str, str], names: str = "abcd") -> Workspace:
    ws = Workspace("W", [Journey(J, "J"), Stage(StageId("s"), J, "S")])
    for i, name in enumerate(names):
        ws.put(Touchpoint(TouchpointId(name), J, name.upper(), StageId("s"), float(i)))
    for i, (source, target) in enumerate(steps):
        ws.put(Transition(TransitionId(f"x{i}"), J, source, target))
    return ws


def test_the_graph_has_touchpoints_and_ends_with_counts():
    graph = network(workspace(("start", "a"), ("a", "b"), ("b", "retained")), J)
    assert set(graph) == {*"abcd", "start", "retained", "lost"}
    assert graph.nodes["a"]["name"] == "A"
    assert graph.edges["a", "b"]["count"] is None


def test_loops_unreached_and_stuck_touchpoints_are_told():
    ws = workspace(("start", "a"), ("a", "b"), ("b", "a"), ("c", "c"), ("b", "lost"))
    told = structure("abcd", arrows(ws, J))
    assert told.loops == (("a", "b"), ("c",))
    assert told.unreached == ("c", "d")
    assert told.stuck == ("c", "d")


def test_without_a_start_those_without_arrivals_are_starts():
    told = structure("abcd", arrows(workspace(("a", "b"), ("c", "c")), J))
    assert told.unreached == ("c",)


def test_the_default_path_goes_through_every_touchpoint_once():
    ws = workspace(("a", "b"))
    path = [(t.source, t.target) for t in default_path(ws, J)]
    assert path == [("start", "a"), ("b", "c"), ("c", "d"), ("d", "retained")]
    assert all(t.count is None for t in default_path(ws, J))
    for transition in default_path(ws, J):
        ws.put(transition)
    assert default_path(ws, J) == []
    assert structure("abcd", arrows(ws, J)).stuck == ()
    assert default_path(workspace(names=""), J) == []
