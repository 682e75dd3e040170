"""A fix that serves several rows: named on each, valued as a whole, and part of why it is first."""

from dataclasses import replace
from math import prod

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from journey.model.ids import ImprovementId
from journey.model.workspace import Workspace
from journey.priority.result import Factor, RankedItem
from tests.ui.priorities.bank import item
from tests.ui.priorities.opened import Opened
from ui.priorities.detail import Beside, RowDetail
from ui.priorities.figures import figures_of
from ui.priorities.shared_fix import partner_word, shared_fix, with_partners
from ui.shell.widgets.labels import WrapLabel

FIX = ImprovementId("fix")


def pair(ws: Workspace) -> tuple[RankedItem, RankedItem, RankedItem]:
    """Return rank 1, rank 2 with rank 3's fix, and rank 3."""
    first, one, two = (item(ws, number) for number in range(3))
    both = {"improvement": FIX, "improvement_title": "Text message", "joint": 2}
    return first, replace(one, **both), replace(two, **both)  # type: ignore[arg-type]


def test_the_rows_of_a_fix_name_one_another(workspace: Workspace) -> None:
    rows = pair(workspace)
    first, one, two = rows
    assert shared_fix(first, rows) is None
    fix = shared_fix(one, rows)
    assert fix is not None
    assert fix.partners == (two,)
    assert partner_word(fix, one.joint) == "with rank 3"
    other = shared_fix(two, rows)
    assert partner_word(other, two.joint) == "with rank 2"


def test_a_record_without_the_joint_value_has_the_shares_added_up(workspace: Workspace) -> None:
    rows = pair(workspace)
    fix = shared_fix(rows[1], rows)
    assert fix is not None
    assert fix.mean == 310_000 + 205_000
    assert fix.low80 is None
    told = replace(rows[1], joint_mean=500_000.0, joint_low80=1.0, joint_high80=2.0)
    kept = shared_fix(told, (rows[0], told, rows[2]))
    assert kept is not None
    assert (kept.mean, kept.low80, kept.high80) == (500_000.0, 1.0, 2.0)


def test_three_rows_are_counted(workspace: Workspace) -> None:
    rows = tuple(replace(r, improvement=FIX, joint=3) for r in pair(workspace))
    assert partner_word(shared_fix(rows[0], rows), 3) == "for 3 rows"


def test_what_the_partners_give_closes_the_gap_of_the_scores(workspace: Workspace) -> None:
    first, one, two = pair(workspace)
    rows = (first, one, two)
    fix = shared_fix(one, rows)
    assert fix is not None
    factors = (Factor("share", 0.13, 0.16, 0.81), Factor("residual", 1, 1, 1.1))
    told = with_partners(factors, one, first, {one.pain_point: fix})
    assert first.score is not None
    assert one.score is not None
    assert prod(f.ratio for f in told) == pytest.approx(one.score / first.score)
    assert [f.name for f in told] == ["share", "together", "residual"]
    assert told[1].mine == pytest.approx(515 / 310)
    assert told[1].first == 1.0
    assert with_partners(factors, first, first, {}) == factors, "nobody shares: nothing to add"


def test_the_row_of_the_sample_says_who_is_with_it(qtbot: QtBot, opened: Opened) -> None:
    ranking = opened.session.findings.ranking
    assert ranking is not None
    first = ranking.items[0]
    assert first.joint == 2, "the sample's rank 1 has a fix for two"
    model = opened.view.list.ranking_model
    beside = Beside(model.first, model.runner_up, model.fixes)
    figures = figures_of(ranking)
    detail = RowDetail(first, figures, beside)
    qtbot.addWidget(detail)
    told = [label.text() for label in detail.findChildren(WrapLabel)]
    said = next(text for text in told if text.startswith("One fix"))
    assert f"“{first.partner_titles[0]}” (rank 2)" in said
    assert first.joint_mean is not None
    assert figures.amount(first.joint_mean) in said
    assert figures.per_day(first) in said
    assert not any("Ahead of the next row" in text for text in told), "they cannot compete"
    bars = next(
        w.accessibleName() for w in detail.findChildren(QWidget)
        if "What else its fix gives" in w.accessibleName()
    )  # fmt: skip
    assert "against none" in bars
    second = RowDetail(ranking.items[1], figures, beside)
    qtbot.addWidget(second)
    titles = [label.text() for label in second.findChildren(WrapLabel)]
    assert any(text.startswith("The fix of rank 1 serves it too") for text in titles)
