"""The lanes of a map: which there are, in which order, and how high they are at least."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QCoreApplication

from journey.model.ids import JourneyId, LaneId
from journey.model.map import Journey
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
IMAGES, LISTS = "image", "list"  # what lanes of notes hold, beside text
# What the organisation does behind a touchpoint stands below it; what the customer does, above.
BACKSTAGE, SYSTEMS = "backstage", "systems"
_BACKSTAGE: Final = frozenset({SYSTEMS, BACKSTAGE})
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
    IMAGES: "image",
    LISTS: "list-bullets",
    SYSTEMS: "stack",
    BACKSTAGE: "stack",
}


def lane_icon(spec: LaneSpec) -> str:
    """Return the glyph of a lane."""
    return _NOTE_ICONS.get(spec.content, _ICONS[spec.kind])


@dataclass(frozen=True, slots=True)
class LanePref:
    """What a journey keeps about one lane of its map.

    Attributes:
        name: a name of its own for a lane every map has; "" is the usual one.
        hidden: None is not chosen. fold: "folded" or "open" by hand, "" by the window's size.
    """

    key: str
    name: str = ""
    hidden: bool | None = None
    fold: str = ""


def lane_prefs(journey: Journey | None) -> tuple[LanePref, ...]:
    """Return what a journey keeps about its lanes, in their order; junk is passed over."""
    kept = journey.layout.get("lanes") if journey is not None else None
    found: dict[str, LanePref] = {}
    for row in kept if isinstance(kept, list | tuple) else ():
        key = row.get("key") if isinstance(row, Mapping) else None
        if isinstance(key, str) and key not in found:
            hidden = row.get("hidden")
            found[key] = LanePref(
                key,
                str(row.get("name") or ""),
                hidden if isinstance(hidden, bool) else None,
                str(row.get("fold") or ""),
            )
    return tuple(found.values())


def prefs_json(prefs: Sequence[LanePref]) -> list[dict[str, object]]:
    """Return lanes as a journey's layout keeps them."""
    rows: list[dict[str, object]] = []
    for pref in prefs:
        row: dict[str, object] = {"key": pref.key}
        if pref.name:
            row["name"] = pref.name
        if pref.hidden is not None:
            row["hidden"] = pref.hidden
        if pref.fold:
            row["fold"] = pref.fold
        rows.append(row)
    return rows


def lane_specs(
    ws: Workspace,
    journey: JourneyId,
    names: Callable[[LaneKind], str],
    prefs: Sequence[LanePref] = (),
) -> tuple[LaneSpec, ...]:
    """Return every lane of a journey's map from top to bottom, hidden ones too."""
    own_names = {pref.key: pref.name for pref in prefs}

    def fixed(*kinds: LaneKind) -> Iterator[LaneSpec]:
        for kind in kinds:
            yield LaneSpec(kind.value, kind, own_names.get(kind.value) or names(kind))

    lanes = [
        LaneSpec(lane.id, LaneKind.NOTES, lane.name, lane.id, lane.content)
        for lane in ordered_lanes(ws, journey)
    ]
    usual = (
        *(spec for spec in lanes if spec.content == IMAGES),
        *(spec for spec in lanes if spec.content not in _BACKSTAGE | {IMAGES}),
        *fixed(LaneKind.EXPERIENCE, LaneKind.TOUCHPOINTS, LaneKind.METRICS, LaneKind.KPIS),
        *fixed(LaneKind.STRENGTHS, LaneKind.PAIN_POINTS, LaneKind.IMPROVEMENTS, LaneKind.OWNER),
        *(spec for spec in lanes if spec.content in _BACKSTAGE),
    )
    return _in_order(usual, [pref.key for pref in prefs])


def _in_order(usual: tuple[LaneSpec, ...], keys: Sequence[str]) -> tuple[LaneSpec, ...]:
    """Return lanes in the kept order; a lane nobody placed comes after its usual neighbour."""
    by_key = {spec.key: spec for spec in usual}
    placed = [key for key in keys if key in by_key]
    if not placed:
        return usual
    before: str | None = None
    for spec in usual:
        if spec.key not in placed:
            placed.insert(placed.index(before) + 1 if before else 0, spec.key)
        before = spec.key
    return tuple(by_key[key] for key in placed)


def added_lanes() -> tuple[tuple[str, str, str], ...]:
    """Return the lanes that can be added: what they hold, the words that offer it, the glyph."""
    return (
        ("text", QCoreApplication.translate("Map", "Add a lane of notes"), "plus"),
        (IMAGES, QCoreApplication.translate("Map", "Add a lane of images"), "image"),
        (LISTS, QCoreApplication.translate("Map", "Add a lane of lists"), "list-bullets"),
        (
            BACKSTAGE,
            QCoreApplication.translate("Map", "Add a lane of backstage work"),
            _NOTE_ICONS[BACKSTAGE],
        ),
        (SYSTEMS, QCoreApplication.translate("Map", "Add a lane of systems"), "database"),
    )


def is_backstage(spec: LaneSpec) -> bool:
    """Whether a lane holds what the customer does not see."""
    return spec.kind is LaneKind.NOTES and spec.content in _BACKSTAGE
