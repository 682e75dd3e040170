"""The habits people bring, in the table: mouse and wheel, many cells, headers, what maps copy."""

from typing import Any

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from journey.edit import LockJourney, Rename, fragment_of
from journey.model.ids import JourneyId, Kind, Ref
from ui.clipboard import carry
from ui.table.paint import has_room

Hand = Any
PAINS = ["Form forgets", "Nobody answers", "No notice", "PIN is late", "Fees hidden"]
KEY = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE, LEFT = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton


def middle_of(hand: Hand, key: str) -> QPoint:
    heads, at = hand.grid.heads, hand.grid.table.place_of(key)
    return QPoint(heads.sectionViewportPosition(at) + heads.sectionSize(at) // 2, 14)


def open_menu(hand: Hand) -> list[str]:
    (menu,) = [m for m in hand.screen.findChildren(QMenu) if m.isVisible()]
    texts = [action.text().split("\t")[0] for action in menu.actions()]
    menu.hide()
    return texts


def test_a_double_click_edits_a_cell_where_it_stands(hand: Hand) -> None:
    place = hand.cell(1, "title")
    QTest.mouseClick(hand.grid.viewport(), LEFT, NONE, place)
    QTest.mouseDClick(hand.grid.viewport(), LEFT, NONE, place)
    editor = hand.grid.editing.editor
    assert editor is not None
    assert editor.text() == "Nobody answers"
    assert editor.geometry().contains(place + hand.grid.viewport().pos())
    hand.enter("No word at all")
    assert hand.text(1, "title") == "No word at all"


def test_the_wheel_scrolls(open_table, many_rows) -> None:
    hand = open_table(many_rows(200))
    port, place = hand.grid.viewport(), QPointF(200, 200)
    wheel = QWheelEvent(
        place, port.mapToGlobal(place), QPoint(), QPoint(0, -240), Qt.MouseButton.NoButton, NONE,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(port, wheel)
    assert hand.grid.verticalScrollBar().value() > 0


def test_shift_with_arrows_and_ctrl_with_clicks_select_many(hand: Hand) -> None:
    hand.at(1, "title")
    hand.key(KEY.Key_Down, SHIFT)
    hand.key(KEY.Key_Down, SHIFT)
    assert hand.grid.selected_rows() == [1, 2, 3]
    for row in (0, 4):
        QTest.mouseClick(hand.grid.viewport(), LEFT, CTRL if row else NONE, hand.cell(row, "title"))
    assert hand.grid.selected_rows() == [0, 4]
    assert [ref.id for ref in hand.grid.selected_refs()] == ["p0", "p3"]


def test_arrows_move_between_cells(hand: Hand) -> None:
    hand.at(0, "title")
    hand.key(KEY.Key_Down)
    hand.key(KEY.Key_Right)
    assert hand.here() == (1, hand.grid.table.columns[1].key)
    hand.key(KEY.Key_Left)
    hand.key(KEY.Key_Up)
    assert hand.here() == (0, "title")


def test_a_column_is_dragged_by_its_name_and_a_click_on_it_still_sorts(hand: Hand) -> None:
    heads, before = hand.grid.heads, [c.key for c in hand.grid.table.columns]
    port = heads.viewport()
    start, end = middle_of(hand, "severity"), middle_of(hand, "title")
    QTest.mousePress(port, LEFT, NONE, start)
    for at in (start - QPoint(30, 0), end, end - QPoint(40, 0)):
        QTest.mouseMove(port, at)
    QTest.mouseRelease(port, LEFT, NONE, end - QPoint(40, 0))
    after = [c.key for c in hand.grid.table.columns]
    assert after.index("severity") < before.index("severity")
    assert sorted(after) == sorted(before)
    assert hand.steps == 1
    hand.undo()
    assert [c.key for c in hand.grid.table.columns] == before
    QTest.mouseClick(port, LEFT, NONE, middle_of(hand, "title"))
    assert [s.key for s in hand.grid.table.sorted_by] == ["title"]


def test_menus_open_on_names_by_right_click_and_on_cells_by_key(hand: Hand) -> None:
    port, place = hand.grid.heads.viewport(), middle_of(hand, "severity")
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(port, QContextMenuEvent(reason, place, port.mapToGlobal(place)))
    assert {"Sort up", "Hide", "Move left"} <= set(open_menu(hand))
    QTest.mouseClick(
        hand.grid.viewport(), Qt.MouseButton.RightButton, NONE, hand.cell(2, "severity")
    )
    assert hand.here() == (2, "severity")
    assert {"Edit", "Cut", "Copy", "Paste", "Fill down", "New row"} <= set(open_menu(hand))
    hand.key(KEY.Key_Menu)
    assert "Edit" in open_menu(hand)
    hand.key(KEY.Key_F10, SHIFT)
    assert "Edit" in open_menu(hand)


def test_cells_are_cut_and_put_elsewhere(hand: Hand) -> None:
    hand.at(4, "votes")
    hand.key(KEY.Key_X, CTRL)
    assert QGuiApplication.clipboard().text() == "3\r\n"
    assert hand.text(4, "votes") == ""
    hand.at(0, "votes")
    hand.key(KEY.Key_V, CTRL)
    hand.key(KEY.Key_Return)
    assert hand.text(0, "votes") == "3"


def test_cards_copied_on_a_map_become_rows(hand: Hand) -> None:
    refs = [Ref(Kind.PAIN_POINT, "p0"), Ref(Kind.PAIN_POINT, "p4")]
    QGuiApplication.clipboard().setMimeData(carry(fragment_of(hand.workspace, refs)))
    hand.session.document.run(Rename(refs[0], "Form"))
    hand.session.document.run(Rename(refs[1], "Silence"))
    hand.at(len(PAINS), "title")
    hand.key(KEY.Key_V, CTRL)
    hand.key(KEY.Key_Return)
    assert sorted(hand.column("title")) == sorted(["Form", "Silence", *PAINS]), (
        "beside those that are there"
    )


def test_a_locked_structure_is_marked(hand: Hand) -> None:
    mark = hand.screen.filters.locked
    assert not mark.isVisible()
    hand.session.document.run(LockJourney(JourneyId("j")))
    assert mark.isVisible()
    assert mark.accessibleName() == "Structure locked"
    hand.undo()
    assert not mark.isVisible()


def test_names_stand_whole_where_the_window_has_the_room(hand: Hand) -> None:
    name = "Agreement signing at the counter"
    hand.session.document.run(Rename(Ref(Kind.TOUCHPOINT, "t0"), name))
    hand.show(Kind.TRANSITION)
    hand.show(Kind.PAIN_POINT)
    column = hand.grid.table.column("touchpoint")
    at = hand.grid.table.place_of("touchpoint")
    assert hand.text(0, "touchpoint") == name
    assert has_room(hand.grid.table, 0, column, hand.grid.columnWidth(at))
    wide = sum(hand.grid.columnWidth(i) for i in range(len(hand.grid.table.columns)))
    assert wide <= hand.grid.viewport().width(), "and nothing is pushed out of the window"
