"""A survey comes into the open window as a person brings it, and goes again with one undo."""

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from journey.model.quarter import quarter_of
from storage.document import read_document
from tests.ui.imports.bringing import PATIENCE_MS, Dialog, close_message, ready
from ui.imports.dialog import ImportDialog
from ui.jobs import JobProgress
from ui.shell.desk import Desk
from ui.shell.window import Window


def drop(desk: Desk, path: Path) -> bool:
    """Drop a file on the window; return whether it was taken."""
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(path))])
    action, button, no_keys = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    entered = QDragEnterEvent(QPoint(300, 300), action, files, button, no_keys)
    QApplication.sendEvent(desk, entered)
    QApplication.sendEvent(desk, QDropEvent(QPointF(300, 300), action, files, button, no_keys))
    return entered.isAccepted()


def take(dialog: ImportDialog, desk: Desk, qtbot: QtBot) -> None:
    """Press Import and wait until the answers are counted."""
    ready(dialog, qtbot)
    assert desk.session is not None
    steps = desk.session.document.undo_stack.index()
    qtbot.mouseClick(dialog.counts.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.session.document.undo_stack.index() > steps, timeout=PATIENCE_MS)


def test_an_airlines_table_is_imported_measured_and_undone(
    opened: Desk, airline: Path, qtbot: QtBot
) -> None:
    session = opened.session
    assert session is not None
    before = session.document.workspace.copy()
    assert drop(opened, airline)
    qtbot.waitUntil(lambda: opened.flows.importer.dialog is not None, timeout=PATIENCE_MS)
    dialog = opened.flows.importer.dialog
    ready(dialog, qtbot)
    assert dialog.counts.text().startswith("240 records in the file 240 taken 0")
    with qtbot.waitSignal(session.findings.ranking_changed, timeout=PATIENCE_MS):
        take(dialog, opened, qtbot)
    qtbot.waitUntil(lambda: bool(session.findings.evidence.metrics), timeout=PATIENCE_MS)
    workspace = session.document.workspace
    assert len(workspace.surveys) == 1
    assert {t.name for t in workspace.touchpoints.values()} == {
        "Seat comfort",
        "Cleanliness",
        "Checkin service",
    }
    assert session.findings.evidence.answers == 240
    note = opened.workbench.status_bar._note
    told = "240 of 240 records imported from flights.csv"
    qtbot.waitUntil(lambda: note.text() == told, timeout=PATIENCE_MS)
    assert session.document.undo_stack.count() == 1
    opened.actions_["undo"].trigger()
    assert session.document.workspace == before
    qtbot.waitUntil(lambda: not session.findings.evidence.metrics, timeout=PATIENCE_MS)


