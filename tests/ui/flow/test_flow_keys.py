"""The flow by keyboard alone, and what is told to those who hear it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from journey.edit import LockJourney
from journey.model.ids import JourneyId, Kind, Ref, TouchpointId

J = JourneyId("j")
Key = Qt.Key


def test_arrows_go_along_the_transitions(hand) -> None:
    hand.key(Key.Key_Right)
    assert hand.view.current_node == "t0"
    hand.key(Key.Key_Right)
    assert hand.view.current_pair == ("t0", "t1"), "the busiest arrow comes first"
    hand.key(Key.Key_Right)
    assert hand.view.current_node == "t1"
    hand.key(Key.Key_Right)
    hand.key(Key.Key_Right)
    assert hand.view.current_node == "t2"
    hand.key(Key.Key_Left)
    assert hand.view.current_pair == ("t1", "t2")
    hand.key(Key.Key_Left)
    assert hand.view.current_node == "t1"


def test_up_and_down_choose_among_the_arrows_of_a_card(hand) -> None:
    hand.view.choose_node("t0")
    hand.key(Key.Key_Right)
    seen = {hand.view.current_pair}
    for key in (Key.Key_Up, Key.Key_Up, Key.Key_Up, Key.Key_Down, Key.Key_Down, Key.Key_Down):
        hand.key(key)
        seen.add(hand.view.current_pair)
    assert seen == {("t0", "t1"), ("t0", "t2"), ("t0", "lost")}


def test_up_and_down_go_through_a_column(hand) -> None:
    hand.view.choose_node("t2")
    hand.key(Key.Key_Down)
    assert hand.view.current_node == "t3"
    hand.key(Key.Key_Down)
    assert hand.view.current_node == "t3"
    hand.key(Key.Key_Up)
    assert hand.view.current_node == "t2"


def test_tab_goes_from_card_to_card_and_leaves_behind_the_last(hand) -> None:
    hand.view.choose_node("t0")
    seen = ["t0"]
    while hand.view.current_node is not None and len(seen) < 9:
        hand.key(Key.Key_Tab)
        if hand.view.current_node:
            seen.append(hand.view.current_node)
    assert sorted(seen) == [f"t{i}" for i in range(6)]
    hand.key(Key.Key_Home)
    first = hand.view.current_node
    hand.key(Key.Key_End)
    assert hand.view.current_node != first


def test_an_arrow_is_drawn_counted_and_deleted_without_the_mouse(hand) -> None:
    hand.view.choose_node("t1")
    hand.key(Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert hand.view.keys.is_linking
    hand.key(Key.Key_Right)
    hand.key(Key.Key_Right)
    while hand.view.scene.over.target is not None and hand.view.keys._link[1] != "t4":
        hand.key(Key.Key_Tab)
    hand.key(Key.Key_Return)
    assert ("t1", "t4") in hand.pairs()
    assert hand.view.current_pair == ("t1", "t4")
    hand.key(Key.Key_F2)
    hand.type("120")
    hand.key(Key.Key_Return)
    assert hand.view.board.arrow(("t1", "t4")).count == 120
    hand.key(Key.Key_Delete)
    assert ("t1", "t4") not in hand.pairs()
    assert hand.view.current_node == "t1"


def test_escape_gives_up_an_arrow_then_the_selection(hand) -> None:
    hand.view.choose_node("t1")
    hand.key(Key.Key_Insert)
    hand.key(Key.Key_Escape)
    assert not hand.view.keys.is_linking
    assert hand.view.scene.over.link is None
    assert hand.view.current_node == "t1"
    hand.key(Key.Key_Escape)
    assert hand.view.current_node is None


def test_f2_renames_and_alt_with_arrows_moves_a_card(hand) -> None:
    hand.view.choose_node("t1")
    hand.key(Key.Key_F2)
    hand.type("Landing page")
    hand.key(Key.Key_Return)
    assert hand.workspace.touchpoints[TouchpointId("t1")].name == "Landing page"
    before = hand.box("t1").y
    hand.key(Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert hand.box("t1").y > before
    assert hand.desk.undo_stack.count() == 2


def test_the_context_menu_opens_for_what_is_selected(hand) -> None:
    hand.view.choose_node("t1")
    hand.view.menus.open_for_selection()
    texts = [a.text() for a in hand.view.menus.context.actions()]
    hand.view.menus.context.hide()
    assert "Rename" in texts
    assert "Delete" in texts


def test_the_selection_is_described(hand) -> None:
    canvas = hand.view.canvas
    assert canvas.accessibleName() == "Flow of Opening an account"
    hand.view.choose_node("t2")
    said = canvas.accessibleDescription()
    assert said == "Form, Purchase, 650 visits, 2 in, 1 out, lost 150"
    hand.view.choose_pair(("t4", "t5"))
    said = canvas.accessibleDescription()
    assert "Card to Call" in said
    assert "60" in said
    assert "17\u00a0% of departures" in said
    interface = QAccessible.queryAccessibleInterface(canvas)
    assert interface.text(QAccessible.Text.Description) == said


def test_linking_by_keys_is_told(hand) -> None:
    hand.view.choose_node("t4")
    hand.key(Key.Key_L)
    assert hand.view.canvas.accessibleDescription().startswith("Draw Card to ")


def test_everything_one_can_tab_to_has_a_name(hand) -> None:
    for widget in hand.view.findChildren(QWidget):
        tabbed = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
        if tabbed and widget.isVisible():
            interface = QAccessible.queryAccessibleInterface(widget)
            name = widget.accessibleName() or (
                interface.text(QAccessible.Text.Name) if interface else ""
            )
            assert name, type(widget).__name__


def test_tab_brings_the_focus_to_the_first_card(hand) -> None:
    hand.view.toolbar.fit.setFocus()
    hand.view.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert hand.view.selection.current == Ref(Kind.TOUCHPOINT, "t0")
    QTest.keyClick(hand.view.canvas, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(hand.view.selection.refs) == 6


def test_a_card_of_a_locked_journey_keeps_its_name(hand) -> None:
    said: list[str] = []
    hand.view.noted.connect(lambda _icon, words: said.append(words))
    hand.desk.run(LockJourney(hand.view.journey))
    hand.view.choose_node("t1")
    hand.key(Key.Key_F2)
    assert not hand.view.editing.editor.is_active
    assert "locked" in said[-1]
    hand.key(Key.Key_Delete)
    assert TouchpointId("t1") in hand.workspace.touchpoints
