"""The commands that take event logs and purchase logs in, and event logs out again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from journey.edit.changes import Change
from journey.edit.command import Command, Summary, existing, put
from journey.edit.entrance import cleaned
from journey.errors import EditError
from journey.model.evidence import EventLog, PurchaseLog
from journey.model.ids import (
    EventLogId,
    JourneyId,
    Kind,
    PurchaseLogId,
    Ref,
    SegmentId,
    TransitionId,
    named_id,
)
from journey.model.map import Transition
from journey.model.workspace import Entity, Workspace, ref_of

Counts = Mapping[tuple[str, str, str | None], float]


class AddEventLog(Command):
    """Add an event log whose cases are already stored, with what it counted.

    Args:
        log: the log.
        needed: objects its mapping named and the workspace lacks.
        counts: by (from, to, segment): what the logs of its journey count together, this one
            included. Transitions that only a log had made and none sees any more go; those drawn
            by hand stay, without a count.
        replaced: logs that go.
    """

    def __init__(
        self,
        log: EventLog,
        needed: Sequence[Entity],
        counts: Counts,
        replaced: Sequence[EventLogId] = (),
    ) -> None:
        super().__init__()
        self.log = log
        self._needed = tuple(cleaned(entity) for entity in needed)
        self._counts, self._replaced = dict(counts), tuple(replaced)

    @property
    def summary(self) -> Summary:
        """The log's name."""
        return Summary("import", Kind.EVENT_LOG, self.log.name)

    def plan(self, ws: Workspace) -> Iterator[Change]:
        """Yield the needed objects, the replaced logs' removal, the transitions, then the log."""
        if ws.find(ref_of(self.log)) is not None:
            raise EditError("exists", ref=ref_of(self.log))
        for entity in self._needed:
            yield put(ws, entity)
        for gone in self._replaced:
            ref = Ref(Kind.EVENT_LOG, gone)
            yield Change(ref, existing(ws, ref), None)
        yield from _recounted(ws, self.log.journey, self._counts)
        yield put(ws, cleaned(self.log))


class RemoveEventLog(Command):
    """Remove an event log and what it counted.

    Args:
        log: its id.
        counts: by (from, to, segment): what the other logs of its journey count.
    """

    def __init__(self, log: EventLogId, counts: Counts) -> None:
        super().__init__()
        self._log, self._counts = log, dict(counts)
        self._name = ""

    @property
    def summary(self) -> Summary:
        """The log's name."""
        return Summary("remove", Kind.EVENT_LOG, self._name)

    def plan(self, ws: Workspace) -> Iterator[Change]:
        """Yield the transitions, then the log's removal."""
        ref = Ref(Kind.EVENT_LOG, self._log)
        log = existing(ws, ref)
        assert isinstance(log, EventLog)
        self._name = log.name
        yield from _recounted(ws, log.journey, self._counts)
        yield Change(ref, log, None)


class AddPurchaseLog(Command):
    """Add a purchase log whose rows are already stored, with the segments it named."""

    def __init__(
        self,
        log: PurchaseLog,
        needed: Sequence[Entity] = (),
        replaced: Sequence[PurchaseLogId] = (),
    ) -> None:
        super().__init__()
        self.log = log
        self._needed = tuple(cleaned(entity) for entity in needed)
        self._replaced = tuple(replaced)

    @property
    def summary(self) -> Summary:
        """The log's name."""
        return Summary("import", Kind.PURCHASE_LOG, self.log.name)

    def plan(self, ws: Workspace) -> Iterator[Change]:
        """Yield the needed objects, the replaced logs' removal, then the log."""
        if ws.find(ref_of(self.log)) is not None:
            raise EditError("exists", ref=ref_of(self.log))
        for entity in self._needed:
            yield put(ws, entity)
        for gone in self._replaced:
            ref = Ref(Kind.PURCHASE_LOG, gone)
            yield Change(ref, existing(ws, ref), None)
        yield put(ws, cleaned(self.log))


def counted_id(journey: str, source: str, target: str, segment: str | None) -> TransitionId:
    """Return the id of a transition that a log makes; one drawn by hand has another."""
    return TransitionId(named_id(Kind.TRANSITION, journey, source, target, segment or ""))


def _recounted(ws: Workspace, journey: JourneyId, counts: Counts) -> Iterator[Change]:
    """Bring a journey's transitions to what its logs count."""
    left = dict(counts)
    mine = [t for t in ws.transitions.values() if t.journey == journey]
    for old in sorted(mine, key=lambda t: t.id):
        key = (old.source, old.target, old.segment)
        count = left.pop(key, None)
        if count is None and old.id == counted_id(journey, *key):
            yield Change(ref_of(old), old, None)
        elif old.count != count:
            yield put(ws, replace(old, count=count))
    for (source, target, segment), count in left.items():
        named = None if segment is None else SegmentId(segment)
        yield put(
            ws,
            Transition(
                counted_id(journey, source, target, segment),
                journey,
                source,
                target,
                named,
                float(count),
            ),
        )
