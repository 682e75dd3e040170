"""Writing one journey of a workspace as a graph in GraphML, with typed attributes."""

from collections import Counter
from io import BytesIO
from typing import Any

from journey.model.ids import JourneyId, Kind, named_id
from journey.model.map import LOST, RETAINED, START, Touchpoint, Transition
from journey.model.text import NOTE_LENGTH, clean
from journey.model.workspace import Workspace, outline
from storage.openformats.convert_losses import (
    Loss,
    as_losses,
    count_fields,
    left_out,
    of_journey,
)

_CARRIED = frozenset({Kind.TOUCHPOINT, Kind.TRANSITION})
_ENDS = (START, RETAINED, LOST)


def write_graphml(ws: Workspace, journey: JourneyId) -> tuple[bytes, tuple[Loss, ...]]:
    """Return a journey as GraphML, and what it cannot hold.

    Nodes are touchpoints, and "start", "retained" and "lost" where a transition names them; edges
    are transitions, one per segment. `judged_experience` is the mean judgement, −100 … +100;
    attributes that are unknown are left out.
    """
    import networkx

    counts = left_out(ws, journey, _CARRIED)
    graph = networkx.MultiDiGraph(name=_text(ws.journeys[journey].name))
    _add_touchpoints(graph, ws, journey, counts)
    _add_transitions(graph, ws, journey)
    touchpoints = list(of_journey(ws, journey, Kind.TOUCHPOINT))
    count_fields(counts, touchpoints, "shared_with")
    owners = {t.owner for t in touchpoints if isinstance(t, Touchpoint)}
    counts[Kind.LEADER.value] -= len(owners - {None})
    counts[Kind.SEGMENT.value] = len(ws.segments) - len(_named_segments(ws, journey))
    file = BytesIO()
    networkx.write_graphml(graph, file, encoding="utf-8", prettyprint=True)
    return file.getvalue(), as_losses(counts)


def _add_touchpoints(graph: Any, ws: Workspace, journey: JourneyId, counts: Counter[str]) -> None:
    place = 0
    for stage_place, group in enumerate(outline(ws, journey)):
        for column in group.columns:
            attributes = _attributes(ws, column.touchpoint, counts)
            if group.stage is not None:
                attributes |= {"stage": _text(group.stage.name), "stage_position": stage_place}
            attributes |= {"position": place, "pain_points": len(column.pain_points)}
            graph.add_node(_id(column.touchpoint.id), kind="touchpoint", **attributes)
            place += 1
        counts[Kind.STAGE.value] -= bool(group.stage is not None and group.columns)


def _attributes(ws: Workspace, touchpoint: Touchpoint, counts: Counter[str]) -> dict[str, Any]:
    owner = ws.leaders[touchpoint.owner].name if touchpoint.owner is not None else ""
    texts = {
        "name": touchpoint.name,
        "channel": touchpoint.channel,
        "department": touchpoint.department,
        "owner": owner,
    }
    found: dict[str, Any] = {key: _text(value) for key, value in texts.items() if value}
    found["moment_of_truth"] = touchpoint.moment_of_truth
    judged = [j.value for j in touchpoint.judged_experience]
    if judged:
        found["judged_experience"] = float(sum(judged) / len(judged))
        counts["judged_experience_averaged"] += len(judged) > 1
    return found


def _add_transitions(graph: Any, ws: Workspace, journey: JourneyId) -> None:
    for transition in sorted(of_journey(ws, journey, Kind.TRANSITION), key=lambda t: t.id):
        assert isinstance(transition, Transition)
        for end in (transition.source, transition.target):
            if end in _ENDS:
                graph.add_node(end, kind=end, name=end)
        attributes: dict[str, Any] = {}
        if transition.segment is not None:
            attributes["segment"] = _text(ws.segments[transition.segment].name)
        if transition.count is not None:
            attributes["count"] = float(transition.count)
        graph.add_edge(_id(transition.source), _id(transition.target), **attributes)


def _named_segments(ws: Workspace, journey: JourneyId) -> set[str]:
    found: set[str] = set()
    for transition in of_journey(ws, journey, Kind.TRANSITION):
        if isinstance(transition, Transition) and transition.segment is not None:
            found.add(transition.segment)
    return found


def _id(name: str) -> str:
    """Return an id XML can hold; an odd one is replaced by one made of it."""
    return name if name == _text(name) else named_id(Kind.TOUCHPOINT, name)


def _text(text: str) -> str:
    return clean(text, NOTE_LENGTH).text
