"""The list of one segment alone: chosen, ranked, dragged, and what is said where there is none."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from journey.edit import Remove, Set
from journey.model.ids import Kind, Ref, SegmentId
from journey.priority.result import Ranking
from journey.priority.withheld import NOTE
from tests.ui.priorities.opened import Opened
from ui.priorities.answers_panel import figures_behind
from ui.priorities.figures import figures_of
from ui.priorities.words import facts as words_of

STUDENTS = SegmentId("students")


def choose(opened: Opened, name: str) -> None:
    """Choose an entry of the menu under the segment button."""
    menu = opened.view.filters.segment.menu_of_segments()
    next(a for a in menu.actions() if a.text() == name).trigger()
    menu.close()
    opened.settle()


def expected(opened: Opened, segment: SegmentId) -> Ranking:
    estimate = opened.session.findings.estimate
    assert estimate is not None
    return estimate.of_segment(segment).ranking


def test_the_list_ranks_within_the_segment(qtbot: QtBot, opened: Opened) -> None:
    whole = opened.session.findings.ranking
    choose(opened, "Students")
    part = expected(opened, STUDENTS)
    model = opened.view.list.ranking_model
    shown = {model.line(row).key: model.line(row).item for row in model.item_rows()}
    assert shown == {i.pain_point: i for i in part.items}
    assert model.figures == figures_of(part), "bars are on the segment's own scale"
    assert model.figures.scale != figures_of(whole).scale  # type: ignore[union-attr, arg-type]
    assert opened.session.findings.ranking == whole, "map and inspector keep the whole list"
    assert opened.view.filters.segment.text() == "Students"
    said = opened.view.banners.segment.accessibleName()
    assert said.startswith("Values for Students only: 1 of 3 segments")
    qtbot.mouseClick(opened.view.banners.all_button, Qt.MouseButton.LeftButton)
    opened.settle()
    assert opened.session.findings.listed == whole
    assert not opened.view.banners.segment.isVisible()
    assert opened.view.filters.segment.text() == "All segments"


def test_what_stands_beside_it_speaks_of_the_segment(opened: Opened) -> None:
    from journey.decision.budget import Budget

    live = opened.view.live
    assert live is not None
    choose(opened, "Students")
    estimate = opened.session.findings.estimate
    assert estimate is not None
    part = estimate.of_segment(STUDENTS)
    best = Budget(part).best_set(live.budget.days)
    figures = figures_of(part.ranking)
    assert best.joint_mean is not None
    assert figures.amount(best.joint_mean) in " ".join(live.budget.words.texts)
    assert live.measure.isVisible()
    assert live.sure.isVisible()
    assert not live.classic.isVisible()
    assert "know no segments" in opened.view.methods.intro.text()
    assert not opened.view.assumptions.row("fix_efficacy_mean").effect.isVisible()
    choose(opened, "All segments")
    assert live.classic.isVisible()
    assert opened.view.assumptions.row("fix_efficacy_mean").effect.isVisible()


def test_the_counts_behind_a_row_are_of_the_segment(opened: Opened) -> None:
    choose(opened, "Students")
    item = opened.session.findings.listed.items[0]  # type: ignore[union-attr]
    opened.view.answers_wanted.emit(Ref(Kind.PAIN_POINT, item.pain_point))
    told = " ".join(opened.view.answers.texts())
    part = opened.session.findings.part
    assert part is not None
    tally = part.facts(item.pain_point).tally
    assert tally is not None
    assert f"named it {tally.named} of {tally.asked}" in told.replace("\u202f", "")


def test_counts_of_too_few_are_not_told(opened: Opened) -> None:
    estimate = opened.session.findings.estimate
    assert estimate is not None
    part = estimate.of_segment(STUDENTS)
    item = replace(part.ranking.items[0], notes=(NOTE,), n=None)
    lines = figures_behind(item, part.facts(item.pain_point), opened.workspace)
    told = " ".join(words for figure in lines for words, _ in figure.lines)
    assert "Too few answers in this segment" in told
    assert "named it" not in told
    assert "asked here" not in told
    assert not any("behind it" in fact for fact in words_of(item))


def test_what_is_tried_out_is_tried_for_the_segment(qtbot: QtBot, opened: Opened) -> None:
    choose(opened, "Students")
    changed = opened.workspace.copy()
    Set(Ref(Kind.ASSUMPTIONS, "assumptions"), fix_efficacy_mean=0.3).do(changed)
    with qtbot.waitSignal(opened.session.findings.preview_changed, timeout=20_000) as tried:
        opened.session.findings.preview(changed)
    found = tried.args[0]  # type: ignore[index]
    assert found.segment == STUDENTS
    before = opened.session.findings.listed
    assert before is not None
    best = found.items[0].value_mean
    assert best is not None
    assert before.items[0].value_mean is not None
    assert best < before.items[0].value_mean


def test_an_edit_ranks_the_segment_again(opened: Opened) -> None:
    choose(opened, "Students")
    before = opened.session.findings.listed
    opened.session.document.run(Set(Ref(Kind.SEGMENT, STUDENTS), value_if_retained=90.0))
    opened.settle()
    after = opened.session.findings.listed
    assert after is not None
    assert before is not None
    first = before.items[0].value_mean
    assert first is not None
    same = next(i for i in after.items if i.pain_point == before.items[0].pain_point)
    assert same.value_mean == pytest.approx(first / 10, rel=1e-3)


def test_a_segment_nobody_answered_for_says_what_to_do(qtbot: QtBot, opened: Opened) -> None:
    from journey.edit import Add
    from journey.model.people import Segment

    nobody = Segment(SegmentId("premium"), "Premium", 500, 90_000.0)
    assert opened.session.document.run(Add(nobody))
    opened.settle()
    choose(opened, "Premium")
    assert opened.view.empty.isVisible()
    title, text = opened.view.empty.texts
    assert title == "Premium takes no part in this list"
    assert "Import a survey" in text
    assert not opened.view.empty.customers.isVisible()
    assert opened.view.filters.segment.isVisible(), "another segment is a click away"
    qtbot.mouseClick(opened.view.empty.all, Qt.MouseButton.LeftButton)
    opened.settle()
    assert opened.view.list.isVisible()


def test_a_segment_without_customers_asks_for_them(qtbot: QtBot, opened: Opened) -> None:
    choose(opened, "Students")
    ref = Ref(Kind.SEGMENT, STUDENTS)
    assert opened.session.document.run(Set(ref, customers_per_year=0))
    opened.settle()
    assert opened.view.empty.isVisible()
    assert opened.view.empty.texts[0] == "Students has no customers"
    with qtbot.waitSignal(opened.view.enter_customers):
        qtbot.mouseClick(opened.view.empty.customers, Qt.MouseButton.LeftButton)
    assert opened.session.document.run(Set(ref, customers_per_year=100))
    opened.settle()
    assert opened.view.list.isVisible()


def test_the_value_of_a_customer_has_its_effect(opened: Opened) -> None:
    for segment in opened.workspace.segments:
        row = opened.view.assumptions.segment_row(segment, "value_if_retained")
        assert row.effect.isVisible()
        face = row.effect.face
        assert face.low is not None
        assert face.high is not None
        assert 0 <= face.low < face.high <= 1
        value = opened.workspace.segments[segment].value_if_retained
        assert value is not None
        assert row._scale.text(value / 2) in face.told
        customers = opened.view.assumptions.segment_row(segment, "customers_per_year")
        assert not customers.effect.isVisible()


def test_a_segment_that_goes_leaves_the_whole_list(opened: Opened) -> None:
    choose(opened, "Students")
    assert opened.session.document.run(Remove(Ref(Kind.SEGMENT, STUDENTS)))
    opened.settle()
    assert opened.session.findings.segment is None
    assert opened.view.list.isVisible()
    assert opened.view.filters.segment.text() == "All segments"
