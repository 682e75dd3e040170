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
from ui.shell.icons import glyph_path


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


def test_escape_closes_when_what_had_the_focus_is_gone(program, qtbot):
    gone = QLineEdit(program.window)
    gone.show()
    gone.setFocus()
    QTest.keyClick(gone, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    field = typed("close")
    with qtbot.waitSignal(gone.destroyed):
        gone.deleteLater()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not field.isVisible()
    assert program.desk.session is not None


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


def asked_for(program, words):
    """Type into the list of all actions and take its first row."""
    focused = QApplication.focusWidget()
    QTest.keyClick(focused, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(typed(words), Qt.Key.Key_Return)


def test_the_structure_is_locked_and_unlocked_by_name_from_any_screen(program):
    bench, session = program.desk.workbench, program.desk.session
    (journey,) = session.document.workspace.journeys
    for view in ("map", "flow", "table", "priorities"):
        bench.show_view(view)
        asked_for(program, "lock the structure")
        assert session.document.workspace.journeys[journey].locked, view
        asked_for(program, "unlock the str")
        assert not session.document.workspace.journeys[journey].locked, view


def test_what_the_map_can_do_is_found_by_name(program, qtbot):
    bench = program.desk.workbench
    stages = len(program.desk.session.document.workspace.stages)
    asked_for(program, "add a stage")
    qtbot.waitUntil(lambda: bench.map.editor.is_active)
    QTest.keyClicks(bench.map.editor, "Renewal")
    QTest.keyClick(bench.map.editor, Qt.Key.Key_Escape)
    assert len(program.desk.session.document.workspace.stages) == stages
    bench.map.canvas.setFocus()
    asked_for(program, "hide the lane own")
    assert "owner" not in [row.spec.key for row in bench.map.layout_now.lanes]
    asked_for(program, "show the lane own")
    assert "owner" in [row.spec.key for row in bench.map.layout_now.lanes]
    asked_for(program, "zoom in")
    assert bench.map.canvas.zoom > 1.0
    asked_for(program, "theme dark")
    assert program.themes.mode.value == "dark"


def test_what_cannot_be_done_now_comes_last_and_says_so(program):
    bench = program.desk.workbench
    QTest.keyClick(bench.map.canvas, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    typed("duplicate")
    (row,) = program.desk._menus._rows("duplicate")
    assert not row.enabled
    assert row.detail == "Not possible now"
    rows = program.desk._menus._rows("")
    assert [r.enabled for r in rows] == sorted((r.enabled for r in rows), reverse=True)


def test_flow_and_table_offer_what_they_can_do(program):
    bench, session = program.desk.workbench, program.desk.session
    stages = sorted(session.document.workspace.stages.values(), key=lambda s: s.position)
    for name in ("Form", "Check"):
        session.document.run(AddTouchpoint(stages[0].id, name))
    bench.show_view("flow")
    asked_for(program, "path in order")
    assert session.document.workspace.transitions
    bench.show_view("table")
    asked_for(program, "table of touchpoints")
    assert bench.place("table").kind is Kind.TOUCHPOINT


def test_every_offer_has_words_and_a_sign_of_the_family(program):
    bench, session = program.desk.workbench, program.desk.session
    stage = next(iter(session.document.workspace.stages))
    session.document.run(AddTouchpoint(stage, "Form"))
    for view in ("map", "flow", "table", "evidence"):
        bench.show_view(view)
        for offer in program.desk._menus._offers():
            assert offer.words
            assert not glyph_path(offer.sign).isEmpty(), offer.sign


def test_the_sheet_is_no_larger_than_what_it_has_to_say(program, qtbot):
    canvas = program.desk.workbench.map.canvas
    QTest.keyClick(canvas, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    sheet = QApplication.focusWidget().parentWidget()
    full = sheet.height()
    field = typed("nothing is called so")
    assert sheet.height() < full / 2
    field.clear()
    assert sheet.height() == full
