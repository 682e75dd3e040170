"""What a format cannot hold, counted, so that nobody finds it missing later."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, fields

from journey.model.assumptions import Assumptions
from journey.model.ids import JourneyId, Kind
from journey.model.map import Note
from journey.model.workspace import Entity, Workspace

_OF_THE_WORKSPACE = frozenset({Kind.WORKSPACE, Kind.ASSUMPTIONS, Kind.JOURNEY})
# Counted where the evidence is at hand: a file may hold logs that no object stands for.
_WITH_THE_EVIDENCE = frozenset({Kind.EVENT_LOG})


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that did not come across, or came across changed.

    Attributes:
        kind: a stable word: a kind of object ("kpi"), a field ("touchpoint.channel") or what was
            changed ("name_changed").
        count: how many times, ≥ 1.
    """

    kind: str
    count: int


def as_losses(counts: Counter[str]) -> tuple[Loss, ...]:
    """Return what was counted, by kind; zeros are no losses."""
    return tuple(Loss(kind, counts[kind]) for kind in sorted(counts) if counts[kind] > 0)


def left_out(ws: Workspace, journey: JourneyId, carried: Collection[Kind]) -> Counter[str]:
    """Count what stays behind where one journey is written and only some kinds are carried.

    Objects of other journeys are counted as these journeys; event logs with the evidence.
    """
    counts: Counter[str] = Counter(other_journey=len(ws.journeys) - 1)
    elsewhere = _OF_THE_WORKSPACE | _WITH_THE_EVIDENCE
    for kind in Kind:
        if kind not in carried and kind not in elsewhere:
            counts[kind.value] += sum(map(_says_something, of_journey(ws, journey, kind)))
    counts["response"] += sum(survey.records for survey in ws.surveys.values())
    counts["journey.entrants"] += len(ws.journeys[journey].entrants)
    usual, ours = Assumptions(), ws.assumptions
    counts["assumption"] += sum(
        getattr(usual, f.name) != getattr(ours, f.name) for f in fields(Assumptions)
    )
    return counts


def _says_something(entity: Entity) -> bool:
    """Whether an object is more than a keeper of another format's fields."""
    return not isinstance(entity, Note) or bool(entity.title or entity.text)


def of_journey(ws: Workspace, journey: JourneyId, kind: Kind) -> Iterator[Entity]:
    """Yield the objects of a kind that belong to a journey, or to no journey at all."""
    for entity in ws.table(kind).values():
        if isinstance(entity, Note):
            if ws.lanes[entity.lane].journey == journey:
                yield entity
        elif getattr(entity, "journey", journey) == journey:
            yield entity


def count_fields(counts: Counter[str], entities: Iterable[Entity], *names: str) -> None:
    """Count, per field, how many of the objects have something there that stays behind."""
    for entity in entities:
        for name in names:
            if getattr(entity, name) not in (None, "", (), "open"):
                counts[f"{entity.kind.value}.{name}"] += 1
