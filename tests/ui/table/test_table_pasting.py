"""Copy, paste and fill: what Excel writes, looked at first, kept as one step."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from journey.model.ids import Kind
from ui.clipboard import parse_rows
from ui.table.rows import State

CTRL = Qt.KeyboardModifier.ControlModifier
Hand = Any


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def test_nothing_is_kept_before_enter_and_one_undo_takes_all_back(hand: Hand) -> None:
    before = hand.workspace.copy()
    hand.at(0, "title")
    hand.paste("Renamed\tCard\r\nNobody answers\tCheck\r\n")
    plan = hand.grid.acts.plan
    assert [row.id for row in plan.rows] == ["p0", "p4"]
    assert [c.state for c in plan.rows[0].cells.values()] == [State.CHANGED, State.CHANGED]
    assert [c.state for c in plan.rows[1].cells.values()] == [State.SAME, State.CHANGED]
    assert hand.workspace == before
    hand.key(Qt.Key.Key_Return)
    assert hand.find(Kind.PAIN_POINT, "p0").title == "Renamed"
    assert hand.find(Kind.PAIN_POINT, "p4").touchpoint == "t1"
    assert hand.steps == 1
    hand.undo()
    assert hand.workspace == before


def test_esc_drops_a_paste(hand: Hand) -> None:
    before, rows = hand.workspace.copy(), hand.grid.table.rowCount()
    hand.at(hand.grid.table.new_row, "title")
    hand.paste("A\nB\n")
    assert hand.grid.table.rowCount() == rows + 2
    hand.key(Qt.Key.Key_Escape)
    assert hand.grid.table.rowCount() == rows
    assert hand.workspace == before
    assert hand.grid.hasFocus()


def test_quotes_and_breaks_inside_cells_come_whole(hand: Hand) -> None:
    hand.show(Kind.STRENGTH)
    hand.at(0, "title")
    hand.paste('Calm\tForm\t"she said ""good""\nand left"\r\nFast\tCard\t=SUM(A1)\r\n')
    hand.key(Qt.Key.Key_Return)
    found = {s.title: (s.touchpoint, s.evidence) for s in hand.workspace.strengths.values()}
    assert found == {
        "Calm": ("t0", 'she said "good"\nand left'),
        "Fast": ("t2", "=SUM(A1)"),
    }
    assert hand.steps == 1


def test_rows_at_the_bottom_are_new_or_change_the_row_of_their_name(hand: Hand) -> None:
    hand.at(hand.grid.table.new_row, "title")
    hand.paste(
        "Stand hands out forms\tCard\tIda Holm\t3\t2\r\n"
        "Bonus paid late\tCall\tT. Berg\t3\t2\r\n"
        "PIN is late\tCard\t\t4\t\r\n"
    )
    plan = hand.grid.acts.plan
    assert [row.id for row in plan.rows] == ["", "", "p2"]
    assert len(plan.fresh) == 2
    assert [d.name for d in plan.doubts.values()] == ["T. Berg"]
    assert plan.rows[1].cells["owner"].state is State.DOUBT
    assert hand.screen.strip.picker.currentText() == "Tomas Berg"
    hand.key(Qt.Key.Key_Return)
    by_title = {p.title: p for p in hand.workspace.pain_points.values()}
    assert by_title["Bonus paid late"].owner == "l0"
    assert by_title["Stand hands out forms"].owner == "l1"
    assert by_title["Stand hands out forms"].severity == 3
    assert by_title["PIN is late"].severity == 4
    assert len(by_title) == 7
    assert hand.steps == 1


def test_a_doubtful_name_can_be_made_or_left_empty(hand: Hand) -> None:
    for choice, owners in ((1, {"Nora Lie"}), (0, set())):
        hand.at(hand.grid.table.new_row, "title")
        hand.paste(f"New {choice}\tCard\tNora Lie\n")
        picker = hand.screen.strip.picker
        picker.setCurrentIndex(0 if choice else picker.count() - 1)
        picker.activated.emit(picker.currentIndex())
        hand.key(Qt.Key.Key_Return)
        made = next(p for p in hand.workspace.pain_points.values() if p.title == f"New {choice}")
        names = {hand.workspace.leaders[made.owner].name} if made.owner else set()
        assert names == owners
        hand.undo()
        assert all(leader.name != "Nora Lie" for leader in hand.workspace.leaders.values())


def test_what_cannot_be_is_framed_counted_and_left_out(hand: Hand) -> None:
    hand.at(0, "severity")
    hand.paste("9\t3\nhigh\t2\n")
    plan = hand.grid.acts.plan
    assert plan.count(State.REFUSED) == 2
    assert "2 left out" in hand.screen.strip.accessibleName()
    hand.key(Qt.Key.Key_Return)
    p0, p4 = hand.find(Kind.PAIN_POINT, "p0"), hand.find(Kind.PAIN_POINT, "p4")
    assert (p0.severity, p0.frequency) == (1, 3)
    assert (p4.severity, p4.frequency) == (5, 2)


def test_a_header_row_says_which_column_is_which(hand: Hand) -> None:
    hand.at(0, "title")
    hand.paste("Votes\tPain point\n7\tNo notice\n4\tQuite new\n")
    hand.key(Qt.Key.Key_Return)
    by_title = {p.title: p.votes for p in hand.workspace.pain_points.values()}
    assert by_title["No notice"] == 7
    assert by_title["Quite new"] == 4
    assert hand.find(Kind.PAIN_POINT, "p0").votes == 0


def test_one_cell_fills_a_selected_range(hand: Hand) -> None:
    hand.select(0, "votes", 3, "votes")
    hand.paste("8")
    hand.key(Qt.Key.Key_Return)
    assert hand.column("votes")[:4] == ["8", "8", "8", "8"]
    assert hand.steps == 1


def test_copy_is_what_excel_writes_and_no_formula(hand: Hand) -> None:
    hand.at(0, "title")
    hand.enter('=cmd "x"')
    hand.select(0, "title", 1, "severity")
    hand.key(Qt.Key.Key_C, CTRL)
    assert clipboard() == '"\'=cmd ""x"""\tForm\t\t1\r\nNobody answers\tForm\t\t5\r\n'
    hand.at(2, "title")
    hand.key(Qt.Key.Key_V, CTRL)
    hand.key(Qt.Key.Key_Return)
    assert hand.text(2, "title") == '=cmd "x"'


