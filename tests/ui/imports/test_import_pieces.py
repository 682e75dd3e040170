"""What is made in pieces, so that the window stays live, is the same as made at once."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from journey.edit import AddTouchpoint
from tests.ui.imports.bringing import PATIENCE_MS, Dialog
from ui.imports import columns_view, form
from ui.imports.dialog import ImportDialog
from ui.imports.draft import Draft
from ui.imports.events_dialog import EventsDialog
from ui.imports.form import RowsInPieces
from ui.imports.kinds import EvidenceKind
from ui.imports.kpi_dialog import KpiDialog
from ui.imports.work import Look
from ui.jobs import Jobs
from ui.shell.desk import Desk


class Rows:
    """Rows in pieces, with how many were made in each turn of the event loop."""

    def __init__(self) -> None:
        self.held = QWidget()
        self.column = QVBoxLayout(self.held)
        self.pieces = RowsInPieces(self.column, self.held)
        self.made: list[str] = []
        self.told = 0
        self.pieces.whole.connect(self.tell)

    def tell(self) -> None:
        self.told += 1

    def show(self, names: list[str]) -> None:
        def made(name: str) -> QLabel:
            self.made.append(name)
            return QLabel(name)

        self.made.clear()
        self.pieces.show_rows([lambda name=name: made(name) for name in names])

    def texts(self) -> list[str]:
        items = (self.column.itemAt(at) for at in range(self.column.count()))
        labels = (item.widget() for item in items if item is not None)
        return [label.text() for label in labels if isinstance(label, QLabel)]


@given(st.lists(st.lists(st.text("abc", max_size=3), max_size=17), min_size=1, max_size=3))
def test_rows_in_pieces_are_all_there_in_their_order(qapp: QApplication, shown: list) -> None:
    rows = Rows()
    rows.held.show()
    for names in shown:
        rows.show(names)
        assert rows.made == names[: form.AT_ONCE]
        while not rows.pieces.is_whole:
            before = len(rows.made)
            QCoreApplication.processEvents()
            assert len(rows.made) - before <= form.AT_ONCE
        assert rows.made == names
        assert rows.texts() == names
    assert rows.told == len(shown)


def test_rows_that_come_while_others_are_made_take_their_place(qapp: QApplication) -> None:
    rows = Rows()
    rows.held.show()
    rows.show([str(n) for n in range(30)])
    rows.show(["one"])
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()
    assert rows.texts() == ["one"]
    assert rows.pieces.is_whole


def test_no_row_is_made_in_the_turn_that_makes_its_window(qtbot: QtBot) -> None:
    rows = Rows()
    rows.show([str(n) for n in range(5)])
    assert rows.made == []
    assert not rows.pieces.is_whole
    qtbot.waitUntil(lambda: rows.pieces.is_whole, timeout=PATIENCE_MS)
    assert rows.texts() == ["0", "1", "2", "3", "4"]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Events of thirty activities, the first ones the oftenest."""
    lines = ["case,activity,time"]
    for n in range(30):
        for case in range(31 - n):
            lines.append(f"c{case},step {n:02},2026-01-{1 + n:02}T10:00:00")
    path = tmp_path / "log.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_all_activities_of_a_log_get_a_row(log: Path, dialog_for: Dialog, qtbot: QtBot) -> None:
    dialog = dialog_for(log)
    assert isinstance(dialog, EventsDialog)
    assert len(dialog.rows) < 30
    qtbot.waitUntil(lambda: len(dialog.rows) == 30, timeout=PATIENCE_MS)
    assert list(dialog.rows) == [f"step {n:02}" for n in range(30)]
    assert "30 activities" in dialog._heading.text()


