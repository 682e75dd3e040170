"""The lanes of a map: which there are, in which order, and how high they are at least."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from journey.model.ids import JourneyId, LaneId
from journey.model.workspace import Workspace, ordered_lanes


class LaneKind(StrEnum):
    """What a lane holds; the values are kept in settings and never reused."""

    NOTES = "notes"
    EXPERIENCE = "experience"
    TOUCHPOINTS = "touchpoints"
    METRICS = "metrics"
    KPIS = "kpis"
    STRENGTHS = "strengths"
    PAIN_POINTS = "pain_points"
    IMPROVEMENTS = "improvements"
    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class LaneSpec:
    """One lane: `key` names it in settings; `lane` is set for a lane of notes."""

    key: str
    kind: LaneKind
    name: str
    lane: LaneId | None = None
    content: str = ""


# Least heights, logical pixels; a lane grows with what it holds.
LEAST: Final[dict[LaneKind, float]] = {
    LaneKind.NOTES: 64,
    LaneKind.EXPERIENCE: 214,
    LaneKind.TOUCHPOINTS: 74,
    LaneKind.METRICS: 38,
    LaneKind.KPIS: 50,
    LaneKind.STRENGTHS: 50,
    LaneKind.PAIN_POINTS: 92,
    LaneKind.IMPROVEMENTS: 88,
    LaneKind.OWNER: 38,
}
LEAST_LOW: Final[dict[LaneKind, float]] = {LaneKind.NOTES: 54, LaneKind.EXPERIENCE: 120}
FOLDED: Final = 22.0
# What the organisation does behind a touchpoint stands below it; what the customer does, above.
_BACKSTAGE: Final = frozenset({"systems", "backstage"})
_ICONS: Final[dict[LaneKind, str]] = {
    LaneKind.NOTES: "note",
    LaneKind.EXPERIENCE: "chart-line",
    LaneKind.TOUCHPOINTS: "map-pin",
    LaneKind.METRICS: "gauge",
    LaneKind.KPIS: "target",
    LaneKind.STRENGTHS: "heart",
    LaneKind.PAIN_POINTS: "warning",
    LaneKind.IMPROVEMENTS: "lightbulb",
    LaneKind.OWNER: "user",
}
_NOTE_ICONS: Final = {
    "actions": "hand-pointing",
    "thoughts": "chat-circle-dots",
    "systems": "stack",
    "backstage": "stack",
}


def lane_icon(spec: LaneSpec) -> str:
    """Return the glyph of a lane."""
    return _NOTE_ICONS.get(spec.content, _ICONS[spec.kind])


def lane_specs(
    ws: Workspace, journey: JourneyId, names: Callable[[LaneKind], str]
) -> tuple[LaneSpec, ...]:
    """Return every lane of a journey's map from top to bottom, hidden ones too."""

    def fixed(*kinds: LaneKind) -> Iterator[LaneSpec]:
        for kind in kinds:
            yield LaneSpec(kind.value, kind, names(kind))

    lanes = [
        LaneSpec(lane.id, LaneKind.NOTES, lane.name, lane.id, lane.content)
        for lane in ordered_lanes(ws, journey)
    ]
    return (
        *(spec for spec in lanes if spec.content not in _BACKSTAGE),
        *fixed(LaneKind.EXPERIENCE, LaneKind.TOUCHPOINTS, LaneKind.METRICS, LaneKind.KPIS),
        *fixed(LaneKind.STRENGTHS, LaneKind.PAIN_POINTS, LaneKind.IMPROVEMENTS, LaneKind.OWNER),
        *(spec for spec in lanes if spec.content in _BACKSTAGE),
    )
