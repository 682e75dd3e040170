"""Save As and the backups in the window: the first file stays, the copy is gone on with."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QTableView

from journey.edit import AddTouchpoint
from journey.model.template import new_workspace
from storage.document import Document, kept_backups, read_document
from ui.app import Program
from ui.backups import BackupsDialog


@pytest.fixture
def program(tmp_path, monkeypatch, qapp, qtbot):
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "log"))
    path = tmp_path / "bank.waymark"
    Document.create(path, new_workspace("Bank")).close()
    made = Program(qapp, tmp_path / "settings.ini", path)
    made.window.resize(1400, 900)
    with qtbot.waitActive(made.window):
        made.window.show()
        made.window.activateWindow()
    qtbot.waitUntil(lambda: made.desk is not None and made.desk.session is not None)
    yield made
    made.window.close()
    made.shut_down()
    made.window.deleteLater()


def answer(monkeypatch, path):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))


def add(program, name):
    session = program.desk.session
    assert session.document.run(AddTouchpoint(min(session.document.workspace.stages), name))


def names(path):
    with read_document(path) as document:
        return sorted(t.name for t in document.workspace.touchpoints.values())


def test_save_as_goes_on_with_the_copy_and_the_first_keeps_what_it_had(
    program, tmp_path, monkeypatch, qtbot
):
    add(program, "Card delivery")
    answer(monkeypatch, tmp_path / "second")
    canvas = program.desk.workbench.map.canvas
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(canvas, Qt.Key.Key_S, keys)
    second = tmp_path / "second.waymark"
    qtbot.waitUntil(lambda: program.desk.session.document.path == second, timeout=20_000)
    add(program, "Support call")
    program.desk.close_workspace()
    assert names(tmp_path / "bank.waymark") == ["Card delivery"]
    assert names(second) == ["Card delivery", "Support call"]


def test_saving_as_itself_is_refused_and_nothing_is_lost(program, tmp_path, monkeypatch, qtbot):
    add(program, "Card delivery")
    answer(monkeypatch, tmp_path / "bank.waymark")
    program.desk.actions_["save_as"].trigger()
    qtbot.waitUntil(lambda: program.window.findChild(QMessageBox) is not None)
    program.window.findChild(QMessageBox).close()
    program.desk.close_workspace()
    assert names(tmp_path / "bank.waymark") == ["Card delivery"]


def test_a_copy_of_a_backup_is_opened(program, tmp_path, monkeypatch, qtbot):
    path = tmp_path / "bank.waymark"
    assert kept_backups(path.resolve())
    add(program, "After the backup")
    answer(monkeypatch, tmp_path / "as it was")
    program.desk.actions_["backups"].trigger()
    dialog = program.window.findChild(BackupsDialog)
    qtbot.keyClick(dialog.findChild(QTableView), Qt.Key.Key_Return)
    copy = tmp_path / "as it was.waymark"
    qtbot.waitUntil(lambda: program.desk.session.document.path == copy, timeout=20_000)
    assert not program.desk.session.document.workspace.touchpoints
    assert names(path) == ["After the backup"]
