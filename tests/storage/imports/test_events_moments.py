"""Moments of event logs: a column at once reads the same as cell by cell."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.errors import MappingError
from storage.imports.events_moments import NO_MOMENT, MomentReader, find_moments

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29))
OFFSETS = st.integers(-56, 56).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))
JUNK = st.text(max_size=12) | st.sampled_from(
    ["2026-02-30 10:00:00", "2026-13-01T00:00:00", "today", "", "2026-01-01T24:00:00", "NaT"]
)


def _micros(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(microseconds=1)


@given(st.lists(MOMENTS, min_size=1), st.sampled_from([" ", "T"]), st.booleans())
def test_naive_moments_are_utc(moments: list[datetime], mark: str, whole: bool) -> None:
    moments = [m.replace(microsecond=0) if whole else m for m in moments]
    cells = [m.isoformat(sep=mark) for m in moments]
    expected = [_micros(m.replace(tzinfo=UTC)) for m in moments]
    assert MomentReader().read(cells).tolist() == expected
    assert MomentReader().read([f"{cell}Z" for cell in cells]).tolist() == expected


@given(st.lists(st.tuples(MOMENTS, OFFSETS), min_size=1), st.booleans())
def test_mixed_offsets_are_one_time(rows: list[tuple[datetime, timezone]], whole: bool) -> None:
    moments = [
        m.replace(tzinfo=zone, microsecond=0 if whole else m.microsecond) for m, zone in rows
    ]
    found = MomentReader().read([m.isoformat() for m in moments])
    assert found.tolist() == [_micros(m) for m in moments]


@given(st.lists(MOMENTS.map(lambda m: m.isoformat(timespec="seconds")) | JUNK, min_size=1))
def test_a_column_at_once_is_as_cell_by_cell(cells: list[str]) -> None:
    together = MomentReader().read(cells).tolist()
    alone = [MomentReader().read([cell]).tolist()[0] for cell in cells]
    assert together == alone


@pytest.mark.parametrize(
    "cell",
    ["2026-02-30 10:00:00", "2026-00-10T10:00:00", "2026-01-01T24:00:00", "now", "", "12", "2026"],
)
def test_what_is_no_moment_is_refused(cell: str) -> None:
    assert MomentReader().read([cell]).tolist() == [NO_MOMENT]
    assert MomentReader().read([cell] * 3).tolist() == [NO_MOMENT] * 3


def test_seconds_and_milliseconds_since_1970() -> None:
    assert MomentReader().read(["1167609600", "1167609600000"]).tolist() == [1167609600 * 10**6] * 2


def test_a_time_zone_of_the_mapping() -> None:
    reader = MomentReader(None, "Europe/Oslo")
    summer, winter = reader.read(["2026-07-01 12:00:00", "2026-12-01 12:00:00"]).tolist()
    assert summer == _micros(datetime(2026, 7, 1, 10, tzinfo=UTC))
    assert winter == _micros(datetime(2026, 12, 1, 11, tzinfo=UTC))


def test_the_format_is_found_or_asked_for() -> None:
    reader = find_moments(["31.12.2025 23:59", "01.02.2026 08:00"], "here", None, None)
    assert reader.read(["31.12.2025 23:59"]).tolist() == [
        _micros(datetime(2025, 12, 31, 23, 59, tzinfo=UTC))
    ]
    with pytest.raises(MappingError) as both:
        find_moments(["01/02/2026", "03/04/2026"], "events.time_format", None, None)
    assert (both.value.reason, both.value.names) == ("date_order", ("events.time_format",))
    with pytest.raises(MappingError) as neither:
        find_moments(["soon", "later"], "events.time_format", None, None)
    assert neither.value.reason == "no_date_format"
    given_one = find_moments(["01/02/2026"], "x", "%d/%m/%Y", None)
    assert given_one.read(["01/02/2026"]).tolist() == [_micros(datetime(2026, 2, 1, tzinfo=UTC))]
