"""Lanes of what the customer does not see, and the line of visibility above them."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from journey.model.workspace import ordered_lanes
from ui.map.layout import service_lines
from ui.map.offers import offers


def entry_of(hand, text: str):
    names = hand.view.canvas.names
    place = QPoint(60, 20)
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(names, QContextMenuEvent(reason, place, names.mapToGlobal(place)))
    menu = hand.view.menus.context
    entry = next(action for action in menu.actions() if action.text() == text)
    menu.setActiveAction(entry)
    return menu


@pytest.mark.parametrize(
    ("text", "name"),
    [("Add a lane of backstage work", "Backstage"), ("Add a lane of systems", "Systems")],
)
def test_a_lane_behind_the_line_of_visibility_is_added_and_named(hand, text, name) -> None:
    start = hand.workspace.copy()
    menu = entry_of(hand, text)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert hand.view.editor.toPlainText() == name
    hand.type("Kitchen")
    hand.key(Qt.Key.Key_Return)
    layout = hand.view.layout_now
    assert layout.lanes[-1].spec.name == "Kitchen"
    assert dict(service_lines(layout)) == {
        "interaction": hand.lane("touchpoints"),
        "visibility": len(layout.lanes) - 1,
    }
    assert ordered_lanes(hand.workspace, hand.view.journey)[-1].name == "Kitchen"
    hand.desk.undo_stack.undo()
    hand.desk.undo_stack.undo()
    assert hand.workspace == start


def test_both_are_offered_by_name(hand) -> None:
    words = [offer.words for offer in offers(hand.view)]
    assert {"Add a lane of backstage work", "Add a lane of systems"} <= set(words)
