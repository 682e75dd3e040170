"""The bars of the Quarter screen: a place is as long in every row."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.model.ids import PainPointId
from journey.quarter.causes import Cause
from journey.quarter.compare import ComparedItem, ItemChange
from ui.quarter.marks import BOX_WIDTH, cause_spans, causes_width, places_moved

places = st.integers(-90, 90)


def row(**because: int) -> ComparedItem:
    """Return a row moved by so many places for each cause."""
    causes = {cause: because.get(cause.name.lower(), 0) for cause in Cause}
    change = ItemChange.MOVED
    return ComparedItem(PainPointId("p"), "T", None, "", None, "", change, 9, 4, causes)


def reach(item: ComparedItem, longest: int) -> float:
    """Return how far the boxes of a row go."""
    return max((left + width for _, left, width in cause_spans(item, longest)), default=0.0)


def test_few_places_are_a_box_each() -> None:
    item = row(data=-3, edit=1)
    spans = cause_spans(item, 4)
    assert [cause for cause, _, _ in spans].count(Cause.DATA) == 3
    assert len(spans) == places_moved(item) == 4
    assert {width for _, _, width in spans} == {BOX_WIDTH}


def test_twice_the_places_are_twice_as_long() -> None:
    for longest in (8, 16, 19, 70):
        near, far = reach(row(data=longest // 2), longest), reach(row(data=-longest), longest)
        assert far == pytest.approx(near * longest / (longest // 2), abs=3.0)


def test_a_row_of_the_longest_list_is_one_bar_for_each_cause() -> None:
    spans = cause_spans(row(data=60, method=-10), 70)
    assert {cause for cause, _, _ in spans} == {Cause.DATA, Cause.METHOD}
    assert len(spans) == 2


@given(places, places, places, st.integers(0, 200))
def test_boxes_stand_side_by_side_and_stay_in_their_column(
    data: int, method: int, edit: int, more: int
) -> None:
    item = row(data=data, method=method, edit=edit)
    spans = sorted(cause_spans(item, places_moved(item) + more), key=lambda span: span[1])
    for (_, left, width), (_, after, _) in pairwise(spans):
        assert left + width <= after + 2.0
    assert all(width >= 2.0 for _, _, width in spans)
    assert max((left + width for _, left, width in spans), default=0.0) <= causes_width()


def test_a_new_row_shows_what_brought_it() -> None:
    causes = dict.fromkeys(Cause, 0)
    item = ComparedItem(
        PainPointId("p"), "T", None, "", None, "", ItemChange.NEW, None, 4, causes, Cause.DATA
    )
    assert cause_spans(item, 40) == [(Cause.DATA, 0.0, BOX_WIDTH)]