def test_all_rows_copied_and_pasted_back_change_nothing(hand: Hand) -> None:
    before = hand.workspace.copy()
    hand.grid.acts.copy_all()
    assert parse_rows(clipboard())[0][:2] == ["Pain point", "Touchpoint"]
    hand.at(0, "title")
    hand.key(Qt.Key.Key_V, CTRL)
    assert hand.grid.acts.plan.is_empty
    assert not hand.screen.strip.yes.isEnabled()
    hand.key(Qt.Key.Key_Escape)
    assert hand.workspace == before


def test_the_handle_fills_down_and_shows_what_it_will_do(hand: Hand) -> None:
    hand.at(0, "status")
    hand.enter("solved")
    hand.at(0, "status")
    port, left = hand.grid.viewport(), Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    handle = hand.grid.fill.handle().center()
    QTest.mousePress(port, left, none, handle)
    QTest.mouseMove(port, handle + QPoint(0, 20))
    QTest.mouseMove(port, hand.cell(3, "status"))
    assert hand.grid.fill.words() == "Fill 3 cells down: Solved"
    assert hand.grid.fill.value_at(2, hand.grid.table.place_of("status")) == "Solved"
    assert hand.steps == 1
    QTest.mouseRelease(port, left, none, hand.cell(3, "status"))
    assert hand.column("status") == ["Solved"] * 4 + ["Open"]
    assert hand.steps == 2
    hand.undo()
    assert hand.column("status") == ["Solved"] + ["Open"] * 4


def test_ctrl_d_fills_the_range_and_a_single_cell_from_above(hand: Hand) -> None:
    hand.select(0, "severity", 2, "votes")
    hand.key(Qt.Key.Key_D, CTRL)
    assert hand.column("severity")[:3] == ["1", "1", "1"]
    assert hand.column("votes")[:3] == ["0", "0", "0"]
    hand.at(4, "severity")
    hand.key(Qt.Key.Key_D, CTRL)
    assert hand.column("severity")[4] == hand.column("severity")[3]
    assert hand.steps == 2


def test_html_on_the_clipboard_stays_letters(hand: Hand) -> None:
    hand.at(hand.grid.table.new_row, "title")
    hand.paste("<b>bold</b> & <img src=x>")
    hand.key(Qt.Key.Key_Return)
    assert "<b>bold</b> & <img src=x>" in hand.column("title")


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))),
            min_size=2,
            max_size=4,
        ),
        min_size=1,
        max_size=5,
    )
)
def test_rows_written_are_rows_read(rows: list[list[str]]) -> None:
    from ui.clipboard import write_rows

    stripped = [[cell.strip() for cell in row] for row in rows]
    while stripped and not any(stripped[-1]):
        stripped.pop()
    assert parse_rows(write_rows(rows)) == stripped


def test_too_large_a_paste_is_told_and_takes_nothing(hand: Hand) -> None:
    before = hand.workspace.copy()
    hand.at(0, "title")
    hand.paste("pain\n" * 5_001)
    assert "Nothing was pasted" in hand.screen.strip.title.text()
    assert hand.grid.acts.plan is None
    assert hand.workspace == before
