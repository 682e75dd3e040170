"""A locked structure on the map: every way to change it is refused in words, with real events."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest

from journey.edit import LockJourney
from ui.map.lanes import LaneKind

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture(autouse=True)
def _clean_clipboard(qapp: Any) -> Iterator[None]:
    """Leave nothing on the clipboard: Qt frees what Python made of it too late."""
    yield
    QGuiApplication.clipboard().clear()


@pytest.fixture
def locked(hand: Any) -> Any:
    """The small map, locked by its own command; `said` holds what was told since."""
    hand.said = []
    hand.view.noted.connect(lambda _icon, words: hand.said.append(words))
    hand.view.lock.action.trigger()
    assert hand.workspace.journeys["j"].locked
    return hand


def structure(hand: Any) -> list[object]:
    ws = hand.workspace
    touchpoints = {t.id: (t.name, t.stage, t.position) for t in ws.touchpoints.values()}
    lanes = [row.spec.name for row in hand.view.layout_now.lanes]
    return [dict(ws.stages), touchpoints, lanes]


def select(hand: Any, column: int, kind: LaneKind, slot: int = 0) -> None:
    hand.click(hand.card(column, kind, slot))


def type_on_a_touchpoint(hand: Any) -> None:
    select(hand, 0, LaneKind.TOUCHPOINTS)
    hand.type("New")


def rename_by_f2(hand: Any) -> None:
    select(hand, 0, LaneKind.TOUCHPOINTS)
    hand.key(Qt.Key.Key_F2)


def double_click_it(hand: Any) -> None:
    hand.double_click(hand.card(1, LaneKind.TOUCHPOINTS))


def delete_it(hand: Any) -> None:
    select(hand, 0, LaneKind.TOUCHPOINTS)
    hand.key(Qt.Key.Key_Delete)


def duplicate_it(hand: Any) -> None:
    select(hand, 0, LaneKind.TOUCHPOINTS)
    hand.key(Qt.Key.Key_D, CTRL)


def shift_it(hand: Any) -> None:
    select(hand, 0, LaneKind.TOUCHPOINTS)
    hand.key(Qt.Key.Key_Right, ALT)


def cut_it(hand: Any) -> None:
    select(hand, 0, LaneKind.TOUCHPOINTS)
    hand.key(Qt.Key.Key_X, CTRL)


def copy_and_paste_it(hand: Any) -> None:
    select(hand, 0, LaneKind.TOUCHPOINTS)
    hand.key(Qt.Key.Key_C, CTRL)
    hand.key(Qt.Key.Key_V, CTRL)


def paste_names(hand: Any) -> None:
    select(hand, 0, LaneKind.TOUCHPOINTS)
    data = QMimeData()
    data.setText("One\tTwo\tThree\tFour")
    QGuiApplication.clipboard().setMimeData(data)
    hand.key(Qt.Key.Key_V, CTRL)
    hand.key(Qt.Key.Key_Return)


def drag_it(hand: Any) -> None:
    hand.drag(
        hand.card(0, LaneKind.TOUCHPOINTS), hand.card(2, LaneKind.TOUCHPOINTS) + QPoint(40, 0)
    )


def drag_a_stage(hand: Any) -> None:
    header = hand.view.canvas.stages
    spans = hand.view.layout_now.spans
    start = header.bar(spans[0]).center().toPoint()
    end = header.bar(spans[1]).center().toPoint() + QPoint(60, 0)
    QTest.mousePress(header, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(header, (start + end) / 2)
    QTest.mouseMove(header, end)
    QTest.mouseRelease(header, Qt.MouseButton.LeftButton, pos=end)


def drag_a_lane(hand: Any) -> None:
    names = hand.view.canvas.names
    rows = hand.view.layout_now.lanes
    start = names.row(rows[0]).center().toPoint()
    end = names.row(rows[3]).center().toPoint() + QPoint(0, 40)
    QTest.mousePress(names, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(names, (start + end) / 2)
    QTest.mouseMove(names, end)
    QTest.mouseRelease(names, Qt.MouseButton.LeftButton, pos=end)


def rename_a_stage(hand: Any) -> None:
    header = hand.view.canvas.stages
    place = header.bar(hand.view.layout_now.spans[0]).center().toPoint()
    QTest.mouseDClick(header, Qt.MouseButton.LeftButton, pos=place)


def rename_a_lane(hand: Any) -> None:
    names = hand.view.canvas.names
    place = names.row(hand.view.layout_now.lanes[1]).center().toPoint()
    QTest.mouseDClick(names, Qt.MouseButton.LeftButton, pos=place)


def add_behind_the_last_stage(hand: Any) -> None:
    header = hand.view.canvas.stages
    place = header.tail().center().toPoint()
    QTest.mouseClick(header, Qt.MouseButton.LeftButton, pos=place)


def add_by_the_menu(words: str) -> Any:
    def add(hand: Any) -> None:
        hand.view.menus.add.aboutToShow.emit()
        actions: list[QAction] = hand.view.menus.add.actions()
        next(a for a in actions if a.text() == words).trigger()

    return add


def replace_a_name(hand: Any) -> None:
    bar = hand.view.find_bar
    bar.open()
    QTest.keyClicks(bar.sought, "Signing")
    QTest.keyClicks(bar.by, "Reading")
    bar.replace.click()


WAYS = {
    "typing": type_on_a_touchpoint,
    "F2": rename_by_f2,
    "double click": double_click_it,
    "Delete": delete_it,
    "Ctrl+D": duplicate_it,
    "Alt+Right": shift_it,
    "Ctrl+X": cut_it,
    "copy and paste": copy_and_paste_it,
    "paste of text": paste_names,
    "drag of a touchpoint": drag_it,
    "drag of a stage": drag_a_stage,
    "drag of a lane": drag_a_lane,
    "rename of a stage": rename_a_stage,
    "rename of a lane": rename_a_lane,
    "click behind the last stage": add_behind_the_last_stage,
    "menu: touchpoint": add_by_the_menu("Touchpoint"),
    "menu: stage": add_by_the_menu("Stage"),
    "menu: lane": add_by_the_menu("Add a lane of notes"),
    "replace": replace_a_name,
}


@pytest.mark.parametrize("way", WAYS)
def test_no_way_changes_a_locked_structure_and_each_says_why(locked: Any, way: str) -> None:
    kept, steps = structure(locked), locked.desk.undo_stack.count()
    WAYS[way](locked)
    assert not locked.view.editor.is_active
    assert structure(locked) == kept
    assert locked.desk.undo_stack.count() == steps
    told = [*locked.said, *(error.reason for error in locked.desk.refusals)]
    assert any("locked" in words for words in told)


@pytest.mark.parametrize("way", WAYS)
def test_the_same_hand_changes_or_edits_where_nothing_is_locked(hand: Any, way: str) -> None:
    kept = structure(hand)
    WAYS[way](hand)
    assert hand.view.editor.is_active or structure(hand) != kept
    assert not hand.desk.refusals


def test_content_of_a_locked_map_is_typed_judged_and_moved(locked: Any) -> None:
    select(locked, 0, LaneKind.PAIN_POINTS)
    locked.type("Loses all")
    locked.key(Qt.Key.Key_Return)
    assert locked.workspace.pain_points["p0"].title == "Loses all"
    select(locked, 0, LaneKind.PAIN_POINTS)
    locked.key(Qt.Key.Key_5)
    locked.drag(locked.card(0, LaneKind.PAIN_POINTS), locked.card(2, LaneKind.PAIN_POINTS))
    assert locked.workspace.pain_points["p0"].severity == 5
    assert locked.workspace.pain_points["p0"].touchpoint == "t2"
    assert not locked.desk.refusals


def test_the_lock_is_marked_named_and_taken_back(locked: Any) -> None:
    view, corner = locked.view, locked.view.canvas.corner
    assert view.canvas.accessibleName() == "Map of Opening an account, locked"
    assert view.lock.action.text() == "Unlock the structure"
    shut = corner.grab().toImage()
    locked.key(Qt.Key.Key_Z, CTRL)
    locked.desk.undo_stack.undo()
    assert not locked.workspace.journeys["j"].locked
    assert corner.grab().toImage() != shut
    assert view.canvas.accessibleName() == "Map of Opening an account"
    locked.desk.undo_stack.redo()
    assert corner.grab().toImage() == shut


def test_a_lock_set_elsewhere_ends_a_name_being_typed_and_keeps_it(hand: Any) -> None:
    select(hand, 0, LaneKind.TOUCHPOINTS)
    hand.type("Asking")
    hand.view.lock.toggle()
    assert hand.workspace.touchpoints["t0"].name == "Asking"
    assert hand.workspace.journeys["j"].locked
    assert not hand.view.editor.is_active


def test_the_menu_of_the_corner_unlocks(locked: Any, qtbot: Any) -> None:
    opened: list[QAction] = []

    def take() -> bool:
        popup = QGuiApplication.instance().activePopupWidget()
        if popup is not None:
            opened.extend(popup.actions())
            popup.hide()
        return popup is not None

    locked.view.canvas.corner.menu_wanted.emit(QPoint(10, 10))
    qtbot.waitUntil(take)
    assert opened == [locked.view.lock.action]
    opened[0].trigger()
    assert not locked.workspace.journeys["j"].locked


def test_other_journeys_stay_free(locked: Any) -> None:
    locked.desk.run(LockJourney("j", False))
    assert not locked.view.scene.shown.locked
    type_on_a_touchpoint(locked)
    assert locked.view.editor.is_active
