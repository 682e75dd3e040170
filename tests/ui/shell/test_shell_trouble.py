"""A workspace that failed is marked, and asked about before it is opened again."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox

from journey.model.template import new_workspace
from storage.document import Document, back_up
from storage.document.backups import DAILY
from ui.app import Program
from ui.backups import BackupsDialog
from ui.shell.settings import RecentFile, Settings
from ui.shell.trouble import TroubleBox

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "log"))
    return tmp_path.resolve()


@pytest.fixture
def bank(folder):
    """A workspace with a backup, which is damaged since, in the list of recent ones."""
    path = folder / "bank.waymark"
    Document.create(path, new_workspace("Bank")).close()
    back_up(path, path, DAILY)
    data = bytearray(path.read_bytes())
    place = data.index(b"Bank")
    data[place : place + 1] = b"T"
    path.write_bytes(data)
    return path


@pytest.fixture
def start(folder, qapp, qtbot):
    """Start the program, as often as wanted."""
    running = []

    def begin():
        made = Program(qapp, folder / "settings.ini")
        running.append(made)
        made.window.show()
        qtbot.waitUntil(lambda: made.desk is not None)
        return made

    yield begin
    for made in running:
        made.window.close()
        made.shut_down()
        made.window.deleteLater()


def listed(folder, path, **more):
    settings = Settings(folder / "settings.ini")
    settings.remember(RecentFile(str(path), NOW, "Bank", "Everyday banking", **more))
    return settings


def row(program):
    (found,) = program.desk.start.recent.rows()
    return found


def box(program, qtbot):
    row(program).click()
    qtbot.waitUntil(lambda: program.window.findChild(TroubleBox) is not None)
    return program.window.findChild(TroubleBox)


def test_a_damaged_file_is_marked_and_asked_about(start, folder, bank, qtbot):
    listed(folder, bank).sync()
    program = start()
    assert not row(program).file.failed
    before = bank.read_bytes()
    row(program).click()
    qtbot.waitUntil(lambda: program.window.findChild(QMessageBox) is not None)
    program.window.findChild(QMessageBox).close()
    assert row(program).file.failed
    assert "Could not be opened the last time" in row(program).accessibleName()
    asked = box(program, qtbot)
    assert {label.textFormat() for label in asked.findChildren(QLabel) if label.text()} == {
        Qt.TextFormat.PlainText
    }
    assert str(bank) in asked.informativeText()
    asked.close()
    assert program.desk.session is None
    assert bank.read_bytes() == before
    assert Settings(folder / "settings.ini").recent[0].failed


def test_a_file_the_program_ended_over_is_not_opened_without_asking(start, folder, qtbot):
    path = folder / "bank.waymark"
    Document.create(path, new_workspace("Bank")).close()
    settings = listed(folder, path)
    settings.opening = str(path)
    settings.sync()
    program = start()
    assert row(program).file.failed
    asked = box(program, qtbot)
    assert program.desk.session is None
    asked.again.click()
    qtbot.waitUntil(lambda: program.desk.session is not None, timeout=20_000)
    program.desk.close_workspace()
    assert not row(program).file.failed
    assert Settings(folder / "settings.ini").opening == ""


def test_while_a_file_is_opened_its_name_is_on_the_disk(start, folder, qtbot):
    path = folder / "Żółty, bank.waymark"
    Document.create(path, new_workspace("Bank")).close()
    program = start()
    program.desk.open_path(str(path))
    assert Settings(folder / "settings.ini").opening == str(path)
    qtbot.waitUntil(lambda: program.desk.session is not None, timeout=20_000)
    assert Settings(folder / "settings.ini").opening == ""


@pytest.mark.parametrize("reason", ["locked", "missing"])
def test_a_file_that_is_away_or_open_elsewhere_is_not_in_trouble(start, folder, qtbot, reason):
    path = folder / "bank.waymark"
    other = Document.create(path, new_workspace("Bank")) if reason == "locked" else None
    listed(folder, path).sync()
    program = start()
    row(program).click()
    qtbot.waitUntil(lambda: program.window.findChild(QMessageBox) is not None)
    program.window.findChild(QMessageBox).close()
    assert not row(program).file.failed
    if other is not None:
        other.close()


def test_what_can_be_read_is_saved_beside_it(start, folder, bank, monkeypatch, qtbot):
    target = folder / "mended"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    listed(folder, bank, failed=True).sync()
    before = bank.read_bytes()
    program = start()
    box(program, qtbot).repair.click()
    qtbot.waitUntil(lambda: program.desk.session is not None, timeout=20_000)
    assert program.desk.session.document.path == folder / "mended.waymark"
    assert program.desk.session.document.workspace.info.name == "Tank"
    assert bank.read_bytes() == before


def test_its_backups_are_offered(start, folder, bank, monkeypatch, qtbot):
    target = folder / "from backup.waymark"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    listed(folder, bank, failed=True).sync()
    program = start()
    box(program, qtbot).backups.click()
    qtbot.waitUntil(lambda: program.window.findChild(BackupsDialog) is not None)
    program.window.findChild(BackupsDialog).open_copy.click()
    qtbot.waitUntil(lambda: program.desk.session is not None, timeout=20_000)
    assert program.desk.session.document.path == target
    assert program.desk.session.document.workspace.info.name == "Bank"
