"""What the mouse holds on the flow while an undo takes it away."""

from PySide6.QtCore import QPoint, Qt

from ui.flow.gestures import Doing

Key = Qt.Key
Control = Qt.KeyboardModifier.ControlModifier


def doubled(hand) -> str:
    hand.click(hand.card("t2"))
    hand.key(Key.Key_D, Control)
    made = hand.view.current_node
    assert made not in (None, "t2")
    return made


def test_an_undo_in_mid_drag_lets_go_of_the_card_it_takes_away(hand) -> None:
    start = hand.workspace.copy()
    place = hand.card(doubled(hand))
    hand.press(place)
    hand.move(place + QPoint(20, 0))
    assert hand.view.gestures.doing is Doing.MOVING
    hand.desk.undo_stack.undo()
    hand.move(place + QPoint(60, 10))
    hand.release(place + QPoint(60, 10))
    assert hand.workspace == start
    assert hand.view.scene.shown.lifted == frozenset()


def test_an_undo_while_an_arrow_is_drawn_from_a_card_that_goes(hand) -> None:
    start = hand.workspace.copy()
    hand.move(hand.card(doubled(hand)))
    handle = hand.view.scene.over.handle
    assert handle is not None
    grip = hand.at(handle.x(), handle.y())
    hand.move(grip)
    hand.press(grip)
    hand.move(grip + QPoint(30, 0))
    assert hand.view.gestures.doing is Doing.LINKING
    hand.desk.undo_stack.undo()
    hand.move(grip + QPoint(50, 0))
    hand.release(hand.card("t4"))
    assert hand.workspace == start
    assert hand.view.scene.over.link is None


def test_an_undo_between_press_and_drag_lets_go_too(hand) -> None:
    start = hand.workspace.copy()
    place = hand.card(doubled(hand))
    hand.press(place)
    hand.desk.undo_stack.undo()
    hand.move(place + QPoint(60, 10))
    hand.release(place + QPoint(60, 10))
    assert hand.workspace == start
