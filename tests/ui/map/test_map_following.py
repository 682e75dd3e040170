"""A map follows edits in part, or later; whenever it is looked at it shows what a new one would."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from journey.edit import (
    AddPainPoint,
    AddStage,
    AddTouchpoint,
    Command,
    JudgeExperience,
    MovePainPoint,
    MoveTouchpoint,
    Remove,
    Rename,
)
from journey.model.ids import JourneyId, Kind, PainPointId, Ref, StageId, TouchpointId
from journey.model.map import PainPoint
from ui.map.board import Board
from ui.map.following import REST
from ui.map.lettering import QtLettering

KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
S0, S1 = StageId("s0"), StageId("s1")
T0, T1, T2 = TouchpointId("t0"), TouchpointId("t1"), TouchpointId("t2")
LONG = "Nobody says which of the eleven papers have to be signed before the card is sent"


def settle() -> None:
    for _ in range(8):
        QApplication.processEvents()


def in_the_window(widget: QWidget) -> QImage:
    """What stands in the window's own memory: painted piece by piece, as people see it."""
    settle()
    seen = widget.screen().grabWindow(widget.winId()).toImage()
    assert not seen.isNull()
    return seen


def painted_anew(view) -> QImage:
    view.canvas.scene().update()
    view.overview.forget()
    for part in view.findChildren(QWidget):
        part.update()
    view.update()
    return in_the_window(view)


def assert_alike(one: QImage, other: QImage) -> None:
    """The same but for the last bits of smooth edges, which Qt rounds where it clips a line."""
    both = [
        np.frombuffer(image.convertToFormat(QImage.Format.Format_RGB32).constBits(), np.uint8)
        for image in (one, other)
    ]
    assert one.size() == other.size()
    apart = np.abs(both[0].astype(np.int16) - both[1])
    assert apart.max() <= 3
    assert np.count_nonzero(apart) <= 12  # of four pixels


def pain(key: str, at: TouchpointId, title: str = "Two letters for one order") -> Command:
    return AddPainPoint(PainPoint(PainPointId(key), JourneyId("j"), title, at))


def truth(view) -> Board:
    fresh = Board(view.workspace, view.journey, QtLettering())
    fresh.set_figures(view.board.figures)
    return fresh


def assert_true(view) -> None:
    fresh = truth(view)
    assert view.scene.layout is view.board.layout
    assert view.board.layout.lanes == fresh.layout.lanes
    assert list(view.board.layout.boxes()) == list(fresh.layout.boxes())
    assert view.board.counts() == fresh.counts()


EDITS = (
    AddTouchpoint(S0, "Branch visit", 1, touchpoint=TouchpointId("t3")),
    pain("p3", TouchpointId("t3"), LONG),
    pain("p4", T2),
    Rename(Ref(Kind.TOUCHPOINT, T2), "Delivery of the card to the door"),
    JudgeExperience(T1, -88.0),
    MoveTouchpoint(TouchpointId("t3"), S1, 0),
    MovePainPoint(PainPointId("p0"), T2, 0),
    AddStage(JourneyId("j"), "Renewal", 1, stage=StageId("s9")),
    AddTouchpoint(StageId("s9"), "Reminder", touchpoint=TouchpointId("t9")),
    Remove(Ref(Kind.TOUCHPOINT, TouchpointId("t9"))),
    Remove(Ref(Kind.TOUCHPOINT, T0)),
    Remove(Ref(Kind.PAIN_POINT, PainPointId("p3"))),
)


def test_what_is_painted_piece_by_piece_is_what_is_painted_at_once(hand, figures, qtbot) -> None:
    view = hand.view
    view.set_figures(figures)
    stack = hand.desk.undo_stack
    steps = [lambda c=command: hand.desk.run(c) for command in EDITS]
    steps += [stack.undo] * len(EDITS) + [stack.redo] * len(EDITS)
    for step in steps:
        step()
        qtbot.waitUntil(lambda: not view.overview._timer.isActive())
        piece_by_piece = in_the_window(view)
        assert_alike(piece_by_piece, painted_anew(view))
        assert_true(view)
    assert not hand.desk.refusals


def test_typing_touchpoints_paints_what_is_typed(hand, qtbot) -> None:
    view = hand.view
    hand.click(hand.card(0, "touchpoints"))
    hand.key(KEY.Key_Return, CONTROL)
    for name in ("Call centre", "Letter"):
        hand.type(name)
        hand.key(KEY.Key_Return)
        view.editor.hide()  # leaves the place that was opened, as Esc does
        qtbot.waitUntil(lambda: not view.overview._timer.isActive())
        assert_alike(in_the_window(view), painted_anew(view))
        hand.click(hand.card(1, "touchpoints"))
        hand.key(KEY.Key_Return, CONTROL)
    hand.key(KEY.Key_Escape)
    names = [c.touchpoint.name for c in view.layout_now.columns if c.touchpoint is not None]
    assert names == ["Application", "Call centre", "Letter", "Signing", "Delivery"]
    assert_true(view)


def test_out_of_sight_edits_wait_and_are_there_when_it_is_looked_at(hand) -> None:
    view = hand.view
    for command in EDITS:
        view.following.hold(True)
        painted = view.scene.layout
        hand.desk.run(command)
        assert view.scene.layout is painted
        assert view.following.waits
        view.following.hold(False)
        assert not view.following.waits
        assert_true(view)


def test_out_of_sight_many_edits_become_one(hand) -> None:
    view = hand.view
    view.following.hold(True)
    for command in EDITS:
        hand.desk.run(command)
    for _ in EDITS[6:]:
        hand.desk.undo_stack.undo()
    view.following.hold(False)
    assert_true(view)


def test_whoever_asks_a_map_out_of_sight_hears_what_is_so_now(hand) -> None:
    view = hand.view
    view.following.hold(True)
    hand.desk.run(Rename(Ref(Kind.TOUCHPOINT, T0), "Form"))
    hand.desk.run(pain("p7", T1))
    assert view.board.counts() == (3, 4, 1)
    view.following.hold(True)
    hand.desk.run(Remove(Ref(Kind.TOUCHPOINT, T0)))
    before = view.scene.layout
    assert view.picture_size().width() > 0
    assert view.scene.layout is not before
    assert len(view.scene.layout.columns) == 2


def test_out_of_sight_it_follows_once_the_hands_rest(hand, qtbot) -> None:
    view = hand.view
    view.following.hold(True)
    hand.desk.run(pain("p8", T1))
    hand.view.selection.set(Ref(Kind.PAIN_POINT, PainPointId("p8")))
    assert view.following.waits
    qtbot.waitUntil(lambda: not view.following.waits, timeout=20 * REST)
    assert view.scene.shown.selected == {Ref(Kind.PAIN_POINT, PainPointId("p8"))}
    assert_true(view)


def test_a_lock_is_known_at_once_even_out_of_sight(hand) -> None:
    from journey.edit import Set

    view = hand.view
    view.following.hold(True)
    hand.desk.run(Set(Ref(Kind.JOURNEY, JourneyId("j")), locked=True))
    assert view.scene.shown.locked
    assert not view.following.waits
