"""Another program holds the database: the window goes on, says so, and catches up."""

import sqlite3

import pytest

from journey.edit import Add
from journey.model.people import Leader
from journey.model.template import new_workspace
from storage.document import Document, read_document
from storage.document.places import working_place
from ui.document import DocumentModel
from ui.jobs import Jobs
from ui.saving import SaveState


@pytest.fixture
def jobs(qapp):
    made = Jobs()
    yield made
    made.shut_down()


def test_an_edit_does_not_wait_for_who_holds_the_database(tmp_path, monkeypatch, jobs, qtbot):
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    path = tmp_path / "bank.waymark"
    model = DocumentModel(Document.create(path, new_workspace("Bank")), jobs)
    database = working_place(path) / "workspace.db"
    holder = sqlite3.connect(database, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    # `run` comes back while the database is still held: nothing else could let it go.
    assert model.run(Add(Leader("a", "Ann")))
    assert "a" in model.workspace.leaders
    assert model.run(Add(Leader("b", "Bo")))
    jobs.wait()
    assert model.save_status.state is SaveState.FAILED
    assert model.save_status.error.reason == "busy"
    assert model.unwritten == 2
    holder.execute("ROLLBACK")
    holder.close()
    model.save_now()
    jobs.wait()
    assert model.save_status.state is SaveState.SAVED
    assert model.unwritten == 0
    with read_document(path) as document:
        assert set(document.workspace.leaders) >= {"a", "b"}
    model.close()
