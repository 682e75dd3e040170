"""A row is as high as its title, laid out at the very width it is painted in."""

from dataclasses import replace

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QStyleOptionViewItem

from journey.priority.result import Basis, Ranking
from tests.ui.priorities.bank import bank, ranking_of
from ui.priorities import PrioritiesView, words
from ui.priorities.columns import columns_for
from ui.priorities.figures import figures_of
from ui.priorities.lines import LineKind, Sort
from ui.shell.type import font
from ui.shell.wrapping import wrap


def test_every_row_has_room_for_its_text_at_every_width(view: PrioritiesView) -> None:
    model, painter = view.list.ranking_model, view.list.itemDelegate()
    rows = [r for r in range(model.rowCount()) if model.line(r).kind is LineKind.ITEM]
    wrapped = 0
    for width in range(880, 1300):
        option = QStyleOptionViewItem()
        option.rect = QRect(0, 0, width, 40)
        room = int(columns_for(width).places[Sort.PAIN_POINT][1])
        for row in rows:
            item = model.line(row).item
            assert item is not None
            lines = wrap(item.title, font("base", 500), 18, room).lines
            metas = wrap(words.place(item), font("meta"), 15, room - 16).lines
            height = painter.sizeHint(option, model.index(row)).height()
            assert height == max(40, lines * 18 + metas * 15 + 7), (width, item.title)
            wrapped += lines > 1
    assert wrapped, "some titles wrap at these widths"


def test_the_foot_has_a_key_to_the_bars_where_there_are_any(
    view: PrioritiesView, ranking: Ranking
) -> None:
    assert view.footer.interval_key.isVisible()
    view.set_ranking(ranking_of(bank(), basis=Basis.ORDER), view._workspace)
    assert not view.footer.interval_key.isVisible()
    view.set_ranking(ranking, view._workspace)
    assert view.footer.interval_key.isVisible()


def test_a_figure_per_day_that_is_not_value_by_days_is_explained(ranking: Ranking) -> None:
    figures, first = figures_of(ranking), ranking.items[0]
    assert first.value_mean is not None
    assert figures.day_words(first) == "", "here the two are the same"
    lifted = replace(first, score=1.05 * first.value_mean / first.effort_days)
    told = figures.day_words(lifted)
    assert told.startswith(figures.per_day(lifted))
    assert figures.per_day(first) in told
    shared = replace(lifted, joint_mean=2 * first.value_mean)
    assert figures.amount(2 * first.value_mean) in figures.day_words(shared)
    unknown = next(i for i in ranking.items if i.score is None)
    assert figures.day_words(unknown) == ""


def test_no_effort_does_not_speak_of_value_in_an_index() -> None:
    assert "value" not in words.told("no_effort")
