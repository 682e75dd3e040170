"""The Quarter screen: compare, freeze, reopen, roll over; nothing claimed inside the noise."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from journey.edit import Add, Batch, Set
from journey.model.ids import ImprovementId, Kind, PainPointId, QuarterId, Ref
from journey.model.improvement import Improvement
from journey.quarter.causes import Cause
from journey.quarter.compare import ComparedItem, ItemChange
from journey.quarter.kpis import Untested
from journey.quarter.record import around_of
from ui.quarter import QuarterScreen, words
from ui.quarter.dialogs import FreezeDialog
from ui.quarter.marks import paint_cause
from ui.session import Session
from ui.shell.theme import Theme

Settle = Callable[[], None]
FIRST, SECOND = "2026Q3", "2026Q4"


def moved(**more: object) -> ComparedItem:
    """Return a row that went from 9 to 4."""
    because = {Cause.METHOD: 0, Cause.ASSUMPTION: 0, Cause.EDIT: -1, Cause.DATA: 6}
    item = ComparedItem(
        PainPointId("p"), "T", None, "", None, "", ItemChange.MOVED, 9, 4, because, p_moved=0.9
    )
    return replace(item, **more)  # type: ignore[arg-type]


def freeze(screen: QuarterScreen, settle: Settle, reason: str = "") -> None:
    """Press the button and agree."""
    button = screen.head.reopen if reason else screen.head.freeze
    button.click()
    dialog = screen.findChild(FreezeDialog)
    assert dialog is not None
    if reason:
        assert not dialog.go.isEnabled()
        dialog.set_reason(reason)
    dialog.go.click()
    settle()
    while screen._drawer.is_drawing:
        QApplication.processEvents()
    settle()


def test_the_two_latest_quarters_are_compared(screen: QuarterScreen) -> None:
    found = screen.comparison
    assert found is not None
    assert (found.before, found.after) == (FIRST, SECOND)
    assert screen.head.first.value() == "2026 Q3"
    told = screen.head.counts.accessibleName()
    assert told.startswith(f"{found.count(ItemChange.NEW)} new")
    assert screen.ranks.isVisible()
    assert not screen.empty.isVisible()
    assert screen.touchpoints.rows.count() == len(found.touchpoints)


def test_freezing_says_what_it_means_and_is_for_good(
    screen: QuarterScreen, session: Session, settle: Settle
) -> None:
    noted: list[str] = []
    screen.noted.connect(lambda _icon, text: noted.append(text))
    assert screen.head.freeze.isVisible()
    screen.head.freeze.click()
    dialog = screen.findChild(FreezeDialog)
    assert dialog is not None
    dialog.stay.click()
    settle()
    assert not session.document.workspace.quarters
    freeze(screen, settle)
    kept = session.document.workspace.quarters[QuarterId(SECOND)]
    assert kept.revision == 1
    assert noted == ["2026 Q4 is frozen"]
    assert {m.journey for m in around_of(kept).pictures} == {
        journey.name for journey in session.document.workspace.journeys.values()
    }
    assert not session.document.undo_stack.canUndo()
    assert screen.head.reopen.isVisible()
    assert not screen.head.freeze.isVisible()
    assert screen.comparison is not None


def test_reopening_asks_why(screen: QuarterScreen, session: Session, settle: Settle) -> None:
    freeze(screen, settle)
    first = session.document.workspace.quarters[QuarterId(SECOND)]
    freeze(screen, settle, "Late answers")
    kept = session.document.workspace.quarters[QuarterId(SECOND)]
    assert (kept.revision, kept.reason) == (2, "Late answers")
    assert kept.content_sha256 != first.content_sha256


def test_an_edit_is_compared_again_and_named(
    screen: QuarterScreen, session: Session, settle: Settle, qtbot: QtBot
) -> None:
    screen.show_quarters(FIRST, SECOND)
    settle()
    freeze(screen, settle)
    before = screen.comparison
    ids = [Ref(Kind.IMPROVEMENT, i) for i in session.document.workspace.improvements]
    session.document.run(Set(ids[:4], effort_days=400.0))
    qtbot.waitUntil(lambda: not screen._timer.isActive(), timeout=5000)
    settle()
    assert screen.comparison is not None
    assert before is not None
    # Frozen Q4 stays; the open Q3 follows the edit.
    last = {i.pain_point: i.rank_to for i in before.items if i.rank_to}
    assert {i.pain_point: i.rank_to for i in screen.comparison.items if i.rank_to} == last


def test_arrow_keys_move_the_selection_of_all_views(
    screen: QuarterScreen, session: Session, qtbot: QtBot
) -> None:
    rows = screen.ranks.rows
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    first = session.selection.current
    assert first is not None
    QTest.keyClick(rows, Qt.Key.Key_Down)
    second = session.selection.current
    assert second not in (None, first)
    opened: list[object] = []
    screen.show_on_map.connect(opened.append)
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert opened == [second]
    session.selection.set(first)
    assert rows.current_ref == first
    place = rows.row_rect(1).center().toPoint()
    QTest.mouseClick(rows, Qt.MouseButton.LeftButton, pos=QPoint(place))
    assert session.selection.current == second


def test_rows_with_the_same_rank_wait_behind_a_button(screen: QuarterScreen) -> None:
    found = screen.comparison
    assert found is not None
    rows = screen.ranks.rows
    assert rows.count() < len(found.items)
    screen.ranks.more.click()
    assert rows.count() == len(found.items)
    screen.ranks.more.click()
    assert rows.count() < len(found.items)


def test_unfinished_work_rolls_over_as_one_step(
    screen: QuarterScreen, session: Session, settle: Settle
) -> None:
    document = session.document
    pain = next(iter(document.workspace.pain_points))
    new = [
        Improvement(
            ImprovementId(f"n{k}"), f"New {k}", (pain,), quarter=FIRST, due=date(2026, 9, 1)
        )
        for k in range(2)
    ]
    document.run(Batch([Add(i) for i in new]))
    settle()
    screen.plan.roll_over.emit(FIRST)
    moved = document.workspace.improvements[ImprovementId("n0")]
    assert (moved.quarter, moved.rolled_from) == (SECOND, (FIRST,))
    document.undo_stack.undo()
    assert document.workspace.improvements[ImprovementId("n0")].quarter == FIRST


def test_export_asks_for_the_packs_of_the_later_quarter(screen: QuarterScreen) -> None:
    asked: list[str] = []
    screen.export_requested.connect(asked.append)
    screen.head.export_button.click()
    assert asked == [SECOND]


def test_one_quarter_alone_says_what_to_do(
    screen: QuarterScreen, session: Session, settle: Settle
) -> None:
    from journey.edit import Remove

    surveys = session.document.workspace.surveys
    session.document.run(Remove([Ref(Kind.SURVEY, s) for s in surveys]))
    settle()
    assert screen.quarters == ()
    assert screen.empty.isVisible()
    assert not screen.ranks.isVisible()
    wanted: list[bool] = []
    screen.import_requested.connect(lambda: wanted.append(True))
    screen.empty.button.click()
    assert wanted == [True]


def test_no_arrow_inside_the_noise() -> None:
    assert words.change_icon(moved()) == "circle-dashed"
    assert words.change_icon(moved(really_moved=True)) == "arrow-up"
    assert words.change_icon(moved(rank_to=12, really_moved=True)) == "arrow-down"
    assert words.moved_by(moved()) == "data +6 · edit −1"
    assert words.moved_by(moved(cause=Cause.EDIT)) == "edit"


@pytest.mark.parametrize("theme", [Theme.light(), Theme.dark()], ids=["light", "dark"])
def test_each_cause_has_a_pattern_of_its_own_in_grey(theme: Theme) -> None:
    seen = set()
    for cause in Cause:
        image = QImage(60, 20, QImage.Format.Format_RGB32)
        image.fill(theme.surface)
        with QPainter(image) as painter:
            paint_cause(painter, QRectF(0, 0, 60, 20), cause, theme)
        grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
        tones = [grey.pixelColor(x, y).red() for x in range(6, 54) for y in range(3, 17)]
        middle = sum(tones) / len(tones)
        seen.add(tuple(tone > middle for tone in tones))
    assert len(seen) == len(Cause)


def test_every_kpi_of_both_quarters_stands_with_its_verdict(screen: QuarterScreen) -> None:
    found = screen.comparison
    assert found is not None
    assert screen.kpis.isVisible()
    assert screen.kpis.rows.count() == len(found.kpis) > 0
    told = [" ".join(t.split()) for t in screen.kpis.rows.accessibleDescription().split("; ")]
    # The sample's KPIs do not say of how many they are.
    assert all(line.endswith("no verdict: n unknown") for line in told)
    assert any(line.startswith("Applications finished 59 % → 61 %") for line in told)
    rates = [
        replace(k, n_from=900, n_to=800, p=p, low95=-1.0, high95=9.0, significant=p < 0.01,
                untested=Untested.TESTED)
        for k, p in zip(found.kpis, (0.4, 0.001), strict=False)
    ]  # fmt: skip
    rates[1] = replace(rates[1], better=False)
    screen.kpis.set_comparison(replace(found, kpis=tuple(rates)))
    told = [" ".join(t.split()) for t in screen.kpis.rows.accessibleDescription().split("; ")]
    assert told[0].endswith("· n 900 → 800, worse")
    assert told[1].endswith(", no evidence")
    assert screen.kpis.counts.text() == "0 better · 1 worse · 1 no evidence of change"
    few = replace(rates[1], indicative=True)
    screen.kpis.set_comparison(replace(found, kpis=(few, replace(rates[1], better=True))))
    told = screen.kpis.rows.accessibleDescription().split("; ")
    assert [line.rsplit(", ")[-1] for line in told] == ["better", "too few to claim"]
    screen.kpis.set_comparison(replace(found, kpis=()))
    assert not screen.kpis.isVisible()


def test_kpis_without_a_verdict_wait_behind_a_button(screen: QuarterScreen) -> None:
    found = screen.comparison
    assert found is not None
    assert not screen.kpis.more.isVisible()  # none has a verdict: all are shown
    tested = replace(
        found.kpis[0], p=0.4, low95=-1.0, high95=9.0, n_from=90, n_to=80, untested=Untested.TESTED
    )
    screen.kpis.set_comparison(replace(found, kpis=(tested, *found.kpis[1:])))
    assert screen.kpis.rows.count() == 1
    screen.kpis.more.click()
    assert screen.kpis.rows.count() == len(found.kpis)
    screen.kpis.more.click()
    assert screen.kpis.rows.count() == 1
