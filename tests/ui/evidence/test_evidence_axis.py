"""The figures at an axis are those of its lines, not rounded to others."""

from hypothesis import given
from hypothesis import strategies as st

from ui.evidence import words
from ui.evidence.trend import axis_ticks
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
