"""The end of the evening: one step writes it all; nothing of the workspace changes."""

import csv
from pathlib import Path

from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QMessageBox

from ui.workshop.finish import FinishDialog

KEY = Qt.Key


def finished(room, qtbot, folder: Path) -> None:
    room.press(KEY.Key_F9)
    dialog = room.screen.findChild(FinishDialog)
    assert dialog is not None
    dialog.folder.setText(str(folder))
    qtbot.keyClick(dialog.folder, KEY.Key_Return)
    room.jobs.wait()


def test_one_step_writes_the_evening_and_says_where(room, qtbot, tmp_path):
    room.enter("No notice of when")
    room.press(KEY.Key_Up)
    room.press("5")
    room.press("v")
    room.screen.focus_line()
    room.type("Half a sentence")
    notes = []
    room.screen.noted.connect(lambda icon, text: notes.append(text))
    folder = tmp_path / "evening"
    finished(room, qtbot, folder)
    before = room.workspace.copy()
    assert str(folder) in room.said
    assert notes == [room.said]
    found = {f.suffix: f for f in folder.iterdir() if "map" in f.name}
    image = QImage(str(found[".png"]))
    assert image.width() > 1000
    assert b"<svg" in found[".svg"].read_bytes()[:500]
    page = PdfReader(found[".pdf"])
    assert len(page.pages) == 1
    words = "".join(page.pages[0].extract_text().split())
    assert "Nonotice" in words
    table = next(folder.glob("*.csv")).read_text("utf-8-sig")
    rows = {row["title"]: row for row in csv.DictReader(table.splitlines())}
    assert (rows["No notice of when"]["severity"], rows["No notice of when"]["votes"]) == ("5", "1")
    assert rows["Half a sentence"]["new"] == "true", "what stood in the line is part of it"
    assert rows["The link opens the wrong page"]["new"] == ""
    assert room.workspace == before


def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_lost(room, qtbot, tmp_path):
    taken = tmp_path / "taken"
    taken.write_text("mine")
    finished(room, qtbot, taken)
    box = room.screen.findChild(QMessageBox)
    assert box is not None
    assert str(taken) in box.text()
    box.close()
    assert taken.read_text() == "mine"


def test_escape_in_the_dialog_writes_nothing(room, qtbot, tmp_path):
    room.press(KEY.Key_F9)
    dialog = room.screen.findChild(FinishDialog)
    proposed = Path(dialog.folder.text())
    assert proposed.parent == tmp_path
    qtbot.keyClick(dialog.folder, KEY.Key_Escape)
    room.jobs.wait()
    assert not proposed.exists()


def test_a_folder_name_too_long_for_the_disk_can_be_browsed_from(room, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(
        QFileDialog, "getExistingDirectory", lambda _parent, _title, start: asked.append(start)
    )
    room.press(KEY.Key_F9)
    dialog = room.screen.findChild(FinishDialog)
    dialog.folder.setText(str(tmp_path / ("x" * 300)))
    dialog.browse.click()
    assert asked == [str(tmp_path)]
