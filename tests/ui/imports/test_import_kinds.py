"""KPIs, events and purchases come in by the window as by the command line, each as one step."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from journey.edit import AddTouchpoint
from storage.imports.mapping import parse_mapping, write_mapping
from tests.ui.imports.bringing import PATIENCE_MS, Dialog, blocked, ready
from ui.imports.events_dialog import EventsDialog
from ui.imports.frame import ImportFrame
from ui.imports.kinds import EvidenceKind
from ui.imports.kpi_dialog import KpiDialog
from ui.imports.kpi_values import CellsStrip
from ui.imports.purchases_dialog import PurchasesDialog
from ui.jobs import JobProgress
from ui.shell.desk import Desk


def pick(picker: object, value: object) -> None:
    """Choose from a short list as the keyboard does."""
    at = next(n for n in range(picker.count()) if picker.itemData(n) == value)
    picker.setFocus()
    QTest.keyClick(picker, Qt.Key.Key_Home)
    for _ in range(at):
        QTest.keyClick(picker, Qt.Key.Key_Down)


def take(dialog: ImportFrame, desk: Desk, qtbot: QtBot) -> None:
    """Press Import and wait for the one step."""
    ready(dialog, qtbot)
    steps = desk.session.document.undo_stack.index()
    qtbot.mouseClick(dialog.counts.go, Qt.MouseButton.LeftButton)
    stack = desk.session.document.undo_stack
    qtbot.waitUntil(lambda: stack.index() > steps, timeout=PATIENCE_MS)
    assert stack.index() == steps + 1


@pytest.fixture
def kpis(tmp_path: Path) -> Path:
    lines = [
        "KPI,Touchpoint,Unit,Target,2025Q4,2026Q1",
        "First contact resolution,Support call,%,80,71,72",
        "Calls waiting,Support call,calls,,120,110",
    ]
    path = tmp_path / "kpis.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_sheet_of_kpis_asks_only_what_it_does_not_say(
    opened: Desk, kpis: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    before = opened.session.document.workspace.copy()
    dialog = dialog_for(kpis)
    assert isinstance(dialog, KpiDialog)
    assert "\u201cCalls waiting\u201d" in blocked(dialog, qtbot, "better")
    row = dialog.rows["Calls waiting", "Support call"]
    row.target.setFocus()
    QTest.keyClicks(row.target, "ninety")
    pick(row.better, "lower")
    assert "no number" in blocked(dialog, qtbot, "target")
    row.target.selectAll()
    QTest.keyClicks(row.target, "90")
    take(dialog, opened, qtbot)
    ws = opened.session.document.workspace
    made = {k.name: k for k in ws.kpis.values()}
    assert (made["Calls waiting"].better, made["Calls waiting"].target) == ("lower", 90)
    assert made["First contact resolution"].better == "higher"
    assert len(ws.observations) == 4
    opened.actions_["undo"].trigger()
    assert opened.session.document.workspace == before


def test_values_that_differ_are_shown_beside_what_is_there_and_asked_about(
    opened: Desk, kpis: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    dialog = dialog_for(kpis)
    qtbot.waitUntil(lambda: bool(dialog.rows), timeout=PATIENCE_MS)
    pick(dialog.rows["Calls waiting", "Support call"].better, "lower")
    take(dialog, opened, qtbot)
    kpis.write_text(kpis.read_text().replace("2025Q4", "2026Q2").replace("110", "99"))
    again = dialog_for(kpis)
    blocked(again, qtbot, "values that differ")
    row = again.rows["Calls waiting", "Support call"]
    assert row.values.accessibleName() == "2026 Q1: 99, 110 is there; 2026 Q2: 120"
    assert again.choice.waits
    assert not again.choice.isHidden()
    assert "1 waits for a choice" in again.counts.text()
    other = again.rows["First contact resolution", "Support call"]
    assert other.values.accessibleName() == "2026 Q1, unchanged: 72; 2026 Q2: 71"
    again.choice.cards["add"].setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(again.choice.cards["add"], Qt.Key.Key_Return)
    ready(again, qtbot)
    assert "99, not taken, 110 stays" in row.values.accessibleName()
    assert not again.choice.waits
    qtbot.mouseClick(again.choice.cards["replace"], Qt.MouseButton.LeftButton)
    ready(again, qtbot)
    changed = again.rows["Calls waiting", "Support call"].values.accessibleName()
    assert "99, in place of 110" in changed
    take(again, opened, qtbot)
    values = opened.session.document.workspace.observations.values()
    assert sorted(o.value for o in values if o.value > 80) == [99, 120, 120]


def test_a_sheet_that_says_nothing_new_says_so_and_shows_its_values(
    opened: Desk, kpis: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    dialog = dialog_for(kpis)
    qtbot.waitUntil(lambda: bool(dialog.rows), timeout=PATIENCE_MS)
    pick(dialog.rows["Calls waiting", "Support call"].better, "lower")
    take(dialog, opened, qtbot)
    again = dialog_for(kpis)
    assert "in the workspace already" in blocked(again, qtbot, "Every value")
    qtbot.waitUntil(lambda: len(again.rows) == 2, timeout=PATIENCE_MS)
    assert again.choice.isHidden()
    assert all("unchanged" in row.values.accessibleName() for row in again.rows.values())
    assert not again.rows["Calls waiting", "Support call"].target.isEnabled()


def test_units_that_clash_are_asked_and_become_two_series(
    opened: Desk, tmp_path: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    path = tmp_path / "clash.csv"
    path.write_text("KPI,2025Q4,2026Q1\nCost per call,5 EUR,6 PLN\n", encoding="utf-8")
    before = opened.session.document.workspace.copy()
    dialog = dialog_for(path)
    assert "Cost per call" in blocked(dialog, qtbot, "unit")
    assert not opened.session.document.workspace.kpis
    (row,) = dialog.clashes.values()
    assert row.waits
    assert row.findChild(CellsStrip).accessibleName() == "2025 Q4: 5 EUR; 2026 Q1: 6 PLN"
    assert "2 wait for a choice" in dialog.counts.text()
    pick(row.picker, "separate")
    qtbot.waitUntil(lambda: len(dialog.rows) == 2, timeout=PATIENCE_MS)
    for series in dialog.rows.values():
        pick(series.better, "lower")
    take(dialog, opened, qtbot)
    ws = opened.session.document.workspace
    found = {(k.name, k.unit) for k in ws.kpis.values()}
    assert found == {("Cost per call", "EUR"), ("Cost per call (PLN)", "PLN")}
    assert sorted(o.value for o in ws.observations.values()) == [5, 6]
    opened.actions_["undo"].trigger()
    assert opened.session.document.workspace == before


def test_shares_beside_percent_are_converted_when_somebody_says_so(
    opened: Desk, tmp_path: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    path = tmp_path / "shares.csv"
    path.write_text("KPI,2025Q4,2026Q1,2026-04\nFCR,71 %,0.72,0.73\n", encoding="utf-8")
    dialog = dialog_for(path)
    blocked(dialog, qtbot, "unit")
    pick(dialog.clashes["FCR", "", "unit_clash"].picker, "shares:%")
    blocked(dialog, qtbot, "kinds")
    pick(dialog.clashes["FCR", "", "period_clash"].picker, "only:quarter")
    chosen = {(c.clash, c.take) for c in parse_mapping(write_mapping(dialog.mapping)).choices}
    assert chosen == {("unit_clash", "shares:%"), ("period_clash", "only:quarter")}
    take(dialog, opened, qtbot)
    ws = opened.session.document.workspace
    assert {(o.period, o.value) for o in ws.observations.values()} == {
        ("2025Q4", 71.0),
        ("2026Q1", 72.0),
    }


def test_known_periods_can_be_kept_beside_the_new_ones(
    opened: Desk, tmp_path: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text("KPI,2026Q1,2026Q2\nFCR,71,72\n", encoding="utf-8")
    take(dialog_for(path), opened, qtbot)
    path.write_text("KPI,2026Q1,2026Q2\nFCR,80,81\n", encoding="utf-8")
    again = dialog_for(path)
    blocked(again, qtbot, "values that differ")
    qtbot.mouseClick(again.choice.cards["separate"], Qt.MouseButton.LeftButton)
    row = ("FCR (2)", "")
    qtbot.waitUntil(lambda: row in again.rows, timeout=PATIENCE_MS)
    pick(again.rows[row].better, "higher")
    take(again, opened, qtbot)
    ws = opened.session.document.workspace
    names = {k.id: k.name for k in ws.kpis.values()}
    values = {(names[o.kpi], o.value) for o in ws.observations.values()}
    assert values == {("FCR", 71), ("FCR", 72), ("FCR (2)", 80), ("FCR (2)", 81)}


GA4 = (
    "# ----------\n# Pages and screens\n# ----------\n# All Users\n"
    "# Start date: 20260105\n# End date: 20260201\n"
    "Page path,Views,Bounce rate\n/shop/checkout/,10,0.25\n/about/,5,0.5\n"
)


def test_a_report_of_the_web_is_asked_for_its_days_and_pages(
    opened: Desk, tmp_path: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    document = opened.session.document
    stage = min(document.workspace.stages.values(), key=lambda s: s.position)
    assert document.run(AddTouchpoint(stage.id, "Checkout"))
    path = tmp_path / "report.csv"
    path.write_text(GA4, encoding="utf-8")
    dialog = dialog_for(path)
    assert isinstance(dialog, KpiDialog)
    assert "2026-01-05/2026-02-01" in blocked(dialog, qtbot, "whole week")
    (row,) = dialog.clashes.values()
    pick(row.picker, "2026Q1")
    qtbot.waitUntil(lambda: bool(dialog.rows), timeout=PATIENCE_MS)
    assert dialog.places["/shop/checkout/"].picker.currentText() == "Checkout"
    assert dialog.places["/about/"].picker.currentText() == "Leave it out"
    pick(dialog.places["/about/"].picker, "\x00own")
    qtbot.waitUntil(lambda: len(dialog.rows) == 4, timeout=PATIENCE_MS)
    pick(dialog.rows["Views", "Checkout"].better, "higher")
    pick(dialog.rows["Bounce rate", "Checkout"].better, "lower")
    take(dialog, opened, qtbot)
    ws = document.workspace
    names = {t.id: t.name for t in ws.touchpoints.values()}
    kpis = {k.id: (k.name, names[k.touchpoint], k.better, k.unit) for k in ws.kpis.values()}
    assert {(*kpis[o.kpi], o.period, o.value) for o in ws.observations.values()} == {
        ("Views", "Checkout", "higher", "", "2026Q1", 10),
        ("Bounce rate", "Checkout", "lower", "share", "2026Q1", 0.25),
        ("Views", "/about/", "higher", "", "2026Q1", 5),
        ("Bounce rate", "/about/", "lower", "share", "2026Q1", 0.5),
    }


def test_a_real_event_log_is_matched_and_taken(
    opened: Desk, shared_data: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    document = opened.session.document
    stage = min(document.workspace.stages.values(), key=lambda s: s.position)
    for name in ("Examine casually", "Rejecting the request"):
        assert document.run(AddTouchpoint(stage.id, name))
    before = document.workspace.copy()
    dialog = dialog_for(shared_data / "xes" / "running-example.xes")
    assert isinstance(dialog, EventsDialog)
    ready(dialog, qtbot)
    assert dialog.counts.text().startswith("42 events in the file 42 taken")
    assert dialog.rows["examine casually"].picker.currentData() == "Examine casually"
    doubtful = dialog.rows["reject request"]
    assert not doubtful.yes.isHidden()
    qtbot.mouseClick(doubtful.yes, Qt.MouseButton.LeftButton)
    assert dialog.mapping.activities == {"reject request": "Rejecting the request"}
    pick(dialog.rows["reject request"].end, "lost")
    pick(dialog.rows["pay compensation"].end, "retained")
    take(dialog, opened, qtbot)
    ws = document.workspace
    (log,) = ws.event_logs.values()
    names = {t.id: t.name for t in ws.touchpoints.values()}
    counts = {
        (names.get(t.source, t.source), names.get(t.target, t.target)): t.count
        for t in ws.transitions.values()
    }
    assert counts["check ticket", "decide"] == 6
    assert counts["Rejecting the request", "lost"] == 3
    assert counts["pay compensation", "retained"] == 3
    assert len(names) == 8
    assert log.source_file == "running-example.xes"
    opened.actions_["undo"].trigger()
    assert document.workspace == before


def test_the_guess_is_preselected_and_can_be_changed(
    opened: Desk, shared_data: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    dialog = dialog_for(shared_data / "xes" / "running-example.csv")
    assert dialog.file.kind.current() == EvidenceKind.EVENTS
    segments = dialog.file.kind._segments
    qtbot.mouseClick(segments["survey"], Qt.MouseButton.LeftButton)
    importer = opened.flows.importer
    qtbot.waitUntil(lambda: importer.dialog is not dialog, timeout=PATIENCE_MS)
    asked = importer.dialog
    assert asked.file.kind.current() == EvidenceKind.SURVEY
    qtbot.mouseClick(asked.file.kind._segments["events"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: importer.dialog is not asked, timeout=PATIENCE_MS)
    ready(importer.dialog, qtbot)
    assert "42 taken" in importer.dialog.counts.text()


def test_purchases_without_a_header_are_taken(
    opened: Desk, shared_data: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    dialog = dialog_for(shared_data / "cdnow" / "CDNOW_sample.txt")
    assert isinstance(dialog, PurchasesDialog)
    ready(dialog, qtbot)
    assert "2\u202f357 customers" in dialog.summary.text()
    take(dialog, opened, qtbot)
    (log,) = opened.session.document.workspace.purchase_logs.values()
    assert (log.purchases, log.customers) == (6_919, 2_357)
    opened.actions_["undo"].trigger()
    assert not opened.session.document.workspace.purchase_logs


def test_an_event_import_that_is_stopped_leaves_nothing(
    opened: Desk, shared_data: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    before = opened.session.document.workspace.copy()
    dialog = dialog_for(shared_data / "xes" / "roadtraffic100traces.xes")
    ready(dialog, qtbot)

    def stop(progress: JobProgress) -> None:
        opened._jobs.cancel(progress.number)

    opened._jobs.progressed.connect(stop, Qt.ConnectionType.DirectConnection)
    qtbot.mouseClick(dialog.counts.go, Qt.MouseButton.LeftButton)
    bar = opened.workbench.status_bar
    qtbot.waitUntil(lambda: "stopped" in bar.note, timeout=PATIENCE_MS)
    assert opened.session.document.workspace == before


def test_a_pasted_event_log_is_taken(opened: Desk, qtbot: QtBot) -> None:
    rows = [f"c{n // 3}\t{'abc'[n % 3]} step\t2026-01-01 1{n % 3}:00:00" for n in range(60)]
    opened.flows.importer.paste("case_id\tactivity\ttimestamp\n" + "\n".join(rows), opened.session)
    qtbot.waitUntil(lambda: opened.flows.importer.dialog is not None, timeout=PATIENCE_MS)
    dialog = opened.flows.importer.dialog
    assert isinstance(dialog, EventsDialog)
    take(dialog, opened, qtbot)
    assert len(opened.session.document.workspace.event_logs) == 1
