"""KPI sheets of all shapes; what cannot be told is asked for, never guessed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from storage.errors import MappingError, SurveyKnownError
from storage.imports.kpi_periods import clash, parse_period
from storage.imports.kpi_reading import read_value
from tests.storage.imports.log_trial import LogTrial, log_trial


@pytest.fixture
def trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LogTrial]:
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    with log_trial(tmp_path) as made:
        yield made


def _series(trial: LogTrial) -> dict[str, dict[str, tuple[float, int | None]]]:
    ws = trial.workspace
    found: dict[str, dict[str, tuple[float, int | None]]] = {k.name: {} for k in ws.kpis.values()}
    for o in ws.observations.values():
        found[ws.kpis[o.kpi].name][o.period] = (o.value, o.n)
    return found


# Periods


@pytest.mark.parametrize(
    ("cell", "stored"),
    [
        ("2026Q3", "2026Q3"),
        ("2026-Q3", "2026Q3"),
        ("Q3 2026", "2026Q3"),
        ("q3/26", "2026Q3"),
        ("3Q26", "2026Q3"),
        ("FY2026 Q1", "2026Q1"),
        ("1. Quartal 2026", "2026Q1"),
        ("2026-07", "2026-07"),
        ("07/2026", "2026-07"),
        ("July 2026", "2026-07"),
        ("jul-26", "2026-07"),
        ("lipiec 2026", "2026-07"),
        ("июль 2026", "2026-07"),
        ("okt. 2025", "2025-10"),
        ("2026-W31", "2026-W31"),
        ("KW 5 2026", "2026-W05"),
        ("2026", "2026"),
        ("2026-07-15", "2026-07-15"),
        ("2026-07-01 00:00:00", "2026-07-01"),
    ],
)
def test_periods_as_sheets_write_them(cell: str, stored: str) -> None:
    period = parse_period(cell)
    assert period is not None
    assert period.text == stored
    assert parse_period(stored) == period


@pytest.mark.parametrize(
    "cell", ["", "12", "2026-13", "2026-02-30", "2026-W60", "Q5 2026", "hello", "Revenue 2026", "7"]
)
def test_what_is_no_period(cell: str) -> None:
    assert parse_period(cell) is None


@given(st.integers(1990, 2080), st.integers(1, 12))
def test_months_by_format(year: int, month: int) -> None:
    found = parse_period(f"{month:02d}.{year}", "%m.%Y")
    assert found is not None
    assert found.text == f"{year}-{month:02d}"


def test_two_kinds_clash() -> None:
    assert clash(["2026Q1", "2026Q2"]) is None
    assert clash(["2026Q1", "2026-04"]) == ("2026Q1", "2026-04")


# Values


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("71 %", (71.0, "%")),
        ("74,5%", (74.5, "%")),
        ("€ 1.234,50", (1234.5, "EUR")),
        ("1,234.50 USD", (1234.5, "USD")),
        ("12 min", (12.0, "min")),
        ("\u2212 3", (-3.0, "")),
        ("3", (3.0, "")),
        ("nan", None),
        ("n/a", None),
        ("EUR 3 EUR", None),
        ("1_000", None),
    ],
)
def test_values_with_their_units(cell: str, found: tuple[float, str] | None) -> None:
    assert read_value(cell) == found


# Shapes


def test_a_column_of_periods(trial: LogTrial) -> None:
    sheet = (
        "Month;First contact resolution (%);Response time (h);n\n"
        "Jan 2026;71,5;1,9;120\nFeb 2026;72;2,1;130\n"
    )
    result = trial.kpi(trial.file(sheet))
    assert _series(trial) == {
        "First contact resolution": {"2026-01": (71.5, 120), "2026-02": (72.0, 130)},
        "Response time": {"2026-01": (1.9, 120), "2026-02": (2.1, 130)},
    }
    fcr, response = (taken.kpi for taken in result.kpis)
    assert (fcr.unit, fcr.better, fcr.measure, fcr.touchpoint) == ("%", "higher", "fcr", None)
    assert (response.unit, response.better, response.target) == ("h", "lower", 2.0)
    assert "7 days" in fcr.note
    assert result.imported == 4


def test_columns_of_periods(trial: LogTrial) -> None:
    sheet = (
        "KPI,Unit,Target,Owner,Touchpoint,2026Q2,2026Q3\n"
        "FCR,%,80,Anna,Support,71 %,74.5 %\n"
        'CAC,EUR,,,,"1,200",1150\n'
        "Churn,,,,,12%,\n"
    )
    result = trial.kpi(trial.file(sheet))
    assert _series(trial) == {
        "FCR": {"2026Q2": (71.0, None), "2026Q3": (74.5, None)},
        "CAC": {"2026Q2": (1200.0, None), "2026Q3": (1150.0, None)},
        "Churn": {"2026Q2": (12.0, None)},
    }
    fcr = result.kpis[0].kpi
    ws = trial.workspace
    assert fcr.target == 80.0
    assert ws.leaders[fcr.owner].name == "Anna"  # type: ignore[index]
    assert ws.touchpoints[fcr.touchpoint].name == "Support"  # type: ignore[index]
    assert [(s.reason, s.count) for s in result.skipped] == [("blank", 1)]
    assert {e.kind.value for e in result.created} == {"leader", "stage", "touchpoint"}


def test_a_record_per_value(trial: LogTrial) -> None:
    sheet = (
        "kpi,period,value,n,direction,unit\n"
        "Wait,2026-W01,12,40,lower,min\nWait,2026-W02,9,41,lower,min\n"
    )
    trial.kpi(trial.file(sheet))
    assert _series(trial) == {"Wait": {"2026-W01": (12.0, 40), "2026-W02": (9.0, 41)}}
    (kpi,) = trial.workspace.kpis.values()
    assert (kpi.better, kpi.unit, kpi.measure) == ("lower", "min", "")


def test_by_a_mapping(trial: LogTrial) -> None:
    mapping = (
        '[[kpi]]\ncolumn = "x"\nname = "Calls"\ntouchpoint = "Support"\nunit = "calls"\n'
        'better = "lower"\ntarget = 90\nn = "days"\n'
        'period = { column = "when", format = "%m.%Y" }\n'
    )
    trial.kpi(trial.file("when,x,days\n01.2026,100,20\n02.2026,90,19\n"), mapping)
    assert _series(trial) == {"Calls": {"2026-01": (100.0, 20), "2026-02": (90.0, 19)}}
    (kpi,) = trial.workspace.kpis.values()
    assert (kpi.better, kpi.target, kpi.unit) == ("lower", 90.0, "calls")


def test_a_workbook(trial: LogTrial, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["KPI", "2026Q1", "2026Q2"], ["Retention", 0.91, 0.92]):
        sheet.append(row)
    book.save(tmp_path / "kpis.xlsx")
    trial.kpi(tmp_path / "kpis.xlsx")
    assert _series(trial) == {"Retention": {"2026Q1": (0.91, None), "2026Q2": (0.92, None)}}


# What is asked


@pytest.mark.parametrize(
    ("sheet", "reason"),
    [
        ("kpi,period,value\nA,2026Q1,1\nA,2026-04,2\n", "period_clash"),
        ("kpi,period,value\nA,2026Q1,1\nA,2026Q1,2\n", "period_twice"),
        ("kpi,period,value,unit\nA,2026Q1,1,min\nA,2026Q2,2,h\n", "unit_clash"),
        ("kpi,period,value\nA,2026Q1,45 %\nA,2026Q2,0.5\n", "unit_clash"),
        ("kpi,period,value,better\nA,2026Q1,1,higher\nA,2026Q2,2,lower\n", "kpi_direction"),
        ("kpi,period,value,better\nA,2026Q1,1,sideways\n", "kpi_direction"),
        ('kpi,period,value\nA,2026Q1,"1,200"\n', "decimal_mark"),
        ("a,b\nx,y\n", "kpi_shape"),
        ("period,comment\n2026Q1,fine\n", "kpi_shape"),
    ],
)
def test_what_must_be_chosen_is_refused(trial: LogTrial, sheet: str, reason: str) -> None:
    before = trial.workspace.copy()
    with pytest.raises(MappingError) as caught:
        trial.kpi(trial.file(sheet))
    assert caught.value.reason == reason
    assert caught.value.names
    assert trial.workspace == before


def test_a_series_keeps_its_kind_and_unit(trial: LogTrial) -> None:
    trial.kpi(trial.file("kpi,period,value,unit\nA,2026Q1,1,min\n"))
    with pytest.raises(MappingError) as clashes:
        trial.kpi(trial.file("kpi,period,value\nA,2026-04,1\n"), if_known="add")
    assert clashes.value.reason == "period_clash"
    with pytest.raises(MappingError) as units:
        trial.kpi(trial.file("kpi,period,value,unit\nA,2026Q2,1,h\n"), if_known="add")
    assert units.value.reason == "unit_clash"


def test_unknown_names_need_create(trial: LogTrial) -> None:
    sheet = "kpi,touchpoint,owner,period,value\nA,Desk,Anna,2026Q1,1\n"
    with pytest.raises(MappingError) as touchpoint:
        trial.kpi(trial.file(sheet), create=False)
    assert touchpoint.value.names == ("Desk",)
    with pytest.raises(MappingError) as owner:
        trial.kpi(trial.file("kpi,owner,period,value\nA,Anna,2026Q1,1\n"), create=False)
    assert owner.value.names == ("Anna",)


def test_a_direction_nobody_named_is_told(trial: LogTrial) -> None:
    result = trial.kpi(trial.file("kpi,period,value\nHomegrown,2026Q1,1\nNPS,2026Q1,30\n"))
    assert result.warnings == (("direction_assumed", "Homegrown"),)


# Known values


def test_known_values_are_refused_replaced_or_left(trial: LogTrial) -> None:
    trial.kpi(trial.file("kpi,period,value\nNPS,2026Q1,30\n"))
    ids = set(trial.workspace.observations)
    more = trial.file("kpi,period,value\nNPS,2026Q1,31\nNPS,2026Q2,33\n")
    with pytest.raises(SurveyKnownError) as caught:
        trial.kpi(more)
    assert caught.value.facts["name"] == "NPS, 2026Q1"
    added = trial.kpi(more, if_known="add")
    assert (added.imported, [(s.reason, s.count) for s in added.skipped]) == (1, [("known", 1)])
    assert _series(trial) == {"NPS": {"2026Q1": (30.0, None), "2026Q2": (33.0, None)}}
    replaced = trial.kpi(more, if_known="replace")
    assert replaced.imported == 1
    assert _series(trial) == {"NPS": {"2026Q1": (31.0, None), "2026Q2": (33.0, None)}}
    assert ids <= set(trial.workspace.observations)
    with pytest.raises(SurveyKnownError) as nothing:
        trial.kpi(more, if_known="add")
    assert nothing.value.reason == "nothing_new"


def test_one_step_takes_it_back(trial: LogTrial) -> None:
    before = trial.workspace.copy()
    result = trial.kpi(trial.file("kpi,touchpoint,period,value\nA,Desk,2026Q1,1\n"))
    assert result.command is not None
    result.command.undo(trial.workspace)
    assert trial.workspace == before
    assert trial.kpi(trial.file("kpi,period,value\nA,2026Q1,1\n"), dry_run=True).command is None


def test_values_that_are_none_are_refused_and_the_rest_kept(trial: LogTrial) -> None:
    sheet = (
        "kpi,period,value,n\nA,2026Q1,lots,\nA,2026Q2,2,many\nA,someday,3,\n"
        "A,2026Q3,4,5\n,2026Q1,5,\n"
    )
    result = trial.kpi(trial.file(sheet))
    assert _series(trial) == {"A": {"2026Q2": (2.0, None), "2026Q3": (4.0, 5)}}
    found = {c.reason: (c.count, c.example_line, c.example) for c in result.refused_cells}
    assert found == {
        "not_a_number": (1, 2, "lots"),
        "not_a_count": (1, 3, "many"),
        "not_a_period": (1, 4, "someday"),
    }
    assert result.refused
    assert ("blank_name", 1) in [(s.reason, s.count) for s in result.skipped]
