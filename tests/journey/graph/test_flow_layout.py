"""Where the cards stand: in their stages, apart from each other, few arrows crossing."""

from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journey.graph.arrows import arrows
from journey.graph.layout import CARD_HEIGHT, arrange, kept_places, moved
from journey.graph.order import in_order
from journey.graph.seats import rows
from journey.model.ids import JourneyId, StageId, TouchpointId, TransitionId
from journey.model.map import Journey, Stage, Touchpoint, Transition
from journey.model.workspace import Workspace

J = JourneyId("j")


def workspace(sizes: list[int], steps: list[tuple[int, int]], layout=None) -> Workspace:
    """Return a journey with so many touchpoints in each stage and steps between them."""
    ws = Workspace("W", [Journey(J, "J", layout=layout or {})])
    count = 0
    for i, size in enumerate(sizes):
        ws.put(Stage(StageId(f"s{i}"), J, f"Stage {i}", float(i)))
        for _ in range(size):
            node = TouchpointId(f"t{count:03}")
            ws.put(Touchpoint(node, J, node, StageId(f"s{i}"), float(count)))
            count += 1
    for i, (a, b) in enumerate(steps):
        if count:
            ends = (f"t{a % count:03}", f"t{b % count:03}")
            ws.put(Transition(TransitionId(f"x{i}"), J, *ends))
    return ws


def laid_out(ws, heights=None):
    return arrange(ws, J, arrows(ws, J), heights)


STEPS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=40)


@settings(max_examples=60)
@given(st.lists(st.integers(0, 15), min_size=1, max_size=5), STEPS)
def test_every_card_stands_in_its_stage_and_none_on_another(sizes, steps):
    ws = workspace(sizes, steps)
    heights = {t: 66.0 + 16 * (i % 3) for i, t in enumerate(ws.touchpoints)}
    layout = laid_out(ws, heights)
    assert layout.boxes.keys() == set(ws.touchpoints)
    for a, b in combinations(layout.boxes.values(), 2):
        assert not a.meets(b, 20.0)
    for node, box in layout.boxes.items():
        band = layout.band_of(node)
        assert band.stage == ws.touchpoints[TouchpointId(node)].stage
        assert band.left < box.x
        assert box.right < band.right
        assert box.height == max(heights[TouchpointId(node)], CARD_HEIGHT)
        assert box.y > 0
        assert box.bottom < layout.height
    assert layout.retained.right <= layout.width


def test_stages_stand_in_order_and_an_empty_one_keeps_its_column():
    layout = laid_out(workspace([2, 0, 3], []))
    assert [b.stage for b in layout.bands] == ["s0", "s1", "s2"]
    assert all(a.right == b.left for a, b in pairwise(layout.bands))
    assert layout.bands[1].width > 0


def test_a_large_stage_takes_several_columns_along_its_arrows():
    ws = workspace([40], [(i, i + 1) for i in range(39)])
    layout = laid_out(ws)
    assert 5 <= len(layout.columns) <= 8
    along = [n for column in layout.columns for n in column]
    assert {layout.column_of[n] for n in ("t000", "t001")} == {0}
    assert layout.column_of["t039"] == len(layout.columns) - 1
    assert len(along) == 40


def test_three_hundred_in_one_stage_are_not_a_tower():
    layout = laid_out(workspace([300], [(i, i + 1) for i in range(299)]))
    assert layout.height < 3000
    assert max(len(c) for c in layout.columns) <= 20


def test_the_order_without_arrows_is_that_of_the_map():
    layout = laid_out(workspace([4, 3], []))
    assert layout.columns == (("t000", "t001", "t002", "t003"), ("t004", "t005", "t006"))


def test_a_column_is_turned_where_arrows_would_cross():
    steps = [(0, 5), (1, 4), (2, 3)]
    layout = laid_out(workspace([3, 3], steps))
    boxes = layout.boxes
    assert all(boxes[f"t{a:03}"].y == boxes[f"t{b:03}"].y for a, b in steps)


