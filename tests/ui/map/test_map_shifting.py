"""What stands behind an edit is shifted as it is painted; the window shows what all anew would."""

import random
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtGui import QImage, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from journey.edit import (
    AddPainPoint,
    AddStage,
    AddTouchpoint,
    Batch,
    Command,
    JudgeExperience,
    MoveStage,
    MoveTouchpoint,
    Remove,
    Rename,
)
from journey.model.ids import (
    JourneyId,
    Kind,
    LaneId,
    NoteId,
    PainPointId,
    PersonaId,
    Ref,
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
from journey.model.people import Persona
from journey.model.workspace import Workspace
from ui.map.board import Board
from ui.map.difference import Moved, redraw
from ui.map.figures import ChipFact, MapFigures, Measured, TouchpointFigures
from ui.map.lettering import QtLettering

J = JourneyId("j")
STAGES, EACH = 8, 3
TOLD = 50  # pixels: where the edge of a part cuts dashes, Qt begins them elsewhere; a line has more


def wide_workspace() -> Workspace:
    """Eight stages of three touchpoints: judged and measured, with transitions and notes."""
    entities: list[object] = [
        Journey(J, "A long way"),
        Persona(PersonaId("anna"), "Anna"),
        Lane(LaneId("la"), J, "Actions", 0.0, "actions"),
        Lane(LaneId("lb"), J, "Systems", 1.0, "systems"),
    ]
    for s in range(STAGES):
        entities.append(Stage(StageId(f"s{s}"), J, f"Stage {s}", float(s)))
        for n in range(EACH):
            i = s * EACH + n
            judged = [JudgedExperience(float(i * 37 % 120 - 60))] if i % 4 else []
            if i % 3 == 0:
                judged.append(JudgedExperience(float(i * 11 % 90 - 45), PersonaId("anna")))
            entities += [
                Touchpoint(
                    TouchpointId(f"t{i:02}"), J, f"Touchpoint {i}", StageId(f"s{s}"), float(n),
                    "Web", judged_experience=tuple(judged), moment_of_truth=i % 5 == 0,
                ),
                PainPoint(PainPointId(f"p{i}"), J, f"It hurts {i}", TouchpointId(f"t{i:02}"), 0.0),
                Note(NoteId(f"n{i}"), LaneId("la"), touchpoint=TouchpointId(f"t{i:02}"), text="Do"),
            ]  # fmt: skip
    entities.append(Note(NoteId("ns"), LaneId("lb"), stage=StageId("s3"), text="One ledger"))
    for i in (6, 7, 9):
        ends = (f"t{i:02}", f"t{i + 2:02}")
        entities.append(Transition(TransitionId(f"x{i}"), J, *ends))
    return Workspace("Wide", entities)  # type: ignore[arg-type]


def found() -> MapFigures:
    """Every second touchpoint was measured, some of them judged too well."""
    known = {}
    for i in range(0, STAGES * EACH, 2):
        value = i * 29 % 80 - 40.0
        chip = ChipFact("NPS", value, 8, 388, signed=True)
        measured = Measured(value, value - 9, value + 9)
        known[TouchpointId(f"t{i:02}")] = TouchpointFigures((chip,), measured, "B")
    return MapFigures(known)


@pytest.fixture
def wide(open_map):
    hand = open_map(wide_workspace())
    hand.view.set_figures(found())
    return hand


def settle() -> None:
    for _ in range(8):
        QApplication.processEvents()


def in_the_window(view) -> QImage:
    """What stands in the window's own memory: painted piece by piece, as people see it."""
    settle()
    canvas = view.canvas
    seen: QImage = view.screen().grabWindow(view.winId()).toImage()
    corner = canvas.mapTo(view, canvas.rect().topLeft())
    return seen.copy(QRect(corner, canvas.size()))


def painted_anew(view) -> QImage:
    view.canvas.scene().update()
    for part in view.findChildren(QWidget):
        part.update()
    return in_the_window(view)


def apart(one: QImage, other: QImage) -> int:
    """Return how many pixels differ by more than a shade nobody sees."""
    assert one.size() == other.size()
    both = [
        np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4).astype(np.int16)
        for image in (
            one.convertToFormat(QImage.Format.Format_RGB32),
            other.convertToFormat(QImage.Format.Format_RGB32),
        )
    ]
    return int((np.abs(both[0] - both[1]).max(axis=2) > 8).sum())


def place(view, column: float) -> None:
    bar = view.canvas.horizontalScrollBar()
    bar.setValue(round(column * view.layout_now.shape.column * view.canvas.zoom))
    settle()


