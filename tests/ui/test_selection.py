"""One selection for every view."""

from journey.edit import Add, Remove
from journey.model.ids import Kind, Ref
from journey.model.people import Leader
from journey.model.workspace import Workspace
from ui.selection import Selection

A, B, C = (Ref(Kind.LEADER, name) for name in "abc")


def test_setting_the_same_again_is_silent(qtbot):
    selection = Selection()
    with qtbot.waitSignal(selection.changed):
        selection.set([A, B, A])
    assert selection.refs == (A, B)
    with qtbot.assertNotEmitted(selection.changed):
        selection.set([A, B])


def test_toggling_adds_and_takes_out(qtbot):
    selection = Selection()
    selection.toggle(A)
    selection.toggle(B)
    assert selection.current == B
    selection.toggle(A)
    assert selection.refs == (B,)


def test_what_an_edit_removed_is_no_longer_selected(qtbot):
    ws = Workspace(entities=[Leader("a", "Ann"), Leader("b", "Bo")])
    selection = Selection()
    selection.set([A, B])
    selection.forget(Add(Leader("c", "Cy")).do(ws))
    assert selection.refs == (A, B)
    selection.forget(Remove(A).do(ws))
    assert selection.refs == (B,)


def test_one_object_or_none_may_be_given(qtbot):
    selection = Selection()
    selection.set(C)
    assert selection.refs == (C,)
    selection.set(None)
    assert selection.current is None
