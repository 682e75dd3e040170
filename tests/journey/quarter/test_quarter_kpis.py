"""KPI series between quarters: rates are tested with all else, the rest is only shown."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.metrics.intervals import benjamini_hochberg
from journey.model.evidence import Kpi, Observation
from journey.model.ids import KpiId, ObservationId
from journey.model.workspace import Workspace, WorkspaceInfo
from journey.quarter.compare import compare
from journey.quarter.kpis import KpiChange, Untested, judged, kpi_changes
from tests.journey.quarter.quarter_bank import side, table

FIRST, SECOND = "2026Q3", "2026Q4"
Rows = list[tuple[str, float, int | None]]


def workspace(rows: Rows, unit: str = "%", better: str = "higher", month: int = 1) -> Workspace:
    """Return one KPI with these observations: period, value, of how many."""
    ws = Workspace(entities=[WorkspaceInfo(name="Bank", fiscal_year_start_month=month)])
    ws.put(Kpi(KpiId("k"), "Finished", unit=unit, better=better))
    for number, (period, value, n) in enumerate(rows):
        ws.put(Observation(ObservationId(f"o{number}"), KpiId("k"), period, value, n))
    return ws


def change(rows: Rows, unit: str = "%", better: str = "higher", month: int = 1) -> KpiChange:
    ws = workspace(rows, unit, better, month)
    (found,) = judged(kpi_changes((ws, FIRST), (ws, SECOND)), (), 0.05)
    return found


def test_two_rates_are_compared_by_agresti_and_caffo() -> None:
    found = change([(FIRST, 60.0, 200), (SECOND, 75.0, 240)])
    one, two = 121 / 202, 181 / 242
    error = math.sqrt(one * (1 - one) / 202 + two * (1 - two) / 242)
    assert found.low95 == pytest.approx(100 * (two - one - 1.959964 * error), abs=1e-4)
    assert found.high95 == pytest.approx(100 * (two - one + 1.959964 * error), abs=1e-4)
    assert found.p == pytest.approx(math.erfc((two - one) / error / math.sqrt(2)))
    assert (found.difference, found.n_from, found.n_to) == (pytest.approx(15.0), 200, 240)
    assert found.changed
    assert found.better


@pytest.mark.parametrize(
    ("rows", "unit", "why"),
    [
        ([(FIRST, 60.0, None), (SECOND, 75.0, 240)], "%", Untested.NO_COUNT),
        ([(FIRST, 60.0, 200), (SECOND, 75.0, 0)], "%", Untested.NO_COUNT),
        ([(FIRST, 6.0, 200), (SECOND, 7.5, 240)], "days", Untested.NO_RATE),
        ([(FIRST, 60.0, 200), (SECOND, 130.0, 240)], "%", Untested.NO_RATE),
        ([(FIRST, 60.0, 4), (SECOND, 75.0, 240)], "%", Untested.TOO_FEW),
    ],
)
def test_what_cannot_be_tested_is_shown_without_a_verdict(
    rows: Rows, unit: str, why: Untested
) -> None:
    found = change(rows, unit)
    assert found.untested is why
    assert (found.p, found.low95, found.significant) == (None, None, False)
    assert found.difference == rows[1][1] - rows[0][1]


def test_few_are_indicative_and_lower_may_be_better() -> None:
    found = change([(FIRST, 90.0, 20), (SECOND, 10.0, 20)], better="lower")
    assert found.significant
    assert not found.changed
    assert found.better


def test_months_weeks_and_days_make_a_quarter_and_nothing_counts_twice() -> None:
    months = [("2026-07", 50.0, 100), ("2026-08", 60.0, 300), ("2026-10", 70.0, 100)]
    found = change(months)
    assert (found.value_from, found.n_from, found.value_to) == (pytest.approx(57.5), 400, 70.0)
    own = change([*months, (FIRST, 55.0, 410)])
    assert (own.value_from, own.n_from) == (55.0, 410)


def test_a_week_lies_where_its_thursday_does() -> None:
    rows: Rows = [("2026-W39", 40.0, 100), ("2026-W40", 60.0, 100)]
    found = change(rows)
    assert (found.value_from, found.value_to) == (40.0, 60.0)


def test_quarters_are_the_companys_own() -> None:
    # A year that starts in April bears the year it ends in: July to September 2025 is 2026Q2.
    found = change([("2025-10", 40.0, 100), ("2026-01", 60.0, 100)], month=4)
    assert (found.value_from, found.value_to) == (40.0, 60.0)


@pytest.mark.parametrize("period", ["2026", "2026-13", "2026-W60", "soon", "2026-02-30"])
def test_other_periods_lie_in_no_quarter(period: str) -> None:
    ws = workspace([(period, 1.0, 10), (FIRST, 1.0, 10), (SECOND, 1.0, 10)])
    (found,) = kpi_changes((ws, FIRST), (ws, SECOND))
    assert (found.value_from, found.value_to) == (1.0, 1.0)
    assert kpi_changes((workspace([(period, 1.0, 10)]), FIRST), (ws, SECOND)) == ()


def test_a_kpi_whose_unit_was_changed_is_not_compared() -> None:
    rows: Rows = [(FIRST, 60.0, 200), (SECOND, 75.0, 240)]
    assert kpi_changes((workspace(rows, "of 1"), FIRST), (workspace(rows), SECOND)) == ()


@given(
    st.lists(st.floats(0, 1), min_size=1, max_size=12),
    st.lists(st.floats(0, 1), max_size=12),
)
def test_all_tests_are_one_family(mine: list[float], beside: list[float]) -> None:
    rows = [KpiChange(KpiId("k"), "K", None, "", "%", 1.0, 2.0, 1.0, p=p) for p in mine]
    found = tuple(row.significant for row in judged(rows, beside, 0.05))
    assert found == benjamini_hochberg([*mine, *beside], 0.05)[: len(mine)]


def test_a_comparison_judges_figures_and_kpis_together(ws: Workspace) -> None:
    ws.put(Kpi(KpiId("k"), "Finished", unit="%"))
    ws.put(Kpi(KpiId("m"), "Days", unit="days"))
    for name, unit_rows in (("k", (40.0, 60.0)), ("m", (4.0, 6.0))):
        for period, value in zip((FIRST, SECOND), unit_rows, strict=True):
            ws.put(Observation(ObservationId(f"{name}{period}"), KpiId(name), period, value, 300))
    found = compare(side(ws, FIRST, table(FIRST)), side(ws, SECOND, table(SECOND)))
    rate, days = {k.kpi: k for k in found.kpis}["k"], {k.kpi: k for k in found.kpis}["m"]
    assert rate.changed
    assert days.untested is Untested.NO_RATE
    tests = [row.p for row in found.touchpoints if row.p is not None]
    assert rate.p is not None
    verdicts = benjamini_hochberg([*tests, rate.p], found.rate)
    told = [row.significant for row in found.touchpoints if row.p is not None]
    assert (*told, rate.significant) == verdicts
