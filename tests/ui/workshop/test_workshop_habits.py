"""The habits people bring, in the room: dragging, the card's menu, the clipboard, doubling."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from journey.model.ids import Kind, Ref
from ui.clipboard import MIME
from ui.workshop.wall import HEAD

KEY = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NONE, LEFT = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton


def place(room, column: int, row: int = HEAD) -> QPoint:
    wall = room.screen.wall
    card = wall.head(column) if row == HEAD else wall.stack(column)[row]
    down = 0.0 if row == HEAD else wall.stack_offset
    return card.rect.translated(0, down).center().toPoint()


def drag(room, start: QPoint, *places: QPoint) -> None:
    port = room.screen.wall.viewport()
    QTest.mousePress(port, LEFT, NONE, start)
    for at in places:
        QTest.mouseMove(port, at)
    QTest.mouseRelease(port, LEFT, NONE, places[-1])


def menu_at(room, at: QPoint, reason=QContextMenuEvent.Reason.Mouse) -> QMenu:
    port = room.screen.wall.viewport()
    QApplication.sendEvent(port, QContextMenuEvent(reason, at, port.mapToGlobal(at)))
    return next(m for m in room.screen.findChildren(QMenu) if m.isVisible())


def choose(menu: QMenu, words: str) -> None:
    action = next(a for a in menu.actions() if a.text().split("\t")[0] == words)
    menu.hide()
    action.trigger()


@pytest.fixture
def three(room):
    """Three pain points at the first touchpoint, none chosen by accident."""
    for title in ("No notice", "Late PIN", "Torn"):
        room.enter(title)
    return room


def test_a_card_is_dragged_up_its_column_and_to_another(three):
    drag(three, place(three, 0, 2), place(three, 0, 1), place(three, 0, 0) - QPoint(0, 40))
    assert three.titles()["Card delivery"] == ["Torn", "No notice", "Late PIN"]
    assert three.screen.wall.current == Ref(Kind.PAIN_POINT, three.pain("Torn").id)
    drag(three, place(three, 0, 0), place(three, 1), place(three, 1) + QPoint(0, 120))
    assert three.titles()["First app login"] == ["Torn"]
    assert three.session.document.undo_stack.count() == 3 + 2
    three.press(KEY.Key_Z, CTRL)
    three.press(KEY.Key_Z, CTRL)
    assert three.titles()["Card delivery"] == ["No notice", "Late PIN", "Torn"]


def test_a_drag_shows_a_mark_and_escape_gives_it_up(three):
    wall = three.screen.wall
    port = wall.viewport()
    still = port.grab().toImage()
    QTest.mousePress(port, LEFT, NONE, place(three, 0, 2))
    QTest.mouseMove(port, place(three, 1))
    assert wall.lift.drop is not None
    assert port.grab().toImage() != still
    three.press(KEY.Key_Escape)
    assert three.screen.isVisible(), "it gives up the card, not the workshop"
    QTest.mouseRelease(port, LEFT, NONE, place(three, 1))
    assert three.titles()["Card delivery"] == ["No notice", "Late PIN", "Torn"]
    assert port.grab().toImage() == still


def test_a_click_or_a_place_beside_all_columns_moves_nothing(three):
    steps = three.session.document.undo_stack.count()
    drag(three, place(three, 0, 1), place(three, 0, 1) + QPoint(1, 1))
    drag(three, place(three, 0, 1), place(three, 1), QPoint(2000, 300))
    drag(three, place(three, 0, 1), place(three, 0, 1) + QPoint(0, 30))
    assert three.session.document.undo_stack.count() == steps


def test_touchpoints_are_reordered_by_dragging(room):
    drag(room, place(room, 2), place(room, 1), place(room, 0) - QPoint(60, 0))
    assert list(room.titles())[:3] == ["Support call", "Card delivery", "First app login"]
    drag(room, place(room, 0), place(room, 1), place(room, 1) + QPoint(60, 0))
    assert list(room.titles())[:3] == ["Card delivery", "Support call", "First app login"]


def test_strengths_and_improvements_are_dragged_and_need_what_they_answer(three):
    three.enter("+Friendly courier")
    three.press(KEY.Key_Backspace)
    three.enter("*Text message")
    drag(three, place(three, 0, 3), place(three, 1), place(three, 1) + QPoint(0, 90))
    (strength,) = three.workspace.strengths.values()
    assert strength.touchpoint == "t1"
    fix = next(iter(three.workspace.improvements.values()))
    drag(three, place(three, 0, 3), place(three, 1), place(three, 1) + QPoint(0, 90))
    assert three.workspace.improvements[fix.id].addresses == fix.addresses
    assert "pain point" in three.said
    drag(three, place(three, 0, 2), place(three, 1), place(three, 1) + QPoint(0, 90))
    drag(three, place(three, 0, 2), place(three, 1), place(three, 1) + QPoint(0, 90))
    assert three.workspace.improvements[fix.id].addresses == (three.pain("Torn").id,)


def test_alt_and_arrows_move_the_chosen_card(three):
    three.press(KEY.Key_Up)
    three.press(KEY.Key_Up, ALT)
    assert three.titles()["Card delivery"] == ["No notice", "Torn", "Late PIN"]
    three.press(KEY.Key_Right, ALT)
    assert three.titles()["First app login"] == ["Torn"]
    assert three.screen.wall.current == Ref(Kind.PAIN_POINT, three.pain("Torn").id)
    assert three.screen.wall.column == 1


def test_the_menu_of_a_card_does_what_its_keys_do(three):
    menu = menu_at(three, place(three, 0, 1))
    assert three.screen.wall.current == Ref(Kind.PAIN_POINT, three.pain("Late PIN").id)
    severity = next(a for a in menu.actions() if a.text() == "Severity").menu()
    four = next(a for a in severity.actions() if a.text() == "4")
    menu.hide()
    four.trigger()
    assert three.pain("Late PIN").severity == 4
    choose(menu_at(three, place(three, 0, 1)), "Give a dot")
    assert three.pain("Late PIN").votes == 1
    choose(menu_at(three, place(three, 0, 1)), "Take a dot back")
    assert not three.pain("Late PIN").votes
    choose(menu_at(three, place(three, 0, 1)), "Write anew")
    three.enter("PIN comes later")
    choose(menu_at(three, place(three, 0, 0)), "Delete")
    assert three.titles()["Card delivery"] == ["PIN comes later", "Torn"]


def test_the_menu_opens_by_key_at_the_chosen_card_and_on_a_touchpoint(three):
    three.press(KEY.Key_Up)
    menu = menu_at(three, QPoint(0, 0), QContextMenuEvent.Reason.Keyboard)
    assert three.screen.wall.current == Ref(Kind.PAIN_POINT, three.pain("Torn").id)
    assert "Frequency" in [a.text() for a in menu.actions()]
    menu.hide()
    menu = menu_at(three, place(three, 1))
    texts = [a.text().split("\t")[0] for a in menu.actions()]
    menu.hide()
    assert "Write anew" in texts
    assert "Severity" not in texts


def test_cards_are_copied_cut_pasted_and_doubled(three):
    three.press(KEY.Key_Up)
    three.press(KEY.Key_C, CTRL)
    data = QGuiApplication.clipboard().mimeData()
    assert data.hasFormat(MIME)
    assert data.text() == "Torn\r\n"
    three.press(KEY.Key_Tab)
    three.press(KEY.Key_V, CTRL)
    assert three.titles()["First app login"] == ["Torn"]
    three.press(KEY.Key_D, CTRL)
    assert three.titles()["First app login"] == ["Torn", "Torn"]
    three.press(KEY.Key_X, CTRL)
    assert three.titles()["First app login"] == ["Torn"]
    three.press(KEY.Key_Tab)
    three.press(KEY.Key_V, CTRL)
    assert three.titles()["Support call"] == ["Torn"]


def test_tab_on_a_card_goes_to_the_next_touchpoint_and_stays_on_the_cards(three):
    three.press(KEY.Key_Up)
    three.press(KEY.Key_Tab)
    assert three.screen.wall.hasFocus()
    assert three.screen.wall.touchpoint == "t1"
    three.press(KEY.Key_Backtab)
    assert three.screen.wall.touchpoint == "t0"


def test_a_touchpoint_is_not_cut_in_the_room(room):
    room.screen.wall.setFocus()
    room.press(KEY.Key_X, CTRL)
    assert len(room.workspace.touchpoints) == 4
    assert "map" in room.said


def test_lines_of_text_pasted_on_a_card_are_cards_in_one_step(room):
    room.screen.wall.setFocus()
    QGuiApplication.clipboard().setText("Late\r\nToo <b>thick</b>\r\n")
    room.press(KEY.Key_V, CTRL)
    assert room.titles()["Card delivery"] == ["Late", "Too <b>thick</b>"]
    assert room.session.document.undo_stack.count() == 1
