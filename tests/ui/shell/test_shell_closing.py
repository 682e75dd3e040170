"""A workspace whose edits cannot be written is not closed over the person's head."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QMessageBox

from journey.edit import AddTouchpoint
from journey.model.template import new_workspace
from storage.document import Document, read_document
from storage.errors import TargetFullError
from ui.app import Program
from ui.shell.notices import fault_lines


@pytest.fixture
def path(tmp_path, monkeypatch):
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "log"))
    place = tmp_path / "bank.waymark"
    Document.create(place, new_workspace("Bank")).close()
    return place


@pytest.fixture
def disk(monkeypatch):
    """A disk that is full while `full` is set; all else is the real one."""

    class Disk:
        full = True

    real = Document.write

    def write(document, changes):
        if Disk.full:
            raise TargetFullError(document.path, "full")
        real(document, changes)

    monkeypatch.setattr(Document, "write", write)
    return Disk


@pytest.fixture
def program(path, disk, tmp_path, qapp, qtbot):
    made = Program(qapp, tmp_path / "settings.ini", path)
    made.window.resize(1400, 900)
    made.window.show()
    qtbot.waitUntil(lambda: made.desk is not None and made.desk.session is not None)
    yield made
    disk.full = False
    made.window.close()
    made.shut_down()
    made.window.deleteLater()


def add(program, name):
    session = program.desk.session
    assert session.document.run(AddTouchpoint(min(session.document.workspace.stages), name))


def names(path):
    with read_document(path) as document:
        return sorted(t.name for t in document.workspace.touchpoints.values())


class Answer:
    """Answers the question, once, and keeps what it said."""

    def __init__(self, words):
        self._words, self.said = words, ""
        self._look()

    def _look(self):
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            QTimer.singleShot(5, self._look)
            return
        self.said = box.text() + box.informativeText()
        buttons = box.findChildren(QAbstractButton)
        button = next((b for b in buttons if b.text() == self._words), None)
        button.click() if button is not None else box.reject()


def test_who_stays_keeps_the_edits_and_closes_when_there_is_room(program, path, disk):
    add(program, "Card delivery")
    add(program, "Support call")
    answer = Answer("Stay")
    assert not program.window.close()
    assert "The disk is full" in answer.said
    assert "2 edit" in answer.said
    assert program.desk.session is not None
    assert len(program.desk.session.document.workspace.touchpoints) == 2
    disk.full = False
    assert program.window.close()
    assert names(path) == ["Card delivery", "Support call"]


def test_another_workspace_does_not_push_out_one_that_stays(program, path, tmp_path, qtbot):
    add(program, "Card delivery")
    other = tmp_path / "other.waymark"
    Document.create(other, new_workspace("Other")).close()
    answer = Answer("Stay")
    with qtbot.waitSignal(program.desk.files.opened):
        program.desk.open_path(str(other))
    assert answer.said
    assert program.desk.session.document.path == path
    with Document.open(other) as free:  # and its lock is gone
        assert not free.read_only


def test_who_gives_them_up_closes_and_is_not_told_they_are_kept(program, path, disk, qtbot):
    disk.full = False
    add(program, "Card delivery")
    program.desk.session.document.save_now()
    program.jobs.wait()
    disk.full = True
    add(program, "Support call")
    answer = Answer("Close and lose them")
    assert program.desk.close_workspace()
    assert "1 edit" in answer.said
    box = program.window.findChild(QMessageBox)
    assert "comes back" not in box.informativeText()
    box.close()
    assert names(path) == ["Card delivery"]


def test_too_little_memory_is_said_as_that():
    lines = fault_lines(MemoryError())
    assert lines[0] == "There is not enough memory for this."
    assert len(lines) == 3
