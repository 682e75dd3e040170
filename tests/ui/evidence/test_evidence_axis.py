"""The figures at an axis are those of its lines, not rounded to others."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLineF, QPointF, QRectF

from ui.evidence import words
from ui.evidence.trend import axis_ticks, label_place
from ui.numbers import MINUS
from ui.shell.widgets.marks import IntervalScale


@given(st.floats(-100, 90), st.floats(4.5, 100))
def test_an_nps_axis_says_where_its_lines_are(low: float, span: float) -> None:
    told = axis_ticks(IntervalScale(low, low + span), "nps")
    assert told
    assert all(tick == float(words.value_text(tick, "nps").replace(MINUS, "-")) for tick in told)


@given(st.floats(1, 4.9), st.floats(0.08, 4))
def test_a_rating_axis_says_where_its_lines_are(low: float, span: float) -> None:
    told = axis_ticks(IntervalScale(low, low + span), "csat")
    assert told
    assert all(abs(tick - float(words.value_text(tick, "csat"))) < 1e-9 for tick in told)


@given(st.lists(st.floats(32, 166), min_size=2, max_size=5), st.floats(18, 50))
def test_the_figure_of_a_point_stands_off_its_line(heights: list[float], wide: float) -> None:
    area = QRectF(38, 14, 300, 170)
    room = (area.width() - 28) / (len(heights) - 1)
    spots = [QPointF(area.left() + 14 + room * i, y) for i, y in enumerate(heights)]
    for k, spot in enumerate(spots):
        place = label_place(spots, k, wide, area)
        assert not place.contains(spot)
        assert area.left() <= place.left()
        assert place.right() <= area.right() + 16.01
    # The first and the last have one leg each, from which there is always a way out.
    for k, leg in ((0, QLineF(spots[0], spots[1])), (-1, QLineF(spots[-2], spots[-1]))):
        place = label_place(spots, k % len(spots), wide, area)
        middle = [leg.pointAt(step / 40) for step in range(41)]
        assert not any(place.contains(at) for at in middle)
