"""The widths of columns: a name stands whole before a figure has air around it."""

from hypothesis import given
from hypothesis import strategies as st

from journey.model.ids import Kind
from ui.table.columns import COLUMNS
from ui.table.widths import shared_widths

PAINS = tuple(column for column in COLUMNS[Kind.PAIN_POINT] if column.shown)
SMALL = {column.key: 60 for column in PAINS}
AT = {column.key: at for at, column in enumerate(PAINS)}


def test_with_room_every_column_has_its_width_and_the_table_ends_with_the_window() -> None:
    widths = shared_widths(PAINS, 1800, SMALL)
    assert sum(widths) == 1800
    assert all(w >= c.width for w, c in zip(widths, PAINS, strict=True))


def test_a_name_takes_the_air_of_figures_before_it_is_cut() -> None:
    wanted = SMALL | {"title": 310}
    widths = shared_widths(PAINS, 1246, wanted)
    assert widths[AT["title"]] >= 310
    assert widths[AT["interval"]] < PAINS[AT["interval"]].width
    assert sum(widths) <= 1246


def test_where_nothing_fits_names_stand_and_the_rest_is_scrolled_to() -> None:
    wanted = {column.key: 90 for column in PAINS} | {"title": 330, "touchpoint": 200}
    widths = shared_widths(PAINS, 800, wanted)
    assert widths[AT["title"]] == 330
    assert widths[AT["touchpoint"]] == 200
    assert sum(widths) > 800


def test_a_name_without_end_does_not_push_all_else_away() -> None:
    widths = shared_widths(PAINS, 1246, SMALL | {"title": 5000, "touchpoint": 3000})
    assert widths[AT["title"]] <= 560
    assert widths[AT["touchpoint"]] <= 310


@given(
    kind=st.sampled_from(sorted(COLUMNS, key=str)),
    room=st.integers(0, 4000),
    data=st.data(),
)
def test_widths_fill_the_room_or_are_scrolled(kind: Kind, room: int, data: st.DataObject) -> None:
    columns = COLUMNS[kind]
    wanted = {column.key: data.draw(st.integers(40, 900)) for column in columns}
    widths = shared_widths(columns, room, wanted)
    assert len(widths) == len(columns)
    assert all(width >= 40 for width in widths)
    if room >= sum(column.width + 330 for column in columns):
        assert sum(widths) == room
