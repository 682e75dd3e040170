"""The Priorities screen, by mouse and keyboard."""

from dataclasses import replace
from math import hypot

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from journey.model.ids import Kind, PainPointId, Ref, SegmentId
from journey.model.workspace import Workspace
from journey.priority.result import Basis, Factor, Ranking
from tests.ui.priorities.bank import ranking_of
from ui.document import DocumentModel
from ui.priorities import PrioritiesView
from ui.priorities.lines import LineKind
from ui.selection import Selection
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.choices import LeaderPill
from ui.shell.widgets.labels import WrapLabel


def pain(number: int) -> Ref:
    return Ref(Kind.PAIN_POINT, f"p{number:02}")


def click_row(qtbot: QtBot, view: PrioritiesView, ref: Ref) -> None:
    row = view.list.ranking_model.row_of(ref.id)
    rect = view.list.visualRect(view.list.ranking_model.index(row))
    place = rect.topLeft() + QPoint(140, 15)
    qtbot.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


def detail_texts(view: PrioritiesView) -> list[str]:
    model = view.list.ranking_model
    kinds = [model.line(row).kind for row in range(model.rowCount())]
    if LineKind.DETAIL not in kinds:
        return []
    widget = view.list.indexWidget(model.index(kinds.index(LineKind.DETAIL)))
    return [child.accessibleName() for child in widget.findChildren(QWidget)]


def test_a_click_selects_everywhere_and_opens_in_place(
    qtbot: QtBot, view: PrioritiesView, selection: Selection
) -> None:
    click_row(qtbot, view, pain(2))
    assert selection.current == pain(2)
    assert view.list.is_open()
    assert any("ranked 2 of 17" in text for text in detail_texts(view))
    click_row(qtbot, view, pain(2))
    assert not view.list.is_open()
    assert selection.current == pain(2)


def test_keys_move_open_and_close(qtbot: QtBot, view: PrioritiesView, selection: Selection) -> None:
    view.list.setFocus(Qt.FocusReason.TabFocusReason)
    assert view.selected_ref == pain(1)
    qtbot.keyClick(view.list, Qt.Key.Key_Down)
    assert selection.current == pain(2)
    qtbot.keyClick(view.list, Qt.Key.Key_Return)
    assert view.list.is_open()
    qtbot.keyClick(view.list, Qt.Key.Key_Down)
    assert view.selected_ref == pain(3)
    assert view.list.is_open(), "an open detail follows the choice"
    assert any("Asked to repeat" in text for text in detail_texts(view))
    qtbot.keyClick(view.list, Qt.Key.Key_End)
    assert view.selected_ref == pain(18)
    qtbot.keyClick(view.list, Qt.Key.Key_Up)
    assert view.selected_ref == pain(17), "the header of the group is stepped over"
    qtbot.keyClick(view.list, Qt.Key.Key_Escape)
    assert not view.list.is_open()
    qtbot.keyClick(view.list, Qt.Key.Key_Home)
    assert selection.current == pain(1)


def test_the_selection_of_others_is_followed(view: PrioritiesView, selection: Selection) -> None:
    selection.set(pain(7))
    assert view.selected_ref == pain(7)
    selection.set(Ref(Kind.TOUCHPOINT, "card"))
    assert view.selected_ref is None


def test_a_pill_filters_by_leader(qtbot: QtBot, view: PrioritiesView) -> None:
    pill = next(p for p in view.pills.findChildren(LeaderPill) if p.text() == "Lena Haugen")
    qtbot.mouseClick(pill, Qt.MouseButton.LeftButton)
    model = view.list.ranking_model
    names = {model.line(r).item.leader_name for r in model.item_rows()}  # type: ignore[union-attr]
    assert names == {"Lena Haugen"}
    assert view.leader == "lena"
    nobody = next(p for p in view.pills.findChildren(LeaderPill) if p.text() == "Unassigned")
    qtbot.mouseClick(nobody, Qt.MouseButton.LeftButton)
    assert [model.line(r).key for r in model.item_rows()] == ["p15"]


def test_revealing_a_row_opens_it_whatever_is_filtered(qtbot: QtBot, view: PrioritiesView) -> None:
    pill = next(p for p in view.pills.findChildren(LeaderPill) if p.text() == "Lena Haugen")
    qtbot.mouseClick(pill, Qt.MouseButton.LeftButton)
    view.reveal(pain(2))
    assert view.selected_ref == pain(2)
    assert view.list.is_open()


