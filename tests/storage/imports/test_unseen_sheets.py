"""Sheets of KPIs and logs as people keep them: titles, notes, years left out, other languages."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.errors import MappingError
from storage.imports.kpi_periods import parse_period
from storage.imports.likely_kind import likely_kind
from storage.imports.readers import inspect_any
from tests.storage.imports.log_trial import LogTrial, log_trial


@pytest.fixture
def trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LogTrial]:
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    with log_trial(tmp_path) as made:
        yield made


def series(trial: LogTrial) -> dict[str, dict[str, float]]:
    ws = trial.workspace
    found: dict[str, dict[str, float]] = {kpi.name: {} for kpi in ws.kpis.values()}
    for each in ws.observations.values():
        found[ws.kpis[each.kpi].name][each.period] = each.value
    return found


@pytest.mark.parametrize(
    ("cell", "stored"),
    [
        ("FY26", "2026"),
        ("FY '25", "2025"),
        ("2026-V12", "2026-W12"),
        ("vecka 7 2026", "2026-W07"),
        ("WK 03 2026", "2026-W03"),
    ],
)
def test_periods(cell: str, stored: str) -> None:
    period = parse_period(cell)
    assert period is not None
    assert period.text == stored


def test_titles_sums_and_notes_around_a_sheet(trial: LogTrial) -> None:
    sheet = (
        "Service dashboard,,\nSource: ACD,,\n,,\nMonth,Calls,Abandoned (%)\n"
        "2026-01,5120,4.1\n2026-02,4980,3.9\nTotal,10100,\n* provisional,,\n"
    )
    path = trial.file(sheet)
    assert likely_kind(inspect_any(path)).kind == "kpi"
    trial.kpi(path)
    assert series(trial) == {
        "Calls": {"2026-01": 5120, "2026-02": 4980},
        "Abandoned": {"2026-01": 4.1, "2026-02": 3.9},
    }


def test_days_and_marks_for_nothing_measured(trial: LogTrial) -> None:
    sheet = (
        "Datum;Anrufe;Annahmequote\n01.07.2026;512;93,5%\n02.07.2026;498;94,1%\n"
        "03.07.2026;n/a;b.d.\n04.07.2026;–;–\n"
    )
    path = trial.file(sheet)
    assert likely_kind(inspect_any(path)).kind == "kpi"
    result = trial.kpi(path)
    assert series(trial) == {
        "Anrufe": {"2026-07-01": 512, "2026-07-02": 498},
        "Annahmequote": {"2026-07-01": 93.5, "2026-07-02": 94.1},
    }
    assert not result.refused
    assert [(each.reason, each.count) for each in result.skipped] == [("blank", 4)]


@pytest.mark.parametrize("header", ["YearMonth", "year_month", "Reporting period"])
def test_months_as_one_number(trial: LogTrial, header: str) -> None:
    trial.kpi(trial.file(f"{header},Churn\n202601,2.1\n202602,2.3\n"))
    assert series(trial) == {"Churn": {"2026-01": 2.1, "2026-02": 2.3}}


@pytest.mark.parametrize(
    ("sheet", "reason", "names"),
    [
        ("Week,Calls\nW12,310\nW13,299\n", "period_year", ("W12", "W13")),
        ("KW,Anrufe\nKW 12,310\nKW 13,299\n", "period_year", ("KW 12", "KW 13")),
        ("Period,Value,KPI\n2026H1,7,eNPS\n2026H2,9,eNPS\n", "half_years", ("2026H1", "2026H2")),
    ],
)
def test_periods_that_no_series_is_kept_by(
    trial: LogTrial, sheet: str, reason: str, names: tuple[str, ...]
) -> None:
    path = trial.file(sheet)
    assert likely_kind(inspect_any(path)).kind == "kpi"
    with pytest.raises(MappingError) as refused:
        trial.kpi(path)
    assert (refused.value.reason, refused.value.names) == (reason, names)


def test_a_record_of_shares_is_no_second_header(trial: LogTrial) -> None:
    sheet = (
        "Kennzahl;Jan 2026;Feb 2026;Mrz 2026\nErstlösung;71,5 %;72,0 %;70,9 %\n"
        "Wartezeit (s);1.204;998;1.100\nRückrufe;12;14;11\n"
    )
    trial.kpi(trial.file(sheet))
    assert series(trial)["Erstlösung"] == {"2026-01": 71.5, "2026-02": 72.0, "2026-03": 70.9}
    assert series(trial)["Wartezeit"] == {"2026-01": 1204, "2026-02": 998, "2026-03": 1100}


@pytest.mark.parametrize(
    "header",
    ["Order No,Step,When", "Incident Number,Task,Time", "claim id,Process step,Date"],
)
def test_logs_by_other_names(trial: LogTrial, header: str) -> None:
    rows = "".join(
        f"C{n},{'AB'[m]},2026-07-{15 + n:02d} 1{m}:00\n" for n in range(4) for m in (0, 1)
    )
    path = trial.file(f"{header}\n{rows}")
    assert likely_kind(inspect_any(path)).kind == "events"
    result = trial.events(path)
    assert (result.events, result.cases) == (8, 4)
