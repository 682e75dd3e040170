"""Exporting from the window: ask, look at the page, write; on the sample, with real files."""

import csv

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QListWidget

from ui.app import Program

PATIENCE_MS = 120_000


@pytest.fixture
def program(frozen_sample, tmp_path, monkeypatch, qapp, qtbot):
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "log"))
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
    path = tmp_path / "sample.waymark"
    path.write_bytes(frozen_sample.read_bytes())
    made = Program(qapp, tmp_path / "settings.ini", path)
    made.window.resize(1400, 900)
    with qtbot.waitActive(made.window):
        made.window.show()
        made.window.activateWindow()
    qtbot.waitUntil(lambda: made.desk is not None and made.desk.session is not None)
    session = made.desk.session
    qtbot.waitUntil(lambda: session.findings.ranking is not None, timeout=PATIENCE_MS)
    yield made
    made.window.close()
    made.shut_down()
    made.window.deleteLater()


@pytest.fixture
def dialog(program, qtbot):
    program.desk.actions_["export"].trigger()
    found = program.desk.flows.exporter.dialog
    qtbot.waitUntil(lambda: found._is_ready, timeout=PATIENCE_MS)
    return found


def test_leaders_are_there_at_once_and_stay_as_they_were_ticked(program, qtbot):
    program.desk.actions_["export"].trigger()
    dialog = program.desk.flows.exporter.dialog
    people = dialog.findChild(QListWidget)
    names = [people.item(row).text() for row in range(people.count())]
    ranking = program.desk.session.findings.ranking
    for item in ranking.items:
        assert any(name.startswith(f"{item.leader_name} · ") for name in names)
    assert names[-1] == "All leaders: the overview"
    assert "…" in dialog._doing.text()
    assert dialog._bar.isVisible()
    people.item(1).setCheckState(Qt.CheckState.Unchecked)
    people.setCurrentRow(1)
    dialog.accept()
    assert dialog.isVisible()  # nothing is whole yet
    qtbot.waitUntil(lambda: dialog._is_ready, timeout=PATIENCE_MS)
    assert [people.item(row).text() for row in range(people.count())] == names
    states = [people.item(row).checkState() for row in range(people.count())]
    assert states.count(Qt.CheckState.Unchecked) == 1
    assert states[1] is Qt.CheckState.Unchecked
    assert people.currentRow() == 1
    assert not dialog._bar.isVisible()
    dialog.reject()


def test_the_list_in_the_window_is_not_ranked_again(program, dialog):
    shown = {id(item) for item in program.desk.session.findings.ranking.items}
    told = {id(row.item) for pack in dialog._report.packs for row in pack.all_rows}
    assert told == shown
    dialog.reject()


def test_answers_that_arrive_meanwhile_are_read_too(program, qtbot):
    program.desk.actions_["export"].trigger()
    exporter = program.desk.flows.exporter
    rounds = exporter._round
    with qtbot.waitSignal(program.desk.session.findings.evidence_changed, timeout=PATIENCE_MS):
        program.desk.session.findings.read()
    assert exporter._round == rounds + 1
    qtbot.waitUntil(lambda: exporter.dialog._is_ready, timeout=PATIENCE_MS)
    exporter.dialog.reject()


def test_a_quarter_nobody_looks_at_is_gathered_too(program, qtbot):
    session, exporter = program.desk.session, program.desk.flows.exporter
    other = next(
        q for q in session.findings.evidence.quarters if q != session.findings.evidence.quarter
    )
    exporter.begin(session, other)
    qtbot.waitUntil(lambda: exporter.dialog._is_ready, timeout=PATIENCE_MS)
    assert {pack.quarter for pack in exporter.dialog._report.packs} == {other}
    exporter.dialog.reject()


def test_only_what_is_ticked_is_written_and_the_figures_are_the_list(
    program, dialog, tmp_path, qtbot
):
    people = dialog.findChild(QListWidget)
    for row in range(1, people.count()):
        people.item(row).setCheckState(Qt.CheckState.Unchecked)
    for box in dialog.findChildren(QCheckBox):
        box.setChecked(box.text() == "CSV, raw")
    with qtbot.waitSignal(program.desk.flows.exported, timeout=PATIENCE_MS) as written:
        dialog.accept()
    (path,) = written.args[0]
    assert path.parent == tmp_path / "packs"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    ranking = program.desk.session.findings.ranking
    titles = {item.title for item in ranking.items}
    assert rows
    assert {value for row in rows for value in row.values()} & titles


def test_the_page_itself_is_shown(dialog, qtbot):
    qtbot.waitUntil(lambda: not dialog._page.isNull(), timeout=PATIENCE_MS)
    assert dialog._page.height() > dialog._page.width()


def test_it_stands_whole_on_a_small_screen(dialog):
    assert dialog.minimumSizeHint().height() <= 600 - 60
    assert dialog.minimumSizeHint().width() <= 900
    dialog.resize(800, 540)
    dialog._fit_page()
    assert dialog._go.geometry().bottom() < dialog.height()


def test_nothing_ticked_is_said_and_nothing_is_written(dialog):
    for box in dialog.findChildren(QCheckBox):
        box.setChecked(False)
    dialog.accept()
    assert dialog.isVisible()
    assert "format" in dialog._why_not.text()


def test_escape_writes_nothing(program, dialog, tmp_path, qtbot):
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert program.desk.flows.exporter.dialog is None
    assert not (tmp_path / "packs").exists()


def test_the_overview_holds_the_maps(program, dialog):
    overview = dialog._report.overview
    assert [picture.journey for picture in overview.pictures] == [
        "Opening a salary account",
        "Moving a mortgage",
    ]
    assert all(text.title.startswith("The map: ") for text in overview.text.pictures)
    dialog.reject()


def test_a_closed_dialog_asks_for_no_page(program, dialog, qtbot):
    """A timer still running would ask workers that may have stopped by then."""
    qtbot.waitUntil(lambda: not dialog._page.isNull(), timeout=PATIENCE_MS)
    people = dialog.findChild(QListWidget)
    people.setCurrentRow(1)
    assert dialog._timer.isActive()
    drawn = dialog._wanted
    dialog.reject()
    assert not dialog._timer.isActive()
    # What the timer would do, were it to fire between closing and being deleted:
    people.setCurrentRow(2)
    dialog._draw()
    assert not dialog._timer.isActive()
    assert dialog._wanted == drawn