def test_a_header_sorts_and_turns_round(qtbot: QtBot, view: PrioritiesView) -> None:
    model = view.list.ranking_model
    head = next(
        b
        for b in view.list.header.children()
        if getattr(b, "accessibleName", lambda: "")().startswith("Sort by Effort")
    )
    qtbot.mouseClick(head, Qt.MouseButton.LeftButton)  # type: ignore[arg-type]
    first = model.line(model.item_rows()[0]).item
    assert first is not None
    assert first.effort_days == 12
    qtbot.mouseClick(head, Qt.MouseButton.LeftButton)  # type: ignore[arg-type]
    first = model.line(model.item_rows()[0]).item
    assert first is not None
    assert first.effort_days == 30


def test_buttons_ask_for_what_they_say(
    qtbot: QtBot, view: PrioritiesView, selection: Selection
) -> None:
    with qtbot.waitSignal(view.export_requested):
        qtbot.mouseClick(view.head.export_button, Qt.MouseButton.LeftButton)
    click_row(qtbot, view, pain(2))
    button = next(b for b in view.list.findChildren(Button) if "map" in b.text())
    with qtbot.waitSignal(view.show_on_map) as asked:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked.args == [pain(2)]


def test_a_new_ranking_keeps_what_is_chosen_and_open(
    qtbot: QtBot, view: PrioritiesView, ranking: Ranking
) -> None:
    click_row(qtbot, view, pain(3))
    items = list(ranking.items)
    items[2], items[0] = replace(items[0], rank=3), replace(items[2], rank=1)
    again = replace(ranking, items=tuple(sorted(items, key=lambda i: i.rank or 99)))
    view.set_computing(True)
    assert "Computing" in view.head.subtitle.text()
    view.set_ranking(again, view._workspace)
    assert view.selected_ref == pain(3)
    assert view.list.is_open()
    assert view.list.currentIndex().row() == 0
    assert "1 000 draws" in view.head.subtitle.text().replace("\u202f", " ")


def test_an_index_says_what_is_missing_and_lets_it_be_entered(
    qtbot: QtBot, view: PrioritiesView, document: DocumentModel
) -> None:
    ws = document.workspace
    ws.put(replace(ws.segments[SegmentId("new")], customers_per_year=None))
    view.assumptions.refresh()
    view.set_ranking(ranking_of(ws, basis=Basis.INDEX), ws)
    assert view.banner.isVisible()
    assert "New in Norway" in view.banner.accessibleName()
    button = view.banner.findChild(Button)
    assert button is not None
    with qtbot.waitSignal(view.enter_customers) as asked:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked.args == [(Ref(Kind.SEGMENT, "new"),)]
    row = view.assumptions.segment_row("new", "customers_per_year")
    assert view.focusWidget() is row.field


def test_no_ranking_says_what_to_do(qtbot: QtBot, view: PrioritiesView) -> None:
    view.set_ranking(None, Workspace("empty"))
    assert view.empty.isVisible()
    assert not view.head.export_button.isEnabled()
    button = next(b for b in view.empty.findChildren(Button) if b.isVisible())
    with qtbot.waitSignal(view.map_requested):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_titles_are_never_markup(view: PrioritiesView, ranking: Ranking) -> None:
    title = "<img src='file:///x.png'><b>late</b>"
    items = (replace(ranking.items[0], title=title, sentence=f"Fixing {title}"),)
    view.set_ranking(replace(ranking, items=items), view._workspace)
    view.list.choose(pain(1), open_it=True)
    assert any(title in text for text in detail_texts(view))
    model = view.list.ranking_model
    assert title in str(model.index(0).data(Qt.ItemDataRole.AccessibleTextRole))


def test_rows_are_read_aloud(view: PrioritiesView) -> None:
    reader = QAccessible.queryAccessibleInterface(view.list)
    assert reader is not None
    told = str(view.list.ranking_model.index(1).data(Qt.ItemDataRole.AccessibleTextRole))
    for part in ("Rank 2", "Card arrives", "Marek Nowak", "310", "88", "25", "evidence A"):
        assert part in told


def test_the_picture_chooses_by_key_and_mouse(
    qtbot: QtBot, view: PrioritiesView, selection: Selection
) -> None:
    view.views.chosen.emit("list")
    view.views.set_current("scatter")
    view._show_page()
    view.scatter.setFocus()
    qtbot.keyClick(view.scatter, Qt.Key.Key_Home)
    assert selection.current == pain(1)
    qtbot.keyClick(view.scatter, Qt.Key.Key_Down)
    assert selection.current == pain(2)
    spot = next(s for s in view.scatter._spots if s.item.pain_point == PainPointId("p04"))
    place = spot.centre.toPoint()
    qtbot.mouseClick(view.scatter, Qt.MouseButton.LeftButton, pos=place)
    assert selection.current == pain(4)
    assert view.selected_ref == pain(4), "the list follows"


