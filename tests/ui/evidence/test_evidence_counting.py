"""The calculators that take counts, the health score, and what is kept of them."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ui.evidence import EvidenceScreen
from ui.session import Session

Settle = Callable[[], None]


def shown(rows: tuple[tuple[str, str, str], ...]) -> dict[str, str]:
    return {name: value for name, value, _ in rows}


def kept(session: Session) -> dict[tuple[str, str], float]:
    ws = session.document.workspace
    return {
        (ws.kpis[o.kpi].measure, o.period): o.value
        for o in ws.observations.values()
        if ws.kpis[o.kpi].touchpoint is None
    }


def test_churn_of_typed_counts_stands_over_what_the_workspace_knows(
    screen: EvidenceScreen, settle: Settle
) -> None:
    screen.tools.open_churn()
    settle()
    dialog = screen.tools.churn
    assert dialog is not None
    known = len(dialog.rows.rows)
    assert known
    typed = {"start": "1000", "end": "1200", "lost": "120", "lost_from_start": "100"}
    for name, text in typed.items():
        QTest.keyClicks(dialog.fields[name], text)
    found = shown(dialog.rows.rows)
    assert found["Churn (average base)"] == "10.9 %"
    assert found["Churn (start base)"] == "10.0 %"
    assert len(dialog.rows.rows) == known + 2
    dialog.fields["lost_from_start"].setText("1001")
    assert "cannot be computed" in dialog.note.text()
    assert len(dialog.rows.rows) == known
    assert not dialog.keep.isEnabled()
    dialog.fields["lost_from_start"].setText("many")
    assert "“many”" in dialog.note.text()
    dialog.reject()


def test_figures_are_kept_in_the_quarter_shown_and_undo_takes_them_back(
    screen: EvidenceScreen, session: Session, settle: Settle
) -> None:
    screen.tools.open_service()
    dialog = screen.tools.service
    assert dialog is not None
    assert not dialog.keep.isEnabled()
    QTest.keyClicks(dialog.fields["hours"], "0.5 1; 3")
    QTest.keyClicks(dialog.fields["closed_first"], "30")
    assert "needs Issues" in next(t for n, _, t in dialog.rows.rows if n.startswith("First"))
    QTest.keyClicks(dialog.fields["issues"], "40")
    before = kept(session)
    QTest.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    settle()
    quarter = screen.tools.quarter
    assert screen.figures is not None
    assert quarter == screen.figures.quarter
    new = {key: value for key, value in kept(session).items() if key not in before}
    assert new == {
        ("fcr", quarter): 75.0,
        ("response_in_time", quarter): pytest.approx(200 / 3),
        ("response_time", quarter): 1.0,
    }
    session.document.undo_stack.undo()
    assert kept(session) == before
    dialog.reject()


def test_declared_anchors_make_a_health_score_and_are_there_again(
    screen: EvidenceScreen, session: Session, settle: Settle
) -> None:
    screen.tools.open_health()
    dialog = screen.tools.health
    assert dialog is not None
    first, second = list(dialog.ingredients)[:2]
    for one, weight in ((first, "3"), (second, "1")):
        assert one.value is not None
        # From 0 to twice the value: half of the way, 5 points.
        for line, text in zip(
            dialog.fields[one.name], (weight, "0", str(2 * one.value)), strict=True
        ):
            line.clear()
            QTest.keyClicks(line, text)
    assert dialog.health is not None
    assert dialog.health.score == pytest.approx(5.0)
    assert shown(dialog.rows.rows)["Health score"] == "5.0 of 10"
    QTest.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    settle()
    assert kept(session)["health", screen.tools.quarter] == pytest.approx(5.0)
    dialog.fields[second.name][2].setText("0")
    assert dialog.health is None
    assert second.name in dialog.note.text()
    assert not dialog.keep.isEnabled()
    dialog.reject()
    screen.tools.open_health()
    again = screen.tools.health
    assert again is not None
    assert [line.text() for line in again.fields[first.name]][:2] == ["3", "0"]
    assert again.health is not None
    assert again.health.score == pytest.approx(5.0)
    again.reject()


def test_a_contract_is_valued_from_a_cohort_that_is_typed(
    screen: EvidenceScreen, settle: Settle
) -> None:
    screen.tools.open_value()
    settle()
    dialog = screen.tools.value
    assert dialog is not None
    needs = next(text for name, _, text in dialog.rows.rows if name == "Contract (sBG)")
    assert "survivors" in needs
    for name, text in (("margin", "400"), ("discount", "12"), ("acquisition_cost", "1000")):
        dialog.fields[name].setText(text)
    dialog.cohort.setText("1000, 869, 743, 653, 593, 551, 517, 491")
    dialog.ask()
    settle()
    # Σ 400·S(t)/1.12^t over 5 years less 1000, S of α .668, β 3.806.
    assert shown(dialog.rows.rows)["Contract (sBG)"] == "288\u00a0€"
    dialog.reject()
