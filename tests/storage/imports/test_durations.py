"""Spans of time in headers and cells; a unit that nobody told is never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.imports.durations import SECONDS, read_duration, unit_in_header

HEADERS = [
    ("First reply time (min)", "min"),
    ("reply_time_in_minutes.calendar", "min"),
    ("First reply time in minutes within business hours", "min"),
    ("Full resolution time - business hours (hrs)", "h"),
    ("First response time (in hrs)", "h"),
    ("Time to first response [s]", "s"),
    ("response_time_seconds", "s"),
    ("Erste Antwortzeit (Min.)", "min"),
    ("Time to close (HH:mm:ss)", "h:m:s"),
    ("Wait (mm:ss)", "m:s"),
    ("Time to close", ""),
    ("Created time", ""),
    ("First Response Time (Business Hours)", ""),
    ("Resolution (first)", ""),
]


@pytest.mark.parametrize(("header", "unit"), HEADERS)
def test_a_header_names_its_unit_or_none(header: str, unit: str) -> None:
    assert unit_in_header(header) == unit


CELLS = [
    ("12", "min", 720.0),
    ("1 234,5", "s", 1234.5),
    ("1d 2h", "", 93_600.0),
    ("2 hours, 5 minutes and 1 s", "", 7_501.0),
    ("1 week 2 days", "", 777_600.0),
    ("26:03:04", "", 93_784.0),
    ("1 day, 2:03:04", "", 93_784.0),
    ("2:05", "h:m", 7_500.0),
    ("2:05", "m:s", 125.0),
    ("PT2H5M", "", 7_500.0),
    ("P1DT30S", "", 86_430.0),
    ('{"calendar": 12, "business": 5}', "min", 720.0),
    ("2 timer 5 min", "", 7_500.0),
    ("0", "", 0.0),
]


@pytest.mark.parametrize(("cell", "unit", "seconds"), CELLS)
def test_cells_are_read_as_people_write_them(cell: str, unit: str, seconds: float) -> None:
    assert read_duration(cell, unit) == (seconds, "")


REFUSED = [
    ("12", "", "unit"),
    ("2:05", "", "unit"),
    ("-5", "min", "negative"),
    ("-0:25", "", "negative"),
    ("soon", "min", "not_a_duration"),
    ("2 apples", "", "not_a_duration"),
    ("P", "", "not_a_duration"),
    ("1h then 2", "", "not_a_duration"),
    ('{"calendar": "x"}', "min", "not_a_duration"),
    ("12:75:00", "", "not_a_duration"),
    ('{"calendar": null, "business": null}', "min", ""),
]


@pytest.mark.parametrize(("cell", "unit", "reason"), REFUSED)
def test_what_is_no_time_is_refused_with_its_reason(cell: str, unit: str, reason: str) -> None:
    assert read_duration(cell, unit) == (None, reason)


@given(st.integers(0, 10**6), st.sampled_from(sorted(SECONDS)))
def test_a_unit_in_the_cell_is_the_unit_of_the_column(number: int, unit: str) -> None:
    assert read_duration(f"{number}{unit}") == read_duration(str(number), unit)


@given(st.integers(0, 10**7))
def test_a_clock_says_what_its_seconds_are(seconds: int) -> None:
    hours, rest = divmod(seconds, 3_600)
    clock = f"{hours:02d}:{rest // 60:02d}:{rest % 60:02d}"
    assert read_duration(clock) == (float(seconds), "")


@given(st.text(max_size=30), st.sampled_from(["", "min", "h:m"]))
def test_any_text_is_read_or_refused(text: str, unit: str) -> None:
    found, reason = read_duration(text, unit)
    assert (found is None) or (found >= 0 and not reason)