class Deeds:
    """Edits of every kind at places drawn by lot, and what is done between them."""

    def __init__(self, hand, seed: int) -> None:
        self.hand, self.lot, self.made = hand, random.Random(seed), 0

    def touchpoint(self) -> TouchpointId:
        return TouchpointId(self.lot.choice(sorted(self.hand.workspace.touchpoints)))

    def stage(self) -> StageId:
        return StageId(self.lot.choice(sorted(self.hand.workspace.stages)))

    def command(self) -> Command:
        self.made += 1
        key, lot = f"m{self.made:03}", self.lot
        make: list[Callable[[], Command]] = [
            lambda: AddTouchpoint(self.stage(), f"New {key}", lot.randrange(3),
                                  touchpoint=TouchpointId(key)),
            lambda: Remove(Ref(Kind.TOUCHPOINT, self.touchpoint())),
            lambda: MoveTouchpoint(self.touchpoint(), self.stage(), lot.randrange(3)),
            lambda: JudgeExperience(self.touchpoint(), float(lot.randrange(-60, 60))),
            lambda: Rename(Ref(Kind.TOUCHPOINT, self.touchpoint()), f"Renamed {key}"),
            lambda: AddPainPoint(PainPoint(PainPointId(key), J, "Ouch", self.touchpoint())),
            lambda: AddStage(J, f"Stage {key}", lot.randrange(6), stage=StageId(key)),
            lambda: MoveStage(self.stage(), lot.randrange(5)),
            lambda: Remove(Ref(Kind.STAGE, self.stage())),
            lambda: Batch([Remove(Ref(Kind.TOUCHPOINT, t)) for t in
                           {self.touchpoint(), self.touchpoint()}]),
        ]  # fmt: skip
        return lot.choices(make, (6, 4, 6, 2, 1, 1, 3, 2, 1, 2))[0]()

    def step(self) -> None:
        view, stack = self.hand.view, self.hand.desk.undo_stack
        for _ in range(self.lot.choice((1, 1, 1, 2))):  # some within one turn of the loop
            chance = self.lot.random()
            if chance < 0.25 and stack.canUndo():
                stack.undo()
            elif chance < 0.35 and stack.canRedo():
                stack.redo()
            elif chance < 0.5:
                view.select((Ref(Kind.TOUCHPOINT, self.touchpoint()),))
                view.reveal_current()
                view.canvas.scene().update()  # scrolling is Qt's, and not what is tried here
                settle()
            else:
                assert self.hand.desk.run(self.command())


@pytest.mark.parametrize(("seed", "zoom"), [(1, 1.0), (3, 1.25), (4, 0.5), (5, 0.8)])
def test_the_window_shows_after_each_edit_what_it_would_if_all_were_painted(
    wide, seed: int, zoom: float
) -> None:
    view, deeds = wide.view, Deeds(wide, seed)
    view.resize(1100, 800)
    view.canvas.set_zoom(zoom)
    place(view, 4.4)
    for _ in range(15):
        deeds.step()
        assert apart(in_the_window(view), painted_anew(view)) < TOLD
    fresh = Board(view.workspace, view.journey, QtLettering())
    fresh.set_shape(view.board.shape)
    fresh.set_figures(view.board.figures)
    assert list(view.board.layout.boxes()) == list(fresh.layout.boxes())
    assert view.board.layout.experience == fresh.layout.experience


class Painted(QObject):
    """Listens to what a viewport paints."""

    def __init__(self, port: QWidget) -> None:
        super().__init__(port)
        self.area, self._port = 0, port
        port.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            rects = list[QRect](event.region())  # type: ignore[call-overload]
            self.area += sum(r.width() * r.height() for r in rects)
        return False

    def share(self) -> float:
        """Return how much of the viewport was painted since the last time it was asked."""
        settle()
        whole = self._port.width() * self._port.height()
        area, self.area = self.area, 0
        return area / whole


def test_a_touchpoint_comes_and_goes_and_what_is_behind_it_is_not_painted_anew(wide) -> None:
    view = wide.view
    view.set_figures(MapFigures())  # labels would move the lanes as wide as fonts are
    place(view, 4)
    painted = Painted(view.canvas.viewport())
    painted.share()
    wide.desk.run(AddTouchpoint(StageId("s2"), "Further", 0, touchpoint=TouchpointId("new")))
    assert 0.05 < painted.share() < 0.35
    wide.desk.undo_stack.undo()
    assert 0.05 < painted.share() < 0.5
    wide.desk.run(MoveTouchpoint(TouchpointId("t06"), StageId("s4"), 1))
    assert 0.05 < painted.share() < 0.6


def test_what_moved_is_found_and_what_looks_different(wide) -> None:
    wide.view.set_figures(MapFigures())
    before, seen = wide.view.layout_now, range(3, 12)
    wide.desk.run(AddTouchpoint(StageId("s2"), "Further", 1, touchpoint=TouchpointId("new")))
    found = redraw(before, wide.view.layout_now, seen, 136.0)
    assert found is not None
    assert found.moved == Moved(8, 14, 1)
    assert found.columns == (7,)
    still = redraw(before, wide.view.layout_now, seen, 0.0)
    assert still is not None
    assert still.moved is None
    assert set(still.columns) >= set(range(7, 12)), "without shifting all behind it is painted"
    half = redraw(before, wide.view.layout_now, seen, 108.8)
    assert half == still, "pixels are shifted by whole ones only"
    high = wide.view.layout_now
    wide.desk.run(AddPainPoint(PainPoint(PainPointId("px"), J, "Long " * 40, TouchpointId("t07"))))
    assert redraw(high, wide.view.layout_now, seen, 136.0) is None, "a lane is higher: all of it"
    assert redraw(high, high, seen, 136.0) is not None


def test_the_hint_of_an_empty_map_goes_with_the_first_touchpoint(open_map) -> None:
    stages = [Stage(StageId(f"s{n}"), J, f"Stage {n}", float(n)) for n in range(5)]
    hand = open_map(Workspace("Empty", [Journey(J, "New"), *stages]))
    settle()
    hand.desk.run(AddTouchpoint(StageId("s3"), "First", touchpoint=TouchpointId("t")))
    assert in_the_window(hand.view) == painted_anew(hand.view)
    hand.desk.undo_stack.undo()
    assert in_the_window(hand.view) == painted_anew(hand.view)
