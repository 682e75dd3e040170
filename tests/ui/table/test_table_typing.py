"""Typing into the table: the keys of a spreadsheet, what is refused, and the way back."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from journey.model.ids import Kind, Ref

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
Hand = Any


def test_a_letter_starts_editing_and_enter_goes_down(hand: Hand) -> None:
    hand.at(0, "title")
    hand.enter("Entries are lost")
    assert hand.find(Kind.PAIN_POINT, "p0").title == "Entries are lost"
    assert hand.here() == (1, "title")
    assert hand.steps == 1


def test_f2_and_enter_edit_what_is_there_and_esc_keeps_it(hand: Hand) -> None:
    hand.at(1, "title")
    for key in (Qt.Key.Key_F2, Qt.Key.Key_Return):
        hand.key(key)
        assert hand.grid.editing.editor.text() == "Nobody answers"
        hand.type("x")
        hand.key(Qt.Key.Key_Escape)
        assert not hand.grid.editing.is_active
    assert hand.steps == 0
    assert hand.here() == (1, "title")


def test_tab_goes_from_cell_to_cell_while_typing_and_not(hand: Hand) -> None:
    hand.at(0, "severity")
    hand.type("4")
    hand.key(Qt.Key.Key_Tab)
    assert hand.find(Kind.PAIN_POINT, "p0").severity == 4
    assert hand.here() == (0, "frequency")
    hand.key(Qt.Key.Key_Tab)
    assert hand.here() == (0, "votes")
    hand.key(Qt.Key.Key_Backtab, SHIFT)
    assert hand.here() == (0, "frequency")


def test_a_click_elsewhere_keeps_what_was_typed(hand: Hand) -> None:
    hand.at(0, "title")
    hand.type("Kept")
    QTest.mouseClick(
        hand.grid.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        hand.cell(2, "votes"),
    )
    assert hand.find(Kind.PAIN_POINT, "p0").title == "Kept"
    assert hand.here() == (2, "votes")


def test_ctrl_enter_gives_it_to_all_selected(hand: Hand) -> None:
    hand.select(0, "status", 2, "status")
    hand.type("solved")
    hand.key(Qt.Key.Key_Return, CTRL)
    assert [p.status for p in hand.workspace.pain_points.values()].count("solved") == 3
    assert hand.steps == 1


@pytest.mark.parametrize(
    ("key", "typed", "words"),
    [
        ("severity", "7", "1 to 5"),
        ("severity", "high", "not a number"),
        ("votes", "2.5", "whole"),
        ("status", "plned", "none of"),
        ("title", "", "cannot be empty"),
        ("votes", "-3", "below zero"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_stays_to_be_mended(
    hand: Hand, key: str, typed: str, words: str
) -> None:
    hand.at(1, key)
    hand.key(Qt.Key.Key_F2)
    hand.grid.editing.editor.setText("")
    hand.type(typed)
    hand.key(Qt.Key.Key_Return)
    assert words in hand.screen.strip.title.text()
    assert hand.screen.strip.isVisible()
    assert hand.grid.editing.is_active
    assert hand.grid.editing.editor.text() == typed
    assert hand.steps == 0
    hand.key(Qt.Key.Key_Escape)
    hand.at(0, "votes")
    hand.enter("3")
    assert not hand.screen.strip.isVisible()


def test_an_unknown_leader_is_asked_about_and_the_nearest_taken(hand: Hand) -> None:
    hand.at(0, "owner")
    hand.enter("T. Berg")
    assert "T. Berg" in hand.screen.strip.title.text()
    assert hand.find(Kind.PAIN_POINT, "p0").owner is None
    assert hand.screen.strip.picker.currentText() == "Tomas Berg"
    hand.key(Qt.Key.Key_Return)
    assert hand.find(Kind.PAIN_POINT, "p0").owner == "l0"
    assert hand.steps == 1
    assert hand.grid.hasFocus()


def test_an_unknown_leader_is_made_when_that_is_chosen(hand: Hand) -> None:
    hand.at(0, "owner")
    hand.enter("Nora Lie")
    picker = hand.screen.strip.picker
    picker.setCurrentIndex(picker.findText("Make a new leader “Nora Lie”"))
    hand.key(Qt.Key.Key_Return)
    owner = hand.find(Kind.PAIN_POINT, "p0").owner
    assert hand.workspace.leaders[owner].name == "Nora Lie"


def test_an_unknown_leader_is_dropped_by_esc(hand: Hand) -> None:
    hand.at(0, "owner")
    hand.enter("Nora Lie")
    hand.key(Qt.Key.Key_Escape)
    assert hand.steps == 0
    assert len(hand.workspace.leaders) == 2
    assert hand.grid.hasFocus()


def test_names_are_found_whatever_their_case_and_a_cell_takes_days_and_quarters(
    hand: Hand,
) -> None:
    hand.show(Kind.IMPROVEMENT)
    for key, typed, value in (
        ("owner", "ida holm", "l1"),
        ("status", "planned", "planned"),
        ("quarter", "2026 q4", "2026Q4"),
        ("efficacy", "40", 0.4),
        ("effort_days", "12,5", 12.5),
    ):
        hand.at(0, key)
        hand.enter(typed)
        assert getattr(hand.find(Kind.IMPROVEMENT, "i0"), key) == value
    hand.at(0, "due")
    hand.enter("26.02.2027")
    assert hand.find(Kind.IMPROVEMENT, "i0").due.isoformat() == "2027-02-26"
    assert hand.text(0, "due") == "2027-02-26"
    hand.at(0, "addresses")
    hand.enter("No notice; pin is late")
    assert hand.find(Kind.IMPROVEMENT, "i0").addresses == ("p1", "p2")


def test_a_new_row_is_typed_at_the_bottom_and_typing_goes_on_there(hand: Hand) -> None:
    table = hand.grid.table
    hand.at(table.new_row, "title")
    hand.enter("Queue too long")
    hand.enter("Wrong form")
    titles = hand.column("title")
    assert titles[-2:] == ["Queue too long", "Wrong form"]
    assert hand.here() == (table.new_row, "title")
    assert hand.steps == 2


def test_a_row_that_needs_more_waits_until_it_has_it(hand: Hand) -> None:
    hand.show(Kind.TRANSITION)
    row = hand.grid.table.new_row
    hand.at(row, "source")
    hand.enter("Check")
    assert hand.steps == 0
    assert hand.text(row, "source") == "Check"
    assert hand.here() == (row, "target")
    hand.enter("retained")
    assert hand.steps == 1
    made = [t for t in hand.workspace.transitions.values() if t.source == "t1"]
    assert [(t.target, t.journey) for t in made] == [("retained", "j")]


def test_space_turns_yes_and_no_about(hand: Hand) -> None:
    hand.show(Kind.TOUCHPOINT)
    hand.at(1, "moment_of_truth")
    hand.key(Qt.Key.Key_Space)
    assert hand.find(Kind.TOUCHPOINT, "t1").moment_of_truth
    hand.key(Qt.Key.Key_Space)
    assert not hand.find(Kind.TOUCHPOINT, "t1").moment_of_truth


def test_a_computed_cell_says_why_it_cannot_be_typed(hand: Hand) -> None:
    hand.at(0, "value")
    hand.type("9")
    assert not hand.grid.editing.is_active
    assert "computed" in hand.screen.strip.title.text()


def test_delete_empties_cells_and_removes_rows_selected_whole(hand: Hand) -> None:
    hand.select(0, "severity", 1, "votes")
    hand.key(Qt.Key.Key_Delete)
    p0, p4 = hand.find(Kind.PAIN_POINT, "p0"), hand.find(Kind.PAIN_POINT, "p4")
    assert (p0.severity, p0.votes, p4.severity, p4.votes) == (None, None, None, None)
    assert hand.steps == 1
    hand.at(1, "title")
    hand.key(Qt.Key.Key_Delete)
    assert hand.find(Kind.PAIN_POINT, "p4").title == "Nobody answers"
    hand.key(Qt.Key.Key_Space, SHIFT)
    hand.key(Qt.Key.Key_Delete)
    assert hand.workspace.find(Ref(Kind.PAIN_POINT, "p4")) is None
    assert hand.steps == 2
    hand.undo()
    hand.undo()
    assert hand.column("title")[1] == "Nobody answers"


def test_several_lines_are_typed_with_alt_enter(hand: Hand) -> None:
    hand.show(Kind.STRENGTH)
    hand.at(0, "title")
    hand.enter("Friendly staff")
    hand.at(0, "evidence")
    hand.type("first")
    hand.key(Qt.Key.Key_Return, ALT)
    hand.type("second")
    hand.key(Qt.Key.Key_Return)
    made = next(iter(hand.workspace.strengths.values()))
    assert made.evidence == "first\nsecond"


def test_undo_leads_back_to_the_start_and_redo_to_the_end(hand: Hand) -> None:
    before = hand.workspace.copy()
    hand.at(0, "title")
    hand.enter("One")
    hand.at(0, "touchpoint")
    hand.enter("Card")
    hand.at(hand.grid.table.new_row, "title")
    hand.enter("Two")
    hand.select(0, "status", 3, "status")
    hand.key(Qt.Key.Key_Delete)
    hand.select(0, "severity", 3, "severity")
    hand.key(Qt.Key.Key_D, CTRL)
    hand.key(Qt.Key.Key_Space, SHIFT)
    hand.key(Qt.Key.Key_Delete)
    after = hand.workspace.copy()
    steps = hand.steps
    assert steps >= 5
    for _ in range(steps):
        hand.undo()
    assert hand.workspace == before
    assert hand.column("title") == ["Form forgets", "Nobody answers", "No notice", "PIN is late",
                                    "Fees hidden"]  # fmt: skip
    for _ in range(steps):
        hand.key(Qt.Key.Key_Y, CTRL)
    assert hand.workspace == after


def test_an_edit_resets_nothing_and_keeps_the_selection(hand: Hand, qtbot: QtBot) -> None:
    table = hand.grid.table
    resets: list[int] = []
    table.modelReset.connect(lambda: resets.append(1))
    hand.select(0, "severity", 2, "frequency")
    chosen = [(i.row(), i.column()) for i in hand.grid.selectedIndexes()]
    from journey.edit import Rename

    hand.session.document.run(Rename(Ref(Kind.LEADER, "l0"), "Tom Berg"))
    hand.session.document.run(Rename(Ref(Kind.PAIN_POINT, "p3"), "Fees!"))
    assert [(i.row(), i.column()) for i in hand.grid.selectedIndexes()] == chosen
    assert "Fees!" in hand.column("title")
    assert hand.column("owner")[0] == "Tom Berg"
    assert not resets


def test_alt_down_lists_every_name(hand: Hand, qtbot: QtBot) -> None:
    hand.at(0, "owner")
    hand.key(Qt.Key.Key_Down, ALT)
    editor = hand.grid.editing.editor
    names = editor.completer().popup().model()
    assert [names.index(r, 0).data() for r in range(names.rowCount())] == ["Ida Holm", "Tomas Berg"]
    QTest.keyClick(editor.completer().popup(), Qt.Key.Key_Down)
    QTest.keyClick(editor.completer().popup(), Qt.Key.Key_Return)
    assert hand.find(Kind.PAIN_POINT, "p0").owner == "l1"


def test_every_kind_shows_its_rows_and_every_cell_reads(
    hand: Hand, open_table: Callable[..., Hand]
) -> None:
    from ui.table.columns import KINDS, columns_of

    for kind in KINDS:
        hand.show(kind)
        table = hand.grid.table
        table.show_columns([column.key for column in columns_of(kind)])
        for row in range(table.rowCount()):
            for column in range(table.columnCount()):
                index = table.index(row, column)
                assert isinstance(index.data(), str)
                assert table.data(index, Qt.ItemDataRole.AccessibleTextRole)
