"""Finding by typing: actions of the window and what was written, with real keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from journey.edit import AddPainPoint, AddTouchpoint
from journey.model.ids import Kind
from journey.model.map import PainPoint
from journey.model.template import new_workspace
from storage.document import Document
from ui.app import Program


@pytest.fixture
def program(tmp_path, monkeypatch, qapp, qtbot):
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "log"))
    path = tmp_path / "bank.waymark"
    Document.create(path, new_workspace("Bank")).close()
    made = Program(qapp, tmp_path / "settings.ini", path)
    made.window.resize(1400, 900)
    with qtbot.waitActive(made.window):
        made.window.show()
        made.window.activateWindow()
    qtbot.waitUntil(lambda: made.desk is not None and made.desk.session is not None)
    qtbot.waitUntil(made.desk.workbench.map.canvas.hasFocus)
    yield made
    made.window.close()
    made.shut_down()
    made.window.deleteLater()


def typed(text):
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, text)
    return field


def test_an_action_is_found_by_a_word_and_done_by_enter(program, qtbot):
    bench = program.desk.workbench
    canvas = bench.map.canvas
    QTest.keyClick(canvas, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    field = typed("prior")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(bench.priorities.isVisible)
    assert bench.rail.current() == "priorities"


def test_escape_gives_the_focus_back_and_does_nothing(program):
    canvas = program.desk.workbench.map.canvas
    QTest.keyClick(canvas, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(typed("close"), Qt.Key.Key_Escape)
    assert canvas.hasFocus()
    assert program.desk.session is not None


def test_what_was_written_is_found_and_selected_on_the_map(program):
    session = program.desk.session
    stages = sorted(session.document.workspace.stages.values(), key=lambda s: s.position)
    session.document.run(AddTouchpoint(stages[0].id, "Łącze <b>x</b>"))
    (touchpoint,) = session.document.workspace.touchpoints
    journey = next(iter(session.document.workspace.journeys))
    pain = PainPoint("pain-1", journey, "Czeka zbyt długo", touchpoint)
    session.document.run(AddPainPoint(pain))
    canvas = program.desk.workbench.map.canvas
    QTest.keyClick(canvas, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    field = typed("DLUGO czeka")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert session.selection.current is not None
    assert session.selection.current.kind is Kind.PAIN_POINT


def test_nothing_found_is_said_and_enter_does_nothing(program):
    canvas = program.desk.workbench.map.canvas
    QTest.keyClick(canvas, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    field = typed("zzz")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert program.desk.workbench.finder.isVisible()
    assert program.desk.session.selection.current is None
