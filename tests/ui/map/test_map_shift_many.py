"""Several cards moved at once by Alt and an arrow: they stay together and in their order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from journey.model.ids import JourneyId, Kind, Ref
from journey.model.map import Journey, PainPoint, Stage, Touchpoint
from journey.model.workspace import Workspace, ordered_touchpoints
from ui.map.shifting import shifted

J = JourneyId("j")
Key = Qt.Key
Alt = Qt.KeyboardModifier.AltModifier


def journey(*stages: str) -> Workspace:
    """Stages as words, a touchpoint for each letter."""
    ws = Workspace("Desk", [Journey(J, "Any")])
    for n, letters in enumerate(stages):
        # The same id as a touchpoint's: ids are told apart by their kind.
        ws.put(Stage("abcdef"[n], J, f"Stage {n}", float(n)))
        for place, letter in enumerate(letters):
            ws.put(Touchpoint(letter, J, letter, "abcdef"[n], float(place)))
    return ws


def stages(ws: Workspace) -> list[str]:
    found = dict.fromkeys(sorted(ws.stages), "")
    for touchpoint in ordered_touchpoints(ws, J):
        found[touchpoint.stage] += touchpoint.name
    return list(found.values())


def shift(ws: Workspace, letters: str, across: int) -> None:
    command = shifted(ws, J, [Ref(Kind.TOUCHPOINT, letter) for letter in letters], (across, 0))
    if command is not None:
        command.do(ws)


@pytest.mark.parametrize(
    ("letters", "across", "after"),
    [
        ("cd", 1, ["ab", "cdef"]),
        ("dc", 1, ["ab", "cdef"]),
        ("bc", 1, ["adbc", "ef"]),
        ("ac", 1, ["badc", "ef"]),
        ("ef", 1, ["abcd", "ef"]),
        ("df", 1, ["abc", "def"]),
        ("ef", -1, ["abcdef", ""]),
        ("ab", -1, ["abcd", "ef"]),
        ("ae", -1, ["abcde", "f"]),
    ],
)
def test_touchpoints_go_one_place_along(letters: str, across: int, after: list[str]) -> None:
    ws = journey("abcd", "ef")
    shift(ws, letters, across)
    assert stages(ws) == after


@given(st.sets(st.sampled_from("abcdefg"), min_size=1), st.lists(st.sampled_from([-1, 1])))
def test_what_moves_never_changes_its_own_order_nor_that_of_the_rest(
    moved: set[str], steps: list[int]
) -> None:
    ws = journey("abc", "", "de", "fg")
    for step in steps:
        shift(ws, "".join(moved), step)
        order = "".join(stages(ws))
        assert [x for x in order if x in moved] == sorted(moved)
        assert [x for x in order if x not in moved] == sorted(set("abcdefg") - moved)


@given(st.sets(st.sampled_from("0123"), min_size=1), st.lists(st.sampled_from([-1, 1])))
def test_pain_points_move_up_and_down_together(moved: set[str], steps: list[int]) -> None:
    ws = journey("a")
    for n in "0123":
        ws.put(PainPoint(n, J, n, "a", float(n)))
    for step in steps:
        refs = [Ref(Kind.PAIN_POINT, n) for n in moved]
        command = shifted(ws, J, refs, (0, step))
        if command is not None:
            command.do(ws)
        order = [p.id for p in sorted(ws.pain_points.values(), key=lambda p: p.position)]
        assert [n for n in order if n in moved] == sorted(moved)


def test_stages_at_the_end_of_the_journey_stay_in_their_order() -> None:
    ws = journey("a", "b", "c")
    for after in (["b", "c", "a"], ["b", "c", "a"]):
        refs = [Ref(Kind.STAGE, key) for key in ("c", "b")]
        command = shifted(ws, J, refs, (-1, 0))
        if command is not None:
            command.do(ws)
        order = sorted(ws.stages.values(), key=lambda stage: stage.position)
        assert [stage.id for stage in order] == after


def test_pain_points_moved_along_keep_their_order() -> None:
    ws = journey("ab")
    for n in "012":
        ws.put(PainPoint(n, J, n, "a", float(n)))
    for across, home in ((1, "b"), (-1, "a")):
        command = shifted(ws, J, [Ref(Kind.PAIN_POINT, n) for n in "201"], (across, 0))
        assert command is not None
        command.do(ws)
        found = sorted(ws.pain_points.values(), key=lambda p: p.position)
        assert [(p.id, p.touchpoint) for p in found] == [(n, home) for n in "012"]


def test_by_keys_two_touchpoints_cross_a_stages_edge_together(hand) -> None:
    hand.click(hand.card(0, "touchpoints"))
    hand.click(hand.card(1, "touchpoints"), Qt.KeyboardModifier.ControlModifier)
    for _ in range(2):
        hand.key(Key.Key_Right, Alt)
    names = [t.name for t in ordered_touchpoints(hand.workspace, hand.view.journey)]
    assert names == ["Delivery", "Application", "Signing"]
    assert hand.desk.undo_stack.count() == 2
