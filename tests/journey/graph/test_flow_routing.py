"""How arrows run: from card to card, clear of the cards between."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.graph.arrows import arrows
from journey.graph.layout import arrange, moved
from journey.graph.routing import RouteKind, Router, split, trimmed
from journey.model.ids import JourneyId, StageId, TouchpointId, TransitionId
from journey.model.map import Journey, Stage, Touchpoint, Transition
from journey.model.workspace import Workspace

J = JourneyId("j")


def workspace(columns: int, height: int, steps) -> Workspace:
    ws = Workspace("W", [Journey(J, "J")])
    for c in range(columns):
        ws.put(Stage(StageId(f"s{c}"), J, f"Stage {c}", float(c)))
        for r in range(height):
            node = TouchpointId(f"{c}.{r}")
            ws.put(Touchpoint(node, J, node, StageId(f"s{c}"), float(r)))
    for i, (a, b) in enumerate(dict.fromkeys(steps)):
        ws.put(Transition(TransitionId(f"x{i:03}"), J, a, b, None, 5.0))
    return ws


def routed(ws, width=4.0):
    made = arrows(ws, J)
    layout = arrange(ws, J, made)
    return layout, Router(layout, made, {a.pair: width for a in made}).routes()


def along(points, parts=12):
    for i in range(0, len(points) - 3, 3):
        for k in range(parts + 1):
            yield split(points[i : i + 4], k / parts)[0][3]


def test_each_kind_of_arrow_is_known():
    steps = [("start", "0.0"), ("start", "1.1"), ("0.0", "1.0"), ("1.0", "0.1"), ("0.0", "0.1"),
             ("0.0", "0.2"), ("1.1", "1.1"), ("1.2", "retained"), ("0.2", "lost")]  # fmt: skip
    ws = workspace(2, 3, steps)
    layout = arrange(ws, J, [])
    made = arrows(ws, J)
    routes = Router(layout, made, {a.pair: 4.0 for a in made}).routes()
    assert {p: r.kind for p, r in routes.items()} == {
        ("start", "0.0"): RouteKind.START,
        ("start", "1.1"): RouteKind.START,
        ("0.0", "1.0"): RouteKind.ONWARD,
        ("1.0", "0.1"): RouteKind.BACK,
        ("0.0", "0.1"): RouteKind.STRAIGHT,
        ("0.0", "0.2"): RouteKind.ARC,
        ("1.1", "1.1"): RouteKind.LOOP,
        ("1.2", "retained"): RouteKind.ONWARD,
        ("0.2", "lost"): RouteKind.LOST,
    }


NODES = st.sampled_from([f"{c}.{r}" for c in range(4) for r in range(4)])


@given(st.lists(st.tuples(NODES, NODES), max_size=25), st.floats(1.5, 22))
def test_arrows_touch_their_cards_and_pass_through_no_other(steps, width):
    layout, routes = routed(workspace(4, 4, steps), width)
    for (source, target), route in routes.items():
        start, tip = route.points[0], route.tip
        assert _on_edge(layout.boxes[source], start)
        assert _on_edge(layout.boxes[target], tip)
        if route.kind in {RouteKind.ONWARD, RouteKind.BACK}:
            others = [b for n, b in layout.boxes.items() if n not in {source, target}]
            for x, y in along(route.points):
                assert not any(b.x < x < b.right and b.y < y < b.bottom for b in others)


def _on_edge(box, point) -> bool:
    x, y = point
    on_side = x in (box.x, box.right) and box.y <= y <= box.bottom
    on_top = y in (box.y, box.bottom) and box.x <= x <= box.right
    return on_side or on_top


def test_arrows_at_one_side_have_places_of_their_own_in_the_order_of_their_far_ends():
    steps = [("0.0", "1.2"), ("0.0", "1.0"), ("0.0", "1.1")]
    ws = workspace(2, 3, steps)
    made = arrows(ws, J)
    layout = arrange(ws, J, made)
    routes = Router(layout, made, {a.pair: 6.0 for a in made}).routes()
    by_target = sorted(routes, key=lambda p: layout.boxes[p[1]].y)
    leaves = [routes[p].points[0][1] for p in by_target]
    assert leaves == sorted(leaves)
    assert len(set(leaves)) == 3


def test_two_arrows_between_neighbours_of_a_column_run_side_by_side():
    ws = workspace(1, 2, [("0.0", "0.1"), ("0.1", "0.0")])
    _layout, routes = routed(ws, 22.0)
    down, up = routes["0.0", "0.1"], routes["0.1", "0.0"]
    assert abs(down.points[0][0] - up.points[0][0]) >= 22.0
    assert down.way == (0.0, 1.0)
    assert up.way == (0.0, -1.0)


def test_only_the_arrows_asked_for_are_routed_and_follow_a_moved_card():
    ws = workspace(2, 2, [("0.0", "1.0"), ("0.1", "1.1")])
    made = arrows(ws, J)
    layout = arrange(ws, J, made)
    lower = moved(layout, "0.0", layout.boxes["0.0"].x, 400.0)
    routes = Router(lower, made, {a.pair: 2.0 for a in made}).routes(frozenset({("0.0", "1.0")}))
    assert list(routes) == [("0.0", "1.0")]
    assert 400 < routes["0.0", "1.0"].points[0][1] < 466


@pytest.mark.parametrize("parts", [1, 2, 3, 5])
def test_a_trimmed_curve_is_shorter_at_both_ends_and_whole_between(parts):
    points = [(0.0, 0.0)]
    for i in range(parts):
        x = 100.0 * i
        points += [(x + 30, 0.0), (x + 70, 0.0), (x + 100, 0.0)]
    cut = trimmed(points, 20.0)
    assert len(cut) % 3 == 1
    assert 0 < cut[0][0] < 40
    assert points[-1][0] - 40 < cut[-1][0] < points[-1][0]
    xs = [p[0] for p in along(cut)]
    assert xs == sorted(xs)


def test_nothing_is_left_of_a_curve_shorter_than_the_cut():
    assert trimmed([(0, 0), (3, 0), (6, 0), (9, 0)], 20.0) == ()
