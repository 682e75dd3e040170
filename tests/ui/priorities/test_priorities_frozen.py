"""A frozen quarter on the Priorities screen: what was frozen, to the digit, and no re-rank."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from journey.edit import Remove, Rename, Set
from journey.model.ids import Kind, QuarterId, Ref
from journey.quarter.record import data_of, ranking_of, workspace_of
from tests.ui.priorities.opened import Opened, button
from ui.priorities.figures import figures_of

FROZEN, OPEN = "2026Q3", "2026Q4"


def edit_everything(opened: Opened) -> None:
    """Change whatever a list is made of: names, owners, efforts, values, assumptions, rows."""
    ws, run = opened.workspace, opened.session.document.run
    assert run(Set(Ref(Kind.ASSUMPTIONS, "assumptions"), fix_efficacy_mean=0.2, top_k=3))
    assert run(Set([Ref(Kind.SEGMENT, s) for s in ws.segments], value_if_retained=77.0))
    assert run(Set([Ref(Kind.IMPROVEMENT, i) for i in ws.improvements], effort_days=333.0))
    for number, leader in enumerate(list(ws.leaders)):
        assert run(Rename(Ref(Kind.LEADER, leader), f"Somebody else {number}"))
    pains = sorted(ws.pain_points)
    for number, pain in enumerate(pains[4:8]):
        assert run(Rename(Ref(Kind.PAIN_POINT, pain), f"Another thing {number}"))
    assert run(Remove([Ref(Kind.PAIN_POINT, pain) for pain in pains[:3]]))


def test_what_is_shown_is_the_record_to_the_digit(opened: Opened) -> None:
    edit_everything(opened)
    opened.settle()
    opened.read(FROZEN)
    kept = opened.workspace.quarters[QuarterId(FROZEN)]
    record = ranking_of(kept)
    assert opened.session.findings.ranking == record
    assert opened.view.looked.frozen is not None
    model = opened.view.list.ranking_model
    assert model.figures == figures_of(record)
    shown = {model.line(row).key: model.line(row).item for row in model.item_rows()}
    assert shown == {i.pain_point: i for i in record.items}
    told = {row: model.data(model.index(row), Qt.ItemDataRole.AccessibleTextRole)
            for row in model.item_rows()}  # fmt: skip
    aloud = " ".join(str(text) for text in told.values())
    assert "Somebody else" not in aloud
    assert "Another thing" not in aloud
    pills = {p.text() for p in opened.view.pills._pills.values()}
    assert {i.leader_name for i in record.items if i.leader} < pills
    metrics = opened.session.findings.evidence.metrics  # type: ignore[union-attr]
    assert [m.result for m in metrics] == [m.result for m in data_of(kept).metrics]


def test_the_assumptions_are_those_it_was_frozen_with(opened: Opened) -> None:
    edit_everything(opened)
    opened.settle()
    opened.read(FROZEN)
    then = workspace_of(opened.workspace.quarters[QuarterId(FROZEN)])
    panel = opened.view.assumptions
    row = panel.row("fix_efficacy_mean")
    assert row.value == then.assumptions.fix_efficacy_mean != 0.2
    assert row.field.isReadOnly()
    assert not row.slider.isEnabled()
    segment = next(iter(then.segments))
    value = panel.segment_row(segment, "value_if_retained")
    assert value.value == then.segments[segment].value_if_retained != 77.0
    assert value.field.isReadOnly()
    for part in (panel.defaults_button, panel.compare_button, panel.sets.button):
        assert not part.isVisible()
    live = opened.view.live
    assert live is not None
    assert live.off.isVisible()
    for section in (live.budget, live.classic, live.measure, live.sure, live.returns):
        assert not section.isVisible()


def test_nothing_is_ranked_while_a_frozen_quarter_is_shown(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.read(FROZEN)
    asked: list[object] = []
    monkeypatch.setattr(opened.session.findings._desk, "ask", lambda *a: asked.append(a))
    record = opened.session.findings.ranking
    edit_everything(opened)
    opened.session.findings.preview(opened.workspace)
    opened.settle()
    assert asked == []
    assert opened.session.findings.ranking is record


def test_the_banner_says_so_and_leads_back(qtbot: QtBot, opened: Opened) -> None:
    live = opened.session.findings.ranking
    assert not opened.view.banners.frozen.isVisible()
    opened.read(FROZEN)
    kept = opened.workspace.quarters[QuarterId(FROZEN)]
    said = opened.view.banners.frozen.accessibleName()
    assert said.startswith("2026 Q3, frozen on 2026-10-05")
    assert kept.content_sha256[:8] in said
    assert "nothing here changes" in said
    assert not opened.view.filters.segment.isVisible(), "a record is not kept by segment"
    qtbot.mouseClick(opened.view.banners.open_button, Qt.MouseButton.LeftButton)
    opened.settle()
    assert opened.session.findings.evidence.quarter == OPEN  # type: ignore[union-attr]
    assert opened.session.findings.ranking == live
    assert not opened.view.banners.frozen.isVisible()
    row = opened.view.assumptions.row("fix_efficacy_mean")
    assert not row.field.isReadOnly()
    assert row.slider.isEnabled()
    assert opened.view.live is not None
    assert opened.view.live.budget.isVisible()


def test_other_methods_say_why_they_are_off(opened: Opened) -> None:
    opened.view.show_methods()
    assert opened.view.methods.table.isVisible()
    opened.read(FROZEN)
    assert "not worked out again" in opened.view.methods.intro.text()
    assert not opened.view.methods.table.isVisible()
    opened.read(OPEN)
    opened.settle()
    assert opened.view.methods.table.isVisible()


def test_the_counts_that_were_kept_stand_behind_a_row(qtbot: QtBot, opened: Opened) -> None:
    opened.read(FROZEN)
    item = opened.session.findings.ranking.items[0]  # type: ignore[union-attr]
    ref = Ref(Kind.PAIN_POINT, item.pain_point)
    opened.click_row(qtbot, ref)
    qtbot.mouseClick(button(opened.view.list, "See the answers"), Qt.MouseButton.LeftButton)
    count = data_of(opened.workspace.quarters[QuarterId(FROZEN)]).pain_counts[item.pain_point]
    told = " ".join(opened.view.answers.texts())
    assert f"named it {round(count.hits)} of {round(count.n)}" in told.replace("\u202f", "")


def test_freezing_the_quarter_looked_at_shows_its_record(opened: Opened) -> None:
    kept = opened.workspace.quarters[QuarterId(FROZEN)]
    opened.read(FROZEN)
    other = replace(kept, content_sha256="0" * 64)
    opened.workspace.put(other)
    opened.read(FROZEN)
    assert "00000000" in opened.view.banners.frozen.accessibleName()


def test_a_quarter_without_its_figures_is_a_draft(opened: Opened) -> None:
    kept = opened.workspace.quarters[QuarterId(FROZEN)]
    opened.workspace.put(replace(kept, record={}))
    opened.read(FROZEN)
    assert opened.session.findings.estimate is not None
    assert "a draft" in opened.view.banners.frozen.accessibleName()
    assert opened.view.assumptions.row("fix_efficacy_mean").slider.isEnabled()


def test_a_record_that_cannot_be_read_is_not_ranked_afresh(opened: Opened) -> None:
    kept = opened.workspace.quarters[QuarterId(FROZEN)]
    broken = {k: v for k, v in kept.record.items() if k != "ranking"}
    opened.workspace.put(replace(kept, record=broken))
    opened.read(FROZEN)
    assert opened.session.findings.ranking is None
    title, _text = opened.view.empty.texts
    assert title == "2026 Q3 cannot be shown"
    assert "cannot be read" in opened.view.banners.frozen.accessibleName()
