"""Quarters by the company's own year; what is unfinished rolls over and says so."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from journey.model.ids import ImprovementId, LeaderId, PainPointId
from journey.model.improvement import Improvement
from journey.model.quarter import quarter_of
from journey.model.workspace import Workspace
from journey.quarter.planning import (
    finished_between,
    next_quarter,
    owners,
    plan_of,
    quarter_days,
    roll_over,
    unfinished,
    year_before,
)

LABELS = st.builds(lambda y, q: f"{y}Q{q}", st.integers(1990, 2090), st.integers(1, 4))
MONTHS = st.integers(1, 12)
TODAY = date(2027, 1, 10)


@given(LABELS, MONTHS)
def test_days_of_a_quarter_are_its_own(label: str, month: int) -> None:
    first, last = quarter_days(label, month)
    assert quarter_of(first, month) == quarter_of(last, month) == label
    assert quarter_of(first - timedelta(days=1), month) != label
    assert quarter_days(next_quarter(label), month)[0] == last + timedelta(days=1)


@given(LABELS)
def test_four_quarters_make_a_year(label: str) -> None:
    there = label
    for _ in range(4):
        there = next_quarter(there)
    assert year_before(there) == label


def planned(ws: Workspace, name: str, **more: object) -> Improvement:
    """Add an improvement."""
    made = replace(Improvement(ImprovementId(name), name, (PainPointId("p0"),)), **more)  # type: ignore[arg-type]
    ws.put(made)
    return made


def test_what_is_unfinished_rolls_over_and_can_be_undone(ws: Workspace) -> None:
    planned(ws, "open", quarter="2026Q4", due=date(2026, 12, 1), rolled_from=("2026Q3",))
    planned(ws, "done", quarter="2026Q4", status="done")
    planned(ws, "later", quarter="2027Q1")
    before = ws.copy()
    assert [i.id for i in unfinished(ws, "2026Q4")] == ["open"]
    command = roll_over(ws, "2026Q4")
    assert command is not None
    command.do(ws)
    moved = ws.improvements[ImprovementId("open")]
    assert (moved.quarter, moved.rolled_from) == ("2027Q1", ("2026Q3", "2026Q4"))
    assert moved.due == date(2026, 12, 1)
    assert ws.improvements[ImprovementId("done")].quarter == "2026Q4"
    assert roll_over(ws, "2026Q4") is None
    command.undo(ws)
    assert ws == before
    assert roll_over(ws, "2026Q4", only=()) is None


def test_the_plan_names_who_and_what_is_late(ws: Workspace) -> None:
    planned(ws, "late", quarter="2026Q4")
    planned(ws, "in time", quarter="2027Q1", due=date(2027, 2, 1))
    planned(ws, "overdue", quarter="2027Q1", due=date(2027, 1, 1))
    planned(ws, "finished", quarter="2026Q4", due=date(2026, 1, 1), status="done")
    plan = plan_of(ws, TODAY)
    assert list(plan) == ["2026Q4", "2027Q1"]
    late = {p.improvement.id: p.late for rows in plan.values() for p in rows}
    assert late == {"late": True, "finished": False, "in time": False, "overdue": True}
    assert plan["2027Q1"][0].improvement.id == "overdue"
    assert plan["2026Q4"][0].leader == LeaderId("anna")
    assert owners(ws)[ImprovementId("i")] == LeaderId("anna")


def test_finished_by_the_companys_own_year(ws: Workspace) -> None:
    ws.put(replace(ws.info, fiscal_year_start_month=4))
    planned(ws, "a", status="done", done_on=date(2026, 5, 17))
    planned(ws, "b", status="done", done_on=date(2026, 5, 16))
    planned(ws, "c", status="done")
    planned(ws, "d", status="started", done_on=date(2026, 6, 1))
    planned(ws, "e", status="done", done_on=date(2026, 10, 1))
    assert [i.id for i in finished_between(ws, "2027Q1", "2027Q2")] == ["a", "c"]