def test_a_narrow_screen_folds_the_assumptions(qtbot: QtBot, view: PrioritiesView) -> None:
    view.resize(1200, 700)
    assert not view.assumptions.isVisible()
    assert view.handle.isVisible()
    qtbot.mouseClick(view.handle, Qt.MouseButton.LeftButton)
    assert view.assumptions.isVisible()


def test_a_page_that_goes_hands_the_keyboard_on_without_a_ring(
    qtbot: QtBot, view: PrioritiesView
) -> None:
    view.activateWindow()
    view.setFocus()
    assert view.list.hasFocus()
    scatter = view.views.findChildren(QAbstractButton)[1]
    qtbot.mouseClick(scatter, Qt.MouseButton.LeftButton)
    assert view.scatter.hasFocus(), "not the next in the row of Tab, ringed"
    view.set_ranking(None, Workspace("empty"))
    assert view.empty.hasFocus()


def test_a_low_window_says_what_is_ranked_under_the_list(
    qtbot: QtBot, view: PrioritiesView
) -> None:
    assert view.head.subtitle.isVisible()
    tall = view.list.height() - view.height()
    view.resize(2400, 640)
    assert not view.head.subtitle.isVisible()
    assert "1 000 draws" in view.footer.notes.text().replace("\u202f", " ")
    qtbot.waitUntil(lambda: view.head.pills.y() < 20)  # beside the title
    qtbot.waitUntil(lambda: view.list.height() - view.height() > tall)
    view.resize(700, 640)
    # Under it where both do not fit.
    qtbot.waitUntil(lambda: view.head.pills.y() > view.head.title.y() + 20)
    view.resize(1500, 900)
    assert view.head.subtitle.isVisible()
    assert view.footer.notes.text() == ""


def test_what_a_ranking_rests_on_is_a_quiet_note(view: PrioritiesView, ranking: Ranking) -> None:
    noted = replace(ranking, warnings=("no_graph", "no_volumes"))
    view.set_ranking(noted, view._workspace)
    assert "no transitions" in view.footer.notes.text()
    assert "not in money" in view.footer.notes.text()
    index = replace(noted, basis=Basis.INDEX)
    view.set_ranking(index, view._workspace)
    assert "not in money" not in view.footer.notes.text(), "the banner says it"


def test_factors_that_are_the_same_are_left_out(view: PrioritiesView, ranking: Ranking) -> None:
    item = replace(
        ranking.items[1],
        factors=(Factor("share", 0.13, 0.16, 0.81), Factor("link", 0.5, 0.5, 1.0)),
    )
    view.set_ranking(replace(ranking, items=(ranking.items[0], item)), view._workspace)
    view.list.choose(Ref(Kind.PAIN_POINT, item.pain_point), open_it=True)
    told = next(text for text in detail_texts(view) if "Share who meet it" in text)
    assert "Who then leaves" not in told


def test_no_disc_hides_the_number_of_another(view: PrioritiesView, ranking: Ranking) -> None:
    same = tuple(
        replace(item, effort_days=20.0, value_mean=100_000.0) for item in ranking.items[:4]
    )
    view.set_ranking(replace(ranking, items=same), view._workspace)
    view.views.set_current("scatter")
    view._show_page()
    centres = [spot.centre for spot in view.scatter._spots]
    assert len(centres) == 4
    for place, one in enumerate(centres):
        for other in centres[place + 1 :]:
            assert hypot(one.x() - other.x(), one.y() - other.y()) >= 22


@pytest.mark.parametrize("width", [930, 1000, 1300])
def test_no_line_of_an_open_row_is_cut(view: PrioritiesView, ranking: Ranking, width: int) -> None:
    fix = "Say why the photo failed, then let it be taken again at once"
    first, second, *others = ranking.items
    items = (first, replace(second, improvement_title=fix), *others)
    view.set_ranking(replace(ranking, items=items), view._workspace)
    for wide in (1300, width):  # at the first the assumptions fold and give their room
        view.resize(wide, 700)
        QApplication.processEvents()
    assert view.width() == width
    view.reveal(pain(2))
    QApplication.processEvents()
    labels = view.list.findChildren(WrapLabel)
    assert len(labels) > 4
    assert [x.text() for x in labels if x.height() < x.heightForWidth(x.width())] == []


def test_a_picture_nobody_sees_is_not_drawn_up(view: PrioritiesView, workspace: Workspace) -> None:
    many = ranking_of(workspace, copies=36)
    view.set_ranking(many, workspace)
    assert view.scatter._spots == []
    view.views.set_current("scatter")
    view._show_page()
    spots = view.scatter._spots
    assert len(spots) == len(many.items) == 504
    places = sorted((s.centre.y(), s.centre.x()) for s in spots)
    assert len(set(places)) == 504, "no disc hides another"
