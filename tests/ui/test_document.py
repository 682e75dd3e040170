"""The open document: commands in, changes out, saved off the GUI thread on a real file."""

import pytest

from journey.edit import Add, AddTouchpoint, Rename
from journey.errors import EditError
from journey.model.ids import Kind, Ref
from journey.model.people import Leader
from journey.model.template import new_workspace
from storage.document import Document, read_document
from storage.errors import TargetFullError
from ui.document import DocumentModel
from ui.jobs import Jobs
from ui.saving import SaveState


@pytest.fixture
def jobs(qapp):
    made = Jobs()
    yield made
    made.shut_down()


@pytest.fixture
def path(tmp_path, monkeypatch):
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    return tmp_path / "bank.waymark"


@pytest.fixture
def model(path, jobs):
    made = DocumentModel(Document.create(path, new_workspace("Bank")), jobs)
    yield made
    made.close()


def stored(path):
    with read_document(path) as document:
        return document.workspace


def test_an_edit_is_heard_saved_and_can_be_undone(model, path, jobs, qtbot):
    origin = model
    before = model.workspace.copy()
    with qtbot.waitSignal(model.changed) as heard:
        assert model.run(Add(Leader("a", "Ann")), origin)
    changes, came_from = heard.args
    assert changes.added == {Ref(Kind.LEADER, "a")}
    assert came_from is origin
    assert model.save_status.state is SaveState.UNSAVED
    model.save_now()
    jobs.wait()
    assert model.save_status.state is SaveState.SAVED
    assert stored(path) == model.workspace
    with qtbot.waitSignal(model.changed) as heard:
        model.undo_stack.undo()
    assert heard.args[1] is None
    assert model.workspace == before
    model.save_now()
    jobs.wait()
    assert stored(path) == before


def test_what_cannot_be_done_is_refused_and_leaves_no_step(model, qtbot):
    stage = min(model.workspace.stages)
    with qtbot.waitSignal(model.refused) as heard:
        assert not model.run(Rename(Ref(Kind.STAGE, stage), "  "))
    assert isinstance(heard.args[0], EditError)
    assert model.undo_stack.count() == 0


def test_the_undo_menu_names_the_step(model):
    model.run(AddTouchpoint(min(model.workspace.stages), "Card delivery"))
    assert model.undo_stack.undoText() == "Add touchpoint “Card delivery”"


def test_closing_publishes_what_was_not_yet_saved(path, jobs):
    model = DocumentModel(Document.create(path, new_workspace("Bank")), jobs)
    model.run(Add(Leader("a", "Ann")))
    model.close()
    assert "a" in stored(path).leaders


def test_many_edits_and_undos_end_in_the_file_as_in_memory(model, path, jobs):
    for n in range(30):
        model.run(Add(Leader(f"l{n}", f"Leader {n}")))
        if n % 3 == 2:
            model.undo_stack.undo()
            model.undo_stack.undo()
            model.undo_stack.redo()
    model.save_now()
    jobs.wait()
    assert stored(path) == model.workspace


class FullDisk:
    """A stored document on a disk that is full for a while; all else is the real one."""

    def __init__(self, real):
        self._real = real
        self.full = False

    def write(self, changes):
        if self.full:
            raise TargetFullError(self._real.path, "full")
        self._real.write(changes)

    def __getattr__(self, name):
        return getattr(self._real, name)


def test_edits_made_while_the_disk_is_full_are_written_when_it_is_not(path, jobs):
    disk = FullDisk(Document.create(path, new_workspace("Bank")))
    model = DocumentModel(disk, jobs)
    disk.full = True
    model.run(Add(Leader("a", "Ann")))
    model.run(Rename(Ref(Kind.LEADER, "a"), "Anna"))
    jobs.wait()
    assert model.save_status.state is SaveState.FAILED
    disk.full = False
    model.run(Add(Leader("b", "Bo")))
    model.close()
    assert stored(path) == model.workspace
    assert stored(path).leaders["a"].name == "Anna"


def test_a_read_only_document_refuses_edits_and_says_so(path, jobs, qtbot):
    Document.create(path, new_workspace("Bank")).close()
    model = DocumentModel(Document.open(path, read_only=True), jobs)
    assert model.save_status.state is SaveState.READ_ONLY
    with qtbot.waitSignal(model.refused):
        assert not model.run(Add(Leader("a", "Ann")))
    model.close()
