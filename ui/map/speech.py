"""The selection in words, for those who hear the map."""

from PySide6.QtCore import QCoreApplication

from journey.model.ids import Ref
from journey.model.improvement import Improvement
from journey.model.map import Journey, Note, PainPoint, Stage, Touchpoint
from journey.model.workspace import Workspace
from ui.map.cells import effort_and_status
from ui.map.cursor import STAGE_ROW, Cursor
from ui.map.lanes import LaneKind
from ui.map.layout import MapLayout
from ui.map.words import of_five
from ui.shell.widgets.evidence import level_words
from ui.words import kind_word


def describe(ws: Workspace, layout: MapLayout, cursor: Cursor | None, refs: tuple[Ref, ...]) -> str:
    """Return what is selected and where the cursor stands, in one sentence."""
    if len(refs) > 1:
        text = QCoreApplication.translate("Map", "%1 selected")
        return text.replace("%1", str(len(refs)))
    parts: list[str] = []
    if refs:
        parts.append(_entity(ws, refs[0]))
    elif cursor is not None:
        parts.append(QCoreApplication.translate("Map", "Free place"))
    if cursor is not None and cursor.lane == STAGE_ROW:
        parts.append(QCoreApplication.translate("Map", "Stages"))
    elif cursor is not None and cursor.column < len(layout.columns):
        lane = layout.lanes[cursor.lane].spec.name
        touchpoint = layout.columns[cursor.column].touchpoint
        place = [lane, touchpoint.name if touchpoint else "", _stage(layout, cursor)]
        parts.append(", ".join(part for part in place if part))
        level = _level(layout, cursor)
        if level:
            text = QCoreApplication.translate("Map", "Evidence %1: %2")
            parts.append(text.replace("%1", level).replace("%2", level_words(level)))
    return ". ".join(parts)


def _level(layout: MapLayout, cursor: Cursor) -> str:
    """Return the level of evidence of what stands in a cell."""
    if layout.lanes[cursor.lane].spec.kind is LaneKind.EXPERIENCE:
        return layout.experience.points[cursor.column].level
    stack = layout.columns[cursor.column].stacks[cursor.lane]
    return stack[cursor.slot].level if cursor.slot < len(stack) else ""


def _stage(layout: MapLayout, cursor: Cursor) -> str:
    stage = layout.span_of(cursor.column).stage
    return stage.name if stage else ""


def _entity(ws: Workspace, ref: Ref) -> str:
    entity = ws.find(ref)
    if entity is None:
        return ""
    kind = kind_word(ref.kind).capitalize()
    if isinstance(entity, Note):
        return f"{kind}: {entity.title or entity.text}"
    name = str(getattr(entity, "name", "") or getattr(entity, "title", ""))
    if isinstance(entity, Touchpoint | Stage):
        return f"{kind}: {name}"
    if isinstance(entity, PainPoint):
        return f"{kind}: {name}, {of_five(entity.severity, entity.frequency)}"
    if isinstance(entity, Improvement):
        return f"{kind}: {name}, {effort_and_status(entity)}"
    return f"{kind}: {name}"


def map_name(journey: Journey | None) -> str:
    """Return the accessible name of a journey's map."""
    if journey is None or not journey.locked:
        words = QCoreApplication.translate("Map", "Map of %1")
    else:
        words = QCoreApplication.translate("Map", "Map of %1, locked")
    return words.replace("%1", journey.name if journey is not None else "")


def lanes_shown(shown: int, lanes: int) -> str:
    """Return how many lanes show, where some are hidden."""
    if shown == lanes:
        return QCoreApplication.translate("Map", "Lanes")
    text = QCoreApplication.translate("Map", "Lanes %1 of %2")
    return text.replace("%1", str(shown)).replace("%2", str(lanes))
