"""Values of a KPI that do not go together, settled as somebody chose, and never otherwise."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.imports.kpi_clashes import KpiClash
from storage.imports.kpi_periods import parse_period, period_over
from storage.imports.kpi_result import KpiImport
from storage.imports.kpi_series import factor
from tests.storage.imports.log_trial import LogTrial, log_trial


@pytest.fixture
def trial(tmp_path: Path) -> Iterator[LogTrial]:
    with log_trial(tmp_path) as made:
        yield made


def series(trial: LogTrial) -> dict[tuple[str, str], dict[str, float]]:
    ws = trial.workspace
    found: dict[tuple[str, str], dict[str, float]] = {}
    for each in ws.observations.values():
        kpi = ws.kpis[each.kpi]
        found.setdefault((kpi.name, kpi.unit), {})[each.period] = each.value
    return found


def open_clash(trial: LogTrial, sheet: str) -> KpiClash:
    """Return the one clash of a sheet; nothing else of the workspace may change."""
    before = trial.workspace.copy()
    result: KpiImport = trial.kpi(trial.file(sheet), choices={})
    assert trial.workspace == before
    (clash,) = result.clashes
    return clash


UNITS = "kpi,period,value,unit\nA,2026Q1,120,min\nA,2026Q2,3,h\n"
TWICE = "kpi,period,value\nA,2026Q1,1\nA,2026Q1,2\nA,2026Q2,3\n"
KINDS = "kpi,period,value\nA,2026Q1,1\nA,2026-04,2\n"
SHARES = "kpi,period,value\nA,2026Q1,45 %\nA,2026Q2,0.5\n"
MARK = 'kpi,period,value\nA,2026Q1,"1,200"\n'
WAY = "kpi,period,value,better\nA,2026Q1,1,higher\nA,2026Q2,2,lower\n"


@pytest.mark.parametrize(
    ("sheet", "reason", "option", "expected"),
    [
        (UNITS, "unit_clash", "convert:min", {("A", "min"): {"2026Q1": 120, "2026Q2": 180}}),
        (UNITS, "unit_clash", "convert:h", {("A", "h"): {"2026Q1": 2, "2026Q2": 3}}),
        (UNITS, "unit_clash", "only:h", {("A", "h"): {"2026Q2": 3}}),
        (
            UNITS,
            "unit_clash",
            "separate",
            {("A", "min"): {"2026Q1": 120}, ("A (h)", "h"): {"2026Q2": 3}},
        ),
        (UNITS, "unit_clash", "skip", {}),
        (SHARES, "unit_clash", "shares:%", {("A", "%"): {"2026Q1": 45, "2026Q2": 50}}),
        (SHARES, "unit_clash", "same:%", {("A", "%"): {"2026Q1": 45, "2026Q2": 0.5}}),
        (KINDS, "period_clash", "only:month", {("A", ""): {"2026-04": 2}}),
        (
            KINDS,
            "period_clash",
            "separate",
            {("A", ""): {"2026Q1": 1}, ("A (month)", ""): {"2026-04": 2}},
        ),
        (TWICE, "period_twice", "first", {("A", ""): {"2026Q1": 1, "2026Q2": 3}}),
        (TWICE, "period_twice", "last", {("A", ""): {"2026Q1": 2, "2026Q2": 3}}),
        (
            TWICE,
            "period_twice",
            "separate",
            {("A", ""): {"2026Q1": 1, "2026Q2": 3}, ("A (2)", ""): {"2026Q1": 2}},
        ),
        (MARK, "decimal_mark", ",", {("A", ""): {"2026Q1": 1.2}}),
        (MARK, "decimal_mark", ".", {("A", ""): {"2026Q1": 1200}}),
        (WAY, "kpi_direction", "lower", {("A", ""): {"2026Q1": 1, "2026Q2": 2}}),
    ],
)
def test_a_clash_is_settled_as_chosen(
    trial: LogTrial,
    sheet: str,
    reason: str,
    option: str,
    expected: dict[tuple[str, str], dict[str, float]],
) -> None:
    clash = open_clash(trial, sheet)
    assert clash.reason == reason
    assert option in clash.options
    result = trial.kpi(trial.file(sheet), choices={clash.key: option})
    assert not result.clashes
    assert series(trial) == expected
    if option == "skip":
        assert [(s.reason, s.count) for s in result.skipped] == [("not_chosen", 2)]


def test_a_choice_nobody_offered_is_none(trial: LogTrial) -> None:
    clash = open_clash(trial, UNITS)
    assert trial.kpi(trial.file(UNITS), choices={clash.key: "convert:EUR"}).clashes == (clash,)


def test_what_the_workspace_has_is_the_unit_and_the_kind(trial: LogTrial) -> None:
    trial.kpi(trial.file("kpi,period,value,unit\nA,2026Q1,90,min\n"))
    hours = "kpi,period,value,unit\nA,2026Q2,2,h\n"
    clash = open_clash(trial, hours)
    assert clash.options == ("convert:min", "separate", "skip")
    trial.kpi(trial.file(hours), choices={clash.key: "convert:min"})
    assert series(trial) == {("A", "min"): {"2026Q1": 90, "2026Q2": 120}}
    months = "kpi,period,value\nA,2026-07,1\n"
    assert open_clash(trial, months).options == ("separate", "skip")


def test_bare_values_beside_percent_are_asked_whatever_is_known(trial: LogTrial) -> None:
    trial.kpi(trial.file("kpi,period,value\nA,2025Q4,44 %\n"))
    assert open_clash(trial, SHARES).options[0] == "shares:%"


def test_known_values_become_a_kpi_of_their_own(trial: LogTrial) -> None:
    trial.kpi(trial.file("kpi,period,value\nA,2026Q1,1\n"))
    trial.kpi(trial.file("kpi,period,value\nA,2026Q1,2\n"), if_known="separate")
    trial.kpi(trial.file("kpi,period,value\nA,2026Q1,3\n"), if_known="separate")
    assert series(trial) == {
        ("A", ""): {"2026Q1": 1},
        ("A (2)", ""): {"2026Q1": 2},
        ("A (3)", ""): {"2026Q1": 3},
    }


@given(st.floats(0.001, 1e6), st.sampled_from(["s", "min", "h", "d"]), st.sampled_from(["s", "h"]))
def test_conversion_there_and_back(value: float, one: str, other: str) -> None:
    there, back = factor(one, other), factor(other, one)
    assert there is not None
    assert back is not None
    assert value * there * back == pytest.approx(value)
    assert factor(one, "%") is None


@given(st.dates(min_value=__import__("datetime").date(1901, 1, 1)), st.integers(0, 400))
def test_a_period_over_days_is_one_a_sheet_can_name(first: object, days: int) -> None:
    from datetime import date, timedelta

    assert isinstance(first, date)
    if first > date(9990, 1, 1):
        return
    found = period_over(first, first + timedelta(days=days))
    if found is not None and 1901 <= first.year <= 2099:
        period = parse_period(found)
        assert period is not None
        assert period.text == found
