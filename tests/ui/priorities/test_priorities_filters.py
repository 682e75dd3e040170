"""Filters, sliding rows, levels and what is said of a list."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from journey.model.ids import Kind, PainPointId, Ref
from journey.model.workspace import Workspace
from journey.priority.result import Factor, Ranking
from tests.ui.priorities.bank import ranking_of
from ui.priorities import PrioritiesView, words
from ui.priorities.detail import Beside, RowDetail
from ui.priorities.figures import figures_of
from ui.priorities.lines import LineKind, lines_of
from ui.priorities.row_filter import RowFilter
from ui.priorities.slides import Slides
from ui.shell.widgets.labels import WrapLabel


def entry(menu: QMenu, name: str) -> QAction:
    return next(a for a in menu.actions() if name in a.text())


def keys(view: PrioritiesView) -> list[str]:
    model = view.list.ranking_model
    return [model.line(row).key for row in model.item_rows()]


def test_words_filter_rows_and_escape_brings_them_back(qtbot: QtBot, view: PrioritiesView) -> None:
    everything = keys(view)
    view.filters.field.setFocus()
    qtbot.keyClicks(view.filters.field, "CARD lena")
    assert keys(view) == []
    qtbot.keyClick(view.filters.field, Qt.Key.Key_Escape)
    qtbot.keyClicks(view.filters.field, "card delivery")
    assert keys(view) == ["p02", "p05"]
    assert "2 pain points" in view.footer._counts.text()
    qtbot.keyClick(view.filters.field, Qt.Key.Key_Escape)
    assert keys(view) == everything


def test_stage_and_level_filter_together(view: PrioritiesView, ranking: Ranking) -> None:
    entry(view.filters.menu(), "Post-purchase").trigger()
    stages = {i.pain_point for i in ranking.items if i.stage_name == "Post-purchase"}
    assert set(keys(view)) == stages
    entry(view.filters.menu(), "B  ").trigger()
    assert keys(view) == ["p06"]
    assert view.filters.button.text() == "Filter · 2"
    assert entry(view.filters.menu(), "Post-purchase").isChecked()
    entry(view.filters.menu(), "Show all rows").trigger()
    assert len(keys(view)) == len(ranking.items)
    assert view.filters.button.text() == "Filter"


def test_one_journey_is_nothing_to_choose_from(view: PrioritiesView) -> None:
    names = [a.text() for a in view.filters.menu().actions()]
    assert "Journey" not in names
    assert "Stage" in names


def test_a_filter_that_is_gone_in_another_list_goes(
    view: PrioritiesView, workspace: Workspace, ranking: Ranking
) -> None:
    entry(view.filters.menu(), "F  ").trigger()
    assert keys(view) == ["p18"]
    without = replace(ranking, items=ranking.items[:-1])
    view.set_ranking(without, workspace)
    assert len(keys(view)) == len(without.items)


def test_revealing_a_row_lets_every_filter_go(view: PrioritiesView) -> None:
    view.filters.field.setText("nothing is called so")
    assert keys(view) == []
    view.reveal(Ref(Kind.PAIN_POINT, PainPointId("p02")))
    assert "p02" in keys(view)
    assert view.filters.field.text() == ""


def test_the_cut_stands_behind_the_top_of_what_is_left(ranking: Ranking) -> None:
    lines = lines_of(ranking, keep=lambda item: item.pain_point not in {"p01", "p02"})
    kinds = [line.kind for line in lines]
    assert kinds.index(LineKind.CUT) == 3, "ranks are those of the whole list"


def test_a_filter_asks_for_every_word(ranking: Ranking, workspace: Workspace) -> None:
    item = ranking.items[1]
    assert RowFilter().passes(item, workspace)
    assert RowFilter(text="marek NOTICE").passes(item, workspace)
    assert not RowFilter(text="marek photo").passes(item, workspace)
    assert RowFilter(journeys=frozenset({"j"})).passes(item, workspace)
    assert not RowFilter(journeys=frozenset({"other"})).passes(item, workspace)
    assert not RowFilter(journeys=frozenset({"j"})).passes(item, None)


def test_rows_slide_to_their_places(qtbot: QtBot) -> None:
    slides = Slides()
    slides.start({"a": 0.0, "b": 40.0, "gone": 9.0}, {"a": 40.0, "b": 0.0, "new": 80.0})
    assert slides.is_running
    assert slides.offset("a") == -40
    assert slides.offset("b") == 40
    assert slides.offset("new") == slides.offset("gone") == 0
    qtbot.waitUntil(lambda: not slides.is_running)
    assert slides.offset("a") == slides.offset("b") == 0


def test_nothing_slides_where_the_system_asks_for_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ui.priorities.slides.is_motion_reduced", lambda: True)
    slides = Slides()
    slides.start({"a": 0.0}, {"a": 40.0})
    assert not slides.is_running
    assert slides.offset("a") == 0


def test_a_re_ranked_list_slides(view: PrioritiesView, workspace: Workspace) -> None:
    first = ranking_of(workspace)
    one, two, *rest = first.items
    swapped = (replace(two, rank=1), replace(one, rank=2), *rest)
    view.set_preview(replace(first, items=swapped))
    assert view.list.slides.is_running
    assert view.list.slides.offset("p02") == -view.list.slides.offset("p01") != 0
    assert keys(view)[:2] == ["p02", "p01"], "keys and readers are at the new places at once"
    view.set_preview(None)
    assert keys(view)[:2] == ["p01", "p02"]


def test_a_list_without_any_effort_says_so(view: PrioritiesView, ranking: Ranking) -> None:
    view.set_ranking(replace(ranking, warnings=("no_effort",)), view._workspace)
    assert "the order is that of what a fix gives" in view.footer.notes.text()
    assert words.told("no_effort").startswith("No effort is known")


def test_rank_1_says_what_puts_it_first(qtbot: QtBot, ranking: Ranking) -> None:
    first, second = ranking.items[0], ranking.items[1]
    second = replace(second, factors=(Factor("share", 0.13, 0.16, 0.8125),))
    detail = RowDetail(first, figures_of(ranking), Beside(first, second))
    qtbot.addWidget(detail)
    told = [label.text() for label in detail.findChildren(WrapLabel)]
    assert any(t.startswith("Why it is first: 16.0\u00a0k€") and second.title in t for t in told)
    bars = " ".join(w.accessibleName() for w in detail.children()[1].children() if hasattr(
        w, "accessibleName"))  # fmt: skip
    assert "Share who meet it 16\u00a0% against 13\u00a0% ×1.23" in bars
    other = RowDetail(second, figures_of(ranking), Beside(first, second))
    qtbot.addWidget(other)
    assert not any(
        label.text().startswith("Why it is first") for label in other.findChildren(WrapLabel)
    )


def test_the_heading_of_a_group_chooses_nothing(qtbot: QtBot, view: PrioritiesView) -> None:
    everything = keys(view)
    headings = [a for a in view.filters.menu().actions() if a.isSeparator() and a.text()]
    assert headings
    for heading in headings:
        heading.trigger()
    assert keys(view) == everything
