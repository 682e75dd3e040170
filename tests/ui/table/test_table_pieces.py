"""Objects copied on a map, pasted into a table."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication

from journey.edit import fragment_of
from journey.model.ids import Kind, PainPointId, Ref
from journey.model.map import Journey, PainPoint, Stage, Touchpoint
from journey.model.people import Leader
from journey.model.workspace import Workspace
from ui.clipboard import carry

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def copied(ws: Workspace, *refs: Ref) -> None:
    """Put objects on the clipboard as the map does."""
    QGuiApplication.clipboard().setMimeData(carry(fragment_of(ws, refs)))


def pains(*keys: str) -> tuple[Ref, ...]:
    return tuple(Ref(Kind.PAIN_POINT, key) for key in keys)


def test_pain_points_of_several_columns_are_rows_not_cells_beside_each_other(hand) -> None:
    start, titles = hand.workspace.copy(), hand.column("title")
    copied(hand.workspace, *pains("p0", "p1"))
    hand.at(2, "title")
    hand.key(KEY.Key_V, CTRL)
    assert hand.screen.strip.asks
    assert hand.workspace == start
    hand.key(KEY.Key_Return)
    assert hand.column("title") == [*titles, "Form forgets", "No notice"]
    assert hand.column("touchpoint")[-2:] == ["Form", "Check"]
    assert hand.column("severity")[-2:] == ["1", "2"]
    hand.undo()
    assert hand.workspace == start


def test_votes_stay_with_those_that_were_voted_on(hand) -> None:
    copied(hand.workspace, *pains("p4"))
    hand.at(0, "title")
    hand.key(KEY.Key_V, CTRL)
    hand.key(KEY.Key_Return)
    made = next(p for p in hand.workspace.pain_points.values() if p.id != "p4" and
                p.title == "Nobody answers")  # fmt: skip
    assert made.votes is None
    assert hand.workspace.pain_points[PainPointId("p4")].votes == 4


def test_touchpoints_come_behind_the_row_with_all_that_hangs_on_them(hand) -> None:
    start = hand.workspace.copy()
    hand.show(Kind.TOUCHPOINT)
    copied(hand.workspace, Ref(Kind.TOUCHPOINT, "t0"))
    hand.at(2, "name")
    hand.key(KEY.Key_V, CTRL)
    made = [t for t in hand.workspace.touchpoints.values() if t.id not in start.touchpoints]
    assert [(t.name, t.stage) for t in made] == [("Form", "s1")]
    assert sum(p.touchpoint == made[0].id for p in hand.workspace.pain_points.values()) == 2
    hand.undo()
    assert hand.workspace == start


def test_names_of_another_workspace_are_found_here_or_asked_about(hand) -> None:
    other = Workspace(
        "Other",
        [
            Journey("k", "Elsewhere"),
            Stage("z", "k", "Any", 0.0),
            Leader("x", "Ida Holm"),
            Touchpoint("y", "k", "Card", "z", 0.0),
            Touchpoint("y1", "k", "Counter", "z", 1.0),
            PainPoint("q", "k", "Too long a wait", "y", 0.0, 3, owner="x"),
            PainPoint("q1", "k", "No chairs", "y1", 0.0, 2),
        ],
    )
    copied(other, *pains("q", "q1"))
    hand.at(0, "title")
    hand.key(KEY.Key_V, CTRL)
    doubts = [doubt.name for doubt in hand.grid.acts.plan.doubts.values()]
    assert doubts == ["Counter"]
    hand.key(KEY.Key_Return)
    made = next(p for p in hand.workspace.pain_points.values() if p.title == "Too long a wait")
    assert (made.touchpoint, made.owner, made.severity) == ("t2", "l1", 3)


def test_objects_of_another_kind_are_pasted_as_their_words(hand) -> None:
    copied(hand.workspace, Ref(Kind.TOUCHPOINT, "t0"))
    hand.at(0, "title")
    hand.key(KEY.Key_V, CTRL)
    hand.key(KEY.Key_Return)
    assert hand.text(0, "title") == "Form"


def test_an_input_method_that_only_says_it_is_there_types_nothing(hand) -> None:
    start = hand.workspace.copy()
    hand.at(0, "title")
    QApplication.sendEvent(hand.grid, QInputMethodEvent())
    assert hand.grid.editing.editor is None
    event = QInputMethodEvent()
    event.setCommitString("é")
    QApplication.sendEvent(hand.grid, event)
    hand.key(KEY.Key_Return)
    assert hand.text(0, "title") == "é"
    hand.undo()
    assert hand.workspace == start


def test_a_fill_that_is_dragged_ends_when_an_undo_takes_its_rows(hand) -> None:
    hand.at(len(hand.grid.table.rows), "title")
    hand.enter("Late")
    hand.key(KEY.Key_Escape)
    rows = len(hand.grid.table.rows)
    assert rows == 6
    hand.at(rows - 2, "severity")
    hand.grid.fill.grab(hand.grid.fill.handle().center())
    hand.grid.fill.drag(hand.cell(rows - 1, "severity"))
    assert hand.grid.fill.bottom == rows - 1
    hand.session.document.undo_stack.undo()
    assert not hand.grid.fill.is_dragged
