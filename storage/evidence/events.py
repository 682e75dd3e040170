"""The cases of event logs: stored as packed columns, read back as `Cases`."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Engine, select

from journey.graph.cases import NOWHERE, Cases, relabelled
from journey.graph.discovery import IS_LOST, IS_RETAINED, OPEN, journey_counts
from journey.model.ids import EventLogId, Kind
from journey.model.map import LOST, RETAINED
from journey.model.workspace import Workspace
from storage.database import tables
from storage.database.engine import for_reading
from storage.database.log_batches import EVENTS
from storage.evidence.logs import LogWriter, batch_of

_ROWS = 4_096
_LONGEST_GAP = 2**31 - 1
Counts = Mapping[tuple[str, str, str | None], float]


@dataclass(frozen=True, slots=True)
class EventLayout:
    """What the slots of a stored log stand for.

    Attributes:
        activities: names by slot. touchpoints: what each was matched to: a touchpoint's id,
            "lost", "retained", or None where it is left out.
        segments: ids by slot.
        lost, retained: slots of the activities with which a case ends so.
        other_end: what every other end counts as: "lost", "retained", or None for nothing.
    """

    activities: tuple[str, ...]
    touchpoints: tuple[str | None, ...]
    segments: tuple[str, ...] = ()
    lost: tuple[int, ...] = ()
    retained: tuple[int, ...] = ()
    other_end: str | None = None

    def as_json(self) -> dict[str, object]:
        """Return it as it is stored."""
        return {
            "activities": list(self.activities),
            "touchpoints": list(self.touchpoints),
            "segments": list(self.segments),
            "lost": list(self.lost),
            "retained": list(self.retained),
            "other_end": self.other_end,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "EventLayout":
        """Return the layout that `as_json` made."""
        return cls(
            tuple(stored["activities"]),
            tuple(stored["touchpoints"]),
            tuple(stored["segments"]),
            tuple(stored["lost"]),
            tuple(stored["retained"]),
            stored.get("other_end"),
        )

    def within(self, touchpoints: Container[str], segments: Container[str]) -> "EventLayout":
        """Return the layout without touchpoints and segments a workspace no longer has.

        A segment that is gone becomes "", which none is called.
        """
        return replace(
            self,
            touchpoints=tuple(
                t if t in (LOST, RETAINED) or (t is not None and t in touchpoints) else None
                for t in self.touchpoints
            ),
            segments=tuple(s if s in segments else "" for s in self.segments),
        )


def pack_steps(steps: Sequence[int]) -> bytes:
    """Return slots as they are stored: little-endian uint16."""
    return np.array(steps, dtype="<u2").tobytes()


def pack_gaps(gaps: Sequence[int]) -> bytes:
    """Return seconds as they are stored: little-endian int32."""
    return np.array(gaps, dtype="<i4").tobytes()


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case as a value.

    Attributes:
        segment: slot, None is none. at: of its first event, UTC.
        steps: slots of activities. gaps: seconds since the event before, 0 first.
    """

    name: str
    segment: int | None
    period: int
    at: str
    steps: tuple[int, ...]
    gaps: tuple[int, ...]


def write_cases(writer: LogWriter, cases: Cases, names: list[str], at: list[str]) -> None:
    """Write all cases of a log; `names` and `at` by case."""
    # The driver copies a bytearray; it looks for an adapter of bytes.
    steps = bytearray(cases.steps.astype("<u2"))
    gaps = bytearray(np.minimum(cases.gaps, _LONGEST_GAP).astype("<i4"))
    bounds = cases.offsets.tolist()
    segments = [None if slot == NOWHERE else slot for slot in cases.segment.tolist()]
    periods = cases.period.tolist()
    for first in range(0, cases.cases, _ROWS):
        writer.write(
            [
                (
                    names[case],
                    segments[case],
                    periods[case],
                    at[case],
                    steps[2 * bounds[case] : 2 * bounds[case + 1]],
                    gaps[4 * bounds[case] : 4 * bounds[case + 1]],
                )
                for case in range(first, min(first + _ROWS, cases.cases))
            ]
        )


