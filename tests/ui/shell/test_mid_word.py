"""A word that is half typed when a key goes elsewhere: it is kept first, on whatever screen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit

from journey.edit import AddPainPoint, AddTouchpoint
from journey.model.ids import Kind, PainPointId, Ref, TouchpointId
from journey.model.map import PainPoint
from journey.model.template import new_workspace
from storage.document import Document
from ui.app import Program
from ui.map.cursor import Cursor

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PAIN = PainPointId("p")


@pytest.fixture
def program(tmp_path, monkeypatch, qapp, qtbot):
    """The program with a workspace of one touchpoint, "Ad", and one pain point, "Slow"."""
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "log"))
    ws = new_workspace("Bank")
    stage = min(ws.stages.values(), key=lambda s: s.position)
    add = AddTouchpoint(stage.id, "Ad")
    add.do(ws)
    AddPainPoint(PainPoint(PAIN, stage.journey, "Slow", TouchpointId(add.id))).do(ws)
    Document.create(tmp_path / "bank.waymark", ws).close()
    made = Program(qapp, tmp_path / "settings.ini", tmp_path / "bank.waymark")
    made.window.resize(1600, 900)
    with qtbot.waitActive(made.window):
        made.window.show()
        made.window.activateWindow()
    qtbot.waitUntil(lambda: made.desk is not None and made.desk.session is not None, timeout=20_000)
    yield made
    made.window.close()
    made.shut_down()
    made.window.deleteLater()


def press(qtbot, key, *held):
    modifiers = Qt.KeyboardModifier.NoModifier
    for one in held:
        modifiers |= one
    qtbot.keyClick(QApplication.focusWidget(), key, modifiers)


def typed(qtbot, text):
    for letter in text:
        qtbot.keyClick(QApplication.focusWidget(), letter)


def half_typed_on_the_map(program, qtbot):
    view = program.desk.workbench.map
    view.canvas.setFocus()
    lanes = [row.spec.key for row in view.layout_now.lanes]
    view.go(Cursor(0, lanes.index("pain_points")))
    typed(qtbot, "Half a word")
    assert view.editor.is_active


def half_typed_in_the_table(program, qtbot):
    bench = program.desk.workbench
    bench.show_view("table")
    screen = bench.place("table")
    screen.show_kind(Kind.PAIN_POINT)
    screen.grid.setFocus()
    screen.grid.put_cursor(0, screen.grid.table.place_of("title"))
    typed(qtbot, "Half a word")
    assert screen.grid.editing.editor is not None


def title(program):
    return program.desk.session.document.workspace.pain_points[PAIN].title


def away(program):
    """Put away what a key opened."""
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog) and widget.isVisible():
            widget.reject()
    program.desk.workbench.end_workshop()


@pytest.mark.parametrize("begin", [half_typed_on_the_map, half_typed_in_the_table])
@pytest.mark.parametrize(
    "keys", [(KEY.Key_F5,), (KEY.Key_S, CTRL), (KEY.Key_E, CTRL, SHIFT), (KEY.Key_4, CTRL)],
    ids=["workshop", "save", "picture", "another screen"],
)  # fmt: skip
def test_it_is_kept_before_the_key_does_what_it_does(program, qtbot, begin, keys):
    begin(program, qtbot)
    press(qtbot, *keys)
    assert title(program) == "Half a word"
    away(program)


def test_the_button_of_the_workshop_keeps_it_too(program, qtbot):
    half_typed_on_the_map(program, qtbot)
    program.desk.workbench.top_bar.workshop_requested.emit()
    assert title(program) == "Half a word"
    away(program)


def test_a_field_of_the_inspector_is_kept_and_stays_to_be_typed_in(program, qtbot):
    session, inspector = program.desk.session, program.desk.workbench.inspector
    touchpoint = next(iter(session.document.workspace.touchpoints))
    session.selection.set(Ref(Kind.TOUCHPOINT, touchpoint))
    qtbot.waitUntil(lambda: any(_departments(inspector)))
    field = next(iter(_departments(inspector)))
    field.setFocus()
    typed(qtbot, "Sales")
    press(qtbot, KEY.Key_S, CTRL)
    assert session.document.workspace.touchpoints[touchpoint].department == "Sales"
    assert field.hasFocus()


def _departments(inspector):
    fields = inspector.findChildren(QLineEdit)
    return [f for f in fields if f.isVisible() and f.accessibleName() == "Department"]


def test_undo_by_name_takes_back_the_word_it_found_half_typed(program, qtbot):
    half_typed_on_the_map(program, qtbot)
    press(qtbot, KEY.Key_S, CTRL)
    view = program.desk.workbench.map
    typed(qtbot, "Another")
    assert view.editor.is_active
    program.desk.actions_["undo"].trigger()
    assert title(program) == "Half a word"
    program.desk.actions_["redo"].trigger()
    assert title(program) == "Another"
