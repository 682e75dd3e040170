"""The assumptions, by slider, field and button."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from journey.edit.assumption_sets import SaveAssumptionSet
from journey.model.assumptions import Assumptions
from journey.model.ids import SegmentId
from ui.document import DocumentModel
from ui.priorities import AssumptionsPanel
from ui.priorities.assumption_row import AssumptionRow
from ui.priorities.assumption_scales import first_entries, further_entries


@pytest.fixture
def panel(qtbot: QtBot, document: DocumentModel) -> Iterator[AssumptionsPanel]:
    shown = AssumptionsPanel()
    qtbot.addWidget(shown)
    shown.set_document(document)
    shown.resize(324, 900)
    shown.show()
    qtbot.waitExposed(shown)
    yield shown
    shown.close()


def type_into(qtbot: QtBot, row: AssumptionRow, text: str) -> None:
    row.field.setFocus()
    row.field.selectAll()
    qtbot.keyClicks(row.field, text)
    qtbot.keyClick(row.field, Qt.Key.Key_Return)


def test_every_assumption_has_a_row() -> None:
    shown = {entry.field for entry in (*first_entries(), *further_entries())}
    assert shown == set(Assumptions().figures())


def test_a_typed_value_is_one_step(
    qtbot: QtBot, panel: AssumptionsPanel, document: DocumentModel
) -> None:
    type_into(qtbot, panel.row("fix_efficacy_mean"), "45 %")
    assert document.workspace.assumptions.fix_efficacy_mean == 0.45
    assert document.undo_stack.count() == 1
    assert panel.changed_count == 1
    document.undo_stack.undo()
    assert panel.row("fix_efficacy_mean").value == 0.6
    assert panel.row("fix_efficacy_mean").field.text() == "60\u00a0%"


def test_dragging_is_one_step_on_release(
    qtbot: QtBot, panel: AssumptionsPanel, document: DocumentModel
) -> None:
    slider = panel.row("fix_efficacy_mean").slider
    middle = QPoint(8 + round(0.6 * (slider.width() - 16)), slider.rect().center().y())
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=middle)
    for step in (10, 25, 40, 60):
        QTest.mouseMove(slider, middle + QPoint(step, 0))
    assert document.undo_stack.count() == 0, "nothing is set while it is dragged"
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=middle + QPoint(60, 0))
    assert document.undo_stack.count() == 1
    assert document.workspace.assumptions.fix_efficacy_mean > 0.6


def test_a_key_on_the_slider_steps_by_one_percent(
    qtbot: QtBot, panel: AssumptionsPanel, document: DocumentModel
) -> None:
    slider = panel.row("fix_efficacy_mean").slider
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert document.workspace.assumptions.fix_efficacy_mean == pytest.approx(0.61)


def test_a_refused_value_says_why_in_place(
    qtbot: QtBot, panel: AssumptionsPanel, document: DocumentModel
) -> None:
    row = panel.row("fix_efficacy_mean")
    type_into(qtbot, row, "140")
    assert document.workspace.assumptions.fix_efficacy_mean == 0.6
    assert "between 0 and 100" in row.message
    assert row.field.text() == "60\u00a0%"
    type_into(qtbot, row, "often")
    assert "often" in row.message
    assert document.undo_stack.count() == 0


def test_escape_takes_back_what_was_typed(
    qtbot: QtBot, panel: AssumptionsPanel, document: DocumentModel
) -> None:
    row = panel.row("effort_default_days")
    row.field.setFocus()
    qtbot.keyClicks(row.field, "7")
    qtbot.keyClick(row.field, Qt.Key.Key_Escape)
    assert row.field.text() == "20\u00a0d"
    assert document.undo_stack.count() == 0


def test_a_segment_gets_its_customers_and_value(
    qtbot: QtBot, panel: AssumptionsPanel, document: DocumentModel
) -> None:
    ws = document.workspace
    type_into(qtbot, panel.segment_row("new", "value_if_retained"), "7 500")
    type_into(qtbot, panel.segment_row("new", "customers_per_year"), "25,000")
    assert ws.segments[SegmentId("new")].value_if_retained == 7500
    assert ws.segments[SegmentId("new")].customers_per_year == 25_000


def test_defaults_come_back_in_one_step(
    qtbot: QtBot, panel: AssumptionsPanel, document: DocumentModel
) -> None:
    assert not panel.defaults_button.isEnabled()
    type_into(qtbot, panel.row("fix_efficacy_mean"), "45")
    type_into(qtbot, panel.row("effort_default_days"), "10")
    qtbot.mouseClick(panel.defaults_button, Qt.MouseButton.LeftButton)
    assert replace(document.workspace.assumptions, extra={}) == Assumptions()
    assert document.undo_stack.count() == 3
    assert panel.changed_count == 0


def test_the_factor_of_effort_is_shown_as_one(
    qtbot: QtBot, panel: AssumptionsPanel, document: DocumentModel
) -> None:
    row = panel.row("effort_sd_log")
    assert row.field.text() == "×/÷\u00a01.35"
    type_into(qtbot, row, "1.5")
    assert document.workspace.assumptions.effort_sd_log == pytest.approx(0.405465, abs=1e-6)


def test_the_rest_opens_on_a_click(qtbot: QtBot, panel: AssumptionsPanel) -> None:
    assert not panel.row("top_k").isVisible()
    qtbot.mouseClick(panel.more_button, Qt.MouseButton.LeftButton)
    assert panel.row("top_k").isVisible()


def test_the_default_is_named_under_its_mark(panel: AssumptionsPanel) -> None:
    captions = panel.row("fix_efficacy_mean").captions
    mark = 8 + 0.6 * (captions.width() - 16)
    assert abs(captions.default_rect().center().x() - mark) <= 1
    panel.more_button.click()
    QApplication.processEvents()
    for name in ("bad_to_churn_mean", "effort_sd_log", "effort_default_days"):
        place = panel.row(name).captions.default_rect()
        assert place.left() > 0
        assert place.right() < captions.width()


def test_the_panel_has_room_for_its_parts_beside_the_scroll_bar(
    qtbot: QtBot, document: DocumentModel
) -> None:
    panel = AssumptionsPanel()
    qtbot.addWidget(panel)
    panel.set_document(document)
    for number in range(3):
        document.run(SaveAssumptionSet(f"Set {number}"))
    panel.resize(panel.width(), 300)
    panel.show()
    qtbot.waitExposed(panel)
    qtbot.waitUntil(panel.area.verticalScrollBar().isVisible)
    body = panel.area.widget()
    assert body is not None
    assert body.width() <= panel.area.viewport().width(), "nothing stands under the scroll bar"


def test_the_head_says_when_a_list_is_being_computed(panel: AssumptionsPanel) -> None:
    assert panel._state.text().startswith("The list follows each change")
    panel.set_computing(True)
    assert panel._state.text().startswith("The list is being computed")
    panel.set_computing(False)
    assert panel._state.text().startswith("The list follows each change")
