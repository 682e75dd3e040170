"""What people do while an import runs: the values that come in fit the workspace as it is then."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from journey.edit import Add, Remove
from journey.model.ids import Kind, LeaderId, Ref
from journey.model.people import Leader
from tests.ui.imports.bringing import PATIENCE_MS, Dialog, ready
from ui.shell.desk import Desk

HEAD = "KPI,Touchpoint,Unit,Target,{}\nFirst contact resolution,Support call,%,80,71,72\n"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "kpis.csv"
    path.write_text(HEAD.format("2025Q4,2026Q1"), encoding="utf-8")
    return path


def press_import(desk: Desk, path: Path, dialog_for: Dialog, qtbot: QtBot) -> None:
    dialog = dialog_for(path)
    ready(dialog, qtbot)
    qtbot.mouseClick(dialog.counts.go, Qt.MouseButton.LeftButton)


def until_taken(desk: Desk, steps: int, qtbot: QtBot) -> None:
    stack = desk.session.document.undo_stack
    qtbot.waitUntil(lambda: stack.index() == steps, timeout=PATIENCE_MS)


def test_an_edit_while_values_come_in_stays_and_both_are_undone_one_by_one(
    opened: Desk, sheet: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    document = opened.session.document
    empty = document.workspace.copy()
    press_import(opened, sheet, dialog_for, qtbot)
    assert document.run(Add(Leader(LeaderId("l"), "Ingrid Solberg")))
    edited = document.workspace.copy()
    until_taken(opened, 2, qtbot)
    assert len(document.workspace.observations) == 2
    assert len(document.workspace.leaders) == 1
    document.undo_stack.undo()
    assert document.workspace == edited
    document.undo_stack.undo()
    assert document.workspace == empty


def test_values_at_a_touchpoint_that_is_removed_meanwhile_are_refused(
    opened: Desk, sheet: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    document = opened.session.document
    press_import(opened, sheet, dialog_for, qtbot)
    until_taken(opened, 1, qtbot)
    (touchpoint,) = document.workspace.touchpoints
    sheet.write_text(HEAD.format("2026Q2,2026Q3"), encoding="utf-8")
    refused: list[object] = []
    document.refused.connect(refused.append)
    press_import(opened, sheet, dialog_for, qtbot)
    assert document.run(Remove(Ref(Kind.TOUCHPOINT, touchpoint)))
    removed = document.workspace.copy()
    qtbot.waitUntil(lambda: bool(refused), timeout=PATIENCE_MS)
    assert document.workspace == removed
    assert not document.workspace.observations
    assert document.undo_stack.index() == 2
