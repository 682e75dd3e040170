"""Which rows and columns are shown: filters, sorting, columns, and one selection in all views."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from journey.edit import AddPainPoint, Remove, Set
from journey.model.evidence import Kpi
from journey.model.ids import Kind, KpiId, PainPointId, Ref
from journey.model.map import PainPoint
from ui.table.columns import KINDS, Column, Editor, columns_of
from ui.table.filters import FilterLine
from ui.table.sorting import Filter, SortBy, matcher, ordered

Hand = Any
FIGURE = Column("n", Editor.NUMBER, numeric=True)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (">3", [4.0, 5.0]),
        (">= 3", [3.0, 4.0, 5.0]),
        ("<2", [1.0]),
        ("2..4", [2.0, 3.0, 4.0]),
        ("3", [3.0]),
        ("–", [None]),
        ("", [1.0, 2.0, 3.0, 4.0, 5.0, None]),
    ],
)
def test_figures_are_filtered_by_what_is_typed(typed: str, kept: list[float | None]) -> None:
    keys = [1.0, 2.0, 3.0, 4.0, 5.0, None]
    keeps = matcher(FIGURE, Filter(typed)) if typed else lambda _t, _k: True
    assert keeps is not None
    assert [key for key in keys if keeps("" if key is None else str(key), key)] == kept


def test_a_filter_that_is_no_figure_filters_nothing() -> None:
    assert matcher(FIGURE, Filter("abc")) is None


def test_sorting_is_stable_both_ways_and_puts_the_empty_last() -> None:
    keys = {"a": 2.0, "b": None, "c": 1.0, "d": 2.0, "e": None, "f": 1.0}
    up = ordered(list(keys), [SortBy("k")], lambda row, _key: keys[row])
    down = ordered(list(keys), [SortBy("k", descending=True)], lambda row, _key: keys[row])
    assert up == ["c", "f", "a", "d", "b", "e"]
    assert down == ["a", "d", "c", "f", "b", "e"]


def test_a_text_typed_under_the_header_filters_and_clears(hand: Hand) -> None:
    line = hand.grid.heads.fields["title"]
    assert isinstance(line, FilterLine)
    line.setFocus()
    QTest.keyClicks(line, "NO")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert hand.column("title") == ["Nobody answers", "No notice"]
    assert "2 of 5 rows" in hand.screen.filters.count.text()
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert len(hand.column("title")) == 5


def test_a_set_filter_shows_as_a_pill_that_takes_it_away(hand: Hand) -> None:
    hand.screen.filter("severity", Filter(">=3"))
    assert hand.column("severity") == ["5", "3", "4"] or set(hand.column("severity")) == set("345")
    pills = [w for w in hand.screen.filters.findChildren(QAbstractButton) if "severity" in w.text()]
    assert [p.text() for p in pills] == ["severity 3 or more"]
    pills[0].click()
    assert len(hand.column("title")) == 5


def test_a_filter_keeps_the_cursor_on_its_object(hand: Hand) -> None:
    hand.at(3, "title")
    title = hand.text(3, "title")
    hand.screen.filter("title", Filter("pin"))
    assert hand.text(hand.here()[0], "title") == title


def test_a_click_on_a_name_sorts_up_down_and_not(hand: Hand) -> None:
    heads, start = hand.grid.heads, hand.column("title")

    def click() -> None:
        place = hand.grid.table.place_of("title")
        at = heads.sectionViewportPosition(place) + 60
        port, left = heads.viewport(), Qt.MouseButton.LeftButton
        QTest.mouseClick(port, left, Qt.KeyboardModifier.NoModifier, QPointAt(at, 12))

    click()
    assert hand.column("title") == sorted(start, key=str.casefold)
    click()
    assert hand.column("title") == sorted(start, key=str.casefold, reverse=True)
    click()
    assert hand.column("title") == start


def QPointAt(x: int, y: int) -> Any:
    from PySide6.QtCore import QPoint

    return QPoint(x, y)


def test_an_edit_in_a_sorted_table_keeps_the_row_where_it_is(hand: Hand) -> None:
    hand.screen.sort((SortBy("title"),))
    hand.at(0, "title")
    ref = hand.grid.table.ref(0)
    hand.enter("Zebra")
    assert hand.grid.table.ref(0) == ref
    assert hand.column("title")[0] == "Zebra"
    assert hand.here() == (1, "title")
    hand.screen.sort((SortBy("title"),))
    assert hand.column("title")[-1] == "Zebra"


def test_sorting_keeps_what_is_selected(hand: Hand) -> None:
    hand.at(2, "title")
    ref = hand.grid.table.ref(2)
    hand.screen.sort((SortBy("votes", descending=True),))
    assert hand.grid.table.ref(hand.here()[0]) == ref


def test_edits_made_elsewhere_are_followed_row_by_row(hand: Hand) -> None:
    run, table = hand.session.document.run, hand.grid.table
    resets: list[int] = []
    table.modelReset.connect(lambda: resets.append(1))
    run(AddPainPoint(PainPoint(PainPointId("n"), "j", "Fresh", "t0")))  # type: ignore[arg-type]
    assert "Fresh" in hand.column("title")
    assert hand.column("touchpoint")[hand.column("title").index("Fresh")] == "Form"
    run(Remove([Ref(Kind.PAIN_POINT, "p0"), Ref(Kind.PAIN_POINT, "p3")]))
    assert "Form forgets" not in hand.column("title")
    hand.undo()
    assert hand.column("title")[0] == "Form forgets"
    assert not resets
    assert hand.screen.pills.pill(Kind.PAIN_POINT).count == "6"


def test_columns_are_chosen_moved_and_kept_with_the_journey(hand: Hand) -> None:
    hand.screen.open_columns()
    panel = hand.screen.panel
    rows = {panel.list.item(r).text(): panel.list.item(r) for r in range(panel.list.count())}
    rows["Stage"].setCheckState(Qt.CheckState.Checked)
    assert hand.grid.table.place_of("stage") >= 0
    assert hand.column("stage")[0] == "Purchase"
    hand.screen.move_column("votes", -1)
    keys = [column.key for column in hand.grid.table.columns]
    assert keys.index("votes") < keys.index("frequency")
    kept = hand.workspace.journeys["j"].layout["table"]["pain_point"]
    assert kept == keys
    hand.undo()
    hand.undo()
    assert hand.grid.table.place_of("stage") == -1


def test_the_name_cannot_be_hidden(hand: Hand) -> None:
    hand.screen.choose_columns(["votes"])
    assert [c.key for c in hand.grid.table.columns] == ["title", "votes"]


def test_a_layout_that_makes_no_sense_is_passed_over(hand: Hand) -> None:
    for layout in (
        {"table": 7},
        {"table": {"pain_point": [3, None]}},
        {"table": {"pain_point": ["x"]}},
    ):
        hand.session.document.run(Set(Ref(Kind.JOURNEY, "j"), layout=layout))
        assert hand.grid.table.columns[0].key == "title"


def test_one_selection_with_the_other_views_both_ways(hand: Hand, qtbot: Any) -> None:
    hand.select(1, "title", 2, "title")
    with qtbot.waitSignal(hand.session.selection.changed, timeout=1000, raising=False):
        pass
    refs = {hand.grid.table.ref(1), hand.grid.table.ref(2)}
    assert set(hand.session.selection.refs) == refs
    other = hand.grid.table.ref(4)
    hand.session.selection.set(other)
    assert hand.grid.selected_refs() == [other]
    hand.session.selection.set(Ref(Kind.KPI, "k0"))
    assert hand.screen.kind is Kind.KPI
    assert hand.grid.selected_refs() == [Ref(Kind.KPI, "k0")]


def test_figures_of_a_kpi_follow_its_observations(hand: Hand) -> None:
    hand.show(Kind.OBSERVATION)
    hand.at(0, "kpi")
    hand.enter("Waiting time")
    hand.enter("2026Q4")
    hand.enter("3,5")
    assert len(hand.workspace.observations) == 1
    hand.show(Kind.KPI)
    assert (hand.text(0, "latest"), hand.text(0, "period")) == ("3.5", "2026 Q4")
    assert hand.text(0, "reached") == "met"
    hand.session.document.run(Set(Ref(Kind.KPI, "k0"), better="lower"))
    assert hand.text(0, "reached") == "short of it"
    assert isinstance(hand.workspace.kpis[KpiId("k0")], Kpi)


def test_five_thousand_rows_scroll_and_an_edit_tells_of_its_row_alone(
    open_table: Callable[..., Hand], many_rows: Callable[[int], Any]
) -> None:
    hand = open_table(many_rows(5000))
    table = hand.grid.table
    assert len(table.rows) == 5000
    told: list[tuple[int, int]] = []
    hand.at(2500, "severity")
    table.dataChanged.connect(lambda a, b: told.append((a.row(), b.row())))
    hand.type("2")
    hand.key(Qt.Key.Key_Return)
    assert told == [(2500, 2500)]
    assert hand.here() == (2501, "severity")
    hand.screen.filter("votes", Filter(">6"))
    assert 0 < len(table.rows) < 5000
    hand.grid.acts.copy_all()


def test_every_widget_has_a_name_and_the_keyboard_reaches_all(hand: Hand) -> None:
    for widget in hand.screen.findChildren(QAbstractButton):
        if widget.isVisible():
            assert widget.accessibleName() or widget.text(), widget
    assert hand.grid.accessibleName()
    for field in hand.grid.heads.fields.values():
        assert field.accessibleName()
    seen: set[QWidget] = set()
    widget = hand.screen.title.new
    while widget not in seen:
        seen.add(widget)
        widget = widget.nextInFocusChain()
    assert {hand.grid, *hand.grid.heads.fields.values(), hand.screen.title.columns} <= seen


def test_menus_say_what_can_be_done(hand: Hand) -> None:
    hand.at(0, "status")
    menu = hand.screen.menus.cells(hand.grid.mapToGlobal(hand.cell(0, "status")))
    words = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert {"Copy", "Paste", "Fill down", "Delete 1 pain point", "Set Status"} <= set(words)
    values = next(a.menu() for a in menu.actions() if a.text() == "Set Status")
    next(a for a in values.actions() if a.text() == "Solved").trigger()
    assert hand.find(Kind.PAIN_POINT, hand.grid.table.rows[0]).status == "solved"
    menu.close()
    menu = hand.screen.menus.column("votes", hand.grid.mapToGlobal(hand.cell(0, "votes")))
    next(a for a in menu.actions() if a.text() == "Sort down").trigger()
    assert hand.column("votes") == sorted(hand.column("votes"), reverse=True)
    menu.close()


def test_every_column_is_a_field_of_its_kind_or_computed() -> None:
    from dataclasses import fields

    from journey.model.workspace import CLASS_OF

    for kind in KINDS:
        known = {f.name for f in fields(CLASS_OF[kind])}
        keys = [column.key for column in columns_of(kind)]
        assert len(keys) == len(set(keys))
        assert {c.key for c in columns_of(kind) if not c.computed} <= known
