"""What is drawn: a journey with what was measured of it."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from journey.model.ids import JourneyId, PersonaId
from journey.model.workspace import Workspace
from ui.map.figures import NO_FIGURES, MapFigures
from ui.render.flow_picture import FlowPicture
from ui.render.map_picture import MapPicture
from ui.shell.theme import Theme


class View(StrEnum):
    """What of a journey is drawn."""

    MAP = "map"
    FLOW = "flow"


@dataclass(frozen=True, slots=True)
class Subject:
    """A journey to be drawn.

    Attributes:
        figures: what was measured, of `quarter`. persona: whose judgements; None for all.
        lanes: keys of the lanes to show; None for those the journey shows.
    """

    workspace: Workspace
    journey: JourneyId
    figures: MapFigures = NO_FIGURES
    quarter: str | None = None
    persona: PersonaId | None = None
    lanes: Collection[str] | None = None


def draw(subject: Subject, view: View, theme: Theme) -> MapPicture | FlowPicture:
    """Return a picture of a journey, laid out."""
    if view is View.FLOW:
        return FlowPicture(subject.workspace, subject.journey, theme)
    return draw_map(subject, theme)


def draw_map(subject: Subject, theme: Theme) -> MapPicture:
    """Return a picture of a journey's map, laid out."""
    return MapPicture(
        subject.workspace,
        subject.journey,
        theme,
        subject.figures,
        persona=subject.persona,
        lanes=subject.lanes,
    )