@given(STEPS)
def test_ordering_never_adds_crossings_and_keeps_every_member(steps):
    columns = [[f"{c}{i}" for i in range(6)] for c in "abc"]
    links = [(f"{'ab'[a % 2]}{a % 6}", f"{'bc'[a % 2]}{b % 6}") for a, b in steps]
    ordered = in_order(columns, links)
    assert [sorted(c) for c in ordered] == columns

    def crossings(state) -> int:
        at = {n: i for column in state for i, n in enumerate(column)}
        return sum(
            a[0][0] == b[0][0] and (at[a[0]] - at[b[0]]) * (at[a[1]] - at[b[1]]) < 0
            for a, b in combinations(set(links), 2)
        )

    assert crossings(ordered) <= crossings(columns)


@given(st.lists(st.lists(st.floats(-9, 9), min_size=1, max_size=6), min_size=1, max_size=4))
def test_rows_are_whole_apart_and_begin_at_none(wanted):
    columns = [[f"{c}.{i}" for i in range(len(part))] for c, part in enumerate(wanted)]
    links = [(a, b) for one, two in pairwise(columns) for a in one for b in two if a[-1] != b[-1]]
    sizes = {n: 1.0 for column in columns for n in column}
    row_of = rows(columns, links, sizes)
    assert min(row_of.values()) == 0
    assert max(row_of.values()) <= max(len(c) for c in columns)
    for column in columns:
        assert all(row_of[n] == int(row_of[n]) for n in column)
        assert all(row_of[b] - row_of[a] >= 1 for a, b in pairwise(column))


def test_a_place_given_by_hand_is_kept_and_the_others_make_room():
    ws = workspace([3, 2], [])
    free = laid_out(ws)
    target = free.boxes["t001"]
    place = [target.x - free.bands[0].left, target.y + 10]
    ws.put(replace(ws.journeys[J], layout={"flow": {"t000": place, "gone": [1, 2]}}))
    layout = laid_out(ws)
    assert layout.pinned == {"t000"}
    assert (layout.boxes["t000"].x, layout.boxes["t000"].y) == (target.x, target.y + 10)
    assert not any(a.meets(b) for a, b in combinations(layout.boxes.values(), 2))


@settings(max_examples=40)
@given(st.lists(st.integers(0, 15), min_size=1, max_size=4), STEPS)
def test_what_no_arrow_reaches_stands_below_the_path(sizes, steps):
    ws = workspace(sizes, steps)
    layout = laid_out(ws)
    ends = [(t.source, t.target) for t in ws.transitions.values() if t.source != t.target]
    linked = {end for pair in ends for end in pair}
    for band in layout.bands:
        columns = layout.columns[band.first : band.first + band.count]
        for column in columns:
            loose = [node not in linked for node in column]
            assert loose == sorted(loose)
        first = [column[0] in linked for column in columns if column]
        assert first == sorted(first, reverse=True), "the path is in the columns at the left"


@pytest.mark.parametrize(
    "kept",
    [None, [], "x", {"t000": "ab"}, {"t000": [1]}, {"t000": [1, None]},
     {"t000": [float("nan"), 1]}, {"t000": [1e300, 1]}, {"t000": {"x": 1, "y": 2}}],
)  # fmt: skip
def test_what_is_no_place_is_left_out(kept):
    journey = Journey(J, "J", layout={"flow": kept})
    assert kept_places(journey) == {}
    ws = workspace([2], [])
    ws.put(journey)
    assert laid_out(ws).pinned == frozenset()


@given(st.floats(-1e5, 1e5), st.floats(-1e5, 1e5))
def test_a_moved_card_stays_in_its_stage(x, y):
    layout = laid_out(workspace([1, 1], []))
    box = moved(layout, "t000", x, y).boxes["t000"]
    assert layout.bands[0].left < box.x
    assert box.right < layout.bands[0].right
    assert box.y > 0
