"""What a call names, looked up in the workspace: journeys, leaders, quarters."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from journey.errors import WaymarkError
from journey.model.ids import JourneyId, LeaderId, SegmentId
from journey.model.quarter import parse_quarter
from journey.model.workspace import Workspace

UNASSIGNED = "Unassigned"


class CallError(WaymarkError):
    """The call is wrong.

    Attributes:
        message: a sentence for people. nearest: names that may have been meant.
    """

    def __init__(self, message: str, nearest: Sequence[str] = ()) -> None:
        self.message = message
        self.nearest = tuple(nearest)
        super().__init__("call", message=message)


def _unknown(what: str, name: str, known: Iterable[str]) -> CallError:
    names = sorted(set(known))
    near = get_close_matches(name, names, 3, 0.4) or names[:5]
    return CallError(f"The workspace has no {what} “{name}”.", near)


def find_journey(ws: Workspace, name: str | None) -> JourneyId | None:
    """Return the journey of that name, or None where none was asked for."""
    if name is None:
        return None
    for journey in ws.journeys.values():
        if journey.name.casefold() == name.casefold():
            return journey.id
    raise _unknown("journey", name, (j.name for j in ws.journeys.values()))


def find_leader(ws: Workspace, name: str) -> LeaderId | None:
    """Return the leader of that name; None is "Unassigned"."""
    for leader in ws.leaders.values():
        if leader.name.casefold() == name.casefold():
            return leader.id
    if name.casefold() == UNASSIGNED.casefold():
        return None
    raise _unknown("leader", name, (leader.name for leader in ws.leaders.values()))


def find_segment(ws: Workspace, name: str) -> SegmentId:
    """Return the segment of that name, or of that id."""
    for segment in ws.segments.values():
        if name == segment.id or name.casefold() == segment.name.casefold():
            return segment.id
    raise _unknown("segment", name, (segment.name for segment in ws.segments.values()))


def find_quarter(
    asked: str | None, with_evidence: Sequence[str], frozen: Iterable[str] = ()
) -> str | None:
    """Return the quarter asked for, by default the latest with evidence; None without any."""
    known = sorted({*with_evidence, *frozen})
    if asked is None:
        found = list(with_evidence) or known
        return found[-1] if found else None
    try:
        parse_quarter(asked)
    except ValueError:
        raise CallError(f"“{asked}” is no quarter; write it as 2026Q4.") from None
    if asked not in known:
        raise CallError(f"There is no evidence for {asked}.", known[-3:])
    return asked
