"""A desk to edit on: a real workspace, real commands and undo, no file behind it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QUndoStack
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from journey.edit import Changes, Command
from journey.errors import EditError
from journey.model.ids import (
    ImprovementId,
    JourneyId,
    LaneId,
    LeaderId,
    NoteId,
    PainPointId,
    StageId,
    TouchpointId,
)
from journey.model.improvement import Improvement
from journey.model.map import (
    Journey,
    JudgedExperience,
    Lane,
    Note,
    PainPoint,
    Stage,
    Touchpoint,
)
from journey.model.people import Leader
from journey.model.workspace import Workspace
from ui.map.figures import ChipFact, MapFigures, Measured, TouchpointFigures
from ui.map.layout import Box
from ui.map.view import MapView
from ui.selection import Selection
from ui.undo import UndoStep


class Desk(QObject):
    """Stands for the open document: the file's side of it is left out."""

    changed = Signal(object, object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.undo_stack = QUndoStack(self)
        self.read_only = False
        self.refusals: list[EditError] = []

    def run(self, command: Command, origin: QObject | None = None) -> bool:
        try:
            command.validate(self.workspace)
        except EditError as error:
            self.refusals.append(error)
            return False
        self.undo_stack.push(UndoStep(command, self.workspace, self._spread, origin))
        return True

    def _spread(self, changes: Changes, origin: QObject | None) -> None:
        if changes:
            self.changed.emit(changes, origin)


class Hand:
    """A user's hand: real mouse and key events on a shown map."""

    def __init__(self, view: MapView, desk: Desk) -> None:
        self.view, self.desk = view, desk
        self.viewport = view.canvas.viewport()

    @property
    def workspace(self) -> Workspace:
        return self.desk.workspace

    def at(self, x: float, y: float) -> QPoint:
        return self.view.canvas.viewportTransform().map(QPointF(x, y)).toPoint()

    def centre(self, box: Box) -> QPoint:
        return self.at(box.x + box.width / 2, box.y + box.height / 2)

    def card(self, column: int, kind: str, slot: int = 0) -> QPoint:
        layout = self.view.layout_now
        lane = next(
            i for i, row in enumerate(layout.lanes) if kind in (row.spec.kind, row.spec.key)
        )
        return self.centre(layout.block_box(column, lane, slot))

    def lane(self, kind: str) -> int:
        layout = self.view.layout_now
        return next(
            i for i, row in enumerate(layout.lanes) if kind in (row.spec.kind, row.spec.key)
        )

    def click(self, place: QPoint, *modifiers: Qt.KeyboardModifier) -> None:
        held = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            held |= modifier
        QTest.mouseClick(self.viewport, Qt.MouseButton.LeftButton, held, place)

    def double_click(self, place: QPoint) -> None:
        self.click(place)
        QTest.mouseDClick(
            self.viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
        )

    def press(self, place: QPoint, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
        QTest.mousePress(self.viewport, button, Qt.KeyboardModifier.NoModifier, place)

    def move(self, place: QPoint) -> None:
        QTest.mouseMove(self.viewport, place)

    def release(self, place: QPoint, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
        QTest.mouseRelease(self.viewport, button, Qt.KeyboardModifier.NoModifier, place)

    def drag(self, start: QPoint, end: QPoint) -> None:
        self.press(start)
        self.move(start + (end - start) / 2)
        self.move(end)
        self.release(end)

    def key(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        held = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            held |= modifier
        QTest.keyClick(self.typing_at(), key, held)

    def type(self, text: str) -> None:
        for letter in text:
            QTest.keyClicks(self.typing_at(), letter)

    def typing_at(self) -> QObject:
        return self.view.editor if self.view.editor.is_active else self.view.canvas


def small_workspace() -> Workspace:
    """Two stages, three touchpoints, pain points, a note lane, an improvement, a leader."""
    journey = JourneyId("j")
    return Workspace(
        "Desk",
        [
            Journey(journey, "Opening an account"),
            Stage(StageId("s0"), journey, "Purchase", 0.0),
            Stage(StageId("s1"), journey, "Use", 1.0),
            Lane(LaneId("la"), journey, "Actions", 0.0, "actions"),
            Lane(LaneId("lt"), journey, "Thoughts", 1.0, "thoughts"),
            Leader(LeaderId("l0"), "Ingrid Solberg"),
            Touchpoint(
                TouchpointId("t0"), journey, "Application", StageId("s0"), 0.0, "Web",
                judged_experience=(JudgedExperience(0.0),),
            ),
            Touchpoint(TouchpointId("t1"), journey, "Signing", StageId("s0"), 1.0, "App"),
            Touchpoint(
                TouchpointId("t2"), journey, "Delivery", StageId("s1"), 0.0, "Post",
                owner=LeaderId("l0"), judged_experience=(JudgedExperience(32.0),),
            ),
            PainPoint(PainPointId("p0"), journey, "Form forgets", TouchpointId("t0"), 0.0, 4, 3),
            PainPoint(PainPointId("p1"), journey, "No next step", TouchpointId("t0"), 1.0),
            PainPoint(PainPointId("p2"), journey, "No notice", TouchpointId("t2"), 0.0),
            Note(NoteId("n0"), LaneId("la"), touchpoint=TouchpointId("t0"), text="Fills it in"),
            Improvement(ImprovementId("i0"), "Keep the form", (PainPointId("p0"),), 20.0),
        ],
    )  # fmt: skip


@pytest.fixture
def figures() -> MapFigures:
    """Delivery was measured and judged too well; nothing else was asked."""
    chip = ChipFact("NPS", -21, 8, 388, signed=True)
    known = TouchpointFigures((chip,), Measured(-21, -29, -13))
    return MapFigures({TouchpointId("t2"): known})


@pytest.fixture
def open_map(qtbot: QtBot) -> Callable[[Workspace], Hand]:
    """Show a workspace's map in a window of 1600 × 900."""
    desks: list[Desk] = []

    def show(workspace: Workspace) -> Hand:
        desk = Desk(workspace)
        desks.append(desk)
        view = MapView(desk, Selection(desk))
        qtbot.addWidget(view)
        view.resize(1600, 900)
        view.show()
        qtbot.waitExposed(view)
        view.canvas.setFocus()
        return Hand(view, desk)

    return show


@pytest.fixture
def hand(open_map: Callable[[Workspace], Hand]) -> Hand:
    """The small workspace's map."""
    return open_map(small_workspace())