class EventStore:
    """Reads the event logs of a workspace; every call of its own transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = for_reading(engine)

    def layout(self, log: EventLogId) -> EventLayout | None:
        """Return what a log's slots stand for; None where none is stored."""
        found = batch_of(self._engine, EVENTS, log)
        return None if found is None else EventLayout.from_json(found[1])

    def cases(self, log: EventLogId) -> Cases | None:
        """Return a log's cases by activity; None where none are stored."""
        with self._engine.connect() as connection:
            return stored_cases(connection, log)

    def touchpoint_cases(self, log: EventLogId) -> Cases | None:
        """Return a log's cases by touchpoint id and end; activities left out are not in it."""
        with self._engine.connect() as connection:
            cases, layout = stored_cases(connection, log), _layout(connection, log)
        return None if cases is None or layout is None else at_touchpoints(cases, layout)

    def counts(self, log: EventLogId, workspace: Workspace) -> Counts:
        """Return a log's transitions by (from, to, segment), between what the workspace has."""
        with self._engine.connect() as connection:
            return stored_counts(connection, log, workspace)

    def iter_cases(self, log: EventLogId) -> Iterator[CaseRow]:
        """Yield a log's cases in the order they were stored."""
        found = batch_of(self._engine, EVENTS, log)
        if found is None:
            return
        kept = tables.event_case
        query = select(kept).where(kept.c.batch == found[0]).order_by(kept.c.seq)
        with self._engine.connect() as connection:
            for row in connection.execute(query.execution_options(yield_per=1000)):
                yield CaseRow(
                    row.name,
                    row.segment,
                    row.period,
                    row.start_at,
                    tuple(np.frombuffer(row.steps, dtype="<u2").tolist()),
                    tuple(np.frombuffer(row.gaps, dtype="<i4").tolist()),
                )


def _layout(connection: Connection, log: str) -> EventLayout | None:
    batch = tables.event_batch
    found = connection.scalar(select(batch.c.layout).where(batch.c.log == log))
    return None if found is None else EventLayout.from_json(found)


def stored_cases(connection: Connection, log: str) -> Cases | None:
    """Return a log's cases by activity; None where none are stored."""
    batch, kept = tables.event_batch, tables.event_case
    layout = _layout(connection, log)
    if layout is None:
        return None
    number = connection.scalar(select(batch.c.number).where(batch.c.log == log))
    columns = (kept.c.segment, kept.c.period, kept.c.steps, kept.c.gaps)
    query = select(*columns).where(kept.c.batch == number).order_by(kept.c.seq)
    rows = connection.execute(query).all()
    steps = np.frombuffer(b"".join(row.steps for row in rows), dtype="<u2").astype(np.int64)
    gaps = np.frombuffer(b"".join(row.gaps for row in rows), dtype="<i4").astype(np.int64)
    lengths = np.array([len(row.steps) // 2 for row in rows], dtype=np.int64)
    segments = [NOWHERE if row.segment is None else row.segment for row in rows]
    return Cases(
        layout.activities,
        steps,
        gaps,
        np.concatenate(([0], np.cumsum(lengths))).astype(np.int64),
        np.array(segments, dtype=np.int64),
        np.array([row.period for row in rows], dtype=np.int64),
        layout.segments,
    )


def stored_counts(connection: Connection, log: str, workspace: Workspace) -> Counts:
    """Return a stored log's transitions by (from, to, segment), between what a workspace has."""
    cases, layout = stored_cases(connection, log), _layout(connection, log)
    if cases is None or layout is None:
        return {}
    layout = layout.within(workspace.table(Kind.TOUCHPOINT), workspace.table(Kind.SEGMENT))
    gone = [slot for slot, segment in enumerate(layout.segments) if not segment]
    segment = np.where(np.isin(cases.segment, gone), NOWHERE, cases.segment)
    return counted(replace(cases, segment=segment, segments=layout.segments), layout)


def counted(cases: Cases, layout: EventLayout) -> Counts:
    """Return the transitions of cases by activity, between what the activities were matched to."""
    return journey_counts(at_touchpoints(cases, layout), case_ends(cases, layout))


def at_touchpoints(cases: Cases, layout: EventLayout) -> Cases:
    """Return cases by activity as cases by touchpoint id and end."""
    return relabelled(cases, layout.touchpoints)


def case_ends(cases: Cases, layout: EventLayout) -> NDArray[np.int64]:
    """Return for each case how it ended: `OPEN`, `IS_RETAINED` or `IS_LOST`."""
    other = {LOST: IS_LOST, RETAINED: IS_RETAINED}.get(layout.other_end or "", OPEN)
    ends = np.full(max(len(layout.activities), 1), other, dtype=np.int64)
    for slot, touchpoint in enumerate(layout.touchpoints):
        if touchpoint in (LOST, RETAINED):
            ends[slot] = IS_LOST if touchpoint == LOST else IS_RETAINED
    ends[list(layout.retained)] = IS_RETAINED
    ends[list(layout.lost)] = IS_LOST
    found = np.full(cases.cases, OPEN, dtype=np.int64)
    filled = cases.offsets[:-1] < cases.offsets[1:]
    found[filled] = ends[cases.steps[cases.offsets[1:][filled] - 1]]
    return found
