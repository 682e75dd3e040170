"""A cell without room for its text says the whole of it when the pointer rests on it."""

from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QFontMetricsF, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from ui.shell.type import font
from ui.table.tooltip import tooltip_of

Hand = Any  # conftest's, which a test of this import mode cannot name
LONG = "The form forgets what was typed when someone goes back to look at the fees once more"


def rest_on(hand: Hand, row: int, key: str) -> str:
    """Rest the pointer on a cell; return what is said of it."""
    place, port = hand.cell(row, key), hand.grid.viewport()
    QApplication.sendEvent(port, QHelpEvent(QEvent.Type.ToolTip, place, port.mapToGlobal(place)))
    return QToolTip.text()


@pytest.mark.parametrize("text", [LONG, LONG.upper(), "Fees " * 300, "Ж" * 200])
def test_a_long_text_is_told_whole(hand: Hand, text: str) -> None:
    hand.at(0, "title")
    hand.enter(text)
    assert hand.text(0, "title").startswith(text[:80])
    assert rest_on(hand, 0, "title") == hand.text(0, "title")


def test_what_looks_like_html_is_told_letter_by_letter(hand: Hand) -> None:
    hand.at(0, "title")
    hand.enter(f"<b>bold</b> {LONG}")
    assert "&lt;b&gt;bold&lt;/b&gt;" in rest_on(hand, 0, "title")


# Weight and icon are those the cells are painted with: 8 px stand free at each side.
@pytest.mark.parametrize(("key", "weight", "icon"), [("title", 500, 0), ("touchpoint", 400, 21)])
def test_only_a_text_with_room_as_it_is_painted_says_nothing(
    hand: Hand, key: str, weight: int, icon: int
) -> None:
    hand.at(0, "title")
    hand.enter("Passport chip not read")
    text, said = hand.text(0, key), {}
    for width in range(40, 260):
        hand.grid.setColumnWidth(hand.grid.table.place_of(key), width)
        said[width] = tooltip_of(hand.grid, hand.cell(0, key))
    wide = QFontMetricsF(font("base", weight)).horizontalAdvance(text) + 16 + icon
    assert all(words == text for width, words in said.items() if width < wide - 1)
    assert all(words == "" for width, words in said.items() if width > wide + 3)


def test_a_text_with_room_says_nothing(hand: Hand) -> None:
    hand.grid.setColumnWidth(hand.grid.table.place_of("title"), 400)
    assert tooltip_of(hand.grid, hand.cell(0, "title")) == ""
