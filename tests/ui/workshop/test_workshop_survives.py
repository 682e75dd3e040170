"""What a workshop must survive: many touchpoints, long and strange words, small windows."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from journey.model.ids import JourneyId, PainPointId, StageId, TouchpointId
from journey.model.map import Journey, PainPoint, Stage, Touchpoint
from journey.model.workspace import Workspace
from storage.document import Document
from ui.document import DocumentModel
from ui.session import Session
from ui.workshop import WorkshopScreen

KEY = Qt.Key
J = JourneyId("j")


def crowd(touchpoints: int, pains: int) -> Workspace:
    """One stage of many touchpoints, pain points spread over them."""
    ws = Workspace("Crowd", [Journey(J, "Crowd"), Stage(StageId("s"), J, "Use")])
    for n in range(touchpoints):
        ws.put(Touchpoint(TouchpointId(f"t{n}"), J, f"Touchpoint number {n}", StageId("s"), n))
    for n in range(pains):
        at = TouchpointId(f"t{n % touchpoints}")
        title = f"Pain {n} that takes some more words to tell than one line holds"
        ws.put(PainPoint(PainPointId(f"p{n}"), J, title, at, float(n)))
    return ws


def in_sight(screen) -> bool:
    """Whether the card with the ring stands whole in the window, or from its top if too high."""
    wall = screen.wall
    card = wall._current_card()
    top = card.rect.top()
    if card.sort != "touchpoint":
        top += wall._stack_top - wall.verticalScrollBar().value()
        assert top >= wall._stack_top - 1
    bottom = top + card.rect.height()
    room = wall.viewport().height()
    return bottom <= room + 1 or card.rect.height() > room - wall._stack_top


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (900, 600)])
def test_every_card_of_twelve_touchpoints_is_reached_by_arrows_and_stands_whole(open_room, size):
    room = open_room(crowd(12, 40))
    screen = room.screen
    screen.resize(*size)
    room.press(KEY.Key_Up)
    seen = set()
    for _ in range(12):
        while True:
            seen.add(screen.wall.current)
            assert in_sight(screen)
            shown = screen.wall.cards()
            width = screen.wall.viewport().width()
            assert all(c.rect.left() >= 0 and c.rect.right() <= width for c in shown)
            if not screen.wall.step(0, 1):
                break
        while screen.wall.step(0, -1):
            pass
        if not screen.wall.step(1, 0):
            break
    assert len(seen) == 12 + 40


def test_pages_of_touchpoints_turn_by_button_and_by_tab(open_room):
    room = open_room(crowd(12, 0))
    screen = room.screen
    assert screen.pager.isVisible()
    assert screen.pager.words.text().endswith("of 12")
    fit = screen.wall.per_page
    QTest.mouseClick(screen.pager.on, Qt.MouseButton.LeftButton)
    assert screen.wall.column == fit
    for _ in range(12 - fit):
        room.press(KEY.Key_Tab)
    assert screen.wall.column == 0


def test_three_hundred_touchpoints_in_one_stage(open_room):
    room = open_room(crowd(300, 300))
    for _ in range(299):
        room.press(KEY.Key_Tab)
    room.enter("At the very end")
    assert room.pain("At the very end").touchpoint == "t299"
    assert len(room.screen.wall.cards()) < 40


@pytest.mark.parametrize(
    "text",
    [
        "<b>bold</b><img src=x>",
        "שלום וברכה",
        "W" * 200,
        "e\u0301" * 50,
        "👩‍👩‍👧 family",
        "Kundenzufriedenheitsbefragungsergebnis " * 5,
    ],
)
def test_strange_words_are_kept_as_they_are_and_painted(room, text):
    import unicodedata

    room.screen.bar.line.setText(text)
    room.press(KEY.Key_Return)
    made = room.workspace.pain_points[PainPointId(room.screen.wall.current.id)]
    assert made.title == unicodedata.normalize("NFC", text.strip())[:200]
    assert not room.screen.grab().isNull()


def test_nothing_but_marks_nobody_sees_is_no_card_and_stays_in_the_line(room):
    start = room.workspace.copy()
    room.screen.bar.line.setText("\u200e\u200f")
    room.press(KEY.Key_Return)
    assert room.workspace == start
    assert room.said


def test_a_workspace_for_reading_takes_no_words_and_says_so(room, jobs, qtbot, tmp_path):
    room.enter("No notice")
    room.session.document.save_now()
    jobs.wait()
    model = DocumentModel(Document.open(tmp_path / "workshop.waymark", read_only=True), jobs)
    session = Session(model, jobs)
    screen = WorkshopScreen(session, jobs)
    qtbot.addWidget(screen)
    with qtbot.waitActive(screen):
        screen.begin()
    QTest.keyClicks(screen.bar.line, "lost?")
    assert screen.bar.line.text() == ""
    QTest.keyClick(screen.bar.line, KEY.Key_Up)
    screen.wall.go(0, 0)
    QTest.keyClick(screen.wall, "v")
    assert "reading only" in screen.message.text()
    screen.leave()
    model.close()
    session.deleteLater()


def test_every_widget_that_can_be_used_has_a_name(room):
    room.people("Ingrid")
    for widget in room.screen.findChildren(QWidget):
        usable = isinstance(widget, QAbstractButton | QLineEdit)
        usable = usable or widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        if usable and widget.isVisible() and not widget.objectName().startswith("qt_"):
            assert widget.accessibleName(), widget


def test_f6_walks_the_areas_and_each_takes_keys(room):
    room.people("Ingrid")
    screen = room.screen
    seen = []
    for _ in range(4):
        room.press(KEY.Key_F6)
        seen.append(room.screen.focusWidget())
    assert seen == [screen.wall, screen.votes.list, screen.votes.line, screen.bar.line]


def test_the_current_card_is_told_in_words(room):
    room.enter("No notice")
    room.press(KEY.Key_Up)
    room.press("4")
    told = room.screen.wall.accessibleDescription()
    assert "No notice" in told
    assert "Severity 4" in told


def test_every_stage_is_shown_again_when_a_small_window_grows(open_room):
    stages = [Stage(StageId(f"s{i}"), J, f"A stage with a name {i}", float(i)) for i in range(7)]
    room = open_room(Workspace("Bank", [Journey(J, "Opening"), *stages]))
    steps = room.screen.steps
    for width in (1920, 900, 1920, 1366, 2400):
        room.screen.resize(width, 768)
        shown = [s for s in steps._steps if s.isVisible()]
        assert steps._steps[room.screen.place].isVisible()
        wide = sum(s.width() for s in shown) + steps._row.spacing() * len(shown)
        assert wide <= steps.width() + 18
    assert all(step.isVisible() for step in steps._steps)
