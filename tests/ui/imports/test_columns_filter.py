"""The filter of the columns: only those that are taken, those to decide, those that say a word."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from tests.ui.imports.bringing import Dialog
from ui.imports.columns_view import ColumnsView
from ui.imports.roles import Role

RATED, CODES = 30, 40


@pytest.fixture
def wide(tmp_path: Path) -> Path:
    """An export of thirty ratings, one effort score to decide on, and forty columns of codes."""
    asked = [f"How satisfied are you with part {n}?" for n in range(RATED)]
    head = ["id", "date", *asked, "How easy was it to pay?", *(f"x_{n}" for n in range(CODES))]
    lines = [",".join(head)]
    for n in range(40):
        scores = [str(1 + (n + at) % 5) for at in range(RATED + 1)]
        codes = [f"k{n}q{at}" for at in range(CODES)]
        lines.append(",".join([str(n), f"2026-07-{1 + n % 28:02}", *scores, *codes]))
    path = tmp_path / "wide.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def seen(view: ColumnsView) -> list[str]:
    """Return the names of the columns that are not hidden."""
    return [
        line.name for place, line in enumerate(view.columns.lines) if not view.isRowHidden(place)
    ]


def pick(box: QComboBox, which: str, qtbot: QtBot) -> None:
    """Choose an entry by the keyboard, as a person does."""
    at = next(n for n in range(box.count()) if box.itemData(n) == which)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Home)
    for _ in range(at):
        qtbot.keyClick(box, Qt.Key.Key_Down)


def test_only_what_is_taken_is_shown(dialog_for: Dialog, wide: Path, qtbot: QtBot) -> None:
    dialog = dialog_for(wide)
    assert dialog.filter.isVisible()
    left = seen(dialog.columns)
    assert len(left) == RATED + 3
    assert not [name for name in left if name.startswith("x_")]
    assert dialog.filter.rest.text().startswith(f"{CODES} columns are not taken: x_0, x_1")
    pick(dialog.filter.shown, "open", qtbot)
    assert seen(dialog.columns) == ["How easy was it to pay?"]
    dialog.columns.role_chosen.emit(RATED + 2, Role.CES_HIGH)
    assert seen(dialog.columns) == ["How easy was it to pay?"]  # no line goes from under the mouse
    pick(dialog.filter.shown, "taken", qtbot)
    qtbot.mouseClick(dialog.filter.rest.button, Qt.MouseButton.LeftButton)
    assert len(seen(dialog.columns)) == RATED + CODES + 3
    assert not dialog.filter.rest.text()


def test_an_empty_list_says_why_and_clears(dialog_for: Dialog, wide: Path, qtbot: QtBot) -> None:
    dialog = dialog_for(wide)
    qtbot.keyClicks(dialog.filter.search, "zebra")
    qtbot.waitUntil(lambda: bool(dialog.filter.none.text()))
    assert seen(dialog.columns) == []
    assert dialog.filter.none.text() == "No column says \u201czebra\u201d."
    qtbot.mouseClick(dialog.filter.none.button, Qt.MouseButton.LeftButton)
    assert len(seen(dialog.columns)) == RATED + CODES + 3
    assert not dialog.filter.search.text()
    assert dialog.filter.none.isHidden()
    dialog.columns.role_chosen.emit(RATED + 2, Role.CES_HIGH)
    pick(dialog.filter.shown, "open", qtbot)
    assert dialog.filter.none.text() == "Nothing is left to decide."


def test_a_column_is_found_by_its_words(dialog_for: Dialog, wide: Path, qtbot: QtBot) -> None:
    dialog = dialog_for(wide)
    qtbot.keyClicks(dialog.filter.search, "PART 17")
    qtbot.waitUntil(lambda: len(seen(dialog.columns)) == 1)
    assert seen(dialog.columns) == ["How satisfied are you with part 17?"]
    qtbot.keyClick(dialog.filter.search, Qt.Key.Key_Return)
    assert dialog.isVisible()
    qtbot.keyClick(dialog.filter.search, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert len(seen(dialog.columns)) == RATED + 3
    qtbot.keyClicks(dialog.filter.search, "x_17")
    qtbot.waitUntil(lambda: seen(dialog.columns) == ["x_17"])  # not taken, and found all the same


def test_a_short_table_has_no_filter(dialog_for: Dialog, airline: Path) -> None:
    assert not dialog_for(airline).filter.isVisible()
