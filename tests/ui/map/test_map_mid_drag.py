"""What is held by the mouse or by keys while an undo, or another view, takes it away."""

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from journey.edit import Remove, Rename
from journey.model.ids import Kind, Ref, TouchpointId
from journey.model.workspace import ordered_touchpoints
from ui.map.cursor import Cursor
from ui.map.gestures import Doing
from ui.map.scene import paint_map

Key = Qt.Key
Control = Qt.KeyboardModifier.ControlModifier
TOUCHPOINTS, PAINS = "touchpoints", "pain_points"


def names(hand) -> list[str]:
    return [t.name for t in ordered_touchpoints(hand.workspace, hand.view.journey)]


@pytest.mark.parametrize("column", [0, 2])
def test_an_undo_in_mid_drag_lets_go_of_the_card_it_takes_away(hand, column: int) -> None:
    start = hand.workspace.copy()
    hand.click(hand.card(column, TOUCHPOINTS))
    hand.key(Key.Key_D, Control)
    place = hand.card(column + 1, TOUCHPOINTS)
    hand.press(place)
    hand.move(place + QPoint(-30, 0))
    assert hand.view.scene.over.lifted is not None
    hand.desk.undo_stack.undo()
    assert hand.view.scene.over.lifted is None
    hand.move(place + QPoint(-90, 0))
    hand.release(place + QPoint(-200, 0))
    assert hand.workspace == start
    assert hand.view.gestures.doing is Doing.NOTHING


def test_an_edit_beside_it_leaves_a_card_in_the_hand(hand) -> None:
    place = hand.card(0, TOUCHPOINTS)
    hand.press(place)
    hand.move(place + QPoint(30, 0))
    hand.desk.run(Rename(Ref(Kind.TOUCHPOINT, "t2"), "Delivered"))
    hand.move(hand.card(1, TOUCHPOINTS) + QPoint(40, 0))
    hand.release(hand.card(1, TOUCHPOINTS) + QPoint(40, 0))
    assert names(hand) == ["Signing", "Application", "Delivered"]


@pytest.mark.parametrize("finish", [Key.Key_Return, Key.Key_Up, Key.Key_Tab])
def test_a_handle_held_by_keys_is_let_go_when_its_column_goes(hand, finish: Key) -> None:
    hand.view.go(Cursor(2, hand.lane("experience")))
    hand.key(Key.Key_Return)
    assert hand.view.scene.shown.held is not None
    hand.desk.run(Remove(Ref(Kind.TOUCHPOINT, "t2")))
    assert hand.view.scene.shown.held is None
    hand.key(finish)
    assert TouchpointId("t2") not in hand.workspace.touchpoints


def test_a_handle_held_by_the_mouse_is_let_go_when_its_column_goes(hand) -> None:
    view = hand.view
    line, lane = view.layout_now.experience, view.layout_now.lanes[hand.lane("experience")]
    place = hand.at(2.5 * view.layout_now.shape.column, lane.top + line.y(32.0))
    hand.press(place)
    hand.move(place + QPoint(0, 20))
    assert view.gestures.doing is Doing.JUDGING
    hand.desk.run(Remove(Ref(Kind.TOUCHPOINT, "t2")))
    hand.move(place + QPoint(0, 30))
    hand.release(place + QPoint(0, 30))
    assert hand.desk.undo_stack.count() == 1


def test_several_touchpoints_dragged_past_one_another_stay_together_in_their_order(hand) -> None:
    hand.click(hand.card(2, TOUCHPOINTS))
    hand.key(Key.Key_D, Control)
    assert names(hand) == ["Application", "Signing", "Delivery", "Delivery"]
    hand.desk.run(Rename(Ref(Kind.TOUCHPOINT, hand.view.selection.refs[0].id), "Use"))
    # Chosen from right to left, pressed in the middle, one of them in the stage they go to.
    hand.click(hand.card(2, TOUCHPOINTS))
    hand.click(hand.card(1, TOUCHPOINTS), Control)
    hand.click(hand.card(0, TOUCHPOINTS), Control)
    before = hand.desk.undo_stack.count()
    hand.drag(hand.card(1, TOUCHPOINTS), hand.card(3, TOUCHPOINTS) + QPoint(40, 0))
    assert names(hand) == ["Use", "Application", "Signing", "Delivery"]
    assert hand.desk.undo_stack.count() == before + 1


def test_a_part_beside_the_map_is_painted_from_far(hand) -> None:
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    right = hand.view.layout_now.width
    paint_map(painter, QRectF(right + 900.0, 0.0, 50.0, 400.0), hand.view.scene, False, {})
    painter.end()
    assert image.pixelColor(32, 32).name() == "#ffffff"


def test_the_journey_that_is_shown_already_leaves_the_cursor(hand) -> None:
    hand.click(hand.card(0, PAINS))
    before = hand.view.cell
    assert before is not None
    hand.view.set_journey(hand.view.journey)
    assert hand.view.cell == before


def test_an_undone_move_of_a_lane_leaves_the_cursor_on_its_card(hand) -> None:
    hand.click(hand.card(0, PAINS))
    hand.key(Key.Key_Up, Control | Qt.KeyboardModifier.ShiftModifier)
    hand.desk.undo_stack.undo()
    assert hand.view.cell == Cursor(0, hand.lane(PAINS), 0)


def test_a_lane_taken_away_while_its_name_is_dragged_goes_nowhere(hand) -> None:
    start = hand.workspace.copy()
    hand.view.choices.move("no-such-lane", 0)
    assert hand.workspace == start
