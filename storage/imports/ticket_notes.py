"""Which figures a table of tickets gives, what each is called and how it was counted."""

from dataclasses import dataclass

from journey.metrics.fcr import WINDOW_DAYS
from storage.imports.mapping_parts import TicketsMapping
from storage.imports.ticket_columns import is_business


@dataclass(frozen=True, slots=True)
class Figure:
    """One KPI made of tickets.

    Attributes:
        name: with how it was counted, where that is not as the trade has it.
        measure: the KPI of the trade; "" where it is none. note: how it was counted.
        column: the column it rests on. needs: the roles of columns it rests on.
        window_days: how long a solved ticket may come back.
    """

    name: str
    measure: str
    unit: str
    better: str
    note: str
    column: str
    needs: frozenset[str] = frozenset()
    window_days: int = 0


def figures_of(tickets: TicketsMapping) -> dict[str, Figure]:
    """Return the figures by key: in_time, response, resolution, fcr; those the columns allow."""
    found: dict[str, Figure] = {}
    answer = tickets.reply or (tickets.replied if tickets.created else None)
    if answer:
        found |= _answers(tickets, answer)
    solution = tickets.resolution or (tickets.solved if tickets.created else None)
    if solution:
        found["resolution"] = _solution(tickets, solution)
    fcr = _first_contact(tickets)
    if fcr is not None:
        found["fcr"] = fcr
    return found


def _answers(tickets: TicketsMapping, column: str) -> dict[str, Figure]:
    business = tickets.reply is not None and is_business(tickets.reply)
    hours = "business hours" if business else "hours of the clock"
    told_solved = tickets.solved or tickets.status or tickets.resolution
    waits = tickets.created and told_solved and not business
    late = (
        " Unsolved tickets without a reply count as late once they are 2 hours old."
        if waits
        else " Tickets without a reply are left out."
    )
    told = f"from “{column}”" if tickets.reply else f"from “{tickets.created}” to “{column}”"
    share = f"Tickets answered in under 2 hours / tickets, {hours}, {told}.{late}"
    median = f"Median hours until the first reply, {hours}, {told}; tickets with a reply."
    in_time = "Answered within 2 h (business hours)" if business else "Answered within 2 h"
    name = "Response time (median, business hours)" if business else "Response time (median)"
    return {
        "in_time": Figure(in_time, "response_in_time", "%", "higher", share, column),
        "response": Figure(name, "response_time", "h", "lower", median, column),
    }


def _solution(tickets: TicketsMapping, column: str) -> Figure:
    business = tickets.resolution is not None and is_business(tickets.resolution)
    first = tickets.resolution is not None and "first" in tickets.resolution.casefold()
    what = "First resolution time" if first else "Resolution time"
    how = "median, business hours" if business else "median"
    hours = "business hours" if business else "hours of the clock"
    told = f"from “{column}”" if tickets.resolution else f"from “{tickets.created}” to “{column}”"
    note = f"Median hours until a ticket was solved, {hours}, {told}; solved tickets."
    return Figure(f"{what} ({how})", "", "h", "lower", note, column)


def _first_contact(tickets: TicketsMapping) -> Figure | None:
    """Return first contact resolution as the columns allow it; None where they do not."""
    solved = tickets.solved or tickets.status or tickets.resolution
    if not solved:
        return None
    name = "First contact resolution"
    if tickets.first_contact:
        note = f"Solved tickets marked as solved at first contact in “{tickets.first_contact}”."
        needs = frozenset({"first_contact"})
        column = tickets.first_contact
        return Figure(f"{name} (as marked)", "fcr", "%", "higher", note, column, needs)
    days = tickets.repeat_days
    told = {
        "replies": (tickets.replies, "one reply", "at most one reply"),
        "reopens": (tickets.reopens, "not reopened", "not reopened"),
        "requester": (
            tickets.requester if tickets.created and tickets.solved and days else None,
            f"no repeat in {days} days",
            f"no other ticket of the same requester within {days} days",
        ),
    }
    kept = {role: parts for role, parts in told.items() if parts[0]}
    if not kept:
        return None
    whole = {"replies", "requester"} <= kept.keys() and days == WINDOW_DAYS
    how = "" if whole else f" ({', '.join(short for _, short, _ in kept.values())})"
    note = (
        f"Solved tickets with {', '.join(long for _, _, long in kept.values())} / solved tickets;"
        f" tickets solved less than {days} days before the last date of the file are left out."
    )
    column = next(str(each) for each, _, _ in kept.values())
    return Figure(f"{name}{how}", "fcr", "%", "higher", note, column, frozenset(kept), days)
