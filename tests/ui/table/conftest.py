"""A workspace in a real file, open in a session, with its Table screen and a hand at the keys."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from journey.model.evidence import Kpi
from journey.model.ids import (
    ImprovementId,
    JourneyId,
    Kind,
    KpiId,
    LaneId,
    LeaderId,
    PainPointId,
    Ref,
    SegmentId,
    StageId,
    TouchpointId,
    TransitionId,
)
from journey.model.improvement import Improvement
from journey.model.map import Journey, Lane, PainPoint, Stage, Touchpoint, Transition
from journey.model.people import Leader, Segment
from journey.model.workspace import Entity, Workspace
from storage.document import Document
from ui.document import DocumentModel
from ui.jobs import Jobs
from ui.session import Session
from ui.table import TableScreen

J = JourneyId("j")
PAINS = ("Form forgets", "No notice", "PIN is late", "Fees hidden", "Nobody answers")


def entities() -> list[Entity]:
    """Two stages, four touchpoints, five pain points, two leaders and a little of the rest."""
    made: list[Entity] = [Journey(J, "Opening an account")]
    made += [Leader(LeaderId("l0"), "Tomas Berg"), Leader(LeaderId("l1"), "Ida Holm")]
    made += [Stage(StageId(f"s{i}"), J, n, float(i)) for i, n in enumerate(("Purchase", "Use"))]
    for i, name in enumerate(("Form", "Check", "Card", "Call")):
        stage = StageId(f"s{i // 2}")
        made.append(
            Touchpoint(TouchpointId(f"t{i}"), J, name, stage, float(i), "Web", owner=LeaderId("l0"))
        )
    for i, title in enumerate(PAINS):
        spot = TouchpointId(f"t{i % 4}")
        made.append(PainPoint(PainPointId(f"p{i}"), J, title, spot, float(i), i + 1, votes=i))
    made.append(Improvement(ImprovementId("i0"), "Save drafts", (PainPointId("p0"),), 10.0))
    made.append(Segment(SegmentId("g0"), "Students", 900.0))
    made.append(Transition(TransitionId("x0"), J, "t0", "t1", None, 40.0))
    made.append(Kpi(KpiId("k0"), "Waiting time", TouchpointId("t3"), unit="min", target=2.0))
    made.append(Lane(LaneId("n0"), J, "Thoughts"))
    return made


def many(rows: int) -> list[Entity]:
    """As many pain points at four touchpoints."""
    made = [
        e for e in entities() if e.kind is not Kind.PAIN_POINT and e.kind is not Kind.IMPROVEMENT
    ]
    for i in range(rows):
        pain = PainPointId(f"p{i:05}")
        spot = TouchpointId(f"t{i % 4}")
        made.append(PainPoint(pain, J, f"Pain {i:05}", spot, float(i), i % 5 + 1, votes=i % 9))
    return made


class Hand:
    """A user's hand at the table: real key and mouse events."""

    def __init__(self, screen: TableScreen, session: Session) -> None:
        self.screen, self.session, self.grid = screen, session, screen.grid

    @property
    def workspace(self) -> Workspace:
        return self.session.document.workspace

    @property
    def model(self) -> object:
        return self.grid.table

    def at(self, row: int, key: str) -> None:
        """Put the cursor on a cell."""
        self.grid.put_cursor(row, self.grid.table.place_of(key))

    def here(self) -> tuple[int, str]:
        index = self.grid.currentIndex()
        return index.row(), self.grid.table.columns[index.column()].key

    def key(self, key: Qt.Key, *held: Qt.KeyboardModifier) -> None:
        modifiers = Qt.KeyboardModifier.NoModifier
        for one in held:
            modifiers |= one
        QTest.keyClick(self.typing_at(), key, modifiers)

    def type(self, text: str) -> None:
        for letter in text:
            # QTest types Latin letters only.
            if ord(letter) < 128:
                QTest.keyClicks(self.typing_at(), letter)
            else:
                none = Qt.KeyboardModifier.NoModifier
                press = QKeyEvent(QEvent.Type.KeyPress, 0, none, letter)
                QApplication.sendEvent(self.typing_at(), press)

    def enter(self, text: str) -> None:
        self.type(text)
        self.key(Qt.Key.Key_Return)

    def typing_at(self) -> QWidget:
        if self.grid.editing.editor is not None:
            return self.grid.editing.editor
        if self.screen.strip.asks:
            return (
                self.screen.strip.yes if self.screen.strip.yes.isEnabled() else self.screen.strip.no
            )
        return self.grid

    def text(self, row: int, key: str) -> str:
        table = self.grid.table
        return table.cell(row, table.column(key)).text

    def column(self, key: str) -> list[str]:
        return [self.text(row, key) for row in range(len(self.grid.table.rows))]

    def cell(self, row: int, key: str) -> QPoint:
        index = self.grid.table.index(row, self.grid.table.place_of(key))
        return self.grid.visualRect(index).center()

    def select(self, top: int, left: str, bottom: int, right: str) -> None:
        """Press on one cell and, with Shift, on another."""
        port, button = self.grid.viewport(), Qt.MouseButton.LeftButton
        QTest.mouseClick(port, button, Qt.KeyboardModifier.NoModifier, self.cell(top, left))
        QTest.mouseClick(port, button, Qt.KeyboardModifier.ShiftModifier, self.cell(bottom, right))

    def show(self, kind: Kind) -> None:
        self.screen.show_kind(kind)

    def paste(self, text: str) -> None:
        data = QMimeData()
        data.setText(text)
        QGuiApplication.clipboard().setMimeData(data)
        self.key(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    def undo(self) -> None:
        self.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    def find(self, kind: Kind, key: str) -> Entity:
        found = self.workspace.find(Ref(kind, key))
        assert found is not None
        return found

    @property
    def steps(self) -> int:
        return self.session.document.undo_stack.index()


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    """Workers of one test."""
    made = Jobs()
    yield made
    made.wait()
    made.shut_down()


@pytest.fixture
def open_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: Jobs, qtbot: QtBot
) -> Iterator[Callable[..., Hand]]:
    """Write objects into a file, open it and show its table."""
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    opened: list[tuple[DocumentModel, Session, TableScreen]] = []

    def show(objects: list[Entity], *, read_only: bool = False) -> Hand:
        path = tmp_path / "desk.waymark"
        stored = Document.create(path, Workspace("Desk", objects))
        if read_only:
            stored.close()
            stored = Document.open(path, read_only=True)
        document = DocumentModel(stored, jobs)
        session = Session(document, jobs)
        screen = TableScreen(session, jobs)
        opened.append((document, session, screen))
        qtbot.addWidget(screen)
        screen.resize(1500, 800)
        screen.show()
        qtbot.waitExposed(screen)
        screen.grid.setFocus()
        return Hand(screen, session)

    yield show
    for document, session, screen in opened:
        screen.close()
        document.close()
        session.deleteLater()  # with its timers, before the workers go
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def hand(open_table: Callable[..., Hand]) -> Hand:
    """The small workspace's table of pain points."""
    return open_table(entities())


@pytest.fixture
def many_rows() -> Callable[[int], list[Entity]]:
    """Make as many pain points as asked for, with what they stand at."""
    return many
