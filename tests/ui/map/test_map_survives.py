"""What a map must survive: masses, long and strange texts, closing in the middle, far undo."""

import random
from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from journey.edit import Add, Remove, Set, fragment_of
from journey.edit.paste import Paste, Place
from journey.model.ids import JourneyId, Kind, PainPointId, Ref, StageId, TouchpointId
from journey.model.map import Journey, PainPoint, Stage, Touchpoint
from journey.model.workspace import Workspace
from ui.document import DocumentModel
from ui.jobs import Jobs
from ui.map.cursor import Cursor
from ui.map.lanes import LaneKind
from ui.map.lettering import Face
from ui.map.view import MapView
from ui.selection import Selection

Key = Qt.Key
PAINS, TOUCHPOINTS = LaneKind.PAIN_POINTS, LaneKind.TOUCHPOINTS
STRANGE = (
    "שלום עולם עם English באמצע",
    "e\u0301\u0301\u0301 n\u0303 ด้้้้้ Z̷̢̛a̶l̸g̵o",
    "👩‍👩‍👧‍👦 family " * 12,
    "Donaudampfschifffahrtsgesellschaftskapitänskajütentürschlüsselloch",
    "<img src=x onerror=alert(1)>&amp;",
    "شكراً لاتصالكم " * 6,
)


def crowd(count: int) -> Workspace:
    journey = JourneyId("j")
    ws = Workspace("Crowd", [Journey(journey, "One stage"), Stage(StageId("s"), journey, "All")])
    for n in range(count):
        ws.put(Touchpoint(TouchpointId(f"t{n:03}"), journey, f"Touchpoint {n}", StageId("s"), n))
        ws.put(PainPoint(PainPointId(f"p{n:03}"), journey, f"Pain {n}", TouchpointId(f"t{n:03}")))
    return ws


def nothing_overlaps(hand) -> None:
    layout = hand.view.layout_now
    for column, cells in enumerate(layout.columns):
        for lane, stack in enumerate(cells.stacks):
            if layout.lanes[lane].folded:
                continue
            boxes = [layout.placed(column, lane, stack, i) for i in range(len(stack))]
            for above, below in pairwise(boxes):
                assert above.bottom <= below.y
            if boxes:
                assert boxes[-1].bottom <= layout.lanes[lane].bottom


