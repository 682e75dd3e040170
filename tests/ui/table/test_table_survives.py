"""What the table must survive: reading only, huge and foreign texts, edits under one's hands."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from journey.edit import LockJourney, Remove, Set
from journey.model.ids import Kind, Ref

Hand = Any


def test_a_workspace_open_for_reading_only_takes_nothing(
    open_table: Callable[..., Hand], many_rows: Callable[[int], Any]
) -> None:
    hand = open_table(many_rows(5), read_only=True)
    before = hand.workspace.copy()
    hand.at(0, "title")
    hand.type("x")
    assert not hand.grid.editing.is_active
    hand.paste("New\n")
    assert hand.grid.acts.plan is None
    hand.key(Qt.Key.Key_Delete)
    assert "reading only" in hand.screen.strip.title.text()
    hand.screen.choose_columns(["title", "votes"])
    assert [c.key for c in hand.grid.table.columns] == ["title", "votes"]
    assert hand.workspace == before


def test_long_right_to_left_and_combining_texts_are_shown_and_kept(hand: Hand) -> None:
    hand.show(Kind.STRENGTH)
    hand.at(0, "title")
    hand.enter("מהיר")
    note = "e\u0301<b>" * 2000
    ref = hand.grid.table.ref(0)
    hand.session.document.run(Set(ref, evidence=note))
    assert hand.text(0, "evidence").startswith("é<b>")
    hand.grid.grab()
    hand.at(0, "evidence")
    hand.key(Qt.Key.Key_F2)
    assert hand.grid.editing.editor.text().startswith("é<b>")
    hand.key(Qt.Key.Key_Escape)


def test_a_row_removed_elsewhere_while_it_is_typed_in_takes_the_text_along(hand: Hand) -> None:
    hand.at(0, "title")
    hand.type("Half a wo")
    hand.session.document.run(Remove(Ref(Kind.PAIN_POINT, "p0")))
    hand.key(Qt.Key.Key_Return)
    assert not hand.grid.editing.is_active
    assert "Half a wo" not in hand.column("title")
    assert len(hand.column("title")) == 4


def test_a_paste_is_dropped_when_the_workspace_changes_under_it(hand: Hand) -> None:
    hand.at(0, "title")
    hand.paste("A\nB\n")
    hand.session.document.run(Remove(Ref(Kind.PAIN_POINT, "p0")))
    assert hand.grid.acts.plan is None
    assert not hand.screen.strip.isVisible()
    assert hand.grid.table.rowCount() == 5


def test_two_hundred_mixed_edits_lead_back_to_the_start(
    open_table: Callable[..., Hand], many_rows: Callable[[int], Any]
) -> None:
    hand = open_table(many_rows(300))
    before = hand.workspace.copy()
    for step in range(200):
        row = (step * 37) % len(hand.grid.table.rows)
        if step % 5 == 0:
            hand.at(row, "title")
            hand.enter(f"T{step}")
        elif step % 5 == 1:
            hand.at(row, "votes")
            hand.enter(str(10 + step))
        elif step % 5 == 2:
            hand.grid.selectRow(row)
            hand.key(Qt.Key.Key_Delete)
        elif step % 5 == 3:
            hand.at(hand.grid.table.new_row, "title")
            hand.enter(f"N{step}")
        else:
            hand.at(max(row, 1), "severity")
            hand.key(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    for _ in range(hand.steps):
        hand.undo()
    assert hand.workspace == before
    assert hand.column("title") == [f"Pain {i:05}" for s in range(4) for i in range(s, 300, 4)]


def test_a_window_closed_in_the_middle_of_typing_keeps_the_word(hand: Hand) -> None:
    hand.at(0, "title")
    hand.type("Typed last")
    hand.screen.title.new.setFocus()
    assert hand.find(Kind.PAIN_POINT, "p0").title == "Typed last"


def test_a_click_into_a_filter_leaves_no_editor_behind(hand: Hand) -> None:
    hand.at(0, "severity")
    hand.type("9")
    QTest.mouseClick(hand.grid.heads.fields["title"], Qt.MouseButton.LeftButton)
    assert not hand.grid.editing.is_active
    assert hand.screen.strip.isVisible()
    assert hand.find(Kind.PAIN_POINT, "p0").severity == 1


def test_a_locked_journey_keeps_its_structure_in_the_table(hand: Hand) -> None:
    journey = next(iter(hand.workspace.journeys))
    hand.session.document.run(LockJourney(journey))
    hand.show(Kind.TOUCHPOINT)
    names = sorted(t.name for t in hand.workspace.touchpoints.values())
    hand.at(0, "name")
    hand.enter("Other")
    assert "locked" in hand.screen.strip.title.text()
    hand.key(Qt.Key.Key_Escape)
    hand.paste("Pasted\n")
    hand.key(Qt.Key.Key_Return)
    hand.grid.acts.remove_rows()
    assert sorted(t.name for t in hand.workspace.touchpoints.values()) == names
    hand.key(Qt.Key.Key_Escape)
    hand.at(0, "channel")
    hand.enter("App")
    assert "App" in hand.column("channel")
