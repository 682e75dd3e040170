"""An evening by keyboard alone: capture, classes, votes, reveal, and undo of all of it."""

import pytest
from PySide6.QtCore import QAbstractAnimation, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from journey.edit import Set
from journey.model.ids import Kind, Ref
from journey.model.map import PainPoint
from journey.model.votes import DOTS_EACH, voters
from journey.model.workspace import ordered_stages
from ui.workshop.fade import REVEAL_MS
from ui.workshop.screen import EVERYTHING, HIDDEN, MEASURED
from ui.workshop.sorts import Sort

KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier

PAINS = {
    "Card delivery": ["No notice of when", "PIN comes days later", "Courier rings at work", "Torn"],
    "First app login": ["A code from a letter", "Asks to rate it", "Vague words"],
    "Support call": ["Details asked again", "Nobody after 17:00", "24 minutes in a queue"],
}


def capture_all(room):
    for place, titles in enumerate(PAINS.values()):
        if place:
            room.press(KEY.Key_Tab)
        for title in titles:
            room.enter(title)


def test_ten_pains_over_three_touchpoints_with_classes_and_votes_and_all_undone(room):
    start = room.workspace.copy()
    capture_all(room)
    found = room.titles()
    assert {name: found[name] for name in PAINS} == PAINS

    # Classes: from the line Up goes to the card captured last.
    room.press(KEY.Key_Up)
    room.press("4")
    room.press("3", SHIFT)
    last = room.pain("24 minutes in a queue")
    assert (last.severity, last.frequency) == (4, 3)
    room.press(KEY.Key_Up)
    room.press("%", SHIFT)  # what Shift makes of a 5
    assert room.pain("Nobody after 17:00").frequency == 5

    room.people("Ingrid", "Marek")
    room.press(KEY.Key_Up)
    assert room.screen.votes.voter == "Marek"
    for _ in range(DOTS_EACH):
        room.press("v")
    before = room.workspace.copy()
    room.press("v")
    assert room.workspace == before
    assert "Marek" in room.said
    assert str(DOTS_EACH) in room.said
    room.press(KEY.Key_Up, CTRL)
    assert room.screen.votes.voter == "Ingrid"
    room.press("v")
    assert room.pain("Nobody after 17:00").ballots == {"Marek": 5, "Ingrid": 1}
    assert room.pain("Nobody after 17:00").votes == 6
    room.press("V", SHIFT)
    assert room.pain("Nobody after 17:00").votes == 5

    steps = room.session.document.undo_stack.count()
    assert steps == 10 + 3 + 2 + 7
    for _ in range(steps):
        room.press(KEY.Key_Z, CTRL)
    assert room.workspace == start
    for _ in range(steps):
        room.press(KEY.Key_Y, CTRL)
    assert room.pain("Nobody after 17:00").votes == 5


def test_prefixes_choose_what_a_line_becomes_and_backspace_goes_back(room):
    room.enter("No notice")
    room.enter("+Friendly courier")
    assert [s.title for s in room.workspace.strengths.values()] == ["Friendly courier"]
    assert room.screen.sort is Sort.STRENGTH
    room.press(KEY.Key_Backspace)
    assert room.screen.sort is Sort.PAIN
    room.enter("*Text message on the day")
    made = next(iter(room.workspace.improvements.values()))
    assert made.addresses == (room.pain("No notice").id,)
    room.enter("#Welcome pack")
    assert list(room.titles())[:4] == [
        "Card delivery", "First app login", "Support call", "Welcome pack",
    ]  # fmt: skip
    assert room.screen.sort is Sort.PAIN
    room.enter("Too thick")
    assert room.titles()["Welcome pack"] == ["Too thick"]
    room.enter("++1 to that")
    assert "+1 to that" in [s.title for s in room.workspace.strengths.values()]


