"""The backups dialog: listed with date, reason and size; one is chosen by key or mouse."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from journey.model.template import new_workspace
from storage.document import Document, KeptBackup, kept_backups, restore_backup
from ui.backups import BackupsDialog
from ui.shell.widgets.labels import PlainLabel

MADE = datetime(2026, 10, 5, 9, 30, tzinfo=UTC)


def _some() -> list[KeptBackup]:
    reasons = ("daily", "import", "upgrade", "recovery", "replaced", "of_tomorrow")
    return [
        KeptBackup(Path(f"{n}.waymark"), MADE - timedelta(days=n), reason, 183_500 * (n + 1))
        for n, reason in enumerate(reasons)
    ]


@pytest.fixture
def shown(qtbot):
    def show(backups):
        dialog = BackupsDialog("Havnbank <b>bold</b>", backups)
        qtbot.addWidget(dialog)
        with qtbot.waitActive(dialog):
            dialog.show()
            dialog.activateWindow()
        return dialog

    return show


def _texts(dialog, row):
    model = dialog.table.model()
    return [model.index(row, column).data() for column in range(3)]


def test_date_reason_and_size_are_told(shown):
    dialog = shown(_some())
    made, why, size = _texts(dialog, 1)
    assert made == f"{(MADE - timedelta(days=1)).astimezone():%Y-%m-%d %H:%M}"
    assert why == "Before an import"
    assert size == "367.0 kB"
    assert _texts(dialog, 5)[1] == "of tomorrow"


def test_arrow_and_enter_choose(shown, qtbot):
    some = _some()
    dialog = shown(some)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    chosen = []
    dialog.chosen.connect(chosen.append)
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert chosen == [some[1]]


def test_escape_chooses_nothing(shown, qtbot):
    dialog = shown(_some())
    chosen = []
    dialog.chosen.connect(chosen.append)
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog.table, Qt.Key.Key_Escape)
    assert chosen == []


def test_without_backups_it_says_so(shown):
    dialog = shown([])
    assert not dialog.open_copy.isEnabled()
    assert not dialog.table.isVisible()


def test_a_name_is_no_html(shown):
    dialog = shown(_some())
    heading = next(w for w in dialog.findChildren(PlainLabel) if "Havnbank" in w.text())
    assert heading.textFormat() == Qt.TextFormat.PlainText


def test_what_is_chosen_opens_as_a_file_of_its_own(shown, qtbot, tmp_path, monkeypatch):
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    path = tmp_path / "bank.waymark"
    Document.create(path, new_workspace("Bank")).close()
    Document.open(path).close()
    dialog = shown(kept_backups(path))
    with qtbot.waitSignal(dialog.chosen) as taken:
        qtbot.mouseClick(dialog.open_copy, Qt.MouseButton.LeftButton)
    restore_backup(taken.args[0].path, tmp_path / "copy.waymark")
    with Document.open(tmp_path / "copy.waymark") as copy, Document.open(path) as first:
        assert copy.workspace == first.workspace
