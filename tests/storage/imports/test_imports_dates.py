"""Dates and times as exports write them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.imports.dates import (
    KNOWN_FORMATS,
    date_parser,
    find_date_format,
    looks_like_date,
    time_zone,
    to_utc,
)

MOMENTS = st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2068, 12, 31))


@pytest.mark.parametrize("date_format", KNOWN_FORMATS)
@given(moment=MOMENTS)
def test_every_known_format_reads_what_strftime_writes(date_format: str, moment: datetime) -> None:
    aware = moment.replace(tzinfo=UTC)
    text = aware.strftime(date_format)
    read = date_parser(date_format)(text)
    assert read is not None
    again = (read if read.tzinfo else read.replace(tzinfo=UTC)).strftime(date_format)
    assert again == text
    assert looks_like_date(text)


@given(st.text(max_size=25))
def test_any_text_gives_a_date_or_none(text: str) -> None:
    for date_format in KNOWN_FORMATS:
        date_parser(date_format)(text)


@pytest.mark.parametrize(
    ("cells", "date_format", "ambiguous"),
    [
        (["2017-07-18 08:28:09"], "%Y-%m-%d %H:%M:%S", False),
        (["31.12.2025 23.59", "01.02.2026 08.05"], "%d.%m.%Y %H.%M", False),
        (["31.12.2025 23:59"], "%d.%m.%Y %H:%M", False),
        (["10/2/2017 10:56", "10/25/2017 10:56"], "%m/%d/%Y %H:%M", False),
        (["19/04/2024 18:04:50", "01/04/2024 18:04:50"], "%d/%m/%Y %H:%M:%S", False),
        (["1/2/2024", "3/4/2024"], "%d/%m/%Y", True),
        (["5/18/18 4:01"], "%m/%d/%y %H:%M", False),
        (["2023/10/10 11:58:38 PM GMT+5:30"], "%Y/%m/%d %I:%M:%S %p %z", False),
        (["2010-12-30 14:32:00+01:00"], "%Y-%m-%d %H:%M:%S%z", False),
        (["2025-01-01T10:00:00.123Z"], "%Y-%m-%dT%H:%M:%S.%f%z", False),
    ],
)
def test_the_format_of_a_column_is_found(
    cells: list[str], date_format: str, ambiguous: bool
) -> None:
    found = find_date_format(cells)
    assert found is not None
    assert (found.format, found.ambiguous, found.refused) == (date_format, ambiguous, 0)
    assert (found.other is not None) is ambiguous


def test_cells_that_do_not_fit_are_counted_and_too_many_of_them_are_no_dates() -> None:
    good = ["2026-01-02"] * 19
    found = find_date_format([*good, "soon"])
    assert found is not None
    assert found.refused == 1
    assert find_date_format(["2026-01-02", "soon"]) is None
    assert find_date_format([]) is None
    assert find_date_format(["2026-02-30"]) is None


def test_half_days_offsets_months_and_seconds() -> None:
    assert date_parser("%m/%d/%Y %I:%M %p")("1/2/2026 12:05 AM") == datetime(2026, 1, 2, 0, 5)
    assert date_parser("%m/%d/%Y %I:%M %p")("1/2/2026 13:05 PM") is None
    read = date_parser("%Y/%m/%d %I:%M:%S %p %z")("2023/10/10 11:58:38 PM GMT+5:30")
    assert read is not None
    assert read.utcoffset() == timedelta(hours=5, minutes=30)
    assert to_utc(read, UTC) == datetime(2023, 10, 10, 18, 28, 38, tzinfo=UTC)
    assert date_parser("%d %b %Y")("3 March 2026") == datetime(2026, 3, 3)
    assert date_parser("%d %b %Y")("3 Foo 2026") is None
    assert date_parser("%YQ%q")("2026Q4") == datetime(2026, 10, 1)
    assert date_parser("unix")("1767225600") == datetime(2026, 1, 1, tzinfo=UTC)
    assert date_parser("unix")("9" * 30) is None


def test_local_times_become_utc() -> None:
    oslo = time_zone("Europe/Oslo")
    assert to_utc(datetime(2026, 1, 1, 0, 30), oslo) == datetime(2025, 12, 31, 23, 30, tzinfo=UTC)
    assert to_utc(datetime(2026, 7, 1, 2, 0), oslo) == datetime(2026, 7, 1, tzinfo=UTC)
    assert to_utc(datetime(1, 1, 1), oslo).tzinfo is UTC


@pytest.mark.parametrize("name", ["Europe/Nowhere", "../../etc/passwd", "", "Europe/Oslo\x00"])
def test_unknown_zones_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        time_zone(name)


@pytest.mark.parametrize("date_format", ["%H:%M", "%Q", "%Y %Y", "%", ""])
def test_formats_that_cannot_make_a_date_are_refused(date_format: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        date_parser(date_format)
