"""Letters composed of several keys (dead keys, input methods) on the map."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from journey.model.ids import PainPointId
from journey.model.template import new_workspace
from ui.map.cursor import Cursor


def composed(widget, text: str, preedit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def test_a_composed_letter_begins_the_text_of_a_card(hand) -> None:
    canvas = hand.view.canvas
    assert canvas.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    hand.view.go(Cursor(0, hand.lane("pain_points")))
    composed(canvas, "é")
    assert hand.view.editor.toPlainText() == "é"
    hand.type("tat")
    hand.key(Qt.Key.Key_Return)
    assert hand.workspace.pain_points[PainPointId("p0")].title == "état"


def test_what_is_still_composed_opens_the_card_and_ends_in_it(hand) -> None:
    hand.view.go(Cursor(0, hand.lane("pain_points")))
    composed(hand.view.canvas, "", "´")
    assert hand.view.editor.is_active
    composed(hand.view.editor, "é")
    hand.key(Qt.Key.Key_Return)
    assert hand.workspace.pain_points[PainPointId("p0")].title == "é"


def test_an_input_method_that_only_says_it_is_there_types_nothing(hand) -> None:
    start = hand.workspace.copy()
    hand.view.go(Cursor(0, hand.lane("pain_points")))
    composed(hand.view.canvas, "")
    assert not hand.view.editor.is_active
    assert hand.workspace == start


def test_on_an_empty_map_a_composed_letter_begins_the_first_card(open_map) -> None:
    hand = open_map(new_workspace("New"))
    composed(hand.view.canvas, "É")
    hand.type("cran")
    hand.key(Qt.Key.Key_Return)
    assert [t.name for t in hand.workspace.touchpoints.values()] == ["Écran"]
