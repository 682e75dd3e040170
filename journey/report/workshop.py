"""What a workshop ends with, as rows: every sticky with its place, classes and votes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from journey.model.ids import JourneyId, Kind
from journey.model.map import PainPoint
from journey.model.votes import Voter, ballots_of, dots_in, voters
from journey.model.workspace import Column, StageColumns, Workspace, leader_of, outline


@dataclass(frozen=True, slots=True)
class WorkshopRow:
    """One sticky.

    Attributes:
        kind: pain point, strength or improvement.
        severity, frequency: 1 … 5; None is not judged, as for what is no pain point.
        votes: dots; None where nobody voted on it.
        ballots: dots by name, most first.
        owner: who owns its row; "" is nobody.
        new: captured in this workshop.
    """

    kind: Kind
    title: str
    stage: str
    touchpoint: str
    severity: int | None = None
    frequency: int | None = None
    votes: int | None = None
    ballots: tuple[tuple[str, int], ...] = ()
    owner: str = ""
    notes: str = ""
    new: bool = False


@dataclass(frozen=True, slots=True)
class WorkshopSheet:
    """A journey as the workshop left it.

    Attributes:
        rows: pain points by votes, then by severity and frequency; strengths; improvements.
        voters: who voted by name. dots: all that were given, with and without a name.
    """

    workspace: str
    journey: str
    language: str
    generated_on: date
    rows: tuple[WorkshopRow, ...]
    voters: tuple[Voter, ...]
    dots: int


def workshop_sheet(
    ws: Workspace, journey: JourneyId, captured: frozenset[str], generated_on: date
) -> WorkshopSheet:
    """Return the sheet of a journey; `captured` holds the ids of what is new."""
    pains: list[WorkshopRow] = []
    strengths: list[WorkshopRow] = []
    improvements: list[WorkshopRow] = []
    seen: set[str] = set()
    for group in outline(ws, journey):
        for column in group.columns:
            place = (group.stage.name if group.stage else "", column.touchpoint.name)
            pains += [_pain(ws, p, place, p.id in captured) for p in column.pain_points]
            strengths += [
                WorkshopRow(Kind.STRENGTH, s.title, *place, notes=s.evidence, new=s.id in captured)
                for s in column.strengths
            ]
            improvements += _improvements(ws, group, column, captured, seen)
    pains += _without_place(ws, journey, captured)
    pains.sort(key=_by_votes)
    mine = ws.journeys[journey]
    return WorkshopSheet(
        ws.info.name,
        mine.name,
        ws.info.language,
        generated_on,
        (*pains, *strengths, *improvements),
        voters(ws, journey),
        dots_in(ws, journey),
    )


def _by_votes(row: WorkshopRow) -> tuple[int, int, int]:
    """Sort as the room decided: votes, then severity, then frequency; ties as on the map."""
    return -(row.votes or 0), -(row.severity or 0), -(row.frequency or 0)


def _pain(ws: Workspace, pain: PainPoint, place: tuple[str, str], new: bool) -> WorkshopRow:
    leader = leader_of(ws, pain)
    owner = ws.leaders.get(leader) if leader else None
    ballots = sorted(ballots_of(pain).items(), key=lambda b: (-b[1], b[0]))
    return WorkshopRow(
        Kind.PAIN_POINT,
        pain.title,
        *place,
        pain.severity,
        pain.frequency,
        pain.votes,
        tuple(ballots),
        owner.name if owner else "",
        pain.evidence,
        new,
    )


def _without_place(
    ws: Workspace, journey: JourneyId, captured: frozenset[str]
) -> Iterator[WorkshopRow]:
    for pain in ws.pain_points.values():
        if pain.journey == journey and pain.touchpoint is None:
            yield _pain(ws, pain, ("", ""), pain.id in captured)


def _improvements(
    ws: Workspace,
    group: StageColumns,
    column: Column,
    captured: frozenset[str],
    seen: set[str],
) -> Iterator[WorkshopRow]:
    """Yield a column's improvements; one that stands under several is told once."""
    for one in column.improvements:
        if one.id in seen:
            continue
        seen.add(one.id)
        owner = ws.leaders.get(one.owner) if one.owner else None
        yield WorkshopRow(
            Kind.IMPROVEMENT,
            one.title,
            group.stage.name if group.stage else "",
            column.touchpoint.name,
            owner=owner.name if owner else "",
            notes=one.notes,
            new=one.id in captured,
        )
