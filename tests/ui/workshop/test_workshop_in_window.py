"""F5 from any screen and back: the window, the selection, and a close in the middle of a word."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from journey.edit import AddTouchpoint, Rename
from journey.model.ids import Kind, Ref
from journey.model.template import new_workspace
from journey.model.workspace import Workspace
from storage.document import Document, read_document
from ui.app import Program
from ui.map.lanes import LaneKind

KEY = Qt.Key


@pytest.fixture
def program(tmp_path, monkeypatch, qapp, qtbot):
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "log"))
    made = Program(qapp, tmp_path / "settings.ini")
    made.window.resize(1400, 900)
    with qtbot.waitActive(made.window):
        made.window.show()
        made.window.activateWindow()
    qtbot.waitUntil(lambda: made.desk is not None)
    yield made
    made.window.close()
    made.shut_down()
    made.window.deleteLater()


def opened(program, path, qtbot, workspace):
    Document.create(path, workspace).close()
    program.desk.open_path(str(path))
    qtbot.waitUntil(lambda: program.desk.session is not None, timeout=20_000)
    with qtbot.waitActive(program.window):
        program.window.activateWindow()
    program.desk.workbench.map.canvas.setFocus()
    return program.desk.workbench


def bank():
    ws = new_workspace("Bank")
    stage = min(ws.stages.values(), key=lambda s: s.position)
    AddTouchpoint(stage.id, "Social ad").do(ws)
    return ws


def typed(qtbot, text):
    for letter in text:
        qtbot.keyClick(QApplication.focusWidget(), letter)


def test_f5_opens_it_and_escape_comes_back_with_the_selection(program, qtbot, tmp_path):
    bench = opened(program, tmp_path / "bank.waymark", qtbot, bank())
    qtbot.keyClick(bench.map.canvas, KEY.Key_F5)
    screen = bench.workshop
    assert screen.isVisible()
    assert screen.isWindow()
    assert screen.windowState() & Qt.WindowState.WindowFullScreen
    qtbot.waitUntil(lambda: QApplication.focusWidget() is screen.bar.line)
    typed(qtbot, "Promises")
    qtbot.keyClick(screen.bar.line, KEY.Key_Return)
    qtbot.keyClick(screen.bar.line, KEY.Key_Escape)
    assert not screen.isVisible()
    current = program.desk.session.selection.current
    assert current.kind is Kind.PAIN_POINT
    qtbot.waitUntil(bench.map.canvas.hasFocus)
    qtbot.keyClick(bench.map.canvas, KEY.Key_F5)
    qtbot.waitUntil(screen.isVisible)
    assert bench.workshop is screen
    assert screen.wall.current == current


def test_what_stands_behind_it_follows_when_one_comes_back(program, qtbot, tmp_path):
    bench = opened(program, tmp_path / "bank.waymark", qtbot, bank())
    at = next(iter(program.desk.session.document.workspace.touchpoints))
    program.desk.session.selection.set(Ref(Kind.TOUCHPOINT, at))
    bench.resize(1700, 900)
    bench.inspector.setVisible(True)
    qtbot.keyClick(bench.map.canvas, KEY.Key_F5)
    screen = bench.workshop
    qtbot.waitUntil(lambda: QApplication.focusWidget() is screen.bar.line)
    behind = bench.map.scene.layout
    typed(qtbot, "Promises")
    qtbot.keyClick(screen.bar.line, KEY.Key_Return)
    program.desk.session.document.run(Rename(Ref(Kind.TOUCHPOINT, at), "Advertisement"))
    assert bench.map.scene.layout is behind
    assert bench.inspector.header.title.toPlainText() == "Social ad"
    qtbot.keyClick(screen.bar.line, KEY.Key_Escape)
    shown = bench.map.scene.layout
    titles = [block.lines for block, _ in shown.boxes() if block.kind is LaneKind.PAIN_POINTS]
    assert titles == [("Promises",)]
    assert shown.columns[0].touchpoint.name == "Advertisement"
    current = program.desk.session.selection.current
    assert bench.map.scene.shown.selected == {current}
    assert current.kind is Kind.PAIN_POINT
    assert bench.inspector.header.title.toPlainText() == "Promises"


def test_what_stands_behind_it_follows_once_the_hands_rest(program, qtbot, tmp_path):
    bench = opened(program, tmp_path / "bank.waymark", qtbot, bank())
    qtbot.keyClick(bench.map.canvas, KEY.Key_F5)
    screen = bench.workshop
    qtbot.waitUntil(lambda: QApplication.focusWidget() is screen.bar.line)
    typed(qtbot, "Promises")
    qtbot.keyClick(screen.bar.line, KEY.Key_Return)
    assert bench.map.following.waits
    qtbot.waitUntil(lambda: not bench.map.following.waits)
    assert screen.isVisible()
    assert bench.map.board.counts() == (1, 1, 0)


def test_the_button_opens_it_from_another_screen_and_that_one_comes_back(program, qtbot, tmp_path):
    bench = opened(program, tmp_path / "bank.waymark", qtbot, bank())
    bench.show_view("priorities")
    bench.top_bar.workshop_requested.emit()
    assert bench.workshop.isVisible()
    bench.workshop.leave()
    assert bench.priorities.isVisible()


def test_a_window_closed_in_mid_word_keeps_the_word(program, qtbot, tmp_path):
    path = tmp_path / "bank.waymark"
    bench = opened(program, path, qtbot, bank())
    bench.open_workshop()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is bench.workshop.bar.line)
    typed(qtbot, "Promises too mu")
    program.window.close()
    with read_document(path) as document:
        found = [p.title for p in document.workspace.pain_points.values()]
    assert found == ["Promises too mu"]


def test_without_a_journey_it_says_what_is_needed(program, qtbot, tmp_path):
    bench = opened(program, tmp_path / "empty.waymark", qtbot, Workspace("Empty"))
    qtbot.keyClick(bench.map.canvas, KEY.Key_F5)
    assert bench.workshop is None
    assert "journey" in bench.status_bar.note
