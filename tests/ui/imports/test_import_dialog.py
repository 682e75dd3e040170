"""What a person must choose is asked for, and what is chosen is what is taken."""

from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from storage.imports.mapping import write_mapping
from tests.ui.imports.bringing import PATIENCE_MS, Dialog, blocked, ready
from ui.imports.columns_model import Part
from ui.imports.dialog import ImportDialog
from ui.imports.roles import Role
from ui.shell.desk import Desk


def cell(dialog: ImportDialog, name: str, part: Part) -> QModelIndex:
    names = [line.name for line in dialog.columns.columns.lines]
    return dialog.columns.columns.index(names.index(name), part)


def click(dialog: ImportDialog, index: QModelIndex, qtbot: QtBot) -> None:
    """Click on the box or the field in a cell."""
    dialog.columns.scrollTo(index)
    place = dialog.columns._box(index).center().toPoint()
    qtbot.mouseClick(dialog.columns.viewport(), Qt.MouseButton.LeftButton, pos=place)


def popup(qapp: QApplication, qtbot: QtBot, value: str = "") -> QMenu:
    """Wait for the open menu, the one that offers a value where one is named."""

    def is_there() -> bool:
        menu = qapp.activePopupWidget()
        if not isinstance(menu, QMenu) or not menu.isVisible():
            return False
        return not value or any(action.data() == value for action in menu.actions())

    qtbot.waitUntil(is_there, timeout=PATIENCE_MS)
    menu = qapp.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def pick(menu: QMenu, value: str, qtbot: QtBot) -> None:
    """Click on the entry with a value."""
    (action,) = (a for a in menu.actions() if a.data() == value)
    place = menu.actionGeometry(action).center()
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=place)


def test_every_open_choice_blocks_until_it_is_made(
    undecided: Path, dialog_for: Dialog, qapp: QApplication, qtbot: QtBot
) -> None:
    dialog = dialog_for(undecided)
    assert blocked(dialog, qtbot, "“Effort to pay”")
    click(dialog, cell(dialog, "Effort to pay", Part.ROLE), qtbot)
    pick(popup(qapp, qtbot, Role.CES_LOW.value), Role.CES_LOW.value, qtbot)
    assert blocked(dialog, qtbot, "how the dates are written")
    click(dialog, cell(dialog, "When", Part.HOW), qtbot)
    pick(popup(qapp, qtbot, "%d/%m/%Y"), "%d/%m/%Y", qtbot)
    assert blocked(dialog, qtbot, "“Satisfaction”")
    click(dialog, cell(dialog, "Satisfaction", Part.HOW), qtbot)
    menu = popup(qapp, qtbot, "C")
    pick(menu, "C", qtbot)
    pick(menu, "B", qtbot)
    pick(menu, "left", qtbot)
    menu.close()
    ready(dialog, qtbot)
    mapping = dialog.draft.mapping
    assert set(mapping.outcome.bad) == {"B", "C"}
    assert mapping.outcome.means == "left"
    assert mapping.survey.date.format == "%d/%m/%Y"
    assert {q.metric for q in mapping.questions} == {"ces1", "nps"}
    assert "120 taken" in dialog.counts.text()


def test_the_choices_can_be_made_by_keyboard_alone(
    undecided: Path, dialog_for: Dialog, qapp: QApplication, qtbot: QtBot
) -> None:
    dialog = dialog_for(undecided)
    qtbot.waitUntil(lambda: dialog.focusWidget() is dialog.columns, timeout=PATIENCE_MS)
    assert dialog.columns.currentIndex() == cell(dialog, "When", Part.HOW)
    QTest.keyClick(dialog.columns, Qt.Key.Key_Return)
    menu = popup(qapp, qtbot)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert dialog.draft.survey.date.format
    QTest.keyClick(dialog.columns, Qt.Key.Key_Down)
    QTest.keyClick(dialog.columns, Qt.Key.Key_Left)
    assert dialog.columns.currentIndex() == cell(dialog, "Effort to pay", Part.ROLE)
    QTest.keyClick(dialog.columns, Qt.Key.Key_Space)
    menu = popup(qapp, qtbot)
    while menu.activeAction() is None or menu.activeAction().data() != Role.CES_HIGH.value:
        QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert {q.metric for q in dialog.draft.mapping.questions} == {"ces2", "nps"}


def test_a_touchpoint_is_typed_in_its_place(
    airline: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    dialog = dialog_for(airline)
    click(dialog, cell(dialog, "Seat comfort", Part.HOW), qtbot)
    field = dialog.columns.findChild(QLineEdit)
    assert field is not None
    field.selectAll()
    QTest.keyClicks(field, "On <b>board</b>")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: "On <b>board</b>" in {q.touchpoint for q in dialog.draft.mapping.questions},
        timeout=PATIENCE_MS,
    )
    assert ("On <b>board</b>: rated 1 or 2", "On <b>board</b>") in {
        (p.title, p.touchpoint) for p in dialog.draft.mapping.pain_points
    }
    assert dialog.isVisible()


def test_what_is_ignored_is_not_imported(
    opened: Desk, airline: Path, dialog_for: Dialog, qapp: QApplication, qtbot: QtBot
) -> None:
    dialog = dialog_for(airline)
    click(dialog, cell(dialog, "Cleanliness", Part.ROLE), qtbot)
    pick(popup(qapp, qtbot, Role.IGNORE.value), Role.IGNORE.value, qtbot)
    ready(dialog, qtbot)
    qtbot.mouseClick(dialog.counts.go, Qt.MouseButton.LeftButton)
    workspace = opened.session.document.workspace
    qtbot.waitUntil(lambda: bool(workspace.surveys), timeout=PATIENCE_MS)
    names = {t.name for t in workspace.touchpoints.values()}
    assert names == {"Seat comfort", "Checkin service"}


