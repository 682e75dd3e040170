"""Every habit people bring, as the events they send: keys, wheel, drags, clipboard, menus."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QGuiApplication, QImage, QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from journey.edit import Add, AddPainPoint, JudgeExperience, ShareTouchpoint
from journey.model.evidence import Kpi
from journey.model.ids import (
    JourneyId,
    Kind,
    KpiId,
    PainPointId,
    Ref,
    StageId,
    StrengthId,
    TouchpointId,
    TransitionId,
)
from journey.model.map import (
    Journey,
    JudgedExperience,
    PainPoint,
    Stage,
    Strength,
    Transition,
)
from journey.model.people import Persona
from journey.model.template import new_workspace
from journey.model.workspace import Workspace, ordered_stages, ordered_touchpoints
from ui.clipboard import MIME
from ui.map.cursor import STAGE_ROW, Cursor
from ui.map.lanes import LaneKind
from ui.shell.actions import Actions

Control, Shift, Alt = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
Key = Qt.Key
PAINS, TOUCHPOINTS = LaneKind.PAIN_POINTS, LaneKind.TOUCHPOINTS
Left = Qt.MouseButton.LeftButton


def names(hand) -> list[str]:
    return [t.name for t in ordered_touchpoints(hand.workspace, hand.view.journey)]


def stages(hand) -> list[str]:
    return [s.name for s in ordered_stages(hand.workspace, hand.view.journey)]


def pains(hand, touchpoint: str) -> list[str]:
    mine = [p for p in hand.workspace.pain_points.values() if p.touchpoint == touchpoint]
    return [p.title for p in sorted(mine, key=lambda p: (p.position, p.id))]


def clipboard_text(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


# -- moving about -------------------------------------------------------------------------------


def test_the_wheel_scrolls_and_space_drag_pans_with_real_keys(hand) -> None:
    canvas = hand.view.canvas
    canvas.set_zoom(3.0)
    bar = canvas.verticalScrollBar()
    bar.setValue(0)
    place = QPoint(200, 200)
    wheel = QWheelEvent(
        QPointF(place), QPointF(canvas.viewport().mapToGlobal(place)), QPoint(), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
        False,
    )  # fmt: skip
    QApplication.sendEvent(canvas.viewport(), wheel)
    assert bar.value() > 0
    side = canvas.horizontalScrollBar()
    side.setValue(150)
    QTest.keyPress(canvas, Key.Key_Space)
    hand.press(QPoint(300, 300))
    hand.move(QPoint(280, 300))
    hand.release(QPoint(280, 300))
    QTest.keyRelease(canvas, Key.Key_Space)
    assert side.value() == 170
    assert hand.view.selection.refs == ()
    assert not hand.view.gestures.space_held


def test_ctrl_period_zooms_to_the_selection(hand) -> None:
    hand.click(hand.card(2, PAINS))
    hand.key(Key.Key_Period, Control)
    assert hand.view.canvas.zoom == 2.0
    seen, box = hand.view.canvas.visible(), hand.view.layout_now.block_box(2, hand.lane(PAINS), 0)
    assert seen.x < box.x
    assert box.right < seen.right


def test_up_from_the_first_lane_reaches_the_stages_and_names_them(hand) -> None:
    hand.view.go(Cursor(2, 0))
    hand.key(Key.Key_Up)
    assert hand.view.selection.refs == (Ref(Kind.STAGE, "s1"),)
    hand.key(Key.Key_Left)
    assert hand.view.selection.refs == (Ref(Kind.STAGE, "s0"),)
    hand.key(Key.Key_F2)
    hand.type("Buy")
    hand.key(Key.Key_Escape)
    hand.type("Order")
    hand.key(Key.Key_Tab)  # goes on to the next name
    assert hand.view.editor.toPlainText() == "Use"
    hand.key(Key.Key_Tab)
    hand.type("Leave")
    hand.key(Key.Key_Return)
    assert stages(hand) == ["Order", "Use", "Leave"]
    assert hand.view.cell == Cursor(3, hand.lane(TOUCHPOINTS))
    assert hand.view.canvas.accessibleDescription()


def test_enter_types_touchpoint_after_touchpoint_and_an_empty_one_ends_it(hand) -> None:
    hand.click(hand.card(0, TOUCHPOINTS))
    hand.key(Key.Key_Return, Control)
    assert len(hand.view.layout_now.columns) == 4  # room is made where it will stand
    for name in ("Second", "Third"):
        hand.type(name)
        hand.key(Key.Key_Return)
    hand.key(Key.Key_Return)
    assert names(hand) == ["Application", "Second", "Third", "Signing", "Delivery"]
    assert hand.desk.undo_stack.count() == 2
    assert len(hand.view.layout_now.columns) == 5
    hand.click(hand.card(0, TOUCHPOINTS))
    hand.key(Key.Key_Return, Control)
    hand.type("Never")
    hand.key(Key.Key_Escape)
    assert len(hand.view.layout_now.columns) == 5
    assert hand.desk.undo_stack.count() == 2


# -- the clipboard ------------------------------------------------------------------------------


def test_cards_are_copied_and_pasted_as_objects_and_as_text(hand) -> None:
    hand.click(hand.card(0, PAINS))
    hand.click(hand.card(2, PAINS), Control)
    hand.key(Key.Key_C, Control)
    data = QGuiApplication.clipboard().mimeData()
    assert data.hasFormat(MIME)
    assert data.text() == "Form forgets\t\tNo notice\r\n"
    hand.view.go(Cursor(0, hand.lane(PAINS)))
    hand.key(Key.Key_V, Control)
    assert pains(hand, "t0") == ["Form forgets", "No next step", "Form forgets"]
    assert pains(hand, "t2") == ["No notice", "No notice"]
    assert hand.desk.undo_stack.count() == 1
    assert len(hand.view.selection.refs) == 2
    copy = hand.workspace.pain_points[PainPointId(hand.view.selection.refs[0].id)]
    assert (copy.severity, copy.frequency) == (4, 3)


def test_cut_moves_a_stage_to_another_workspace(hand, open_map: Callable) -> None:
    hand.view.go(Cursor(0, STAGE_ROW))
    hand.key(Key.Key_X, Control)
    assert names(hand) == ["Delivery"]
    hand.desk.undo_stack.undo()
    assert names(hand) == ["Application", "Signing", "Delivery"]
    other = open_map(new_workspace("Other", stages=("One",)))
    other.view.go(Cursor(0, STAGE_ROW))
    other.key(Key.Key_V, Control)
    assert stages(other) == ["One", "Purchase"]
    assert names(other) == ["Application", "Signing"]
    assert other.desk.undo_stack.count() == 1
    other.desk.undo_stack.undo()
    assert stages(other) == ["One"]


def test_a_whole_journey_is_copied_by_the_menu(hand, qtbot) -> None:
    hand.view.clips.copy_journey()
    with qtbot.waitSignal(hand.view.journey_made) as heard:
        hand.key(Key.Key_V, Control)
    made = hand.workspace.journeys[JourneyId(heard.args[0])]
    assert made.name == "Opening an account (2)"
    assert len(hand.workspace.touchpoints) == 6


def test_rows_from_excel_are_shown_before_they_are_kept(hand) -> None:
    clipboard_text('App crashes\t\tLate\r\n"Two\nlines"\tx\tToo late\tbeyond\r\n')
    hand.view.go(Cursor(0, hand.lane(PAINS)))
    hand.key(Key.Key_V, Control)
    bar = hand.view.ask_bar
    assert bar.isVisible()
    assert "5 pain points" in bar.accessibleName()
    assert "One cell has no place" in bar.accessibleName()
    assert len(hand.workspace.pain_points) == 3  # nothing is kept yet
    QTest.keyClick(bar.yes, Key.Key_Escape)
    assert not bar.isVisible()
    assert len(hand.workspace.pain_points) == 3
    hand.key(Key.Key_V, Control)
    QTest.keyClick(bar.yes, Key.Key_Return)
    assert pains(hand, "t0")[2:] == ["App crashes", "Two lines"]
    assert pains(hand, "t1") == ["x"]
    assert pains(hand, "t2") == ["No notice", "Late", "Too late"]
    assert hand.desk.undo_stack.count() == 1
    hand.desk.undo_stack.undo()
    assert len(hand.workspace.pain_points) == 3


def test_a_list_pasted_into_an_open_empty_card_fills_cells(hand) -> None:
    clipboard_text("• Landing\n• Form\n• Thanks")
    hand.click(hand.card(1, TOUCHPOINTS))
    hand.key(Key.Key_Return, Control)
    hand.key(Key.Key_V, Control)
    QTest.keyClick(hand.view.ask_bar.yes, Key.Key_Return)
    assert names(hand) == ["Application", "Signing", "Landing", "Form", "Thanks", "Delivery"]
    assert hand.desk.undo_stack.count() == 1


def test_stages_with_their_touchpoints_come_from_one_table(open_map: Callable) -> None:
    hand = open_map(new_workspace("Bare", stages=()))
    clipboard_text("See\tBuy\nAd\tForm\nFriend\t")
    hand.view.go(Cursor(9, STAGE_ROW))
    hand.key(Key.Key_V, Control)
    QTest.keyClick(hand.view.ask_bar.yes, Key.Key_Return)
    assert stages(hand) == ["See", "Buy"]
    assert names(hand) == ["Ad", "Friend", "Form"]


def test_owners_and_judgements_are_pasted_along_the_row(hand) -> None:
    clipboard_text("Marek Nowak\tingrid solberg\tMarek Nowak")
    hand.view.go(Cursor(0, hand.lane(LaneKind.OWNER)))
    hand.key(Key.Key_V, Control)
    QTest.keyClick(hand.view.ask_bar.yes, Key.Key_Return)
    owners = [hand.workspace.touchpoints[TouchpointId(f"t{n}")].owner for n in range(3)]
    assert [hand.workspace.leaders[o].name for o in owners if o] == [
        "Marek Nowak", "Ingrid Solberg", "Marek Nowak",
    ]  # fmt: skip
    assert len(hand.workspace.leaders) == 2
    clipboard_text("-20\t30,4\tx")
    hand.view.go(Cursor(0, hand.lane(LaneKind.EXPERIENCE)))
    hand.key(Key.Key_V, Control)
    QTest.keyClick(hand.view.ask_bar.yes, Key.Key_Return)
    judged = hand.workspace.touchpoints[TouchpointId("t1")].judged_experience
    assert judged == (JudgedExperience(30.0),)


def test_pasted_html_is_text(hand) -> None:
    data = QMimeData()
    data.setHtml("<h1>Loses <i>entries</i></h1>")
    QGuiApplication.clipboard().setMimeData(data)
    hand.view.go(Cursor(1, hand.lane(PAINS)))
    hand.key(Key.Key_V, Control)
    assert pains(hand, "t1") == ["Loses entries"]
    hand.view.acts.edit(Cursor(1, hand.lane(PAINS), 1))
    hand.key(Key.Key_V, Control)
    assert hand.view.editor.toPlainText() == "Loses entries"


def test_a_picture_is_pasted_into_a_lane_of_images(hand, qtbot) -> None:
    hand.view.acts.add_lane("image")
    hand.key(Key.Key_Return)
    key = hand.view.layout_now.lanes[0].spec.key
    assert hand.view.layout_now.lanes[0].spec.content == "image"
    image = QImage(QSize(3000, 1500), QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    QGuiApplication.clipboard().setImage(image)
    hand.view.go(Cursor(1, 0))
    hand.key(Key.Key_V, Control)
    note = next(n for n in hand.workspace.notes.values() if n.lane == key)
    assert (note.touchpoint, note.extra["width"]) == ("t1", 2000)
    block = hand.view.layout_now.columns[1].stacks[0][0]
    assert block.picture_height == pytest.approx(62.0)
    box = hand.view.layout_now.block_box(1, 0, 0)
    shown = hand.view.grab().toImage()
    place = hand.viewport.mapTo(hand.view, hand.centre(box))
    assert shown.pixelColor(place).green() > shown.pixelColor(place).red() + 60
    QGuiApplication.clipboard().setImage(QImage(QSize(9000, 9000), QImage.Format.Format_Mono))
    with qtbot.waitSignal(hand.view.noted) as heard:
        hand.key(Key.Key_V, Control)
    assert "81 megapixels; at most 50" in heard.args[1]


# -- many at once -------------------------------------------------------------------------------


def test_a_rubber_band_selects_and_what_is_selected_changes_in_one_step(hand) -> None:
    layout = hand.view.layout_now
    row = layout.lanes[hand.lane(PAINS)]
    start = hand.at(layout.shape.column - 2, row.top + 2)
    end = hand.at(20, row.bottom - 4)
    hand.drag(start, end)
    assert {r.id for r in hand.view.selection.refs} == {"p0", "p1"}
    assert hand.view.scene.over.band is None
    hand.click(hand.card(2, PAINS), Control)
    hand.view.acts.set_colour("blind")
    assert {p.colour for p in hand.workspace.pain_points.values()} == {"blind"}
    hand.key(Key.Key_L, Control)
    hand.type("ingr")
    assert hand.view.editor.toPlainText() == "Ingrid Solberg"
    hand.key(Key.Key_Return)
    assert {p.owner for p in hand.workspace.pain_points.values()} == {"l0"}
    assert hand.desk.undo_stack.count() == 2
    hand.view.select((Ref(Kind.PAIN_POINT, "p0"), Ref(Kind.PAIN_POINT, "p1")))
    hand.key(Key.Key_Delete)
    assert set(hand.workspace.pain_points) == {"p2"}
    assert hand.desk.undo_stack.count() == 3


def test_ctrl_a_takes_the_row_and_alt_arrows_move_it(hand) -> None:
    hand.click(hand.card(0, TOUCHPOINTS))
    hand.key(Key.Key_Right, Alt)
    assert names(hand) == ["Signing", "Application", "Delivery"]
    hand.key(Key.Key_Right, Alt)
    assert hand.workspace.touchpoints[TouchpointId("t0")].stage == "s1"
    hand.click(hand.card(1, PAINS, 1))
    hand.key(Key.Key_Up, Alt)
    assert pains(hand, "t0") == ["No next step", "Form forgets"]
    hand.key(Key.Key_A, Control)
    assert {r.id for r in hand.view.selection.refs} == {"p0", "p1", "p2"}
    hand.view.go(Cursor(0, STAGE_ROW))
    hand.key(Key.Key_Right, Alt)
    assert stages(hand) == ["Use", "Purchase"]


# -- headers ------------------------------------------------------------------------------------


def test_stages_and_lanes_are_dragged_by_their_names(hand) -> None:
    header, layout = hand.view.canvas.stages, hand.view.layout_now
    first, second = (header.bar(span).center().toPoint() for span in layout.spans)
    QTest.mousePress(header, Left, Qt.KeyboardModifier.NoModifier, first)
    QTest.mouseMove(header, (first + second) / 2)
    QTest.mouseMove(header, second + QPoint(20, 0))
    assert header.grip.mark is not None
    QTest.mouseRelease(header, Left, Qt.KeyboardModifier.NoModifier, second + QPoint(20, 0))
    assert stages(hand) == ["Use", "Purchase"]
    strip = hand.view.canvas.names
    rows = [strip.row(lane).center().toPoint() for lane in hand.view.layout_now.lanes]
    keys = [lane.spec.key for lane in hand.view.layout_now.lanes]
    QTest.mousePress(strip, Left, Qt.KeyboardModifier.NoModifier, QPoint(60, rows[3].y()))
    QTest.mouseMove(strip, QPoint(60, rows[2].y()))
    QTest.mouseMove(strip, QPoint(60, rows[0].y() - 10))
    QTest.mouseRelease(strip, Left, Qt.KeyboardModifier.NoModifier, QPoint(60, rows[0].y() - 10))
    assert [x.spec.key for x in hand.view.layout_now.lanes][:4] == [keys[3], *keys[:3]]
    assert hand.desk.undo_stack.count() == 2


def test_a_lane_is_renamed_and_moved_by_keys(hand) -> None:
    strip = hand.view.canvas.names
    lane = hand.view.layout_now.lanes[hand.lane(PAINS)]
    place = strip.text_rect(lane).center().toPoint()
    QTest.mouseClick(strip, Left, Qt.KeyboardModifier.NoModifier, place)
    QTest.mouseDClick(strip, Left, Qt.KeyboardModifier.NoModifier, place)
    hand.type("What hurts")
    hand.key(Key.Key_Return)
    assert hand.view.layout_now.lanes[hand.lane(PAINS)].spec.name == "What hurts"
    before = hand.lane(PAINS)
    hand.view.go(Cursor(0, before))
    hand.key(Key.Key_Up, Control, Shift)
    assert hand.lane(PAINS) == before - 1
    assert hand.view.cell == Cursor(0, before - 1)
    while hand.desk.undo_stack.canUndo():
        hand.desk.undo_stack.undo()
    assert hand.workspace.journeys[JourneyId("j")].layout == {}


def test_menus_open_on_cards_stages_and_lanes(hand) -> None:
    menus = hand.view.menus
    place = hand.card(0, TOUCHPOINTS)
    for widget, at, entry in (
        (hand.viewport, place, "Duplicate\tCtrl+D"),
        (hand.view.canvas.stages, QPoint(40, 20), "Rename"),
        (hand.view.canvas.names, QPoint(60, 20), "Hide"),
    ):
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, widget.mapToGlobal(at))
        QApplication.sendEvent(widget, event)
        assert entry in [action.text() for action in menus.context.actions()]
        assert menus.context.isVisible()
        menus.context.hide()
    QTest.keyClick(hand.view.canvas, Key.Key_Escape)


def test_a_double_click_on_a_stage_edits_it_where_it_stands(hand) -> None:
    header = hand.view.canvas.stages
    place = header.bar(hand.view.layout_now.spans[1]).center().toPoint()
    QTest.mouseClick(header, Left, Qt.KeyboardModifier.NoModifier, place)
    QTest.mouseDClick(header, Left, Qt.KeyboardModifier.NoModifier, place)
    assert hand.view.editor.toPlainText() == "Use"
    hand.type("Usage")
    hand.key(Key.Key_Return)
    assert stages(hand) == ["Purchase", "Usage"]


# -- transitions, twins, personas, find ---------------------------------------------------------


def test_a_transition_is_drawn_with_alt_and_with_keys(hand) -> None:
    start, end = hand.card(0, TOUCHPOINTS), hand.card(2, TOUCHPOINTS)
    QTest.mousePress(hand.viewport, Left, Alt, start)
    hand.move(start + QPoint(60, 0))
    hand.move(end)
    assert hand.view.scene.over.link is not None
    QTest.mouseRelease(hand.viewport, Left, Alt, end)
    drawn = [(t.source, t.target) for t in hand.workspace.transitions.values()]
    assert drawn == [("t0", "t2")]
    hand.click(hand.card(0, TOUCHPOINTS))
    assert len(hand.view.scene.over.links) == 1
    hand.click(hand.card(1, TOUCHPOINTS), Control)
    hand.click(hand.card(2, TOUCHPOINTS), Control)
    hand.key(Key.Key_J, Control)
    drawn = [(t.source, t.target) for t in hand.workspace.transitions.values()]
    assert sorted(drawn) == [("t0", "t1"), ("t0", "t2"), ("t1", "t2")]
    hand.key(Key.Key_J, Control)
    assert hand.desk.undo_stack.count() == 2


def test_a_shared_touchpoint_says_so_and_its_twin_follows(hand) -> None:
    hand.workspace.put(Journey(JourneyId("k"), "Closing an account", 1.0))
    hand.workspace.put(Stage(StageId("z"), JourneyId("k"), "Leave"))
    share = ShareTouchpoint(TouchpointId("t0"), StageId("z"))
    hand.desk.run(share)
    block = hand.view.layout_now.columns[0].stacks[hand.lane(TOUCHPOINTS)][0]
    assert " ".join(block.shared) == "Shared with Closing an account"
    hand.double_click(hand.card(0, TOUCHPOINTS))
    hand.type("Online form")
    hand.key(Key.Key_Return)
    assert hand.workspace.touchpoints[share.id].name == "Online form"
    hand.view.set_journey(JourneyId("k"))
    assert names(hand) == ["Online form"]


def test_several_personas_have_their_lines_on_one_axis(hand) -> None:
    hand.workspace.put(Persona("n", "Nadia"))
    hand.view.set_persona("n")
    hand.view.go(Cursor(1, hand.lane(LaneKind.EXPERIENCE)))
    hand.type("-60")
    hand.key(Key.Key_Return)
    judged = hand.workspace.touchpoints[TouchpointId("t1")].judged_experience
    assert judged == (JudgedExperience(-60.0, "n"),)
    others = hand.view.layout_now.experience.others
    assert [(o.name, o.values) for o in others] == [("Everyone", (0.0, None, 32.0))]
    hand.view.set_persona(None)
    line = hand.view.layout_now.experience
    assert [(o.name, o.values) for o in line.others] == [("Nadia", (None, -60.0, None))]
    assert line.low <= -60
    assert hand.view.toolbar.personas.text() == "Judged by: Everyone"


def test_find_and_replace_is_one_step(hand) -> None:
    hand.key(Key.Key_H, Control)
    bar = hand.view.find_bar
    assert bar.isVisible()
    QTest.keyClicks(bar.sought, "no n")
    assert bar.count.text() == "2 found"
    QTest.keyClick(bar.sought, Key.Key_Return)
    assert hand.view.selection.current in {Ref(Kind.PAIN_POINT, "p1"), Ref(Kind.PAIN_POINT, "p2")}
    QTest.keyClicks(bar.by, "Missing n")
    bar.replace.click()
    assert pains(hand, "t0")[1] == "Missing next step"
    assert pains(hand, "t2") == ["Missing notice"]
    assert hand.desk.undo_stack.count() == 1
    QTest.keyClick(bar.sought, Key.Key_Escape)
    assert not bar.isVisible()


def test_sub_steps_stand_in_a_second_row_of_the_stages(hand) -> None:
    from journey.edit import Set

    height = hand.view.canvas.stages.height()
    refs = [Ref(Kind.TOUCHPOINT, "t0"), Ref(Kind.TOUCHPOINT, "t1")]
    hand.desk.run(Set(refs, step="Apply online"))
    assert [(s.name, s.first, s.count) for s in hand.view.scene.steps] == [("Apply online", 0, 2)]
    assert hand.view.canvas.stages.height() == height + 18
    hand.desk.undo_stack.undo()
    assert hand.view.canvas.stages.height() == height


def test_altgr_types_letters(hand) -> None:
    hand.click(hand.card(0, PAINS))
    press = QKeyEvent(QEvent.Type.KeyPress, Key.Key_A, Control | Alt, "ą")
    QApplication.sendEvent(hand.view.canvas, press)
    assert hand.view.editor.toPlainText() == "ą"
    hand.key(Key.Key_Escape)


def test_a_read_only_map_hides_lanes_for_now_and_changes_nothing(hand) -> None:
    hand.desk.read_only = True
    hand.view.choices.toggle(LaneKind.KPIS.value)
    assert hand.view.layout_now.lane_of(LaneKind.KPIS) is None
    clipboard_text("x")
    hand.click(hand.card(0, TOUCHPOINTS))
    for key in (Key.Key_V, Key.Key_X, Key.Key_L, Key.Key_Return):
        hand.key(key, Control)
    assert not hand.desk.undo_stack.canUndo()
    assert isinstance(hand.workspace, Workspace)


def test_ctrl_z_and_ctrl_y_go_as_far_as_one_likes(hand, qtbot) -> None:
    window = QWidget()
    QHBoxLayout(window).addWidget(hand.view)
    qtbot.addWidget(window)
    window.resize(1600, 900)
    window.show()
    window.activateWindow()
    with qtbot.waitActive(window):
        window.raise_()
    actions = Actions(window)
    actions.follow(hand.desk.undo_stack)
    hand.view.canvas.setFocus()
    before = hand.workspace.copy()
    hand.click(hand.card(0, PAINS))
    for digit in (Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4, Key.Key_5) * 12:
        hand.key(digit)
    count = hand.desk.undo_stack.count()
    assert count >= 59
    after = hand.workspace.copy()
    for _ in range(count + 5):
        hand.key(Key.Key_Z, Control)
    assert hand.workspace == before
    for _ in range(count + 5):
        hand.key(Key.Key_Y, Control)
    assert hand.workspace == after
    actions.follow(None)


def test_too_large_a_paste_is_told_and_takes_nothing(hand) -> None:
    said: list[str] = []
    hand.view.noted.connect(lambda _icon, words: said.append(words))
    before = hand.workspace.copy()
    hand.click(hand.card(0, LaneKind.PAIN_POINTS))
    clipboard_text("pain\n" * 5_001)
    hand.key(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "Nothing was pasted" in said[-1]
    assert not hand.view.ask_bar.isVisible()
    assert hand.workspace == before


# -- cards without an order of their own, the clipboard with transitions, the level of a cell -----


def test_a_strength_a_kpi_and_an_improvement_are_dragged_under_another_touchpoint(hand) -> None:
    journey = hand.view.journey
    hand.desk.run(Add(Strength(StrengthId("r"), journey, "Short", TouchpointId("t0"))))
    hand.desk.run(Add(Kpi(KpiId("k"), "Finished", TouchpointId("t0"))))
    for kind in (LaneKind.STRENGTHS, LaneKind.KPIS, LaneKind.IMPROVEMENTS):
        lane = hand.lane(kind)
        steps = hand.desk.undo_stack.count()
        hand.drag(hand.card(0, kind), hand.centre(hand.view.layout_now.cell_box(2, lane)))
        assert hand.desk.undo_stack.count() == steps + 1, kind
    assert hand.workspace.strengths[StrengthId("r")].touchpoint == "t2"
    assert hand.workspace.kpis[KpiId("k")].touchpoint == "t2"
    assert hand.workspace.improvements["i0"].addresses == ("p2",)


def test_an_improvement_is_not_dropped_where_nothing_hurts(hand) -> None:
    lane = hand.lane(LaneKind.IMPROVEMENTS)
    start, target = hand.card(0, LaneKind.IMPROVEMENTS), hand.view.layout_now.cell_box(1, lane)
    hand.press(start)
    hand.move(hand.centre(target))
    assert hand.view.scene.over.drop is None
    hand.release(hand.centre(target))
    assert hand.workspace.improvements["i0"].addresses == ("p0",)


def test_alt_and_an_arrow_move_an_improvement_along(hand) -> None:
    hand.desk.run(AddPainPoint(PainPoint(PainPointId("p9"), hand.view.journey, "Slow", "t1")))
    hand.click(hand.card(0, LaneKind.IMPROVEMENTS))
    hand.key(Key.Key_Right, Alt)
    assert hand.workspace.improvements["i0"].addresses == ("p9",)


def test_a_touchpoint_on_a_path_is_pasted_into_another_workspace(hand, open_map) -> None:
    hand.desk.run(Add(Transition(TransitionId("x"), hand.view.journey, "t0", "t1", None, 40.0)))
    hand.click(hand.card(0, TOUCHPOINTS))
    hand.key(Key.Key_C, Control)
    other = open_map(new_workspace("Other", stages=("One",)))
    other.key(Key.Key_V, Control)
    assert names(other) == ["Application"]
    assert not other.workspace.transitions
    assert other.desk.refusals == []
    hand.key(Key.Key_V, Control)
    assert len(hand.workspace.transitions) == 1, "a copy takes no counts a second time"


def test_the_level_of_every_cell_is_told_and_painted(hand, figures) -> None:
    levels = {PainPointId("p0"): "B", PainPointId("p1"): "E", PainPointId("p2"): "A"}
    hand.view.set_figures(replace(figures, levels=levels))
    layout = hand.view.layout_now
    (improvement,) = layout.columns[0].stacks[hand.lane(LaneKind.IMPROVEMENTS)]
    assert improvement.level == "B"
    assert [point.level for point in layout.experience.points] == ["E", "", "E"]
    hand.click(hand.card(0, LaneKind.IMPROVEMENTS))
    assert "Evidence B: link assumed" in hand.view.canvas.accessibleDescription()
    hand.view.go(Cursor(2, hand.lane(LaneKind.EXPERIENCE)))
    assert "Evidence E: opinion" in hand.view.canvas.accessibleDescription()
    hand.view.go(Cursor(1, hand.lane(LaneKind.EXPERIENCE)))
    assert "Evidence" not in hand.view.canvas.accessibleDescription()
    box = layout.cell_box(0, hand.lane(LaneKind.EXPERIENCE))
    corner = QRect(hand.at(box.right - 26, box.y + box.height - 20), QSize(20, 18))
    before = hand.viewport.grab(corner).toImage()
    hand.desk.run(JudgeExperience(TouchpointId("t0"), None))
    assert hand.viewport.grab(corner).toImage() != before
