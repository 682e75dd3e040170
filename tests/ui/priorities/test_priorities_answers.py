"""From a figure of the list to the answers behind it, and from there to the map, by clicks."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from journey.model.ids import Kind, PainPointId, Ref
from tests.ui.priorities.opened import Opened, button
from ui.evidence import EvidenceScreen


def open_the_answers(qtbot: QtBot, opened: Opened, ref: Ref) -> EvidenceScreen:
    opened.click_row(qtbot, ref)
    qtbot.mouseClick(button(opened.view.list, "See the answers"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(opened.view.answers.evidence_button, Qt.MouseButton.LeftButton)
    opened.settle()
    screen = opened.bench.place("evidence")
    assert isinstance(screen, EvidenceScreen)
    return screen


def test_the_answers_behind_a_row_open_at_its_touchpoint(qtbot: QtBot, opened: Opened) -> None:
    item = opened.session.findings.ranking.items[2]  # type: ignore[union-attr]
    screen = open_the_answers(qtbot, opened, Ref(Kind.PAIN_POINT, item.pain_point))
    assert screen.isVisible()
    assert not opened.view.isVisible()
    assert screen.touchpoint == item.touchpoint
    assert screen.places.rows[screen.places.current].touchpoint == item.touchpoint
    assert screen.behind.isVisible()
    assert item.title in screen.behind.accessibleName()
    assert screen.detail.current is not None, "its figures came in and the place stayed"


def test_the_list_is_as_it_was_when_one_comes_back(qtbot: QtBot, opened: Opened) -> None:
    item = opened.session.findings.ranking.items[1]  # type: ignore[union-attr]
    ref = Ref(Kind.PAIN_POINT, item.pain_point)
    open_the_answers(qtbot, opened, ref)
    opened.bench.rail.view_requested.emit("priorities")
    assert opened.view.selected_ref == ref
    assert opened.view.list.is_open()


def test_another_touchpoint_is_not_said_to_be_behind_the_row(qtbot: QtBot, opened: Opened) -> None:
    item = opened.session.findings.ranking.items[0]  # type: ignore[union-attr]
    screen = open_the_answers(qtbot, opened, Ref(Kind.PAIN_POINT, item.pain_point))
    other = next(r for r, row in enumerate(screen.places.rows) if row.touchpoint != item.touchpoint)
    place = screen.places.row_rect(other).center().toPoint()
    qtbot.mouseClick(screen.places, Qt.MouseButton.LeftButton, pos=place)
    assert screen.touchpoint == screen.places.rows[other].touchpoint
    assert not screen.behind.isVisible()


def test_a_touchpoint_is_shown_on_the_map(qtbot: QtBot, opened: Opened) -> None:
    item = opened.session.findings.ranking.items[0]  # type: ignore[union-attr]
    screen = open_the_answers(qtbot, opened, Ref(Kind.PAIN_POINT, item.pain_point))
    qtbot.mouseClick(screen.detail.head.map_button, Qt.MouseButton.LeftButton)
    assert opened.bench.map.isVisible()
    assert opened.session.selection.current == Ref(Kind.TOUCHPOINT, str(item.touchpoint))


def test_answers_of_another_journey_bring_it_up(opened: Opened) -> None:
    ws, journey = opened.workspace, opened.session.journey
    pain = next(p for p in ws.pain_points.values() if p.journey != journey and p.touchpoint)
    opened.bench.priorities.answers_requested.emit(Ref(Kind.PAIN_POINT, pain.id))
    opened.settle()
    screen = opened.bench.place("evidence")
    assert isinstance(screen, EvidenceScreen)
    assert opened.session.journey == pain.journey
    assert screen.touchpoint == pain.touchpoint
    assert opened.session.selection.current == Ref(Kind.PAIN_POINT, pain.id)


def test_a_pain_point_that_is_gone_leaves_the_screen_as_it_is(opened: Opened) -> None:
    opened.bench.priorities.answers_requested.emit(Ref(Kind.PAIN_POINT, PainPointId("gone")))
    opened.settle()
    screen = opened.bench.place("evidence")
    assert isinstance(screen, EvidenceScreen)
    assert screen.isVisible()
    assert not screen.behind.isVisible()
