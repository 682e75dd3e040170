"""Takes an event log in: read, put in order, matched to touchpoints, counted and stored.

The cases are written here, in one transaction; the log and its transitions come back as one
undoable command, as with a survey. Until that is done the cases count nowhere.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import compress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from journey.edit.logs import AddEventLog, counted_id
from journey.graph.cases import Cases, only_cases
from journey.graph.discovery import passages, starts_and_ends, variant_count
from journey.model.evidence import EventLog
from journey.model.ids import EventLogId, Kind
from journey.model.map import LOST, RETAINED
from journey.model.quarter import quarter_number, quarter_of
from journey.model.text import NAME_LENGTH, clean_name
from journey.model.workspace import Workspace
from storage.database import tables
from storage.database.log_batches import EVENTS
from storage.document.files import file_sha256
from storage.errors import MappingError
from storage.evidence.events import Counts, EventLayout, counted, stored_counts, write_cases
from storage.evidence.logs import LogWriter
from storage.imports.events_columns import EventColumns, OrderedEvents
from storage.imports.events_matching import Matching, journey_name
from storage.imports.events_reading import read_events
from storage.imports.events_result import EventsImport
from storage.imports.log_job import (
    SAME,
    Progress,
    collecting,
    known,
    log_id,
    log_name,
    log_transaction,
    watcher,
    with_refused,
)
from storage.imports.mapping import EventsMapping, Mapping, check_choices, write_mapping
from storage.imports.survey import Holder, IfKnown
from storage.imports.survey_chunks import Tally
from storage.imports.survey_names import Names

_DAY = 86_400


@dataclass(frozen=True, slots=True)
class _Job:
    """What one import is asked to do."""

    workspace: Workspace
    path: Path
    mapping: Mapping
    events: EventsMapping
    names: Names
    sha256: str
    if_known: IfKnown
    keeps: bool


def import_events(
    document: Holder,
    path: Path,
    mapping: Mapping,
    *,
    create: bool = False,
    journey: str | None = None,
    dry_run: bool = False,
    if_known: IfKnown = "refuse",
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> EventsImport:
    """Read an event log by a mapping and store its cases.

    Args:
        document: an open document; its workspace is only read.
        path: XES, or a table with an event a record; packed or not.
        mapping: with [events], and [activities] where names do not tell.
        create: make the touchpoints and segments the log names and the workspace lacks.
        journey: whose touchpoints are meant; None is the first one.
        dry_run: do everything, keep nothing.
        if_known: what to do with cases imported before: refuse, replace the logs that hold them,
            or add only the new ones.
        progress: called now and then. cancelled: asked now and then.

    Raises:
        ImportProblem: the file cannot be read.
        MappingError: unknown columns, unknown_name (without `create`), or a choice left open.
        SurveyKnownError: known, or nothing_new when adding.
        ImportCancelledError: `cancelled` said so.
        Whatever it raises, nothing is kept.
    """
    ws = document.workspace
    if mapping.events is None:
        raise MappingError("missing_key", ("events",))
    check_choices(mapping)
    names = Names(ws, create=create, journey=journey_name(ws, journey))
    job = _Job(ws, path, mapping, mapping.events, names, file_sha256(path), if_known, not dry_run)
    same = [log for log in ws.event_logs.values() if log.source_sha256 == job.sha256]
    if same and if_known == "refuse":
        raise known(same[0].name, same[0].id, same[0].imported_at, "events")
    tally, refused = Tally(), list[tuple[int, str, str]]()
    watch = collecting(watcher(progress, cancelled, path), tally, refused)
    columns = read_events(path, mapping, tally, watch)
    watch(tally.records)
    with log_transaction(document.engine, keep=job.keeps) as connection:
        result = _Import(job, connection, columns, tally, refused).run()
    return replace(result, refused=tuple(refused))


class _Import:
    """One run over the events of one file, within one transaction."""

    def __init__(
        self,
        job: _Job,
        connection: Connection,
        columns: EventColumns,
        tally: Tally,
        refused: list[tuple[int, str, str]],
    ) -> None:
        self._job, self._connection, self._refused = job, connection, refused
        self._columns, self._tally = columns, tally
        self._left_out = 0
        self._matching = Matching(job.workspace, job.names, job.events, job.mapping.activities)

    def run(self) -> EventsImport:
        """Order, match, store, and say what was done."""
        job, columns = self._job, self._columns
        layout = self._matching.layout(list(columns.activities), list(columns.segments))
        job.names.refuse_unknown()
        ordered = columns.in_order()
        names = [_clean(name) for name in columns.case_names]
        ordered, names = _with_events(ordered, names)
        at = _moments(ordered.first)
        others = self._known(names, at)
        if job.if_known == "add":
            ordered, names, at = self._new_only(ordered, names, at, others)
        replaced = () if job.if_known == "add" else tuple(others)
        cases = replace(ordered.cases, period=self._periods(ordered), segments=layout.segments)
        return self._stored(cases, names, at, layout, replaced)

    def _stored(
        self,
        cases: Cases,
        names: list[str],
        at: list[str],
        layout: EventLayout,
        replaced: tuple[EventLogId, ...],
    ) -> EventsImport:
        job = self._job
        log = self._log(cases)
        kept = job.keeps and cases.cases > 0
        if kept:
            writer = LogWriter(self._connection, EVENTS, log.id)
            write_cases(writer, cases, names, at)
            stored = with_refused(layout.as_json(), self._refused)
            log = replace(log, batch_sha256=writer.finish(stored))
        counts = self._counts(cases, layout, log, replaced)
        starts, ends = starts_and_ends(cases)
        return EventsImport(
            command=AddEventLog(log, job.names.needed, counts, replaced) if kept else None,
            log=log,
            records=self._tally.records,
            events=cases.events,
            cases=cases.cases,
            variants=variant_count(cases),
            passages=tuple(passages(cases)),
            starts=starts,
            ends=ends,
            skipped=self._tally.skipped,
            matched=self._matching.matched(layout),
            created=tuple(job.names.needed) if kept else (),
            replaced=replaced if kept else (),
            warnings=tuple(self._warnings(layout)),
        )

    def _log(self, cases: Cases) -> EventLog:
        job = self._job
        journey = job.names.journey
        if journey is None:
            raise MappingError("no_journey", (job.path.name,))
        fresh = log_id(self._connection, EVENTS, Kind.EVENT_LOG, job.workspace, job.sha256, journey)
        return EventLog(
            EventLogId(fresh),
            log_name(job.path),
            journey,
            source_file=job.path.name,
            source_sha256=job.sha256,
            imported_at=datetime.now(UTC).replace(microsecond=0),
            events=cases.events,
            cases=cases.cases,
            mapping=write_mapping(job.mapping),
        )

    def _counts(
        self, cases: Cases, layout: EventLayout, log: EventLog, replaced: tuple[EventLogId, ...]
    ) -> Counts:
        """Return what this log and those of its journey that stay count together."""
        total = dict(counted(cases, layout))
        for other in self._job.workspace.event_logs.values():
            if other.journey == log.journey and other.id not in replaced:
                for key, n in stored_counts(
                    self._connection, other.id, self._job.workspace
                ).items():
                    total[key] = total.get(key, 0) + n
        return total

    def _periods(self, ordered: OrderedEvents) -> NDArray[np.int64]:
        """Return the quarter of each case's first event, worked out once per day."""
        days, where = np.unique(ordered.first // _DAY, return_inverse=True)
        first_month = self._job.names.first_month
        numbers = [
            quarter_number(quarter_of(datetime.fromtimestamp(day * _DAY, UTC).date(), first_month))
            for day in days.tolist()
        ]
        return np.array(numbers, dtype=np.int64)[where] if numbers else ordered.first

    def _known(self, names: list[str], at: list[str]) -> dict[EventLogId, set[tuple[str, str]]]:
        """Return the logs of the journey that hold the same file, or mostly the same cases.

        Raises:
            SurveyKnownError: there are such, and they are not to be replaced.
        """
        job = self._job
        found: dict[EventLogId, set[tuple[str, str]]] = {}
        logs = [
            log for log in job.workspace.event_logs.values() if log.journey == job.names.journey
        ]
        mine = set(zip(names, at, strict=True)) if logs else set()
        for log in logs:
            theirs = self._keys(log.id)
            shared = mine & theirs
            smaller = min(len(mine), len(theirs))
            alike = bool(smaller) and len(shared) >= SAME * smaller
            if job.if_known == "add" or alike or log.source_sha256 == job.sha256:
                found[log.id] = theirs
            if alike and job.if_known == "refuse":
                raise known(log.name, log.id, log.imported_at, "events")
        return found

    def _keys(self, log: EventLogId) -> set[tuple[str, str]]:
        batch, kept = tables.event_batch, tables.event_case
        query = select(kept.c.name, kept.c.start_at).join(batch, batch.c.number == kept.c.batch)
        rows = self._connection.execute(query.where(batch.c.log == log))
        return {(row.name, row.start_at) for row in rows}

    def _new_only(
        self,
        ordered: OrderedEvents,
        names: list[str],
        at: list[str],
        others: dict[EventLogId, set[tuple[str, str]]],
    ) -> tuple[OrderedEvents, list[str], list[str]]:
        """Leave out the cases that other logs of the journey hold."""
        if not others:
            return ordered, names, at
        stored = set().union(*others.values())
        new = [key not in stored for key in zip(names, at, strict=True)]
        if not any(new):
            log = self._job.workspace.event_logs[next(iter(others))]
            error = known(log.name, log.id, log.imported_at, "events")
            raise type(error)("nothing_new", **error.facts)
        places = [place for place, fresh in enumerate(new) if fresh]
        self._left_out = len(new) - len(places)
        return (
            _only(ordered, np.array(new, dtype=bool)),
            [names[place] for place in places],
            [at[place] for place in places],
        )

    def _warnings(self, layout: EventLayout) -> Iterator[tuple[str, str]]:
        job = self._job
        named = {LOST, RETAINED} & set(layout.touchpoints)
        if not (layout.lost or layout.retained or named):
            yield "no_ends", ""
        if layout.other_end is not None:
            yield "other_ends", layout.other_end
        yield from (("activity_never", name) for name in self._matching.unmet(layout.activities))
        journey = job.names.journey or ""
        by_hand = sum(
            t.count is not None and t.id != counted_id(journey, t.source, t.target, t.segment)
            for t in job.workspace.transitions.values()
            if t.journey == journey
        )
        if by_hand and not any(log.journey == journey for log in job.workspace.event_logs.values()):
            yield "counts_replaced", str(by_hand)
        if self._left_out:
            yield "case_known", str(self._left_out)


def _clean(name: str) -> str:
    """Return a case's name as it is kept; most need no cleaning."""
    return name if name.isprintable() and len(name) <= NAME_LENGTH else clean_name(name)


def _moments(seconds: NDArray[np.int64]) -> list[str]:
    """Return seconds since 1970 as ISO texts."""
    texts = np.datetime_as_string(seconds.astype("M8[s]"), unit="s").tolist()
    return [f"{text}Z" for text in texts]


def _with_events(ordered: OrderedEvents, names: list[str]) -> tuple[OrderedEvents, list[str]]:
    """Leave out cases none of whose events was taken in."""
    filled = np.diff(ordered.cases.offsets) > 0
    if filled.all():
        return ordered, names
    return _only(ordered, filled), list(compress(names, filled.tolist()))


def _only(ordered: OrderedEvents, kept: NDArray[np.bool_]) -> OrderedEvents:
    return OrderedEvents(only_cases(ordered.cases, kept), ordered.first[kept])