def test_an_improvement_without_a_pain_point_is_refused_and_the_words_stay(room):
    room.enter("*Text message")
    assert not room.workspace.improvements
    assert room.screen.bar.line.text() == "Text message"
    assert "pain point" in room.said


def test_scores_then_votes_are_revealed_step_by_step_and_for_each_stage_alone(room):
    screen = room.screen
    room.enter("No notice")
    card = screen.wall.cards()[-1]
    assert (screen.revealed, card.votes) == (HIDDEN, None)
    assert "measured" not in screen.wall.cards()[0].line
    room.press(KEY.Key_Space)
    assert screen.revealed == MEASURED
    assert "nothing measured" in screen.wall.cards()[0].line
    assert screen.wall.cards()[-1].votes is None
    assert "hidden" in screen.votes.note.text()
    room.press(KEY.Key_Space)
    assert screen.revealed == EVERYTHING
    assert screen.wall.cards()[-1].votes == 0
    assert "hidden" not in screen.votes.note.text()
    room.press(KEY.Key_PageDown)
    assert screen.revealed == HIDDEN
    room.press(KEY.Key_PageUp)
    assert screen.revealed == EVERYTHING
    room.press(KEY.Key_Space)
    assert screen.revealed == HIDDEN
    room.type("a b")
    assert screen.bar.line.text() == "a b", "within words a space is a space"


def test_stages_go_by_page_keys_and_stop_at_both_ends(room):
    screen = room.screen
    room.press(KEY.Key_PageUp)
    assert screen.place == 0
    room.press(KEY.Key_PageDown)
    room.press(KEY.Key_PageDown)
    assert screen.phase.name == "Advocacy"
    assert "Advocacy" in screen.question.label.text()
    room.enter("Nobody asks me")
    assert room.titles()["Refer a friend"] == ["The link opens the wrong page", "Nobody asks me"]


def test_letters_typed_on_a_card_begin_the_line(room):
    room.enter("No notice")
    room.press(KEY.Key_Up)
    assert room.screen.wall.hasFocus()
    room.enter("Courier")
    assert room.titles()["Card delivery"] == ["No notice", "Courier"]
    room.press(KEY.Key_Up)
    room.press("+")
    assert room.screen.sort is Sort.STRENGTH
    assert room.screen.bar.line.hasFocus()


def test_classes_and_votes_are_for_pain_points_and_the_words_say_so(room):
    room.press(KEY.Key_Up)
    for key in ("3", "v"):
        start = room.workspace.copy()
        room.press(key)
        assert room.workspace == start
        assert "pain points" in room.said
    room.press(KEY.Key_Delete)
    assert "touchpoint" in room.said.lower()
    assert len(room.workspace.touchpoints) == 4


def test_a_card_is_written_anew_where_it_stands_and_taken_away(room):
    room.enter("No notise")
    room.press(KEY.Key_F2)
    editor = room.screen.wall.editor
    assert editor.is_active
    assert editor.toPlainText() == "No notise"
    QTest.keyClicks(editor, "No notice")
    QTest.keyClick(editor, KEY.Key_Return)
    assert room.titles()["Card delivery"] == ["No notice"]
    assert room.screen.wall.hasFocus()
    room.press(KEY.Key_Delete)
    assert room.titles()["Card delivery"] == []
    room.press(KEY.Key_Z, CTRL)
    assert room.titles()["Card delivery"] == ["No notice"]


def test_the_question_is_typed_anew_and_kept_with_the_journey(room):
    room.press(KEY.Key_F3)
    room.enter("What hurts after the account is open?")
    assert room.screen.question.label.text() == "What hurts after the account is open?"
    assert room.screen.bar.line.hasFocus()
    room.press(KEY.Key_Z, CTRL)
    assert "Use" in room.screen.question.label.text()


