"""Journeys to draw: small, long, and with everything that is hard to part into pages."""

from PySide6.QtGui import QImage, QPainter

from journey.model.ids import (
    JourneyId,
    LaneId,
    NoteId,
    PainPointId,
    StageId,
    TouchpointId,
    TransitionId,
)
from journey.model.map import (
    Journey,
    JudgedExperience,
    Lane,
    Note,
    PainPoint,
    Stage,
    Touchpoint,
    Transition,
)
from journey.model.workspace import Workspace
from ui.map.figures import ChipFact, MapFigures, Measured, TouchpointFigures
from ui.render.order import Picture

J = JourneyId("j")


def long_workspace(touchpoints: int = 60, stages: int = 5, pains: int = 6) -> Workspace:
    """A journey with stacks of unequal height, notes on whole stages, arrows and loops."""
    ws = Workspace("Desk", [Journey(J, "Opening an account"), Lane(LaneId("l"), J, "Actions")])
    per_stage = -(-touchpoints // stages)
    for i in range(stages):
        ws.put(Stage(StageId(f"s{i}"), J, f"Stage number {i + 1}", float(i)))
        text = f"On the whole of stage {i + 1}: " + "a long remark of the workshop. " * 4
        ws.put(Note(NoteId(f"n{i}"), LaneId("l"), StageId(f"s{i}"), text=text))
    for i in range(touchpoints):
        key, stage = TouchpointId(f"t{i}"), StageId(f"s{i // per_stage}")
        judged = (JudgedExperience(float((i * 37) % 160 - 80)),)
        ws.put(
            Touchpoint(key, J, f"Touchpoint {i}", stage, float(i), "Web", judged_experience=judged)
        )
        for k in range(i % pains):
            title = f"Pain {i}.{k} " + "that takes some lines to tell " * (k % 3 + 1)
            ws.put(PainPoint(PainPointId(f"p{i}_{k}"), J, title, key, float(k), 1 + k % 5, 3))
        if i:
            link = Transition(TransitionId(f"x{i}"), J, f"t{i - 1}", f"t{i}", None, 900.0 - 7 * i)
            ws.put(link)
    return ws


def measured_figures(touchpoints: int = 60) -> MapFigures:
    """Everything measured far from what was judged, so that blind spots abound."""
    chip = ChipFact("NPS", 12, 5, 210, signed=True)
    known = TouchpointFigures((chip,), Measured(12.0, 7.0, 17.0))
    return MapFigures({TouchpointId(f"t{i}"): known for i in range(touchpoints)})


def image_of(picture: Picture) -> QImage:
    """Return the whole picture as pixels."""
    image = QImage(picture.size().toSize(), QImage.Format.Format_ARGB32)
    image.fill(0)
    with QPainter(image) as painter:
        picture.paint(painter)
    return image
