"""Improvements planned into quarters, by the company's own year; unfinished ones roll over."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from journey.edit import Batch, Command, Set, Summary
from journey.model.ids import ImprovementId, Kind, LeaderId, Ref
from journey.model.improvement import Improvement
from journey.model.quarter import parse_quarter
from journey.model.workspace import Workspace, leader_of

DONE = "done"


def next_quarter(label: str) -> str:
    """Return the label of the quarter after; ValueError where it is none."""
    year, part = parse_quarter(label)
    return f"{year + 1:04d}Q1" if part == 4 else f"{year:04d}Q{part + 1}"


def year_before(label: str) -> str:
    """Return the label of the same quarter a year before; ValueError where it is none."""
    year, part = parse_quarter(label)
    return f"{year - 1:04d}Q{part}"


def quarter_days(label: str, first_month: int = 1) -> tuple[date, date]:
    """Return the first and the last day of a quarter, the inverse of `model.quarter.quarter_of`.

    Args:
        first_month: of the company's year, 1 … 12; a year that starts after January bears the
            calendar year in which it ends.
    """
    year, part = parse_quarter(label)
    months = (year - (1 if first_month > 1 else 0)) * 12 + first_month - 1 + 3 * (part - 1)
    start = date(months // 12, months % 12 + 1, 1)
    after = months + 3
    return start, date(after // 12, after % 12 + 1, 1) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Planned:
    """One improvement in the plan of a quarter.

    Attributes:
        leader: its owner, else who owns the row of the first pain point it addresses.
        late: open though its due day, or the last day of its quarter, is past.
    """

    improvement: Improvement
    leader: LeaderId | None
    late: bool


def plan_of(ws: Workspace, today: date) -> dict[str, tuple[Planned, ...]]:
    """Return what is planned into each quarter, ascending; by due day, then title."""
    found: dict[str, list[Planned]] = defaultdict(list)
    for improvement in ws.improvements.values():
        if improvement.quarter is not None:
            last = quarter_days(improvement.quarter, ws.info.fiscal_year_start_month)[1]
            late = improvement.is_open and (improvement.due or last) < today
            who = _leader(ws, improvement)
            found[improvement.quarter].append(Planned(improvement, who, late))
    return {quarter: tuple(sorted(found[quarter], key=_place)) for quarter in sorted(found)}


def unfinished(ws: Workspace, quarter: str) -> tuple[Improvement, ...]:
    """Return the open improvements planned into a quarter, by id."""
    mine = (i for i in ws.improvements.values() if i.quarter == quarter and i.is_open)
    return tuple(sorted(mine, key=lambda i: i.id))


def roll_over(
    ws: Workspace, quarter: str, only: Iterable[ImprovementId] | None = None
) -> Command | None:
    """Return the one undoable step that moves what is unfinished to the quarter after.

    Each keeps its due day and bears the quarter it was planned for in `rolled_from`. None where
    nothing is unfinished.

    Args:
        only: of these; None takes all.
    """
    wanted = None if only is None else set(only)
    to = next_quarter(quarter)
    commands: list[Command] = [
        Set(
            Ref(Kind.IMPROVEMENT, improvement.id),
            quarter=to,
            rolled_from=(*improvement.rolled_from, quarter),
        )
        for improvement in unfinished(ws, quarter)
        if wanted is None or improvement.id in wanted
    ]
    if not commands:
        return None
    return Batch(commands, Summary("change", Kind.IMPROVEMENT, count=len(commands)))


def finished_between(ws: Workspace, first: str, last: str) -> tuple[Improvement, ...]:
    """Return what was done from the middle of one quarter to the end of another, by id.

    What was done in the first half of the first quarter was there for most of its answers. Without
    a day it counts: nobody knows better.
    """
    middle = middle_of(first, ws.info.fiscal_year_start_month)
    end = quarter_days(last, ws.info.fiscal_year_start_month)[1]
    done = (i for i in ws.improvements.values() if i.status == DONE)
    found = (i for i in done if i.done_on is None or middle < i.done_on <= end)
    return tuple(sorted(found, key=lambda i: i.id))


def middle_of(label: str, first_month: int = 1) -> date:
    """Return the middle day of a quarter."""
    first, last = quarter_days(label, first_month)
    return first + (last - first) / 2


def owners(ws: Workspace) -> Mapping[ImprovementId, LeaderId | None]:
    """Return who answers for each improvement."""
    return {i.id: _leader(ws, i) for i in ws.improvements.values()}


def _leader(ws: Workspace, improvement: Improvement) -> LeaderId | None:
    if improvement.owner is not None:
        return improvement.owner
    for pain in improvement.addresses:
        found = ws.pain_points.get(pain)
        if found is not None:
            return leader_of(ws, found)
    return None


def _place(planned: Planned) -> tuple[bool, bool, date, str, str]:
    improvement = planned.improvement
    due = improvement.due or date.max
    return not planned.late, not improvement.is_open, due, improvement.title, improvement.id