def test_people_come_and_go_by_typing_and_a_number_sets_their_dots(room):
    room.people("Ingrid", "Marek", "ingrid")
    assert [v.name for v in voters(room.workspace, "j")] == ["Marek"]
    room.people("3", "Lena")
    assert [(v.name, v.left) for v in voters(room.workspace, "j")] == [("Marek", 3), ("Lena", 3)]
    room.press(KEY.Key_F4)
    room.enter("0")
    assert "scale" in room.said
    room.press(KEY.Key_Escape)
    assert room.screen.votes.sum.text() == "0 of 6"
    room.screen.votes.list.setFocus()
    room.press(KEY.Key_Up)
    room.press(KEY.Key_Delete)
    assert [v.name for v in voters(room.workspace, "j")] == ["Lena"]


def test_with_nobody_named_dots_are_counted(room):
    room.enter("No notice")
    room.press(KEY.Key_Up)
    for _ in range(7):
        room.press("v")
    assert (room.pain("No notice").votes, dict(room.pain("No notice").ballots)) == (7, {})
    assert room.screen.votes.sum.text() == "7"


def test_the_letter_one_thinks_of_first_is_not_lost_while_undoing_in_the_line(room):
    room.enter("No notice")
    room.type("Cour")
    room.press(KEY.Key_Z, CTRL)
    assert room.titles()["Card delivery"] == ["No notice"], "the line undoes its own text first"
    assert room.screen.bar.line.text() != "Cour"


def test_several_pasted_lines_are_as_many_cards_and_one_step(room):
    start = room.workspace.copy()
    QGuiApplication.clipboard().setText("No notice\r\n\r\n<b>Torn</b>\nLate\n")
    room.press(KEY.Key_V, CTRL)
    assert room.titles()["Card delivery"] == ["No notice", "<b>Torn</b>", "Late"]
    room.press(KEY.Key_Z, CTRL)
    assert room.workspace == start


def test_a_letter_composed_of_several_keys_on_a_card_begins_the_line(room):
    room.enter("Late")
    room.press(KEY.Key_Up)
    assert room.screen.wall.hasFocus()
    event = QInputMethodEvent()
    event.setCommitString("É")
    QApplication.sendEvent(room.screen.wall, event)
    room.enter("tat")
    assert room.pain("État").touchpoint == room.pain("Late").touchpoint


def test_a_pasted_list_leaves_its_bullets_behind(room):
    QGuiApplication.clipboard().setText("• No notice\n- Torn\n* Late -- again\n")
    room.press(KEY.Key_V, CTRL)
    assert room.titles()["Card delivery"] == ["No notice", "Torn", "Late -- again"]


@pytest.mark.parametrize("key", ["v", "2"])
def test_in_the_line_every_key_is_a_letter(room, key):
    room.enter("No notice")
    room.enter(f"{key} is text")
    assert room.titles()["Card delivery"] == ["No notice", f"{key} is text"]


def test_words_longer_than_a_name_are_kept_whole(room):
    long = "very " * 60 + "long"
    QGuiApplication.clipboard().setText(long)
    room.press(KEY.Key_V, CTRL)
    room.press(KEY.Key_Return)
    made = next(p for p in room.workspace.pain_points.values() if p.title.startswith("very"))
    assert len(made.title) <= 200
    assert made.evidence == long


def test_a_card_written_anew_at_length_keeps_what_was_noted_before(room):
    room.enter("Late")
    room.press(KEY.Key_Up)
    pain = room.pain("Late")
    room.session.document.run(Set(Ref(Kind.PAIN_POINT, pain.id), evidence="Heard at the desk"))
    long = "very " * 60 + "late"
    QGuiApplication.clipboard().setText(long)
    room.press(KEY.Key_F2)
    room.press(KEY.Key_V, CTRL)
    room.press(KEY.Key_Return)
    made = room.workspace.pain_points[pain.id]
    assert made.title.startswith("very")
    assert made.evidence == f"{long}\n\nHeard at the desk"


