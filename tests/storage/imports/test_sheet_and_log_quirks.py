"""Sheets of KPIs, reports and logs as other programs write them: what is read, what is asked."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.errors import MappingError
from storage.imports.kpi_periods import parse_period
from storage.imports.kpi_reading import read_value
from storage.imports.readers import inspect_any
from tests.storage.imports.log_trial import LogTrial, log_trial


@pytest.fixture
def trial(tmp_path: Path) -> Iterator[LogTrial]:
    with log_trial(tmp_path) as made:
        yield made


def series(trial: LogTrial) -> dict[str, dict[str, float]]:
    ws = trial.workspace
    found: dict[str, dict[str, float]] = {kpi.name: {} for kpi in ws.kpis.values()}
    for each in ws.observations.values():
        found[ws.kpis[each.kpi].name][each.period] = each.value
    return found


def refused(trial: LogTrial, text: str) -> MappingError:
    with pytest.raises(MappingError) as caught:
        trial.kpi(trial.file(text))
    return caught.value


def test_what_is_below_zero_in_brackets() -> None:
    assert read_value("(1,250.50)", ".") == (-1250.5, "")
    assert read_value("($12.50)", ".") == (-12.5, "USD")
    assert read_value("(open)") is None
    assert read_value("(-3)") is None
    assert read_value("kr 10,50", ",") == (10.5, "kr")


def test_fiscal_quarters_with_short_years() -> None:
    assert parse_period("FY26 Q1") == parse_period("2026Q1")


def test_first_days_under_month_are_not_asked_for_their_order(trial: LogTrial) -> None:
    trial.kpi(trial.file("Month,NPS\n1/1/2026,30\n2/1/2026,31\n3/1/2026,32\n"))
    assert list(series(trial)["NPS"].values()) == [30, 31, 32]
    assert sorted(series(trial)["NPS"]) == ["2026-01-01", "2026-02-01", "2026-03-01"]


def test_days_of_either_order_are_asked_for(trial: LogTrial) -> None:
    error = refused(trial, "Date,NPS\n1/2/2026,30\n2/2/2026,31\n3/4/2026,32\n")
    assert (error.reason, error.names) == ("date_order", ("Date",))


def test_days_that_tell_their_order_are_read(trial: LogTrial) -> None:
    trial.kpi(trial.file("Date,NPS\n1/20/2026,30\n2/21/2026,31\n"))
    assert series(trial)["NPS"] == {"2026-01-20": 30, "2026-02-21": 31}


def test_half_years_are_named(trial: LogTrial) -> None:
    error = refused(trial, "KPI,H1 2026,H2 2026\nFCR,70,71\n")
    assert (error.reason, error.names) == ("half_years", ("H1 2026", "H2 2026"))


def test_rows_of_sums_hide_no_periods(trial: LogTrial) -> None:
    path = trial.file("Month,Tickets\n2026-01,100\n2026-02,110\nTotal,210\nAverage,105\n")
    result = trial.kpi(path)
    assert series(trial) == {"Tickets": {"2026-01": 100, "2026-02": 110}}
    assert result.refused_cells


BLOCKS = (
    "# ------\n# Overview\n# Account: a\n# ------\n#\n# All\n# Start: 20260101\n# End: 20260331\n"
    "Channel,New users\nDirect,80\n\n# All\n# Start: 20251001\n# End: 20251231\n"
    "Channel,New users\nDirect,70\n"
)


def test_each_table_of_a_report_has_its_own_days(trial: LogTrial) -> None:
    trial.kpi(trial.file(BLOCKS))
    assert series(trial)["New users"] == {"2026Q1": 80, "2025Q4": 70}


HEADS = [
    ("_CASE_KEY,ACTIVITY_EN,EVENTTIME", "2026-07-01 09:00:00.000"),
    ("distinct_id,event,time", "1782896400"),
    ("user_id,event_type,event_time", "2026-07-01 09:00:00.123"),
    ("user_pseudo_id,event_name,event_timestamp", "1782896400000000"),
    ("anonymousId,event,originalTimestamp", "2026-07-01T09:00:00.000Z"),
]


@pytest.mark.parametrize(("head", "moment"), HEADS)
def test_logs_of_other_programs(trial: LogTrial, head: str, moment: str) -> None:
    rows = "".join(f"u{case},{step},{moment}\n" for case in range(3) for step in ("Go", "Pay"))
    path = trial.file(f"{head}\n{rows}")
    assert propose_kind(path) == "events"
    result = trial.events(path)
    assert (result.events, result.cases) == (6, 3)


def propose_kind(path: Path) -> str:
    from storage.imports.likely_kind import likely_kind

    return likely_kind(inspect_any(path)).kind


def test_days_and_times_in_two_columns_are_to_be_joined(trial: LogTrial) -> None:
    rows = "".join(f"c{n},{step},2026-07-01,09:0{n}:00\n" for n in range(3) for step in "ab")
    with pytest.raises(MappingError) as caught:
        trial.events(trial.file(f"Case ID,Activity,Date,Time\n{rows}"))
    assert (caught.value.reason, caught.value.names) == ("clock_apart", ("Time",))


PURCHASES = [
    ("Kundennummer;Bestelldatum;Umsatz", "1.012,50 €", 1012.5),
    ("Nr klienta;Data zakupu;Kwota", "10,50 zł", 10.5),
    ("Kundenummer;Kjøpsdato;Beløp", "kr 10,50", 10.5),
    ("Customer User ID;Order Date;Order Total Amount", "10.50", 10.5),
    ("Email;Created at;Total", "20.50", 20.5),
]


@pytest.mark.parametrize(("head", "amount", "value"), PURCHASES)
def test_purchase_logs_of_shops(trial: LogTrial, head: str, amount: str, value: float) -> None:
    rows = "".join(f"k{n % 3}@x.org;{13 + n}.07.2026;{amount}\n" for n in range(6))
    result = trial.purchases(trial.file(f"{head}\n{rows}"))
    assert (result.purchases, result.customers) == (6, 3)
    assert result.total == pytest.approx(6 * value)
