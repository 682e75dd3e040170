"""The Flow screen in a session on a real file: journeys, empty pages, what is off the path."""

import pytest

from journey.edit import Add, AddStage, AddTouchpoint, Remove
from journey.graph.found import Found
from journey.model.ids import JourneyId, Kind, Ref, StageId, TouchpointId
from journey.model.map import Journey
from journey.model.template import new_workspace
from storage.document import Document
from ui.document import DocumentModel
from ui.flow.screen import FlowScreen
from ui.jobs import Jobs
from ui.session import Session


@pytest.fixture
def jobs(qapp):
    made = Jobs()
    yield made
    made.shut_down()


@pytest.fixture
def session(tmp_path, monkeypatch, jobs):
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    document = Document.create(tmp_path / "bank.waymark", new_workspace("Bank"))
    model = DocumentModel(document, jobs)
    made = Session(model, jobs)
    yield made
    model.close()
    jobs.wait()
    made.deleteLater()


@pytest.fixture
def screen(session, jobs, qtbot):
    made = FlowScreen(session, jobs)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    qtbot.waitExposed(made)
    return made


def touchpoints(session, count: int) -> list[str]:
    ws = session.document.workspace
    stages = [s.id for s in sorted(ws.stages.values(), key=lambda s: s.position)]
    nodes = [f"touchpoint-{i}" for i in range(count)]
    for i, node in enumerate(nodes):
        command = AddTouchpoint(stages[i % len(stages)], f"Step {i}", touchpoint=TouchpointId(node))
        assert session.document.run(command)
    return nodes


def test_without_touchpoints_the_page_leads_to_the_map(screen, qtbot) -> None:
    assert screen.empty.isVisible()
    with qtbot.waitSignal(screen.map_requested):
        screen.empty.button.click()


def test_one_click_draws_the_path_through_all_touchpoints(screen, session) -> None:
    nodes = touchpoints(session, 5)
    assert screen.view.isVisible()
    assert screen.view.banner.isVisible()
    button = screen.view.banner.findChild(type(screen.empty.button))
    button.click()
    assert len(session.document.workspace.transitions) == len(nodes) + 1
    assert not screen.view.banner.isVisible()
    session.document.undo_stack.undo()
    assert not session.document.workspace.transitions
    assert screen.view.banner.isVisible()


def test_touchpoints_off_the_path_are_told(screen, session, jobs, qtbot) -> None:
    first, second, _third = touchpoints(session, 3)
    screen.view.acts.draw("start", first)
    screen.view.acts.draw(first, second)
    told = "1 touchpoint cannot be reached from the start · 3 touchpoints have no way out"
    qtbot.waitUntil(lambda: screen.view.sentence.text() == told)
    screen.view.acts.draw(second, "retained")
    told = "1 touchpoint cannot be reached from the start · 1 touchpoint has no way out"
    qtbot.waitUntil(lambda: screen.view.sentence.text() == told)
    jobs.wait()


def test_another_journey_is_shown_without_what_was_found_in_the_first(screen, session) -> None:
    first, second = touchpoints(session, 2)
    screen.set_found(Found({(first, second): 9}))
    assert (first, second) in screen.view.board.lines
    other = JourneyId("journey-2")
    session.document.run(Add(Journey(other, "Second", 9.0)))
    session.document.run(AddStage(other, "Only", stage=StageId("stage-x")))
    session.document.run(AddTouchpoint(StageId("stage-x"), "There"))
    session.show_journey(other)
    assert [t.name for t in screen.view.board.touchpoints.values()] == ["There"]
    assert screen.found is None
    session.document.run(Remove(Ref(Kind.JOURNEY, other)))
    assert screen.view.journey == session.journey
    assert first in screen.view.board.touchpoints


def test_the_selection_is_shared_and_show_on_map_names_the_touchpoint(
    screen, session, qtbot
) -> None:
    first, _second = touchpoints(session, 2)
    ref = Ref(Kind.TOUCHPOINT, first)
    screen.view.choose_node(first)
    assert session.selection.current == ref
    with qtbot.waitSignal(screen.show_on_map) as asked:
        screen.view.show_on_map.emit(ref)
    assert asked.args == [ref]
    session.selection.set(None)
    assert screen.view.scene.shown.nodes == frozenset()
    screen.reveal_current()
    assert screen.picture_size().width() > 1000


def test_a_place_given_by_hand_is_there_when_the_file_is_opened_again(
    screen, session, jobs, tmp_path
) -> None:
    first, _second = touchpoints(session, 2)
    box = screen.view.board.layout.boxes[first]
    screen.view.acts.move({first: (box.x + 8, box.y + 100)})
    session.document.save_now()
    jobs.wait()
    from storage.document import read_document

    with read_document(tmp_path / "bank.waymark") as stored:
        journey = stored.workspace.journeys[session.journey]
        kept = session.document.workspace.journeys[session.journey].layout["flow"]
        assert journey.layout["flow"] == kept
        assert list(kept) == [first]
