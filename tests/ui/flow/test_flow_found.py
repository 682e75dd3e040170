"""Drawn against found: what a log counted is shown beside the drawn path, and drawn on a click."""

from PySide6.QtCore import QPoint, Qt

from journey.graph.arrows import Standing
from journey.graph.found import Found
from journey.model.ids import JourneyId, Kind, Ref
from ui.flow.filters import Show

J = JourneyId("j")


def test_missing_unseen_and_different_arrows_are_told_apart(hand, found) -> None:
    hand.view.set_found(found)
    lines = hand.view.board.lines
    assert lines["t5", "t4"].arrow.standing is Standing.MISSING
    assert lines["t5", "t4"].label_text == "25"
    assert lines["t5", "t4"].ticks
    assert lines["t3", "t3"].label_text == "again\u00a030"
    assert lines["t4", "t5"].arrow.standing is Standing.UNSEEN
    assert lines["t4", "t5"].label_text == "drawn, 0 found"
    assert lines["t3", "t4"].arrow.standing is Standing.DIFFERENT
    assert lines["t3", "t4"].label_text == "430,\u00a0drawn\u00a0450"
    assert not lines["t2", "t3"].ticks


def test_the_sentence_says_how_far_the_path_is_followed(hand, found) -> None:
    assert hand.view.sentence.isHidden()
    hand.view.set_found(found)
    text = hand.view.sentence.text()
    assert text.startswith("App log · 98\u00a0% of passages follow the drawn path")
    assert "2 transitions found that nobody drew" in text
    assert "1 drawn that nobody takes" in text
    hand.view.set_found(None)
    assert hand.view.sentence.isHidden()


def plus(hand, pair) -> QPoint:
    label = hand.view.board.lines[pair].label
    return hand.at(label.left() + 9, label.center().y())


def test_a_click_on_the_plus_draws_the_arrow_with_its_count(hand, found) -> None:
    hand.view.set_found(found)
    hand.click(plus(hand, ("t5", "t4")))
    drawn = [t for t in hand.workspace.transitions.values() if (t.source, t.target) == ("t5", "t4")]
    assert [t.count for t in drawn] == [25.0]
    assert hand.view.board.lines["t5", "t4"].arrow.standing is Standing.COUNTED
    assert hand.view.selection.current == Ref(Kind.TRANSITION, drawn[0].id)
    hand.desk.undo_stack.undo()
    assert hand.view.board.lines["t5", "t4"].arrow.standing is Standing.MISSING


def test_beside_arrows_nobody_counted_no_count_is_kept(hand, found) -> None:
    # One counted arrow among uncounted ones would carry all the weight in the ranking.
    for transition in list(hand.workspace.transitions):
        hand.view.acts.set_count(hand.view.board.pair_of(Ref(Kind.TRANSITION, transition)), "")
    hand.view.set_found(found)
    hand.click(plus(hand, ("t5", "t4")))
    assert all(t.count is None for t in hand.workspace.transitions.values())
    assert hand.view.board.lines["t5", "t4"].arrow.count == 25


def test_enter_draws_a_chosen_arrow_that_was_only_found(hand, found) -> None:
    hand.view.set_found(found)
    hand.view.choose_node("t5")
    hand.key(Qt.Key.Key_Right)
    while hand.view.current_pair != ("t5", "t4"):
        hand.key(Qt.Key.Key_Up)
    assert hand.view.selection.refs == ()
    assert "found, not drawn" in hand.view.canvas.accessibleDescription()
    hand.key(Qt.Key.Key_Return)
    assert ("t5", "t4") in hand.pairs()


def test_all_that_was_found_is_drawn_as_one_step(hand, found) -> None:
    hand.view.set_found(found)
    hand.view.menus.arranging.aboutToShow.emit()
    entries = {a.text(): a for a in hand.view.menus.arranging.actions()}
    entries["Draw all that was found (2)"].trigger()
    assert {("t5", "t4"), ("t3", "t3")} <= hand.pairs()
    assert hand.desk.undo_stack.count() == 1
    assert hand.desk.undo_stack.text(0) == "Add 2 transitions"


def test_the_bar_shows_drawn_found_or_both(hand, found) -> None:
    bar = hand.view.toolbar
    assert bar.show_what.isHidden()
    hand.view.set_found(found)
    assert bar.show_what.isVisible()
    bar.show_what.chosen.emit(Show.DRAWN.value)
    assert ("t5", "t4") not in hand.view.board.lines
    assert ("t4", "t5") in hand.view.board.lines
    bar.show_what.chosen.emit(Show.FOUND.value)
    assert ("t5", "t4") in hand.view.board.lines
    assert ("t4", "t5") not in hand.view.board.lines


def test_a_segment_of_the_log_is_shown_alone(hand, found) -> None:
    hand.view.set_found(found)
    hand.view.show_segment("g")
    assert hand.view.board.arrow(("t0", "t1")).count == 90
    assert hand.view.board.arrow(("t2", "t3")).standing is Standing.UNSEEN


def test_cases_are_those_of_the_log(hand, found) -> None:
    hand.view.set_found(Found(found.counts, {}, 1800))
    assert hand.view.board.entered == 1800
    hand.view.set_found(None)
    assert hand.view.board.entered == 900
    assert hand.view.board.lost == [200, 150, None]
    assert hand.view.board.stayed() == 340
