"""What is painted is whole: rows with their heights, figures that can be read."""

from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from storage.imports.kpi_clashes import KpiClash
from tests.ui.imports.bringing import PATIENCE_MS, Dialog
from ui.imports.columns_filter import Shown
from ui.imports.columns_paint import _has_two_lines as has_two_lines
from ui.imports.columns_view import AT_ONCE
from ui.imports.dialog import ImportDialog
from ui.imports.form import MatchRow, RowsArea, RowsInPieces
from ui.imports.kpi_asked import clash_word
from ui.imports.kpi_values import few_digits, written_cells
from ui.imports.refused_dialog import RefusedModel
from ui.imports.refusing import RefusedRecord
from ui.shell.desk import Desk
from ui.shell.type import font
from ui.shell.wrapping import text_width


@pytest.fixture
def late(tmp_path: Path) -> Path:
    """Questions that stand behind more columns without a meaning than get heights at once."""
    codes = [f"code{at}" for at in range(2 * AT_ONCE)]
    asked = [f"How satisfied are you with the service number {at} of ours?" for at in range(6)]
    lines = [",".join([*codes, *asked])]
    lines += [
        ",".join([*(f"{row}{at}.{row}" for at in range(len(codes))), *(str(1 + row % 5),) * 6])
        for row in range(40)
    ]
    path = tmp_path / "late.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_rows_that_are_seen_have_their_heights_in_the_turn_of_a_new_width(
    late: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    dialog = dialog_for(late)
    assert isinstance(dialog, ImportDialog)
    view = dialog.columns
    assert dialog.filter.shown.currentData() == Shown.TAKEN
    qtbot.waitUntil(lambda: not view._unfit, timeout=PATIENCE_MS)
    seen = [at for at in range(view.columns.rowCount()) if not view.isRowHidden(at)]
    assert seen
    assert seen[0] >= AT_ONCE
    before = [view.rowHeight(at) for at in seen]
    view.resize(view.width() - 420, view.height())
    assert [view.rowHeight(at) for at in seen] == [view._painter.row_height(at) for at in seen]
    assert [view.rowHeight(at) for at in seen] != before


def test_rows_that_come_in_pieces_are_never_squeezed(opened: Desk, qtbot: QtBot) -> None:
    area = RowsArea("Activities")
    qtbot.addWidget(area)
    area.resize(1100, 240)
    pieces = RowsInPieces(area.column, area)
    rows: list[MatchRow] = []

    def made(at: int) -> MatchRow:
        rows.append(MatchRow(f"activity {at}", "3 events", [("own", "New")], [("", "no end")]))
        return rows[-1]

    area.show()
    pieces.show_rows([partial(made, at) for at in range(20)])
    shown = 0
    while not pieces.is_whole:
        assert len(rows) > shown
        shown = len(rows)
        assert [row.height() for row in rows] == [row.sizeHint().height() for row in rows]
        pieces._go_on()
    assert len(rows) == 20
    assert len({row.picker.height() for row in rows}) == 1
    assert rows[0].height() * 20 > area.viewport().height()


def test_a_picker_made_before_it_has_a_window_is_as_low_as_one_made_after(
    opened: Desk, qtbot: QtBot
) -> None:
    row = MatchRow("pay", "3 events", [("own", "New")], [("", "no end")])
    qtbot.addWidget(row)
    early = row.picker.sizeHint().height()
    row.show()
    later = MatchRow("pay", "3 events", [("own", "New")], [("", "no end")])
    qtbot.addWidget(later)
    later.show()
    assert early == row.picker.height() == later.picker.height()


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("23.3333333333 %", "23.33 %"),
        ("1,234.56789 EUR", "1,234.57 EUR"),
        ("-3,33333 d", "-3,33 d"),
        ("100.00000", "100"),
        ("1.234", "1.234"),
        ("0.00012", "0.00012"),
        ("1,999.99999", "1,999.99999"),
        ("71 %", "71 %"),
        ("n/a", "n/a"),
    ],
)
def test_digits_that_say_nothing_are_not_shown(written: str, shown: str) -> None:
    assert few_digits(written) == shown


@given(st.decimals(min_value=0, max_value=10**6, places=8))
def test_a_shortened_figure_is_the_figure(value: object) -> None:
    written = f"{value:f}"
    shown = few_digits(written)
    assert len(shown) <= len(written)
    assert abs(float(shown) - float(written)) <= 0.0050001


def test_two_values_of_a_period_never_look_the_same(opened: Desk) -> None:
    cells = written_cells(
        [("2026Q1", "23.33331 %"), ("2026Q1", "23.33332 %"), ("2026Q2", "21.66667 %")]
    )
    told = [cell.parts[0][0] for cell in cells]
    assert told == ["23.33331 %", "23.33332 %", "21.67 %"]


def test_a_clash_is_told_with_few_digits_and_periods_as_everywhere() -> None:
    detail = "2026Q1: 23.3333 | 24.5; 2026Q2: 1.00001 | 1.00002"
    words = clash_word(KpiClash("Rate", "", "period_twice", detail, ("first", "last")))
    assert "2026 Q1: 23.33 and 24.5; 2026 Q2: 1.00001 and 1.00002" in words


def test_numbers_of_left_out_lines_stand_under_each_other(opened: Desk, qtbot: QtBot) -> None:
    model = RefusedModel()
    model.set_records((RefusedRecord(2, "bad_time", "c0,home,soon"),))
    role = Qt.ItemDataRole.TextAlignmentRole
    head = model.headerData(0, Qt.Orientation.Horizontal, role)
    assert model.data(model.index(0, 0), role) == head
    assert head & Qt.AlignmentFlag.AlignRight
    assert model.data(model.index(0, 2), role) is None


def test_a_range_without_room_stands_on_two_lines_and_a_long_answer_is_shortened(
    opened: Desk,
) -> None:
    face = font("sticky")
    text = "1234.5 to 12000"
    room = text_width(text, face) - 2
    assert has_two_lines((text,), face, room)
    assert not has_two_lines((text,), face, room + 4)
    assert not has_two_lines((text, "2"), face, room)
    assert not has_two_lines(("x" * 80,), face, room)
    assert not has_two_lines((f"{text} " * 4,), face, room)
