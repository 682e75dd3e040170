"""The room for a touchpoint that is typed goes with the text, also where it is refused."""

import pytest
from PySide6.QtCore import Qt

from journey.edit import LockJourney, Remove
from journey.model.ids import JourneyId, Kind, Ref
from ui.map.board import Board
from ui.map.lettering import QtLettering

KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def names(hand) -> list[str | None]:
    """What stands in the columns; None for room without a touchpoint."""
    columns = hand.view.layout_now.columns
    return [cells.touchpoint.name if cells.touchpoint else None for cells in columns]


def assert_no_room(hand) -> None:
    view = hand.view
    assert not view.editor.is_active
    assert view.board.opened is None
    fresh = Board(view.workspace, view.journey, QtLettering()).layout
    assert list(view.layout_now.boxes()) == list(fresh.boxes())
    assert view.layout_now.spans == fresh.spans
    assert view.scene.layout is view.layout_now


def type_behind(hand, column: int) -> None:
    hand.click(hand.card(column, "touchpoints"))
    hand.key(KEY.Key_Return, CONTROL)
    hand.type("Call centre")
    assert names(hand)[column + 1] is None, "room was made for it"


@pytest.mark.parametrize("leave", [KEY.Key_Return, KEY.Key_Tab, KEY.Key_Backtab, KEY.Key_Escape])
def test_where_the_stage_goes_meanwhile(hand, leave: Qt.Key) -> None:
    type_behind(hand, 2)
    hand.desk.run(Remove(Ref(Kind.STAGE, "s1")))
    assert hand.view.editor.is_active, "what is typed is not lost unasked"
    hand.key(leave)
    assert_no_room(hand)
    assert names(hand) == ["Application", "Signing"]
    assert len(hand.desk.refusals) == (leave != KEY.Key_Escape)
    hand.desk.undo_stack.undo()
    assert names(hand) == ["Application", "Signing", "Delivery"]
    assert_no_room(hand)


def test_where_a_lock_comes_meanwhile(hand) -> None:
    type_behind(hand, 0)
    hand.desk.run(LockJourney(JourneyId("j"), True))
    assert [error.reason for error in hand.desk.refusals] == ["locked"]
    assert_no_room(hand)
    hand.desk.undo_stack.undo()
    type_behind(hand, 0)
    hand.key(KEY.Key_Return)
    assert names(hand) == ["Application", "Call centre", None, "Signing", "Delivery"]
    hand.key(KEY.Key_Return)
    assert names(hand) == ["Application", "Call centre", "Signing", "Delivery"]
    assert_no_room(hand)


@pytest.mark.parametrize("onward", [KEY.Key_Tab, KEY.Key_Backtab])
def test_a_touchpoint_left_by_tab_leaves_no_room(hand, onward: Qt.Key) -> None:
    type_behind(hand, 0)
    hand.key(onward)
    assert names(hand) == ["Application", "Call centre", "Signing", "Delivery"]
    assert_no_room(hand)
