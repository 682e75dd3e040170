"""The habits people bring, on the flow: wheel, clipboard, doubling, many at once, headers."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from journey.edit import LockJourney
from journey.model.ids import JourneyId, Kind, Ref, StageId, TouchpointId
from journey.model.map import Journey, Stage
from journey.model.workspace import Workspace, ordered_touchpoints

J = JourneyId("j")
Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
Control, Shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def names(hand) -> list[str]:
    return [t.name for t in ordered_touchpoints(hand.workspace, J)]


def bar(hand, number: int) -> QPoint:
    strip = hand.view.canvas.stages
    return strip.bar_rect(hand.view.board.layout.bands[number]).center().toPoint()


def menu_of(strip, place: QPoint) -> None:
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(strip, QContextMenuEvent(reason, place, strip.mapToGlobal(place)))


def test_the_wheel_scrolls_down_and_with_shift_sideways(hand) -> None:
    canvas = hand.view.canvas
    canvas.set_zoom(3.0)
    down, side = canvas.verticalScrollBar(), canvas.horizontalScrollBar()
    down.setValue(0)
    side.setValue(0)
    for held in (Qt.KeyboardModifier.NoModifier, Shift):
        place = QPointF(200, 200)
        wheel = QWheelEvent(
            place, canvas.viewport().mapToGlobal(place), QPoint(), QPoint(0, -120),
            Qt.MouseButton.NoButton, held, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(canvas.viewport(), wheel)
    assert down.value() > 0
    assert side.value() > 0


def test_cards_are_copied_cut_and_pasted_behind_the_chosen_one(hand) -> None:
    start = hand.workspace.copy()
    hand.click(hand.card("t2"))
    hand.key(Key.Key_C, Control)
    assert QGuiApplication.clipboard().text() == "Form\r\n"
    hand.click(hand.card("t5"))
    hand.key(Key.Key_V, Control)
    assert names(hand) == ["Ad", "Page", "Form", "Check", "Card", "Call", "Form"]
    pasted = hand.view.current_node
    assert hand.workspace.touchpoints[pasted].stage == "s2"
    assert [p.title for p in hand.workspace.pain_points.values()] == ["Form forgets"] * 2
    assert not any(pasted in pair for pair in hand.pairs()), "a copy is not walked by anybody"
    hand.key(Key.Key_X, Control)
    assert names(hand) == ["Ad", "Page", "Form", "Check", "Card", "Call"]
    while hand.desk.undo_stack.canUndo():
        hand.desk.undo_stack.undo()
    assert hand.workspace == start


def test_a_card_cut_and_pasted_elsewhere_keeps_its_arrows(hand) -> None:
    before = hand.pairs()
    hand.click(hand.card("t2"))
    hand.key(Key.Key_X, Control)
    assert all("t2" not in pair for pair in hand.pairs())
    hand.click(hand.card("t5"))
    hand.key(Key.Key_V, Control)
    moved = hand.view.current_node
    assert names(hand) == ["Ad", "Page", "Check", "Card", "Call", "Form"]
    assert hand.pairs() == {tuple(moved if e == "t2" else e for e in pair) for pair in before}


def test_a_card_goes_to_a_map_of_another_workspace(hand, open_flow) -> None:
    hand.click(hand.card("t2"))
    hand.key(Key.Key_C, Control)
    other = open_flow(Workspace("B", [Journey(J, "Other"), Stage(StageId("q"), J, "Only")]))
    other.key(Key.Key_V, Control)
    assert names(other) == ["Form"]
    assert not other.workspace.transitions
    assert not other.desk.refusals


@pytest.mark.parametrize("text", ["Letter\r\nVisit\r\n", "Letter\tVisit", "• Letter\n• Visit"])
def test_names_from_excel_become_touchpoints_in_one_step(hand, text: str) -> None:
    said: list[str] = []
    hand.view.noted.connect(lambda _icon, words: said.append(words))
    hand.click(hand.card("t2"))
    QGuiApplication.clipboard().setText(text)
    hand.key(Key.Key_V, Control)
    assert names(hand) == ["Ad", "Page", "Form", "Letter", "Visit", "Check", "Card", "Call"]
    assert len(hand.view.selection.refs) == 2
    assert "2" in said[-1]
    assert hand.desk.undo_stack.count() == 1


def test_ctrl_d_sets_a_copy_beside(hand) -> None:
    hand.click(hand.card("t2"))
    hand.click(hand.card("t4"), Control)
    hand.key(Key.Key_D, Control)
    assert names(hand) == ["Ad", "Page", "Form", "Form", "Check", "Card", "Card", "Call"]
    assert hand.desk.undo_stack.count() == 1
    assert {hand.workspace.touchpoints[r.id].name for r in hand.view.selection.refs} == {
        "Form",
        "Card",
    }


def test_shift_and_an_arrow_select_more_cards_of_a_column(hand) -> None:
    hand.click(hand.card("t2"))
    hand.key(Key.Key_Down, Shift)
    assert [r.id for r in hand.view.selection.refs] == ["t2", "t3"]
    hand.key(Key.Key_Up)
    assert [r.id for r in hand.view.selection.refs] == ["t2"]


def test_many_stages_are_selected_and_a_double_click_renames_one(hand) -> None:
    strip = hand.view.canvas.stages
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, bar(hand, 0))
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, Control, bar(hand, 2))
    assert hand.view.selection.refs == (Ref(Kind.STAGE, "s0"), Ref(Kind.STAGE, "s2"))
    QTest.mouseDClick(strip, Qt.MouseButton.LeftButton, NONE, bar(hand, 1))
    assert hand.view.editing.is_active
    assert hand.view.editing.editor.toPlainText() == "Purchase"
    hand.type("Buy")
    hand.key(Key.Key_Return)
    assert hand.workspace.stages[StageId("s1")].name == "Buy"
    QTest.mouseDClick(strip, Qt.MouseButton.LeftButton, NONE, bar(hand, 1))
    hand.type("Other")
    hand.key(Key.Key_Escape)
    assert hand.workspace.stages[StageId("s1")].name == "Buy"


def test_menus_open_on_stages_and_beside_them(hand) -> None:
    strip, menu = hand.view.canvas.stages, hand.view.menus.context
    menu_of(strip, bar(hand, 1))
    rename = next(a for a in menu.actions() if a.text() == "Rename")
    menu.hide()
    rename.trigger()
    hand.type("Buy")
    hand.key(Key.Key_Return)
    assert hand.workspace.stages[StageId("s1")].name == "Buy"
    menu_of(strip, QPoint(6, 10))
    assert "Reset layout" in [a.text() for a in menu.actions()]
    menu.hide()


def test_a_locked_journey_is_marked_keeps_names_and_takes_no_cards(hand) -> None:
    strip, said = hand.view.canvas.stages, list[str]()
    hand.view.noted.connect(lambda _icon, words: said.append(words))
    before = strip.grab().toImage()
    hand.desk.run(LockJourney(J))
    assert strip.accessibleName() == "Stages, locked"
    assert strip.grab().toImage() != before
    QTest.mouseDClick(strip, Qt.MouseButton.LeftButton, NONE, bar(hand, 1))
    assert not hand.view.editing.is_active
    assert "locked" in said[-1]
    hand.click(hand.card("t2"))
    hand.key(Key.Key_D, Control)
    assert len(hand.workspace.touchpoints) == 6
    hand.desk.undo_stack.undo()
    assert strip.accessibleName() == "Stages"


def test_an_editor_of_a_stage_is_left_by_a_click_elsewhere_and_keeps_the_text(hand) -> None:
    strip = hand.view.canvas.stages
    QTest.mouseDClick(strip, Qt.MouseButton.LeftButton, NONE, bar(hand, 0))
    hand.type("Notice")
    hand.click(hand.card("t5"))
    assert hand.workspace.stages[StageId("s0")].name == "Notice"
    assert hand.view.selection.current == Ref(Kind.TOUCHPOINT, TouchpointId("t5"))
