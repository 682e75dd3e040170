"""The flow: what the mouse does, one selection with all other views, everything undone."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from journey.edit import AddTouchpoint, Remove, Rename, Set
from journey.model.ids import JourneyId, Kind, Ref, SegmentId, StageId, TouchpointId, TransitionId
from journey.model.map import Transition
from ui.flow.touch import handle_of

J = JourneyId("j")
Key = Qt.Key


def touchpoint(node: str) -> Ref:
    return Ref(Kind.TOUCHPOINT, node)


def test_a_click_selects_a_card_for_every_view(hand) -> None:
    hand.click(hand.card("t2"))
    assert hand.view.selection.refs == (touchpoint("t2"),)
    assert hand.view.scene.shown.nodes == {"t2"}
    hand.click(hand.card("t3"), Qt.KeyboardModifier.ControlModifier)
    assert set(hand.view.selection.refs) == {touchpoint("t2"), touchpoint("t3")}
    hand.click(hand.at(*(v - 30 for v in (hand.box("t0").x, hand.box("t0").y))))
    assert hand.view.selection.refs == ()


def test_a_click_on_a_count_or_a_line_selects_the_arrow_and_rings_its_cards(hand) -> None:
    hand.click(hand.arrow(("t2", "t3")))
    assert hand.view.selection.refs == (Ref(Kind.TRANSITION, "x4"),)
    assert hand.view.scene.shown.pairs == {("t2", "t3")}
    assert hand.view.scene.shown.ringed == {"t2", "t3"}
    hand.view.choose_nothing()
    line = hand.view.board.lines["t3", "t4"]
    hand.click(hand.at(*line.samples[2]))
    assert hand.view.selection.current == Ref(Kind.TRANSITION, "x5")


def test_what_another_view_selects_is_selected_here(hand) -> None:
    hand.view.selection.set(Ref(Kind.TRANSITION, "x4"))
    assert hand.view.scene.shown.pairs == {("t2", "t3")}
    hand.view.selection.set(Ref(Kind.PAIN_POINT, "p"))
    assert hand.view.scene.shown.ringed == {"t2"}
    hand.view.selection.set(Ref(Kind.STAGE, "s1"))
    assert hand.view.scene.shown.nodes == frozenset()


def test_a_dragged_card_stays_where_it_is_put_and_undo_brings_it_back(hand) -> None:
    before = hand.box("t1")
    start = hand.card("t1")
    hand.drag(start, start + QPoint(12, 80))
    box = hand.box("t1")
    assert (box.x - before.x, box.y - before.y) == (12, 80)
    kept = hand.workspace.journeys[J].layout["flow"]
    band = hand.view.board.layout.bands[0]
    assert kept == {"t1": [round(box.x - band.left), round(box.y)]}
    assert hand.desk.undo_stack.count() == 1
    assert hand.desk.undo_stack.text(0) == "Move touchpoint “Page”"
    hand.desk.undo_stack.undo()
    assert hand.box("t1") == before
    hand.desk.undo_stack.redo()
    assert hand.box("t1") == box


def test_the_arrows_follow_a_card_while_it_is_dragged(hand) -> None:
    start = hand.card("t1")
    tip = hand.view.board.lines["t0", "t1"].route.tip
    hand.press(start)
    hand.move(start + QPoint(0, 40))
    hand.move(start + QPoint(0, 90))
    assert hand.view.board.lines["t0", "t1"].route.tip[1] == pytest.approx(tip[1] + 90)
    assert hand.desk.undo_stack.count() == 0
    hand.key(Key.Key_Escape)
    assert hand.view.board.lines["t0", "t1"].route.tip == tip
    hand.release(start)
    assert hand.desk.undo_stack.count() == 0


def test_several_cards_are_dragged_together_as_one_step(hand) -> None:
    hand.click(hand.card("t0"))
    hand.click(hand.card("t1"), Qt.KeyboardModifier.ControlModifier)
    apart = hand.box("t1").y - hand.box("t0").y
    start = hand.card("t0")
    hand.drag(start, start + QPoint(0, 60))
    assert hand.box("t1").y - hand.box("t0").y == apart
    assert set(hand.workspace.journeys[J].layout["flow"]) == {"t0", "t1"}
    assert hand.desk.undo_stack.count() == 1


def test_a_card_dropped_on_another_stage_goes_there_as_one_step(hand) -> None:
    start = hand.card("t1")
    hand.drag(start, hand.card("t3") + QPoint(0, 90))
    assert hand.workspace.touchpoints[TouchpointId("t1")].stage == "s1"
    assert hand.view.board.layout.band_of("t1").stage == "s1"
    assert hand.desk.undo_stack.count() == 1
    hand.desk.undo_stack.undo()
    assert hand.workspace.touchpoints[TouchpointId("t1")].stage == "s0"
    assert hand.workspace.journeys[J].layout == {}


def test_a_locked_journey_keeps_its_stages_but_lets_cards_be_moved(hand) -> None:
    hand.desk.run(Set(Ref(Kind.JOURNEY, J), locked=True))
    start = hand.card("t1")
    hand.drag(start, hand.card("t3") + QPoint(0, 90))
    assert hand.workspace.touchpoints[TouchpointId("t1")].stage == "s0"
    assert hand.box("t1").right < hand.view.board.layout.bands[0].right


def test_reset_layout_forgets_places_and_can_be_undone(hand) -> None:
    before = dict(hand.view.board.layout.boxes)
    start = hand.card("t1")
    hand.drag(start, start + QPoint(0, 80))
    moved = hand.box("t1")
    hand.view.acts.reset_layout()
    assert hand.view.board.layout.boxes == before
    assert hand.workspace.journeys[J].layout == {}
    hand.desk.undo_stack.undo()
    assert hand.box("t1") == moved


def handle(hand, node: str) -> QPoint:
    hand.move(hand.card(node))
    place = handle_of(hand.box(node))
    assert hand.view.scene.over.handle == place
    return hand.at(place.x(), place.y())


def test_dragging_from_a_handle_draws_an_arrow(hand) -> None:
    at = handle(hand, "t3")
    hand.move(at)
    hand.drag(at, hand.card("t5"))
    assert ("t3", "t5") in hand.pairs()
    drawn = next(t for t in hand.workspace.transitions.values() if t.target == "t5" != t.source)
    assert drawn.count is None or drawn.count == 60
    assert hand.view.current_pair == ("t3", "t5")
    hand.desk.undo_stack.undo()
    assert ("t3", "t5") not in hand.pairs()


def test_an_arrow_is_drawn_to_those_who_stay_and_to_itself(hand) -> None:
    at = handle(hand, "t3")
    hand.move(at)
    hand.drag(at, hand.card("retained"))
    assert ("t3", "retained") in hand.pairs()
    at = handle(hand, "t3")
    hand.move(at)
    hand.drag(at, hand.card("t3"))
    assert ("t3", "t3") in hand.pairs()


def test_an_arrow_that_is_there_is_selected_and_one_to_nowhere_is_not_drawn(hand) -> None:
    at = handle(hand, "t2")
    hand.move(at)
    hand.drag(at, hand.card("t3"))
    assert hand.desk.undo_stack.count() == 0
    assert hand.view.current_pair == ("t2", "t3")
    at = handle(hand, "t2")
    hand.move(at)
    hand.drag(at, hand.at(hand.box("t2").x + 30, hand.view.board.layout.height - 8))
    assert hand.desk.undo_stack.count() == 0
    assert hand.view.scene.over.link is None


def test_cards_stay_where_they_are_while_arrows_are_drawn(hand) -> None:
    before = dict(hand.view.board.layout.boxes)
    for pair in (("t1", "t5"), ("t5", "t0"), ("t3", "t0")):
        hand.view.acts.draw(*pair)
        assert hand.view.board.layout.boxes == before


def test_a_double_click_renames_a_card_where_it_stands(hand) -> None:
    hand.double_click(hand.card("t2"))
    assert hand.view.editing.editor.toPlainText() == "Form"
    hand.type("Sign up")
    hand.key(Key.Key_Return)
    assert hand.workspace.touchpoints[TouchpointId("t2")].name == "Sign up"
    assert hand.view.canvas.hasFocus()
    hand.double_click(hand.card("t2"))
    hand.type("x")
    hand.key(Key.Key_Escape)
    assert hand.workspace.touchpoints[TouchpointId("t2")].name == "Sign up"


def test_a_double_click_edits_a_count(hand) -> None:
    hand.double_click(hand.arrow(("t2", "t3")))
    assert hand.view.editing.editor.toPlainText() == "500"
    hand.type("1 250")
    hand.key(Key.Key_Return)
    assert hand.workspace.transitions[TransitionId("x4")].count == 1250
    assert hand.view.board.lines["t2", "t3"].width == 22.0
    hand.double_click(hand.arrow(("t2", "t3")))
    hand.key(Key.Key_Delete)
    hand.key(Key.Key_Return)
    assert hand.workspace.transitions[TransitionId("x4")].count is None


def test_a_count_that_is_none_is_said_and_changes_nothing(hand, qtbot) -> None:
    hand.double_click(hand.arrow(("t2", "t3")))
    hand.type("many")
    with qtbot.waitSignal(hand.view.noted) as said:
        hand.key(Key.Key_Return)
    assert said.args[1] == "A count is a number from 0 up."
    assert hand.workspace.transitions[TransitionId("x4")].count == 500


def test_delete_removes_the_arrow_and_selects_its_card(hand) -> None:
    hand.click(hand.arrow(("t2", "t3")))
    hand.key(Key.Key_Delete)
    assert ("t2", "t3") not in hand.pairs()
    assert hand.view.current_node == "t2"
    hand.desk.undo_stack.undo()
    assert ("t2", "t3") in hand.pairs()


def test_delete_removes_a_card_with_its_arrows_and_undo_brings_all_back(hand) -> None:
    before = hand.workspace.copy()
    hand.click(hand.card("t2"))
    hand.key(Key.Key_Delete)
    assert TouchpointId("t2") not in hand.workspace.touchpoints
    assert not any("t2" in pair for pair in hand.view.board.lines)
    hand.desk.undo_stack.undo()
    assert hand.workspace == before
    assert ("t2", "t3") in hand.view.board.lines


def test_the_bank_of_widths_is_linear_in_the_volume(hand) -> None:
    lines = hand.view.board.lines
    assert lines["start", "t0"].width == 22.0
    assert lines["t2", "t3"].width == pytest.approx(22.0 * 500 / 900)
    assert lines["t5", "retained"].width == 1.5


def test_what_another_view_changes_is_followed(hand) -> None:
    hand.desk.run(Rename(touchpoint("t0"), "A very long name that takes lines of its own"))
    assert hand.box("t0").height > 66
    hand.desk.run(AddTouchpoint(StageId("s0"), "Fair", touchpoint=TouchpointId("t9")))
    assert "t9" in hand.view.board.layout.boxes
    hand.desk.run(Set(Ref(Kind.TRANSITION, "x0"), count=90.0))
    assert hand.view.board.lines["t2", "t3"].width == 22.0
    hand.desk.run(Remove(Ref(Kind.STAGE, "s2")))
    assert [b.stage for b in hand.view.board.layout.bands] == ["s0", "s1"]


def wheel(hand, delta: int, *, ctrl: bool) -> None:
    place = QPointF(300, 300)
    held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    where = hand.viewport.mapToGlobal(place)
    event = QWheelEvent(place, where, QPoint(), QPoint(0, delta), none, held, phase, False)
    QApplication.sendEvent(hand.viewport, event)


def test_the_wheel_zooms_with_control_at_the_pointer(hand) -> None:
    canvas = hand.view.canvas
    canvas.set_zoom(2.0)
    canvas.horizontalScrollBar().setValue(200)
    under = canvas.scene_at(QPointF(300, 300))
    wheel(hand, 120, ctrl=True)
    assert canvas.zoom > 2.0
    again = canvas.scene_at(QPointF(300, 300))
    assert abs(again.x() - under.x()) < 2
    top = canvas.verticalScrollBar().value()
    wheel(hand, -120, ctrl=False)
    assert canvas.verticalScrollBar().value() > top


@pytest.mark.parametrize("way", ["space", "middle"])
def test_space_or_the_middle_button_pans(hand, way) -> None:
    canvas = hand.view.canvas
    canvas.set_zoom(2.0)
    canvas.horizontalScrollBar().setValue(200)
    start = hand.card("t2")
    button = Qt.MouseButton.LeftButton
    if way == "space":
        hand.key(Key.Key_Space)
        hand.view.gestures.space_held = True
    else:
        button = Qt.MouseButton.MiddleButton
    hand.press(start, button)
    hand.move(start - QPoint(50, 0))
    hand.release(start - QPoint(50, 0), button)
    assert canvas.horizontalScrollBar().value() == 250
    assert hand.view.selection.refs == ()


def test_control_and_zero_fits_and_the_bar_tells_the_scale(hand) -> None:
    canvas = hand.view.canvas
    hand.view.resize(700, 520)
    canvas.set_zoom(2.0)
    assert hand.view.toolbar.zoom.label.text().startswith("200")
    hand.key(Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    whole = hand.view.scene.extent()
    assert canvas.zoom * whole.width() <= canvas.viewport().width() + 1
    assert canvas.zoom * whole.height() <= canvas.viewport().height() + 1
    hand.key(Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert canvas.zoom > 0.3


def test_the_stage_header_selects_a_stage(hand, qtbot) -> None:
    stages = hand.view.canvas.stages
    place = stages.band_rect(hand.view.board.layout.bands[1]).center().toPoint()
    qtbot.mouseClick(stages, Qt.MouseButton.LeftButton, pos=place)
    assert hand.view.selection.refs == (Ref(Kind.STAGE, "s1"),)


def test_the_minimum_share_hides_rare_arrows_and_says_how_many(hand) -> None:
    hand.view.toolbar.share.setValue(20)
    lines = hand.view.board.lines
    assert ("t4", "t5") not in lines  # 60 of 360
    assert ("t2", "lost") in lines  # what is lost stays
    assert hand.view.toolbar.hidden_words.text() == "hides 1"
    hand.view.toolbar.share.setValue(0)
    assert ("t4", "t5") in hand.view.board.lines


def test_a_segment_shows_its_own_counts(hand) -> None:
    hand.desk.workspace.put(Transition(TransitionId("y"), J, "t0", "t1", SegmentId("g"), 77.0))
    hand.view.menus.segments.aboutToShow.emit()
    entries = {a.text(): a for a in hand.view.menus.segments.actions()}
    entries["Students"].trigger()
    assert hand.view.board.segment == "g"
    arrow = hand.view.board.arrow(("t0", "t1"))
    assert arrow.count == 77
    assert hand.view.toolbar.segment.text() == "Segment Students"
    hand.view.acts.set_count(("t0", "t1"), "80")
    assert hand.workspace.transitions[TransitionId("y")].count == 80
    assert hand.workspace.transitions[TransitionId("x1")].count == 400


def test_a_reading_only_workspace_is_shown_and_not_changed(hand) -> None:
    hand.desk.read_only = True
    before = hand.workspace.copy()
    start = hand.card("t1")
    hand.drag(start, start + QPoint(0, 80))
    hand.double_click(hand.card("t2"))
    assert not hand.view.editing.is_active
    hand.click(hand.card("t2"))
    hand.key(Key.Key_L)
    assert not hand.view.keys.is_linking
    assert hand.workspace == before


def menu_of(hand, node=None, pair=None) -> dict[str, object]:
    from ui.flow.touch import Touch

    touch = None if node is None and pair is None else Touch(node=node, pair=pair)
    hand.view.menus.open(touch, hand.viewport.mapToGlobal(QPoint(5, 5)))
    actions = {a.text(): a for a in hand.view.menus.context.actions() if a.text()}
    hand.view.menus.context.hide()
    return actions


def test_the_menu_of_an_arrow_turns_it_around(hand) -> None:
    menu_of(hand, pair=("t2", "t3"))["Turn around"].trigger()
    assert ("t3", "t2") in hand.pairs()
    assert ("t2", "t3") not in hand.pairs()
    assert hand.view.current_pair == ("t3", "t2")
    assert not menu_of(hand, pair=("t5", "retained"))["Turn around"].isEnabled()


def test_the_menu_of_a_card_says_where_it_leads_and_draws(hand) -> None:
    actions = menu_of(hand, node="t2")
    leads = {a.text(): a for a in actions["Leads to"].menu().actions()}
    assert leads["Lost"].isChecked()
    assert not leads["Retained"].isChecked()
    leads["Retained"].trigger()
    assert ("t2", "retained") in hand.pairs()
    menu_of(hand, node="t1")["Starts here"].trigger()
    assert ("start", "t1") in hand.pairs()
    menu_of(hand, node="t1")["Starts here"].trigger()
    assert ("start", "t1") not in hand.pairs()


def test_the_menu_of_the_canvas_arranges(hand) -> None:
    start = hand.card("t1")
    hand.drag(start, start + QPoint(0, 80))
    assert "Put it back in its place" in menu_of(hand, node="t1")
    menu_of(hand)["Reset layout"].trigger()
    assert hand.workspace.journeys[J].layout == {}
    assert "Put it back in its place" not in menu_of(hand, node="t1")
