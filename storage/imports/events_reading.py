"""Event logs as files: what is in them, which mapping is proposed, and their events as columns.

XES and tables give the same columns. XES attributes are named by their keys; those of a case bear
"case:" before it, as exports to tables name them.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as Facts
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from journey.model.text import clean_name
from storage.errors import MappingError
from storage.imports import words
from storage.imports.events_columns import MAX_ACTIVITIES, Codes, EventColumns
from storage.imports.events_moments import NO_MOMENT, MomentReader, check_days, find_moments
from storage.imports.events_xes import LIFECYCLE, NAME, TIME, Trace, read_traces
from storage.imports.file_kind import look_at_file
from storage.imports.inspect import ColumnSeen, Inspection
from storage.imports.mapping import (
    ColumnFinder,
    EventsMapping,
    Mapping,
    SourceSettings,
    check_columns,
)
from storage.imports.profile import ColumnCounter, DistinctBudget
from storage.imports.proposal_parts import Proposal
from storage.imports.rows import Table, open_table
from storage.imports.signatures import Column
from storage.imports.survey_cells import Codes as Values
from storage.imports.survey_chunks import Chunk, Tally, read_chunks
from storage.imports.survey_cut import Cut

CASE: Final = "case:"
_SAMPLE: Final = 1_000
_TRACES_AT_ONCE: Final = 500
_MAX_KEYS: Final = 500
_ROLES: Final = {CASE + NAME: "case", NAME: "activity", TIME: "date", LIFECYCLE: "lifecycle"}
Watch = Callable[[int], None]


def is_xes(path: Path) -> bool:
    """Whether a file is an XES log, packed or not.

    Raises:
        ImportProblem: it cannot be read, or is not what its name claims.
    """
    return look_at_file(path).kind == "xes"


def read_events(path: Path, mapping: Mapping, tally: Tally, watch: Watch) -> EventColumns:
    """Read the events of a file; what is refused is counted in the tally.

    Raises:
        ImportProblem: the file cannot be read.
        MappingError: unknown_column, or a moment that cannot be told without a format.
    """
    events = mapping.events
    if events is None:
        raise MappingError("missing_key", ("events",))
    if is_xes(path):
        return _XesReader(events, tally).read(path, watch)
    return _TableReader(path, mapping, events, tally).read(watch)


class _TableReader:
    """Reads a table with an event a record."""

    def __init__(self, path: Path, mapping: Mapping, events: EventsMapping, tally: Tally) -> None:
        source = mapping.source
        self._table = open_table(
            path,
            encoding=source.encoding,
            separator=source.separator,
            header_rows=source.header_rows,
            sheet=source.sheet,
        )
        check_columns(mapping, self._table.columns)
        find = ColumnFinder(self._table.columns).index
        self._events, self._tally = events, tally
        self._case, self._activity, self._time = map(
            find, (events.case, events.activity, events.time)
        )
        self._segment = None if events.segment is None else find(events.segment)
        self._lifecycle = None if events.lifecycle is None else find(events.lifecycle)
        keep = source.keep
        self._keep = None if keep is None else (find(keep.column), Values(keep.values))
        self._states = Values(events.lifecycle_keep)
        self._cases, self._activities = Codes(str.strip), Codes(clean_name)
        self._segments = Codes(clean_name)
        self._moments: MomentReader | None = None

    def read(self, watch: Watch) -> EventColumns:
        """Return the events in the order of the file."""
        columns = EventColumns()
        for chunk in read_chunks(self._table, self._tally, watch, self._keep):
            self._take(self._in_state(chunk), columns)
            _check_activities(self._activities, self._events.activity)
        columns.case_names, columns.activities = self._cases.names, self._activities.names
        columns.segments = self._segments.names
        return columns

    def _in_state(self, chunk: Chunk) -> Chunk:
        """Leave out events in a state that the mapping does not keep."""
        if self._lifecycle is None or not self._events.lifecycle_keep:
            return chunk
        states = chunk.columns[self._lifecycle]
        others = {
            at: "filtered" for at, cell in enumerate(states) if cell.strip() not in self._states
        }
        return self._tally.leave_out(chunk, others)

    def _take(self, chunk: Chunk, columns: EventColumns) -> None:
        if not chunk:
            return
        if self._moments is None:
            events, times = self._events, chunk.columns[self._time]
            self._moments = find_moments(
                times[:_SAMPLE], "events.time_format", events.time_format, events.timezone
            )
        taken = self._taken(chunk, self._moments)
        if not taken.whole:
            reasons = taken.reasons(chunk.columns[self._time])
            self._tally.leave_out(chunk, reasons)
            taken = taken.without(reasons)
        taken.add_to(columns)

    def _taken(self, chunk: Chunk, moments: MomentReader) -> "_Taken":
        cells, segment = chunk.cells, self._segment
        if isinstance(cells, Cut):
            return _Taken(
                self._cases.of_cut(cells, self._case),
                self._activities.of_cut(cells, self._activity),
                moments.read_cut(cells, self._time),
                None if segment is None else self._segments.of_cut(cells, segment),
            )
        return _Taken(
            self._cases.of(cells[self._case]),
            self._activities.of(cells[self._activity]),
            moments.read(cells[self._time]),
            None if segment is None else self._segments.of(cells[segment]),
        )


@dataclass(frozen=True, slots=True)
class _Taken:
    """Some events as numbers; −1 is blank."""

    cases: NDArray[np.int32]
    activities: NDArray[np.int32]
    moments: NDArray[np.int64]
    segments: NDArray[np.int32] | None

    @property
    def whole(self) -> bool:
        """Whether nothing stands against any of them."""
        least = min(int(self.cases.min()), int(self.activities.min()))
        return least >= 0 and int(self.moments.min()) != NO_MOMENT

    def reasons(self, times: Sequence[str]) -> dict[int, str]:
        """Return why events cannot be taken in, by place."""
        found: dict[int, str] = {}
        for place in np.flatnonzero(self.moments == NO_MOMENT).tolist():
            found[place] = "bad_time" if times[place].strip() else "blank_time"
        for column, reason in ((self.activities, "blank_activity"), (self.cases, "blank_case")):
            found.update((place, reason) for place in np.flatnonzero(column < 0).tolist())
        return found

    def without(self, reasons: Facts[int, str]) -> "_Taken":
        """Return the events whose places have no reason to be left out."""
        if not reasons:
            return self
        kept = np.ones(len(self.cases), dtype=bool)
        kept[list(reasons)] = False
        segments = None if self.segments is None else self.segments[kept]
        return _Taken(self.cases[kept], self.activities[kept], self.moments[kept], segments)

    def add_to(self, columns: EventColumns) -> None:
        """Append the events."""
        columns.add(self.cases, self.activities, self.moments, self.segments)


def _check_activities(activities: Codes, name: str) -> None:
    if len(activities.names) > MAX_ACTIVITIES:
        raise MappingError("too_many_activities", (name,), detail=str(len(activities.names)))


class _XesReader:
    """Reads the traces of an XES log."""

    def __init__(self, events: EventsMapping, tally: Tally) -> None:
        self._events, self._tally = events, tally
        self._case = events.case.removeprefix(CASE)
        self._activities, self._segments = Codes(clean_name), Codes(clean_name)
        self._states = Values(events.lifecycle_keep)
        self._moments = MomentReader(events.time_format, events.timezone)
        self._found: set[str] = set()
        self._numbers: list[int] = []

    def read(self, path: Path, watch: Watch) -> EventColumns:
        """Return the events in the order of the file; a trace is a case, whatever its name."""
        columns = EventColumns()
        traces = read_traces(path)
        while part := list(islice(traces, _TRACES_AT_ONCE)):
            self._take(part, columns)
            _check_activities(self._activities, self._events.activity)
            watch(self._tally.records)
        columns.activities, columns.segments = self._activities.names, self._segments.names
        wanted = {self._events.activity, self._events.time}
        if columns.case_names and self._tally.records and not wanted <= self._found:
            lacking = tuple(sorted(wanted - self._found))
            near = {name: tuple(sorted(self._found))[:5] for name in lacking}
            raise MappingError("unknown_column", lacking, near)
        return columns

    def _take(self, traces: Sequence[Trace], columns: EventColumns) -> None:
        rows = list(self._rows(traces, columns))
        if not rows:
            return
        cases, names, activities, times, segments = zip(*rows, strict=True)
        taken = _Taken(
            np.array(cases, dtype=np.int32),
            self._activities.of(activities),
            self._moments.read(times),
            None if self._events.segment is None else self._segments.of(segments),
        )
        reasons = taken.reasons(times)
        # XES has no lines of records: an event is told by its number.
        self._tally.leave_out(Chunk(self._numbers, [names, activities, times]), reasons)
        taken.without(reasons).add_to(columns)

    def _rows(
        self, traces: Sequence[Trace], columns: EventColumns
    ) -> Iterator[tuple[int, str, str, str, str]]:
        events = self._events
        self._numbers.clear()
        for trace in traces:
            name = trace.attributes.get(self._case, "").strip() or f"#{trace.number}"
            number = len(columns.case_names)
            columns.case_names.append(name)
            for event in trace.events:
                self._tally.records += 1
                self._found.update(event)
                state = event.get(events.lifecycle or LIFECYCLE, "")
                if events.lifecycle_keep and state.strip() not in self._states:
                    self._leave_out(name, event)
                    continue
                self._numbers.append(self._tally.records)
                segment = events.segment
                yield (
                    number,
                    name,
                    event.get(events.activity, ""),
                    event.get(events.time, ""),
                    "" if segment is None else _value(trace, event, segment),
                )

    def _leave_out(self, name: str, event: Facts[str, str]) -> None:
        record = Chunk([self._tally.records], [[name], [event.get(self._events.activity, "")]])
        self._tally.leave_out(record, {0: "filtered"})


def _value(trace: Trace, event: Facts[str, str], key: str) -> str:
    """Return an attribute of the event, or of its case."""
    if key.startswith(CASE):
        return trace.attributes.get(key.removeprefix(CASE), "")
    return event.get(key) or trace.attributes.get(key, "")


def propose_events(path: Path) -> Mapping:
    """Return the mapping of an event log by the names logs use; every event counts in it.

    Raises:
        ImportProblem: the file cannot be read.
        MappingError: missing_key with what cannot be told, and the columns there are; clock_apart.
    """
    if is_xes(path):
        return Mapping(events=EventsMapping(CASE + NAME, NAME, TIME))
    table = open_table(path)
    names = [column.name for column in table.columns]
    case = _named(names, words.CASES, set())
    activity = _named(names, words.ACTIVITIES, {case})
    time = _time_column(table)
    lacking = [
        f"events.{key}"
        for key, found in (("case", case), ("activity", activity), ("time", time))
        if not found
    ]
    if lacking:
        raise MappingError("missing_key", tuple(lacking), dict.fromkeys(lacking, tuple(names[:8])))
    rows = [record for _, record in islice(table.rows(), _SAMPLE)]
    check_days(time, [row[names.index(time)] for row in rows if names.index(time) < len(row)])
    return Mapping(source=SourceSettings(), events=EventsMapping(case, activity, time))


def fits_events(path: Path, mapping: Mapping) -> bool:
    """Whether a mapping of an earlier log names columns this file has."""
    if mapping.events is None:
        return False
    xes = is_xes(path)
    if xes or mapping.events.case.startswith(CASE + NAME):
        return xes and mapping.events.activity == NAME
    try:
        check_columns(mapping, open_table(path).columns)
    except MappingError:
        return False
    return True


def _named(names: Sequence[str], marks: Sequence[re.Pattern[str]], taken: set[str]) -> str:
    for mark in marks:
        for name in names:
            if name not in taken and mark.search(name):
                return name
    return ""


def _time_column(table: Table) -> str:
    """Return the column of moments: the one whose name logs use, or the first of dates."""
    named = [column.name for column in table.columns if column.name.casefold() in _TIMES]
    if named:
        return named[0]
    rows = [record for _, record in islice(table.rows(), _SAMPLE)]
    for column in table.columns:
        counter = ColumnCounter(DistinctBudget())
        counter.add([row[column.index] if column.index < len(row) else "" for row in rows])
        if counter.profile().type == "date":
            return column.name
    return ""


_TIMES: Final = frozenset(
    {TIME, "time", "timestamp", "event_time", "event time", "datetime", "complete timestamp"}
    | {"event_timestamp", "event timestamp", "ts", "end timestamp", "end time", "end_time"}
    | {"eventtime", "originaltimestamp", "occurred at", "occurred_at"}
)


def inspect_xes(path: Path) -> Inspection:
    """Say what is in an XES log: its attributes as columns, its events as records.

    Raises:
        ImportProblem: it cannot be read.
    """
    counters: dict[str, ColumnCounter] = {}
    budget, records = DistinctBudget(), 0
    traces = read_traces(path)
    while part := list(islice(traces, _TRACES_AT_ONCE)):
        rows = [
            {**{CASE + key: value for key, value in trace.attributes.items()}, **event}
            for trace in part
            for event in trace.events
        ]
        for key in dict.fromkeys(key for row in rows for key in row):
            if key not in counters and len(counters) < _MAX_KEYS:
                counters[key] = ColumnCounter(budget)
                counters[key].add([""] * records)
        for key, counter in counters.items():
            counter.add([row.get(key, "") for row in rows])
        records += len(rows)
    seen = tuple(
        ColumnSeen(Column(place, key, key), counter.profile(), Proposal(_ROLES.get(key, "ignore")))
        for place, (key, counter) in enumerate(counters.items())
    )
    return Inspection(
        path=path,
        vendor="xes",
        encoding="utf-8",
        separator=None,
        header_rows=0,
        records=records,
        columns=seen,
        warnings=(),
    )


def xes_mapping(inspection: Inspection) -> Mapping:
    """Return the mapping proposed for an XES log that was inspected.

    Where events both start and complete, only the completed are proposed to be kept.
    """
    seen = {column.name: column for column in inspection.columns}
    states = seen[LIFECYCLE].profile.values if LIFECYCLE in seen else {}
    both = {"start", "complete"} <= {state.casefold() for state in states}
    case = CASE + NAME
    lifecycle = LIFECYCLE if LIFECYCLE in seen else None
    keep = ("complete",) if both else ()
    return Mapping(events=EventsMapping(case, NAME, TIME, lifecycle=lifecycle, lifecycle_keep=keep))
