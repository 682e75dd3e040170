"""Moments read for a whole column at once are those that are read one by one."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.imports.dates import time_zone
from storage.imports.mapping import DateSettings
from storage.imports.moments_cut import moment_layout
from storage.imports.survey_cells import date_cells
from storage.imports.survey_cut import cut_lines

FORMATS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S%z",
    "%Y-%m-%dT%H:%M:%S.%f%z",
    "%d/%m/%Y %H:%M",
    "%m/%d/%Y %I:%M:%S %p",
    "%d.%m.%y %H.%M",
    "%b %d. %Y %I:%M %p",
    "%d-%b-%Y %H:%M",
    "%Y/%m/%d %H:%M:%S %Z",
    "%Y%m%d %H%M",
)
ZONES = ("UTC", "Europe/Warsaw", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu")
years = st.datetimes(datetime(1971, 1, 1), datetime(2037, 12, 31))
strange = st.sampled_from(
    ["", "soon", "2026-02-30 10:00:00", "31/04/2026 10:00", "01/02/2026  9:30", "0000-01-01"]
)


def spelt(moment: datetime, date_format: str, *, short: bool) -> str:
    text = moment.replace(tzinfo=UTC).strftime(date_format)
    if short and "/" in date_format:
        return "/".join(
            part.removeprefix("0") if part != "00" else part for part in text.split("/")
        )
    return text


@given(
    date_format=st.sampled_from(FORMATS),
    zone=st.sampled_from(ZONES),
    moments=st.lists(st.tuples(years, st.booleans()), min_size=1, max_size=20),
    odd=st.lists(strange, max_size=1),
)
def test_whole_columns_are_read_as_cells_are(
    date_format: str, zone: str, moments: list[tuple[datetime, bool]], odd: list[str]
) -> None:
    cells = [spelt(moment, date_format, short=short) for moment, short in moments] + odd
    cut = cut_lines("".join(f"{cell};x\n" for cell in cells), ";", 2)
    layout = moment_layout(date_format, time_zone(zone))
    assert cut is not None
    assert layout is not None
    found = layout.read(cut, 0)
    one_by_one = date_cells(DateSettings("when", date_format, zone), 0, 1)
    expected = [one_by_one[cell] for cell in cells]
    if found is None:
        # An hour in which clocks are set, or a cell that is written in another way.
        return
    assert not one_by_one.refused
    assert [bytes(text).decode() for text in found.texts] == [text for text, _ in expected]
    firsts = [datetime.fromisoformat(text) for text, _ in expected]
    assert found.months.tolist() == [12 * (at.year - 1970) + at.month - 1 for at in firsts]


@pytest.mark.parametrize("date_format", FORMATS)
def test_ordinary_columns_are_read_at_once(date_format: str) -> None:
    start = datetime(2026, 6, 9, 8, 5, 0)
    cells = [spelt(start + timedelta(hours=7 * n), date_format, short=True) for n in range(30)]
    cut = cut_lines("".join(f"{cell};x\n" for cell in cells), ";", 2)
    layout = moment_layout(date_format, time_zone("Europe/Warsaw"))
    assert cut is not None
    assert layout is not None
    assert layout.read(cut, 0) is not None


@pytest.mark.parametrize("date_format", ["unix", "%d %H:%M", "%Y-%m-%d %y %H:%M", "%Y %q"])
def test_formats_without_a_place_for_each_part_are_left_to_cells(date_format: str) -> None:
    assert moment_layout(date_format, UTC) is None