def test_what_is_said_of_one_kpi_holds_for_its_rows_to_come(
    tmp_path: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    rows = [f"Calls waiting,Desk {n},calls,,12{n % 10},110" for n in range(20)]
    path = tmp_path / "kpis.csv"
    head = "KPI,Touchpoint,Unit,Target,2025Q4,2026Q1"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    dialog = dialog_for(path)
    assert isinstance(dialog, KpiDialog)
    qtbot.waitUntil(lambda: bool(dialog.rows), timeout=PATIENCE_MS)
    first = dialog.rows["Calls waiting", "Desk 0"]
    first.better.setCurrentIndex(first.better.findData("lower"))
    first.better.picked.emit("lower")
    qtbot.waitUntil(lambda: len(dialog.rows) == 20, timeout=PATIENCE_MS)
    assert {row.better.currentData() for row in dialog.rows.values()} == {"lower"}
    assert not dialog._open_names()


@pytest.fixture
def broad(tmp_path: Path) -> Path:
    """More questions than get their heights at once."""
    n = 3 * columns_view.AT_ONCE
    heads = [f"How satisfied are you with the service number {at} of ours?" for at in range(n)]
    lines = [",".join(["Respondent ID", *heads])]
    lines += [
        ",".join([f"r{row}", *(str(1 + (row + at) % 5) for at in range(n))]) for row in range(40)
    ]
    path = tmp_path / "broad.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_each_of_many_columns_gets_its_height(
    broad: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    dialog = dialog_for(broad)
    assert isinstance(dialog, ImportDialog)
    view = dialog.columns
    qtbot.waitUntil(lambda: not view._heights.isActive() and not view._unfit, timeout=PATIENCE_MS)
    assert view.columns.rowCount() == 3 * columns_view.AT_ONCE + 1
    for row in range(view.columns.rowCount()):
        assert view.rowHeight(row) == view._painter.row_height(row)


def test_a_draft_finds_what_each_column_asks(broad: Path, qapp: QApplication) -> None:
    found = Look(broad)(lambda _done, _total: None, lambda: False)
    draft = Draft.of(found.inspection, found.mapping)
    for place in range(len(found.inspection.columns)):
        asked = [q for q in draft.mapping.questions if draft.finder.find(q.column) == place]
        assert draft.question(place) == (asked[0] if asked else None)
        told = [p for p in draft.mapping.pain_points if draft.finder.find(p.when.column) == place]
        assert draft.ticks(place) == tuple(p for p in told if p.when.values)


def test_the_dialog_of_a_file_is_loaded_by_the_worker(
    log: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    from ui.imports import work

    loaded: list[tuple[EvidenceKind, int]] = []
    whole = work._make_ready

    def noted(kind: EvidenceKind) -> None:
        loaded.append((kind, threading.get_ident()))
        whole(kind)

    monkeypatch.setattr(work, "_make_ready", noted)
    jobs = Jobs()
    jobs.store(Look(log))
    jobs.wait()
    jobs.shut_down()
    assert [kind for kind, _ in loaded] == [EvidenceKind.EVENTS]
    assert loaded[0][1] != threading.get_ident()


def test_in_a_narrow_window_a_doubt_stands_below_its_pickers(
    opened: Desk, tmp_path: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    document = opened.session.document
    stage = min(document.workspace.stages.values(), key=lambda s: s.position)
    assert document.run(AddTouchpoint(stage.id, "Rejecting the request"))
    rows = [
        f"c{n},{('reject request', 'wait')[n % 2]},2026-01-01 1{n % 9}:00:00" for n in range(40)
    ]
    path = tmp_path / "log.csv"
    path.write_text("\n".join(["case_id,activity,timestamp", *rows]) + "\n", encoding="utf-8")
    dialog = dialog_for(path)
    qtbot.waitUntil(lambda: "reject request" in dialog.rows, timeout=PATIENCE_MS)
    row = dialog.rows["reject request"]
    dialog.resize(1200, 700)
    qtbot.waitUntil(lambda: row.yes.y() < row.picker.geometry().bottom(), timeout=PATIENCE_MS)
    dialog.resize(dialog.minimumSize())
    qtbot.waitUntil(lambda: row.yes.y() > row.picker.geometry().bottom(), timeout=PATIENCE_MS)
    assert row.width() <= dialog.width()
    qtbot.mouseClick(row.yes, Qt.MouseButton.LeftButton)
    assert dialog.mapping.activities == {"reject request": "Rejecting the request"}


def test_a_dropped_file_loads_no_readers_on_the_windows_thread() -> None:
    probe = (
        "import sys, ui.imports.importer, ui.imports.work\n"
        "print([m for m in sys.modules if m.startswith('storage.')])"
    )
    ran = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
