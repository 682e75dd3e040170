"""GraphML: what another program reads from it, with its types."""

from io import BytesIO
from typing import Any

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.model.ids import (
    JourneyId,
    LeaderId,
    PainPointId,
    SegmentId,
    StageId,
    TouchpointId,
    TransitionId,
)
from journey.model.map import (
    LOST,
    START,
    Journey,
    JudgedExperience,
    PainPoint,
    Stage,
    Touchpoint,
    Transition,
)
from journey.model.people import Leader, Segment
from journey.model.workspace import Workspace
from storage.openformats.convert_losses import Loss
from storage.openformats.graphml import write_graphml

JOURNEY = JourneyId("j")


@pytest.fixture
def ws() -> Workspace:
    desk, shelf = TouchpointId("desk"), TouchpointId("shelf")
    return Workspace(
        entities=(
            Journey(JOURNEY, "Borrow a book"),
            Journey(JourneyId("k"), "Return it", 1.0),
            Leader(LeaderId("l"), "Åse <b>"),
            Segment(SegmentId("g"), "Children"),
            Segment(SegmentId("h"), "Adults"),
            Stage(StageId("s"), JOURNEY, "Find"),
            Stage(StageId("e"), JOURNEY, "Empty", 1.0),
            Touchpoint(
                desk,
                JOURNEY,
                "Desk & phone",
                StageId("s"),
                owner=LeaderId("l"),
                moment_of_truth=True,
                judged_experience=(JudgedExperience(20), JudgedExperience(50)),
            ),
            Touchpoint(shelf, JOURNEY, "Shelf", StageId("s"), 1.0, channel="Hall"),
            PainPoint(PainPointId("p"), JOURNEY, "Too high", shelf),
            Transition(TransitionId("1"), JOURNEY, START, desk, None, 12),
            Transition(TransitionId("2"), JOURNEY, desk, shelf, SegmentId("g"), 7.5),
            Transition(TransitionId("3"), JOURNEY, desk, shelf),
            Transition(TransitionId("4"), JOURNEY, shelf, LOST, None, 1),
        )
    )


def _graph(content: bytes) -> Any:
    return networkx.read_graphml(BytesIO(content), force_multigraph=True)


def test_touchpoints_are_nodes_with_typed_attributes(ws: Workspace) -> None:
    graph = _graph(write_graphml(ws, JOURNEY)[0])
    assert graph.graph["name"] == "Borrow a book"
    assert dict(graph.nodes(data=True)) == {
        "desk": {
            "kind": "touchpoint",
            "name": "Desk & phone",
            "owner": "Åse <b>",
            "moment_of_truth": True,
            "judged_experience": 35.0,
            "stage": "Find",
            "stage_position": 0,
            "position": 0,
            "pain_points": 0,
        },
        "shelf": {
            "kind": "touchpoint",
            "name": "Shelf",
            "channel": "Hall",
            "moment_of_truth": False,
            "stage": "Find",
            "stage_position": 0,
            "position": 1,
            "pain_points": 1,
        },
        "start": {"kind": "start", "name": "start"},
        "lost": {"kind": "lost", "name": "lost"},
    }


def test_transitions_are_edges_one_per_segment(ws: Workspace) -> None:
    graph = _graph(write_graphml(ws, JOURNEY)[0])
    assert sorted(
        (u, v, data.get("segment", ""), data.get("count", -1.0))
        for u, v, data in graph.edges(data=True)
    ) == [
        ("desk", "shelf", "", -1.0),
        ("desk", "shelf", "Children", 7.5),
        ("shelf", "lost", "", 1.0),
        ("start", "desk", "", 12.0),
    ]


def test_what_a_graph_cannot_hold_is_counted(ws: Workspace) -> None:
    assert write_graphml(ws, JOURNEY)[1] == (
        Loss("judged_experience_averaged", 1),
        Loss("other_journey", 1),
        Loss("pain_point", 1),
        Loss("segment", 1),
        Loss("stage", 1),
    )


def test_the_same_journey_gives_the_same_bytes(ws: Workspace) -> None:
    assert write_graphml(ws, JOURNEY) == write_graphml(ws.copy(), JOURNEY)


@given(st.text(), st.text(min_size=1))
def test_any_text_and_any_id_make_xml_that_can_be_read(name: str, key: str) -> None:
    touchpoint = TouchpointId(key)
    ws = Workspace(
        entities=(
            Journey(JOURNEY, name),
            Touchpoint(touchpoint, JOURNEY, name),
            Transition(TransitionId("1"), JOURNEY, touchpoint, touchpoint),
        )
    )
    graph = _graph(write_graphml(ws, JOURNEY)[0])
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (1, 1)
