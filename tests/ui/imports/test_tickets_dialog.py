"""Tickets dropped on the window become KPIs: asked by a form, taken in as one step."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from journey.edit import AddTouchpoint
from tests.ui.imports.bringing import PATIENCE_MS, Dialog, blocked, ready
from ui.imports.kinds import EvidenceKind
from ui.imports.tickets_dialog import TicketsDialog
from ui.shell.desk import Desk

HEAD = "Ticket ID,Group,Status,Created at,Solved at,First reply time{unit},Reopens,Replies"


def rows(replies: list[str]) -> str:
    return "".join(
        f"{n},{('Chat', 'Phone')[n % 2]},Closed,2026-07-{n:02d} 09:00,2026-07-{n:02d} 12:00,"
        f"{reply},0,{1 + n % 2}\n"
        for n, reply in enumerate(replies, start=1)
    )


@pytest.fixture
def tickets(tmp_path: Path) -> Path:
    path = tmp_path / "tickets.csv"
    replies = [str(30 * n) for n in range(1, 21)]
    path.write_text(f"{HEAD.format(unit=' (min)')}\n{rows(replies)}", encoding="utf-8")
    return path


def pick(dialog: TicketsDialog, key: str, value: str) -> None:
    """Choose from a short list of the form as the keyboard does."""
    picker = dialog.form.pickers[key]
    at = next(n for n in range(picker.count()) if picker.itemData(n) == value)
    picker.setFocus()
    QTest.keyClick(picker, Qt.Key.Key_Home)
    for _ in range(at):
        QTest.keyClick(picker, Qt.Key.Key_Down)


def take(dialog: TicketsDialog, desk: Desk, qtbot: QtBot) -> None:
    ready(dialog, qtbot)
    stack = desk.session.document.undo_stack
    steps = stack.index()
    qtbot.mouseClick(dialog.counts.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: stack.index() > steps, timeout=PATIENCE_MS)
    assert stack.index() == steps + 1


def test_a_table_of_tickets_comes_in_as_one_step(
    opened: Desk, tickets: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    before = opened.session.document.workspace.copy()
    dialog = dialog_for(tickets)
    assert isinstance(dialog, TicketsDialog)
    assert dialog.form.pickers["reply"].currentData() == "First reply time (min)"
    assert dialog.form.pickers["created"].currentData() == "Created at"
    ready(dialog, qtbot)
    assert "at most one reply" in dialog.notes.text()
    take(dialog, opened, qtbot)
    ws = opened.session.document.workspace
    values = {ws.kpis[o.kpi].name: (o.value, o.n) for o in ws.observations.values()}
    assert values["Answered within 2 h"] == (15.0, 20)
    # Solved up to the 13th: seven days before the last; of them every other took one reply.
    assert values["First contact resolution (one reply, not reopened)"] == (
        pytest.approx(100 * 6 / 13),
        13,
    )
    opened.actions_["undo"].trigger()
    assert opened.session.document.workspace == before


def test_tickets_go_to_the_touchpoints_of_a_column(
    opened: Desk, tickets: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    document = opened.session.document
    stage = next(iter(document.workspace.stages))
    assert document.run(AddTouchpoint(stage, "Chat"))
    dialog = dialog_for(tickets)
    assert isinstance(dialog, TicketsDialog)
    ready(dialog, qtbot)
    pick(dialog, "at", "by:Group")
    qtbot.waitUntil(lambda: "Phone" in dialog.places, timeout=PATIENCE_MS)
    take(dialog, opened, qtbot)
    ws = opened.session.document.workspace
    where = {kpi.touchpoint for kpi in ws.kpis.values()}
    assert [ws.touchpoints[each].name for each in where if each] == ["Chat"]
    assert None not in where


def test_a_unit_that_nobody_told_is_asked_for(
    opened: Desk, tmp_path: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    path = tmp_path / "bare.csv"
    path.write_text(f"{HEAD.format(unit='')}\n{rows(['1200'] * 20)}", encoding="utf-8")
    dialog = dialog_for(path)
    assert isinstance(dialog, TicketsDialog)
    assert "\u201cFirst reply time\u201d" in blocked(dialog, qtbot, "unit")
    pick(dialog, "reply_unit", "s")
    take(dialog, opened, qtbot)
    ws = opened.session.document.workspace
    medians = [o.value for o in ws.observations.values() if ws.kpis[o.kpi].unit == "h"]
    assert pytest.approx(1 / 3) in medians


def test_tickets_without_dates_ask_for_their_period(
    opened: Desk, tmp_path: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    path = tmp_path / "undated.csv"
    lines = [f"{n},{30 * n}" for n in range(1, 9)]
    path.write_text("\n".join(["Ticket ID,First reply time (min)", *lines]), encoding="utf-8")
    dialog = dialog_for(path)
    assert isinstance(dialog, TicketsDialog)
    blocked(dialog, qtbot, "period")
    offered = dialog.form.pickers["period"]
    months = [offered.itemData(n) for n in range(3, offered.count())]
    pick(dialog, "period", months[0])
    take(dialog, opened, qtbot)
    ws = opened.session.document.workspace
    assert {o.period for o in ws.observations.values()} == {months[0]}


def test_rated_tickets_are_a_survey_and_can_be_taken_as_kpis(
    opened: Desk, tmp_path: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    path = tmp_path / "rated.csv"
    lines = rows(["30"] * 20).splitlines()
    marks = ["Good", "Bad", "Offered", "Good"] * 5
    body = [f"{line},{mark}" for line, mark in zip(lines, marks, strict=True)]
    head = HEAD.format(unit=" (min)") + ",Satisfaction Score"
    path.write_text("\n".join([head, *body]), encoding="utf-8")
    dialog = dialog_for(path)
    assert not isinstance(dialog, TicketsDialog)
    dialog.kind_chosen.emit(dialog._found, EvidenceKind.KPI)
    importer = opened.flows.importer
    qtbot.waitUntil(lambda: isinstance(importer.dialog, TicketsDialog), timeout=PATIENCE_MS)
    assert isinstance(importer.dialog, TicketsDialog)
    take(importer.dialog, opened, qtbot)
    assert opened.session.document.workspace.observations
