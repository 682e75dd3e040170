"""What a returned pack changes: found field by field, taken as one step, never by halves."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.errors import ReturnError
from journey.model.improvement import CLOSED_STATUSES, OPEN_STATUSES, Improvement
from journey.model.map import Journey, PainPoint
from journey.model.people import Leader
from journey.model.workspace import Workspace, WorkspaceInfo
from journey.returns import (
    Field,
    ReturnedPack,
    ReturnedRow,
    Value,
    check_belongs,
    find_differences,
    refusals,
    take_back,
)
from journey.returns.differences import made_id, value_of
from journey.returns.pack import NOTHING

DAY = date(2027, 3, 31)
TODAY = date(2027, 1, 20)


def bank() -> Workspace:
    """Return two pain points: one with an improvement, one without."""
    ws = Workspace(entities=[WorkspaceInfo(name="Bank")])
    ws.put(Leader("vik", "Jonas Vik"))
    ws.put(Journey("j", "Opening"))
    ws.put(PainPoint("queue", "j", "Queue too long", owner="vik"))
    ws.put(PainPoint("form", "j", "Form asks twice", owner="vik"))
    ws.put(Improvement("fix", "More desks", ("queue",), 12.0, status="planned", due=DAY))
    return ws


HELD = {
    Field.STATUS: "planned",
    Field.DUE: DAY,
    Field.EFFORT: 12.0,
    Field.NOTES: "",
}


def row(pain: str = "queue", improvement: str | None = "fix", **changed: Value) -> ReturnedRow:
    """Return a row as it came back; what is not named was left as it was."""
    held = dict(HELD if improvement else NOTHING)
    returned = {**held, **{Field(key): value for key, value in changed.items()}}
    return ReturnedRow(4, pain, improvement, pain, held, returned)


def pack(*rows: ReturnedRow) -> ReturnedPack:
    return ReturnedPack("Bank", "00", "2026Q4", "vik", "Jonas Vik", rows)


values = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from((*OPEN_STATUSES, *CLOSED_STATUSES)),
        "due": st.none() | st.dates(date(2000, 1, 1), date(2099, 12, 31)),
        "effort_days": st.none() | st.floats(0.1, 1000),
        "notes": st.text("abcÆø Щ\n", max_size=20).map(str.strip),
    },
)


@given(values)
def test_what_is_taken_is_what_was_returned_and_one_undo_brings_it_back(
    changed: dict[str, Value],
) -> None:
    ws = bank()
    before = ws.copy()
    came = pack(row(**changed))
    found = find_differences(ws, came)
    assert not found.refused
    assert {d.field.value for d in found.differences} == {
        key for key, value in changed.items() if value != HELD[Field(key)]
    }
    command = take_back(ws, found.differences, came.quarter)
    command.do(ws)
    for field in Field:
        assert value_of(ws.improvements["fix"], field) == {**HELD, **changed}[field]
    assert find_differences(ws, came).differences == ()
    command.undo(ws)
    assert ws == before


@given(values)
def test_a_row_without_an_improvement_gets_one_when_something_was_filled_in(
    changed: dict[str, Value],
) -> None:
    ws = bank()
    came = pack(row("form", None, **changed))
    filled = {k: v for k, v in changed.items() if v not in (None, "")}
    found = find_differences(ws, came)
    assert all(d.created and not d.conflict for d in found.differences)
    take_back(ws, found.differences, came.quarter).do(ws)
    made = ws.improvements.get(made_id("form"))
    assert (made is not None) == bool(filled)
    if made is not None:
        assert (made.title, made.addresses) == ("Form asks twice", ("form",))
        assert (made.owner, made.quarter) == ("vik", "2026Q4")
        assert made.status == changed.get("status", "proposed")
        assert find_differences(ws, came).differences == ()


def test_what_moved_on_since_the_export_is_a_conflict() -> None:
    ws = bank()
    ws.put(replace(ws.improvements["fix"], due=date(2027, 5, 1)))
    due, status = find_differences(
        ws, pack(row(due=date(2027, 4, 1), status="started"))
    ).differences[::-1]
    assert (due.exported, due.now, due.returned, due.conflict) == (
        DAY,
        date(2027, 5, 1),
        date(2027, 4, 1),
        True,
    )
    assert not status.conflict


def test_what_was_left_alone_is_no_difference_however_the_workspace_moved() -> None:
    ws = bank()
    ws.put(replace(ws.improvements["fix"], due=None, status="done", notes="said here"))
    assert find_differences(ws, pack(row())).differences == ()


def test_what_the_workspace_says_already_is_no_difference() -> None:
    ws = bank()
    ws.put(replace(ws.improvements["fix"], status="started"))
    assert find_differences(ws, pack(row(status="started"))).differences == ()


def test_an_emptied_status_says_nothing_an_emptied_date_says_none() -> None:
    (only,) = find_differences(bank(), pack(row(status="", due=None))).differences
    assert (only.field, only.returned) == (Field.DUE, None)


def test_two_rows_of_one_improvement_agree_or_are_refused() -> None:
    ws = bank()
    ws.put(replace(ws.improvements["fix"], addresses=("queue", "form")))
    agree = pack(row(status="done"), replace(row("form", status="done"), line=5))
    assert len(find_differences(ws, agree).differences) == 1
    one = pack(row(status="done"), replace(row("form"), line=5))
    assert [d.returned for d in find_differences(ws, one).differences] == ["done"]
    differ = pack(row(status="done", notes="x"), replace(row("form", status="dropped"), line=5))
    found = find_differences(ws, differ)
    assert [d.field for d in found.differences] == [Field.NOTES]
    assert [(c.line, c.reason) for c in found.refused] == [(4, "contradicts"), (5, "contradicts")]


def test_what_is_gone_is_refused_by_name() -> None:
    ws = bank()
    gone = find_differences(ws, pack(row("queue", "lost", status="done")))
    assert [(c.field, c.reason) for c in gone.refused] == [(Field.STATUS, "improvement_gone")]
    gone = find_differences(ws, pack(row("lost", None, notes="x"), row("lost", None)))
    assert [(c.field, c.reason) for c in gone.refused] == [(Field.NOTES, "pain_point_gone")]


def test_an_improvement_made_since_takes_the_answers_of_a_row_that_had_none() -> None:
    ws = bank()
    ws.put(Improvement("new", "Ask once", ("form",), status="planned"))
    found = find_differences(ws, pack(row("form", None, due=DAY, status="started"))).differences
    assert [(d.improvement, d.field, d.conflict) for d in found] == [
        ("new", Field.STATUS, True),
        ("new", Field.DUE, False),
    ]


def test_what_comes_back_as_done_was_finished_by_that_day() -> None:
    ws = bank()
    found = find_differences(ws, pack(row(status="done"))).differences
    take_back(ws, found, "2026Q4", on=TODAY).do(ws)
    assert ws.improvements["fix"].done_on == TODAY


@pytest.mark.parametrize(
    ("came", "quarter", "reason"),
    [
        (replace(pack(row()), workspace="Another"), "2026Q4", "another_workspace"),
        (pack(row("unknown", None)), "2026Q4", "another_workspace"),
        (pack(row()), "2027Q1", "another_quarter"),
        (pack(row()), None, "another_quarter"),
    ],
)
def test_a_pack_from_elsewhere_is_refused(
    came: ReturnedPack, quarter: str | None, reason: str
) -> None:
    with pytest.raises(ReturnError) as raised:
        check_belongs(bank(), came, quarter)
    assert raised.value.reason == reason


def test_a_renamed_workspace_can_say_so() -> None:
    came = replace(pack(row()), workspace="Old name")
    check_belongs(bank(), came, "2026Q4", renamed=True)
    with pytest.raises(ReturnError) as raised:
        check_belongs(bank(), came, "2026Q4")
    assert raised.value.facts["named"] is True


@pytest.mark.parametrize(
    ("of_pack", "of_file", "taken"),
    [
        ("a1", "a1", True),
        ("a1", "b2", False),
        ("", "", False),
        ("", "b2", False),
        ("a1", "", False),
    ],
)
def test_the_same_file_is_known_under_any_name(of_pack: str, of_file: str, taken: bool) -> None:
    came = replace(pack(row("unknown", None)), workspace="Old name", workspace_id=of_pack)
    if taken:
        check_belongs(bank(), came, "2026Q4", workspace_id=of_file)
        return
    with pytest.raises(ReturnError, match="another_workspace"):
        check_belongs(bank(), came, "2026Q4", workspace_id=of_file)


def test_what_the_workspace_refuses_keeps_nothing_else_back() -> None:
    ws = bank()
    bad, good = find_differences(ws, pack(row(effort_days=-1.0, status="done"))).differences[::-1]
    barred = refusals(ws, (good, bad))
    assert barred == {bad: "not_positive"}
