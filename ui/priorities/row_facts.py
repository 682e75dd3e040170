"""What rows of a list show that the workspace knows: channel icons, the workshop's words."""

from collections.abc import Mapping

from journey.model.workspace import Workspace
from journey.priority.result import Level, Ranking
from ui.priorities import words
from ui.shell.icons import channel_icon


def icons_of(ranking: Ranking | None, workspace: Workspace | None) -> Mapping[str, str]:
    """Return the channel icon of each pain point's touchpoint."""
    if ranking is None or workspace is None:
        return {}
    found: dict[str, str] = {}
    for item in ranking.items:
        touchpoint = workspace.touchpoints.get(item.touchpoint) if item.touchpoint else None
        if touchpoint is not None:
            found[item.pain_point] = channel_icon(touchpoint.channel)
    return found


def opinions_of(ranking: Ranking | None, workspace: Workspace | None) -> Mapping[str, str]:
    """Return what the workshop said of each pain point that is known by opinion only."""
    if ranking is None or workspace is None:
        return {}
    return {
        item.pain_point: words.opinion(workspace.pain_points.get(item.pain_point))
        for item in ranking.items
        if item.level is Level.E
    }