def test_three_hundred_touchpoints_in_one_stage(open_map: Callable) -> None:
    hand = open_map(crowd(300))
    hand.view.go(Cursor(0, hand.lane(TOUCHPOINTS)))
    hand.key(Key.Key_End)
    assert hand.view.cell.column == 299
    hand.key(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    hand.type("Last")
    hand.key(Key.Key_Return)
    hand.key(Key.Key_Escape)
    assert len(hand.workspace.touchpoints) == 301
    assert hand.view.layout_now.columns[300].touchpoint.name == "Last"
    for zoom in (0.04, 0.25, 1.0, 4.0):
        hand.view.canvas.show_scale(zoom)
        assert not hand.view.grab().isNull()
    nothing_overlaps(hand)


@pytest.mark.parametrize("text", STRANGE)
def test_strange_texts_are_shown_whole_and_kept(hand, text: str) -> None:
    hand.desk.run(Set(Ref(Kind.PAIN_POINT, "p0"), title=text))
    hand.desk.run(Set(Ref(Kind.TOUCHPOINT, "t0"), name=text, channel=text, department=text))
    block = hand.view.layout_now.columns[0].stacks[hand.lane(PAINS)][0]
    kept = hand.workspace.pain_points[PainPointId("p0")].title
    shown = "".join(block.lines).replace("\u2010", "").replace(" ", "")
    assert shown == kept.replace("\u2010", "").replace(" ", "")
    room = hand.view.layout_now.shape.column - 12 - 15
    for line in block.lines:
        advance = hand.view.board.lettering.advance(line, Face.STICKY)
        assert advance <= room + 1
    nothing_overlaps(hand)
    hand.double_click(hand.card(0, PAINS))
    hand.key(Key.Key_Return)
    assert hand.workspace.pain_points[PainPointId("p0")].title == kept
    assert not hand.view.grab().isNull()


def test_a_note_of_ten_thousand_characters_stays_a_card(hand) -> None:
    hand.desk.run(Set(Ref(Kind.NOTE, "n0"), text="All is said. " * 800))
    block = hand.view.layout_now.columns[0].stacks[hand.lane("la")][0]
    assert block.lines[-1].endswith("…")
    assert block.height < 600
    hand.double_click(hand.card(0, "la"))
    assert len(hand.view.editor.toPlainText()) == 10_000
    hand.view.editor.moveCursor(hand.view.editor.textCursor().MoveOperation.End)
    hand.key(Key.Key_Return)
    assert not hand.view.grab().isNull()


def test_an_empty_name_is_no_edit_and_leaves_nothing_behind(hand) -> None:
    before = hand.workspace.copy()
    hand.double_click(hand.card(0, PAINS))
    hand.key(Key.Key_Delete)
    hand.key(Key.Key_Return)
    hand.view.go(Cursor(0, hand.lane(PAINS), 2))
    hand.type("   ")
    hand.key(Key.Key_Return)
    hand.view.acts.add_stage()
    hand.key(Key.Key_Return)
    assert hand.workspace == before
    assert not hand.desk.undo_stack.canUndo()


def test_what_is_typed_is_kept_when_the_window_closes_or_another_screen_comes(hand) -> None:
    hand.double_click(hand.card(0, PAINS))
    hand.type("Typed at the end")
    hand.view.hide()
    assert hand.workspace.pain_points[PainPointId("p0")].title == "Typed at the end"
    hand.view.show()
    hand.click(hand.card(0, TOUCHPOINTS))
    hand.key(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    hand.type("A last touchpoint")
    hand.view.close()
    assert "A last touchpoint" in {t.name for t in hand.workspace.touchpoints.values()}


def test_a_window_closed_while_typing_keeps_the_text_in_the_file(
    qtbot, tmp_path, monkeypatch
) -> None:
    from storage.document import Document, read_document

    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    path = tmp_path / "bank.waymark"
    jobs = Jobs()
    model = DocumentModel(Document.create(path, crowd(3)), jobs)
    view = MapView(model, Selection())
    qtbot.addWidget(view)
    view.resize(1200, 800)
    view.show()
    view.acts.edit(Cursor(1, view.layout_now.lane_of(PAINS), 1))
    QTest.keyClicks(view.editor, "Half a sent")
    view.close()
    model.close()
    jobs.shut_down()
    with read_document(path) as stored:
        assert "Half a sent" in {p.title for p in stored.workspace.pain_points.values()}


def test_five_hundred_mixed_steps_and_back_equal_the_start(hand) -> None:
    chance = random.Random(7)
    ws, before = hand.workspace, hand.workspace.copy()
    journey = JourneyId("j")

    def some(kind: Kind) -> Ref:
        return Ref(kind, chance.choice(sorted(ws.table(kind))))

    def step(n: int) -> None:
        touchpoints, pains = list(ws.touchpoints), list(ws.pain_points)
        hand.view.select((some(Kind.TOUCHPOINT),) if n % 2 else (some(Kind.PAIN_POINT),))
        place = Place(journey, StageId("s0"), TouchpointId(chance.choice(touchpoints)))
        deeds = [
            hand.view.acts.duplicate,
            lambda: hand.view.acts.shift_selected((chance.choice((-1, 1)), 0)),
            lambda: hand.view.acts.rate("severity", chance.randint(1, 5)),
            lambda: hand.view.acts.set_colour(chance.choice(("", "action", "blind"))),
            lambda: hand.desk.run(Paste(fragment_of(ws, [some(Kind.PAIN_POINT)]), place)),
            lambda: hand.desk.run(Set(some(Kind.TOUCHPOINT), step=chance.choice(("", "One")))),
            lambda: hand.view.choices.toggle(chance.choice(("kpis", "owner", "la"))),
            lambda: hand.view.choices.step("pain_points", chance.choice((-1, 1))),
            lambda: hand.desk.run(
                Add(PainPoint(PainPointId(f"n{n}"), journey, f"N {n}", place.touchpoint))
            ),
            lambda: len(pains) > 4 and hand.desk.run(Remove(some(Kind.PAIN_POINT))),
            lambda: len(touchpoints) > 3 and hand.view.clips.cut() and hand.view.clips.paste(),
        ]
        deeds[n % len(deeds)]()

    n = 0
    while hand.desk.undo_stack.count() < 500:
        step(n)
        n += 1
        assert n < 3000
    after = ws.copy()
    while hand.desk.undo_stack.canUndo():
        hand.desk.undo_stack.undo()
    assert ws == before
    assert [c.touchpoint.id for c in hand.view.layout_now.columns] == ["t0", "t1", "t2"]
    while hand.desk.undo_stack.canRedo():
        hand.desk.undo_stack.redo()
    assert ws == after