def test_an_empty_journey_is_built_in_the_workshop(open_room):
    from journey.model.ids import JourneyId
    from journey.model.map import Journey
    from journey.model.workspace import Workspace

    room = open_room(Workspace("New", [Journey(JourneyId("j"), "New")]))
    assert room.screen.sort is Sort.STAGE
    room.enter("Use")
    assert [s.name for s in ordered_stages(room.workspace, JourneyId("j"))] == ["Use"]
    assert room.screen.sort is Sort.TOUCHPOINT
    room.enter("Delivery")
    room.enter("No notice")
    assert room.titles() == {"Delivery": ["No notice"]}


def test_selection_is_shared_and_where_one_was_is_kept(room):
    room.enter("No notice")
    selected = room.screen.wall.current
    assert selected is not None
    assert selected.kind is Kind.PAIN_POINT
    left = []
    room.screen.left.connect(lambda: left.append(True))
    room.press(KEY.Key_Escape)
    assert left == [True]
    assert not room.screen.isVisible()
    assert room.session.selection.current == selected


@pytest.mark.parametrize("how", ["escape", "close"])
def test_words_in_the_line_are_kept_when_the_workshop_ends(room, how):
    notes = []
    room.screen.noted.connect(lambda icon, text: notes.append(text))
    room.press(KEY.Key_Tab)
    room.type("Half a sen")
    if how == "escape":
        room.press(KEY.Key_Escape)
    else:
        room.screen.close()
    assert room.titles()["First app login"] == ["Half a sen"]
    assert room.screen.bar.line.text() == ""
    assert "Half a sen" in notes[0]
    room.session.document.undo_stack.undo()
    assert room.titles()["First app login"] == []


def test_an_improvement_half_typed_with_no_pain_point_becomes_one(room):
    room.type("*Text mess")
    room.press(KEY.Key_Escape)
    assert room.titles()["Card delivery"] == ["Text mess"]


def test_a_card_half_written_anew_is_kept_too(room):
    room.enter("No notice")
    room.press(KEY.Key_F2)
    QTest.keyClicks(room.screen.wall.editor, "No no")
    room.screen.leave()
    assert room.titles()["Card delivery"] == ["No no"]


def test_a_question_half_typed_is_kept_too(room):
    room.press(KEY.Key_F3)
    room.type("What else?")
    room.screen.leave()
    assert room.workspace.journeys["j"].layout["workshop"]["questions"] == {"s0": "What else?"}


def test_what_is_edited_elsewhere_is_on_the_wall(room):
    from journey.edit import AddPainPoint

    pain = PainPoint("px", "j", "From the map", "t0")
    room.session.document.run(AddPainPoint(pain))
    assert "From the map" in [c.words for c in room.screen.wall.cards()]


def test_what_is_revealed_fades_in_and_a_word_typed_meanwhile_ends_it(room, monkeypatch):
    monkeypatch.setattr("ui.workshop.fade.is_motion_reduced", lambda: False)
    wall, running = room.screen.wall, QAbstractAnimation.State.Running
    room.screen.reveal()
    assert wall.fade.state() == running
    assert wall.fade.duration() == REVEAL_MS == 250
    wall.fade.setCurrentTime(100)
    halfway = wall.viewport().grab().toImage()
    wall.fade.setCurrentTime(REVEAL_MS)
    assert wall.fade.state() != running
    assert wall.viewport().grab().toImage() != halfway
    room.screen.reveal()
    assert wall.fade.state() == running
    room.screen.doing.capture("Nobody called back")
    assert wall.fade.state() != running
    assert "Nobody called back" in [card.words for card in wall.cards()]


def test_reduced_motion_reveals_at_once(room, monkeypatch):
    monkeypatch.setattr("ui.workshop.fade.is_motion_reduced", lambda: True)
    room.screen.reveal()
    assert room.screen.wall.fade.state() != QAbstractAnimation.State.Running
    assert room.screen.revealed == MEASURED
