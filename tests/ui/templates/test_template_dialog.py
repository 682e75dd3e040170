"""Choosing a template with the keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget

from storage.templates import templates
from ui.templates import TemplateDialog


def test_arrow_and_enter_choose(qtbot, tmp_path, monkeypatch):
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    known = templates()
    dialog = TemplateDialog(known)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    names = dialog.findChild(QListWidget)
    qtbot.keyClick(names, Qt.Key.Key_Down)
    with qtbot.waitSignal(dialog.chosen) as taken:
        qtbot.keyClick(names, Qt.Key.Key_Return)
    assert taken.args[0] == known[1].name
