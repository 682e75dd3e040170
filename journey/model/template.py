"""The five-stage journey every new workspace starts from."""

from journey.model.ids import JourneyId, Kind, LaneId, StageId, new_id
from journey.model.map import Journey, Lane, Stage
from journey.model.workspace import Workspace, WorkspaceInfo

FIVE_STAGES = ("Awareness", "Consideration", "Purchase", "Post-purchase", "Advocacy")
NOTE_LANES = (("Actions", "actions"), ("Thoughts", "thoughts"))


def new_workspace(
    name: str,
    *,
    language: str = "en",
    journey: str = "Customer journey",
    stages: tuple[str, ...] = FIVE_STAGES,
    lanes: tuple[tuple[str, str], ...] = NOTE_LANES,
) -> Workspace:
    """Return a workspace with one journey of empty stages and its note lanes."""
    ws = Workspace(entities=(WorkspaceInfo(name=name, language=language),))
    journey_id = JourneyId(new_id(Kind.JOURNEY))
    ws.put(Journey(journey_id, journey))
    for place, title in enumerate(stages):
        ws.put(Stage(StageId(new_id(Kind.STAGE)), journey_id, title, float(place)))
    for place, (title, content) in enumerate(lanes):
        ws.put(Lane(LaneId(new_id(Kind.LANE)), journey_id, title, float(place), content))
    return ws
