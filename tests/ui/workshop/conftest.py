"""A workshop on a real workspace file, with a hand that presses real keys."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from journey.model.ids import JourneyId, PainPointId, StageId, TouchpointId
from journey.model.map import Journey, JudgedExperience, PainPoint, Stage, Touchpoint
from journey.model.workspace import Workspace, outline
from storage.document import Document
from ui.document import DocumentModel
from ui.jobs import Jobs
from ui.session import Session
from ui.workshop import WorkshopScreen

J = JourneyId("j")
KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def two_stages() -> Workspace:
    """Three touchpoints in the first stage, one with a pain point in the second."""
    return Workspace(
        "Bank",
        [
            Journey(J, "Opening an account"),
            Stage(StageId("s0"), J, "Use", 0.0),
            Stage(StageId("s1"), J, "Advocacy", 1.0),
            Touchpoint(
                TouchpointId("t0"), J, "Card delivery", StageId("s0"), 0.0, "Post",
                judged_experience=(JudgedExperience(-4.0),),
            ),
            Touchpoint(TouchpointId("t1"), J, "First app login", StageId("s0"), 1.0, "App"),
            Touchpoint(TouchpointId("t2"), J, "Support call", StageId("s0"), 2.0, "Phone"),
            Touchpoint(TouchpointId("t3"), J, "Refer a friend", StageId("s1"), 0.0),
            PainPoint(PainPointId("old"), J, "The link opens the wrong page", TouchpointId("t3")),
        ],
    )  # fmt: skip


class Room:
    """A facilitator's hands."""

    def __init__(self, screen: WorkshopScreen, session: Session, jobs: Jobs) -> None:
        self.screen, self.session, self.jobs = screen, session, jobs

    @property
    def workspace(self) -> Workspace:
        return self.session.document.workspace

    def press(self, key: Qt.Key | str, held: Qt.KeyboardModifier | None = None) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None, "the keyboard is nowhere"
        QTest.keyClick(focused, key, held or Qt.KeyboardModifier.NoModifier)

    def type(self, text: str) -> None:
        for letter in text:
            self.press(letter)

    def enter(self, text: str) -> None:
        self.type(text)
        self.press(KEY.Key_Return)

    def people(self, *names: str) -> None:
        self.press(KEY.Key_F4)
        for name in names:
            self.enter(name)
        self.press(KEY.Key_Escape)

    def titles(self) -> dict[str, list[str]]:
        """Pain points by touchpoint, as they stand."""
        return {
            column.touchpoint.name: [p.title for p in column.pain_points]
            for group in outline(self.workspace, J)
            for column in group.columns
        }

    def pain(self, title: str) -> PainPoint:
        return next(p for p in self.workspace.pain_points.values() if p.title == title)

    @property
    def said(self) -> str:
        return self.screen.message.text()


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    """Workers of one test."""
    made = Jobs()
    yield made
    made.wait()
    made.shut_down()


@pytest.fixture
def open_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: Jobs, qtbot: QtBot
) -> Iterator[Callable[[Workspace], Room]]:
    """Open a workspace's workshop in a window of 1600 × 1000."""
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    rooms: list[Room] = []

    def begin(workspace: Workspace) -> Room:
        stored = Document.create(tmp_path / "workshop.waymark", workspace)
        session = Session(DocumentModel(stored, jobs), jobs)
        screen = WorkshopScreen(session, jobs)
        qtbot.addWidget(screen)
        screen.resize(1600, 1000)
        with qtbot.waitActive(screen):
            screen.show()
            screen.activateWindow()
        screen.focus_line()
        rooms.append(Room(screen, session, jobs))
        return rooms[-1]

    yield begin
    for room in rooms:
        room.screen.leave()
        room.session.document.close()
        room.screen.close()
        room.session.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def room(open_room: Callable[[Workspace], Room]) -> Room:
    """The two stages."""
    return open_room(two_stages())