def test_what_was_imported_is_in_the_file(
    opened: Desk, airline: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    path = opened.session.document.path
    take(dialog_for(airline), opened, qtbot)
    opened.close_workspace()
    with read_document(path) as stored:
        (survey,) = stored.workspace.surveys.values()
    assert survey.records == 240
    assert survey.source_file == "flights.csv"


def test_from_the_start_page_a_workspace_is_made_first(
    window: Window, desk: Desk, airline: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def which(*_args: object, **_more: object) -> tuple[str, str]:
        return str(airline), ""

    def where(_parent: object, title: str, suggested: str, *_more: object) -> tuple[str, str]:
        asked.append(suggested)
        return str(airline.with_name("flights")), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", which)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", where)
    qtbot.mouseClick(desk.start.survey_card, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.flows.importer.dialog is not None, timeout=PATIENCE_MS)
    assert Path(asked[0]).name == "flights.waymark"
    session = desk.session
    assert session.document.path == airline.with_name("flights.waymark")
    assert session.document.workspace.info.name == "flights"
    assert not session.document.workspace.touchpoints
    take(desk.flows.importer.dialog, desk, qtbot)
    assert len(session.document.workspace.surveys) == 1


def test_nothing_is_made_where_nobody_says_where(
    desk: Desk, airline: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *args: asked.append(args) or ("", "")
    )
    desk.take_file(str(airline))
    qtbot.waitUntil(lambda: bool(asked), timeout=PATIENCE_MS)
    assert desk.session is None
    assert desk.flows.importer.dialog is None
    assert not list(airline.parent.glob("*.waymark"))


def test_ctrl_i_asks_for_an_export(
    window: Window, opened: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", lambda *args: asked.append(args) or ("", "")
    )
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert len(asked) == 1
    opened.workbench.priorities.import_requested.emit()
    assert len(asked) == 2


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, b"", b"\n\n"])
def test_a_broken_file_is_told_and_makes_nothing(
    content: bytes, desk: Desk, tmp_path: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(content)
    assert drop(desk, path)
    told = close_message(qapp, qtbot)
    assert "odd.csv" in told
    assert "Nothing was imported or changed." in told
    assert desk.session is None
    assert desk.flows.importer.dialog is None
    assert not list(tmp_path.glob("*.waymark"))


def test_cancel_leaves_nothing(
    opened: Desk, airline: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    before = opened.session.document.workspace.copy()
    dialog = dialog_for(airline)
    ready(dialog, qtbot)
    qtbot.mouseClick(dialog.counts.cancel, Qt.MouseButton.LeftButton)
    assert opened.flows.importer.dialog is None
    assert opened.session.document.workspace == before
    assert opened.session.document.undo_stack.count() == 0


def test_an_import_that_is_stopped_leaves_nothing(
    opened: Desk, airline: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    before = opened.session.document.workspace.copy()
    dialog = dialog_for(airline)
    ready(dialog, qtbot)
    titles = []

    def stop(progress: JobProgress) -> None:
        titles.append(progress.title)
        opened._jobs.cancel(progress.number)

    # On the worker's own thread, so that it stops before it is done.
    opened._jobs.progressed.connect(stop, Qt.ConnectionType.DirectConnection)
    qtbot.mouseClick(dialog.counts.go, Qt.MouseButton.LeftButton)
    bar = opened.workbench.status_bar
    qtbot.waitUntil(lambda: "stopped" in bar._note.text(), timeout=PATIENCE_MS)
    assert set(titles) == {"Importing flights.csv"}
    assert opened.session.document.workspace == before
    assert opened.session.document.undo_stack.count() == 0


def test_closing_the_workspace_ends_the_question_and_the_import(
    opened: Desk, airline: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    path = opened.session.document.path
    dialog_for(airline)
    opened.close_workspace()
    assert opened.flows.importer.dialog is None
    opened.open_path(str(path))
    qtbot.waitUntil(lambda: opened.session is not None, timeout=PATIENCE_MS)
    dialog = dialog_for(airline)
    ready(dialog, qtbot)
    qtbot.mouseClick(dialog.counts.go, Qt.MouseButton.LeftButton)
    opened.close_workspace()
    with read_document(path) as stored:
        assert not stored.workspace.surveys


def test_known_answers_are_replaced_only_when_asked(
    opened: Desk, airline: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    document = opened.session.document
    take(dialog_for(airline), opened, qtbot)
    (first,) = document.workspace.surveys
    dialog = dialog_for(airline)
    qtbot.waitUntil(lambda: not dialog.known.isHidden(), timeout=PATIENCE_MS)
    assert "“flights”" in dialog.known.accessibleName()
    assert not dialog.counts.go.isEnabled()
    assert not dialog._remembered.isHidden()
    qtbot.mouseClick(dialog.add, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not dialog.problem.isHidden(), timeout=PATIENCE_MS)
    assert "nobody new" in dialog.problem.accessibleName()
    qtbot.mouseClick(dialog.replace, Qt.MouseButton.LeftButton)
    take(dialog, opened, qtbot)
    (second,) = document.workspace.surveys
    assert second != first
    document.undo_stack.undo()
    assert set(document.workspace.surveys) == {first}


def test_only_new_respondents_are_added(
    opened: Desk, airline: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    take(dialog_for(airline), opened, qtbot)
    lines = airline.read_text("utf-8").splitlines()
    more = airline.with_name("flights later.csv")
    new = [f"{n},{9000 + n},Eco,5,5,5,satisfied" for n in range(12)]
    more.write_text("\n".join([*lines, *new]) + "\n", encoding="utf-8")
    dialog = dialog_for(more)
    qtbot.waitUntil(lambda: not dialog.known.isHidden(), timeout=PATIENCE_MS)
    qtbot.mouseClick(dialog.add, Qt.MouseButton.LeftButton)
    ready(dialog, qtbot)
    assert "240 imported before" in dialog.counts.text()
    take(dialog, opened, qtbot)
    records = sorted(s.records for s in opened.session.document.workspace.surveys.values())
    assert records == [12, 240]


def test_the_quarter_is_todays_by_the_workspaces_year(
    opened: Desk, airline: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    dialog = dialog_for(airline)
    today = quarter_of(datetime.now().astimezone().date(), 1)
    assert dialog.draft.survey.quarter == today
    assert dialog.survey.quarter.text() == today.replace("Q", " Q")


def test_the_real_airline_survey(
    opened: Desk, shared_data: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    (path,) = (shared_data / "airline").glob("*.csv")
    dialog = dialog_for(path)
    ready(dialog, qtbot)
    assert "25\u202f976 taken" in dialog.counts.text()
    take(dialog, opened, qtbot)
    assert len(opened.session.document.workspace.touchpoints) == 14
