"""The map as people use it: every edit by mouse and key, and back again by undo."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QPainter, QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu

from journey.edit import Rename, Set
from journey.model.ids import (
    JourneyId,
    Kind,
    LaneId,
    LeaderId,
    NoteId,
    PainPointId,
    Ref,
    StageId,
    TouchpointId,
)
from journey.model.map import JudgedExperience
from journey.model.template import new_workspace
from journey.model.workspace import ordered_stages, ordered_touchpoints
from ui.map.cursor import Cursor, ref_at
from ui.map.experience import judged_value
from ui.map.figures import MapFigures
from ui.map.lanes import LaneKind

Control = Qt.KeyboardModifier.ControlModifier
Shift = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key
PAINS, TOUCHPOINTS = LaneKind.PAIN_POINTS, LaneKind.TOUCHPOINTS


def names(hand) -> list[str]:
    return [t.name for t in ordered_touchpoints(hand.workspace, hand.view.journey)]


def pains(hand, touchpoint: str) -> list[str]:
    mine = [p for p in hand.workspace.pain_points.values() if p.touchpoint == touchpoint]
    return [p.title for p in sorted(mine, key=lambda p: (p.position, p.id))]


def undo_all(hand) -> None:
    while hand.desk.undo_stack.canUndo():
        hand.desk.undo_stack.undo()


def test_every_edit_of_a_session_is_undone_exactly(hand) -> None:
    before = hand.workspace.copy()
    hand.double_click(hand.card(1, TOUCHPOINTS))
    hand.key(Key.Key_A, Control)
    hand.type("Contract")
    hand.key(Key.Key_Tab)
    hand.drag(hand.card(0, TOUCHPOINTS), hand.card(1, TOUCHPOINTS) + QPoint(40, 0))
    hand.click(hand.card(2, PAINS))
    hand.key(Key.Key_5)
    hand.key(Key.Key_D, Control)
    hand.key(Key.Key_Delete)
    assert hand.desk.undo_stack.count() == 5
    assert hand.workspace != before
    undo_all(hand)
    assert hand.workspace == before
    assert [c.touchpoint.name for c in hand.view.layout_now.columns] == names(hand)


def test_click_selects_and_tints_the_column(hand) -> None:
    hand.click(hand.card(2, PAINS))
    assert hand.view.selection.refs == (Ref(Kind.PAIN_POINT, "p2"),)
    assert hand.view.scene.shown.tinted == {2}
    hand.click(hand.card(0, PAINS), Control)
    assert [r.id for r in hand.view.selection.refs] == ["p2", "p0"]
    hand.click(hand.card(0, PAINS, 1))
    hand.click(hand.card(2, PAINS), Shift)
    assert [r.id for r in hand.view.selection.refs] == ["p1", "p2"]


def test_a_selection_made_elsewhere_is_shown_and_scrolled_to(hand) -> None:
    hand.view.canvas.set_zoom(4.0)
    hand.view.selection.set(Ref(Kind.PAIN_POINT, "p2"))
    box = hand.view.layout_now.block_box(2, hand.lane(PAINS), 0)
    seen = hand.view.canvas.visible()
    assert seen.x <= box.x
    assert box.right <= seen.right + 1
    assert hand.view.cell == Cursor(2, hand.lane(PAINS), 0)


def test_double_click_renames_in_place_and_escape_leaves_it(hand) -> None:
    hand.double_click(hand.card(0, TOUCHPOINTS))
    assert hand.view.editor.toPlainText() == "Application"
    hand.type("New name")
    hand.key(Key.Key_Escape)
    assert names(hand)[0] == "Application"
    assert not hand.desk.undo_stack.canUndo()
    hand.double_click(hand.card(0, TOUCHPOINTS))
    hand.type("Online form")
    hand.key(Key.Key_Return)
    assert names(hand)[0] == "Online form"
    hand.desk.undo_stack.undo()
    assert names(hand)[0] == "Application"


def test_the_editor_lies_over_its_card_with_the_text_where_it_was(hand) -> None:
    hand.double_click(hand.card(0, PAINS))
    card = hand.view.canvas.box_on_canvas(hand.view.layout_now.block_box(0, hand.lane(PAINS), 0))
    assert hand.view.editor.geometry().topLeft() == card.toAlignedRect().topLeft()
    text = hand.view.editor.cursorRect(hand.view.editor.textCursor())
    left = hand.view.editor.viewport().mapTo(hand.view.editor, QPoint(0, 0)).x()
    assert left == 10
    assert text.height() <= 18


def test_what_is_typed_survives_a_click_elsewhere(hand) -> None:
    hand.double_click(hand.card(0, TOUCHPOINTS))
    hand.type("Kept")
    hand.click(hand.card(2, TOUCHPOINTS))
    assert names(hand)[0] == "Kept"


def test_typing_on_a_card_replaces_its_text(hand) -> None:
    hand.click(hand.card(0, PAINS))
    hand.type("Loses entries")
    hand.key(Key.Key_Return)
    assert hand.workspace.pain_points[PainPointId("p0")].title == "Loses entries"


def test_enter_captures_pain_points_one_after_the_other(hand) -> None:
    hand.click(hand.card(0, PAINS, 1))
    hand.key(Key.Key_F2)
    hand.key(Key.Key_Return)
    for title in ("Third", "Fourth"):
        hand.type(title)
        hand.key(Key.Key_Return)
    assert pains(hand, "t0") == ["Form forgets", "No next step", "Third", "Fourth"]
    assert hand.view.cell == Cursor(0, hand.lane(PAINS), 4)


def test_tab_goes_along_the_row_and_back(hand) -> None:
    hand.click(hand.card(0, TOUCHPOINTS))
    for expected in (1, 2):
        hand.key(Key.Key_Tab)
        assert hand.view.cell == Cursor(expected, hand.lane(TOUCHPOINTS))
    hand.key(Key.Key_Backtab)
    assert hand.view.selection.refs == (Ref(Kind.TOUCHPOINT, "t1"),)


def test_arrows_walk_over_every_cell(hand) -> None:
    hand.click(hand.card(0, "la"))
    seen = []
    for _ in range(20):
        ref = ref_at(hand.view.layout_now, hand.view.cell)
        seen.append((hand.view.cell.lane, ref.id if ref else None))
        hand.key(Key.Key_Down)
    walked = [lane for lane, _ in dict.fromkeys(seen)]
    assert sorted(set(walked)) == list(range(len(hand.view.layout_now.lanes)))
    assert (hand.lane(PAINS), "p0") in seen
    assert (hand.lane(PAINS), "p1") in seen
    hand.key(Key.Key_Right)
    assert hand.view.cell.column == 1
    hand.key(Key.Key_End)
    assert hand.view.cell.column == 2
    hand.key(Key.Key_Home)
    assert hand.view.cell.column == 0


def test_an_empty_cell_selects_nothing_so_delete_deletes_nothing(hand) -> None:
    hand.click(hand.card(0, TOUCHPOINTS))
    hand.key(Key.Key_Right)
    hand.view.go(Cursor(1, hand.lane(PAINS)))
    assert hand.view.selection.refs == ()
    hand.key(Key.Key_Delete)
    assert not hand.desk.undo_stack.canUndo()


def test_a_touchpoint_is_dragged_within_and_between_stages(hand) -> None:
    hand.drag(hand.card(0, TOUCHPOINTS), hand.card(1, TOUCHPOINTS) + QPoint(40, 0))
    assert names(hand) == ["Signing", "Application", "Delivery"]
    hand.drag(hand.card(0, TOUCHPOINTS), hand.card(2, TOUCHPOINTS) + QPoint(40, 0))
    assert names(hand) == ["Application", "Delivery", "Signing"]
    assert hand.workspace.touchpoints[TouchpointId("t1")].stage == "s1"
    undo_all(hand)
    assert names(hand) == ["Application", "Signing", "Delivery"]


def test_dropping_a_card_where_it_was_is_no_edit(hand) -> None:
    start = hand.card(0, TOUCHPOINTS)
    hand.drag(start, start + QPoint(30, 10))
    assert not hand.desk.undo_stack.canUndo()


def test_the_last_touchpoint_leaves_its_stage_a_place_to_drop_at(hand) -> None:
    hand.drag(hand.card(2, TOUCHPOINTS), hand.card(0, TOUCHPOINTS) - QPoint(50, 0))
    assert names(hand) == ["Delivery", "Application", "Signing"]
    layout = hand.view.layout_now
    assert layout.spans[1].touchpoints == 0
    cell = hand.centre(layout.cell_box(3, hand.lane(TOUCHPOINTS)))
    hand.drag(hand.card(0, TOUCHPOINTS), cell)
    assert hand.workspace.touchpoints[TouchpointId("t2")].stage == "s1"


def test_a_pain_point_is_dragged_to_another_touchpoint_and_place(hand) -> None:
    target = hand.card(2, PAINS) - QPoint(0, 30)
    hand.drag(hand.card(0, PAINS, 1), target)
    assert pains(hand, "t2") == ["No next step", "No notice"]
    assert pains(hand, "t0") == ["Form forgets"]
    hand.desk.undo_stack.undo()
    assert pains(hand, "t0") == ["Form forgets", "No next step"]


def test_selected_pain_points_move_together_as_one_step(hand) -> None:
    hand.click(hand.card(0, PAINS))
    hand.click(hand.card(0, PAINS, 1), Control)
    hand.drag(hand.card(0, PAINS), hand.card(2, PAINS) + QPoint(0, 30))
    assert pains(hand, "t2") == ["No notice", "Form forgets", "No next step"]
    assert hand.desk.undo_stack.count() == 1


def test_a_drag_shows_a_mark_and_escape_gives_it_up(hand) -> None:
    start, end = hand.card(0, TOUCHPOINTS), hand.card(2, TOUCHPOINTS)
    hand.press(start)
    hand.move(start + QPoint(40, 0))
    hand.move(end)
    over = hand.view.scene.over
    assert over.drop is not None
    assert over.lifted is not None
    hand.key(Key.Key_Escape)
    assert over.drop is None
    assert over.lifted is None
    hand.release(end)
    assert not hand.desk.undo_stack.canUndo()


def test_a_refused_place_shows_no_mark(hand) -> None:
    start = hand.card(0, TOUCHPOINTS)
    hand.press(start)
    hand.move(start + QPoint(40, 0))
    hand.move(hand.at(hand.view.layout_now.width + 60, 300))
    assert hand.view.scene.over.drop is None
    hand.release(start)


def test_a_note_is_dragged_under_another_touchpoint(hand) -> None:
    lane = hand.lane("la")
    target = hand.centre(hand.view.layout_now.cell_box(2, lane))
    hand.drag(hand.card(0, "la"), target)
    assert hand.workspace.notes[NoteId("n0")].touchpoint == "t2"


def handle(hand, column: int) -> QPoint:
    layout = hand.view.layout_now
    lane = layout.lane_of(LaneKind.EXPERIENCE)
    judged = layout.experience.points[column].judged or 0.0
    return hand.at((column + 0.5) * layout.shape.column, layout.lanes[lane].top +
                   layout.experience.y(judged))  # fmt: skip


def test_the_judged_line_is_dragged_live_and_makes_one_command(hand) -> None:
    start = handle(hand, 0)
    hand.press(start)
    seen = []
    for step in (-10, -20, -40):
        hand.move(start + QPoint(0, step))
        seen.append(hand.view.scene.shown.held.value)
    hand.release(start + QPoint(0, -40))
    assert seen == sorted(seen)
    assert seen[-1] > 10
    touchpoint = hand.workspace.touchpoints[TouchpointId("t0")]
    assert judged_value(touchpoint, None) == seen[-1]
    assert hand.desk.undo_stack.count() == 1
    hand.desk.undo_stack.undo()
    touchpoint = hand.workspace.touchpoints[TouchpointId("t0")]
    assert judged_value(touchpoint, None) == 0.0


def test_a_judgement_can_be_dragged_to_both_ends_of_the_scale(hand) -> None:
    start = handle(hand, 0)
    hand.drag(start, start - QPoint(0, 2000))
    assert judged_value(hand.workspace.touchpoints[TouchpointId("t0")], None) == 100.0
    start = handle(hand, 0)
    hand.drag(start, start + QPoint(0, 2000))
    assert judged_value(hand.workspace.touchpoints[TouchpointId("t0")], None) == -100.0


def test_a_focused_handle_moves_by_arrows_and_judges_once(hand) -> None:
    hand.view.go(Cursor(1, hand.lane(LaneKind.EXPERIENCE)))
    hand.key(Key.Key_Return)
    hand.key(Key.Key_Up)
    hand.key(Key.Key_Up, Shift)
    hand.key(Key.Key_Down)
    hand.key(Key.Key_Up)
    hand.key(Key.Key_Return)
    assert judged_value(hand.workspace.touchpoints[TouchpointId("t1")], None) == 11.0
    assert hand.desk.undo_stack.count() == 1
    hand.key(Key.Key_Return)
    hand.key(Key.Key_Up)
    hand.key(Key.Key_Escape)
    assert hand.desk.undo_stack.count() == 1


def test_a_typed_number_judges(hand) -> None:
    hand.view.go(Cursor(1, hand.lane(LaneKind.EXPERIENCE)))
    hand.type("-30")
    hand.key(Key.Key_Return)
    assert judged_value(hand.workspace.touchpoints[TouchpointId("t1")], None) == -30.0


def test_digits_rate_pain_points(hand) -> None:
    hand.click(hand.card(0, PAINS, 1))
    hand.click(hand.card(2, PAINS), Control)
    hand.key(Key.Key_4)
    hand.key(Key.Key_2, Shift)
    for pain in ("p1", "p2"):
        found = hand.workspace.pain_points[PainPointId(pain)]
        assert (found.severity, found.frequency) == (4, 2)
    assert hand.desk.undo_stack.count() == 2
    assert hand.view.layout_now.columns[2].stacks[hand.lane(PAINS)][0].filled == (4, 2)


def test_delete_removes_a_touchpoint_with_what_hangs_on_it(hand) -> None:
    hand.click(hand.card(0, TOUCHPOINTS))
    hand.key(Key.Key_Delete)
    assert names(hand) == ["Signing", "Delivery"]
    assert set(hand.workspace.pain_points) == {"p2"}
    assert hand.view.selection.refs == ()
    hand.desk.undo_stack.undo()
    assert names(hand) == ["Application", "Signing", "Delivery"]
    assert len(hand.workspace.pain_points) == 3


def test_duplicate_sets_copies_beside_and_selects_them(hand) -> None:
    hand.click(hand.card(0, TOUCHPOINTS))
    hand.key(Key.Key_D, Control)
    assert names(hand) == ["Application", "Application", "Signing", "Delivery"]
    copy = hand.workspace.touchpoints[TouchpointId(hand.view.selection.refs[0].id)]
    assert copy.id != "t0"
    assert copy.channel == "Web"
    assert copy.judged_experience == (JudgedExperience(0.0),)
    hand.click(hand.card(0, PAINS))
    hand.key(Key.Key_D, Control)
    assert pains(hand, "t0") == ["Form forgets", "No next step", "Form forgets"]


def test_a_typed_owner_is_found_or_made(hand) -> None:
    owner = hand.lane(LaneKind.OWNER)
    hand.view.go(Cursor(0, owner))
    hand.type("ingrid solberg")
    hand.key(Key.Key_Return)
    assert hand.workspace.touchpoints[TouchpointId("t0")].owner == "l0"
    hand.view.go(Cursor(1, owner))
    hand.type("Marek Nowak")
    hand.key(Key.Key_Return)
    made = hand.workspace.touchpoints[TouchpointId("t1")].owner
    assert hand.workspace.leaders[made].name == "Marek Nowak"
    hand.desk.undo_stack.undo()
    assert len(hand.workspace.leaders) == 1


def test_a_free_place_offers_to_add_and_does_it_on_a_click(hand) -> None:
    layout = hand.view.layout_now
    box = layout.cell_box(1, hand.lane(PAINS))
    place = hand.at(box.x + 60, box.y + 20)
    hand.move(place)
    assert hand.view.scene.over.hover is not None
    hand.click(place)
    hand.type("App crashes")
    hand.key(Key.Key_Return)
    assert pains(hand, "t1") == ["App crashes"]


def test_an_improvement_needs_a_pain_point_to_address(hand) -> None:
    lane = hand.lane(LaneKind.IMPROVEMENTS)
    assert not hand.view.acts.edit(Cursor(1, lane))
    hand.view.acts.edit(Cursor(2, lane))
    hand.type("Send a message")
    hand.key(Key.Key_Return)
    made = [i for i in hand.workspace.improvements.values() if i.title == "Send a message"]
    assert made[0].addresses == ("p2",)


def test_an_empty_journey_is_filled_by_click_and_tab(open_map: Callable) -> None:
    hand = open_map(new_workspace("New", stages=("One", "Two")))
    assert hand.view.scene.shown.hint
    ghosts = hand.view.scene.shown.ghosts
    assert len(ghosts) == 2
    hand.click(hand.centre(ghosts[0][0]))
    hand.type("First")
    hand.key(Key.Key_Tab)
    hand.type("Second")
    hand.key(Key.Key_Return)
    assert names(hand) == ["First", "Second"]
    stages = [s.id for s in ordered_stages(hand.workspace, hand.view.journey)]
    assert [t.stage for t in ordered_touchpoints(hand.workspace, hand.view.journey)] == stages
    assert not hand.view.scene.shown.ghosts
    assert not hand.view.scene.shown.hint


def test_a_journey_without_stages_starts_with_one(open_map: Callable) -> None:
    hand = open_map(new_workspace("Bare", stages=()))
    hand.click(hand.centre(hand.view.scene.shown.ghosts[0][0]))
    hand.type("Start")
    hand.key(Key.Key_Return)
    assert [s.name for s in hand.workspace.stages.values()] == ["Start"]


def test_nothing_is_edited_in_a_read_only_workspace(hand) -> None:
    hand.desk.read_only = True
    assert not hand.view.acts.edit(Cursor(0, hand.lane(TOUCHPOINTS)))
    hand.drag(hand.card(0, TOUCHPOINTS), hand.card(2, TOUCHPOINTS))
    assert not hand.desk.undo_stack.canUndo()


def wheel(hand, place: QPoint, turn: int, modifiers: Qt.KeyboardModifier) -> None:
    canvas = hand.view.canvas
    event = QWheelEvent(
        QPointF(place), QPointF(canvas.viewport().mapToGlobal(place)), QPoint(), QPoint(0, turn),
        Qt.MouseButton.NoButton, modifiers, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas.viewport(), event)


def test_ctrl_wheel_zooms_at_the_pointer_between_25_and_400(hand) -> None:
    canvas, place = hand.view.canvas, QPoint(200, 200)
    canvas.set_zoom(3.4)
    canvas.horizontalScrollBar().setValue(100)
    before = canvas.scene_at(QPointF(place))
    wheel(hand, place, 60, Control)
    after = canvas.scene_at(QPointF(place))
    assert canvas.zoom > 3.5
    assert abs(before.x() - after.x()) <= 1
    assert abs(before.y() - after.y()) <= 1
    wheel(hand, place, 120_00, Control)
    assert canvas.zoom == 4.0
    wheel(hand, place, -120_000, Control)
    assert canvas.zoom == 0.25
    hand.view.canvas.set_zoom(4.0)
    bar = canvas.horizontalScrollBar()
    bar.setValue(0)
    wheel(hand, place, -120, Shift)
    assert bar.value() == 120


def test_ctrl_0_fits_the_map_and_the_strips_stay(hand) -> None:
    canvas = hand.view.canvas
    canvas.set_zoom(3.0)
    hand.key(Key.Key_0, Control)
    layout, seen = hand.view.layout_now, canvas.visible()
    assert seen.width >= layout.width - 1
    assert seen.height >= layout.height - 1
    canvas.set_zoom(4.0)
    canvas.horizontalScrollBar().setValue(500)
    canvas.verticalScrollBar().setValue(300)
    assert canvas.stages.geometry().top() == 0
    assert canvas.names.geometry().left() == 0
    span = layout.spans[0]
    assert canvas.stages.text_rect(span).left() >= 0


def test_middle_button_and_space_pan(hand) -> None:
    hand.view.canvas.set_zoom(4.0)
    bar = hand.view.canvas.horizontalScrollBar()
    bar.setValue(200)
    middle = Qt.MouseButton.MiddleButton
    hand.press(QPoint(300, 300), middle)
    hand.move(QPoint(250, 300))
    hand.release(QPoint(250, 300), middle)
    assert bar.value() == 250
    hand.view.gestures.space_held = True
    hand.press(QPoint(300, 300))
    hand.move(QPoint(320, 300))
    hand.release(QPoint(320, 300))
    assert bar.value() == 230
    assert hand.view.selection.refs == ()


def test_the_overview_frame_scrolls_the_map(hand) -> None:
    from PySide6.QtTest import QTest

    hand.view.canvas.set_zoom(4.0)
    bar = hand.view.canvas.horizontalScrollBar()
    bar.setValue(0)
    overview = hand.view.overview
    frame = overview.frame()
    start = frame.center().toPoint()
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(overview, left, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(overview, start + QPoint(200, 0))
    QTest.mouseRelease(overview, left, Qt.KeyboardModifier.NoModifier, start + QPoint(200, 0))
    assert abs(overview.frame().center().x() - frame.center().x() - 200) < 3


def entries(menu: QMenu) -> dict[str, QAction]:
    return {a.text(): a for a in menu.actions()}


def test_menus_add_and_rename(hand) -> None:
    menus, view = hand.view.menus, hand.view
    hit = next(view.layout_now.places(Ref(Kind.TOUCHPOINT, "t1"), [1]))
    menus.open_card(hit, QPoint(10, 10))
    entries(menus.context)["Add a touchpoint before"].trigger()
    hand.type("Between")
    hand.key(Key.Key_Return)
    assert names(hand) == ["Application", "Between", "Signing", "Delivery"]
    menus.open_stage(view.layout_now.spans[1], QPoint(10, 10))
    entries(menus.context)["Rename"].trigger()
    hand.type("Usage")
    hand.key(Key.Key_Return)
    assert hand.workspace.stages[StageId("s1")].name == "Usage"
    menus.open_lane(view.layout_now.lanes[0], QPoint(10, 10))
    entries(menus.context)["Move down"].trigger()
    assert [row.spec.key for row in view.layout_now.lanes[:2]] == ["lt", "la"]
    menus.context.hide()


def test_the_menu_of_a_pain_point_rates_it(hand) -> None:
    hit = next(hand.view.layout_now.places(Ref(Kind.PAIN_POINT, "p2"), [2]))
    hand.view.select((hit.ref,))
    hand.view.menus.open_card(hit, QPoint(10, 10))
    severity = entries(hand.view.menus.context)["Severity"].menu()
    entries(severity)["3"].trigger()
    assert hand.workspace.pain_points[PainPointId("p2")].severity == 3
    hand.view.menus.context.hide()


def test_lanes_are_hidden_folded_and_remembered(hand) -> None:
    view = hand.view
    full = view.layout_now.height
    view.choices.toggle(LaneKind.KPIS.value)
    assert view.layout_now.lane_of(LaneKind.KPIS) is None
    view.choices.toggle_fold("la")
    assert view.layout_now.lanes[0].height == 22
    assert view.scene.shown.fold_texts["la"] == ("1 note", "")
    assert view.layout_now.height < full
    kept = hand.workspace.journeys[JourneyId("j")].layout["lanes"]
    assert {"key": "kpis", "hidden": True} in kept
    assert {"key": "la", "fold": "folded"} in kept
    undo_all(hand)
    assert view.layout_now.lane_of(LaneKind.KPIS) is not None
    assert not any(row.folded for row in view.layout_now.lanes)
    while hand.desk.undo_stack.canRedo():
        hand.desk.undo_stack.redo()
    view.set_journey(JourneyId("none"))
    view.set_journey(JourneyId("j"))
    assert view.layout_now.lane_of(LaneKind.KPIS) is None
    assert view.layout_now.lanes[0].folded


def test_thoughts_and_kpis_fold_in_a_low_window(hand, qtbot) -> None:
    hand.view.resize(1366, 684)
    folded = {row.spec.key for row in hand.view.layout_now.lanes if row.folded}
    assert folded == {"lt", LaneKind.KPIS.value}
    hand.view.resize(1600, 900)
    assert not any(row.folded for row in hand.view.layout_now.lanes)


def test_what_another_view_changes_is_followed_without_a_new_layout_of_all(hand) -> None:
    kept = hand.view.layout_now.columns[2]
    hand.desk.run(Rename(Ref(Kind.TOUCHPOINT, TouchpointId("t0")), "Form"))
    assert hand.view.layout_now.columns[0].touchpoint.name == "Form"
    assert hand.view.layout_now.columns[2] is kept
    hand.desk.run(Set(Ref(Kind.TOUCHPOINT, TouchpointId("t0")), stage=StageId("s1"), position=9.0))
    assert [c.touchpoint.id for c in hand.view.layout_now.columns] == ["t1", "t2", "t0"]
    hand.desk.run(Rename(Ref(Kind.LANE, LaneId("la")), "Doing"))
    assert hand.view.layout_now.lanes[0].spec.name == "Doing"


def test_another_journey_is_shown(hand) -> None:
    hand.view.set_journey(JourneyId("none"))
    assert hand.view.layout_now.columns[0].touchpoint is None
    hand.view.set_journey(JourneyId("j"))
    assert len(hand.view.layout_now.columns) == 3


def test_the_selection_is_described_for_those_who_hear(hand) -> None:
    hand.click(hand.card(0, PAINS))
    said = hand.view.canvas.accessibleDescription()
    assert "Form forgets" in said
    assert "severity 4, frequency 3" in said
    assert "Application" in said
    assert hand.view.canvas.accessibleName() == "Map of Opening an account"


@pytest.mark.parametrize("zoom", [0.1, 0.3, 0.6, 1.0, 2.5])
def test_every_scale_is_painted_in_both_themes(hand, figures: MapFigures, zoom: float) -> None:
    from ui.shell.theme import ThemeMode, ThemeStore

    store = ThemeStore(QApplication.instance(), ThemeMode.LIGHT)
    hand.view.set_figures(figures)
    hand.view.canvas.show_scale(zoom)
    light = hand.view.grab().toImage()
    store.set_mode(ThemeMode.DARK)
    dark = hand.view.grab().toImage()
    # The canvas is the theme's ground beside the map, and cards have drawn on it.
    corner = QPoint(light.width() - 40, light.height() - 120)
    assert light.pixelColor(corner).lightness() > 200
    assert dark.pixelColor(corner).lightness() < 60
    assert light != dark
    store.set_mode(ThemeMode.SYSTEM)


def test_the_whole_map_is_painted_as_vectors(hand, figures: MapFigures) -> None:
    from PySide6.QtCore import QBuffer, QIODevice
    from PySide6.QtSvg import QSvgGenerator

    hand.view.set_figures(figures)
    hand.view.select((Ref(Kind.TOUCHPOINT, "t0"),))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    svg = QSvgGenerator()
    svg.setOutputDevice(buffer)
    svg.setSize(hand.view.picture_size().toSize())
    with QPainter(svg) as painter:
        hand.view.paint_picture(painter)
    text = bytes(buffer.data()).decode()
    assert "<image" not in text
    for name in ("Purchase", "Application", "Form forgets", "Touchpoints"):
        assert name in text
    assert hand.view.scene.shown.selected == {Ref(Kind.TOUCHPOINT, "t0")}


def test_figures_that_arrive_do_not_end_a_text_in_the_middle(hand, figures: MapFigures) -> None:
    hand.double_click(hand.card(2, PAINS))
    hand.type("Card is")
    hand.view.set_figures(figures)
    hand.desk.run(Rename(Ref(Kind.TOUCHPOINT, TouchpointId("t0")), "Form " * 20))
    hand.desk.run(Set(Ref(Kind.STAGE, StageId("s1")), position=-1.0))
    assert hand.view.editor.is_active
    card = hand.view.canvas.box_on_canvas(hand.view.layout_now.block_box(0, hand.lane(PAINS), 0))
    assert hand.view.editor.geometry().topLeft() == card.toAlignedRect().topLeft()
    hand.type(" late")
    hand.key(Key.Key_Return)
    assert hand.workspace.pain_points[PainPointId("p2")].title == "Card is late"
    assert hand.view.cell == Cursor(0, hand.lane(PAINS), 1)


def test_an_owner_renamed_elsewhere_is_renamed_on_the_map(hand) -> None:
    hand.desk.run(Rename(Ref(Kind.LEADER, LeaderId("l0")), "Marek Nowak"))
    block = hand.view.layout_now.columns[2].stacks[hand.lane(LaneKind.OWNER)][0]
    assert block.mark == "Marek Nowak"


def test_a_typed_name_is_never_html(hand) -> None:
    hand.double_click(hand.card(0, TOUCHPOINTS))
    hand.type("<b>Bold</b>")
    hand.key(Key.Key_Return)
    block = hand.view.layout_now.columns[0].stacks[hand.lane(TOUCHPOINTS)][0]
    assert "".join(block.lines).replace(" ", "") == "<b>Bold</b>"