def test_name_and_quarter_are_needed(
    opened: Desk, airline: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    dialog = dialog_for(airline)
    ready(dialog, qtbot)
    for field, wrong, words in (
        (dialog.survey.name, "", "name"),
        (dialog.survey.quarter, "autumn", "2026Q4"),
        (dialog.survey.quarter, "", "quarter"),
    ):
        before = field.text()
        field.setFocus()
        field.selectAll()
        QTest.keyClick(field, Qt.Key.Key_Delete)
        QTest.keyClicks(field, wrong)
        assert blocked(dialog, qtbot, words)
        field.selectAll()
        QTest.keyClicks(field, before)
        ready(dialog, qtbot)
    dialog.survey.quarter.selectAll()
    QTest.keyClicks(dialog.survey.quarter, "2025 q3")
    ready(dialog, qtbot)
    qtbot.mouseClick(dialog.counts.go, Qt.MouseButton.LeftButton)
    workspace = opened.session.document.workspace
    qtbot.waitUntil(lambda: bool(workspace.surveys), timeout=PATIENCE_MS)
    assert {s.quarter for s in workspace.surveys.values()} == {"2025Q3"}


def test_the_text_and_the_table_are_one_mapping(
    airline: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    dialog = dialog_for(airline)
    ready(dialog, qtbot)
    qtbot.mouseClick(dialog.as_text, Qt.MouseButton.LeftButton)
    text = dialog.text.edit.toPlainText()
    assert text == write_mapping(dialog.draft.mapping)
    dialog.text.edit.setPlainText(
        text.replace('"Cleanliness"', '"Dust"', 2).replace(
            'column = "Dust"', 'column = "Cleanliness"'
        )
    )
    assert not dialog.counts.go.isEnabled()
    ready(dialog, qtbot)
    qtbot.mouseClick(dialog.as_text, Qt.MouseButton.LeftButton)
    assert cell(dialog, "Cleanliness", Part.HOW).data(Qt.ItemDataRole.EditRole) == "Dust"


def test_a_text_that_cannot_be_read_blocks_and_can_be_thrown_away(
    airline: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    dialog = dialog_for(airline)
    ready(dialog, qtbot)
    kept = dialog.draft
    qtbot.mouseClick(dialog.as_text, Qt.MouseButton.LeftButton)
    QTest.keyClicks(dialog.text.edit, "[[[")
    blocked(dialog, qtbot)
    qtbot.mouseClick(dialog.as_text, Qt.MouseButton.LeftButton)
    assert dialog._stack.currentWidget() is dialog.text
    qtbot.mouseClick(dialog.discard, Qt.MouseButton.LeftButton)
    assert dialog.columns.isVisible()
    ready(dialog, qtbot)
    assert dialog.draft == kept


def test_a_text_that_names_another_separator_reads_the_file_anew(
    tmp_path: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    path = tmp_path / "pipes.csv"
    rows = [f"{n % 11};x|{n % 5 + 1}" for n in range(60)]
    path.write_text("\n".join(["NPS;y|CSAT desk", *rows]) + "\n", encoding="utf-8")
    dialog = dialog_for(path)
    text = """
[source]
separator = "|"
[survey]
name = "Pipes"
design = "transactional"
quarter = "2026Q1"
[[question]]
column = "CSAT desk"
touchpoint = "Desk"
metric = "csat"
scale = [1, 5]
"""
    qtbot.mouseClick(dialog.as_text, Qt.MouseButton.LeftButton)
    dialog.text.edit.setPlainText(text)
    ready(dialog, qtbot)
    names = [line.name for line in dialog.columns.columns.lines]
    assert names == ["NPS;y", "CSAT desk"]


def test_scores_that_are_refused_are_counted_beside_their_column(
    airline: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    lines = airline.read_text("utf-8").splitlines()
    for line in (3, 9, 14):
        cells = lines[line].split(",")
        lines[line] = ",".join([*cells[:3], "much", *cells[4:]])
    airline.write_text("\n".join(lines) + "\n", encoding="utf-8")
    dialog = dialog_for(airline)
    ready(dialog, qtbot)
    assert cell(dialog, "Seat comfort", Part.CELLS).data().endswith("3 not numbers")
    assert "240 taken" in dialog.counts.text()


@pytest.mark.parametrize("size", [(760, 540), (1280, 860)])
def test_nothing_in_the_table_is_cut(
    size: tuple[int, int], undecided: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    dialog = dialog_for(undecided)
    dialog.resize(*size)
    view = dialog.columns
    qtbot.waitUntil(
        lambda: sum(view.columnWidth(p) for p in Part) == view.viewport().width(),
        timeout=PATIENCE_MS,
    )
    qtbot.waitUntil(lambda: not view._heights.isActive(), timeout=PATIENCE_MS)
    for row in range(view.columns.rowCount()):
        assert view.rowHeight(row) == view._painter.row_height(row)
        assert view.columnWidth(Part.HOW) >= 150


def test_the_table_is_read_aloud_in_words(
    undecided: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    dialog = dialog_for(undecided)
    role = Qt.ItemDataRole.AccessibleTextRole
    assert cell(dialog, "Effort to pay", Part.ROLE).data(role) == "CES: which end?"
    assert "recommend" in cell(dialog, "Effort to pay", Part.NAME).siblingAtRow(2).data(role)
    for part in (dialog.columns, dialog.text.edit, dialog.survey.name, dialog.survey.quarter):
        assert part.accessibleName()
