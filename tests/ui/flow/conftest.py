"""A desk to edit on: a real workspace, real commands and undo, no file behind it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QUndoStack
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from journey.edit import Changes, Command
from journey.errors import EditError
from journey.graph.boxes import Box
from journey.graph.found import Found, Pair
from journey.model.ids import (
    JourneyId,
    PainPointId,
    SegmentId,
    StageId,
    TouchpointId,
    TransitionId,
)
from journey.model.map import Journey, PainPoint, Stage, Touchpoint, Transition
from journey.model.people import Segment
from journey.model.workspace import Workspace
from ui.flow.view import FlowView
from ui.selection import Selection
from ui.undo import UndoStep

J = JourneyId("j")


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
    """A user's hand: real mouse and key events on a shown flow."""

    def __init__(self, view: FlowView, desk: Desk) -> None:
        self.view, self.desk = view, desk
        self.viewport = view.canvas.viewport()

    @property
    def workspace(self) -> Workspace:
        return self.desk.workspace

    def box(self, node: str) -> Box:
        box = self.view.board.box(node)
        assert box is not None
        return box

    def at(self, x: float, y: float) -> QPoint:
        return self.view.canvas.viewportTransform().map(QPointF(x, y)).toPoint()

    def card(self, node: str) -> QPoint:
        return self.at(*self.box(node).centre)

    def arrow(self, pair: Pair) -> QPoint:
        line = self.view.board.lines[pair]
        if line.label is not None:
            return self.at(line.label.center().x(), line.label.center().y())
        return self.at(*line.samples[len(line.samples) // 2])

    def pairs(self) -> set[Pair]:
        return {(t.source, t.target) for t in self.workspace.transitions.values()}

    def click(self, place: QPoint, *modifiers: Qt.KeyboardModifier) -> None:
        QTest.mouseClick(self.viewport, Qt.MouseButton.LeftButton, _held(modifiers), place)

    def double_click(self, place: QPoint) -> None:
        self.click(place)
        QTest.mouseDClick(self.viewport, Qt.MouseButton.LeftButton, _held(()), place)

    def press(self, place: QPoint, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
        QTest.mousePress(self.viewport, button, _held(()), place)

    def move(self, place: QPoint) -> None:
        QTest.mouseMove(self.viewport, place)

    def release(self, place: QPoint, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
        QTest.mouseRelease(self.viewport, button, _held(()), place)

    def drag(self, start: QPoint, end: QPoint) -> None:
        self.press(start)
        self.move(start + (end - start) / 2)
        self.move(end)
        self.release(end)

    def key(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        QTest.keyClick(self.typing_at(), key, _held(modifiers))

    def type(self, text: str) -> None:
        for letter in text:
            QTest.keyClicks(self.typing_at(), letter)

    def typing_at(self) -> QObject:
        return self.view.editing.editor if self.view.editing.is_active else self.view.canvas


def _held(modifiers: tuple[Qt.KeyboardModifier, ...]) -> Qt.KeyboardModifier:
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    return held


NAMES = ("Ad", "Page", "Form", "Check", "Card", "Call")


def small_workspace(*steps: tuple[str, str, float | None]) -> Workspace:
    """Three stages with two touchpoints each (t0 … t5) and the given transitions."""
    ws = Workspace("Desk", [Journey(J, "Opening an account")])
    for i, name in enumerate(("Awareness", "Purchase", "Use")):
        ws.put(Stage(StageId(f"s{i}"), J, name, float(i)))
    for i, name in enumerate(NAMES):
        stage = StageId(f"s{i // 2}")
        ws.put(Touchpoint(TouchpointId(f"t{i}"), J, name, stage, float(i % 2), "Web"))
    ws.put(Segment(SegmentId("g"), "Students"))
    ws.put(PainPoint(PainPointId("p"), J, "Form forgets", TouchpointId("t2")))
    for i, (source, target, count) in enumerate(steps):
        ws.put(Transition(TransitionId(f"x{i}"), J, source, target, None, count))
    return ws


STEPS = (
    ("start", "t0", 900.0), ("t0", "t1", 400.0), ("t0", "t2", 300.0), ("t1", "t2", 350.0),
    ("t2", "t3", 500.0), ("t3", "t4", 450.0), ("t4", "t5", 60.0), ("t5", "retained", 40.0),
    ("t4", "retained", 300.0), ("t2", "lost", 150.0), ("t0", "lost", 200.0),
)  # fmt: skip


@pytest.fixture
def found() -> Found:
    """A log: one arrow nobody drew, one drawn that nobody takes, one with another count."""
    counts = {(a, b): n for a, b, n in STEPS} | {("t5", "t4"): 25.0, ("t3", "t3"): 30.0}
    counts[("t3", "t4")] = 430.0
    del counts[("t4", "t5")]
    return Found(counts, {"g": {("t0", "t1"): 90.0}}, 900, "App log")


@pytest.fixture
def open_flow(qtbot: QtBot) -> Callable[[Workspace], Hand]:
    """Show a workspace's flow in a window of 1200 × 900."""
    desks: list[Desk] = []

    def show(workspace: Workspace) -> Hand:
        desk = Desk(workspace)
        desks.append(desk)
        view = FlowView(desk, Selection(desk), J)
        qtbot.addWidget(view)
        view.resize(1200, 900)
        view.show()
        qtbot.waitExposed(view)
        view.canvas.setFocus()
        return Hand(view, desk)

    return show


@pytest.fixture
def hand(open_flow: Callable[[Workspace], Hand]) -> Hand:
    """The small workspace's flow with its counts."""
    return open_flow(small_workspace(*STEPS))
