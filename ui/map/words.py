"""The words of the map that stand on cards, lanes and menus."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication

from journey.model.ids import Kind
from ui.map.lanes import LaneKind
from ui.numbers import NO_BREAK, number
from ui.words import kind_word


def lane_name(kind: LaneKind) -> str:
    """Return the name of a lane that every map has."""
    return _LANE_NAMES[kind]()


_LANE_NAMES: Final[dict[LaneKind, Callable[[], str]]] = {
    LaneKind.EXPERIENCE: lambda: QCoreApplication.translate("Map", "Experience"),
    LaneKind.TOUCHPOINTS: lambda: QCoreApplication.translate("Map", "Touchpoints"),
    LaneKind.METRICS: lambda: QCoreApplication.translate("Map", "Metrics"),
    LaneKind.KPIS: lambda: QCoreApplication.translate("Map", "KPIs"),
    LaneKind.PAIN_POINTS: lambda: QCoreApplication.translate("Map", "Pain points"),
    LaneKind.IMPROVEMENTS: lambda: QCoreApplication.translate("Map", "Improvements"),
    LaneKind.STRENGTHS: lambda: QCoreApplication.translate("Map", "Strengths"),
    LaneKind.OWNER: lambda: QCoreApplication.translate("Map", "Owner"),
}

_STATUSES: Final[dict[str, Callable[[], str]]] = {
    "proposed": lambda: QCoreApplication.translate("Map", "Proposed"),
    "planned": lambda: QCoreApplication.translate("Map", "Planned"),
    "started": lambda: QCoreApplication.translate("Map", "Started"),
    "done": lambda: QCoreApplication.translate("Map", "Done"),
    "dropped": lambda: QCoreApplication.translate("Map", "Dropped"),
}

STATUS_ICONS: Final[dict[str, str]] = {
    "proposed": "circle-dashed",
    "planned": "calendar-blank",
    "started": "circle-half",
    "done": "check-circle",
    "dropped": "x",
}


def status_name(status: str) -> str:
    """Return an improvement's status in words; an unknown one, from another file, as it is."""
    made = _STATUSES.get(status)
    return made() if made else status


def days(effort: float) -> str:
    """Return an effort in person-days, short."""
    return QCoreApplication.translate("Map", "{0} d").format(number(effort)).replace(" ", NO_BREAK)


def moment_of_truth() -> str:
    """Return the mark of a moment of truth in words."""
    return QCoreApplication.translate("Map", "Moment of truth")


def shared_with(journeys: str) -> str:
    """Return the mark of a touchpoint that other journeys share."""
    return QCoreApplication.translate("Map", "Shared with %1").replace("%1", journeys)


def service_line(name: str) -> str:
    """Return the name of a line that parts what the customer meets from what stands behind."""
    if name == "interaction":
        return QCoreApplication.translate("Map", "line of interaction")
    return QCoreApplication.translate("Map", "line of visibility")


def colour_name(role: str) -> str:
    """Return a card's colour in words; "" is the card's own."""
    made = _COLOURS.get(role)
    return made() if made else role


_COLOURS: Final[dict[str, Callable[[], str]]] = {
    "": lambda: QCoreApplication.translate("Map", "As usual"),
    "action": lambda: QCoreApplication.translate("Map", "Yellow"),
    "pain": lambda: QCoreApplication.translate("Map", "Pink"),
    "improvement": lambda: QCoreApplication.translate("Map", "Green"),
    "accent_tint": lambda: QCoreApplication.translate("Map", "Blue"),
    "blind": lambda: QCoreApplication.translate("Map", "Orange"),
    "sunken": lambda: QCoreApplication.translate("Map", "Grey"),
}
COLOURS: Final = tuple(_COLOURS)


def everyone() -> str:
    """Return the words for a judgement made for no persona."""
    return QCoreApplication.translate("Map", "Everyone")


def no_value() -> str:
    """Return what stands where a KPI has no observation."""
    return QCoreApplication.translate("Map", "no value yet")


def target(value: str) -> str:
    """Return a KPI's target with its word, kept together."""
    text = QCoreApplication.translate("Map", "target {0}").format(value)
    return text.replace(" ", NO_BREAK)


def blind_spot() -> str:
    """Return the name of a blind spot."""
    return QCoreApplication.translate("Map", "Blind spot")


def judged_and_measured(judged: str, measured: str, margin: str) -> str:
    """Return both figures of a blind spot."""
    text = QCoreApplication.translate("Map", "judged {0}, measured {1} {2}")
    return text.format(judged, measured, margin)


def class_letters() -> tuple[str, str]:
    """Return the letters that stand before the squares of severity and frequency."""
    severity = QCoreApplication.translate("Map", "S", "severity, one letter")
    return severity, QCoreApplication.translate("Map", "F", "frequency, one letter")


def of_five(severity: int | None, frequency: int | None) -> str:
    """Return both classes of a pain point in words."""
    unknown = QCoreApplication.translate("Map", "not judged")
    text = QCoreApplication.translate("Map", "severity %1, frequency %2")
    text = text.replace("%1", str(severity) if severity else unknown)
    return text.replace("%2", str(frequency) if frequency else unknown)


def left_words(asked: int, values: int) -> str:
    """Return what a cut leaves behind of what was measured; "" for nothing."""
    answers = QCoreApplication.translate("Map", "the answers to %1")
    of_kpis = QCoreApplication.translate("Map", "%1 of KPIs")
    counted = ((asked, Kind.QUESTION, answers), (values, Kind.OBSERVATION, of_kpis))
    parts = [
        text.replace("%1", f"{number(n, 0)} {kind_word(kind, n)}") for n, kind, text in counted if n
    ]
    if not parts:
        return ""
    text = QCoreApplication.translate(
        "Map", "Cut. What was measured there does not come along: %1. Ctrl+Z brings it back."
    )
    return text.replace("%1", ", ".join(parts))
