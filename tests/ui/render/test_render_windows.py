"""Where a picture is parted: every solid whole on one page, nothing left out, no endless pages."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from ui.render.windows import Window, belongs, windows

Solids = st.lists(
    st.tuples(st.floats(0, 900), st.floats(1, 95)).map(lambda s: (s[0], s[0] + s[1])), max_size=40
)


@given(solids=Solids, likes=st.lists(st.floats(0, 1000), max_size=8), room=st.floats(100, 1200))
def test_every_solid_is_whole_on_a_page(
    solids: list[tuple[float, float]], likes: list[float], room: float
) -> None:
    found = windows(1000, room, solids, likes)
    assert found[0].start == 0
    assert found[-1].end == 1000
    assert all(window.end - window.start <= room + 0.02 for window in found)
    for before, after in itertools.pairwise(found):
        assert before.start < after.start <= before.end
    for solid in solids:
        assert belongs(solid, found) is not None


@given(room=st.floats(50, 900), longer=st.floats(1, 300))
def test_a_solid_longer_than_a_page_is_cut_and_ends(room: float, longer: float) -> None:
    found = windows(1000, room, [(0, room + longer)])
    assert found[-1].end == 1000
    assert len(found) <= 1000 / (room * 0.4) + 1


def test_a_liked_place_is_taken_where_it_wastes_little() -> None:
    assert windows(200, 100, [], [30, 80]) == [Window(0, 80), Window(80, 180), Window(180, 200)]
    assert windows(150, 100, [(75, 85)], [80, 10])[0].end == 100
