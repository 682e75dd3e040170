"""The path a journey has before anybody counts: touchpoint after touchpoint, in order."""

from itertools import pairwise

from journey.model.ids import JourneyId, Kind, TransitionId, new_id
from journey.model.map import RETAINED, START, Transition
from journey.model.workspace import Workspace, ordered_touchpoints


def default_path(ws: Workspace, journey: JourneyId) -> list[Transition]:
    """Return transitions from the start through every touchpoint in order to staying.

    Those that are drawn already are left out; none where the journey has no touchpoint.
    """
    there = {(t.source, t.target) for t in ws.transitions.values() if t.journey == journey}
    ends = [START, *(str(t.id) for t in ordered_touchpoints(ws, journey)), RETAINED]
    if len(ends) == 2:
        return []
    return [
        Transition(TransitionId(new_id(Kind.TRANSITION)), journey, source, target)
        for source, target in pairwise(ends)
        if (source, target) not in there
    ]
